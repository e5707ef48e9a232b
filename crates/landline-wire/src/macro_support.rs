//! What the macros of [`shape`](crate::shape) expand to calls of.

use std::borrow::Cow;

use crate::Operation;
use crate::protocol::codec::OperationCodec;
use crate::shape::{DecodeError, Decoder, Encoder, Node, Schema, Structure};

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

/// The one member that is set in a union; or, where it is none or several, what the service says of it.
///
/// Members that the model does not list are ignored, as in structures.
pub fn only_member<'a>(
    node: Node<'a>,
    decoder: &Decoder,
    schema: &Schema,
) -> Result<Result<(Cow<'a, str>, Node<'a>), String>, DecodeError> {
    let name = schema.name;
    let Node::Map(members) = node else {
        return Err(decoder.mismatch(&node, name));
    };
    let mut set = members.into_iter().filter(|(key, value)| {
        *value != Node::Null && schema.members.iter().any(|member| member.name == key)
    });
    Ok(match (set.next(), set.next()) {
        (Some(only), None) => Ok(only),
        (None, _) => Err(unset_union(name)),
        (Some(_), Some(_)) => Err(format!(
            "Supplied {name} has more than one datatypes set, must contain exactly one of the supported datatypes"
        )),
    })
}

/// What the service says of a union without a member.
pub fn unset_union(name: &str) -> String {
    format!("Supplied {name} is empty, must contain exactly one of the supported datatypes")
}

/// The codec of an operation, with its types forgotten.
pub const fn codec<Op: Operation>() -> OperationCodec {
    OperationCodec::of::<Op>()
}
