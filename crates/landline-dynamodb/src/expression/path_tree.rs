//! The paths of a projection as one tree, so that an item is walked once however many paths are asked for.

use std::collections::BTreeMap;

use super::path::{DocumentPath, PathSegment};
use crate::value::{AttributeValue, Item};

/// A place in the tree: wanted whole, or only some of what is below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PathNode {
    whole: bool,
    entries: BTreeMap<Vec<u8>, PathNode>,
    elements: BTreeMap<usize, PathNode>,
}

impl PathNode {
    pub(super) fn insert(&mut self, path: &DocumentPath) {
        let mut node = self;
        for segment in path.segments() {
            node = match segment {
                PathSegment::Attribute(name) => {
                    node.entries.entry(name.clone().into_bytes()).or_default()
                }
                PathSegment::Index(index) => node.elements.entry(*index).or_default(),
            };
        }
        node.whole = true;
    }

    pub(crate) fn entry(&self, name: &[u8]) -> Option<&PathNode> {
        self.entries.get(name)
    }

    pub(crate) fn element(&self, index: usize) -> Option<&PathNode> {
        self.elements.get(&index)
    }

    pub(crate) fn is_whole(&self) -> bool {
        self.whole
    }

    pub(crate) fn has_entries(&self) -> bool {
        !self.entries.is_empty()
    }

    pub(crate) fn has_elements(&self) -> bool {
        !self.elements.is_empty()
    }

    pub(super) fn project_item(&self, item: &Item) -> Item {
        self.entries
            .iter()
            .filter_map(|(name, node)| {
                let name = std::str::from_utf8(name).ok()?;
                Some((name.to_owned(), node.project(item.get(name)?)?))
            })
            .collect()
    }

    /// What of the value is wanted; `None` if it has nothing of it.
    fn project(&self, value: &AttributeValue) -> Option<AttributeValue> {
        if self.whole {
            return Some(value.clone());
        }
        match value {
            AttributeValue::M(entries) => {
                let kept = self.project_item(entries);
                (!kept.is_empty()).then_some(AttributeValue::M(kept))
            }
            AttributeValue::L(elements) => {
                let kept: Vec<AttributeValue> = self
                    .elements
                    .iter()
                    .filter_map(|(index, node)| node.project(elements.get(*index)?))
                    .collect();
                (!kept.is_empty()).then_some(AttributeValue::L(kept))
            }
            _ => None,
        }
    }
}
