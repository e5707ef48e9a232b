//! Structures of the API as records: kept in their wire form, whose names are AWS's and stay compatible as AWS keeps
//! them.

use landline_wire::protocol::json;
use landline_wire::shape::{Decoder, Naming, Node, Structure};
use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// A structure that the store can keep.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Kept<T>(pub(crate) T);

impl<T: Structure> Serialize for Kept<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let json = json::to_vec(&self.0, Naming::Wire);
        let json = String::from_utf8(json).map_err(S::Error::custom)?;
        let json = RawValue::from_string(json).map_err(S::Error::custom)?;
        json.serialize(serializer)
    }
}

impl<'de, T: Structure> Deserialize<'de> for Kept<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let node = Node::deserialize(deserializer)?;
        let shape = T::decode(node, &mut Decoder::new(Naming::Wire)).map_err(D::Error::custom)?;
        Ok(Self(shape))
    }
}
