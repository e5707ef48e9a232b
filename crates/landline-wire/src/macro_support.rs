//! What the macros of [`shape`](crate::shape) expand to calls of.

use std::borrow::Cow;

use crate::Operation;
use crate::protocol::codec::OperationCodec;
use crate::shape::{Decode, DecodeError, Decoder, Encoder, Kind, Members, Node, Schema};

/// Writes all members of a structure.
pub fn encode_all(structure: &dyn Members, out: &mut dyn Encoder) {
    crate::shape::encode_members(structure, out, &|_| true);
}

/// Reads all members of a structure out of a map.
pub fn decode_all(
    node: Node<'_>,
    decoder: &mut Decoder,
    structure: &mut dyn Members,
) -> Result<(), DecodeError> {
    crate::shape::decode_structure(node, decoder, structure)
}

/// Ends a search for a slot that no schema leads to.
///
/// # Panics
///
/// Always: a schema lists a structure's fields one by one.
pub fn no_member(schema: &Schema, index: usize) -> ! {
    panic!("{} has no member {index}", schema.name)
}

/// The Java class of a structure.
pub fn structure_class(name: &'static str, version: &str) -> String {
    Kind::Structure(name).class(version)
}

/// The members of a union that are not `null`.
pub fn members_of<'a, T: Decode>(
    node: Node<'a>,
    decoder: &Decoder,
    name: &'static str,
) -> Result<impl Iterator<Item = (Cow<'a, str>, Node<'a>)> + use<'a, T>, DecodeError> {
    match node {
        Node::Map(members) => Ok(members
            .into_iter()
            .filter(|(_, value)| *value != Node::Null)),
        other => Err(decoder.mismatch::<T>(&other, Kind::Structure(name))),
    }
}

/// The members that a union has set; nearly always one, for which nothing is allocated.
#[derive(Debug)]
pub struct SetMembers<T> {
    first: Option<T>,
    others: Vec<T>,
}

impl<T> Default for SetMembers<T> {
    fn default() -> Self {
        Self {
            first: None,
            others: Vec::new(),
        }
    }
}

impl<T> SetMembers<T> {
    /// Adds a member.
    pub fn push(&mut self, member: T) {
        match self.first {
            None => self.first = Some(member),
            Some(_) => self.others.push(member),
        }
    }

    /// The one member that is set; or all, where it is none or several.
    pub fn only(self) -> Result<T, Vec<T>> {
        match self.first {
            Some(only) if self.others.is_empty() => Ok(only),
            first => Err(first.into_iter().chain(self.others).collect()),
        }
    }
}

/// The codec of an operation, with its types forgotten.
pub const fn codec<Op: Operation>() -> OperationCodec {
    OperationCodec::of::<Op>()
}
