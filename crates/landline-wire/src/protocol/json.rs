//! JSON bodies: the `json` protocol whole, and the body of `rest-json`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};

use super::Response;
use crate::shape::{
    DecodeError, Decoder, Dialect, Encode, Encoder, Member, Members, Naming, Node, Schema,
    capitalized, decode_structure,
};
use crate::timestamp::TimestampFormat;
use crate::{OperationMeta, Timestamp};

/// Reads a body; an empty one is an empty structure.
pub(crate) fn decode(
    body: &Bytes,
    decoder: &mut Decoder,
    structure: &mut dyn Members,
) -> Result<(), DecodeError> {
    let node = parse(body, decoder)?;
    if decoder.dialect() != Dialect::Forgiving && !matches!(node, Node::Map(_)) {
        return Err(decoder.error(""));
    }
    decode_structure(node, decoder, structure)
}

/// Parses a body into a tree.
pub(crate) fn parse<'a>(body: &'a Bytes, decoder: &Decoder) -> Result<Node<'a>, DecodeError> {
    if body.is_empty() {
        return match decoder.dialect() {
            Dialect::Forgiving => Ok(Node::Map(Vec::new())),
            Dialect::Coral { .. } => Err(decoder.error("")),
        };
    }
    Node::from_json(body).map_err(|_| {
        decoder.error(match decoder.dialect() {
            Dialect::Forgiving => "Start of structure or map found where not expected.",
            // DynamoDB does not say what is wrong with it.
            Dialect::Coral { .. } => "",
        })
    })
}

/// Answers in the `json` protocol.
pub(crate) fn respond(
    output: &dyn Members,
    meta: &OperationMeta,
    content_version: &'static str,
) -> Response {
    // An operation without an output shape answers without a body.
    let body = if output.schema().name == "Unit" {
        Vec::new()
    } else {
        to_vec(output, Naming::Wire)
    };
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = http::StatusCode::from_u16(meta.status).unwrap_or_default();
    response
        .headers_mut()
        .insert(CONTENT_TYPE, content_type(content_version));
    if meta.service.name.starts_with("dynamodb") {
        add_crc32(&mut response);
    }
    response
}

/// DynamoDB's SDKs for Go, Java and JavaScript v2 check this sum of the body.
pub(crate) fn add_crc32(response: &mut Response) {
    let sum = crc32fast::hash(response.body());
    response
        .headers_mut()
        .insert("x-amz-crc32", HeaderValue::from(sum));
}

/// The content type of the `json` protocol.
pub(crate) fn content_type(content_version: &str) -> HeaderValue {
    match content_version {
        "1.1" => HeaderValue::from_static("application/x-amz-json-1.1"),
        _ => HeaderValue::from_static("application/x-amz-json-1.0"),
    }
}

/// A value as JSON text.
pub fn to_vec(value: &dyn Encode, naming: Naming) -> Vec<u8> {
    let mut encoder = JsonEncoder::new(naming);
    value.encode(&mut encoder);
    encoder.out
}

/// Writes JSON straight into a buffer.
pub(crate) struct JsonEncoder {
    pub(crate) out: Vec<u8>,
    naming: Naming,
    /// Whether the next member, item or entry is the first of its container.
    first: bool,
    timestamp: TimestampFormat,
}

impl JsonEncoder {
    pub(crate) fn new(naming: Naming) -> Self {
        let timestamp = TimestampFormat::EpochSeconds;
        Self {
            out: Vec::with_capacity(256),
            naming,
            first: true,
            timestamp,
        }
    }

    fn separate(&mut self) {
        if !self.first {
            self.out.push(b',');
        }
        self.first = false;
    }

    fn key(&mut self, key: &str) {
        self.separate();
        write_string(&mut self.out, key);
        self.out.push(b':');
    }

    fn container(&mut self, brackets: [u8; 2], write: &dyn Fn(&mut dyn Encoder)) {
        self.out.push(brackets[0]);
        self.first = true;
        write(self);
        self.out.push(brackets[1]);
        self.first = false;
    }
}

/// Writes a JSON string, escaped.
pub(crate) fn write_string(out: &mut Vec<u8>, text: &str) {
    serde_json::to_writer(out, text).expect("writing to a buffer cannot fail");
}

impl Encoder for JsonEncoder {
    fn boolean(&mut self, value: bool) {
        self.out
            .extend_from_slice(if value { b"true" } else { b"false" });
    }

    fn integer(&mut self, value: i64) {
        serde_json::to_writer(&mut self.out, &value).expect("writing to a buffer cannot fail");
    }

    fn float(&mut self, value: f64) {
        // As text where JSON has no number: that is how the SDKs write and read them.
        if value.is_finite() {
            serde_json::to_writer(&mut self.out, &value).expect("writing to a buffer cannot fail");
        } else {
            let text = if value.is_nan() {
                "NaN"
            } else if value > 0.0 {
                "Infinity"
            } else {
                "-Infinity"
            };
            write_string(&mut self.out, text);
        }
    }

    fn string(&mut self, value: &str) {
        write_string(&mut self.out, value);
    }

    fn blob(&mut self, value: &[u8]) {
        match (self.naming, std::str::from_utf8(value)) {
            (Naming::Capital, Ok(text)) => self.string(text),
            _ => self.string(&STANDARD.encode(value)),
        }
    }

    fn timestamp(&mut self, value: Timestamp) {
        let text = value.format(self.timestamp);
        if self.timestamp == TimestampFormat::EpochSeconds {
            self.out.extend_from_slice(text.as_bytes());
        } else {
            self.string(&text);
        }
    }

    fn raw_json(&mut self, json: &[u8]) {
        self.out.extend_from_slice(json);
    }

    fn structure(&mut self, _schema: &'static Schema, write: &dyn Fn(&mut dyn Encoder)) {
        self.container(*b"{}", write);
    }

    fn member(&mut self, member: &'static Member, value: &dyn Encode) {
        let timestamp = match self.naming {
            Naming::Wire => {
                self.key(member.wire);
                member.timestamp
            }
            Naming::Sdk => {
                self.key(member.name);
                None
            }
            Naming::Capital => {
                self.key(&capitalized(member.name));
                Some(TimestampFormat::Iso8601)
            }
        };
        self.timestamp = timestamp.unwrap_or(TimestampFormat::EpochSeconds);
        value.encode(self);
    }

    fn list(&mut self, write: &dyn Fn(&mut dyn Encoder)) {
        self.container(*b"[]", write);
    }

    fn item(&mut self, value: &dyn Encode) {
        self.separate();
        value.encode(self);
    }

    fn map(&mut self, write: &dyn Fn(&mut dyn Encoder)) {
        self.container(*b"{}", write);
    }

    fn entry(&mut self, key: &str, value: &dyn Encode) {
        self.key(key);
        value.encode(self);
    }
}
