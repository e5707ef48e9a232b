//! `AWS::Serverless::LayerVersion` → a version of a layer. Its logical id ends with a hash of what it is, so that a
//! change makes another version and leaves the one before to those who still use it.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-layerversion.html>

use serde_json::{Value as Json, json};

use super::super::error::TemplateError;
use super::super::node::Node;
use super::checks::{self, tables};
use super::function::location;
use super::{Output, Source, hash};

pub(super) fn expand(source: &Source<'_>, output: &mut Output) -> Result<(), TemplateError> {
    checks::properties(source, &tables::LAYER_VERSION, &[])?;
    let Some(uri) = source.property("ContentUri") else {
        let message = "Missing required property 'ContentUri'.";
        return Err(TemplateError::at(source.line, message));
    };
    let properties = Node::object(source.line).with("Content", location(uri, "ContentUri")?);
    let mut properties = source.pass_through(
        properties,
        &[
            "Description",
            "LayerName",
            "CompatibleArchitectures",
            "CompatibleRuntimes",
            "LicenseInfo",
        ],
    );
    if source.property("LayerName").is_none() {
        properties = properties.with("LayerName", source.text(source.id));
    }
    let mut resource = source.primary("AWS::Lambda::LayerVersion", properties);
    if let Some(map) = resource.as_map_mut() {
        map.remove("Metadata");
        map.set("DeletionPolicy", retention(source)?);
    }
    let id = format!("{}{}", source.id, hash::suffix(&hashed(source)));
    output.references.insert(source.id.to_owned(), id.clone());
    output.push(&id, resource);
    Ok(())
}

/// Whether a version stays when another one takes its place.
fn retention(source: &Source<'_>) -> Result<Node, TemplateError> {
    let given = source.property("RetentionPolicy");
    let Some(policy) = given else {
        let attribute = source.attributes.get("DeletionPolicy").cloned();
        return Ok(attribute.unwrap_or_else(|| source.text("Retain")));
    };
    for known in ["Retain", "Delete"] {
        if policy
            .as_str()
            .is_some_and(|text| text.eq_ignore_ascii_case(known))
        {
            return Ok(Node::string(policy.line, known));
        }
    }
    let message = "'RetentionPolicy' must be one of the following options: ['Retain', 'Delete'].";
    Err(TemplateError::at(policy.line, message))
}

/// The resource as AWS's transform hashes it: as the template has it, without its metadata.
fn hashed(source: &Source<'_>) -> Json {
    let mut resource = json!({
        "Type": source.resource_type(),
        "Properties": source.properties.to_json(),
    });
    for key in [
        "DependsOn",
        "Condition",
        "DeletionPolicy",
        "UpdateReplacePolicy",
    ] {
        if let Some(attribute) = source.attributes.get(key) {
            resource[key] = attribute.to_json();
        }
    }
    json!({ source.id: resource })
}
