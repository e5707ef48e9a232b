//! `ConditionExpression` and `FilterExpression`: true or false for one item.
//!
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html>

mod check;
mod evaluate;
mod parse;

use super::cursor::Cursor;
use super::path::DocumentPath;
use super::placeholders::Placeholders;
use super::{ExpressionError, ExpressionKind};
use crate::value::{AttributeType, AttributeValue, Item};

/// A condition whose form and constants are in order; it can only be true or false any more.
#[derive(Clone, Debug)]
pub struct Condition {
    pub(super) root: Node,
    paths: Vec<DocumentPath>,
}

#[derive(Clone, Debug)]
pub(super) enum Node {
    Or(Vec<Node>),
    And(Vec<Node>),
    Not(Box<Node>),
    Compare(Comparator, Operand, Operand),
    Between(Operand, Operand, Operand),
    In(Operand, Vec<Operand>),
    Exists(Operand),
    NotExists(Operand),
    HasType(Operand, AttributeType),
    BeginsWith(Operand, Operand),
    Contains(Operand, Operand),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Operand {
    Path(DocumentPath),
    Value(AttributeValue),
    Size(Box<Operand>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Condition {
    /// Reads a condition; `kind` tells which parameter it came in.
    pub fn parse(
        kind: ExpressionKind,
        text: &str,
        placeholders: &mut Placeholders,
    ) -> Result<Condition, ExpressionError> {
        let mut cursor = Cursor::new(kind, text)?;
        let form = parse::parse(&mut cursor)?;
        let (root, paths) =
            check::check(&form, placeholders).map_err(|reason| cursor.invalid(reason))?;
        Ok(Condition { root, paths })
    }

    /// Joins conditions on single attributes, as the legacy parameters have them.
    pub(super) fn of(root: Node, paths: Vec<DocumentPath>) -> Condition {
        Condition { root, paths }
    }

    /// Whether the item fulfils the condition. For an item that does not exist, pass an empty one.
    pub fn matches(&self, item: &Item) -> bool {
        self.root.matches(item)
    }

    /// All paths that the condition names: for the rules on key attributes, and to decode no more than these.
    pub fn paths(&self) -> &[DocumentPath] {
        &self.paths
    }
}

impl Comparator {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Comparator::Equal => "=",
            Comparator::NotEqual => "<>",
            Comparator::Less => "<",
            Comparator::LessOrEqual => "<=",
            Comparator::Greater => ">",
            Comparator::GreaterOrEqual => ">=",
        }
    }
}

#[cfg(test)]
mod tests;
