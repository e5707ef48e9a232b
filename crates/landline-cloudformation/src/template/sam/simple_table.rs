//! `AWS::Serverless::SimpleTable` → a DynamoDB table with one key, paid per request unless it says otherwise.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-simpletable.html>

use serde_json::json;

use super::super::error::TemplateError;
use super::super::node::Node;
use super::checks::{self, tables};
use super::{Output, Source, tag_list};

pub(super) fn expand(source: &Source<'_>, output: &mut Output) -> Result<(), TemplateError> {
    checks::properties(source, &tables::SIMPLE_TABLE, &[])?;
    let (name, key_type) = primary_key(source)?;
    let attribute = Node::object(name.line)
        .with("AttributeName", name.clone())
        .with("AttributeType", key_type);
    let key = Node::object(name.line)
        .with("AttributeName", name)
        .with("KeyType", source.text("HASH"));
    let mut properties = Node::object(source.line)
        .with(
            "AttributeDefinitions",
            Node::list(source.line, vec![attribute]),
        )
        .with("KeySchema", Node::list(source.line, vec![key]));
    properties = match source.property("ProvisionedThroughput") {
        Some(throughput) => properties.with("ProvisionedThroughput", throughput.clone()),
        None => properties.with("BillingMode", source.text("PAY_PER_REQUEST")),
    };
    properties = source.pass_through(properties, &["TableName"]);
    if source.property("Tags").is_some() {
        properties = properties.with("Tags", tag_list(source, ""));
    }
    let properties = source.pass_through(
        properties,
        &["SSESpecification", "PointInTimeRecoverySpecification"],
    );
    output.push(
        source.id,
        source.primary("AWS::DynamoDB::Table", properties),
    );
    Ok(())
}

/// The name and type letter of the key: `id`, a string, if nothing is said.
fn primary_key(source: &Source<'_>) -> Result<(Node, Node), TemplateError> {
    let Some(key) = source.property("PrimaryKey") else {
        return Ok((source.text("id"), source.json(&json!("S"))));
    };
    let required = |name: &str| {
        let message = format!("Property 'PrimaryKey.{name}' is required.");
        key.get(name)
            .ok_or_else(|| TemplateError::at(key.line, message))
    };
    let (name, written) = (required("Name")?.clone(), required("Type")?);
    let letter = match written.as_str() {
        Some("String") => "S",
        Some("Number") => "N",
        Some("Binary") => "B",
        _ => {
            let text = written
                .scalar_text()
                .unwrap_or_else(|| written.kind().to_owned());
            return Err(TemplateError::at(
                written.line,
                format!("Invalid 'Type' \"{text}\"."),
            ));
        }
    };
    Ok((name, Node::string(written.line, letter)))
}
