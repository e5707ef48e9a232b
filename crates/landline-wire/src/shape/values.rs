//! The scalar types of the models.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

use super::{Decode, DecodeError, Decoder, Dialect, Encode, Encoder, Kind, Node};
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
            Node::String(text) if decoder.is_coral() && is_one_of(&text, ["true", "1", "yes"]) => {
                Ok(true)
            }
            Node::String(text) if decoder.is_coral() && is_one_of(&text, ["false", "0", "no"]) => {
                Ok(false)
            }
            other => Err(decoder.mismatch::<Self>(&other, Kind::Boolean)),
        }
    }

    fn class(version: &str) -> String {
        Kind::Boolean.class(version)
    }
}

fn is_one_of(text: &str, words: [&str; 3]) -> bool {
    words.iter().any(|word| text.eq_ignore_ascii_case(word))
}

fn integer<T: Decode>(
    node: &Node<'_>,
    decoder: &Decoder,
    expected: Kind,
) -> Result<i64, DecodeError> {
    let value = match node {
        Node::Integer(value) => Some(*value),
        #[expect(
            clippy::cast_possible_truncation,
            reason = "Coral cuts the decimals off; the rest is in the range of i64"
        )]
        Node::Float(value) if decoder.is_coral() && value.abs() < 9e18 => Some(*value as i64),
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a whole number in the range of i64"
        )]
        Node::Float(value) if value.fract() == 0.0 && value.abs() < 9e18 => Some(*value as i64),
        Node::Text(text) => text.trim().parse().ok(),
        _ => None,
    };
    value.ok_or_else(|| decoder.mismatch::<T>(node, expected))
}

impl Encode for i32 {
    fn encode(&self, out: &mut dyn Encoder) {
        out.integer(i64::from(*self));
    }
}

impl Decode for i32 {
    fn decode(node: Node<'_>, decoder: &mut Decoder) -> Result<Self, DecodeError> {
        let value = integer::<Self>(&node, decoder, Kind::Integer)?;
        Self::try_from(value).map_err(|_| decoder.mismatch::<Self>(&node, Kind::Integer))
    }

    fn class(version: &str) -> String {
        Kind::Integer.class(version)
    }
}

impl Encode for i64 {
    fn encode(&self, out: &mut dyn Encoder) {
        out.integer(*self);
    }
}

impl Decode for i64 {
    fn decode(node: Node<'_>, decoder: &mut Decoder) -> Result<Self, DecodeError> {
        integer::<Self>(&node, decoder, Kind::Long)
    }

    fn class(version: &str) -> String {
        Kind::Long.class(version)
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
            Node::String(_) if decoder.is_coral() => None,
            Node::Text(text) | Node::String(text) => text.trim().parse().ok(),
            _ => None,
        }
        .ok_or_else(|| decoder.mismatch::<Self>(&node, Kind::Double))
    }

    fn class(version: &str) -> String {
        Kind::Double.class(version)
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
            other if decoder.is_coral() => Err(decoder.mismatch::<Self>(&other, Kind::String)),
            // AWS's JSON parsers take a bare scalar where text is due.
            Node::Integer(value) => Ok(value.to_string()),
            Node::Float(value) => Ok(value.to_string()),
            Node::Bool(value) => Ok(value.to_string()),
            other => Err(decoder.mismatch::<Self>(&other, Kind::String)),
        }
    }

    fn class(version: &str) -> String {
        Kind::String.class(version)
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
            Node::String(text) if decoder.has_plain_bytes() => Ok(text.into_owned().into()),
            Node::String(text) | Node::Text(text) => STANDARD
                .decode(text.as_bytes())
                .map(Self::from)
                .map_err(|_| decoder.error(base64_refusal(&text, decoder.dialect()))),
            other => Err(decoder.mismatch::<Self>(&other, Kind::Blob)),
        }
    }

    fn class(version: &str) -> String {
        Kind::Blob.class(version)
    }
}

fn base64_refusal(text: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::Forgiving => "the value is not valid base64".to_owned(),
        Dialect::Coral { .. } if !text.len().is_multiple_of(4) => format!(
            "Base64 encoded length is expected a multiple of 4 bytes but found: {}",
            text.len()
        ),
        // Spelled as AWS spells it.
        Dialect::Coral { .. } => "Invalid last non-pad Base64 character dectected".to_owned(),
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
        .ok_or_else(|| decoder.mismatch::<Self>(&node, Kind::Timestamp))
    }

    fn class(version: &str) -> String {
        Kind::Timestamp.class(version)
    }
}
