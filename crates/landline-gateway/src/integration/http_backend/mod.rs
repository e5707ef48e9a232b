//! `HTTP` and `HTTP_PROXY`: a web server takes the message.
//!
//! [`HttpBackend`] is the seam: [`HttpClient`] in production, a closure in tests.
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integrations.html>.

mod client;

use std::sync::Arc;

use bytes::Bytes;
use http::header::{
    CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderMap, HeaderName, HeaderValue, TRANSFER_ENCODING,
};
use http::{Request, Response};
use landline_wire::dispatcher::BoxFuture;

use super::parameters::{self, Mapped};
use super::request::MappedRequest;
use super::response::{Answered, subprotocol};
use super::url::{self, Slashes};
use super::{Answer, IntegrationFailure};
use crate::deployment::snapshot::{HttpEndpoint, HttpKind, Integration};
use crate::http::is_of_hop;
use crate::message::context::Handshake;
use crate::message::execution::Execution;
use crate::observe::{Received, Sent};

pub use client::HttpClient;

/// Sends requests to web servers.
pub trait HttpBackend: Send + Sync + std::fmt::Debug + 'static {
    /// Sends one request and reads the whole answer. The caller bounds the time.
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, BackendFailure>>;
}

/// Why a web server gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum BackendFailure {
    /// It could not be reached, or hung up.
    #[error("{0}")]
    Unreachable(String),
    /// Its answer was larger than [`crate::quotas::BACKEND_ANSWER_BYTES`].
    #[error("the answer is too large")]
    TooLarge,
}

/// The request of an `HTTP_PROXY` integration: the handshake's headers and query, or
/// the message as it came.
pub(super) fn proxy_request(
    integration: &Integration,
    endpoint: &HttpEndpoint,
    execution: &Execution<'_>,
) -> Result<Request<Bytes>, IntegrationFailure> {
    let mut mapped = parameters::map(&integration.request.parameters, execution);
    if let Some(handshake) = execution.handshake() {
        let is_mapped = |name: &str| mapped.query.iter().any(|(mapped, _)| mapped == name);
        let query: Vec<_> = handshake
            .query()
            .filter(|(name, _)| !is_mapped(name))
            .flat_map(|(name, values)| values.iter().map(move |value| (name, value)))
            .map(|(name, value)| (name.to_owned(), value.clone()))
            .collect();
        mapped.query.extend(query);
    }
    if let Some(call) = execution.http().filter(|call| call.kind == HttpKind::Http) {
        // An HTTP API's URL names the variables of the path without further ado.
        for (name, value) in &call.path_parameters {
            let entry = mapped.path.entry(name.clone());
            entry.or_insert_with(|| value.clone());
        }
    }
    let request = MappedRequest {
        body: execution.payload(),
        parameters: mapped,
    };
    build(endpoint, execution, request, execution.handshake())
}

/// The request of an `HTTP` integration: only what templates and parameters made.
pub(super) fn request(
    endpoint: &HttpEndpoint,
    execution: &Execution<'_>,
    request: MappedRequest,
) -> Result<Request<Bytes>, IntegrationFailure> {
    build(endpoint, execution, request, None)
}

/// Calls the server and takes its answer as it is.
pub(super) async fn pass(
    execution: &Execution<'_>,
    request: Request<Bytes>,
) -> Result<Answer, IntegrationFailure> {
    let (head, body) = send(execution, request).await?.into_parts();
    Ok(Answer {
        status_code: head.status.as_u16(),
        subprotocol: subprotocol(&head.headers),
        body: Some(body).filter(|body| !body.is_empty()),
        headers: execution
            .http()
            .map(|_| passed(head.headers))
            .unwrap_or_default(),
    })
}

/// Calls the server, for an integration response to make something of its answer.
pub(super) async fn call(
    execution: &Execution<'_>,
    request: Request<Bytes>,
) -> Result<Answered, IntegrationFailure> {
    let (head, body) = send(execution, request).await?.into_parts();
    Ok(Answered {
        status_code: head.status.as_u16(),
        key: head.status.as_u16().to_string(),
        headers: head.headers,
        body,
        failure: None,
    })
}

async fn send(
    execution: &Execution<'_>,
    request: Request<Bytes>,
) -> Result<Response<Bytes>, IntegrationFailure> {
    let url = request.uri().clone();
    if let Some(observer) = execution.observer {
        observer.sending(&sent(&request));
    }
    let answered = execution.plane.http.send(request).await;
    if let (Some(observer), Ok(response)) = (execution.observer, &answered) {
        observer.received(&Received {
            status: response.status().as_u16(),
            headers: Some(response.headers()),
            body: response.body(),
            request_id: None,
        });
    }
    answered.map_err(|failure| {
        tracing::warn!(route = %execution.route.key, %url, %failure, "integration cannot be reached");
        IntegrationFailure::NotCallable
    })
}

fn sent(request: &Request<Bytes>) -> Sent {
    let headers = request.headers().iter();
    let headers = headers.map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.as_str().to_owned(), value)
    });
    Sent {
        uri: request.uri().to_string(),
        headers: headers.collect(),
        body: request.body().clone(),
    }
}

fn build(
    endpoint: &HttpEndpoint,
    execution: &Execution<'_>,
    request: MappedRequest,
    handshake: Option<&Handshake>,
) -> Result<Request<Bytes>, IntegrationFailure> {
    let MappedRequest { body, parameters } = request;
    let url = endpoint.url.resolve(&execution.stage.variables);
    let slashes = match execution.http() {
        Some(_) => Slashes::Kept,
        None => Slashes::Encoded,
    };
    let url = url::complete(&url, &parameters, slashes);
    let mut headers = HeaderMap::new();
    if let Some(handshake) = handshake {
        pass_headers(&mut headers, handshake);
    }
    if !body.is_empty() && (execution.http().is_none() || !headers.contains_key(CONTENT_TYPE)) {
        headers.insert(CONTENT_TYPE, JSON);
    }
    add_gateway_headers(&mut headers, execution, &parameters);
    let method = match execution.http() {
        Some(call) if endpoint.method == "ANY" => call.method.as_str(),
        // A message has no method of its own to pass on.
        None if endpoint.method == "ANY" => "POST",
        _ => endpoint.method.as_str(),
    };
    let built = Request::builder().method(method).uri(&url).body(body);
    let mut request = built.map_err(|error| {
        tracing::warn!(route = %execution.route.key, %url, %error, "integration URI is no URL");
        IntegrationFailure::NotCallable
    })?;
    *request.headers_mut() = headers;
    if let Some(identity) = &execution.stage.client_identity {
        request.extensions_mut().insert(Arc::clone(identity));
    }
    Ok(request)
}

/// The client's own headers go on to the server, those of the WebSocket handshake
/// included: some servers answer 400 to them, and then authors map
/// `Sec-WebSocket-Version` to `'0'`.
fn pass_headers(headers: &mut HeaderMap, handshake: &Handshake) {
    for (name, values) in handshake.headers() {
        let Ok(name) = HeaderName::from_bytes(name.as_bytes()) else {
            continue;
        };
        if name == HOST || name == CONTENT_LENGTH || name == TRANSFER_ENCODING {
            continue;
        }
        for value in values {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.append(name.clone(), value);
            }
        }
    }
}

fn add_gateway_headers(headers: &mut HeaderMap, execution: &Execution<'_>, mapped: &Mapped) {
    let api_id = execution.stage.api_id.as_str();
    let own = [
        ("x-amzn-apigateway-api-id".to_owned(), api_id.to_owned()),
        (
            "User-Agent".to_owned(),
            format!("AmazonAPIGateway_{api_id}"),
        ),
    ];
    url::insert_headers(headers, &own);
    if let Some(trace) = execution.trace {
        let own = [
            ("traceparent".to_owned(), trace.traceparent()),
            ("X-Amzn-Trace-Id".to_owned(), trace.amazon()),
        ];
        url::insert_headers(headers, &own);
    }
    url::insert_headers(headers, &mapped.headers);
}

/// The headers of an answer that go on to the client.
fn passed(mut headers: HeaderMap) -> HeaderMap {
    let names: Vec<HeaderName> = headers.keys().cloned().collect();
    for name in names.into_iter().filter(is_of_hop) {
        headers.remove(name);
    }
    headers
}

const JSON: HeaderValue = HeaderValue::from_static("application/json");
