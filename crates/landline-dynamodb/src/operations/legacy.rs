//! The parameters from before expressions, read into the same conditions, projections and updates.
//!
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html>

use std::collections::BTreeMap;

use landline_api::dynamodb as api;
use landline_wire::ServiceError;

use crate::error::{refused_expression, validation};
use crate::expression::{Condition, KeyCondition, Projection, Update, legacy};

/// Refuses a request that speaks both languages.
pub(crate) fn check_unmixed(
    old: &[(&str, bool)],
    new: &[(&str, bool)],
) -> Result<(), ServiceError> {
    let given = |parameters: &[(&str, bool)]| -> Vec<String> {
        let given = parameters.iter().filter(|(_, given)| *given);
        given.map(|(name, _)| (*name).to_owned()).collect()
    };
    let (old, new) = (given(old), given(new));
    if old.is_empty() || new.is_empty() {
        return Ok(());
    }
    Err(validation(format!(
        "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {{{}}} Expression parameters: {{{}}}",
        old.join(", "),
        new.join(", ")
    )))
}

pub(crate) fn projection(names: &[String]) -> Result<Projection, ServiceError> {
    legacy::attributes_to_get(names).map_err(refused_expression)
}

pub(crate) fn expected(
    expected: Option<BTreeMap<String, api::ExpectedAttributeValue>>,
    operator: Option<&api::ConditionalOperator>,
) -> Result<Option<Condition>, ServiceError> {
    check_operator(operator, expected.as_ref().map(BTreeMap::len))?;
    let condition = expected.map(|expected| legacy::expected(expected, operator));
    condition.transpose().map_err(refused_expression)
}

pub(crate) fn filter(
    conditions: Option<BTreeMap<String, api::Condition>>,
    operator: Option<&api::ConditionalOperator>,
) -> Result<Option<Condition>, ServiceError> {
    check_operator(operator, conditions.as_ref().map(BTreeMap::len))?;
    let condition = conditions.map(|conditions| legacy::filter(conditions, operator));
    condition.transpose().map_err(refused_expression)
}

pub(crate) fn key_condition(
    conditions: BTreeMap<String, api::Condition>,
) -> Result<KeyCondition, ServiceError> {
    legacy::key_conditions(conditions).map_err(refused_expression)
}

pub(crate) fn update(
    updates: BTreeMap<String, api::AttributeValueUpdate>,
) -> Result<Option<Update>, ServiceError> {
    let update = legacy::attribute_updates(updates).map_err(refused_expression)?;
    Ok(Some(update))
}

/// There must be something to join.
fn check_operator(
    operator: Option<&api::ConditionalOperator>,
    tests: Option<usize>,
) -> Result<(), ServiceError> {
    match (operator, tests) {
        (Some(_), None) => Err(validation(
            "ConditionalOperator cannot be used without Filter or Expected",
        )),
        (Some(_), Some(0 | 1)) => Err(validation(
            "ConditionalOperator can only be used when Filter or Expected has two or more elements",
        )),
        _ => Ok(()),
    }
}
