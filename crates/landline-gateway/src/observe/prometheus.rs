//! The counters in Prometheus' text format 0.0.4.
//!
//! Labels are bounded: the APIs, stages and routes of this node.
//! See <https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format>.

use std::fmt::Write as _;
use std::sync::Arc;

use super::metrics::{BUCKETS, Snapshot, least_millis};
use crate::deployment::live::StageSlot;
use crate::gateway::Gateway;

/// The content type of the format.
pub const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// One line's value and labels.
struct Sample {
    labels: String,
    counters: Snapshot,
    traffic: Option<[u64; 4]>,
}

type Read = fn(&Sample) -> Option<u64>;

/// Name, help, and where the value is.
const COUNTERS: &[(&str, &str, Read)] = &[
    (
        "landline_connects_total",
        "Calls of the integration of $connect.",
        |s| Some(s.counters.connects),
    ),
    (
        "landline_messages_total",
        "Messages from and to clients.",
        |s| Some(s.counters.messages),
    ),
    (
        "landline_client_errors_total",
        "Refusals before an integration was called, and those of proxies' functions.",
        |s| Some(s.counters.client_errors),
    ),
    (
        "landline_integration_errors_total",
        "Errors that integrations other than proxies' functions answered with.",
        |s| Some(s.counters.integration_errors),
    ),
    (
        "landline_execution_errors_total",
        "Failures to call an integration or to use its answer, and failures that proxies' functions answered with.",
        |s| Some(s.counters.execution_errors),
    ),
    (
        "landline_connections_accepted_total",
        "Handshakes answered with 101.",
        |s| s.traffic.map(|t| t[0]),
    ),
    (
        "landline_posts_total",
        "Messages through @connections.",
        |s| s.traffic.map(|t| t[1]),
    ),
    (
        "landline_received_bytes_total",
        "Bytes of messages from clients.",
        |s| s.traffic.map(|t| t[2]),
    ),
    (
        "landline_sent_bytes_total",
        "Bytes of messages to clients.",
        |s| s.traffic.map(|t| t[3]),
    ),
];

impl Gateway {
    /// The metrics of the data plane as Prometheus reads them.
    pub fn prometheus(&self) -> String {
        let mut text = String::with_capacity(4096);
        let open = self.connection_count();
        gauge(
            &mut text,
            "landline_connections_open",
            "Connections, those in their handshake included.",
            open,
        );
        let dropped = self.plane.sink.dropped();
        head(
            &mut text,
            "landline_log_lines_dropped_total",
            "Lines of access and execution logs that found no room.",
            "counter",
        );
        push(
            &mut text,
            format_args!("landline_log_lines_dropped_total {dropped}\n"),
        );
        let samples: Vec<Sample> = self
            .plane
            .stages
            .all()
            .iter()
            .flat_map(samples_of)
            .collect();
        for (name, help, read) in COUNTERS {
            head(&mut text, name, help, "counter");
            for sample in &samples {
                if let Some(value) = read(sample) {
                    push(
                        &mut text,
                        format_args!("{name}{{{}}} {value}\n", sample.labels),
                    );
                }
            }
        }
        push_latency(&mut text, &samples);
        text
    }
}

/// Appends a gauge without labels.
pub fn gauge(text: &mut String, name: &str, help: &str, value: impl std::fmt::Display) {
    head(text, name, help, "gauge");
    push(text, format_args!("{name} {value}\n"));
}

fn samples_of(slot: &Arc<StageSlot>) -> Vec<Sample> {
    let live = slot.load();
    let labels = format!(
        "api=\"{}\",stage=\"{}\"",
        escaped(live.api_id.as_str()),
        escaped(live.stage_name.as_str())
    );
    let traffic = &slot.metrics.traffic;
    let traffic = [
        &traffic.accepted,
        &traffic.posts,
        &traffic.received_bytes,
        &traffic.sent_bytes,
    ];
    let routes = slot.metrics.routes().into_iter();
    let mut samples: Vec<Sample> = routes
        .map(|(route, counters)| Sample {
            labels: format!("{labels},route=\"{}\"", escaped(&route)),
            counters: counters.snapshot(),
            traffic: None,
        })
        .collect();
    samples.push(Sample {
        counters: slot.metrics.total.snapshot(),
        traffic: Some(traffic.map(super::metrics::Count::get)),
        labels,
    });
    samples
}

fn push_latency(text: &mut String, samples: &[Sample]) {
    const NAME: &str = "landline_integration_latency_seconds";
    head(text, NAME, "How long integrations took.", "histogram");
    for Sample {
        labels, counters, ..
    } in samples
    {
        let mut count = 0;
        for (bucket, in_bucket) in counters.latency.iter().enumerate() {
            count += in_bucket;
            let end = least_millis(bucket + 1);
            // Each power of two is the end of a bucket.
            if end.is_power_of_two() && bucket + 1 < BUCKETS {
                let seconds = seconds(end);
                push(
                    text,
                    format_args!("{NAME}_bucket{{{labels},le=\"{seconds}\"}} {count}\n"),
                );
            }
        }
        let sum = seconds(counters.latency_sum_micros) / 1000.0;
        push(
            text,
            format_args!("{NAME}_bucket{{{labels},le=\"+Inf\"}} {count}\n"),
        );
        push(text, format_args!("{NAME}_sum{{{labels}}} {sum}\n"));
        push(text, format_args!("{NAME}_count{{{labels}}} {count}\n"));
    }
}

#[expect(clippy::cast_precision_loss, reason = "a metric")]
fn seconds(millis: u64) -> f64 {
    millis as f64 / 1000.0
}

fn head(text: &mut String, name: &str, help: &str, kind: &str) {
    push(
        text,
        format_args!("# HELP {name} {help}\n# TYPE {name} {kind}\n"),
    );
}

fn escaped(label: &str) -> String {
    label
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n")
}

fn push(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    let _always_fits = text.write_fmt(arguments);
}
