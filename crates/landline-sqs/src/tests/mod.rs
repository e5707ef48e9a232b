//! Queues through their typed operations.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use landline_api::sqs as api;
use landline_store::{Store, open_memory};
use landline_wire::{
    Caller, Dispatcher, DispatcherBuilder, ManualClock, Operation, ServiceError, Timestamp,
};

use crate::Sqs;

mod former;
mod rules;

struct Fixture {
    clock: Arc<ManualClock>,
    dispatcher: Dispatcher,
    store: Arc<dyn Store>,
}

const NOW: i64 = 1_801_646_142_107;

impl Fixture {
    fn new() -> Self {
        Self::on(open_memory())
    }

    fn on(store: Arc<dyn Store>) -> Self {
        let clock = Arc::new(ManualClock::at(Timestamp::from_millis(NOW)));
        let sqs = Sqs::open(store.clone(), clock.clone(), "http://127.0.0.1:8080").unwrap();
        let mut builder = DispatcherBuilder::new();
        sqs.register(&mut builder);
        Self {
            clock,
            dispatcher: builder.seal(),
            store,
        }
    }

    async fn call<Op: Operation>(&self, input: Op::Input) -> Result<Op::Output, ServiceError> {
        let caller = Caller::root("000000000000", "eu-west-1");
        self.dispatcher.call::<Op>(input, &caller).await
    }

    async fn create(
        &self,
        name: &str,
        attributes: &[(&str, &str)],
    ) -> Result<String, ServiceError> {
        let input = api::CreateQueueInput {
            queue_name: name.into(),
            attributes: Some(texts(attributes)),
            ..Default::default()
        };
        let made = self.call::<api::CreateQueue>(input).await?;
        Ok(made.queue_url.unwrap())
    }

    async fn attribute(&self, url: &str, name: &str) -> Option<String> {
        let input = api::GetQueueAttributesInput {
            queue_url: url.into(),
            attribute_names: Some(vec!["All".into()]),
        };
        let told = self.call::<api::GetQueueAttributes>(input).await.unwrap();
        told.attributes?.remove(name)
    }

    async fn send(&self, url: &str, body: &str) -> api::SendMessageOutput {
        self.call::<api::SendMessage>(message(url, body))
            .await
            .unwrap()
    }

    async fn send_in_group(&self, url: &str, body: &str, group: &str, id: &str) -> String {
        let input = api::SendMessageInput {
            message_group_id: Some(group.into()),
            message_deduplication_id: Some(id.into()),
            ..message(url, body)
        };
        let sent = self.call::<api::SendMessage>(input).await.unwrap();
        sent.sequence_number.unwrap()
    }

    async fn receive_with(&self, input: api::ReceiveMessageInput) -> Vec<api::Message> {
        let received = self.call::<api::ReceiveMessage>(input).await.unwrap();
        received.messages.unwrap_or_default()
    }

    async fn receive(&self, url: &str) -> Vec<api::Message> {
        self.receive_with(wanted(url)).await
    }

    async fn bodies(&self, url: &str) -> Vec<String> {
        let received = self.receive(url).await.into_iter();
        received.map(|message| message.body.unwrap()).collect()
    }

    async fn delete(&self, url: &str, message: &api::Message) -> Result<(), ServiceError> {
        let input = api::DeleteMessageInput {
            queue_url: url.into(),
            receipt_handle: message.receipt_handle.clone().unwrap(),
        };
        self.call::<api::DeleteMessage>(input).await.map(|_| ())
    }

    async fn attributes(&self, url: &str) -> BTreeMap<String, String> {
        let input = api::GetQueueAttributesInput {
            queue_url: url.into(),
            attribute_names: Some(vec![api::QueueAttributeName::All]),
        };
        let got = self.call::<api::GetQueueAttributes>(input).await.unwrap();
        got.attributes.unwrap()
    }

    fn pass(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }
}

fn texts(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let pairs = pairs.iter();
    pairs
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect()
}

fn message(url: &str, body: &str) -> api::SendMessageInput {
    api::SendMessageInput {
        queue_url: url.into(),
        message_body: body.into(),
        ..Default::default()
    }
}

fn wanted(url: &str) -> api::ReceiveMessageInput {
    api::ReceiveMessageInput {
        queue_url: url.into(),
        max_number_of_messages: Some(10),
        message_system_attribute_names: Some(vec![api::MessageSystemAttributeName::All]),
        message_attribute_names: Some(vec!["All".into()]),
        ..Default::default()
    }
}

#[tokio::test]
async fn a_queue_is_made_once_and_found_by_its_name() {
    let sqs = Fixture::new();
    let url = sqs.create("jobs", &[("DelaySeconds", "5")]).await.unwrap();
    assert_eq!(url, "http://127.0.0.1:8080/000000000000/jobs");
    assert_eq!(
        sqs.create("jobs", &[("VisibilityTimeout", "30")])
            .await
            .unwrap(),
        url
    );
    let other = sqs
        .create("jobs", &[("DelaySeconds", "6")])
        .await
        .unwrap_err();
    assert_eq!(
        (other.code.as_ref(), other.message.as_str()),
        (
            "QueueNameExists",
            "A queue already exists with the same name and a different value for attribute DelaySeconds"
        )
    );
    let input = api::GetQueueUrlInput {
        queue_name: "none".into(),
        ..Default::default()
    };
    let none = sqs.call::<api::GetQueueUrl>(input).await.unwrap_err();
    assert_eq!(none.code, "QueueDoesNotExist");
    let told = sqs.attributes(&url).await;
    assert_eq!(told["QueueArn"], "arn:aws:sqs:eu-west-1:000000000000:jobs");
    assert_eq!(told["DelaySeconds"], "5");
    assert_eq!(told["MessageRetentionPeriod"], "345600");
}

#[tokio::test]
async fn a_message_is_hidden_while_it_is_received_and_gone_when_it_is_deleted() {
    let sqs = Fixture::new();
    let url = sqs.create("jobs", &[]).await.unwrap();
    let sent = sqs.send(&url, "hello").await;
    assert_eq!(
        sent.md5_of_message_body.as_deref(),
        Some("5d41402abc4b2a76b9719d911017c592")
    );
    let first = sqs.receive(&url).await;
    assert_eq!(first[0].message_id, sent.message_id);
    assert_eq!(sqs.bodies(&url).await, [""; 0]);
    assert_eq!(
        sqs.attributes(&url).await["ApproximateNumberOfMessagesNotVisible"],
        "1"
    );
    sqs.pass(30);
    let again = sqs.receive(&url).await;
    let told = again[0].attributes.as_ref().unwrap();
    assert_eq!(told["ApproximateReceiveCount"], "2");
    assert_eq!(told["ApproximateFirstReceiveTimestamp"], NOW.to_string());
    sqs.delete(&url, &again[0]).await.unwrap();
    sqs.pass(60);
    assert_eq!(sqs.bodies(&url).await, [""; 0]);
    // A second deletion is none.
    sqs.delete(&url, &again[0]).await.unwrap();
}

#[tokio::test]
async fn attributes_come_with_the_digest_that_sdks_compute() {
    let sqs = Fixture::new();
    let url = sqs.create("jobs", &[]).await.unwrap();
    let attribute = |data_type: &str, text: Option<&str>, binary: Option<&'static [u8]>| {
        api::MessageAttributeValue {
            data_type: data_type.into(),
            string_value: text.map(str::to_owned),
            binary_value: binary.map(Bytes::from_static),
            ..Default::default()
        }
    };
    let attributes = BTreeMap::from([
        ("kind".to_owned(), attribute("String", Some("a"), None)),
        (
            "raw".to_owned(),
            attribute("Binary", None, Some(b"\x01\x02")),
        ),
    ]);
    let input = api::SendMessageInput {
        message_attributes: Some(attributes.clone()),
        ..message(&url, "hello")
    };
    let sent = sqs.call::<api::SendMessage>(input).await.unwrap();
    let received = sqs.receive(&url).await;
    assert_eq!(received[0].message_attributes.as_ref(), Some(&attributes));
    assert_eq!(
        received[0].md5_of_message_attributes,
        sent.md5_of_message_attributes
    );
    assert!(sent.md5_of_message_attributes.is_some());
}

#[tokio::test]
async fn who_waits_gets_a_message_as_soon_as_it_is_sent() {
    let sqs = Fixture::new();
    let url = sqs.create("jobs", &[]).await.unwrap();
    let input = api::ReceiveMessageInput {
        wait_time_seconds: Some(20),
        ..wanted(&url)
    };
    let waiting = sqs.receive_with(input);
    let sending = async {
        tokio::time::sleep(Duration::from_millis(20)).await;
        sqs.send(&url, "late").await;
    };
    let (received, ()) = tokio::join!(waiting, sending);
    assert_eq!(received[0].body.as_deref(), Some("late"));
}

#[tokio::test]
async fn a_message_that_is_received_too_often_becomes_a_dead_letter() {
    let sqs = Fixture::new();
    let dead = sqs.create("dead", &[]).await.unwrap();
    let arn = "arn:aws:sqs:eu-west-1:000000000000:dead";
    let policy = format!("{{\"deadLetterTargetArn\":\"{arn}\",\"maxReceiveCount\":\"2\"}}");
    let attributes = [
        ("RedrivePolicy", policy.as_str()),
        ("VisibilityTimeout", "1"),
    ];
    let url = sqs.create("jobs", &attributes).await.unwrap();
    sqs.send(&url, "poison").await;
    for _ in 0..2 {
        assert_eq!(sqs.bodies(&url).await, ["poison"]);
        sqs.pass(1);
    }
    assert_eq!(sqs.bodies(&url).await, [""; 0]);
    let buried = sqs.receive(&dead).await;
    assert_eq!(buried[0].body.as_deref(), Some("poison"));
    let told = buried[0].attributes.as_ref().unwrap();
    assert_eq!(
        told["DeadLetterQueueSourceArn"],
        "arn:aws:sqs:eu-west-1:000000000000:jobs"
    );
    let input = api::ListDeadLetterSourceQueuesInput {
        queue_url: dead,
        ..Default::default()
    };
    let sources = sqs.call::<api::ListDeadLetterSourceQueues>(input).await;
    assert_eq!(sources.unwrap().queue_urls, [url]);
}

#[tokio::test]
async fn a_fifo_queue_keeps_the_order_of_each_group_and_takes_a_message_once() {
    let sqs = Fixture::new();
    let url = sqs
        .create("jobs.fifo", &[("FifoQueue", "true")])
        .await
        .unwrap();
    let first = sqs.send_in_group(&url, "a1", "a", "1").await;
    let second = sqs.send_in_group(&url, "a2", "a", "2").await;
    assert!(first < second);
    assert_eq!(sqs.send_in_group(&url, "a1", "a", "1").await, first);
    sqs.send_in_group(&url, "b1", "b", "3").await;
    let one = api::ReceiveMessageInput {
        max_number_of_messages: Some(1),
        ..wanted(&url)
    };
    let taken = sqs.receive_with(one).await;
    assert_eq!(taken[0].body.as_deref(), Some("a1"));
    assert_eq!(sqs.bodies(&url).await, ["b1"]);
    sqs.delete(&url, &taken[0]).await.unwrap();
    assert_eq!(sqs.bodies(&url).await, ["a2"]);
    // After five minutes the id means another message.
    sqs.pass(301);
    assert_ne!(sqs.send_in_group(&url, "a1", "a", "1").await, first);
}

#[tokio::test]
async fn what_was_sent_is_there_after_a_restart_and_what_was_deleted_is_not() {
    let store = open_memory();
    let before = Fixture::on(store.clone());
    let url = before.create("jobs", &[]).await.unwrap();
    before.send(&url, "done").await;
    let done = before.receive(&url).await;
    before.send(&url, "open").await;
    before.receive(&url).await;
    before.delete(&url, &done[0]).await.unwrap();
    let after = Fixture::on(before.store.clone());
    assert_eq!(after.bodies(&url).await, ["open"]);
    let fifo = before
        .create("jobs.fifo", &[("FifoQueue", "true")])
        .await
        .unwrap();
    let first = before.send_in_group(&fifo, "a1", "a", "1").await;
    let after = Fixture::on(store);
    assert_eq!(after.send_in_group(&fifo, "a1", "a", "1").await, first);
}

#[tokio::test]
async fn a_batch_tells_of_each_of_its_entries() {
    let sqs = Fixture::new();
    let url = sqs.create("jobs", &[]).await.unwrap();
    let entry = |id: &str, delay| api::SendMessageBatchRequestEntry {
        id: id.into(),
        message_body: id.into(),
        delay_seconds: delay,
        ..Default::default()
    };
    let batch = |entries| api::SendMessageBatchInput {
        queue_url: url.clone(),
        entries,
    };
    let entries = vec![entry("a", None), entry("b", Some(901)), entry("c", Some(9))];
    let sent = sqs
        .call::<api::SendMessageBatch>(batch(entries))
        .await
        .unwrap();
    assert_eq!(sent.successful.len(), 2);
    assert_eq!(sent.failed[0].id, "b");
    assert_eq!(sent.failed[0].code, "InvalidParameterValue");
    assert_eq!(sqs.bodies(&url).await, ["a"]);
    sqs.pass(9);
    assert_eq!(sqs.bodies(&url).await, ["c"]);
    let twice = vec![entry("a", None), entry("a", None)];
    let refused = sqs
        .call::<api::SendMessageBatch>(batch(twice))
        .await
        .unwrap_err();
    assert_eq!(refused.code, "BatchEntryIdsNotDistinct");
    let refused = sqs
        .call::<api::SendMessageBatch>(batch(vec![]))
        .await
        .unwrap_err();
    assert_eq!(refused.code, "EmptyBatchRequest");
}

#[tokio::test]
async fn a_visibility_of_zero_gives_a_message_back() {
    let sqs = Fixture::new();
    let url = sqs.create("jobs", &[]).await.unwrap();
    sqs.send(&url, "again").await;
    let taken = sqs.receive(&url).await;
    let change = |seconds| api::ChangeMessageVisibilityInput {
        queue_url: url.clone(),
        receipt_handle: taken[0].receipt_handle.clone().unwrap(),
        visibility_timeout: seconds,
    };
    sqs.call::<api::ChangeMessageVisibility>(change(0))
        .await
        .unwrap();
    assert_eq!(sqs.bodies(&url).await, ["again"]);
    let refused = sqs
        .call::<api::ChangeMessageVisibility>(change(43_201))
        .await;
    assert_eq!(refused.unwrap_err().code, "InvalidParameterValueException");
}

#[tokio::test]
async fn a_purged_queue_is_empty_and_a_deleted_one_is_not_there() {
    let sqs = Fixture::new();
    let url = sqs.create("jobs", &[]).await.unwrap();
    sqs.send(&url, "one").await;
    let purge = || api::PurgeQueueInput {
        queue_url: url.clone(),
    };
    sqs.call::<api::PurgeQueue>(purge()).await.unwrap();
    assert_eq!(sqs.bodies(&url).await, [""; 0]);
    let refused = sqs.call::<api::PurgeQueue>(purge()).await.unwrap_err();
    assert_eq!(refused.code, "PurgeQueueInProgress");
    sqs.send(&url, "two").await;
    let input = api::DeleteQueueInput {
        queue_url: url.clone(),
    };
    sqs.call::<api::DeleteQueue>(input).await.unwrap();
    let gone = sqs.call::<api::SendMessage>(message(&url, "x")).await;
    assert_eq!(gone.unwrap_err().code, "QueueDoesNotExist");
    let url = sqs.create("jobs", &[]).await.unwrap();
    assert_eq!(sqs.bodies(&url).await, [""; 0]);
}

#[tokio::test]
async fn a_message_older_than_its_queue_keeps_is_gone() {
    let sqs = Fixture::new();
    let url = sqs
        .create("jobs", &[("MessageRetentionPeriod", "60")])
        .await
        .unwrap();
    sqs.send(&url, "old").await;
    sqs.pass(61);
    assert_eq!(
        sqs.attributes(&url).await["ApproximateNumberOfMessages"],
        "0"
    );
    assert_eq!(sqs.bodies(&url).await, [""; 0]);
}

#[tokio::test]
async fn permissions_are_statements_of_the_policy() {
    let fixture = Fixture::new();
    let url = fixture.create("q", &[]).await.unwrap();
    let add = |label: &str, action: &str| api::AddPermissionInput {
        queue_url: url.clone(),
        label: label.into(),
        aws_account_ids: vec!["123456789012".into()],
        actions: vec![action.into()],
    };
    let added = fixture.call::<api::AddPermission>(add("one", "SendMessage"));
    added.await.unwrap();
    let again = fixture.call::<api::AddPermission>(add("one", "SendMessage"));
    let refused = again.await.unwrap_err();
    assert_eq!(
        refused.message,
        "Value one for parameter Label is invalid. Reason: Already exists."
    );
    let owners = fixture.call::<api::AddPermission>(add("two", "DeleteQueue"));
    assert!(
        owners
            .await
            .unwrap_err()
            .message
            .contains("SQS:DeleteQueue")
    );
    let policy = fixture.attribute(&url, "Policy").await.unwrap();
    let policy: serde_json::Value = serde_json::from_str(&policy).unwrap();
    let expected = serde_json::json!([{
        "Sid": "one",
        "Effect": "Allow",
        "Principal": { "AWS": "arn:aws:iam::123456789012:root" },
        "Action": "SQS:SendMessage",
        "Resource": "arn:aws:sqs:eu-west-1:000000000000:q",
    }]);
    assert_eq!(policy["Statement"], expected);
    let remove = || api::RemovePermissionInput {
        queue_url: url.clone(),
        label: "one".into(),
    };
    let removed = fixture.call::<api::RemovePermission>(remove());
    removed.await.unwrap();
    assert_eq!(fixture.attribute(&url, "Policy").await, None);
    let gone = fixture.call::<api::RemovePermission>(remove());
    assert!(gone.await.unwrap_err().message.contains("can't find label"));
}
