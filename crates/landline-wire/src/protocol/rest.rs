//! `rest-json`: members in the path, the query, headers, the status and the body.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, StatusCode};

use super::detect::Target;
use super::json::{self, JsonEncoder};
use super::{Request, Response};
use crate::Timestamp;
use crate::shape::{
    DecodeError, Decoder, Encode, Encoder, Location, Member, Members, Naming, Node, Schema,
    encode_members,
};
use crate::timestamp::TimestampFormat;

/// Reads an input from all the places where `rest-json` puts its members.
pub(crate) fn decode(
    request: &Request,
    target: &Target,
    decoder: &mut Decoder,
    structure: &mut dyn Members,
) -> Result<(), DecodeError> {
    let schema = structure.schema();
    let has = |location| {
        let mut members = schema.members.iter();
        members.any(|member| member.location == location)
    };
    let mut body = if has(Location::Body) {
        json::parse(request.body(), decoder)?
    } else {
        Node::Map(Vec::new())
    };
    if !matches!(body, Node::Map(_)) {
        return Err(decoder.not_a_structure(&body, schema));
    }
    let query = request.uri().query().unwrap_or_default();
    decoder.members(structure, &mut |member| match member.location {
        Location::Body => body.take(member.wire),
        Location::Uri => target.path_parameter(member.wire).map(text),
        Location::Query => query_parameter(query, member.wire),
        Location::Queries => other_parameters(query, target.operation.path, schema),
        Location::Header => header(request.headers(), member.wire),
        Location::Headers => prefixed_headers(request.headers(), member.wire),
        Location::Payload => payload(request.body(), member.required),
        Location::StatusCode => None,
    })
}

fn text<'a>(value: impl Into<Cow<'a, str>>) -> Node<'a> {
    Node::Text(value.into())
}

/// One value, or a list when the parameter is repeated.
fn query_parameter<'a>(query: &'a str, name: &str) -> Option<Node<'a>> {
    let mut values: Vec<Node<'a>> = form_urlencoded::parse(query.as_bytes())
        .filter(|(key, _)| key == name)
        .map(|(_, value)| text(value))
        .collect();
    match values.len() {
        0 => None,
        1 => values.pop(),
        _ => Some(Node::List(values)),
    }
}

/// The parameters of which no member has the name, and that do not tell the operation itself.
fn other_parameters<'a>(query: &'a str, path: &str, schema: &Schema) -> Option<Node<'a>> {
    let fixed = path.split_once('?').map_or("", |(_, fixed)| fixed);
    let is_taken = |name: &str| {
        let mut members = schema.members.iter();
        let of_operation = |pair: &str| pair.split('=').next() == Some(name);
        members.any(|member| member.location == Location::Query && member.wire == name)
            || fixed.split('&').any(of_operation)
    };
    let entries: Vec<_> = form_urlencoded::parse(query.as_bytes())
        .filter(|(name, _)| !is_taken(name))
        .map(|(name, value)| (name, text(value)))
        .collect();
    (!entries.is_empty()).then_some(Node::Map(entries))
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<Node<'a>> {
    headers.get(name)?.to_str().ok().map(text)
}

fn prefixed_headers<'a>(headers: &'a HeaderMap, prefix: &str) -> Option<Node<'a>> {
    let prefix = prefix.to_ascii_lowercase();
    let mut entries = Vec::new();
    for (name, value) in headers {
        if let (Some(rest), Ok(value)) = (name.as_str().strip_prefix(&prefix), value.to_str()) {
            entries.push((Cow::Owned(rest.to_owned()), text(value)));
        }
    }
    (!entries.is_empty()).then_some(Node::Map(entries))
}

/// A body that must be there may be empty: a message of no bytes is still posted.
fn payload(body: &Bytes, required: bool) -> Option<Node<'static>> {
    (required || !body.is_empty()).then(|| Node::Bytes(body.clone()))
}

/// Writes an output to all the places where `rest-json` puts its members.
pub(crate) fn encode(output: &dyn Members, status: u16) -> Response {
    let members = output.schema().members;
    let body = match members
        .iter()
        .position(|member| member.location == Location::Payload)
    {
        Some(index) => output.member(index).map(plain_text).unwrap_or_default(),
        None if status == 204 || members.is_empty() => Vec::new(),
        None => {
            let mut encoder = JsonEncoder::new(Naming::Wire);
            encode_members(output, &mut encoder, &|member| {
                member.location == Location::Body
            });
            encoder.out
        }
    };
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or_default();
    // An output with a type of its own has that or none.
    let is_type = |it: &Member| {
        it.location == Location::Header && it.wire.eq_ignore_ascii_case(CONTENT_TYPE.as_str())
    };
    if !members.iter().any(is_type) {
        let json = HeaderValue::from_static("application/json");
        response.headers_mut().insert(CONTENT_TYPE, json);
    }
    for (index, member) in members.iter().enumerate() {
        if let Some(value) = output.member(index) {
            write_outside_body(&mut response, member, value);
        }
    }
    response
}

fn write_outside_body(response: &mut Response, member: &Member, value: &dyn Encode) {
    match member.location {
        Location::StatusCode => {
            let status = StatusCode::from_bytes(&plain_text(value));
            *response.status_mut() = status.unwrap_or_default();
        }
        Location::Header => {
            let value = HeaderValue::from_bytes(&plain_text(value));
            if let (Ok(name), Ok(value)) = (HeaderName::try_from(member.wire), value) {
                response.headers_mut().insert(name, value);
            }
        }
        Location::Body
        | Location::Uri
        | Location::Query
        | Location::Queries
        | Location::Headers
        | Location::Payload => {}
    }
}

/// A single value as header text or as the raw body of a payload.
fn plain_text(value: &dyn Encode) -> Vec<u8> {
    let mut plain = PlainEncoder(Vec::new());
    value.encode(&mut plain);
    plain.0
}

/// Writes a scalar as it is; a structure, as a payload may be, as JSON.
struct PlainEncoder(Vec<u8>);

impl PlainEncoder {
    fn json(&mut self, write: impl FnOnce(&mut JsonEncoder)) {
        let mut encoder = JsonEncoder::new(Naming::Wire);
        write(&mut encoder);
        self.0 = encoder.out;
    }
}

impl Encoder for PlainEncoder {
    fn boolean(&mut self, value: bool) {
        self.0
            .extend_from_slice(if value { b"true" } else { b"false" });
    }

    fn integer(&mut self, value: i64) {
        self.0.extend_from_slice(value.to_string().as_bytes());
    }

    fn float(&mut self, value: f64) {
        self.0.extend_from_slice(value.to_string().as_bytes());
    }

    fn string(&mut self, value: &str) {
        self.0.extend_from_slice(value.as_bytes());
    }

    fn blob(&mut self, value: &[u8]) {
        self.0.extend_from_slice(value);
    }

    fn timestamp(&mut self, value: Timestamp) {
        self.string(&value.format(TimestampFormat::HttpDate));
    }

    fn raw_json(&mut self, json: &[u8]) {
        self.0.extend_from_slice(json);
    }

    fn structure(&mut self, schema: &'static Schema, write: &dyn Fn(&mut dyn Encoder)) {
        self.json(|encoder| encoder.structure(schema, write));
    }

    fn member(&mut self, _member: &'static Member, value: &dyn Encode) {
        value.encode(self);
    }

    fn list(&mut self, write: &dyn Fn(&mut dyn Encoder)) {
        self.json(|encoder| encoder.list(write));
    }

    fn item(&mut self, value: &dyn Encode) {
        value.encode(self);
    }

    fn map(&mut self, write: &dyn Fn(&mut dyn Encoder)) {
        self.json(|encoder| encoder.map(write));
    }

    fn entry(&mut self, _key: &str, value: &dyn Encode) {
        value.encode(self);
    }
}
