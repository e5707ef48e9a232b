//! `Cognito` events: the function becomes a trigger of a user pool that the same template makes. The pool may come after
//! the function, so that its triggers are set when all resources are there.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-cognito.html>

use serde_json::json;

use super::super::error::TemplateError;
use super::super::node::Node;
use super::Output;
use super::push_events::Event;

/// A function that a pool is to ask.
pub(super) struct Trigger {
    /// The logical id of the function, as errors name it.
    pub(super) function: String,
    line: u32,
    pool: String,
    names: Vec<String>,
    arn: Node,
}

/// Lets the pool call the function, and remembers which trigger that is for.
pub(super) fn trigger(event: &Event<'_>, output: &mut Output) -> Result<(), TemplateError> {
    let refuse = |message: &str| Err(TemplateError::at(event.line, message.to_owned()));
    let pool = event.property("UserPool").and_then(Node::as_function);
    let Some(("Ref", pool)) = pool else {
        return refuse(NOT_HERE);
    };
    let Some(pool) = pool.as_str() else {
        return refuse("'Ref' value in Cognito events is not a valid string.");
    };
    let given = event.property("Trigger");
    let names: Vec<String> = match given.and_then(Node::as_list) {
        Some(list) => list
            .iter()
            .filter_map(Node::as_str)
            .map(str::to_owned)
            .collect(),
        None => given
            .and_then(Node::as_str)
            .map(str::to_owned)
            .into_iter()
            .collect(),
    };
    let id = format!("{}CognitoPermission", event.source.id);
    let is_new = output.resources.iter().all(|entry| entry.key != id);
    if is_new {
        let of = event.source.json(&json!({ "Fn::GetAtt": [pool, "Arn"] }));
        let properties = event
            .permission("cognito-idp.amazonaws.com")
            .with("SourceArn", of);
        let permission = event
            .source
            .secondary("AWS::Lambda::Permission", properties);
        output.push(&id, permission);
    }
    output.triggers.push(Trigger {
        function: event.source.id.to_owned(),
        line: event.line,
        pool: pool.to_owned(),
        names,
        arn: event.arn.clone(),
    });
    Ok(())
}

const NOT_HERE: &str =
    "Cognito events must reference a Cognito UserPool declared in the same template.";

/// Sets a trigger of a pool, which must be there and have none of that name yet.
pub(super) fn set(trigger: &Trigger, output: &mut Output) -> Result<(), TemplateError> {
    let refuse = |message: String| Err(TemplateError::at(trigger.line, message));
    let mut resources = output.resources.iter_mut();
    let found = resources.find(|entry| entry.key == trigger.pool);
    let pool = found.and_then(|entry| entry.node.as_map_mut());
    let pool =
        pool.filter(|it| it.get("Type").and_then(Node::as_str) == Some("AWS::Cognito::UserPool"));
    let Some(pool) = pool else {
        return refuse(NOT_HERE.to_owned());
    };
    if !pool.contains("Properties") {
        pool.set("Properties", Node::object(trigger.line));
    }
    let properties = pool.get_mut("Properties").and_then(Node::as_map_mut);
    let Some(properties) = properties else {
        return refuse("'Properties' must be a map.".to_owned());
    };
    if !properties.contains("LambdaConfig") {
        properties.set("LambdaConfig", Node::object(trigger.line));
    }
    let config = properties
        .get_mut("LambdaConfig")
        .and_then(Node::as_map_mut);
    let Some(config) = config else {
        return refuse("'LambdaConfig' must be a map.".to_owned());
    };
    for name in &trigger.names {
        if config.contains(name) {
            return refuse(format!(
                "Cognito trigger \"{name}\" defined multiple times."
            ));
        }
        config.set(name, trigger.arn.clone());
    }
    Ok(())
}
