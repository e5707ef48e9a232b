//! CBOR bodies: Smithy's `rpc-v2-cbor`, which newer SDKs prefer to `json` where a service has both.
//!
//! The codec is our own. The tree and the encoder into which a body goes are ours, so that of a
//! library only the reading of a head would be left, which is forty lines.
//! See <https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html> and RFC 8949.

mod parse;
mod write;

use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use serde_json::{Map, Value};

use super::{Request, Response};
use crate::OperationMeta;
use crate::shape::{DecodeError, Decoder, Members, Node, decode_structure};

pub use parse::{Malformed, parse};
use write::CborEncoder;

/// Whether a request says that it speaks CBOR.
pub(crate) fn is_spoken(request: &Request) -> bool {
    let named = request.headers().get(PROTOCOL);
    named.is_some_and(|named| named == NAME)
}

/// The service and the operation of `/service/{service}/operation/{operation}`, which may stand
/// behind a prefix of the endpoint's.
pub(crate) fn names(path: &str) -> Option<(&str, &str)> {
    let mut segments = path.rsplit('/');
    let operation = segments.next()?;
    let is_operation = segments.next()? == "operation";
    let service = segments.next()?;
    let is_service = segments.next()? == "service";
    (is_operation && is_service).then_some((service, operation))
}

/// Reads a body; an empty one is an empty structure.
pub(crate) fn decode(
    body: &Bytes,
    decoder: &mut Decoder,
    structure: &mut dyn Members,
) -> Result<(), DecodeError> {
    if body.len() > MAX_BODY_BYTES {
        return Err(decoder.error("the body has more than 1048576 bytes"));
    }
    let node = match body.as_ref() {
        [] => Node::Map(Vec::new()),
        _ => parse(body).map_err(|error| decoder.error(error.to_string()))?,
    };
    decode_structure(node, decoder, structure)
}

/// Answers with an output. An operation without an output shape answers without a body.
pub(crate) fn respond(output: &dyn Members, meta: &OperationMeta) -> Response {
    if output.schema().name == "Unit" {
        return answer(meta.status, Bytes::new());
    }
    let mut encoder = CborEncoder::default();
    output.encode(&mut encoder);
    answer(meta.status, encoder.into_bytes())
}

/// Answers with the members of an error.
pub(crate) fn respond_error(status: u16, members: Map<String, Value>) -> Response {
    let mut encoder = CborEncoder::default();
    encoder.json(&Value::Object(members));
    answer(status, encoder.into_bytes())
}

fn answer(status: u16, body: Bytes) -> Response {
    let has_body = !body.is_empty();
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or_default();
    let headers = response.headers_mut();
    headers.insert(PROTOCOL, HeaderValue::from_static(NAME));
    if has_body {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/cbor"));
    }
    response
}

const PROTOCOL: HeaderName = HeaderName::from_static("smithy-protocol");
const NAME: &str = "rpc-v2-cbor";

/// The limit of `PutMetricData`, the largest of these requests: a tree is many times larger than
/// its CBOR.
/// <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html>
const MAX_BODY_BYTES: usize = 1 << 20;

#[cfg(test)]
mod tests;
