//! `SNS` events through a queue (`SqsSubscription`): the topic sends to a queue, which the function reads. The queue is
//! made for that, or is one that the template names.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-sqssubscriptionobject.html>

use serde_json::json;

use super::super::error::TemplateError;
use super::super::node::{Entry, Node};
use super::push_events::Event;
use super::subscriptions::subscribe;
use super::{Output, Source, refusals};

/// Adds the subscription of the queue, what lets the topic send to it, and what lets the function read it.
pub(super) fn expand(
    event: &Event<'_>,
    through: &Node,
    output: &mut Output,
) -> Result<(), TemplateError> {
    let given = through.as_map().is_some();
    let id = format!("{}Queue", event.id);
    let (arn, url) = if given {
        let (Some(arn), Some(url)) = (through.get("QueueArn"), through.get("QueueUrl")) else {
            let message = "No QueueARN or QueueURL provided.";
            return Err(refusals::event(through.line, event.name(), message));
        };
        (arn.clone(), url.clone())
    } else {
        let queue = Node::object(event.line);
        event.push(output, "Queue", "AWS::SQS::Queue", queue);
        output
            .queues
            .push((id.clone(), event.property("Topic").cloned()));
        (event.arn_of(&id), event.source.json(&json!({ "Ref": id })))
    };
    let policy = queue_policy(event, &arn, url);
    let policy = event.source.secondary("AWS::SQS::QueuePolicy", policy);
    let policy_id = through.get("QueuePolicyLogicalId").and_then(Node::as_str);
    let own_id = format!("{id}Policy");
    output.push(policy_id.unwrap_or(&own_id), policy);
    subscribe(event, "sqs", arn.clone(), output);
    let ten = event.source.json(&json!(10));
    let mapping = Node::object(event.line)
        .with("EventSourceArn", arn)
        .with("FunctionName", event.function.clone())
        .with(
            "BatchSize",
            through.get("BatchSize").cloned().unwrap_or(ten),
        )
        .with("Enabled", event.source.json(&json!(true)));
    event.push(
        output,
        "EventSourceMapping",
        "AWS::Lambda::EventSourceMapping",
        mapping,
    );
    Ok(())
}

fn queue_policy(event: &Event<'_>, queue: &Node, url: Node) -> Node {
    let statement = json!({"Action": "sqs:SendMessage", "Effect": "Allow", "Principal": "*"});
    let topic = event.property("Topic").cloned();
    let topic = topic.unwrap_or_else(|| Node::object(event.line));
    let of = Node::object(event.line).with("aws:SourceArn", topic);
    let statement = event
        .source
        .json(&statement)
        .with("Resource", queue.clone())
        .with("Condition", Node::object(event.line).with("ArnEquals", of));
    let document = Node::object(event.line)
        .with("Version", event.source.text("2012-10-17"))
        .with("Statement", Node::list(event.line, vec![statement]));
    Node::object(event.line)
        .with("PolicyDocument", document)
        .with("Queues", Node::list(event.line, vec![url]))
}

/// Whether an event of the function comes through a queue, which its role has to read then.
pub(super) fn are_read(source: &Source<'_>) -> bool {
    let events = source.property("Events").and_then(Node::as_map);
    let is_read = |entry: &Entry| {
        let through = entry.node.get("Properties");
        let through = through.and_then(|properties| properties.get("SqsSubscription"));
        let through = through.filter(|node| !node.is_null());
        entry.node.get("Type").and_then(Node::as_str) == Some("SNS")
            && through.is_some_and(|node| node.scalar_text().as_deref() != Some("false"))
    };
    events.into_iter().flatten().any(is_read)
}

/// A FIFO topic sends to FIFO queues only.
pub(super) fn follow_topics(output: &mut Output) {
    for (queue, topic) in std::mem::take(&mut output.queues) {
        let topic = topic.as_ref().and_then(Node::as_function);
        let Some(topic) = topic.and_then(|(_, id)| id.as_str()) else {
            continue;
        };
        let fifo = output
            .properties_of(topic)
            .and_then(|it| it.get("FifoTopic").cloned());
        let queue = output.properties_of(&queue).and_then(Node::as_map_mut);
        if let (Some(fifo), Some(queue)) = (fifo, queue) {
            queue.set("FifoQueue", fifo);
        }
    }
}
