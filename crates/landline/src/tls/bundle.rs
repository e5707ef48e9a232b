//! The bundle: the system's root certificates and our authority's in one file.
//!
//! `AWS_CA_BUNDLE`, `REQUESTS_CA_BUNDLE` and `SSL_CERT_FILE` replace what a program
//! trusts, so the file must hold the system's roots too.

use std::path::Path;

use super::authority::write_public;
use super::{Files, TlsError};

/// Where the usual systems keep their roots.
const SYSTEM_ROOTS: [&str; 7] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
    "/opt/homebrew/etc/openssl@3/cert.pem",
    "/usr/local/etc/openssl@3/cert.pem",
];

/// Writes the bundle anew: the system's roots change with its updates.
pub(super) fn write(
    files: &Files,
    system_roots: Option<&Path>,
    authority_pem: &str,
) -> Result<(), TlsError> {
    let mut bundle = read_system_roots(files, system_roots).unwrap_or_default();
    if !bundle.is_empty() && !bundle.ends_with(b"\n") {
        bundle.push(b'\n');
    }
    bundle.extend_from_slice(authority_pem.as_bytes());
    let path = files.bundle();
    if std::fs::read(&path).is_ok_and(|written| written == bundle) {
        return Ok(());
    }
    write_public(&path, &bundle)
}

/// The system's root certificates, in PEM.
pub(super) fn read_system_roots(files: &Files, system_roots: Option<&Path>) -> Option<Vec<u8>> {
    system_roots
        .into_iter()
        .chain(SYSTEM_ROOTS.iter().map(Path::new))
        .filter(|path| *path != files.bundle())
        .find_map(|path| std::fs::read(path).ok())
}
