//! State types: Pass, Task, Choice, Wait, Succeed, Fail.
//!
//! <https://states-language.net/spec.html#state-types>

use landline_testing::{Answer, Node};
use serde_json::{Value, json};

use super::{End, failure, findings, only, only_jsonata, output, run};

#[tokio::test]
async fn a_task_calls_a_function_with_its_parameters_and_takes_the_answer() {
    let node = Node::start().await;
    node.functions.script("work", |event| {
        Answer::Returns(json!({ "got": event.clone(), "noise": 1 }))
    });
    let state = only(json!({
        "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": { "FunctionName": node.function_arn("work"), "Payload.$": "$.order" },
        "ResultSelector": { "got.$": "$.Payload.got", "status.$": "$.StatusCode" },
        "ResultPath": "$.result",
    }));
    let told = output(&node, &state, &json!({ "order": { "id": 7 } })).await;
    assert_eq!(
        told,
        json!({ "order": { "id": 7 }, "result": { "got": { "id": 7 }, "status": 200 } })
    );
}

#[tokio::test]
async fn a_task_may_call_any_action_of_any_service() {
    let node = Node::start().await;
    node.create_table("things", "id").await;
    let put = json!({
        "Type": "Task", "Resource": "arn:aws:states:::dynamodb:putItem", "ResultPath": null, "Next": "Get",
        "Parameters": { "TableName": "things", "Item": { "id": { "S.$": "$.id" }, "n": { "N": "1" } } },
    });
    let get = json!({
        "Type": "Task", "Resource": "arn:aws:states:::aws-sdk:dynamodb:getItem", "End": true,
        "Parameters": { "TableName": "things", "Key": { "id": { "S.$": "$.id" } } }, "OutputPath": "$.Item",
    });
    let definition = json!({ "StartAt": "Put", "States": { "Put": put, "Get": get } });
    let told = output(&node, &definition, &json!({ "id": "a" })).await;
    assert_eq!(told, json!({ "id": { "S": "a" }, "n": { "N": "1" } }));
}

#[tokio::test]
async fn a_service_that_refuses_is_an_error_with_its_name() {
    let node = Node::start().await;
    for (resource, expected) in [
        (
            "arn:aws:states:::dynamodb:getItem",
            "DynamoDB.ResourceNotFoundException",
        ),
        (
            "arn:aws:states:::aws-sdk:dynamodb:getItem",
            "DynamoDb.ResourceNotFoundException",
        ),
    ] {
        let state = only(json!({
            "Type": "Task", "Resource": resource,
            "Parameters": { "TableName": "none", "Key": { "id": { "S": "a" } } },
        }));
        let (error, _) = failure(&node, &state, &json!({})).await;
        assert_eq!(error, expected);
    }
}

/// Where a `Choice` of one rule leads.
async fn chosen(node: &Node, mut rule: Value, input: &Value) -> bool {
    rule["Next"] = "Yes".into();
    let definition = json!({
        "StartAt": "Choose",
        "States": {
            "Choose": { "Type": "Choice", "Choices": [rule], "Default": "No" },
            "Yes": { "Type": "Pass", "Result": true, "End": true },
            "No": { "Type": "Pass", "Result": false, "End": true },
        },
    });
    output(node, &definition, input).await == json!(true)
}

#[tokio::test]
async fn choice_rules_compare_in_their_types() {
    let node = Node::start().await;
    let input = json!({
        "s": "abc", "n": 5, "b": true, "t": "2027-02-03T09:15:42Z", "z": null, "same": "abc", "star": "a*c",
    });
    for (rule, expected) in [
        (json!({ "Variable": "$.s", "StringEquals": "abc" }), true),
        (json!({ "Variable": "$.s", "StringLessThan": "abd" }), true),
        (
            json!({ "Variable": "$.s", "StringEqualsPath": "$.same" }),
            true,
        ),
        (json!({ "Variable": "$.s", "StringMatches": "a*" }), true),
        (
            json!({ "Variable": "$.star", "StringMatches": "a\\*c" }),
            true,
        ),
        (
            json!({ "Variable": "$.s", "StringMatches": "a\\*c" }),
            false,
        ),
        (json!({ "Variable": "$.n", "StringEquals": "5" }), false),
        (json!({ "Variable": "$.n", "NumericEquals": 5.0 }), true),
        (
            json!({ "Variable": "$.n", "NumericGreaterThanEquals": 6 }),
            false,
        ),
        (json!({ "Variable": "$.b", "BooleanEquals": true }), true),
        (
            json!({ "Variable": "$.t", "TimestampLessThan": "2027-02-03T10:00:00Z" }),
            true,
        ),
        (json!({ "Variable": "$.z", "IsNull": true }), true),
        (json!({ "Variable": "$.none", "IsPresent": false }), true),
        (json!({ "Variable": "$.n", "IsNumeric": true }), true),
        (json!({ "Variable": "$.t", "IsTimestamp": true }), true),
        (json!({ "Variable": "$.s", "IsTimestamp": true }), false),
        (
            json!({ "And": [
                { "Variable": "$.n", "NumericGreaterThan": 1 },
                { "Not": { "Variable": "$.n", "NumericGreaterThan": 9 } },
            ] }),
            true,
        ),
        (
            json!({ "Or": [
                { "Variable": "$.b", "BooleanEquals": false },
                { "Variable": "$.s", "IsString": true },
            ] }),
            true,
        ),
    ] {
        assert_eq!(
            chosen(&node, rule.clone(), &input).await,
            expected,
            "{rule}"
        );
    }
}

#[tokio::test]
async fn a_choice_in_jsonata_has_a_condition_and_may_say_what_comes_out() {
    let node = Node::start().await;
    let definition = json!({
        "QueryLanguage": "JSONata", "StartAt": "Choose",
        "States": {
            "Choose": {
                "Type": "Choice", "Default": "End",
                "Choices": [{
                    "Condition": "{% $states.input.n > 1 %}", "Next": "End",
                    "Output": "{% $states.input.n * 2 %}",
                }],
            },
            "End": { "Type": "Succeed" },
        },
    });
    assert_eq!(
        output(&node, &definition, &json!({ "n": 2 })).await,
        json!(4)
    );
    let other = json!({ "n": 1 });
    assert_eq!(output(&node, &definition, &other).await, other);
}

#[tokio::test]
async fn a_choice_that_nothing_fits_ends_the_execution() {
    let node = Node::start().await;
    let definition = json!({
        "StartAt": "Choose",
        "States": {
            "Choose": {
                "Type": "Choice",
                "Choices": [{ "Variable": "$.n", "NumericEquals": 1, "Next": "End" }],
            },
            "End": { "Type": "Succeed" },
        },
    });
    let (error, _) = failure(&node, &definition, &json!({ "n": 2 })).await;
    assert_eq!(error, "States.Runtime");
}

#[tokio::test]
async fn a_wait_has_exactly_one_end() {
    let node = Node::start().await;
    for state in [
        json!({ "Type": "Wait", "Seconds": 0 }),
        json!({ "Type": "Wait", "SecondsPath": "$.s" }),
        json!({ "Type": "Wait", "Timestamp": "2016-08-18T17:33:00Z" }),
        json!({ "Type": "Wait", "TimestampPath": "$.t" }),
    ] {
        let input = json!({ "s": 0, "t": "2016-08-18T17:33:00Z" });
        assert_eq!(output(&node, &only(state), &input).await, input);
    }
    let jsonata = only_jsonata(json!({ "Type": "Wait", "Seconds": "{% 1 - 1 %}", "Output": 3 }));
    assert_eq!(output(&node, &jsonata, &json!({})).await, json!(3));
    let both = only(json!({ "Type": "Wait", "Seconds": 1, "SecondsPath": "$.s" }));
    assert_eq!(findings(&node, &both).await.len(), 1);
}

#[tokio::test]
async fn succeed_and_fail_end_a_machine() {
    let node = Node::start().await;
    let succeed = only(json!({ "Type": "Succeed", "OutputPath": "$.a" }));
    assert_eq!(output(&node, &succeed, &json!({ "a": 1 })).await, json!(1));
    let fail = only(json!({ "Type": "Fail", "Error": "Mine", "Cause": "why" }));
    assert_eq!(
        run(&node, &fail, &json!({})).await,
        End::Failure("Mine".to_owned(), "why".to_owned())
    );
    let from_input = only(json!({
        "Type": "Fail", "ErrorPath": "$.e", "CausePath": "States.Format('because of {}', $.c)",
    }));
    assert_eq!(
        run(&node, &from_input, &json!({ "e": "E", "c": "that" })).await,
        End::Failure("E".to_owned(), "because of that".to_owned())
    );
}
