//! Values as templates see them: Java's, with its lists and maps shared by reference.
//!
//! Lists and maps live in a [`Heap`] for the time of one rendering and are named by their
//! place in it. So a list that contains itself leaks nothing, and dropping a deep value
//! cannot exhaust the stack.

pub(super) mod double;
pub(super) mod json;
pub(super) mod text;

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use indexmap::{Equivalent, IndexMap};

use super::tree::Block;

#[derive(Debug, Clone)]
pub(super) enum Value {
    Null,
    Bool(bool),
    /// Java's whole numbers of any size, up to 128 bits.
    Integer(i128),
    Double(f64),
    Text(Arc<str>),
    List(ListId),
    Map(MapId),
    /// An entry of a map, as `entrySet()` gives it.
    Entry(MapId, Key),
    /// What `#define` defined.
    Block(Arc<Block>),
    /// `$foreach`, by the depth of its loop.
    Loop(usize),
    Input,
    Functions,
    Context,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ListId(usize);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MapId(usize);

/// What a list or a map prints as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// Made by the template: `[a, b]`, `{k=v}`.
    Template,
    /// Part of a document: a list is JSON, a map is `{k=v}` all the same.
    Document,
    /// An object of `$context`, which prints nothing.
    Context,
}

#[derive(Debug)]
pub(super) struct List {
    pub(super) items: Vec<Value>,
    pub(super) origin: Origin,
}

#[derive(Debug)]
pub(super) struct Map {
    pub(super) entries: Entries,
    pub(super) origin: Origin,
}

pub(super) type Entries = IndexMap<Key, Value>;

/// The key of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Key {
    Text(Arc<str>),
    Integer(i128),
    Bool(bool),
}

impl Key {
    /// Java has keys of any kind; these are the ones that templates use.
    pub(super) fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Text(text) => Some(Self::Text(Arc::clone(text))),
            Value::Integer(number) => Some(Self::Integer(*number)),
            Value::Bool(truth) => Some(Self::Bool(*truth)),
            _ => None,
        }
    }

    pub(super) fn value(&self) -> Value {
        match self {
            Self::Text(text) => Value::Text(Arc::clone(text)),
            Self::Integer(number) => Value::Integer(*number),
            Self::Bool(truth) => Value::Bool(*truth),
        }
    }
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::Text(text) => text.hash(state),
            Self::Integer(number) => number.hash(state),
            Self::Bool(truth) => truth.hash(state),
        }
    }
}

/// A name to look up, which need not be owned.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name<'a>(pub(super) &'a str);

impl Hash for Name<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl Equivalent<Key> for Name<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        matches!(key, Key::Text(text) if **text == *self.0)
    }
}

/// The lists and maps of one rendering.
#[derive(Debug, Default)]
pub(super) struct Heap {
    lists: Vec<List>,
    maps: Vec<Map>,
}

impl Heap {
    pub(super) fn new_list(&mut self, items: Vec<Value>, origin: Origin) -> Value {
        self.lists.push(List { items, origin });
        Value::List(ListId(self.lists.len() - 1))
    }

    pub(super) fn new_map(&mut self, entries: Entries, origin: Origin) -> MapId {
        self.maps.push(Map { entries, origin });
        MapId(self.maps.len() - 1)
    }

    pub(super) fn list(&self, id: ListId) -> &List {
        &self.lists[id.0]
    }

    pub(super) fn list_mut(&mut self, id: ListId) -> &mut Vec<Value> {
        &mut self.lists[id.0].items
    }

    pub(super) fn map(&self, id: MapId) -> &Map {
        &self.maps[id.0]
    }

    pub(super) fn map_mut(&mut self, id: MapId) -> &mut Entries {
        &mut self.maps[id.0].entries
    }
}

impl Value {
    pub(super) fn text(text: &str) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn count(count: usize) -> Self {
        Self::Integer(i128::try_from(count).unwrap_or(i128::MAX))
    }

    pub(super) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// What `#if` makes of it: all but null and false is true, the empty string included.
    pub(super) fn is_true(&self) -> bool {
        !matches!(self, Self::Null | Self::Bool(false))
    }

    pub(super) fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn as_integer(&self) -> Option<i128> {
        match self {
            Self::Integer(number) => Some(*number),
            _ => None,
        }
    }
}
