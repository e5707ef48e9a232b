//! How the authority is reached: a connection of its own for each of the few requests.

use std::fmt;
use std::future::Future;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{HOST, HeaderValue};
use http::{Request, Response, Uri};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use instant_acme::{BodyWrapper, BytesResponse, Error, HttpClient};
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, ServerName};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use super::super::{Files, TlsError, bundle};
use crate::config::Acme;

/// From the connection to the last byte of the answer.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);
/// The largest answer; a chain has a few kilobytes.
const ANSWER_BYTES_MAX: usize = 1024 * 1024;

/// A client of the authority.
#[derive(Clone)]
pub(super) struct Client {
    tls: TlsConnector,
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

impl Client {
    /// A client that trusts the configured roots, else the system's.
    pub(super) fn new(
        settings: &Acme,
        files: &Files,
        system_roots: Option<&Path>,
    ) -> Result<Self, TlsError> {
        let pem = match &settings.certificate_authority {
            Some(path) => std::fs::read(path).map_err(|source| TlsError::File {
                action: "read",
                path: path.clone(),
                source,
            })?,
            None => bundle::read_system_roots(files, system_roots).unwrap_or_default(),
        };
        let mut roots = RootCertStore::empty();
        // A system's bundle may hold roots that rustls does not take.
        let certificates = CertificateDer::pem_slice_iter(&pem).filter_map(Result::ok);
        roots.add_parsable_certificates(certificates);
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self {
            tls: TlsConnector::from(Arc::new(config)),
        })
    }

    async fn send(
        self,
        request: Request<BodyWrapper<Bytes>>,
    ) -> Result<Response<Full<Bytes>>, Failure> {
        let (mut parts, body) = request.into_parts();
        let authority = parts.uri.authority().ok_or("the URL has no host")?.clone();
        if parts.uri.scheme_str() != Some("https") {
            return Err(format!("{} is no https:// URL", parts.uri).into());
        }
        let host = authority.host().trim_matches(['[', ']']);
        let port = authority.port_u16().unwrap_or(443);
        let socket = TcpStream::connect((host, port)).await?;
        let name = ServerName::try_from(host.to_owned())?;
        let stream = self.tls.connect(name, socket).await?;
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        let path = parts.uri.path_and_query().cloned();
        parts.uri = path.map_or_else(
            || Ok(Uri::from_static("/")),
            |path| Uri::builder().path_and_query(path).build(),
        )?;
        let host = HeaderValue::from_str(authority.as_str())?;
        parts.headers.insert(HOST, host);
        let exchange = async {
            let response = sender
                .send_request(Request::from_parts(parts, body))
                .await?;
            let (parts, body) = response.into_parts();
            let body = Limited::new(body, ANSWER_BYTES_MAX).collect().await?;
            Ok::<_, Failure>(Response::from_parts(parts, Full::new(body.to_bytes())))
        };
        tokio::pin!(exchange);
        tokio::select! {
            answered = &mut exchange => answered,
            ended = connection => {
                ended?;
                // The answer may have come with the end.
                exchange.await
            }
        }
    }
}

impl HttpClient for Client {
    fn request(
        &self,
        request: Request<BodyWrapper<Bytes>>,
    ) -> Pin<Box<dyn Future<Output = Result<BytesResponse, Error>> + Send>> {
        let client = self.clone();
        Box::pin(async move {
            match timeout(REQUEST_TIMEOUT, client.send(request)).await {
                Ok(Ok(response)) => Ok(BytesResponse::from(response)),
                Ok(Err(error)) => Err(Error::Other(error)),
                Err(_) => Err(Error::Other(
                    io::Error::from(io::ErrorKind::TimedOut).into(),
                )),
            }
        })
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Client")
    }
}
