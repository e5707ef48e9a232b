//! A deployment is a snapshot: what is edited afterwards is invisible.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-set-up-websocket-deployment.html>

use landline_api::apigatewayv2::{
    CreateApi, CreateApiInput, CreateDeployment, CreateDeploymentInput, DeleteRoute,
    DeleteRouteInput, DeleteStage, DeleteStageInput, GetRoutes, GetRoutesInput, ProtocolType,
    UpdateRoute, UpdateRouteInput,
};
use landline_testing::{Answer, DeployedApi, Node, WsClient};

/// Deploys the API as it is now to its stage.
async fn deploy(node: &Node, api: &DeployedApi) {
    node.call::<CreateDeployment>(CreateDeploymentInput {
        api_id: api.id.clone(),
        stage_name: Some(api.stage.clone()),
        ..Default::default()
    })
    .await;
}

async fn only_route(node: &Node, api: &DeployedApi) -> String {
    let input = GetRoutesInput {
        api_id: api.id.clone(),
        ..Default::default()
    };
    let routes = node.call::<GetRoutes>(input).await.items.unwrap();
    routes
        .into_iter()
        .next()
        .and_then(|route| route.route_id)
        .unwrap()
}

#[tokio::test]
async fn an_edit_shows_after_the_next_deployment_and_open_connections_follow_it() {
    // C47
    let node = Node::start().await;
    let api = node.api().two_way_route("before", "echo").deploy().await;
    node.functions.answers("echo", Answer::body("hello"));
    let mut client = api.connect().await;
    node.call::<UpdateRoute>(UpdateRouteInput {
        api_id: api.id.clone(),
        route_id: only_route(&node, &api).await,
        route_key: Some("after".to_owned()),
        ..Default::default()
    })
    .await;
    client.send(r#"{"action":"before"}"#).await;
    assert_eq!(client.text().await, "hello");
    deploy(&node, &api).await;
    client.send(r#"{"action":"before"}"#).await;
    assert_eq!(client.json().await["message"], "Forbidden");
    client.send(r#"{"action":"after"}"#).await;
    assert_eq!(client.text().await, "hello");
}

#[tokio::test]
async fn an_auto_deploy_stage_follows_every_edit() {
    let node = Node::start().await;
    let api = node
        .api()
        .two_way_route("gone", "echo")
        .two_way_route("stays", "echo")
        .stage(|stage| stage.auto_deploy = Some(true))
        .deploy()
        .await;
    node.functions.answers("echo", Answer::body("hello"));
    let mut client = api.connect().await;
    let input = GetRoutesInput {
        api_id: api.id.clone(),
        ..Default::default()
    };
    let routes = node.call::<GetRoutes>(input).await.items.unwrap();
    let gone = routes
        .into_iter()
        .find(|route| route.route_key == "gone")
        .unwrap();
    node.call::<DeleteRoute>(DeleteRouteInput {
        api_id: api.id.clone(),
        route_id: gone.route_id.unwrap(),
    })
    .await;
    client.send(r#"{"action":"gone"}"#).await;
    assert_eq!(client.json().await["message"], "Forbidden");
    client.send(r#"{"action":"stays"}"#).await;
    assert_eq!(client.text().await, "hello");
}

#[tokio::test]
async fn an_api_without_routes_cannot_be_deployed() {
    // C48
    let node = Node::start().await;
    let api = node
        .call::<CreateApi>(CreateApiInput {
            name: "empty".to_owned(),
            protocol_type: ProtocolType::Websocket,
            route_selection_expression: Some("$request.body.action".to_owned()),
            ..Default::default()
        })
        .await;
    let input = CreateDeploymentInput {
        api_id: api.api_id.unwrap(),
        ..Default::default()
    };
    let refused = node.try_call::<CreateDeployment>(input).await.unwrap_err();
    assert_eq!(
        (refused.status, refused.code.as_ref()),
        (400, "BadRequestException")
    );
    assert_eq!(
        refused.message,
        "At least one route is required before deploying the Api"
    );
}

#[tokio::test]
async fn a_deleted_stage_sends_its_clients_away_without_a_disconnect_event() {
    let node = Node::with_limits(|limits| {
        limits.sweep_interval = std::time::Duration::from_millis(20);
    })
    .await;
    let api = node.api().route("$disconnect", "bye").deploy().await;
    let mut client = api.connect().await;
    let input = DeleteStageInput {
        api_id: api.id.clone(),
        stage_name: api.stage.clone(),
    };
    node.call::<DeleteStage>(input).await;
    let closed = client.closed().await;
    assert_eq!((closed.code, closed.reason.as_str()), (1001, "Going away"));
    assert_eq!(
        WsClient::try_connect(&api.url, &[])
            .await
            .unwrap_err()
            .status,
        403
    );
    assert_eq!(node.functions.calls("bye").await.len(), 0);
}

#[tokio::test]
async fn a_restart_serves_what_was_deployed() {
    let node = Node::start().await;
    let api = node.api().two_way_route("$default", "echo").deploy().await;
    let node = node.restart().await;
    node.functions.answers("echo", Answer::body("still here"));
    let mut client = WsClient::connect(&format!("ws://{}/{}/test", node.address, api.id)).await;
    client.send("x").await;
    assert_eq!(client.text().await, "still here");
}
