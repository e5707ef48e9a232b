//! One state by itself.

use landline_api::stepfunctions as api;
use serde_json::{Value, json};

use super::{FUNCTION, Fixture, ROLE};

/// A test of a state on an input, at the level that tells all.
fn on(state: &Value, input: &Value) -> api::TestStateInput {
    api::TestStateInput {
        definition: state.to_string(),
        role_arn: Some(ROLE.to_owned()),
        input: Some(input.to_string()),
        inspection_level: Some(api::InspectionLevel::Debug),
        ..Default::default()
    }
}

async fn told(fixture: &Fixture, input: api::TestStateInput) -> api::TestStateOutput {
    fixture.call::<api::TestState>(input).await.unwrap()
}

async fn refusal(fixture: &Fixture, input: api::TestStateInput) -> String {
    let refused = fixture.call::<api::TestState>(input).await.unwrap_err();
    format!("{}: {}", refused.code, refused.message)
}

fn mocked(result: &str) -> api::MockInput {
    api::MockInput {
        result: Some(result.to_owned()),
        ..Default::default()
    }
}

fn mocked_error(error: &str) -> api::MockInput {
    api::MockInput {
        error_output: Some(api::MockErrorOutput {
            error: Some(error.to_owned()),
            cause: Some("why".to_owned()),
        }),
        ..Default::default()
    }
}

#[tokio::test]
async fn a_state_tells_its_data_step_by_step() {
    let fixture = Fixture::new();
    let state = json!({
        "Type": "Pass", "InputPath": "$.a", "Parameters": { "b.$": "$.b" }, "ResultPath": "$.c", "Next": "After",
    });
    let input = json!({ "a": { "b": 1, "x": 2 } });
    let told = told(&fixture, on(&state, &input)).await;
    assert_eq!(told.status, Some(api::TestExecutionStatus::Succeeded));
    assert_eq!(told.next_state.as_deref(), Some("After"));
    let output = r#"{"a":{"b":1,"x":2},"c":{"b":1}}"#;
    assert_eq!(told.output.as_deref(), Some(output));
    let data = told.inspection_data.unwrap();
    assert_eq!(data.after_input_path.as_deref(), Some(r#"{"b":1,"x":2}"#));
    assert_eq!(data.after_parameters.as_deref(), Some(r#"{"b":1}"#));
    assert_eq!(data.after_result_selector.as_deref(), Some(r#"{"b":1}"#));
    assert_eq!(data.after_result_path.as_deref(), Some(output));
    assert_eq!(data.result, None);
}

#[tokio::test]
async fn a_task_calls_whom_it_would_call() {
    let fixture = Fixture::new();
    fixture.world.answer(json!({ "total": 3 }));
    let state = json!({
        "Type": "Task", "Resource": FUNCTION, "ResultSelector": { "sum.$": "$.total" }, "End": true,
    });
    let told = told(&fixture, on(&state, &json!({ "n": 1 }))).await;
    assert_eq!(told.output.as_deref(), Some(r#"{"sum":3}"#));
    assert_eq!(told.next_state, None);
    let data = told.inspection_data.unwrap();
    assert_eq!(data.result.as_deref(), Some(r#"{"total":3}"#));
    assert_eq!(fixture.world.told()[0].what, json!({ "n": 1 }));
    assert_eq!(fixture.world.told()[0].by, ROLE);
}

#[tokio::test]
async fn without_a_level_only_the_output_is_told() {
    let fixture = Fixture::new();
    let state = json!({
        "Type": "Choice", "Choices": [{ "Variable": "$.n", "NumericEquals": 1, "Next": "One" }], "Default": "Other",
    });
    let input = api::TestStateInput {
        inspection_level: None,
        role_arn: None,
        ..on(&state, &json!({ "n": 1 }))
    };
    let told = told(&fixture, input).await;
    assert_eq!(told.next_state.as_deref(), Some("One"));
    assert_eq!(told.inspection_data, None);
}

#[tokio::test]
async fn a_failure_is_retried_caught_or_final() {
    let fixture = Fixture::new();
    let state = json!({
        "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "QueryLanguage": "JSONata",
        "Arguments": { "QueueUrl": "{% $q %}", "MessageBody": "x" },
        "Retry": [{ "ErrorEquals": ["Busy"], "IntervalSeconds": 2, "BackoffRate": 2, "MaxAttempts": 3 }],
        "Catch": [{
            "ErrorEquals": ["States.ALL"], "Next": "Rescue", "Output": "{% $states.errorOutput.Error %}",
        }],
        "End": true,
    });
    let with = |error: &str, retries: i32| api::TestStateInput {
        mock: Some(mocked_error(error)),
        variables: Some(r#"{"q":"url"}"#.to_owned()),
        state_configuration: Some(api::TestStateConfiguration {
            retrier_retry_count: Some(retries),
            ..Default::default()
        }),
        ..on(&state, &json!({}))
    };
    let again = told(&fixture, with("Busy", 1)).await;
    assert_eq!(again.status, Some(api::TestExecutionStatus::Retriable));
    let data = again.inspection_data.unwrap();
    let arguments = r#"{"QueueUrl":"url","MessageBody":"x"}"#;
    assert_eq!(data.after_arguments.as_deref(), Some(arguments));
    let details = data.error_details.unwrap();
    assert_eq!(details.retry_index, Some(0));
    assert_eq!(details.retry_backoff_interval_seconds, Some(4));
    let caught = told(&fixture, with("Busy", 3)).await;
    assert_eq!(caught.status, Some(api::TestExecutionStatus::CaughtError));
    assert_eq!(caught.next_state.as_deref(), Some("Rescue"));
    assert_eq!(caught.output.as_deref(), Some(r#""Busy""#));
    let details = caught.inspection_data.unwrap().error_details.unwrap();
    assert_eq!(details.catch_index, Some(0));
    let last = told(&fixture, with("States.Runtime", 0)).await;
    assert_eq!(last.status, Some(api::TestExecutionStatus::Failed));
    assert_eq!(last.error.as_deref(), Some("States.Runtime"));
    assert!(fixture.world.told().is_empty());
}

#[tokio::test]
async fn a_state_of_a_machine_is_found_by_its_name() {
    let fixture = Fixture::new();
    let machine = json!({
        "StartAt": "Map",
        "States": {
            "Map": {
                "Type": "Map", "End": true,
                "ItemProcessor": {
                    "StartAt": "Inner", "States": { "Inner": { "Type": "Pass", "Result": 7, "End": true } },
                },
            },
        },
    });
    let named = |name: &str| api::TestStateInput {
        state_name: Some(name.to_owned()),
        ..on(&machine, &json!([1]))
    };
    let told = told(&fixture, named("Inner")).await;
    assert_eq!(told.output.as_deref(), Some("7"));
    assert_eq!(
        refusal(&fixture, named("No")).await,
        "ValidationException: State not found in definition"
    );
    let mocked = api::TestStateInput {
        mock: Some(mocked("[1,2]")),
        ..named("Map")
    };
    let output = super::trials::told(&fixture, mocked).await.output;
    assert_eq!(output.as_deref(), Some("[1,2]"));
}

#[tokio::test]
async fn what_cannot_be_tried_is_refused() {
    let fixture = Fixture::new();
    let pass = json!({ "Type": "Pass", "End": true });
    let call = json!({ "Type": "Task", "Resource": FUNCTION, "End": true });
    let parallel = json!({
        "Type": "Parallel", "End": true,
        "Branches": [{ "StartAt": "A", "States": { "A": { "Type": "Succeed" } } }],
    });
    for (input, expected) in [
        (
            api::TestStateInput {
                mock: Some(mocked("1")),
                ..on(&pass, &json!({}))
            },
            "ValidationException: State type 'Pass' is not supported when a mock is specified",
        ),
        (
            api::TestStateInput {
                role_arn: None,
                ..on(&call, &json!({}))
            },
            "ValidationException: RoleArn must be specified when testing a Task state",
        ),
        (
            on(&parallel, &json!({})),
            "InvalidDefinition: TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]",
        ),
        (
            api::TestStateInput {
                mock: Some(mocked("[1,2]")),
                ..on(&parallel, &json!({}))
            },
            "ValidationException: Mocked result must contain the same number of items as number of Parallel branches.",
        ),
        (
            api::TestStateInput {
                context: Some(r#"{"Map":{}}"#.to_owned()),
                ..on(&pass, &json!({}))
            },
            "ValidationException: Invalid Context object provided: 'Map' field is not supported when mocking a Context object",
        ),
        (
            api::TestStateInput {
                input: Some("{".to_owned()),
                ..on(&pass, &json!({}))
            },
            "InvalidExecutionInput: Invalid State Machine Execution Input: 'EOF while parsing an object at line 1 column 1'",
        ),
    ] {
        assert_eq!(refusal(&fixture, input).await, expected);
    }
}

#[tokio::test]
async fn a_context_is_made_up_or_given() {
    let fixture = Fixture::new();
    let state = json!({ "Type": "Pass", "Parameters": { "n.$": "$$.State.Name" }, "End": true });
    let told_of = |input| told(&fixture, input);
    let made_up = told_of(on(&state, &json!({}))).await;
    assert_eq!(made_up.output.as_deref(), Some(r#"{"n":"StateName"}"#));
    let given = api::TestStateInput {
        context: Some(r#"{"State":{"Name":"Mine"}}"#.to_owned()),
        ..on(&state, &json!({}))
    };
    assert_eq!(
        told_of(given).await.output.as_deref(),
        Some(r#"{"n":"Mine"}"#)
    );
}
