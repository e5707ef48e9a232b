//! What the macros of [`shape`](crate::shape) expand to calls of.

use std::borrow::Cow;

use crate::Operation;
use crate::protocol::codec::OperationCodec;
use crate::shape::{DecodeError, Decoder, Encoder, Node, Structure};

/// Writes all members of a structure.
pub fn encode_all<S: Structure>(structure: &S, out: &mut dyn Encoder) {
    crate::shape::encode_members(structure, out, &|_| true);
}

/// Reads a structure out of a map.
pub fn decode_structure<S: Structure>(
    node: Node<'_>,
    decoder: &mut Decoder,
) -> Result<S, DecodeError> {
    crate::shape::decode_structure(node, decoder)
}

/// The one member that is set in a union.
pub fn only_member<'a>(
    node: Node<'a>,
    decoder: &Decoder,
    name: &str,
) -> Result<(Cow<'a, str>, Node<'a>), DecodeError> {
    let Node::Map(members) = node else {
        return Err(decoder.mismatch(&node, name));
    };
    let mut set = members
        .into_iter()
        .filter(|(_, value)| *value != Node::Null);
    match (set.next(), set.next()) {
        (Some(only), None) => Ok(only),
        (None, _) => Err(unknown_variant(decoder, name)),
        (Some(_), Some(_)) => Err(decoder.error(format!(
            "Supplied {name} has more than one datatypes set, must contain exactly one of the supported datatypes"
        ))),
    }
}

/// No member of a union is set, or one that the model does not list.
pub fn unknown_variant(decoder: &Decoder, name: &str) -> DecodeError {
    decoder.error(format!(
        "Supplied {name} is empty, must contain exactly one of the supported datatypes"
    ))
}

/// The codec of an operation, with its types forgotten.
pub const fn codec<Op: Operation>() -> OperationCodec {
    OperationCodec::of::<Op>()
}
