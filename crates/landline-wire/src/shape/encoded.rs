//! A value that may be JSON already.
//!
//! A table answers `Scan` with rows that it keeps in a form close to JSON. Building
//! typed values only to write them out again would cost thirty times as much
//! (dynamodb.md §2), so those members are an [`Encoded`]: the handler hands over the
//! JSON text, and the codec splices it into the body.

use bytes::Bytes;

use super::{Decode, DecodeError, Decoder, Encode, Encoder, Naming, Node};

/// A typed value, or its JSON text as the wire has it.
#[derive(Debug, Clone, PartialEq)]
pub enum Encoded<T> {
    /// A typed value.
    Value(T),
    /// The value as JSON, in the wire's names.
    Json(Bytes),
}

impl<T: Decode> Encoded<T> {
    /// The typed value, parsed if need be: for callers in process.
    pub fn into_value(self) -> Result<T, DecodeError> {
        match self {
            Self::Value(value) => Ok(value),
            Self::Json(json) => {
                let mut decoder = Decoder::new(Naming::Wire);
                let node =
                    Node::from_json(&json).map_err(|error| decoder.error(error.to_string()))?;
                T::decode(node, &mut decoder)
            }
        }
    }
}

impl<T: Default> Default for Encoded<T> {
    fn default() -> Self {
        Self::Value(T::default())
    }
}

impl<T> From<T> for Encoded<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T: Encode> Encode for Encoded<T> {
    fn encode(&self, out: &mut dyn Encoder) {
        match self {
            Self::Value(value) => value.encode(out),
            Self::Json(json) => out.raw_json(json),
        }
    }
}

impl<T: Decode> Decode for Encoded<T> {
    fn decode(node: Node<'_>, decoder: &mut Decoder) -> Result<Self, DecodeError> {
        T::decode(node, decoder).map(Self::Value)
    }

    fn class(version: &str) -> String {
        T::class(version)
    }
}
