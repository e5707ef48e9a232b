//! What open connections notice of the control plane.

use super::*;
use crate::quotas::Limits;
use crate::testing::{Client, Frame, Node};

#[tokio::test]
async fn an_open_connection_follows_a_redeployment() {
    let (plane, node) = (Plane::new(), node());
    let api_id = deployed(&plane, "$default").await;
    let mut client = connect(&plane, &node, &api_id).await;
    client.text(r#"{"action":"later"}"#).await;
    node.functions.nth("chat", 0).await;

    let input = api::UpdateRouteInput {
        api_id: api_id.clone(),
        route_id: only_route(&plane, &api_id).await,
        route_key: Some("other".into()),
        ..Default::default()
    };
    plane.call::<api::UpdateRoute>(input).await.unwrap();
    client.text("before").await;
    node.functions.nth("chat", 1).await;

    deploy(&plane, &api_id).await;
    client.text("after").await;
    let Frame::Text(frame) = client.next().await else {
        panic!("no error frame");
    };
    assert!(frame.contains("Forbidden"), "{frame}");
}

#[tokio::test]
async fn deleting_a_stage_closes_its_connections_and_runs_no_disconnect() {
    let (plane, node) = (Plane::new(), node());
    let api_id = deployed(&plane, "$disconnect").await;
    let mut client = connect(&plane, &node, &api_id).await;
    let delete = api::DeleteStageInput {
        api_id,
        stage_name: "prod".into(),
    };
    plane.call::<api::DeleteStage>(delete).await.unwrap();
    let going_away = Frame::Close(Some((1001, "Going away".into())));
    assert_eq!(client.next().await, going_away);
    client.close(&1001_u16.to_be_bytes()).await;
    node.gateway.drain().await;
    assert_eq!(node.functions.count("chat"), 0);
}

#[tokio::test]
async fn deleting_an_api_closes_its_connections() {
    let (plane, node) = (Plane::new(), node());
    let api_id = deployed(&plane, "$default").await;
    let mut client = connect(&plane, &node, &api_id).await;
    let delete = api::DeleteApiInput { api_id };
    plane.call::<api::DeleteApi>(delete).await.unwrap();
    let going_away = Frame::Close(Some((1001, "Going away".into())));
    assert_eq!(client.next().await, going_away);
}

/// A data plane that looks for deleted stages often.
fn node() -> Node {
    let limits = Limits {
        sweep_interval: Duration::from_millis(5),
        ..Limits::default()
    };
    Node::with_limits(&[], limits)
}

/// An API whose route `key` calls the function `chat`, deployed at `prod`.
async fn deployed(plane: &Plane, key: &str) -> String {
    let api_id = plane.api().await;
    let input = api::CreateRouteInput {
        target: Some(format!("integrations/{}", plane.integration(&api_id).await)),
        ..route(&api_id, key)
    };
    plane.call::<api::CreateRoute>(input).await.unwrap();
    let input = stage(&api_id, "prod");
    plane.call::<api::CreateStage>(input).await.unwrap();
    deploy(plane, &api_id).await;
    api_id
}

async fn deploy(plane: &Plane, api_id: &str) {
    let input = api::CreateDeploymentInput {
        api_id: api_id.into(),
        stage_name: Some("prod".into()),
        ..Default::default()
    };
    plane.call::<api::CreateDeployment>(input).await.unwrap();
}

async fn only_route(plane: &Plane, api_id: &str) -> String {
    let input = api::GetRoutesInput {
        api_id: api_id.into(),
        ..Default::default()
    };
    let routes = plane.call::<api::GetRoutes>(input).await.unwrap();
    routes.items.unwrap().remove(0).route_id.unwrap()
}

async fn connect(plane: &Plane, node: &Node, api_id: &str) -> Client {
    let slot = plane.live.get(api_id, "prod").unwrap();
    let client = Client::handshake(node.dial_to(slot), "/prod", "").await;
    client.expect_open()
}
