//! Process Amazon S3 event notifications with Lambda.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/with-s3.html>

use bytes::Bytes;
use landline_api::cloudformation::{
    CreateStack, CreateStackInput, DescribeStacks, DescribeStacksInput, StackStatus,
};
use landline_api::{s3, sqs};
use landline_testing::Node;
use serde_json::json;

use super::create_function;

#[tokio::test]
async fn an_upload_calls_the_function_and_the_function_the_socket() {
    let node = Node::start().await;
    create_function(&node, "tell").await;
    let function_arn = node.function_arn("tell");
    node.call::<s3::CreateBucket>(s3::CreateBucketInput {
        bucket: "uploads".to_owned(),
        ..Default::default()
    })
    .await;
    let rule = s3::FilterRule {
        name: Some(s3::FilterRuleName::Prefix),
        value: Some("in/".to_owned()),
    };
    let told = s3::LambdaFunctionConfiguration {
        lambda_function_arn: function_arn,
        events: vec!["s3:ObjectCreated:*".into()],
        filter: Some(s3::NotificationConfigurationFilter {
            key: Some(s3::S3KeyFilter {
                filter_rules: Some(vec![rule]),
            }),
        }),
        ..Default::default()
    };
    node.call::<s3::PutBucketNotificationConfiguration>(
        s3::PutBucketNotificationConfigurationInput {
            bucket: "uploads".to_owned(),
            notification_configuration: s3::NotificationConfiguration {
                lambda_function_configurations: Some(vec![told]),
                ..Default::default()
            },
            ..Default::default()
        },
    )
    .await;
    for key in ["elsewhere", "in/a b.txt"] {
        node.call::<s3::PutObject>(s3::PutObjectInput {
            bucket: "uploads".to_owned(),
            key: key.to_owned(),
            body: Some(Bytes::from_static(b"hello")),
            ..Default::default()
        })
        .await;
    }
    let calls = node.functions.wait_for("tell", 1).await;
    assert_eq!(calls[0].source_arn.as_deref(), Some("arn:aws:s3:::uploads"));
    let record = &calls[0].event["Records"][0];
    assert_eq!(record["eventName"], "ObjectCreated:Put");
    assert_eq!(record["s3"]["bucket"]["name"], "uploads");
    assert_eq!(record["s3"]["object"]["key"], "in/a+b.txt");
    assert_eq!(record["s3"]["object"]["size"], 5);
}

#[tokio::test]
async fn a_bucket_of_a_template_tells_its_queue() {
    let node = Node::start().await;
    let template = json!({ "Resources": {
        "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "news" } },
        "Bucket": { "Type": "AWS::S3::Bucket", "Properties": {
            "BucketName": "watched",
            "NotificationConfiguration": { "QueueConfigurations": [
                { "Event": "s3:ObjectRemoved:*", "Queue": { "Fn::GetAtt": ["Queue", "Arn"] } },
            ] },
        } },
    } });
    node.call::<CreateStack>(CreateStackInput {
        stack_name: "s".to_owned(),
        template_body: Some(template.to_string()),
        ..Default::default()
    })
    .await;
    let queue_url = loop {
        let url = node.try_call::<sqs::GetQueueUrl>(sqs::GetQueueUrlInput {
            queue_name: "news".to_owned(),
            ..Default::default()
        });
        if let Ok(found) = url.await {
            break found.queue_url.unwrap();
        }
        tokio::task::yield_now().await;
    };
    loop {
        let configuration = node.try_call::<s3::DeleteObject>(s3::DeleteObjectInput {
            bucket: "watched".to_owned(),
            key: "gone".to_owned(),
            ..Default::default()
        });
        drop(configuration.await);
        let received = node
            .call::<sqs::ReceiveMessage>(sqs::ReceiveMessageInput {
                queue_url: queue_url.clone(),
                ..Default::default()
            })
            .await;
        if let Some(messages) = received.messages {
            let body = messages[0].body.as_deref().unwrap();
            assert!(body.contains("ObjectRemoved:Delete"), "{body}");
            return;
        }
    }
}

#[tokio::test]
async fn the_event_bus_is_told_in_words_of_its_own() {
    let node = Node::start().await;
    let template = json!({ "Resources": {
        "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "told" } },
        "Rule": { "Type": "AWS::Events::Rule", "Properties": {
            "EventPattern": { "source": ["aws.s3"], "detail": { "bucket": { "name": ["watched"] } } },
            "Targets": [{ "Id": "q", "Arn": { "Fn::GetAtt": ["Queue", "Arn"] } }],
        } },
        "Bucket": { "Type": "AWS::S3::Bucket", "DependsOn": "Rule", "Properties": {
            "BucketName": "watched",
            "NotificationConfiguration": { "EventBridgeConfiguration": { "EventBridgeEnabled": true } },
        } },
    } });
    node.call::<CreateStack>(CreateStackInput {
        stack_name: "s".to_owned(),
        template_body: Some(template.to_string()),
        ..Default::default()
    })
    .await;
    until_created(&node, "s").await;
    node.call::<s3::PutObject>(s3::PutObjectInput {
        bucket: "watched".to_owned(),
        key: "a b.txt".to_owned(),
        body: Some(Bytes::from_static(b"test")),
        ..Default::default()
    })
    .await;
    node.call::<s3::DeleteObject>(s3::DeleteObjectInput {
        bucket: "watched".to_owned(),
        key: "a b.txt".to_owned(),
        ..Default::default()
    })
    .await;
    let mut told = Vec::new();
    while told.len() < 2 {
        let received = node
            .call::<sqs::ReceiveMessage>(sqs::ReceiveMessageInput {
                queue_url: "/000000000000/told".to_owned(),
                wait_time_seconds: Some(5),
                max_number_of_messages: Some(10),
                ..Default::default()
            })
            .await;
        let bodies = received.messages.into_iter().flatten();
        told.extend(bodies.map(|it| {
            let body = it.body.unwrap();
            serde_json::from_str::<serde_json::Value>(&body).unwrap()
        }));
    }
    told.sort_by_key(|event| event["detail-type"].to_string());
    let [created, deleted] = told.as_slice() else {
        panic!("{told:?}");
    };
    assert_eq!(created["detail-type"], "Object Created");
    assert_eq!(created["resources"], json!(["arn:aws:s3:::watched"]));
    let detail = &created["detail"];
    assert_eq!(detail["reason"], "PutObject");
    assert_eq!(detail["object"]["key"], "a b.txt");
    assert_eq!(detail["object"]["size"], 4);
    assert_eq!(detail["object"]["etag"], "098f6bcd4621d373cade4e832627b4f6");
    assert_eq!(deleted["detail-type"], "Object Deleted");
    assert_eq!(deleted["detail"]["deletion-type"], "Permanently Deleted");
}

/// Waits until a stack is there whole.
async fn until_created(node: &Node, stack: &str) {
    loop {
        let described = node.call::<DescribeStacks>(DescribeStacksInput {
            stack_name: Some(stack.to_owned()),
            ..Default::default()
        });
        let stacks = described.await.stacks.unwrap_or_default();
        match stacks[0].stack_status {
            StackStatus::CreateComplete => return,
            StackStatus::CreateInProgress => tokio::task::yield_now().await,
            ref status => panic!("{status:?}"),
        }
    }
}
