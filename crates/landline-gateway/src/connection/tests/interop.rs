//! A client library that we did not write.

use futures_util::{SinkExt as _, StreamExt as _};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;

use super::messages::only;
use crate::quotas::MESSAGE_BYTES;
use crate::testing::{Behaviour, Node, two_way};

#[tokio::test]
async fn a_foreign_client_chats_and_leaves() {
    let node = Node::start(&["$disconnect"]);
    node.deploy([two_way("$default"), crate::testing::route("$disconnect")]);
    node.functions
        .set("$default", Behaviour::body("gr\u{fc}\u{df} dich"));
    let url = "ws://localhost/prod?name=x";
    let (mut socket, _) = tokio_tungstenite::client_async(url, node.dial())
        .await
        .unwrap();
    socket.send("hello".into()).await.unwrap();
    assert_eq!(
        socket.next().await.unwrap().unwrap(),
        Message::text("gr\u{fc}\u{df} dich")
    );
    socket.send(Message::Ping("p".into())).await.unwrap();
    assert_eq!(
        socket.next().await.unwrap().unwrap(),
        Message::Pong("p".into())
    );
    let large = "x".repeat(MESSAGE_BYTES);
    assert_eq!(
        node.post(&only(&node).id.encode(), large.clone()).await,
        200
    );
    assert_eq!(socket.next().await.unwrap().unwrap(), Message::text(large));
    let bye = CloseFrame {
        code: CloseCode::Away,
        reason: "bye".into(),
    };
    socket.close(Some(bye.clone())).await.unwrap();
    assert_eq!(
        socket.next().await.unwrap().unwrap(),
        Message::Close(Some(bye))
    );
    assert!(socket.next().await.is_none());
    let event = node.functions.first("$disconnect").await.event;
    assert_eq!(event["requestContext"]["disconnectReason"], "bye");
}
