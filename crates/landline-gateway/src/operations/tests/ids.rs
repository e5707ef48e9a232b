//! Callers that have to know the id of what they make before it is made.

use landline_api::apigateway as rest;
use landline_wire::NewIds;

use super::*;

impl Plane {
    /// The same plane, called by somebody with a token.
    fn creating(&self, token: &str) -> (Caller, NewIds) {
        let caller = self.caller.clone().creating(token);
        let ids = caller.new_ids();
        (caller, ids)
    }
}

#[tokio::test]
async fn the_ids_of_an_api_and_of_its_parts_follow_from_the_callers_token() {
    let plane = Plane::new();
    let (caller, mut ids) = plane.creating("api");
    let input = api::CreateApiInput {
        name: "chat".into(),
        protocol_type: api::ProtocolType::Websocket,
        route_selection_expression: Some("$request.body.action".into()),
        ..Default::default()
    };
    let made = plane.dispatcher.call::<api::CreateApi>(input, &caller);
    let api_id = made.await.unwrap().api_id.unwrap();
    assert_eq!(api_id, ids.resource_id(10));

    let (caller, mut ids) = plane.creating("integration");
    let input = api::CreateIntegrationInput {
        api_id: api_id.clone(),
        integration_type: api::IntegrationType::Mock,
        ..Default::default()
    };
    let made = plane
        .dispatcher
        .call::<api::CreateIntegration>(input, &caller);
    let integration_id = made.await.unwrap().integration_id.unwrap();
    assert_eq!(integration_id, ids.resource_id(7));

    let (caller, mut ids) = plane.creating("route");
    let input = api::CreateRouteInput {
        api_id: api_id.clone(),
        route_key: "$default".into(),
        ..Default::default()
    };
    let made = plane.dispatcher.call::<api::CreateRoute>(input, &caller);
    assert_eq!(made.await.unwrap().route_id.unwrap(), ids.resource_id(7));

    let (caller, mut ids) = plane.creating("deployment");
    let input = api::CreateDeploymentInput {
        api_id,
        ..Default::default()
    };
    let made = plane
        .dispatcher
        .call::<api::CreateDeployment>(input, &caller);
    let deployment_id = made.await.unwrap().deployment_id.unwrap();
    assert_eq!(deployment_id, ids.resource_id(6));
}

#[tokio::test]
async fn the_ids_of_a_rest_api_and_of_its_resources_follow_from_the_callers_token() {
    let plane = Plane::new();
    let (caller, mut ids) = plane.creating("api");
    let input = rest::CreateRestApiInput {
        name: "shop".into(),
        ..Default::default()
    };
    let made = plane.dispatcher.call::<rest::CreateRestApi>(input, &caller);
    let made = made.await.unwrap();
    let rest_api_id = made.id.unwrap();
    assert_eq!(rest_api_id, ids.resource_id(10));

    let (caller, mut ids) = plane.creating("resource");
    let input = rest::CreateResourceInput {
        rest_api_id,
        parent_id: made.root_resource_id.unwrap(),
        path_part: "items".into(),
    };
    let made = plane
        .dispatcher
        .call::<rest::CreateResource>(input, &caller);
    assert_eq!(made.await.unwrap().id.unwrap(), ids.resource_id(6));
}
