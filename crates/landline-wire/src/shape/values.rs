//! The scalar types of the models.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

use super::{Decode, DecodeError, Decoder, Encode, Encoder, Node};
use crate::Timestamp;

impl Encode for bool {
    fn encode(&self, out: &mut dyn Encoder) {
        out.boolean(*self);
    }
}

impl Decode for bool {
    fn decode(node: Node<'_>, decoder: &mut Decoder) -> Result<Self, DecodeError> {
        match node {
            Node::Bool(value) => Ok(value),
            Node::Text(text) if text.eq_ignore_ascii_case("true") => Ok(true),
            Node::Text(text) if text.eq_ignore_ascii_case("false") => Ok(false),
            // Terraform and CloudFormation's callers send quoted booleans; AWS takes them.
            Node::String(text) if text == "true" => Ok(true),
            Node::String(text) if text == "false" => Ok(false),
            other => Err(decoder.mismatch(&other, "Boolean")),
        }
    }
}

fn integer(node: &Node<'_>, decoder: &Decoder, expected: &str) -> Result<i64, DecodeError> {
    let value = match node {
        Node::Integer(value) => Some(*value),
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a whole number in the range of i64"
        )]
        Node::Float(value) if value.fract() == 0.0 && value.abs() < 9e18 => Some(*value as i64),
        Node::Text(text) => text.trim().parse().ok(),
        _ => None,
    };
    value.ok_or_else(|| decoder.mismatch(node, expected))
}

impl Encode for i32 {
    fn encode(&self, out: &mut dyn Encoder) {
        out.integer(i64::from(*self));
    }
}

impl Decode for i32 {
    fn decode(node: Node<'_>, decoder: &mut Decoder) -> Result<Self, DecodeError> {
        let value = integer(&node, decoder, "Integer")?;
        Self::try_from(value).map_err(|_| decoder.mismatch(&node, "Integer"))
    }
}

impl Encode for i64 {
    fn encode(&self, out: &mut dyn Encoder) {
        out.integer(*self);
    }
}

impl Decode for i64 {
    fn decode(node: Node<'_>, decoder: &mut Decoder) -> Result<Self, DecodeError> {
        integer(&node, decoder, "Long")
    }
}

impl Encode for f64 {
    fn encode(&self, out: &mut dyn Encoder) {
        out.float(*self);
    }
}

impl Decode for f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "the model says that the number is a double"
    )]
    fn decode(node: Node<'_>, decoder: &mut Decoder) -> Result<Self, DecodeError> {
        match &node {
            Node::Integer(value) => Some(*value as f64),
            Node::Float(value) => Some(*value),
            Node::Text(text) | Node::String(text) => text.trim().parse().ok(),
            _ => None,
        }
        .ok_or_else(|| decoder.mismatch(&node, "Double"))
    }
}

impl Encode for String {
    fn encode(&self, out: &mut dyn Encoder) {
        out.string(self);
    }
}

impl Decode for String {
    fn decode(node: Node<'_>, decoder: &mut Decoder) -> Result<Self, DecodeError> {
        match node {
            Node::String(text) | Node::Text(text) => Ok(text.into_owned()),
            Node::Bytes(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
            // AWS's JSON parsers take a bare scalar where text is due.
            Node::Integer(value) => Ok(value.to_string()),
            Node::Float(value) => Ok(value.to_string()),
            Node::Bool(value) => Ok(value.to_string()),
            other => Err(decoder.mismatch(&other, "String")),
        }
    }
}

impl Encode for Bytes {
    fn encode(&self, out: &mut dyn Encoder) {
        out.blob(self);
    }
}

impl Decode for Bytes {
    fn decode(node: Node<'_>, decoder: &mut Decoder) -> Result<Self, DecodeError> {
        match node {
            Node::Bytes(bytes) => Ok(bytes),
            Node::String(text) | Node::Text(text) => STANDARD
                .decode(text.as_bytes())
                .map(Self::from)
                .map_err(|_| decoder.error("the value is not valid base64")),
            other => Err(decoder.mismatch(&other, "Blob")),
        }
    }
}

impl Encode for Timestamp {
    fn encode(&self, out: &mut dyn Encoder) {
        out.timestamp(*self);
    }
}

impl Decode for Timestamp {
    #[expect(
        clippy::cast_precision_loss,
        reason = "epoch seconds are far below 2^53"
    )]
    fn decode(node: Node<'_>, decoder: &mut Decoder) -> Result<Self, DecodeError> {
        match &node {
            Node::Integer(seconds) => Some(Self::from_epoch_seconds(*seconds as f64)),
            Node::Float(seconds) => Some(Self::from_epoch_seconds(*seconds)),
            Node::String(text) | Node::Text(text) => Self::parse(text.trim()),
            _ => None,
        }
        .ok_or_else(|| decoder.mismatch(&node, "Timestamp"))
    }
}
