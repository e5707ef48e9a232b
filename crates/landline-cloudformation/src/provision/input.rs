//! Properties → the input of an operation. A property has the name that its member has in SDKs, and CloudFormation takes
//! `"30"` for 30 and `true` for `"true"`, so every scalar is given as text whose type the member decides.

use std::borrow::Cow;
use std::collections::BTreeMap;

use landline_wire::shape::{Decoder, Naming, Node, Structure};
use landline_wire::{Caller, Dispatcher, Operation};
use serde_json::{Map, Value as Json};

use crate::provider::{ProvisionError, ResourceRequest};
use crate::template::is_known;

/// The input of an operation from properties and from what is said beside them. Properties that the operation does not
/// know are left out: a create has members that its update has not.
pub(super) fn input<T: Structure>(
    properties: &Json,
    more: &[(&str, &str)],
) -> Result<T, ProvisionError> {
    let (input, violations) = decode(properties, more)?;
    refuse(&violations)?;
    Ok(input)
}

/// Refuses the properties that no input of the operation can have, as far as they are known by now.
pub(super) fn check<Op: Operation>(
    properties: &Json,
    more: &[(&str, &str)],
) -> Result<(), ProvisionError> {
    if is_known(properties) {
        return input::<Op::Input>(properties, more).map(|_| ());
    }
    let (_, mut violations) = decode::<Op::Input>(&known(properties), more)?;
    // What is left out here will be there.
    violations.retain(|violation| !violation.ends_with("must not be null"));
    refuse(&violations)
}

/// The input, and what it breaks of the model's constraints.
fn decode<T: Structure>(
    properties: &Json,
    more: &[(&str, &str)],
) -> Result<(T, Vec<String>), ProvisionError> {
    let mut node = to_node(properties);
    if let Node::Map(members) = &mut node {
        let more = more.iter();
        members.extend(more.map(|(name, text)| ((*name).into(), Node::Text((*text).into()))));
    }
    let mut decoder = Decoder::new(Naming::Sdk);
    let input = T::decode(node, &mut decoder).map_err(|error| {
        let path = error.path.replace('.', "/");
        ProvisionError::new(format!(
            "Properties validation failed: #/{path}: {}",
            error.message
        ))
    })?;
    let violations = decoder.violations().iter().map(ToString::to_string);
    Ok((input, violations.collect()))
}

fn refuse(violations: &[String]) -> Result<(), ProvisionError> {
    if violations.is_empty() {
        return Ok(());
    }
    let violations = violations.join("; ");
    Err(ProvisionError::new(format!(
        "Properties validation failed: {violations}"
    )))
}

/// The values without those that are only known later; a list with one of them is left out as a whole.
fn known(value: &Json) -> Json {
    let is_open = |field: &Json| match field {
        Json::String(_) => !is_known(field),
        Json::Array(items) => items.iter().any(|item| item.is_string() && !is_known(item)),
        _ => false,
    };
    match value {
        Json::Array(items) => items.iter().map(known).collect(),
        Json::Object(fields) => {
            let kept = fields.iter().filter(|(_, field)| !is_open(field));
            Json::Object(
                kept.map(|(key, field)| (key.clone(), known(field)))
                    .collect(),
            )
        }
        _ => value.clone(),
    }
}

fn to_node(value: &Json) -> Node<'_> {
    match value {
        Json::Null => Node::Null,
        Json::Bool(flag) => Node::Text(Cow::Borrowed(if *flag { "true" } else { "false" })),
        Json::Number(number) => Node::Text(Cow::Owned(number.to_string())),
        Json::String(text) => Node::Text(Cow::Borrowed(text)),
        Json::Array(items) => Node::List(items.iter().map(to_node).collect()),
        Json::Object(fields) => Node::Map(
            fields
                .iter()
                .map(|(key, value)| (Cow::Borrowed(key.as_str()), to_node(value)))
                .collect(),
        ),
    }
}

/// Calls an operation with input made of properties.
pub(super) async fn call<Op: Operation>(
    dispatcher: &Dispatcher,
    properties: &Json,
    more: &[(&str, &str)],
    caller: &Caller,
) -> Result<Op::Output, ProvisionError> {
    let input = input::<Op::Input>(properties, more)?;
    Ok(dispatcher.call::<Op>(input, caller).await?)
}

/// Calls a deletion; what is gone already is deleted.
pub(super) async fn delete<Op: Operation>(
    dispatcher: &Dispatcher,
    properties: &Json,
    more: &[(&str, &str)],
    caller: &Caller,
) -> Result<(), ProvisionError> {
    let input = input::<Op::Input>(properties, more)?;
    match dispatcher.call::<Op>(input, caller).await {
        Err(error) if !GONE.contains(&error.code.as_ref()) => Err(error.into()),
        _ => Ok(()),
    }
}

/// What the services say of a thing that is not there.
const GONE: [&str; 3] = [
    "NotFoundException",
    "ResourceNotFoundException",
    "NoSuchEntity",
];

/// The properties of a changed resource, with the value that means nothing for those that the template no longer has:
/// an update leaves alone what it does not name.
pub(super) fn with_removed(
    request: &ResourceRequest,
    before: &Json,
    cleared: &[(&str, Json)],
) -> Json {
    let mut properties = request.properties.clone();
    if let Json::Object(fields) = &mut properties {
        for (key, nothing) in cleared {
            if before.get(key).is_some() && !fields.contains_key(*key) {
                fields.insert((*key).to_owned(), nothing.clone());
            }
        }
    }
    properties
}

/// Adds the entries that a map of texts no longer has, empty: API Gateway merges such a map into what it knows, and an
/// empty text takes an entry away.
pub(super) fn remove_entries(properties: &mut Json, before: &Json, map: &str) {
    let Some(Json::Object(before)) = before.get(map) else {
        return;
    };
    let Some(Json::Object(after)) = properties.get_mut(map) else {
        return;
    };
    for key in before.keys() {
        after
            .entry(key)
            .or_insert_with(|| Json::String(String::new()));
    }
}

/// The id that API Gateway will draw for what a request makes.
pub(super) fn drawn_id(request: &ResourceRequest, length: usize) -> String {
    request.caller.new_ids().resource_id(length)
}

/// The name that the template gives, or the one that was made up for it.
pub(super) fn name(request: &ResourceRequest, property: &str) -> String {
    text(&request.properties, property).unwrap_or_else(|| request.physical_name.clone())
}

/// A property that has to be text by now.
pub(super) fn text(properties: &Json, property: &str) -> Option<String> {
    match properties.get(property)? {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Whether a flag is set; it may be written as text.
pub(super) fn is_true(properties: &Json, property: &str) -> bool {
    match properties.get(property) {
        Some(Json::Bool(flag)) => *flag,
        Some(Json::String(text)) => text.eq_ignore_ascii_case("true"),
        _ => false,
    }
}

/// The ARN of a log group as API Gateway takes it: `Fn::GetAtt` ends it with `:*`, which CloudFormation takes off.
pub(super) fn log_group(arn: &str) -> &str {
    arn.strip_suffix(":*").unwrap_or(arn)
}

/// Tags in a map, from CloudFormation's list of keys and values.
pub(super) fn tags(properties: &Json) -> BTreeMap<String, String> {
    given_tags(properties).collect()
}

/// Tags as most services take them: a map of a JSON document, in the order of the template.
pub(super) fn tag_map(properties: &Json) -> Map<String, Json> {
    let tags = given_tags(properties);
    tags.map(|(key, value)| (key, Json::String(value)))
        .collect()
}

/// The keys of tags that a change takes away, and all tags where it gives any.
pub(super) fn changed_tags(
    before: &Map<String, Json>,
    after: &Map<String, Json>,
) -> (Vec<String>, Map<String, Json>) {
    let removed = before.keys().filter(|key| !after.contains_key(*key));
    let given = if before == after {
        Map::new()
    } else {
        after.clone()
    };
    (removed.cloned().collect(), given)
}

fn given_tags(properties: &Json) -> impl Iterator<Item = (String, String)> {
    let tags = properties.get("Tags").and_then(Json::as_array);
    let tags = tags.into_iter().flatten();
    tags.filter_map(|tag| Some((text(tag, "Key")?, text(tag, "Value")?)))
}

/// A document that may be written as text or as a tree.
pub(in crate::provision) fn document(value: &Json) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
