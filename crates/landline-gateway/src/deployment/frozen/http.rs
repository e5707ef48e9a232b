//! From the records of an HTTP API to what the data plane serves.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop.html>.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use landline_api::apigatewayv2 as api;
use serde::{Deserialize, Serialize};

use super::integration::FrozenIntegration;
use super::{FrozenApi, integration_id};
use crate::deployment::snapshot::{
    Authorization, Authorizer, AuthorizerKind, Cors, HttpApi, HttpKind, IdentitySource,
    Integration, IntegrationTarget, JwtAuthorizer, LambdaFunction, MethodPath, PayloadFormat,
    Route, RouteKey, Snapshot, StageTemplate,
};
use crate::integration::http_parameters::HttpMappings;
use crate::integration::service_action::ServiceAction;
use crate::quotas::HTTP_INTEGRATION_TIMEOUT;
use crate::state::{Resource as _, Stored};

/// What an HTTP API has beside what all APIs have.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct FrozenHttp {
    pub(super) cors: Option<Stored<api::Cors>>,
}

/// What an HTTP API is made of.
#[derive(Debug, Default)]
pub(crate) struct HttpParts {
    pub(crate) routes: Vec<api::Route>,
    pub(crate) integrations: Vec<api::Integration>,
    pub(crate) authorizers: Vec<api::Authorizer>,
    pub(crate) cors: Option<api::Cors>,
}

impl FrozenApi {
    /// The parts of an HTTP API, as they were.
    pub(crate) fn into_http_parts(self) -> HttpParts {
        let cors = self.http.and_then(|it| it.cors);
        let routes = self.routes.into_iter();
        let integrations = self.integrations.into_iter();
        let authorizers = self.authorizers.into_iter();
        HttpParts {
            routes: routes.map(|it| it.route.0).collect(),
            integrations: integrations.map(|it| it.integration.0).collect(),
            authorizers: authorizers.map(|Stored(it)| it).collect(),
            cors: cors.map(|Stored(it)| it),
        }
    }
}

impl FrozenHttp {
    /// What an API has of it; nothing for a WebSocket API.
    pub(super) fn of(api: &api::Api) -> Option<Self> {
        (api.protocol_type == api::ProtocolType::Http).then(|| Self {
            cors: api.cors_configuration.clone().map(Stored),
        })
    }

    pub(super) fn snapshot(&self, frozen: &FrozenApi, deployment_id: &str) -> Snapshot {
        let integrations: HashMap<&str, Arc<Integration>> = frozen
            .integrations
            .iter()
            .map(|it| (it.id(), Arc::new(integration(it))))
            .collect();
        let authorizers = frozen.authorizers.iter();
        let authorizers: HashMap<&str, Authorization> = authorizers
            .filter_map(|Stored(it)| Some((it.id(), authorizer(it)?)))
            .collect();
        let routes = frozen
            .routes
            .iter()
            .map(|frozen| route(&frozen.route.0, &integrations, &authorizers));
        let mut http = HttpApi::new(HttpKind::Http, routes);
        http.cors = self.cors.as_ref().map(|Stored(cors)| self::cors(cors));
        let mut snapshot = Snapshot::of_http(deployment_id, http);
        snapshot.disable_execute_api_endpoint = frozen.disable_execute_api_endpoint;
        snapshot
    }
}

fn route(
    it: &api::Route,
    integrations: &HashMap<&str, Arc<Integration>>,
    authorizers: &HashMap<&str, Authorization>,
) -> Route {
    let target = it.target.as_deref().and_then(integration_id);
    let authorization = match it.authorization_type {
        Some(api::AuthorizationType::AwsIam) => Authorization::AwsIam,
        Some(api::AuthorizationType::Custom | api::AuthorizationType::Jwt) => {
            let id = it.authorizer_id.as_deref().unwrap_or_default();
            let known = authorizers.get(id).cloned();
            known.unwrap_or(Authorization::Custom(None))
        }
        _ => Authorization::None,
    };
    Route {
        route_id: it.id().to_owned(),
        integration: target.and_then(|id| integrations.get(id).cloned()),
        authorization,
        at: MethodPath::of_key(&it.route_key),
        scopes: it.authorization_scopes.clone().unwrap_or_default(),
        ..Route::new(RouteKey::parse(&it.route_key), None)
    }
}

fn integration(frozen: &FrozenIntegration) -> Integration {
    let Stored(it) = &frozen.integration;
    let mut integration = frozen.thaw();
    if it.timeout_in_millis.is_none() {
        integration.timeout = HTTP_INTEGRATION_TIMEOUT;
    }
    integration.payload = match it.payload_format_version.as_deref() {
        Some("2.0") => PayloadFormat::V2,
        _ => PayloadFormat::V1,
    };
    let request = it.request_parameters.iter().flatten();
    if let Some(subtype) = it.integration_subtype.as_deref() {
        integration.target = IntegrationTarget::Service(ServiceAction::new(subtype, request));
        return integration;
    }
    integration.request.parameters = Vec::new();
    let responses = it.response_parameters.iter().flatten();
    integration.mappings = HttpMappings::parse(request, responses);
    integration
}

fn authorizer(it: &api::Authorizer) -> Option<Authorization> {
    let sources = it.identity_source.iter().flatten();
    let mut sources = sources.filter_map(|source| IdentitySource::parse_http(source));
    if it.authorizer_type == Some(api::AuthorizerType::Jwt) {
        let configuration = it.jwt_configuration.clone()?;
        return Some(Authorization::Jwt(Arc::new(JwtAuthorizer {
            identity_source: sources.next()?,
            issuer: configuration.issuer?,
            audience: configuration.audience.unwrap_or_default(),
        })));
    }
    let is_v2 = it.authorizer_payload_format_version.as_deref() == Some("2.0");
    let ttl = it.authorizer_result_ttl_in_seconds.unwrap_or_default();
    let authorizer = Authorizer {
        authorizer_id: it.id().to_owned(),
        function: LambdaFunction::from_uri(it.authorizer_uri.clone().unwrap_or_default()),
        identity_sources: sources.collect(),
        credentials: it
            .authorizer_credentials_arn
            .clone()
            .map(StageTemplate::new),
        kind: match (is_v2, it.enable_simple_responses) {
            (true, Some(true)) => AuthorizerKind::V2Simple,
            (true, _) => AuthorizerKind::V2,
            (false, _) => AuthorizerKind::V1,
        },
        result_ttl: Duration::from_secs(u64::try_from(ttl).unwrap_or_default()),
    };
    Some(Authorization::Custom(Some(Arc::new(authorizer))))
}

fn cors(it: &api::Cors) -> Cors {
    Cors {
        allow_credentials: it.allow_credentials.unwrap_or_default(),
        allow_headers: it.allow_headers.clone().unwrap_or_default(),
        allow_methods: it.allow_methods.clone().unwrap_or_default(),
        allow_origins: it.allow_origins.clone().unwrap_or_default(),
        expose_headers: it.expose_headers.clone().unwrap_or_default(),
        max_age: it.max_age.filter(|seconds| *seconds >= 0),
    }
}
