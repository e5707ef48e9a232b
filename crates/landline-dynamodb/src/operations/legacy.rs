//! The parameters from before expressions, read into the same conditions, projections and updates.
//!
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html>

use std::collections::BTreeMap;

use landline_api::dynamodb as api;
use landline_wire::ServiceError;

use crate::error::{invalid_parameter, validation};
use crate::expression::{Condition, KeyCondition, Projection, Update};

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
    for (index, name) in names.iter().enumerate() {
        if names[..index].contains(name) {
            return Err(invalid_parameter(format_args!(
                "Duplicate value in attribute name: {name}"
            )));
        }
    }
    Ok(Projection::of_attributes(names.iter().map(String::as_str)))
}

pub(crate) fn expected(
    expected: Option<BTreeMap<String, api::ExpectedAttributeValue>>,
    _operator: Option<&api::ConditionalOperator>,
) -> Result<Option<Condition>, ServiceError> {
    refuse_yet("Expected", expected.is_some())?;
    Ok(None)
}

pub(crate) fn filter(
    parameter: &str,
    conditions: Option<BTreeMap<String, api::Condition>>,
    _operator: Option<&api::ConditionalOperator>,
) -> Result<Option<Condition>, ServiceError> {
    refuse_yet(parameter, conditions.is_some())?;
    Ok(None)
}

pub(crate) fn key_condition(
    _conditions: BTreeMap<String, api::Condition>,
) -> Result<KeyCondition, ServiceError> {
    Err(unknown_yet("KeyConditions"))
}

pub(crate) fn update(
    _updates: BTreeMap<String, api::AttributeValueUpdate>,
) -> Result<Option<Update>, ServiceError> {
    Err(unknown_yet("AttributeUpdates"))
}

fn refuse_yet(parameter: &str, given: bool) -> Result<(), ServiceError> {
    if given {
        return Err(unknown_yet(parameter));
    }
    Ok(())
}

fn unknown_yet(parameter: &str) -> ServiceError {
    validation(format!(
        "Landline does not know the legacy parameter {parameter} yet; use an expression"
    ))
}
