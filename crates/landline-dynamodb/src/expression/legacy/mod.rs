//! The parameters from before expressions: compiled into the same conditions, updates and projections.
//!
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html>

mod conditions;
mod updates;

pub use conditions::{expected, filter, key_conditions};
pub use updates::attribute_updates;

use super::{ExpressionError, Projection};
use crate::value::check_attribute_name;

/// `AttributesToGet`: whole attributes, none of them twice.
pub fn attributes_to_get(names: &[String]) -> Result<Projection, ExpressionError> {
    for (later, name) in names.iter().enumerate() {
        check_attribute_name(name)?;
        if names[..later].contains(name) {
            return Err(invalid(&format!(
                "Duplicate value in attribute name: {name}"
            )));
        }
    }
    Ok(Projection::of_attributes(names.iter().map(String::as_str)))
}

fn invalid(reason: &str) -> ExpressionError {
    ExpressionError::new(format!(
        "One or more parameter values were invalid: {reason}"
    ))
}

#[cfg(test)]
mod tests;
