//! What happens within one execution, for the logs that are written at its end.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use landline_wire::{Clock, Timestamp};
use parking_lot::Mutex;
use tokio::time::Instant;

use super::{ExecutionLogging, Level};
use crate::integration::error_message;
use crate::quotas;
use crate::usage::KeyRefusal;

/// Goes with an execution whose stage wants logs.
#[derive(Debug)]
pub(crate) struct Observer {
    clock: Arc<dyn Clock>,
    pub(super) logging: Option<ExecutionLogging>,
    record: Mutex<Record>,
}

/// What happened so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Record {
    /// Lines of the execution log about the integration.
    pub(super) lines: Vec<(Timestamp, String)>,
    pub(super) integration: IntegrationOutcome,
    pub(super) authenticate: PhaseOutcome,
    pub(super) authorize: PhaseOutcome,
    pub(super) authorizer: PhaseOutcome,
    /// What usage plans said, where the route wants a key.
    pub(super) key: Option<KeyCheck>,
    /// The event that a proxy to Lambda gets, as much as a line can show of it.
    pub(super) event: Option<String>,
    sent_at: Option<Instant>,
}

/// What an integration did.
#[derive(Debug, Clone, Default)]
pub(super) struct IntegrationOutcome {
    /// What the integration's own code answered.
    pub(super) status: Option<u16>,
    /// What the service that runs it answered.
    pub(super) endpoint_status: Option<u16>,
    pub(super) latency: Option<Duration>,
    pub(super) error: Option<String>,
    pub(super) request_id: Option<String>,
}

/// What one phase of authorization did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PhaseOutcome {
    pub(crate) status: Option<u16>,
    pub(crate) latency: Option<Duration>,
    pub(crate) error: Option<String>,
    /// The same of the authorizer's function, where there is one.
    pub(crate) integration_status: Option<u16>,
    pub(crate) integration_latency: Option<Duration>,
    pub(crate) request_id: Option<String>,
}

/// What usage plans said of a client's API key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeyCheck {
    /// The key as logs show it: stars, and its last six characters.
    pub(super) shown: String,
    pub(super) refusal: Option<KeyRefusal>,
}

impl KeyCheck {
    pub(crate) fn passed(key: &str) -> Self {
        Self {
            shown: masked(key),
            refusal: None,
        }
    }

    pub(crate) fn refused(key: &str, refusal: KeyRefusal) -> Self {
        Self {
            refusal: Some(refusal),
            ..Self::passed(key)
        }
    }
}

/// `**********************************bMZHBg`: observed on AWS.
pub(crate) fn masked(key: &str) -> String {
    let count = key.chars().count();
    let hidden = count.saturating_sub(SHOWN_KEY_CHARS);
    let last = key.chars().skip(hidden);
    std::iter::repeat_n('*', hidden).chain(last).collect()
}

const SHOWN_KEY_CHARS: usize = 6;

/// A request to an integration.
#[derive(Debug)]
pub(crate) struct Sent {
    pub(crate) uri: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
}

/// Its answer.
#[derive(Debug)]
pub(crate) struct Received<'a> {
    pub(crate) status: u16,
    pub(crate) headers: Option<&'a HeaderMap>,
    pub(crate) body: &'a [u8],
    pub(crate) request_id: Option<String>,
}

impl Observer {
    pub(super) fn new(clock: Arc<dyn Clock>, logging: Option<ExecutionLogging>) -> Self {
        Self {
            clock,
            logging,
            record: Mutex::default(),
        }
    }

    /// One that sees everything of an execution, payloads too.
    pub(crate) fn of_trial(clock: Arc<dyn Clock>) -> Self {
        let logging = ExecutionLogging {
            level: Level::Info,
            data_trace: true,
        };
        Self::new(clock, Some(logging))
    }

    /// A proxy to Lambda will get this event. AWS shows it as the message that came.
    pub(crate) fn event(&self, event: &[u8]) {
        if self.traces_data() && !event.is_empty() {
            self.record.lock().event = Some(excerpt(event));
        }
    }

    /// A request is about to be sent.
    pub(crate) fn sending(&self, sent: &Sent) {
        let mut record = self.record.lock();
        record.sent_at = Some(Instant::now());
        if !self.traces_data() {
            return;
        }
        let mut add = |line: String| record.lines.push((self.clock.now(), line));
        let headers = sent
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        add(format!("Endpoint request URI: {}", sent.uri));
        add(format!("Endpoint request headers: {}", listed(headers)));
        add(format!(
            "Endpoint request body after transformations: {}",
            excerpt(&sent.body)
        ));
        add(format!("Sending request to {}", sent.uri));
    }

    /// The answer has come.
    pub(crate) fn received(&self, received: &Received<'_>) {
        let mut record = self.record.lock();
        let latency = record.sent_at.map(|sent| sent.elapsed());
        let status = received.status;
        record.integration.endpoint_status = Some(status);
        record.integration.latency = latency;
        record
            .integration
            .request_id
            .clone_from(&received.request_id);
        if !self.traces_data() {
            return;
        }
        let mut add = |line: String| record.lines.push((self.clock.now(), line));
        let millis = latency.unwrap_or_default().as_millis();
        add(format!(
            "Received response. Status: {status}, Integration latency: {millis} ms"
        ));
        let headers = received.headers.into_iter().flatten();
        let headers =
            headers.map(|(name, value)| (name.as_str(), value.to_str().unwrap_or_default()));
        add(format!("Endpoint response headers: {}", listed(headers)));
        add(format!(
            "Endpoint response body before transformations: {}",
            excerpt(received.body)
        ));
    }

    /// Whether the log shows payloads, and with them what goes to and fro: observed on AWS.
    fn traces_data(&self) -> bool {
        self.logging.is_some_and(|logging| logging.data_trace)
    }

    /// What the integration's own code answered with.
    pub(crate) fn answered(&self, status: u16) {
        self.record.lock().integration.status = Some(status);
    }

    /// A function threw, or did not live to answer.
    pub(crate) fn function_failed(&self, payload: &[u8]) {
        let message = error_message(payload).unwrap_or_default();
        let mut record = self.record.lock();
        if self.logging.is_some() {
            let id = record.integration.request_id.clone().unwrap_or_default();
            let line = format!(
                "Lambda execution failed with status 200 due to customer function error: {message}. Lambda request id: {id}"
            );
            record.lines.push((self.clock.now(), line));
        }
        record.integration.error = Some(message);
    }

    /// Who asked, and what came of it: `$context.authenticate`.
    pub(crate) fn authenticated(&self, phase: PhaseOutcome) {
        self.record.lock().authenticate = phase;
    }

    /// `$context.authorize`.
    pub(crate) fn authorized(&self, phase: PhaseOutcome) {
        self.record.lock().authorize = phase;
    }

    /// What a Lambda authorizer did: `$context.authorizer`.
    pub(crate) fn authorizer(&self, phase: PhaseOutcome) {
        self.record.lock().authorizer = phase;
    }

    /// What usage plans said of the client's key.
    pub(crate) fn key_checked(&self, key: KeyCheck) {
        self.record.lock().key = Some(key);
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(super) fn record(&self) -> Record {
        self.record.lock().clone()
    }
}

/// `{name=value, …}`, as Java prints a map.
pub(crate) fn listed<'a>(entries: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let entries: Vec<String> = entries
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    format!("{{{}}}", entries.join(", "))
}

/// As much of a body as a line can show.
fn excerpt(body: &[u8]) -> String {
    let end = body.len().min(quotas::EXECUTION_LOG_LINE_BYTES + 1);
    String::from_utf8_lossy(&body[..end]).into_owned()
}
