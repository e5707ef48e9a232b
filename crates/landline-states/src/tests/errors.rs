//! Errors: thrown, retried, caught.

use serde_json::{Value, json};

use super::{FUNCTION, Fixture, only, previous, types};

fn caught(errors: &Value) -> Value {
    json!({
        "StartAt": "Work",
        "States": {
            "Work": {
                "Type": "Task", "Resource": FUNCTION,
                "Retry": [{ "ErrorEquals": ["Flaky"], "IntervalSeconds": 1, "MaxAttempts": 2 }],
                "Catch": [{ "ErrorEquals": errors, "ResultPath": "$.error", "Next": "Sorry" }],
                "End": true,
            },
            "Sorry": { "Type": "Pass", "End": true },
        },
    })
}

#[tokio::test(start_paused = true)]
async fn a_retrier_tries_again_and_a_catcher_goes_elsewhere() {
    let fixture = Fixture::paused();
    for _ in 0..3 {
        fixture.world.throw("Flaky", "try again");
    }
    let machine = fixture
        .create(&caught(&json!(["States.TaskFailed"])))
        .await
        .unwrap();
    let execution = fixture.start(&machine, &json!({ "a": 1 })).await;
    let ended = fixture.end(&execution).await;
    let output: Value = serde_json::from_str(&ended.output.unwrap()).unwrap();
    assert_eq!(output["a"], 1);
    assert_eq!(output["error"]["Error"], "Flaky");
    let cause: Value = serde_json::from_str(output["error"]["Cause"].as_str().unwrap()).unwrap();
    assert_eq!(cause["errorMessage"], "try again");
    let history = fixture.history(&execution).await;
    let tries = types(&history);
    let tries = tries.iter().filter(|kind| **kind == "LambdaFunctionFailed");
    assert_eq!(tries.count(), 3);
    let waited = ended.stop_date.unwrap().as_millis() - ended.start_date.as_millis();
    assert!((3000..5000).contains(&waited), "{waited}");
}

#[tokio::test(start_paused = true)]
async fn a_retry_that_succeeds_is_a_success() {
    let fixture = Fixture::paused();
    fixture.world.throw("Flaky", "try again");
    fixture.world.answer(json!("well"));
    let output = fixture.output(&caught(&json!(["Other"])), &json!({})).await;
    assert_eq!(output, json!("well"));
}

#[tokio::test]
async fn an_error_that_nobody_catches_ends_the_execution() {
    let fixture = Fixture::new();
    fixture.world.throw("Odd", "why");
    let ended = fixture.run(&caught(&json!(["Other"])), &json!({})).await;
    assert_eq!(ended.error.as_deref(), Some("Odd"));
    assert_eq!(
        ended.cause.as_deref(),
        Some(r#"{"errorType":"Odd","errorMessage":"why"}"#)
    );
}

#[tokio::test]
async fn a_function_that_throws_nothing_with_a_name_is_unknown() {
    let fixture = Fixture::new();
    let thrown = landline_wire::ServiceError::new("Thrown", 200, "{\"errorMessage\":\"x\"}");
    fixture.world.answers.lock().push_back(Err(thrown));
    let ended = fixture
        .run(
            &only(&json!({ "Type": "Task", "Resource": FUNCTION })),
            &json!({}),
        )
        .await;
    assert_eq!(ended.error.as_deref(), Some("Lambda.Unknown"));
}

#[tokio::test]
async fn a_runtime_error_is_caught_by_nobody() {
    let fixture = Fixture::new();
    let mut definition = caught(&json!(["States.ALL"]));
    definition["States"]["Work"]["Parameters"] = json!({ "m.$": "$.nope" });
    let machine = fixture.create(&definition).await.unwrap();
    let execution = fixture.start(&machine, &json!({ "x": "a" })).await;
    let ended = fixture.end(&execution).await;
    assert_eq!(ended.error.as_deref(), Some("States.Runtime"));
    assert_eq!(
        ended.cause.as_deref(),
        Some(
            r#"An error occurred while executing the state 'Work' (entered at the event id #2). The JSONPath '$.nope' specified for the field 'm.$' could not be found in the input '{"x":"a"}'"#
        )
    );
    let history = fixture.history(&execution).await;
    assert_eq!(
        types(&history),
        ["ExecutionStarted", "TaskStateEntered", "ExecutionFailed"]
    );
    assert_eq!(previous(&history), [0, 0, 2]);
}

#[tokio::test]
async fn a_fail_state_says_what_it_is_told_to_say() {
    let fixture = Fixture::new();
    let definition = only(
        &json!({ "Type": "Fail", "ErrorPath": "$.e", "CausePath": "States.Format('because of {}', $.e)" }),
    );
    let ended = fixture.run(&definition, &json!({ "e": "Mine" })).await;
    assert_eq!(ended.error.as_deref(), Some("Mine"));
    assert_eq!(ended.cause.as_deref(), Some("because of Mine"));
}

#[tokio::test]
async fn a_choice_without_a_way_out_fails() {
    let fixture = Fixture::new();
    let definition = json!({
        "StartAt": "C",
        "States": {
            "C": { "Type": "Choice", "Choices": [{ "Variable": "$.x", "StringEquals": "never", "Next": "Done" }] },
            "Done": { "Type": "Pass", "End": true },
        },
    });
    let ended = fixture.run(&definition, &json!({ "x": "a" })).await;
    assert_eq!(ended.error.as_deref(), Some("States.Runtime"));
    assert_eq!(
        ended.cause.as_deref(),
        Some(
            "An error occurred while executing the state 'C' (entered at the event id #2). Failed to transition out of the state. The state does not point to a next state."
        )
    );
}

#[tokio::test]
async fn a_result_that_is_too_large_is_refused() {
    let fixture = Fixture::new();
    fixture.world.answer(json!("x".repeat(300_000)));
    let ended = fixture
        .run(&caught(&json!(["States.ALL"])), &json!({}))
        .await;
    assert_eq!(ended.error.as_deref(), Some("States.DataLimitExceeded"));
    assert_eq!(
        ended.cause,
        Some(format!(
            "The state/task '{FUNCTION}' returned a result with a size exceeding the maximum number of bytes service limit."
        ))
    );
}
