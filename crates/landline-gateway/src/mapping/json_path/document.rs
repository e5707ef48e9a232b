//! What a path walks through: a JSON tree, or the values of a template.

use std::marker::PhantomData;

use crate::mapping::value::{Heap, Key, Name, Value};

/// A way to look into values of one representation.
pub(in crate::mapping) trait Document {
    type Node: Clone;

    fn kind<'a>(&'a self, node: &'a Self::Node) -> Kind<'a>;
    fn member(&self, node: &Self::Node, name: &str) -> Option<Self::Node>;
    fn element(&self, node: &Self::Node, index: usize) -> Option<Self::Node>;
    /// The elements of an array, or the values of an object.
    fn children(&self, node: &Self::Node) -> Vec<Self::Node>;
    fn names(&self, node: &Self::Node) -> Vec<String>;
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::mapping) enum Kind<'a> {
    Null,
    Bool(bool),
    Number(f64),
    Text(&'a str),
    /// An array of so many elements.
    Array(usize),
    /// An object of so many members.
    Object(usize),
    /// Not data.
    Other,
}

/// `serde_json`'s trees.
pub(super) struct Tree<'t>(PhantomData<&'t serde_json::Value>);

impl Tree<'_> {
    pub(super) const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<'t> Document for Tree<'t> {
    type Node = &'t serde_json::Value;

    fn kind<'a>(&'a self, node: &'a Self::Node) -> Kind<'a> {
        kind_of(node)
    }

    fn member(&self, node: &Self::Node, name: &str) -> Option<Self::Node> {
        node.as_object()?.get(name)
    }

    fn element(&self, node: &Self::Node, index: usize) -> Option<Self::Node> {
        node.as_array()?.get(index)
    }

    fn children(&self, node: &Self::Node) -> Vec<Self::Node> {
        match node {
            serde_json::Value::Array(elements) => elements.iter().collect(),
            serde_json::Value::Object(members) => members.values().collect(),
            _ => Vec::new(),
        }
    }

    fn names(&self, node: &Self::Node) -> Vec<String> {
        node.as_object()
            .map(|members| members.keys().cloned().collect())
            .unwrap_or_default()
    }
}

pub(super) fn kind_of(value: &serde_json::Value) -> Kind<'_> {
    match value {
        serde_json::Value::Null => Kind::Null,
        serde_json::Value::Bool(truth) => Kind::Bool(*truth),
        serde_json::Value::Number(number) => Kind::Number(number.as_f64().unwrap_or(f64::NAN)),
        serde_json::Value::String(text) => Kind::Text(text),
        serde_json::Value::Array(elements) => Kind::Array(elements.len()),
        serde_json::Value::Object(members) => Kind::Object(members.len()),
    }
}

impl Document for Heap {
    type Node = Value;

    #[expect(
        clippy::cast_precision_loss,
        reason = "filters compare numbers as doubles"
    )]
    fn kind<'a>(&'a self, node: &'a Value) -> Kind<'a> {
        match node {
            Value::Null => Kind::Null,
            Value::Bool(truth) => Kind::Bool(*truth),
            Value::Integer(number) => Kind::Number(*number as f64),
            Value::Double(number) => Kind::Number(*number),
            Value::Text(text) => Kind::Text(text),
            Value::List(list) => Kind::Array(self.list(*list).items.len()),
            Value::Map(map) => Kind::Object(self.map(*map).entries.len()),
            _ => Kind::Other,
        }
    }

    fn member(&self, node: &Value, name: &str) -> Option<Value> {
        match node {
            Value::Map(map) => self.map(*map).entries.get(&Name(name)).cloned(),
            _ => None,
        }
    }

    fn element(&self, node: &Value, index: usize) -> Option<Value> {
        match node {
            Value::List(list) => self.list(*list).items.get(index).cloned(),
            _ => None,
        }
    }

    fn children(&self, node: &Value) -> Vec<Value> {
        match node {
            Value::List(list) => self.list(*list).items.clone(),
            Value::Map(map) => self.map(*map).entries.values().cloned().collect(),
            _ => Vec::new(),
        }
    }

    fn names(&self, node: &Value) -> Vec<String> {
        let Value::Map(map) = node else {
            return Vec::new();
        };
        self.map(*map)
            .entries
            .keys()
            .map(|key| match key {
                Key::Text(text) => text.to_string(),
                Key::Integer(number) => number.to_string(),
                Key::Bool(truth) => truth.to_string(),
            })
            .collect()
    }
}
