//! The way of a message to functions, queues and web servers.

use serde_json::json;

use super::*;

fn throttled() -> ServiceError {
    ServiceError::new("TooManyRequestsException", 429, "Rate Exceeded.")
}

fn gone() -> ServiceError {
    ServiceError::new("ResourceNotFoundException", 404, "Function not found")
}

#[tokio::test]
async fn a_function_gets_the_event_of_sns() {
    let fixture = Fixture::new();
    let topic = fixture.create("news", &[]).await;
    let subscription = fixture.subscribe(&topic, ("lambda", FUNCTION), &[]).await;
    let input = api::PublishInput {
        subject: Some("Hello".to_owned()),
        message_attributes: Some([("room".to_owned(), attribute("String", "lobby"))].into()),
        ..message(&topic, "hello world")
    };
    let published = fixture.call::<api::Publish>(input).await.unwrap();
    let told = fixture.world.wait_for(1).await;
    let [
        Told::Function {
            name,
            source,
            event,
        },
    ] = told.as_slice()
    else {
        panic!("{told:?}");
    };
    assert_eq!(name, FUNCTION);
    assert_eq!(*source, format!("sns.amazonaws.com {topic}"));
    let record = &event["Records"][0];
    assert_eq!(record["EventSource"], "aws:sns");
    assert_eq!(record["EventVersion"], "1.0");
    assert_eq!(record["EventSubscriptionArn"], json!(subscription));
    let sns = &record["Sns"];
    assert_eq!(sns["Type"], "Notification");
    assert_eq!(sns["MessageId"], json!(published.message_id));
    assert_eq!(sns["TopicArn"], json!(topic));
    assert_eq!(sns["Subject"], "Hello");
    assert_eq!(sns["Message"], "hello world");
    assert_eq!(sns["Timestamp"], "2027-02-03T09:15:42.107Z");
    assert_eq!(sns["SignatureVersion"], "1");
    assert_eq!(
        sns["MessageAttributes"],
        json!({ "room": { "Type": "String", "Value": "lobby" } })
    );
    let names: Vec<&String> = sns.as_object().unwrap().keys().collect();
    assert_eq!(
        names,
        [
            "Type",
            "MessageId",
            "TopicArn",
            "Subject",
            "Message",
            "Timestamp",
            "SignatureVersion",
            "Signature",
            "SigningCertUrl",
            "UnsubscribeUrl",
            "MessageAttributes"
        ]
    );
}

#[tokio::test]
async fn a_queue_gets_an_envelope_or_the_raw_text_with_its_attributes() {
    let fixture = Fixture::new();
    let topic = fixture.create("news", &[]).await;
    let subscription = fixture.subscribe(&topic, ("sqs", QUEUE), &[]).await;
    let input = api::PublishInput {
        message_attributes: Some([("n".to_owned(), attribute("Number", "5"))].into()),
        ..message(&topic, "hello")
    };
    fixture.call::<api::Publish>(input.clone()).await.unwrap();
    let bodies = fixture.world.bodies(1).await;
    let envelope: Value = serde_json::from_str(&bodies[0]).unwrap();
    assert_eq!(envelope["Type"], "Notification");
    assert_eq!(envelope["Message"], "hello");
    assert_eq!(envelope["MessageAttributes"]["n"]["Value"], "5");
    assert_eq!(envelope.get("Subject"), None);
    let raw = api::SetSubscriptionAttributesInput {
        subscription_arn: subscription,
        attribute_name: "RawMessageDelivery".to_owned(),
        attribute_value: Some("true".to_owned()),
    };
    fixture
        .call::<api::SetSubscriptionAttributes>(raw)
        .await
        .unwrap();
    fixture.call::<api::Publish>(input).await.unwrap();
    let told = fixture.world.wait_for(2).await;
    let Told::Queue(sent) = &told[1] else {
        panic!("{told:?}");
    };
    assert_eq!(sent.message_body, "hello");
    let attributes = sent.message_attributes.as_ref().unwrap();
    assert_eq!(attributes["n"].string_value.as_deref(), Some("5"));
    assert!(sent.queue_url.ends_with("/000000000000/jobs"));
}

#[tokio::test]
async fn each_protocol_has_the_text_that_is_for_it() {
    let fixture = Fixture::new();
    let topic = fixture.create("news", &[]).await;
    let raw = [("RawMessageDelivery", "true")];
    fixture.subscribe(&topic, ("sqs", QUEUE), &raw).await;
    let input = api::PublishInput {
        message_structure: Some("json".to_owned()),
        ..message(&topic, r#"{"default": "d", "sqs": "for queues"}"#)
    };
    fixture.call::<api::Publish>(input).await.unwrap();
    assert_eq!(fixture.world.bodies(1).await, ["for queues"]);
    let without = api::PublishInput {
        message_structure: Some("json".to_owned()),
        ..message(&topic, r#"{"sqs": "x"}"#)
    };
    let refused = fixture.call::<api::Publish>(without).await.unwrap_err();
    assert_eq!(
        refused.message,
        "Invalid parameter: Message Structure - No default entry in JSON message body"
    );
}

#[tokio::test]
async fn a_filter_keeps_other_messages_away() {
    let fixture = Fixture::new();
    let topic = fixture.create("news", &[]).await;
    let policy = [
        ("FilterPolicy", r#"{"room": ["lobby"]}"#),
        ("RawMessageDelivery", "true"),
    ];
    fixture.subscribe(&topic, ("sqs", QUEUE), &policy).await;
    for room in ["kitchen", "lobby"] {
        let input = api::PublishInput {
            message_attributes: Some([("room".to_owned(), attribute("String", room))].into()),
            ..message(&topic, room)
        };
        fixture.call::<api::Publish>(input).await.unwrap();
    }
    assert_eq!(fixture.world.bodies(1).await, ["lobby"]);
}

#[tokio::test]
async fn a_web_server_is_asked_and_told_once_it_has_confirmed() {
    let fixture = Fixture::new();
    let topic = fixture.create("news", &[]).await;
    let web = ("http", "http://127.0.0.1:9/hook");
    let pending = fixture.subscribe(&topic, web, &[]).await;
    assert_eq!(pending, "pending confirmation");
    fixture.publish(&topic, "too early").await;
    let told = fixture.world.wait_for(1).await;
    let Told::Web(headers, body) = &told[0] else {
        panic!("{told:?}");
    };
    let kind = (
        "x-amz-sns-message-type".to_owned(),
        "SubscriptionConfirmation".to_owned(),
    );
    assert!(headers.contains(&kind), "{headers:?}");
    let asked: Value = serde_json::from_str(body).unwrap();
    let token = asked["Token"].as_str().unwrap();
    let url = asked["SubscribeURL"].as_str().unwrap();
    assert!(
        url.starts_with("http://127.0.0.1:8080/?Action=ConfirmSubscription"),
        "{url}"
    );
    let confirm = |token: &str| api::ConfirmSubscriptionInput {
        topic_arn: topic.clone(),
        token: token.to_owned(),
        ..Default::default()
    };
    let guessed = fixture.call::<api::ConfirmSubscription>(confirm("guessed"));
    assert_eq!(
        guessed.await.unwrap_err().message,
        "Invalid parameter: Token"
    );
    let confirmed = fixture
        .call::<api::ConfirmSubscription>(confirm(token))
        .await;
    let arn = confirmed.unwrap().subscription_arn.unwrap();
    fixture.publish(&topic, "hello").await;
    let told = fixture.world.wait_for(2).await;
    let Told::Web(headers, body) = &told[1] else {
        panic!("{told:?}");
    };
    assert!(headers.contains(&("x-amz-sns-subscription-arn".to_owned(), arn)));
    let envelope: Value = serde_json::from_str(body).unwrap();
    assert_eq!(envelope["Message"], "hello");
}

#[tokio::test]
async fn what_fails_for_a_while_is_tried_again() {
    let fixture = Fixture::new();
    let topic = fixture.create("news", &[]).await;
    fixture.subscribe(&topic, ("lambda", FUNCTION), &[]).await;
    fixture
        .world
        .refusals
        .lock()
        .extend([throttled(), throttled()]);
    fixture.publish(&topic, "hello").await;
    fixture.world.wait_for(1).await;
}

#[tokio::test]
async fn what_nobody_takes_goes_to_the_dead_letter_queue() {
    let fixture = Fixture::new();
    let topic = fixture.create("news", &[]).await;
    let policy = format!(r#"{{"deadLetterTargetArn": "{QUEUE}"}}"#);
    let attributes = [("RedrivePolicy", policy.as_str())];
    fixture
        .subscribe(&topic, ("lambda", FUNCTION), &attributes)
        .await;
    // What is gone is not tried again.
    fixture.world.refusals.lock().push_back(gone());
    fixture.publish(&topic, "first").await;
    let bodies = fixture.world.bodies(1).await;
    assert!(bodies[0].contains("first"), "{bodies:?}");
    fixture
        .world
        .refusals
        .lock()
        .extend([throttled(), throttled(), throttled(), throttled()]);
    fixture.publish(&topic, "second").await;
    let bodies = fixture.world.bodies(2).await;
    assert!(bodies[1].contains("second"), "{bodies:?}");
}

#[tokio::test]
async fn what_was_accepted_goes_out_after_a_restart() {
    let store = open_memory();
    let first = Fixture::on(store.clone());
    let topic = first.create("news", &[]).await;
    let raw = [("RawMessageDelivery", "true")];
    first.subscribe(&topic, ("sqs", QUEUE), &raw).await;
    // Nothing runs any more, and the publisher is answered all the same.
    first.sns.deliveries.end().await;
    first.publish(&topic, "kept").await;
    assert_eq!(first.kept(), 1);
    let second = Fixture::on(store);
    assert_eq!(second.world.bodies(1).await, ["kept"]);
    while second.kept() > 0 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_batch_is_published_entry_by_entry() {
    let fixture = Fixture::new();
    let topic = fixture.create("news", &[]).await;
    let raw = [("RawMessageDelivery", "true")];
    fixture.subscribe(&topic, ("sqs", QUEUE), &raw).await;
    let entry = |id: &str, text: &str| api::PublishBatchRequestEntry {
        id: id.to_owned(),
        message: text.to_owned(),
        ..Default::default()
    };
    let batch = |entries: Vec<api::PublishBatchRequestEntry>| api::PublishBatchInput {
        topic_arn: topic.clone(),
        publish_batch_request_entries: entries,
    };
    let input = batch(vec![entry("a", "one"), entry("b", "")]);
    let answer = fixture.call::<api::PublishBatch>(input).await.unwrap();
    assert_eq!(answer.successful.unwrap()[0].id.as_deref(), Some("a"));
    assert_eq!(answer.failed.unwrap()[0].code, "InvalidParameter");
    assert_eq!(fixture.world.bodies(1).await, ["one"]);
    for (entries, code) in [
        (vec![], "EmptyBatchRequest"),
        (
            vec![entry("a", "1"), entry("a", "2")],
            "BatchEntryIdsNotDistinct",
        ),
        (vec![entry("a b", "1")], "InvalidBatchEntryId"),
        (vec![entry("a", "1"); 11], "TooManyEntriesInBatchRequest"),
    ] {
        let refused = fixture.call::<api::PublishBatch>(batch(entries)).await;
        assert_eq!(refused.unwrap_err().code, code);
    }
}

#[tokio::test]
async fn what_is_no_message_is_refused() {
    let fixture = Fixture::new();
    let topic = fixture.create("news", &[]).await;
    let long = "x".repeat(262_145);
    for text in ["", &long] {
        let refused = fixture.call::<api::Publish>(message(&topic, text)).await;
        assert_eq!(refused.unwrap_err().code, "InvalidParameter");
    }
    for bad in [
        attribute("Colour", "red"),
        attribute("Number", "five"),
        attribute("String", ""),
    ] {
        let input = api::PublishInput {
            message_attributes: Some([("a".to_owned(), bad)].into()),
            ..message(&topic, "x")
        };
        let refused = fixture.call::<api::Publish>(input).await.unwrap_err();
        assert_eq!(refused.code, "ParameterValueInvalid");
    }
    let nowhere = api::PublishInput {
        message: "x".to_owned(),
        ..Default::default()
    };
    assert!(fixture.call::<api::Publish>(nowhere).await.is_err());
}
