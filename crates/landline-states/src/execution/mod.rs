//! Executions: from their start to their end, over restarts of the node.
//!
//! An execution is a tree of strands. The first one is the machine's; branches of a `Parallel` and iterations of a `Map`
//! are strands within. Each writes down where it is before it does something that others can see, so that it goes on
//! there after a restart: deadlines are points in time, an answer to a token is kept until it is taken, a child execution
//! is known by its name. A call that was on its way is made again: nobody knows whether it was heard.
//!
//! 1. [`record`]: what the store keeps;
//! 2. [`strand`]: where a strand is, and its events;
//! 3. [`walk`]: from state to state;
//! 4. [`attempts`]: tries, retriers, catchers;
//! 5. [`task`], [`fan`]: the states that do something;
//! 6. [`tokens`]: the words of others;
//! 7. [`redrive`]: how a failed execution goes on;
//! 8. [`journal`]: what happens, for log groups;
//! 9. [`trial`]: one state by itself.

mod attempts;
mod fan;
pub(crate) mod journal;
pub(crate) mod record;
pub(crate) mod redrive;
mod start;
mod strand;
mod task;
pub(crate) mod tokens;
pub(crate) mod trial;
mod walk;

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures_util::FutureExt as _;
use landline_store::{Store, StoreError};
use landline_wire::{Caller, Timestamp};
use parking_lot::Mutex;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::States;
use crate::definition::Machine;
use crate::failure::{Failure, RUNTIME, TIMEOUT};
use crate::machine::{Kind, Revision, key as revision_key};
use crate::quotas::{CLOSED_CHECKED, CLOSED_KEPT, EXPRESS_MAX};
use journal::Logging;
use record::{EXECUTIONS, ExecutionRecord, HISTORY, RUNNING, STARTED, STRANDS, Status};
use strand::Strand;

pub(crate) use start::Wish;

/// An execution while it runs.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) states: Arc<States>,
    /// As it began.
    pub(crate) record: ExecutionRecord,
    pub(super) machine: Arc<Machine>,
    kind: Kind,
    logging: Option<Logging>,
    /// `$$`, for a state that is only tried.
    given_context: Option<Value>,
    /// The number of its last event.
    last_event: Mutex<u64>,
}

/// What others see of an execution that runs.
#[derive(Debug, Default)]
pub(crate) struct Running {
    stop: CancellationToken,
    reason: Mutex<Failure>,
    ended: CancellationToken,
    pub(crate) revision_key: String,
}

/// All that run.
#[derive(Debug, Default)]
pub(crate) struct Executions {
    running: Mutex<HashMap<String, Arc<Running>>>,
    /// Express ones have no names that anybody asks for.
    express: AtomicU64,
    closed: AtomicU64,
}

/// How an execution ends.
enum Ending {
    Succeeded(Value),
    Failed(Failure),
    TimedOut,
    Aborted(Failure),
}

impl Executions {
    pub(crate) fn get(&self, key: &str) -> Option<Arc<Running>> {
        self.running.lock().get(key).cloned()
    }

    pub(crate) fn len(&self) -> usize {
        let express = usize::try_from(self.express.load(Ordering::Relaxed));
        self.running.lock().len() + express.unwrap_or(usize::MAX / 2)
    }

    /// Whether any of a machine runs.
    pub(crate) fn any_of(&self, machine: &str) -> bool {
        let prefix = record::key(machine, "");
        self.running
            .lock()
            .keys()
            .any(|key| key.starts_with(&prefix))
    }

    /// Whether any runs by this revision.
    pub(crate) fn any_by(&self, revision_key: &str) -> bool {
        let running = self.running.lock();
        running.values().any(|it| it.revision_key == revision_key)
    }
}

impl Running {
    fn of(record: &ExecutionRecord) -> Self {
        Self {
            revision_key: revision_key(&record.machine, &record.revision_id),
            ..Self::default()
        }
    }

    /// Ends the execution, and waits until that is written down.
    pub(crate) async fn stop(&self, reason: Failure) {
        *self.reason.lock() = reason;
        self.stop.cancel();
        self.ended.cancelled().await;
    }

    pub(crate) async fn ended(&self) {
        self.ended.cancelled().await;
    }
}

impl Run {
    fn new(
        states: Arc<States>,
        record: ExecutionRecord,
        machine: Arc<Machine>,
        kind: Kind,
        revision: &Revision,
    ) -> Self {
        Self {
            states,
            record,
            machine,
            kind,
            logging: Logging::of(revision),
            given_context: None,
            last_event: Mutex::new(0),
        }
    }

    pub(super) fn key(&self) -> String {
        self.record.key()
    }

    /// Lets the log know of events that are written down.
    fn log(&self, events: &[(u64, Value)]) {
        if let Some(logging) = &self.logging {
            self.states.journal.push(logging, &self.record, events);
        }
    }

    /// Where its state is kept; express executions have none.
    fn store(&self) -> Option<&dyn Store> {
        (self.kind == Kind::Standard).then(|| &*self.states.config.store)
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.states.now()
    }

    /// Sleeps until a point in time, by the clock.
    async fn sleep_until(&self, millis: i64) {
        loop {
            let left = millis - self.now().as_millis();
            let Ok(left @ 1..) = u64::try_from(left) else {
                return;
            };
            tokio::time::sleep(Duration::from_millis(left)).await;
        }
    }

    /// Never, when there is no such point.
    pub(super) async fn sleep_until_some(&self, millis: Option<i64>) {
        match millis {
            Some(millis) => self.sleep_until(millis).await,
            None => std::future::pending().await,
        }
    }

    /// Who calls others: the machine's role, or the one that a task names.
    pub(crate) fn caller(&self, role_arn: Option<&str>) -> Caller {
        let config = &self.states.config;
        Caller {
            principal: role_arn.unwrap_or(&self.record.role_arn).into(),
            source_arn: Some(self.record.machine_arn.as_str().into()),
            trace_id: self.record.trace_header.as_deref().map(Into::into),
            ..Caller::root(&config.account_id, &config.region)
        }
    }

    /// `$$`, but for what a state adds.
    fn context(&self) -> Value {
        let record = &self.record;
        let started = Timestamp::from_millis(record.started_millis);
        let input: Value = serde_json::from_str(&record.input).unwrap_or_default();
        let mut context = json!({
            "Execution": {
                "Id": record.arn,
                "Input": input,
                "StartTime": started.iso8601_millis(),
                "Name": record.name,
                "RoleArn": record.role_arn,
                "RedriveCount": record.redrives,
            },
            "StateMachine": { "Id": record.machine_arn, "Name": record.machine },
        });
        if let Some(millis) = record.redriven_millis {
            let time = Timestamp::from_millis(millis).iso8601_millis();
            context["Execution"]["RedriveTime"] = time.into();
        }
        context
    }

    /// When the execution has to be over.
    fn deadline(&self) -> Option<i64> {
        let own = self.machine.timeout_seconds.map(|seconds| {
            let millis = i64::try_from(seconds).unwrap_or(i64::MAX / 2000) * 1000;
            // It begins anew when the execution is redriven.
            let since = self.record.redriven_millis;
            since
                .unwrap_or(self.record.started_millis)
                .saturating_add(millis)
        });
        match self.kind {
            Kind::Standard => own,
            Kind::Express => {
                let most = i64::try_from(EXPRESS_MAX.as_millis()).unwrap_or(i64::MAX);
                let most = self.record.started_millis + most;
                Some(own.map_or(most, |own| own.min(most)))
            }
        }
    }

    /// Runs the execution to its end; what it is then.
    async fn conduct(&self, mut strand: Strand, running: &Running) -> ExecutionRecord {
        let walking = walk::walk(self, &self.machine, &mut strand);
        let walking = AssertUnwindSafe(walking).catch_unwind();
        let ending = tokio::select! {
            biased;
            () = running.stop.cancelled() => Ending::Aborted(running.reason.lock().clone()),
            () = self.sleep_until_some(self.deadline()) => Ending::TimedOut,
            walked = walking => match walked {
                Ok(Ok(output)) => Ending::Succeeded(output),
                Ok(Err(failure)) => Ending::Failed(failure),
                Err(_) => {
                    tracing::error!(execution = self.record.arn, "an execution panicked");
                    Ending::Failed(Failure::new(RUNTIME, "Internal error"))
                }
            },
        };
        self.end(strand, ending).await
    }

    async fn end(&self, mut strand: Strand, ending: Ending) -> ExecutionRecord {
        let mut record = self.record.clone();
        record.stopped_millis = Some(self.now().as_millis());
        let (status, kind, name) = match ending {
            Ending::Succeeded(output) => {
                record.output = Some(output.to_string());
                (
                    Status::Succeeded,
                    "ExecutionSucceeded",
                    "executionSucceededEventDetails",
                )
            }
            Ending::Failed(failure) => {
                record.failure = failure;
                (
                    Status::Failed,
                    "ExecutionFailed",
                    "executionFailedEventDetails",
                )
            }
            Ending::TimedOut => {
                record.failure = Failure::bare(TIMEOUT);
                (
                    Status::TimedOut,
                    "ExecutionTimedOut",
                    "executionTimedOutEventDetails",
                )
            }
            Ending::Aborted(reason) => {
                record.failure = reason;
                (
                    Status::Aborted,
                    "ExecutionAborted",
                    "executionAbortedEventDetails",
                )
            }
        };
        record.status = status;
        let details = match &record.output {
            Some(output) => json!({ "output": output, "outputDetails": { "truncated": false } }),
            None => json!(record.failure),
        };
        if status == Status::Failed {
            let failure = &record.failure;
            tracing::debug!(
                execution = record.arn,
                error = failure.error,
                cause = failure.cause,
                "an execution failed"
            );
        }
        strand.note(kind, name, details);
        if let Err(error) = strand.close(self, record.clone()).await {
            tracing::error!(%error, execution = record.arn, "the end of an execution could not be kept; it runs again after a restart");
        }
        record
    }
}

impl States {
    /// Lets a standard execution run until it ends or the node does.
    fn set_off(self: &Arc<Self>, run: Run, strand: Strand, running: Arc<Running>) {
        let this = self.clone();
        let key = run.key();
        self.executions
            .running
            .lock()
            .insert(key.clone(), running.clone());
        let stop = self.stop.clone();
        let conducted = async move {
            if stop
                .run_until_cancelled(run.conduct(strand, &running))
                .await
                .is_none()
            {
                // It goes on after the next start.
                return;
            }
            this.executions.running.lock().remove(&key);
            running.ended.cancel();
            this.after_end(&run.record.machine).await;
        };
        self.tasks.spawn_on(conducted, &self.runtime);
    }

    /// What follows the end of an execution: machines that waited for it go, and so do old executions.
    async fn after_end(self: &Arc<Self>, machine: &str) {
        let closed = self.executions.closed.fetch_add(1, Ordering::Relaxed);
        let is_deleting = self
            .machines
            .get(machine)
            .is_some_and(|known| known.record.is_deleting);
        let done = if is_deleting && !self.executions.any_of(machine) {
            let _one_at_a_time = self.changes.lock().await;
            self.purge(machine).await
        } else if closed % CLOSED_CHECKED == CLOSED_CHECKED - 1 {
            self.forget_executions(machine, CLOSED_KEPT).await
        } else {
            Ok(())
        };
        if let Err(error) = done {
            tracing::warn!(%error, machine, "what a state machine has no use for stays in the store");
        }
    }

    /// Removes the oldest closed executions of a machine, but for so many; one by one, so that nobody waits long.
    pub(crate) async fn forget_executions(
        &self,
        machine: &str,
        kept: usize,
    ) -> Result<(), StoreError> {
        let prefix = record::key(machine, "");
        let store = &*self.config.store;
        let all = store.read(|reader| STARTED.list_in(reader, &prefix))?;
        let running = |name: &str| self.executions.get(&record::key(machine, name)).is_some();
        let old = all.into_iter().skip(kept);
        let old: Vec<_> = old.filter(|(_, name)| !running(name)).collect();
        for (started, name) in old {
            let key = record::key(machine, &name);
            store
                .write(move |transaction| -> Result<(), StoreError> {
                    STARTED.delete_in(transaction, &started);
                    EXECUTIONS.delete_in(transaction, &key);
                    STRANDS.delete_under_in(transaction, &format!("{key}|"))?;
                    HISTORY.delete_under_in(transaction, &format!("{key}|"))
                })
                .await?;
        }
        Ok(())
    }

    /// Goes on with what an earlier process did not finish.
    pub(crate) fn resume_executions(self: &Arc<Self>) -> Result<(), StoreError> {
        let keys = RUNNING.load(&*self.config.store)?;
        for (key, ()) in keys {
            if let Err(error) = self.resume_execution(&key) {
                tracing::error!(%error, execution = key, "an execution cannot go on");
            }
        }
        Ok(())
    }
}
