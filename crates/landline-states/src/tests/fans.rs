//! `Parallel` and `Map`, with the events that AWS has for them.

use serde_json::{Value, json};

use super::{FUNCTION, Fixture, only, previous, types};

fn pass(names: &[&str]) -> Value {
    let mut states = serde_json::Map::new();
    for (at, name) in names.iter().enumerate() {
        let state = match names.get(at + 1) {
            Some(next) => json!({ "Type": "Pass", "Next": next }),
            None => json!({ "Type": "Pass", "End": true }),
        };
        states.insert((*name).to_owned(), state);
    }
    json!({ "StartAt": names[0], "States": states })
}

#[tokio::test]
async fn branches_run_on_chains_of_their_own() {
    let fixture = Fixture::new();
    let branches = json!([pass(&["A1", "A2"]), pass(&["B1", "B2"])]);
    let definition = json!({
        "StartAt": "P",
        "States": {
            "P": { "Type": "Parallel", "Branches": branches, "Next": "After" },
            "After": { "Type": "Pass", "End": true },
        },
    });
    let machine = fixture.create(&definition).await.unwrap();
    let execution = fixture.start(&machine, &json!({ "x": "a" })).await;
    let ended = fixture.end(&execution).await;
    assert_eq!(ended.output.as_deref(), Some(r#"[{"x":"a"},{"x":"a"}]"#));
    let history = fixture.history(&execution).await;
    assert_eq!(history.len(), 16);
    assert_eq!(
        types(&history)[..3],
        [
            "ExecutionStarted",
            "ParallelStateEntered",
            "ParallelStateStarted"
        ]
    );
    assert_eq!(
        types(&history)[11..],
        [
            "ParallelStateSucceeded",
            "ParallelStateExited",
            "PassStateEntered",
            "PassStateExited",
            "ExecutionSucceeded"
        ]
    );
    assert_eq!(previous(&history)[11..], [11, 11, 13, 14, 15]);
    let firsts = previous(&history)[3..11]
        .iter()
        .filter(|id| **id == 3)
        .count();
    assert_eq!(firsts, 2);
}

#[tokio::test]
async fn a_branch_that_fails_fails_the_state() {
    let fixture = Fixture::new();
    let fail = json!({ "StartAt": "Boom", "States": { "Boom": { "Type": "Fail", "Error": "MyError", "Cause": "my cause" } } });
    let definition = only(
        &json!({ "Type": "Parallel", "Branches": [fail], "Retry": [{ "ErrorEquals": ["States.ALL"], "MaxAttempts": 1, "IntervalSeconds": 0 }] }),
    );
    let machine = fixture.create(&definition).await.unwrap();
    let execution = fixture.start(&machine, &json!({})).await;
    let ended = fixture.end(&execution).await;
    assert_eq!(ended.error.as_deref(), Some("MyError"));
    let history = fixture.history(&execution).await;
    assert_eq!(
        types(&history),
        [
            "ExecutionStarted",
            "ParallelStateEntered",
            "ParallelStateStarted",
            "FailStateEntered",
            "ParallelStateStarted",
            "FailStateEntered",
            "ParallelStateFailed",
            "ExecutionFailed",
        ]
    );
    assert_eq!(previous(&history), [0, 0, 2, 3, 4, 5, 6, 7]);
}

#[tokio::test]
async fn a_task_that_ends_a_branch_is_aborted_and_the_state_goes_on_in_its_catcher() {
    let fixture = Fixture::new();
    fixture.world.throw("Odd", "why");
    let work = json!({ "StartAt": "Send", "States": { "Send": { "Type": "Task", "Resource": FUNCTION, "End": true } } });
    let definition = json!({
        "StartAt": "P",
        "States": {
            "P": { "Type": "Parallel", "Branches": [work], "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Handled" }], "End": true },
            "Handled": { "Type": "Pass", "End": true },
        },
    });
    let machine = fixture.create(&definition).await.unwrap();
    let execution = fixture.start(&machine, &json!({})).await;
    fixture.end(&execution).await;
    let history = fixture.history(&execution).await;
    assert_eq!(
        types(&history),
        [
            "ExecutionStarted",
            "ParallelStateEntered",
            "ParallelStateStarted",
            "TaskStateEntered",
            "LambdaFunctionScheduled",
            "LambdaFunctionStarted",
            "LambdaFunctionFailed",
            "TaskStateAborted",
            "ParallelStateFailed",
            "ParallelStateExited",
            "PassStateEntered",
            "PassStateExited",
            "ExecutionSucceeded",
        ]
    );
    assert_eq!(
        previous(&history),
        [0, 0, 2, 3, 4, 5, 6, 7, 7, 9, 10, 11, 12]
    );
}

#[tokio::test]
async fn a_map_has_an_iteration_for_each_item() {
    let fixture = Fixture::new();
    let processor = json!({
        "StartAt": "I",
        "States": { "I": { "Type": "Pass", "Parameters": { "got.$": "$", "at.$": "$$.Map.Item.Index" }, "End": true } },
    });
    let definition = only(&json!({
        "Type": "Map", "ItemsPath": "$.items", "MaxConcurrency": 1,
        "ItemSelector": { "v.$": "$$.Map.Item.Value", "all.$": "$.name" },
        "ItemProcessor": processor,
    }));
    let machine = fixture.create(&definition).await.unwrap();
    let execution = fixture
        .start(&machine, &json!({ "items": [7, 8], "name": "n" }))
        .await;
    let ended = fixture.end(&execution).await;
    let output: Value = serde_json::from_str(&ended.output.unwrap()).unwrap();
    assert_eq!(
        output,
        json!([{ "got": { "v": 7, "all": "n" }, "at": 0 }, { "got": { "v": 8, "all": "n" }, "at": 1 }])
    );
    let history = fixture.history(&execution).await;
    assert_eq!(
        types(&history),
        [
            "ExecutionStarted",
            "MapStateEntered",
            "MapStateStarted",
            "MapIterationStarted",
            "PassStateEntered",
            "PassStateExited",
            "MapIterationSucceeded",
            "MapIterationStarted",
            "PassStateEntered",
            "PassStateExited",
            "MapIterationSucceeded",
            "MapStateSucceeded",
            "MapStateExited",
            "ExecutionSucceeded",
        ]
    );
    assert_eq!(
        previous(&history),
        [0, 0, 2, 3, 4, 5, 6, 3, 8, 9, 10, 11, 11, 13]
    );
}

#[tokio::test]
async fn a_map_over_nothing_ends_at_once() {
    let fixture = Fixture::new();
    let definition =
        only(&json!({ "Type": "Map", "ItemsPath": "$.items", "Iterator": pass(&["I"]) }));
    let machine = fixture.create(&definition).await.unwrap();
    let execution = fixture.start(&machine, &json!({ "items": [] })).await;
    assert_eq!(fixture.end(&execution).await.output.as_deref(), Some("[]"));
    let history = fixture.history(&execution).await;
    assert_eq!(previous(&history), [0, 0, 2, 3, 3, 5]);
}

#[tokio::test]
async fn an_iteration_that_fails_fails_the_map() {
    let fixture = Fixture::new();
    let processor = json!({ "StartAt": "Undef", "States": { "Undef": { "Type": "Pass", "Output": { "v": "{% $states.input.missing %}" }, "End": true } } });
    let mut definition = only(
        &json!({ "Type": "Map", "Items": "{% $states.input.items %}", "MaxConcurrency": 1, "ItemProcessor": processor }),
    );
    definition["QueryLanguage"] = "JSONata".into();
    let machine = fixture.create(&definition).await.unwrap();
    let execution = fixture.start(&machine, &json!({ "items": [1, 2] })).await;
    fixture.end(&execution).await;
    let history = fixture.history(&execution).await;
    assert_eq!(
        types(&history),
        [
            "ExecutionStarted",
            "MapStateEntered",
            "MapStateStarted",
            "MapIterationStarted",
            "PassStateEntered",
            "EvaluationFailed",
            "MapIterationFailed",
            "MapStateFailed",
            "ExecutionFailed",
        ]
    );
    assert_eq!(previous(&history), [0, 0, 2, 3, 4, 5, 6, 6, 8]);
}

#[tokio::test]
async fn items_that_are_no_list_are_refused() {
    for (definition, told) in [
        (
            only(&json!({ "Type": "Map", "Iterator": pass(&["I"]) })),
            "Map state input must be an array but was: {\"a\":1}",
        ),
        (
            only(
                &json!({ "Type": "Map", "QueryLanguage": "JSONata", "Items": "{% 1 %}", "ItemProcessor": pass(&["I"]) }),
            ),
            "The JSONata expression '1' specified for the field 'Items' returned an unexpected result type. Expected 'array', but was 'number' for value: 1",
        ),
    ] {
        let fixture = Fixture::new();
        let ended = fixture.run(&definition, &json!({ "a": 1 })).await;
        assert!(
            ended.cause.as_ref().unwrap().ends_with(told),
            "{:?}",
            ended.cause
        );
    }
}

#[tokio::test]
async fn maps_within_branches_see_the_variables_around_them() {
    let fixture = Fixture::new();
    let inner = json!({ "StartAt": "I", "States": { "I": { "Type": "Pass", "Parameters": { "v.$": "States.MathAdd($, $base)" }, "End": true } } });
    let branch = json!({ "StartAt": "M", "States": { "M": { "Type": "Map", "ItemsPath": "$.items", "ItemProcessor": inner, "End": true } } });
    let definition = json!({
        "StartAt": "Set",
        "States": {
            "Set": { "Type": "Pass", "Assign": { "base": 10 }, "Next": "P" },
            "P": { "Type": "Parallel", "Branches": [branch], "End": true },
        },
    });
    let output = fixture
        .output(&definition, &json!({ "items": [1, 2] }))
        .await;
    assert_eq!(output, json!([[{ "v": 11 }, { "v": 12 }]]));
}
