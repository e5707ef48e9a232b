//! Functions that are called with what a table's stream holds.

mod failures;
pub(super) mod fake;
mod watched;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use landline_api::lambda as api;
use landline_store::{Store, open_memory};
use landline_wire::{ServiceError, Timestamp};
use parking_lot::Mutex;
use serde_json::{Value, json};

use super::{Fixture, create_input, eventually};
use crate::{InProcess, LambdaConfig};
use fake::{ARN, FakeStream, sequence};

/// A function that reads a stream, and every event that it got.
struct Reader {
    fixture: Fixture,
    stream: FakeStream,
    events: Arc<Mutex<Vec<Value>>>,
}

impl Reader {
    async fn new(answer: impl Fn(&Value) -> Result<Value, ()> + Send + Sync + 'static) -> Self {
        Self::on(open_memory(), FakeStream::new(), answer).await
    }

    /// A reader whose function answers with `answer(event)`.
    async fn on(
        store: Arc<dyn Store>,
        stream: FakeStream,
        answer: impl Fn(&Value) -> Result<Value, ()> + Send + Sync + 'static,
    ) -> Self {
        Self::configured(store, stream, |_| {}, answer).await
    }

    /// As [`on`](Self::on), with other settings than those of the other tests.
    async fn configured(
        store: Arc<dyn Store>,
        stream: FakeStream,
        configure: impl FnOnce(&mut LambdaConfig),
        answer: impl Fn(&Value) -> Result<Value, ()> + Send + Sync + 'static,
    ) -> Self {
        let events = Arc::new(Mutex::new(Vec::new()));
        let (seen, answer) = (events.clone(), Arc::new(answer));
        let runtime = InProcess::new(move |name, event: Bytes| {
            let event: Value = serde_json::from_slice(&event).unwrap();
            let answered = if name == "reader" {
                answer(&event)
            } else {
                Ok(Value::Null)
            };
            seen.lock().push(event);
            async move {
                let answered = answered.map_err(|()| Bytes::from_static(b"{}"))?;
                Ok(answered.to_string().into())
            }
        });
        let fixture = Fixture::beside(
            |builder| stream.register(builder),
            |config| {
                config.store = store;
                config.runtime = Some(Arc::new(runtime));
                config.limits.poll_interval = Duration::from_millis(5);
                config.limits.poll_retry_delay = Duration::from_millis(1);
                configure(config);
            },
        )
        .await;
        if !fixture.lambda.exists("reader") {
            for name in ["reader", "other"] {
                let input = create_input(name, "python3.12", &[("app.py", "")]);
                fixture.create(input).await.unwrap();
            }
        }
        fixture.lambda.start_mappings();
        Self {
            fixture,
            stream,
            events,
        }
    }

    async fn map(
        &self,
        input: api::CreateEventSourceMappingInput,
    ) -> Result<api::EventSourceMappingConfiguration, ServiceError> {
        self.fixture
            .dispatcher
            .call::<api::CreateEventSourceMapping>(input, &self.fixture.caller)
            .await
    }

    /// The ids of the items in each call so far.
    fn calls(&self) -> Vec<Vec<String>> {
        let ids = |event: &Value| {
            let records = event["Records"].as_array().unwrap();
            let ids = records.iter().map(|r| {
                r["dynamodb"]["Keys"]["id"]["S"]
                    .as_str()
                    .unwrap()
                    .to_owned()
            });
            ids.collect()
        };
        self.events.lock().iter().map(ids).collect()
    }

    async fn called(&self, expected: &[&[&str]]) {
        eventually("the calls", || self.calls().len() >= expected.len()).await;
        assert_eq!(self.calls(), expected);
    }
}

/// A mapping that reads all that its stream holds.
fn whole_stream() -> api::CreateEventSourceMappingInput {
    api::CreateEventSourceMappingInput {
        event_source_arn: Some(ARN.into()),
        function_name: "reader".into(),
        starting_position: Some(api::EventSourcePosition::TrimHorizon),
        ..Default::default()
    }
}

#[expect(clippy::unnecessary_wraps, reason = "others fail")]
fn takes_all(_: &Value) -> Result<Value, ()> {
    Ok(Value::Null)
}

#[tokio::test]
async fn a_record_arrives_as_the_stream_has_it() {
    let reader = Reader::new(takes_all).await;
    reader.stream.write_at(
        "shardId-1",
        1,
        "a",
        Timestamp::from_millis(4_102_444_800_000),
    );
    reader.map(whole_stream()).await.unwrap();
    reader.called(&[&["a"]]).await;
    let expected = json!({ "Records": [{
        "eventID": "event-1",
        "eventName": "INSERT",
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": "us-east-1",
        "dynamodb": {
            "ApproximateCreationDateTime": 4_102_444_800_i64,
            "Keys": { "id": { "S": "a" } },
            "NewImage": { "id": { "S": "a" } },
            "SequenceNumber": sequence(1),
            "SizeBytes": 26,
            "StreamViewType": "NEW_AND_OLD_IMAGES",
        },
        "eventSourceARN": ARN,
    }]});
    assert_eq!(reader.events.lock()[0], expected);
}

#[tokio::test]
async fn a_mapping_that_starts_at_the_end_sees_what_is_written_after_its_answer() {
    let reader = Reader::new(takes_all).await;
    reader.stream.write(1..=2);
    let input = api::CreateEventSourceMappingInput {
        starting_position: Some(api::EventSourcePosition::Latest),
        ..whole_stream()
    };
    reader.map(input).await.unwrap();
    reader.stream.write([3]);
    reader.called(&[&["item-3"]]).await;
}

#[tokio::test]
async fn records_come_in_order_and_in_batches_of_the_size() {
    let reader = Reader::new(takes_all).await;
    reader.stream.write(1..=5);
    let input = api::CreateEventSourceMappingInput {
        batch_size: Some(2),
        ..whole_stream()
    };
    reader.map(input).await.unwrap();
    let calls: [&[&str]; 3] = [&["item-1", "item-2"], &["item-3", "item-4"], &["item-5"]];
    reader.called(&calls).await;
}

#[tokio::test]
async fn a_window_gathers_records_that_come_one_by_one() {
    let reader = Reader::new(takes_all).await;
    let input = api::CreateEventSourceMappingInput {
        batch_size: Some(3),
        maximum_batching_window_in_seconds: Some(60),
        ..whole_stream()
    };
    reader.map(input).await.unwrap();
    for number in 1..=3 {
        reader.stream.write([number]);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    reader.called(&[&["item-1", "item-2", "item-3"]]).await;
}

#[tokio::test]
async fn a_function_sees_only_what_a_filter_lets_through() {
    let reader = Reader::new(takes_all).await;
    reader.stream.write(1..=4);
    let pattern = json!({ "dynamodb": { "Keys": { "id": { "S": [{ "suffix": "-3" }] } } } });
    let input = api::CreateEventSourceMappingInput {
        filter_criteria: Some(api::FilterCriteria {
            filters: Some(vec![api::Filter {
                pattern: Some(pattern.to_string()),
            }]),
        }),
        ..whole_stream()
    };
    reader.map(input).await.unwrap();
    reader.called(&[&["item-3"]]).await;
}

#[tokio::test]
async fn a_child_shard_is_read_after_its_parent() {
    let reader = Reader::new(takes_all).await;
    reader.stream.open("shardId-2", Some("shardId-1"));
    let now = landline_wire::Clock::now(&landline_wire::SystemClock);
    reader.stream.write_at("shardId-2", 2, "child", now);
    reader.stream.write_at("shardId-1", 1, "parent", now);
    reader.stream.close("shardId-1");
    reader.map(whole_stream()).await.unwrap();
    reader.called(&[&["parent"], &["child"]]).await;
}

#[tokio::test]
async fn a_restart_goes_on_behind_the_last_batch() {
    let (store, stream) = (open_memory(), FakeStream::new());
    let first = Reader::on(store.clone(), stream.clone(), takes_all).await;
    stream.write(1..=2);
    let made = first.map(whole_stream()).await.unwrap();
    first.called(&[&["item-1", "item-2"]]).await;
    let uuid = made.uuid.unwrap();
    eventually("the checkpoint", || {
        let kept = crate::mapping::record::CHECKPOINTS.get(&*store, &format!("{uuid}/shardId-1"));
        kept.unwrap().is_some()
    })
    .await;
    first.fixture.lambda.shutdown().await;
    stream.write([3]);
    let second = Reader::on(store, stream, takes_all).await;
    // The functions' code was in the first one's folder; these run none.
    second.called(&[&["item-3"]]).await;
}

#[tokio::test]
async fn a_mapping_can_be_disabled_and_goes_on_when_it_is_enabled() {
    let reader = Reader::new(takes_all).await;
    let made = reader.map(whole_stream()).await.unwrap();
    let uuid = made.uuid.unwrap();
    reader.stream.write([1]);
    reader.called(&[&["item-1"]]).await;
    let update = async |enabled| {
        let input = api::UpdateEventSourceMappingInput {
            uuid: uuid.clone(),
            enabled: Some(enabled),
            ..Default::default()
        };
        let dispatcher = &reader.fixture.dispatcher;
        let caller = &reader.fixture.caller;
        let call = dispatcher.call::<api::UpdateEventSourceMapping>(input, caller);
        call.await.unwrap();
    };
    eventually("the batch is done", || {
        reader
            .fixture
            .lambda
            .mappings
            .get(&uuid)
            .unwrap()
            .status()
            .last_result
            == "OK"
    })
    .await;
    update(false).await;
    reader.stream.write([2]);
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(reader.calls().len(), 1);
    update(true).await;
    eventually("the second record", || {
        reader.calls().last().unwrap().last().unwrap() == "item-2"
    })
    .await;
}
