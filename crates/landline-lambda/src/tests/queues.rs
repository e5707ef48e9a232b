//! Functions that are called with what a queue holds.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use landline_api::{lambda as api, sqs};
use landline_wire::DispatcherBuilder;
use parking_lot::Mutex;
use serde_json::{Value, json};

use super::{Fixture, create_input, eventually};
use crate::InProcess;

const ARN: &str = "arn:aws:sqs:us-east-1:000000000000:jobs";

/// Messages that a test sends and handles that the mapping deletes.
#[derive(Debug, Clone, Default)]
struct FakeQueue {
    messages: Arc<Mutex<Vec<sqs::Message>>>,
    deleted: Arc<Mutex<Vec<String>>>,
    sent: Arc<Mutex<Vec<Value>>>,
}

impl FakeQueue {
    fn send(&self, id: &str, body: &str) {
        self.messages.lock().push(sqs::Message {
            message_id: Some(id.into()),
            receipt_handle: Some(format!("handle-{id}")),
            body: Some(body.into()),
            md5_of_body: Some("digest".into()),
            attributes: Some([("SentTimestamp".to_owned(), "1".to_owned())].into()),
            ..Default::default()
        });
    }

    fn register(&self, builder: &mut DispatcherBuilder) {
        builder.register_fn::<sqs::GetQueueAttributes, _>(|input, _| {
            if input.queue_url.ends_with("/000000000000/jobs") {
                return Ok(sqs::GetQueueAttributesOutput {
                    attributes: Some([("VisibilityTimeout".into(), "30".into())].into()),
                });
            }
            let text = "The specified queue does not exist.";
            Err(sqs::errors::QueueDoesNotExist.with(text))
        });
        let messages = self.messages.clone();
        builder.register_fn::<sqs::ReceiveMessage, _>(move |input, _| {
            let mut messages = messages.lock();
            let max = usize::try_from(input.max_number_of_messages.unwrap_or(1)).unwrap();
            let count = messages.len().min(max);
            Ok(sqs::ReceiveMessageOutput {
                messages: Some(messages.drain(..count).collect()),
            })
        });
        let sent = self.sent.clone();
        builder.register_fn::<sqs::SendMessage, _>(move |input, _| {
            let body = serde_json::from_str(&input.message_body);
            sent.lock().push(body.unwrap());
            Ok(sqs::SendMessageOutput::default())
        });
        let deleted = self.deleted.clone();
        builder.register_fn::<sqs::DeleteMessageBatch, _>(move |input, _| {
            let handles = input.entries.into_iter().map(|entry| entry.receipt_handle);
            deleted.lock().extend(handles);
            Ok(sqs::DeleteMessageBatchOutput {
                successful: Vec::new(),
                failed: Vec::new(),
            })
        });
    }
}

/// A function that reads a queue, and every event that it got.
struct Reader {
    fixture: Fixture,
    queue: FakeQueue,
    events: Arc<Mutex<Vec<Value>>>,
}

impl Reader {
    async fn new(answer: impl Fn(&Value) -> Result<Value, ()> + Send + Sync + 'static) -> Self {
        let events = Arc::new(Mutex::new(Vec::new()));
        let seen = events.clone();
        let runtime = InProcess::new(move |_, event: Bytes| {
            let event: Value = serde_json::from_slice(&event).unwrap();
            let answered = answer(&event);
            seen.lock().push(event);
            async move {
                let answered = answered.map_err(|()| Bytes::from_static(b"{}"))?;
                Ok(answered.to_string().into())
            }
        });
        let queue = FakeQueue::default();
        let fixture = Fixture::beside(
            |builder| queue.register(builder),
            |config| {
                config.runtime = Some(Arc::new(runtime));
                config.limits.poll_interval = Duration::from_millis(5);
                config.limits.poll_retry_delay = Duration::from_millis(1);
            },
        )
        .await;
        let input = create_input("reader", "python3.12", &[("app.py", "")]);
        fixture.create(input).await.unwrap();
        Self {
            fixture,
            queue,
            events,
        }
    }

    async fn map(&self, input: api::CreateEventSourceMappingInput) {
        let asked = self.fixture.ask::<api::CreateEventSourceMapping>(input);
        asked.await.unwrap();
    }

    async fn deleted(&self, expected: &[&str]) {
        eventually("deletions", || {
            self.queue.deleted.lock().len() >= expected.len()
        })
        .await;
        assert_eq!(*self.queue.deleted.lock(), expected);
    }
}

fn input() -> api::CreateEventSourceMappingInput {
    api::CreateEventSourceMappingInput {
        event_source_arn: Some(ARN.into()),
        function_name: "reader".into(),
        ..Default::default()
    }
}

#[tokio::test]
async fn a_message_arrives_in_the_form_of_lambda_and_is_deleted_when_it_is_taken() {
    let reader = Reader::new(|_| Ok(Value::Null)).await;
    reader.queue.send("a", "hello");
    reader.map(input()).await;
    reader.deleted(&["handle-a"]).await;
    let expected = json!({ "Records": [{
        "messageId": "a",
        "receiptHandle": "handle-a",
        "body": "hello",
        "attributes": { "SentTimestamp": "1" },
        "messageAttributes": {},
        "md5OfBody": "digest",
        "eventSource": "aws:sqs",
        "eventSourceARN": ARN,
        "awsRegion": "us-east-1",
    }]});
    assert_eq!(*reader.events.lock(), [expected]);
}

#[tokio::test]
async fn what_a_function_reports_as_failed_stays_in_the_queue() {
    let answer = json!({ "batchItemFailures": [{ "itemIdentifier": "b" }] });
    let reader = Reader::new(move |_| Ok(answer.clone())).await;
    for id in ["a", "b", "c"] {
        reader.queue.send(id, id);
    }
    let types = vec![api::FunctionResponseType::ReportBatchItemFailures];
    let input = api::CreateEventSourceMappingInput {
        function_response_types: Some(types),
        ..input()
    };
    reader.map(input).await;
    reader.deleted(&["handle-a", "handle-c"]).await;
}

#[tokio::test]
async fn nothing_of_a_batch_is_deleted_when_the_function_fails() {
    let reader = Reader::new(|event| {
        let is_bad = event["Records"][0]["body"] == "bad";
        if is_bad { Err(()) } else { Ok(Value::Null) }
    })
    .await;
    reader.queue.send("a", "bad");
    reader.map(input()).await;
    eventually("the first call", || reader.events.lock().len() == 1).await;
    reader.queue.send("b", "good");
    reader.deleted(&["handle-b"]).await;
}

#[tokio::test]
async fn a_filter_looks_into_a_body_and_deletes_what_it_does_not_let_through() {
    let reader = Reader::new(|_| Ok(Value::Null)).await;
    reader.queue.send("a", r#"{"kind": "x"}"#);
    reader.queue.send("b", r#"{"kind": "y"}"#);
    let pattern = r#"{"body": {"kind": ["y"]}}"#.to_owned();
    let filter = api::Filter {
        pattern: Some(pattern),
    };
    let input = api::CreateEventSourceMappingInput {
        filter_criteria: Some(api::FilterCriteria {
            filters: Some(vec![filter]),
        }),
        ..input()
    };
    reader.map(input).await;
    reader.deleted(&["handle-a", "handle-b"]).await;
    let events = reader.events.lock();
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["Records"][0]["messageId"], "b");
}

#[tokio::test]
async fn a_window_gathers_more_than_a_queue_gives_at_once() {
    let reader = Reader::new(|_| Ok(Value::Null)).await;
    for number in 0..12 {
        reader.queue.send(&number.to_string(), "x");
    }
    let input = api::CreateEventSourceMappingInput {
        batch_size: Some(12),
        maximum_batching_window_in_seconds: Some(60),
        ..input()
    };
    reader.map(input).await;
    eventually("the call", || reader.events.lock().len() == 1).await;
    let events = reader.events.lock();
    assert_eq!(events[0]["Records"].as_array().unwrap().len(), 12);
}

#[tokio::test]
async fn a_mapping_of_a_queue_that_is_not_there_is_refused() {
    let reader = Reader::new(|_| Ok(Value::Null)).await;
    let input = api::CreateEventSourceMappingInput {
        event_source_arn: Some(ARN.replace("jobs", "none")),
        ..input()
    };
    let asked = reader.fixture.ask::<api::CreateEventSourceMapping>(input);
    let refused = asked.await.unwrap_err();
    assert_eq!(refused.code, "InvalidParameterValueException");
    assert!(
        refused.message.contains("does not exist"),
        "{}",
        refused.message
    );
}

#[tokio::test]
async fn a_function_that_may_run_longer_than_its_messages_are_hidden_is_refused() {
    let reader = Reader::new(|_| Ok(Value::Null)).await;
    let slow = api::CreateFunctionInput {
        timeout: Some(31),
        ..create_input("slow", "python3.12", &[("app.py", "")])
    };
    reader.fixture.create(slow).await.unwrap();
    let input = api::CreateEventSourceMappingInput {
        function_name: "slow".into(),
        ..input()
    };
    let asked = reader.fixture.ask::<api::CreateEventSourceMapping>(input);
    assert_eq!(
        asked.await.unwrap_err().message,
        "Queue visibility timeout: 30 seconds is less than Function timeout: 31 seconds"
    );
}

#[tokio::test]
async fn a_queue_is_told_what_became_of_an_event() {
    let reader = Reader::new(|_| Ok(json!("done"))).await;
    let destination = api::OnSuccess {
        destination: Some(ARN.into()),
    };
    let input = api::PutFunctionEventInvokeConfigInput {
        function_name: "reader".into(),
        destination_config: Some(api::DestinationConfig {
            on_success: Some(destination),
            on_failure: None,
        }),
        ..Default::default()
    };
    let put = reader
        .fixture
        .ask::<api::PutFunctionEventInvokeConfig>(input);
    put.await.unwrap();
    let input = api::InvokeInput {
        function_name: "reader".into(),
        invocation_type: Some(api::InvocationType::Event),
        payload: Some(Bytes::from_static(b"{}")),
        ..Default::default()
    };
    reader.fixture.ask::<api::Invoke>(input).await.unwrap();
    eventually("the message", || !reader.queue.sent.lock().is_empty()).await;
    let told = &reader.queue.sent.lock()[0];
    assert_eq!(told["requestContext"]["condition"], "Success");
    assert_eq!(told["responsePayload"], "done");
}

#[tokio::test]
async fn an_event_that_is_given_up_goes_to_the_dead_letter_queue() {
    let letters = Arc::new(Mutex::new(Vec::new()));
    let seen = letters.clone();
    let runtime = InProcess::new(|_, _: Bytes| async {
        Err(Bytes::from_static(b"{\"errorMessage\":\"no luck\"}"))
    });
    let fixture = Fixture::beside(
        move |builder| {
            builder.register_fn::<sqs::SendMessage, _>(move |input, _| {
                seen.lock().push(input);
                Ok(sqs::SendMessageOutput::default())
            });
        },
        |config| {
            config.runtime = Some(Arc::new(runtime));
            config.limits.async_retry_delays = Vec::new();
        },
    )
    .await;
    let input = api::CreateFunctionInput {
        dead_letter_config: Some(api::DeadLetterConfig {
            target_arn: Some(ARN.into()),
        }),
        ..create_input("work", "python3.12", &[("app.py", "")])
    };
    fixture.create(input).await.unwrap();
    let invoked = fixture.call(api::InvokeInput {
        function_name: "work".into(),
        invocation_type: Some(api::InvocationType::Event),
        payload: Some("{\"job\":1}".into()),
        ..Default::default()
    });
    assert_eq!(invoked.await.unwrap().status, 202);
    eventually("a dead letter", || !letters.lock().is_empty()).await;
    let letter = letters.lock().remove(0);
    assert!(letter.queue_url.ends_with("/jobs"), "{}", letter.queue_url);
    assert_eq!(letter.message_body, "{\"job\":1}");
    let attributes = letter.message_attributes.unwrap();
    let text = |name: &str| attributes[name].string_value.as_deref();
    assert_eq!(text("ErrorCode"), Some("200"));
    assert_eq!(text("ErrorMessage"), Some("no luck"));
    assert!(text("RequestID").is_some());
}
