//! Which route a message goes to, and what a client hears when none takes it.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-selection-expressions.html>

use landline_testing::{Answer, DeployedApi, Node};
use serde_json::json;

/// Routes that each answer with their own name.
async fn speaking(node: &Node, selection: &str, routes: &[&str]) -> DeployedApi {
    let mut api = node.api().selection(selection);
    for route in routes {
        node.functions.answers(route, Answer::body(route));
        api = api.two_way_route(route, route);
    }
    api.deploy().await
}

#[tokio::test]
async fn a_message_goes_to_the_route_that_its_action_names() {
    let node = Node::start().await;
    let api = speaking(
        &node,
        "$request.body.action",
        &["join", "leave", "$default"],
    )
    .await;
    let mut client = api.connect().await;
    for route in ["join", "leave"] {
        client.send_json(&json!({ "action": route })).await;
        assert_eq!(client.text().await, route);
    }
}

#[tokio::test]
async fn a_message_without_matching_key_goes_to_the_default_route() {
    // C11, C13: what is no JSON object with that member selects nothing, and case counts.
    let node = Node::start().await;
    let api = speaking(&node, "$request.body.action", &["join", "$default"]).await;
    let mut client = api.connect().await;
    let messages = [
        "hello",
        "",
        "[\"join\"]",
        "7",
        "null",
        "{\"act\":\"join\"}",
        "{\"action\":7}",
        "{\"action\":null}",
        "{\"action\":\"Join\"}",
        "{\"action\":\"join\"",
        "{\"action\":\"$default\"}",
    ];
    for message in messages {
        client.send(message).await;
        assert_eq!(client.text().await, "$default", "{message}");
    }
}

#[tokio::test]
async fn an_unknown_action_without_default_route_gets_the_forbidden_frame() {
    // C10: exactly this text, and the socket stays open.
    let node = Node::start().await;
    let api = node.api().route("join", "join").deploy().await;
    let mut client = api.connect().await;
    client.send_json(&json!({ "action": "join" })).await;
    let call = node.functions.wait_for("join", 1).await.remove(0);
    let connection_id = &call.event["requestContext"]["connectionId"];
    for _ in 0..2 {
        client.send_json(&json!({ "action": "nope" })).await;
        let frame = client.text().await;
        let parsed: serde_json::Value = serde_json::from_str(&frame).unwrap();
        let request_id = &parsed["requestId"];
        let expected = format!(
            r#"{{"message": "Forbidden", "connectionId":{connection_id}, "requestId":{request_id}}}"#
        );
        assert_eq!(frame, expected);
    }
    client.send_json(&json!({ "action": "join" })).await;
    node.functions.wait_for("join", 2).await;
}

#[tokio::test]
async fn a_message_cannot_run_the_connect_or_the_disconnect_route() {
    let node = Node::start().await;
    let api = node
        .api()
        .route("$connect", "connect")
        .route("$disconnect", "disconnect")
        .two_way_route("$default", "default")
        .deploy()
        .await;
    node.functions.answers("default", Answer::body("default"));
    let mut client = api.connect().await;
    for action in ["$connect", "$disconnect"] {
        client.send_json(&json!({ "action": action })).await;
        assert_eq!(client.text().await, "default");
    }
    assert_eq!(node.functions.calls("connect").await.len(), 1);
    assert_eq!(node.functions.calls("disconnect").await.len(), 0);
}

#[tokio::test]
async fn an_expression_may_go_into_the_body() {
    let node = Node::start().await;
    let api = speaking(&node, "$request.body.service.do", &["run", "$default"]).await;
    let mut client = api.connect().await;
    client
        .send_json(&json!({ "service": { "do": "run" } }))
        .await;
    assert_eq!(client.text().await, "run");
    client.send_json(&json!({ "service": "run" })).await;
    assert_eq!(client.text().await, "$default");
}

#[tokio::test]
async fn variables_and_text_are_joined_and_what_is_missing_is_empty() {
    // C12
    let node = Node::start().await;
    let selection = "${request.body.a}-${request.body.b}";
    let api = speaking(&node, selection, &["join-7", "join-", "$default"]).await;
    let mut client = api.connect().await;
    client.send_json(&json!({ "a": "join", "b": 7 })).await;
    assert_eq!(client.text().await, "join-7");
    client.send_json(&json!({ "a": "join" })).await;
    assert_eq!(client.text().await, "join-");
    client.send_json(&json!({ "b": "join" })).await;
    assert_eq!(client.text().await, "$default");
}

#[tokio::test]
async fn a_list_is_selected_as_text() {
    let node = Node::start().await;
    let api = speaking(&node, "$request.body.tags", &["[a, b]", "$default"]).await;
    let mut client = api.connect().await;
    client.send_json(&json!({ "tags": ["a", "b"] })).await;
    assert_eq!(client.text().await, "[a, b]");
}

#[tokio::test]
async fn a_route_key_may_hold_slashes_and_blanks() {
    let node = Node::start().await;
    let api = node
        .api()
        .two_way_route("/agent use-case", "agent")
        .deploy()
        .await;
    node.functions.answers("agent", Answer::body("here"));
    let mut client = api.connect().await;
    client
        .send_json(&json!({ "action": "/agent use-case" }))
        .await;
    assert_eq!(client.text().await, "here");
}
