//! Routes: which message calls which integration.
//!
//! See <https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html>.

use std::collections::BTreeMap;

use landline_api::apigatewayv2::{
    AuthorizationType, Authorizer, CreateRoute, CreateRouteInput, DeleteRoute, DeleteRouteInput,
    DeleteRouteRequestParameter, DeleteRouteRequestParameterInput, GetRoute, GetRouteInput,
    GetRoutes, GetRoutesInput, GetRoutesOutput, Integration, Model, Route, RouteResponse,
    UpdateRoute, UpdateRouteInput,
};
use landline_store::{Reader, Transaction};
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::page::page;
use super::patch::{self, non_empty};
use super::{ApiGateway, Scope, expect, http_apis};
use crate::deployment::frozen::integration_id;
use crate::deployment::snapshot::RouteKey;
use crate::state::{self, Failure, Resource, bad_request, conflict, not_found, quota_reached};

impl Handler<CreateRoute> for ApiGateway {
    async fn handle(
        &self,
        input: CreateRouteInput,
        caller: &Caller,
    ) -> Result<Route, ServiceError> {
        let limit = self.limits.routes_per_api;
        let (api_id, mut route) = (input.api_id.clone(), new_route(input));
        let mut ids = caller.new_ids();
        self.redefine(caller, api_id, move |transaction, scope| {
            let routes = state::list::<Route>(transaction, &scope.api_id)?;
            if routes.len() >= limit {
                return Err(quota_reached("Routes", "API").into());
            }
            route.route_id = Some(state::fresh_id::<Route>(
                transaction,
                &scope.api_id,
                &mut ids,
            )?);
            put_expected(transaction, scope, &mut route)?;
            Ok(route)
        })
        .await
    }
}

impl Handler<GetRoute> for ApiGateway {
    async fn handle(&self, input: GetRouteInput, caller: &Caller) -> Result<Route, ServiceError> {
        self.read(caller, &input.api_id, |reader, _| {
            state::find(reader, &input.api_id, &input.route_id)
        })
    }
}

impl Handler<GetRoutes> for ApiGateway {
    async fn handle(
        &self,
        input: GetRoutesInput,
        caller: &Caller,
    ) -> Result<GetRoutesOutput, ServiceError> {
        let all = self.read(caller, &input.api_id, |reader, _| {
            Ok(state::list::<Route>(reader, &input.api_id)?)
        })?;
        let max_results = input.max_results.as_deref();
        let page = page(all, Route::id, max_results, input.next_token.as_deref())?;
        Ok(GetRoutesOutput {
            items: Some(page.items),
            next_token: page.next_token,
        })
    }
}

impl Handler<UpdateRoute> for ApiGateway {
    async fn handle(
        &self,
        input: UpdateRouteInput,
        caller: &Caller,
    ) -> Result<Route, ServiceError> {
        self.redefine(caller, input.api_id.clone(), move |transaction, scope| {
            let mut route: Route = state::find(transaction, &scope.api_id, &input.route_id)?;
            update(&mut route, input);
            put_expected(transaction, scope, &mut route)?;
            Ok(route)
        })
        .await
    }
}

impl Handler<DeleteRoute> for ApiGateway {
    async fn handle(&self, input: DeleteRouteInput, caller: &Caller) -> Result<Unit, ServiceError> {
        self.redefine(caller, input.api_id, move |transaction, scope| {
            let api_id = &scope.api_id;
            let route: Route = state::find(transaction, api_id, &input.route_id)?;
            state::remove_all::<RouteResponse>(transaction, &state::path(api_id, route.id()))?;
            state::remove::<Route>(transaction, api_id, route.id());
            Ok(Unit {})
        })
        .await
    }
}

impl Handler<DeleteRouteRequestParameter> for ApiGateway {
    async fn handle(
        &self,
        input: DeleteRouteRequestParameterInput,
        caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.redefine(caller, input.api_id, move |transaction, scope| {
            let mut route: Route = state::find(transaction, &scope.api_id, &input.route_id)?;
            let mut parameters = route.request_parameters.take().unwrap_or_default();
            if parameters.remove(&input.request_parameter_key).is_none() {
                return Err(not_found("Invalid RequestParameter identifier specified").into());
            }
            route.request_parameters = Some(parameters).filter(|map| !map.is_empty());
            state::put(transaction, &scope.api_id, &route)?;
            Ok(Unit {})
        })
        .await
    }
}

fn new_route(input: CreateRouteInput) -> Route {
    Route {
        api_key_required: input.api_key_required.or(Some(false)),
        authorization_scopes: input.authorization_scopes.filter(|it| !it.is_empty()),
        authorization_type: input.authorization_type.or(Some(AuthorizationType::None)),
        authorizer_id: non_empty(input.authorizer_id),
        model_selection_expression: non_empty(input.model_selection_expression),
        operation_name: non_empty(input.operation_name),
        request_models: input.request_models.filter(|map| !map.is_empty()),
        request_parameters: input.request_parameters.filter(|map| !map.is_empty()),
        route_key: input.route_key,
        route_response_selection_expression: non_empty(input.route_response_selection_expression),
        target: non_empty(input.target),
        ..Route::default()
    }
}

fn update(route: &mut Route, input: UpdateRouteInput) {
    patch::value(&mut route.api_key_required, input.api_key_required);
    patch::value(&mut route.authorization_scopes, input.authorization_scopes);
    patch::value(&mut route.authorization_type, input.authorization_type);
    patch::text(&mut route.authorizer_id, input.authorizer_id);
    patch::text(
        &mut route.model_selection_expression,
        input.model_selection_expression,
    );
    patch::text(&mut route.operation_name, input.operation_name);
    patch::map(&mut route.request_models, input.request_models);
    if let Some(given) = input.request_parameters {
        let parameters = route.request_parameters.get_or_insert_default();
        parameters.extend(given);
    }
    patch::text(
        &mut route.route_response_selection_expression,
        input.route_response_selection_expression,
    );
    patch::text(&mut route.target, input.target);
    if let Some(key) = input.route_key {
        route.route_key = key;
    }
    route.authorization_scopes = route
        .authorization_scopes
        .take()
        .filter(|it| !it.is_empty());
}

/// Stores a route if it may stand as it is, among its siblings.
fn put_expected(
    transaction: &mut Transaction<'_>,
    scope: &Scope,
    route: &mut Route,
) -> Result<(), Failure> {
    let api_id = &scope.api_id;
    let has_authorizer = matches!(
        route.authorization_type,
        Some(AuthorizationType::Custom | AuthorizationType::Jwt)
    );
    if !has_authorizer {
        route.authorizer_id = None;
    }
    if scope.is_http() {
        http_apis::expect_route(route)?;
    } else {
        expect_members(route)?;
        expect_authorization(route)?;
    }
    expect_authorizer(transaction, api_id, route)?;
    expect_target(transaction, api_id, route)?;
    expect_models(transaction, api_id, route.request_models.as_ref())?;
    let siblings = state::list::<Route>(transaction, api_id)?;
    let taken = |other: &Route| other.route_key == route.route_key && other.id() != route.id();
    if siblings.iter().any(taken) {
        let key = &route.route_key;
        return Err(conflict(format!("Route with key {key} already exists for this API")).into());
    }
    state::put(transaction, api_id, route)?;
    Ok(())
}

fn expect_members(route: &Route) -> Result<(), ServiceError> {
    let reserved =
        matches!(RouteKey::parse(&route.route_key), RouteKey::Custom(key) if key.starts_with('$'));
    if route.route_key.is_empty() || reserved {
        return Err(bad_request(
            "The provided route key is not formatted properly",
        ));
    }
    expect::length("OperationName", route.operation_name.as_deref(), 1, 64)?;
    expect::selection_expression(
        "ModelSelectionExpression",
        route.model_selection_expression.as_deref(),
    )?;
    match route.route_response_selection_expression.as_deref() {
        None | Some("$default") => {}
        Some(other) => {
            return Err(bad_request(format!(
                "Invalid RouteResponseSelectionExpression: {other}. Only $default is supported."
            )));
        }
    }
    for name in route.request_parameters.iter().flat_map(|map| map.keys()) {
        if !is_request_parameter(name) {
            return Err(bad_request(format!(
                "Invalid mapping expression specified: Validation Result: warnings : [], \
                 errors : [Invalid mapping expression parameter specified: {name}]"
            )));
        }
    }
    Ok(())
}

/// Only a handshake can be refused, so only `$connect` is ever authorised.
fn expect_authorization(route: &Route) -> Result<(), ServiceError> {
    expect::absent("AuthorizationScopes", route.authorization_scopes.as_ref())?;
    let authorization = route.authorization_type.as_ref();
    if authorization == Some(&AuthorizationType::None) {
        return Ok(());
    }
    if route.route_key != "$connect" {
        return Err(bad_request(
            "Currently, authorization is restricted to the $connect route only",
        ));
    }
    match authorization {
        Some(AuthorizationType::AwsIam | AuthorizationType::Custom) => Ok(()),
        _ => Err(bad_request(
            "Invalid authorization type. Only NONE, AWS_IAM and CUSTOM are supported on WEBSOCKET protocol Apis.",
        )),
    }
}

fn expect_authorizer(reader: &dyn Reader, api_id: &str, route: &Route) -> Result<(), Failure> {
    let has_authorizer = matches!(
        route.authorization_type,
        Some(AuthorizationType::Custom | AuthorizationType::Jwt)
    );
    if has_authorizer {
        let id = route.authorizer_id.as_deref().unwrap_or_default();
        state::find::<Authorizer>(reader, api_id, id)?;
    }
    Ok(())
}

/// Models are meant by their names.
pub(super) fn expect_models(
    reader: &dyn Reader,
    api_id: &str,
    names: Option<&BTreeMap<String, String>>,
) -> Result<(), Failure> {
    let Some(names) = names else {
        return Ok(());
    };
    let models = state::list::<Model>(reader, api_id)?;
    for name in names.values() {
        expect::length("A model's name", Some(name), 1, 128)?;
        if !models.iter().any(|model| model.name == *name) {
            return Err(bad_request(format!("Invalid model identifier specified: {name}")).into());
        }
    }
    Ok(())
}

/// `route.request.{place}.{name}`.
fn is_request_parameter(text: &str) -> bool {
    let place_and_name = text
        .strip_prefix("route.request.")
        .and_then(|rest| rest.split_once('.'));
    place_and_name.is_some_and(|(place, name)| {
        PARAMETER_PLACES.contains(&place) && expect::is_parameter_name(name)
    })
}

const PARAMETER_PLACES: [&str; 6] = [
    "body",
    "header",
    "multivalueheader",
    "multivaluequerystring",
    "path",
    "querystring",
];

fn expect_target(reader: &dyn Reader, api_id: &str, route: &Route) -> Result<(), Failure> {
    let Some(target) = route.target.as_deref() else {
        return Ok(());
    };
    let Some(id) = integration_id(target) else {
        return Err(bad_request(format!(
            "Invalid target: {target}. Must be integrations/ followed by the identifier of an integration."
        ))
        .into());
    };
    state::find::<Integration>(reader, api_id, id)?;
    Ok(())
}
