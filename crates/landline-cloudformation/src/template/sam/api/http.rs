//! `AWS::Serverless::HttpApi`: an API with a definition, and a stage that follows it.

use serde_json::{Map as JsonMap, Value as Json, json};

use super::super::super::error::TemplateError;
use super::super::super::node::Node;
use super::super::checks::{self, tables};
use super::super::{Output, Source, domain};
use super::{
    ApiEvent, Kind, add_operation, begin, definition_location, is_managed, lowered, object,
};
use super::{authorizers, conditions};

pub(super) fn expand(
    source: &Source<'_>,
    events: &[&ApiEvent],
    output: &mut Output,
) -> Result<(), TemplateError> {
    checks::properties(source, &tables::HTTP_API, &[])?;
    checks::api::check(source, Kind::Http)?;
    let properties = if let Some(location) = definition_location(source)? {
        Node::object(source.line).with("BodyS3Location", location)
    } else {
        let body = source.json(&definition(source, events, output));
        Node::object(source.line).with("Body", body)
    };
    let properties = source.pass_through(
        properties,
        &[
            "Description",
            "DisableExecuteApiEndpoint",
            "FailOnWarnings",
            "Name",
        ],
    );
    output.push(
        source.id,
        source.primary("AWS::ApiGatewayV2::Api", properties),
    );
    let stage_name = source.property("StageName");
    let stage_name = stage_name
        .cloned()
        .unwrap_or_else(|| source.text("$default"));
    let stage_id = match stage_name.as_str() {
        Some("$default") => format!("{}ApiGatewayDefaultStage", source.id),
        Some(name) => format!("{}{}Stage", source.id, alphanumeric(name)),
        None => format!("{}Stage", source.id),
    };
    let mut stage = Node::object(source.line)
        .with("ApiId", source.json(&json!({ "Ref": source.id })))
        .with("StageName", stage_name)
        .with("Tags", source.json(&tags(source)))
        .with("AutoDeploy", source.json(&json!(true)));
    stage = source.pass_through(
        stage,
        &[
            "AccessLogSettings",
            "DefaultRouteSettings",
            "RouteSettings",
            "StageVariables",
        ],
    );
    output.push(
        &stage_id,
        source.secondary("AWS::ApiGatewayV2::Stage", stage),
    );
    output
        .references
        .insert(format!("{}.Stage", source.id), stage_id);
    domain::expand(source, "httpapi:createdBy", output)?;
    permit(events, output);
    let auth = source.property("Auth").map_or(Json::Null, Node::to_json);
    for (id, permission) in authorizers::permissions(source.id, &auth) {
        output.push(&id, source.json(&permission));
    }
    Ok(())
}

/// Lets the API invoke the functions of its routes.
fn permit(events: &[&ApiEvent], output: &mut Output) {
    for event in events {
        let tail = match (event.text("Path"), event.text("Method")) {
            (None, None) | (Some("/$default" | "$default"), _) => "$default".to_owned(),
            (path, _) => event.arn_tail(path.unwrap_or("/")),
        };
        let id = format!("{}{}Permission", event.function, event.event);
        output.push(&id, event.permission("${AWS::Partition}", &tail));
    }
}

fn alphanumeric(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect()
}

fn tags(source: &Source<'_>) -> Json {
    let own = source.property("Tags").map_or(json!({}), Node::to_json);
    let mut tags = JsonMap::new();
    tags.insert("httpapi:createdBy".to_owned(), json!("SAM"));
    tags.extend(own.as_object().cloned().unwrap_or_default());
    Json::Object(tags)
}

/// The definition: the owner's, with the routes of the events.
fn definition(source: &Source<'_>, events: &[&ApiEvent], output: &mut Output) -> Json {
    let mut body = begin(source, ("openapi", "3.0.1"));
    let auth = source.property("Auth").map_or(Json::Null, Node::to_json);
    let mut uses_iam = false;
    for event in events {
        let is_default = event.text("Path").is_none() && event.text("Method").is_none();
        let path = if is_default {
            "$default"
        } else {
            event.text("Path").unwrap_or("/")
        };
        let version = event.text("PayloadFormatVersion").unwrap_or("2.0");
        let mut integration = json!({
            "httpMethod": "POST",
            "type": "aws_proxy",
            "uri": event.integration_uri("${AWS::Partition}"),
            "payloadFormatVersion": version,
        });
        if let Some(timeout) = event.properties.get("TimeoutInMillis") {
            integration["timeoutInMillis"] = timeout.clone();
        }
        let mut operation = json!({
            "x-amazon-apigateway-integration": integration, "responses": {},
        });
        if is_default {
            operation["isDefaultRoute"] = json!(true);
        }
        uses_iam |= event.auth("Authorizer") == Some(&json!("AWS_IAM"));
        if let Some(security) = authorizers::security(event, &auth) {
            operation["security"] = security;
        }
        let item = object(object(&mut body, "paths"), path);
        add_operation(item, event.method(), event.conditional(operation));
    }
    if is_managed(source) {
        conditions::lay_over(source.id, events, object(&mut body, "paths"), output);
    }
    let mut auth = auth;
    if uses_iam {
        if !auth.is_object() {
            auth = json!({});
        }
        auth["EnableIamAuthorizer"] = json!(true);
    }
    for (name, scheme) in authorizers::schemes(Kind::Http, &auth) {
        let schemes = object(object(&mut body, "components"), "securitySchemes");
        schemes.insert(name, scheme);
    }
    if let Some(cors) = source.property("CorsConfiguration").map(Node::to_json) {
        let cors = match cors {
            Json::Bool(true) => json!({ "allowOrigins": ["*"] }),
            other => lowered(&other),
        };
        body.insert("x-amazon-apigateway-cors".to_owned(), cors);
    }
    let tags = tags(source);
    let tags = tags.as_object().into_iter().flatten();
    let tags: Vec<Json> = tags
        .map(|(name, value)| json!({ "name": name, "x-amazon-apigateway-tag-value": value }))
        .collect();
    body.insert("tags".to_owned(), Json::Array(tags));
    Json::Object(body)
}
