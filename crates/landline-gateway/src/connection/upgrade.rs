//! The HTTP side of a handshake: what RFC 6455 asks of a request, the 101, and the
//! refusals that need no route.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::{Method, Request, Response, StatusCode, Version};
use http_body_util::Full;
use sha1::{Digest, Sha1};

use crate::quotas;

/// The answer to a handshake that was not accepted.
pub type Refused = Box<Response<Full<Bytes>>>;

/// Why a request is refused before any route is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Not a request for an upgrade.
    NotAnUpgrade,
    /// An upgrade that breaks RFC 6455.
    Malformed,
    /// The stage serves nothing.
    Forbidden,
    /// The node is about to stop.
    Draining,
    /// The handshake itself broke.
    Failed,
}

impl Refusal {
    pub(super) fn response(self) -> Refused {
        let (status, body) = match self {
            Self::NotAnUpgrade => (StatusCode::UPGRADE_REQUIRED, ""),
            Self::Malformed => (StatusCode::BAD_REQUEST, BAD_REQUEST_PAGE),
            Self::Forbidden => (StatusCode::FORBIDDEN, r#"{"message":"Forbidden"}"#),
            Self::Draining => (
                StatusCode::SERVICE_UNAVAILABLE,
                r#"{"message":"Service Unavailable"}"#,
            ),
            Self::Failed => (
                StatusCode::INTERNAL_SERVER_ERROR,
                r#"{"message":"Internal server error"}"#,
            ),
        };
        let mut response = Response::new(Full::new(Bytes::from_static(body.as_bytes())));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        match self {
            Self::NotAnUpgrade => {
                headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
            }
            Self::Malformed => {
                headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html"));
            }
            Self::Forbidden => {
                headers.insert(header::CONTENT_TYPE, JSON);
                headers.insert(ERROR_TYPE, HeaderValue::from_static("ForbiddenException"));
                let id = HeaderValue::from_str(&landline_wire::request_id::uuid());
                headers.extend(id.ok().map(|id| (REQUEST_ID, id)));
            }
            Self::Draining => {
                headers.insert(header::CONTENT_TYPE, JSON);
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
            }
            Self::Failed => {
                headers.insert(header::CONTENT_TYPE, JSON);
            }
        }
        Box::new(response)
    }
}

/// Checks the handshake by RFC 6455 §4.2.1; its key.
pub(crate) fn websocket_key<B>(request: &Request<B>) -> Result<HeaderValue, Refusal> {
    let headers = request.headers();
    let asks_for_upgrade = request.method() == Method::GET
        && has_token(headers, header::CONNECTION, "upgrade")
        && has_token(headers, header::UPGRADE, "websocket");
    if !asks_for_upgrade {
        return Err(Refusal::NotAnUpgrade);
    }
    let url = request
        .uri()
        .path_and_query()
        .map_or("", |path| path.as_str());
    let version = headers.get(header::SEC_WEBSOCKET_VERSION);
    let is_valid = request.version() == Version::HTTP_11
        && url.len() <= quotas::URL_CHARS
        && version.is_some_and(|version| version == "13");
    let key = headers.get(header::SEC_WEBSOCKET_KEY).filter(|key| {
        STANDARD
            .decode(key.as_bytes())
            .is_ok_and(|nonce| nonce.len() == 16)
    });
    match key {
        Some(key) if is_valid => Ok(key.clone()),
        _ => Err(Refusal::Malformed),
    }
}

fn has_token(headers: &HeaderMap, name: HeaderName, token: &str) -> bool {
    let values = headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok());
    values
        .flat_map(|value| value.split(','))
        .any(|value| value.trim().eq_ignore_ascii_case(token))
}

/// RFC 6455 §4.2.2: proof that the server understood the key.
pub(super) fn accept_key(key: &[u8]) -> String {
    let mut digest = Sha1::new();
    digest.update(key);
    digest.update(b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11");
    STANDARD.encode(digest.finalize())
}

/// The 101, with exactly AWS's headers; hyper adds the date. No extension is ever taken up.
pub(super) fn switching_protocols(accept: &str, subprotocol: Option<&str>) -> Response<()> {
    let mut response = Response::new(());
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = response.headers_mut();
    headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    let values = [
        (header::SEC_WEBSOCKET_ACCEPT, Some(accept)),
        (header::SEC_WEBSOCKET_PROTOCOL, subprotocol),
    ];
    for (name, value) in values {
        if let Some(Ok(value)) = value.map(HeaderValue::from_str) {
            headers.insert(name, value);
        }
    }
    response
}

pub(super) const JSON: HeaderValue = HeaderValue::from_static("application/json");
pub(super) const APIGW_ID: HeaderName = HeaderName::from_static("x-amz-apigw-id");
const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");
const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");
const BAD_REQUEST_PAGE: &str = "<html><head><title>400 Bad Request</title></head>\
    <body><h1>400 Bad Request</h1></body></html>";
