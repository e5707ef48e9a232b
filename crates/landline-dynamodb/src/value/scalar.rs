//! One JSON scalar, borrowed where it can be, and AWS's sentence for each scalar in the wrong place.

use std::borrow::Cow;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// Any JSON value; of arrays and objects only that they are one.
pub(super) enum Scalar<'de> {
    Null,
    Flag(bool),
    Integer,
    Decimal,
    Text(Cow<'de, str>),
    Array,
    Object,
}

impl Scalar<'_> {
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Scalar::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn into_string(self) -> Result<Option<String>, String> {
        match self {
            Scalar::Null => Ok(None),
            Scalar::Text(text) => Ok(Some(text.into_owned())),
            other => Err(other.refusal("String", "lang.String")),
        }
    }

    pub(super) fn into_bool(self) -> Result<Option<bool>, String> {
        match self {
            Scalar::Null => Ok(None),
            Scalar::Flag(flag) => Ok(Some(flag)),
            // Old SDKs sent these, and AWS still reads them.
            Scalar::Text(text)
                if ["true", "1", "yes"]
                    .iter()
                    .any(|word| text.eq_ignore_ascii_case(word)) =>
            {
                Ok(Some(true))
            }
            Scalar::Text(text)
                if ["false", "0", "no"]
                    .iter()
                    .any(|word| text.eq_ignore_ascii_case(word)) =>
            {
                Ok(Some(false))
            }
            Scalar::Text(_) => Err("Unexpected token received from parser".to_owned()),
            other => Err(other.refusal("Boolean", "lang.Boolean")),
        }
    }

    pub(super) fn into_bytes(self) -> Result<Option<Bytes>, String> {
        match self {
            Scalar::Null => Ok(None),
            Scalar::Text(text) => decode_base64(&text).map(Some),
            Scalar::Flag(_) | Scalar::Integer | Scalar::Decimal => {
                Err("only base-64-encoded strings are convertible to bytes".to_owned())
            }
            other => Err(other.refusal("ByteBuffer", "nio.ByteBuffer")),
        }
    }

    fn refusal(&self, wanted: &str, class: &str) -> String {
        let found = match self {
            Scalar::Flag(true) => "TRUE_VALUE",
            Scalar::Flag(false) => "FALSE_VALUE",
            Scalar::Integer => "NUMBER_VALUE",
            Scalar::Decimal => "DECIMAL_VALUE",
            Scalar::Array => return format!("Unrecognized collection type class java.{class}"),
            _ => return "Start of structure or map found where not expected".to_owned(),
        };
        format!("{found} cannot be converted to {wanted}")
    }
}

fn decode_base64(text: &str) -> Result<Bytes, String> {
    if !text.len().is_multiple_of(4) {
        return Err(format!(
            "Base64 encoded length is expected a multiple of 4 bytes but found: {}",
            text.len()
        ));
    }
    STANDARD
        .decode(text)
        .map(Bytes::from)
        .map_err(|_| "Invalid last non-pad Base64 character dectected".to_owned())
}

impl<'de> Deserialize<'de> for Scalar<'de> {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Scalar<'de>, D::Error> {
        reader.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a scalar")
    }

    fn visit_unit<E: Error>(self) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Null)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Flag(flag))
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Integer)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Integer)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Decimal)
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Scalar<'de>, A::Error> {
        while sequence.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Scalar::Array)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar<'de>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalar::Object)
    }
}
