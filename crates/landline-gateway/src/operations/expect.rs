//! What members must look like, whoever sends them.

use std::collections::BTreeMap;

use landline_wire::ServiceError;

use crate::message::selection::SelectionExpression;
use crate::quotas::{DESCRIPTION_CHARS, ResourceLimits};
use crate::state::{bad_request, quota_reached};

/// A text of `least` to `most` characters, if there is one.
pub(super) fn length(
    member: &str,
    text: Option<&str>,
    least: usize,
    most: usize,
) -> Result<(), ServiceError> {
    let within = |text: &str| (least..=most).contains(&text.chars().count());
    if text.is_none_or(within) {
        return Ok(());
    }
    Err(bad_request(format!(
        "{member} must be between {least} and {most} characters long"
    )))
}

/// A description.
pub(super) fn description(text: Option<&str>) -> Result<(), ServiceError> {
    length("Description", text, 0, DESCRIPTION_CHARS)
}

/// A selection expression over the request's body, if there is one.
pub(super) fn selection_expression(member: &str, text: Option<&str>) -> Result<(), ServiceError> {
    let Some(text) = text else {
        return Ok(());
    };
    match SelectionExpression::parse(text) {
        Ok(_) => Ok(()),
        Err(invalid) => Err(bad_request(format!("Invalid {member}: {invalid}"))),
    }
}

/// A member that only HTTP APIs have.
pub(super) fn absent<T>(member: &str, value: Option<&T>) -> Result<(), ServiceError> {
    match value {
        None => Ok(()),
        Some(_) => Err(bad_request(format!(
            "{member} is not supported for WEBSOCKET protocol Apis."
        ))),
    }
}

/// The tags of an API or a stage.
pub(super) fn tags(
    tags: Option<&BTreeMap<String, String>>,
    limits: &ResourceLimits,
) -> Result<(), ServiceError> {
    let Some(tags) = tags else {
        return Ok(());
    };
    for (key, value) in tags {
        length("A tag key", Some(key), 1, 128)?;
        length("A tag value", Some(value), 0, 256)?;
    }
    if tags.len() > limits.tags_per_resource {
        return Err(quota_reached("Tags", "resource"));
    }
    Ok(())
}
