//! One event on its way through a function, and what came of it.

use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::mpsc;

use super::pool::Throttled;

/// An event for a function.
#[derive(Debug, Clone)]
pub struct Invocation {
    /// The id that logs and the handler's context show.
    pub request_id: String,
    /// The event: JSON.
    pub payload: Bytes,
    /// The ARN as the caller gave it, qualifier included.
    pub function_arn: Arc<str>,
    /// `_X_AMZN_TRACE_ID`
    pub trace_id: Option<String>,
    /// The caller's client context: JSON.
    pub client_context: Option<String>,
    /// Whether the caller wants the end of the log.
    pub log: LogTail,
    /// Where a function that streams its answer sends it; `None` puts the parts together.
    pub(crate) stream: Option<mpsc::Sender<StreamPart>>,
}

/// What a caller who takes an answer as it comes gets, one after another.
#[derive(Debug)]
pub(crate) enum StreamPart {
    /// The function begins to stream its answer, which is of this media type.
    Begins {
        /// As the runtime has it.
        content_type: Option<String>,
    },
    /// Some of the answer.
    Data(Bytes),
    /// The event has ended. What has not been streamed is the outcome's payload.
    Ends(Outcome),
    /// The event was not taken.
    Throttled(Throttled),
}

/// Whether an answer carries the end of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LogTail {
    /// `LogType: None`
    #[default]
    Unwanted,
    /// `LogType: Tail`
    Wanted,
}

/// What a function made of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The handler's answer, or the error's JSON.
    pub payload: Bytes,
    /// Whether the payload is an error (`X-Amz-Function-Error: Unhandled`).
    pub failed: bool,
    /// The last 4 KB of the log, when the caller wanted them.
    pub log_tail: Option<Bytes>,
}

/// Why an execution environment gave no answer of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The runtime told an error; the body is passed on as it is.
    Reported {
        /// `Lambda-Runtime-Function-Error-Type`, for the log.
        error_type: String,
        /// The runtime's JSON.
        body: Bytes,
    },
    /// The process ended.
    Exited(Exit),
    /// The function took longer than it is allowed to, in milliseconds.
    TimedOut {
        /// The function's timeout.
        after_millis: u64,
    },
    /// The answer is too large.
    ResponseTooLarge {
        /// Its length.
        bytes: u64,
    },
    /// The environment could not be made: no interpreter, no module, no file. One plain sentence.
    NotStarted {
        /// Such as `Runtime.InvalidEntrypoint`.
        error_type: &'static str,
        /// What is wrong and what to do.
        message: String,
    },
}

/// How a process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// With this status.
    Status(i32),
    /// By this signal.
    Signal(i32),
}

impl Failure {
    /// The name under which logs and callers know the failure.
    pub fn error_type(&self) -> &str {
        match self {
            Self::Reported { error_type, .. } => error_type,
            Self::Exited(_) => "Runtime.ExitError",
            Self::TimedOut { .. } => "Sandbox.Timedout",
            Self::ResponseTooLarge { .. } => "Function.ResponseSizeTooLarge",
            Self::NotStarted { error_type, .. } => error_type,
        }
    }

    /// The JSON that the caller gets, in Lambda's words.
    pub fn payload(&self, request_id: &str) -> Bytes {
        let message = match self {
            Self::Reported { body, .. } => return body.clone(),
            Self::ResponseTooLarge { .. } => self.to_string(),
            Self::NotStarted { .. } | Self::Exited(_) | Self::TimedOut { .. } => {
                format!("RequestId: {request_id} Error: {self}")
            }
        };
        let body = serde_json::json!({ "errorType": self.error_type(), "errorMessage": message });
        body.to_string().into()
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Reported { error_type, .. } => f.write_str(error_type),
            Self::ResponseTooLarge { .. } => {
                let limit = crate::quotas::MAX_PAYLOAD_BYTES;
                write!(
                    f,
                    "Response payload size exceeded maximum allowed payload size ({limit} bytes)."
                )
            }
            Self::NotStarted { message, .. } => f.write_str(message),
            Self::Exited(exit) => exit.fmt(f),
            Self::TimedOut { after_millis } => f.write_str(&timed_out(*after_millis)),
        }
    }
}

impl std::fmt::Display for Exit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Status(0) => f.write_str("Runtime exited without providing a reason"),
            Self::Status(status) => write!(f, "Runtime exited with error: exit status {status}"),
            Self::Signal(signal) => {
                write!(
                    f,
                    "Runtime exited with error: signal: {}",
                    signal_name(*signal)
                )
            }
        }
    }
}

/// `Task timed out after 3.00 seconds`
pub(crate) fn timed_out(after_millis: u64) -> String {
    let (seconds, hundredths) = (after_millis / 1000, after_millis % 1000 / 10);
    format!("Task timed out after {seconds}.{hundredths:02} seconds")
}

/// As Go words them, in which Lambda's own supervisor is written.
fn signal_name(signal: i32) -> String {
    match signal {
        1 => "hangup".into(),
        2 => "interrupt".into(),
        3 => "quit".into(),
        4 => "illegal instruction".into(),
        6 => "aborted".into(),
        7 => "bus error".into(),
        8 => "floating point exception".into(),
        9 => "killed".into(),
        11 => "segmentation fault".into(),
        13 => "broken pipe".into(),
        15 => "terminated".into(),
        other => format!("signal {other}"),
    }
}

#[cfg(test)]
mod tests;
