//! `AWS::Serverless::HttpApi` and `AWS::Serverless::Api`, and the events of functions that make routes of them; events
//! that name no API make one of their own.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-httpapi.html>

mod authorizers;
mod http;
mod requests;
mod resource_policy;
mod rest;
mod usage_plan;

use std::collections::BTreeMap;

use serde_json::{Map as JsonMap, Value as Json, json};

use super::super::error::TemplateError;
use super::super::node::Node;
use super::function::location;
use super::globals::Globals;
use super::{Output, Source};

/// An event of a function that is a route.
pub(super) struct ApiEvent {
    function: String,
    /// The logical id of the function's alias, where it has one.
    alias: Option<String>,
    event: String,
    line: u32,
    kind: Kind,
    /// The logical id of its API; the implicit one where it names none.
    api: String,
    properties: Json,
    /// The condition of the function, which its permission has too.
    condition: Option<Node>,
    /// Who answers.
    target: Target,
}

/// Who answers a route.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    Function,
    StateMachine,
}

impl Target {
    fn of_type(resource_type: Option<&str>) -> Option<Self> {
        match resource_type? {
            "AWS::Serverless::Function" => Some(Self::Function),
            "AWS::Serverless::StateMachine" => Some(Self::StateMachine),
            _ => None,
        }
    }

    /// Only REST APIs start executions.
    fn has(self, kind: Kind) -> bool {
        self == Self::Function || kind == Kind::Rest
    }
}

/// The two kinds of APIs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Http,
    Rest,
}

impl Kind {
    fn of_event(event_type: &str) -> Option<Self> {
        match event_type {
            "HttpApi" => Some(Self::Http),
            "Api" => Some(Self::Rest),
            _ => None,
        }
    }

    fn implicit_id(self) -> &'static str {
        match self {
            Self::Http => "ServerlessHttpApi",
            Self::Rest => "ServerlessRestApi",
        }
    }

    /// The property of an event that names its API.
    fn reference(self) -> &'static str {
        match self {
            Self::Http => "ApiId",
            Self::Rest => "RestApiId",
        }
    }

    fn sam_type(self) -> &'static str {
        match self {
            Self::Http => "HttpApi",
            Self::Rest => "Api",
        }
    }
}

/// Takes the events that are routes away from the functions, which know nothing of them.
pub(super) fn take_events(
    root: &mut Node,
    aliases: &BTreeMap<String, String>,
) -> Result<Vec<ApiEvent>, TemplateError> {
    let mut taken = Vec::new();
    let resources = root.as_map_mut().and_then(|map| map.get_mut("Resources"));
    let Some(resources) = resources.and_then(Node::as_map_mut) else {
        return Ok(taken);
    };
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
            let given = event
                .node
                .get("Properties")
                .map_or(json!({}), Node::to_json);
            let api = match given.get(kind.reference()) {
                None | Some(Json::Null) => kind.implicit_id().to_owned(),
                Some(reference) => referenced(reference).ok_or_else(|| {
                    let message = format!(
                        "Event with id [{}] is invalid. {} must be a valid reference to an '{}' resource in same template.",
                        event.key,
                        kind.reference(),
                        kind.sam_type()
                    );
                    TemplateError::at(event.line, message)
                })?,
            };
            names.push(event.key.clone());
            taken.push(ApiEvent {
                function: entry.key.clone(),
                alias: aliases.get(&entry.key).cloned(),
                event: event.key.clone(),
                line: event.line,
                kind,
                api,
                properties: given,
                condition: condition.clone(),
                target,
            });
        }
        for name in names {
            events.remove(&name);
        }
        if events.is_empty() {
            properties.remove("Events");
        }
    }
    Ok(taken)
}

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
    let is_http = source.resource_type() == "AWS::Serverless::HttpApi";
    if is_http {
        http::expand(source, &own, output)
    } else {
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
        let resource = Node::from_json(
            first.line,
            &json!({ "Type": format!("AWS::Serverless::{}", kind.sam_type()) }),
        );
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
        match kind {
            Kind::Http => http::expand(&source, &own, output)?,
            Kind::Rest => rest::expand(&source, &own, output)?,
        }
    }
    Ok(())
}

impl ApiEvent {
    fn text(&self, name: &str) -> Option<&str> {
        self.properties.get(name).and_then(Json::as_str)
    }

    fn auth(&self, name: &str) -> Option<&Json> {
        self.properties
            .get("Auth")?
            .get(name)
            .filter(|it| !it.is_null())
    }

    /// The method as OpenAPI writes it.
    fn method(&self) -> String {
        let method = self.text("Method").unwrap_or("any").to_ascii_lowercase();
        match method.as_str() {
            "any" | "*" => "x-amazon-apigateway-any-method".to_owned(),
            _ => method,
        }
    }

    /// The method and the path in the ARN that the function's policy allows.
    fn arn_tail(&self, path: &str) -> String {
        let method = self.method();
        let method = match method.as_str() {
            "x-amazon-apigateway-any-method" => "*".to_owned(),
            method => method.to_ascii_uppercase(),
        };
        let mut tail = String::new();
        for (index, part) in path.split('{').enumerate() {
            match part.split_once('}') {
                Some((_, rest)) if index > 0 => tail.extend(["*", rest]),
                _ => tail.push_str(part),
            }
        }
        format!("{method}{tail}")
    }

    fn integration_uri(&self, partition: &str) -> Json {
        // An alias is known by its ARN.
        let called = match &self.alias {
            Some(alias) => alias.clone(),
            None => format!("{}.Arn", self.function),
        };
        json!({ "Fn::Sub": format!(
            "arn:{partition}:apigateway:${{AWS::Region}}:lambda:path/2015-03-31/functions/${{{called}}}/invocations",
        ) })
    }

    /// Calls the function, or starts an execution.
    fn operation(&self) -> Json {
        if self.target == Target::Function {
            return json!({
                "x-amazon-apigateway-integration": {
                    "httpMethod": "POST", "type": "aws_proxy", "uri": self.integration_uri("aws"),
                },
                "responses": {},
            });
        }
        let machine = &self.function;
        let template = format!(
            "{{\"input\": \"$util.escapeJavaScript($input.json('$'))\", \"stateMachineArn\": \"${{{machine}}}\"}}"
        );
        json!({
            "x-amazon-apigateway-integration": {
                "httpMethod": "POST", "type": "aws",
                "uri": { "Fn::Sub": "arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartExecution" },
                "credentials": { "Fn::GetAtt": [self.role_id(), "Arn"] },
                "requestTemplates": { "application/json": { "Fn::Sub": template } },
                "responses": { "200": { "statusCode": "200" }, "400": { "statusCode": "400" } },
            },
            "responses": { "200": { "description": "OK" }, "400": { "description": "Bad Request" } },
        })
    }

    fn role_id(&self) -> String {
        format!("{}{}Role", self.function, self.event)
    }

    /// The role by which the API starts executions.
    fn role(&self) -> Node {
        let properties = json!({
            "AssumeRolePolicyDocument": {
                "Version": "2012-10-17",
                "Statement": [{"Action": ["sts:AssumeRole"], "Effect": "Allow", "Principal": {"Service": ["apigateway.amazonaws.com"]}}],
            },
            "Policies": [{
                "PolicyName": format!("{}StartExecutionPolicy", self.role_id()),
                "PolicyDocument": { "Statement": [{
                    "Action": "states:StartExecution", "Effect": "Allow", "Resource": { "Ref": self.function },
                }] },
            }],
        });
        let resource = json!({ "Type": "AWS::IAM::Role", "Properties": properties });
        let node = Node::from_json(self.line, &resource);
        match &self.condition {
            Some(condition) => node.with("Condition", condition.clone()),
            None => node,
        }
    }

    /// Lets the API invoke the function.
    fn permission(&self, partition: &str, tail: &str) -> Node {
        let properties = json!({
            "Action": "lambda:InvokeFunction",
            "FunctionName": { "Ref": self.alias.as_ref().unwrap_or(&self.function) },
            "Principal": "apigateway.amazonaws.com",
            "SourceArn": { "Fn::Sub": [
                format!("arn:{partition}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{__ApiId__}}/${{__Stage__}}/{tail}"),
                { "__ApiId__": { "Ref": self.api }, "__Stage__": "*" },
            ] },
        });
        let resource = json!({ "Type": "AWS::Lambda::Permission", "Properties": properties });
        let node = Node::from_json(self.line, &resource);
        match &self.condition {
            Some(condition) => node.with("Condition", condition.clone()),
            None => node,
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
