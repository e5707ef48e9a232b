//! How a function is called: `FunctionUrlConfig` and `EventInvokeConfig`.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-functionurlconfig.html>

use serde_json::json;

use super::super::error::TemplateError;
use super::super::node::Node;
use super::pull_events::{destinations, may_send};
use super::{Output, Source};

/// Adds the URL of a function and, when everybody may call it, the permissions for that.
pub(super) fn expand_url(
    source: &Source<'_>,
    function: &Node,
    output: &mut Output,
) -> Result<(), TemplateError> {
    let Some(config) = source.property("FunctionUrlConfig") else {
        return Ok(());
    };
    let auth_type = config.get("AuthType");
    let is_known = auth_type.is_some_and(|node| {
        node.as_str()
            .is_none_or(|text| ["AWS_IAM", "NONE"].contains(&text))
    });
    if !is_known {
        let message = "AuthType is required to configure function property `FunctionUrlConfig`. Please provide either AWS_IAM or NONE.";
        return Err(TemplateError::at(config.line, message));
    }
    let mut url = Node::object(config.line).with("TargetFunctionArn", function.clone());
    for key in ["AuthType", "Cors", "InvokeMode"] {
        if let Some(node) = config.get(key) {
            url = url.with(key, node.clone());
        }
    }
    let id = |end: &str| format!("{}{end}", source.id);
    output.push(&id("Url"), source.secondary("AWS::Lambda::Url", url));
    if auth_type.and_then(Node::as_str) == Some("NONE") {
        let permission = |action: &str, key: &str, value: Node| {
            let properties = Node::object(config.line)
                .with("Action", source.text(action))
                .with("FunctionName", function.clone())
                .with("Principal", source.text("*"))
                .with(key, value);
            source.secondary("AWS::Lambda::Permission", properties)
        };
        let public = source.text("NONE");
        let public = permission("lambda:InvokeFunctionUrl", "FunctionUrlAuthType", public);
        output.push(&id("UrlPublicPermissions"), public);
        let invoked = source.json(&json!(true));
        let invoked = permission("lambda:InvokeFunction", "InvokedViaFunctionUrl", invoked);
        output.push(&id("URLInvokeAllowPublicAccess"), invoked);
    }
    Ok(())
}

/// Adds how asynchronous events of a function are run.
pub(super) fn expand_events(
    source: &Source<'_>,
    alias_id: Option<&str>,
    output: &mut Output,
) -> Result<(), TemplateError> {
    let Some(config) = source.property("EventInvokeConfig") else {
        return Ok(());
    };
    for side in SIDES {
        let side = config.get("DestinationConfig").and_then(|c| c.get(side));
        if let Some(side) = side.filter(|side| side.get("Destination").is_none()) {
            let message = "a destination without 'Destination' is not supported by Landline yet; make the queue or the topic and name it.";
            return Err(TemplateError::at(side.line, message));
        }
    }
    let given = config.get("DestinationConfig");
    let empty = Node::object(config.line);
    let mut properties = Node::object(config.line)
        .with("DestinationConfig", destinations(given.unwrap_or(&empty)))
        .with("FunctionName", source.json(&json!({"Ref": source.id})));
    for key in ["MaximumEventAgeInSeconds", "MaximumRetryAttempts"] {
        if let Some(node) = config.get(key) {
            properties = properties.with(key, node.clone());
        }
    }
    let alias = source
        .property("AutoPublishAlias")
        .filter(|_| alias_id.is_some());
    let alias = alias.and_then(|alias| source.resolved(alias));
    let qualifier = source.text(alias.as_deref().unwrap_or("$LATEST"));
    properties = properties.with("Qualifier", qualifier);
    let mut resource = source.secondary("AWS::Lambda::EventInvokeConfig", properties);
    if let Some(alias_id) = alias_id {
        resource = resource.with("DependsOn", source.json(&json!([alias_id])));
    }
    output.push(&format!("{}EventInvokeConfig", source.id), resource);
    Ok(())
}

/// What the destinations of asynchronous events make of the role.
pub(super) fn grants(source: &Source<'_>) -> Vec<Node> {
    let config = source.property("EventInvokeConfig");
    let destinations = config.and_then(|config| config.get("DestinationConfig"));
    let policies = SIDES.iter().filter_map(|side| {
        let owner = format!("{}EventInvokeConfig{side}", source.id);
        may_send(source, &owner, destinations?.get(side)?)
    });
    policies.collect()
}

const SIDES: [&str; 2] = ["OnSuccess", "OnFailure"];
