//! TLS as a client sees it: the name that it asks for, the certificate that it shows, and the one that
//! it is shown.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName, UnixTime};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::node::Node;

/// An authority that signs certificates of clients.
#[derive(Debug)]
pub struct ClientAuthority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

/// A client's certificate with its key.
#[derive(Debug)]
pub struct Identity {
    certificate: CertificateDer<'static>,
    key: KeyPair,
}

impl Default for ClientAuthority {
    fn default() -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        let pem = params.self_signed(&key).expect("a certificate").pem();
        Self {
            issuer: Issuer::new(params, key),
            pem,
        }
    }
}

impl ClientAuthority {
    /// The authority's own certificate, as a truststore holds it.
    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// A new client.
    ///
    /// # Panics
    ///
    /// When no certificate can be made.
    pub fn client(&self) -> Identity {
        let mut params = CertificateParams::default();
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.issuer);
        Identity {
            certificate: certificate.expect("a certificate").der().clone(),
            key,
        }
    }
}

impl Node {
    /// Opens a TLS connection under a name, trusting the node's own authority.
    ///
    /// # Errors
    ///
    /// What ended the handshake.
    pub async fn tls(
        &self,
        name: &str,
        identity: Option<&Identity>,
    ) -> io::Result<TlsStream<TcpStream>> {
        let authority = CertificateDer::from_pem_file(self.data_dir().join("tls/ca.pem"));
        self.tls_as(name, identity, authority.map_err(io::Error::other)?)
            .await
    }

    /// Opens a TLS connection under a name, trusting nobody but this authority.
    ///
    /// # Errors
    ///
    /// What ended the handshake.
    pub async fn tls_trusting(
        &self,
        name: &str,
        authority: CertificateDer<'static>,
    ) -> io::Result<TlsStream<TcpStream>> {
        self.tls_as(name, None, authority).await
    }

    async fn tls_as(
        &self,
        name: &str,
        identity: Option<&Identity>,
        authority: CertificateDer<'static>,
    ) -> io::Result<TlsStream<TcpStream>> {
        let mut roots = RootCertStore::empty();
        roots.add(authority).map_err(io::Error::other)?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_root_certificates(roots);
        let config = match identity {
            None => builder.with_no_client_auth(),
            Some(Identity { certificate, key }) => {
                let key = PrivatePkcs8KeyDer::from(key.serialize_der());
                builder
                    .with_client_auth_cert(vec![certificate.clone()], PrivateKeyDer::Pkcs8(key))
                    .map_err(io::Error::other)?
            }
        };
        let name = ServerName::try_from(name.to_owned()).map_err(io::Error::other)?;
        let socket = TcpStream::connect(self.address).await?;
        TlsConnector::from(Arc::new(config))
            .connect(name, socket)
            .await
    }

    /// Asks for a path under a host, through a TLS connection that was opened under a name.
    /// Gives the status, once the server let the client in.
    ///
    /// # Errors
    ///
    /// What ended the connection instead of an answer.
    pub async fn https_status(
        &self,
        name: &str,
        identity: Option<&Identity>,
        host: &str,
        request: &str,
    ) -> io::Result<u16> {
        let mut stream = self.tls(name, identity).await?;
        let head = format!("{request} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).await?;
        // `HTTP/1.1 200`
        let mut status = [0; 12];
        stream.read_exact(&mut status).await?;
        let status = String::from_utf8_lossy(&status[9..]);
        status.parse().map_err(io::Error::other)
    }
}

/// Speaks `acme-tls/1` with whoever listens there; the certificate that it is shown for a name.
pub(crate) async fn acme_certificate(
    address: SocketAddr,
    name: &str,
) -> io::Result<CertificateDer<'static>> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Anybody))
        .with_no_client_auth();
    config.alpn_protocols = vec![ACME_TLS.to_vec()];
    let name = ServerName::try_from(name.to_owned()).map_err(io::Error::other)?;
    let socket = TcpStream::connect(address).await?;
    let stream = TlsConnector::from(Arc::new(config))
        .connect(name, socket)
        .await?;
    let (_, session) = stream.get_ref();
    if session.alpn_protocol() != Some(ACME_TLS) {
        return Err(io::Error::other("another protocol"));
    }
    let chain = session.peer_certificates().unwrap_or_default();
    let own = chain.first().cloned();
    own.ok_or_else(|| io::Error::other("no certificate"))
}

const ACME_TLS: &[u8] = b"acme-tls/1";

/// Trusts everybody: an authority only looks at what a certificate says.
#[derive(Debug)]
struct Anybody;

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _certificate: &CertificateDer<'_>,
        _signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _message: &[u8],
        _certificate: &CertificateDer<'_>,
        _signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        rustls::crypto::ring::default_provider()
            .signature_verification_algorithms
            .supported_schemes()
    }
}
