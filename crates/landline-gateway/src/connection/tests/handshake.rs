//! How a handshake is answered.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::sync::Semaphore;

use crate::deployment::live::StageSlot;
use crate::deployment::snapshot::{Route, RouteKey, RouteSettings};
use crate::quotas::Limits;
use crate::testing::{Behaviour, Client, Node, route};
use crate::throttle::Rate;

/// AWS sends these and no others; hyper sends the date.
#[tokio::test]
async fn an_accepted_handshake_has_exactly_the_headers_of_aws() {
    let node = Node::start(&["$connect"]);
    let client = node
        .handshake("Sec-WebSocket-Extensions: permessage-deflate\r\n")
        .await;
    assert_eq!(client.status, 101);
    let mut names: Vec<&str> = client
        .headers
        .keys()
        .map(http::HeaderName::as_str)
        .collect();
    names.sort_unstable();
    assert_eq!(
        names,
        ["connection", "date", "sec-websocket-accept", "upgrade"]
    );
    assert_eq!(client.headers["connection"], "upgrade");
    assert_eq!(client.headers["upgrade"], "websocket");
    assert_eq!(
        client.headers["sec-websocket-accept"],
        "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
    );
}

#[tokio::test]
async fn an_offered_subprotocol_is_not_chosen_by_the_gateway() {
    let node = Node::start(&["$connect"]);
    let client = node
        .handshake("Sec-WebSocket-Protocol: chat, v2\r\n")
        .await
        .expect_open();
    assert!(!client.headers.contains_key("sec-websocket-protocol"));
    let event = node.functions.first("$connect").await.event;
    assert_eq!(event["headers"]["Sec-WebSocket-Protocol"], "chat, v2");
}

#[tokio::test]
async fn the_subprotocol_of_the_function_is_echoed_and_other_headers_are_dropped() {
    let node = Node::start(&["$connect"]);
    let headers = json!({ "Sec-WebSocket-Protocol": "v2", "Set-Cookie": "a=b" });
    node.functions.set(
        "$connect",
        Behaviour::Returns(json!({ "statusCode": 200, "headers": headers })),
    );
    let client = node
        .handshake("Sec-WebSocket-Protocol: chat, v2\r\n")
        .await
        .expect_open();
    assert_eq!(client.headers["sec-websocket-protocol"], "v2");
    assert!(!client.headers.contains_key("set-cookie"));
}

#[tokio::test]
async fn the_status_of_the_function_is_the_status_of_the_handshake() {
    let node = Node::start(&["$connect", "$disconnect"]);
    for status in [200, 201, 204] {
        node.functions.set("$connect", Behaviour::status(status));
        node.connect().await;
    }
    for status in [301, 400, 401, 403, 500, 501] {
        node.functions.set("$connect", Behaviour::status(status));
        let client = node.handshake("").await;
        assert_eq!(client.status, status);
        assert!(
            client.body.contains("\"connectionId\":\""),
            "{}",
            client.body
        );
    }
}

#[tokio::test]
async fn the_body_of_a_refusal_is_passed_on() {
    let node = Node::start(&["$connect"]);
    node.functions.set(
        "$connect",
        Behaviour::Returns(json!({ "statusCode": 401, "body": "who are you" })),
    );
    let client = node.handshake("").await;
    assert_eq!((client.status, client.body.as_str()), (401, "who are you"));
}

#[tokio::test]
async fn a_function_that_throws_refuses_with_502_and_both_ids() {
    let node = Node::start(&["$connect"]);
    node.functions.set("$connect", Behaviour::Throws);
    let client = node.handshake("").await;
    assert_eq!(client.status, 502);
    let event = node.functions.first("$connect").await.event;
    let (id, request_id) = (
        &event["requestContext"]["connectionId"],
        &event["requestContext"]["requestId"],
    );
    let expected = format!(
        r#"{{"message": "Internal server error", "connectionId":{id}, "requestId":{request_id}}}"#
    );
    assert_eq!(client.body, expected);
    assert_eq!(
        client.headers["x-amz-apigw-id"],
        request_id.as_str().unwrap()
    );
    assert_eq!(client.headers["content-type"], "application/json");
    assert!(!client.headers.contains_key("x-amzn-requestid"));
}

#[tokio::test]
async fn a_malformed_answer_refuses_with_502() {
    let node = Node::start(&["$connect"]);
    for answer in [json!(null), json!("ok"), json!({}), json!({ "body": "x" })] {
        node.functions.set("$connect", Behaviour::Returns(answer));
        assert_eq!(node.handshake("").await.status, 502);
    }
}

#[tokio::test]
async fn a_missing_permission_refuses_with_500() {
    let node = Node::start(&["$connect"]);
    node.functions.set("$connect", Behaviour::Denies);
    let client = node.handshake("").await;
    assert_eq!(client.status, 500);
    assert!(
        client
            .body
            .starts_with(r#"{"message": "Internal server error", "#)
    );
}

#[tokio::test(start_paused = true)]
async fn a_function_that_hangs_refuses_with_504_after_its_timeout() {
    let node = Node::start(&["$connect"]);
    node.functions.set("$connect", Behaviour::Hangs);
    let begun = tokio::time::Instant::now();
    let client = node.handshake("").await;
    assert_eq!(client.status, 504);
    assert!(
        client
            .body
            .starts_with(r#"{"message": "Endpoint request timed out", "#)
    );
    assert_eq!(begun.elapsed().as_secs(), 29);
}

#[tokio::test]
async fn the_function_is_called_on_behalf_of_its_route() {
    let node = Node::start(&["$connect"]);
    node.connect().await;
    let invocation = node.functions.first("$connect").await;
    assert_eq!(invocation.principal, "apigateway.amazonaws.com");
    let arn = "arn:aws:execute-api:eu-central-1:123456789012:k3v9q0z1ab/prod/$connect";
    assert_eq!(invocation.source_arn.as_deref(), Some(arn));
}

/// The SQS patterns of AWS have `$default` only.
#[tokio::test]
async fn without_a_connect_route_everybody_may_connect_and_nothing_is_called() {
    let node = Node::start(&["$default", "$disconnect"]);
    let mut client = node.connect().await;
    client.text("hello").await;
    let event = node.functions.first("$default").await.event;
    assert_eq!(event["requestContext"]["eventType"], "MESSAGE");
    client.close(b"").await;
    node.functions.first("$disconnect").await;
    assert_eq!(node.functions.count("$default"), 1);
}

#[tokio::test]
async fn a_connect_route_without_integration_accepts() {
    let node = Node::start(&[]);
    node.deploy([Route::new(RouteKey::Connect, None)]);
    node.connect().await;
}

#[tokio::test]
async fn a_refused_handshake_leaves_no_connection_and_no_disconnect() {
    let node = Node::start(&["$connect", "$disconnect"]);
    node.functions.set("$connect", Behaviour::status(403));
    node.handshake("").await;
    assert_eq!(node.gateway.connection_count(), 0);
    node.gateway.drain().await;
    assert_eq!(node.functions.count("$disconnect"), 0);
}

/// Terraform sends zeros with any default route setting.
#[tokio::test]
async fn a_throttle_of_zero_refuses_with_429() {
    let node = Node::start(&["$connect"]);
    node.publish([route("$connect")], |stage| {
        stage.default_route_settings = RouteSettings {
            throttling_rate_limit: Some(0.0),
            throttling_burst_limit: Some(0),
        };
    });
    let client = node.handshake("").await;
    assert_eq!(client.status, 429);
    assert!(
        client
            .body
            .starts_with(r#"{"message": "Too Many Requests", "#)
    );
}

#[tokio::test(start_paused = true)]
async fn new_connections_have_a_quota_per_second() {
    let limits = Limits {
        new_connections: Rate::new(2, 2),
        ..Limits::default()
    };
    let node = Node::with_limits(&[], limits);
    let statuses = [
        node.handshake("").await.status,
        node.handshake("").await.status,
        node.handshake("").await.status,
    ];
    assert_eq!(statuses, [101, 101, 429]);
    node.pass(Duration::from_millis(500)).await;
    assert_eq!(node.handshake("").await.status, 101);
}

#[tokio::test]
async fn a_request_without_upgrade_is_told_to_upgrade() {
    let node = Node::start(&[]);
    let client = Client::raw(node.dial(), "GET /prod HTTP/1.1\r\nHost: x\r\n\r\n").await;
    assert_eq!((client.status, client.body.as_str()), (426, ""));
}

#[tokio::test]
async fn a_malformed_handshake_is_a_bad_request() {
    let node = Node::start(&["$connect"]);
    let upgrade = "GET /prod HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n";
    let lines = [
        "",
        "Sec-WebSocket-Version: 13\r\n",
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: c2hvcnQ=\r\n",
        "Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
    ];
    for lines in lines {
        let client = Client::raw(node.dial(), &format!("{upgrade}{lines}\r\n")).await;
        assert_eq!(client.status, 400, "{lines}");
    }
    assert_eq!(node.functions.count("$connect"), 0);
}

#[tokio::test]
async fn a_stage_without_deployment_is_forbidden() {
    let node = Node::start(&[]);
    node.publish([], |stage| stage.snapshot = None);
    let client = node.handshake("").await;
    assert_eq!(
        (client.status, client.body.as_str()),
        (403, r#"{"message":"Forbidden"}"#)
    );
    assert_eq!(client.headers["x-amzn-errortype"], "ForbiddenException");
}

/// `$connect` may have written a row that only `$disconnect` removes.
#[tokio::test]
async fn a_client_that_leaves_during_connect_is_disconnected() {
    let node = Node::start(&["$connect", "$disconnect"]);
    let permits = Arc::new(Semaphore::new(0));
    node.functions.set(
        "$connect",
        Behaviour::Waits(Arc::clone(&permits), json!({ "statusCode": 200 })),
    );
    let stream = node.dial();
    let leaving = tokio::spawn(Client::handshake(stream, "/prod", ""));
    node.functions.first("$connect").await;
    leaving.abort();
    let _aborted = leaving.await;
    permits.add_permits(1);
    let event = node.functions.first("$disconnect").await.event;
    assert_eq!(event["requestContext"]["disconnectStatusCode"], 1006);
    assert_eq!(node.gateway.connection_count(), 0);
}

#[tokio::test]
async fn a_draining_node_takes_no_handshakes() {
    let node = Node::start(&[]);
    node.gateway.drain().await;
    let client = node.handshake("").await;
    assert_eq!(client.status, 503);
    assert!(client.headers.contains_key("retry-after"));
}

#[tokio::test]
async fn a_stage_is_found_by_api_and_name() {
    let node = Node::start(&[]);
    let stages = node.gateway.stages();
    let slot: Arc<StageSlot> = node.stage();
    assert!(stages.get("k3v9q0z1ab", "Prod").is_none());
    assert!(stages.get("other", "prod").is_none());
    stages.remove("k3v9q0z1ab", "prod");
    assert!(slot.is_retired());
    assert!(stages.get("k3v9q0z1ab", "prod").is_none());
}
