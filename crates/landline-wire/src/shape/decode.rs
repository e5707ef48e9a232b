//! Reading values: from a tree to a structure, with all constraint violations at once.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use super::dialect::{Dialect, Kind, Place, conversion, coral_mismatch};
use super::path::{Path, Segment};
use super::{Encode, Member, Members, Node, Schema};
use crate::validate::{self, Violation};

/// By which of its names a member is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// As on the wire.
    Wire,
    /// As in the SDKs: the form in which tests compare.
    Sdk,
    /// As in the SDKs, each beginning with a capital letter, with bytes as text: the form of Step Functions.
    Capital,
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

    /// What Coral calls the type: its Java class. `version` is that of [`Dialect::Coral`].
    fn class(version: &str) -> String;
}

/// Nesting beyond this is refused; DynamoDB's own limit, the deepest, is 32 levels
/// of two nodes each.
const MAX_DEPTH: usize = 128;

/// Walks a tree: knows where it is and collects violations.
#[derive(Debug)]
pub struct Decoder {
    naming: Naming,
    dialect: Dialect,
    path: Path,
    place: Place,
    violations: Vec<Violation>,
    own_words: Option<String>,
}

impl Decoder {
    /// A forgiving decoder at the root.
    pub fn new(naming: Naming) -> Self {
        Self::speaking(Dialect::Forgiving, naming)
    }

    /// A decoder at the root.
    pub fn speaking(dialect: Dialect, naming: Naming) -> Self {
        Self {
            naming,
            dialect,
            path: Path::default(),
            place: Place::Member,
            violations: Vec::new(),
            own_words: None,
        }
    }

    /// In whose manner it reads.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// What broke the model's constraints so far.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    pub(super) fn is_coral(&self) -> bool {
        self.dialect != Dialect::Forgiving
    }

    /// The refusal of a member that the service names in words of its own, which come before all
    /// violations.
    pub fn own_words(&self) -> Option<&str> {
        self.own_words.as_deref()
    }

    /// The name by which a member is found in a tree.
    pub fn name_of(&self, member: &'static Member) -> &'static str {
        match self.naming {
            Naming::Wire => member.wire,
            Naming::Sdk | Naming::Capital => member.name,
        }
    }

    /// Whether bytes come as the text that they are, and not encoded.
    pub(super) fn has_plain_bytes(&self) -> bool {
        self.naming == Naming::Capital
    }

    /// An error at the present place.
    pub fn error(&self, message: impl Into<String>) -> DecodeError {
        DecodeError {
            path: self.path.to_string(),
            message: message.into(),
        }
    }

    /// What is said of `node` where a `T`, which is of this kind, is due.
    pub fn mismatch<T: Decode>(&self, node: &Node<'_>, wanted: Kind) -> DecodeError {
        self.unlike(node, wanted, T::class)
    }

    /// What is said of `node` where a structure is due.
    pub(crate) fn not_a_structure(&self, node: &Node<'_>, schema: &Schema) -> DecodeError {
        let wanted = Kind::Structure(schema.name);
        self.unlike(node, wanted, |version| wanted.class(version))
    }

    fn unlike(&self, node: &Node<'_>, wanted: Kind, class: impl Fn(&str) -> String) -> DecodeError {
        self.error(match self.dialect {
            Dialect::Forgiving => conversion(node, wanted),
            Dialect::Coral { version } => coral_mismatch(node, wanted, &class(version), self.place),
        })
    }

    /// Reads all members of a structure; `take` gives the value of each.
    pub(crate) fn members<'a>(
        &mut self,
        structure: &mut dyn Members,
        take: &mut dyn FnMut(&'static Member) -> Option<Node<'a>>,
    ) -> Result<(), DecodeError> {
        for (index, member) in structure.schema().members.iter().enumerate() {
            // Absent and `null` are the same.
            let Some(node) = take(member).filter(|node| *node != Node::Null) else {
                self.absent(member);
                continue;
            };
            let violations = self.within(Place::Member, Segment::Member(member), |decoder| {
                let found = decoder.check(member, &node);
                structure.slot(index).read(node, decoder)?;
                Ok(found)
            })?;
            if let Some(value) = structure.member(index) {
                self.show(violations, value);
            }
        }
        Ok(())
    }

    /// A required member's absence is a violation, reported with all others; until then the type's
    /// default stands in for it.
    fn absent(&mut self, member: &'static Member) {
        if member.required && member.own_words {
            self.own_words.get_or_insert(validate::absence(member));
        } else if member.required || member.missed {
            self.path.push(Segment::Member(member));
            self.violate(Violation::missing(&self.path));
            self.path.pop();
        }
    }

    /// Reads a member of a union, which stands in no place of its own.
    pub fn variant<T: Decode>(&mut self, node: Node<'_>) -> Result<T, DecodeError> {
        let place = std::mem::replace(&mut self.place, Place::Member);
        let value = T::decode(node, self);
        self.place = place;
        value
    }

    /// Notes what the node breaks: which violations these are.
    fn check(&mut self, member: &'static Member, node: &Node<'_>) -> Range<usize> {
        if let Some(refusal) = validate::own_refusal(member, node) {
            self.own_words.get_or_insert(refusal);
        }
        let before = self.violations.len();
        for violation in validate::violations(member, node, &self.path) {
            self.violate(violation);
        }
        before..self.violations.len()
    }

    /// Coral prints the whole value, which is known only when it has been read.
    fn show(&mut self, violations: Range<usize>, value: &dyn Encode) {
        if self.is_coral() {
            for violation in &mut self.violations[violations] {
                violation.show(value);
            }
        }
    }

    fn violate(&mut self, violation: Violation) {
        let limit = match self.dialect {
            Dialect::Forgiving => usize::MAX,
            Dialect::Coral { .. } => CORAL_VIOLATIONS,
        };
        if self.violations.len() < limit {
            self.violations.push(violation);
        }
    }

    fn within<T>(
        &mut self,
        place: Place,
        segment: Segment,
        read: impl FnOnce(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        let outer = self.enter(place, segment)?;
        let result = read(self);
        self.place = outer;
        self.path.pop();
        result
    }

    /// Goes one level down; gives the place that it came from.
    fn enter(&mut self, place: Place, segment: Segment) -> Result<Place, DecodeError> {
        if self.path.depth() >= MAX_DEPTH {
            return Err(self.error("the document is nested too deeply"));
        }
        self.path.push(segment);
        Ok(std::mem::replace(&mut self.place, place))
    }
}

/// Coral stops counting here.
const CORAL_VIOLATIONS: usize = 10;

/// A member's name with a capital letter in front.
pub(crate) fn capitalized(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// Reads a structure out of a map node.
pub(crate) fn decode_structure(
    mut node: Node<'_>,
    decoder: &mut Decoder,
    structure: &mut dyn Members,
) -> Result<(), DecodeError> {
    match node {
        Node::Map(_) => {}
        // An empty element or form field is an empty structure.
        Node::Text(text) if text.is_empty() => node = Node::Map(Vec::new()),
        other => return Err(decoder.not_a_structure(&other, structure.schema())),
    }
    let naming = decoder.naming;
    decoder.members(structure, &mut |member| {
        node.take(match naming {
            Naming::Wire => member.wire,
            Naming::Sdk => member.name,
            Naming::Capital => return node.take(&capitalized(member.name)),
        })
    })
}

/// Where a member of a structure that is being read goes.
pub trait Slot {
    /// Reads the member's value.
    fn read(&mut self, node: Node<'_>, decoder: &mut Decoder) -> Result<(), DecodeError>;
}

impl<T: Decode> Slot for T {
    fn read(&mut self, node: Node<'_>, decoder: &mut Decoder) -> Result<(), DecodeError> {
        *self = T::decode(node, decoder)?;
        Ok(())
    }
}

impl<T: Decode> Slot for Option<T> {
    fn read(&mut self, node: Node<'_>, decoder: &mut Decoder) -> Result<(), DecodeError> {
        *self = Some(T::decode(node, decoder)?);
        Ok(())
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(node: Node<'_>, decoder: &mut Decoder) -> Result<Self, DecodeError> {
        let items = match node {
            Node::List(items) => items,
            Node::Text(text) if text.is_empty() => Vec::new(),
            // A repeated header or query parameter that came once.
            Node::Text(text) => vec![Node::Text(text)],
            Node::Map(entries) if decoder.dialect == Dialect::Forgiving => numbered_items(entries),
            other => return Err(decoder.mismatch::<Self>(&other, Kind::List)),
        };
        let mut list = Self::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            let segment = Segment::Item(index);
            let item = decoder.within(Place::Element, segment, |d| T::decode(item, d));
            list.push(item?);
        }
        Ok(list)
    }

    fn class(version: &str) -> String {
        format!("java.util.List<{}>", T::class(version))
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
            return Err(decoder.mismatch::<Self>(&node, Kind::Map));
        };
        let mut map = Self::new();
        let entries = match decoder.dialect {
            Dialect::Forgiving => form_entries(entries),
            Dialect::Coral { .. } => entries,
        };
        for (key, value) in entries {
            let value = match value {
                // Coral takes it for an empty value, and its services refuse that.
                Node::Null if decoder.is_coral() => Node::Map(Vec::new()),
                Node::Null => continue,
                value => value,
            };
            let key = key.into_owned();
            let segment = Segment::Entry(key.clone());
            let value = decoder.within(Place::Element, segment, |d| T::decode(value, d))?;
            map.insert(key, value);
        }
        Ok(map)
    }

    fn class(version: &str) -> String {
        format!("java.util.Map<java.lang.String, {}>", T::class(version))
    }
}

type Entries<'a> = Vec<(std::borrow::Cow<'a, str>, Node<'a>)>;

/// A form writes a map as `entry.1.key`, `entry.1.value`, or with `Name` and `Value` where a model says so; JSON as
/// itself.
fn form_entries(entries: Entries<'_>) -> Entries<'_> {
    let is_form =
        entries.len() == 1 && entries[0].0 == "entry" && matches!(entries[0].1, Node::Map(_));
    if !is_form {
        return entries;
    }
    let mut pairs = Vec::new();
    for mut pair in numbered_items(entries) {
        let key = pair.take("key").or_else(|| pair.take("Name"));
        let value = pair.take("value").or_else(|| pair.take("Value"));
        if let (Some(Node::Text(key)), Some(value)) = (key, value) {
            pairs.push((key, value));
        }
    }
    pairs
}

impl<T: Decode> Decode for Box<T> {
    fn decode(node: Node<'_>, decoder: &mut Decoder) -> Result<Self, DecodeError> {
        T::decode(node, decoder).map(Self::new)
    }

    fn class(version: &str) -> String {
        T::class(version)
    }
}
