//! Execution logs.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html>

use landline_api::apigatewayv2::{LoggingLevel, RouteSettings};
use landline_testing::{Answer, Node};

use super::logged;

#[tokio::test]
async fn executions_are_logged_in_the_group_of_their_stage() {
    // C63
    let node = Node::start().await;
    let api = node
        .api()
        .two_way_route("join", "join")
        .stage(|stage| {
            stage.default_route_settings = Some(RouteSettings {
                logging_level: Some(LoggingLevel::Info),
                data_trace_enabled: Some(true),
                ..Default::default()
            });
        })
        .deploy()
        .await;
    node.functions.answers("join", Answer::body("hello"));
    let mut client = api.connect().await;
    client.send(r#"{"action":"join"}"#).await;
    client.text().await;
    let group = format!("/aws/apigateway/{}/{}", api.id, api.stage);
    let lines = logged(&node, &group, 20).await;
    for told in [
        "WebSocket Request Route: [join]",
        r#"Message: [{"requestContext":{"routeKey":"join","#,
        "Received response. Status: 200, Integration latency: ",
        "with response status code [200].",
    ] {
        assert!(lines.iter().any(|line| line.contains(told)), "{told}");
    }
    let has_prefix = |line: &String| line.starts_with('(') && line[17..].starts_with(") ");
    assert!(lines.iter().all(has_prefix), "{lines:#?}");
}
