//! `AWS::Serverless::HttpApi` and `AWS::Serverless::Api`, and the events of functions that make routes of them; events
//! that name no API make one of their own.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-httpapi.html>

mod authorizers;
mod conditions;
mod event;
mod http;
mod requests;
mod resource_policy;
mod rest;
mod usage_plan;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map as JsonMap, Value as Json, json};

use super::super::error::TemplateError;
use super::super::node::{Entry, Map, Node};
use super::checks::routes;
use super::function::location;
use super::globals::Globals;
use super::refusals::{Refusals, of_event};
use super::{Output, Source};
use event::Target;
pub(super) use event::{ApiEvent, Kind};

/// Takes the events that are routes away from the functions, which know nothing of them.
pub(super) fn take_events(
    root: &mut Node,
    aliases: &BTreeMap<String, String>,
) -> Result<Vec<ApiEvent>, Refusals> {
    let (mut taken, mut refusals) = (Vec::new(), Refusals::default());
    let resources = root.as_map_mut().and_then(|map| map.get_mut("Resources"));
    let Some(resources) = resources.and_then(Node::as_map_mut) else {
        return Ok(taken);
    };
    let types = types_of(resources);
    for entry in resources.iter_mut() {
        let resource_type = entry.node.get("Type").and_then(Node::as_str);
        let Some(target) = Target::of_type(resource_type) else {
            continue;
        };
        let condition = entry.node.get("Condition").cloned();
        let properties = entry
            .node
            .as_map_mut()
            .and_then(|map| map.get_mut("Properties"));
        let Some(properties) = properties.and_then(Node::as_map_mut) else {
            continue;
        };
        let Some(events) = properties.get_mut("Events").and_then(Node::as_map_mut) else {
            continue;
        };
        let mut names = Vec::new();
        for event in events.iter() {
            let event_type = event.node.get("Type").and_then(Node::as_str);
            let kind = event_type.and_then(Kind::of_event);
            let Some(kind) = kind.filter(|kind| target.has(*kind)) else {
                continue;
            };
            names.push(event.key.clone());
            let given = event
                .node
                .get("Properties")
                .map_or(json!({}), Node::to_json);
            let api = routes::shape(kind, &given).and_then(|()| api_of(kind, &given, &types));
            match api {
                Ok(api) => taken.push(ApiEvent {
                    function: entry.key.clone(),
                    alias: aliases.get(&entry.key).cloned(),
                    event: event.key.clone(),
                    line: event.line,
                    kind,
                    api,
                    properties: given,
                    condition: condition.clone(),
                    target,
                }),
                Err(message) => {
                    let message = of_event(&event.key, &message);
                    let error = TemplateError::at(event.line, message);
                    refusals.add(&entry.key, error.in_resource(&entry.key));
                }
            }
        }
        for name in names {
            events.remove(&name);
        }
        if events.is_empty() {
            properties.remove("Events");
        }
    }
    if refusals.is_empty() {
        return Ok(taken);
    }
    Err(refusals)
}

/// The types of resources, by logical id.
fn types_of(resources: &Map) -> BTreeMap<String, String> {
    let typed = |entry: &Entry| {
        let kind = entry.node.get("Type").and_then(Node::as_str)?;
        Some((entry.key.clone(), kind.to_owned()))
    };
    resources.iter().filter_map(typed).collect()
}

/// The logical id of the API that an event names, or of the one that it implies.
fn api_of(kind: Kind, given: &Json, types: &BTreeMap<String, String>) -> Result<String, String> {
    let reference = given.get(kind.reference()).filter(|it| !it.is_null());
    let id = match reference {
        None => return Ok(kind.implicit_id().to_owned()),
        Some(reference) => referenced(reference).unwrap_or_default(),
    };
    // A route of an HTTP API may name a REST API, but not the other way round.
    let is_wrong = kind == Kind::Rest && types.get(&id).is_some_and(|it| it == HTTP_API);
    if types.contains_key(&id) && !is_wrong {
        return Ok(id);
    }
    Err(format!(
        "{} must be a valid reference to an 'AWS::Serverless::{}' resource in same template.",
        kind.reference(),
        kind.sam_type()
    ))
}

const HTTP_API: &str = "AWS::Serverless::HttpApi";

/// The logical id in `{"Ref": id}`, or a plain one.
fn referenced(reference: &Json) -> Option<String> {
    let id = reference.get("Ref").unwrap_or(reference);
    id.as_str().map(str::to_owned)
}

/// Makes the resources of an API that the template has.
pub(super) fn expand(
    source: &Source<'_>,
    events: &[ApiEvent],
    output: &mut Output,
) -> Result<(), TemplateError> {
    let own: Vec<&ApiEvent> = events.iter().filter(|it| it.api == source.id).collect();
    let is_http = source.resource_type() == HTTP_API;
    if is_http {
        check_routes(source, Kind::Http, &own, output);
        http::expand(source, &own, output)
    } else {
        check_routes(source, Kind::Rest, &own, output);
        rest::expand(source, &own, output)
    }
}

/// Makes the APIs that events without one imply.
pub(super) fn expand_implicit(
    events: &[ApiEvent],
    globals: &Globals,
    parameters: &BTreeMap<String, String>,
    output: &mut Output,
) -> Result<(), TemplateError> {
    for kind in [Kind::Http, Kind::Rest] {
        let id = kind.implicit_id();
        let is_own = |event: &&ApiEvent| event.kind == kind && event.api == id;
        let own: Vec<&ApiEvent> = events.iter().filter(is_own).collect();
        let Some(first) = own.first() else { continue };
        let mut resource = json!({ "Type": format!("AWS::Serverless::{}", kind.sam_type()) });
        if let Some(condition) = conditions::any(&format!("{id}Condition"), &own, output) {
            resource["Condition"] = json!(condition);
        }
        let resource = Node::from_json(first.line, &resource);
        let Some(attributes) = resource.as_map() else {
            continue;
        };
        let mut properties = Node::object(first.line);
        if kind == Kind::Rest {
            properties = properties.with("StageName", Node::string(first.line, "Prod"));
        }
        let source = Source {
            id,
            line: first.line,
            attributes,
            properties: globals.merge_into(kind.sam_type(), properties, None),
            parameters,
        };
        check_routes(&source, kind, &own, output);
        match kind {
            Kind::Http => http::expand(&source, &own, output)?,
            Kind::Rest => rest::expand(&source, &own, output)?,
        }
    }
    Ok(())
}

/// Tells what is wrong with the routes of an API, by the functions that answer them.
fn check_routes(source: &Source<'_>, kind: Kind, events: &[&ApiEvent], output: &mut Output) {
    let merges = source.property("MergeDefinitions").is_some();
    let is_own = !is_managed(source);
    // The routes of a definition of one's own are those that it has.
    if is_own && kind == Kind::Rest && !merges || source.property("DefinitionUri").is_some() {
        return;
    }
    let mut known = BTreeSet::new();
    for event in events {
        let is_new = is_own || known.insert((event.path(), event.method()));
        let checked = if is_new {
            routes::check(event, kind, &source.properties)
        } else {
            Err(routes::taken(event))
        };
        if let Err(error) = checked {
            let error = match event.target {
                Target::Function => error.in_resource(&event.function),
                Target::StateMachine => error,
            };
            output.refusals.add(&event.function, error);
        }
    }
}

/// The definition that lies elsewhere, as the API that comes of it names it.
pub(super) fn definition_location(source: &Source<'_>) -> Result<Option<Node>, TemplateError> {
    let Some(uri) = source.property("DefinitionUri") else {
        return Ok(None);
    };
    if source.property("DefinitionBody").is_some() {
        let message = "Specify either 'DefinitionUri' or 'DefinitionBody' property and not both.";
        return Err(TemplateError::at(uri.line, message));
    }
    let object = location(uri, "DefinitionUri")?;
    let renamed = [
        ("S3Bucket", "Bucket"),
        ("S3Key", "Key"),
        ("S3ObjectVersion", "Version"),
    ];
    if object.as_map().is_none() {
        // A path of the author's machine.
        return Ok(Some(object));
    }
    let mut named = Node::object(uri.line);
    for (from, to) in renamed {
        if let Some(part) = object.get(from) {
            named = named.with(to, part.clone());
        }
    }
    Ok(Some(named))
}

/// Whether the definition of an API is SAM's own.
fn is_managed(source: &Source<'_>) -> bool {
    ["DefinitionBody", "DefinitionUri"]
        .iter()
        .all(|name| source.property(name).is_none())
}

/// The owner's definition, or an empty one.
fn begin(source: &Source<'_>, (member, version): (&str, &str)) -> JsonMap<String, Json> {
    let own = source.property("DefinitionBody").map(Node::to_json);
    if let Some(Json::Object(own)) = own {
        return own;
    }
    let title = match source.property("Name") {
        Some(name) => name.to_json(),
        None => json!({ "Ref": "AWS::StackName" }),
    };
    let empty = json!({
        "info": { "version": "1.0", "title": title }, "paths": {}, member: version,
    });
    empty.as_object().cloned().unwrap_or_default()
}

/// The object at `name`, made where it is not there.
fn object<'a>(map: &'a mut JsonMap<String, Json>, name: &str) -> &'a mut JsonMap<String, Json> {
    let entry = map.entry(name.to_owned()).or_insert_with(|| json!({}));
    if !entry.is_object() {
        *entry = json!({});
    }
    entry
        .as_object_mut()
        .expect("it was made an object just now")
}

/// Adds an operation to a path. One that the owner's definition has gets what it lacks; one that calls something stays
/// as it is.
fn add_operation(item: &mut JsonMap<String, Json>, method: String, operation: Json) {
    let known = item.entry(method).or_insert(Json::Null);
    let (Some(known), Json::Object(operation)) = (known.as_object_mut(), &operation) else {
        *known = operation;
        return;
    };
    if known.contains_key("x-amazon-apigateway-integration") {
        return;
    }
    for (name, value) in operation {
        known.entry(name.clone()).or_insert_with(|| value.clone());
    }
}

/// `{"AllowOrigins": …}` → `{"allowOrigins": …}`.
fn lowered(map: &Json) -> Json {
    let Json::Object(map) = map else {
        return map.clone();
    };
    let lowered = map.iter().map(|(name, value)| {
        let mut chars = name.chars();
        let first = chars.next().map(|first| first.to_ascii_lowercase());
        (first.into_iter().chain(chars).collect(), value.clone())
    });
    Json::Object(lowered.collect())
}
