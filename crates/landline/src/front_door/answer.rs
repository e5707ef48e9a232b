//! Takes a request to its service, and writes the refusals that no service writes.

use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use http::header::{CONNECTION, CONTENT_TYPE, HOST, HeaderName, HeaderValue, UPGRADE};
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Body as _, Incoming};
use hyper_util::rt::TokioIo;
use landline_wire::{request_id, sigv4};
use tokio::time::{Instant, timeout};

use super::connection::Within;
use super::paced::Paced;
use super::route::{Destination, Head, HttpAddress, Upgrade, route};
use super::services::{Arrival, ClientVerified, Handshake, HttpRequest, ManagementCall, Services};
use super::socket::Socket;
use super::{Body, FrontDoor, Response, limits, tunnel};

/// Answers one request.
pub(super) async fn answer<S: Services>(
    door: Arc<FrontDoor<S>>,
    request: Request<Incoming>,
    arrival: Arrival,
    within: Within,
) -> Response {
    if request.method() == Method::CONNECT {
        return match within {
            Within::Network => tunnel::open(door, request, arrival.peer).await,
            Within::Tunnel => empty(StatusCode::BAD_REQUEST),
        };
    }
    if let Some(answer) = at_once(&request, &*door.services) {
        return answer;
    }
    match destination(&request, &*door.services) {
        Destination::Health => text(StatusCode::OK, "ok\n"),
        Destination::UpgradeRequired => upgrade_required(),
        Destination::Forbidden => forbidden(),
        Destination::Healthy => text(StatusCode::OK, "healthy"),
        Destination::NoMethod(path) => no_method(request.method(), &path),
        Destination::WebSocket {
            api_id,
            stage,
            endpoint,
        } => {
            let handshake = Handshake {
                api_id,
                stage,
                endpoint,
                request,
                arrival,
            };
            hand_shake(&door, handshake).await
        }
        Destination::Http(address) => http(&door, address, request, arrival).await,
        Destination::Connections {
            api_id,
            stage,
            connection_id,
            endpoint,
        } => match collect(request, limits::MANAGEMENT_BODY_BYTES_MAX).await {
            Ok(request) => {
                let call = ManagementCall {
                    api_id,
                    stage,
                    connection_id,
                    endpoint,
                    request,
                    arrival,
                };
                door.services.management(call).await
            }
            Err(refusal) => empty(refusal),
        },
        Destination::UserPool { pool, document } => door.services.user_pool(&pool, &document),
        Destination::S3 => {
            let request = request.map(|body| Paced::new(body).boxed_unsync());
            door.services.s3(request, arrival).await
        }
        collected => answer_whole(&door, collected, request, arrival).await,
    }
}

/// Answers a request whose body is read to its end before anybody looks at it.
async fn answer_whole<S: Services>(
    door: &Arc<FrontDoor<S>>,
    destination: Destination,
    request: Request<Incoming>,
    arrival: Arrival,
) -> Response {
    let bytes_max = match destination {
        Destination::Internal(_) => limits::INTERNAL_BODY_BYTES_MAX,
        Destination::FunctionUrl { .. } => limits::FUNCTION_URL_BODY_BYTES_MAX,
        _ => limits::API_BODY_BYTES_MAX,
    };
    let request = match collect(request, bytes_max).await {
        Ok(request) => request,
        Err(refusal) => return empty(refusal),
    };
    let services = &door.services;
    match destination {
        Destination::Internal(endpoint) => services.internal(&endpoint, request, arrival).await,
        Destination::FunctionUrl { id, path } => {
            services.function_url(&id, &path, request, arrival).await
        }
        _ => services.aws_api(request, arrival).await,
    }
}

/// What is answered wherever a request would go.
fn at_once<S: Services>(request: &Request<Incoming>, services: &S) -> Option<Response> {
    let target = request.uri().path_and_query().map_or("/", |t| t.as_str());
    if target.len() > limits::TARGET_BYTES_MAX {
        return Some(empty(StatusCode::URI_TOO_LONG));
    }
    if let Some(answer) = services.acme_answer(request.uri().path()) {
        return Some(text(StatusCode::OK, answer));
    }
    let verified = request.extensions().get::<ClientVerified>();
    (!services.admits(host(request), verified)).then(forbidden)
}

/// Takes a request to an HTTP or a REST API.
async fn http<S: Services>(
    door: &Arc<FrontDoor<S>>,
    address: HttpAddress,
    request: Request<Incoming>,
    arrival: Arrival,
) -> Response {
    match collect(request, limits::HTTP_BODY_BYTES_MAX).await {
        Ok(request) => {
            let request = HttpRequest {
                address,
                request,
                arrival,
            };
            door.services.http(request).await
        }
        Err(StatusCode::PAYLOAD_TOO_LARGE) => too_large(),
        Err(refusal) => empty(refusal),
    }
}

fn destination<S: Services>(request: &Request<Incoming>, services: &S) -> Destination {
    let query = request.uri().query().unwrap_or_default();
    let scope = sigv4::parse_scope(request.headers(), query);
    // Only S3 takes the older signature.
    let older = sigv4::is_presigned_v2(query).then_some("s3");
    let head = Head {
        method: request.method().as_str(),
        host: host(request),
        path: request.uri().path(),
        upgrade: upgrade(request.headers()),
        signing_name: scope.as_ref().map(|scope| &*scope.service).or(older),
    };
    route(&head, services.stages())
}

/// The host that the client means: the target's, when it has one, else the header's.
pub(crate) fn host<B>(request: &Request<B>) -> &str {
    let header = || request.headers().get(HOST)?.to_str().ok();
    let target = request.uri().authority().map(http::uri::Authority::as_str);
    target.or_else(header).unwrap_or_default()
}

fn upgrade(headers: &HeaderMap) -> Upgrade {
    let names = |header: HeaderName, wanted: &str| {
        headers
            .get_all(header)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|token| token.trim().eq_ignore_ascii_case(wanted))
    };
    if names(UPGRADE, "websocket") && names(CONNECTION, "upgrade") {
        Upgrade::WebSocket
    } else {
        Upgrade::None
    }
}

async fn hand_shake<S: Services>(door: &Arc<FrontDoor<S>>, handshake: Handshake) -> Response {
    let request = &handshake.request;
    let target = request.uri().path_and_query().map_or("", |t| t.as_str());
    if target.len() > limits::HANDSHAKE_TARGET_BYTES_MAX {
        return empty(StatusCode::URI_TOO_LONG);
    }
    let header_bytes =
        |(name, value): (&HeaderName, &HeaderValue)| name.as_str().len() + value.len();
    if request.headers().iter().map(header_bytes).sum::<usize>()
        > limits::HANDSHAKE_HEADER_BYTES_MAX
    {
        return empty(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
    }
    door.services.handshake(handshake).await
}

/// Takes the socket back from hyper, with what the client already sent.
///
/// # Panics
///
/// When `upgraded` is no connection of the front door's.
pub fn own(upgraded: hyper::upgrade::Upgraded) -> Socket {
    let parts = upgraded
        .downcast::<TokioIo<Socket>>()
        .expect("every connection is served on a Socket");
    // Copied, because even an empty rest keeps hyper's whole buffer alive.
    let rest = Bytes::copy_from_slice(&parts.read_buf);
    parts.io.into_inner().settled().unread(rest)
}

/// Reads a body to its end, if it comes steadily and fits.
async fn collect(
    request: Request<Incoming>,
    bytes_max: usize,
) -> Result<Request<Bytes>, StatusCode> {
    let (parts, mut body) = request.into_parts();
    let announced = body.size_hint().lower();
    if announced > bytes_max as u64 {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let mut collected: Option<BytesMut> = None;
    let mut first = Bytes::new();
    let started = Instant::now();
    loop {
        let frame = match timeout(limits::BODY_PAUSE_MAX, body.frame()).await {
            Ok(Some(Ok(frame))) => frame,
            Ok(None) => break,
            Ok(Some(Err(_))) => return Err(StatusCode::BAD_REQUEST),
            Err(_) => return Err(StatusCode::REQUEST_TIMEOUT),
        };
        let Ok(data) = frame.into_data() else {
            continue;
        };
        let length = collected.as_ref().map_or(first.len(), BytesMut::len);
        if length + data.len() > bytes_max {
            return Err(StatusCode::PAYLOAD_TOO_LARGE);
        }
        if limits::is_too_slow(started.elapsed(), length + data.len()) {
            return Err(StatusCode::REQUEST_TIMEOUT);
        }
        match &mut collected {
            Some(collected) => collected.extend_from_slice(&data),
            // Nearly every body comes in one piece, which needs no copy.
            None if first.is_empty() => first = data,
            None => {
                let mut joined = BytesMut::with_capacity(first.len() + data.len());
                joined.extend_from_slice(&first);
                joined.extend_from_slice(&data);
                collected = Some(joined);
            }
        }
    }
    let body = collected.map_or(first, BytesMut::freeze);
    Ok(Request::from_parts(parts, body))
}

/// A body that is whole.
pub fn full(bytes: impl Into<Bytes>) -> Body {
    Full::new(bytes.into())
        .map_err(|never| match never {})
        .boxed_unsync()
}

/// An answer without a body.
pub fn empty(status: StatusCode) -> Response {
    let mut response = Response::new(Body::default());
    *response.status_mut() = status;
    response
}

/// An answer for people.
pub fn text(status: StatusCode, text: impl Into<String>) -> Response {
    let mut response = Response::new(full(text.into()));
    *response.status_mut() = status;
    response.headers_mut().insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    response
}

/// What a stage says to whoever does not ask for a socket; RFC 9110 §15.5.22 wants the header.
fn upgrade_required() -> Response {
    let mut response = empty(StatusCode::UPGRADE_REQUIRED);
    let headers = response.headers_mut();
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    response
}

/// What API Gateway says at an address where nothing is.
pub fn forbidden() -> Response {
    refusal(StatusCode::FORBIDDEN, "ForbiddenException", "Forbidden")
}

/// What API Gateway says of a path that a custom domain's mapping does not end with.
fn no_method(method: &Method, path: &str) -> Response {
    let message = format!("No method found matching route {path} for http method {method}.");
    refusal(StatusCode::NOT_FOUND, "NotFoundException", &message)
}

/// What API Gateway says of a body beyond its limit.
fn too_large() -> Response {
    let status = StatusCode::PAYLOAD_TOO_LARGE;
    refusal(
        status,
        "RequestEntityTooLargeException",
        "Request Entity Too Large",
    )
}

fn refusal(status: StatusCode, error_type: &'static str, message: &str) -> Response {
    let body = serde_json::json!({ "message": message });
    let mut response = Response::new(full(body.to_string()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert("x-amzn-errortype", HeaderValue::from_static(error_type));
    if let Ok(id) = HeaderValue::from_str(&request_id::uuid()) {
        headers.insert("x-amzn-requestid", id);
    }
    response
}
