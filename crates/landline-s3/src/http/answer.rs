//! Answers: documents and empty ones.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, Method, Response, StatusCode};
use http_body_util::{BodyExt as _, Full};
use landline_wire::ServiceError;
use landline_wire::protocol::error;
use landline_wire::protocol::xml::XmlEncoder;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::Answer;
use crate::body::ResponseBody;

/// The namespace of S3's documents.
pub(crate) const NAMESPACE: &str = "http://s3.amazonaws.com/doc/2006-03-01/";

/// A document with this root.
pub(crate) fn document(root: &str, write: impl FnOnce(&mut XmlEncoder)) -> Answer {
    let mut xml = XmlEncoder::default();
    xml.open(&format!("{root} xmlns=\"{NAMESPACE}\""));
    write(&mut xml);
    xml.close(root);
    xml_text(&xml.into_text())
}

/// A document that is written already.
pub(crate) fn xml_text(text: &str) -> Answer {
    let text = if text.starts_with("<?xml") {
        text.to_owned()
    } else {
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{text}")
    };
    let mut answer = Response::new(full(text));
    let kind = HeaderValue::from_static("application/xml");
    answer.headers_mut().insert(CONTENT_TYPE, kind);
    answer
}

pub(crate) fn full(bytes: impl Into<Bytes>) -> ResponseBody {
    Full::new(bytes.into()).boxed_unsync()
}

pub(crate) fn empty(status: StatusCode) -> Answer {
    let mut answer = Response::new(full(Bytes::new()));
    *answer.status_mut() = status;
    answer
}

/// Sets a header field, unless the value cannot stand in one.
pub(crate) fn set(headers: &mut HeaderMap, name: &str, value: &str) {
    let value = HeaderValue::from_bytes(value.as_bytes());
    if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), value) {
        headers.insert(name, value);
    }
}

pub(crate) fn quoted(etag: &str) -> String {
    format!("\"{etag}\"")
}

/// A refusal as its request gets it: an answer to `HEAD` has no body.
pub(crate) fn refusal(method: &Method, refusal: &ServiceError, request_id: &str) -> Answer {
    let told = refusal.clone().with_field("HostId", HOST_ID);
    let response = error::render(&landline_api::s3::SERVICE, &told, request_id);
    let is_empty = method == Method::HEAD || refusal.status == 304;
    let mut answer = response.map(|body| full(if is_empty { Bytes::new() } else { body }));
    if is_empty {
        answer.headers_mut().remove(CONTENT_TYPE);
    }
    for (name, value) in &refusal.fields {
        if let ("x-amz-delete-marker" | "x-amz-version-id", Some(value)) = (&**name, value.as_str())
        {
            set(answer.headers_mut(), name, value);
        }
    }
    answer
}

/// What every answer of S3 has.
pub(crate) fn identify(answer: &mut Answer, request_id: &str) {
    let headers = answer.headers_mut();
    set(headers, "x-amz-request-id", request_id);
    set(headers, "x-amz-id-2", HOST_ID);
    set(headers, "server", "AmazonS3");
}

/// AWS names the machine; ours is always the same.
const HOST_ID: &str = "bGFuZGxpbmU=";

/// Keys as a listing has them, encoded where the client wants it.
pub(crate) fn key_text(key: &str, is_encoded: bool) -> String {
    if is_encoded {
        utf8_percent_encode(key, KEY).to_string()
    } else {
        key.to_owned()
    }
}

const KEY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'*')
    .remove(b'/');
