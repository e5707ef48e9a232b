//! Access logs.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html>

use landline_api::apigatewayv2::AccessLogSettings;
use landline_testing::{Answer, Node};
use serde_json::Value;

use super::logged;

const FORMAT: &str = r#"{"requestId":"$context.requestId","eventType":"$context.eventType","routeKey":"$context.routeKey","connectionId":"$context.connectionId","status":"$context.status"}"#;

fn settings(destination: &str) -> AccessLogSettings {
    AccessLogSettings {
        destination_arn: Some(destination.to_owned()),
        format: Some(FORMAT.to_owned()),
    }
}

#[tokio::test]
async fn each_event_of_a_connection_is_a_line_in_the_log_group() {
    let node = Node::start().await;
    let group = "arn:aws:logs:us-east-1:123456789012:log-group:/chat/access";
    let api = node
        .api()
        .route("$connect", "connect")
        .two_way_route("join", "join")
        .stage(|stage| stage.access_log_settings = Some(settings(group)))
        .deploy()
        .await;
    node.functions.answers("join", Answer::body("hello"));
    let mut client = api.connect().await;
    client.send(r#"{"action":"join"}"#).await;
    assert_eq!(client.text().await, "hello");
    client.send(r#"{"action":"nope"}"#).await;
    client.text().await;
    let lines = logged(&node, "/chat/access", 3).await;
    let rows: Vec<Value> = lines
        .iter()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let told: Vec<_> = rows
        .iter()
        .map(|row| {
            let text = |name: &str| row[name].as_str().unwrap().to_owned();
            assert_eq!(text("requestId").len(), 16);
            assert_eq!(text("connectionId"), rows[0]["connectionId"]);
            [text("eventType"), text("routeKey"), text("status")].join(" ")
        })
        .collect();
    assert_eq!(
        told,
        ["CONNECT $connect 200", "MESSAGE join 200", "MESSAGE - 403"]
    );
}

#[tokio::test]
async fn who_runs_the_node_may_have_the_log_in_a_file() {
    let node = Node::start().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("access.log");
    let destination = format!("file://{}", file.display());
    let api = node
        .api()
        .route("join", "join")
        .stage(|stage| stage.access_log_settings = Some(settings(&destination)))
        .deploy()
        .await;
    let client = api.connect().await;
    drop(client);
    node.stop().await;
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains(r#""eventType":"CONNECT""#), "{text}");
}
