//! State types: Parallel, Map.
//!
//! <https://states-language.net/spec.html#parallel-state>

use landline_testing::Node;
use serde_json::{Value, json};

use super::{failure, findings, only, only_jsonata, output};

fn branch(name: &str, state: &Value) -> Value {
    json!({ "StartAt": name, "States": { name: state } })
}

#[tokio::test]
async fn branches_get_the_same_input_and_give_a_list_in_their_order() {
    let node = Node::start().await;
    let state = only(json!({
        "Type": "Parallel", "ResultPath": "$.r", "Parameters": { "v.$": "$.n" }, "ResultSelector": { "first.$": "$[0]" },
        "Branches": [
            branch("A", &json!({ "Type": "Pass", "End": true })),
            branch("B", &json!({ "Type": "Pass", "Result": "b", "End": true })),
        ],
    }));
    let told = output(&node, &state, &json!({ "n": 1 })).await;
    assert_eq!(told, json!({ "n": 1, "r": { "first": { "v": 1 } } }));
}

#[tokio::test]
async fn a_branch_that_fails_fails_the_whole_state() {
    let node = Node::start().await;
    let branches = json!([
        branch("A", &json!({ "Type": "Wait", "Seconds": 99, "End": true })),
        branch(
            "B",
            &json!({ "Type": "Fail", "Error": "Mine", "Cause": "why" })
        ),
    ]);
    let state = only(json!({ "Type": "Parallel", "Branches": branches }));
    let told = failure(&node, &state, &json!({})).await;
    assert_eq!(told, ("Mine".to_owned(), "why".to_owned()));
    let caught = json!({
        "StartAt": "P",
        "States": {
            "P": {
                "Type": "Parallel", "Branches": branches, "End": true,
                "Catch": [{ "ErrorEquals": ["Mine"], "Next": "After", "ResultPath": "$.e" }],
            },
            "After": { "Type": "Pass", "End": true },
        },
    });
    let told = output(&node, &caught, &json!({ "a": 1 })).await;
    assert_eq!(
        told,
        json!({ "a": 1, "e": { "Error": "Mine", "Cause": "why" } })
    );
}

#[tokio::test]
async fn a_map_runs_its_processor_for_each_item() {
    let node = Node::start().await;
    let state = only(json!({
        "Type": "Map", "ItemsPath": "$.list", "MaxConcurrency": 2,
        "ItemSelector": {
            "v.$": "$$.Map.Item.Value", "i.$": "$$.Map.Item.Index", "all.$": "$.k",
        },
        "ItemProcessor": branch("A", &json!({ "Type": "Pass", "End": true })),
    }));
    let told = output(&node, &state, &json!({ "list": ["x", "y"], "k": 1 })).await;
    assert_eq!(
        told,
        json!([{ "v": "x", "i": 0, "all": 1 }, { "v": "y", "i": 1, "all": 1 }])
    );
    let empty = output(&node, &state, &json!({ "list": [], "k": 1 })).await;
    assert_eq!(empty, json!([]));
}

#[tokio::test]
async fn a_map_in_jsonata_takes_what_its_items_expression_gives() {
    let node = Node::start().await;
    let state = only_jsonata(json!({
        "Type": "Map", "Items": "{% $states.input.n[$ > 1] %}",
        "ItemSelector": "{% $states.context.Map.Item.Value * 10 %}",
        "ItemProcessor": branch("A", &json!({ "Type": "Pass", "End": true })),
        "Output": "{% $sum($states.result) %}",
    }));
    let told = output(&node, &state, &json!({ "n": [1, 2, 3] })).await;
    assert_eq!(told, json!(50));
}

#[tokio::test]
async fn a_map_over_what_is_no_list_ends_the_execution() {
    let node = Node::start().await;
    let state = only(json!({
        "Type": "Map", "ItemsPath": "$.n",
        "ItemProcessor": branch("A", &json!({ "Type": "Pass", "End": true })),
    }));
    let (error, cause) = failure(&node, &state, &json!({ "n": 1 })).await;
    assert_eq!(error, "States.Runtime");
    assert!(cause.contains('1'), "{cause}");
}

#[tokio::test]
async fn a_parallel_needs_branches_and_a_map_a_processor() {
    let node = Node::start().await;
    let found = findings(&node, &only(json!({ "Type": "Map" }))).await;
    assert_eq!(found[0].0, "These fields are required: [ItemProcessor]");
    let found = findings(&node, &only(json!({ "Type": "Parallel", "Branches": [] }))).await;
    assert_eq!(found[0].1, "/States/Only/Branches");
}
