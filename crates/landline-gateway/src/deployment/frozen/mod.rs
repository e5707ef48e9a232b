//! An API as it was when it was deployed, as a record, and the snapshot made of it.
//!
//! The control plane writes a record once and never again; expressions and URIs are
//! read here, once for each deployment, not for each message.

mod http;
mod integration;
mod models;
pub(crate) mod rest;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use landline_api::apigatewayv2 as api;
use landline_store::{Collection, Reader, StoreError};
use serde::{Deserialize, Serialize};

use http::FrozenHttp;
pub(crate) use http::HttpParts;
use integration::FrozenIntegration;

use super::snapshot::{
    ApiKeySource, Authorization, Authorizer, AuthorizerKind, IdentitySource, Integration,
    LambdaFunction, RequestValidation, RequiredParameter, Route, RouteKey, RouteResponse, Snapshot,
    StageTemplate,
};
use crate::message::selection::SelectionExpression;
use crate::message::validation::Validator;
use crate::state::{self, ApiRecord, Failure, Resource, Stored, bad_request};

/// What AWS says when there is nothing to deploy.
pub(crate) const NO_ROUTES: &str = "At least one route is required before deploying the Api";

/// Frozen APIs, by API and deployment.
pub(crate) const FROZEN: Collection<FrozenApi> = Collection::new("apigateway.frozen");

/// All of an API that a deployment holds on to.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct FrozenApi {
    route_selection_expression: String,
    api_key_selection_expression: Option<String>,
    disable_execute_api_endpoint: bool,
    routes: Vec<FrozenRoute>,
    integrations: Vec<FrozenIntegration>,
    authorizers: Vec<Stored<api::Authorizer>>,
    models: Vec<Stored<api::Model>>,
    /// Absent for WebSocket APIs.
    #[serde(default)]
    http: Option<FrozenHttp>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct FrozenRoute {
    route: Stored<api::Route>,
    responses: Vec<Stored<api::RouteResponse>>,
}

impl FrozenApi {
    /// Freezes an API as it is now; one without routes cannot be deployed.
    pub(crate) fn freeze(
        reader: &dyn Reader,
        api_id: &str,
        record: &ApiRecord,
    ) -> Result<Self, Failure> {
        let mut routes = Vec::new();
        for route in state::list::<api::Route>(reader, api_id)? {
            let parent = state::path(api_id, route.id());
            routes.push(FrozenRoute {
                route: Stored(route),
                responses: stored(reader, &parent)?,
            });
        }
        if routes.is_empty() {
            return Err(bad_request(NO_ROUTES).into());
        }
        let mut integrations = Vec::new();
        for integration in state::list::<api::Integration>(reader, api_id)? {
            let parent = state::path(api_id, integration.id());
            integrations.push(FrozenIntegration {
                integration: Stored(integration),
                responses: stored(reader, &parent)?,
            });
        }
        let Stored(api) = &record.api;
        Ok(Self {
            route_selection_expression: api.route_selection_expression.clone(),
            api_key_selection_expression: api.api_key_selection_expression.clone(),
            disable_execute_api_endpoint: api.disable_execute_api_endpoint.unwrap_or_default(),
            routes,
            integrations,
            authorizers: stored(reader, api_id)?,
            models: stored(reader, api_id)?,
            http: FrozenHttp::of(api),
        })
    }

    /// What the data plane serves of it.
    pub(crate) fn snapshot(&self, deployment_id: &str) -> Snapshot {
        if let Some(http) = &self.http {
            return http.snapshot(self, deployment_id);
        }
        let integrations: HashMap<&str, Arc<Integration>> = self
            .integrations
            .iter()
            .map(|frozen| (frozen.id(), Arc::new(frozen.thaw())))
            .collect();
        let authorizers: HashMap<&str, Arc<Authorizer>> = self
            .authorizers
            .iter()
            .map(|Stored(it)| (it.id(), Arc::new(authorizer(it))))
            .collect();
        let models: HashMap<&str, Arc<Validator>> = self
            .models
            .iter()
            .filter_map(|Stored(it)| Some((it.name.as_str(), model(it)?)))
            .collect();
        let routes = self.routes.iter();
        let routes = routes.map(|frozen| frozen.thaw(&integrations, &authorizers, &models));
        let selection = expression(&self.route_selection_expression);
        let mut snapshot = Snapshot::new(deployment_id, selection, routes);
        snapshot.disable_execute_api_endpoint = self.disable_execute_api_endpoint;
        snapshot.api_key_source = match self.api_key_selection_expression.as_deref() {
            Some("$context.authorizer.usageIdentifierKey") => ApiKeySource::Authorizer,
            _ => ApiKeySource::Header,
        };
        snapshot
    }
}

/// All resources of a parent, as a deployment keeps them.
fn stored<R: Resource>(reader: &dyn Reader, parent: &str) -> Result<Vec<Stored<R>>, StoreError> {
    let all = state::list::<R>(reader, parent)?;
    Ok(all.into_iter().map(Stored).collect())
}

impl FrozenRoute {
    fn thaw(
        &self,
        integrations: &HashMap<&str, Arc<Integration>>,
        authorizers: &HashMap<&str, Arc<Authorizer>>,
        models: &HashMap<&str, Arc<Validator>>,
    ) -> Route {
        let Stored(route) = &self.route;
        let target = route.target.as_deref().and_then(integration_id);
        let response = self
            .responses
            .iter()
            .find(|Stored(response)| response.route_response_key == "$default")
            .map(|Stored(response)| RouteResponse {
                route_response_id: response.id().to_owned(),
            });
        Route {
            route_id: route.id().to_owned(),
            key: RouteKey::parse(&route.route_key),
            integration: target.and_then(|id| integrations.get(id).cloned()),
            response,
            authorization: authorization(route, authorizers),
            api_key_required: route.api_key_required.unwrap_or_default(),
            required_parameters: required_parameters(route),
            validation: validation(route, models),
            at: None,
            scopes: Vec::new(),
        }
    }
}

/// The identifier in a route's target, `integrations/{integrationId}`.
pub(crate) fn integration_id(target: &str) -> Option<&str> {
    let id = target.strip_prefix("integrations/")?;
    (!id.is_empty() && !id.contains('/')).then_some(id)
}

fn authorization(
    route: &api::Route,
    authorizers: &HashMap<&str, Arc<Authorizer>>,
) -> Authorization {
    match route.authorization_type {
        Some(api::AuthorizationType::AwsIam) => Authorization::AwsIam,
        Some(api::AuthorizationType::Custom) => {
            let id = route.authorizer_id.as_deref();
            Authorization::Custom(id.and_then(|id| authorizers.get(id).cloned()))
        }
        _ => Authorization::None,
    }
}

/// `{"route.request.header.Name": {"required": true}}`.
fn required_parameters(route: &api::Route) -> Vec<RequiredParameter> {
    let parameters = route.request_parameters.iter().flatten();
    let required = parameters.filter(|(_, it)| it.required == Some(true));
    required
        .filter_map(|(key, _)| key.strip_prefix("route.request.")?.split_once('.'))
        .map(|(location, name)| RequiredParameter {
            location: location.to_owned(),
            name: name.to_owned(),
        })
        .collect()
}

/// Validation runs where an expression selects a model, for proxies as for others.
fn validation(
    route: &api::Route,
    models: &HashMap<&str, Arc<Validator>>,
) -> Option<RequestValidation> {
    let selection = route.model_selection_expression.as_deref()?;
    let keys = route.request_models.iter().flatten();
    Some(RequestValidation {
        selection: expression(selection),
        models: keys
            .map(|(key, name)| (key.clone(), models.get(name.as_str()).cloned()))
            .collect(),
    })
}

/// A schema that an API without checks let in, and that is none, validates nothing.
fn model(it: &api::Model) -> Option<Arc<Validator>> {
    match Validator::compile(it.schema.as_deref().unwrap_or_default()) {
        Ok(validator) => Some(Arc::new(validator)),
        Err(error) => {
            tracing::warn!(model = it.name, %error, "model cannot be used");
            None
        }
    }
}

fn authorizer(it: &api::Authorizer) -> Authorizer {
    let sources = it.identity_source.iter().flatten();
    Authorizer {
        authorizer_id: it.id().to_owned(),
        kind: AuthorizerKind::Request,
        result_ttl: Duration::ZERO,
        function: LambdaFunction::from_uri(it.authorizer_uri.clone().unwrap_or_default()),
        identity_sources: sources.filter_map(|it| IdentitySource::parse(it)).collect(),
        credentials: it
            .authorizer_credentials_arn
            .clone()
            .map(StageTemplate::new),
    }
}

/// Expressions are refused before they are stored; one that a newer Landline no longer
/// reads selects nothing, and its messages go to `$default`.
fn expression(text: &str) -> SelectionExpression {
    SelectionExpression::parse(text).unwrap_or_default()
}

#[cfg(test)]
mod tests;
