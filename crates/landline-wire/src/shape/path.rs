//! Where a decoder is in a document. Only a refusal spells it out, so that a step costs no allocation.

use std::fmt;

use super::Member;
use crate::validate::camel;

/// One step into a document.
#[derive(Debug, Clone)]
pub(crate) enum Segment {
    /// Into a member of a structure.
    Member(&'static Member),
    /// Into the item of a list at this index, counted from zero.
    Item(usize),
    /// Into the entry of a map with this key.
    Entry(String),
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Member(member) => f.write_str(&camel(member.name)),
            Self::Item(index) => write!(f, "{}.member", index + 1),
            Self::Entry(key) => write!(f, "{key}.member"),
        }
    }
}

/// The steps from the root, written `routeSettings.x.member.throttlingRateLimit`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Path(Vec<Segment>);

impl Path {
    pub(crate) fn push(&mut self, segment: Segment) {
        self.0.push(segment);
    }

    pub(crate) fn pop(&mut self) -> Option<Segment> {
        self.0.pop()
    }

    pub(crate) fn depth(&self) -> usize {
        self.0.len()
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, segment) in self.0.iter().enumerate() {
            let dot = if index == 0 { "" } else { "." };
            write!(f, "{dot}{segment}")?;
        }
        Ok(())
    }
}
