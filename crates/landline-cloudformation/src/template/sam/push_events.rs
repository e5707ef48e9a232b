//! The events of a function or a state machine that others send it: `SNS`, `Schedule`, `CloudWatchEvent`,
//! `EventBridgeRule`, `ScheduleV2` and `CloudWatchLogs` become subscriptions, rules and schedules, with the permission to
//! call the function; `Cognito`, `S3` and queues between topics and functions have files of their own.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-eventsource.html>

use serde_json::json;

use super::super::error::TemplateError;
use super::super::node::{Entry, Node};
use super::{
    Output, Source, bucket_events, dead_letters, refusals, subscriptions, user_pool_events,
};

/// What a kind of event needs in a template.
struct Kind {
    /// `SNS`
    name: &'static str,
    required: &'static [&'static str],
    properties: &'static [&'static str],
    expand: fn(&Event<'_>, &mut Output) -> Result<(), TemplateError>,
}

const KINDS: [Kind; 9] = [
    Kind {
        name: "SNS",
        required: &["Topic"],
        properties: &[
            "FilterPolicy",
            "FilterPolicyScope",
            "RedrivePolicy",
            "Region",
            "SqsSubscription",
            "Topic",
        ],
        expand: subscriptions::topic,
    },
    Kind {
        name: "Schedule",
        required: &["Schedule"],
        properties: &[
            "DeadLetterConfig",
            "Description",
            "Enabled",
            "Input",
            "Name",
            "RetryPolicy",
            "RoleArn",
            "Schedule",
            "State",
        ],
        expand: rule,
    },
    Kind {
        name: "CloudWatchEvent",
        required: &["Pattern"],
        properties: &PATTERN_PROPERTIES,
        expand: rule,
    },
    Kind {
        name: "EventBridgeRule",
        required: &["Pattern"],
        properties: &PATTERN_PROPERTIES,
        expand: rule,
    },
    Kind {
        name: "ScheduleV2",
        required: &["ScheduleExpression"],
        properties: &[
            "DeadLetterConfig",
            "Description",
            "EndDate",
            "FlexibleTimeWindow",
            "GroupName",
            "Input",
            "KmsKeyArn",
            "Name",
            "OmitName",
            "PermissionsBoundary",
            "RetryPolicy",
            "RoleArn",
            "ScheduleExpression",
            "ScheduleExpressionTimezone",
            "StartDate",
            "State",
        ],
        expand: schedule,
    },
    Kind {
        name: "Cognito",
        required: &["Trigger", "UserPool"],
        properties: &["Trigger", "UserPool"],
        expand: user_pool_events::trigger,
    },
    Kind {
        name: "S3",
        required: &["Bucket", "Events"],
        properties: &["Bucket", "Events", "Filter"],
        expand: bucket_events::notification,
    },
    Kind {
        name: "CloudWatchLogs",
        required: &["FilterPattern", "LogGroupName"],
        properties: &["FilterPattern", "LogGroupName"],
        expand: subscriptions::log_group,
    },
    Kind {
        name: "AlexaSkill",
        required: &[],
        properties: &["SkillId"],
        expand: skill,
    },
];

const PATTERN_PROPERTIES: [&str; 11] = [
    "DeadLetterConfig",
    "Enabled",
    "EventBusName",
    "Input",
    "InputPath",
    "InputTransformer",
    "Pattern",
    "RetryPolicy",
    "RuleName",
    "State",
    "Target",
];

/// An event of a function, on its way to resources.
pub(super) struct Event<'a> {
    pub(super) source: &'a Source<'a>,
    /// What the transform calls it: the function's id and the event's.
    pub(super) id: String,
    pub(super) line: u32,
    properties: Node,
    /// `Ref` of what is called: the function, or its alias.
    pub(super) function: &'a Node,
    /// The ARN of that.
    pub(super) arn: Node,
    called: Called,
}

/// What is called, and so how others may.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Called {
    /// By permission.
    Function,
    /// By a role that may start executions.
    StateMachine,
}

impl Called {
    fn action(self) -> &'static str {
        match self {
            Self::Function => "lambda:InvokeFunction",
            Self::StateMachine => "states:StartExecution",
        }
    }

    fn has(self, kind: &Kind) -> bool {
        self == Self::Function || !["SNS", "Cognito", "S3", "CloudWatchLogs"].contains(&kind.name)
    }
}

impl Event<'_> {
    /// What the template calls it.
    pub(super) fn name(&self) -> &str {
        &self.id[self.source.id.len()..]
    }

    pub(super) fn property(&self, key: &str) -> Option<&Node> {
        self.properties.get(key).filter(|node| !node.is_null())
    }

    /// Copies properties that have the same meaning on both sides, under these names.
    pub(super) fn pass(&self, mut target: Node, names: &[(&str, &str)]) -> Node {
        for (theirs, ours) in names {
            if let Some(node) = self.property(theirs) {
                target = target.with(ours, node.clone());
            }
        }
        target
    }

    pub(super) fn push(
        &self,
        output: &mut Output,
        end: &str,
        resource_type: &str,
        properties: Node,
    ) {
        let resource = self.source.secondary(resource_type, properties);
        output.push(&format!("{}{end}", self.id), resource);
    }

    /// Lets a service call the function on behalf of a resource.
    pub(super) fn permit(&self, output: &mut Output, principal: &str, of: Node) {
        let properties = self.permission(principal).with("SourceArn", of);
        self.push(output, "Permission", "AWS::Lambda::Permission", properties);
    }

    /// The properties of a permission for a service to call the function.
    pub(super) fn permission(&self, principal: &str) -> Node {
        Node::object(self.line)
            .with("Action", self.source.text("lambda:InvokeFunction"))
            .with("FunctionName", self.function.clone())
            .with("Principal", self.source.text(principal))
    }

    pub(super) fn arn_of(&self, logical_id: &str) -> Node {
        self.source
            .json(&json!({"Fn::GetAtt": [logical_id, "Arn"]}))
    }
}

/// Whether an event is one of these.
pub(super) fn is_one(event: &Entry) -> bool {
    kind_of(event).is_some()
}

fn kind_of(event: &Entry) -> Option<&'static Kind> {
    let name = event.node.get("Type").and_then(Node::as_str)?;
    KINDS.iter().find(|kind| kind.name == name)
}

/// Adds what sends events to the function; `function` is what is called, an alias where there is one.
pub(super) fn expand(
    source: &Source<'_>,
    function: &Node,
    alias_id: Option<&str>,
    output: &mut Output,
) -> Result<(), TemplateError> {
    let events = source.property("Events").and_then(Node::as_map);
    for entry in events.into_iter().flatten() {
        let Some(kind) = kind_of(entry) else {
            continue;
        };
        let properties = entry.node.get("Properties").cloned();
        let properties = properties.unwrap_or_else(|| Node::object(entry.line));
        let id = format!("{}{}", source.id, entry.key);
        check(entry, kind, &properties).map_err(|error| error.in_resource(&id))?;
        let event = Event {
            source,
            id,
            line: entry.line,
            properties,
            function,
            arn: match alias_id {
                Some(alias) => source.json(&json!({ "Ref": alias })),
                None => source.json(&json!({"Fn::GetAtt": [source.id, "Arn"]})),
            },
            called: Called::Function,
        };
        (kind.expand)(&event, output)?;
    }
    Ok(())
}

/// Adds what starts executions of a state machine; its routes are those of an API.
pub(super) fn expand_for_machine(
    source: &Source<'_>,
    output: &mut Output,
) -> Result<(), TemplateError> {
    let machine = source.json(&json!({ "Ref": source.id }));
    let events = source.property("Events").and_then(Node::as_map);
    for entry in events.into_iter().flatten() {
        let kind = kind_of(entry).filter(|kind| Called::StateMachine.has(kind));
        let Some(kind) = kind else {
            let message = format!(
                "Event with id [{}] is invalid. A state machine has no events of that type.",
                entry.key
            );
            return Err(TemplateError::at(entry.line, message));
        };
        let properties = entry.node.get("Properties").cloned();
        let properties = properties.unwrap_or_else(|| Node::object(entry.line));
        let id = format!("{}{}", source.id, entry.key);
        check(entry, kind, &properties).map_err(|error| error.in_resource(&id))?;
        let event = Event {
            source,
            id,
            line: entry.line,
            properties,
            function: &machine,
            arn: machine.clone(),
            called: Called::StateMachine,
        };
        (kind.expand)(&event, output)?;
    }
    Ok(())
}

fn check(event: &Entry, kind: &Kind, properties: &Node) -> Result<(), TemplateError> {
    for key in kind.required {
        if properties.get(key).is_none_or(Node::is_null) {
            let message = format!("Missing required property '{key}'.");
            return Err(TemplateError::at(event.line, message));
        }
    }
    for entry in properties.as_map().into_iter().flatten() {
        if !kind.properties.contains(&entry.key.as_str()) {
            let message = format!(
                "property {} not defined for resource of type {}",
                entry.key, kind.name
            );
            return Err(TemplateError::at(entry.line, message));
        }
    }
    Ok(())
}

/// `AlexaSkill`: nobody calls here, but the template is deployed.
#[expect(
    clippy::unnecessary_wraps,
    reason = "other kinds of events can be refused"
)]
fn skill(event: &Event<'_>, output: &mut Output) -> Result<(), TemplateError> {
    let properties = event.permission("alexa-appkit.amazon.com");
    let properties = event.pass(properties, &[("SkillId", "EventSourceToken")]);
    event.push(output, "Permission", "AWS::Lambda::Permission", properties);
    Ok(())
}

/// `Schedule`, `CloudWatchEvent`, `EventBridgeRule`.
fn rule(event: &Event<'_>, output: &mut Output) -> Result<(), TemplateError> {
    let id = event.property("Target").and_then(|target| target.get("Id"));
    let is_machine = event.called == Called::StateMachine;
    let end = if is_machine {
        "StepFunctionsTarget"
    } else {
        "LambdaTarget"
    };
    let own_id = event.source.text(&format!("{}{end}", event.id));
    let mut target = Node::object(event.line)
        .with("Arn", event.arn.clone())
        .with("Id", id.cloned().unwrap_or(own_id));
    let role = event.property("RoleArn").cloned();
    if is_machine {
        let own = event.arn_of(&format!("{}Role", event.id));
        target = target.with("RoleArn", role.clone().unwrap_or(own));
    }
    let names = ["Input", "InputPath", "InputTransformer", "RetryPolicy"];
    let mut target = event.pass(target, &names.map(|name| (name, name)));
    if let Some(queue) = dead_letters::queue(event, output)? {
        target = target.with("DeadLetterConfig", queue);
    }
    let mut properties = event.pass(
        Node::object(event.line),
        &[
            ("Description", "Description"),
            ("EventBusName", "EventBusName"),
            ("Pattern", "EventPattern"),
            ("Name", "Name"),
            ("RuleName", "Name"),
            ("Schedule", "ScheduleExpression"),
            ("State", "State"),
        ],
    );
    if let (Some(role), false) = (&role, is_machine) {
        properties = properties.with("RoleArn", role.clone());
    }
    if let Some(enabled) = event.property("Enabled") {
        if event.property("State").is_some() {
            let message = "State and Enabled Properties cannot both be specified.";
            return Err(refusals::event(enabled.line, event.name(), message));
        }
        let state = match enabled.scalar_text().as_deref() {
            Some("true") => event.source.text("ENABLED"),
            Some("false") => event.source.text("DISABLED"),
            _ => {
                let message = "'Enabled' must be true or false; 'State' may depend on a parameter.";
                return Err(TemplateError::at(enabled.line, message));
            }
        };
        properties = properties.with("State", state);
    }
    let targets = Node::list(event.line, vec![target]);
    let properties = properties.with("Targets", targets);
    event.push(output, "", "AWS::Events::Rule", properties);
    if is_machine {
        if role.is_none() {
            let role = caller_role(event, "events.amazonaws.com");
            event.push(output, "Role", "AWS::IAM::Role", role);
        }
        return Ok(());
    }
    event.permit(output, "events.amazonaws.com", event.arn_of(&event.id));
    Ok(())
}

/// `ScheduleV2`: a schedule calls by a role, and needs no permission.
fn schedule(event: &Event<'_>, output: &mut Output) -> Result<(), TemplateError> {
    let role_id = format!("{}Role", event.id);
    let role = event.property("RoleArn").cloned();
    let role_arn = role.clone().unwrap_or_else(|| event.arn_of(&role_id));
    let target = Node::object(event.line)
        .with("Arn", event.arn.clone())
        .with("RoleArn", role_arn);
    let names = ["Input", "RetryPolicy"].map(|name| (name, name));
    let mut target = event.pass(target, &names);
    if let Some(queue) = dead_letters::queue(event, output)? {
        target = target.with("DeadLetterConfig", queue);
    }
    let off = event.source.json(&json!({ "Mode": "OFF" }));
    let window = event.property("FlexibleTimeWindow").cloned();
    let mut properties = Node::object(event.line).with("FlexibleTimeWindow", window.unwrap_or(off));
    let omits = event.property("OmitName").and_then(Node::scalar_text);
    if omits.as_deref() != Some("true") {
        properties = properties.with("Name", event.source.text(&event.id));
    }
    let names = [
        "Description",
        "EndDate",
        "GroupName",
        "KmsKeyArn",
        "Name",
        "ScheduleExpression",
        "ScheduleExpressionTimezone",
        "StartDate",
        "State",
    ];
    let properties = event.pass(properties, &names.map(|name| (name, name)));
    let properties = properties.with("Target", target);
    event.push(output, "", "AWS::Scheduler::Schedule", properties);
    if role.is_none() {
        let role = caller_role(event, "scheduler.amazonaws.com");
        event.push(output, "Role", "AWS::IAM::Role", role);
    }
    Ok(())
}

/// The role by which a schedule calls the function, or a rule starts executions.
fn caller_role(event: &Event<'_>, principal: &str) -> Node {
    let trust = json!({
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": ["sts:AssumeRole"], "Principal": {"Service": [principal]}}],
    });
    let statement = event
        .source
        .json(&json!({"Effect": "Allow", "Action": event.called.action()}))
        .with("Resource", event.arn.clone());
    let document =
        Node::object(event.line).with("Statement", Node::list(event.line, vec![statement]));
    let end = match event.called {
        Called::Function => "LambdaPolicy",
        Called::StateMachine => "StartExecutionPolicy",
    };
    let name = event.source.text(&format!("{}{end}", event.id));
    let policy = Node::object(event.line)
        .with("PolicyName", name)
        .with("PolicyDocument", document);
    let role = Node::object(event.line)
        .with("AssumeRolePolicyDocument", event.source.json(&trust))
        .with("Policies", Node::list(event.line, vec![policy]));
    event.pass(role, &[("PermissionsBoundary", "PermissionsBoundary")])
}
