//! The parameters that a `$connect` route demands.

use super::{Denial, Entrance};
use crate::deployment::snapshot::RequiredParameter;

/// Refuses a handshake that lacks a parameter. Empty ones count as there.
pub(super) fn require(entrance: &Entrance<'_>) -> Result<(), Denial> {
    let parameters = entrance.route.required_parameters.iter();
    let missing: Vec<&str> = parameters
        .filter(|parameter| !is_present(entrance, parameter))
        .map(|parameter| parameter.name.as_str())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let missing = missing.join(", ");
    let text = format!("Missing required request parameters: [{missing}]");
    Err(Denial::new(400, text))
}

fn is_present(entrance: &Entrance<'_>, parameter: &RequiredParameter) -> bool {
    let values = match parameter.location.as_str() {
        "header" | "multivalueheader" => entrance.handshake.header_values(&parameter.name),
        _ => entrance.handshake.query_values(&parameter.name),
    };
    values.is_some_and(|values| !values.is_empty())
}
