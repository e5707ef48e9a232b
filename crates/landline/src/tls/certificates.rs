//! Which certificate a client is shown: the operator's own, or one minted for the
//! name that the client asked for.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use landline_wire::{Clock, Timestamp};
use parking_lot::Mutex;
use rustls::crypto::ring::sign::any_supported_type;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};

use super::{Authority, TlsError};

/// Minted certificates that are kept. A client that asks for ever new names only
/// costs the minting.
const CACHE_MAX: usize = 256;

/// What a client that names nobody is shown.
const LOCAL_NAMES: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// The operator's certificate, for a node with a public name.
#[derive(Debug, Clone)]
pub struct Provided(Arc<CertifiedKey>);

impl Provided {
    /// Reads a chain and its key, both in PEM.
    pub fn read(chain: &Path, key: &Path) -> Result<Self, TlsError> {
        let content = |path: &Path, expected| TlsError::Content {
            path: path.to_owned(),
            expected,
        };
        let certificates: Vec<_> = CertificateDer::pem_file_iter(chain)
            .and_then(Iterator::collect)
            .map_err(|_| content(chain, "certificates in PEM"))?;
        let private =
            PrivateKeyDer::from_pem_file(key).map_err(|_| content(key, "a private key in PEM"))?;
        let certified = CertifiedKey::new(certificates, any_supported_type(&private)?);
        certified
            .keys_match()
            .map_err(|_| content(key, "the key of the certificate"))?;
        Ok(Self(Arc::new(certified)))
    }
}

/// The certificates of a node.
#[derive(Debug)]
pub struct Certificates {
    authority: Authority,
    provided: Option<Provided>,
    clock: Arc<dyn Clock>,
    minted: Mutex<HashMap<String, Minted>>,
}

#[derive(Debug, Clone)]
struct Minted {
    certificate: Arc<CertifiedKey>,
    replace_at: Timestamp,
}

impl Certificates {
    /// Certificates signed by `authority`, but for names that are not AWS's when the
    /// operator `provided` one.
    pub fn new(authority: Authority, provided: Option<Provided>, clock: Arc<dyn Clock>) -> Self {
        Self {
            authority,
            provided,
            clock,
            minted: Mutex::new(HashMap::new()),
        }
    }

    /// The certificate for `name`, as the client's hello has it.
    pub fn for_name(&self, name: Option<&str>) -> Option<Arc<CertifiedKey>> {
        let is_aws = name.is_some_and(|name| name.contains(".amazonaws.com"));
        if let (Some(provided), false) = (&self.provided, is_aws) {
            return Some(provided.0.clone());
        }
        let name = name.unwrap_or_default();
        let now = self.clock.now();
        if let Some(known) = self.minted.lock().get(name)
            && known.replace_at > now
        {
            return Some(known.certificate.clone());
        }
        let names = match name {
            "" | "localhost" => LOCAL_NAMES.to_vec(),
            name => vec![name],
        };
        let minted = match self.authority.mint(&names, now) {
            Ok((certificate, replace_at)) => Minted {
                certificate: Arc::new(certificate),
                replace_at,
            },
            Err(error) => {
                // The name is the client's, and so is the mistake.
                tracing::debug!(name, %error, "no certificate");
                return None;
            }
        };
        let mut known = self.minted.lock();
        if known.len() >= CACHE_MAX {
            known.clear();
        }
        known.insert(name.to_owned(), minted.clone());
        Some(minted.certificate)
    }
}

impl ResolvesServerCert for Certificates {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.for_name(hello.server_name())
    }
}
