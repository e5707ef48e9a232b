//! The authority on disk, and certificates as a client sees them.

mod files;
mod mutual;

use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;

use landline_gateway::deployment::domains::LiveDomains;
use landline_wire::{ManualClock, SystemClock, Timestamp};
use rcgen::{BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair};
use rustls::pki_types::ServerName;
use rustls::server::Acceptor;
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::{LazyConfigAcceptor, TlsConnector};

use super::{Authority, Certificates, Files, Server, open};

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
    open(&files, Some(&roots), Arc::new(SystemClock)).unwrap();
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
    let certificates = Certificates::new(authority, clock.clone());
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
    let door = Door::open();
    for name in [
        "localhost",
        "127.0.0.1",
        "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com",
        "artifacts.s3.eu-west-1.amazonaws.com",
        "ws.example.com",
    ] {
        let met = door.meet(name, Client::anonymous()).await;
        assert!(met.is_ok(), "{name}: {met:?}");
    }
}

/// TLS as the node answers it, with the local authority in a folder of its own.
struct Door {
    certificates: Arc<Certificates>,
    domains: Arc<LiveDomains>,
    server: Server,
    files: Files,
    folder: tempfile::TempDir,
}

/// A client's own certificate, and what it trusts beside the local authority.
#[derive(Default)]
struct Client {
    identity: Option<(CertificateDer<'static>, PrivateKeyDer<'static>)>,
    trusts: Option<CertificateDer<'static>>,
}

impl Client {
    fn anonymous() -> Self {
        Self::default()
    }
}

impl Door {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::in_data_dir(folder.path());
        let certificates = open(&files, None, Arc::new(SystemClock)).unwrap();
        let domains = Arc::new(LiveDomains::new());
        let server = Server::new(certificates.clone(), domains.clone()).unwrap();
        Self {
            certificates,
            domains,
            server,
            files,
            folder,
        }
    }

    /// Lets a client shake hands under a name, and gives the certificate that it saw and
    /// the domain that the server verified it for.
    async fn meet(
        &self,
        name: &str,
        client: Client,
    ) -> io::Result<(CertificateDer<'static>, Option<String>)> {
        let mut roots = RootCertStore::empty();
        let authority = CertificateDer::from_pem_file(self.files.authority()).unwrap();
        roots.add(authority).unwrap();
        if let Some(trusted) = client.trusts {
            roots.add(trusted).unwrap();
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots);
        let config = match client.identity {
            None => builder.with_no_client_auth(),
            Some((certificate, key)) => builder
                .with_client_auth_cert(vec![certificate], key)
                .unwrap(),
        };
        let name = ServerName::try_from(name.to_owned()).unwrap();
        let (near, far) = tokio::io::duplex(65_536);
        let asked = TlsConnector::from(Arc::new(config)).connect(name, near);
        let (accepted, asked) = tokio::join!(self.accept(far), asked);
        let (verified, asked) = (accepted?, asked?);
        let shown = asked.get_ref().1.peer_certificates().unwrap()[0].clone();
        Ok((shown.into_owned(), verified))
    }

    async fn accept(&self, stream: tokio::io::DuplexStream) -> io::Result<Option<String>> {
        let hello = LazyConfigAcceptor::new(Acceptor::default(), stream).await?;
        let chosen = self.server.choose(&hello.client_hello()).unwrap();
        let _stream = hello.into_stream(chosen.config).await?;
        Ok(chosen.verifies_for.map(|domain| domain.name().to_owned()))
    }
}

/// An authority of somebody's, and a certificate that it signed.
struct Signed {
    authority_pem: String,
    authority: CertificateDer<'static>,
    certificate_pem: String,
    certificate: CertificateDer<'static>,
    key_pem: String,
}

impl Signed {
    fn for_name(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority_key = KeyPair::generate().unwrap();
        let authority = params.self_signed(&authority_key).unwrap();
        let issuer = Issuer::new(params, authority_key);
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.extended_key_usages = vec![
            ExtendedKeyUsagePurpose::ServerAuth,
            ExtendedKeyUsagePurpose::ClientAuth,
        ];
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &issuer).unwrap();
        Self {
            authority_pem: authority.pem(),
            authority: authority.der().clone(),
            certificate_pem: certificate.pem(),
            certificate: certificate.der().clone(),
            key_pem: key.serialize_pem(),
        }
    }

    fn identity(&self) -> Client {
        let key = PrivateKeyDer::from_pem_slice(self.key_pem.as_bytes()).unwrap();
        Client {
            identity: Some((self.certificate.clone(), key)),
            trusts: None,
        }
    }

    fn trusting(&self) -> Client {
        Client {
            identity: None,
            trusts: Some(self.authority.clone()),
        }
    }
}
