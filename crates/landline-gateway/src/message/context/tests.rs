//! The events, member by member.

use super::*;
use crate::connection::id::{IdKey, Ids};
use crate::deployment::snapshot::{ApiId, StageName};
use crate::testing::{API, HOST, NOW};
use http::HeaderMap;

const MOMENT: Moment<'_> = Moment {
    request_id: "FQ1xTEcYDoAMEhQ=",
    time: Timestamp::from_millis(NOW.as_millis() + 1),
};

fn stage() -> LiveStage {
    LiveStage::new(
        ApiId::new(API),
        StageName::new("prod"),
        "123456789012",
        "eu-central-1",
    )
}

fn context(user_agent: Option<&str>) -> ConnectionContext {
    let client = Client {
        connection_id: Ids::new(&IdKey::new([7; 32])).connection(NOW),
        domain_name: HOST,
        source_ip: [198, 51, 100, 23].into(),
        user_agent,
        connected_at: NOW,
    };
    ConnectionContext::new(&stage(), &client, Identity::default())
}

fn handshake(lines: &[(&'static str, &'static str)], query: Option<&str>) -> Handshake {
    let mut headers = HeaderMap::new();
    let mut names = Vec::new();
    for (name, value) in lines {
        names.push((*name).into());
        headers.append(
            name.parse::<http::HeaderName>().unwrap(),
            value.parse().unwrap(),
        );
    }
    Handshake::new(
        &headers,
        Some(&HeaderNames(names)),
        query,
        [198, 51, 100, 23].into(),
        NOW,
    )
}

/// The event, indented, with the random trace id replaced.
fn pretty(event: &Bytes) -> String {
    let event: Value = serde_json::from_slice(event).unwrap();
    let text = serde_json::to_string_pretty(&event).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    for line in &mut lines {
        if line.contains("Root=1-") && line.contains("Trace-Id") {
            *line = "    \"X-Amzn-Trace-Id\": \"Root=…\",";
        } else if line.contains("Root=1-") {
            *line = "      \"Root=…\"";
        }
    }
    lines.join("\n")
}

#[test]
fn a_connect_event_has_headers_and_query_and_no_body() {
    let handshake = handshake(
        &[
            ("Host", HOST),
            ("Connection", "Upgrade"),
            ("Upgrade", "websocket"),
            ("x-Mixed-Case", "1"),
            ("X-mixed-case", "2"),
            ("Authorization", "token"),
        ],
        Some("tag=a&room=7&tag=b%20c&X-Amz-Signature=s&empty"),
    );
    let event = context(Some("demo \"client\"")).connect_event(&stage(), &handshake, None, MOMENT);
    insta::assert_snapshot!(pretty(&event));
}

#[test]
fn a_message_event_has_neither_headers_nor_query() {
    let mut stage = stage();
    stage.variables.insert("tier".to_owned(), "gold".to_owned());
    let message = MessageContext {
        route_key: "sendmessage",
        message_id: "hR2cWT4qmQAYLEk7EA==",
        body: "{\"action\":\"sendmessage\",\"data\":\"h\u{ef}\\n\"}",
    };
    let event = context(Some("demo-client/1.0")).message_event(&stage, &message, MOMENT);
    insta::assert_snapshot!(pretty(&event));
}

#[test]
fn a_disconnect_event_has_four_headers_and_a_reason() {
    let ended = DisconnectContext {
        domain_name: HOST,
        status_code: 1001,
        reason: "Going away",
    };
    let event = context(None).disconnect_event(&stage(), &ended, MOMENT);
    insta::assert_snapshot!(pretty(&event));
}

#[test]
fn a_request_without_query_has_no_member_for_it() {
    for query in [None, Some(""), Some("X-Amz-Date=1")] {
        let event = context(None).connect_event(&stage(), &handshake(&[], query), None, MOMENT);
        let event: Value = serde_json::from_slice(&event).unwrap();
        assert!(event.get("queryStringParameters").is_none());
        assert!(event.get("multiValueQueryStringParameters").is_none());
        assert!(event.get("stageVariables").is_none());
        assert!(event.get("body").is_none());
    }
}

#[test]
fn header_names_without_their_spelling_get_the_usual_one() {
    let mut headers = HeaderMap::new();
    for name in ["sec-websocket-key", "user-agent", "x-api-key", "host"] {
        headers.insert(name, "v".parse().unwrap());
    }
    let handshake = Handshake::new(&headers, None, None, [127, 0, 0, 1].into(), NOW);
    let event = context(None).connect_event(&stage(), &handshake, None, MOMENT);
    let event: Value = serde_json::from_slice(&event).unwrap();
    let names: Vec<&str> = event["headers"]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        names,
        [
            "Host",
            "Sec-WebSocket-Key",
            "User-Agent",
            "X-Amzn-Trace-Id",
            "X-Api-Key",
            "X-Forwarded-For",
            "X-Forwarded-Port",
            "X-Forwarded-Proto"
        ]
    );
}

#[test]
fn an_earlier_proxy_stays_in_the_forwarding_header() {
    let handshake = handshake(&[("X-Forwarded-For", "203.0.113.9")], None);
    let event = context(None).connect_event(&stage(), &handshake, None, MOMENT);
    let event: Value = serde_json::from_slice(&event).unwrap();
    assert_eq!(
        event["headers"]["X-Forwarded-For"],
        "203.0.113.9, 198.51.100.23"
    );
}
