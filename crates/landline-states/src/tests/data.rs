//! How data flow through states, in both languages.

use landline_api::stepfunctions as api;
use serde_json::{Value, json};

use super::{FUNCTION, Fixture, only};

#[tokio::test]
async fn a_task_selects_calls_and_puts_its_result_where_it_is_told() {
    let fixture = Fixture::new();
    fixture.world.answer(json!({ "total": 3, "noise": true }));
    let definition = only(&json!({
        "Type": "Task", "Resource": FUNCTION,
        "InputPath": "$.order",
        "Parameters": { "id.$": "$.id", "who.$": "$$.Execution.Name", "fixed": 1 },
        "ResultSelector": { "sum.$": "$.total" },
        "ResultPath": "$.result",
        "OutputPath": "$.result",
    }));
    let output = fixture
        .output(&definition, &json!({ "order": { "id": 7 } }))
        .await;
    assert_eq!(output, json!({ "sum": 3 }));
    let told = &fixture.world.told()[0];
    assert_eq!(told.to, FUNCTION);
    assert_eq!(told.by, super::ROLE);
    assert_eq!(told.what["id"], 7);
    assert_eq!(told.what["who"].as_str().unwrap().len(), 36);
}

#[tokio::test]
async fn choices_compare_what_they_find() {
    let rule = |rule: Value| {
        let mut rule = rule;
        rule["Next"] = "Yes".into();
        json!({
            "StartAt": "C",
            "States": {
                "C": { "Type": "Choice", "Choices": [rule], "Default": "No" },
                "Yes": { "Type": "Pass", "Result": true, "End": true },
                "No": { "Type": "Pass", "Result": false, "End": true },
            },
        })
    };
    let input =
        json!({ "s": "abc", "n": 5, "b": true, "t": "2020-01-01T00:00:00Z", "z": null, "m": 4 });
    for (condition, expected) in [
        (json!({ "Variable": "$.s", "StringEquals": "abc" }), true),
        (json!({ "Variable": "$.s", "StringMatches": "a*c" }), true),
        (
            json!({ "Variable": "$.n", "NumericGreaterThanPath": "$.m" }),
            true,
        ),
        (json!({ "Variable": "$.n", "NumericLessThan": 5 }), false),
        (
            json!({ "Variable": "$.t", "TimestampLessThan": "2021-01-01T00:00:00+01:00" }),
            true,
        ),
        (json!({ "Variable": "$.nope", "IsPresent": false }), true),
        (json!({ "Variable": "$.z", "IsNull": true }), true),
        (
            json!({ "Not": { "Variable": "$.b", "BooleanEquals": true } }),
            false,
        ),
        (
            json!({ "And": [{ "Variable": "$.b", "BooleanEquals": true }, { "Or": [{ "Variable": "$.s", "StringEquals": "x" }, { "Variable": "$.n", "NumericEquals": 5.0 }] }] }),
            true,
        ),
        (json!({ "Variable": "$.n", "StringEquals": "5" }), false),
    ] {
        let fixture = Fixture::new();
        let output = fixture.output(&rule(condition.clone()), &input).await;
        assert_eq!(output, json!(expected), "{condition}");
    }
}

#[tokio::test]
async fn jsonata_computes_arguments_output_and_variables() {
    let fixture = Fixture::new();
    fixture.world.answer(json!({ "prices": [1, 2, 3] }));
    let definition = json!({
        "QueryLanguage": "JSONata",
        "StartAt": "Call",
        "States": {
            "Call": {
                "Type": "Task", "Resource": FUNCTION,
                "Arguments": { "ids": "{% $states.input.orders.id %}", "fixed": "x" },
                "Assign": { "total": "{% $sum($states.result.prices) %}", "first": "{% $states.input.orders[0].id %}" },
                "Output": "{% $count($states.result.prices) %}",
                "Next": "Choose",
            },
            "Choose": {
                "Type": "Choice",
                "Choices": [{ "Condition": "{% $total > 5 and $states.input = 3 %}", "Next": "Done", "Assign": { "total": "{% $total * 10 %}" } }],
                "Default": "Bad",
            },
            "Done": { "Type": "Pass", "Output": { "total": "{% $total %}", "first": "{% $first %}", "in": "{% $states.context.State.Name %}" }, "End": true },
            "Bad": { "Type": "Fail", "Error": "{% 'E' & $string($total) %}" },
        },
    });
    let output = fixture
        .output(
            &definition,
            &json!({ "orders": [{ "id": 1 }, { "id": 2 }] }),
        )
        .await;
    assert_eq!(output, json!({ "total": 60, "first": 1, "in": "Done" }));
    assert_eq!(
        fixture.world.told()[0].what,
        json!({ "ids": [1, 2], "fixed": "x" })
    );
}

#[tokio::test]
async fn variables_outlive_states_in_json_path_too() {
    let fixture = Fixture::new();
    let definition = json!({
        "StartAt": "A",
        "States": {
            "A": { "Type": "Pass", "Result": { "x": 1 }, "Assign": { "kept.$": "$.x" }, "Next": "B" },
            "B": { "Type": "Pass", "Result": null, "Next": "C" },
            "C": { "Type": "Pass", "Parameters": { "back.$": "$kept" }, "End": true },
        },
    });
    assert_eq!(
        fixture.output(&definition, &json!({})).await,
        json!({ "back": 1 })
    );
}

#[tokio::test]
async fn an_expression_that_finds_nothing_fails_with_its_place() {
    let fixture = Fixture::new();
    let definition = only(
        &json!({ "Type": "Pass", "QueryLanguage": "JSONata", "Output": { "v": "{% $states.input.missing %}" } }),
    );
    let machine = fixture.create(&definition).await.unwrap();
    let execution = fixture.start(&machine, &json!({})).await;
    let ended = fixture.end(&execution).await;
    assert_eq!(ended.error.as_deref(), Some("States.QueryEvaluationError"));
    assert_eq!(
        ended.cause.as_deref(),
        Some(
            "An error occurred while executing the state 'Only' (entered at the event id #2). The JSONata expression '$states.input.missing' specified for the field 'Output/v' returned nothing (undefined)."
        )
    );
    let events = fixture.events(&execution).await;
    let failed = events[2].evaluation_failed_event_details.as_ref().unwrap();
    assert_eq!(failed.location.as_deref(), Some("Output/v"));
}

#[tokio::test]
async fn what_nests_deeper_each_time_ends_the_execution() {
    let fixture = Fixture::new();
    let definition = json!({
        "StartAt": "Wrap",
        "States": {
            "Wrap": { "Type": "Pass", "Parameters": { "x.$": "$" }, "Next": "Again" },
            "Again": {
                "Type": "Choice",
                "Choices": [{ "Variable": "$.x", "IsPresent": false, "Next": "End" }],
                "Default": "Wrap",
            },
            "End": { "Type": "Succeed" },
        },
    });
    let ended = fixture.run(&definition, &json!({})).await;
    assert_eq!(ended.error.as_deref(), Some("States.Runtime"));
    let cause = ended.cause.unwrap();
    assert!(cause.contains("nested too deeply"), "{cause}");
}

#[tokio::test]
async fn an_input_that_nests_too_deeply_is_refused() {
    let fixture = Fixture::new();
    let machine = fixture.create(&only(&json!({ "Type": "Pass" }))).await;
    let input = api::StartExecutionInput {
        state_machine_arn: machine.unwrap(),
        input: Some("[".repeat(120) + &"]".repeat(120)),
        ..Default::default()
    };
    let refused = fixture.call::<api::StartExecution>(input).await;
    assert_eq!(refused.unwrap_err().code, "InvalidExecutionInput");
}
