//! `RedriveExecution`: an execution that did not succeed goes on where it ended, with what succeeded before.
//!
//! Its strands are still where they were. Those that are done stay done; the others do once more what they did last,
//! as if they had only just come to it.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html>

use std::sync::Arc;

use landline_api::stepfunctions::errors;
use landline_store::{Fate, StoreError};
use landline_wire::{ServiceError, Timestamp};
use serde_json::json;

use super::record::{
    EXECUTIONS, ExecutionRecord, HISTORY, Phase, RUNNING, STRANDS, Status, StrandRecord, event_key,
};
use super::start::last_event;
use super::strand::Strand;
use super::{Run, Running, walk};
use crate::States;
use crate::errors::unavailable;
use crate::failure::{DATA_LIMIT_EXCEEDED, Failure};
use crate::machine::Kind;
use crate::quotas::{REDRIVABLE, REDRIVABLE_EVENTS};

/// For how long the same token asks for the same redrive.
const TOKEN_MILLIS: i64 = 15 * 60 * 1000;

enum Refused {
    /// Somebody else was faster.
    Running,
    Store(StoreError),
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

fn refusal(reason: impl Into<String>) -> ServiceError {
    errors::ExecutionNotRedrivable.with(reason)
}

impl States {
    /// Why an execution cannot be redriven, if it cannot.
    pub(crate) fn why_not_redriven(
        &self,
        record: &ExecutionRecord,
    ) -> Result<Option<String>, StoreError> {
        if matches!(record.status, Status::Running | Status::Succeeded) {
            let status = record.status.name();
            let reason = format!("Execution is {status} and cannot be redriven");
            return Ok(Some(reason));
        }
        let longest = i64::try_from(REDRIVABLE.as_millis()).unwrap_or(i64::MAX);
        let stopped = record.stopped_millis.unwrap_or(record.started_millis);
        if self.now().as_millis() - stopped > longest {
            return Ok(Some("Execution redrivable period exceeded".to_owned()));
        }
        let last = event_key(&record.key(), REDRIVABLE_EVENTS);
        let is_full = HISTORY.get(&*self.config.store, &last)?.is_some();
        Ok(is_full.then(|| "Execution history event limit exceeded".to_owned()))
    }

    /// Lets an execution go on where it ended; when this was.
    pub(crate) async fn redrive(
        self: &Arc<Self>,
        record: ExecutionRecord,
        token: Option<String>,
    ) -> Result<i64, ServiceError> {
        let now = self.now().as_millis();
        if let (Some(_), Some(millis)) = (&token, record.redriven_millis)
            && token == record.redrive_token
            && now - millis < TOKEN_MILLIS
        {
            return Ok(millis);
        }
        let reason = self.why_not_redriven(&record).map_err(unavailable)?;
        if let Some(reason) = reason {
            return Err(refusal(reason));
        }
        self.check_room()?;
        let Some((revision, machine)) = self.beginning(&record).map_err(unavailable)? else {
            return Err(refusal("Execution's state machine definition is gone"));
        };
        let is_too_large = record.failure.error.as_deref() == Some(DATA_LIMIT_EXCEEDED);
        let record = ExecutionRecord {
            status: Status::Running,
            failure: Failure::default(),
            stopped_millis: None,
            redrives: record.redrives + 1,
            redriven_millis: Some(now),
            redrive_token: token,
            ..record
        };
        let run = Run::new(self.clone(), record, machine, Kind::Standard, &revision);
        let inner = if is_too_large {
            Inner::Anew
        } else {
            Inner::Kept
        };
        self.set_off_again(run, inner).await?;
        Ok(now)
    }

    /// Writes down that an execution runs again, and lets it.
    async fn set_off_again(self: &Arc<Self>, run: Run, inner: Inner) -> Result<(), ServiceError> {
        let store = &*self.config.store;
        let key = run.key();
        let under = format!("{key}|");
        *run.last_event.lock() = last_event(store, &key).map_err(unavailable)?;
        let strands = store.read(|reader| STRANDS.list_in(reader, &under));
        let strands = strands.map_err(unavailable)?;
        let mut first = None;
        let mut others = Vec::new();
        for (strand_key, strand) in strands {
            let again = again(strand, inner);
            if strand_key == under {
                first = Some(again);
            } else {
                others.push((strand_key, again));
            }
        }
        let first = first_again(&run, first);
        let running = Arc::new(Running::of(&run.record));
        let written = self.keep_again(run, first, others, running, inner).await;
        written.map_err(|refused| match refused {
            Refused::Running => refusal("Execution is RUNNING and cannot be redriven"),
            Refused::Store(error) => unavailable(error),
        })
    }

    async fn keep_again(
        self: &Arc<Self>,
        run: Run,
        mut first: Strand,
        others: Vec<(String, StrandRecord)>,
        running: Arc<Running>,
        inner: Inner,
    ) -> Result<(), Refused> {
        let this = self.clone();
        let key = run.key();
        let record = run.record.clone();
        let events = first.number(&run);
        let kept = self.config.store.write(move |transaction| {
            let before = EXECUTIONS.get_in(transaction, &key)?;
            if before.is_none_or(|before| before.status == Status::Running) {
                return Err(Refused::Running);
            }
            let under = format!("{key}|");
            STRANDS.delete_under_in(transaction, &under)?;
            STRANDS.put_in(transaction, &under, &first.record)?;
            if inner == Inner::Kept {
                for (strand_key, strand) in &others {
                    STRANDS.put_in(transaction, strand_key, strand)?;
                }
            }
            for (id, event) in &events {
                HISTORY.put_in(transaction, &event_key(&key, *id), event)?;
            }
            EXECUTIONS.put_in(transaction, &key, &record)?;
            RUNNING.put_in(transaction, &key, &())?;
            transaction.on_settled(move |fate| {
                if fate == Fate::Kept {
                    run.log(&events);
                    this.set_off(run, first, running);
                }
            });
            Ok(())
        });
        kept.await
    }
}

/// What becomes of branches and iterations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inner {
    /// Those that are done stay so.
    Kept,
    /// What they gave was too much, and is asked for once more.
    Anew,
}

/// A strand that does once more what it did last.
fn again(mut strand: StrandRecord, inner: Inner) -> StrandRecord {
    let is_kept = match strand.phase {
        Phase::Done { .. } => true,
        Phase::Fanned { .. } => inner == Inner::Kept,
        _ => false,
    };
    if !is_kept {
        strand.phase = Phase::Entered;
    }
    strand.retries.clear();
    strand
}

/// The first strand, with the event that tells of the redrive.
fn first_again(run: &Run, record: Option<StrandRecord>) -> Strand {
    let has_begun = record.is_some();
    let mut strand = Strand::new(String::new(), record.unwrap_or_default());
    let details = json!({ "redriveCount": run.record.redrives });
    let name = "executionRedrivenEventDetails";
    strand.note("ExecutionRedriven", name, details);
    if !has_begun {
        // It was ended before it came to its first state.
        let input = serde_json::from_str(&run.record.input).unwrap_or_default();
        walk::enter_first(run, &run.machine, &mut strand, input);
    }
    strand
}

/// When an execution was last redriven, as the API tells.
pub(crate) fn redriven(record: &ExecutionRecord) -> Option<Timestamp> {
    record.redriven_millis.map(Timestamp::from_millis)
}
