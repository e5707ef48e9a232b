//! Export of what a stage of a REST API serves, as an OpenAPI definition of version 2 (`swagger`) or 3 (`oas30`).
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-export-api.html>.

mod security;

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use landline_api::apigateway::{
    ConnectionType, GetExport, GetExportInput, GetExportOutput, Integration, Method,
    PutMethodResponseOutput, Resource,
};
use landline_wire::protocol::json;
use landline_wire::shape::{Naming, Structure};
use landline_wire::timestamp::TimestampFormat;
use landline_wire::{Caller, Handler, ServiceError};
use serde_json::{Map, Value, json};

use super::super::super::ApiGateway;
use super::super::super::openapi::write::yaml;
use super::methods::DEFAULT_TIMEOUT_MILLIS;
use super::missing;
use crate::state::rest::{REST_DEPLOYMENTS, REST_FROZEN, RestRecord, rest_api, rest_stage};
use crate::state::{Failure, Stored, bad_request, path};

impl Handler<GetExport> for ApiGateway {
    async fn handle(
        &self,
        input: GetExportInput,
        _: &Caller,
    ) -> Result<GetExportOutput, ServiceError> {
        let dialect = match input.export_type.as_str() {
            "swagger" => Dialect::Swagger,
            "oas30" => Dialect::OpenApi,
            other => {
                return Err(bad_request(format!("Unsupported export type '{other}'")));
            }
        };
        let (id, stage_name) = (&input.rest_api_id, &input.stage_name);
        let (record, version) = self.read_usage(|reader| {
            rest_api(reader, id)?;
            let stage = rest_stage(reader, id, stage_name)?;
            let deployment = stage.deployment_id.unwrap_or_default();
            let place = path(id, &deployment);
            let frozen = REST_FROZEN.get_in(reader, &place)?;
            let frozen = frozen.ok_or_else(|| Failure::from(missing("Deployment")))?;
            let made = REST_DEPLOYMENTS.get_in(reader, &place)?;
            let made = made.and_then(|Stored(it)| it.created_date);
            let made = made.map(|it| it.format(TimestampFormat::Iso8601));
            Ok((frozen, made.unwrap_or_default()))
        })?;
        let wanted = input.parameters.unwrap_or_default();
        let export = Export {
            dialect,
            record: &record,
            stage_name,
            version: record.api.0.version.clone().unwrap_or(version.clone()),
            extensions: Extensions::read(wanted.get("extensions").map(String::as_str))?,
        };
        let document = export.write(id);
        let (text, end) = match input.accepts.as_deref() {
            None | Some("application/json" | "*/*" | "") => (
                serde_json::to_string_pretty(&document).unwrap_or_default(),
                "json",
            ),
            Some("application/yaml") => (yaml(&document), "yaml"),
            Some(other) => {
                return Err(bad_request(format!(
                    "Unsupported Accept header '{other}': it must be application/json or application/yaml"
                )));
            }
        };
        let name = &input.export_type;
        Ok(GetExportOutput {
            content_type: Some("application/octet-stream".to_owned()),
            content_disposition: Some(format!("attachment; filename=\"{name}_{version}.{end}\"")),
            body: Some(Bytes::from(text)),
        })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Dialect {
    Swagger,
    OpenApi,
}

/// Which of API Gateway's own members are written.
#[derive(Clone, Copy, Default)]
struct Extensions {
    integrations: Written,
    authorizers: Written,
    /// Everything else that API Gateway knows.
    others: Written,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Written {
    Yes,
    #[default]
    No,
}

impl Extensions {
    fn read(text: Option<&str>) -> Result<Self, ServiceError> {
        let mut extensions = Self::default();
        let names = text.unwrap_or_default().split(',').map(str::trim);
        for name in names.filter(|name| !name.is_empty()) {
            match name {
                "integrations" => extensions.integrations = Written::Yes,
                "authorizers" => extensions.authorizers = Written::Yes,
                "apigateway" => {
                    extensions = Self {
                        integrations: Written::Yes,
                        authorizers: Written::Yes,
                        others: Written::Yes,
                    };
                }
                // What is documented is not laid over what is defined.
                "documentation" => {}
                other => {
                    return Err(bad_request(format!("Unsupported extension '{other}'")));
                }
            }
        }
        Ok(extensions)
    }
}

struct Export<'a> {
    dialect: Dialect,
    record: &'a RestRecord,
    stage_name: &'a str,
    version: String,
    extensions: Extensions,
}

impl Export<'_> {
    fn write(&self, id: &str) -> Value {
        let Stored(api) = &self.record.api;
        let mut info = json!({ "title": api.name, "version": self.version });
        if let Some(description) = &api.description {
            info["description"] = json!(description);
        }
        let host = format!("{id}.execute-api.{}.amazonaws.com", self.record.region);
        let stage = self.stage_name;
        let mut document = match self.dialect {
            Dialect::Swagger => json!({
                "swagger": "2.0", "info": info, "host": host, "basePath": format!("/{stage}"),
                "schemes": ["https"],
            }),
            Dialect::OpenApi => json!({
                "openapi": "3.0.1", "info": info,
                "servers": [{
                    "url": format!("https://{host}/{{basePath}}"),
                    "variables": { "basePath": { "default": stage } },
                }],
            }),
        };
        document["paths"] = Value::Object(self.paths());
        let (schemas, schemes) = (self.schemas(), self.schemes());
        match self.dialect {
            Dialect::Swagger => {
                if !schemes.is_empty() {
                    document["securityDefinitions"] = Value::Object(schemes);
                }
                document["definitions"] = Value::Object(schemas);
            }
            Dialect::OpenApi => {
                document["components"] = json!({ "schemas": schemas });
                if !schemes.is_empty() {
                    document["components"]["securitySchemes"] = Value::Object(schemes);
                }
            }
        }
        if self.extensions.others == Written::Yes {
            self.add_others(&mut document);
        }
        document
    }

    /// What is neither of a method nor of an authorizer.
    fn add_others(&self, document: &mut Value) {
        let Stored(api) = &self.record.api;
        let responses = self.record.gateway_responses.iter();
        let responses: Map<String, Value> = responses
            .map(|(kind, Stored(it))| {
                let mut members = members(it);
                members.remove("responseType");
                members.remove("defaultResponse");
                (kind.clone(), Value::Object(members))
            })
            .collect();
        if !responses.is_empty() {
            document["x-amazon-apigateway-gateway-responses"] = Value::Object(responses);
        }
        let validators = self.record.validators.values();
        let validators: Map<String, Value> = validators
            .map(|Stored(it)| {
                let mut members = members(it);
                members.remove("id");
                let name = members.remove("name");
                let name = name.and_then(|it| it.as_str().map(str::to_owned));
                (name.unwrap_or_default(), Value::Object(members))
            })
            .collect();
        if !validators.is_empty() {
            document["x-amazon-apigateway-request-validators"] = Value::Object(validators);
        }
        if let Some(types) = api.binary_media_types.as_ref().filter(|it| !it.is_empty()) {
            document["x-amazon-apigateway-binary-media-types"] = json!(types);
        }
        let policy = api.policy.as_deref();
        if let Some(policy) = policy.and_then(|it| serde_json::from_str::<Value>(it).ok()) {
            document["x-amazon-apigateway-policy"] = policy;
        }
    }

    fn paths(&self) -> Map<String, Value> {
        let mut paths = BTreeMap::new();
        for Stored(resource) in self.record.resources.values() {
            let methods = resource.resource_methods.iter().flatten();
            let item: Map<String, Value> = methods
                .map(|(name, method)| {
                    let name = match name.as_str() {
                        "ANY" => "x-amazon-apigateway-any-method".to_owned(),
                        name => name.to_ascii_lowercase(),
                    };
                    (name, self.operation(resource, method))
                })
                .collect();
            if !item.is_empty() {
                let path = resource.path.clone().unwrap_or_default();
                paths.insert(path, Value::Object(item));
            }
        }
        paths.into_iter().collect()
    }

    fn operation(&self, resource: &Resource, method: &Method) -> Value {
        let mut operation = Map::new();
        if let Some(name) = &method.operation_name {
            operation.insert("operationId".to_owned(), json!(name));
        }
        let mut parameters = self.parameters(resource, method);
        match self.dialect {
            Dialect::Swagger => {
                for (name, types) in [
                    ("consumes", consumed(method)),
                    ("produces", produced(method)),
                ] {
                    if !types.is_empty() {
                        operation.insert(name.to_owned(), json!(types));
                    }
                }
                for name in method.request_models.iter().flatten().map(|(_, name)| name) {
                    parameters.push(json!({
                        "in": "body", "name": name, "required": true, "schema": self.model(name),
                    }));
                }
            }
            Dialect::OpenApi => {
                let models = method.request_models.iter().flatten();
                let content = self.content(models);
                if !content.is_empty() {
                    let body = json!({ "content": content, "required": true });
                    operation.insert("requestBody".to_owned(), body);
                }
            }
        }
        if !parameters.is_empty() {
            operation.insert("parameters".to_owned(), Value::Array(parameters));
        }
        let responses = method.method_responses.iter().flatten();
        let responses: Map<String, Value> = responses
            .map(|(status, it)| (status.clone(), self.response(status, it)))
            .collect();
        operation.insert("responses".to_owned(), Value::Object(responses));
        if let Some(security) = self.security(method) {
            operation.insert("security".to_owned(), security);
        }
        let validator = method.request_validator_id.as_deref();
        let validator = validator.and_then(|id| self.record.validators.get(id));
        if let (Some(Stored(validator)), Written::Yes) = (validator, self.extensions.others) {
            let name = "x-amazon-apigateway-request-validator".to_owned();
            operation.insert(name, json!(validator.name));
        }
        if let (Some(it), Written::Yes) = (&method.method_integration, self.extensions.integrations)
        {
            let name = "x-amazon-apigateway-integration".to_owned();
            operation.insert(name, integration(it));
        }
        Value::Object(operation)
    }

    /// The parameters that a method names, and the variables of its path.
    fn parameters(&self, resource: &Resource, method: &Method) -> Vec<Value> {
        let mut named: BTreeMap<(String, String), bool> = BTreeMap::new();
        for part in resource.path.as_deref().unwrap_or_default().split('/') {
            let name = part.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
            if let Some(name) = name {
                let name = name.trim_end_matches('+').to_owned();
                named.insert(("path".to_owned(), name), true);
            }
        }
        for (place, is_required) in method.request_parameters.iter().flatten() {
            let place = place.trim_start_matches("method.request.");
            let Some((place, name)) = place.split_once('.') else {
                continue;
            };
            let place = if place == "querystring" {
                "query"
            } else {
                place
            };
            let is_required = *is_required || place == "path";
            named.insert((place.to_owned(), name.to_owned()), is_required);
        }
        let write = |((place, name), is_required): ((String, String), bool)| {
            let mut parameter = json!({ "name": name, "in": place });
            match self.dialect {
                Dialect::Swagger => {
                    parameter["required"] = json!(is_required);
                    parameter["type"] = json!("string");
                }
                // What is the default is not written in version 3: observed on AWS.
                Dialect::OpenApi => {
                    if is_required {
                        parameter["required"] = json!(true);
                    }
                    parameter["schema"] = json!({ "type": "string" });
                }
            }
            parameter
        };
        named.into_iter().map(write).collect()
    }

    fn response(&self, status: &str, it: &PutMethodResponseOutput) -> Value {
        let mut response = json!({ "description": format!("{status} response") });
        let headers = it.response_parameters.iter().flatten();
        let headers = headers.filter_map(|(name, _)| name.strip_prefix("method.response.header."));
        let of_text = match self.dialect {
            Dialect::Swagger => json!({ "type": "string" }),
            Dialect::OpenApi => json!({ "schema": { "type": "string" } }),
        };
        let headers: Map<String, Value> = headers
            .map(|name| (name.to_owned(), of_text.clone()))
            .collect();
        if !headers.is_empty() {
            response["headers"] = Value::Object(headers);
        }
        let mut models = it.response_models.iter().flatten();
        match self.dialect {
            Dialect::Swagger => {
                if let Some((_, name)) = models.next() {
                    response["schema"] = self.model(name);
                }
            }
            Dialect::OpenApi => {
                response["content"] = Value::Object(self.content(models));
            }
        }
        response
    }

    fn content<'a>(
        &self,
        models: impl Iterator<Item = (&'a String, &'a String)>,
    ) -> Map<String, Value> {
        let schema = |(media_type, name): (&String, &String)| {
            (media_type.clone(), json!({ "schema": self.model(name) }))
        };
        models.map(schema).collect()
    }

    fn model(&self, name: &str) -> Value {
        json!({ "$ref": format!("{}{name}", self.models_at()) })
    }

    fn models_at(&self) -> &'static str {
        match self.dialect {
            Dialect::Swagger => "#/definitions/",
            Dialect::OpenApi => "#/components/schemas/",
        }
    }

    fn schemas(&self) -> Map<String, Value> {
        let models = self.record.models.iter().filter_map(|(name, Stored(it))| {
            let schema = serde_json::from_str(it.schema.as_deref()?).ok()?;
            Some((name.clone(), local(schema, self.models_at())))
        });
        models.collect()
    }
}

/// A shape as the wire names its members, without those that are null.
fn members<T: Structure>(shape: &T) -> Map<String, Value> {
    let bytes = json::to_vec(shape, Naming::Wire);
    let mut members: Map<String, Value> = serde_json::from_slice(&bytes).unwrap_or_default();
    members.retain(|_, value| !value.is_null());
    members
}

/// The media types that a method reads: those of its models and its templates.
fn consumed(method: &Method) -> BTreeSet<&String> {
    let models = method.request_models.iter().flatten();
    let templates = method.method_integration.iter();
    let templates = templates.flat_map(|it| it.request_templates.iter().flatten());
    models.chain(templates).map(|(name, _)| name).collect()
}

/// The media types that it writes.
fn produced(method: &Method) -> BTreeSet<&String> {
    let responses = method.method_responses.iter().flatten();
    let models = responses.flat_map(|(_, it)| it.response_models.iter().flatten());
    let integration = method.method_integration.iter();
    let responses = integration.flat_map(|it| it.integration_responses.iter().flatten());
    let templates = responses.flat_map(|(_, it)| it.response_templates.iter().flatten());
    models.chain(templates).map(|(name, _)| name).collect()
}

/// An integration in the words of the extension, in which responses go by their patterns.
fn integration(it: &Integration) -> Value {
    let mut written = members(it);
    let responses = written.remove("integrationResponses");
    for member in ["cacheNamespace", "cacheKeyParameters"] {
        let is_empty = |value: &Value| value.as_array().is_some_and(Vec::is_empty);
        if member == "cacheNamespace" || written.get(member).is_some_and(is_empty) {
            written.remove(member);
        }
    }
    // What is left to the service is not written.
    let is_default = |value: &Value| value.as_i64() == Some(i64::from(DEFAULT_TIMEOUT_MILLIS));
    if written.get("timeoutInMillis").is_some_and(is_default) {
        written.remove("timeoutInMillis");
    }
    if it.connection_type == Some(ConnectionType::Internet) {
        written.remove("connectionType");
    }
    for member in ["type", "passthroughBehavior"] {
        if let Some(text) = written.get(member).and_then(Value::as_str) {
            let text = text.to_ascii_lowercase();
            written.insert(member.to_owned(), json!(text));
        }
    }
    let mut patterns = Map::new();
    for (_, response) in responses
        .as_ref()
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let mut response = response.clone();
        let pattern = response
            .as_object_mut()
            .and_then(|it| it.shift_remove("selectionPattern"));
        let pattern = pattern.as_ref().and_then(Value::as_str);
        let pattern = pattern.filter(|it| !it.is_empty()).unwrap_or("default");
        patterns.insert(pattern.to_owned(), response);
    }
    if !patterns.is_empty() {
        written.insert("responses".to_owned(), Value::Object(patterns));
    }
    Value::Object(written)
}

/// A schema whose references to models lead to places in the definition.
fn local(schema: Value, models_at: &str) -> Value {
    match schema {
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(key, value)| {
                let place = value.as_str().filter(|_| key == "$ref");
                let name = place.and_then(|place| place.split_once("/models/"));
                let value = match name {
                    Some((_, name)) => json!(format!("{models_at}{name}")),
                    None => local(value, models_at),
                };
                (key, value)
            });
            Value::Object(fields.collect())
        }
        Value::Array(items) => items.into_iter().map(|it| local(it, models_at)).collect(),
        scalar => scalar,
    }
}
