//! To and from the shapes of the API: what the generated union carries as text becomes a checked value.

use std::collections::BTreeMap;

use landline_api::dynamodb;

use super::{AttributeValue, Item, MAX_NESTING, NESTING_MESSAGE, ValueError, json, set};
use crate::number::Number;

impl TryFrom<dynamodb::AttributeValue> for AttributeValue {
    type Error = ValueError;

    fn try_from(value: dynamodb::AttributeValue) -> Result<AttributeValue, ValueError> {
        convert(value, 0)
    }
}

impl TryFrom<BTreeMap<String, dynamodb::AttributeValue>> for Item {
    type Error = ValueError;

    fn try_from(
        attributes: BTreeMap<String, dynamodb::AttributeValue>,
    ) -> Result<Item, ValueError> {
        attributes
            .into_iter()
            .map(|(name, value)| Ok((name, convert(value, 0)?)))
            .collect()
    }
}

impl From<AttributeValue> for dynamodb::AttributeValue {
    fn from(value: AttributeValue) -> dynamodb::AttributeValue {
        match value {
            AttributeValue::S(text) => dynamodb::AttributeValue::S(text),
            AttributeValue::N(number) => dynamodb::AttributeValue::N(number.to_string()),
            AttributeValue::B(bytes) => dynamodb::AttributeValue::B(bytes),
            AttributeValue::Bool(flag) => dynamodb::AttributeValue::Bool(flag),
            AttributeValue::Null => dynamodb::AttributeValue::Null(true),
            AttributeValue::Ss(members) => dynamodb::AttributeValue::Ss(members),
            AttributeValue::Ns(members) => {
                dynamodb::AttributeValue::Ns(members.iter().map(Number::to_string).collect())
            }
            AttributeValue::Bs(members) => dynamodb::AttributeValue::Bs(members),
            AttributeValue::L(elements) => {
                dynamodb::AttributeValue::L(elements.into_iter().map(Into::into).collect())
            }
            AttributeValue::M(entries) => dynamodb::AttributeValue::M(entries.into()),
        }
    }
}

impl From<Item> for BTreeMap<String, dynamodb::AttributeValue> {
    fn from(item: Item) -> BTreeMap<String, dynamodb::AttributeValue> {
        item.into_iter()
            .map(|(name, value)| (name, value.into()))
            .collect()
    }
}

/// `level` counts the lists and maps around the value.
fn convert(value: dynamodb::AttributeValue, level: usize) -> Result<AttributeValue, ValueError> {
    Ok(match value {
        dynamodb::AttributeValue::S(text) => AttributeValue::S(text),
        dynamodb::AttributeValue::N(text) => AttributeValue::N(text.parse()?),
        dynamodb::AttributeValue::B(bytes) => AttributeValue::B(bytes),
        dynamodb::AttributeValue::Bool(flag) => AttributeValue::Bool(flag),
        dynamodb::AttributeValue::Null(flag) => json::null(flag)?,
        dynamodb::AttributeValue::Ss(members) => set::string_set(members)?,
        dynamodb::AttributeValue::Ns(members) => json::numbers(&members)?,
        dynamodb::AttributeValue::Bs(members) => set::binary_set(members)?,
        dynamodb::AttributeValue::L(_) | dynamodb::AttributeValue::M(_) if level >= MAX_NESTING => {
            return Err(ValueError::validation(NESTING_MESSAGE));
        }
        dynamodb::AttributeValue::Unrecognized(refusal) => {
            return Err(ValueError::Validation(refusal));
        }
        dynamodb::AttributeValue::L(elements) => {
            let elements: Result<Vec<_>, _> = elements
                .into_iter()
                .map(|element| convert(element, level + 1))
                .collect();
            AttributeValue::L(elements?)
        }
        dynamodb::AttributeValue::M(entries) => {
            let entries: Result<Item, ValueError> = entries
                .into_iter()
                .map(|(name, value)| Ok((name, convert(value, level + 1)?)))
                .collect();
            AttributeValue::M(entries?)
        }
    })
}
