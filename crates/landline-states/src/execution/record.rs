//! What the store keeps of executions.

use landline_store::Collection;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::failure::Failure;

/// Executions of standard machines, by `{machine}|{name}`.
pub(crate) const EXECUTIONS: Collection<ExecutionRecord> = Collection::new("states.execution");
/// The names of executions by `{machine}|{time backwards}|{name}`: the newest first.
pub(crate) const STARTED: Collection<String> = Collection::new("states.started");
/// The keys of those that run.
pub(crate) const RUNNING: Collection<()> = Collection::new("states.running");
/// Events as `GetExecutionHistory` shows them, by `{machine}|{name}|{id}`.
pub(crate) const HISTORY: Collection<Value> = Collection::new("states.history");
/// Where each strand of what runs is, by `{machine}|{name}|{strand}`.
pub(crate) const STRANDS: Collection<StrandRecord> = Collection::new("states.strand");
/// Tasks that wait for somebody else's word, by `{machine}|{name}|{id}`.
pub(crate) const TOKENS: Collection<TokenRecord> = Collection::new("states.token");

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Status {
    Running,
    Succeeded,
    Failed,
    TimedOut,
    Aborted,
}

impl Status {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Running => "RUNNING",
            Self::Succeeded => "SUCCEEDED",
            Self::Failed => "FAILED",
            Self::TimedOut => "TIMED_OUT",
            Self::Aborted => "ABORTED",
        }
    }
}

/// An execution in the store.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct ExecutionRecord {
    pub(crate) arn: String,
    /// The machine's name, and its ARN.
    pub(crate) machine: String,
    pub(crate) machine_arn: String,
    pub(crate) name: String,
    pub(crate) revision_id: String,
    pub(crate) role_arn: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) version_arn: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) alias_arn: Option<String>,
    pub(crate) status: Status,
    pub(crate) input: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) output: Option<String>,
    #[serde(default)]
    pub(crate) failure: Failure,
    pub(crate) started_millis: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) stopped_millis: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) trace_header: Option<String>,
    /// How often it was redriven, when last, and by which token of its caller's.
    #[serde(default)]
    pub(crate) redrives: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) redriven_millis: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) redrive_token: Option<String>,
}

impl ExecutionRecord {
    pub(crate) fn key(&self) -> String {
        key(&self.machine, &self.name)
    }

    /// Its place among all of its machine, the newest first.
    pub(crate) fn started_key(&self) -> String {
        let backwards = i64::MAX - self.started_millis;
        format!("{}|{backwards:020}|{}", self.machine, self.name)
    }
}

pub(crate) fn key(machine: &str, name: &str) -> String {
    format!("{machine}|{name}")
}

pub(crate) fn event_key(execution: &str, id: u64) -> String {
    format!("{execution}|{id:06}")
}

/// Where a strand is: enough to go on after a restart.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct StrandRecord {
    /// The state that it is in.
    pub(crate) state: String,
    /// What came into that state.
    pub(crate) input: Value,
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub(crate) variables: Map<String, Value>,
    /// `$$.Map.Item`, within a map.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) item: Option<Value>,
    /// The id of the event with which it entered the state.
    pub(crate) entered: u64,
    pub(crate) entered_millis: i64,
    /// The last event of the strand.
    pub(crate) last: u64,
    /// How often each retrier of the state has been used.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) retries: Vec<u32>,
    #[serde(default)]
    pub(crate) phase: Phase,
}

/// What it does in that state.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) enum Phase {
    /// It has only just come, or does something that is started again.
    #[default]
    Entered,
    /// Until then.
    Waiting { until_millis: i64 },
    /// Until it tries again.
    Retrying { until_millis: i64 },
    /// For somebody who has a token.
    Callback {
        token: String,
        /// Whether the one who was to be told has been told.
        is_told: bool,
        until_millis: Option<i64>,
    },
    /// For another execution.
    Child {
        name: String,
        until_millis: Option<i64>,
    },
    /// For its branches or its iterations.
    Fanned { started: u64 },
    /// For nothing: the strand is at its end.
    Done { output: Value },
}

/// A task whose end somebody else tells.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct TokenRecord {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) outcome: Option<Outcome>,
}

/// What was told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Outcome {
    Success(Value),
    Failure(Failure),
}
