//! The HTTP client of a real node: TLS by the system's authorities, connections kept.

use std::collections::HashMap;
use std::error::Error;
use std::io;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper_rustls::{ConfigBuilderExt as _, HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use landline_wire::dispatcher::BoxFuture;
use parking_lot::Mutex;
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};

use super::{BackendFailure, HttpBackend};
use crate::deployment::snapshot::ClientIdentity;
use crate::quotas::BACKEND_ANSWER_BYTES;

/// Sends requests over the network.
///
/// The authorities of the system (`SSL_CERT_FILE` names others) are read for the first
/// request: a node without HTTP integrations starts without them.
#[derive(Debug, Default)]
pub struct HttpClient {
    /// Who is trusted in place of the system's authorities.
    roots: Option<RootCertStore>,
    /// For requests that show no certificate.
    open: OnceLock<Result<Pool, String>>,
    /// For those that do, by the certificate's identifier.
    identified: Mutex<HashMap<String, Pool>>,
}

type Pool = Client<HttpsConnector<HttpConnector>, Full<Bytes>>;

impl HttpClient {
    /// A client without connections.
    pub fn new() -> Self {
        Self::default()
    }

    /// A client that trusts these authorities alone.
    #[cfg(test)]
    fn trusting(roots: RootCertStore) -> Self {
        Self {
            roots: Some(roots),
            ..Self::default()
        }
    }

    /// The connections that a request may take. Those of one certificate are never another's.
    fn pool(&self, identity: Option<&ClientIdentity>) -> Result<Pool, BackendFailure> {
        let Some(identity) = identity else {
            let opened = self
                .open
                .get_or_init(|| self.connect(None).map_err(|error| error.to_string()));
            return opened.clone().map_err(BackendFailure::Unreachable);
        };
        if let Some(pool) = self.identified.lock().get(&identity.id) {
            return Ok(pool.clone());
        }
        let pool = self.connect(Some(identity));
        let pool = pool.map_err(|error| BackendFailure::Unreachable(error.to_string()))?;
        let mut identified = self.identified.lock();
        if identified.len() >= IDENTITIES {
            identified.clear();
        }
        identified.insert(identity.id.clone(), pool.clone());
        Ok(pool)
    }

    fn connect(&self, identity: Option<&ClientIdentity>) -> io::Result<Pool> {
        let provider = rustls::crypto::ring::default_provider();
        let tls = ClientConfig::builder_with_provider(provider.into())
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?;
        let tls = match &self.roots {
            Some(roots) => tls.with_root_certificates(roots.clone()),
            None => tls.with_native_roots()?,
        };
        let tls = match identity {
            None => tls.with_no_client_auth(),
            Some(identity) => {
                let certificates = CertificateDer::pem_slice_iter(identity.certificate.as_bytes());
                let chain = certificates.collect::<Result<Vec<_>, _>>();
                let chain = chain.map_err(io::Error::other)?;
                let key = PrivateKeyDer::from_pem_slice(identity.key.as_bytes());
                let key = key.map_err(io::Error::other)?;
                let tls = tls.with_client_auth_cert(chain, key);
                tls.map_err(io::Error::other)?
            }
        };
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(tls)
            .https_or_http()
            .enable_http1()
            .wrap_connector(tcp);
        Ok(Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_TIMEOUT)
            .pool_max_idle_per_host(IDLE_PER_HOST)
            .build(connector))
    }
}

impl HttpBackend for HttpClient {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, BackendFailure>> {
        Box::pin(async move {
            let identity = request.extensions().get::<Arc<ClientIdentity>>();
            let pool = self.pool(identity.map(|identity| &**identity))?;
            let answered = pool.request(request.map(Full::new)).await;
            let answered = answered
                .map_err(|error| BackendFailure::Unreachable(innermost(&error).to_string()))?;
            let (head, body) = answered.into_parts();
            let body = Limited::new(body, BACKEND_ANSWER_BYTES).collect().await;
            let body = body.map_err(|error| {
                if error.is::<http_body_util::LengthLimitError>() {
                    return BackendFailure::TooLarge;
                }
                BackendFailure::Unreachable(error.to_string())
            })?;
            Ok(Response::from_parts(head, body.to_bytes()))
        })
    }
}

/// The error that says what happened; those around it only say where.
fn innermost<'a>(error: &'a (dyn Error + 'static)) -> &'a (dyn Error + 'static) {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost
}

/// Less than the keep-alive of common servers, so that few requests meet a closing connection.
const IDLE_TIMEOUT: Duration = Duration::from_secs(4);
const IDLE_PER_HOST: usize = 64;
/// More than an account has certificates.
const IDENTITIES: usize = 64;

#[cfg(test)]
mod tests;
