//! One line for each event, and every variable in it.

use std::sync::Arc;

use http::Method;
use landline_wire::Caller;
use serde_json::{Value, json};

use super::{Groups, log_accesses};
use crate::connection::tests::messages::only;
use crate::deployment::snapshot::Authorization;
use crate::message::reply::GatewayError;
use crate::message::subject::{Event, Subject};
use crate::observe::access_log::Row;
use crate::observe::observer::{PhaseOutcome, Record};
use crate::observe::{Observer, Outcome, format};
use crate::testing::{Behaviour, NOW, Node, route, two_way};

const JSON: &str = r#"{"id":"$context.requestId","event":"$context.eventType","route":"$context.routeKey","status":"$context.status","error":$context.error.messageString,"type":"$context.error.responseType"}"#;

/// The lines without their ids, each as `event route status type`.
async fn summaries(groups: &Groups, node: &Node, count: usize) -> Vec<String> {
    let lines = groups.lines(node, count).await;
    lines
        .iter()
        .map(|line| {
            let line = line.replace(":-,", ":null,");
            let row: Value = serde_json::from_str(&line).unwrap();
            let text = |name: &str| row[name].as_str().unwrap_or("-").to_owned();
            ["event", "route", "status", "error"].map(text).join(" ")
        })
        .collect()
}

#[tokio::test]
async fn each_event_leaves_one_line() {
    let groups = Groups::default();
    let node = groups.node();
    log_accesses(
        &node,
        [route("$connect"), two_way("join"), route("$disconnect")],
        JSON,
    );
    node.functions.set("join", Behaviour::body("hello"));
    let mut client = node.connect().await;
    client.text(r#"{"action":"join"}"#).await;
    client.next_text().await;
    let id = only(&node).id.encode();
    assert_eq!(node.post(&id, "hi").await, 200);
    client.next_text().await;
    client.close(&[]).await;
    assert_eq!(
        summaries(&groups, &node, 4).await,
        [
            "CONNECT $connect 200 -",
            "MESSAGE join 200 -",
            "CONNECTION_API POST /@connections/{connectionId} 200 -",
            "DISCONNECT $disconnect 200 -",
        ]
    );
}

#[tokio::test]
async fn what_was_refused_leaves_a_line_too() {
    let groups = Groups::default();
    let node = groups.node();
    log_accesses(&node, [route("$connect"), route("throw")], JSON);
    node.functions.set("throw", Behaviour::Throws);
    let mut client = node.connect().await;
    for action in ["nope", "throw"] {
        client.text(&format!(r#"{{"action":"{action}"}}"#)).await;
        client.next_text().await;
    }
    node.functions.set("$connect", Behaviour::status(401));
    assert_eq!(node.handshake("").await.status, 401);
    node.functions.set("$connect", Behaviour::Denies);
    assert_eq!(node.handshake("").await.status, 500);
    assert_eq!(
        summaries(&groups, &node, 5).await,
        [
            "CONNECT $connect 200 -",
            "MESSAGE - 403 Forbidden",
            "MESSAGE throw 502 Internal server error",
            "CONNECT $connect 401 -",
            "CONNECT $connect 500 Internal server error",
        ]
    );
}

#[tokio::test]
async fn a_call_of_a_connection_that_is_gone_leaves_a_line_at_the_stage_of_its_url() {
    let groups = Groups::default();
    let node = groups.node();
    log_accesses(&node, [route("join")], JSON);
    let gone = node.gateway.plane.ids.connection(NOW).encode();
    assert_eq!(node.manage(Method::GET, &gone, "").await.status, 410);
    assert_eq!(
        summaries(&groups, &node, 1).await,
        ["CONNECTION_API GET /@connections/{connectionId} 410 -"]
    );
}

#[tokio::test]
async fn a_stage_without_logs_has_no_observer() {
    let node = Node::start(&["join"]);
    let stage = node.stage().load();
    assert!(crate::observe::begin(&node.gateway.plane, &stage, Some("join")).is_none());
}

#[tokio::test]
async fn a_group_that_is_missing_is_made() {
    let groups = Groups::default();
    let node = groups.node();
    log_accesses(&node, [route("join")], JSON);
    let _client = node.connect().await;
    groups.lines(&node, 1).await;
    assert_eq!(*groups.groups.lock(), ["access"]);
}

/// Every variable of the developer guide's table that the message sets.
#[tokio::test]
async fn every_variable_of_a_message_has_its_value() {
    let groups = Groups::default();
    let node = groups.node();
    let names = [
        "apiId",
        "stage",
        "routeKey",
        "eventType",
        "domainName",
        "requestTime",
        "requestTimeEpoch",
        "connectedAt",
        "identity.sourceIp",
        "identity.userAgent",
        "status",
        "integration.status",
        "integration.integrationStatus",
        "integration.error",
        "integrationStatus",
        "accountId",
        "error.message",
        "identity.accountId",
        "waf.status",
        "authorize.status",
        "nonsense",
    ];
    let variables = names.map(|name| format!("$context.{name}")).join("|");
    log_accesses(
        &node,
        [two_way("join")],
        &format!("{variables}|$context.requestId"),
    );
    node.functions.set("join", Behaviour::body("hello"));
    let mut client = node.handshake("User-Agent: tester\r\n").await.expect_open();
    client.text(r#"{"action":"join"}"#).await;
    client.next_text().await;
    let lines = groups.lines(&node, 2).await;
    let (values, request_id) = lines[1].rsplit_once('|').unwrap();
    assert_eq!(request_id.len(), 16);
    assert_eq!(
        values.split('|').collect::<Vec<_>>(),
        [
            "k3v9q0z1ab",
            "prod",
            "join",
            "MESSAGE",
            "k3v9q0z1ab.execute-api.eu-central-1.amazonaws.com",
            "03/Feb/2027:09:15:42 +0000",
            "1801646142107",
            "1801646142107",
            "198.51.100.23",
            "tester",
            "200",
            // Observed on AWS: what the guide names of the integration stays empty.
            "-",
            "-",
            "-",
            "-",
            "123456789012",
            "-",
            "-",
            "-",
            "-",
            "-",
        ]
    );
}

#[tokio::test]
async fn whoever_signed_is_known_by_every_member_that_a_signature_tells() {
    let groups = Groups::default();
    let node = groups.node();
    let members = [
        "accountId",
        "caller",
        "user",
        "userArn",
        "accessKey",
        // Credentials of an identity pool are nobody's here, and the account is in no organization.
        "cognitoAuthenticationProvider",
        "cognitoAuthenticationType",
        "cognitoIdentityId",
        "cognitoIdentityPoolId",
        "principalOrgId",
    ];
    let format = members
        .map(|name| format!("$context.identity.{name}"))
        .join("|");
    let mut connect = route("$connect");
    connect.authorization = Authorization::AwsIam;
    log_accesses(
        &node,
        [connect, two_way("join")],
        &format!("{format}|$context.requestId"),
    );
    let mut client = node
        .handshake("Authorization: root\r\n")
        .await
        .expect_open();
    client.text(r#"{"action":"join"}"#).await;
    for line in &groups.lines(&node, 2).await {
        let (told, _) = line.rsplit_once('|').unwrap();
        assert_eq!(
            told,
            "123456789012|123456789012|123456789012|arn:aws:iam::123456789012:root|AKIDEXAMPLE|-|-|-|-|-"
        );
    }
}

#[tokio::test]
async fn ids_and_latencies_of_a_message_are_there() {
    let groups = Groups::default();
    let node = groups.node();
    let format = "$context.connectionId|$context.messageId|$context.requestId|$context.extendedRequestId|$context.integrationLatency";
    log_accesses(&node, [two_way("join")], format);
    node.functions.set("join", Behaviour::body("hello"));
    let mut client = node.connect().await;
    client.text(r#"{"action":"join"}"#).await;
    client.next_text().await;
    let lines = groups.lines(&node, 2).await;
    let values: Vec<&str> = lines[1].split('|').collect();
    let lengths: Vec<usize> = values[..3].iter().map(|it| it.len()).collect();
    assert_eq!(lengths, [16; 3]);
    assert_eq!(values[2], values[3]);
    values[4].parse::<u64>().unwrap();
}

/// Observed on AWS, like the next.
#[tokio::test]
async fn a_call_of_a_connection_tells_of_its_caller() {
    let groups = Groups::default();
    let node = groups.node();
    let names = [
        "eventType",
        "status",
        "requestId",
        "identity.userArn",
        "identity.caller",
        "identity.user",
        "identity.sourceIp",
        "identity.userAgent",
        "domainName",
        "connectedAt",
        "messageId",
        "integrationLatency",
        "error.message",
        "connectionId",
    ];
    let format = names.map(|name| format!("$context.{name}")).join("|");
    log_accesses(
        &node,
        [route("join")],
        &format!("{format}|$context.extendedRequestId"),
    );
    let _client = node.handshake("User-Agent: tester\r\n").await.expect_open();
    let id = only(&node).id.encode();
    let caller = Caller {
        source_ip: Some([203, 0, 113, 7].into()),
        user_agent: Some("Boto3/1.43".into()),
        ..Caller::root("123456789012", "eu-central-1")
    };
    let deleted = node.manage_as(&caller, Method::DELETE, &id, "").await;
    let gone = node.gateway.plane.ids.connection(NOW).encode();
    node.manage_as(&caller, Method::POST, &gone, "").await;
    let lines = groups.lines(&node, 3).await;
    let of_calls = lines.iter().filter(|it| it.starts_with("CONNECTION_API"));
    let of_calls: Vec<&String> = of_calls.collect();
    for (line, status, connection_id) in [(of_calls[0], 204, &id), (of_calls[1], 410, &gone)] {
        let (told, extended) = line.rsplit_once('|').unwrap();
        assert_eq!(
            told,
            format!(
                "CONNECTION_API|{status}|{}|arn:aws:iam::123456789012:root|123456789012|123456789012|203.0.113.7|Boto3/1.43|\
                 k3v9q0z1ab.execute-api.eu-central-1.amazonaws.com|-|-|0|-|{connection_id}",
                caller.request_id
            )
        );
        assert_eq!(extended.len(), 16);
    }
    assert_eq!(
        deleted.headers["x-amz-apigw-id"],
        of_calls[0].rsplit_once('|').unwrap().1
    );
}

fn value(node: &Node, outcome: &Outcome, record: &Record, path: &str) -> Option<String> {
    let (slot, plane) = (node.stage(), &node.gateway.plane);
    let stage = slot.load();
    let subject = Subject {
        plane,
        slot: &slot,
        stage: &stage,
        connection: None,
        route_key: None,
        request_id: "rid",
        time: NOW,
        event: Event::Connect,
    };
    let row = Row {
        subject: &subject,
        outcome,
        record: record.clone(),
    };
    row.value(path).map(|value| match value {
        format::Value::Text(text) | format::Value::Ready(text) => text,
    })
}

#[tokio::test]
async fn errors_have_their_text_plain_and_quoted_and_their_type() {
    let node = Node::start(&["join"]);
    let mut outcome = Outcome::refusal(GatewayError::TooManyRequests);
    outcome.validation_error = Some("[required key [text] not found]".to_owned());
    let rows = [
        ("error.message", "Too Many Requests"),
        ("error.messageString", "\"Too Many Requests\""),
        ("error.responseType", "THROTTLED"),
        (
            "error.validationErrorString",
            "[required key [text] not found]",
        ),
        ("status", "429"),
    ];
    for (path, expected) in rows {
        let found = value(&node, &outcome, &Record::default(), path);
        assert_eq!(found.as_deref(), Some(expected), "{path}");
    }
}

#[tokio::test]
async fn the_phases_of_authorization_have_their_variables() {
    let node = Node::start(&["join"]);
    let clock = Arc::clone(&node.clock);
    let observer = Observer::new(clock, None);
    let phase = PhaseOutcome {
        status: Some(403),
        latency: Some(std::time::Duration::from_millis(12)),
        error: Some("denied".to_owned()),
        integration_status: Some(200),
        integration_latency: Some(std::time::Duration::from_millis(11)),
        request_id: Some("uuid".to_owned()),
    };
    let mut record = observer.record();
    record.authorizer = phase.clone();
    record.authenticate = phase.clone();
    record.authorize = phase;
    let rows = [
        ("authorizer.status", json!(403)),
        ("authorizer.latency", json!(12)),
        ("authorizer.error", json!("denied")),
        ("authorizer.integrationStatus", json!(200)),
        ("authorizer.integrationLatency", json!(11)),
        ("authorizer.requestId", json!("uuid")),
        ("authenticate.status", json!(403)),
        ("authenticate.error", json!("denied")),
        ("authenticate.latency", json!(12)),
        ("authorize.status", json!(403)),
        ("authorize.error", json!("denied")),
        ("authorize.latency", json!(12)),
    ];
    for (path, expected) in rows {
        let expected = expected
            .as_str()
            .map_or(expected.to_string(), str::to_owned);
        let found = value(&node, &Outcome::success(200), &record, path);
        assert_eq!(found, Some(expected), "{path}");
    }
}
