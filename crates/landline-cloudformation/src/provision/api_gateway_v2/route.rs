//! `AWS::ApiGatewayV2::Route` and `AWS::ApiGatewayV2::RouteResponse`

use landline_api::apigatewayv2 as gateway;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::super::input::{call, check, delete, drawn_id, text, with_removed};
use super::id;
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(in super::super) struct Route(pub(in super::super) Dispatcher);

#[derive(Debug)]
pub(in super::super) struct RouteResponse(pub(in super::super) Dispatcher);

static ROUTE: Schema = Schema {
    resource_type: "AWS::ApiGatewayV2::Route",
    required: &["ApiId", "RouteKey"],
    properties: &[
        "ApiId",
        "ApiKeyRequired",
        "AuthorizationScopes",
        "AuthorizationType",
        "AuthorizerId",
        "ModelSelectionExpression",
        "OperationName",
        "RequestModels",
        "RequestParameters",
        "RouteKey",
        "RouteResponseSelectionExpression",
        "Target",
    ],
    replace_on: &["ApiId"],
    attributes: &["RouteId"],
};

static ROUTE_RESPONSE: Schema = Schema {
    resource_type: "AWS::ApiGatewayV2::RouteResponse",
    required: &["ApiId", "RouteId", "RouteResponseKey"],
    properties: &[
        "ApiId",
        "ModelSelectionExpression",
        "ResponseModels",
        "ResponseParameters",
        "RouteId",
        "RouteResponseKey",
    ],
    replace_on: &["ApiId", "RouteId"],
    attributes: &["RouteResponseId"],
};

fn made_route(route: gateway::Route) -> Result<Provisioned, ProvisionError> {
    let route_id = id(route.route_id)?;
    Ok(Provisioned::new(route_id.clone()).with("RouteId", Some(route_id)))
}

impl ResourceProvider for Route {
    fn schema(&self) -> &'static Schema {
        &ROUTE
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        check::<gateway::CreateRoute>(properties, &[])
    }

    /// The gateway chooses the id, but an API has only one route with a key.
    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        let key = request.properties.get("RouteKey")?.as_str()?;
        Some(format!("{BY_KEY}{key}"))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            made_route(
                call::<gateway::CreateRoute>(&self.0, &request.properties, &[], &request.caller)
                    .await?,
            )
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let cleared = [
                ("ApiKeyRequired", json!(false)),
                ("AuthorizationScopes", json!([])),
                ("AuthorizationType", json!("NONE")),
                ("ModelSelectionExpression", json!("")),
                ("OperationName", json!("")),
                ("RequestModels", json!({})),
                ("RouteResponseSelectionExpression", json!("")),
                ("Target", json!("")),
            ];
            let properties = with_removed(request, &existing.properties, &cleared);
            let ids = [("RouteId", existing.physical_id.as_str())];
            let route =
                call::<gateway::UpdateRoute>(&self.0, &properties, &ids, &request.caller).await?;
            for key in removed_parameters(&existing.properties, &request.properties) {
                let ids = [
                    ("RouteId", existing.physical_id.as_str()),
                    ("RequestParameterKey", key),
                ];
                delete::<gateway::DeleteRouteRequestParameter>(
                    &self.0,
                    &json!({"ApiId": properties["ApiId"]}),
                    &ids,
                    &request.caller,
                )
                .await?;
            }
            made_route(route)
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let route_id = match existing.physical_id.strip_prefix(BY_KEY) {
                Some(key) => match self.id_of(key, &existing.properties, caller).await? {
                    Some(route_id) => route_id,
                    None => return Ok(()),
                },
                None => existing.physical_id.clone(),
            };
            let ids = [("RouteId", route_id.as_str())];
            delete::<gateway::DeleteRoute>(
                &self.0,
                &json!({"ApiId": existing.properties["ApiId"]}),
                &ids,
                caller,
            )
            .await
        })
    }
}

impl Route {
    /// The id of the route that has a key, if its API and the route are there.
    async fn id_of(
        &self,
        key: &str,
        properties: &Json,
        caller: &Caller,
    ) -> Result<Option<String>, ProvisionError> {
        let input = gateway::GetRoutesInput {
            api_id: text(properties, "ApiId").unwrap_or_default(),
            ..Default::default()
        };
        match self.0.call::<gateway::GetRoutes>(input, caller).await {
            Ok(routes) => {
                let mut routes = routes.items.unwrap_or_default().into_iter();
                let route = routes.find(|route| route.route_key == key);
                Ok(route.and_then(|route| route.route_id))
            }
            Err(error) if error.status == 404 => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

/// Begins what stands for the id of a route until the gateway has told it.
const BY_KEY: &str = "RouteKey:";

/// An update adds request parameters; taking one away is an operation of its own.
fn removed_parameters<'a>(before: &'a Json, after: &Json) -> Vec<&'a str> {
    let had = before
        .get("RequestParameters")
        .and_then(Json::as_object)
        .into_iter()
        .flatten();
    let wanted = after.get("RequestParameters").and_then(Json::as_object);
    had.map(|(key, _)| key.as_str())
        .filter(|key| wanted.is_none_or(|wanted| !wanted.contains_key(*key)))
        .collect()
}

fn made_response(response: gateway::RouteResponse) -> Result<Provisioned, ProvisionError> {
    let response_id = id(response.route_response_id)?;
    Ok(Provisioned::new(response_id.clone()).with("RouteResponseId", Some(response_id)))
}

impl ResourceProvider for RouteResponse {
    fn schema(&self) -> &'static Schema {
        &ROUTE_RESPONSE
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(drawn_id(request, 6))
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        check::<gateway::CreateRouteResponse>(properties, &[])
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            made_response(
                call::<gateway::CreateRouteResponse>(
                    &self.0,
                    &request.properties,
                    &[],
                    &request.caller,
                )
                .await?,
            )
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let cleared = [
                ("ModelSelectionExpression", json!("")),
                ("ResponseModels", json!({})),
                ("ResponseParameters", json!({})),
            ];
            let properties = with_removed(request, &existing.properties, &cleared);
            let ids = [("RouteResponseId", existing.physical_id.as_str())];
            let updated =
                call::<gateway::UpdateRouteResponse>(&self.0, &properties, &ids, &request.caller);
            made_response(updated.await?)
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let ids = [("RouteResponseId", existing.physical_id.as_str())];
            let owner = json!({"ApiId": existing.properties["ApiId"], "RouteId": existing.properties["RouteId"]});
            delete::<gateway::DeleteRouteResponse>(&self.0, &owner, &ids, caller).await
        })
    }
}
