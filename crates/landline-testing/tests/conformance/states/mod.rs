//! State machines, in the order of the Amazon States Language's specification.
//!
//! <https://states-language.net/spec.html>
//!
//! Each test is one sentence of the language; most run as express machines, whose output one call gives. What stands
//! around the language (redrives, logs, the history) comes last.

mod structure;

mod data;
mod functions;
mod variables;

mod errors;

mod fans;
mod state_types;

mod executions;

use landline_api::stepfunctions as api;
use landline_testing::Node;
use serde_json::{Value, json};

/// How an execution ended.
#[derive(Debug, PartialEq)]
enum End {
    Output(Value),
    /// Its error and its cause.
    Failure(String, String),
}

/// Creates a machine that answers at once.
async fn express(node: &Node, definition: &Value) -> String {
    let input = api::CreateStateMachineInput {
        name: format!("machine-{}", landline_wire::request_id::uuid()),
        definition: definition.to_string(),
        role_arn: "arn:aws:iam::123456789012:role/machine".to_owned(),
        r#type: Some(api::StateMachineType::Express),
        ..Default::default()
    };
    let made = node.call::<api::CreateStateMachine>(input).await;
    made.state_machine_arn
}

/// Runs a machine once.
async fn run(node: &Node, definition: &Value, input: &Value) -> End {
    let input = api::StartSyncExecutionInput {
        state_machine_arn: express(node, definition).await,
        input: Some(input.to_string()),
        ..Default::default()
    };
    let ended = node.call::<api::StartSyncExecution>(input).await;
    match ended.output {
        Some(output) => End::Output(serde_json::from_str(&output).unwrap()),
        None => End::Failure(
            ended.error.unwrap_or_default(),
            ended.cause.unwrap_or_default(),
        ),
    }
}

/// What a machine makes of its input.
async fn output(node: &Node, definition: &Value, input: &Value) -> Value {
    match run(node, definition, input).await {
        End::Output(output) => output,
        other @ End::Failure(..) => panic!("{definition}: {other:?}"),
    }
}

/// The error with which a machine ends, and its cause.
async fn failure(node: &Node, definition: &Value, input: &Value) -> (String, String) {
    match run(node, definition, input).await {
        End::Failure(error, cause) => (error, cause),
        other @ End::Output(_) => panic!("{definition}: {other:?}"),
    }
}

/// What is wrong with a definition: the message and the place of each finding.
async fn findings(node: &Node, definition: &Value) -> Vec<(String, String)> {
    let input = api::ValidateStateMachineDefinitionInput {
        definition: definition.to_string(),
        ..Default::default()
    };
    let told = node
        .call::<api::ValidateStateMachineDefinition>(input)
        .await;
    let found = told.diagnostics.into_iter();
    found
        .map(|it| (it.message, it.location.unwrap_or_default()))
        .collect()
}

/// A machine of this state alone.
fn only(mut state: Value) -> Value {
    let has_no_end = ["Succeed", "Fail", "Choice"];
    if !has_no_end.contains(&state["Type"].as_str().unwrap()) {
        state["End"] = true.into();
    }
    json!({ "StartAt": "Only", "States": { "Only": state } })
}

/// A machine of this state alone, in JSONata.
fn only_jsonata(state: Value) -> Value {
    let mut machine = only(state);
    machine["QueryLanguage"] = "JSONata".into();
    machine
}
