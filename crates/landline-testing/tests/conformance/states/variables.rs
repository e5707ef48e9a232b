//! Variables: assigned by states, seen by those after them.
//!
//! <https://states-language.net/spec.html#using-variables>

use landline_testing::Node;
use serde_json::json;

use super::output;

#[tokio::test]
async fn what_a_state_assigns_the_next_ones_see() {
    let node = Node::start().await;
    let definition = json!({
        "StartAt": "A",
        "States": {
            "A": { "Type": "Pass", "Assign": { "n.$": "$.n", "fixed": "f" }, "Next": "B" },
            "B": { "Type": "Pass", "Parameters": { "n.$": "$n", "f.$": "$fixed" }, "End": true },
        },
    });
    let told = output(&node, &definition, &json!({ "n": 5 })).await;
    assert_eq!(told, json!({ "n": 5, "f": "f" }));
}

#[tokio::test]
async fn a_state_sees_what_was_before_it_assigned_anything() {
    let node = Node::start().await;
    let definition = json!({
        "QueryLanguage": "JSONata", "StartAt": "A",
        "States": {
            "A": { "Type": "Pass", "Assign": { "x": 1, "y": 10 }, "Next": "B" },
            "B": { "Type": "Pass", "Assign": { "x": "{% $x + 1 %}", "y": "{% $x + $y %}" }, "Output": "{% $x %}", "Next": "C" },
            "C": { "Type": "Pass", "Output": ["{% $states.input %}", "{% $x %}", "{% $y %}"], "End": true },
        },
    });
    let told = output(&node, &definition, &json!({})).await;
    assert_eq!(told, json!([1, 2, 11]));
}

#[tokio::test]
async fn branches_see_outer_variables_and_keep_their_own() {
    let node = Node::start().await;
    let definition = json!({
        "QueryLanguage": "JSONata", "StartAt": "A",
        "States": {
            "A": { "Type": "Pass", "Assign": { "outer": 1 }, "Next": "B" },
            "B": {
                "Type": "Parallel", "Next": "C",
                "Branches": [{
                    "StartAt": "D",
                    "States": {
                        "D": { "Type": "Pass", "Assign": { "inner": "{% $outer + 1 %}" }, "Next": "E" },
                        "E": { "Type": "Pass", "Output": "{% $inner %}", "End": true },
                    },
                }],
            },
            "C": {
                "Type": "Pass", "End": true,
                "Output": { "b": "{% $states.input %}", "has": "{% $exists($inner) %}", "o": "{% $outer %}" },
            },
        },
    });
    let told = output(&node, &definition, &json!({})).await;
    assert_eq!(told, json!({ "b": [2], "has": false, "o": 1 }));
}
