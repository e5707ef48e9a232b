//! One line of the access log, with every `$context` variable that logs have.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html>.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::observer::{PhaseOutcome, Record};
use super::sink::{Entry, Place};
use super::{AccessLog, Destination, Observer, Outcome, format};
use crate::mapping::Variables;
use crate::message::subject::{Event, Subject};

/// Writes the line of an execution that has ended.
pub(super) fn write(
    log: &AccessLog,
    subject: &Subject<'_>,
    outcome: &Outcome,
    observer: &Observer,
) {
    let place = match &log.destination {
        Destination::LogGroup(group) => Place::LogGroup(Arc::clone(group)),
        Destination::File(path) => Place::File(Arc::clone(path)),
        Destination::Stdout => Place::Stdout,
        Destination::Firehose(stream) => return subject.plane.sink.refuse_firehose(stream),
    };
    let row = Row {
        subject,
        outcome,
        record: observer.record(),
    };
    subject.plane.sink.push(Entry {
        place,
        account_id: Arc::clone(&subject.stage.account_id),
        region: Arc::clone(&subject.stage.region),
        time: observer.now(),
        text: log.format.render(|path| row.value(path)),
    });
}

/// `$context` of an execution that has ended.
pub(super) struct Row<'a> {
    pub(super) subject: &'a Subject<'a>,
    pub(super) outcome: &'a Outcome,
    pub(super) record: Record,
}

impl Row<'_> {
    /// The value at a path, as text.
    pub(super) fn value(&self, path: &str) -> Option<format::Value> {
        let mut members = path.split('.');
        let mut value = self.member(members.next()?)?;
        for name in members {
            value = value.get_mut(name)?.take();
        }
        match value {
            Value::Null => None,
            Value::String(text) if path == "error.messageString" => {
                Some(format::Value::Ready(Value::String(text).to_string()))
            }
            Value::String(text) => (!text.is_empty()).then_some(format::Value::Text(text)),
            other => Some(format::Value::Ready(other.to_string())),
        }
    }

    fn error(&self) -> Option<Value> {
        let error = self.outcome.error.as_deref()?;
        Some(json!({
            "message": error,
            "messageString": error,
            "responseType": self.outcome.response_type(),
            "validationErrorString": self.outcome.validation_error,
        }))
    }

    /// What the integration did. The guide names it for WebSocket APIs too, but AWS leaves all
    /// of it but the latency out: observed.
    fn integration(&self) -> Value {
        let integration = &self.record.integration;
        json!({
            "error": integration.error,
            "integrationStatus": integration.endpoint_status,
            "latency": millis(integration.latency),
            "requestId": integration.request_id,
            "status": integration.status.or(integration.endpoint_status),
        })
    }

    /// What the authorizer said of the client, and what it did itself.
    fn authorizer(&self) -> Value {
        let said = self.subject.member("authorizer");
        let mut members = match said {
            Some(Value::Object(members)) => members,
            _ => Map::new(),
        };
        if let Value::Object(own) = phase(&self.record.authorizer) {
            let own = own.into_iter().filter(|(_, value)| !value.is_null());
            members.extend(own);
        }
        Value::Object(members)
    }
}

impl Variables for Row<'_> {
    fn member(&self, name: &str) -> Option<Value> {
        let integration = &self.record.integration;
        let is_http = matches!(self.subject.event, Event::Http(_));
        match name {
            "status" => Some(json!(self.outcome.status)),
            "error" => self.error(),
            "integration" if is_http => Some(self.integration()),
            "integrationLatency" => match self.subject.event {
                Event::Management(_) => Some(json!(0)),
                _ => Some(json!(millis(integration.latency))),
            },
            "integrationStatus" if is_http => Some(json!(integration.endpoint_status)),
            "authorizer" => Some(self.authorizer()),
            "authenticate" => Some(phase(&self.record.authenticate)),
            "authorize" => Some(phase(&self.record.authorize)),
            _ => self.subject.member(name),
        }
    }
}

fn phase(phase: &PhaseOutcome) -> Value {
    json!({
        "error": phase.error,
        "latency": millis(phase.latency),
        "status": phase.status,
        "integrationLatency": millis(phase.integration_latency),
        "integrationStatus": phase.integration_status,
        "requestId": phase.request_id,
    })
}

fn millis(latency: Option<Duration>) -> Option<u64> {
    latency.map(|latency| u64::try_from(latency.as_millis()).unwrap_or(u64::MAX))
}
