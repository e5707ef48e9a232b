//! The authority on disk, and certificates as a client sees them.

use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;

use landline_wire::{ManualClock, SystemClock, Timestamp};
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject as _;
use tokio_rustls::{TlsAcceptor, TlsConnector};

use super::{Authority, Certificates, Files, server_config};

#[test]
fn the_authority_outlives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::in_data_dir(folder.path());
    let first = Authority::load_or_create(&files, &SystemClock).unwrap();
    let second = Authority::load_or_create(&files, &SystemClock).unwrap();
    assert_eq!(first.certificate_pem(), second.certificate_pem());
}

#[test]
fn the_authoritys_key_is_for_its_owner_only() {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::in_data_dir(folder.path());
    Authority::load_or_create(&files, &SystemClock).unwrap();
    let mode = std::fs::metadata(files.key()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn the_bundle_holds_the_systems_roots_and_ours() {
    let folder = tempfile::tempdir().unwrap();
    let roots = folder.path().join("roots.pem");
    std::fs::write(&roots, "the system's roots").unwrap();
    let files = Files::in_data_dir(folder.path());
    server_config(&files, Some(&roots), None, Arc::new(SystemClock)).unwrap();
    let bundle = std::fs::read_to_string(files.bundle()).unwrap();
    let ours = std::fs::read_to_string(files.authority()).unwrap();
    assert_eq!(bundle, format!("the system's roots\n{ours}"));
}

#[test]
fn a_certificate_is_minted_once_and_again_before_it_ends() {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::in_data_dir(folder.path());
    let clock = Arc::new(ManualClock::at(
        Timestamp::parse("2027-02-03T00:00:00Z").unwrap(),
    ));
    let authority = Authority::load_or_create(&files, &*clock).unwrap();
    let certificates = Certificates::new(authority, None, clock.clone());
    let shown = || {
        certificates
            .for_name(Some("a.execute-api.us-east-1.amazonaws.com"))
            .unwrap()
    };
    let first = shown();
    assert!(Arc::ptr_eq(&first, &shown()));
    clock.advance(std::time::Duration::from_hours(60 * 24));
    assert!(!Arc::ptr_eq(&first, &shown()));
}

#[tokio::test]
async fn a_client_that_trusts_the_authority_accepts_any_name() {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::in_data_dir(folder.path());
    let server = server_config(&files, None, None, Arc::new(SystemClock)).unwrap();
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_file(files.authority()).unwrap())
        .unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let client = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connector = TlsConnector::from(Arc::new(client));
    for name in [
        "localhost",
        "127.0.0.1",
        "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com",
        "artifacts.s3.eu-west-1.amazonaws.com",
    ] {
        let (near, far) = tokio::io::duplex(8192);
        let accepted = TlsAcceptor::from(server.clone()).accept(far);
        let asked = connector.connect(ServerName::try_from(name).unwrap(), near);
        let (accepted, asked) = tokio::join!(accepted, asked);
        assert!(
            accepted.is_ok() && asked.is_ok(),
            "{name}: {:?}",
            asked.err()
        );
    }
}
