//! What the front door answers an authority that asks whether a name leads here: a file
//! (`http-01`, RFC 8555, section 8.3) or a certificate (`tls-alpn-01`, RFC 8737).

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;
use rcgen::{CertificateParams, CustomExtension, KeyPair};
use rustls::crypto::ring::sign::any_ecdsa_type;
use rustls::sign::CertifiedKey;
use rustls_pki_types::PrivateKeyDer;

use crate::tls::TlsError;

/// Challenges of one kind that are answered at once; there is one for each order in flight.
const OPEN_MAX: usize = 16;

/// Open challenges.
#[derive(Debug, Default)]
pub struct Challenges {
    /// The key authorization by the token.
    files: Mutex<HashMap<String, String>>,
    /// The certificate by the name.
    certificates: Mutex<HashMap<String, Arc<CertifiedKey>>>,
}

/// Answers a challenge for as long as it lives.
#[derive(Debug)]
pub struct Answered<'a> {
    challenges: &'a Challenges,
    open: Open,
}

#[derive(Debug)]
enum Open {
    Token(String),
    Name(String),
}

impl Challenges {
    /// The path below which an authority asks.
    pub const PATH: &'static str = "/.well-known/acme-challenge/";
    /// What it calls its protocol when it begins TLS.
    pub const PROTOCOL: &'static [u8] = b"acme-tls/1";

    /// Answers a challenge for a file from now on.
    pub fn answer(&self, token: &str, key_authorization: &str) -> Answered<'_> {
        insert(&self.files, token, key_authorization.to_owned());
        Answered {
            challenges: self,
            open: Open::Token(token.to_owned()),
        }
    }

    /// Answers a challenge for a certificate from now on; `digest` is that of the key authorization.
    pub fn answer_tls(&self, name: &str, digest: &[u8]) -> Result<Answered<'_>, TlsError> {
        let certificate = Arc::new(proof(name, digest)?);
        insert(&self.certificates, name, certificate);
        Ok(Answered {
            challenges: self,
            open: Open::Name(name.to_owned()),
        })
    }

    /// The answer for a path, if it is a challenge's that is open.
    pub fn find(&self, path: &str) -> Option<String> {
        let token = path.strip_prefix(Self::PATH)?;
        self.files.lock().get(token).cloned()
    }

    /// The certificate that answers for a name, if a challenge is open.
    pub fn certificate(&self, name: &str) -> Option<Arc<CertifiedKey>> {
        let name = name.to_ascii_lowercase();
        self.certificates.lock().get(&name).cloned()
    }
}

fn insert<T>(open: &Mutex<HashMap<String, T>>, key: &str, value: T) {
    let mut open = open.lock();
    if open.len() >= OPEN_MAX {
        open.clear();
    }
    open.insert(key.to_owned(), value);
}

/// A certificate that nobody else could have made at this moment: it says what the authority has told
/// this node alone.
fn proof(name: &str, digest: &[u8]) -> Result<CertifiedKey, TlsError> {
    let key = KeyPair::generate()?;
    let mut params = CertificateParams::new(vec![name.to_owned()])?;
    params.custom_extensions = vec![CustomExtension::new_acme_identifier(digest)];
    let certificate = params.self_signed(&key)?;
    let private = PrivateKeyDer::try_from(key.serialize_der())
        .map_err(|reason| rustls::Error::General(reason.to_owned()))?;
    let chain = vec![certificate.der().clone()];
    Ok(CertifiedKey::new(chain, any_ecdsa_type(&private)?))
}

impl Drop for Answered<'_> {
    fn drop(&mut self) {
        match &self.open {
            Open::Token(token) => drop(self.challenges.files.lock().remove(token)),
            Open::Name(name) => drop(self.challenges.certificates.lock().remove(name)),
        }
    }
}
