//! What is wrong with a message, in the words of the library that API Gateway validates
//! with, as far as they are known; applications show them in their error frames.

use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use serde_json::Value;

use crate::quotas::{VALIDATION_ERROR_CHARS, VALIDATION_ERRORS};

/// The texts of a message's errors; those that one object lacks are named together.
pub(super) fn texts<'a>(errors: impl Iterator<Item = ValidationError<'a>>) -> Vec<String> {
    let mut texts = Vec::new();
    let mut missing: Vec<(String, Vec<String>)> = Vec::new();
    for error in errors.take(VALIDATION_ERRORS) {
        let Kind::Required { property } = error.kind() else {
            texts.push(text(&error));
            continue;
        };
        let place = error.instance_path().to_string();
        match missing.iter_mut().find(|(known, _)| *known == place) {
            Some((_, properties)) => properties.push(property.to_string()),
            None => missing.push((place, vec![property.to_string()])),
        }
    }
    for (_, properties) in missing {
        let properties = properties.join(",");
        texts.push(cut(format!(
            "object has missing required properties ([{properties}])"
        )));
    }
    texts
}

/// The text of one error.
pub(super) fn text(error: &ValidationError<'_>) -> String {
    let found = error.instance();
    cut(match error.kind() {
        Kind::Type { kind } => {
            let allowed: Vec<String> = match kind {
                TypeKind::Single(allowed) => vec![format!("\"{allowed}\"")],
                TypeKind::Multiple(allowed) => {
                    allowed.iter().map(|it| format!("\"{it}\"")).collect()
                }
            };
            let (found, allowed) = (type_of(found), allowed.join(","));
            format!(
                "instance type ({found}) does not match any allowed primitive type (allowed: [{allowed}])"
            )
        }
        Kind::AdditionalProperties { unexpected } => {
            let unexpected: Vec<String> = unexpected.iter().map(|it| format!("\"{it}\"")).collect();
            let unexpected = unexpected.join(",");
            format!(
                "object instance has properties which are not allowed by the schema: [{unexpected}]"
            )
        }
        Kind::Enum { options } => {
            format!("instance value ({found}) not found in enum (possible values: {options})")
        }
        Kind::Minimum { limit } => format!(
            "numeric instance is lower than the required minimum (minimum: {limit}, found: {found})"
        ),
        Kind::Maximum { limit } => format!(
            "numeric instance is greater than the required maximum (maximum: {limit}, found: {found})"
        ),
        Kind::MinLength { limit } => {
            let length = length(found);
            format!("string {found} is too short (length: {length}, required minimum: {limit})")
        }
        Kind::MaxLength { limit } => {
            let length = length(found);
            format!("string {found} is too long (length: {length}, maximum allowed: {limit})")
        }
        Kind::MinItems { limit } => format!(
            "array is too short: must have at least {limit} elements but instance has {} elements",
            length(found)
        ),
        Kind::MaxItems { limit } => format!(
            "array is too long: must have at most {limit} elements but instance has {} elements",
            length(found)
        ),
        Kind::Pattern { pattern } => {
            format!("ECMA 262 regex \"{pattern}\" does not match input string {found}")
        }
        _ => error.to_string(),
    })
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn length(value: &Value) -> usize {
    match value {
        Value::String(text) => text.chars().count(),
        Value::Array(items) => items.len(),
        _ => 0,
    }
}

/// The client knows what it sent; a long text is cut.
fn cut(text: String) -> String {
    match text.char_indices().nth(VALIDATION_ERROR_CHARS) {
        Some((end, _)) => text[..end].to_owned(),
        None => text,
    }
}
