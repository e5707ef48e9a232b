//! Attribute values and items: the ten types of DynamoDB, held decoded.
//!
//! Stored items stay in their binary form (`crate::item`); values are decoded only for what an expression or an
//! index names, so this type aims at clarity. Everything here has passed the rules of `validate`.
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html>

mod api;
mod json;
mod scalar;
pub(crate) mod set;
mod size;
mod write;

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};

use bytes::Bytes;

use crate::number::Number;

pub(crate) use api::check_attribute_name;
pub use json::{item_from_json, value_from_json};
pub use set::{binary_set, number_set, string_set};
pub(crate) use write::{is_plain, write_base64, write_escaped, write_string};

/// One attribute's value.
#[derive(Clone, Debug)]
pub enum AttributeValue {
    S(String),
    N(Number),
    B(Bytes),
    Bool(bool),
    Null,
    Ss(Vec<String>),
    Ns(Vec<Number>),
    Bs(Vec<Bytes>),
    L(Vec<AttributeValue>),
    M(Item),
}

/// Attributes by name: a whole item, or the content of a map value. Sorted, so every answer is reproducible.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item(BTreeMap<String, AttributeValue>);

/// The type of a value, with DynamoDB's name for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AttributeType {
    S,
    N,
    B,
    Bool,
    Null,
    Ss,
    Ns,
    Bs,
    L,
    M,
}

/// Why a value is refused; `Display` is the message for the client.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ValueError {
    /// A `ValidationException`.
    #[error("{0}")]
    Validation(String),
    /// A `SerializationException`: the JSON does not have the form of an attribute value.
    #[error("{0}")]
    Serialization(String),
}

impl AttributeValue {
    pub fn attribute_type(&self) -> AttributeType {
        match self {
            AttributeValue::S(_) => AttributeType::S,
            AttributeValue::N(_) => AttributeType::N,
            AttributeValue::B(_) => AttributeType::B,
            AttributeValue::Bool(_) => AttributeType::Bool,
            AttributeValue::Null => AttributeType::Null,
            AttributeValue::Ss(_) => AttributeType::Ss,
            AttributeValue::Ns(_) => AttributeType::Ns,
            AttributeValue::Bs(_) => AttributeType::Bs,
            AttributeValue::L(_) => AttributeType::L,
            AttributeValue::M(_) => AttributeType::M,
        }
    }
}

/// The order of two strings, numbers or binaries; `None` for different types and for types without an order.
pub(crate) fn compare_scalars(a: &AttributeValue, b: &AttributeValue) -> Option<Ordering> {
    match (a, b) {
        (AttributeValue::S(a), AttributeValue::S(b)) => Some(a.as_bytes().cmp(b.as_bytes())),
        (AttributeValue::N(a), AttributeValue::N(b)) => Some(a.cmp(b)),
        (AttributeValue::B(a), AttributeValue::B(b)) => Some(a.cmp(b)),
        _ => None,
    }
}

/// Equality is DynamoDB's: types must agree, numbers compare by value, sets without order.
impl PartialEq for AttributeValue {
    fn eq(&self, other: &AttributeValue) -> bool {
        match (self, other) {
            (AttributeValue::S(a), AttributeValue::S(b)) => a == b,
            (AttributeValue::N(a), AttributeValue::N(b)) => a == b,
            (AttributeValue::B(a), AttributeValue::B(b)) => a == b,
            (AttributeValue::Bool(a), AttributeValue::Bool(b)) => a == b,
            (AttributeValue::Null, AttributeValue::Null) => true,
            (AttributeValue::Ss(a), AttributeValue::Ss(b)) => set::same_members(a, b),
            (AttributeValue::Ns(a), AttributeValue::Ns(b)) => set::same_members(a, b),
            (AttributeValue::Bs(a), AttributeValue::Bs(b)) => set::same_members(a, b),
            (AttributeValue::L(a), AttributeValue::L(b)) => a == b,
            (AttributeValue::M(a), AttributeValue::M(b)) => a == b,
            _ => false,
        }
    }
}

impl Eq for AttributeValue {}

impl AttributeType {
    /// The name in JSON and in `attribute_type`: `S`, `BOOL`, `SS`…
    pub fn as_str(self) -> &'static str {
        match self {
            AttributeType::S => "S",
            AttributeType::N => "N",
            AttributeType::B => "B",
            AttributeType::Bool => "BOOL",
            AttributeType::Null => "NULL",
            AttributeType::Ss => "SS",
            AttributeType::Ns => "NS",
            AttributeType::Bs => "BS",
            AttributeType::L => "L",
            AttributeType::M => "M",
        }
    }

    pub fn from_name(name: &str) -> Option<AttributeType> {
        Some(match name {
            "S" => AttributeType::S,
            "N" => AttributeType::N,
            "B" => AttributeType::B,
            "BOOL" => AttributeType::Bool,
            "NULL" => AttributeType::Null,
            "SS" => AttributeType::Ss,
            "NS" => AttributeType::Ns,
            "BS" => AttributeType::Bs,
            "L" => AttributeType::L,
            "M" => AttributeType::M,
            _ => return None,
        })
    }

    /// Only these have an order, and only these may be keys.
    pub fn is_scalar_key(self) -> bool {
        matches!(self, AttributeType::S | AttributeType::N | AttributeType::B)
    }

    pub fn is_set(self) -> bool {
        matches!(
            self,
            AttributeType::Ss | AttributeType::Ns | AttributeType::Bs
        )
    }
}

impl Item {
    pub fn new() -> Item {
        Item::default()
    }

    pub fn into_inner(self) -> BTreeMap<String, AttributeValue> {
        self.0
    }
}

impl Deref for Item {
    type Target = BTreeMap<String, AttributeValue>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Item {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl From<BTreeMap<String, AttributeValue>> for Item {
    fn from(attributes: BTreeMap<String, AttributeValue>) -> Item {
        Item(attributes)
    }
}

impl FromIterator<(String, AttributeValue)> for Item {
    fn from_iter<I: IntoIterator<Item = (String, AttributeValue)>>(attributes: I) -> Item {
        Item(attributes.into_iter().collect())
    }
}

impl IntoIterator for Item {
    type Item = (String, AttributeValue);
    type IntoIter = std::collections::btree_map::IntoIter<String, AttributeValue>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Item {
    type Item = (&'a String, &'a AttributeValue);
    type IntoIter = std::collections::btree_map::Iter<'a, String, AttributeValue>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl ValueError {
    pub(crate) fn validation(message: impl Into<String>) -> ValueError {
        ValueError::Validation(message.into())
    }
}

impl From<crate::number::NumberError> for ValueError {
    fn from(error: crate::number::NumberError) -> ValueError {
        ValueError::Validation(error.to_string())
    }
}

/// How deep lists and maps may nest inside one attribute.
pub const MAX_NESTING: usize = 32;

pub(crate) const NESTING_MESSAGE: &str = "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit";

#[cfg(test)]
pub(crate) mod tests;
