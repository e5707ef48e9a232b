//! One thread of an execution: where it is, and the events that it has not written down yet.

use std::sync::Arc;

use landline_store::StoreError;
use serde_json::{Map, Value, json};

use super::Run;
use super::record::{
    EXECUTIONS, ExecutionRecord, HISTORY, Phase, RUNNING, STRANDS, Status, StrandRecord, TOKENS,
    event_key,
};
use crate::failure::{Failure, RUNTIME};
use crate::quotas::EVENTS_MAX;

/// A strand, which one task moves on.
#[derive(Debug)]
pub(crate) struct Strand {
    /// Empty for the first one; `{outer}/{index}` for those within.
    pub(super) path: String,
    pub(super) record: StrandRecord,
    notes: Vec<Note>,
    /// The tokens that are of no use any more.
    spent: Vec<String>,
    /// Whether what it started has to be forgotten.
    drops_inner: bool,
}

/// An event that has no number yet.
#[derive(Debug)]
struct Note {
    kind: String,
    details: Option<(String, Value)>,
    after: After,
}

/// What an event comes after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    /// The one before, and the next one comes after it.
    Chain,
    /// The one before, and the next one passes it by.
    Aside,
    /// As the one before says, and it is the one with which a state was entered.
    Entry,
}

impl Strand {
    pub(super) fn new(path: String, record: StrandRecord) -> Self {
        Self {
            path,
            record,
            notes: Vec::new(),
            spent: Vec::new(),
            drops_inner: false,
        }
    }

    pub(super) fn has_notes(&self) -> bool {
        !self.notes.is_empty()
    }

    /// An event with details, to be written down with the next commit.
    pub(super) fn note(
        &mut self,
        kind: impl Into<String>,
        name: impl Into<String>,
        details: Value,
    ) {
        self.note_after(After::Chain, kind, Some((name.into(), details)));
    }

    /// An event of which there is nothing more to say.
    pub(super) fn note_bare(&mut self, kind: impl Into<String>) {
        self.note_after(After::Chain, kind, None);
    }

    pub(super) fn note_after(
        &mut self,
        after: After,
        kind: impl Into<String>,
        details: Option<(String, Value)>,
    ) {
        self.notes.push(Note {
            kind: kind.into(),
            details,
            after,
        });
    }

    /// Goes into a state.
    pub(super) fn enter(&mut self, kind: &str, name: &str, input: Value, now_millis: i64) {
        let details = json!({ "name": name, "input": input.to_string(), "inputDetails": { "truncated": false } });
        self.note_after(
            After::Entry,
            format!("{kind}StateEntered"),
            Some(("stateEnteredEventDetails".to_owned(), details)),
        );
        name.clone_into(&mut self.record.state);
        self.record.input = input;
        self.record.entered_millis = now_millis;
        self.record.retries.clear();
        self.record.phase = Phase::Entered;
    }

    /// Leaves the state that it is in.
    pub(super) fn exit(&mut self, kind: &str, output: &Value, assigned: &Map<String, Value>) {
        let mut details = json!({ "name": self.record.state, "output": output.to_string(), "outputDetails": { "truncated": false } });
        if !assigned.is_empty() {
            let texts = assigned.iter();
            let texts = texts.map(|(name, value)| (name.clone(), Value::from(value.to_string())));
            details["assignedVariables"] = Value::Object(texts.collect());
            details["assignedVariablesDetails"] = json!({ "truncated": false });
        }
        self.note(
            format!("{kind}StateExited"),
            "stateExitedEventDetails",
            details,
        );
        if matches!(self.record.phase, Phase::Fanned { .. }) {
            self.drops_inner = true;
        }
    }

    /// A token is of no use any more.
    pub(super) fn spend(&mut self, token_key: String) {
        self.spent.push(token_key);
    }

    /// What it started is forgotten with the next commit.
    pub(super) fn drop_inner(&mut self) {
        self.drops_inner = true;
    }

    /// Gives the events their numbers; they are as `GetExecutionHistory` shows them.
    pub(super) fn number(&mut self, run: &Run) -> Vec<(u64, Value)> {
        let now = run.now().as_epoch_seconds();
        let mut last_id = run.last_event.lock();
        let mut events = Vec::with_capacity(self.notes.len());
        for note in self.notes.drain(..) {
            *last_id += 1;
            let mut event = json!({
                "timestamp": now, "type": note.kind, "id": *last_id, "previousEventId": self.record.last,
            });
            if let Some((name, details)) = note.details {
                event[name] = details;
            }
            match note.after {
                After::Aside => {}
                After::Entry => {
                    self.record.entered = *last_id;
                    self.record.last = *last_id;
                }
                After::Chain => self.record.last = *last_id,
            }
            events.push((*last_id, event));
        }
        events
    }

    /// Writes down where the strand is, and what happened on the way there.
    pub(super) async fn commit(&mut self, run: &Run) -> Result<(), Failure> {
        let events = self.number(run);
        if events.last().is_some_and(|(id, _)| *id >= EVENTS_MAX) {
            let cause = format!(
                "The execution reached the maximum number of history events ({EVENTS_MAX})."
            );
            return Err(Failure::new(RUNTIME, cause));
        }
        let spent = std::mem::take(&mut self.spent);
        let drops_inner = std::mem::take(&mut self.drops_inner);
        let Some(store) = run.store() else {
            run.log(&events);
            return Ok(());
        };
        let key = run.key();
        let strand = format!("{key}|{}", self.path);
        let record = self.record.clone();
        let inner = drops_inner.then(|| format!("{strand}/"));
        let events = Arc::new(events);
        let kept = events.clone();
        let written = store
            .write(move |transaction| {
                for (id, event) in &*kept {
                    HISTORY.put_in(transaction, &event_key(&key, *id), event)?;
                }
                for token in &spent {
                    TOKENS.delete_in(transaction, token);
                }
                if let Some(inner) = inner {
                    STRANDS.delete_under_in(transaction, &inner)?;
                }
                STRANDS.put_in(transaction, &strand, &record)
            })
            .await;
        written.map_err(lost)?;
        run.log(&events);
        Ok(())
    }

    /// Writes down the end of the execution. Its strands stay where they are if it may be redriven.
    pub(super) async fn close(
        &mut self,
        run: &Run,
        record: ExecutionRecord,
    ) -> Result<(), StoreError> {
        let events = self.number(run);
        let Some(store) = run.store() else {
            run.log(&events);
            return Ok(());
        };
        let key = run.key();
        let first = (record.status != Status::Succeeded).then(|| self.record.clone());
        let events = Arc::new(events);
        let kept = events.clone();
        store
            .write(move |transaction| {
                for (id, event) in &*kept {
                    HISTORY.put_in(transaction, &event_key(&key, *id), event)?;
                }
                let under = format!("{key}|");
                match first {
                    Some(first) => STRANDS.put_in(transaction, &under, &first)?,
                    None => STRANDS.delete_under_in(transaction, &under)?,
                }
                TOKENS.delete_under_in(transaction, &under)?;
                RUNNING.delete_in(transaction, &key);
                EXECUTIONS.put_in(transaction, &key, &record)
            })
            .await?;
        run.log(&events);
        Ok(())
    }
}

/// What cannot be written down has not happened: the execution ends, and says why.
#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` gives")]
pub(super) fn lost(error: StoreError) -> Failure {
    tracing::error!(%error, "an execution cannot be written down");
    Failure::new(RUNTIME, "The state of the execution could not be kept.")
}
