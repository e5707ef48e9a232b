//! A queue: its messages in batches, several calls at one time.
//!
//! What the function took is deleted; what it did not take comes again when its visibility
//! timeout has ended, until the queue's own policy makes it a dead letter.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html>

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use landline_api::sqs as api;
use landline_wire::{Arn, Caller, Dispatcher, ServiceError};
use serde_json::{Map, Value, json};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::Poller;
use super::batch::{Attempt, CALL_FAILED, OK, pause};
use super::event::{Event, FRAME};
use super::response::Verdict;
use super::stream::READ_FAILED;
use crate::mapping::record::queue_url;
use crate::quotas::MAX_PAYLOAD_BYTES;

/// A message that the function wants to see.
#[derive(Debug)]
struct Message {
    event: Event,
    receipt_handle: String,
}

/// Reads a queue until the future is dropped, and what it began with it.
pub(super) async fn read(poller: Arc<Poller>) {
    let max = poller.mapping.record.max_concurrency;
    let max = max.and_then(|max| usize::try_from(max).ok());
    let free = Arc::new(Semaphore::new(max.unwrap_or(CALLS_MAX)));
    let mut calls = JoinSet::new();
    let mut delay = poller.lambda.config.limits.poll_retry_delay;
    poller.mapping.runs();
    loop {
        while calls.try_join_next().is_some() {}
        let Ok(permit) = free.clone().acquire_owned().await else {
            return;
        };
        match poller.gather_messages().await {
            Ok(messages) => {
                delay = poller.lambda.config.limits.poll_retry_delay;
                let poller = poller.clone();
                calls.spawn(async move {
                    for messages in by_size(messages) {
                        poller.hand_over_messages(messages).await;
                    }
                    drop(permit);
                });
            }
            Err(error) => {
                poller.mapping.told(READ_FAILED);
                let mapping = &poller.mapping.record.uuid;
                tracing::debug!(mapping, %error, "a queue could not be read");
                drop(permit);
                pause(&mut delay).await;
            }
        }
    }
}

impl Poller {
    /// The next batch: full, or all that came within the window.
    async fn gather_messages(&self) -> Result<Vec<Message>, ServiceError> {
        let record = &self.mapping.record;
        let window = Duration::from_secs(record.window_seconds.into());
        let (mut messages, mut unwanted) = (Vec::new(), Vec::new());
        let mut until: Option<Instant> = None;
        loop {
            let left = until.map_or(WAIT_MAX, |until| {
                until.saturating_duration_since(Instant::now())
            });
            let max = (record.batch_size - messages.len()).min(RECEIVED_MAX);
            let received = self.receive(max, left.min(WAIT_MAX)).await?;
            if received.is_empty() {
                tokio::time::sleep(self.lambda.config.limits.poll_interval.min(left)).await;
            }
            for message in received {
                match self.wanted(message) {
                    Ok(message) => messages.push(message),
                    Err(handle) => unwanted.push(handle),
                }
            }
            // What the function does not want to see is done.
            self.delete(std::mem::take(&mut unwanted)).await;
            if messages.is_empty() {
                continue;
            }
            let until = *until.get_or_insert_with(|| Instant::now() + window);
            if messages.len() >= record.batch_size || Instant::now() >= until {
                return Ok(messages);
            }
        }
    }

    async fn receive(&self, max: usize, wait: Duration) -> Result<Vec<api::Message>, ServiceError> {
        let input = api::ReceiveMessageInput {
            queue_url: queue_url(&self.mapping.record.source_arn),
            message_system_attribute_names: Some(vec![api::MessageSystemAttributeName::All]),
            message_attribute_names: Some(vec!["All".to_owned()]),
            max_number_of_messages: i32::try_from(max).ok(),
            wait_time_seconds: i32::try_from(wait.as_secs()).ok(),
            ..Default::default()
        };
        let dispatcher = &self.lambda.config.dispatcher;
        let call = dispatcher.call::<api::ReceiveMessage>(input, &self.caller);
        Ok(call.await?.messages.unwrap_or_default())
    }

    /// The message as the function gets it, or the handle of one that it does not want to see.
    fn wanted(&self, message: api::Message) -> Result<Message, String> {
        let mapping = &self.mapping;
        let receipt_handle = message.receipt_handle.clone().unwrap_or_default();
        let event = event(&message, &mapping.record.source_arn);
        if !mapping.patterns.is_empty() {
            let seen = with_body_read(&event);
            if !mapping
                .patterns
                .iter()
                .any(|pattern| pattern.matches(&seen))
            {
                return Err(receipt_handle);
            }
        }
        let sent = message
            .attributes
            .as_ref()
            .and_then(|it| it.get("SentTimestamp"));
        let event = Event {
            id: message.message_id.unwrap_or_default(),
            arrived_millis: sent.and_then(|it| it.parse().ok()).unwrap_or_default(),
            json: event.to_string(),
        };
        Ok(Message {
            event,
            receipt_handle,
        })
    }

    /// Calls the function with a batch, and deletes what it took.
    async fn hand_over_messages(&self, messages: Vec<Message>) {
        let (events, handles): (Vec<_>, Vec<_>) = messages
            .into_iter()
            .map(|message| (message.event, message.receipt_handle))
            .unzip();
        let failed = match self.attempt(&events).await {
            Attempt::Ended(Verdict::Done, _) => Vec::new(),
            Attempt::Ended(Verdict::FailedAt(places), _) => places,
            Attempt::Ended(Verdict::Failed, _) => (0..handles.len()).collect(),
            Attempt::NotCalled => {
                self.mapping.told(CALL_FAILED);
                // A function that cannot be called now is not asked at once again.
                let mut delay = self.lambda.config.limits.poll_retry_delay;
                return pause(&mut delay).await;
            }
        };
        let told = if failed.is_empty() { OK } else { CALL_FAILED };
        self.mapping.told(told);
        let taken = handles.into_iter().enumerate();
        let taken = taken.filter(|(at, _)| failed.binary_search(at).is_err());
        self.delete(taken.map(|(_, handle)| handle).collect()).await;
    }

    /// Deletes messages. When that fails, they come again.
    async fn delete(&self, handles: Vec<String>) {
        let record = &self.mapping.record;
        for handles in handles.chunks(RECEIVED_MAX) {
            let entries = handles.iter().enumerate();
            let input = api::DeleteMessageBatchInput {
                queue_url: queue_url(&record.source_arn),
                entries: entries
                    .map(|(at, handle)| api::DeleteMessageBatchRequestEntry {
                        id: at.to_string(),
                        receipt_handle: handle.clone(),
                    })
                    .collect(),
            };
            let dispatcher = &self.lambda.config.dispatcher;
            let call = dispatcher.call::<api::DeleteMessageBatch>(input, &self.caller);
            if let Err(error) = call.await {
                tracing::debug!(mapping = record.uuid, %error, "messages are not deleted");
            }
        }
    }
}

/// How many seconds a queue, which must be there, hides what was received.
///
/// # Errors
///
/// What SQS says of it.
pub(super) async fn visibility(
    dispatcher: &Dispatcher,
    caller: &Caller,
    arn: &str,
) -> Result<i32, ServiceError> {
    let input = api::GetQueueAttributesInput {
        queue_url: queue_url(arn),
        attribute_names: Some(vec![api::QueueAttributeName::VisibilityTimeout]),
    };
    let call = dispatcher.call::<api::GetQueueAttributes>(input, caller);
    let told = call.await?.attributes.unwrap_or_default();
    let seconds = told.get("VisibilityTimeout");
    Ok(seconds
        .and_then(|text| text.parse().ok())
        .unwrap_or(i32::MAX))
}

/// A message as functions get it.
fn event(message: &api::Message, arn: &str) -> Value {
    let region = Arn::parse(arn).map_or("", |arn| arn.region);
    let attributes = message.message_attributes.iter().flatten();
    let attributes: Map<String, Value> = attributes
        .map(|(name, value)| (name.clone(), attribute(value)))
        .collect();
    let mut event = json!({
        "messageId": message.message_id,
        "receiptHandle": message.receipt_handle,
        "body": message.body,
        "attributes": message.attributes.clone().unwrap_or_default(),
        "messageAttributes": attributes,
        "md5OfBody": message.md5_of_body,
        "eventSource": "aws:sqs",
        "eventSourceARN": arn,
        "awsRegion": region,
    });
    if let Some(md5) = &message.md5_of_message_attributes {
        event["md5OfMessageAttributes"] = md5.as_str().into();
    }
    event
}

fn attribute(value: &api::MessageAttributeValue) -> Value {
    let mut told = json!({
        "stringListValues": [],
        "binaryListValues": [],
        "dataType": value.data_type,
    });
    if let Some(text) = &value.string_value {
        told["stringValue"] = text.as_str().into();
    }
    if let Some(binary) = &value.binary_value {
        told["binaryValue"] = STANDARD.encode(binary).into();
    }
    told
}

/// The event as patterns see it: a body that is JSON is looked into.
/// <https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html>
fn with_body_read(event: &Value) -> Value {
    let mut seen = event.clone();
    let body = event["body"].as_str().unwrap_or_default();
    if let Ok(body @ Value::Object(_)) = serde_json::from_str(body) {
        seen["body"] = body;
    }
    seen
}

/// A batch in parts that fit into one call each.
fn by_size(messages: Vec<Message>) -> Vec<Vec<Message>> {
    let mut parts = vec![Vec::new()];
    let mut bytes = FRAME.len();
    for message in messages {
        let length = message.event.json.len() + 1;
        let is_begun = parts.last().is_some_and(|part| !part.is_empty());
        if is_begun && bytes + length > MAX_PAYLOAD_BYTES {
            parts.push(Vec::new());
            bytes = FRAME.len();
        }
        bytes += length;
        if let Some(part) = parts.last_mut() {
            part.push(message);
        }
    }
    parts
}

/// Calls of one mapping at one time, unless it says otherwise. AWS goes up to a thousand; here
/// they share a machine.
const CALLS_MAX: usize = 10;

/// Messages that a queue gives at once.
const RECEIVED_MAX: usize = 10;

/// The longest that a queue lets one wait.
const WAIT_MAX: Duration = Duration::from_secs(20);
