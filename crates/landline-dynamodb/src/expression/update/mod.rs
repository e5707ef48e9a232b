//! `UpdateExpression`: `SET`, `REMOVE`, `ADD` and `DELETE`, all reading the item as it was before.
//!
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html>

mod apply;
mod check;
mod parse;

use super::cursor::Cursor;
use super::path::DocumentPath;
use super::placeholders::Placeholders;
use super::projection::Projection;
use super::{ExpressionError, ExpressionKind};
use crate::value::{AttributeType, AttributeValue};

/// An update whose form and constants are in order. What the item holds can still refuse it.
#[derive(Clone, Debug)]
pub struct Update {
    actions: Vec<Action>,
    named: Vec<DocumentPath>,
    /// What is said when an attribute has another type than its action needs: both styles have their own words.
    mismatch: &'static str,
}

#[derive(Clone, Debug)]
pub(super) struct Action {
    pub(super) path: DocumentPath,
    pub(super) change: Change,
}

#[derive(Clone, Debug)]
pub(super) enum Change {
    Set(Source),
    Remove,
    Add(AttributeValue),
    Delete(AttributeValue),
    /// Legacy `ADD` of a list: its elements are appended.
    Append(Vec<AttributeValue>),
}

/// Where a `SET` takes its value from.
#[derive(Clone, Debug)]
pub(super) enum Source {
    Path(DocumentPath),
    Value(AttributeValue),
    Plus(Box<Source>, Box<Source>),
    Minus(Box<Source>, Box<Source>),
    IfNotExists(DocumentPath, Box<Source>),
    ListAppend(Box<Source>, Box<Source>),
}

impl Update {
    pub fn parse(text: &str, placeholders: &mut Placeholders) -> Result<Update, ExpressionError> {
        let mut cursor = Cursor::new(ExpressionKind::Update, text)?;
        let clauses = parse::parse(&mut cursor)?;
        let (actions, named) =
            check::check(&clauses, placeholders).map_err(|reason| cursor.invalid(reason))?;
        Ok(Update {
            actions,
            named,
            mismatch: WRONG_TYPE,
        })
    }

    /// An update of whole attributes, as the legacy parameter has it.
    pub(super) fn of(actions: Vec<Action>) -> Update {
        let named = actions.iter().map(|action| action.path.clone()).collect();
        Update {
            actions,
            named,
            mismatch: LEGACY_MISMATCH,
        }
    }

    /// The paths that are written: what `UPDATED_OLD` and `UPDATED_NEW` answer.
    pub fn touched(&self) -> Projection {
        Projection::of(self.actions.iter().map(|action| action.path.clone()))
    }

    /// All paths that the update names, those it only reads included.
    pub fn paths(&self) -> &[DocumentPath] {
        &self.named
    }

    /// The whole attributes that are written, each with its type where the request alone decides it.
    pub(crate) fn written_types(&self) -> impl Iterator<Item = (&str, AttributeType)> {
        let whole = self
            .actions
            .iter()
            .filter(|action| !action.path.is_nested());
        whole.filter_map(|action| Some((action.path.root(), action.change.written_type()?)))
    }

    /// Refuses an update that writes to a key attribute of the table.
    pub fn refuse_keys<'k>(
        &self,
        keys: impl IntoIterator<Item = &'k str>,
    ) -> Result<(), ExpressionError> {
        for key in keys {
            if self.actions.iter().any(|action| action.path.root() == key) {
                return Err(ExpressionError::new(format!(
                    "One or more parameter values were invalid: Cannot update attribute {key}. This attribute is part of the key"
                )));
            }
        }
        Ok(())
    }
}

impl Change {
    fn written_type(&self) -> Option<AttributeType> {
        match self {
            Self::Set(source) => source.written_type(),
            Self::Add(value) => Some(value.attribute_type()),
            Self::Append(_) => Some(AttributeType::L),
            Self::Remove | Self::Delete(_) => None,
        }
    }
}

impl Source {
    fn written_type(&self) -> Option<AttributeType> {
        match self {
            Self::Value(value) => Some(value.attribute_type()),
            Self::Plus(..) | Self::Minus(..) => Some(AttributeType::N),
            Self::ListAppend(..) => Some(AttributeType::L),
            Self::Path(_) | Self::IfNotExists(..) => None,
        }
    }
}

const WRONG_TYPE: &str = "An operand in the update expression has an incorrect data type";
const LEGACY_MISMATCH: &str = "Type mismatch for attribute to update";

#[cfg(test)]
mod tests;
