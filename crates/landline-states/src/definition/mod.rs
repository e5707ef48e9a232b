//! The Amazon States Language: a definition read and checked once, into what the interpreter walks over.
//!
//! Pure. What is wrong with a definition is told all at once, in AWS's words, each with its place.
//!
//! <https://states-language.net/spec.html>

mod check;
mod choice;
mod fields;
mod parallel;
mod parse;
mod resource;
mod retry;
mod task;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::expression::{Language, PathField, ResultPath, Template};

pub(crate) use choice::{ChoiceRule, timestamp, unexpected};
pub(crate) use fields::Diagnostic;
pub(crate) use parse::{Kind as MachineKind, parse, parse_state};
pub(crate) use resource::{Optimized, Pattern, Resource, ServiceCall};

/// A state machine, or a part of one that runs by itself: a branch, an item's processor.
#[derive(Debug)]
pub(crate) struct Machine {
    pub(crate) start_at: String,
    pub(crate) states: BTreeMap<String, State>,
    /// For how long an execution may run.
    pub(crate) timeout_seconds: Option<u64>,
    /// What its parts refer to by variables, by state, for those who ask.
    pub(crate) variables: BTreeMap<String, Vec<String>>,
}

/// One state.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) name: String,
    pub(crate) language: Language,
    pub(crate) kind: Kind,
    /// The state after it; none when the machine ends with it.
    pub(crate) next: Option<String>,
    pub(crate) input_path: PathField,
    pub(crate) output_path: PathField,
    /// `Parameters`, or `Arguments` in JSONata.
    pub(crate) parameters: Option<Template>,
    pub(crate) result_selector: Option<Template>,
    pub(crate) result_path: ResultPath,
    /// `Output`, in JSONata.
    pub(crate) output: Option<Template>,
    pub(crate) assign: Option<Template>,
    pub(crate) retry: Vec<Retrier>,
    pub(crate) catch: Vec<Catcher>,
}

/// What a state does.
#[derive(Debug)]
pub(crate) enum Kind {
    Pass {
        result: Option<serde_json::Value>,
    },
    Task(Box<Task>),
    Choice {
        rules: Vec<ChoiceRule>,
        default: Option<String>,
    },
    Wait(Until),
    Succeed,
    Fail {
        error: Option<Template>,
        cause: Option<Template>,
    },
    Parallel(Vec<Arc<Machine>>),
    Map(Box<MapState>),
}

impl Kind {
    /// The beginning of the names of its events.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Pass { .. } => "Pass",
            Self::Task(_) => "Task",
            Self::Choice { .. } => "Choice",
            Self::Wait(_) => "Wait",
            Self::Succeed => "Succeed",
            Self::Fail { .. } => "Fail",
            Self::Parallel(_) => "Parallel",
            Self::Map(_) => "Map",
        }
    }
}

/// Work that somebody else does.
#[derive(Debug)]
pub(crate) struct Task {
    pub(crate) resource: Resource,
    pub(crate) timeout: Option<Template>,
    pub(crate) heartbeat: Option<Template>,
    /// `Credentials`: the role that calls instead of the machine's.
    pub(crate) credentials: Option<Template>,
}

/// Until when a `Wait` waits.
#[derive(Debug)]
pub(crate) enum Until {
    Seconds(Template),
    Timestamp(Template),
}

/// A `Map`: one processor for many items.
#[derive(Debug)]
pub(crate) struct MapState {
    pub(crate) processor: Arc<Machine>,
    /// `ItemsPath`, or `Items` in JSONata.
    pub(crate) items: Option<Template>,
    /// `ItemSelector`, or the old `Parameters`.
    pub(crate) selector: Option<Template>,
    pub(crate) max_concurrency: Option<Template>,
}

/// When a failed state is tried again.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Retrier {
    pub(crate) errors: Vec<String>,
    pub(crate) interval_seconds: u64,
    pub(crate) max_attempts: u32,
    pub(crate) backoff_rate: f64,
    pub(crate) max_delay_seconds: Option<u64>,
    pub(crate) jitter: Jitter,
}

/// Whether pauses are drawn by lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Jitter {
    None,
    Full,
}

/// Where a failed state goes.
#[derive(Debug)]
pub(crate) struct Catcher {
    pub(crate) errors: Vec<String>,
    pub(crate) next: String,
    pub(crate) result_path: ResultPath,
    pub(crate) output: Option<Template>,
    pub(crate) assign: Option<Template>,
}

impl Machine {
    /// All machines within, this one first.
    pub(crate) fn all(&self) -> Vec<&Machine> {
        let mut all = vec![self];
        for state in self.states.values() {
            match &state.kind {
                Kind::Parallel(branches) => {
                    all.extend(branches.iter().flat_map(|branch| branch.all()));
                }
                Kind::Map(map) => all.extend(map.processor.all()),
                _ => {}
            }
        }
        all
    }

    /// All tasks within, each with its state.
    pub(crate) fn tasks(&self) -> Vec<(&State, &Task)> {
        let machines = self.all().into_iter();
        let states = machines.flat_map(|machine| machine.states.values());
        let tasks = states.filter_map(|state| match &state.kind {
            Kind::Task(task) => Some((state, &**task)),
            _ => None,
        });
        tasks.collect()
    }
}
