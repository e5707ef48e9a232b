//! Document paths: `attribute`, then map entries and list elements.

use std::fmt;

use crate::value::{AttributeValue, Item};

/// A path into an item. The first segment is always an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentPath {
    segments: Vec<PathSegment>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PathSegment {
    Attribute(String),
    Index(usize),
}

/// How two paths of one expression stand in each other's way.
pub(super) enum Clash {
    /// One is the other, or leads to it.
    Overlap,
    /// One takes for a list what the other takes for a map.
    Conflict,
}

impl DocumentPath {
    pub(crate) fn new(segments: Vec<PathSegment>) -> DocumentPath {
        DocumentPath { segments }
    }

    /// A path of one attribute, as the legacy parameters have them.
    pub fn attribute(name: impl Into<String>) -> DocumentPath {
        DocumentPath {
            segments: vec![PathSegment::Attribute(name.into())],
        }
    }

    /// The top-level attribute that the path starts at.
    pub fn root(&self) -> &str {
        match self.segments.first() {
            Some(PathSegment::Attribute(name)) => name,
            _ => "",
        }
    }

    pub fn segments(&self) -> &[PathSegment] {
        &self.segments
    }

    /// Whether the path goes inside its attribute.
    pub fn is_nested(&self) -> bool {
        self.segments.len() > 1
    }

    /// What the path leads to.
    pub fn resolve<'i>(&self, item: &'i Item) -> Option<&'i AttributeValue> {
        let (first, rest) = self.segments.split_first()?;
        let PathSegment::Attribute(name) = first else {
            return None;
        };
        rest.iter().try_fold(item.get(name)?, step)
    }

    /// The list or map that holds the path's last segment, and that segment.
    pub(super) fn parent<'i>(&self, item: &'i mut Item) -> Option<(Container<'i>, &PathSegment)> {
        let (last, way) = self.segments.split_last()?;
        let Some((first, inner)) = way.split_first() else {
            return Some((Container::Map(item), last));
        };
        let PathSegment::Attribute(name) = first else {
            return None;
        };
        let mut current = item.get_mut(name)?;
        for segment in inner {
            current = match (current, segment) {
                (AttributeValue::M(entries), PathSegment::Attribute(name)) => {
                    entries.get_mut(name)?
                }
                (AttributeValue::L(elements), PathSegment::Index(index)) => {
                    elements.get_mut(*index)?
                }
                _ => return None,
            };
        }
        match (current, last) {
            (AttributeValue::M(entries), PathSegment::Attribute(_)) => {
                Some((Container::Map(entries), last))
            }
            (AttributeValue::L(elements), PathSegment::Index(_)) => {
                Some((Container::List(elements), last))
            }
            _ => None,
        }
    }

    pub(super) fn clash(&self, other: &DocumentPath) -> Option<Clash> {
        for pair in self.segments.iter().zip(&other.segments) {
            match pair {
                (PathSegment::Attribute(_), PathSegment::Index(_))
                | (PathSegment::Index(_), PathSegment::Attribute(_)) => {
                    return Some(Clash::Conflict);
                }
                (a, b) if a != b => return None,
                _ => {}
            }
        }
        Some(Clash::Overlap)
    }
}

/// A value that has places for others.
pub(super) enum Container<'i> {
    Map(&'i mut Item),
    List(&'i mut Vec<AttributeValue>),
}

impl Clash {
    pub(super) fn describe(&self, first: &DocumentPath, second: &DocumentPath) -> String {
        let verb = match self {
            Clash::Overlap => "overlap",
            Clash::Conflict => "conflict",
        };
        format!(
            "Two document paths {verb} with each other; must remove or rewrite one of these paths; \
             path one: {first}, path two: {second}"
        )
    }
}

/// The form in which error messages show a path: `[a, b, [0]]`.
impl fmt::Display for DocumentPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[")?;
        for (position, segment) in self.segments.iter().enumerate() {
            if position > 0 {
                f.write_str(", ")?;
            }
            match segment {
                PathSegment::Attribute(name) => f.write_str(name)?,
                PathSegment::Index(index) => write!(f, "[{index}]")?,
            }
        }
        f.write_str("]")
    }
}

fn step<'i>(value: &'i AttributeValue, segment: &PathSegment) -> Option<&'i AttributeValue> {
    match (value, segment) {
        (AttributeValue::M(entries), PathSegment::Attribute(name)) => entries.get(name),
        (AttributeValue::L(elements), PathSegment::Index(index)) => elements.get(*index),
        _ => None,
    }
}
