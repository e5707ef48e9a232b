//! How connections end, and what `$disconnect` hears of it.

use std::time::Duration;

use http::Method;

use super::messages::only;
use crate::connection::codec::Close;
use crate::connection::outbound::{Outbound, SendFailure, Taken};
use crate::quotas::{FRAME_BYTES, Limits};
use crate::testing::{Behaviour, Client, Frame, Node, two_way};

/// What the first DISCONNECT event says.
async fn disconnected(node: &Node) -> (i64, String) {
    let event = node.functions.first("$disconnect").await.event;
    let context = &event["requestContext"];
    let reason = context["disconnectReason"].as_str().unwrap().to_owned();
    (context["disconnectStatusCode"].as_i64().unwrap(), reason)
}

fn close(code: u16, reason: &str) -> Frame {
    Frame::Close(Some((code, reason.to_owned())))
}

async fn node_and_client() -> (Node, Client) {
    let node = Node::start(&["$default", "$disconnect"]);
    let client = node.connect().await;
    (node, client)
}

#[tokio::test]
async fn a_client_close_is_answered_with_its_code_and_reason() {
    let (node, mut client) = node_and_client().await;
    client.close(b"\x03\xE8done for today").await;
    assert_eq!(client.next().await, close(1000, "done for today"));
    assert_eq!(client.next().await, Frame::End);
    assert_eq!(
        disconnected(&node).await,
        (1000, "done for today".to_owned())
    );
}

#[tokio::test]
async fn a_custom_close_code_is_verbatim() {
    let (node, mut client) = node_and_client().await;
    client.close(&4001u16.to_be_bytes()).await;
    assert_eq!(client.next().await, close(4001, ""));
    assert_eq!(disconnected(&node).await, (4001, String::new()));
}

#[tokio::test]
async fn a_client_close_without_status_is_1005() {
    let (node, mut client) = node_and_client().await;
    client.close(b"").await;
    assert_eq!(client.next().await, Frame::Close(None));
    let reason = "Client-side close frame status not set".to_owned();
    assert_eq!(disconnected(&node).await, (1005, reason));
}

#[tokio::test]
async fn a_lost_connection_is_1006() {
    let (node, client) = node_and_client().await;
    drop(client);
    assert_eq!(disconnected(&node).await, (1006, String::new()));
    assert_eq!(node.gateway.connection_count(), 0);
}

#[tokio::test]
async fn a_delete_closes_with_1000() {
    let (node, mut client) = node_and_client().await;
    let id = only(&node).id.encode();
    let deleted = node.manage(Method::DELETE, &id, "").await;
    assert_eq!((deleted.status, deleted.body.as_str()), (204, ""));
    assert_eq!(
        client.next().await,
        close(1000, "Connection Closed Normally")
    );
    assert_eq!(
        disconnected(&node).await,
        (1000, "Connection Closed Normally".to_owned())
    );
    assert_eq!(node.manage(Method::DELETE, &id, "").await.status, 410);
}

#[tokio::test]
async fn a_delete_lets_earlier_messages_through() {
    let (node, mut client) = node_and_client().await;
    let id = only(&node).id.encode();
    assert_eq!(node.post(&id, "bye").await, 200);
    node.manage(Method::DELETE, &id, "").await;
    assert_eq!(client.next_text().await, "bye");
    assert_eq!(
        client.next().await,
        close(1000, "Connection Closed Normally")
    );
}

#[tokio::test]
async fn a_binary_frame_closes_with_1003() {
    let (node, mut client) = node_and_client().await;
    client.frame(0x82, b"\x00\x01").await;
    assert_eq!(
        client.next().await,
        close(1003, "Binary messages are not supported")
    );
    assert_eq!(disconnected(&node).await.0, 1003);
    assert_eq!(node.functions.count("$default"), 0);
}

#[tokio::test]
async fn a_frame_beyond_32_kib_closes_with_1009() {
    let (node, mut client) = node_and_client().await;
    client.frame(0x81, &vec![b'x'; FRAME_BYTES + 1024]).await;
    assert_eq!(client.next().await, close(1009, "Message too big"));
    assert_eq!(disconnected(&node).await.0, 1009);
}

#[tokio::test]
async fn text_that_is_not_utf8_closes_with_1007() {
    let (node, mut client) = node_and_client().await;
    client.frame(0x81, b"\xC0\xAF").await;
    assert_eq!(client.next().await, close(1007, "Text is not valid UTF-8"));
    assert_eq!(disconnected(&node).await.0, 1007);
}

#[tokio::test]
async fn an_unmasked_frame_closes_with_1002() {
    let (node, mut client) = node_and_client().await;
    client.bytes(b"\x81\x02hi").await.unwrap();
    assert_eq!(client.next().await, close(1002, "Frame is not masked"));
    assert_eq!(disconnected(&node).await.0, 1002);
}

#[tokio::test]
async fn too_many_pings_close_with_1008() {
    let (node, mut client) = node_and_client().await;
    for _ in 0..60 {
        client.frame(0x89, b"").await;
    }
    let end = loop {
        match client.next().await {
            Frame::Pong(_) => {}
            other => break other,
        }
    };
    assert_eq!(end, close(1008, "Too many control frames"));
    assert_eq!(disconnected(&node).await.0, 1008);
}

#[tokio::test(start_paused = true)]
async fn ten_minutes_of_silence_close_with_1001() {
    let (node, mut client) = node_and_client().await;
    let begun = tokio::time::Instant::now();
    assert_eq!(client.next().await, close(1001, "Going away"));
    let silence = begun.elapsed().as_secs();
    assert!((600..=605).contains(&silence), "{silence}");
    assert_eq!(disconnected(&node).await, (1001, "Going away".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn messages_in_either_direction_postpone_the_idle_timeout() {
    let (node, mut client) = node_and_client().await;
    let id = only(&node).id.encode();
    let begun = tokio::time::Instant::now();
    node.pass(Duration::from_mins(9)).await;
    client.text("from the client").await;
    node.functions.first("$default").await;
    node.pass(Duration::from_mins(9)).await;
    assert_eq!(node.post(&id, "to the client").await, 200);
    assert_eq!(client.next_text().await, "to the client");
    // A GET and a ping are no messages.
    node.pass(Duration::from_mins(5)).await;
    assert_eq!(node.manage(Method::GET, &id, "").await.status, 200);
    client.frame(0x89, b"").await;
    assert_eq!(client.next().await, Frame::Pong(vec![]));
    assert_eq!(client.next().await, close(1001, "Going away"));
    assert_eq!(begun.elapsed().as_secs() / 60, 28);
}

#[tokio::test(start_paused = true)]
async fn two_hours_end_even_a_busy_connection() {
    let (node, mut client) = node_and_client().await;
    node.deploy([two_way("$default"), two_way("$disconnect")]);
    node.functions.set("$default", Behaviour::body("ok"));
    let begun = tokio::time::Instant::now();
    let end = loop {
        node.pass(Duration::from_mins(1)).await;
        if client
            .bytes(&crate::testing::encode(0x81, b"x"))
            .await
            .is_err()
        {
            break client.next().await;
        }
        match client.next().await {
            Frame::Text(_) => {}
            other => break other,
        }
    };
    assert_eq!(end, close(1001, "Going away"));
    assert_eq!(begun.elapsed().as_secs() / 60, 120);
    assert_eq!(disconnected(&node).await.0, 1001);
}

#[tokio::test(start_paused = true)]
async fn a_deleted_stage_ends_its_connections_without_an_event() {
    let (node, mut client) = node_and_client().await;
    node.gateway.stages().remove("k3v9q0z1ab", "prod");
    assert_eq!(client.next().await, close(1001, "Going away"));
    drop(client);
    node.gateway.drain().await;
    assert_eq!(node.functions.count("$disconnect"), 0);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_never_answers_a_close_is_dropped() {
    let (node, mut client) = node_and_client().await;
    node.manage(Method::DELETE, &only(&node).id.encode(), "")
        .await;
    assert_eq!(
        client.next().await,
        close(1000, "Connection Closed Normally")
    );
    assert_eq!(client.next().await, Frame::End);
    let begun = tokio::time::Instant::now();
    while client.bytes(b"x").await.is_ok() {
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert!(begun.elapsed() < Duration::from_secs(10));
    }
}

#[tokio::test(start_paused = true)]
async fn a_message_that_never_ends_is_dropped() {
    let (node, mut client) = node_and_client().await;
    client.frame(0x01, b"begun").await;
    assert_eq!(client.next().await, Frame::End);
    assert_eq!(disconnected(&node).await.0, 1006);
}

#[tokio::test]
async fn a_drain_closes_every_client_and_runs_every_disconnect() {
    let node = Node::start(&["$disconnect"]);
    let mut clients = Vec::new();
    for _ in 0..5 {
        clients.push(node.connect().await);
    }
    let closing = async {
        for client in &mut clients {
            assert_eq!(client.next().await, close(1001, "Going away"));
            client.close(b"\x03\xE9").await;
        }
    };
    tokio::join!(node.gateway.drain(), closing);
    assert_eq!(node.functions.count("$disconnect"), 5);
    assert_eq!(node.gateway.connection_count(), 0);
}

#[tokio::test]
async fn a_failing_disconnect_function_has_no_effect() {
    let (node, mut client) = node_and_client().await;
    node.functions.set("$disconnect", Behaviour::Throws);
    client.close(b"").await;
    assert_eq!(client.next().await, Frame::Close(None));
    disconnected(&node).await;
}

/// Between the session's taking of the close and its end, a post would be lost.
#[test]
fn nothing_is_accepted_once_the_session_has_taken_the_close() {
    let outbound = Outbound::default();
    outbound.open();
    assert!(outbound.close(Close::new(1000, "Connection Closed Normally")));
    let taken = outbound.take(&mut Vec::new(), 1024);
    assert!(matches!(taken, Taken::Close(_)));
    let limits = Limits::default();
    let late = outbound.try_send(&"late".into(), &limits);
    assert_eq!(late, Err(SendFailure::Gone));
    assert!(!outbound.close(Close::new(1001, "Going away")));
}
