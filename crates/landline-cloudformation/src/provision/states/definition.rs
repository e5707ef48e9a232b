//! The definition of a state machine: text, a tree, an object in S3, or a file beside the template; JSON or YAML, with
//! places that the template fills in.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html>

use std::path::Path;

use landline_api::s3::{GetObject, GetObjectInput};
use landline_wire::{Caller, Dispatcher};
use serde_json::Value as Json;

use crate::provider::ProvisionError;
use crate::provision::input::text;
use crate::quotas;
use crate::template::parse_text;

const TEXT: &str = "DefinitionString";
const TREE: &str = "Definition";
const LOCATION: &str = "DefinitionS3Location";
const SUBSTITUTIONS: &str = "DefinitionSubstitutions";

fn unreadable(reason: &str) -> ProvisionError {
    ProvisionError::new(format!(
        "The definition of the state machine cannot be read: {reason}"
    ))
}

/// Takes a definition that is a path into the properties: so a changed file is a changed property.
pub(super) async fn prepare(
    mut properties: Json,
    directory: Option<&Path>,
) -> Result<Json, ProvisionError> {
    let Some(path) = text(&properties, LOCATION) else {
        return Ok(properties);
    };
    let Some(directory) = directory else {
        return Err(ProvisionError::new(format!(
            "The definition of the state machine is the local path {path}: upload it first (sam package, aws cloudformation package)."
        )));
    };
    let file = directory.join(&path);
    let failed = |error: std::io::Error| unreadable(&format!("{}: {error}", file.display()));
    let size = tokio::fs::metadata(&file).await.map_err(failed)?.len();
    if size > quotas::TEMPLATE_BYTES as u64 {
        let reason = format!("{} is {size} bytes long", file.display());
        return Err(unreadable(&reason));
    }
    let content = tokio::fs::read_to_string(&file).await.map_err(failed)?;
    if let Json::Object(fields) = &mut properties {
        fields.remove(LOCATION);
        fields.insert(TEXT.to_owned(), content.into());
    }
    Ok(properties)
}

/// The definition as the operations take it.
pub(super) async fn read(
    dispatcher: &Dispatcher,
    properties: &Json,
    caller: &Caller,
) -> Result<String, ProvisionError> {
    let written = if let Some(written) = text(properties, TEXT) {
        written
    } else if let Some(tree) = properties.get(TREE) {
        tree.to_string()
    } else if let Some(location) = properties.get(LOCATION) {
        download(dispatcher, location, caller).await?
    } else {
        return Err(ProvisionError::new(
            "Exactly one of DefinitionString, Definition and DefinitionS3Location is required.",
        ));
    };
    as_json(&filled(&written, properties.get(SUBSTITUTIONS)))
}

async fn download(
    dispatcher: &Dispatcher,
    location: &Json,
    caller: &Caller,
) -> Result<String, ProvisionError> {
    let part = |name: &str| text(location, name);
    let input = GetObjectInput {
        bucket: part("Bucket").unwrap_or_default(),
        key: part("Key").unwrap_or_default(),
        version_id: part("Version"),
        ..Default::default()
    };
    let object = dispatcher.call::<GetObject>(input, caller).await?;
    let content = object.body.unwrap_or_default();
    Ok(String::from_utf8_lossy(&content).into_owned())
}

/// Puts the values in the places of `${Name}`.
fn filled(written: &str, substitutions: Option<&Json>) -> String {
    let mut written = written.to_owned();
    for (name, value) in substitutions
        .and_then(Json::as_object)
        .into_iter()
        .flatten()
    {
        let value = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        written = written.replace(&format!("${{{name}}}"), &value);
    }
    written
}

/// JSON stays as it is; YAML becomes JSON.
fn as_json(written: &str) -> Result<String, ProvisionError> {
    if serde_json::from_str::<Json>(written).is_ok() {
        return Ok(written.to_owned());
    }
    let parsed = parse_text(written);
    let parsed = parsed.map_err(|reason| unreadable(&reason.to_string()))?;
    Ok(parsed.to_json().to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn places_are_filled_in() {
        let values = json!({ "Arn": "arn:x", "Count": 3 });
        let written = r#"{"Resource":"${Arn}","Seconds":${Count},"Other":"${Other}"}"#;
        let expected = r#"{"Resource":"arn:x","Seconds":3,"Other":"${Other}"}"#;
        assert_eq!(filled(written, Some(&values)), expected);
    }

    #[test]
    fn yaml_becomes_json() {
        let json = as_json("StartAt: A\nStates:\n  A:\n    Type: Pass\n    End: true\n").unwrap();
        let expected = r#"{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}"#;
        assert_eq!(json, expected);
    }
}
