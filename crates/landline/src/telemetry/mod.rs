//! Logs for people, on stderr; stdout is for results. And spans for a collector, where
//! there is one.

pub mod otlp;

use std::io::IsTerminal as _;
use std::sync::Arc;

use landline_gateway::HttpClient;
use tracing::Subscriber;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::{Layer, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::env::Environment;
use otlp::{Exporter, Flush, OnlySpans};

/// What is logged unless `LANDLINE_LOG` says otherwise.
const DEFAULT_FILTER: &str = "info";

/// What sends spans: to be run on the runtime, and flushed at the end.
#[derive(Debug)]
pub struct Spans {
    /// Runs as long as the program.
    pub exporter: Exporter,
    /// Sends what is left.
    pub flush: Flush,
}

/// Begins logging. A filter that cannot be read is told on stderr and ignored. Spans
/// go out only where `OTEL_EXPORTER_OTLP_ENDPOINT` says whereto.
pub fn start(environment: &Environment) -> Option<Spans> {
    let wanted = environment.get("LANDLINE_LOG").unwrap_or(DEFAULT_FILTER);
    let filter = EnvFilter::try_new(wanted).unwrap_or_else(|_| EnvFilter::new(DEFAULT_FILTER));
    let Some(endpoint) = environment.get("OTEL_EXPORTER_OTLP_ENDPOINT") else {
        // A second start, as in tests, keeps the first.
        let _ = tracing_subscriber::registry()
            .with(filter)
            .with(logs(environment))
            .try_init();
        return None;
    };
    let (layer, exporter, flush) = otlp::exporter(endpoint, Arc::new(HttpClient::new()));
    let _ = tracing_subscriber::registry()
        .with(logs(environment).with_filter(filter))
        .with(layer.with_filter(OnlySpans))
        .try_init();
    Some(Spans { exporter, flush })
}

/// Events as lines for people.
fn logs<S>(environment: &Environment) -> impl Layer<S>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    let colours = std::io::stderr().is_terminal() && environment.get("NO_COLOR").is_none();
    tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(colours)
        .with_target(false)
}
