//! The tree that every protocol parses into, before it becomes a structure.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// A parsed value. JSON borrows its strings from the body where it can.
#[derive(Debug, Clone, PartialEq)]
pub enum Node<'a> {
    /// JSON's `null`.
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// A JSON string.
    String(Cow<'a, str>),
    /// Text whose type the protocol does not tell: a header, a query parameter, a
    /// form field, an XML element's content.
    Text(Cow<'a, str>),
    /// A body that is not parsed.
    Bytes(Bytes),
    /// A list.
    List(Vec<Node<'a>>),
    /// Named members, in the order in which they came.
    Map(Vec<(Cow<'a, str>, Node<'a>)>),
}

impl<'a> Node<'a> {
    /// Parses JSON.
    pub fn from_json(text: &'a [u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(text)
    }

    /// Takes the member `name` out of a map. Of duplicates the last one counts, as
    /// in AWS's parsers.
    pub fn take(&mut self, name: &str) -> Option<Node<'a>> {
        let Node::Map(members) = self else {
            return None;
        };
        let member = members.iter_mut().rev().find(|(key, _)| key == name)?;
        Some(std::mem::replace(&mut member.1, Node::Null))
    }

    /// The value as an error text names it, without what it holds inside.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Node::Null => "NULL_VALUE",
            Node::Bool(true) => "TRUE_VALUE",
            Node::Bool(false) => "FALSE_VALUE",
            Node::Integer(_) => "NUMBER_VALUE",
            Node::Float(_) => "DECIMAL_VALUE",
            Node::String(_) | Node::Text(_) | Node::Bytes(_) => "STRING_VALUE",
            Node::List(_) => "START_ARRAY",
            Node::Map(_) => "START_OBJECT",
        }
    }
}

impl<'de> Deserialize<'de> for Node<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node<'de>, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node<'de>, E> {
        Ok(Node::Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node<'de>, E> {
        #[expect(
            clippy::cast_precision_loss,
            reason = "as any JSON number beyond 64 bits"
        )]
        Ok(i64::try_from(value).map_or(Node::Float(value as f64), Node::Integer))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node<'de>, E> {
        Ok(Node::Float(value))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Node<'de>, E> {
        Ok(Node::String(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node<'de>, E> {
        Ok(Node::String(Cow::Owned(value.to_owned())))
    }

    fn visit_string<E>(self, value: String) -> Result<Node<'de>, E> {
        Ok(Node::String(Cow::Owned(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node<'de>, A::Error> {
        let mut members = Vec::new();
        while let Some(key) = entries.next_key::<CowKey<'de>>()? {
            members.push((key.0, entries.next_value()?));
        }
        Ok(Node::Map(members))
    }
}

/// A map key that borrows from the text when it holds no escapes.
struct CowKey<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for CowKey<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Node::deserialize(deserializer)? {
            Node::String(text) => Ok(CowKey(text)),
            other => Ok(CowKey(Cow::Borrowed(other.kind()))),
        }
    }
}
