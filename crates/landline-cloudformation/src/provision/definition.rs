//! The definition of an API: written in the template, an object in S3, or a file beside the template; JSON or YAML.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-apigateway-restapi-s3location.html>

use std::path::Path;

use landline_api::s3::{GetObject, GetObjectInput};
use landline_wire::{Caller, Dispatcher};
use serde_json::Value as Json;

use super::input::{document, text};
use crate::provider::ProvisionError;
use crate::quotas;
use crate::template::parse_text;

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
            "The definition of the API is the local path {path}: upload it first (sam package, aws cloudformation package)."
        )));
    };
    let file = directory.join(&path);
    let unreadable = |reason: String| {
        let file = file.display();
        ProvisionError::new(format!(
            "The definition of the API cannot be read: {file}: {reason}"
        ))
    };
    let size = tokio::fs::metadata(&file).await;
    let size = size.map_err(|error| unreadable(error.to_string()))?.len();
    if size > quotas::TEMPLATE_BYTES as u64 {
        return Err(unreadable(format!("it is {size} bytes long")));
    }
    let content = tokio::fs::read_to_string(&file).await;
    let content = content.map_err(|error| unreadable(error.to_string()))?;
    let body = parse(&content)?;
    if let Json::Object(fields) = &mut properties {
        fields.remove(LOCATION);
        fields.insert(BODY.to_owned(), body);
    }
    Ok(properties)
}

/// Whether the API comes of a definition.
pub(super) fn is_given(properties: &Json) -> bool {
    properties.get(BODY).is_some() || properties.get(LOCATION).is_some()
}

/// Whether two sets of properties name different definitions.
pub(super) fn differs(before: &Json, after: &Json) -> bool {
    [BODY, LOCATION]
        .iter()
        .any(|property| before.get(property) != after.get(property))
}

/// The definition as the operations take it, if there is one.
pub(super) async fn read(
    dispatcher: &Dispatcher,
    properties: &Json,
    caller: &Caller,
) -> Result<Option<String>, ProvisionError> {
    if let Some(body) = properties.get(BODY) {
        return Ok(Some(match body {
            Json::String(written) => parse(written)?.to_string(),
            tree => document(tree),
        }));
    }
    let Some(location) = properties.get(LOCATION) else {
        return Ok(None);
    };
    let part = |name: &str| text(location, name);
    let input = GetObjectInput {
        bucket: part("Bucket").unwrap_or_default(),
        key: part("Key").unwrap_or_default(),
        version_id: part("Version"),
        ..Default::default()
    };
    let object = dispatcher.call::<GetObject>(input, caller).await?;
    let content = object.body.unwrap_or_default();
    let content = String::from_utf8_lossy(&content);
    Ok(Some(parse(&content)?.to_string()))
}

fn parse(content: &str) -> Result<Json, ProvisionError> {
    let parsed = parse_text(content);
    let refused = |reason| {
        ProvisionError::new(format!(
            "The definition of the API cannot be read: {reason}"
        ))
    };
    Ok(parsed.map_err(refused)?.to_json())
}

const BODY: &str = "Body";
const LOCATION: &str = "BodyS3Location";
