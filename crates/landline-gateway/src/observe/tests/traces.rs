//! Which trace the calls of a connection belong to.

use crate::testing::{Behaviour, Node, two_way};

const TRACE: &str = "Root=1-0af76519-16cd43dd8448eb211c80319c;Parent=";

/// Connects with these header lines and talks; the trace of the message's invocation.
async fn trace_of_a_message(node: &Node, header_lines: &str) -> Option<String> {
    node.deploy([two_way("join")]);
    node.functions.set("join", Behaviour::body("hello"));
    let mut client = node.handshake(header_lines).await.expect_open();
    client.text(r#"{"action":"join"}"#).await;
    client.next_text().await;
    node.functions.first("join").await.trace_id
}

#[tokio::test]
async fn a_message_goes_on_with_the_trace_of_its_handshake() {
    for header in [
        "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n",
        "X-Amzn-Trace-Id: Root=1-0af76519-16cd43dd8448eb211c80319c;Parent=b7ad6b7169203331;Sampled=1\r\n",
    ] {
        let trace = trace_of_a_message(&Node::start(&[]), header).await.unwrap();
        assert!(
            trace.starts_with(TRACE) && trace.ends_with(";Sampled=1"),
            "{trace}"
        );
        assert!(!trace.contains("b7ad6b7169203331"), "{trace}");
    }
}

#[tokio::test]
async fn who_is_not_sampled_stays_so() {
    let header = "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00\r\n";
    let trace = trace_of_a_message(&Node::start(&[]), header).await.unwrap();
    assert!(trace.ends_with(";Sampled=0"), "{trace}");
}

#[tokio::test]
async fn a_connection_that_nobody_traces_has_no_trace() {
    assert_eq!(trace_of_a_message(&Node::start(&[]), "").await, None);
}
