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
mod path;
mod schema;
mod texts;
mod values;

pub use decode::{Decode, DecodeError, Decoder, Naming, Slot};
pub use dialect::{Dialect, Kind};
pub use encode::{Encode, Encoder};
pub use encoded::Encoded;
pub use node::Node;
pub use schema::{Location, Member, Schema, XmlList};
pub use texts::{Step, texts};

pub(crate) use decode::{capitalized, decode_structure};
pub(crate) use encode::encode_members;
pub(crate) use path::Path;

/// A value that travels: it can be written and read.
pub trait Shape: Encode + Decode + Sized + Send + Sync + 'static {}

impl<T: Encode + Decode + Sized + Send + Sync + 'static> Shape for T {}

/// A structure of a service's model, such as `CreateApiInput`.
pub trait Structure: Shape + Members + Clone + std::fmt::Debug + Default {}

impl<S: Shape + Members + Clone + std::fmt::Debug + Default> Structure for S {}

/// A structure with its type forgotten: the codecs read and write it member by member, so that each
/// of them is compiled once and not once for each of a thousand structures.
pub trait Members: Encode {
    /// What the model says of it.
    fn schema(&self) -> &'static Schema;

    /// The member at `index` of the schema; `None` when an optional one is absent.
    fn member(&self, index: usize) -> Option<&dyn Encode>;

    /// Where the member at `index` of the schema goes.
    ///
    /// # Panics
    ///
    /// When the schema has no such member.
    fn slot(&mut self, index: usize) -> &mut dyn Slot;
}

crate::structure! {
/// The input or output of an operation that has none.
Unit "Unit" {} }

#[cfg(test)]
mod tests;
