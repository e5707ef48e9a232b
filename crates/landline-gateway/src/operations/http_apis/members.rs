//! What the members of an HTTP API may be.
//!
//! See <https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html>.

use landline_api::apigatewayv2::{
    Api, AuthorizationType, Authorizer, AuthorizerType, ConnectionType, Cors,
    CreateAuthorizerInput, CreateIntegrationInput, Integration, IntegrationType, JWTConfiguration,
    Route, TlsConfig, UpdateAuthorizerInput, UpdateIntegrationInput,
};
use landline_wire::ServiceError;

use crate::operations::expect;
use crate::operations::patch::{self, non_empty};
use crate::quotas::{AUTHORIZER_TTL, HTTP_INTEGRATION_TIMEOUT, LEAST_INTEGRATION_TIMEOUT};
use crate::state::bad_request;

/// Refuses an API whose members cannot be.
pub(in super::super) fn expect_api(api: &Api) -> Result<(), ServiceError> {
    if api.disable_schema_validation.is_some() {
        expect::absent_for_http("DisableSchemaValidation", Some(&()))?;
    }
    match &api.cors_configuration {
        Some(cors) => expect_cors(cors),
        None => Ok(()),
    }
}

fn expect_cors(cors: &Cors) -> Result<(), ServiceError> {
    let origins = cors.allow_origins.iter().flatten();
    for origin in origins.clone() {
        let is_origin = origin == "*" || origin.contains("://");
        if !is_origin {
            return Err(bad_request(format!(
                "Invalid format for origin {origin}. Origin should be * or have a scheme, as https://example.com"
            )));
        }
    }
    if cors.allow_credentials == Some(true) && origins.clone().any(|it| it == "*") {
        return Err(bad_request(
            "For AllowCredentials to be true, AllowOrigins must not be *",
        ));
    }
    Ok(())
}

/// Refuses a route that could never be.
pub(in super::super) fn expect_route(route: &mut Route) -> Result<(), ServiceError> {
    expect_key(&route.route_key)?;
    expect::length("OperationName", route.operation_name.as_deref(), 1, 64)?;
    expect::absent_for_http(
        "ModelSelectionExpression",
        route.model_selection_expression.as_ref(),
    )?;
    expect::absent_for_http("RequestModels", route.request_models.as_ref())?;
    expect::absent_for_http("RequestParameters", route.request_parameters.as_ref())?;
    let expression = route.route_response_selection_expression.as_ref();
    expect::absent_for_http("RouteResponseSelectionExpression", expression)?;
    if route.api_key_required == Some(true) {
        expect::absent_for_http("ApiKeyRequired", Some(&()))?;
    }
    if route.authorization_scopes.is_some()
        && route.authorization_type != Some(AuthorizationType::Jwt)
    {
        return Err(bad_request(
            "AuthorizationScopes can only be set on routes with JWT authorization",
        ));
    }
    Ok(())
}

/// `$default`, or a method and a path.
fn expect_key(key: &str) -> Result<(), ServiceError> {
    if key == "$default" {
        return Ok(());
    }
    let malformed = || {
        bad_request(
            "The provided route key is not formatted properly for HTTP protocol. Format should be \"<HTTP METHOD> /<RESOURCE PATH>\" or \"$default\"",
        )
    };
    let (method, path) = key.split_once(' ').ok_or_else(malformed)?;
    if !METHODS.contains(&method) || !path.starts_with('/') || path.contains("//") {
        return Err(malformed());
    }
    let segments: Vec<&str> = path[1..].split('/').collect();
    for (index, segment) in segments.iter().enumerate() {
        let variable = segment
            .strip_prefix('{')
            .and_then(|it| it.strip_suffix('}'));
        let Some(variable) = variable else {
            if segment.contains(['{', '}']) {
                return Err(malformed());
            }
            continue;
        };
        let is_greedy = variable.ends_with('+');
        let name = variable.trim_end_matches('+');
        if !expect::is_parameter_name(name) || (is_greedy && index + 1 != segments.len()) {
            return Err(malformed());
        }
    }
    Ok(())
}

const METHODS: [&str; 8] = [
    "ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT",
];

/// An integration of an HTTP API.
pub(in super::super) fn new_integration(
    input: CreateIntegrationInput,
) -> Result<Integration, ServiceError> {
    let templates = input
        .request_templates
        .as_ref()
        .filter(|map| !map.is_empty());
    expect::absent_for_http("RequestTemplates", templates)?;
    expect::absent_for_http(
        "ContentHandlingStrategy",
        input.content_handling_strategy.as_ref(),
    )?;
    let selection = non_empty(input.template_selection_expression);
    expect::absent_for_http("TemplateSelectionExpression", selection.as_ref())?;
    let is_function = input.integration_type == IntegrationType::AwsProxy;
    let method = non_empty(input.integration_method);
    let has_subtype = input.integration_subtype.is_some();
    let integration = Integration {
        connection_id: non_empty(input.connection_id),
        connection_type: input.connection_type.or(Some(ConnectionType::Internet)),
        credentials_arn: non_empty(input.credentials_arn),
        description: non_empty(input.description),
        integration_method: method
            .or_else(|| (is_function && !has_subtype).then(|| "POST".to_owned())),
        integration_subtype: non_empty(input.integration_subtype),
        integration_type: Some(input.integration_type),
        integration_uri: non_empty(input.integration_uri),
        passthrough_behavior: input.passthrough_behavior,
        payload_format_version: non_empty(input.payload_format_version)
            .or_else(|| Some("1.0".to_owned())),
        request_parameters: input.request_parameters.filter(|map| !map.is_empty()),
        response_parameters: input.response_parameters.filter(|map| !map.is_empty()),
        timeout_in_millis: input.timeout_in_millis.or(Some(DEFAULT_TIMEOUT_MILLIS)),
        tls_config: input.tls_config.map(|it| TlsConfig {
            server_name_to_verify: it.server_name_to_verify,
        }),
        ..Integration::default()
    };
    expect_integration(&integration)?;
    Ok(integration)
}

/// Changes an integration of an HTTP API.
pub(in super::super) fn update_integration(
    it: &mut Integration,
    mut input: UpdateIntegrationInput,
) -> Result<(), ServiceError> {
    patch::text(
        &mut it.integration_subtype,
        input.integration_subtype.take(),
    );
    patch::map(
        &mut it.response_parameters,
        input.response_parameters.take(),
    );
    if let Some(tls) = input.tls_config.take() {
        let name = non_empty(tls.server_name_to_verify);
        it.tls_config = name.map(|name| TlsConfig {
            server_name_to_verify: Some(name),
        });
    }
    crate::operations::integrations::update(it, input);
    expect_integration(it)
}

fn expect_integration(it: &Integration) -> Result<(), ServiceError> {
    let uri = it.integration_uri.as_deref().unwrap_or_default();
    match &it.integration_type {
        Some(IntegrationType::AwsProxy) if it.integration_subtype.is_some() => {}
        Some(IntegrationType::AwsProxy) => {
            if !uri.contains(":lambda:") && !uri.contains("${stageVariables.") {
                return Err(bad_request("Invalid ARN specified in the request"));
            }
        }
        Some(IntegrationType::HttpProxy) => {
            if it.integration_method.is_none() {
                return Err(bad_request(
                    "HttpMethod must be specified for HTTP_PROXY integrations",
                ));
            }
            let is_private = it.connection_type == Some(ConnectionType::VpcLink);
            let schemes = ["http://", "https://", "${stageVariables."];
            if !is_private && !schemes.iter().any(|scheme| uri.starts_with(scheme)) {
                return Err(bad_request("Invalid HTTP endpoint specified for URI"));
            }
        }
        _ => {
            return Err(bad_request(
                "Invalid integration type specified. Only AWS_PROXY and HTTP_PROXY are supported on HTTP protocol Apis.",
            ));
        }
    }
    if !matches!(it.payload_format_version.as_deref(), Some("1.0" | "2.0")) {
        return Err(bad_request(
            "Invalid PayloadFormatVersion specified. Must be one of [1.0, 2.0]",
        ));
    }
    expect::description(it.description.as_deref())?;
    expect::credentials(it.credentials_arn.as_deref())?;
    let least = i32::try_from(LEAST_INTEGRATION_TIMEOUT.as_millis()).unwrap_or(i32::MAX);
    let within = |millis: i32| (least..=DEFAULT_TIMEOUT_MILLIS).contains(&millis);
    if it.timeout_in_millis.is_none_or(within) {
        return Ok(());
    }
    Err(bad_request(format!(
        "Timeout should be between {least} ms and {DEFAULT_TIMEOUT_MILLIS} ms"
    )))
}

/// The longest timeout is also the default.
#[expect(clippy::cast_possible_truncation, reason = "30 seconds")]
pub(super) const DEFAULT_TIMEOUT_MILLIS: i32 = HTTP_INTEGRATION_TIMEOUT.as_millis() as i32;

/// An authorizer of an HTTP API.
pub(in super::super) fn new_authorizer(
    input: CreateAuthorizerInput,
) -> Result<Authorizer, ServiceError> {
    let authorizer = Authorizer {
        authorizer_credentials_arn: non_empty(input.authorizer_credentials_arn),
        authorizer_payload_format_version: non_empty(input.authorizer_payload_format_version),
        authorizer_result_ttl_in_seconds: input.authorizer_result_ttl_in_seconds,
        authorizer_type: Some(input.authorizer_type),
        authorizer_uri: non_empty(input.authorizer_uri),
        enable_simple_responses: input.enable_simple_responses,
        identity_source: sources(input.identity_source),
        jwt_configuration: input.jwt_configuration,
        name: input.name,
        ..Authorizer::default()
    };
    expect_authorizer(&authorizer)?;
    Ok(authorizer)
}

/// Changes an authorizer of an HTTP API.
pub(in super::super) fn update_authorizer(
    it: &mut Authorizer,
    input: UpdateAuthorizerInput,
) -> Result<(), ServiceError> {
    patch::text(
        &mut it.authorizer_credentials_arn,
        input.authorizer_credentials_arn,
    );
    patch::text(
        &mut it.authorizer_payload_format_version,
        input.authorizer_payload_format_version,
    );
    patch::value(
        &mut it.authorizer_result_ttl_in_seconds,
        input.authorizer_result_ttl_in_seconds,
    );
    patch::value(&mut it.authorizer_type, input.authorizer_type);
    patch::text(&mut it.authorizer_uri, input.authorizer_uri);
    patch::value(
        &mut it.enable_simple_responses,
        input.enable_simple_responses,
    );
    if input.identity_source.is_some() {
        it.identity_source = sources(input.identity_source);
    }
    if let Some(jwt) = input.jwt_configuration {
        // A configuration of nothing is none.
        it.jwt_configuration = Some(jwt).filter(|it| *it != JWTConfiguration::default());
    }
    if let Some(name) = input.name {
        it.name = name;
    }
    expect_authorizer(it)
}

/// An entry with commas counts as several, as everywhere.
fn sources(given: Option<Vec<String>>) -> Option<Vec<String>> {
    let joined = given?.join(",");
    let sources = joined.split(',').map(str::trim).filter(|it| !it.is_empty());
    let sources: Vec<String> = sources.map(str::to_owned).collect();
    (!sources.is_empty()).then_some(sources)
}

fn expect_authorizer(it: &Authorizer) -> Result<(), ServiceError> {
    let sources = it.identity_source.iter().flatten();
    for source in sources.clone() {
        let kinds = [
            "$request.header.",
            "$request.querystring.",
            "$context.",
            "$stageVariables.",
        ];
        let name = kinds.iter().find_map(|kind| source.strip_prefix(kind));
        if !name.is_some_and(expect::is_parameter_name) {
            return Err(bad_request(format!(
                "Invalid mapping expression specified: Validation Result: warnings : [], \
                 errors : [Invalid source: {source} specified for mapping expression]"
            )));
        }
    }
    let ttl = it.authorizer_result_ttl_in_seconds.unwrap_or_default();
    let most = i32::try_from(AUTHORIZER_TTL.as_secs()).unwrap_or(i32::MAX);
    if !(0..=most).contains(&ttl) {
        return Err(bad_request(format!(
            "AuthorizerResultTtlInSeconds must be between 0 and {most}"
        )));
    }
    match &it.authorizer_type {
        Some(AuthorizerType::Jwt) => expect_jwt(it),
        Some(AuthorizerType::Request) => {
            if ttl > 0 && sources.count() == 0 {
                return Err(bad_request(
                    "IdentitySource must be set when caching is enabled",
                ));
            }
            match it.authorizer_payload_format_version.as_deref() {
                Some("1.0") if it.enable_simple_responses == Some(true) => Err(bad_request(
                    "EnableSimpleResponses is only supported with AuthorizerPayloadFormatVersion 2.0",
                )),
                Some("1.0" | "2.0") => Ok(()),
                _ => Err(bad_request(
                    "AuthorizerPayloadFormatVersion is a required parameter for REQUEST authorizer",
                )),
            }
        }
        _ => Err(bad_request(
            "Invalid authorizer type. Must be one of [REQUEST, JWT]",
        )),
    }
}

fn expect_jwt(it: &Authorizer) -> Result<(), ServiceError> {
    let configuration = it.jwt_configuration.clone();
    let JWTConfiguration { audience, issuer } = configuration.unwrap_or_default();
    let issuer = issuer.unwrap_or_default();
    let is_url = issuer.starts_with("https://") || issuer.starts_with("http://");
    if !is_url {
        return Err(bad_request(
            "Invalid issuer. Issuer must have a valid discovery endpoint ending with '/.well-known/openid-configuration'",
        ));
    }
    if audience.is_none_or(|it| it.is_empty()) {
        return Err(bad_request(
            "Audience list must have at least 1 item for JwtConfiguration",
        ));
    }
    if it.identity_source.as_ref().is_none_or(|it| it.len() != 1) {
        return Err(bad_request(
            "IdentitySource must have exactly 1 item for JWT authorizer",
        ));
    }
    Ok(())
}
