//! The HTTP client of a real node: TLS by the system's authorities, connections kept.

use std::error::Error;
use std::sync::OnceLock;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper_rustls::{ConfigBuilderExt as _, HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use landline_wire::dispatcher::BoxFuture;
use rustls::ClientConfig;

use super::{BackendFailure, HttpBackend};
use crate::quotas::BACKEND_ANSWER_BYTES;

/// Sends requests over the network.
///
/// The authorities of the system (`SSL_CERT_FILE` names others) are read for the first
/// request: a node without HTTP integrations starts without them.
#[derive(Debug, Default)]
pub struct HttpClient(OnceLock<Result<Pool, String>>);

type Pool = Client<HttpsConnector<HttpConnector>, Full<Bytes>>;

impl HttpClient {
    /// A client without connections.
    pub fn new() -> Self {
        Self::default()
    }

    fn pool(&self) -> Result<&Pool, BackendFailure> {
        let pool = self
            .0
            .get_or_init(|| connect().map_err(|error| error.to_string()));
        pool.as_ref()
            .map_err(|error| BackendFailure::Unreachable(error.clone()))
    }
}

fn connect() -> std::io::Result<Pool> {
    let provider = rustls::crypto::ring::default_provider();
    let tls = ClientConfig::builder_with_provider(provider.into())
        .with_safe_default_protocol_versions()
        .map_err(std::io::Error::other)?
        .with_native_roots()?
        .with_no_client_auth();
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

impl HttpBackend for HttpClient {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, BackendFailure>> {
        Box::pin(async move {
            let answered = self.pool()?.request(request.map(Full::new)).await;
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
