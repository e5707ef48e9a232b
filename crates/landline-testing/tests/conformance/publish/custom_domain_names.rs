//! Custom domain names: a mapping implies the stage.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-custom-domain-names.html>

use http::Method;
use landline_api::apigatewayv2 as api;
use landline_testing::{DeployedApi, Node, WsClient};

const DOMAIN: &str = "ws.example.com";

/// Makes a custom domain.
pub(super) async fn create_domain(node: &Node, name: &str) {
    node.call::<api::CreateDomainName>(api::CreateDomainNameInput {
        domain_name: name.to_owned(),
        domain_name_configurations: Some(vec![api::DomainNameConfiguration::default()]),
        ..Default::default()
    })
    .await;
}

/// Maps a path of a custom domain to a stage.
pub(super) async fn map(node: &Node, domain: &str, key: &str, to: &DeployedApi) -> String {
    let mapping = node
        .call::<api::CreateApiMapping>(api::CreateApiMappingInput {
            domain_name: domain.to_owned(),
            api_id: to.id.clone(),
            api_mapping_key: Some(key.to_owned()),
            stage: to.stage.clone(),
        })
        .await;
    mapping.api_mapping_id.unwrap()
}

/// Connects under a custom domain, or tells the status of the refusal.
pub(super) async fn connect(node: &Node, host: &str, path: &str) -> Result<WsClient, u16> {
    let url = format!("ws://{}{path}", node.address);
    let connected = WsClient::try_connect(&url, &[("host", host)]).await;
    connected.map_err(|refused| refused.status)
}

/// The id of the connection that made the function's last call.
pub(super) async fn connection_id(node: &Node, function: &str) -> String {
    let calls = node.functions.calls(function).await;
    let context = &calls.last().unwrap().event["requestContext"];
    context["connectionId"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_root_of_a_domain_leads_to_the_mapped_stage() {
    let node = Node::start().await;
    let api = node.api().route("$connect", "connect").deploy().await;
    create_domain(&node, DOMAIN).await;
    assert_eq!(connect(&node, DOMAIN, "/").await.err(), Some(403));
    map(&node, DOMAIN, "", &api).await;
    connect(&node, DOMAIN, "/").await.unwrap();
    let event = &node.functions.calls("connect").await[0].event;
    assert_eq!(event["requestContext"]["domainName"], DOMAIN);
    assert_eq!(event["requestContext"]["stage"], api.stage);
}

#[tokio::test]
async fn a_handshake_with_the_stage_in_its_path_is_forbidden() {
    // C43
    let node = Node::start().await;
    let api = node.api().route("$connect", "connect").deploy().await;
    create_domain(&node, DOMAIN).await;
    map(&node, DOMAIN, "", &api).await;
    let path = format!("/{}", api.stage);
    assert_eq!(connect(&node, DOMAIN, &path).await.err(), Some(403));
}

#[tokio::test]
async fn a_post_with_the_stage_in_its_path_has_no_method() {
    // C43
    let node = Node::start().await;
    let api = node.api().route("$connect", "connect").deploy().await;
    create_domain(&node, DOMAIN).await;
    map(&node, DOMAIN, "", &api).await;
    let mut client = connect(&node, DOMAIN, "/").await.unwrap();
    let id = connection_id(&node, "connect").await;

    let path = format!("/{}/@connections/{id}", api.stage);
    let refused = node.http_at(DOMAIN, Method::POST, &path, "hello").await;
    assert_eq!(refused.status(), 404);
    assert_eq!(refused.headers()["x-amzn-errortype"], "NotFoundException");
    let text = format!(
        "No method found matching route {} for http method POST.",
        &path[1..]
    );
    assert_eq!(refused.body(), &format!(r#"{{"message":"{text}"}}"#));

    let posted = node
        .http_at(
            DOMAIN,
            Method::POST,
            &format!("/@connections/{id}"),
            "hello",
        )
        .await;
    assert_eq!(posted.status(), 200);
    assert_eq!(client.text().await, "hello");
}

#[tokio::test]
async fn the_longest_mapping_key_wins() {
    let node = Node::start().await;
    let root = node.api().route("$connect", "root").deploy().await;
    let deep = node.api().route("$connect", "deep").deploy().await;
    create_domain(&node, DOMAIN).await;
    map(&node, DOMAIN, "", &root).await;
    map(&node, DOMAIN, "team/chat", &deep).await;
    let mut client = connect(&node, DOMAIN, "/team/chat").await.unwrap();
    let id = connection_id(&node, "deep").await;
    // Only under the key of its own API; elsewhere the connection does not exist.
    let path = format!("/team/chat/@connections/{id}");
    assert_eq!(
        node.http_at(DOMAIN, Method::POST, &path, "hello")
            .await
            .status(),
        200
    );
    assert_eq!(client.text().await, "hello");
    let path = format!("/@connections/{id}");
    assert_eq!(
        node.http_at(DOMAIN, Method::POST, &path, "hello")
            .await
            .status(),
        410
    );
}

#[tokio::test]
async fn events_under_a_wildcard_name_the_host_that_the_client_used() {
    let node = Node::start().await;
    let api = node.api().route("$connect", "connect").deploy().await;
    create_domain(&node, "*.example.com").await;
    map(&node, "*.example.com", "chat", &api).await;
    let port = node.address.port();
    connect(&node, &format!("Ada.example.com:{port}"), "/chat")
        .await
        .unwrap();
    let event = &node.functions.calls("connect").await[0].event;
    assert_eq!(event["requestContext"]["domainName"], "ada.example.com");
}

#[tokio::test]
async fn a_mapping_that_moves_takes_new_clients_along_and_keeps_the_old_ones() {
    let node = Node::start().await;
    let one = node.api().two_way_route("$default", "one").deploy().await;
    let two = node.api().route("$connect", "two").deploy().await;
    node.functions
        .answers("one", landline_testing::Answer::body("one"));
    create_domain(&node, DOMAIN).await;
    let mapping_id = map(&node, DOMAIN, "", &one).await;
    let mut old = connect(&node, DOMAIN, "/").await.unwrap();
    node.call::<api::UpdateApiMapping>(api::UpdateApiMappingInput {
        domain_name: DOMAIN.to_owned(),
        api_mapping_id: mapping_id,
        api_id: two.id.clone(),
        stage: Some(two.stage.clone()),
        ..Default::default()
    })
    .await;
    connect(&node, DOMAIN, "/").await.unwrap();
    assert_eq!(node.functions.calls("two").await.len(), 1);
    old.send("x").await;
    assert_eq!(old.text().await, "one");
}

#[tokio::test]
async fn a_domain_answers_health_checks_and_nothing_else_of_the_node() {
    let node = Node::start().await;
    create_domain(&node, DOMAIN).await;
    for (path, status) in [
        ("/ping", 200),
        ("/sping", 200),
        ("/_landline/health", 403),
        ("/v2/apis", 403),
    ] {
        let answer = node.http_at(DOMAIN, Method::GET, path, "").await;
        assert_eq!(answer.status(), status, "{path}");
    }
}

#[tokio::test]
async fn domains_outlive_a_restart() {
    let node = Node::start().await;
    let api = node.api().route("$connect", "connect").deploy().await;
    create_domain(&node, DOMAIN).await;
    map(&node, DOMAIN, "chat", &api).await;
    let node = node.restart().await;
    connect(&node, DOMAIN, "/chat").await.unwrap();
}
