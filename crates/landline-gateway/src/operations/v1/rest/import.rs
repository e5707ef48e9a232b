//! Import of a REST API: what `AWS::Serverless::Api`, `ImportRestApi` and `PutRestApi` send.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api.html>.

use std::collections::BTreeMap;

use landline_api::apigateway::{
    Authorizer, AuthorizerType, ConnectionType, ContentHandlingStrategy, GatewayResponseType,
    Integration, IntegrationType, Method, Model, PutGatewayResponseOutput,
    PutIntegrationResponseOutput, PutMethodResponseOutput, RequestValidator,
};
use landline_wire::request_id::resource_id;
use landline_wire::{NewIds, ServiceError};
use serde_json::{Map, Value};

use super::super::super::openapi::{
    Definition, Operation, boolean, integer, text, text_map, texts,
};
use super::apis::expect_policy;
use super::extras::expect_authorizer;
use super::methods::{completed, expect_integration, put_method};
use super::{fresh, resources};
use crate::state::Stored;
use crate::state::rest::RestRecord;

/// Adds what a definition describes, in place of what has the same path and method, or the same name.
pub(super) fn fill(record: &mut RestRecord, definition: &Definition) -> Result<(), ServiceError> {
    let Stored(api) = &mut record.api;
    if let Some(title) = definition.text(&["info", "title"]) {
        api.name = Some(title);
    }
    api.version = definition
        .text(&["info", "version"])
        .or_else(|| api.version.take());
    api.description = definition
        .text(&["info", "description"])
        .or_else(|| api.description.take());
    let binary = texts(definition.get(&["x-amazon-apigateway-binary-media-types"]));
    api.binary_media_types = binary.or_else(|| api.binary_media_types.take());
    if let Some(policy) = definition.get(&["x-amazon-apigateway-policy"]) {
        api.policy = Some(policy.to_string());
        expect_policy(record)?;
    }
    add_gateway_responses(record, definition);
    add_models(record, definition);
    let validators = add_validators(record, definition);
    let schemes = add_authorizers(record, definition)?;
    let default_validator = definition.text(&["x-amazon-apigateway-request-validator"]);
    for operation in definition.operations() {
        let resource_id = resource(record, operation.path)?;
        let mut method = method(definition, &operation, &schemes);
        let validator = operation
            .members
            .get("x-amazon-apigateway-request-validator");
        let validator = validator
            .and_then(text)
            .or_else(|| default_validator.clone());
        method.request_validator_id = validator.and_then(|name| validators.get(&name).cloned());
        if let Some(integration) = method.method_integration.take() {
            let integration = completed(integration, &resource_id);
            expect_integration(&integration)?;
            method.method_integration = Some(integration);
        }
        if let Some(Stored(resource)) = record.resources.get_mut(&resource_id) {
            let methods = resource.resource_methods.get_or_insert_default();
            methods.remove(operation.method);
        }
        put_method(record, &resource_id, method)?;
    }
    Ok(())
}

/// The resource of a path, made with all above it where it is not there.
fn resource(record: &mut RestRecord, path: &str) -> Result<String, ServiceError> {
    let mut id = record.api.0.root_resource_id.clone().unwrap_or_default();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        let known = record.resources.iter().find(|(_, Stored(it))| {
            it.parent_id.as_deref() == Some(&id) && it.path_part.as_deref() == Some(part)
        });
        id = match known {
            Some((known, _)) => known.clone(),
            None => resources::add(record, &id, part, &mut NewIds::random())?,
        };
    }
    Ok(id)
}

fn add_gateway_responses(record: &mut RestRecord, definition: &Definition) {
    let described = definition.get(&["x-amazon-apigateway-gateway-responses"]);
    for (kind, it) in described.and_then(Value::as_object).into_iter().flatten() {
        let response = PutGatewayResponseOutput {
            response_type: Some(GatewayResponseType::from(kind.as_str())),
            status_code: it.get("statusCode").and_then(text),
            response_parameters: text_map(it.get("responseParameters")),
            response_templates: text_map(it.get("responseTemplates")),
            default_response: Some(false),
        };
        record
            .gateway_responses
            .insert(kind.clone(), Stored(response));
    }
}

fn add_models(record: &mut RestRecord, definition: &Definition) {
    let schemas = definition
        .get(&["components", "schemas"])
        .or_else(|| definition.get(&["definitions"]));
    for (name, schema) in schemas.and_then(Value::as_object).into_iter().flatten() {
        let model = Model {
            id: Some(resource_id(6)),
            name: Some(name.clone()),
            description: schema.get("description").and_then(text),
            schema: Some(addressed(schema, record.api.0.id.as_deref()).to_string()),
            content_type: Some("application/json".to_owned()),
        };
        record.models.insert(name.clone(), Stored(model));
    }
}

/// A schema whose references into the definition are addresses of models, which the schemas become.
fn addressed(schema: &Value, api_id: Option<&str>) -> Value {
    let inner = |it: &Value| addressed(it, api_id);
    match schema {
        Value::Object(fields) => {
            let fields = fields.iter().map(|(key, value)| {
                let place = value.as_str().filter(|_| key == "$ref");
                let name = place.and_then(|place| {
                    let name = place.strip_prefix("#/definitions/");
                    name.or_else(|| place.strip_prefix("#/components/schemas/"))
                });
                let value = match (name, api_id) {
                    (Some(name), Some(id)) if !name.contains('/') => Value::String(format!(
                        "https://apigateway.amazonaws.com/restapis/{id}/models/{name}"
                    )),
                    _ => inner(value),
                };
                (key.clone(), value)
            });
            Value::Object(fields.collect())
        }
        Value::Array(items) => items.iter().map(inner).collect(),
        scalar => scalar.clone(),
    }
}

/// Validators by name; their identifiers.
fn add_validators(record: &mut RestRecord, definition: &Definition) -> BTreeMap<String, String> {
    let mut ids = BTreeMap::new();
    let described = definition.get(&["x-amazon-apigateway-request-validators"]);
    for (name, it) in described.and_then(Value::as_object).into_iter().flatten() {
        let id = id_of(&record.validators, |it| it.name.as_ref() == Some(name));
        let validator = RequestValidator {
            id: Some(id.clone()),
            name: Some(name.clone()),
            validate_request_body: boolean(it.get("validateRequestBody")),
            validate_request_parameters: boolean(it.get("validateRequestParameters")),
        };
        record.validators.insert(id.clone(), Stored(validator));
        ids.insert(name.clone(), id);
    }
    ids
}

/// The identifier of the one that is meant, or a new one.
fn id_of<T>(known: &BTreeMap<String, Stored<T>>, is_meant: impl Fn(&T) -> bool) -> String {
    let meant = known.iter().find(|(_, Stored(it))| is_meant(it));
    meant.map_or_else(
        || fresh(6, known, &mut NewIds::random()),
        |(id, _)| id.clone(),
    )
}

/// What a security scheme comes to.
enum Scheme {
    Iam,
    ApiKey,
    Authorizer { id: String, kind: &'static str },
}

fn add_authorizers(
    record: &mut RestRecord,
    definition: &Definition,
) -> Result<BTreeMap<String, Scheme>, ServiceError> {
    let mut schemes = BTreeMap::new();
    for (name, members) in definition.security_schemes() {
        let auth_type = members
            .get("x-amazon-apigateway-authtype")
            .and_then(Value::as_str);
        let described = members
            .get("x-amazon-apigateway-authorizer")
            .and_then(Value::as_object);
        let header = members.get("name").and_then(text).unwrap_or_default();
        let scheme = match (described, auth_type) {
            (None, Some("awsSigv4")) => Scheme::Iam,
            (None, _) if header.eq_ignore_ascii_case("x-api-key") => Scheme::ApiKey,
            (None, _) => continue,
            (Some(described), auth_type) => {
                let id = id_of(&record.authorizers, |it| it.name.as_ref() == Some(name));
                let authorizer = authorizer(&id, name, &header, auth_type, described);
                expect_authorizer(&authorizer)?;
                let kind = match authorizer.r#type {
                    Some(AuthorizerType::CognitoUserPools) => "COGNITO_USER_POOLS",
                    _ => "CUSTOM",
                };
                record.authorizers.insert(id.clone(), Stored(authorizer));
                Scheme::Authorizer { id, kind }
            }
        };
        schemes.insert(name.clone(), scheme);
    }
    Ok(schemes)
}

fn authorizer(
    id: &str,
    name: &str,
    header: &str,
    auth_type: Option<&str>,
    members: &Map<String, Value>,
) -> Authorizer {
    let member = |name: &str| members.get(name).and_then(text);
    let kind = member("type").unwrap_or_default().to_ascii_uppercase();
    let source = member("identitySource");
    Authorizer {
        id: Some(id.to_owned()),
        name: Some(name.to_owned()),
        r#type: Some(AuthorizerType::from(kind.as_str())),
        provider_arns: texts(members.get("providerARNs")),
        auth_type: auth_type.map(str::to_owned),
        authorizer_uri: member("authorizerUri"),
        authorizer_credentials: member("authorizerCredentials"),
        identity_source: source.or_else(|| Some(format!("method.request.header.{header}"))),
        identity_validation_expression: member("identityValidationExpression"),
        authorizer_result_ttl_in_seconds: integer(members.get("authorizerResultTtlInSeconds"))
            .or(Some(300)),
    }
}

fn method(
    definition: &Definition,
    operation: &Operation<'_>,
    schemes: &BTreeMap<String, Scheme>,
) -> Method {
    let members = operation.members;
    let mut method = Method {
        http_method: Some(operation.method.to_owned()),
        authorization_type: Some("NONE".to_owned()),
        api_key_required: Some(false),
        operation_name: members.get("operationId").and_then(text),
        method_integration: members
            .get("x-amazon-apigateway-integration")
            .and_then(|it| integration(definition.resolve(it))),
        request_parameters: parameters(definition, members),
        request_models: models(definition, members),
        method_responses: responses(definition, members),
        ..Method::default()
    };
    for (name, scopes) in definition.security(operation) {
        match schemes.get(name) {
            None => {}
            Some(Scheme::ApiKey) => method.api_key_required = Some(true),
            Some(Scheme::Iam) => method.authorization_type = Some("AWS_IAM".to_owned()),
            Some(Scheme::Authorizer { id, kind }) => {
                method.authorization_type = Some((*kind).to_owned());
                method.authorizer_id = Some(id.clone());
                method.authorization_scopes = Some(scopes).filter(|it| !it.is_empty());
            }
        }
    }
    method
}

/// `method.request.{place}.{name}` → whether it is required.
fn parameters(
    definition: &Definition,
    members: &Map<String, Value>,
) -> Option<BTreeMap<String, bool>> {
    let list = members.get("parameters")?.as_array()?;
    let mut parameters = BTreeMap::new();
    for parameter in list.iter().map(|it| definition.resolve(it)) {
        let name = parameter.get("name").and_then(text);
        let place = match parameter.get("in").and_then(Value::as_str) {
            Some("query") => "querystring",
            Some("header") => "header",
            Some("path") => "path",
            _ => continue,
        };
        let Some(name) = name else { continue };
        let required = boolean(parameter.get("required")).unwrap_or_default();
        parameters.insert(format!("method.request.{place}.{name}"), required);
    }
    (!parameters.is_empty()).then_some(parameters)
}

/// The model that a schema refers to.
fn model_name(schema: &Value) -> Option<String> {
    let place = schema.get("$ref")?.as_str()?;
    place.rsplit('/').next().map(str::to_owned)
}

/// The models of `content`, by media type.
fn models_of(content: Option<&Value>) -> BTreeMap<String, String> {
    let content = content.and_then(Value::as_object).into_iter().flatten();
    let named = content.filter_map(|(media_type, it)| {
        let name = it.get("schema").and_then(model_name)?;
        Some((media_type.clone(), name))
    });
    named.collect()
}

/// The media types that version 2 lists for an operation, or for all of them.
fn media_types(definition: &Definition, members: &Map<String, Value>, list: &str) -> Vec<String> {
    let own = members.get(list).or_else(|| definition.get(&[list]));
    let types = texts(own).filter(|types| !types.is_empty());
    types.unwrap_or_else(|| vec!["application/json".to_owned()])
}

/// The models of a body: version 3 names them by media type, version 2 has one.
fn models(
    definition: &Definition,
    members: &Map<String, Value>,
) -> Option<BTreeMap<String, String>> {
    let body = members.get("requestBody").map(|it| definition.resolve(it));
    let mut models = models_of(body.and_then(|it| it.get("content")));
    for parameter in members
        .get("parameters")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        if parameter.get("in").and_then(Value::as_str) == Some("body") {
            let Some(name) = parameter.get("schema").and_then(model_name) else {
                continue;
            };
            let types = media_types(definition, members, "consumes");
            models.extend(
                types
                    .into_iter()
                    .map(|media_type| (media_type, name.clone())),
            );
        }
    }
    (!models.is_empty()).then_some(models)
}

fn responses(
    definition: &Definition,
    members: &Map<String, Value>,
) -> Option<BTreeMap<String, PutMethodResponseOutput>> {
    let described = members.get("responses")?.as_object()?;
    let responses: BTreeMap<_, _> = described
        .iter()
        .map(|(status, it)| {
            let it = definition.resolve(it);
            let mut models = models_of(it.get("content"));
            if let Some(name) = it.get("schema").and_then(model_name) {
                let types = media_types(definition, members, "produces");
                models.extend(
                    types
                        .into_iter()
                        .map(|media_type| (media_type, name.clone())),
                );
            }
            let headers = it.get("headers").and_then(Value::as_object);
            let headers = headers.into_iter().flatten();
            // Whether a header must be there is nothing that a definition says.
            let headers =
                headers.map(|(name, _)| (format!("method.response.header.{name}"), false));
            let headers: BTreeMap<String, bool> = headers.collect();
            let response = PutMethodResponseOutput {
                status_code: Some(status.clone()),
                response_models: Some(models).filter(|it| !it.is_empty()),
                response_parameters: Some(headers).filter(|it| !it.is_empty()),
            };
            (status.clone(), response)
        })
        .collect();
    (!responses.is_empty()).then_some(responses)
}

fn integration(described: &Value) -> Option<Integration> {
    let members = described.as_object()?;
    let member = |name: &str| members.get(name).and_then(text);
    let kind = member("type").unwrap_or_default().to_ascii_uppercase();
    let handling = |name: Option<String>| name.map(|it| ContentHandlingStrategy::from(it.as_str()));
    let mut responses = BTreeMap::new();
    let described = members.get("responses").and_then(Value::as_object);
    for (pattern, it) in described.into_iter().flatten() {
        let status = it
            .get("statusCode")
            .and_then(text)
            .unwrap_or_else(|| "200".to_owned());
        let response = PutIntegrationResponseOutput {
            status_code: Some(status.clone()),
            selection_pattern: (pattern != "default").then(|| pattern.clone()),
            response_parameters: text_map(it.get("responseParameters")),
            response_templates: text_map(it.get("responseTemplates")),
            content_handling: handling(it.get("contentHandling").and_then(text)),
        };
        responses.insert(status, response);
    }
    // What goes over the network does so in the open where nothing else is said.
    let is_http = kind.starts_with("HTTP");
    let connection = member("connectionType").or_else(|| is_http.then(|| "INTERNET".to_owned()));
    Some(Integration {
        r#type: Some(IntegrationType::from(kind.as_str())),
        connection_type: connection.map(|it| ConnectionType::from(it.as_str())),
        connection_id: member("connectionId"),
        cache_namespace: member("cacheNamespace"),
        cache_key_parameters: texts(members.get("cacheKeyParameters")),
        http_method: member("httpMethod"),
        uri: member("uri"),
        credentials: member("credentials"),
        request_parameters: text_map(members.get("requestParameters")),
        request_templates: text_map(members.get("requestTemplates")),
        passthrough_behavior: member("passthroughBehavior").map(|it| it.to_ascii_uppercase()),
        content_handling: handling(member("contentHandling")),
        timeout_in_millis: integer(members.get("timeoutInMillis")),
        integration_responses: Some(responses).filter(|it| !it.is_empty()),
        ..Integration::default()
    })
}
