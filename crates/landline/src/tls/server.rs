//! How each TLS handshake is answered: by the name in the client's hello.
//!
//! A custom domain with mutual TLS has a configuration of its own, and with it its own
//! sessions: a session that began without a certificate cannot go on where one is demanded.

use std::collections::HashMap;
use std::sync::Arc;

use landline_gateway::deployment::domains::{LiveDomain, LiveDomains};
use parking_lot::Mutex;
use rustls::crypto::CryptoProvider;
use rustls::server::{ClientHello, WebPkiClientVerifier};
use rustls::sign::SingleCertAndKey;
use rustls::{RootCertStore, ServerConfig};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject as _;

use super::acme::challenges::Challenges;
use super::{Certificates, TlsError};

/// TLS on the node's port.
#[derive(Debug)]
pub struct Server {
    certificates: Arc<Certificates>,
    domains: Arc<LiveDomains>,
    /// Questions of an authority that are open.
    challenges: Arc<Challenges>,
    /// Demands no certificate of clients.
    open: Arc<ServerConfig>,
    /// By the name of a custom domain with mutual TLS.
    demanding: Mutex<HashMap<String, Demanding>>,
}

#[derive(Debug)]
struct Demanding {
    domain: Arc<LiveDomain>,
    config: Arc<ServerConfig>,
}

/// How one handshake goes on.
#[derive(Debug)]
pub struct Chosen {
    /// The configuration.
    pub config: Arc<ServerConfig>,
    /// The custom domain whose truststore the client satisfies when the handshake succeeds.
    pub verifies_for: Option<Arc<LiveDomain>>,
    /// What comes after the handshake.
    pub then: Then,
}

/// What comes after a handshake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// Requests.
    Requests,
    /// Nothing: an authority has seen what it wanted to see.
    Nothing,
}

impl Server {
    /// Answers with these certificates, for these custom domains.
    pub fn new(
        certificates: Arc<Certificates>,
        domains: Arc<LiveDomains>,
    ) -> Result<Self, TlsError> {
        let builder = ServerConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()?
            .with_no_client_auth();
        Ok(Self {
            open: finish(builder.with_cert_resolver(certificates.clone())),
            certificates,
            domains,
            challenges: Arc::default(),
            demanding: Mutex::new(HashMap::new()),
        })
    }

    /// The same server, which also answers these questions of an authority.
    #[must_use]
    pub fn answering(self, challenges: Arc<Challenges>) -> Self {
        Self { challenges, ..self }
    }

    /// Chooses the configuration for a client.
    ///
    /// # Errors
    ///
    /// When a domain's truststore cannot be used; the client must not get in then.
    pub fn choose(&self, hello: &ClientHello<'_>) -> Result<Chosen, TlsError> {
        if let Some(config) = self.proof(hello)? {
            return Ok(Chosen {
                config,
                verifies_for: None,
                then: Then::Nothing,
            });
        }
        let domain = hello.server_name().and_then(|name| self.domains.find(name));
        let demanding = domain.filter(|domain| domain.truststore().is_some());
        let Some(domain) = demanding else {
            return Ok(Chosen {
                config: self.open.clone(),
                verifies_for: None,
                then: Then::Requests,
            });
        };
        Ok(Chosen {
            config: self.demanding(&domain)?,
            verifies_for: Some(domain),
            then: Then::Requests,
        })
    }

    /// The configuration that answers an authority, if it is one that asks (RFC 8737, section 3).
    fn proof(&self, hello: &ClientHello<'_>) -> Result<Option<Arc<ServerConfig>>, TlsError> {
        let mut protocols = hello.alpn().into_iter().flatten();
        if !protocols.any(|protocol| protocol == Challenges::PROTOCOL) {
            return Ok(None);
        }
        let name = hello.server_name();
        let Some(proof) = name.and_then(|name| self.challenges.certificate(name)) else {
            return Ok(None);
        };
        let builder = ServerConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()?
            .with_no_client_auth();
        let mut config = builder.with_cert_resolver(Arc::new(SingleCertAndKey::from(proof)));
        config.alpn_protocols = vec![Challenges::PROTOCOL.to_vec()];
        Ok(Some(Arc::new(config)))
    }

    fn demanding(&self, domain: &Arc<LiveDomain>) -> Result<Arc<ServerConfig>, TlsError> {
        let mut demanding = self.demanding.lock();
        if let Some(known) = demanding.get(domain.name())
            && known.domain.truststore() == domain.truststore()
        {
            return Ok(known.config.clone());
        }
        let truststore = domain.truststore().unwrap_or_default();
        let mut roots = RootCertStore::empty();
        for certificate in CertificateDer::pem_slice_iter(truststore.as_bytes()) {
            roots.add(certificate.map_err(|_| TlsError::Truststore)?)?;
        }
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider())
            .build()
            .map_err(|_| TlsError::Truststore)?;
        let builder = ServerConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()?
            .with_client_cert_verifier(verifier);
        let config = finish(builder.with_cert_resolver(self.certificates.clone()));
        // As many as there are domains, never more.
        demanding.retain(|name, _| self.domains.find(name).is_some_and(|it| it.name() == name));
        let known = Demanding {
            domain: domain.clone(),
            config: config.clone(),
        };
        demanding.insert(domain.name().to_owned(), known);
        Ok(config)
    }
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

fn finish(mut config: ServerConfig) -> Arc<ServerConfig> {
    // WebSockets need HTTP/1.1, and every client of AWS speaks it.
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Arc::new(config)
}
