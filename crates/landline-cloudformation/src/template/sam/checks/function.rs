//! What SAM asks of `AWS::Serverless::Function` beyond the kinds of its properties: which of them exclude each other, and
//! which need others.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html>

use super::super::super::error::TemplateError;
use super::super::super::node::{Node, Value};
use super::super::Source;
use super::{Kind, expect, expect_map};

type Checked = Result<(), TemplateError>;

/// Refuses what cannot become a function.
pub(in super::super) fn check(source: &Source<'_>) -> Checked {
    dead_letter_queue(source)?;
    tenancy(source)?;
    code(source)?;
    package(source)?;
    alias(source)?;
    deployment(source)?;
    url(source)
}

fn refuse(node: &Node, message: &str) -> Checked {
    Err(TemplateError::at(node.line, message))
}

fn dead_letter_queue(source: &Source<'_>) -> Checked {
    let Some(queue) = source.property("DeadLetterQueue") else {
        return Ok(());
    };
    if queue.as_function().is_some() {
        return Ok(());
    }
    let (Some(kind), Some(_)) = (queue.get("Type"), queue.get("TargetArn")) else {
        let message = "'DeadLetterQueue' requires Type and TargetArn properties to be specified.";
        return refuse(queue, message);
    };
    expect(kind, "DeadLetterQueue.Type", Kind::String)?;
    if ["SQS", "SNS"].contains(&kind.as_str().unwrap_or_default()) {
        return Ok(());
    }
    refuse(kind, "'DeadLetterQueue' requires Type of ['SQS', 'SNS']")
}

/// A function whose environments belong to one tenant each is called by requests alone.
fn tenancy(source: &Source<'_>) -> Checked {
    let Some(tenancy) = source.property("TenancyConfig") else {
        return Ok(());
    };
    let ending = "is not supported for functions enabled with tenancy configuration.";
    for (name, words) in [
        ("ProvisionedConcurrencyConfig", "Provisioned concurrency"),
        ("FunctionUrlConfig", "Function URL"),
        ("SnapStart", "SnapStart"),
    ] {
        if source.property(name).is_some() {
            return refuse(tenancy, &format!("{words} {ending}"));
        }
    }
    // Routes have been taken away from the events.
    let events = source.property("Events").and_then(Node::as_map);
    let kind = |node: &Node| Some(node.get("Type")?.as_str()?.to_owned());
    match events.into_iter().flatten().find_map(|it| kind(&it.node)) {
        Some(kind) => refuse(
            tenancy,
            &format!(
                "Event source '{kind}' {ending} Only Api and HttpApi event sources are supported."
            ),
        ),
        None => Ok(()),
    }
}

fn is_image(source: &Source<'_>) -> bool {
    source.property("PackageType").and_then(Node::as_str) == Some("Image")
}

fn code(source: &Source<'_>) -> Checked {
    if is_image(source) {
        return match source.property("ImageUri") {
            Some(_) => Ok(()),
            None => Err(TemplateError::at(source.line, "'ImageUri' must be set.")),
        };
    }
    let Some(uri) = source.property("CodeUri") else {
        return Ok(());
    };
    match &uri.value {
        Value::String(text) if text.starts_with("{{resolve:") => {
            let message = "Unsupported dynamic reference detected in 'CodeUri'. Please consider using alternative 'FunctionCode' object format.";
            refuse(uri, message)
        }
        Value::String(_) | Value::Map(_) => Ok(()),
        _ => refuse(uri, "'CodeUri' must be of type dict or string."),
    }
}

fn package(source: &Source<'_>) -> Checked {
    let first = |names: [&'static str; 3]| names.into_iter().find_map(|it| source.property(it));
    match source.property("PackageType").and_then(Node::as_str) {
        Some("Image") => match first(["Handler", "Runtime", "Layers"]) {
            Some(wrong) => refuse(
                wrong,
                "Runtime, Handler, Layers cannot be present when PackageType is of type `Image`",
            ),
            None => Ok(()),
        },
        None | Some("Zip") => {
            if source.property("Runtime").is_none() || source.property("Handler").is_none() {
                let message =
                    "Runtime and Handler needs to be present when PackageType is of type `Zip`";
                return Err(TemplateError::at(source.line, message));
            }
            match source.property("ImageConfig") {
                Some(wrong) => refuse(
                    wrong,
                    "ImageUri or ImageConfig cannot be present when PackageType is of type `Zip`",
                ),
                None => Ok(()),
            }
        }
        Some(other) => Err(TemplateError::at(
            source.line,
            format!("invalid 'PackageType' : {other}"),
        )),
    }
}

/// Properties that only make sense beside an alias, and the name of that.
fn alias(source: &Source<'_>) -> Checked {
    let Some(alias) = source.property("AutoPublishAlias") else {
        if let Some(config) = source.property("ProvisionedConcurrencyConfig") {
            let message = "To set ProvisionedConcurrencyConfig AutoPublishALias must be defined on the function";
            return refuse(config, message);
        }
        if let Some(policy) = source.property("VersionDeletionPolicy") {
            return refuse(
                policy,
                "'VersionDeletionPolicy' requires 'AutoPublishAlias'.",
            );
        }
        return Ok(());
    };
    let Some(name) = source.resolved(alias) else {
        let message = "'AutoPublishAlias' must be a string or a Ref to a template parameter";
        return refuse(alias, message);
    };
    if name.is_empty() {
        return refuse(alias, "Alias name is required to create an alias");
    }
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let is_number = name.bytes().all(|byte| byte.is_ascii_digit());
    if is_number || !name.bytes().all(is_part) {
        let message = format!(
            "AutoPublishAlias name ('{name}') must contain only alphanumeric characters, hyphens, or underscores matching (?!^[0-9]+$)([a-zA-Z0-9-_]+) pattern."
        );
        return refuse(alias, &message);
    }
    match source.property("AutoPublishCodeSha256") {
        Some(digest) if source.resolved(digest).is_none() => {
            refuse(digest, "AutoPublishCodeSha256 must be a string")
        }
        _ => Ok(()),
    }
}

/// `CodeDeploy` is not here, but its settings are those that AWS takes.
fn deployment(source: &Source<'_>) -> Checked {
    let Some(preference) = source.property("DeploymentPreference") else {
        return Ok(());
    };
    // Only what is surely wanted can be surely wrong.
    let enabled = preference.get("Enabled");
    if enabled.is_some_and(|it| source.resolved(it).as_deref() != Some("true")) {
        return Ok(());
    }
    if let Some(hooks) = preference.get("Hooks").filter(|it| it.as_map().is_none()) {
        let message = "'Hooks' property of 'DeploymentPreference' must be a dictionary";
        return refuse(hooks, message);
    }
    let is_list = |it: &Node| it.as_list().is_some() || it.as_function().is_some();
    if let Some(alarms) = preference.get("Alarms").filter(|it| !is_list(it)) {
        return refuse(alarms, "Alarms must be a list");
    }
    if source.property("AutoPublishAlias").is_none() {
        let message = "'DeploymentPreference' requires AutoPublishAlias property to be specified.";
        return refuse(preference, message);
    }
    Ok(())
}

fn url(source: &Source<'_>) -> Checked {
    let cors = source.property("FunctionUrlConfig");
    let cors = cors.and_then(|config| config.get("Cors"));
    let Some(cors) = cors.filter(|it| !it.is_null() && it.as_function().is_none()) else {
        return Ok(());
    };
    for entry in expect_map(cors, "FunctionUrlConfig.Cors")? {
        let name = entry.key.as_str();
        let (kind, is_fine) = match (name, &entry.node.value) {
            ("AllowCredentials", value) => ("bool", matches!(value, Value::Bool(_))),
            ("MaxAge", value) => ("int", matches!(value, Value::Number(_))),
            ("AllowOrigins" | "AllowMethods" | "AllowHeaders" | "ExposeHeaders", value) => {
                ("list", matches!(value, Value::List(_)))
            }
            _ => {
                let message = format!("{name} is not a valid property for configuring Cors.");
                return Err(TemplateError::at(entry.line, message));
            }
        };
        if !is_fine && entry.node.as_function().is_none() {
            let message = format!("{name} must be of type {kind}.");
            return Err(TemplateError::at(entry.line, message));
        }
    }
    Ok(())
}
