//! Topics, subscriptions and policies.

use landline_api::sns;

use super::*;

const TOPIC: &str = "arn:aws:sns:us-east-1:123456789012:news";

fn with_topics(builder: &mut DispatcherBuilder, calls: &Calls) {
    builder.register_fn::<sns::GetTopicAttributes, _>(|input, _| {
        if input.topic_arn.ends_with(":taken") {
            return Ok(sns::GetTopicAttributesOutput::default());
        }
        Err(sns::errors::NotFoundException.with("Topic does not exist"))
    });
    answer::<sns::CreateTopic>(builder, calls, |input| {
        let arn = format!("arn:aws:sns:us-east-1:123456789012:{}", input.name);
        let made = sns::Topic {
            topic_arn: Some(arn),
        };
        (format!("{:?}", input.attributes), Ok(made))
    });
    unit::<sns::SetTopicAttributes>(builder, calls, |input| {
        format!("{} {:?}", input.attribute_name, input.attribute_value)
    });
    unit::<sns::DeleteTopic>(builder, calls, |input| input.topic_arn.clone());
    answer::<sns::Subscribe>(builder, calls, |input| {
        let made = sns::SubscribeOutput {
            subscription_arn: Some(format!("{}:1", input.topic_arn)),
        };
        let note = format!(
            "{} {:?} {:?}",
            input.protocol, input.endpoint, input.attributes
        );
        (note, Ok(made))
    });
    answer::<sns::ListSubscriptionsByTopic>(builder, calls, |input| {
        let one = |id: &str, endpoint: &str| sns::Subscription {
            subscription_arn: Some(format!("{}:{id}", input.topic_arn)),
            protocol: Some("sqs".to_owned()),
            endpoint: Some(endpoint.to_owned()),
            ..Default::default()
        };
        let listed = sns::ListSubscriptionsByTopicOutput {
            subscriptions: Some(vec![one("1", "arn:q"), one("2", "arn:other")]),
            ..Default::default()
        };
        (String::new(), Ok(listed))
    });
    unit::<sns::SetSubscriptionAttributes>(builder, calls, |input| {
        format!("{} {:?}", input.attribute_name, input.attribute_value)
    });
    unit::<sns::Unsubscribe>(builder, calls, |input| input.subscription_arn.clone());
}

const EMPTY: &str = "Resources: {X: {Type: 'AWS::CDK::Metadata'}}\n";

#[tokio::test]
async fn a_topic_is_made_changed_and_deleted() {
    let cloud = cloud_with(with_topics);
    let template = |properties: &str| {
        format!(
            "Resources:\n  T: {{Type: 'AWS::SNS::Topic', Properties: {{TopicName: news{properties}}}}}\nOutputs: {{A: {{Value: !GetAtt T.TopicArn}}, N: {{Value: !GetAtt T.TopicName}}, D: {{Value: !GetAtt T.DisplayName}}, R: {{Value: !Ref T}}}}\n"
        )
    };
    let first = template(", DisplayName: News, Subscription: [{Protocol: sqs, Endpoint: arn:q}]");
    let made = cloud.deploy(&first, None).await.unwrap();
    let outputs = &made.stack.state.outputs;
    assert_eq!(outputs["R"].value, TOPIC);
    assert_eq!(outputs["A"].value, TOPIC);
    assert_eq!(outputs["N"].value, "news");
    assert_eq!(outputs["D"].value, "News");
    assert_eq!(
        cloud.calls(),
        [
            "CreateTopic Some({\"DisplayName\": \"News\"})",
            "Subscribe sqs Some(\"arn:q\") None"
        ]
    );
    cloud.deploy(&template(""), None).await.unwrap();
    assert_eq!(
        cloud.calls(),
        [
            "SetTopicAttributes DisplayName Some(\"\")".to_owned(),
            "ListSubscriptionsByTopic".to_owned(),
            format!("Unsubscribe {TOPIC}:1"),
        ]
    );
    cloud.deploy(EMPTY, None).await.unwrap();
    assert_eq!(cloud.calls(), [format!("DeleteTopic {TOPIC}")]);
}

#[tokio::test]
async fn a_topic_that_is_there_already_is_not_taken_over() {
    let cloud = cloud_with(with_topics);
    let template = "Resources: {T: {Type: 'AWS::SNS::Topic', Properties: {TopicName: taken}}}\n";
    assert!(cloud.deploy(template, None).await.is_err());
    assert_eq!(cloud.calls(), [""; 0]);
}

#[tokio::test]
async fn a_fifo_topic_without_a_name_gets_one_that_ends_as_it_must() {
    let cloud = cloud_with(with_topics);
    let template = "Resources: {T: {Type: 'AWS::SNS::Topic', Properties: {FifoTopic: true}}}\n";
    let made = cloud.deploy(template, None).await.unwrap();
    let id = made.stack.state.resources["T"].physical_id.clone().unwrap();
    assert_eq!(id.rsplit('.').next(), Some("fifo"));
}

#[tokio::test]
async fn a_subscription_is_made_changed_and_ended() {
    let cloud = cloud_with(with_topics);
    let template = |properties: &str| {
        format!(
            "Resources: {{S: {{Type: 'AWS::SNS::Subscription', Properties: {{TopicArn: '{TOPIC}', Protocol: sqs, Endpoint: arn:q{properties}}}}}}}\n"
        )
    };
    let first = template(", RawMessageDelivery: true, FilterPolicy: {a: [b]}");
    cloud.deploy(&first, None).await.unwrap();
    assert_eq!(
        cloud.calls(),
        [
            "Subscribe sqs Some(\"arn:q\") Some({\"FilterPolicy\": \"{\\\"a\\\":[\\\"b\\\"]}\", \"RawMessageDelivery\": \"true\"})"
        ]
    );
    let second = template(", RawMessageDelivery: true");
    cloud.deploy(&second, None).await.unwrap();
    assert_eq!(
        cloud.calls(),
        ["SetSubscriptionAttributes FilterPolicy Some(\"\")"]
    );
    cloud.deploy(EMPTY, None).await.unwrap();
    assert_eq!(cloud.calls(), [format!("Unsubscribe {TOPIC}:1")]);
}

#[tokio::test]
async fn a_policy_is_given_to_its_topics_and_taken_away() {
    let cloud = cloud_with(with_topics);
    let template = format!(
        "Resources: {{P: {{Type: 'AWS::SNS::TopicPolicy', Properties: {{Topics: ['{TOPIC}'], PolicyDocument: {{Statement: []}}}}}}}}\n"
    );
    cloud.deploy(&template, None).await.unwrap();
    cloud.deploy(EMPTY, None).await.unwrap();
    assert_eq!(
        cloud.calls(),
        [
            "SetTopicAttributes Policy Some(\"{\\\"Statement\\\":[]}\")",
            "SetTopicAttributes Policy Some(\"\")"
        ]
    );
}
