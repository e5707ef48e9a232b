//! Spans to an OpenTelemetry collector: OTLP over HTTP, with JSON bodies.
//!
//! A [`SpanLayer`] takes the gateway's spans as they close and never waits: what finds
//! the queue full is dropped and counted. An [`Exporter`] sends them in batches.
//! See <https://opentelemetry.io/docs/specs/otlp/#otlphttp>.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use http::header::CONTENT_TYPE;
use landline_gateway::HttpBackend;
use landline_gateway::observe::SPANS;
use landline_wire::{Clock, SystemClock};
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Filter, Layer};
use tracing_subscriber::registry::LookupSpan;

/// Takes spans from `tracing`.
#[derive(Debug)]
pub struct SpanLayer {
    queue: mpsc::Sender<Job>,
    dropped: Arc<AtomicU64>,
}

/// Lets the gateway's spans through, and nothing else.
#[derive(Debug)]
pub struct OnlySpans;

/// Sends spans to a collector.
#[derive(Debug)]
pub struct Exporter {
    url: String,
    client: Arc<dyn HttpBackend>,
    jobs: mpsc::Receiver<Job>,
    dropped: Arc<AtomicU64>,
}

/// Asks the exporter to send what it has.
#[derive(Debug, Clone)]
pub struct Flush(mpsc::Sender<Job>);

#[derive(Debug)]
enum Job {
    Export(Box<SpanData>),
    Flush(oneshot::Sender<()>),
}

/// One span, open or closed.
#[derive(Debug)]
struct SpanData {
    name: &'static str,
    begun_nanos: i64,
    begun: Instant,
    duration: Duration,
    fields: Vec<(&'static str, Value)>,
}

/// A layer and the exporter that it feeds. `endpoint` is the collector's base URL.
pub fn exporter(endpoint: &str, client: Arc<dyn HttpBackend>) -> (SpanLayer, Exporter, Flush) {
    let (queue, jobs) = mpsc::channel(QUEUED_SPANS);
    let dropped = Arc::new(AtomicU64::new(0));
    let exporter = Exporter {
        url: format!("{}/v1/traces", endpoint.trim_end_matches('/')),
        client,
        jobs,
        dropped: Arc::clone(&dropped),
    };
    let flush = Flush(queue.clone());
    (SpanLayer { queue, dropped }, exporter, flush)
}

impl<S> Filter<S> for OnlySpans {
    fn enabled(&self, metadata: &Metadata<'_>, _: &Context<'_, S>) -> bool {
        metadata.target() == SPANS
    }

    fn callsite_enabled(
        &self,
        metadata: &'static Metadata<'static>,
    ) -> tracing::subscriber::Interest {
        // Decided once for each place in the code, so that all others cost nothing.
        if metadata.target() == SPANS {
            tracing::subscriber::Interest::always()
        } else {
            tracing::subscriber::Interest::never()
        }
    }
}

impl<S> Layer<S> for SpanLayer
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        let mut data = SpanData {
            name: span.name(),
            begun_nanos: SystemClock.now().as_millis().saturating_mul(1_000_000),
            begun: Instant::now(),
            duration: Duration::ZERO,
            fields: Vec::new(),
        };
        attributes.record(&mut data);
        span.extensions_mut().insert(data);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        if let Some(data) = span.extensions_mut().get_mut::<SpanData>() {
            values.record(data);
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let Some(span) = context.span(&id) else {
            return;
        };
        let Some(mut data) = span.extensions_mut().remove::<SpanData>() else {
            return;
        };
        data.duration = data.begun.elapsed();
        if self.queue.try_send(Job::Export(Box::new(data))).is_err() {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Visit for SpanData {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.fields
            .push((field.name(), Value::from(format!("{value:?}"))));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.fields.push((field.name(), Value::from(value)));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.fields.push((field.name(), Value::from(value)));
    }
}

impl Exporter {
    /// Sends spans until every layer is gone.
    pub async fn run(mut self) {
        let mut jobs = Vec::new();
        let mut told = 0;
        while self.jobs.recv_many(&mut jobs, BATCH_SPANS).await > 0 {
            let mut spans = Vec::new();
            let mut flushes = Vec::new();
            for job in jobs.drain(..) {
                match job {
                    Job::Export(span) => spans.push(span.to_json()),
                    Job::Flush(done) => flushes.push(done),
                }
            }
            if !spans.is_empty() {
                self.send(spans).await;
            }
            let dropped = self.dropped.load(Ordering::Relaxed);
            if dropped > told {
                tracing::warn!(
                    spans = dropped - told,
                    "spans were dropped: the collector is too slow"
                );
                told = dropped;
            }
            let is_pressed = !flushes.is_empty();
            for flush in flushes {
                let _nobody_waits = flush.send(());
            }
            if !is_pressed {
                tokio::time::sleep(GATHER_TIME).await;
            }
        }
    }

    /// A batch that the collector does not take is lost: traces are not worth waiting for.
    async fn send(&self, spans: Vec<Value>) {
        let body = json!({ "resourceSpans": [{
            "resource": { "attributes": [attribute("service.name", &"landline".into())] },
            "scopeSpans": [{ "scope": { "name": "landline" }, "spans": spans }],
        }]});
        let request = Request::post(&self.url)
            .header(CONTENT_TYPE, "application/json")
            .body(Bytes::from(body.to_string()));
        let request = match request {
            Ok(request) => request,
            Err(error) => return tracing::warn!(url = self.url, %error, "no URL of a collector"),
        };
        match tokio::time::timeout(SEND_TIMEOUT, self.client.send(request)).await {
            Ok(Ok(answer)) if answer.status().is_success() => {}
            Ok(Ok(answer)) => {
                let status = answer.status().as_u16();
                tracing::warn!(url = self.url, status, "the collector refuses spans");
            }
            Ok(Err(error)) => tracing::warn!(url = self.url, %error, "spans are lost"),
            Err(_) => tracing::warn!(url = self.url, "the collector takes too long"),
        }
    }
}

impl Flush {
    /// Waits until every span that has closed is sent.
    pub async fn flush(&self) {
        let (done, sent) = oneshot::channel();
        let flushed = async {
            if self.0.send(Job::Flush(done)).await.is_ok() {
                let _exporter_is_gone = sent.await;
            }
        };
        let _too_slow = tokio::time::timeout(SEND_TIMEOUT, flushed).await;
    }
}

impl SpanData {
    fn to_json(&self) -> Value {
        let text = |name: &str| {
            let field = self.fields.iter().find(|(key, _)| *key == name);
            field
                .and_then(|(_, value)| value.as_str())
                .unwrap_or_default()
        };
        let own = |(name, _): &&(&str, Value)| !IDS.contains(name);
        let attributes: Vec<Value> = self
            .fields
            .iter()
            .filter(own)
            .map(|(name, value)| attribute(name, value))
            .collect();
        let nanos = i64::try_from(self.duration.as_nanos()).unwrap_or(i64::MAX);
        let status = self.fields.iter().rev().find(|(name, _)| *name == "status");
        let has_failed = status
            .and_then(|(_, status)| status.as_u64())
            .is_some_and(|status| status >= 500);
        let mut span = json!({
            "traceId": text("trace_id"),
            "spanId": text("span_id"),
            "name": self.name,
            "kind": SERVER,
            "startTimeUnixNano": self.begun_nanos.to_string(),
            "endTimeUnixNano": self.begun_nanos.saturating_add(nanos).to_string(),
            "attributes": attributes,
            "status": if has_failed { json!({ "code": ERROR }) } else { json!({}) },
        });
        let parent = text("parent_span_id");
        // All zeros: the trace begins here.
        if parent.bytes().any(|digit| digit != b'0') {
            span["parentSpanId"] = parent.into();
        }
        span
    }
}

fn attribute(name: &str, value: &Value) -> Value {
    let value = match value {
        Value::Number(number) => json!({ "intValue": number.to_string() }),
        other => json!({ "stringValue": other }),
    };
    json!({ "key": name, "value": value })
}

/// Fields that have places of their own.
const IDS: [&str; 3] = ["trace_id", "span_id", "parent_span_id"];
const SERVER: u8 = 2;
const ERROR: u8 = 2;
const QUEUED_SPANS: usize = 8192;
const BATCH_SPANS: usize = 512;
const GATHER_TIME: Duration = Duration::from_millis(500);
const SEND_TIMEOUT: Duration = Duration::from_secs(5);

#[cfg(test)]
mod tests;
