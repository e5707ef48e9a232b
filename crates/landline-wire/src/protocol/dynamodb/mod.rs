//! DynamoDB's front end: what it answers before it knows who asks for what, and what it adds to
//! every answer.
//!
//! Clients of DynamoDB rely on more than its operations: load balancers ask `GET /` for its health,
//! browsers ask leave with `OPTIONS`, tests send it what is no JSON.

mod signature;

use bytes::Bytes;
use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_HEADERS,
    ACCESS_CONTROL_REQUEST_METHOD, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName,
    HeaderValue, ORIGIN,
};
use http::{Method, StatusCode};
use serde::de::IgnoredAny;

use super::{Request, Response, error, json};
use crate::{Protocol, ServiceError, ServiceMeta, request_id};

/// Larger bodies are refused with 413.
///
/// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html>
pub const MAX_BODY_BYTES: usize = 16 << 20;

/// From which web pages a browser may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cors {
    /// From all, as on AWS: what protects the data is the secret key.
    Everywhere,
    /// From pages of this machine. Where any credentials pass, a page from elsewhere must not be
    /// able to call with invented ones.
    Loopback,
}

impl Cors {
    /// Whether a page of this origin may call.
    pub fn admits(self, origin: &HeaderValue) -> bool {
        if self == Self::Everywhere {
            return true;
        }
        let origin = origin.to_str().unwrap_or_default();
        let host = origin.split_once("://").map_or("", |(_, host)| host);
        let host = match host.strip_prefix('[') {
            Some(rest) => rest.split(']').next(),
            None => host.split(':').next(),
        };
        matches!(host, Some("localhost" | "127.0.0.1" | "::1"))
    }
}

/// What the front end knows of a request.
#[derive(Debug)]
pub struct Exchange {
    service: &'static ServiceMeta,
    /// Whether the request names an operation of the service.
    has_operation: bool,
    is_signed: bool,
    /// Whether a browser asks, and may.
    from_page: bool,
    content_type: Option<ContentType>,
}

/// The content types that the front end takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ContentType {
    Json,
    AmzJson,
    Other,
}

impl Exchange {
    /// Looks at a request; `None` when it is for another service.
    ///
    /// What names no service at all is DynamoDB's: no other service of this door has operations at
    /// the path `/` without naming them. `signing_name` is the service of the credential scope.
    pub fn of(
        services: &[&'static ServiceMeta],
        request: &Request,
        signing_name: Option<&str>,
        cors: Cors,
    ) -> Option<Self> {
        let headers = request.headers();
        if request.uri().path() != "/" || !matches!(signing_name, None | Some("" | "dynamodb")) {
            return None;
        }
        let content_type = headers.get(CONTENT_TYPE).map(content_type_of);
        let target = headers.get("x-amz-target");
        let target = target.map(|target| target.to_str().unwrap_or_default());
        let (prefix, operation) = target
            .and_then(|target| target.rsplit_once('.'))
            .unwrap_or_default();
        let named = services.iter().copied().find(|service| {
            matches!(service.protocol, Protocol::Json { target_prefix, .. } if target_prefix == prefix)
        });
        let is_form = target.is_none()
            && (headers.get(CONTENT_TYPE).is_some_and(is_form)
                || request.uri().query().is_some_and(|q| q.contains("Action=")));
        if is_form {
            return None;
        }
        let service = match named {
            Some(service) => service,
            None => services
                .iter()
                .copied()
                .find(|service| service.name == "dynamodb")?,
        };
        service.protocol.dynamodb_version()?;
        let is_known = |name: &str| service.operations.iter().any(|known| known.name == name);
        Some(Self {
            service,
            has_operation: named.is_some() && is_known(operation),
            is_signed: signing_name.is_some(),
            from_page: headers
                .get(ORIGIN)
                .is_some_and(|origin| cors.admits(origin)),
            content_type,
        })
    }

    /// The answer to what is no call of an operation; `None` when the request may be one.
    pub fn early_answer(&self, request: &Request, region: &str) -> Option<Response> {
        let body = request.body();
        if body.len() > MAX_BODY_BYTES {
            return Some(answer(StatusCode::PAYLOAD_TOO_LARGE, ""));
        }
        if request.method() == Method::OPTIONS && self.from_page {
            return Some(preflight(request.headers()));
        }
        if request.method() == Method::GET {
            let text = format!("healthy: dynamodb.{region}.amazonaws.com ");
            return Some(summed(answer(StatusCode::OK, text)));
        }
        let is_json = body.is_empty()
            || matches!(
                self.content_type,
                Some(ContentType::Json | ContentType::AmzJson)
            );
        // A call whose content type is wrong is taken from those who have signed it.
        let is_call = self.has_operation && self.is_signed;
        if request.method() != Method::POST || !(is_json || is_call) {
            let text = "<UnknownOperationException/>\n";
            return Some(summed(answer(StatusCode::NOT_FOUND, text)));
        }
        if is_call {
            return None;
        }
        let is_plain = !request.headers().contains_key(CONTENT_ENCODING);
        if !body.is_empty() && is_plain && serde_json::from_slice::<IgnoredAny>(body).is_err() {
            return Some(self.refuse(&wordless("SerializationException")));
        }
        if !self.has_operation {
            return Some(self.refuse(&wordless("UnknownOperationException")));
        }
        let query = request.uri().query().unwrap_or_default();
        let refusal = signature::refusal(request.headers(), query)?;
        Some(self.refuse(&refusal))
    }

    fn refuse(&self, refusal: &ServiceError) -> Response {
        error::render(self.service, refusal, "")
    }

    /// Adds to an answer what all answers have; `request_id` is the caller's.
    #[must_use]
    pub fn finish(&self, mut response: Response, request_id: &str) -> Response {
        let headers = response.headers_mut();
        if let Ok(id) = HeaderValue::from_str(&request_id::long(request_id)) {
            headers.insert(REQUEST_ID, id);
        }
        let is_json = headers.get(CONTENT_TYPE).is_some();
        if is_json && !matches!(self.content_type, Some(ContentType::AmzJson)) {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        if self.from_page {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
            headers.insert(
                ACCESS_CONTROL_EXPOSE_HEADERS,
                HeaderValue::from_static(EXPOSED),
            );
        }
        response
    }
}

/// The front end does not say what is wrong.
fn wordless(code: &'static str) -> ServiceError {
    ServiceError::new(code, 400, "")
}

fn content_type_of(value: &HeaderValue) -> ContentType {
    let text = value.to_str().unwrap_or_default();
    match text.split(';').next().unwrap_or_default().trim() {
        "application/json" => ContentType::Json,
        "application/x-amz-json-1.0" => ContentType::AmzJson,
        _ => ContentType::Other,
    }
}

fn is_form(value: &HeaderValue) -> bool {
    value
        .as_bytes()
        .starts_with(b"application/x-www-form-urlencoded")
}

/// Lets the browser send what it asks to send.
fn preflight(asked: &HeaderMap) -> Response {
    let mut response = answer(StatusCode::OK, "");
    let headers = response.headers_mut();
    for (wanted, granted) in [
        (ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_ALLOW_HEADERS),
        (ACCESS_CONTROL_REQUEST_METHOD, ACCESS_CONTROL_ALLOW_METHODS),
    ] {
        if let Some(value) = asked.get(wanted) {
            headers.insert(granted, value.clone());
        }
    }
    headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("172800"));
    response
}

fn answer(status: StatusCode, body: impl Into<Bytes>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response
}

fn summed(mut response: Response) -> Response {
    json::add_crc32(&mut response);
    response
}

const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");

/// The headers of an answer that a page may read.
const EXPOSED: &str =
    "x-amzn-RequestId,x-amzn-ErrorType,x-amz-request-id,x-amz-id-2,x-amzn-ErrorMessage,Date";

#[cfg(test)]
mod tests;
