//! `TransactWriteItems` and `TransactGetItems`.

use serde_json::{Value, json};

use super::Service;

fn put(id: &str) -> Value {
    json!({"Put": {"TableName": "Tab", "Item": {"id": {"S": id}, "n": {"N": "0"}}}})
}

fn increment(id: &str) -> Value {
    json!({"Update": {
        "TableName": "Tab", "Key": {"id": {"S": id}}, "UpdateExpression": "ADD n :one",
        "ExpressionAttributeValues": {":one": {"N": "1"}},
    }})
}

fn absent(id: &str) -> Value {
    json!({"ConditionCheck": {
        "TableName": "Tab", "Key": {"id": {"S": id}}, "ConditionExpression": "attribute_not_exists(id)",
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }})
}

#[test]
fn all_actions_happen_together() {
    let service = Service::with_table(&["id:S"]);
    service.put(json!({"id": {"S": "gone"}}));
    let delete = json!({"Delete": {"TableName": "Tab", "Key": {"id": {"S": "gone"}}}});
    service.call(
        "TransactWriteItems",
        json!({"TransactItems": [put("a"), increment("b"), delete, absent("c")]}),
    );
    let get = |id: &str| json!({"Get": {"TableName": "Tab", "Key": {"id": {"S": id}}}});
    let answer = service.call(
        "TransactGetItems",
        json!({"TransactItems": [get("b"), get("gone"), get("a")]}),
    );
    assert_eq!(
        answer["Responses"],
        json!([
            {"Item": {"id": {"S": "b"}, "n": {"N": "1"}}},
            {},
            {"Item": {"id": {"S": "a"}, "n": {"N": "0"}}},
        ])
    );
}

#[test]
fn one_failed_condition_cancels_everything_and_every_reason_is_told() {
    let service = Service::with_table(&["id:S"]);
    service.put(json!({"id": {"S": "there"}, "s": {"S": "text"}}));
    let add_to_text = json!({"Update": {
        "TableName": "Tab", "Key": {"id": {"S": "other"}}, "UpdateExpression": "SET s = nowhere",
    }});
    let refusal = service
        .try_call(
            "TransactWriteItems",
            &json!({"TransactItems": [put("a"), absent("there"), add_to_text]}),
        )
        .unwrap_err();
    assert_eq!(
        refusal["Message"],
        "Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, ValidationError]"
    );
    let reasons = refusal["CancellationReasons"].as_array().unwrap();
    assert_eq!(reasons[0], json!({"Code": "None"}));
    assert_eq!(
        reasons[1],
        json!({
            "Code": "ConditionalCheckFailed", "Message": "The conditional request failed",
            "Item": {"id": {"S": "there"}, "s": {"S": "text"}},
        })
    );
    assert_eq!(service.get(json!({"id": {"S": "a"}})), Value::Null);
}

#[test]
fn an_item_takes_part_only_once() {
    let service = Service::with_table(&["id:S"]);
    assert_eq!(
        service.refusal(
            "TransactWriteItems",
            json!({"TransactItems": [put("a"), increment("a")]})
        ),
        "ValidationException: Transaction request cannot include multiple operations on one item"
    );
}

#[test]
fn a_token_makes_a_request_happen_once() {
    let service = Service::with_table(&["id:S"]);
    let once = |action: Value| json!({"TransactItems": [action], "ClientRequestToken": "token"});
    service.call("TransactWriteItems", once(increment("a")));
    service.call("TransactWriteItems", once(increment("a")));
    assert_eq!(
        service.get(json!({"id": {"S": "a"}}))["n"],
        json!({"N": "1"})
    );
    let refusal = service.refusal("TransactWriteItems", once(increment("b")));
    assert!(
        refusal.starts_with("IdempotentParameterMismatchException: "),
        "{refusal}"
    );
    service.advance(std::time::Duration::from_secs(601));
    service.call("TransactWriteItems", once(increment("a")));
    assert_eq!(
        service.get(json!({"id": {"S": "a"}}))["n"],
        json!({"N": "2"})
    );
}

#[test]
fn a_key_that_does_not_fit_cancels_a_reading_transaction() {
    let service = Service::with_table(&["id:S"]);
    let get = |key: Value| json!({"Get": {"TableName": "Tab", "Key": key}});
    let refusal = service.try_call(
        "TransactGetItems",
        &json!({"TransactItems": [get(json!({"id": {"S": "1"}})), get(json!({}))]}),
    );
    let refusal = refusal.unwrap_err();
    assert_eq!(
        refusal["Message"],
        "Transaction cancelled, please refer cancellation reasons for specific reasons [None, ValidationError]"
    );
    assert_eq!(refusal["CancellationReasons"][1]["Code"], "ValidationError");
}
