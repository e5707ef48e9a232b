//! Events that become subscriptions: `SNS`, which a topic sends, and `CloudWatchLogs`, lines of a log group.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-sns.html>

use serde_json::json;

use super::super::error::TemplateError;
use super::super::node::Node;
use super::push_events::Event;
use super::{Output, topic_queues};

/// `SNS`: what a topic sends, through a queue where the template wants one.
pub(super) fn topic(event: &Event<'_>, output: &mut Output) -> Result<(), TemplateError> {
    if let Some(through) = event.property("SqsSubscription")
        && through.scalar_text().as_deref() != Some("false")
    {
        return topic_queues::expand(event, through, output);
    }
    let topic = event.property("Topic").cloned();
    let topic = topic.unwrap_or_else(|| Node::object(event.line));
    event.permit(output, "sns.amazonaws.com", topic);
    subscribe(event, "lambda", event.arn.clone(), output);
    Ok(())
}

/// Subscribes an endpoint to the topic of an event.
pub(super) fn subscribe(event: &Event<'_>, protocol: &str, endpoint: Node, output: &mut Output) {
    let properties = Node::object(event.line)
        .with("Endpoint", endpoint)
        .with("Protocol", event.source.text(protocol));
    let names = [
        ("Topic", "TopicArn"),
        ("Region", "Region"),
        ("FilterPolicy", "FilterPolicy"),
        ("FilterPolicyScope", "FilterPolicyScope"),
        ("RedrivePolicy", "RedrivePolicy"),
    ];
    let properties = event.pass(properties, &names);
    event.push(output, "", "AWS::SNS::Subscription", properties);
}

/// `CloudWatchLogs`: lines of a log group that match a pattern.
#[expect(
    clippy::unnecessary_wraps,
    reason = "other kinds of events can be refused"
)]
pub(super) fn log_group(event: &Event<'_>, output: &mut Output) -> Result<(), TemplateError> {
    let group = event.property("LogGroupName").cloned();
    let group = group.unwrap_or_else(|| Node::object(event.line));
    let arn = event
        .source
        .text("arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:${__LogGroupName__}:*");
    let names = Node::object(event.line).with("__LogGroupName__", group);
    let of = Node::object(event.line).with("Fn::Sub", Node::list(event.line, vec![arn, names]));
    event.permit(output, "logs.amazonaws.com", of);
    let properties = Node::object(event.line).with("DestinationArn", event.arn.clone());
    let names = ["FilterPattern", "LogGroupName"].map(|name| (name, name));
    let properties = event.pass(properties, &names);
    let filter = event
        .source
        .secondary("AWS::Logs::SubscriptionFilter", properties);
    let permission = format!("{}Permission", event.id);
    output.push(
        &event.id,
        filter.with("DependsOn", event.source.json(&json!([permission]))),
    );
    Ok(())
}
