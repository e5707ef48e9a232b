//! JSONPath with the meaning that Jayway's library gives it, which is API Gateway's.
//!
//! A path that can only lead to one place gives that place's value, or nothing; a path
//! that may lead to several gives a list, even of one or none.

mod document;
mod evaluate;
mod filter;
mod parse;
#[cfg(test)]
mod tests;

pub(super) use evaluate::{Exhausted, Found, Row, Walk};

use crate::quotas::{JSON_PATH_BYTES, MAPPING_STEPS};

/// A parsed path, such as `$.orders[?(@.total > 10)].id`.
#[derive(Debug, Clone, PartialEq)]
pub struct JsonPath {
    segments: Vec<Segment>,
    function: Option<Function>,
}

/// Why a path cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("invalid JSONPath at character {position}: {message}")]
pub struct InvalidPath {
    message: &'static str,
    position: usize,
}

#[derive(Debug, Clone, PartialEq)]
enum Segment {
    Child(Selector),
    /// `..`: the value itself and all within it.
    Descend(Selector),
}

#[derive(Debug, Clone, PartialEq)]
enum Selector {
    Names(Vec<Box<str>>),
    Indices(Vec<i64>),
    Slice(Option<i64>, Option<i64>),
    All,
    Filter(Filter),
}

/// What a path may end in, as `$.list.length()`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Function {
    Length,
    Size,
    Minimum,
    Maximum,
    Average,
    Sum,
    Keys,
}

#[derive(Debug, Clone, PartialEq)]
enum Filter {
    Any(Vec<Filter>),
    All(Vec<Filter>),
    Not(Box<Filter>),
    Exists(Operand),
    Compare(Operand, Comparison, Operand),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Matches,
    In,
    NotIn,
    Size,
    Empty,
    Contains,
}

#[derive(Debug, Clone, PartialEq)]
enum Operand {
    /// `@.path`: from the value that is being filtered.
    Current(JsonPath),
    /// `$.path`: from the root of the document.
    Root(JsonPath),
    Literal(serde_json::Value),
    Pattern(Pattern),
}

/// `/pattern/flags`.
#[derive(Debug, Clone)]
struct Pattern(regex::Regex);

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

impl JsonPath {
    /// Parses a path; one without a leading `$` begins at the root all the same.
    ///
    /// # Errors
    ///
    /// When the path is not well-formed or longer than [`JSON_PATH_BYTES`].
    pub fn parse(text: &str) -> Result<Self, InvalidPath> {
        if text.len() > JSON_PATH_BYTES {
            return Err(InvalidPath {
                message: "the path is too long",
                position: 0,
            });
        }
        parse::parse(text)
    }

    /// The value at the path, or the list of values if there may be several.
    ///
    /// Nothing where a definite path leads nowhere, and where the search takes too long.
    pub fn evaluate(&self, root: &serde_json::Value) -> Option<serde_json::Value> {
        let tree = document::Tree::new();
        let mut walk = Walk::new(&tree, MAPPING_STEPS);
        let found = walk.find(self, &root).ok()??;
        Some(match found {
            Found::Node(node) => node.clone(),
            Found::Nodes(nodes) => nodes.into_iter().cloned().collect(),
            Found::Merged(row) => object(row),
            Found::Rows(rows) => rows.into_iter().map(object).collect(),
            Found::Count(count) => count.into(),
            Found::Number(number) => number.into(),
            Found::Names(names) => names.into_iter().collect(),
        })
    }

    /// Whether the path can only lead to one place.
    fn is_definite(&self) -> bool {
        let last = self.segments.len().saturating_sub(1);
        self.segments
            .iter()
            .enumerate()
            .all(|(at, segment)| match segment {
                Segment::Child(Selector::Names(names)) => names.len() == 1 || at == last,
                Segment::Child(Selector::Indices(indices)) => indices.len() == 1,
                _ => false,
            })
    }
}

fn object(row: Row<&serde_json::Value>) -> serde_json::Value {
    row.into_iter()
        .map(|(name, node)| (String::from(name), node.clone()))
        .collect()
}
