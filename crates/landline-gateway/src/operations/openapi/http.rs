//! Import of an HTTP API: what `AWS::Serverless::HttpApi` and `ImportApi` send.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html>.

use std::collections::{BTreeMap, HashMap};

use landline_api::apigatewayv2::{
    Api, AuthorizationType, Authorizer, AuthorizerType, ConnectionType, Cors,
    CreateAuthorizerInput, CreateIntegrationInput, Integration, IntegrationType, JWTConfiguration,
    Model, Route, TlsConfigInput,
};
use landline_store::Transaction;
use landline_wire::{NewIds, ServiceError};
use serde_json::{Map, Value};

use super::{Definition, Operation, boolean, integer, text, text_map, texts};
use crate::operations::http_apis::{expect_route, new_authorizer, new_integration};
use crate::quotas::ResourceLimits;
use crate::state::{self, Failure, bad_request, quota_reached};

/// What a definition says of the API itself.
pub(in super::super) fn describe(definition: &Definition, api: &mut Api) {
    if let Some(title) = definition.text(&["info", "title"]) {
        api.name = title;
    }
    api.version = definition.text(&["info", "version"]);
    api.description = definition.text(&["info", "description"]);
    api.cors_configuration = definition.get(&["x-amazon-apigateway-cors"]).and_then(cors);
    if let Some(tags) = definition.tags() {
        api.tags.get_or_insert_default().extend(tags);
    }
}

fn cors(value: &Value) -> Option<Cors> {
    if boolean(Some(value)) == Some(true) {
        return Some(Cors {
            allow_origins: Some(vec!["*".to_owned()]),
            ..Cors::default()
        });
    }
    let members = value.as_object()?;
    Some(Cors {
        allow_credentials: boolean(members.get("allowCredentials")),
        allow_headers: texts(members.get("allowHeaders")),
        allow_methods: texts(members.get("allowMethods")),
        allow_origins: texts(members.get("allowOrigins")),
        expose_headers: texts(members.get("exposeHeaders")),
        max_age: integer(members.get("maxAge")),
    })
}

/// Puts what a definition describes in the place of all that the API had.
pub(in super::super) fn fill(
    transaction: &mut Transaction<'_>,
    api_id: &str,
    definition: &Definition,
    limits: &ResourceLimits,
) -> Result<(), Failure> {
    state::remove_all::<Route>(transaction, api_id)?;
    state::remove_all::<Integration>(transaction, api_id)?;
    state::remove_all::<Authorizer>(transaction, api_id)?;
    state::remove_all::<Model>(transaction, api_id)?;
    let schemes = schemes(transaction, api_id, definition)?;
    let operations = definition.operations();
    if operations.len() > limits.routes_per_api {
        return Err(quota_reached("Routes", "API").into());
    }
    // The same integration of many operations is kept once, as AWS keeps it.
    let mut integrations: HashMap<String, String> = HashMap::new();
    for operation in operations {
        let described = operation.members.get("x-amazon-apigateway-integration");
        let target = match described.map(|it| definition.resolve(it)) {
            None => None,
            Some(described) => {
                let text = described.to_string();
                let id = match integrations.get(&text) {
                    Some(id) => id.clone(),
                    None => put_integration(transaction, api_id, described)?,
                };
                integrations.insert(text, id.clone());
                Some(format!("integrations/{id}"))
            }
        };
        let mut route = route(definition, &operation, &schemes);
        route.target = target;
        route.route_id = Some(state::fresh_id::<Route>(
            transaction,
            api_id,
            &mut NewIds::random(),
        )?);
        expect_route(&mut route)?;
        state::put(transaction, api_id, &route)?;
    }
    Ok(())
}

/// What a security scheme comes to.
enum Scheme {
    Iam,
    Authorizer { id: String, kind: AuthorizationType },
}

fn schemes(
    transaction: &mut Transaction<'_>,
    api_id: &str,
    definition: &Definition,
) -> Result<BTreeMap<String, Scheme>, Failure> {
    let mut schemes = BTreeMap::new();
    for (name, members) in definition.security_schemes() {
        let auth_type = members
            .get("x-amazon-apigateway-authtype")
            .and_then(Value::as_str);
        let described = members
            .get("x-amazon-apigateway-authorizer")
            .and_then(Value::as_object);
        let Some(described) = described else {
            if auth_type == Some("awsSigv4") {
                schemes.insert(name.clone(), Scheme::Iam);
            }
            continue;
        };
        let mut authorizer = authorizer(api_id, name, described)?;
        let id = state::fresh_id::<Authorizer>(transaction, api_id, &mut NewIds::random())?;
        authorizer.authorizer_id = Some(id.clone());
        state::put(transaction, api_id, &authorizer)?;
        let kind = match authorizer.authorizer_type {
            Some(AuthorizerType::Jwt) => AuthorizationType::Jwt,
            _ => AuthorizationType::Custom,
        };
        schemes.insert(name.clone(), Scheme::Authorizer { id, kind });
    }
    Ok(schemes)
}

fn authorizer(
    api_id: &str,
    name: &str,
    members: &Map<String, Value>,
) -> Result<Authorizer, ServiceError> {
    let member = |name: &str| members.get(name).and_then(text);
    let kind = member("type").unwrap_or_default();
    let jwt = members.get("jwtConfiguration").map(|it| JWTConfiguration {
        audience: texts(it.get("audience")),
        issuer: it.get("issuer").and_then(text),
    });
    let sources = texts(members.get("identitySource"));
    let default_source = || Some(vec!["$request.header.Authorization".to_owned()]);
    new_authorizer(CreateAuthorizerInput {
        api_id: api_id.to_owned(),
        authorizer_credentials_arn: member("authorizerCredentials"),
        authorizer_payload_format_version: member("authorizerPayloadFormatVersion"),
        authorizer_result_ttl_in_seconds: integer(members.get("authorizerResultTtlInSeconds")),
        authorizer_type: AuthorizerType::from(kind.to_ascii_uppercase().as_str()),
        authorizer_uri: member("authorizerUri"),
        enable_simple_responses: boolean(members.get("enableSimpleResponses")),
        identity_source: sources.or_else(|| jwt.as_ref().and_then(|_| default_source())),
        jwt_configuration: jwt,
        name: name.to_owned(),
        ..CreateAuthorizerInput::default()
    })
}

fn put_integration(
    transaction: &mut Transaction<'_>,
    api_id: &str,
    described: &Value,
) -> Result<String, Failure> {
    let Some(members) = described.as_object() else {
        return Err(bad_request("Invalid OpenAPI input: an integration is no object").into());
    };
    let member = |name: &str| members.get(name).and_then(text);
    let kind = member("type").unwrap_or_default().to_ascii_uppercase();
    let is_function = kind == "AWS_PROXY";
    let mut integration = new_integration(CreateIntegrationInput {
        api_id: api_id.to_owned(),
        connection_id: member("connectionId"),
        connection_type: member("connectionType").map(|it| ConnectionType::from(it.as_str())),
        credentials_arn: member("credentials"),
        description: member("description"),
        integration_method: member("httpMethod").filter(|_| !is_function),
        integration_subtype: member("integrationSubtype"),
        integration_type: IntegrationType::from(kind.as_str()),
        integration_uri: member("uri"),
        payload_format_version: member("payloadFormatVersion"),
        request_parameters: text_map(members.get("requestParameters")),
        response_parameters: response_parameters(members.get("responseParameters")),
        tls_config: members.get("tlsConfig").map(|it| TlsConfigInput {
            server_name_to_verify: it.get("serverNameToVerify").and_then(text),
        }),
        timeout_in_millis: integer(members.get("timeoutInMillis")),
        ..CreateIntegrationInput::default()
    })?;
    let id = state::fresh_id::<Integration>(transaction, api_id, &mut NewIds::random())?;
    integration.integration_id = Some(id.clone());
    state::put(transaction, api_id, &integration)?;
    Ok(id)
}

/// What is done to answers, by their statuses.
fn response_parameters(
    value: Option<&Value>,
) -> Option<BTreeMap<String, BTreeMap<String, String>>> {
    let by_status = value?.as_object()?.iter();
    let by_status =
        by_status.map(|(status, it)| (status.clone(), text_map(Some(it)).unwrap_or_default()));
    Some(by_status.collect())
}

fn route(
    definition: &Definition,
    operation: &Operation<'_>,
    schemes: &BTreeMap<String, Scheme>,
) -> Route {
    let route_key = match operation.path {
        "/$default" | "$default" => "$default".to_owned(),
        path => format!("{} {path}", operation.method),
    };
    let mut route = Route {
        api_key_required: Some(false),
        authorization_type: Some(AuthorizationType::None),
        operation_name: operation.members.get("operationId").and_then(text),
        route_key,
        ..Route::default()
    };
    let own = operation.members.get("x-amazon-apigateway-auth");
    if own.and_then(|it| it.get("type")).and_then(Value::as_str) == Some("AWS_IAM") {
        route.authorization_type = Some(AuthorizationType::AwsIam);
    }
    let security = definition.security(operation);
    let known = security
        .into_iter()
        .find_map(|(name, scopes)| Some((schemes.get(name)?, scopes)));
    match known {
        None => {}
        Some((Scheme::Iam, _)) => route.authorization_type = Some(AuthorizationType::AwsIam),
        Some((Scheme::Authorizer { id, kind }, scopes)) => {
            route.authorizer_id = Some(id.clone());
            route.authorization_type = Some(kind.clone());
            let is_jwt = *kind == AuthorizationType::Jwt;
            route.authorization_scopes = Some(scopes).filter(|it| is_jwt && !it.is_empty());
        }
    }
    route
}
