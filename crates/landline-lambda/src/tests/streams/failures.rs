//! Batches that a function does not take.

use landline_api::lambda as api;
use landline_wire::Timestamp;
use serde_json::{Value, json};

use super::fake::{ARN, sequence};
use super::{Reader, takes_all, whole_stream};
use crate::tests::eventually;

/// A function that fails whenever a batch holds the item.
fn fails_with(id: &str) -> impl Fn(&Value) -> Result<Value, ()> + Send + Sync + 'static {
    let id = id.to_owned();
    move |event| {
        let is_there = event.to_string().contains(&id);
        if is_there { Err(()) } else { Ok(Value::Null) }
    }
}

fn to_other() -> api::DestinationConfig {
    let arn = "arn:aws:lambda:us-east-1:000000000000:function:other";
    api::DestinationConfig {
        on_success: None,
        on_failure: Some(api::OnFailure {
            destination: Some(arn.into()),
        }),
    }
}

#[tokio::test]
async fn a_batch_that_fails_is_repeated_until_it_is_taken() {
    let attempts = std::sync::atomic::AtomicUsize::new(0);
    let reader = Reader::new(move |_| {
        let earlier = attempts.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        if earlier < 2 {
            Err(())
        } else {
            Ok(Value::Null)
        }
    })
    .await;
    reader.stream.write([1]);
    reader.map(whole_stream()).await.unwrap();
    reader
        .called(&[&["item-1"], &["item-1"], &["item-1"]])
        .await;
    reader.stream.write([2]);
    let calls: [&[&str]; 4] = [&["item-1"], &["item-1"], &["item-1"], &["item-2"]];
    reader.called(&calls).await;
}

#[tokio::test]
async fn a_batch_is_given_up_after_its_retries_and_told_to_the_destination() {
    let reader = Reader::new(fails_with("item-1")).await;
    reader.stream.write(1..=2);
    let input = api::CreateEventSourceMappingInput {
        maximum_retry_attempts: Some(1),
        destination_config: Some(to_other()),
        ..whole_stream()
    };
    reader.map(input).await.unwrap();
    eventually("the destination is told", || {
        reader.events.lock().len() == 3
    })
    .await;
    let told = reader.events.lock()[2].clone();
    assert_eq!(
        told["requestContext"]["condition"],
        "RetryAttemptsExhausted"
    );
    assert_eq!(told["requestContext"]["approximateInvokeCount"], 2);
    assert_eq!(told["responseContext"]["functionError"], "Unhandled");
    let info = &told["DDBStreamBatchInfo"];
    assert_eq!(info["startSequenceNumber"], sequence(1));
    assert_eq!(info["endSequenceNumber"], sequence(2));
    assert_eq!(
        (&info["batchSize"], &info["streamArn"]),
        (&json!(2), &json!(ARN))
    );
    reader.stream.write([3]);
    eventually("the next batch", || reader.events.lock().len() == 4).await;
}

#[tokio::test]
async fn halving_finds_the_record_that_fails() {
    let reader = Reader::new(fails_with("item-3")).await;
    reader.stream.write(1..=4);
    let input = api::CreateEventSourceMappingInput {
        maximum_retry_attempts: Some(0),
        bisect_batch_on_function_error: Some(true),
        ..whole_stream()
    };
    reader.map(input).await.unwrap();
    let calls: [&[&str]; 5] = [
        &["item-1", "item-2", "item-3", "item-4"],
        &["item-1", "item-2"],
        &["item-3", "item-4"],
        &["item-3"],
        &["item-4"],
    ];
    reader.called(&calls).await;
}

#[tokio::test]
async fn a_function_names_the_first_record_that_it_did_not_take() {
    let attempts = std::sync::atomic::AtomicUsize::new(0);
    let reader = Reader::new(move |_| {
        let earlier = attempts.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        if earlier > 0 {
            return Ok(json!({ "batchItemFailures": [] }));
        }
        Ok(json!({ "batchItemFailures": [
            { "itemIdentifier": sequence(3) },
            { "itemIdentifier": sequence(2) },
        ]}))
    })
    .await;
    reader.stream.write(1..=3);
    let input = api::CreateEventSourceMappingInput {
        function_response_types: Some(vec![api::FunctionResponseType::ReportBatchItemFailures]),
        ..whole_stream()
    };
    reader.map(input).await.unwrap();
    reader
        .called(&[&["item-1", "item-2", "item-3"], &["item-2", "item-3"]])
        .await;
}

#[tokio::test]
async fn a_record_that_is_too_old_is_not_handed_over() {
    let reader = Reader::new(takes_all).await;
    let long_ago = Timestamp::from_millis(1_700_000_000_000);
    reader.stream.write_at("shardId-1", 1, "old", long_ago);
    reader.stream.write([2]);
    let input = api::CreateEventSourceMappingInput {
        maximum_record_age_in_seconds: Some(60),
        ..whole_stream()
    };
    reader.map(input).await.unwrap();
    reader.called(&[&["item-2"]]).await;
}
