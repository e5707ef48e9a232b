//! Topics, subscriptions, their attributes and tags.

use super::*;

#[tokio::test]
async fn a_topic_is_made_once_and_the_same_topic_again_is_the_one_that_is_there() {
    let fixture = Fixture::new();
    let arn = fixture.create("news", &[]).await;
    assert_eq!(arn, "arn:aws:sns:eu-west-1:000000000000:news");
    assert_eq!(fixture.create("news", &[]).await, arn);
    let other = api::CreateTopicInput {
        name: "news".to_owned(),
        attributes: Some(texts(&[("DisplayName", "x")])),
        ..Default::default()
    };
    let refused = fixture.call::<api::CreateTopic>(other).await.unwrap_err();
    assert_eq!(
        refused.message,
        "Invalid parameter: Attributes Reason: Topic already exists with different attributes"
    );
}

#[tokio::test]
async fn a_name_has_letters_that_it_may_have_and_ends_as_its_kind_does() {
    let fixture = Fixture::new();
    for (name, fifo) in [
        ("a b", "false"),
        ("", "false"),
        ("a.fifo", "false"),
        ("a", "true"),
    ] {
        let input = api::CreateTopicInput {
            name: name.to_owned(),
            attributes: Some(texts(&[("FifoTopic", fifo)])),
            ..Default::default()
        };
        let refused = fixture.call::<api::CreateTopic>(input).await.unwrap_err();
        assert_eq!(refused.code, "InvalidParameter", "{name}");
    }
}

#[tokio::test]
async fn a_topic_tells_its_attributes_those_that_nobody_set_too() {
    let fixture = Fixture::new();
    let arn = fixture.create("news", &[("DisplayName", "News")]).await;
    fixture.subscribe(&arn, ("lambda", FUNCTION), &[]).await;
    fixture
        .subscribe(&arn, ("email", "a@example.com"), &[])
        .await;
    let input = api::GetTopicAttributesInput { topic_arn: arn };
    let told = fixture.call::<api::GetTopicAttributes>(input).await;
    let told = told.unwrap().attributes.unwrap();
    assert_eq!(told["DisplayName"], "News");
    assert_eq!(told["Owner"], "000000000000");
    assert_eq!(told["SubscriptionsConfirmed"], "1");
    assert_eq!(told["SubscriptionsPending"], "1");
    assert!(told["Policy"].contains("SNS:Publish"));
}

#[tokio::test]
async fn a_topic_that_is_gone_takes_its_subscriptions_along() {
    let fixture = Fixture::new();
    let arn = fixture.create("news", &[]).await;
    fixture.subscribe(&arn, ("lambda", FUNCTION), &[]).await;
    for _ in 0..2 {
        let input = api::DeleteTopicInput {
            topic_arn: arn.clone(),
        };
        fixture.call::<api::DeleteTopic>(input).await.unwrap();
    }
    let refused = fixture.call::<api::Publish>(message(&arn, "x")).await;
    let refused = refused.unwrap_err();
    assert_eq!(
        (
            refused.code.as_ref(),
            refused.message.as_str(),
            refused.status
        ),
        ("NotFound", "Topic does not exist", 404)
    );
    let listed = fixture.call::<api::ListSubscriptions>(api::ListSubscriptionsInput::default());
    assert_eq!(listed.await.unwrap().subscriptions, Some(Vec::new()));
}

#[tokio::test]
async fn the_same_endpoint_is_subscribed_once() {
    let fixture = Fixture::new();
    let topic = fixture.create("news", &[]).await;
    let raw = [("RawMessageDelivery", "true")];
    let arn = fixture.subscribe(&topic, ("sqs", QUEUE), &raw).await;
    assert!(arn.starts_with(&format!("{topic}:")), "{arn}");
    assert_eq!(fixture.subscribe(&topic, ("sqs", QUEUE), &[]).await, arn);
    let other = [("RawMessageDelivery", "false")];
    let refused = fixture.try_subscribe(&topic, ("sqs", QUEUE), &other).await;
    assert!(refused.unwrap_err().message.contains("already exists"));
}

#[tokio::test]
async fn an_endpoint_that_its_protocol_cannot_reach_is_refused() {
    let fixture = Fixture::new();
    let topic = fixture.create("news", &[]).await;
    let refused = [
        ("carrier-pigeon", "x"),
        ("lambda", QUEUE),
        ("sqs", FUNCTION),
        ("http", "https://example.com"),
        ("https", "example.com"),
        ("email", "nobody"),
        ("sqs", "arn:aws:sqs:eu-west-1:000000000000:jobs.fifo"),
    ];
    for endpoint in refused {
        let answer = fixture.try_subscribe(&topic, endpoint, &[]).await;
        assert_eq!(answer.unwrap_err().code, "InvalidParameter", "{endpoint:?}");
    }
}

#[tokio::test]
async fn attributes_of_a_subscription_are_checked_and_changed() {
    let fixture = Fixture::new();
    let topic = fixture.create("news", &[]).await;
    let arn = fixture.subscribe(&topic, ("sqs", QUEUE), &[]).await;
    let set = async |name: &str, value: &str| {
        let input = api::SetSubscriptionAttributesInput {
            subscription_arn: arn.clone(),
            attribute_name: name.to_owned(),
            attribute_value: Some(value.to_owned()),
        };
        fixture.call::<api::SetSubscriptionAttributes>(input).await
    };
    for (name, value) in [
        ("FilterPolicy", "{"),
        ("RawMessageDelivery", "perhaps"),
        ("RedrivePolicy", "{}"),
        ("Colour", "red"),
    ] {
        assert_eq!(set(name, value).await.unwrap_err().code, "InvalidParameter");
    }
    set("FilterPolicy", r#"{"a": ["b"]}"#).await.unwrap();
    let input = api::GetSubscriptionAttributesInput {
        subscription_arn: arn.clone(),
    };
    let told = fixture.call::<api::GetSubscriptionAttributes>(input).await;
    let told = told.unwrap().attributes.unwrap();
    assert_eq!(told["FilterPolicy"], r#"{"a": ["b"]}"#);
    assert_eq!(told["FilterPolicyScope"], "MessageAttributes");
    assert_eq!(told["PendingConfirmation"], "false");
}

#[tokio::test]
async fn lists_go_on_after_a_page() {
    let fixture = Fixture::new();
    for number in 0..101 {
        fixture.create(&format!("t{number:03}"), &[]).await;
    }
    let first = fixture
        .call::<api::ListTopics>(api::ListTopicsInput::default())
        .await;
    let first = first.unwrap();
    assert_eq!(first.topics.unwrap().len(), 100);
    let input = api::ListTopicsInput {
        next_token: first.next_token,
    };
    let second = fixture.call::<api::ListTopics>(input).await.unwrap();
    assert_eq!(second.topics.unwrap().len(), 1);
    assert_eq!(second.next_token, None);
}

#[tokio::test]
async fn statements_come_and_go_by_their_labels() {
    let fixture = Fixture::new();
    let arn = fixture.create("news", &[]).await;
    let add = api::AddPermissionInput {
        topic_arn: arn.clone(),
        label: "others".to_owned(),
        aws_account_id: vec!["111111111111".to_owned()],
        action_name: vec!["Publish".to_owned()],
    };
    fixture
        .call::<api::AddPermission>(add.clone())
        .await
        .unwrap();
    assert!(fixture.call::<api::AddPermission>(add).await.is_err());
    let policy = async || {
        let input = api::GetTopicAttributesInput {
            topic_arn: arn.clone(),
        };
        let told = fixture.call::<api::GetTopicAttributes>(input).await;
        told.unwrap().attributes.unwrap()["Policy"].clone()
    };
    assert!(policy().await.contains(r#""Sid":"others""#));
    let remove = api::RemovePermissionInput {
        topic_arn: arn.clone(),
        label: "others".to_owned(),
    };
    fixture.call::<api::RemovePermission>(remove).await.unwrap();
    assert!(!policy().await.contains("others"));
}

#[tokio::test]
async fn tags_are_kept() {
    let fixture = Fixture::new();
    let arn = fixture.create("news", &[]).await;
    let tag = api::TagResourceInput {
        resource_arn: arn.clone(),
        tags: vec![api::Tag {
            key: "team".to_owned(),
            value: "chat".to_owned(),
        }],
    };
    fixture.call::<api::TagResource>(tag).await.unwrap();
    let list = api::ListTagsForResourceInput { resource_arn: arn };
    let told = fixture.call::<api::ListTagsForResource>(list).await;
    assert_eq!(told.unwrap().tags.unwrap()[0].value, "chat");
}
