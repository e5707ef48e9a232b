//! The operator's certificates on disk: pairs that the configuration names, and those in
//! the directory of certificates. Read again when they change, as certbot and others
//! renew them in place.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::crypto::ring::sign::any_supported_type;
use rustls::sign::CertifiedKey;
use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};

use super::TlsError;
use super::certificates::Named;

/// Certificates of the directory beyond this are not looked at.
const DIRECTORY_FILES_MAX: usize = 1000;

/// A certificate for a name, and its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The name that it is shown for; `*.example.com` stands for every name one label below.
    pub name: String,
    /// The chain, in PEM, the certificate itself first.
    pub certificate: PathBuf,
    /// Its private key, in PEM.
    pub key: PathBuf,
}

/// Where the operator keeps certificates.
#[derive(Debug, Clone, Default)]
pub struct CertificateFiles {
    configured: Vec<Pair>,
    directory: Option<PathBuf>,
    loaded: Named,
    seen: u64,
}

impl CertificateFiles {
    /// Reads every certificate. What the configuration names must be there.
    pub fn open(configured: Vec<Pair>, directory: Option<PathBuf>) -> Result<Self, TlsError> {
        let mut files = Self {
            configured,
            directory,
            ..Self::default()
        };
        for pair in &files.configured {
            pair.read()?;
        }
        files.reload();
        Ok(files)
    }

    /// What was read last.
    pub fn loaded(&self) -> &Named {
        &self.loaded
    }

    /// Reads the files again if any of them changed, and says whether one did.
    ///
    /// A pair that cannot be read, as while it is being replaced, stays as it was.
    pub fn reload(&mut self) -> bool {
        let pairs = self.pairs();
        let state = state_of(&pairs);
        if state == self.seen {
            return false;
        }
        self.seen = state;
        let mut loaded = Named::new();
        for pair in pairs {
            match pair.read() {
                Ok(certificate) => {
                    loaded.insert(pair.name, Arc::new(certificate));
                }
                Err(error) => {
                    tracing::warn!(domain = pair.name, %error, "a certificate is not used");
                    if let Some(kept) = self.loaded.get(&pair.name) {
                        loaded.insert(pair.name, kept.clone());
                    }
                }
            }
        }
        self.loaded = loaded;
        true
    }

    /// What the configuration names comes last, and so wins.
    fn pairs(&self) -> Vec<Pair> {
        let directory = self.directory.as_deref();
        let mut pairs = directory.map(pairs_in).unwrap_or_default();
        pairs.extend_from_slice(&self.configured);
        pairs
    }
}

impl Pair {
    fn read(&self) -> Result<CertifiedKey, TlsError> {
        let content = |path: &Path, expected| TlsError::Content {
            path: path.to_owned(),
            expected,
        };
        let open = |path: &Path| {
            fs::read(path).map_err(|source| TlsError::File {
                action: "read",
                path: path.to_owned(),
                source,
            })
        };
        let (chain, key) = (open(&self.certificate)?, open(&self.key)?);
        certified(&chain, &key).map_err(|wrong| match wrong {
            Wrong::Chain => content(&self.certificate, "certificates in PEM"),
            Wrong::Key => content(&self.key, "a private key in PEM"),
            Wrong::Pair => content(&self.key, "the key of the certificate"),
        })
    }
}

/// What is wrong with a chain and its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrong {
    Chain,
    Key,
    Pair,
}

/// A certificate with its key, both in PEM.
pub(super) fn certified(chain: &[u8], key: &[u8]) -> Result<CertifiedKey, Wrong> {
    let chain: Vec<_> = CertificateDer::pem_slice_iter(chain)
        .collect::<Result<_, _>>()
        .map_err(|_| Wrong::Chain)?;
    if chain.is_empty() {
        return Err(Wrong::Chain);
    }
    let key = PrivateKeyDer::from_pem_slice(key).map_err(|_| Wrong::Key)?;
    let key = any_supported_type(&key).map_err(|_| Wrong::Key)?;
    let certified = CertifiedKey::new(chain, key);
    certified.keys_match().map_err(|_| Wrong::Pair)?;
    Ok(certified)
}

/// `NAME.crt` beside `NAME.key`. File systems and shells do not like a star, so `_.example.com`
/// stands for `*.example.com`.
fn pairs_in(directory: &Path) -> Vec<Pair> {
    let entries = match fs::read_dir(directory) {
        Ok(entries) => entries,
        Err(error) => {
            tracing::warn!(directory = %directory.display(), %error, "no certificates are read");
            return Vec::new();
        }
    };
    let paths = entries.take(DIRECTORY_FILES_MAX).filter_map(Result::ok);
    let mut pairs: Vec<Pair> = paths
        .filter_map(|entry| {
            let certificate = entry.path();
            let name = certificate.file_name()?.to_str()?.strip_suffix(".crt")?;
            let name = match name.strip_prefix("_.") {
                Some(above) => format!("*.{above}"),
                None => name.to_owned(),
            };
            Some(Pair {
                name: name.to_ascii_lowercase(),
                key: certificate.with_extension("key"),
                certificate,
            })
        })
        .collect();
    pairs.sort_by(|one, other| one.certificate.cmp(&other.certificate));
    pairs
}

/// A mark that changes when a file does.
fn state_of(pairs: &[Pair]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for pair in pairs {
        for path in [&pair.certificate, &pair.key] {
            path.hash(&mut hasher);
            if let Ok(found) = fs::metadata(path) {
                (found.modified().ok(), found.len()).hash(&mut hasher);
            }
        }
    }
    hasher.finish()
}
