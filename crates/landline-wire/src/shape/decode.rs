//! Reading values: from a tree to a structure, with all constraint violations at once.

use std::collections::BTreeMap;
use std::fmt;

use super::{Member, Node, Structure};
use crate::validate::{Violation, check};

/// By which of its names a member is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// As on the wire.
    Wire,
    /// As in the SDKs: the form in which tests compare.
    Sdk,
}

/// Why a tree is not the structure that was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    /// Where, such as `routeSettings.x.throttlingRateLimit`.
    pub path: String,
    /// What is wrong there, in the words of AWS's parsers.
    pub message: String,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for DecodeError {}

/// A value that can be read.
pub trait Decode: Sized {
    /// Builds the value from a tree.
    fn decode(node: Node<'_>, decoder: &mut Decoder) -> Result<Self, DecodeError>;
}

/// Nesting beyond this is refused; DynamoDB's own limit, the deepest, is 32 levels
/// of two nodes each.
const MAX_DEPTH: usize = 128;

/// Walks a tree: knows where it is and collects violations.
#[derive(Debug)]
pub struct Decoder {
    naming: Naming,
    path: Vec<String>,
    violations: Vec<Violation>,
}

impl Decoder {
    /// A decoder at the root.
    pub fn new(naming: Naming) -> Self {
        Self {
            naming,
            path: Vec::new(),
            violations: Vec::new(),
        }
    }

    /// What broke the model's constraints so far.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// The name by which a member is found in a tree.
    pub fn name_of(&self, member: &'static Member) -> &'static str {
        match self.naming {
            Naming::Wire => member.wire,
            Naming::Sdk => member.name,
        }
    }

    /// An error at the present place.
    pub fn error(&self, message: impl Into<String>) -> DecodeError {
        DecodeError {
            path: self.path.join("."),
            message: message.into(),
        }
    }

    /// `STRING_VALUE cannot be converted to Integer`, as AWS's parsers say it.
    pub fn mismatch(&self, node: &Node<'_>, expected: &str) -> DecodeError {
        self.error(format!("{} cannot be converted to {expected}", node.kind()))
    }

    /// Reads an optional member: absent and `null` are the same.
    pub fn optional<T: Decode>(
        &mut self,
        member: &'static Member,
        node: Option<Node<'_>>,
    ) -> Result<Option<T>, DecodeError> {
        let Some(node) = node.filter(|node| *node != Node::Null) else {
            return Ok(None);
        };
        self.within(camel(member.name), |decoder| {
            check(member, &node, &decoder.path, &mut decoder.violations);
            T::decode(node, decoder).map(Some)
        })
    }

    /// Reads a required member. Its absence is a violation, reported with all others;
    /// until then the type's default stands in for it.
    pub fn required<T: Decode + Default>(
        &mut self,
        member: &'static Member,
        node: Option<Node<'_>>,
    ) -> Result<T, DecodeError> {
        if let Some(value) = self.optional(member, node)? {
            return Ok(value);
        }
        self.path.push(camel(member.name));
        self.violations.push(Violation::missing(&self.path));
        self.path.pop();
        Ok(T::default())
    }

    fn within<T>(
        &mut self,
        segment: String,
        read: impl FnOnce(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        if self.path.len() >= MAX_DEPTH {
            return Err(self.error("the document is nested too deeply"));
        }
        self.path.push(segment);
        let result = read(self);
        self.path.pop();
        result
    }
}

/// Reads a structure out of a map node.
pub(crate) fn decode_structure<S: Structure>(
    mut node: Node<'_>,
    decoder: &mut Decoder,
) -> Result<S, DecodeError> {
    match node {
        Node::Map(_) => {}
        // An empty element or form field is an empty structure.
        Node::Text(text) if text.is_empty() => node = Node::Map(Vec::new()),
        other => return Err(decoder.mismatch(&other, S::SCHEMA.name)),
    }
    let naming = decoder.naming;
    S::from_members(decoder, &mut |member| {
        node.take(match naming {
            Naming::Wire => member.wire,
            Naming::Sdk => member.name,
        })
    })
}

/// The model's `FunctionName` as AWS's validation texts name it, `functionName`.
fn camel(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(chars).collect()
    })
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(node: Node<'_>, decoder: &mut Decoder) -> Result<Self, DecodeError> {
        let items = match node {
            Node::List(items) => items,
            Node::Text(text) if text.is_empty() => Vec::new(),
            // A repeated header or query parameter that came once.
            Node::Text(text) => vec![Node::Text(text)],
            Node::Map(entries) => numbered_items(entries),
            other => return Err(decoder.mismatch(&other, "List")),
        };
        let mut list = Self::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            let segment = format!("{}.member", index + 1);
            list.push(decoder.within(segment, |decoder| T::decode(item, decoder))?);
        }
        Ok(list)
    }
}

/// The items of a form's list, `member.1`, `member.2`, …, in the order of their numbers.
fn numbered_items<'a>(entries: Vec<(std::borrow::Cow<'a, str>, Node<'a>)>) -> Vec<Node<'a>> {
    let mut numbered = Vec::new();
    for (key, value) in entries {
        match (key.parse::<u32>(), value) {
            (Ok(number), value) => numbered.push((number, value)),
            (Err(_), Node::Map(inner)) => {
                for (key, value) in inner {
                    numbered.extend(key.parse::<u32>().ok().map(|number| (number, value)));
                }
            }
            // XML: one `<member>` alone.
            (Err(_), Node::List(items)) => return items,
            (Err(_), value) => return vec![value],
        }
    }
    numbered.sort_by_key(|(number, _)| *number);
    numbered.into_iter().map(|(_, value)| value).collect()
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn decode(node: Node<'_>, decoder: &mut Decoder) -> Result<Self, DecodeError> {
        let Node::Map(entries) = node else {
            return Err(decoder.mismatch(&node, "Map"));
        };
        let mut map = Self::new();
        for (key, value) in form_entries(entries) {
            if value == Node::Null {
                continue;
            }
            let key = key.into_owned();
            let value = decoder.within(format!("{key}.member"), |d| T::decode(value, d))?;
            map.insert(key, value);
        }
        Ok(map)
    }
}

type Entries<'a> = Vec<(std::borrow::Cow<'a, str>, Node<'a>)>;

/// A form writes a map as `entry.1.key`, `entry.1.value`; JSON as itself.
fn form_entries(entries: Entries<'_>) -> Entries<'_> {
    let is_form =
        entries.len() == 1 && entries[0].0 == "entry" && matches!(entries[0].1, Node::Map(_));
    if !is_form {
        return entries;
    }
    let mut pairs = Vec::new();
    for mut pair in numbered_items(entries) {
        if let (Some(Node::Text(key)), Some(value)) = (pair.take("key"), pair.take("value")) {
            pairs.push((key, value));
        }
    }
    pairs
}

impl<T: Decode> Decode for Box<T> {
    fn decode(node: Node<'_>, decoder: &mut Decoder) -> Result<Self, DecodeError> {
        T::decode(node, decoder).map(Self::new)
    }
}
