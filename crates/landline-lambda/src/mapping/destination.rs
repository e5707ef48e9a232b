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
