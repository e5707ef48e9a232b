//! One item: put, read, changed, deleted.

use serde_json::{Value, json};

use super::Service;

fn key() -> Value {
    json!({"id": {"S": "a"}})
}

#[test]
fn every_type_comes_back_as_it_went_in() {
    let service = Service::with_table(&["id:S"]);
    let item = json!({
        "id": {"S": "a"}, "s": {"S": "ü\"\n"}, "n": {"N": "-1.5"}, "b": {"B": "AQI="}, "t": {"BOOL": true},
        "z": {"NULL": true}, "ss": {"SS": ["x", "y"]}, "ns": {"NS": ["1", "2"]}, "bs": {"BS": ["AQ=="]},
        "l": {"L": [{"S": ""}, {"M": {"k": {"N": "0"}}}]}, "m": {"M": {}},
    });
    service.put(item.clone());
    assert_eq!(service.get(key()), item);
}

#[test]
fn an_item_that_is_not_there_is_no_error() {
    let service = Service::with_table(&["id:S"]);
    assert_eq!(
        service.call("GetItem", json!({"TableName": "Tab", "Key": key()})),
        json!({})
    );
    assert_eq!(
        service.call("DeleteItem", json!({"TableName": "Tab", "Key": key()})),
        json!({})
    );
}

#[test]
fn a_put_replaces_the_whole_item() {
    let service = Service::with_table(&["id:S"]);
    service.put(json!({"id": {"S": "a"}, "x": {"N": "1"}}));
    let answer = service.call(
        "PutItem",
        json!({"TableName": "Tab", "Item": {"id": {"S": "a"}, "y": {"N": "2"}}, "ReturnValues": "ALL_OLD"}),
    );
    assert_eq!(
        answer["Attributes"],
        json!({"id": {"S": "a"}, "x": {"N": "1"}})
    );
    assert_eq!(
        service.get(key()),
        json!({"id": {"S": "a"}, "y": {"N": "2"}})
    );
}

#[test]
fn spellings_of_a_number_are_one_key() {
    let service = Service::with_table(&["id:N"]);
    service.put(json!({"id": {"N": "5.0"}, "x": {"S": "first"}}));
    service.put(json!({"id": {"N": "+5e0"}, "x": {"S": "second"}}));
    assert_eq!(
        service.get(json!({"id": {"N": "5"}})),
        json!({"id": {"N": "5"}, "x": {"S": "second"}})
    );
}

#[test]
fn a_failed_condition_changes_nothing_and_may_show_the_item() {
    let service = Service::with_table(&["id:S"]);
    service.put(json!({"id": {"S": "a"}, "x": {"N": "1"}}));
    let input = json!({
        "TableName": "Tab", "Item": {"id": {"S": "a"}},
        "ConditionExpression": "attribute_not_exists(id)",
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    });
    let refusal = service.try_call("PutItem", &input).unwrap_err();
    assert_eq!(
        refusal,
        json!({
            "__type": "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
            "message": "The conditional request failed",
            "Item": {"id": {"S": "a"}, "x": {"N": "1"}},
        })
    );
    assert_eq!(service.get(key())["x"], json!({"N": "1"}));
}

#[test]
fn an_update_answers_what_it_is_asked_for() {
    let service = Service::with_table(&["id:S"]);
    for (wanted, expected) in [
        ("NONE", Value::Null),
        (
            "ALL_OLD",
            json!({"id": {"S": "a"}, "n": {"N": "1"}, "x": {"S": "kept"}}),
        ),
        ("UPDATED_OLD", json!({"n": {"N": "1"}})),
        (
            "ALL_NEW",
            json!({"id": {"S": "a"}, "n": {"N": "3"}, "x": {"S": "kept"}}),
        ),
        ("UPDATED_NEW", json!({"n": {"N": "3"}})),
    ] {
        service.put(json!({"id": {"S": "a"}, "n": {"N": "1"}, "x": {"S": "kept"}}));
        let answer = service.call(
            "UpdateItem",
            json!({
                "TableName": "Tab", "Key": key(), "ReturnValues": wanted,
                "UpdateExpression": "SET n = n + :two", "ExpressionAttributeValues": {":two": {"N": "2"}},
            }),
        );
        assert_eq!(
            answer.get("Attributes").cloned().unwrap_or_default(),
            expected,
            "{wanted}"
        );
    }
}

#[test]
fn an_update_creates_the_item_that_is_missing() {
    let service = Service::with_table(&["id:S"]);
    service.call(
        "UpdateItem",
        json!({
            "TableName": "Tab", "Key": key(),
            "UpdateExpression": "ADD hits :one", "ExpressionAttributeValues": {":one": {"N": "1"}},
        }),
    );
    assert_eq!(
        service.get(key()),
        json!({"id": {"S": "a"}, "hits": {"N": "1"}})
    );
}

#[test]
fn an_update_that_only_removes_creates_nothing() {
    let service = Service::with_table(&["id:S"]);
    service.call(
        "UpdateItem",
        json!({"TableName": "Tab", "Key": key(), "UpdateExpression": "REMOVE x"}),
    );
    assert_eq!(service.get(key()), Value::Null);
    service.call("UpdateItem", json!({"TableName": "Tab", "Key": key()}));
    assert_eq!(service.get(key()), key());
}

#[test]
fn a_projection_answers_only_its_paths() {
    let service = Service::with_table(&["id:S"]);
    service.put(
        json!({"id": {"S": "a"}, "m": {"M": {"x": {"N": "1"}, "y": {"N": "2"}}}, "z": {"N": "3"}}),
    );
    let answer = service.call(
        "GetItem",
        json!({
            "TableName": "Tab", "Key": key(), "ProjectionExpression": "#m.y, nothing",
            "ExpressionAttributeNames": {"#m": "m"},
        }),
    );
    assert_eq!(answer, json!({"Item": {"m": {"M": {"y": {"N": "2"}}}}}));
}

#[test]
fn capacity_is_told_in_units_of_size() {
    let service = Service::with_table(&["id:S"]);
    let big = json!({"id": {"S": "a"}, "x": {"S": "x".repeat(5_000)}});
    let put = service.call(
        "PutItem",
        json!({"TableName": "Tab", "Item": big, "ReturnConsumedCapacity": "TOTAL"}),
    );
    assert_eq!(
        put["ConsumedCapacity"],
        json!({"TableName": "Tab", "CapacityUnits": 5.0})
    );
    let got = service.call(
        "GetItem",
        json!({"TableName": "Tab", "Key": key(), "ReturnConsumedCapacity": "INDEXES"}),
    );
    assert_eq!(
        got["ConsumedCapacity"],
        json!({"TableName": "Tab", "CapacityUnits": 1.0, "Table": {"CapacityUnits": 1.0}})
    );
}

#[test]
fn what_cannot_be_a_key_is_refused() {
    let service = Service::with_table(&["id:S"]);
    let put = |item: Value| service.refusal("PutItem", json!({"TableName": "Tab", "Item": item}));
    assert_eq!(
        put(json!({"x": {"S": "a"}})),
        "ValidationException: One or more parameter values were invalid: Missing the key id in the item"
    );
    assert_eq!(
        put(json!({"id": {"N": "1"}})),
        "ValidationException: One or more parameter values were invalid: Type mismatch for key id expected: S actual: N"
    );
    assert_eq!(
        put(json!({"id": {"S": ""}})),
        "ValidationException: One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id"
    );
    assert_eq!(
        put(json!({"id": {"S": "x".repeat(2_049)}})),
        "ValidationException: One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes"
    );
    assert_eq!(
        put(json!({"id": {"S": "a"}, "x": {"S": "x".repeat(400 << 10)}})),
        "ValidationException: Item size has exceeded the maximum allowed size"
    );
    assert_eq!(
        service.refusal(
            "GetItem",
            json!({"TableName": "Tab", "Key": {"id": {"S": "a"}, "x": {"S": "b"}}})
        ),
        "ValidationException: The provided key element does not match the schema"
    );
}

#[test]
fn an_update_must_leave_the_key_alone() {
    let service = Service::with_table(&["id:S"]);
    assert_eq!(
        service.refusal(
            "UpdateItem",
            json!({
                "TableName": "Tab", "Key": key(),
                "UpdateExpression": "SET id = :v", "ExpressionAttributeValues": {":v": {"S": "b"}},
            })
        ),
        "ValidationException: One or more parameter values were invalid: Cannot update attribute id. This attribute is part of the key"
    );
}

#[test]
fn placeholders_need_an_expression() {
    let service = Service::with_table(&["id:S"]);
    assert_eq!(
        service.refusal(
            "DeleteItem",
            json!({"TableName": "Tab", "Key": key(), "ExpressionAttributeValues": {":v": {"S": "b"}}})
        ),
        "ValidationException: ExpressionAttributeValues can only be specified when using expressions: ConditionExpression is null"
    );
}

#[test]
fn nothing_leads_inside_a_key() {
    let service = Service::with_table(&["id:S"]);
    let refused = "ValidationException: Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: id";
    for (operation, input) in [
        (
            "GetItem",
            json!({"Key": key(), "ProjectionExpression": "id.x"}),
        ),
        (
            "UpdateItem",
            json!({"Key": key(), "UpdateExpression": "SET x = id[0]"}),
        ),
        (
            "Scan",
            json!({"FilterExpression": "attribute_exists(id.x)"}),
        ),
    ] {
        let mut input = input;
        input["TableName"] = json!("Tab");
        assert_eq!(service.refusal(operation, input), refused, "{operation}");
    }
}

#[test]
fn names_of_attributes_are_neither_empty_nor_too_long() {
    let service = Service::with_table(&["id:S"]);
    let put = |name: String| {
        let item = json!({"id": {"S": "1"}, name: {"S": "x"}});
        service.refusal("PutItem", json!({"TableName": "Tab", "Item": item}))
    };
    assert!(put(String::new()).ends_with("Empty attribute name"));
    assert!(put("x".repeat(65_536)).ends_with("must be less than 65536 bytes"));
    let get = |input: Value| {
        let mut get = json!({"TableName": "Tab", "Key": {"id": {"S": "1"}}});
        get.as_object_mut()
            .unwrap()
            .extend(input.as_object().unwrap().clone());
        service.refusal("GetItem", get)
    };
    assert!(get(json!({"AttributesToGet": [""]})).ends_with("Empty attribute name"));
    let named = json!({"ProjectionExpression": "#n", "ExpressionAttributeNames": {"#n": ""}});
    assert!(get(named).contains("Empty attribute name"));
}
