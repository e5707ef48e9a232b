//! `AWS::Serverless::Connector`, and the `Connectors` of a resource: one resource may read or write another, or call it.
//! They are looked at last, when all that they may name has its final type.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-connector.html>

mod profiles;

use std::collections::BTreeMap;

use serde_json::{Map as JsonMap, Value as Json, json};

use super::super::error::TemplateError;
use super::super::node::{Entry, Node};
use super::Output;
use profiles::{Grant, Profile};

/// A connector as a template has it.
pub(super) struct Connector {
    pub(super) id: String,
    pub(super) line: u32,
    /// Attributes that what is made for it has too.
    attributes: JsonMap<String, Json>,
    source: Json,
    destinations: Destinations,
    permissions: Vec<String>,
}

enum Destinations {
    One(Json),
    /// Each is numbered.
    Many(Vec<Json>),
}

/// The connectors that a resource is or has.
pub(super) fn take(entry: &Entry) -> Result<Vec<Connector>, TemplateError> {
    let resource = &entry.node;
    let resource_type = resource.get("Type").and_then(Node::as_str);
    if resource_type == Some("AWS::Serverless::Connector") {
        let source = property(resource, "Source", entry.line)?;
        return Ok(vec![read(&entry.key, entry, source)?]);
    }
    let mut connectors = Vec::new();
    for own in resource
        .get("Connectors")
        .and_then(Node::as_map)
        .into_iter()
        .flatten()
    {
        let mut source = json!({ "Id": entry.key });
        let reference = own
            .node
            .get("Properties")
            .and_then(|it| it.get("SourceReference"));
        if let (Some(Json::Object(more)), Some(source)) =
            (reference.map(Node::to_json), source.as_object_mut())
        {
            source.extend(more);
        }
        connectors.push(read(&format!("{}{}", entry.key, own.key), own, source)?);
    }
    Ok(connectors)
}

fn property(resource: &Node, name: &str, line: u32) -> Result<Json, TemplateError> {
    let value = resource.get("Properties").and_then(|it| it.get(name));
    let missing = || TemplateError::at(line, format!("Missing required property '{name}'."));
    value.map(Node::to_json).ok_or_else(missing)
}

fn read(id: &str, entry: &Entry, source: Json) -> Result<Connector, TemplateError> {
    let destinations = match property(&entry.node, "Destination", entry.line)? {
        Json::Array(many) => Destinations::Many(many),
        one => Destinations::One(one),
    };
    let permissions = property(&entry.node, "Permissions", entry.line)?;
    let permissions = permissions.as_array().into_iter().flatten();
    let mut attributes = JsonMap::new();
    for name in [
        "Condition",
        "DependsOn",
        "DeletionPolicy",
        "UpdateReplacePolicy",
    ] {
        let attribute = entry.node.get(name).map(Node::to_json);
        attributes.extend(attribute.map(|it| (name.to_owned(), it)));
    }
    Ok(Connector {
        id: id.to_owned(),
        line: entry.line,
        attributes,
        source,
        destinations,
        permissions: permissions
            .filter_map(|it| it.as_str().map(str::to_owned))
            .collect(),
    })
}

/// Makes what a connector grants. `original` are the types that the template itself gives its resources.
pub(super) fn expand(
    connector: &Connector,
    original: &BTreeMap<String, String>,
    output: &mut Output,
) -> Result<(), TemplateError> {
    let (destinations, numbered) = match &connector.destinations {
        Destinations::One(one) => (std::slice::from_ref(one), false),
        Destinations::Many(many) => (many.as_slice(), true),
    };
    let refused = |text: String| TemplateError::at(connector.line, text);
    if destinations.is_empty() {
        return Err(refused("'Destination' is an empty list".to_owned()));
    }
    for (index, destination) in destinations.iter().enumerate() {
        let source = End::read(&connector.source, output).map_err(refused)?;
        let destination = End::read(destination, output).map_err(refused)?;
        let suffix = if numbered {
            format!("Destination{index}")
        } else {
            String::new()
        };
        connect(connector, &source, &destination, &suffix, original, output).map_err(refused)?;
    }
    Ok(())
}

fn connect(
    connector: &Connector,
    source: &End,
    destination: &End,
    suffix: &str,
    original: &BTreeMap<String, String>,
    output: &mut Output,
) -> Result<(), String> {
    let (from, to) = (&source.resource_type, &destination.resource_type);
    let profile = profiles::find(from, to).ok_or_else(|| {
        format!("Unable to create connector from {from} to {to}; it's not supported or the template is invalid.")
    })?;
    connector.check_permissions(&profile, from, to)?;
    let wanted = profile.categories.iter();
    let wanted = wanted.filter(|(name, _)| connector.permissions.iter().any(|it| it == name));
    let types = json!({ connector.id.clone(): {
        "Source": { "Type": source.original_type(original) },
        "Destination": { "Type": destination.original_type(original) },
    } });
    let mut made: Vec<(String, &str, Json)> = Vec::new();
    if profile.grant == Grant::Invocation {
        let arn = destination.arn.as_ref();
        let arn = arn.ok_or("Unable to get Lambda function ARN from 'Destination' resource.")?;
        for (name, members) in wanted {
            let mut properties = replace(members, source, destination)?;
            properties["FunctionName"] = arn.clone();
            let id = format!("{}{name}LambdaPermission{suffix}", connector.id);
            made.push((id, "AWS::Lambda::Permission", properties));
        }
    } else {
        let statements = wanted.filter_map(|(_, statements)| statements.as_array());
        let statements: Vec<Json> = statements.flatten().cloned().collect();
        let statements = replace(&Json::Array(statements), source, destination)?;
        let document = json!({ "Version": "2012-10-17", "Statement": statements });
        let (kind, resource_type, holder) = holder(profile.grant, source, destination)?;
        let mut properties = json!({ "PolicyDocument": document });
        properties[holder.0] = json!([holder.1]);
        let id = format!("{}{kind}{suffix}", connector.id);
        made.push((id, resource_type, properties));
    }
    for (id, resource_type, properties) in made {
        let mut resource = json!({
            "Type": resource_type,
            "Metadata": { "aws:sam:connectors": types.clone() },
            "Properties": properties,
        });
        if let Some(resource) = resource.as_object_mut() {
            resource.extend(connector.attributes.clone());
        }
        if profile.grant == Grant::DestinationRole {
            let_mapping_wait(output, source, destination, &id);
        }
        output.push(&id, Node::from_json(connector.line, &resource));
        let made = output.connected.entry(connector.id.clone());
        made.or_default().push(id);
    }
    Ok(())
}

/// Lets what waits for a connector wait for what was made for it.
pub(super) fn replace_waits(output: &mut Output) {
    let connected = std::mem::take(&mut output.connected);
    for entry in &mut output.resources {
        let Some(attributes) = entry.node.as_map_mut() else {
            continue;
        };
        let Some(waits) = attributes.get("DependsOn") else {
            continue;
        };
        let line = waits.line;
        let waits = waits.as_list().unwrap_or(std::slice::from_ref(waits));
        let is_connector = |it: &Node| it.as_str().is_some_and(|id| connected.contains_key(id));
        if !waits.iter().any(is_connector) {
            continue;
        }
        let replaced = waits.iter().flat_map(|it| {
            let made = it.as_str().and_then(|id| connected.get(id));
            match made {
                Some(made) => made.iter().map(|id| Node::string(line, id)).collect(),
                None => vec![it.clone()],
            }
        });
        let replaced = replaced.collect();
        attributes.set("DependsOn", Node::list(line, replaced));
    }
}

/// The kind of policy, its type, and the property that names whose it is.
fn holder(
    grant: Grant,
    source: &End,
    destination: &End,
) -> Result<(&'static str, &'static str, (&'static str, Json)), String> {
    let role = |end: &End, side: &str| {
        let missing = || format!("Unable to get IAM role name from '{side}' resource.");
        end.role.clone().ok_or_else(missing)
    };
    let managed = "AWS::IAM::ManagedPolicy";
    Ok(match grant {
        Grant::SourceRole => ("Policy", managed, ("Roles", role(source, "Source")?)),
        Grant::DestinationRole => (
            "Policy",
            managed,
            ("Roles", role(destination, "Destination")?),
        ),
        Grant::Queue => {
            let url = destination.url.clone();
            let url = url.ok_or("Unable to get SQS queue URL from 'Destination' resource.")?;
            ("QueuePolicy", "AWS::SQS::QueuePolicy", ("Queues", url))
        }
        Grant::Topic | Grant::Invocation => {
            let arn = destination.arn.clone();
            let arn = arn.ok_or("Unable to get SNS topic ARN from 'Destination' resource.")?;
            ("TopicPolicy", "AWS::SNS::TopicPolicy", ("Topics", arn))
        }
    })
}

impl Connector {
    fn check_permissions(&self, profile: &Profile, from: &str, to: &str) -> Result<(), String> {
        let valid: Vec<&str> = profile.categories.iter().map(|(name, _)| *name).collect();
        let valid = valid.join(", ");
        if self.permissions.is_empty() {
            return Err(format!(
                "'Permissions' cannot be empty; valid values are: {valid}."
            ));
        }
        let known = |name: &String| profile.categories.iter().any(|(it, _)| it == name);
        if !self.permissions.iter().all(known) {
            return Err(format!(
                "Unsupported 'Permissions' provided for connector from {from} to {to}; valid values are: {valid}."
            ));
        }
        match profile.together {
            Some(all)
                if !all
                    .iter()
                    .all(|it| self.permissions.iter().any(|own| own == it)) =>
            {
                Err(format!(
                    "Unsupported 'Permissions' provided for connector from {from} to {to}; valid combinations are: {}.",
                    all.join(" + ")
                ))
            }
            _ => Ok(()),
        }
    }
}

/// One end of a connector: a resource of the template, or one that is described.
struct End {
    id: Option<String>,
    resource_type: String,
    arn: Option<Json>,
    role: Option<Json>,
    url: Option<Json>,
    resource_id: Option<Json>,
    qualifier: Option<Json>,
}

impl End {
    fn read(reference: &Json, output: &Output) -> Result<Self, String> {
        let given = |name: &str| reference.get(name).cloned();
        let Some(id) = given("Id") else {
            let resource_type = given("Type").and_then(|it| it.as_str().map(str::to_owned));
            return Ok(Self {
                id: None,
                resource_type: resource_type.ok_or("'Type' is missing or not a string.")?,
                arn: given("Arn"),
                role: given("RoleName"),
                url: given("QueueUrl"),
                resource_id: given("ResourceId"),
                qualifier: given("Qualifier"),
            });
        };
        let id = id.as_str().ok_or("'Id' is missing or not a string.")?;
        let mut resources = output.resources.iter();
        let found = resources.find(|entry| entry.key == id);
        let found =
            found.ok_or_else(|| format!("Unable to find resource with logical ID '{id}'."))?;
        let resource_type = found.node.get("Type").and_then(Node::as_str);
        let resource_type = resource_type.ok_or("'Type' is missing or not a string.")?;
        let arn = match resource_type {
            "AWS::SNS::Topic" => json!({ "Ref": id }),
            _ => json!({ "Fn::GetAtt": [id, "Arn"] }),
        };
        let role = found.node.get("Properties").and_then(|it| it.get("Role"));
        let is_api =
            ["AWS::ApiGatewayV2::Api", "AWS::ApiGateway::RestApi"].contains(&resource_type);
        Ok(Self {
            id: Some(id.to_owned()),
            resource_type: resource_type.to_owned(),
            arn: Some(arn),
            role: role.and_then(|role| Some(json!({ "Ref": named_by(&role.to_json())? }))),
            url: Some(json!({ "Ref": id })),
            resource_id: is_api.then(|| json!({ "Ref": id })),
            // By default the whole API.
            qualifier: given("Qualifier").or_else(|| is_api.then(|| json!("*"))),
        })
    }

    fn original_type<'a>(&'a self, original: &'a BTreeMap<String, String>) -> &'a str {
        let known = self.id.as_ref().and_then(|id| original.get(id));
        known.unwrap_or(&self.resource_type)
    }
}

/// The resource that `Ref` or `Fn::GetAtt` names.
fn named_by(function: &Json) -> Option<String> {
    let id = function
        .get("Ref")
        .or_else(|| function.get("Fn::GetAtt")?.get(0));
    id?.as_str().map(str::to_owned)
}

/// A mapping can be made when its function may read: not before it has the policy.
fn let_mapping_wait(output: &mut Output, source: &End, destination: &End, policy: &str) {
    let is_between = |entry: &&mut Entry| {
        let named = |property: &str| {
            let value = entry.node.get("Properties")?.get(property)?;
            named_by(&value.to_json())
        };
        entry.node.get("Type").and_then(Node::as_str) == Some("AWS::Lambda::EventSourceMapping")
            && named("FunctionName") == destination.id
            && named("EventSourceArn") == source.id
    };
    let mut mappings = output.resources.iter_mut().filter(is_between);
    let (Some(mapping), None) = (mappings.next(), mappings.next()) else {
        return;
    };
    let mut waits = match mapping.node.get("DependsOn").map(Node::to_json) {
        Some(Json::Array(list)) => list,
        Some(one) => vec![one],
        None => Vec::new(),
    };
    waits.push(json!(policy));
    let line = mapping.line;
    if let Some(map) = mapping.node.as_map_mut() {
        map.set("DependsOn", Node::from_json(line, &Json::Array(waits)));
    }
}

/// Puts the ends of a connector in the place of what a profile calls them.
fn replace(value: &Json, source: &End, destination: &End) -> Result<Json, String> {
    Ok(match value {
        Json::Array(items) => {
            let items = items.iter().map(|it| replace(it, source, destination));
            Json::Array(items.collect::<Result<_, _>>()?)
        }
        Json::Object(fields) => {
            let mut replaced = JsonMap::new();
            for (key, field) in fields {
                replaced.insert(key.clone(), replace(field, source, destination)?);
            }
            Json::Object(replaced)
        }
        Json::String(text) => replace_text(text, source, destination)?,
        other => other.clone(),
    })
}

fn replace_text(text: &str, source: &End, destination: &End) -> Result<Json, String> {
    let known = [
        ("Source.Arn", &source.arn),
        ("Destination.Arn", &destination.arn),
        ("Source.ResourceId", &source.resource_id),
        ("Source.Qualifier", &source.qualifier),
    ];
    let (mut text, mut variables) = (text.to_owned(), JsonMap::new());
    for (name, value) in known {
        let pattern = format!("%{{{name}}}");
        if !text.contains(&pattern) {
            continue;
        }
        let value = value.clone().ok_or_else(|| format!("{name} is missing."))?;
        if text == pattern {
            return Ok(value);
        }
        let variable = name.replace('.', "");
        text = text.replace(&pattern, &format!("${{{variable}}}"));
        variables.insert(variable, value);
    }
    Ok(if !variables.is_empty() {
        json!({ "Fn::Sub": [text, variables] })
    } else if text.contains("${") {
        json!({ "Fn::Sub": text })
    } else {
        Json::String(text)
    })
}

#[cfg(test)]
mod tests;
