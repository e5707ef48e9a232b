//! How an execution begins, and how it begins again.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use landline_api::stepfunctions::errors;
use landline_store::{Fate, StoreError};
use landline_wire::ServiceError;
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use super::record::{
    EXECUTIONS, ExecutionRecord, HISTORY, RUNNING, STARTED, STRANDS, Status, StrandRecord,
};
use super::strand::{After, Strand};
use super::{Run, Running, walk};
use crate::States;
use crate::definition;
use crate::errors::unavailable;
use crate::failure::Failure;
use crate::machine::{Kind, Known, REVISIONS, Revision, key as revision_key};
use crate::quotas::RUNNING_MAX;

/// An execution that somebody wants.
#[derive(Debug)]
pub(crate) struct Wish {
    pub(crate) known: Arc<Known>,
    pub(crate) revision_id: String,
    pub(crate) revision: Revision,
    pub(crate) machine: Arc<definition::Machine>,
    pub(crate) version_arn: Option<String>,
    pub(crate) alias_arn: Option<String>,
    pub(crate) name: String,
    pub(crate) input: Value,
    pub(crate) trace_header: Option<String>,
}

/// An express execution on its way; it gives nothing when the node ends before.
type Task = JoinHandle<Option<ExecutionRecord>>;

/// What became of a start.
enum Started {
    New,
    /// It has been started before, with the same input, and runs.
    Before(i64),
}

impl Wish {
    fn record(&self, arn: String, now_millis: i64) -> ExecutionRecord {
        let machine = &self.known.record;
        ExecutionRecord {
            arn,
            machine: machine.name.clone(),
            machine_arn: machine.arn.clone(),
            name: self.name.clone(),
            revision_id: self.revision_id.clone(),
            role_arn: self.revision.role_arn.clone(),
            version_arn: self.version_arn.clone(),
            alias_arn: self.alias_arn.clone(),
            status: Status::Running,
            input: self.input.to_string(),
            output: None,
            failure: Failure::default(),
            started_millis: now_millis,
            stopped_millis: None,
            trace_header: self.trace_header.clone(),
            redrives: 0,
            redriven_millis: None,
            redrive_token: None,
        }
    }
}

/// The first event of an execution.
fn started_details(record: &ExecutionRecord) -> Value {
    let mut details = json!({
        "input": record.input, "inputDetails": { "truncated": false }, "roleArn": record.role_arn,
    });
    if let Some(arn) = &record.version_arn {
        details["stateMachineVersionArn"] = arn.as_str().into();
    }
    if let Some(arn) = &record.alias_arn {
        details["stateMachineAliasArn"] = arn.as_str().into();
    }
    details
}

/// The first strand, in the first state.
fn first_strand(run: &Run, input: Value) -> Strand {
    let mut strand = Strand::new(String::new(), StrandRecord::default());
    let name = "executionStartedEventDetails".to_owned();
    let details = started_details(&run.record);
    // The first state comes after nothing.
    strand.note_after(After::Aside, "ExecutionStarted", Some((name, details)));
    walk::enter_first(run, &run.machine, &mut strand, input);
    strand
}

impl States {
    pub(super) fn check_room(&self) -> Result<(), ServiceError> {
        if self.executions.len() >= RUNNING_MAX {
            let text = format!("There are {RUNNING_MAX} executions that run already.");
            return Err(errors::ExecutionLimitExceeded.with(text));
        }
        Ok(())
    }

    /// Starts a standard execution: when this returns it is in the store, and will come to its end.
    pub(crate) async fn start_standard(
        self: &Arc<Self>,
        wish: Wish,
    ) -> Result<(String, i64), ServiceError> {
        self.check_room()?;
        let now = self.now().as_millis();
        let arn = self.arn(&format!(
            "execution:{}:{}",
            wish.known.record.name, wish.name
        ));
        let record = wish.record(arn.clone(), now);
        let run = Run::new(
            self.clone(),
            record.clone(),
            wish.machine.clone(),
            Kind::Standard,
            &wish.revision,
        );
        let strand = first_strand(&run, wish.input.clone());
        let running = Arc::new(Running::of(&record));
        let this = self.clone();
        let taken = record.arn.clone();
        let started = self
            .config
            .store
            .write(move |transaction| -> Result<Started, StartFailure> {
                let key = record.key();
                if let Some(before) = EXECUTIONS.get_in(transaction, &key)? {
                    let is_same = before.status == Status::Running && before.input == record.input;
                    return if is_same {
                        Ok(Started::Before(before.started_millis))
                    } else {
                        Err(StartFailure::Exists)
                    };
                }
                EXECUTIONS.put_in(transaction, &key, &record)?;
                RUNNING.put_in(transaction, &key, &())?;
                STARTED.put_in(transaction, &record.started_key(), &record.name)?;
                transaction.on_settled(move |fate| {
                    if fate == Fate::Kept {
                        this.set_off(run, strand, running);
                    }
                });
                Ok(Started::New)
            })
            .await;
        match started {
            Ok(Started::New) => Ok((arn, now)),
            Ok(Started::Before(millis)) => Ok((arn, millis)),
            Err(StartFailure::Exists) => {
                let text = format!("Execution Already Exists: '{taken}'");
                Err(errors::ExecutionAlreadyExists.with(text))
            }
            Err(StartFailure::Store(error)) => Err(unavailable(error)),
        }
    }

    /// Runs an express execution, and waits for its end.
    pub(crate) async fn run_express(
        self: &Arc<Self>,
        wish: Wish,
    ) -> Result<ExecutionRecord, ServiceError> {
        let (_, task) = self.start_express(wish)?;
        match task.await {
            Ok(Some(record)) => Ok(record),
            _ => Err(ServiceError::internal(&"the execution was cut off")),
        }
    }

    /// Starts an express execution, of which nothing is kept.
    pub(crate) fn start_express(
        self: &Arc<Self>,
        wish: Wish,
    ) -> Result<((String, i64), Task), ServiceError> {
        self.check_room()?;
        let now = self.now().as_millis();
        let id = landline_wire::request_id::uuid();
        let (machine, name) = (&wish.known.record.name, &wish.name);
        let arn = self.arn(&format!("express:{machine}:{name}:{id}"));
        let record = wish.record(arn.clone(), now);
        let (this, machine) = (self.clone(), wish.machine.clone());
        let run = Run::new(this, record, machine, Kind::Express, &wish.revision);
        let strand = first_strand(&run, wish.input);
        self.executions.express.fetch_add(1, Ordering::Relaxed);
        let (this, stop) = (self.clone(), self.stop.clone());
        let conducted = async move {
            let running = Running::default();
            let conducted = run.conduct(strand, &running);
            let ended = stop.run_until_cancelled(conducted).await;
            this.executions.express.fetch_sub(1, Ordering::Relaxed);
            ended
        };
        let task = self.tasks.spawn_on(conducted, &self.runtime);
        Ok(((arn, now), task))
    }

    /// Goes on with an execution where it was.
    pub(super) fn resume_execution(self: &Arc<Self>, key: &str) -> Result<(), StoreError> {
        let store = &*self.config.store;
        let Some(record) = EXECUTIONS.get(store, key)? else {
            return Ok(());
        };
        let Some((revision, machine)) = self.beginning(&record)? else {
            tracing::error!(
                execution = record.arn,
                "the definition that an execution began with can be read no more; it stays where it is"
            );
            return Ok(());
        };
        let running = Arc::new(Running::of(&record));
        let run = Run::new(self.clone(), record, machine, Kind::Standard, &revision);
        *run.last_event.lock() = last_event(store, key)?;
        let strand = if let Some(record) = STRANDS.get(store, &format!("{key}|"))? {
            Strand::new(String::new(), record)
        } else {
            // It was accepted, and did nothing yet.
            let input = serde_json::from_str(&run.record.input).unwrap_or_default();
            first_strand(&run, input)
        };
        self.set_off(run, strand, running);
        Ok(())
    }

    /// What an execution began with, and goes on with; `None` when it can be read no more.
    pub(super) fn beginning(
        &self,
        record: &ExecutionRecord,
    ) -> Result<Option<(Revision, Arc<definition::Machine>)>, StoreError> {
        let key = revision_key(&record.machine, &record.revision_id);
        let Some(revision) = REVISIONS.get(&*self.config.store, &key)? else {
            return Ok(None);
        };
        let kind = Kind::Standard.for_definition();
        let machine = definition::parse(&revision.definition, kind).ok();
        Ok(machine.map(|machine| (revision, Arc::new(machine))))
    }
}

enum StartFailure {
    Exists,
    Store(StoreError),
}

impl From<StoreError> for StartFailure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// The number of the last event that was written down.
pub(super) fn last_event(
    store: &dyn landline_store::Store,
    execution: &str,
) -> Result<u64, StoreError> {
    let events = store.read(|reader| HISTORY.list_in(reader, &format!("{execution}|")))?;
    let last = events
        .last()
        .and_then(|(_, event)| event.get("id")?.as_u64());
    Ok(last.unwrap_or_default())
}
