//! To and from the shapes of the API: what the generated union carries as text becomes a checked value.

use std::collections::BTreeMap;

use landline_api::dynamodb;

use super::{AttributeValue, Item, MAX_NESTING, NESTING_MESSAGE, ValueError, json, set};
use crate::number::Number;
use crate::quotas::MAX_ATTRIBUTE_NAME_BYTES;

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
            .map(|(name, value)| {
                check_attribute_name(&name)?;
                Ok((name, convert(value, 0)?))
            })
            .collect()
    }
}

/// What the name of an attribute must be.
pub(crate) fn check_attribute_name(name: &str) -> Result<(), ValueError> {
    let reason = match name.len() {
        0 => "Empty attribute name",
        1..=MAX_ATTRIBUTE_NAME_BYTES => return Ok(()),
        _ => "Attribute name is too large, must be less than 65536 bytes",
    };
    Err(ValueError::Validation(format!(
        "One or more parameter values were invalid: {reason}"
    )))
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
        dynamodb::AttributeValue::Unrecognized(set) => return Err(refuse_set(set, level)),
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

/// What is wrong with a value of none or several types: what is wrong with one of them comes first.
fn refuse_set(set: Vec<dynamodb::AttributeValue>, level: usize) -> ValueError {
    if set.is_empty() {
        return ValueError::validation(json::EMPTY_MESSAGE);
    }
    for value in set {
        if let Err(refusal) = convert(value, level) {
            return refusal;
        }
    }
    ValueError::validation(json::SURPLUS_MESSAGE)
}
