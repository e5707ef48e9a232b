//! The log that an owner gets with a trial of a method: the lines of an execution log, all of them, with their times.
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-test-method.html>

use std::fmt::Write as _;

use landline_wire::Timestamp;
use landline_wire::timestamp::TimestampFormat;

use super::execution_log::{failure, validation};
use super::observer::listed;
use super::{Observer, Outcome};

/// What a line shows of a request or an answer.
pub(crate) struct Shown<'a> {
    pub(crate) body: &'a str,
    pub(crate) headers: Vec<(String, String)>,
}

/// A trial that has ended.
pub(crate) struct TrialLog<'a> {
    pub(crate) request_id: &'a str,
    pub(crate) begun: Timestamp,
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) path_parameters: Vec<(String, String)>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) request: Shown<'a>,
    pub(crate) answer: Shown<'a>,
    pub(crate) outcome: &'a Outcome,
    pub(crate) observer: &'a Observer,
}

impl TrialLog<'_> {
    /// The log as text.
    pub(crate) fn write(self) -> String {
        let (id, now) = (self.request_id, self.observer.now());
        let mut text = format!("Execution log for request {id}\n");
        let mut add = |time: Timestamp, line: &str| {
            let _ = writeln!(text, "{} : {line}", written(time));
        };
        let list = |entries: &[(String, String)]| {
            let entries = entries.iter();
            listed(entries.map(|(name, value)| (name.as_str(), value.as_str())))
        };
        let request = &self.request;
        for line in [
            format!("Starting execution for request: {id}"),
            format!("HTTP Method: {}, Resource Path: {}", self.method, self.path),
            format!("Method request path: {}", list(&self.path_parameters)),
            format!("Method request query string: {}", list(&self.query)),
            format!("Method request headers: {}", list(&request.headers)),
            format!(
                "Method request body before transformations: {}",
                request.body
            ),
        ] {
            add(self.begun, &line);
        }
        let record = self.observer.record();
        for (time, line) in record.lines {
            add(time, &line);
        }
        let invoked = record.integration.request_id;
        let trouble = [
            self.outcome.integration_failure.and_then(failure),
            validation(self.outcome),
            invoked.map(|id| format!("AWS Integration Endpoint RequestId : {id}")),
        ];
        for line in trouble.into_iter().flatten() {
            add(now, &line);
        }
        let answer = &self.answer;
        if self.outcome.error.is_none() {
            let (body, headers) = (answer.body, list(&answer.headers));
            add(
                now,
                &format!("Method response body after transformations: {body}"),
            );
            add(now, &format!("Method response headers: {headers}"));
            add(now, "Successfully completed execution");
        }
        add(
            now,
            &format!("Method completed with status: {}", self.outcome.status),
        );
        text
    }
}

/// Lines with their times, as the log of one trial.
pub(crate) fn told(request_id: &str, lines: &[(Timestamp, String)]) -> String {
    let mut text = format!("Execution log for request {request_id}\n");
    for (time, line) in lines {
        let _ = writeln!(text, "{} : {line}", written(*time));
    }
    text
}

/// `Thu Mar 09 20:13:52 UTC 2017`, as Java prints a date.
fn written(time: Timestamp) -> String {
    // `Thu, 09 Mar 2017 20:13:52 GMT`
    let date = time.format(TimestampFormat::HttpDate);
    let parts: Vec<&str> = date.split([',', ' ']).filter(|it| !it.is_empty()).collect();
    match parts.as_slice() {
        [weekday, day, month, year, clock, _] => {
            format!("{weekday} {month} {day} {clock} UTC {year}")
        }
        _ => date.clone(),
    }
}
