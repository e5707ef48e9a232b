//! What goes wrong in a state, by the names that `Retry` and `Catch` know it by.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html>

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The definition and the data do not go together. No catcher of everything catches it.
pub(crate) const RUNTIME: &str = "States.Runtime";
/// A payload is too large. No catcher of everything catches it.
pub(crate) const DATA_LIMIT_EXCEEDED: &str = "States.DataLimitExceeded";
pub(crate) const TIMEOUT: &str = "States.Timeout";
pub(crate) const HEARTBEAT_TIMEOUT: &str = "States.HeartbeatTimeout";
pub(crate) const TASK_FAILED: &str = "States.TaskFailed";
pub(crate) const ALL: &str = "States.ALL";
pub(crate) const INTRINSIC_FAILURE: &str = "States.IntrinsicFailure";
pub(crate) const QUERY_EVALUATION_ERROR: &str = "States.QueryEvaluationError";
pub(crate) const RESULT_PATH_MATCH_FAILURE: &str = "States.ResultPathMatchFailure";

/// An error as executions end with it: a name and why, both of which may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Failure {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) cause: Option<String>,
}

impl Failure {
    pub(crate) fn new(error: impl Into<String>, cause: impl Into<String>) -> Self {
        Self {
            error: Some(cut(error.into(), ERROR_MAX)),
            cause: Some(cut(cause.into(), CAUSE_MAX)),
        }
    }

    /// A failure of which nothing more is said.
    pub(crate) fn bare(error: &str) -> Self {
        Self {
            error: Some(error.to_owned()),
            cause: None,
        }
    }

    /// Whether a retrier or a catcher for these errors is meant.
    pub(crate) fn is_one_of(&self, wanted: &[String]) -> bool {
        let error = self.error.as_deref();
        let is_terminal = matches!(error, Some(RUNTIME | DATA_LIMIT_EXCEEDED));
        wanted.iter().any(|wanted| match wanted.as_str() {
            name if error == Some(name) => true,
            ALL => !is_terminal,
            TASK_FAILED => !is_terminal && !matches!(error, Some(TIMEOUT | HEARTBEAT_TIMEOUT)),
            TIMEOUT => error == Some(HEARTBEAT_TIMEOUT),
            _ => false,
        })
    }

    /// What a catcher's state is given.
    pub(crate) fn output(&self) -> Value {
        let is_timeout = matches!(self.error.as_deref(), Some(TIMEOUT | HEARTBEAT_TIMEOUT));
        let cause = match &self.cause {
            None if is_timeout => Value::from(""),
            cause => json!(cause),
        };
        json!({ "Error": self.error, "Cause": cause })
    }
}

/// How long a name may be, and a cause.
const ERROR_MAX: usize = 256;
const CAUSE_MAX: usize = 32_768;

fn cut(mut text: String, most: usize) -> String {
    if let Some((end, _)) = text.char_indices().nth(most) {
        text.truncate(end);
    }
    text
}

/// A failure of the data flow, before it is known in which state it happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) error: &'static str,
    pub(crate) cause: String,
    /// The field whose JSONata expression failed, such as `Output/total`.
    pub(crate) location: Option<String>,
}

impl Fault {
    pub(crate) fn runtime(cause: impl Into<String>) -> Self {
        Self {
            error: RUNTIME,
            cause: cause.into(),
            location: None,
        }
    }

    pub(crate) fn evaluation(location: &str, cause: impl Into<String>) -> Self {
        Self {
            error: QUERY_EVALUATION_ERROR,
            cause: cause.into(),
            location: Some(location.to_owned()),
        }
    }

    /// The failure with the sentence that says where it happened.
    pub(crate) fn in_state(&self, state: &str, entered: u64) -> Failure {
        let cause = format!(
            "An error occurred while executing the state '{state}' (entered at the event id #{entered}). {}",
            self.cause
        );
        Failure::new(self.error, cause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catches(wanted: &str, error: &str) -> bool {
        Failure::bare(error).is_one_of(&[wanted.to_owned()])
    }

    #[test]
    fn names_of_many_errors_leave_out_what_nobody_can_handle() {
        assert!(catches("States.ALL", "Anything"));
        assert!(catches("States.ALL", "States.Timeout"));
        assert!(!catches("States.ALL", "States.Runtime"));
        assert!(!catches("States.ALL", "States.DataLimitExceeded"));
        assert!(catches(
            "States.DataLimitExceeded",
            "States.DataLimitExceeded"
        ));
        assert!(catches("States.TaskFailed", "Anything"));
        assert!(!catches("States.TaskFailed", "States.Timeout"));
        assert!(catches("States.Timeout", "States.HeartbeatTimeout"));
        assert!(!catches("One", "Other"));
    }

    #[test]
    fn an_error_without_a_name_is_caught_by_all() {
        let nameless = Failure::default();
        assert!(nameless.is_one_of(&["States.ALL".to_owned()]));
        let expected = json!({ "Error": null, "Cause": null });
        assert_eq!(nameless.output(), expected);
    }
}
