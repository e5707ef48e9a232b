//! The two languages of requests: expressions, and the parameters from before there were any.
//!
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html>

use landline_wire::ServiceError;

use crate::error::validation;

/// One parameter of a request, and whether the request has it.
pub(crate) type Presence = (&'static str, bool);

/// Refuses requests that mix both styles, and placeholders without an expression to use them.
pub(crate) fn check_styles(
    expressions: &[Presence],
    others: &[Presence],
    names: bool,
    values: bool,
) -> Result<(), ServiceError> {
    let (given, legacy) = (present(expressions), present(others));
    if !given.is_empty() && !legacy.is_empty() {
        return Err(validation(format!(
            "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {{{}}} Expression parameters: {{{}}}",
            legacy.join(", "),
            given.join(", ")
        )));
    }
    if names && given.is_empty() {
        return Err(validation(
            "ExpressionAttributeNames can only be specified when using expressions",
        ));
    }
    // A projection has no use for values.
    let takers = expressions
        .iter()
        .filter(|(name, _)| *name != "ProjectionExpression");
    let absent: Vec<&str> = takers.clone().map(|(name, _)| *name).collect();
    if values && takers.clone().all(|(_, given)| !given) {
        let verb = if absent.len() == 1 { "is" } else { "are" };
        return Err(validation(format!(
            "ExpressionAttributeValues can only be specified when using expressions: {} {verb} null",
            absent.join(" and ")
        )));
    }
    Ok(())
}

fn present(parameters: &[Presence]) -> Vec<&'static str> {
    let given = parameters.iter().filter(|(_, given)| *given);
    given.map(|(name, _)| *name).collect()
}
