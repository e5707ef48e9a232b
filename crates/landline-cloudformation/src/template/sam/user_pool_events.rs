//! `Cognito` events: the function becomes a trigger of a user pool that the same template makes. The pool may come after
//! the function, so that its triggers are set when all resources are there.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-cognito.html>

use serde_json::json;

use super::super::error::TemplateError;
use super::super::node::Node;
use super::push_events::Event;
use super::{Output, refusals};

/// A function that a pool is to ask.
pub(super) struct Trigger {
    /// The logical id of the function, as errors name it.
    pub(super) function: String,
    event: String,
    line: u32,
    pool: String,
    names: Vec<String>,
    arn: Node,
}

/// Lets the pool call the function, and remembers which trigger that is for.
pub(super) fn trigger(event: &Event<'_>, output: &mut Output) -> Result<(), TemplateError> {
    let refuse = |message: &str| Err(refusals::event(event.line, event.name(), message));
    let pool = event.property("UserPool").and_then(Node::as_function);
    let Some(("Ref", pool)) = pool else {
        return refuse(NOT_HERE);
    };
    let Some(pool) = pool.as_str() else {
        return refuse("Ref in Userpool is not a string.");
    };
    let given = event.property("Trigger");
    if given.is_some_and(|it| it.as_str().is_none() && it.as_list().is_none()) {
        let message = "Type of property 'Trigger' is invalid.";
        return Err(TemplateError::at(event.line, message).in_resource(&event.id));
    }
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
        event: event.name().to_owned(),
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
    let refuse = |message: String| {
        let error = refusals::event(trigger.line, &trigger.event, &message);
        Err(error.in_resource(&trigger.function))
    };
    let of_pool =
        |message: &str| Err(TemplateError::at(trigger.line, message).in_resource(&trigger.pool));
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
        return of_pool("Attribute 'Properties' should be a map.");
    };
    if !properties.contains("LambdaConfig") {
        properties.set("LambdaConfig", Node::object(trigger.line));
    }
    let config = properties
        .get_mut("LambdaConfig")
        .and_then(Node::as_map_mut);
    let Some(config) = config else {
        return of_pool("Property 'LambdaConfig' should be a map.");
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
