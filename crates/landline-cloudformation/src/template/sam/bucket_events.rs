//! `S3` events: the bucket of the same template tells the function. The bucket may come after the function, so that what
//! it tells is set when all resources are there.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-s3.html>

use serde_json::json;

use super::super::error::TemplateError;
use super::super::node::{Map, Node};
use super::push_events::Event;
use super::{Output, refusals};

/// A function that a bucket is to tell.
pub(super) struct Notification {
    /// The logical id of the function, as errors name it.
    pub(super) function: String,
    event: String,
    line: u32,
    bucket: String,
    /// What is told, one for each type of event.
    configurations: Vec<Node>,
    /// The logical id of the permission without which S3 refuses the configuration.
    permission: String,
    condition: Option<Node>,
}

/// Lets the bucket call the function, and remembers what it is to tell.
pub(super) fn notification(event: &Event<'_>, output: &mut Output) -> Result<(), TemplateError> {
    let refuse = |message: &str| Err(refusals::event(event.line, event.name(), message));
    let bucket = event.property("Bucket").and_then(Node::as_function);
    let Some(("Ref", bucket)) = bucket else {
        return refuse(NOT_HERE);
    };
    let Some(bucket) = bucket.as_str() else {
        return refuse("'Ref' value in S3 events is not a valid string.");
    };
    let account = event.source.json(&json!({ "Ref": "AWS::AccountId" }));
    let permission = event
        .permission("s3.amazonaws.com")
        .with("SourceAccount", account);
    event.push(output, "Permission", "AWS::Lambda::Permission", permission);
    let condition = event.source.attributes.get("Condition");
    let given = event.property("Events");
    let types = given.map(|node| node.as_list().unwrap_or(std::slice::from_ref(node)));
    let configuration = |kind: &Node| {
        let configuration = Node::object(event.line)
            .with("Event", kind.clone())
            .with("Function", event.arn.clone());
        let configuration = event.pass(configuration, &[("Filter", "Filter")]);
        match condition {
            Some(condition) => when(condition, configuration, &json!({ "Ref": "AWS::NoValue" })),
            None => configuration,
        }
    };
    output.notifications.push(Notification {
        function: event.source.id.to_owned(),
        event: event.name().to_owned(),
        line: event.line,
        bucket: bucket.to_owned(),
        configurations: types.into_iter().flatten().map(configuration).collect(),
        permission: format!("{}Permission", event.id),
        condition: condition.cloned(),
    });
    Ok(())
}

const NOT_HERE: &str = "S3 events must reference an S3 bucket in the same template.";

/// Sets what a bucket tells, beside what it tells already.
pub(super) fn set(notification: &Notification, output: &mut Output) -> Result<(), TemplateError> {
    let line = notification.line;
    let refuse =
        |message: &str| Err(TemplateError::at(line, message).in_resource(&notification.bucket));
    let mut resources = output.resources.iter_mut();
    let found = resources.find(|entry| entry.key == notification.bucket);
    let Some(bucket) = found.and_then(|entry| entry.node.as_map_mut()) else {
        let error = refusals::event(line, &notification.event, NOT_HERE);
        return Err(error.in_resource(&notification.function));
    };
    let waits = bucket.get("DependsOn").filter(|it| !it.is_null());
    if waits.is_some_and(|it| it.as_str().is_none() && it.as_list().is_none()) {
        return refuse("Invalid type for field 'DependsOn'. Expected a string or list of strings.");
    }
    if notification.condition.is_none() {
        wait_for(bucket, &notification.permission, line);
    }
    let Some(properties) = map_at(bucket, "Properties", line) else {
        return refuse("Properties should be a map.");
    };
    if let Some(condition) = &notification.condition {
        let tag = waiting_tag(condition, &notification.permission);
        let Some(()) = append(properties, "Tags", vec![tag], line) else {
            return refuse("Property 'Tags' should be a list.");
        };
    }
    let Some(config) = map_at(properties, "NotificationConfiguration", line) else {
        return refuse("Property 'NotificationConfiguration' should be a map.");
    };
    let mut configurations = notification.configurations.clone();
    if let Some(known) = config.get("LambdaConfigurations").and_then(Node::as_list) {
        configurations.retain(|one| known.iter().all(|known| known.to_json() != one.to_json()));
    }
    match append(config, "LambdaConfigurations", configurations, line) {
        Some(()) => Ok(()),
        None => refuse("Invalid type for LambdaConfigurations. Must be a list."),
    }
}

/// S3 asks whether it may call the function when it is told to: the permission has to be there.
fn wait_for(bucket: &mut Map, permission: &str, line: u32) {
    let mut waits = match bucket.get("DependsOn") {
        Some(node) => node
            .as_list()
            .unwrap_or(std::slice::from_ref(node))
            .to_vec(),
        None => Vec::new(),
    };
    if waits.iter().all(|known| known.as_str() != Some(permission)) {
        waits.push(Node::string(line, permission));
    }
    bucket.set("DependsOn", Node::list(line, waits));
}

/// A bucket cannot depend on what may not be there; a tag that refers to it if it is has the same effect.
fn waiting_tag(condition: &Node, permission: &str) -> Node {
    let line = condition.line;
    let reference = Node::from_json(line, &json!({ "Ref": permission }));
    let key = format!("sam:ConditionalDependsOn:{permission}");
    Node::object(line)
        .with("Key", Node::string(line, key))
        .with("Value", when(condition, reference, &json!("no dependency")))
}

fn when(condition: &Node, then: Node, otherwise: &serde_json::Value) -> Node {
    let otherwise = Node::from_json(condition.line, otherwise);
    let branches = vec![condition.clone(), then, otherwise];
    Node::object(condition.line).with("Fn::If", Node::list(condition.line, branches))
}

/// The map under a key, made where there is none.
fn map_at<'a>(map: &'a mut Map, key: &str, line: u32) -> Option<&'a mut Map> {
    if map.get(key).is_none_or(Node::is_null) {
        map.set(key, Node::object(line));
    }
    map.get_mut(key)?.as_map_mut()
}

/// Adds to the list under a key; none when something else is there.
fn append(map: &mut Map, key: &str, mut more: Vec<Node>, line: u32) -> Option<()> {
    let mut list = match map.get(key).filter(|node| !node.is_null()) {
        Some(node) => node.as_list()?.to_vec(),
        None => Vec::new(),
    };
    list.append(&mut more);
    map.set(key, Node::list(line, list));
    Some(())
}
