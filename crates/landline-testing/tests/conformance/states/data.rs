//! Data: the context object, paths, reference paths, payload templates, JSONata, and how a state's input and output flow.
//!
//! <https://states-language.net/spec.html#data>

use landline_testing::Node;
use serde_json::{Value, json};

use super::{failure, findings, only, only_jsonata, output};

/// What a `Pass` makes of an input by `Parameters`.
async fn made(node: &Node, parameters: Value, input: &Value) -> Value {
    let state = only(json!({ "Type": "Pass", "Parameters": parameters }));
    output(node, &state, input).await
}

#[tokio::test]
async fn the_context_object_tells_of_the_execution_the_machine_and_the_state() {
    let node = Node::start().await;
    let told = made(&node, json!({ "c.$": "$$" }), &json!({ "a": 1 })).await;
    let context = &told["c"];
    assert_eq!(context["Execution"]["Input"], json!({ "a": 1 }));
    assert_eq!(context["State"]["Name"], "Only");
    assert_eq!(context["State"]["RetryCount"], 0);
    let role = "arn:aws:iam::123456789012:role/machine";
    assert_eq!(context["Execution"]["RoleArn"], role);
    let machine = context["StateMachine"]["Id"].as_str().unwrap();
    assert!(machine.contains(":stateMachine:machine-"), "{machine}");
    let started = context["Execution"]["StartTime"].as_str().unwrap();
    assert_eq!(started.len(), "2027-02-03T09:15:42.107Z".len(), "{started}");
}

#[tokio::test]
async fn paths_find_members_items_and_what_filters_leave() {
    let node = Node::start().await;
    let input = json!({
        "a": { "b c": [10, 20, 30] }, "list": [{ "n": 1, "k": "x" }, { "n": 2, "k": "y" }, { "n": 3 }],
    });
    for (path, expected) in [
        ("$.a['b c'][1]", json!(20)),
        ("$.a['b c'][-1:]", json!([30])),
        ("$.a['b c'][0:2]", json!([10, 20])),
        ("$.list[*].n", json!([1, 2, 3])),
        ("$.list[?(@.n > 1)].k", json!(["y"])),
        ("$..k", json!(["x", "y"])),
        ("$.list.length()", json!(3)),
    ] {
        let told = made(&node, json!({ "v.$": path }), &input).await;
        assert_eq!(told["v"], expected, "{path}");
    }
}

#[tokio::test]
async fn a_path_that_finds_nothing_ends_the_execution() {
    let node = Node::start().await;
    let state = only(json!({ "Type": "Pass", "Parameters": { "v.$": "$.none" } }));
    let (error, cause) = failure(&node, &state, &json!({ "a": 1 })).await;
    assert_eq!(error, "States.Runtime");
    assert_eq!(
        cause,
        r#"An error occurred while executing the state 'Only' (entered at the event id #2). The JSONPath '$.none' specified for the field 'v.$' could not be found in the input '{"a":1}'"#
    );
}

#[tokio::test]
async fn input_result_and_output_paths_select_put_and_select() {
    let node = Node::start().await;
    let input = json!({ "a": { "x": 1 }, "b": 2 });
    for (paths, expected) in [
        (json!({ "InputPath": "$.a" }), json!({ "x": 1 })),
        (json!({ "InputPath": null }), json!({})),
        (json!({ "InputPath": "$$.State.Name" }), json!("Only")),
        (json!({ "OutputPath": "$.b" }), json!(2)),
        (json!({ "OutputPath": null }), json!({})),
        (json!({ "Result": 7, "ResultPath": null }), input.clone()),
        (
            json!({ "Result": 7, "ResultPath": "$.a.y" }),
            json!({ "a": { "x": 1, "y": 7 }, "b": 2 }),
        ),
        (
            json!({ "Result": 7, "ResultPath": "$.n.m", "OutputPath": "$.n" }),
            json!({ "m": 7 }),
        ),
    ] {
        let mut state = paths.clone();
        state["Type"] = "Pass".into();
        let told = output(&node, &only(state), &input).await;
        assert_eq!(told, expected, "{paths}");
    }
}

#[tokio::test]
async fn a_result_that_has_no_place_in_the_input_is_an_error() {
    let node = Node::start().await;
    let state = only(json!({ "Type": "Pass", "Result": 1, "ResultPath": "$.a.b" }));
    let (error, _) = failure(&node, &state, &json!({ "a": "text" })).await;
    assert_eq!(error, "States.ResultPathMatchFailure");
    let refused = only(json!({ "Type": "Pass", "Result": 1, "ResultPath": "$.a[*]" }));
    let found = findings(&node, &refused).await;
    assert_eq!(found[0].1, "/States/Only/ResultPath");
}

#[tokio::test]
async fn payload_templates_are_computed_however_deep_they_are() {
    let node = Node::start().await;
    let template = json!({ "fixed": [1, { "v.$": "$.a" }], "$.not": "$.a", "all.$": "$" });
    let told = made(&node, template, &json!({ "a": 5 })).await;
    assert_eq!(
        told,
        json!({ "fixed": [1, { "v": 5 }], "$.not": "$.a", "all": { "a": 5 } })
    );
}

#[tokio::test]
async fn jsonata_computes_what_stands_between_its_marks() {
    let node = Node::start().await;
    let state = only_jsonata(json!({
        "Type": "Pass",
        "Output": {
            "sum": "{% $sum($states.input.n) %}",
            "text": "no {% expression %}",
            "list": ["{% $states.input.n[0] %}", { "name": "{% $states.context.State.Name %}" }],
        },
    }));
    let told = output(&node, &state, &json!({ "n": [1, 2] })).await;
    assert_eq!(
        told,
        json!({ "sum": 3, "text": "no {% expression %}", "list": [1, { "name": "Only" }] })
    );
}

#[tokio::test]
async fn a_jsonata_expression_that_gives_nothing_is_an_error() {
    let node = Node::start().await;
    let state =
        only_jsonata(json!({ "Type": "Pass", "Output": { "v": "{% $states.input.none %}" } }));
    let (error, cause) = failure(&node, &state, &json!({})).await;
    assert_eq!(error, "States.QueryEvaluationError");
    assert!(
        cause.ends_with(
            "The JSONata expression '$states.input.none' specified for the field 'Output/v' returned nothing (undefined)."
        ),
        "{cause}"
    );
    let paths = only_jsonata(json!({ "Type": "Pass", "InputPath": "$.a" }));
    let found = findings(&node, &paths).await;
    assert_eq!(
        found,
        [(
            "Field is not supported".to_owned(),
            "/States/Only/InputPath".to_owned()
        )]
    );
}
