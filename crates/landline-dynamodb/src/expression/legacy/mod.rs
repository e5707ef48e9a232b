//! The parameters from before expressions: compiled into the same conditions, updates and projections.
//!
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html>

mod conditions;
mod updates;

pub use conditions::{expected, filter, key_conditions};
pub use updates::attribute_updates;

use super::{ExpressionError, Projection};

/// `AttributesToGet`: whole attributes, none of them twice.
pub fn attributes_to_get(names: &[String]) -> Result<Projection, ExpressionError> {
    for (later, name) in names.iter().enumerate() {
        if names[..later].contains(name) {
            return Err(invalid(&format!(
                "Duplicate value in attribute name: {name}"
            )));
        }
    }
    Ok(Projection::of_attributes(names.iter().map(String::as_str)))
}

/// One parameter of a request, and whether the request has it.
pub type Presence = (&'static str, bool);

/// Refuses requests that mix both styles, and placeholders without an expression to use them.
///
/// `expressions` and `others` list the parameters of the operation in the order of its API page.
pub fn check_styles(
    expressions: &[Presence],
    others: &[Presence],
    names: bool,
    values: bool,
) -> Result<(), ExpressionError> {
    let present = |parameters: &[Presence]| -> Vec<&'static str> {
        parameters
            .iter()
            .filter(|(_, present)| *present)
            .map(|(name, _)| *name)
            .collect()
    };
    let (given, legacy) = (present(expressions), present(others));
    if !given.is_empty() && !legacy.is_empty() {
        return Err(ExpressionError::new(format!(
            "Can not use both expression and non-expression parameters in the same request: \
             Non-expression parameters: {{{}}} Expression parameters: {{{}}}",
            legacy.join(", "),
            given.join(", ")
        )));
    }
    if names && given.is_empty() {
        return Err(ExpressionError::new(
            "ExpressionAttributeNames can only be specified when using expressions",
        ));
    }
    // A projection has no use for values.
    let takers: Vec<&Presence> = expressions
        .iter()
        .filter(|(name, _)| *name != "ProjectionExpression")
        .collect();
    if values && !takers.is_empty() && takers.iter().all(|(_, present)| !present) {
        let names: Vec<&str> = takers.iter().map(|(name, _)| *name).collect();
        let verb = if names.len() > 1 { "are" } else { "is" };
        return Err(ExpressionError::new(format!(
            "ExpressionAttributeValues can only be specified when using expressions: {} {verb} null",
            names.join(" and ")
        )));
    }
    Ok(())
}

fn invalid(reason: &str) -> ExpressionError {
    ExpressionError::new(format!(
        "One or more parameter values were invalid: {reason}"
    ))
}

#[cfg(test)]
mod tests;
