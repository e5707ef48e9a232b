//! From a batch of a shard to its outcome: the call, its repetition, its halves, and what is
//! given up.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html>

use std::collections::VecDeque;
use std::time::Duration;

use landline_api::lambda as api;
use landline_wire::{Caller, Timestamp};
use serde_json::{Value, json};

use super::Poller;
use super::event::{Event, payload};
use super::response::{Verdict, verdict};
use crate::mapping::destination;
use crate::mapping::record::Checkpoint;

/// The shard that batches come from.
pub(super) struct Shard<'a> {
    pub(super) poller: &'a Poller,
    pub(super) id: &'a str,
}

/// Records that are handed over in one call.
#[derive(Debug)]
struct Part {
    events: Vec<Event>,
    /// Calls with them that failed.
    failures: u32,
}

/// How one call ended.
#[derive(Debug)]
pub(super) enum Attempt {
    Ended(Verdict, Call),
    /// The function was not called: it is throttled, or is not there.
    NotCalled,
}

/// A call, as the destination of failures is told of it.
#[derive(Debug, Clone)]
pub(super) struct Call {
    request_id: String,
    version: String,
    failed: bool,
}

/// Why records are given up.
#[derive(Debug, Clone, Copy)]
enum GivenUp {
    RetriesExhausted,
    TooOld,
}

impl Shard<'_> {
    /// Hands over the batch until all of it is taken or given up.
    pub(super) async fn hand_over(&self, events: Vec<Event>) {
        let mut parts = VecDeque::from([Part {
            events,
            failures: 0,
        }]);
        let mut last_call = None;
        let mut delay = self.poller.lambda.config.limits.poll_retry_delay;
        while let Some(mut part) = parts.pop_front() {
            self.drop_old(&mut part, last_call.as_ref()).await;
            if part.events.is_empty() {
                continue;
            }
            match self.poller.attempt(&part.events).await {
                Attempt::NotCalled => {
                    self.poller.mapping.told(CALL_FAILED);
                    parts.push_front(part);
                    pause(&mut delay).await;
                }
                Attempt::Ended(Verdict::Done, _) => {
                    self.poller.mapping.told(OK);
                    delay = self.poller.lambda.config.limits.poll_retry_delay;
                    // The last part is remembered together with what nobody wanted behind it.
                    if !parts.is_empty() {
                        self.remember(part.events.last()).await;
                    }
                }
                Attempt::Ended(verdict, call) => {
                    self.poller.mapping.told(CALL_FAILED);
                    let first = match verdict {
                        Verdict::FailedAt(places) => places.first().copied().unwrap_or_default(),
                        Verdict::Done | Verdict::Failed => 0,
                    };
                    self.retry(part, first, &call, &mut parts, &mut delay).await;
                    last_call = Some(call);
                }
            }
        }
    }

    /// Puts back what is to be tried again, from the first record that failed.
    async fn retry(
        &self,
        mut part: Part,
        first: usize,
        call: &Call,
        parts: &mut VecDeque<Part>,
        delay: &mut Duration,
    ) {
        let settings = &self.poller.mapping.record;
        if first > 0 {
            let rest = part.events.split_off(first);
            self.remember(part.events.last()).await;
            part = Part {
                events: rest,
                failures: 0,
            };
        }
        // Halving a batch does not count as a repetition.
        if settings.bisects && first == 0 && part.events.len() > 1 {
            let second = part.events.split_off(part.events.len().div_ceil(2));
            let failures = part.failures;
            parts.push_front(Part {
                events: second,
                failures,
            });
            parts.push_front(part);
            return;
        }
        part.failures += 1;
        if settings.max_retries.is_some_and(|max| part.failures > max) {
            let why = GivenUp::RetriesExhausted;
            self.give_up(&part.events, part.failures, why, Some(call))
                .await;
            return;
        }
        parts.push_front(part);
        pause(delay).await;
    }

    /// Gives up what is older than the mapping allows, or than the stream keeps.
    async fn drop_old(&self, part: &mut Part, call: Option<&Call>) {
        let seconds = self.poller.mapping.record.max_age_seconds;
        let max_age = i64::from(seconds.unwrap_or(RETENTION_SECONDS)) * 1000;
        let oldest = self.poller.lambda.config.clock.now().as_millis() - max_age;
        let count = part
            .events
            .iter()
            .take_while(|event| event.arrived_millis < oldest)
            .count();
        if count > 0 {
            let rest = part.events.split_off(count);
            let old = std::mem::replace(&mut part.events, rest);
            self.give_up(&old, part.failures, GivenUp::TooOld, call)
                .await;
        }
    }

    async fn give_up(&self, events: &[Event], failures: u32, why: GivenUp, call: Option<&Call>) {
        let record = &self.poller.mapping.record;
        tracing::debug!(
            mapping = record.uuid,
            records = events.len(),
            "records are given up"
        );
        if let Some(destination) = &record.on_failure {
            let told = self.failure_record(events, failures, why, call);
            destination::send(&self.poller.lambda, destination, &told).await;
        }
        self.remember(events.last()).await;
    }

    /// What the destination is told: where the records are, not what is in them.
    fn failure_record(
        &self,
        events: &[Event],
        failures: u32,
        why: GivenUp,
        call: Option<&Call>,
    ) -> Value {
        let at = |event: Option<&Event>| {
            let millis = event.map_or(0, |event| event.arrived_millis);
            Timestamp::from_millis(millis).iso8601_millis()
        };
        let id = |event: Option<&Event>| event.map(|event| event.id.clone());
        let (first, last) = (events.first(), events.last());
        let context = call.map(|call| {
            json!({
                "statusCode": 200,
                "executedVersion": call.version,
                "functionError": call.failed.then_some("Unhandled"),
            })
        });
        json!({
            "requestContext": {
                "requestId": call.map(|call| call.request_id.clone()),
                "functionArn": self.poller.function_arn(),
                "condition": why.as_str(),
                "approximateInvokeCount": failures,
            },
            "responseContext": context,
            "version": "1.0",
            "timestamp": self.poller.lambda.config.clock.now().iso8601_millis(),
            "DDBStreamBatchInfo": {
                "shardId": self.id,
                "startSequenceNumber": id(first),
                "endSequenceNumber": id(last),
                "approximateArrivalOfFirstRecord": at(first),
                "approximateArrivalOfLastRecord": at(last),
                "batchSize": events.len(),
                "streamArn": self.poller.mapping.record.source_arn,
            },
        })
    }

    async fn remember(&self, done: Option<&Event>) {
        if let Some(event) = done {
            let checkpoint = Checkpoint::After(event.id.clone());
            self.poller.remember(self.id, checkpoint).await;
        }
    }
}

impl Poller {
    /// Calls the function once.
    pub(super) async fn attempt(&self, events: &[Event]) -> Attempt {
        let record = &self.mapping.record;
        let request_id = landline_wire::request_id::uuid();
        let caller = Caller {
            request_id: request_id.as_str().into(),
            ..self.caller.clone()
        };
        let input = api::InvokeInput {
            function_name: record.function.clone(),
            payload: Some(payload(events)),
            ..Default::default()
        };
        let dispatcher = &self.lambda.config.dispatcher;
        let output = match dispatcher.call::<api::Invoke>(input, &caller).await {
            Ok(output) => output,
            Err(error) => {
                tracing::debug!(mapping = record.uuid, %error, "the function was not called");
                return Attempt::NotCalled;
            }
        };
        let failed = output.function_error.is_some();
        let ended = if failed {
            Verdict::Failed
        } else if record.reports_item_failures {
            let ids: Vec<&str> = events.iter().map(|event| event.id.as_str()).collect();
            verdict(&output.payload.unwrap_or_default(), &ids)
        } else {
            Verdict::Done
        };
        let call = Call {
            request_id,
            version: output.executed_version.unwrap_or_default(),
            failed,
        };
        Attempt::Ended(ended, call)
    }

    fn function_arn(&self) -> String {
        self.lambda.arn(&self.mapping.record.function)
    }
}

impl GivenUp {
    fn as_str(self) -> &'static str {
        match self {
            Self::RetriesExhausted => "RetryAttemptsExhausted",
            Self::TooOld => "RecordAgeExceeded",
        }
    }
}

/// Waits, twice as long the next time.
pub(super) async fn pause(delay: &mut Duration) {
    tokio::time::sleep(*delay).await;
    *delay = (*delay * 2).min(MAX_DELAY);
}

/// What the API tells of the last batch.
pub(super) const OK: &str = "OK";
pub(super) const CALL_FAILED: &str = "PROBLEM: Function call failed";

/// The longest pause between two calls with the same records.
const MAX_DELAY: Duration = Duration::from_secs(30);

/// How long a stream keeps its records.
const RETENTION_SECONDS: u32 = 24 * 60 * 60;
