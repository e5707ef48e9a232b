//! One state by itself, as `TestState` tries it: what it makes of its input, step by step, and where it leads.
//!
//! A task calls whom it would call, unless an answer is given in its place. Nothing of it is kept.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html>

use std::collections::BTreeMap;
use std::sync::Arc;

use landline_wire::{Timestamp, request_id};
use serde_json::{Map, Value, json};

use super::record::{ExecutionRecord, Status, StrandRecord};
use super::strand::Strand;
use super::walk::{self, Move, context, failed, scope};
use super::{Run, attempts, fan, task};
use crate::States;
use crate::definition::{Kind, Machine, MapState, State};
use crate::expression::{Language, Scope};
use crate::failure::{Failure, TIMEOUT};
use crate::machine::{Kind as MachineKind, Revision};
use crate::quotas::EXPRESS_MAX;

/// A state that somebody wants to try.
pub(crate) struct Trial {
    pub(crate) state: State,
    pub(crate) input: Value,
    pub(crate) variables: Map<String, Value>,
    pub(crate) role_arn: Option<String>,
    /// `$$`, where it is not one that is made up.
    pub(crate) context: Option<Value>,
    /// What the state gives, instead of what it would do.
    pub(crate) mock: Option<Result<Value, Failure>>,
    /// How often the retrier of its failure has been used.
    pub(crate) retries: u32,
}

/// What came of it.
pub(crate) struct Tried {
    pub(crate) verdict: Verdict,
    pub(crate) inspection: Inspection,
}

/// Where the state leads.
pub(crate) enum Verdict {
    Succeeded {
        next: Option<String>,
        output: Value,
    },
    Failed(Failure),
    /// It would be tried again.
    Retriable(Failure),
    Caught {
        failure: Failure,
        next: Option<String>,
        output: Value,
    },
}

/// The data on their way through the state, as far as they came.
#[derive(Debug, Default)]
pub(crate) struct Inspection {
    pub(crate) after_arguments: Option<Value>,
    pub(crate) after_input_path: Option<Value>,
    pub(crate) after_parameters: Option<Value>,
    pub(crate) after_items_path: Option<Value>,
    pub(crate) max_concurrency: Option<i64>,
    pub(crate) result: Option<Value>,
    pub(crate) after_result_selector: Option<Value>,
    pub(crate) after_result_path: Option<Value>,
    /// Of those that were asked.
    pub(crate) retrier: Option<(usize, i64)>,
    pub(crate) catcher: Option<usize>,
}

impl States {
    /// Tries a state.
    pub(crate) async fn try_state(self: &Arc<Self>, trial: Trial) -> Tried {
        let mut inspection = Inspection::default();
        let Trial {
            state,
            input,
            variables,
            role_arn,
            context,
            mock,
            retries,
        } = trial;
        let run = self.trial_run(&state, &input, role_arn, context);
        let record = StrandRecord {
            state: state.name.clone(),
            input,
            variables,
            entered_millis: run.now().as_millis(),
            ..StrandRecord::default()
        };
        let mut strand = Strand::new(String::new(), record);
        inspection.look_before(&run, &state, &strand);
        let trying = once(&run, &state, &mut strand, mock, &mut inspection);
        let tried = tokio::time::timeout(EXPRESS_MAX, trying).await;
        let verdict = match tried {
            Ok(Ok(Move { next, output, .. })) => Verdict::Succeeded { next, output },
            Ok(Err(failure)) => judge(&run, &state, &mut strand, failure, retries, &mut inspection),
            Err(_) => Verdict::Failed(Failure::bare(TIMEOUT)),
        };
        Tried {
            verdict,
            inspection,
        }
    }

    /// An execution that is none.
    fn trial_run(
        self: &Arc<Self>,
        state: &State,
        input: &Value,
        role_arn: Option<String>,
        context: Option<Value>,
    ) -> Run {
        let (machine, name) = (request_id::uuid(), request_id::uuid());
        let now = self.now();
        let arn = self.arn(&format!("express:{machine}:{name}"));
        let machine_arn = self.arn(&format!("stateMachine:{machine}"));
        let made_up = json!({
            "Execution": {
                "Id": arn, "Input": input, "Name": name, "RoleArn": role_arn,
                "StartTime": now.iso8601_millis(),
            },
            "StateMachine": { "Id": machine_arn, "Name": machine },
            "State": {
                "Name": state.name, "EnteredTime": now.iso8601_millis(), "RetryCount": 0,
            },
        });
        let record = record(&arn, machine, machine_arn, name, role_arn, now);
        let empty = Machine {
            start_at: state.name.clone(),
            states: BTreeMap::new(),
            timeout_seconds: None,
            variables: BTreeMap::new(),
        };
        let mut run = Run::new(
            self.clone(),
            record,
            Arc::new(empty),
            MachineKind::Express,
            &Revision::default(),
        );
        run.given_context = Some(context.unwrap_or(made_up));
        run
    }
}

fn record(
    arn: &str,
    machine: String,
    machine_arn: String,
    name: String,
    role_arn: Option<String>,
    now: Timestamp,
) -> ExecutionRecord {
    ExecutionRecord {
        arn: arn.to_owned(),
        machine,
        machine_arn,
        name,
        revision_id: String::new(),
        role_arn: role_arn.unwrap_or_default(),
        version_arn: None,
        alias_arn: None,
        status: Status::Running,
        input: String::new(),
        output: None,
        failure: Failure::default(),
        started_millis: now.as_millis(),
        stopped_millis: None,
        trace_header: None,
        redrives: 0,
        redriven_millis: None,
        redrive_token: None,
    }
}

/// One try.
async fn once(
    run: &Run,
    state: &State,
    strand: &mut Strand,
    mock: Option<Result<Value, Failure>>,
    inspection: &mut Inspection,
) -> Result<Move, Failure> {
    let result = match (mock, &state.kind) {
        (Some(mocked), _) => mocked?,
        (None, Kind::Task(task)) => task::perform(run, state, task, strand).await?.result,
        (None, _) => {
            let made = walk::visit(run, state, strand).await?;
            if let Kind::Pass { result } = &state.kind {
                inspection.look_at_pass(run, state, strand, result.as_ref());
            }
            return Ok(made);
        }
    };
    inspection.look_after(run, state, strand, &result);
    let context = context(run, strand, None);
    let made = attempts::leave(state, scope(run, &strand.record, &context), &result);
    made.map_err(|fault| failed(strand, fault))
}

/// What becomes of a failure.
fn judge(
    run: &Run,
    state: &State,
    strand: &mut Strand,
    failure: Failure,
    retries: u32,
    inspection: &mut Inspection,
) -> Verdict {
    let mut retriers = state.retry.iter();
    if let Some(at) = retriers.position(|it| failure.is_one_of(&it.errors)) {
        let mut used = vec![0; state.retry.len()];
        used[at] = retries;
        if let Some(millis) = attempts::pause(&state.retry, &mut used, &failure) {
            inspection.retrier = Some((at, millis / 1000));
            return Verdict::Retriable(failure);
        }
    }
    let mut catchers = state.catch.iter();
    let Some(at) = catchers.position(|it| failure.is_one_of(&it.errors)) else {
        return Verdict::Failed(failure);
    };
    inspection.catcher = Some(at);
    let context = context(run, strand, None);
    let error_output = failure.output();
    let caught = attempts::catch(
        &state.catch[at],
        state,
        scope(run, &strand.record, &context),
        &error_output,
    );
    match caught {
        Ok(Move { next, output, .. }) => Verdict::Caught {
            failure,
            next,
            output,
        },
        Err(fault) => Verdict::Failed(failed(strand, fault)),
    }
}

impl Inspection {
    /// What the state makes of its input before it does anything. What fails here fails again when it is done.
    fn look_before(&mut self, run: &Run, state: &State, strand: &Strand) {
        let context = context(run, strand, None);
        let scope = scope(run, &strand.record, &context);
        if state.language == Language::Jsonata {
            let arguments = state.parameters.as_ref();
            self.after_arguments = arguments.and_then(|it| it.evaluate(scope).ok());
            if let Kind::Map(map) = &state.kind {
                self.look_at_map(state, map, scope);
            }
            return;
        }
        if matches!(state.kind, Kind::Pass { result: Some(_) }) {
            return;
        }
        let Ok(input) = state.input_path.apply(scope) else {
            return;
        };
        let scope = scope.on(&input);
        match &state.kind {
            Kind::Task(_) | Kind::Parallel(_) | Kind::Pass { .. } => {
                self.after_parameters = match &state.parameters {
                    Some(parameters) => parameters.evaluate(scope).ok(),
                    None => Some(input.clone()),
                };
            }
            Kind::Map(map) => self.look_at_map(state, map, scope),
            _ => {}
        }
        self.after_input_path = Some(input);
    }

    fn look_at_map(&mut self, state: &State, map: &MapState, scope: Scope<'_>) {
        let Ok(items) = fan::items(state, map, scope) else {
            return;
        };
        if state.language == Language::JsonPath && map.items.is_some() {
            self.after_items_path = Some(items.into());
        }
        let most = map.max_concurrency.as_ref();
        let most = most.map(|most| most.evaluate(scope));
        self.max_concurrency = match most {
            None => Some(0),
            Some(most) => most.ok().and_then(|most| most.as_i64()),
        };
    }

    fn look_at_pass(&mut self, run: &Run, state: &State, strand: &Strand, result: Option<&Value>) {
        if state.language == Language::Jsonata {
            return;
        }
        self.result = result.cloned();
        let made = result.cloned().or_else(|| self.after_parameters.clone());
        self.look_at_result(run, state, strand, made);
    }

    /// What the state makes of its result.
    fn look_after(&mut self, run: &Run, state: &State, strand: &Strand, result: &Value) {
        let is_map = matches!(state.kind, Kind::Map(_));
        if !is_map {
            self.result = Some(result.clone());
        }
        if state.language == Language::Jsonata {
            return;
        }
        let context = context(run, strand, None);
        let scope = scope(run, &strand.record, &context);
        let selected = match &state.result_selector {
            Some(selector) => selector.evaluate(scope.on(result)).ok(),
            None => Some(result.clone()),
        };
        self.look_at_result(run, state, strand, selected);
    }

    fn look_at_result(
        &mut self,
        run: &Run,
        state: &State,
        strand: &Strand,
        selected: Option<Value>,
    ) {
        let Some(selected) = selected else {
            return;
        };
        let context = context(run, strand, None);
        let scope = scope(run, &strand.record, &context);
        let combined = state
            .result_path
            .apply(scope.input.clone(), selected.clone());
        self.after_result_path = combined.ok();
        self.after_result_selector = Some(selected);
    }
}
