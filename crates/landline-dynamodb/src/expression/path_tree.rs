//! The paths of a projection as one tree, so that an item is walked once however many paths are asked for.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::path::{DocumentPath, PathSegment};
use crate::value::{AttributeValue, Item, write_string};

/// A place in the tree: wanted whole, or only some of what is below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PathNode {
    whole: bool,
    /// Sorted by name, like the attributes of a stored item, so that both are walked side by side.
    entries: Vec<PathEntry>,
    elements: BTreeMap<usize, PathNode>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PathEntry {
    name: String,
    /// What its name begins with: most names differ in it, and a scan compares thousands.
    head: u64,
    /// The name as a JSON key, colon included: escaped once for all rows.
    pub(crate) json: Vec<u8>,
    pub(crate) node: PathNode,
}

impl PathEntry {
    fn new(name: &str) -> Self {
        let mut json = Vec::with_capacity(name.len() + 3);
        write_string(name, &mut json);
        json.push(b':');
        Self {
            name: name.to_owned(),
            head: head(name.as_bytes()),
            json,
            node: PathNode::default(),
        }
    }

    /// Where the entry stands beside an attribute of this name.
    #[inline]
    pub(crate) fn order(&self, name: &[u8]) -> Ordering {
        let heads = self.head.cmp(&head(name));
        heads.then_with(|| self.name.as_bytes().cmp(name))
    }
}

/// The first eight bytes as a number, in the order of the names; behind a shorter name, zeros.
#[inline]
fn head(name: &[u8]) -> u64 {
    if let Some(head) = name.first_chunk() {
        return u64::from_be_bytes(*head);
    }
    let mut head = [0; 8];
    for (place, byte) in head.iter_mut().zip(name) {
        *place = *byte;
    }
    u64::from_be_bytes(head)
}

impl PathNode {
    pub(super) fn insert(&mut self, path: &DocumentPath) {
        let mut node = self;
        for segment in path.segments() {
            node = match segment {
                PathSegment::Attribute(name) => node.entry(name),
                PathSegment::Index(index) => node.elements.entry(*index).or_default(),
            };
        }
        node.whole = true;
    }

    fn entry(&mut self, name: &str) -> &mut PathNode {
        let position = match self
            .entries
            .binary_search_by(|entry| entry.name.as_str().cmp(name))
        {
            Ok(position) => position,
            Err(position) => {
                self.entries.insert(position, PathEntry::new(name));
                position
            }
        };
        &mut self.entries[position].node
    }

    pub(crate) fn entries(&self) -> &[PathEntry] {
        &self.entries
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
            .filter_map(|entry| {
                Some((
                    entry.name.clone(),
                    entry.node.project(item.get(&entry.name)?)?,
                ))
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
