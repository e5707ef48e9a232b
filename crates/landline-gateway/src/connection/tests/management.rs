//! `@connections` as functions use it.

use std::sync::Arc;
use std::time::Duration;

use http::Method;
use landline_api::apigatewaymanagementapi::{
    DeleteConnection, DeleteConnectionInput, GetConnection, GetConnectionInput, PostToConnection,
    PostToConnectionInput,
};
use landline_wire::{Caller, Handler};
use serde_json::json;
use tokio::sync::Semaphore;

use super::messages::only;
use crate::management::ConnectionsRequest;
use crate::quotas::MESSAGE_BYTES;
use crate::testing::{Behaviour, Client, Frame, Node};

async fn open() -> (Node, Client, String) {
    let node = Node::start(&["$default"]);
    let client = node
        .handshake("User-Agent: demo \"client\"\r\n")
        .await
        .expect_open();
    let id = only(&node).id.encode();
    (node, client, id)
}

#[tokio::test]
async fn a_post_becomes_a_text_message() {
    let (node, mut client, id) = open().await;
    let posted = node.manage(Method::POST, &id, "hello").await;
    assert_eq!((posted.status, posted.body.as_str()), (200, ""));
    assert_eq!(posted.headers["content-type"], "application/json");
    assert_eq!(posted.headers["x-amz-apigw-id"].len(), 16);
    assert_eq!(posted.headers["x-amzn-requestid"].len(), 36);
    assert!(
        posted.headers["x-amzn-trace-id"]
            .to_str()
            .unwrap()
            .starts_with("Root=1-")
    );
    assert_eq!(client.next_text().await, "hello");
}

#[tokio::test]
async fn posts_arrive_in_their_order() {
    let (node, mut client, id) = open().await;
    for n in 0..50 {
        assert_eq!(node.post(&id, n.to_string()).await, 200);
    }
    for n in 0..50 {
        assert_eq!(client.next_text().await, n.to_string());
    }
}

#[tokio::test]
async fn bytes_that_are_no_text_become_replacement_characters() {
    let (node, mut client, id) = open().await;
    assert_eq!(node.post(&id, b"a\xFFb".as_slice()).await, 200);
    assert_eq!(client.next_text().await, "a\u{FFFD}b");
}

#[tokio::test]
async fn a_post_of_128_kib_arrives_and_a_byte_more_is_refused_in_silence() {
    let (node, mut client, id) = open().await;
    let active_before = only(&node).last_active_at();
    node.clock.advance(Duration::from_secs(1));
    let refused = node
        .manage(Method::POST, &id, vec![b'x'; MESSAGE_BYTES + 1])
        .await;
    assert_eq!((refused.status, refused.body.as_str()), (413, ""));
    assert!(refused.headers.is_empty());
    assert_eq!(only(&node).last_active_at(), active_before);
    let posted = tokio::join!(
        node.post(&id, vec![b'x'; MESSAGE_BYTES]),
        client.next_text()
    );
    assert_eq!((posted.0, posted.1.len()), (200, MESSAGE_BYTES));
}

#[tokio::test]
async fn a_connection_is_described_in_the_layout_of_aws() {
    let (node, mut client, id) = open().await;
    node.clock.advance(Duration::from_millis(7215));
    client.text("x").await;
    node.functions.first("$default").await;
    node.clock.advance(Duration::from_mins(1));
    node.manage(Method::GET, &id, "").await;
    let described = node.manage(Method::GET, &id, "").await;
    assert_eq!(described.status, 200);
    insta::assert_snapshot!(described.body, @r#"
    {
      "identity" : {
        "sourceIp" : "198.51.100.23",
        "userAgent" : "demo \"client\""
      },
      "connectedAt" : "2027-02-03T09:15:42.107Z",
      "lastActiveAt" : "2027-02-03T09:15:49.322Z"
    }
    "#);
}

#[tokio::test]
async fn a_post_counts_as_activity() {
    let (node, _client, id) = open().await;
    node.clock.advance(Duration::from_secs(5));
    node.post(&id, "x").await;
    let described = node.manage(Method::GET, &id, "").await;
    assert!(
        described
            .body
            .contains(r#""lastActiveAt" : "2027-02-03T09:15:47.107Z""#)
    );
}

#[tokio::test]
async fn a_client_without_user_agent_has_no_member_for_it() {
    let node = Node::start(&[]);
    let _client = node.connect().await;
    let described = node.manage(Method::GET, &only(&node).id.encode(), "").await;
    assert!(!described.body.contains("userAgent"), "{}", described.body);
}

#[tokio::test]
async fn a_closed_connection_is_gone_for_every_method() {
    let (node, mut client, id) = open().await;
    client.close(b"").await;
    client.next().await;
    for method in [Method::POST, Method::GET, Method::DELETE] {
        let answer = node.manage(method, &id, "x").await;
        assert_eq!((answer.status, answer.body.as_str()), (410, ""));
        assert_eq!(answer.error_type(), Some("GoneException"));
    }
}

#[tokio::test]
async fn an_invented_id_is_invalid_whoever_asks() {
    let (node, _client, id) = open().await;
    let mutated = format!("B{}", &id[1..]);
    for invented in ["garbage", "", &mutated, "AAAAAAAAAAAAAAA="] {
        let answer = node.manage(Method::POST, invented, "x").await;
        assert_eq!(answer.status, 400);
        assert_eq!(answer.error_type(), Some("BadRequestException"));
        assert_eq!(
            answer.body,
            format!(r#"{{"message":"Invalid connectionId: {invented}"}}"#)
        );
        assert!(!answer.headers.contains_key("x-amzn-trace-id"));
        let checked = node.gateway.check_connection_id(invented);
        assert_eq!(checked.unwrap_err().status, 400);
    }
}

#[tokio::test]
async fn an_id_may_be_percent_encoded() {
    let (node, mut client, id) = open().await;
    assert_eq!(node.post(&id.replace('=', "%3D"), "x").await, 200);
    assert_eq!(client.next_text().await, "x");
}

#[tokio::test]
async fn a_connection_of_another_api_is_gone() {
    let (node, _client, id) = open().await;
    let request = ConnectionsRequest {
        stage: None,
        method: &Method::GET,
        api_id: Some("otherapi00"),
        connection_id: &id,
        body: bytes::Bytes::new(),
    };
    let caller = Caller::root("123456789012", "eu-central-1");
    assert_eq!(
        node.gateway
            .serve_connections(request, &caller)
            .await
            .status(),
        410
    );
}

/// `$connect` itself cannot greet its client: the handshake waits for it.
#[tokio::test(start_paused = true)]
async fn a_post_from_inside_connect_waits_a_second_and_is_gone() {
    let node = Node::start(&["$connect"]);
    let permits = Arc::new(Semaphore::new(0));
    node.functions.set(
        "$connect",
        Behaviour::Waits(Arc::clone(&permits), json!({ "statusCode": 200 })),
    );
    let connecting = node.handshake("");
    let posting = async {
        let event = node.functions.first("$connect").await.event;
        let id = event["requestContext"]["connectionId"]
            .as_str()
            .unwrap()
            .to_owned();
        let begun = tokio::time::Instant::now();
        let statuses = [
            node.post(&id, "welcome").await,
            node.manage(Method::GET, &id, "").await.status,
            node.manage(Method::DELETE, &id, "").await.status,
        ];
        permits.add_permits(1);
        (statuses, begun.elapsed())
    };
    let (client, (statuses, waited)) = tokio::join!(connecting, posting);
    assert_eq!(client.status, 101);
    assert_eq!(statuses, [410, 410, 410]);
    assert_eq!(waited, Duration::from_secs(1));
}

/// A table's stream may be faster than the 101.
#[tokio::test(start_paused = true)]
async fn a_post_during_the_handshake_is_delivered_after_it() {
    let node = Node::start(&["$connect"]);
    let permits = Arc::new(Semaphore::new(0));
    node.functions.set(
        "$connect",
        Behaviour::Waits(Arc::clone(&permits), json!({ "statusCode": 200 })),
    );
    let connecting = node.handshake("");
    let posting = async {
        let event = node.functions.first("$connect").await.event;
        let id = event["requestContext"]["connectionId"]
            .as_str()
            .unwrap()
            .to_owned();
        let release = async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            permits.add_permits(1);
        };
        tokio::join!(node.post(&id, "early"), release).0
    };
    let (mut client, status) = tokio::join!(connecting, posting);
    assert_eq!(status, 200);
    assert_eq!(client.next_text().await, "early");
}

#[tokio::test]
async fn typed_calls_do_the_same() {
    let (node, mut client, id) = open().await;
    let caller = Caller::root("123456789012", "eu-central-1");
    let post = PostToConnectionInput {
        connection_id: id.clone(),
        data: "hi".into(),
    };
    let gateway = &node.gateway;
    Handler::<PostToConnection>::handle(gateway, post.clone(), &caller)
        .await
        .unwrap();
    assert_eq!(client.next_text().await, "hi");
    let get = GetConnectionInput {
        connection_id: id.clone(),
    };
    let described = Handler::<GetConnection>::handle(gateway, get, &caller)
        .await
        .unwrap();
    assert_eq!(described.identity.unwrap().source_ip, "198.51.100.23");
    let delete = DeleteConnectionInput {
        connection_id: id.clone(),
    };
    Handler::<DeleteConnection>::handle(gateway, delete, &caller)
        .await
        .unwrap();
    assert!(matches!(client.next().await, Frame::Close(Some((1000, _)))));
    let gone = Handler::<PostToConnection>::handle(gateway, post, &caller)
        .await
        .unwrap_err();
    assert_eq!((gone.status, &*gone.code), (410, "GoneException"));
}
