//! Where messages go and what comes back.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::sync::Semaphore;

use crate::connection::Connection;
use crate::deployment::snapshot::{
    Integration, IntegrationTarget, LambdaFunction, Route, RouteKey, RouteSettings,
};
use crate::testing::{Behaviour, Client, Frame, Node, encode, route, two_way};

/// The id of the only connection.
pub(crate) fn only(node: &Node) -> Arc<Connection> {
    let mut found = None;
    node.gateway
        .plane
        .registry
        .for_each(|connection| found = Some(Arc::clone(connection)));
    found.unwrap()
}

/// A frame whose ids are replaced by their names, if they are the right ones.
fn without_ids(node: &Node, frame: &str) -> String {
    let id = only(node).id.encode();
    let parsed: serde_json::Value = serde_json::from_str(frame).unwrap();
    let request_id = parsed["requestId"].as_str().unwrap().to_owned();
    assert_eq!(request_id.len(), 16);
    frame.replace(&id, "CID").replace(&request_id, "RID")
}

#[tokio::test]
async fn a_message_goes_to_the_route_that_it_names() {
    let node = Node::start(&["join", "$default"]);
    let mut client = node.connect().await;
    client.text(r#"{"action":"join","room":7}"#).await;
    let invocation = node.functions.first("join").await;
    assert_eq!(invocation.event["body"], r#"{"action":"join","room":7}"#);
    assert_eq!(invocation.event["requestContext"]["routeKey"], "join");
    assert_eq!(
        invocation.source_arn.as_deref(),
        Some("arn:aws:execute-api:eu-central-1:123456789012:k3v9q0z1ab/prod/join")
    );
    assert_eq!(node.functions.count("$default"), 0);
}

#[tokio::test]
async fn a_message_without_matching_key_goes_to_the_default_route() {
    let node = Node::start(&["join", "$default", "$connect", "$disconnect"]);
    let mut client = node.connect().await;
    let messages = [
        "plain text",
        "",
        r#"["action","join"]"#,
        r#"{"room":7}"#,
        r#"{"action":"Join"}"#,
        r#"{"action":7}"#,
        r#"{"action":"$default"}"#,
        r#"{"action":"$connect"}"#,
        r#"{"action":"$disconnect"}"#,
    ];
    for (nth, message) in messages.into_iter().enumerate() {
        client.text(message).await;
        let event = node.functions.nth("$default", nth).await.event;
        assert_eq!(event["body"], message);
        assert_eq!(event["requestContext"]["routeKey"], "$default");
    }
    let counts = ["join", "$connect", "$disconnect"].map(|name| node.functions.count(name));
    assert_eq!(counts, [0, 1, 0]);
}

#[tokio::test]
async fn an_unknown_action_without_default_route_gets_the_forbidden_frame() {
    let node = Node::start(&["join"]);
    let mut client = node.connect().await;
    client.text(r#"{"action":"nope"}"#).await;
    let frame = client.next_text().await;
    let expected = r#"{"message": "Forbidden", "connectionId":"CID", "requestId":"RID"}"#;
    assert_eq!(without_ids(&node, &frame), expected);
    client.text(r#"{"action":"join"}"#).await;
    node.functions.first("join").await;
}

#[tokio::test]
async fn a_failing_function_gets_an_error_frame_even_on_a_one_way_route() {
    let node = Node::start(&["$default"]);
    let mut client = node.connect().await;
    let failures = [
        Behaviour::Throws,
        Behaviour::Denies,
        Behaviour::Returns(json!(null)),
        Behaviour::Returns(json!({ "no": "status" })),
        Behaviour::Panics,
    ];
    for failure in failures {
        node.functions.set("$default", failure);
        client.text("x").await;
        let frame = client.next_text().await;
        let expected =
            r#"{"message": "Internal server error", "connectionId":"CID", "requestId":"RID"}"#;
        assert_eq!(without_ids(&node, &frame), expected);
    }
}

#[tokio::test(start_paused = true)]
async fn a_function_that_hangs_gets_a_timeout_frame() {
    let node = Node::start(&["$default"]);
    node.functions.set("$default", Behaviour::Hangs);
    let mut client = node.connect().await;
    client.text("x").await;
    let frame = client.next_text().await;
    let expected =
        r#"{"message": "Endpoint request timed out", "connectionId":"CID", "requestId":"RID"}"#;
    assert_eq!(without_ids(&node, &frame), expected);
}

/// A bare function ARN is for HTTP APIs; here the calls fail, as on AWS.
#[tokio::test]
async fn an_integration_that_names_no_function_gets_an_error_frame() {
    let node = Node::start(&[]);
    let target = IntegrationTarget::LambdaProxy(LambdaFunction::from_uri(
        "arn:aws:lambda:eu-central-1:123456789012:function:x",
    ));
    let integration = Integration::new("abc1234", target);
    node.deploy([Route::new(RouteKey::Default, Some(integration))]);
    let mut client = node.connect().await;
    client.text("x").await;
    assert!(
        client
            .next_text()
            .await
            .starts_with(r#"{"message": "Internal server error""#)
    );
}

#[tokio::test]
async fn a_status_of_500_on_a_message_route_says_nothing_to_the_client() {
    let node = Node::start(&["$default", "echo"]);
    node.deploy([route("$default"), two_way("echo")]);
    node.functions.set("$default", Behaviour::status(500));
    node.functions.set("echo", Behaviour::body("still here"));
    let mut client = node.connect().await;
    client.text("x").await;
    node.functions.first("$default").await;
    client.text(r#"{"action":"echo"}"#).await;
    assert_eq!(client.next_text().await, "still here");
}

#[tokio::test]
async fn a_one_way_route_sends_no_body_and_a_deployed_route_response_makes_it_two_way() {
    let node = Node::start(&["$default"]);
    node.functions.set("$default", Behaviour::body("reply"));
    let mut client = node.connect().await;
    client.text("one").await;
    node.functions.first("$default").await;
    // The open connection follows the new deployment with its next message.
    node.deploy([two_way("$default")]);
    client.text("two").await;
    assert_eq!(client.next_text().await, "reply");
    node.functions.nth("$default", 1).await;
}

#[tokio::test]
async fn a_two_way_reply_is_sent_whatever_its_status_and_not_at_all_when_empty() {
    let node = Node::start(&[]);
    node.deploy([two_way("$default")]);
    let mut client = node.connect().await;
    let replies = [
        json!({ "statusCode": 500, "body": "failed" }),
        json!({ "statusCode": 200, "body": "aGk=", "isBase64Encoded": true }),
        json!({ "statusCode": 200 }),
        json!({ "statusCode": 200, "body": "" }),
        json!({ "statusCode": 200, "body": "last" }),
    ];
    for (nth, reply) in replies.into_iter().enumerate() {
        node.functions.set("$default", Behaviour::Returns(reply));
        client.text("x").await;
        node.functions.nth("$default", nth).await;
    }
    let frames = [
        client.next_text().await,
        client.next_text().await,
        client.next_text().await,
    ];
    assert_eq!(frames, ["failed", "hi", "last"]);
}

#[tokio::test]
async fn a_route_follows_its_redeployment_on_an_open_connection() {
    let node = Node::start(&["old"]);
    let mut client = node.connect().await;
    node.deploy([route("new")]);
    client.text(r#"{"action":"new"}"#).await;
    node.functions.first("new").await;
    client.text(r#"{"action":"old"}"#).await;
    assert!(client.next_text().await.contains("Forbidden"));
}

#[tokio::test]
async fn the_ids_of_an_event_are_fresh_and_of_the_right_form() {
    let node = Node::start(&["$connect", "$default", "$disconnect"]);
    let mut client = node.connect().await;
    client.text("x").await;
    client.text("y").await;
    let connect = node.functions.first("$connect").await.event;
    let first = node.functions.nth("$default", 0).await.event;
    let second = node.functions.nth("$default", 1).await.event;
    let context = |event: &serde_json::Value, name: &str| event["requestContext"][name].clone();
    for event in [&connect, &first, &second] {
        assert_eq!(
            context(event, "requestId"),
            context(event, "extendedRequestId")
        );
        assert_eq!(
            context(event, "connectionId"),
            context(&connect, "connectionId")
        );
        assert_eq!(context(event, "connectedAt"), 1_801_646_142_107_i64);
    }
    assert_ne!(context(&first, "requestId"), context(&second, "requestId"));
    assert_ne!(context(&first, "messageId"), context(&second, "messageId"));
    assert_ne!(context(&first, "messageId"), context(&first, "requestId"));
    assert!(connect["requestContext"].get("messageId").is_none());
    assert!(
        connect["requestContext"]["identity"]
            .get("userAgent")
            .is_none()
    );
}

#[tokio::test]
async fn messages_of_one_connection_run_side_by_side() {
    let node = Node::start(&[]);
    node.deploy([two_way("slow"), two_way("quick")]);
    let permits = Arc::new(Semaphore::new(0));
    let slow = json!({ "statusCode": 200, "body": "slow" });
    node.functions
        .set("slow", Behaviour::Waits(Arc::clone(&permits), slow));
    node.functions.set("quick", Behaviour::body("quick"));
    let mut client = node.connect().await;
    client.text(r#"{"action":"slow"}"#).await;
    client.text(r#"{"action":"quick"}"#).await;
    assert_eq!(client.next_text().await, "quick");
    permits.add_permits(1);
    assert_eq!(client.next_text().await, "slow");
}

#[tokio::test]
async fn a_fragmented_message_of_100_kb_is_one_event() {
    let node = Node::start(&["$default"]);
    let mut client = node.connect().await;
    let chunk = vec![b'x'; 25 * 1024];
    client.frame(0x01, &chunk).await;
    client.frame(0x00, &chunk).await;
    client.frame(0x00, &chunk).await;
    client.frame(0x80, &chunk).await;
    let event = node.functions.first("$default").await.event;
    assert_eq!(event["body"].as_str().unwrap().len(), 100 * 1024);
}

#[tokio::test]
async fn a_throttled_route_answers_too_many_requests() {
    let node = Node::start(&[]);
    let one = RouteSettings {
        throttling_rate_limit: Some(0.001),
        throttling_burst_limit: Some(1),
    };
    node.publish([route("$default"), route("free")], |stage| {
        stage.route_settings.insert("$default".to_owned(), one);
    });
    let mut client = node.connect().await;
    client.text("x").await;
    client.text("y").await;
    assert!(
        client
            .next_text()
            .await
            .starts_with(r#"{"message": "Too Many Requests""#)
    );
    client.text(r#"{"action":"free"}"#).await;
    node.functions.first("free").await;
}

#[tokio::test]
async fn every_ping_of_a_burst_is_answered_in_order() {
    let node = Node::start(&[]);
    let mut client = node.connect().await;
    let burst: Vec<u8> = (0..10).flat_map(|n| encode(0x89, &[n])).collect();
    client.bytes(&burst).await.unwrap();
    for n in 0..10 {
        assert_eq!(client.next().await, Frame::Pong(vec![n]));
    }
}

#[tokio::test]
async fn a_ping_is_answered_and_reaches_no_function() {
    let node = Node::start(&["$default"]);
    let mut client = node.connect().await;
    client.frame(0x89, b"are you there").await;
    assert_eq!(client.next().await, Frame::Pong(b"are you there".to_vec()));
    client.frame(0x8A, b"unasked").await;
    client.text("x").await;
    node.functions.first("$default").await;
    assert_eq!(node.functions.count("$default"), 1);
}

/// Redeploying must not lose or cut anything: chalice's own test on AWS does this.
#[tokio::test(start_paused = true)]
async fn no_message_is_lost_through_redeployments() {
    let node = Node::start(&[]);
    node.deploy([two_way("$default")]);
    node.functions.set("$default", Behaviour::body("ok"));
    let mut client: Client = node.connect().await;
    for _ in 0..50 {
        client.text("x").await;
        node.deploy([two_way("$default")]);
        assert_eq!(client.next_text().await, "ok");
        node.pass(Duration::from_millis(50)).await;
    }
    assert_eq!(node.functions.count("$default"), 50);
}
