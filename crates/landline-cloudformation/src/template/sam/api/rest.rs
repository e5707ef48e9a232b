//! `AWS::Serverless::Api`: a REST API with a definition, a deployment and a stage.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-api.html>

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde_json::{Map as JsonMap, Value as Json, json};

use super::super::super::error::TemplateError;
use super::super::super::node::Node;
use super::super::checks::{self, tables};
use super::super::domain;
use super::super::{Output, Source, tag_list};
use super::{
    ApiEvent, Kind, Target, add_operation, begin, definition_location, is_managed, object,
};
use super::{authorizers, conditions, requests, resource_policy, usage_plan};

pub(super) fn expand(
    source: &Source<'_>,
    events: &[&ApiEvent],
    output: &mut Output,
) -> Result<(), TemplateError> {
    checks::properties(source, &tables::API, &[])?;
    checks::api::check(source, Kind::Rest)?;
    let Some(stage_name) = source.property("StageName").cloned() else {
        return Err(TemplateError::at(
            source.line,
            "Missing required property 'StageName'.",
        ));
    };
    let (property, body) = match definition_location(source)? {
        Some(location) => ("BodyS3Location", location),
        None => ("Body", source.json(&definition(source, events, output))),
    };
    let fingerprint = fingerprint(&body);
    let properties = Node::object(source.line).with(property, body);
    let properties = api_properties(source, properties);
    output.push(
        source.id,
        source.primary("AWS::ApiGateway::RestApi", properties),
    );
    let deployment_id = format!("{}Deployment{}", source.id, &fingerprint[..10]);
    let mut deployment = json!({
        "Description": format!("RestApi deployment id: {fingerprint}"),
        "RestApiId": { "Ref": source.id },
    });
    // Old APIs have a second stage of this name; who names the version of OpenAPI has none.
    if source.property("OpenApiVersion").is_none() {
        deployment["StageName"] = json!("Stage");
    }
    let deployment = source.secondary("AWS::ApiGateway::Deployment", source.json(&deployment));
    output.push(&deployment_id, deployment);
    let name: String = stage_name.as_str().unwrap_or_default().to_owned();
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let stage_id = format!("{}{plain}Stage", source.id);
    let stage = stage_properties(source, &deployment_id, stage_name);
    output.push(&stage_id, source.secondary("AWS::ApiGateway::Stage", stage));
    output
        .references
        .insert(format!("{}.Stage", source.id), stage_id.clone());
    output
        .references
        .insert(format!("{}.Deployment", source.id), deployment_id);
    domain::rest::expand(source, &stage_id, output)?;
    for event in events {
        if event.target == Target::StateMachine {
            output.push(&event.role_id(), event.role());
            continue;
        }
        let tail = event.arn_tail(event.text("Path").unwrap_or("/"));
        let id = format!("{}{}Permission{plain}", event.function, event.event);
        output.push(&id, event.permission("aws", &tail));
    }
    let auth = source.property("Auth").map_or(Json::Null, Node::to_json);
    for (id, permission) in authorizers::permissions(source.id, &auth) {
        output.push(&id, source.json(&permission));
    }
    usage_plan::expand(source, &auth, &stage_id, output)
}

fn stage_properties(source: &Source<'_>, deployment_id: &str, name: Node) -> Node {
    let mut stage = Node::object(source.line)
        .with(
            "DeploymentId",
            source.json(&json!({ "Ref": deployment_id })),
        )
        .with("RestApiId", source.json(&json!({ "Ref": source.id })))
        .with("StageName", name);
    if source.property("Tags").is_some() {
        stage = stage.with("Tags", tag_list(source, ""));
    }
    source.pass_through(
        stage,
        &[
            "AccessLogSetting",
            "CacheClusterEnabled",
            "CacheClusterSize",
            "CanarySetting",
            "MethodSettings",
            "TracingEnabled",
            "Variables",
        ],
    )
}

/// Tells a definition from another one.
fn fingerprint(definition: &Node) -> String {
    let mut hasher = DefaultHasher::new();
    definition.to_json().to_string().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

fn api_properties(source: &Source<'_>, mut properties: Node) -> Node {
    if let Some(endpoint) = source.property("EndpointConfiguration").map(Node::to_json) {
        // A type alone, or one with the endpoints of a VPC.
        let kind = endpoint.get("Type").unwrap_or(&endpoint).clone();
        let endpoint = source.json(&json!({ "Types": [kind] }));
        properties = properties.with("EndpointConfiguration", endpoint);
    }
    if let Some(types) = source.property("BinaryMediaTypes").map(Node::to_json) {
        // SAM writes slashes as `~1`.
        let slashed = |it: &Json| {
            let text = it.as_str().map(|it| json!(it.replace("~1", "/")));
            text.unwrap_or_else(|| it.clone())
        };
        let types: Vec<Json> = types
            .as_array()
            .into_iter()
            .flatten()
            .map(slashed)
            .collect();
        properties = properties.with("BinaryMediaTypes", source.json(&Json::Array(types)));
    }
    source.pass_through(
        properties,
        &[
            "ApiKeySourceType",
            "Description",
            "DisableExecuteApiEndpoint",
            "EndpointAccessMode",
            "FailOnWarnings",
            "MinimumCompressionSize",
            "Mode",
            "Name",
            "Policy",
            "SecurityPolicy",
        ],
    )
}

/// The definition: the owner's, with the routes of the events.
fn definition(source: &Source<'_>, events: &[&ApiEvent], output: &mut Output) -> Json {
    let mut body = begin(source, ("swagger", "2.0"));
    let mut auth = source.property("Auth").map_or(json!({}), Node::to_json);
    let wants_key = auth.get("ApiKeyRequired") == Some(&json!(true));
    let mut uses_keys = wants_key;
    for event in events {
        let mut operation = event.operation();
        if event.auth("Authorizer") == Some(&json!("AWS_IAM")) {
            auth["EnableIamAuthorizer"] = json!(true);
        }
        let mut security = authorizers::security(event, &auth);
        let own_key = event.auth("ApiKeyRequired").and_then(Json::as_bool);
        if own_key.unwrap_or(wants_key) {
            uses_keys = true;
            let list = security.get_or_insert_with(|| json!([]));
            if let Some(list) = list.as_array_mut() {
                list.push(json!({ "api_key": [] }));
            }
        }
        if let Some(security) = security {
            operation["security"] = security;
        }
        requests::add_demands(event, &mut body, &mut operation);
        let path = event.text("Path").unwrap_or("/");
        let item = object(object(&mut body, "paths"), path);
        add_operation(item, event.method(), event.conditional(operation));
    }
    if let Some(cors) = source.property("Cors").map(Node::to_json) {
        add_preflights(object(&mut body, "paths"), &cors);
    }
    if is_managed(source) {
        conditions::lay_over(source.id, events, object(&mut body, "paths"), output);
    }
    let mut schemes = authorizers::schemes(Kind::Rest, &auth);
    if uses_keys {
        let key = json!({ "type": "apiKey", "name": "x-api-key", "in": "header" });
        schemes.push(("api_key".to_owned(), key));
    }
    for (name, scheme) in schemes {
        object(&mut body, "securityDefinitions").insert(name, scheme);
    }
    if let Some(models) = source.property("Models") {
        requests::add_models(&mut body, &models.to_json());
    }
    let stage = source
        .property("StageName")
        .map_or(Json::Null, Node::to_json);
    if let Some(policy) = resource_policy::of(&auth, events, &stage) {
        body.insert("x-amazon-apigateway-policy".to_owned(), policy);
    }
    let responses = source.property("GatewayResponses").map(Node::to_json);
    for (kind, it) in responses
        .as_ref()
        .and_then(Json::as_object)
        .into_iter()
        .flatten()
    {
        let described = object(&mut body, "x-amazon-apigateway-gateway-responses");
        described.insert(kind.clone(), gateway_response(it));
    }
    Json::Object(body)
}

fn gateway_response(it: &Json) -> Json {
    let mut response = json!({});
    if let Some(status) = it.get("StatusCode") {
        response["statusCode"] = status.clone();
    }
    if let Some(templates) = it.get("ResponseTemplates") {
        response["responseTemplates"] = templates.clone();
    }
    let headers = it
        .get("ResponseParameters")
        .and_then(|it| it.get("Headers"));
    for (name, value) in headers.and_then(Json::as_object).into_iter().flatten() {
        response["responseParameters"][format!("gatewayresponse.header.{name}")] = value.clone();
    }
    response
}

/// A mock for every path that answers browsers from other origins.
fn add_preflights(paths: &mut JsonMap<String, Json>, cors: &Json) {
    let setting = |name: &str| cors.get(name).filter(|it| !it.is_null()).cloned();
    let is_function = cors
        .as_object()
        .is_some_and(|it| it.keys().all(|key| key.starts_with("Fn::") || key == "Ref"));
    let origin = if cors.is_string() || is_function {
        Some(cors.clone())
    } else {
        setting("AllowOrigin")
    };
    for (_, item) in paths.iter_mut() {
        let Some(item) = item.as_object_mut() else {
            continue;
        };
        let mut parameters = JsonMap::new();
        let mut add = |name: &str, value: Option<Json>| {
            if let Some(value) = value {
                parameters.insert(
                    format!("method.response.header.Access-Control-{name}"),
                    value,
                );
            }
        };
        add("Allow-Headers", setting("AllowHeaders"));
        add("Allow-Origin", origin.clone());
        let methods = setting("AllowMethods").unwrap_or_else(|| json!(methods(item)));
        add("Allow-Methods", Some(methods));
        add("Max-Age", setting("MaxAge"));
        if setting("AllowCredentials") == Some(json!(true)) {
            add("Allow-Credentials", Some(json!("'true'")));
        }
        let header = |name: &String| {
            name.strip_prefix("method.response.header.")
                .map(str::to_owned)
        };
        let headers = parameters.keys().filter_map(header);
        let headers: JsonMap<String, Json> = headers
            .map(|name| (name, json!({ "type": "string" })))
            .collect();
        let options = json!({
            "summary": "CORS support",
            "consumes": ["application/json"],
            "produces": ["application/json"],
            "x-amazon-apigateway-integration": {
                "type": "mock",
                "requestTemplates": { "application/json": "{\n  \"statusCode\" : 200\n}\n" },
                "responses": { "default": {
                    "statusCode": "200",
                    "responseTemplates": { "application/json": "{}\n" },
                    "responseParameters": parameters,
                } },
            },
            "responses": { "200": {
                "description": "Default response for CORS method",
                "headers": headers,
            } },
        });
        item.entry("options").or_insert(options);
    }
}

/// The methods of a path, as a header lists them.
fn methods(item: &JsonMap<String, Json>) -> String {
    if item.contains_key("x-amazon-apigateway-any-method") {
        return "'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT'".to_owned();
    }
    let mut methods: Vec<String> = item.keys().map(|it| it.to_ascii_uppercase()).collect();
    methods.push("OPTIONS".to_owned());
    methods.sort();
    methods.dedup();
    format!("'{}'", methods.join(","))
}
