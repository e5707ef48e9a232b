//! `AttributeUpdates`: an action on each attribute.

use std::collections::BTreeMap;

use landline_api::dynamodb::{AttributeAction, AttributeValueUpdate};

use super::invalid;
use crate::expression::ExpressionError;
use crate::expression::path::DocumentPath;
use crate::expression::update::{Action, Change, Source, Update};
use crate::value::{AttributeType, AttributeValue, check_attribute_name};

/// The update that the parameter describes.
pub fn attribute_updates(
    updates: BTreeMap<String, AttributeValueUpdate>,
) -> Result<Update, ExpressionError> {
    let mut actions = Vec::new();
    for (name, update) in updates {
        check_attribute_name(&name)?;
        let value = update.value.map(AttributeValue::try_from).transpose()?;
        let change = change(update.action.unwrap_or(AttributeAction::Put), value)?;
        actions.push(Action {
            path: DocumentPath::attribute(name),
            change,
        });
    }
    Ok(Update::of(actions))
}

fn change(
    action: AttributeAction,
    value: Option<AttributeValue>,
) -> Result<Change, ExpressionError> {
    let Some(value) = value else {
        if action == AttributeAction::Delete {
            return Ok(Change::Remove);
        }
        return Err(invalid(
            "Only DELETE action is allowed when no attribute value is specified",
        ));
    };
    let kind = value.attribute_type();
    match (action, value) {
        (AttributeAction::Add, AttributeValue::L(elements)) => Ok(Change::Append(elements)),
        (AttributeAction::Add, value) if kind.is_set() || kind == AttributeType::N => {
            Ok(Change::Add(value))
        }
        (AttributeAction::Add, _) => Err(invalid(&format!(
            "ADD action is not supported for the type {}",
            kind.as_str()
        ))),
        (AttributeAction::Delete, value) if kind.is_set() => Ok(Change::Delete(value)),
        (AttributeAction::Delete, _) => Err(invalid(&format!(
            "DELETE action with value is not supported for the type {}",
            kind.as_str()
        ))),
        (_, value) => Ok(Change::Set(Source::Value(value))),
    }
}
