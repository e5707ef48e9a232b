//! `ReceiveMessage`: at once, or when something comes.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html>

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use landline_api::sqs as api;
use landline_api::sqs::errors;
use landline_store::Fate;
use landline_wire::{Caller, Handler, ServiceError};
use tokio::time::Instant;

use super::receipt::Handle;
use super::send::json;
use super::visibility::check_timeout;
use crate::errors::{WriteFailure, invalid_value, unavailable};
use crate::index::Taken;
use crate::message::{AttributeRecord, MessageRecord, md5_of, md5_of_attributes};
use crate::queue::Queue;
use crate::quotas::{BATCH_MAX, EXPIRED_MAX, IN_FLIGHT_MAX, WAIT_SECONDS_MAX};
use crate::{Sqs, arn};

/// What a caller wants.
#[derive(Debug)]
struct Wanted {
    max: usize,
    visibility_seconds: Option<i32>,
    /// Names of system attributes.
    system: Vec<String>,
    /// Names of attributes, or beginnings of them.
    attributes: Vec<String>,
}

impl Handler<api::ReceiveMessage> for Sqs {
    async fn handle(
        &self,
        input: api::ReceiveMessageInput,
        caller: &Caller,
    ) -> Result<api::ReceiveMessageOutput, ServiceError> {
        let queue = self.find(&input.queue_url)?;
        let wait = match input.wait_time_seconds {
            None => queue.state().settings.wait_seconds,
            Some(seconds) if (0..=WAIT_SECONDS_MAX).contains(&seconds) => seconds.into(),
            Some(seconds) => {
                let reason = format!("Must be >= 0 and <= {WAIT_SECONDS_MAX}, if provided.");
                return Err(invalid_value(seconds, "WaitTimeSeconds", &reason));
            }
        };
        let wanted = wanted(input)?;
        let deadline = Instant::now() + Duration::from_secs(wait.unsigned_abs());
        loop {
            // What comes after this line is heard of.
            let mut arrival = std::pin::pin!(queue.arrivals.notified());
            arrival.as_mut().enable();
            let messages = self.receive(&queue, &wanted, caller).await?;
            let is_over = Instant::now() >= deadline || self.is_closing.load(Ordering::Relaxed);
            if !messages.is_empty() || is_over {
                return Ok(api::ReceiveMessageOutput {
                    messages: (!messages.is_empty()).then_some(messages),
                });
            }
            let due = queue.index.lock().next_due();
            let hidden = due.map(|due| (due - self.now()).max(1).unsigned_abs());
            let next = hidden.map_or(deadline, |millis| {
                deadline.min(Instant::now() + Duration::from_millis(millis))
            });
            tokio::select! {
                () = arrival => {}
                () = tokio::time::sleep_until(next) => {}
            }
            // A queue that is deleted meanwhile is not there any more.
            if self.named(&queue.name)?.id != queue.id {
                return Err(crate::errors::no_queue());
            }
        }
    }
}

fn wanted(input: api::ReceiveMessageInput) -> Result<Wanted, ServiceError> {
    let max = input.max_number_of_messages.unwrap_or(1);
    let Some(count) = usize::try_from(max)
        .ok()
        .filter(|max| (1..=BATCH_MAX).contains(max))
    else {
        let reason = "Must be between 1 and 10, if provided.";
        return Err(invalid_value(max, "MaxNumberOfMessages", reason));
    };
    if let Some(seconds) = input.visibility_timeout {
        check_timeout(seconds)?;
    }
    let old = input.attribute_names.unwrap_or_default().into_iter();
    let system = input.message_system_attribute_names.unwrap_or_default();
    Ok(Wanted {
        max: count,
        visibility_seconds: input.visibility_timeout,
        system: old
            .map(|name| name.to_string())
            .chain(system.into_iter().map(|name| name.to_string()))
            .collect(),
        attributes: input.message_attribute_names.unwrap_or_default(),
    })
}

impl Wanted {
    fn has_system(&self, name: &str) -> bool {
        self.system.iter().any(|it| it == name || it == "All")
    }

    fn has_attribute(&self, name: &str) -> bool {
        self.attributes.iter().any(|wanted| {
            let beginning = wanted
                .strip_suffix(".*")
                .or_else(|| wanted.strip_suffix('*'));
            wanted == "All"
                || wanted == name
                || beginning.is_some_and(|beginning| name.starts_with(beginning))
        })
    }
}

impl Sqs {
    /// Takes what is there, after the dead letters among it have moved.
    async fn receive(
        &self,
        queue: &Arc<Queue>,
        wanted: &Wanted,
        caller: &Caller,
    ) -> Result<Vec<api::Message>, ServiceError> {
        self.tidy(queue).await;
        let settings = &queue.state().settings;
        let target = settings.redrive.as_ref().and_then(|redrive| {
            let queue = self.named(&redrive.target).ok()?;
            Some((queue, redrive.max_receives))
        });
        let visibility = wanted
            .visibility_seconds
            .map_or(settings.visibility_seconds, i64::from);
        let mut messages = Vec::new();
        while messages.len() < wanted.max {
            let taken = self.take(queue, wanted.max - messages.len(), visibility)?;
            if taken.is_empty() {
                break;
            }
            let mut dead = Vec::new();
            for taken in taken {
                let max = target.as_ref().map_or(u32::MAX, |(_, max)| *max);
                if taken.receives > max {
                    dead.push((taken.number, taken.receives - 1));
                } else if let Some(message) = self.read(queue, taken.number)? {
                    messages.push(told(queue, &message, taken, wanted));
                } else {
                    // It was deleted while it was on its way.
                    queue.index.lock().remove(taken.number);
                }
            }
            if let (Some((target, _)), false) = (&target, dead.is_empty()) {
                self.bury(queue, target, dead, caller).await?;
            }
        }
        Ok(messages)
    }

    fn take(&self, queue: &Queue, max: usize, seconds: i64) -> Result<Vec<Taken>, ServiceError> {
        let now = self.now();
        let mut index = queue.index.lock();
        index.advance(now);
        let counts = index.counts();
        if counts.in_flight >= IN_FLIGHT_MAX && counts.visible > 0 {
            return Err(errors::OverLimit.with("Too many messages in flight."));
        }
        Ok(index.take(now, now + seconds * 1000, max, || self.next_number()))
    }

    pub(super) fn read(
        &self,
        queue: &Queue,
        number: u64,
    ) -> Result<Option<MessageRecord>, ServiceError> {
        let found = self.store.get(&queue.message_key(number));
        let found = found.map_err(|error| unavailable(&error))?;
        let record = found
            .map(|bytes| serde_json::from_slice(&bytes))
            .transpose();
        record.map_err(|error| ServiceError::internal(&error))
    }

    /// Moves messages to the dead-letter queue.
    async fn bury(
        &self,
        queue: &Arc<Queue>,
        target: &Arc<Queue>,
        dead: Vec<(u64, u32)>,
        caller: &Caller,
    ) -> Result<(), ServiceError> {
        let source_arn = arn(&queue.name, caller);
        let now = self.now();
        let mut moved = Vec::new();
        for (number, receives) in &dead {
            if let Some(mut record) = self.read(queue, *number)? {
                record.receives = *receives;
                record.dead_letter_source = Some(source_arn.clone());
                record.visible_millis = now;
                // A FIFO queue's retention begins anew, another's does not.
                if target.state().settings.is_fifo {
                    record.sent_millis = now;
                }
                moved.push((*number, self.next_number(), record));
            }
        }
        self.transfer(queue, target, moved).await
    }

    /// Moves messages from one queue to another, each from its number to a new one: all of them, or none.
    pub(super) async fn transfer(
        &self,
        from: &Arc<Queue>,
        to: &Arc<Queue>,
        moved: Vec<(u64, u64, MessageRecord)>,
    ) -> Result<(), ServiceError> {
        let (from, to) = (from.clone(), to.clone());
        let written = self.store.write(move |transaction| {
            Queue::check_in(transaction, &to.name, to.id)?;
            for (former, number, record) in &moved {
                transaction.delete(from.message_key(*former));
                transaction.put(to.message_key(*number), json(record));
            }
            transaction.on_settled(move |fate| {
                if fate == Fate::Kept {
                    let mut index = from.index.lock();
                    for (former, ..) in &moved {
                        index.remove(*former);
                    }
                    drop(index);
                    let moved = moved.into_iter();
                    let moved: Vec<_> = moved.map(|(_, number, record)| (number, record)).collect();
                    to.admit(&moved);
                }
            });
            Ok::<_, WriteFailure>(())
        });
        Ok(written.await?)
    }

    /// Lets time pass for a queue, and removes what it has kept long enough.
    pub(super) async fn tidy(&self, queue: &Arc<Queue>) {
        let now = self.now();
        let retention = queue.state().settings.retention_seconds * 1000;
        let expired = {
            let mut index = queue.index.lock();
            index.advance(now);
            index.expire(now - retention, EXPIRED_MAX)
        };
        if !expired.is_empty()
            && let Err(error) = self.forget(queue, expired).await
        {
            tracing::warn!(%error, queue = queue.name, "expired messages are kept");
        }
    }
}

/// A message as its receiver asked for it.
fn told(queue: &Queue, message: &MessageRecord, taken: Taken, wanted: &Wanted) -> api::Message {
    let attributes: BTreeMap<&String, &AttributeRecord> = message
        .attributes
        .iter()
        .filter(|(name, _)| wanted.has_attribute(name))
        .collect();
    let md5 = md5_of_attributes(attributes.iter().map(|(name, value)| (*name, *value)));
    let system = system_attributes(message, taken, wanted);
    let handle = Handle {
        number: taken.number,
        receipt: taken.receipt,
    };
    let is_told = !attributes.is_empty();
    let attributes = attributes.into_iter();
    let attributes = attributes.map(|(name, value)| (name.clone(), value.to_api()));
    api::Message {
        message_id: Some(message.id.clone()),
        receipt_handle: Some(handle.text(queue)),
        md5_of_body: Some(md5_of(&message.body)),
        body: Some(message.body.clone()),
        attributes: (!system.is_empty()).then_some(system),
        md5_of_message_attributes: md5,
        message_attributes: is_told.then(|| attributes.collect()),
    }
}

fn system_attributes(
    message: &MessageRecord,
    taken: Taken,
    wanted: &Wanted,
) -> BTreeMap<String, String> {
    let all = [
        ("SenderId", Some(message.sender.clone())),
        ("SentTimestamp", Some(message.sent_millis.to_string())),
        ("ApproximateReceiveCount", Some(taken.receives.to_string())),
        (
            "ApproximateFirstReceiveTimestamp",
            Some(taken.first_received_millis.to_string()),
        ),
        ("SequenceNumber", message.sequence_number.clone()),
        ("MessageDeduplicationId", message.deduplication_id.clone()),
        ("MessageGroupId", message.group.clone()),
        ("AWSTraceHeader", message.trace_header.clone()),
        (
            "DeadLetterQueueSourceArn",
            message.dead_letter_source.clone(),
        ),
    ];
    all.into_iter()
        .filter(|(name, _)| wanted.has_system(name))
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect()
}
