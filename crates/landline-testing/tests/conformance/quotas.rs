//! Sizes, times and rates.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html>

use std::time::Duration;

use landline_api::apigatewayv2::RouteSettings;
use landline_testing::{Answer, Node, WsClient};
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

#[tokio::test]
async fn a_frame_beyond_32_kib_closes_the_connection() {
    // C32
    let node = Node::start().await;
    let api = node
        .api()
        .route("$default", "f")
        .route("$disconnect", "bye")
        .deploy()
        .await;
    let mut client = api.connect().await;
    client.send("x".repeat(33 * 1024)).await;
    assert_eq!(client.closed().await.code, 1009);
    let call = node.functions.wait_for("bye", 1).await.remove(0);
    assert_eq!(call.event["requestContext"]["disconnectStatusCode"], 1009);
    assert_eq!(node.functions.calls("f").await.len(), 0);
}

#[tokio::test]
async fn a_message_of_100_kb_in_four_frames_is_one_event() {
    // C32
    let node = Node::start().await;
    let api = node.api().route("$default", "f").deploy().await;
    let mut client = api.connect().await;
    let text = "0123456789".repeat(10 * 1024);
    client.send_in_frames(&text, 26 * 1024).await;
    let calls = node.functions.wait_for("f", 1).await;
    assert_eq!(calls[0].event["body"], text);
}

#[tokio::test]
async fn a_message_beyond_128_kib_closes_the_connection() {
    let node = Node::start().await;
    let api = node.api().two_way_route("$default", "f").deploy().await;
    node.functions.answers("f", Answer::body("fits"));
    let mut client = api.connect().await;
    client
        .send_in_frames(&"x".repeat(128 * 1024), 32 * 1024)
        .await;
    assert_eq!(client.text().await, "fits");
    client
        .send_in_frames(&"x".repeat(128 * 1024 + 1), 32 * 1024)
        .await;
    assert_eq!(client.closed().await.code, 1009);
}

#[tokio::test]
async fn a_binary_message_closes_the_connection() {
    // C33
    let node = Node::start().await;
    let api = node.api().route("$default", "f").deploy().await;
    let mut client = api.connect().await;
    client.send_message(Message::binary(vec![1, 2, 3])).await;
    assert_eq!(client.closed().await.code, 1003);
    assert_eq!(node.functions.calls("f").await.len(), 0);
}

#[tokio::test]
async fn a_silent_connection_ends_with_going_away_and_a_message_postpones_it() {
    // C38: ten minutes on AWS, less here.
    let node = Node::with_limits(|limits| {
        limits.idle_timeout = Duration::from_millis(1500);
        limits.sweep_interval = Duration::from_millis(20);
    })
    .await;
    let api = node
        .api()
        .two_way_route("$default", "f")
        .route("$disconnect", "bye")
        .deploy()
        .await;
    node.functions.answers("f", Answer::body("ok"));
    let mut client = api.connect().await;
    let begun = tokio::time::Instant::now();
    for _ in 0..5 {
        tokio::time::sleep(Duration::from_millis(400)).await;
        client.send("x").await;
        assert_eq!(client.text().await, "ok");
    }
    let closed = client.closed().await;
    assert_eq!((closed.code, closed.reason.as_str()), (1001, "Going away"));
    assert!(begun.elapsed() >= Duration::from_millis(3500));
    let call = node.functions.wait_for("bye", 1).await.remove(0);
    let context = &call.event["requestContext"];
    assert_eq!(context["disconnectStatusCode"], 1001);
    assert_eq!(context["disconnectReason"], "Going away");
}

#[tokio::test]
async fn even_a_busy_connection_ends_after_its_time() {
    // C39: two hours on AWS, less here.
    let node = Node::with_limits(|limits| {
        limits.connection_duration = Duration::from_millis(1500);
        limits.sweep_interval = Duration::from_millis(20);
    })
    .await;
    let api = node.api().two_way_route("$default", "f").deploy().await;
    node.functions.answers("f", Answer::body("ok"));
    let mut client = api.connect().await;
    for _ in 0..5 {
        client.send("x").await;
        assert_eq!(client.text().await, "ok");
    }
    let closed = client.closed().await;
    assert_eq!((closed.code, closed.reason.as_str()), (1001, "Going away"));
}

fn nothing() -> RouteSettings {
    RouteSettings {
        throttling_burst_limit: Some(0),
        throttling_rate_limit: Some(0.0),
        ..Default::default()
    }
}

#[tokio::test]
async fn a_throttle_of_zero_refuses_every_handshake() {
    // C49: Terraform sends zeros along with any other default setting.
    let node = Node::start().await;
    let api = node
        .api()
        .route("$connect", "f")
        .stage(|stage| stage.default_route_settings = Some(nothing()))
        .deploy()
        .await;
    let refused = WsClient::try_connect(&api.url, &[]).await.unwrap_err();
    assert_eq!(refused.status, 429);
    assert!(
        refused.body.contains("Too Many Requests"),
        "{}",
        refused.body
    );
    assert_eq!(node.functions.calls("f").await.len(), 0);
}

#[tokio::test]
async fn a_throttled_route_answers_with_a_frame_and_others_go_on() {
    let node = Node::start().await;
    let api = node
        .api()
        .route("slow", "slow")
        .two_way_route("free", "free")
        .stage(|stage| stage.route_settings = Some([("slow".to_owned(), nothing())].into()))
        .deploy()
        .await;
    node.functions.answers("free", Answer::body("ok"));
    let mut client = api.connect().await;
    client.send_json(&json!({ "action": "slow" })).await;
    assert_eq!(client.json().await["message"], "Too Many Requests");
    client.send_json(&json!({ "action": "free" })).await;
    assert_eq!(client.text().await, "ok");
    assert_eq!(node.functions.calls("slow").await.len(), 0);
}

#[tokio::test]
async fn an_answer_may_be_as_large_as_a_message_and_no_larger() {
    let node = Node::start().await;
    let api = node
        .api()
        .two_way_route("fits", "fits")
        .two_way_route("more", "more")
        .deploy()
        .await;
    node.functions
        .answers("fits", Answer::body(&"x".repeat(128 * 1024)));
    node.functions
        .answers("more", Answer::body(&"x".repeat(128 * 1024 + 1)));
    let mut client = api.connect().await;
    client.send_json(&json!({ "action": "fits" })).await;
    assert_eq!(client.text().await.len(), 128 * 1024);
    client.send_json(&json!({ "action": "more" })).await;
    assert_eq!(client.json().await["message"], "Internal server error");
}
