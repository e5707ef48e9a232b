//! Function URLs, between HTTP and what Lambda makes an event of.

use bytes::Bytes;
use futures_util::stream::{self, Stream};
use http::header::{CONNECTION, CONTENT_LENGTH, HeaderName, HeaderValue, TRANSFER_ENCODING};
use http::{Request, StatusCode};
use landline_lambda::{BrokenOff, UrlAnswer, UrlRequest, UrlStream};

use crate::front_door::answer::full;
use crate::front_door::{Arrival, Response};
use crate::response_streams;

/// A request for a function's URL, with what AWS's front end adds to its headers.
pub(crate) fn request(path: &str, request: Request<Bytes>, arrival: Arrival) -> UrlRequest {
    let mut headers: Vec<(String, String)> = Vec::new();
    for (name, value) in request.headers() {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        headers.push((name.as_str().to_owned(), value));
    }
    let forwarded = [
        (
            "x-forwarded-for",
            arrival.peer.ip().to_canonical().to_string(),
        ),
        ("x-forwarded-proto", "https".to_owned()),
        ("x-forwarded-port", "443".to_owned()),
    ];
    for (name, value) in forwarded {
        headers.retain(|(known, _)| known != name);
        headers.push((name.to_owned(), value));
    }
    UrlRequest {
        method: request.method().as_str().to_owned(),
        protocol: format!("{:?}", request.version()),
        path: path.to_owned(),
        query: request.uri().query().unwrap_or_default().to_owned(),
        headers,
        body: request.into_body(),
    }
}

/// What a function says of its answer, but for the headers that are the connection's.
pub(crate) fn response(answer: UrlAnswer, rest: Option<UrlStream>) -> Response {
    let mut response = Response::new(match rest {
        None => full(answer.body),
        Some(rest) => response_streams::body(parts(answer.body, rest)),
    });
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::BAD_GATEWAY);
    for (name, value) in answer.headers {
        let name = HeaderName::from_bytes(name.as_bytes()).ok();
        let name =
            name.filter(|name| ![CONTENT_LENGTH, TRANSFER_ENCODING, CONNECTION].contains(name));
        if let (Some(name), Ok(value)) = (name, HeaderValue::from_str(&value)) {
            response.headers_mut().append(name, value);
        }
    }
    response
}

/// The beginning of a body, when there is some, and its rest.
fn parts(first: Bytes, rest: UrlStream) -> impl Stream<Item = Result<Bytes, BrokenOff>> + Send {
    let first = Some(first).filter(|first| !first.is_empty());
    stream::unfold((first, rest), async |(first, mut rest)| {
        let part = match first {
            Some(first) => Ok(first),
            None => rest.next().await?,
        };
        Some((part, (None, rest)))
    })
}
