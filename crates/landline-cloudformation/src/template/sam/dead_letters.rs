//! `DeadLetterConfig` of an event: where goes what the function did not take.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-deadletterconfig.html>

use serde_json::json;

use super::super::error::TemplateError;
use super::super::node::Node;
use super::Output;
use super::push_events::Event;

/// The queue of what the function did not take: one that is named, or one that is made for it.
pub(super) fn queue(event: &Event<'_>, output: &mut Output) -> Result<Option<Node>, TemplateError> {
    let Some(config) = event.property("DeadLetterConfig") else {
        return Ok(None);
    };
    let arn = match (config.get("Arn"), config.get("Type").and_then(Node::as_str)) {
        (Some(arn), None) => arn.clone(),
        (None, Some("SQS")) => {
            let id = config.get("QueueLogicalId").and_then(Node::as_str);
            let id = id.map_or_else(|| format!("{}Queue", event.id), str::to_owned);
            let queue = event
                .source
                .secondary("AWS::SQS::Queue", Node::object(event.line));
            output.push(&id, queue);
            let policy = queue_policy(event, &id);
            event.push(output, "QueuePolicy", "AWS::SQS::QueuePolicy", policy);
            event.arn_of(&id)
        }
        _ => {
            let message = "'DeadLetterConfig' requires either Arn, or Type SQS.";
            return Err(TemplateError::at(config.line, message));
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
