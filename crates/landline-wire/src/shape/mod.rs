//! How a structure describes itself to the codecs.
//!
//! A generated structure carries a [`Schema`] (its members, their names on the
//! wire, their constraints) and can do two things: give its members one by one
//! to an [`Encoder`], and be built from a [`Node`], the tree that every protocol
//! parses into. So there is one codec per protocol, not one per structure and protocol.

mod decode;
mod dialect;
mod encode;
mod encoded;
mod macros;
mod node;
mod schema;
mod texts;
mod values;

pub use decode::{Decode, DecodeError, Decoder, Naming};
pub use dialect::{Dialect, Kind};
pub use encode::{Encode, Encoder};
pub use encoded::Encoded;
pub use node::Node;
pub use schema::{Location, Member, Schema, XmlList};
pub use texts::{Step, texts};

pub(crate) use decode::decode_structure;
pub(crate) use encode::encode_members;

/// A value that travels: it can be written and read.
pub trait Shape: Encode + Decode + Sized + Send + Sync + 'static {}

impl<T: Encode + Decode + Sized + Send + Sync + 'static> Shape for T {}

/// A structure of a service's model, such as `CreateApiInput`.
pub trait Structure: Shape + Clone + std::fmt::Debug + Default {
    /// Its members.
    const SCHEMA: &'static Schema;

    /// The member at `index` of the schema; `None` when an optional one is absent.
    fn member(&self, index: usize) -> Option<&dyn Encode>;

    /// Builds the structure from what `take` gives for each member.
    fn from_members<'a>(
        decoder: &mut Decoder,
        take: &mut dyn FnMut(&'static Member) -> Option<Node<'a>>,
    ) -> Result<Self, DecodeError>;
}

crate::structure! {
/// The input or output of an operation that has none.
Unit "Unit" {} }

#[cfg(test)]
mod tests;
