//! TLS on the node's port, with certificates of a local authority.
//!
//! Applications build `https://{apiId}.execute-api.{region}.amazonaws.com` themselves;
//! to answer under that name the node needs a certificate for it. The authority is
//! made on the first start, never leaves the data directory, and is trusted by
//! whoever uses the [`bundle`] file.

pub mod acme;
mod authority;
mod bundle;
mod certificates;
mod files;
mod server;
pub mod upkeep;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use landline_wire::Clock;

pub use authority::Authority;
pub use certificates::{Certificates, Named, Source};
pub use files::{CertificateFiles, Pair};
pub use server::{Chosen, Server, Then};

/// What TLS needs on disk, and where.
#[derive(Debug, Clone)]
pub struct Files {
    folder: PathBuf,
}

impl Files {
    /// The files in a node's data directory.
    pub fn in_data_dir(data_dir: &Path) -> Self {
        Self {
            folder: data_dir.join("tls"),
        }
    }

    /// The authority's certificate alone, for programs that add to what they trust.
    pub fn authority(&self) -> PathBuf {
        self.folder.join("ca.pem")
    }

    /// The system's roots and ours, for programs whose setting replaces what they trust.
    pub fn bundle(&self) -> PathBuf {
        self.folder.join("ca-bundle.pem")
    }

    fn key(&self) -> PathBuf {
        self.folder.join("ca.key")
    }
}

/// What went wrong with the files or the certificates.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read or written.
    #[error("cannot {action} {}: {source}", path.display())]
    File {
        /// `read` or `write`.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// A file does not hold what it should.
    #[error("{} does not hold {expected}", path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// What it should hold.
        expected: &'static str,
    },
    /// A certificate could not be made.
    #[error("cannot make a certificate: {0}")]
    Certificate(#[from] rcgen::Error),
    /// A truststore that was good once is not any more.
    #[error("the truststore cannot be used")]
    Truststore,
    /// The TLS library refused the configuration.
    #[error("cannot configure TLS: {0}")]
    Configuration(#[from] rustls::Error),
}

/// Loads or makes the authority, writes the bundle, and gives the certificates that
/// clients are shown.
pub fn open(
    files: &Files,
    system_roots: Option<&Path>,
    clock: Arc<dyn Clock>,
) -> Result<Arc<Certificates>, TlsError> {
    let authority = Authority::load_or_create(files, &*clock)?;
    bundle::write(files, system_roots, authority.certificate_pem())?;
    Ok(Arc::new(Certificates::new(authority, clock)))
}

#[cfg(test)]
mod tests;
