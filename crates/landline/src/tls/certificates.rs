//! Which certificate a client is shown: the operator's own for that name, one that an
//! ACME authority issued for it, or one minted by the local authority.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use arc_swap::ArcSwap;
use landline_wire::{Clock, Timestamp};
use parking_lot::Mutex;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;

use super::Authority;

/// Minted certificates that are kept. A client that asks for ever new names only
/// costs the minting.
const CACHE_MAX: usize = 256;

/// What a client that names nobody is shown.
const LOCAL_NAMES: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// Certificates by the name that they are shown for, which may be a wildcard.
pub type Named = HashMap<String, Arc<CertifiedKey>>;

/// Where a certificate comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The operator's files.
    Files,
    /// An ACME authority.
    Acme,
    /// The node's own authority, which only those trust who were told to.
    LocalAuthority,
}

/// The certificates of a node.
#[derive(Debug)]
pub struct Certificates {
    authority: Authority,
    files: ArcSwap<Named>,
    issued: ArcSwap<Named>,
    clock: Arc<dyn Clock>,
    minted: Mutex<HashMap<String, Minted>>,
}

#[derive(Debug, Clone)]
struct Minted {
    certificate: Arc<CertifiedKey>,
    replace_at: Timestamp,
}

impl Certificates {
    /// Certificates signed by `authority`, until others are installed.
    pub fn new(authority: Authority, clock: Arc<dyn Clock>) -> Self {
        Self {
            authority,
            files: ArcSwap::default(),
            issued: ArcSwap::default(),
            clock,
            minted: Mutex::new(HashMap::new()),
        }
    }

    /// Shows the operator's certificates from now on, and none that were shown before.
    pub fn install_files(&self, files: Named) {
        self.files.store(Arc::new(files));
    }

    /// Shows an issued certificate from now on.
    pub fn install_issued(&self, name: &str, certificate: &Arc<CertifiedKey>) {
        self.issued.rcu(|issued| {
            let mut next = Named::clone(issued);
            next.insert(name.to_owned(), certificate.clone());
            next
        });
    }

    /// Where the certificate for a name comes from.
    pub fn source(&self, name: &str) -> Source {
        self.installed(name)
            .map_or(Source::LocalAuthority, |(_, source)| source)
    }

    /// The certificate for `name`, as the client's hello has it.
    pub fn for_name(&self, name: Option<&str>) -> Option<Arc<CertifiedKey>> {
        let name = name.unwrap_or_default().to_ascii_lowercase();
        match self.installed(&name) {
            Some((certificate, _)) => Some(certificate),
            None => self.mint(name),
        }
    }

    fn installed(&self, name: &str) -> Option<(Arc<CertifiedKey>, Source)> {
        let wildcard = name.split_once('.').map(|(_, above)| format!("*.{above}"));
        [(&self.files, Source::Files), (&self.issued, Source::Acme)]
            .into_iter()
            .find_map(|(named, source)| {
                let named = named.load();
                let exact = named.get(name);
                let found = exact.or_else(|| named.get(wildcard.as_deref()?));
                found.map(|certificate| (certificate.clone(), source))
            })
    }

    fn mint(&self, name: String) -> Option<Arc<CertifiedKey>> {
        let now = self.clock.now();
        if let Some(known) = self.minted.lock().get(&name)
            && known.replace_at > now
        {
            return Some(known.certificate.clone());
        }
        let names = match name.as_str() {
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
        known.insert(name, minted.clone());
        Some(minted.certificate)
    }
}

impl ResolvesServerCert for Certificates {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.for_name(hello.server_name())
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Files => "configured files",
            Self::Acme => "acme",
            Self::LocalAuthority => "local authority",
        })
    }
}
