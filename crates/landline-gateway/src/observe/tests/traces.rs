//! Which trace the calls of a connection belong to.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use http::Method;
use landline_wire::Caller;
use parking_lot::Mutex;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::super::SPANS;
use crate::connection::tests::messages::only;
use crate::testing::{Behaviour, Node, route, two_way};

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

/// The fields of one span.
type Recorded = Vec<(String, String)>;

/// Remembers the fields of every span, as whoever exports them would.
#[derive(Debug, Clone, Default)]
struct Spans {
    fields: Arc<Mutex<Vec<Recorded>>>,
    last: Arc<AtomicU64>,
}

struct Fields<'a>(&'a mut Recorded);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let value = format!("{value:?}").trim_matches('"').to_owned();
        self.0.push((field.name().to_owned(), value));
    }
}

impl Subscriber for Spans {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == SPANS
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Vec::new();
        span.record(&mut Fields(&mut fields));
        let mut all = self.fields.lock();
        all.push(fields);
        Id::from_u64(self.last.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let at = usize::try_from(span.into_u64() - 1).unwrap();
        values.record(&mut Fields(&mut self.fields.lock()[at]));
    }

    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}
    fn event(&self, _event: &Event<'_>) {}
    fn enter(&self, _span: &Id) {}
    fn exit(&self, _span: &Id) {}
}

impl Spans {
    /// These fields of each span of this kind of event.
    fn of(&self, event_type: &str, wanted: &[&str]) -> Vec<Vec<String>> {
        let spans = self.fields.lock();
        let field = |span: &Vec<(String, String)>, name: &str| {
            let found = span.iter().find(|(it, _)| it == name);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        spans
            .iter()
            .filter(|span| field(span, "eventType") == event_type)
            .map(|span| wanted.iter().map(|name| field(span, name)).collect())
            .collect()
    }
}

#[tokio::test]
async fn a_refused_message_leaves_a_span_with_its_status() {
    let spans = Spans::default();
    let _guard = tracing::subscriber::set_default(spans.clone());
    let node = Node::start(&[]);
    node.deploy([route("other")]);
    let mut client = node.connect().await;
    client.text(r#"{"action":"none"}"#).await;
    client.next_text().await;
    node.publish([route("slow")], |stage| {
        stage.default_route_settings.throttling_rate_limit = Some(0.0);
        stage.default_route_settings.throttling_burst_limit = Some(0);
    });
    client.text(r#"{"action":"slow"}"#).await;
    client.next_text().await;
    assert_eq!(
        spans.of("MESSAGE", &["routeKey", "status"]),
        [["", "403"], ["slow", "429"]]
    );
}

#[tokio::test]
async fn a_call_of_connections_leaves_a_span_in_the_trace_of_its_caller() {
    let spans = Spans::default();
    let _guard = tracing::subscriber::set_default(spans.clone());
    let node = Node::start(&[]);
    let _client = node.connect().await;
    let id = only(&node).id.encode();
    let traced = Caller {
        trace_id: Some("Root=1-0af76519-16cd43dd8448eb211c80319c;Parent=b7ad6b7169203331".into()),
        ..Caller::root("123456789012", "eu-central-1")
    };
    node.manage_as(&traced, Method::POST, &id, "hello").await;
    node.manage(Method::DELETE, &id, "").await;
    let own = spans.of("CONNECT", &["trace_id"])[0][0].clone();
    assert_eq!(
        spans.of(
            "CONNECTION_API",
            &["routeKey", "status", "trace_id", "connectionId"]
        ),
        [
            [
                "POST /@connections/{connectionId}",
                "200",
                "0af7651916cd43dd8448eb211c80319c",
                &id
            ],
            ["DELETE /@connections/{connectionId}", "204", &own, &id],
        ]
    );
}
