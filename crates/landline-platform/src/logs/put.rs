//! `PutLogEvents`: a batch of events into one stream.

use std::ops::ControlFlow;
use std::sync::atomic::Ordering;

use landline_api::logs::{
    InputLogEvent, PutLogEvents, PutLogEventsInput, PutLogEventsOutput, RejectedLogEventsInfo,
    errors,
};
use landline_store::{Direction, Reader as _, StoreError, Transaction};
use landline_wire::{Caller, Handler, ServiceError};

use super::events::{self, EventRecord, Position};
use super::{
    Logs, MAX_GROUP_BYTES, MAX_GROUP_EVENTS, STREAMS, StreamRecord, Usage, existing_group,
    no_such_stream, stream_id,
};
use crate::{WriteFailure, unavailable};

/// A batch's messages with [`EVENT_OVERHEAD`] each may not exceed this.
const MAX_BATCH_BYTES: usize = 1_048_576;
/// What each event counts beside its message.
const EVENT_OVERHEAD: usize = 26;
/// Trimming leaves this part of what a group may keep, so that not every batch trims.
const KEPT_TENTHS: u64 = 9;

impl Handler<PutLogEvents> for Logs {
    async fn handle(
        &self,
        mut input: PutLogEventsInput,
        caller: &Caller,
    ) -> Result<PutLogEventsOutput, ServiceError> {
        let now = self.clock.now().as_millis();
        // Services of this node write as they finish, and by the clock of this node.
        let rejected = match caller.source_ip {
            Some(_) => sort_out(&mut input.log_events, now)?,
            None => None,
        };
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
        let count = u64::try_from(input.log_events.len()).unwrap_or(u64::MAX);
        let first = self.sequence.fetch_add(count, Ordering::Relaxed);
        let size = u64::try_from(bytes).unwrap_or(u64::MAX);
        let usage = self.grow(
            &group,
            Usage {
                events: count,
                bytes: size,
            },
        )?;
        let watched = self.watched_lines(&group, first, &input.log_events);
        let (group_written, stream_written) = (group.clone(), stream.clone());
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
            STREAMS.put_in(transaction, &id, &record)?;
            Ok(trim(transaction, &group, usage)?)
        });
        let trimmed = written.await?;
        self.shrink(&group_written, trimmed);
        if let Some(watched) = watched {
            let place = (group_written.as_str(), stream_written.as_str());
            self.tell(watched, place, caller).await;
        }
        Ok(PutLogEventsOutput {
            // Nobody has to give it back any more; older clients still look for it.
            next_sequence_token: Some(format!("{:056}", first.saturating_add(count))),
            rejected_log_events_info: rejected,
            rejected_entity_info: None,
        })
    }
}

/// Refuses a batch that is not in the order of time, and takes out of it what is too old or too new.
fn sort_out(
    events: &mut Vec<InputLogEvent>,
    now: i64,
) -> Result<Option<RejectedLogEventsInfo>, ServiceError> {
    if !events.is_sorted_by_key(|event| event.timestamp) {
        return Err(errors::InvalidParameterException
            .with("Log events in a single PutLogEvents request must be in chronological order."));
    }
    let old = events.partition_point(|event| event.timestamp < now - MAX_AGE_MILLIS);
    let new = events.partition_point(|event| event.timestamp <= now + MAX_LEAD_MILLIS);
    if old == 0 && new == events.len() {
        return Ok(None);
    }
    let index = |at: usize| i32::try_from(at).ok();
    let rejected = RejectedLogEventsInfo {
        too_new_log_event_start_index: index(new).filter(|_| new < events.len()),
        too_old_log_event_end_index: index(old).filter(|_| old > 0),
        expired_log_event_end_index: None,
    };
    events.truncate(new);
    events.drain(..old);
    Ok(Some(rejected))
}

/// Events may be two weeks old.
const MAX_AGE_MILLIS: i64 = 14 * 24 * 60 * 60 * 1000;

/// And two hours ahead.
const MAX_LEAD_MILLIS: i64 = 2 * 60 * 60 * 1000;

impl Usage {
    fn is_too_much(self) -> bool {
        self.events > MAX_GROUP_EVENTS || self.bytes > MAX_GROUP_BYTES
    }

    fn is_little_enough(self) -> bool {
        self.events <= MAX_GROUP_EVENTS / 10 * KEPT_TENTHS
            && self.bytes <= MAX_GROUP_BYTES / 10 * KEPT_TENTHS
    }

    fn minus(self, other: Self) -> Self {
        Self {
            events: self.events.saturating_sub(other.events),
            bytes: self.bytes.saturating_sub(other.bytes),
        }
    }
}

/// Deletes the group's oldest events when it keeps too much; what went.
fn trim(transaction: &mut Transaction<'_>, group: &str, usage: Usage) -> Result<Usage, StoreError> {
    if !usage.is_too_much() {
        return Ok(Usage::default());
    }
    let mut gone = Usage::default();
    let mut keys = Vec::new();
    transaction.scan(
        &events::of_group(group),
        Direction::Forward,
        &mut |key, value| {
            keys.push(key.to_vec());
            gone.events += 1;
            gone.bytes += events::size(value);
            if usage.minus(gone).is_little_enough() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        },
    )?;
    for key in keys {
        transaction.delete(key);
    }
    Ok(gone)
}

impl Logs {
    /// Counts what is added to a group; how much it then keeps.
    fn grow(&self, group: &str, added: Usage) -> Result<Usage, ServiceError> {
        let mut usages = self.usages.lock();
        if !usages.contains_key(group) {
            let present = self.store.read(|reader| events::usage(reader, group));
            let present = present.map_err(|error| unavailable(&error))?;
            usages.insert(group.to_owned(), present);
        }
        let usage = usages.entry(group.to_owned()).or_default();
        usage.events += added.events;
        usage.bytes += added.bytes;
        Ok(*usage)
    }

    fn shrink(&self, group: &str, gone: Usage) {
        if let Some(usage) = self.usages.lock().get_mut(group) {
            *usage = usage.minus(gone);
        }
    }
}

/// Notes an event in its stream's record.
fn note(record: &mut StreamRecord, millis: i64, now: i64) {
    record.first_event_millis = Some(record.first_event_millis.map_or(millis, |t| t.min(millis)));
    record.last_event_millis = Some(record.last_event_millis.map_or(millis, |t| t.max(millis)));
    record.last_ingestion_millis = Some(now);
}
