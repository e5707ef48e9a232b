//! DynamoDB's expression language: conditions, filters, projections, key conditions and updates.
//!
//! Every grammar goes the same way: `lexer` → a parser over `cursor` (form only, bounded in depth) → a check that
//! resolves placeholders and finds all that is wrong, so that the fault AWS reports first is the one reported → a value
//! that cannot fail for its form any more. Everything is synchronous and pure, and no input makes it panic.
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.html>

mod condition;
mod cursor;
mod key_condition;
pub mod legacy;
mod lexer;
mod path;
mod path_tree;
mod placeholders;
mod projection;
mod reserved;
mod syntax;
#[cfg(test)]
mod testing;
mod update;

pub use condition::Condition;
pub use key_condition::{BoundKeyCondition, KeyCondition, KeyRange, MISSED_KEY, SortCondition};
pub use path::{DocumentPath, PathSegment};
pub(crate) use path_tree::PathEntry;
pub use path_tree::PathNode;
pub use placeholders::Placeholders;
pub use projection::Projection;
pub use update::Update;

use std::fmt;

/// Which parameter an expression came in; its name begins every message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpressionKind {
    Condition,
    Filter,
    KeyCondition,
    Projection,
    Update,
}

/// A `ValidationException`; the text is the message for the client.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ExpressionError {
    message: String,
}

impl ExpressionError {
    pub fn new(message: impl Into<String>) -> ExpressionError {
        ExpressionError {
            message: message.into(),
        }
    }

    pub fn message(&self) -> &str {
        &self.message
    }

    pub fn into_message(self) -> String {
        self.message
    }

    fn invalid(kind: ExpressionKind, reason: impl fmt::Display) -> ExpressionError {
        ExpressionError {
            message: format!("Invalid {kind}: {reason}"),
        }
    }
}

impl From<crate::value::ValueError> for ExpressionError {
    fn from(error: crate::value::ValueError) -> ExpressionError {
        ExpressionError::new(error.to_string())
    }
}

impl From<crate::number::NumberError> for ExpressionError {
    fn from(error: crate::number::NumberError) -> ExpressionError {
        ExpressionError::new(error.to_string())
    }
}

impl fmt::Display for ExpressionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ExpressionKind::Condition => "ConditionExpression",
            ExpressionKind::Filter => "FilterExpression",
            ExpressionKind::KeyCondition => "KeyConditionExpression",
            ExpressionKind::Projection => "ProjectionExpression",
            ExpressionKind::Update => "UpdateExpression",
        })
    }
}

/// Longest expression text, in bytes.
pub const MAX_EXPRESSION_BYTES: usize = 4096;
/// Most operators and functions in one expression.
pub const MAX_OPERATORS: usize = 300;
/// Most operands in the list of an `IN`.
pub const MAX_IN_OPERANDS: usize = 100;
/// Our own limit on parentheses, `NOT`s and calls inside one another: the parser recurses, and this bounds its stack.
const MAX_DEPTH: usize = 150;
