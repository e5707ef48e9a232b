//! Export of an HTTP API as an OpenAPI definition, of a stage or of what is written down now.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-export.html>.

use bytes::Bytes;
use landline_api::apigatewayv2::{
    Api, AuthorizationType, Authorizer, AuthorizerType, ConnectionType, Cors, Deployment,
    ExportApiInput, ExportApiOutput, Integration, Route, Stage,
};
use landline_store::Reader;
use landline_wire::timestamp::TimestampFormat;
use landline_wire::{ServiceError, Timestamp};
use serde_json::{Map, Value, json};

use super::members::DEFAULT_TIMEOUT_MILLIS;
use crate::deployment::frozen::{FROZEN, FrozenApi, HttpParts};
use crate::operations::openapi::write::yaml;
use crate::state::{self, ApiRecord, Failure, Resource as _, bad_request};

/// Whether API Gateway's own members are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extensions {
    Written,
    LeftOut,
}

/// The definition of an API, as it was asked for.
pub(in super::super) fn export(
    reader: &dyn Reader,
    record: &ApiRecord,
    input: &ExportApiInput,
) -> Result<ExportApiOutput, Failure> {
    let format = expect(input)?;
    let (parts, changed) = match &input.stage_name {
        Some(name) => deployed(reader, &input.api_id, name)?,
        None => latest(reader, &input.api_id, record)?,
    };
    let definition = Definition {
        record,
        parts: &parts,
        stage_name: input.stage_name.as_deref(),
        changed,
        extensions: match input.include_extensions {
            Some(false) => Extensions::LeftOut,
            _ => Extensions::Written,
        },
    };
    let document = definition.write();
    let text = match format {
        Format::Yaml => yaml(&document),
        Format::Json => serde_json::to_string_pretty(&document).unwrap_or_default(),
    };
    Ok(ExportApiOutput {
        body: Some(Bytes::from(text)),
    })
}

#[derive(Debug, Clone, Copy)]
enum Format {
    Json,
    Yaml,
}

fn expect(input: &ExportApiInput) -> Result<Format, ServiceError> {
    if input.specification != "OAS30" {
        return Err(bad_request(
            "Invalid specification. Only OAS30 is supported",
        ));
    }
    if !matches!(input.export_version.as_deref(), None | Some("" | "1.0")) {
        return Err(bad_request("Invalid export version. Only 1.0 is supported"));
    }
    match input.output_type.as_str() {
        "JSON" => Ok(Format::Json),
        "YAML" => Ok(Format::Yaml),
        _ => Err(bad_request(
            "Invalid output type. Must be one of [JSON, YAML]",
        )),
    }
}

/// What a stage serves, and since when it is so.
fn deployed(
    reader: &dyn Reader,
    api_id: &str,
    stage_name: &str,
) -> Result<(HttpParts, Option<Timestamp>), Failure> {
    let stage: Stage = state::find(reader, api_id, stage_name)?;
    let Some(id) = stage.deployment_id else {
        return Err(bad_request("The stage has no deployment").into());
    };
    let deployment: Deployment = state::find(reader, api_id, &id)?;
    let frozen = FROZEN.get_in(reader, &state::path(api_id, &id))?;
    let parts = frozen.map(FrozenApi::into_http_parts).unwrap_or_default();
    Ok((parts, deployment.created_date))
}

fn latest(
    reader: &dyn Reader,
    api_id: &str,
    record: &ApiRecord,
) -> Result<(HttpParts, Option<Timestamp>), Failure> {
    let parts = HttpParts {
        routes: state::list(reader, api_id)?,
        integrations: state::list(reader, api_id)?,
        authorizers: state::list(reader, api_id)?,
        cors: record.api.0.cors_configuration.clone(),
    };
    Ok((parts, record.api.0.created_date))
}

struct Definition<'a> {
    record: &'a ApiRecord,
    parts: &'a HttpParts,
    stage_name: Option<&'a str>,
    changed: Option<Timestamp>,
    extensions: Extensions,
}

impl Definition<'_> {
    fn write(&self) -> Value {
        let api = &self.record.api.0;
        let mut document = json!({ "openapi": "3.0.1", "info": self.info(api) });
        if let Some(stage_name) = self.stage_name {
            let id = api.api_id.as_deref().unwrap_or_default();
            let region = &self.record.region;
            let base = stage_name.trim_start_matches("$default");
            document["servers"] = json!([{
                "url": format!("https://{id}.execute-api.{region}.amazonaws.com/{{basePath}}"),
                "variables": { "basePath": { "default": base } },
            }]);
        }
        let tags = api.tags.iter().flatten();
        let tags: Vec<Value> = tags
            .map(|(name, value)| json!({ "name": name, "x-amazon-apigateway-tag-value": value }))
            .collect();
        if !tags.is_empty() && self.has_extensions() {
            document["tags"] = Value::Array(tags);
        }
        document["paths"] = Value::Object(self.paths());
        let schemes: Map<String, Value> = self
            .parts
            .authorizers
            .iter()
            .map(|it| (it.name.clone(), self.scheme(it)))
            .collect();
        if !schemes.is_empty() {
            document["components"] = json!({ "securitySchemes": schemes });
        }
        if self.has_extensions() {
            if let Some(it) = &self.parts.cors {
                document["x-amazon-apigateway-cors"] = cors(it);
            }
            document["x-amazon-apigateway-importexport-version"] = json!("1.0");
        }
        document
    }

    fn has_extensions(&self) -> bool {
        self.extensions == Extensions::Written
    }

    fn info(&self, api: &Api) -> Value {
        let mut info = json!({ "title": api.name });
        if let Some(description) = &api.description {
            info["description"] = json!(description);
        }
        // An API without a version shows when it changed: observed on AWS.
        let version = api.version.clone().unwrap_or_else(|| {
            let changed = self.changed.unwrap_or(Timestamp::from_millis(0));
            let date = changed
                .truncate_to_seconds()
                .format(TimestampFormat::Iso8601);
            date.replace('T', " ").replace('Z', "UTC")
        });
        info["version"] = json!(version);
        info
    }

    fn paths(&self) -> Map<String, Value> {
        let mut paths = Map::new();
        let mut routes: Vec<&Route> = self.parts.routes.iter().collect();
        routes.sort_by_key(|route| {
            route
                .route_key
                .split_once(' ')
                .map(|(method, path)| (path, method))
        });
        for route in routes {
            let (method, path) = route
                .route_key
                .split_once(' ')
                .unwrap_or(("ANY", "/$default"));
            let name = match method {
                "ANY" => "x-amazon-apigateway-any-method".to_owned(),
                method => method.to_ascii_lowercase(),
            };
            let item = paths.entry(path).or_insert_with(|| json!({}));
            item[name] = self.operation(route);
        }
        for (path, item) in &mut paths {
            let parameters: Vec<Value> = variables(path).map(parameter).collect();
            if !parameters.is_empty() {
                item["parameters"] = Value::Array(parameters);
            }
        }
        paths
    }

    fn operation(&self, route: &Route) -> Value {
        let mut operation = Map::new();
        let mut add = |name: &str, value: Value| operation.insert(name.to_owned(), value);
        if let Some(name) = &route.operation_name {
            add("operationId", json!(name));
        }
        let key = &route.route_key;
        if key == "$default" {
            add("isDefaultRoute", json!(true));
        }
        let description = format!("Default response for {key}");
        add(
            "responses",
            json!({ "default": { "description": description } }),
        );
        let authorizer = route.authorizer_id.as_deref();
        let mut authorizers = self.parts.authorizers.iter();
        if let Some(it) = authorizers.find(|it| authorizer == Some(it.id())) {
            let scopes = route.authorization_scopes.clone().unwrap_or_default();
            add("security", json!([{ it.name.clone(): scopes }]));
        }
        if !self.has_extensions() {
            return Value::Object(operation);
        }
        if route.authorization_type == Some(AuthorizationType::AwsIam) {
            add("x-amazon-apigateway-auth", json!({ "type": "AWS_IAM" }));
        }
        let target = route.target.as_deref().unwrap_or_default();
        let target = target.strip_prefix("integrations/");
        let mut integrations = self.parts.integrations.iter();
        if let Some(it) = integrations.find(|it| target == Some(it.id())) {
            add("x-amazon-apigateway-integration", integration(it));
        }
        Value::Object(operation)
    }

    fn scheme(&self, it: &Authorizer) -> Value {
        let sources = it.identity_source.iter().flatten();
        let mut scheme = if it.authorizer_type == Some(AuthorizerType::Jwt) {
            json!({ "type": "oauth2", "flows": {} })
        } else {
            let place = sources.clone().find_map(|it| place(it));
            let (place, name) = place.unwrap_or(("header", "Authorization"));
            json!({ "type": "apiKey", "name": name, "in": place })
        };
        if !self.has_extensions() {
            return scheme;
        }
        let sources: Vec<&str> = sources.map(String::as_str).collect();
        let kind = it.authorizer_type.as_ref().map_or("", |it| it.as_str());
        let described = json!({
            "identitySource": (!sources.is_empty()).then(|| sources.join(",")),
            "authorizerUri": it.authorizer_uri,
            "authorizerCredentials": it.authorizer_credentials_arn,
            "authorizerPayloadFormatVersion": it.authorizer_payload_format_version,
            "authorizerResultTtlInSeconds": it.authorizer_result_ttl_in_seconds,
            "jwtConfiguration": it.jwt_configuration.as_ref().map(|it| {
                json!({ "audience": it.audience, "issuer": it.issuer })
            }),
            "type": kind.to_ascii_lowercase(),
            "enableSimpleResponses": it.enable_simple_responses,
        });
        scheme["x-amazon-apigateway-authorizer"] = present(described);
        scheme
    }
}

/// `$request.header.Auth` as `header` and `Auth`.
fn place(source: &str) -> Option<(&'static str, &str)> {
    let name = source
        .strip_prefix("$request.header.")
        .map(|name| ("header", name));
    name.or_else(|| Some(("query", source.strip_prefix("$request.querystring.")?)))
}

fn integration(it: &Integration) -> Value {
    let kind = it.integration_type.as_ref().map_or("", |it| it.as_str());
    let tls = it.tls_config.as_ref();
    // What is left to the service is not written.
    let timeout = it
        .timeout_in_millis
        .filter(|millis| *millis != DEFAULT_TIMEOUT_MILLIS);
    present(json!({
        "connectionId": it.connection_id,
        "credentials": it.credentials_arn,
        "description": it.description,
        "responseParameters": it.response_parameters,
        "requestParameters": it.request_parameters,
        "payloadFormatVersion": it.payload_format_version,
        "type": kind.to_ascii_lowercase(),
        "integrationSubtype": it.integration_subtype,
        "httpMethod": it.integration_method,
        "uri": it.integration_uri,
        "connectionType": it.connection_type.as_ref().map(ConnectionType::as_str),
        "timeoutInMillis": timeout,
        "tlsConfig": tls.map(|it| json!({ "serverNameToVerify": it.server_name_to_verify })),
    }))
}

fn cors(it: &Cors) -> Value {
    present(json!({
        "allowMethods": it.allow_methods,
        "allowHeaders": it.allow_headers,
        "exposeHeaders": it.expose_headers,
        "maxAge": it.max_age,
        "allowCredentials": it.allow_credentials,
        "allowOrigins": it.allow_origins,
    }))
}

/// An object without the members that are null.
fn present(mut object: Value) -> Value {
    if let Value::Object(members) = &mut object {
        members.retain(|_, value| !value.is_null());
    }
    object
}

/// The variables of a path, a greedy one with its sign.
fn variables(path: &str) -> impl Iterator<Item = &str> {
    let parts = path.split('/');
    parts.filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

fn parameter(name: &str) -> Value {
    json!({
        "name": name, "in": "path", "description": format!("Generated path parameter for {name}"),
        "required": true, "schema": { "type": "string" },
    })
}
