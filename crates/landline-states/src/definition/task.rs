//! `Task`: what is read of it, and what an express machine may not have.

use serde_json::Value;

use super::fields::{Fields, Findings, SCHEMA};
use super::parse::{Kind as MachineKind, Parser};
use super::resource::{Pattern, Resource};
use super::{Kind, Machine, Task};

pub(super) const FIELDS: &[&str] = &[
    "Credentials",
    "HeartbeatSeconds",
    "Resource",
    "TimeoutSeconds",
];

/// A task may take this long at most, as AWS has it.
const SECONDS_MAX: u64 = 99_999_999;

pub(super) fn parse(fields: &Fields<'_>, parser: &mut Parser) -> Option<Kind> {
    let findings = &mut parser.findings;
    if !fields.require(&["Resource"], findings) {
        return None;
    }
    let text = fields.text("Resource", findings)?;
    let Some(resource) = Resource::parse(text) else {
        let message = if text.starts_with("arn:") {
            format!(
                "The resource provided {text} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region."
            )
        } else {
            "Value is not a valid resource ARN".to_owned()
        };
        findings.add(SCHEMA, message, &fields.place("Resource"));
        return None;
    };
    let seconds = |value: &Value| match value.as_u64() {
        Some(1..=SECONDS_MAX) => Ok(()),
        _ => Err(format!("Value is not an integer from 1 to {SECONDS_MAX}")),
    };
    let number = |name: &str| fields.get(name).and_then(Value::as_u64);
    if let (Some(timeout), Some(heartbeat)) = (number("TimeoutSeconds"), number("HeartbeatSeconds"))
        && heartbeat >= timeout
    {
        let message = "HeartbeatSeconds has to be less than TimeoutSeconds";
        findings.add(SCHEMA, message, &fields.place("HeartbeatSeconds"));
    }
    Some(Kind::Task(Box::new(Task {
        resource,
        timeout: fields.value_or_path("TimeoutSeconds", seconds, findings),
        heartbeat: fields.value_or_path("HeartbeatSeconds", seconds, findings),
        credentials: credentials(fields, findings),
    })))
}

fn credentials(
    fields: &Fields<'_>,
    findings: &mut Findings,
) -> Option<crate::expression::Template> {
    let value = fields.get("Credentials")?;
    if value.get("RoleArn").is_none() && value.get("RoleArn.$").is_none() && value.is_object() {
        let message = "The field 'RoleArn' is required but was missing";
        findings.add(SCHEMA, message, &fields.place("Credentials"));
    }
    fields.template("Credentials", findings)
}

/// Express machines end before those they would wait for.
pub(super) fn check_pattern(machine: &Machine, kind: MachineKind, findings: &mut Findings) {
    if kind == MachineKind::Standard {
        return;
    }
    for (state, task) in machine.tasks() {
        let message = match &task.resource {
            Resource::Activity(_) => "Express state machine does not support Activity ARN",
            Resource::Service { pattern, .. } => match pattern {
                Pattern::Answer => continue,
                Pattern::Token => {
                    "Express state machine does not support '.waitForTaskToken' service integration "
                }
                Pattern::Sync | Pattern::SyncJson => {
                    "Express state machine does not support '.sync' service integration"
                }
            },
            Resource::Function(_) => continue,
        };
        findings.add(SCHEMA, message, &format!("/States/{}/Resource", state.name));
    }
}
