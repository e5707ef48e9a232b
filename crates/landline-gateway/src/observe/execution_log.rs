//! The execution log: what the service tells of one execution, in its own words.
//!
//! The lines are observed on AWS; nobody documents them.

use std::sync::Arc;

use landline_wire::Timestamp;

use super::observer::Record;
use super::sink::{Entry, Place};
use super::{ExecutionLogging, Level, Observer, Outcome};
use crate::connection::id::ConnectionId;
use crate::integration::IntegrationFailure;
use crate::message::subject::{Event, Subject};
use crate::quotas;
use crate::usage::KeyRefusal;

/// Writes the lines of an execution that has ended.
pub(super) fn write(
    subject: &Subject<'_>,
    outcome: &Outcome,
    observer: &Observer,
    logging: ExecutionLogging,
) {
    let has_failed = outcome.failure.is_some() || outcome.error.is_some();
    if logging.level == Level::Error && !has_failed {
        return;
    }
    let stage = subject.stage;
    let group = format!("/aws/apigateway/{}/{}", stage.api_id, stage.stage_name);
    let group: Arc<str> = group.into();
    let record = observer.record();
    for (time, line) in lines(subject, outcome, record, logging, observer.now()) {
        subject.plane.sink.push(Entry {
            place: Place::LogGroup(Arc::clone(&group)),
            account_id: Arc::clone(&stage.account_id),
            region: Arc::clone(&stage.region),
            time,
            text: cut(format!("({}) {line}", subject.request_id)),
        });
    }
}

type Lines = Vec<(Timestamp, String)>;

fn lines(
    subject: &Subject<'_>,
    outcome: &Outcome,
    record: Record,
    logging: ExecutionLogging,
    now: Timestamp,
) -> Lines {
    let (beginning, invoked) = match logging.level {
        // Where only failures are logged, the lines that lead to one stay away.
        Level::Error => (key_refusal(subject, &record).into_iter().collect(), None),
        Level::Info | Level::Off => (
            beginning(subject, logging, &record),
            record.integration.request_id,
        ),
    };
    let beginning = beginning.into_iter().map(|line| (subject.time, line));
    let mut lines: Lines = beginning.collect();
    lines.extend(record.lines);
    let ending = [
        outcome.integration_failure.and_then(failure),
        validation(outcome),
        invoked.map(|id| format!("AWS Integration Endpoint RequestId : {id}")),
        ending(subject, outcome),
    ];
    lines.extend(ending.into_iter().flatten().map(|line| (now, line)));
    lines
}

fn beginning(subject: &Subject<'_>, logging: ExecutionLogging, record: &Record) -> Vec<String> {
    let id = subject.request_id;
    let api_id = &subject.stage.api_id;
    let mut lines = vec![format!("Extended Request Id: {id}")];
    if let Some(route_key) = subject.route_key {
        lines.extend(usage_plan(subject, route_key, record));
        if record.key.as_ref().is_some_and(|key| key.refusal.is_some()) {
            return lines;
        }
        lines.push(format!("Starting execution for request: {id}"));
        if !matches!(subject.event, Event::Http(_)) {
            lines.push(format!("WebSocket Request Route: [{route_key}]"));
        }
    }
    match subject.event {
        Event::Connect => {
            let client = subject.connection;
            let agent = client.and_then(|client| client.user_agent.as_deref());
            let ip = client.map(|client| client.source_ip.to_string());
            lines.push(format!(
                "Client [UserAgent: {}, SourceIp: {}] is connecting to WebSocket API [{api_id}].",
                agent.unwrap_or("-"),
                ip.as_deref().unwrap_or("-"),
            ));
        }
        Event::Message { body, .. } => {
            let cid = connection_id(subject);
            lines.push(format!(
                "WebSocket API [{api_id}] received message from client [Connection Id: {cid}]."
            ));
            if logging.data_trace {
                let message = record.event.as_deref().unwrap_or(body);
                lines.push(format!(
                    "WebSocket API [{api_id}] received message from client [{cid}]. Message: [{message}]."
                ));
            }
        }
        Event::Disconnect { .. } | Event::Management(_) => {}
        Event::Http(call) => {
            let (method, path) = (&call.method, &call.path);
            lines.push(format!("HTTP Method: {method}, Resource Path: {path}"));
            if logging.data_trace {
                lines.push(format!(
                    "Method request body before transformations: {}",
                    call.text
                ));
            }
        }
    }
    lines
}

/// What usage plans say of an execution; without a key two blanks stand around it. Only the line of a
/// refused key that is in no plan, and those of keys that pass, were seen on AWS.
fn usage_plan(subject: &Subject<'_>, route_key: &str, record: &Record) -> Vec<String> {
    let id = subject.request_id;
    let (api_id, stage) = (&subject.stage.api_id, &subject.stage.stage_name);
    let key = record.key.as_ref();
    let shown = key.map(|key| key.shown.as_str()).unwrap_or_default();
    let mut lines = vec![format!(
        "Verifying Usage Plan for request: {id}. API Key: {shown} API Stage: {api_id}/{stage}"
    )];
    if let Some(refusal) = key_refusal(subject, record) {
        lines.push(refusal);
        return lines;
    }
    if key.is_none() {
        lines.push(format!(
            "API Key  authorized because route '{route_key}' does not require API Key. Request will not contribute to throttle or quota limits"
        ));
    }
    lines.push(format!(
        "Usage Plan check succeeded for API Key {shown} and API Stage {api_id}/{stage}"
    ));
    lines
}

/// Why a key does not let its client in.
fn key_refusal(subject: &Subject<'_>, record: &Record) -> Option<String> {
    let key = record.key.as_ref()?;
    let (api_id, stage) = (&subject.stage.api_id, &subject.stage.stage_name);
    let (route_key, shown) = (subject.route_key?, &key.shown);
    Some(match key.refusal? {
        KeyRefusal::Missing | KeyRefusal::Unknown => format!(
            "API Key {shown} not authorized because route '{route_key}' requires API Key and API Key is not associated with a Usage Plan for API Stage {api_id}/{stage}: No Usage Plan found for key and API Stage"
        ),
        KeyRefusal::Throttled => format!(
            "Key throttle limit exceeded for Api {api_id}, Stage {stage}, Route {route_key}."
        ),
        KeyRefusal::QuotaExceeded => {
            format!("Key quota limit exceeded for Api {api_id}, Stage {stage}, Route {route_key}.")
        }
    })
}

fn ending(subject: &Subject<'_>, outcome: &Outcome) -> Option<String> {
    let (api_id, cid, status) = (
        &subject.stage.api_id,
        connection_id(subject),
        outcome.status,
    );
    match subject.event {
        Event::Connect if outcome.error.is_none() && status < 300 => Some(format!(
            "Client [Connection Id: {cid}] connected to API [{api_id}] successfully."
        )),
        Event::Connect => Some(format!(
            "Client [Connection Id: {cid}] failed to connect to API [{api_id}] with status code [{status}]."
        )),
        Event::Message { .. } => Some(format!(
            "Message from client [Connection Id: {cid}] sent to API [{api_id}] with response status code [{status}]."
        )),
        Event::Disconnect {
            status_code,
            reason,
        } => Some(format!(
            "Client [Connection Id: {cid}] disconnected from API [{api_id}] with integration response status code [{status}]. Close reason: [{status_code}: {reason}]"
        )),
        Event::Management(_) => None,
        Event::Http(_) => Some(format!("Method completed with status: {status}")),
    }
}

/// Why the integration gave no answer, in the words that REST APIs have for it.
pub(super) fn failure(failure: IntegrationFailure) -> Option<String> {
    let why = match failure {
        // The function's own message has a line.
        IntegrationFailure::FunctionError => return None,
        IntegrationFailure::MalformedResponse => {
            "configuration error: Malformed Lambda proxy response"
        }
        IntegrationFailure::NotCallable => "configuration error: Invalid endpoint address",
        IntegrationFailure::MappingFailed => "configuration error: Unable to transform request",
        IntegrationFailure::UnsupportedMediaType => "configuration error: Unsupported Media Type",
        IntegrationFailure::AnswerTooLarge => {
            "configuration error: Integration response is larger than allowed maximum"
        }
        IntegrationFailure::TimedOut => "a timeout error",
    };
    Some(format!("Execution failed due to {why}"))
}

pub(super) fn validation(outcome: &Outcome) -> Option<String> {
    let why = outcome.validation_error.as_deref()?;
    Some(format!(
        "Request body does not match model schema for content type application/json: {why}"
    ))
}

fn connection_id(subject: &Subject<'_>) -> String {
    let id = subject.connection.map(|connection| connection.id);
    id.as_ref().map(ConnectionId::encode).unwrap_or_default()
}

/// AWS cuts a line, and says so.
fn cut(mut line: String) -> String {
    if line.len() <= quotas::EXECUTION_LOG_LINE_BYTES {
        return line;
    }
    line.truncate(line.floor_char_boundary(quotas::EXECUTION_LOG_LINE_BYTES));
    line.push_str(" [TRUNCATED]");
    line
}
