//! The tree of an expression.

use std::sync::Arc;

use regex::Regex;
use serde_json::Value;

#[derive(Debug)]
pub(super) enum Node {
    Literal(Value),
    Regex(Arc<Regex>),
    /// `$name`; `$` and `$$` by an empty name and by `$`.
    Variable(String),
    Name(String),
    /// `*`
    Wildcard,
    /// `**`
    Descendants,
    Path(Path),
    Negative(Box<Node>),
    Array {
        items: Vec<Node>,
        is_constructed: bool,
    },
    Object(Vec<(Node, Node)>),
    Binary(Operator, Box<Node>, Box<Node>),
    Bind(String, Box<Node>),
    Condition(Box<Node>, Box<Node>, Option<Box<Node>>),
    Block(Vec<Node>),
    Lambda(Arc<Lambda>),
    Call(Box<Node>, Vec<Node>),
    /// `?` among the arguments of a call.
    Open,
    /// `a ~> b`
    Apply(Box<Node>, Box<Node>),
    Sort(Vec<SortTerm>),
    Transform(Arc<Transform>),
    /// What predicates are left of something that is no path.
    Filtered(Box<Node>, Vec<Node>),
    /// `a{…}` of something that is no path.
    Grouped(Box<Node>, Vec<(Node, Node)>),
    /// `a[]`
    KeepArray(Box<Node>),
}

#[derive(Debug, Default)]
pub(super) struct Path {
    pub(super) steps: Vec<Step>,
    pub(super) keeps_singleton: bool,
    pub(super) group: Option<Vec<(Node, Node)>>,
}

#[derive(Debug)]
pub(super) struct Step {
    pub(super) node: Node,
    pub(super) filters: Vec<Node>,
}

#[derive(Debug)]
pub(super) struct Lambda {
    pub(super) parameters: Vec<String>,
    pub(super) body: Node,
}

#[derive(Debug)]
pub(super) struct SortTerm {
    pub(super) node: Node,
    pub(super) order: Order,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Ascending,
    Descending,
}

/// `|pattern|update, delete|`
#[derive(Debug)]
pub(super) struct Transform {
    pub(super) pattern: Node,
    pub(super) update: Node,
    pub(super) delete: Option<Node>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    And,
    Or,
    In,
    Concatenate,
    Range,
}
