//! `PutLogEvents`: a batch of events into one stream.

use std::sync::atomic::Ordering;

use landline_api::logs::{PutLogEvents, PutLogEventsInput, PutLogEventsOutput, errors};
use landline_store::Transaction;
use landline_wire::{Caller, Handler, ServiceError};

use super::events::{self, EventRecord, Position};
use super::{
    Logs, MAX_GROUP_EVENTS, STREAMS, StreamRecord, existing_group, no_such_stream, stream_id,
};
use crate::{WriteFailure, unavailable};

/// A batch's messages with [`EVENT_OVERHEAD`] each may not exceed this.
const MAX_BATCH_BYTES: usize = 1_048_576;
/// What each event counts beside its message.
const EVENT_OVERHEAD: usize = 26;
/// Trimming takes this many more than it must, so that not every batch trims.
const TRIM_SLACK: u64 = MAX_GROUP_EVENTS / 10;

impl Handler<PutLogEvents> for Logs {
    async fn handle(
        &self,
        input: PutLogEventsInput,
        _caller: &Caller,
    ) -> Result<PutLogEventsOutput, ServiceError> {
        let bytes: usize = input
            .log_events
            .iter()
            .map(|e| e.message.len() + EVENT_OVERHEAD)
            .sum();
        if bytes > MAX_BATCH_BYTES {
            let text =
                format!("Upload too large: {bytes} bytes exceeds limit of {MAX_BATCH_BYTES}");
            return Err(errors::InvalidParameterException.with(text));
        }
        let PutLogEventsInput {
            log_group_name: group,
            log_stream_name: stream,
            ..
        } = input;
        let now = self.clock.now().as_millis();
        let count = u64::try_from(input.log_events.len()).unwrap_or(u64::MAX);
        let first = self.sequence.fetch_add(count, Ordering::Relaxed);
        let surplus = self.surplus(&group, count)?;
        let written = self.store.write(move |transaction: &mut Transaction<'_>| {
            existing_group(transaction, &group)?;
            let id = stream_id(&group, &stream);
            let Some(mut record) = STREAMS.get_in(transaction, &id)? else {
                return Err(WriteFailure::from(no_such_stream()));
            };
            for (sequence, event) in (first..).zip(input.log_events) {
                note(&mut record, event.timestamp, now);
                let millis = u64::try_from(event.timestamp).unwrap_or_default();
                let event = EventRecord {
                    stream: stream.clone(),
                    message: event.message,
                    ingested_millis: now,
                };
                let value = serde_json::to_vec(&event).unwrap_or_default();
                transaction.put(events::key(&group, Position { millis, sequence }), value);
            }
            if surplus > 0 {
                for key in events::oldest(transaction, &group, surplus)? {
                    transaction.delete(key);
                }
            }
            STREAMS.put_in(transaction, &id, &record)?;
            Ok(())
        });
        written.await?;
        Ok(PutLogEventsOutput::default())
    }
}

impl Logs {
    /// How many of the group's oldest events must go for `added` new ones.
    fn surplus(&self, group: &str, added: u64) -> Result<u64, ServiceError> {
        let mut counts = self.counts.lock();
        if !counts.contains_key(group) {
            let present = self.store.read(|reader| events::count(reader, group));
            counts.insert(
                group.to_owned(),
                present.map_err(|error| unavailable(&error))?,
            );
        }
        let count = counts.entry(group.to_owned()).or_default();
        *count += added;
        if *count <= MAX_GROUP_EVENTS {
            return Ok(0);
        }
        let surplus = *count - MAX_GROUP_EVENTS + TRIM_SLACK;
        *count -= surplus;
        Ok(surplus)
    }
}

/// Notes an event in its stream's record.
fn note(record: &mut StreamRecord, millis: i64, now: i64) {
    record.first_event_millis = Some(record.first_event_millis.map_or(millis, |t| t.min(millis)));
    record.last_event_millis = Some(record.last_event_millis.map_or(millis, |t| t.max(millis)));
    record.last_ingestion_millis = Some(now);
}
