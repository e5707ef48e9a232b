//! The lines of the execution log, in the service's own words.

use std::sync::Arc;

use super::{Groups, level, log_executions};
use crate::connection::tests::messages::only;
use crate::deployment::snapshot::{
    HttpEndpoint, Integration, IntegrationTarget, Route, RouteKey, StageTemplate,
};
use crate::observe::{Level, Observation};
use crate::testing::{Behaviour, Node, route, two_way};
use crate::usage::KeyRefusal;

/// Lines with ids and times replaced by their names.
fn transcript(lines: &[String], connection_id: &str) -> Vec<String> {
    let uuid = regex::Regex::new("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").unwrap();
    let millis = regex::Regex::new(r"\d+ ms").unwrap();
    lines
        .iter()
        .map(|line| {
            let (prefix, _) = line.split_once(") ").unwrap();
            let request_id = prefix.strip_prefix('(').unwrap();
            assert_eq!(request_id.len(), 16, "{line}");
            let line = line
                .replace(request_id, "RID")
                .replace(connection_id, "CID");
            let line = uuid.replace_all(&line, "UUID");
            millis.replace_all(&line, "N ms").into_owned()
        })
        .collect()
}

/// Talks to `join` once; what was logged of that message.
async fn talk(groups: &Groups, node: &Node, count: usize) -> Vec<String> {
    let mut client = node.connect().await;
    let cid = only(node).id.encode();
    let before = groups.lines(node, 0).await.len();
    client.text(r#"{"action":"join"}"#).await;
    client.next_text().await;
    let lines = groups.lines(node, before + count).await;
    transcript(&lines[before..], &cid)
}

#[tokio::test]
async fn a_connect_at_level_info() {
    let groups = Groups::default();
    let node = groups.node();
    log_executions(&node, [route("$connect")], level(Level::Info, false));
    let _client = node.handshake("User-Agent: tester\r\n").await.expect_open();
    let lines = groups.lines(&node, 9).await;
    insta::assert_snapshot!(transcript(&lines, &only(&node).id.encode()).join("\n"));
    assert_eq!(*groups.groups.lock(), ["/aws/apigateway/k3v9q0z1ab/prod"]);
}

#[tokio::test]
async fn a_message_at_level_info() {
    let groups = Groups::default();
    let node = groups.node();
    log_executions(&node, [two_way("join")], level(Level::Info, false));
    node.functions.set("join", Behaviour::body("hello"));
    insta::assert_snapshot!(talk(&groups, &node, 9).await.join("\n"));
}

#[tokio::test]
async fn a_message_with_data_trace_shows_its_payloads() {
    let groups = Groups::default();
    let node = groups.node();
    let routes = [two_way("join")];
    log_executions(&node, routes, level(Level::Info, true));
    node.functions.set("join", Behaviour::body("hello"));
    let lines = talk(&groups, &node, 17).await;
    let event = regex::Regex::new(r#"\{.requestContext.*"isBase64Encoded":false\}"#).unwrap();
    let text = lines.join("\n");
    insta::assert_snapshot!(event.replace_all(&text, "EVENT"));
}

#[tokio::test]
async fn a_function_that_throws_is_told_with_its_message() {
    let groups = Groups::default();
    let node = groups.node();
    log_executions(&node, [two_way("join")], level(Level::Error, false));
    node.functions.set("join", Behaviour::Throws);
    assert_eq!(
        talk(&groups, &node, 2).await,
        [
            "(RID) Lambda execution failed with status 200 due to customer function error: boom. Lambda request id: UUID",
            "(RID) Message from client [Connection Id: CID] sent to API [k3v9q0z1ab] with response status code [502].",
        ]
    );
}

#[tokio::test]
async fn at_level_error_only_failures_are_logged() {
    let groups = Groups::default();
    let node = groups.node();
    log_executions(
        &node,
        [two_way("join"), two_way("bad")],
        level(Level::Error, false),
    );
    node.functions.set("join", Behaviour::body("hello"));
    node.functions
        .set("bad", Behaviour::Returns(serde_json::json!("text")));
    let mut client = node.connect().await;
    for action in ["join", "bad"] {
        client.text(&format!(r#"{{"action":"{action}"}}"#)).await;
        client.next_text().await;
    }
    let lines = groups.lines(&node, 2).await;
    let ends = [
        "Execution failed due to configuration error: Malformed Lambda proxy response",
        "with response status code [502].",
    ];
    assert_eq!(lines.len(), ends.len(), "{lines:?}");
    for (line, end) in lines.iter().zip(ends) {
        assert!(line.ends_with(end), "{line}");
    }
}

#[tokio::test]
async fn a_route_of_its_own_level_overrides_the_stage() {
    let groups = Groups::default();
    let node = groups.node();
    node.publish([two_way("join"), two_way("quiet")], |stage| {
        stage.observation = Observation {
            default: level(Level::Info, false),
            routes: [("quiet".to_owned(), level(Level::Off, false))].into(),
            ..Observation::default()
        };
    });
    for name in ["join", "quiet"] {
        node.functions.set(name, Behaviour::body("hello"));
    }
    let mut client = node.connect().await;
    for action in ["quiet", "join"] {
        client.text(&format!(r#"{{"action":"{action}"}}"#)).await;
        client.next_text().await;
    }
    let lines = groups.lines(&node, 10).await;
    assert!(
        lines.iter().all(|line| !line.contains("quiet")),
        "{lines:?}"
    );
}

#[tokio::test]
async fn a_refused_message_is_told_with_its_status() {
    let groups = Groups::default();
    let node = groups.node();
    log_executions(&node, [route("other")], level(Level::Error, false));
    assert_eq!(
        talk(&groups, &node, 1).await,
        [
            "(RID) Message from client [Connection Id: CID] sent to API [k3v9q0z1ab] with response status code [403].",
        ]
    );
}

#[tokio::test]
async fn a_disconnect_tells_code_and_reason() {
    let groups = Groups::default();
    let node = groups.node();
    log_executions(&node, [route("$disconnect")], level(Level::Info, false));
    let mut client = node.connect().await;
    let cid = only(&node).id.encode();
    client.close(b"\x03\xe8bye").await;
    node.functions.first("$disconnect").await;
    let lines = loop {
        let lines = groups.lines(&node, 7).await;
        if lines.last().unwrap().contains("disconnected") {
            break transcript(&lines, &cid);
        }
    };
    assert_eq!(
        lines.last().unwrap(),
        "(RID) Client [Connection Id: CID] disconnected from API [k3v9q0z1ab] with integration response status code [200]. Close reason: [1000: bye]"
    );
}

#[tokio::test]
async fn an_integration_with_a_role_tells_the_id_of_its_invocation() {
    let groups = Groups::default();
    let node = groups.node();
    let mut route = two_way("join");
    let integration = Arc::get_mut(route.integration.as_mut().unwrap()).unwrap();
    integration.credentials = Some(StageTemplate::new("arn:aws:iam::123456789012:role/api"));
    log_executions(&node, [route], level(Level::Info, false));
    node.functions.set("join", Behaviour::body("hello"));
    let mut client = node.connect().await;
    client.text(r#"{"action":"join"}"#).await;
    client.next_text().await;
    let invoked = node.functions.first("join").await;
    assert_eq!(invoked.principal, "arn:aws:iam::123456789012:role/api");
    assert_eq!(
        invoked.user_agent.as_deref(),
        Some("AmazonAPIGateway_k3v9q0z1ab")
    );
    let told = format!(
        "AWS Integration Endpoint RequestId : {}",
        invoked.request_id
    );
    let lines = groups.lines(&node, 10).await;
    assert!(lines.iter().any(|line| line.ends_with(&told)), "{lines:?}");
}

/// What the log says of a client with this API key, from its beginning to before the end of the handshake.
async fn lines_with_key(key: &str, outcome: Result<&str, KeyRefusal>, count: usize) -> Vec<String> {
    let groups = Groups::default();
    let node = groups.node();
    node.keys.set("0123456789abcdefghijABCDEF", outcome);
    let mut connect = route("$connect");
    connect.api_key_required = true;
    log_executions(&node, [connect], level(Level::Info, false));
    let header = format!("x-api-key: {key}\r\n");
    let client = node.handshake(&header).await;
    assert_eq!(client.status == 101, outcome.is_ok());
    let lines = groups.lines(&node, count).await;
    transcript(&lines, "CID")
}

const KEY: &str = "0123456789abcdefghijABCDEF";
const SHOWN: &str = "********************ABCDEF";

#[tokio::test]
async fn a_key_that_passes_is_told_by_its_last_six_characters() {
    let lines = lines_with_key(KEY, Ok("key1234567"), 8).await;
    let stage = "k3v9q0z1ab/prod";
    assert_eq!(
        lines[1..5],
        [
            format!(
                "(RID) Verifying Usage Plan for request: RID. API Key: {SHOWN} API Stage: {stage}"
            ),
            format!("(RID) Usage Plan check succeeded for API Key {SHOWN} and API Stage {stage}"),
            "(RID) Starting execution for request: RID".to_owned(),
            "(RID) WebSocket Request Route: [$connect]".to_owned(),
        ]
    );
}

#[tokio::test]
async fn a_key_that_is_refused_is_told_with_the_reason() {
    let stage = "k3v9q0z1ab/prod";
    let in_no_plan = |shown: &str| {
        format!(
            "(RID) API Key {shown} not authorized because route '$connect' requires API Key and API Key is not associated with a Usage Plan for API Stage {stage}: No Usage Plan found for key and API Stage"
        )
    };
    let exceeded = |what: &str| {
        format!("(RID) Key {what} limit exceeded for Api k3v9q0z1ab, Stage prod, Route $connect.")
    };
    for (key, refusal, shown, told) in [
        ("", KeyRefusal::Missing, "", in_no_plan("")),
        (KEY, KeyRefusal::Unknown, SHOWN, in_no_plan(SHOWN)),
        (KEY, KeyRefusal::Throttled, SHOWN, exceeded("throttle")),
        (KEY, KeyRefusal::QuotaExceeded, SHOWN, exceeded("quota")),
    ] {
        let lines = lines_with_key(key, Err(refusal), 4).await;
        assert_eq!(
            lines[1..3],
            [
                format!(
                    "(RID) Verifying Usage Plan for request: RID. API Key: {shown} API Stage: {stage}"
                ),
                told
            ]
        );
        assert!(lines[3].contains("failed to connect"), "{lines:?}");
    }
}

#[tokio::test]
async fn a_long_line_is_cut_and_says_so() {
    let groups = Groups::default();
    let node = groups.node();
    log_executions(&node, [two_way("join")], level(Level::Info, true));
    node.functions.set("join", Behaviour::body("hello"));
    let mut client = node.connect().await;
    let long = format!(r#"{{"action":"join","text":"{}"}}"#, "ü".repeat(2000));
    client.text(&long).await;
    client.next_text().await;
    let lines = groups.lines(&node, 17).await;
    let line = lines
        .iter()
        .find(|line| line.contains("Message: ["))
        .unwrap();
    assert!(line.ends_with("ü [TRUNCATED]"), "{line}");
    let kept = line.len() - " [TRUNCATED]".len();
    assert!((1023..=1024).contains(&kept), "{kept}");
}

#[tokio::test]
async fn a_web_server_is_told_with_its_url_and_headers() {
    let groups = Groups::default();
    let node = groups.node();
    let target = IntegrationTarget::HttpProxy(HttpEndpoint {
        method: "POST".to_owned(),
        url: StageTemplate::new("http://backend.test/join"),
    });
    let mut route = Route::new(
        RouteKey::parse("join"),
        Some(Integration::new("abc1234", target)),
    );
    route.response = two_way("join").response;
    log_executions(&node, [route], level(Level::Info, true));
    node.backend.answers(200, &[], "hello");
    let lines = talk(&groups, &node, 16).await;
    let told = |text: &str| lines.iter().any(|line| line.contains(text));
    assert!(
        told("Sending request to http://backend.test/join"),
        "{lines:#?}"
    );
    assert!(told("Endpoint request URI: http://backend.test/join"));
    assert!(told("x-amzn-apigateway-api-id=k3v9q0z1ab"));
    assert!(told(
        "Received response. Status: 200, Integration latency: N ms"
    ));
    assert!(told("Endpoint response body before transformations: hello"));
}
