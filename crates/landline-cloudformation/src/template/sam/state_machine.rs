//! `AWS::Serverless::StateMachine` → a state machine of Step Functions and, unless it names one, its role.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-statemachine.html>

use serde_json::json;

use super::super::error::TemplateError;
use super::super::node::Node;
use super::checks::{self, tables};
use super::{Output, Source, api, policies, push_events, tag_list};

const LATER: [&str; 3] = [
    "AutoPublishAlias",
    "DeploymentPreference",
    "UseAliasAsEventTarget",
];

pub(super) fn expand(source: &Source<'_>, output: &mut Output) -> Result<(), TemplateError> {
    checks::properties(source, &tables::STATE_MACHINE, &LATER)?;
    let role_id = format!("{}Role", source.id);
    let own_role = source.property("Role");
    let role = own_role
        .cloned()
        .unwrap_or_else(|| source.json(&json!({"Fn::GetAtt": [role_id, "Arn"]})));
    let (property, definition) = definition(source)?;
    let mut properties = Node::object(source.line)
        .with(property, definition)
        .with("RoleArn", role)
        .with("Tags", tag_list(source, "stateMachine:createdBy"));
    for (theirs, ours) in [
        ("DefinitionSubstitutions", "DefinitionSubstitutions"),
        ("Logging", "LoggingConfiguration"),
        ("Name", "StateMachineName"),
        ("Tracing", "TracingConfiguration"),
        ("Type", "StateMachineType"),
    ] {
        if let Some(node) = source.property(theirs) {
            properties = properties.with(ours, node.clone());
        }
    }
    output.push(
        source.id,
        source.primary("AWS::StepFunctions::StateMachine", properties),
    );
    if own_role.is_none() {
        output.push(
            &role_id,
            source.secondary("AWS::IAM::Role", role_properties(source)?),
        );
    }
    push_events::expand_for_machine(source, output)
}

/// The definition, and the property that it is.
fn definition(source: &Source<'_>) -> Result<(&'static str, Node), TemplateError> {
    match (
        source.property("Definition"),
        api::definition_location(source)?,
    ) {
        (Some(definition), None) => Ok(("Definition", definition.clone())),
        (None, Some(location)) => Ok(("DefinitionS3Location", location)),
        (Some(definition), Some(_)) => Err(TemplateError::at(
            definition.line,
            "Specify either 'Definition' or 'DefinitionUri' property and not both.",
        )),
        (None, None) => Err(TemplateError::at(
            source.line,
            "Either 'Definition' or 'DefinitionUri' property must be specified.",
        )),
    }
}

fn role_properties(source: &Source<'_>) -> Result<Node, TemplateError> {
    let trust = json!({
        "Version": "2012-10-17",
        "Statement": [{"Action": ["sts:AssumeRole"], "Effect": "Allow", "Principal": {"Service": ["states.amazonaws.com"]}}],
    });
    let mut managed = Vec::new();
    let tracing = source.property("Tracing");
    let is_traced = tracing.and_then(|it| it.get("Enabled"));
    if is_traced.and_then(Node::scalar_text).as_deref() == Some("true") {
        managed.push(source.text("arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"));
    }
    let mut inline = Vec::new();
    policies::collect(source, &mut managed, &mut inline)?;
    let mut properties = Node::object(source.line)
        .with("AssumeRolePolicyDocument", source.json(&trust))
        .with("ManagedPolicyArns", Node::list(source.line, managed));
    if !inline.is_empty() {
        properties = properties.with("Policies", Node::list(source.line, inline));
    }
    if let Some(path) = source.property("RolePath") {
        properties = properties.with("Path", path.clone());
    }
    Ok(source
        .pass_through(properties, &["PermissionsBoundary"])
        .with("Tags", tag_list(source, "stateMachine:createdBy")))
}
