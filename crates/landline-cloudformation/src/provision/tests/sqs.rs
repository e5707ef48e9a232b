//! Queues and their policies.

use landline_api::sqs;

use super::*;

fn with_queues(builder: &mut DispatcherBuilder, calls: &Calls) {
    builder.register_fn::<sqs::GetQueueUrl, _>(|input, _| {
        if input.queue_name == "taken" {
            return Ok(sqs::GetQueueUrlOutput::default());
        }
        Err(sqs::errors::QueueDoesNotExist.with(""))
    });
    answer::<sqs::CreateQueue>(builder, calls, |input| {
        let url = format!("http://127.0.0.1:1/123456789012/{}", input.queue_name);
        let made = sqs::CreateQueueOutput {
            queue_url: Some(url),
        };
        (format!("{:?}", input.attributes), Ok(made))
    });
    unit::<sqs::SetQueueAttributes>(builder, calls, |input| {
        format!("{} {:?}", input.queue_url, input.attributes)
    });
    unit::<sqs::DeleteQueue>(builder, calls, |input| input.queue_url.clone());
}

const EMPTY: &str = "Resources: {X: {Type: 'AWS::CDK::Metadata'}}\n";

#[tokio::test]
async fn a_queue_is_made_changed_and_deleted() {
    let cloud = cloud_with(with_queues);
    let template = |properties: &str| {
        format!(
            "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties: {{QueueName: jobs{properties}}}\nOutputs: {{A: {{Value: !GetAtt Q.Arn}}, N: {{Value: !GetAtt Q.QueueName}}}}\n"
        )
    };
    let first = template(", FifoQueue: false, DelaySeconds: 5");
    let made = cloud.deploy(&first, None).await.unwrap();
    let url = "http://127.0.0.1:1/123456789012/jobs";
    let id = &made.stack.state.resources["Q"].physical_id;
    assert_eq!(id.as_deref(), Some(url));
    assert_eq!(
        cloud.calls(),
        ["CreateQueue Some({\"DelaySeconds\": \"5\"})"]
    );
    let second = template(", FifoQueue: false, VisibilityTimeout: 9");
    cloud.deploy(&second, None).await.unwrap();
    assert_eq!(
        cloud.calls(),
        [format!(
            "SetQueueAttributes {url} {{\"DelaySeconds\": \"0\", \"VisibilityTimeout\": \"9\"}}"
        )]
    );
    cloud.deploy(EMPTY, None).await.unwrap();
    assert_eq!(cloud.calls(), [format!("DeleteQueue {url}")]);
}

#[tokio::test]
async fn a_fifo_queue_without_a_name_gets_one_that_ends_as_it_must() {
    let cloud = cloud_with(with_queues);
    let template = "Resources: {Q: {Type: 'AWS::SQS::Queue', Properties: {FifoQueue: true}}}\n";
    let made = cloud.deploy(template, None).await.unwrap();
    let id = made.stack.state.resources["Q"].physical_id.clone().unwrap();
    assert_eq!(id.rsplit('.').next(), Some("fifo"));
    assert_eq!(
        cloud.calls(),
        ["CreateQueue Some({\"FifoQueue\": \"true\"})"]
    );
}

#[tokio::test]
async fn a_queue_that_is_there_already_is_not_taken_over() {
    let cloud = cloud_with(with_queues);
    let template = "Resources: {Q: {Type: 'AWS::SQS::Queue', Properties: {QueueName: taken}}}\n";
    assert!(cloud.deploy(template, None).await.is_err());
    assert_eq!(cloud.calls(), [""; 0]);
}

#[tokio::test]
async fn a_policy_is_given_to_its_queues_and_taken_away() {
    let cloud = cloud_with(with_queues);
    let template = "Resources: {P: {Type: 'AWS::SQS::QueuePolicy', Properties: {Queues: ['http://q/1/jobs'], PolicyDocument: {Version: '2012-10-17'}}}}\n";
    cloud.deploy(template, None).await.unwrap();
    assert_eq!(
        cloud.calls(),
        [
            "SetQueueAttributes http://q/1/jobs {\"Policy\": \"{\\\"Version\\\":\\\"2012-10-17\\\"}\"}"
        ]
    );
    cloud.deploy(EMPTY, None).await.unwrap();
    assert_eq!(
        cloud.calls(),
        ["SetQueueAttributes http://q/1/jobs {\"Policy\": \"\"}"]
    );
}
