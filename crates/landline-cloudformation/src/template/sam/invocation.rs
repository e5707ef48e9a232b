//! How a function is called: `FunctionUrlConfig` and `EventInvokeConfig`.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-functionurlconfig.html>

use serde_json::json;

use super::super::error::TemplateError;
use super::super::node::Node;
use super::{Output, Source, destinations};

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
    let mut properties = Node::object(config.line)
        .with("DestinationConfig", destinations::expand(source, output)?)
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
