//! Events that a function did not take, in the queue of its `DeadLetterConfig`.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#invocation-dlq>

use landline_api::{lambda as api, sqs};
use landline_testing::{Answer, Node};

use super::create_function;

#[tokio::test]
async fn an_event_that_is_given_up_goes_to_the_dead_letter_queue() {
    let node = Node::start().await;
    create_function(&node, "work").await;
    node.functions.script("work", |_| Answer::Throws("no luck"));
    let made = node
        .call::<sqs::CreateQueue>(sqs::CreateQueueInput {
            queue_name: "dead".to_owned(),
            ..Default::default()
        })
        .await;
    let queue_url = made.queue_url.unwrap();
    node.call::<api::UpdateFunctionConfiguration>(api::UpdateFunctionConfigurationInput {
        function_name: "work".to_owned(),
        dead_letter_config: Some(api::DeadLetterConfig {
            target_arn: Some("arn:aws:sqs:us-east-1:123456789012:dead".to_owned()),
        }),
        ..Default::default()
    })
    .await;
    node.call::<api::PutFunctionEventInvokeConfig>(api::PutFunctionEventInvokeConfigInput {
        function_name: "work".to_owned(),
        maximum_retry_attempts: Some(0),
        ..Default::default()
    })
    .await;
    node.call::<api::Invoke>(api::InvokeInput {
        function_name: "work".to_owned(),
        invocation_type: Some(api::InvocationType::Event),
        payload: Some("{\"job\":1}".into()),
        ..Default::default()
    })
    .await;
    let received = node
        .call::<sqs::ReceiveMessage>(sqs::ReceiveMessageInput {
            queue_url,
            wait_time_seconds: Some(10),
            message_attribute_names: Some(vec!["All".to_owned()]),
            ..Default::default()
        })
        .await;
    let message = &received.messages.unwrap()[0];
    assert_eq!(message.body.as_deref(), Some("{\"job\":1}"));
    let attributes = message.message_attributes.as_ref().unwrap();
    let text = |name: &str| attributes[name].string_value.as_deref();
    assert_eq!(text("ErrorCode"), Some("200"));
    assert_eq!(text("ErrorMessage"), Some("no luck"));
    assert!(text("RequestID").is_some());
}
