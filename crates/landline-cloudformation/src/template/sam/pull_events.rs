//! The events of a function that Lambda reads itself: `DynamoDB` and `SQS` become event-source mappings.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-dynamodb.html>

use serde_json::json;

use super::super::error::TemplateError;
use super::super::node::{Entry, Node};
use super::{Output, Source, push_events, refusals, topic_queues};

/// What a source needs in a template.
struct Kind {
    /// `DynamoDB`
    name: &'static str,
    /// The property with the ARN of the source.
    source: &'static str,
    required: &'static [&'static str],
    properties: &'static [&'static str],
    /// The managed policy that lets the function's role read.
    policy: &'static str,
}

const KINDS: [Kind; 2] = [
    Kind {
        name: "DynamoDB",
        source: "Stream",
        required: &["Stream", "StartingPosition"],
        properties: &[
            "BatchSize",
            "BisectBatchOnFunctionError",
            "DestinationConfig",
            "Enabled",
            "FilterCriteria",
            "FunctionResponseTypes",
            "KmsKeyArn",
            "MaximumBatchingWindowInSeconds",
            "MaximumRecordAgeInSeconds",
            "MaximumRetryAttempts",
            "MetricsConfig",
            "ParallelizationFactor",
            "StartingPosition",
            "StartingPositionTimestamp",
            "TumblingWindowInSeconds",
        ],
        policy: "AWSLambdaDynamoDBExecutionRole",
    },
    Kind {
        name: "SQS",
        source: "Queue",
        required: &["Queue"],
        properties: &[
            "BatchSize",
            "Enabled",
            "FilterCriteria",
            "FunctionResponseTypes",
            "KmsKeyArn",
            "MaximumBatchingWindowInSeconds",
            "MetricsConfig",
            "ProvisionedPollerConfig",
            "ScalingConfig",
        ],
        policy: "AWSLambdaSQSQueueExecutionRole",
    },
];

/// What the role of the function needs for its events.
#[derive(Default)]
pub(super) struct Grants {
    pub(super) managed: Vec<Node>,
    pub(super) inline: Vec<Node>,
}

impl Grants {
    /// Adds a managed policy, once.
    fn let_read(&mut self, source: &Source<'_>, policy: &str) {
        let arn = format!("arn:aws:iam::aws:policy/service-role/{policy}");
        let mut known = self.managed.iter();
        if !known.any(|known| known.as_str() == Some(&arn)) {
            self.managed.push(source.text(&arn));
        }
    }
}

/// What the events of a function make of its role.
pub(super) fn grants(source: &Source<'_>) -> Result<Grants, TemplateError> {
    let mut grants = Grants::default();
    for event in events(source)? {
        let kind = kind_of(event)?;
        grants.let_read(source, kind.policy);
        let owner = format!("{}{}", source.id, event.key);
        let failed = event.node.get("Properties");
        let failed =
            failed.and_then(|properties| properties.get("DestinationConfig")?.get("OnFailure"));
        grants
            .inline
            .extend(failed.and_then(|to| may_send(source, &owner, to)));
    }
    if topic_queues::are_read(source) {
        grants.let_read(source, "AWSLambdaSQSQueueExecutionRole");
    }
    Ok(grants)
}

/// Adds the mappings; `function` is what they call.
pub(super) fn expand(
    source: &Source<'_>,
    function: &Node,
    output: &mut Output,
) -> Result<(), TemplateError> {
    for event in events(source)? {
        let kind = kind_of(event)?;
        let empty = Node::object(event.line);
        let properties = event.node.get("Properties").unwrap_or(&empty);
        let id = format!("{}{}", source.id, event.key);
        check(event, kind, properties).map_err(|error| error.in_resource(&id))?;
        let filter = properties.get("FilterCriteria");
        if filter.is_some_and(|it| it.as_map().is_none()) {
            let message = "FilterCriteria field has a wrong format";
            return Err(refusals::event(event.line, &event.key, message));
        }
        let mut mapping = Node::object(event.line);
        if let Some(arn) = properties.get(kind.source) {
            mapping = mapping.with("EventSourceArn", arn.clone());
        }
        mapping = mapping.with("FunctionName", function.clone());
        for entry in properties.as_map().into_iter().flatten() {
            if entry.key == kind.source || entry.node.is_null() {
                continue;
            }
            let value = match entry.key.as_str() {
                "DestinationConfig" => destinations(&entry.node),
                _ => entry.node.clone(),
            };
            mapping = mapping.with(&entry.key, value);
        }
        let resource = source.secondary("AWS::Lambda::EventSourceMapping", mapping);
        output.push(&id, resource);
    }
    Ok(())
}

/// Lets a role send to a queue or a topic that the template gives the type of.
pub(super) fn may_send(source: &Source<'_>, owner: &str, destination: &Node) -> Option<Node> {
    let to = destination.get("Destination")?;
    let kind = destination.get("Type").and_then(Node::as_str)?;
    let action = match kind {
        "SQS" => "sqs:SendMessage",
        "SNS" => "sns:publish",
        "Lambda" => "lambda:InvokeFunction",
        "EventBridge" => "events:PutEvents",
        _ => return None,
    };
    let statement = source
        .json(&json!({"Action": action, "Effect": "Allow"}))
        .with("Resource", to.clone());
    let document =
        Node::object(source.line).with("Statement", Node::list(source.line, vec![statement]));
    let name = source.text(&format!("{owner}{kind}Policy"));
    Some(
        Node::object(source.line)
            .with("PolicyName", name)
            .with("PolicyDocument", document),
    )
}

/// A destination's type only matters to the transform.
pub(super) fn destinations(config: &Node) -> Node {
    let mut config = config.clone();
    for side in ["OnSuccess", "OnFailure"] {
        let side = config.as_map_mut().and_then(|map| map.get_mut(side));
        if let Some(map) = side.and_then(Node::as_map_mut) {
            map.remove("Type");
        }
    }
    config
}

fn events<'a>(source: &'a Source<'_>) -> Result<Vec<&'a Entry>, TemplateError> {
    match source.property("Events") {
        None => Ok(Vec::new()),
        Some(node) => match node.as_map() {
            // Those that others send have a file of their own.
            Some(events) => Ok(events
                .iter()
                .filter(|it| !push_events::is_one(it))
                .collect()),
            None => Err(TemplateError::at(node.line, "'Events' must be a map.")),
        },
    }
}

fn kind_of(event: &Entry) -> Result<&'static Kind, TemplateError> {
    let name = event.node.get("Type").and_then(Node::as_str);
    let name = name.unwrap_or("None");
    if let Some(kind) = KINDS.iter().find(|kind| kind.name == name) {
        return Ok(kind);
    }
    let id = &event.key;
    let message = if LATER.contains(&name) {
        format!(
            "Event with id [{id}] is invalid. Events of type {name} are not supported by Landline yet."
        )
    } else {
        format!(
            "Event with id [{id}] is invalid. Resource dict has missing or invalid value for key Type. Event Type is: {name}."
        )
    };
    Err(TemplateError::at(event.line, message))
}

fn check(event: &Entry, kind: &Kind, properties: &Node) -> Result<(), TemplateError> {
    for key in kind.required {
        if properties.get(key).is_none_or(Node::is_null) {
            return Err(TemplateError::at(
                event.line,
                format!("Missing required property '{key}'."),
            ));
        }
    }
    for entry in properties.as_map().into_iter().flatten() {
        let key = entry.key.as_str();
        if key != kind.source && !kind.properties.contains(&key) {
            let message = format!(
                "property {key} not defined for resource of type {}",
                kind.name
            );
            return Err(TemplateError::at(entry.line, message));
        }
    }
    Ok(())
}

/// Other types of events that SAM knows.
const LATER: [&str; 8] = [
    "Api",
    "DocumentDB",
    "HttpApi",
    "IoTRule",
    "Kinesis",
    "MQ",
    "MSK",
    "SelfManagedKafka",
];
