//! `DeadLetterConfig` of an event: where goes what the function did not take.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-deadletterconfig.html>

use serde_json::json;

use super::super::error::TemplateError;
use super::super::node::Node;
use super::push_events::Event;
use super::{Output, refusals};

/// The queue of what the function did not take: one that is named, or one that is made for it.
pub(super) fn queue(event: &Event<'_>, output: &mut Output) -> Result<Option<Node>, TemplateError> {
    let Some(config) = event.property("DeadLetterConfig") else {
        return Ok(None);
    };
    let refuse = |message: &str| Err(refusals::event(config.line, &event.id, message));
    let arn = match (config.get("Arn"), config.get("Type")) {
        (Some(arn), None) => arn.clone(),
        (Some(_), Some(_)) => {
            return refuse("You can either define 'Arn' or 'Type' property of DeadLetterConfig.");
        }
        (None, None) => {
            return refuse("No 'Arn' or 'Type' property provided for DeadLetterConfig.");
        }
        (None, Some(kind)) if kind.as_str() != Some("SQS") => {
            return refuse(
                "The only valid value for 'Type' property of DeadLetterConfig is 'SQS'.",
            );
        }
        (None, Some(_)) => {
            let given = config.get("QueueLogicalId").filter(|it| !it.is_null());
            let id = match given.map(Node::as_str) {
                Some(None) => return refuse("QueueLogicalId must be a string"),
                Some(Some(id)) => id.to_owned(),
                None => format!("{}Queue", event.id),
            };
            let queue = event
                .source
                .secondary("AWS::SQS::Queue", Node::object(event.line));
            output.push(&id, queue);
            let policy = queue_policy(event, &id);
            event.push(output, "QueuePolicy", "AWS::SQS::QueuePolicy", policy);
            event.arn_of(&id)
        }
    };
    Ok(Some(Node::object(config.line).with("Arn", arn)))
}

/// Lets what sends the events send to the queue.
fn queue_policy(event: &Event<'_>, queue_id: &str) -> Node {
    let principal = match event.property("ScheduleExpression") {
        Some(_) => "scheduler.amazonaws.com",
        None => "events.amazonaws.com",
    };
    event.source.json(&json!({
        "PolicyDocument": {
            "Version": "2012-10-17",
            "Statement": [{
                "Action": "sqs:SendMessage",
                "Effect": "Allow",
                "Principal": {"Service": principal},
                "Resource": {"Fn::GetAtt": [queue_id, "Arn"]},
                "Condition": {"ArnEquals": {"aws:SourceArn": {"Fn::GetAtt": [event.id, "Arn"]}}},
            }],
        },
        "Queues": [{"Ref": queue_id}],
    }))
}
