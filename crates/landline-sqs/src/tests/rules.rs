//! What AWS was seen to do with receipts, purges, batches and names of attributes.

use landline_api::sqs as api;

use super::{Fixture, message};

#[tokio::test]
async fn an_old_receipt_still_hides_and_shows_a_message() {
    let sqs = Fixture::new();
    let url = sqs.create("jobs", &[]).await.unwrap();
    sqs.send(&url, "again").await;
    let first = sqs.receive(&url).await;
    let change = |seconds| api::ChangeMessageVisibilityInput {
        queue_url: url.clone(),
        receipt_handle: first[0].receipt_handle.clone().unwrap(),
        visibility_timeout: seconds,
    };
    sqs.pass(31);
    let change_it = |seconds| sqs.call::<api::ChangeMessageVisibility>(change(seconds));
    change_it(5).await.unwrap();
    assert!(sqs.bodies(&url).await.is_empty());
    sqs.pass(6);
    assert_eq!(sqs.bodies(&url).await, ["again"]);
    change_it(0).await.unwrap();
    assert_eq!(sqs.bodies(&url).await, ["again"]);
}

#[tokio::test]
async fn a_purge_lets_the_same_message_be_sent_again() {
    let sqs = Fixture::new();
    let fifo = [("FifoQueue", "True")];
    let url = sqs.create("jobs.fifo", &fifo).await.unwrap();
    assert_eq!(sqs.attribute(&url, "FifoQueue").await.unwrap(), "true");
    sqs.send_in_group(&url, "one", "g", "id").await;
    let purge = api::PurgeQueueInput {
        queue_url: url.clone(),
    };
    sqs.call::<api::PurgeQueue>(purge).await.unwrap();
    sqs.send_in_group(&url, "two", "g", "id").await;
    assert_eq!(sqs.bodies(&url).await, ["two"]);
}

#[tokio::test]
async fn a_batch_without_a_group_is_refused_as_a_whole() {
    let sqs = Fixture::new();
    let fifo = [("FifoQueue", "true")];
    let url = sqs.create("jobs.fifo", &fifo).await.unwrap();
    let entry = |id: &str, group: Option<&str>| api::SendMessageBatchRequestEntry {
        id: id.into(),
        message_body: id.into(),
        message_group_id: group.map(str::to_owned),
        message_deduplication_id: Some(id.into()),
        ..Default::default()
    };
    let input = api::SendMessageBatchInput {
        queue_url: url.clone(),
        entries: vec![entry("a", Some("g")), entry("b", None)],
    };
    let refused = sqs.call::<api::SendMessageBatch>(input).await.unwrap_err();
    assert_eq!(refused.code, "InvalidParameterValueException");
    let text = "The request must contain the parameter MessageGroupId.";
    assert_eq!(refused.message, text);
    assert!(sqs.bodies(&url).await.is_empty());
}

#[tokio::test]
async fn names_of_attributes_follow_rules() {
    let sqs = Fixture::new();
    let url = sqs.create("jobs", &[]).await.unwrap();
    let send = async |name: &str, text: &str| {
        let value = api::MessageAttributeValue {
            string_value: Some(text.into()),
            data_type: "String".into(),
            ..Default::default()
        };
        let input = api::SendMessageInput {
            message_attributes: Some([(name.to_owned(), value)].into()),
            ..message(&url, "hi")
        };
        sqs.call::<api::SendMessage>(input).await.map(|_| ())
    };
    send("größe.1", "x").await.unwrap();
    for name in ["AWS.x", "amazon.x", ".x", "x.", "x§"] {
        let refused = send(name, "x").await.unwrap_err();
        assert_eq!(refused.code, "InvalidParameterValueException", "{name}");
    }
    assert!(send("x", "\u{8}").await.is_err());
}

#[tokio::test]
async fn dead_letters_go_back_to_where_they_came_from() {
    let sqs = Fixture::new();
    let dead = sqs.create("dead", &[]).await.unwrap();
    let arn = sqs.attribute(&dead, "QueueArn").await.unwrap();
    let policy = format!(r#"{{"deadLetterTargetArn":"{arn}","maxReceiveCount":1}}"#);
    let url = sqs
        .create("jobs", &[("RedrivePolicy", &policy)])
        .await
        .unwrap();
    sqs.send(&url, "again").await;
    assert_eq!(sqs.bodies(&url).await, ["again"]);
    sqs.pass(31);
    assert!(sqs.bodies(&url).await.is_empty());
    let start = |arn: &str| api::StartMessageMoveTaskInput {
        source_arn: arn.to_owned(),
        ..Default::default()
    };
    let jobs = sqs.attribute(&url, "QueueArn").await.unwrap();
    let refused = sqs.call::<api::StartMessageMoveTask>(start(&jobs)).await;
    let text = "Source queue must be configured as a Dead Letter Queue.";
    assert_eq!(refused.unwrap_err().message, text);
    sqs.call::<api::StartMessageMoveTask>(start(&arn))
        .await
        .unwrap();
    let wanted = api::ReceiveMessageInput {
        queue_url: url.clone(),
        wait_time_seconds: Some(10),
        ..Default::default()
    };
    let received = sqs.receive_with(wanted).await;
    assert_eq!(received[0].body.as_deref(), Some("again"));
    let list = api::ListMessageMoveTasksInput {
        source_arn: arn,
        ..Default::default()
    };
    loop {
        let listed = sqs.call::<api::ListMessageMoveTasks>(list.clone()).await;
        let task = listed.unwrap().results.unwrap().remove(0);
        if task.status.as_deref() == Some("COMPLETED") {
            assert_eq!(task.approximate_number_of_messages_moved, Some(1));
            assert_eq!(task.task_handle, None);
            break;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_dead_letter_keeps_count_of_how_often_it_was_received() {
    let sqs = Fixture::new();
    let dead = sqs.create("dead", &[]).await.unwrap();
    let arn = sqs.attribute(&dead, "QueueArn").await.unwrap();
    let policy = format!(r#"{{"deadLetterTargetArn":"{arn}","maxReceiveCount":1}}"#);
    let url = sqs
        .create("jobs", &[("RedrivePolicy", &policy)])
        .await
        .unwrap();
    sqs.send(&url, "x").await;
    sqs.receive(&url).await;
    sqs.pass(31);
    sqs.receive(&url).await;
    let wanted = api::ReceiveMessageInput {
        queue_url: dead,
        attribute_names: Some(vec!["ApproximateReceiveCount".into()]),
        ..Default::default()
    };
    let received = sqs.receive_with(wanted).await;
    let count = &received[0].attributes.as_ref().unwrap()["ApproximateReceiveCount"];
    assert_eq!(count, "2");
}
