//! What members must look like, whoever sends them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use landline_wire::{Arn, ServiceError};
use regex::Regex;

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

/// A selection expression over the request's body or the integration's response, if there
/// is one: what picks the template of an integration response.
pub(super) fn response_selection_expression(
    member: &str,
    text: Option<&str>,
) -> Result<(), ServiceError> {
    let Some(text) = text else {
        return Ok(());
    };
    // What is left without the response's variables is an expression over the request.
    let request = RESPONSE_VARIABLE.replace_all(text, "");
    selection_expression(member, Some(&request))
}

/// `$integration.response.statuscode` and its like, with or without braces.
static RESPONSE_VARIABLE: LazyLock<Regex> = LazyLock::new(|| {
    let name = r"integration\.response\.(?:statuscode|(?:header|multivalueheader)\.[A-Za-z0-9!#%&*+^_`|~-]+)";
    Regex::new(&format!(r"\$(?:\{{{name}\}}|{name}\b)")).expect("a constant pattern compiles")
});

/// The values of a map, each with `least` to `most` characters.
pub(super) fn values(
    member: &str,
    map: Option<&BTreeMap<String, String>>,
    least: usize,
    most: usize,
) -> Result<(), ServiceError> {
    for (key, value) in map.into_iter().flatten() {
        length(&format!("{member}.{key}"), Some(value), least, most)?;
    }
    Ok(())
}

/// The ARN of a role, or of the caller's credentials (`arn:aws:iam::*:user/*`), if there is one.
pub(super) fn credentials(arn: Option<&str>) -> Result<(), ServiceError> {
    let is_identity = |arn: &str| Arn::parse(arn).is_some_and(|arn| arn.service == "iam");
    // A stage variable may stand for a part of it.
    if arn.is_none_or(|arn| is_identity(arn) || arn.contains("${stageVariables.")) {
        return Ok(());
    }
    Err(bad_request("Invalid ARN specified in the request"))
}

/// Whether a text may name a parameter of a request.
pub(super) fn is_parameter_name(name: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"._$-".contains(&b);
    !name.is_empty() && name.bytes().all(plain)
}

/// A member that only WebSocket APIs have.
pub(super) fn absent_for_http<T>(member: &str, value: Option<&T>) -> Result<(), ServiceError> {
    match value {
        None => Ok(()),
        Some(_) => Err(bad_request(format!(
            "{member} is not supported for HTTP protocol Apis."
        ))),
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
    // CloudFormation's marks are not counted.
    let own = tags.keys().filter(|key| !key.starts_with("aws:"));
    if own.count() > limits.tags_per_resource {
        return Err(quota_reached("Tags", "resource"));
    }
    Ok(())
}
