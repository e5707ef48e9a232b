//! Route responses: what makes a route two-way.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html>.

use landline_api::apigatewayv2::{
    CreateRouteResponse, CreateRouteResponseInput, DeleteRouteResponse, DeleteRouteResponseInput,
    GetRouteResponse, GetRouteResponseInput, GetRouteResponses, GetRouteResponsesInput,
    GetRouteResponsesOutput, Route, RouteResponse, UpdateRouteResponse, UpdateRouteResponseInput,
};
use landline_store::{Reader, Transaction};
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::ApiGateway;
use super::page::page;
use super::patch::{self, non_empty};
use super::routes::expect_models;
use crate::state::{self, Failure, Resource, bad_request, conflict};

impl Handler<CreateRouteResponse> for ApiGateway {
    async fn handle(
        &self,
        input: CreateRouteResponseInput,
        caller: &Caller,
    ) -> Result<RouteResponse, ServiceError> {
        let mut ids = caller.new_ids();
        self.redefine(caller, input.api_id.clone(), move |transaction, scope| {
            let parent = route_path(transaction, &scope.api_id, &input.route_id)?;
            let response = RouteResponse {
                model_selection_expression: non_empty(input.model_selection_expression),
                response_models: input.response_models.filter(|map| !map.is_empty()),
                response_parameters: input.response_parameters.filter(|map| !map.is_empty()),
                route_response_id: Some(state::fresh_id::<RouteResponse>(
                    transaction,
                    &parent,
                    &mut ids,
                )?),
                route_response_key: input.route_response_key,
            };
            expect_models(
                transaction,
                &scope.api_id,
                response.response_models.as_ref(),
            )?;
            put_expected(transaction, &parent, &response)?;
            Ok(response)
        })
        .await
    }
}

impl Handler<GetRouteResponse> for ApiGateway {
    async fn handle(
        &self,
        input: GetRouteResponseInput,
        caller: &Caller,
    ) -> Result<RouteResponse, ServiceError> {
        self.read(caller, &input.api_id, |reader, _| {
            let parent = route_path(reader, &input.api_id, &input.route_id)?;
            state::find(reader, &parent, &input.route_response_id)
        })
    }
}

impl Handler<GetRouteResponses> for ApiGateway {
    async fn handle(
        &self,
        input: GetRouteResponsesInput,
        caller: &Caller,
    ) -> Result<GetRouteResponsesOutput, ServiceError> {
        let all = self.read(caller, &input.api_id, |reader, _| {
            let parent = route_path(reader, &input.api_id, &input.route_id)?;
            Ok(state::list::<RouteResponse>(reader, &parent)?)
        })?;
        let max_results = input.max_results.as_deref();
        let page = page(
            all,
            RouteResponse::id,
            max_results,
            input.next_token.as_deref(),
        )?;
        Ok(GetRouteResponsesOutput {
            items: Some(page.items),
            next_token: page.next_token,
        })
    }
}

impl Handler<UpdateRouteResponse> for ApiGateway {
    async fn handle(
        &self,
        input: UpdateRouteResponseInput,
        caller: &Caller,
    ) -> Result<RouteResponse, ServiceError> {
        self.redefine(caller, input.api_id.clone(), move |transaction, scope| {
            let parent = route_path(transaction, &scope.api_id, &input.route_id)?;
            let mut response: RouteResponse =
                state::find(transaction, &parent, &input.route_response_id)?;
            patch::text(
                &mut response.model_selection_expression,
                input.model_selection_expression,
            );
            patch::map(&mut response.response_models, input.response_models);
            patch::map(&mut response.response_parameters, input.response_parameters);
            if let Some(key) = input.route_response_key {
                response.route_response_key = key;
            }
            expect_models(
                transaction,
                &scope.api_id,
                response.response_models.as_ref(),
            )?;
            put_expected(transaction, &parent, &response)?;
            Ok(response)
        })
        .await
    }
}

impl Handler<DeleteRouteResponse> for ApiGateway {
    async fn handle(
        &self,
        input: DeleteRouteResponseInput,
        caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.redefine(caller, input.api_id.clone(), move |transaction, scope| {
            let parent = route_path(transaction, &scope.api_id, &input.route_id)?;
            let response: RouteResponse =
                state::find(transaction, &parent, &input.route_response_id)?;
            state::remove::<RouteResponse>(transaction, &parent, response.id());
            Ok(Unit {})
        })
        .await
    }
}

/// Where the responses of a route lie, if there is such a route.
fn route_path(reader: &dyn Reader, api_id: &str, route_id: &str) -> Result<String, Failure> {
    let route: Route = state::find(reader, api_id, route_id)?;
    Ok(state::path(api_id, route.id()))
}

/// Stores a route response if it may stand beside its siblings.
fn put_expected(
    transaction: &mut Transaction<'_>,
    parent: &str,
    response: &RouteResponse,
) -> Result<(), Failure> {
    let key = &response.route_response_key;
    if key != "$default" {
        return Err(bad_request(format!(
            "Invalid RouteResponseKey: {key}. Only $default is supported."
        ))
        .into());
    }
    let siblings = state::list::<RouteResponse>(transaction, parent)?;
    let taken =
        |other: &RouteResponse| other.route_response_key == *key && other.id() != response.id();
    if siblings.iter().any(taken) {
        return Err(conflict(format!(
            "RouteResponse with key {key} already exists for this Route"
        ))
        .into());
    }
    state::put(transaction, parent, response)?;
    Ok(())
}
