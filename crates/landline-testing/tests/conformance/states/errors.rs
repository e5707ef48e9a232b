//! Errors: their names, retries, and catchers.
//!
//! <https://states-language.net/spec.html#errors>

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use landline_testing::{Answer, Node};
use serde_json::{Value, json};

use super::{failure, output};

/// A machine of one task that calls a function, with what becomes of errors.
fn calling(node: &Node, more: &Value) -> Value {
    let mut state = json!({ "Type": "Task", "Resource": node.function_arn("work"), "End": true });
    for (name, value) in more.as_object().unwrap() {
        state[name] = value.clone();
    }
    json!({
        "StartAt": "Call",
        "States": {
            "Call": state,
            "Rescue": { "Type": "Pass", "End": true },
        },
    })
}

/// Lets the function fail so often before it answers.
fn fails(node: &Node, times: u32, kind: &'static str) -> Arc<AtomicU32> {
    let calls = Arc::new(AtomicU32::new(0));
    let counted = calls.clone();
    node.functions.script("work", move |_| {
        if counted.fetch_add(1, Ordering::Relaxed) < times {
            Answer::ThrowsType(kind, "no")
        } else {
            Answer::Returns(json!("done"))
        }
    });
    calls
}

#[tokio::test]
async fn a_retrier_tries_again_as_often_as_it_says() {
    let node = Node::start().await;
    let retry = |attempts: u32| {
        json!({
            "Retry": [{ "ErrorEquals": ["Busy"], "IntervalSeconds": 0, "MaxAttempts": attempts }],
            "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Rescue" }],
        })
    };
    let calls = fails(&node, 2, "Busy");
    let told = output(&node, &calling(&node, &retry(2)), &json!({})).await;
    assert_eq!(told, json!("done"));
    assert_eq!(calls.load(Ordering::Relaxed), 3);
    let calls = fails(&node, 2, "Busy");
    let told = output(&node, &calling(&node, &retry(1)), &json!({})).await;
    assert_eq!(told["Error"], "Busy");
    assert_eq!(calls.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn the_first_catcher_that_knows_the_error_catches_it() {
    let node = Node::start().await;
    fails(&node, 1, "Third");
    let catch = json!({ "Catch": [
        { "ErrorEquals": ["First"], "Next": "Rescue", "ResultPath": "$.first" },
        { "ErrorEquals": ["Second", "Third"], "Next": "Rescue", "ResultPath": "$.second" },
        { "ErrorEquals": ["States.ALL"], "Next": "Rescue", "ResultPath": "$.all" },
    ] });
    let told = output(&node, &calling(&node, &catch), &json!({ "a": 1 })).await;
    assert_eq!(told["a"], 1);
    assert_eq!(told["second"]["Error"], "Third");
    let cause: Value = serde_json::from_str(told["second"]["Cause"].as_str().unwrap()).unwrap();
    assert_eq!(cause["errorMessage"], "no");
}

#[tokio::test]
async fn task_failed_stands_for_every_failure_of_a_task() {
    let node = Node::start().await;
    fails(&node, 1, "Whatever");
    let catch = json!({ "Catch": [{ "ErrorEquals": ["States.TaskFailed"], "Next": "Rescue" }] });
    let told = output(&node, &calling(&node, &catch), &json!({})).await;
    assert_eq!(told["Error"], "Whatever");
}

#[tokio::test]
async fn what_no_catcher_knows_ends_the_execution() {
    let node = Node::start().await;
    fails(&node, 1, "Whatever");
    let catch = json!({ "Catch": [{ "ErrorEquals": ["Other"], "Next": "Rescue" }] });
    let mut definition = calling(&node, &catch);
    definition["States"]["Call"]["End"] = true.into();
    let (error, cause) = failure(&node, &definition, &json!({})).await;
    assert_eq!(error, "Whatever");
    assert!(cause.contains("\"errorMessage\":\"no\""), "{cause}");
}

#[tokio::test]
async fn no_catcher_catches_a_runtime_error() {
    let node = Node::start().await;
    let more = json!({
        "Parameters": { "v.$": "$.none" },
        "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Rescue" }],
    });
    let (error, _) = failure(&node, &calling(&node, &more), &json!({})).await;
    assert_eq!(error, "States.Runtime");
}

#[tokio::test]
async fn a_catcher_in_jsonata_says_what_becomes_of_the_error() {
    let node = Node::start().await;
    fails(&node, 1, "Whatever");
    let catch = json!({ "Catch": [{
        "ErrorEquals": ["States.ALL"], "Next": "Rescue",
        "Assign": { "seen": "{% $states.errorOutput.Error %}" },
        "Output": { "e": "{% $states.errorOutput.Error %}", "in": "{% $states.input.a %}" },
    }] });
    let mut definition = calling(&node, &catch);
    definition["QueryLanguage"] = "JSONata".into();
    definition["States"]["Rescue"]["Output"] = json!(["{% $states.input %}", "{% $seen %}"]);
    let told = output(&node, &definition, &json!({ "a": 1 })).await;
    assert_eq!(told, json!([{ "e": "Whatever", "in": 1 }, "Whatever"]));
}
