//! From the record of a REST API to what the data plane serves.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html>.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use landline_api::apigateway as api;

use super::models;
use crate::deployment::snapshot::{
    ApiKeySource, Authorization, Authorizer, AuthorizerKind, AwsAction, ContentHandling,
    GatewayResponse, HttpApi, HttpEndpoint, HttpKind, IdentitySource, Integration,
    IntegrationResponse, IntegrationResponses, IntegrationTarget, LambdaFunction, MethodPath,
    Passthrough, RequestMapping, RequestValidation, RequiredParameter, ResourcePolicy,
    ResponseSource, Route, RouteKey, Snapshot, StageTemplate, Templates, UserPoolAuthorizer,
    Validates,
};
use crate::integration::parameters::ParameterMapping;
use crate::message::selection::SelectionExpression;
use crate::message::validation::Validator;
use crate::quotas::INTEGRATION_TIMEOUT;
use crate::state::Stored;
use crate::state::rest::RestRecord;

/// What a stage serves that points to a deployment.
pub(crate) fn snapshot(record: &RestRecord, deployment_id: &str) -> Snapshot {
    let authorizers: HashMap<&str, Arc<Authorizer>> = record
        .authorizers
        .iter()
        .map(|(id, Stored(it))| (id.as_str(), Arc::new(authorizer(id, it))))
        .collect();
    let models: HashMap<&str, Arc<Validator>> = record
        .models
        .keys()
        .filter_map(|name| Some((name.as_str(), model(name, record)?)))
        .collect();
    let resources = record.resources.values();
    let routes = resources.flat_map(|Stored(resource)| {
        let methods = resource.resource_methods.iter().flatten();
        methods.map(|(name, it)| route(record, resource, name, it, &authorizers, &models))
    });
    let mut http = HttpApi::new(HttpKind::Rest, routes);
    let Stored(api) = &record.api;
    http.binary_media_types = api.binary_media_types.iter().flatten().cloned().collect();
    http.gateway_responses = record
        .gateway_responses
        .iter()
        .map(|(kind, Stored(it))| (kind.clone(), gateway_response(it)))
        .collect();
    http.resource_policy = resource_policy(record);
    let mut snapshot = Snapshot::of_http(deployment_id, http);
    snapshot.disable_execute_api_endpoint = api.disable_execute_api_endpoint.unwrap_or_default();
    snapshot.api_key_source = match api.api_key_source {
        Some(api::ApiKeySourceType::Authorizer) => ApiKeySource::Authorizer,
        _ => ApiKeySource::Header,
    };
    snapshot
}

/// The policy of the API. One that cannot be read lets nobody in.
fn resource_policy(record: &RestRecord) -> Option<ResourcePolicy> {
    let Stored(api) = &record.api;
    let text = api.policy.as_deref().filter(|text| !text.is_empty())?;
    let (region, account) = (&record.region, &record.account_id);
    let id = api.id.as_deref().unwrap_or_default();
    let api_arn = format!("arn:aws:execute-api:{region}:{account}:{id}");
    Some(ResourcePolicy::parse(text, &api_arn).unwrap_or_default())
}

fn route(
    record: &RestRecord,
    resource: &api::Resource,
    method: &str,
    it: &api::Method,
    authorizers: &HashMap<&str, Arc<Authorizer>>,
    models: &HashMap<&str, Arc<Validator>>,
) -> Route {
    let path = resource.path.clone().unwrap_or_default();
    let key = format!("{method} {path}");
    let validator = it.request_validator_id.as_deref();
    let validator = validator.and_then(|id| record.validators.get(id));
    let keys = it.request_models.iter().flatten();
    Route {
        integration: it
            .method_integration
            .as_ref()
            .map(|it| Arc::new(integration(it))),
        authorization: authorization(record, it, authorizers),
        scopes: it.authorization_scopes.clone().unwrap_or_default(),
        api_key_required: it.api_key_required.unwrap_or_default(),
        required_parameters: required_parameters(it),
        validation: Some(RequestValidation {
            selection: SelectionExpression::default(),
            models: keys
                .map(|(key, name)| (key.clone(), models.get(name.as_str()).cloned()))
                .collect(),
        }),
        at: Some(MethodPath {
            method: (method != "ANY").then(|| method.to_owned()),
            path,
            resource_id: resource.id.clone().unwrap_or_default(),
            validates: validator.map_or(Validates::Nothing, |Stored(it)| validates(it)),
        }),
        ..Route::new(RouteKey::parse(&key), None)
    }
}

fn validates(it: &api::RequestValidator) -> Validates {
    match (it.validate_request_body, it.validate_request_parameters) {
        (Some(true), Some(true)) => Validates::Everything,
        (Some(true), _) => Validates::Body,
        (_, Some(true)) => Validates::Parameters,
        _ => Validates::Nothing,
    }
}

fn authorization(
    record: &RestRecord,
    it: &api::Method,
    authorizers: &HashMap<&str, Arc<Authorizer>>,
) -> Authorization {
    let id = it.authorizer_id.as_deref().unwrap_or_default();
    match it.authorization_type.as_deref() {
        Some("AWS_IAM") => Authorization::AwsIam,
        Some("CUSTOM") => Authorization::Custom(authorizers.get(id).cloned()),
        Some("COGNITO_USER_POOLS") => {
            let pools = record.authorizers.get(id);
            let pools = pools.map(|Stored(it)| Arc::new(user_pools(it)));
            pools.map_or(Authorization::Custom(None), Authorization::UserPools)
        }
        _ => Authorization::None,
    }
}

fn required_parameters(it: &api::Method) -> Vec<RequiredParameter> {
    let parameters = it.request_parameters.iter().flatten();
    let required = parameters.filter(|(_, is_required)| **is_required);
    required
        .filter_map(|(key, _)| key.strip_prefix("method.request.")?.split_once('.'))
        .map(|(location, name)| RequiredParameter {
            location: location.to_owned(),
            name: name.to_owned(),
        })
        .collect()
}

fn user_pools(it: &api::Authorizer) -> UserPoolAuthorizer {
    let source = it
        .identity_source
        .as_deref()
        .and_then(IdentitySource::parse);
    let pools = it.provider_arns.iter().flatten();
    UserPoolAuthorizer {
        identity_source: source
            .unwrap_or_else(|| IdentitySource::Header("Authorization".to_owned())),
        issuers: pools
            .filter_map(|arn| UserPoolAuthorizer::issuer(arn))
            .collect(),
    }
}

fn authorizer(id: &str, it: &api::Authorizer) -> Authorizer {
    let sources = it.identity_source.as_deref().unwrap_or_default().split(',');
    let ttl = it.authorizer_result_ttl_in_seconds.unwrap_or_default();
    Authorizer {
        authorizer_id: id.to_owned(),
        function: LambdaFunction::from_uri(it.authorizer_uri.clone().unwrap_or_default()),
        identity_sources: sources
            .filter_map(|source| IdentitySource::parse(source.trim()))
            .collect(),
        credentials: it.authorizer_credentials.clone().map(StageTemplate::new),
        kind: match it.r#type {
            Some(api::AuthorizerType::Token) => AuthorizerKind::Token {
                validation: it
                    .identity_validation_expression
                    .clone()
                    .filter(|it| !it.is_empty()),
            },
            _ => AuthorizerKind::Request,
        },
        result_ttl: Duration::from_secs(u64::try_from(ttl).unwrap_or_default()),
    }
}

fn integration(it: &api::Integration) -> Integration {
    let timeout = it
        .timeout_in_millis
        .and_then(|millis| u64::try_from(millis).ok());
    let mut responses = IntegrationResponses::default();
    let described = it.integration_responses.iter().flatten();
    for (_, response) in described {
        let pattern = response.selection_pattern.as_deref().unwrap_or_default();
        let key = if pattern.is_empty() {
            "$default"
        } else {
            pattern
        };
        responses.insert(key, integration_response(response));
    }
    Integration {
        timeout: timeout.map_or(INTEGRATION_TIMEOUT, Duration::from_millis),
        request: request(it),
        responses,
        credentials: it.credentials.clone().map(StageTemplate::new),
        ..Integration::new("", target(it))
    }
}

fn target(it: &api::Integration) -> IntegrationTarget {
    let uri = it.uri.clone().unwrap_or_default();
    let method = it
        .http_method
        .as_deref()
        .unwrap_or("POST")
        .to_ascii_uppercase();
    match it.r#type {
        Some(api::IntegrationType::AwsProxy) => {
            IntegrationTarget::LambdaProxy(LambdaFunction::from_uri(uri))
        }
        Some(api::IntegrationType::Aws) if LambdaFunction::is_meant_by(&uri) => {
            IntegrationTarget::Lambda(LambdaFunction::from_uri(uri))
        }
        Some(api::IntegrationType::Aws) => IntegrationTarget::Aws(AwsAction {
            method,
            uri: StageTemplate::new(uri),
        }),
        Some(api::IntegrationType::Http) => IntegrationTarget::Http(HttpEndpoint {
            method,
            url: StageTemplate::new(uri),
        }),
        Some(api::IntegrationType::HttpProxy) => IntegrationTarget::HttpProxy(HttpEndpoint {
            method,
            url: StageTemplate::new(uri),
        }),
        _ => IntegrationTarget::Mock,
    }
}

fn request(it: &api::Integration) -> RequestMapping {
    let parameters = it.request_parameters.iter().flatten();
    RequestMapping {
        // REST APIs call a route a method.
        parameters: parameters
            .filter_map(|(target, source)| {
                let source = source.replacen("method.request.", "route.request.", 1);
                ParameterMapping::parse(target, &source)
            })
            .collect(),
        templates: Templates::parse(it.request_templates.as_ref()),
        template_selection: None,
        passthrough: match it.passthrough_behavior.as_deref() {
            Some("NEVER") => Passthrough::Never,
            Some("WHEN_NO_TEMPLATES") => Passthrough::WhenNoTemplates,
            _ => Passthrough::WhenNoMatch,
        },
        content_handling: content_handling(it.content_handling.as_ref()),
    }
}

fn integration_response(it: &api::PutIntegrationResponseOutput) -> IntegrationResponse {
    let parameters = it.response_parameters.iter().flatten();
    IntegrationResponse {
        templates: Templates::parse(it.response_templates.as_ref()),
        content_handling: content_handling(it.content_handling.as_ref()),
        status: it.status_code.as_deref().and_then(|it| it.parse().ok()),
        parameters: parameters
            .filter_map(|(target, source)| {
                let name = target.strip_prefix("method.response.header.")?;
                Some((name.to_owned(), ResponseSource::parse(source)?))
            })
            .collect(),
        ..IntegrationResponse::default()
    }
}

fn content_handling(strategy: Option<&api::ContentHandlingStrategy>) -> Option<ContentHandling> {
    match strategy? {
        api::ContentHandlingStrategy::ConvertToBinary => Some(ContentHandling::ConvertToBinary),
        api::ContentHandlingStrategy::ConvertToText => Some(ContentHandling::ConvertToText),
        api::ContentHandlingStrategy::Unrecognized(_) => None,
    }
}

fn gateway_response(it: &api::PutGatewayResponseOutput) -> GatewayResponse {
    let parameters = it.response_parameters.iter().flatten();
    let templates: BTreeMap<String, String> = it.response_templates.clone().unwrap_or_default();
    GatewayResponse {
        status: it.status_code.as_deref().and_then(|it| it.parse().ok()),
        parameters: parameters
            .filter_map(|(target, source)| {
                let name = target.strip_prefix("gatewayresponse.header.")?;
                Some((name.to_owned(), source.clone()))
            })
            .collect(),
        templates: Templates::parse(Some(&templates)),
    }
}

/// A schema that is none validates nothing.
fn model(name: &str, record: &RestRecord) -> Option<Arc<Validator>> {
    match Validator::compile(&models::linked(name, &record.models)) {
        Ok(validator) => Some(Arc::new(validator)),
        Err(error) => {
            tracing::warn!(model = name, %error, "model cannot be used");
            None
        }
    }
}
