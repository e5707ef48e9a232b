//! Disabling the default endpoint.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-disable-default-endpoint.html>

use http::Method;
use landline_api::apigatewayv2 as api;
use landline_testing::{DeployedApi, Node, WsClient};

use super::custom_domain_names::{connect, connection_id, create_domain, map};

const DOMAIN: &str = "ws.example.com";

/// An API under a custom domain, its default endpoint disabled and not deployed since.
async fn disabled_api(node: &Node) -> DeployedApi {
    let api = node.api().route("$connect", "connect").deploy().await;
    create_domain(node, DOMAIN).await;
    map(node, DOMAIN, "", &api).await;
    node.call::<api::UpdateApi>(api::UpdateApiInput {
        api_id: api.id.clone(),
        disable_execute_api_endpoint: Some(true),
        ..Default::default()
    })
    .await;
    api
}

async fn deploy(node: &Node, api: &DeployedApi) {
    node.call::<api::CreateDeployment>(api::CreateDeploymentInput {
        api_id: api.id.clone(),
        stage_name: Some(api.stage.clone()),
        ..Default::default()
    })
    .await;
}

#[tokio::test]
async fn the_default_endpoint_closes_for_connections_with_the_next_deployment() {
    // C59
    let node = Node::start().await;
    let api = disabled_api(&node).await;
    let _client = WsClient::connect(&api.url).await;
    let id = connection_id(&node, "connect").await;
    let aws = format!("{}.execute-api.us-east-1.amazonaws.com", api.id);
    let local = node.address.to_string();
    let forms = [
        (aws.clone(), format!("/{}/@connections/{id}", api.stage)),
        (
            local.clone(),
            format!("/{}/{}/@connections/{id}", api.id, api.stage),
        ),
        (local, format!("/{}/@connections/{id}", api.stage)),
    ];
    for (host, path) in &forms {
        let answer = node.http_at(host, Method::POST, path, "hello").await;
        assert_eq!(answer.status(), 200, "{host}{path}");
    }
    deploy(&node, &api).await;
    for (host, path) in &forms {
        let answer = node.http_at(host, Method::POST, path, "hello").await;
        assert_eq!(answer.status(), 403, "{host}{path}");
        assert_eq!(answer.headers()["x-amzn-errortype"], "ForbiddenException");
        assert_eq!(answer.body(), r#"{"message":"Forbidden"}"#);
    }
}

#[tokio::test]
async fn the_default_endpoint_closes_for_handshakes_in_every_form() {
    let node = Node::start().await;
    let api = disabled_api(&node).await;
    deploy(&node, &api).await;
    let aws = format!("{}.execute-api.us-east-1.amazonaws.com", api.id);
    let local = node.address.to_string();
    for (host, path) in [
        (&aws, format!("/{}", api.stage)),
        (&local, format!("/{}/{}", api.id, api.stage)),
        (
            &local,
            format!("/_aws/execute-api/{}/{}", api.id, api.stage),
        ),
        (&local, format!("/{}", api.stage)),
    ] {
        assert_eq!(
            connect(&node, host, &path).await.err(),
            Some(403),
            "{host}{path}"
        );
    }
}

#[tokio::test]
async fn a_custom_domain_stays_open_when_the_default_endpoint_closes() {
    let node = Node::start().await;
    let api = disabled_api(&node).await;
    deploy(&node, &api).await;
    let mut client = connect(&node, DOMAIN, "/").await.unwrap();
    let id = connection_id(&node, "connect").await;
    let path = format!("/@connections/{id}");
    let posted = node.http_at(DOMAIN, Method::POST, &path, "hello").await;
    assert_eq!(posted.status(), 200);
    assert_eq!(client.text().await, "hello");
}
