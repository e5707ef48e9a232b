//! Clients that send too fast, take too slowly, or fail in the middle.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::sync::Semaphore;

use super::messages::only;
use crate::quotas::{Limits, MESSAGE_BYTES};
use crate::testing::{Behaviour, Frame, Node, encode, route, two_way};

#[tokio::test(start_paused = true)]
async fn at_32_calls_in_flight_the_socket_is_not_read() {
    let node = Node::start(&[]);
    node.deploy([two_way("$default")]);
    let permits = Arc::new(Semaphore::new(0));
    let reply = json!({ "statusCode": 200, "body": "ok" });
    node.functions
        .set("$default", Behaviour::Waits(Arc::clone(&permits), reply));
    let mut client = node.connect().await;
    let burst: Vec<u8> = (0..100).flat_map(|_| encode(0x81, b"x")).collect();
    client.bytes(&burst).await.unwrap();
    node.functions.nth("$default", 31).await;
    node.pass(Duration::from_secs(5)).await;
    assert_eq!(node.functions.count("$default"), 32);
    permits.add_permits(100);
    for _ in 0..100 {
        assert_eq!(client.next_text().await, "ok");
    }
    assert_eq!(node.functions.count("$default"), 100);
}

#[tokio::test(start_paused = true)]
async fn a_slow_client_gets_its_queue_full_and_posts_are_refused_with_429() {
    let node = Node::start(&[]);
    let mut client = node.connect().await;
    let id = only(&node).id.encode();
    let message = vec![b'x'; MESSAGE_BYTES];
    let mut accepted = 0;
    let refused = loop {
        let begun = tokio::time::Instant::now();
        match node.post(&id, message.clone()).await {
            200 => accepted += 1,
            status => break (status, begun.elapsed()),
        }
    };
    assert_eq!(refused, (429, Duration::from_millis(250)));
    // 64 KiB lie in the stream, a batch in the session, a mebibyte in the queue.
    assert!((8..=12).contains(&accepted), "{accepted}");
    for _ in 0..accepted {
        assert_eq!(client.next_text().await.len(), MESSAGE_BYTES);
    }
    assert_eq!(node.post(&id, "again").await, 200);
    assert_eq!(client.next_text().await, "again");
}

#[tokio::test(start_paused = true)]
async fn a_queue_holds_64_small_messages_beyond_what_is_in_flight() {
    let node = Node::start(&[]);
    let _client = node.connect().await;
    let id = only(&node).id.encode();
    // Large ones stall the stream; small ones then fill the queue by their number.
    let limits = Limits::default();
    assert_eq!(node.post(&id, vec![b'x'; MESSAGE_BYTES]).await, 200);
    tokio::task::yield_now().await;
    let mut accepted = 0;
    while node.post(&id, "x").await == 200 {
        accepted += 1;
    }
    assert_eq!(accepted, limits.queued_messages);
}

#[tokio::test(start_paused = true)]
async fn a_post_waits_for_room_in_the_queue() {
    let limits = Limits {
        queued_messages: 1,
        ..Limits::default()
    };
    let node = Node::with_limits(&[], limits);
    let mut client = node.connect().await;
    let id = only(&node).id.encode();
    assert_eq!(node.post(&id, vec![b'x'; MESSAGE_BYTES]).await, 200);
    tokio::task::yield_now().await;
    assert_eq!(node.post(&id, "queued").await, 200);
    let reading = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        client.next().await;
        (client.next_text().await, client.next_text().await)
    };
    let (status, texts) = tokio::join!(node.post(&id, "waited"), reading);
    assert_eq!(status, 200);
    assert_eq!(texts, ("queued".to_owned(), "waited".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_client_that_takes_nothing_for_30_seconds_is_dropped() {
    let node = Node::start(&["$disconnect"]);
    let _client = node.connect().await;
    let id = only(&node).id.encode();
    let begun = tokio::time::Instant::now();
    assert_eq!(node.post(&id, vec![b'x'; MESSAGE_BYTES]).await, 200);
    let event = node.functions.first("$disconnect").await.event;
    assert_eq!(event["requestContext"]["disconnectStatusCode"], 1006);
    assert!((30..=32).contains(&begun.elapsed().as_secs()));
}

#[tokio::test]
async fn many_messages_in_one_write_are_all_answered() {
    let node = Node::start(&[]);
    node.deploy([two_way("$default")]);
    node.functions.set("$default", Behaviour::body("ok"));
    let mut client = node.connect().await;
    let burst: Vec<u8> = (0..500).flat_map(|_| encode(0x81, b"x")).collect();
    client.bytes(&burst).await.unwrap();
    for _ in 0..500 {
        assert_eq!(client.next_text().await, "ok");
    }
}

/// The read buffer belongs to the worker thread and serves all its connections.
#[tokio::test]
async fn what_a_failed_connection_leaves_never_reaches_another() {
    let node = Node::start(&[]);
    node.deploy([two_way("$default")]);
    node.functions.set("$default", Behaviour::body("ok"));
    for _ in 0..20 {
        let mut failing = node.connect().await;
        let mut other = node.connect().await;
        let mut bytes = encode(0x82, b"binary");
        bytes.extend(encode(0x81, b"left over"));
        bytes.extend(&encode(0x81, b"cut in the middle")[..9]);
        failing.bytes(&bytes).await.unwrap();
        other.text("clean").await;
        assert_eq!(other.next_text().await, "ok");
        assert!(matches!(
            failing.next().await,
            Frame::Close(Some((1003, _)))
        ));
    }
    let count = node.functions.count("$default");
    for nth in 0..count {
        assert_eq!(
            node.functions.nth("$default", nth).await.event["body"],
            "clean"
        );
    }
    assert_eq!(count, 20);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_clients_on_many_workers_lose_nothing() {
    let node = Arc::new(Node::start(&["$disconnect"]));
    node.deploy([two_way("id"), two_way("$default"), route("$disconnect")]);
    node.functions.set("id", Behaviour::TellsId);
    node.functions.set("$default", Behaviour::body("reply"));
    let mut clients = Vec::new();
    for _ in 0..40 {
        clients.push(tokio::spawn(chat(Arc::clone(&node))));
    }
    for client in clients {
        client.await.unwrap();
    }
    node.functions.nth("$disconnect", 39).await;
    node.gateway.drain().await;
    assert_eq!(node.functions.count("$default"), 40 * 100);
    assert_eq!(node.functions.count("$disconnect"), 40);
    assert_eq!(node.gateway.connection_count(), 0);
}

/// Sends a hundred messages while a function posts twenty, and reads what comes.
async fn chat(node: Arc<Node>) {
    let mut client = node.connect().await;
    client.text(r#"{"action":"id"}"#).await;
    let id = client.next_text().await;
    let posting = tokio::spawn({
        let node = Arc::clone(&node);
        async move {
            for nth in 0..20 {
                assert_eq!(node.post(&id, format!("post {nth}")).await, 200);
            }
        }
    });
    for _ in 0..100 {
        client.text("x").await;
    }
    let (mut replies, mut posts) = (0, 0);
    while (replies, posts) != (100, 20) {
        let text = client.next_text().await;
        if text == "reply" {
            replies += 1;
        } else {
            assert_eq!(text, format!("post {posts}"));
            posts += 1;
        }
    }
    posting.await.unwrap();
    client.close(b"\x03\xE8").await;
    while client.next().await != Frame::End {}
}
