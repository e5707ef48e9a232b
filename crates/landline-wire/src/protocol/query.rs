//! The `query` protocol: a form with `Action` comes, XML goes.

use std::borrow::Cow;

use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderValue};

use super::xml::XmlEncoder;
use super::{Request, Response};
use crate::OperationMeta;
use crate::shape::{DecodeError, Decoder, Encode, Members, Node, decode_structure};

/// The most fields a form may have; the largest real ones have a few hundred.
const MAX_FIELDS: usize = 10_000;
/// The deepest field name, counted in dots.
const MAX_FIELD_DEPTH: usize = 32;

/// Reads a form (body, or query string for a GET) into a structure.
pub(crate) fn decode(
    request: &Request,
    decoder: &mut Decoder,
    structure: &mut dyn Members,
) -> Result<(), DecodeError> {
    let root = tree(request, decoder)?;
    decode_structure(Node::Map(root), decoder, structure)
}

/// The form as a tree, along the dots in the names of its fields.
pub(super) fn tree(request: &Request, decoder: &Decoder) -> Result<Fields<'static>, DecodeError> {
    let mut root = Vec::new();
    for (count, (name, value)) in fields(request).enumerate() {
        if count >= MAX_FIELDS || name.matches('.').count() > MAX_FIELD_DEPTH {
            return Err(decoder.error("the form has too many or too deeply nested fields"));
        }
        insert(&mut root, &name, value);
    }
    Ok(root)
}

/// The decoded fields of the form.
pub(crate) fn fields(request: &Request) -> impl Iterator<Item = (String, String)> {
    let body = String::from_utf8_lossy(request.body());
    let form = match request.uri().query() {
        Some(query) if body.is_empty() => query.to_owned(),
        _ => body.into_owned(),
    };
    let pairs = form_urlencoded::parse(form.as_bytes()).into_owned();
    pairs.collect::<Vec<_>>().into_iter()
}

pub(super) type Fields<'a> = Vec<(Cow<'a, str>, Node<'a>)>;

/// Puts `Tags.member.1.Key` at its place in the tree.
fn insert(members: &mut Fields<'static>, name: &str, value: String) {
    let (head, rest) = match name.split_once('.') {
        Some((head, rest)) => (head, Some(rest)),
        None => (name, None),
    };
    let at = members
        .iter()
        .position(|(key, _)| key == head)
        .unwrap_or_else(|| {
            members.push((Cow::Owned(head.to_owned()), Node::Map(Vec::new())));
            members.len() - 1
        });
    let slot = &mut members[at].1;
    match rest {
        None => *slot = Node::Text(Cow::Owned(value)),
        Some(rest) => {
            if !matches!(slot, Node::Map(_)) {
                *slot = Node::Map(Vec::new());
            }
            if let Node::Map(inner) = slot {
                insert(inner, rest, value);
            }
        }
    }
}

/// Answers `<ActionResponse><ActionResult>…</ActionResult><ResponseMetadata>…`.
pub(crate) fn respond(
    output: &dyn Encode,
    meta: &OperationMeta,
    namespace: &str,
    request_id: &str,
) -> Response {
    let root = format!("{}Response", meta.name);
    let mut xml = XmlEncoder::default();
    xml.open(&format!("{root} xmlns=\"{namespace}\""));
    if let Some(wrapper) = meta.result_wrapper {
        xml.element(wrapper, |xml| output.encode(xml));
    }
    xml.element("ResponseMetadata", |xml| {
        xml.text_element("RequestId", request_id);
    });
    xml.close(&root);
    respond_xml(meta.status, xml)
}

/// An XML document as an answer.
pub(crate) fn respond_xml(status: u16, xml: XmlEncoder) -> Response {
    let mut response = Response::new(Bytes::from(xml.into_text()));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or_default();
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("text/xml"));
    response
}
