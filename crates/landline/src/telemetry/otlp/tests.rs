//! Against a collector in the test's own process.

use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use landline_gateway::{BackendFailure, HttpBackend};
use landline_wire::dispatcher::BoxFuture;
use parking_lot::Mutex;
use serde_json::Value;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};

use super::{OnlySpans, SPANS, exporter};

/// Remembers what it is sent.
#[derive(Debug, Default)]
struct Collector(Mutex<Vec<Request<Bytes>>>);

impl HttpBackend for Collector {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, BackendFailure>> {
        self.0.lock().push(request);
        Box::pin(async { Ok(Response::new(Bytes::from_static(b"{}"))) })
    }
}

impl Collector {
    fn spans(&self) -> Vec<Value> {
        let requests = self.0.lock();
        let documents = requests.iter().map(|request| {
            assert_eq!(request.uri(), "http://collector.test:4318/v1/traces");
            assert_eq!(request.headers()["content-type"], "application/json");
            serde_json::from_slice::<Value>(request.body()).unwrap()
        });
        documents
            .flat_map(|document| {
                let spans = &document["resourceSpans"][0]["scopeSpans"][0]["spans"];
                spans.as_array().unwrap().clone()
            })
            .collect()
    }
}

#[tokio::test]
async fn a_closed_span_reaches_the_collector_with_its_fields() {
    let collector = Arc::new(Collector::default());
    let (layer, exporter, flush) =
        exporter("http://collector.test:4318/", Arc::clone(&collector) as _);
    tokio::spawn(exporter.run());
    let subscriber = tracing_subscriber::registry().with(layer.with_filter(OnlySpans));
    tracing::subscriber::with_default(subscriber, || {
        let span = tracing::debug_span!(
            target: SPANS,
            "execution",
            trace_id = "0af7651916cd43dd8448eb211c80319c",
            span_id = "b7ad6b7169203331",
            parent_span_id = "0000000000000000",
            routeKey = "join",
            status = tracing::field::Empty,
        );
        span.record("status", 502_u16);
        tracing::info_span!("another target", routeKey = "leave").in_scope(|| {});
    });
    flush.flush().await;
    let spans = collector.spans();
    assert_eq!(spans.len(), 1);
    let span = &spans[0];
    assert_eq!(span["traceId"], "0af7651916cd43dd8448eb211c80319c");
    assert_eq!(span["spanId"], "b7ad6b7169203331");
    assert_eq!(span.get("parentSpanId"), None);
    assert_eq!(span["status"]["code"], 2);
    assert_eq!(
        span["attributes"],
        serde_json::json!([
            { "key": "routeKey", "value": { "stringValue": "join" } },
            { "key": "status", "value": { "intValue": "502" } },
        ])
    );
    let nanos = |name: &str| span[name].as_str().unwrap().parse::<i64>().unwrap();
    assert!(nanos("startTimeUnixNano") <= nanos("endTimeUnixNano"));
}

#[tokio::test]
async fn a_full_queue_drops_spans_and_nobody_waits() {
    let collector = Arc::new(Collector::default());
    // The exporter does not run.
    let (layer, exporter, _flush) = exporter("http://collector.test", collector);
    let subscriber = tracing_subscriber::registry().with(layer.with_filter(OnlySpans));
    tracing::subscriber::with_default(subscriber, || {
        for _ in 0..super::QUEUED_SPANS + 3 {
            drop(tracing::debug_span!(target: SPANS, "execution"));
        }
    });
    assert_eq!(
        exporter.dropped.load(std::sync::atomic::Ordering::Relaxed),
        3
    );
}
