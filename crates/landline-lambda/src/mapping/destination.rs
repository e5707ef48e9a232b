//! Where Lambda tells what became of an event: a queue, a topic, an event bus, a function.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html>

use landline_api::{events, lambda as api, sns, sqs};
use landline_wire::{Arn, Caller};
use serde_json::Value;

use super::record::queue_url;
use crate::Lambda;

/// Sends a record of an event to the resource with this ARN. What cannot be sent is logged: the
/// event itself is over.
pub(crate) async fn send(lambda: &Lambda, arn: &str, record: &Value) {
    let service = Arn::parse(arn).map(|arn| arn.service);
    let sent = match service {
        Some("lambda") => to_function(lambda, arn, record).await,
        Some("sqs") => to_queue(lambda, arn, record).await,
        Some("sns") => to_topic(lambda, arn, record).await,
        Some("events") => to_bus(lambda, arn, record).await,
        _ => Err("no such service answers here".to_owned()),
    };
    if let Err(reason) = sent {
        tracing::warn!(destination = arn, reason, "the record of an event is lost");
    }
}

/// An event that was given up, for the queue or the topic of its function's `DeadLetterConfig`.
///
/// <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#invocation-dlq>
pub(crate) struct DeadLetter<'a> {
    /// The event itself.
    pub(crate) payload: &'a str,
    pub(crate) request_id: &'a str,
    /// What the function said last, if it ran.
    pub(crate) error: Option<String>,
}

impl DeadLetter<'_> {
    /// Sends it, with attributes that say why. What cannot be sent is logged.
    pub(crate) async fn send(&self, lambda: &Lambda, arn: &str) {
        let caller = Caller::root(&lambda.config.account_id, &lambda.config.region);
        let dispatcher = &lambda.config.dispatcher;
        let sent = match Arn::parse(arn).map(|arn| arn.service) {
            Some("sqs") => {
                let attributes = self.attributes().into_iter().map(|(name, kind, text)| {
                    let value = sqs::MessageAttributeValue {
                        data_type: kind.to_owned(),
                        string_value: Some(text),
                        ..Default::default()
                    };
                    (name.to_owned(), value)
                });
                let input = sqs::SendMessageInput {
                    queue_url: queue_url(arn),
                    message_body: self.payload.to_owned(),
                    message_attributes: Some(attributes.collect()),
                    ..Default::default()
                };
                let sent = dispatcher.call::<sqs::SendMessage>(input, &caller).await;
                sent.map(drop).map_err(|error| error.to_string())
            }
            Some("sns") => {
                let attributes = self.attributes().into_iter().map(|(name, kind, text)| {
                    let value = sns::MessageAttributeValue {
                        data_type: kind.to_owned(),
                        string_value: Some(text),
                        ..Default::default()
                    };
                    (name.to_owned(), value)
                });
                let input = sns::PublishInput {
                    topic_arn: Some(arn.to_owned()),
                    message: self.payload.to_owned(),
                    message_attributes: Some(attributes.collect()),
                    ..Default::default()
                };
                let sent = dispatcher.call::<sns::Publish>(input, &caller).await;
                sent.map(drop).map_err(|error| error.to_string())
            }
            _ => Err("it is no queue and no topic".to_owned()),
        };
        if let Err(reason) = sent {
            tracing::warn!(destination = arn, reason, "a dead letter is lost");
        }
    }

    /// Name, type and value of what is told beside the event.
    fn attributes(&self) -> Vec<(&'static str, &'static str, String)> {
        let mut all = vec![
            ("RequestID", "String", self.request_id.to_owned()),
            ("ErrorCode", "Number", "200".to_owned()),
        ];
        let error = self.error.as_deref().filter(|text| !text.is_empty());
        if let Some(text) = error {
            let end = text.floor_char_boundary(ERROR_MESSAGE_MAX);
            all.push(("ErrorMessage", "String", text[..end].to_owned()));
        }
        all
    }
}

/// Bytes of a message that a dead letter tells.
const ERROR_MESSAGE_MAX: usize = 1024;

async fn to_function(lambda: &Lambda, arn: &str, record: &Value) -> Result<(), String> {
    let caller = Caller::root(&lambda.config.account_id, &lambda.config.region);
    let input = api::InvokeInput {
        function_name: arn.to_owned(),
        invocation_type: Some(api::InvocationType::Event),
        payload: Some(record.to_string().into()),
        ..Default::default()
    };
    let invoked = lambda.config.dispatcher.call::<api::Invoke>(input, &caller);
    invoked.await.map(drop).map_err(|error| error.to_string())
}

async fn to_queue(lambda: &Lambda, arn: &str, record: &Value) -> Result<(), String> {
    let caller = Caller::root(&lambda.config.account_id, &lambda.config.region);
    let input = sqs::SendMessageInput {
        queue_url: queue_url(arn),
        message_body: record.to_string(),
        ..Default::default()
    };
    let sent = lambda
        .config
        .dispatcher
        .call::<sqs::SendMessage>(input, &caller);
    sent.await.map(drop).map_err(|error| error.to_string())
}

async fn to_topic(lambda: &Lambda, arn: &str, record: &Value) -> Result<(), String> {
    let caller = Caller::root(&lambda.config.account_id, &lambda.config.region);
    let input = sns::PublishInput {
        topic_arn: Some(arn.to_owned()),
        message: record.to_string(),
        ..Default::default()
    };
    let sent = lambda
        .config
        .dispatcher
        .call::<sns::Publish>(input, &caller);
    sent.await.map(drop).map_err(|error| error.to_string())
}

/// <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html>
async fn to_bus(lambda: &Lambda, arn: &str, record: &Value) -> Result<(), String> {
    let caller = Caller::root(&lambda.config.account_id, &lambda.config.region);
    let outcome = match record["requestContext"]["condition"].as_str() {
        Some("Success") => "Success",
        _ => "Failure",
    };
    let entry = events::PutEventsRequestEntry {
        source: Some("lambda".to_owned()),
        detail_type: Some(format!(
            "Lambda Function Invocation Result \u{2013} {outcome}"
        )),
        detail: Some(record.to_string()),
        event_bus_name: Some(arn.to_owned()),
        ..Default::default()
    };
    let input = events::PutEventsInput {
        entries: vec![entry],
        ..Default::default()
    };
    let sent = lambda
        .config
        .dispatcher
        .call::<events::PutEvents>(input, &caller);
    sent.await.map(drop).map_err(|error| error.to_string())
}
