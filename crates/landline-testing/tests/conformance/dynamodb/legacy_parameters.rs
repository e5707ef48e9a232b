//! The parameters from before expressions reach the same operations.

use serde_json::json;

use super::Service;

#[test]
fn the_old_parameters_do_what_expressions_do() {
    let service = Service::with_table(&["id:S", "at:N"]);
    for number in 0..4 {
        service.put(json!({"id": {"S": "a"}, "at": {"N": number.to_string()}, "x": {"N": "1"}}));
    }
    let key = json!({"id": {"S": "a"}, "at": {"N": "2"}});
    service.call(
        "UpdateItem",
        json!({
            "TableName": "Tab", "Key": key,
            "AttributeUpdates": {"x": {"Action": "ADD", "Value": {"N": "5"}}},
            "Expected": {"x": {"Value": {"N": "1"}}},
        }),
    );
    assert_eq!(
        service.refusal(
            "DeleteItem",
            json!({"TableName": "Tab", "Key": key, "Expected": {"x": {"Exists": false}}})
        ),
        "ConditionalCheckFailedException: The conditional request failed"
    );
    let answer = service.call(
        "Query",
        json!({
            "TableName": "Tab", "AttributesToGet": ["at"],
            "KeyConditions": {
                "id": {"ComparisonOperator": "EQ", "AttributeValueList": [{"S": "a"}]},
                "at": {"ComparisonOperator": "GE", "AttributeValueList": [{"N": "1"}]},
            },
            "QueryFilter": {"x": {"ComparisonOperator": "GT", "AttributeValueList": [{"N": "1"}]}},
        }),
    );
    assert_eq!(answer["Items"], json!([{"at": {"N": "2"}}]));
}

#[test]
fn one_request_speaks_one_language() {
    let service = Service::with_table(&["id:S"]);
    assert_eq!(
        service.refusal(
            "GetItem",
            json!({
                "TableName": "Tab", "Key": {"id": {"S": "a"}}, "AttributesToGet": ["x"],
                "ProjectionExpression": "x",
            })
        ),
        "ValidationException: Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {AttributesToGet} Expression parameters: {ProjectionExpression}"
    );
}

#[test]
fn no_updates_at_all_create_the_item() {
    let service = Service::with_table(&["id:S"]);
    let key = json!({"id": {"S": "1"}});
    service.call(
        "UpdateItem",
        json!({"TableName": "Tab", "Key": key, "AttributeUpdates": {}}),
    );
    assert_eq!(service.get(key.clone()), key);
}

#[test]
fn a_filter_takes_any_number_of_operands_of_in() {
    let service = Service::with_table(&["id:S"]);
    service.put(json!({"id": {"S": "1"}}));
    let operands = vec![json!({"S": "1"}); 1_000];
    let filter = json!({"id": {"ComparisonOperator": "IN", "AttributeValueList": operands}});
    let answer = service.call("Scan", json!({"TableName": "Tab", "ScanFilter": filter}));
    assert_eq!(answer["Count"], 1);
}

#[test]
fn attributes_to_get_are_named_in_refusals() {
    let service = Service::with_table(&["id:S"]);
    let scan = json!({"TableName": "Tab", "Select": "COUNT", "AttributesToGet": ["id"]});
    assert_eq!(
        service.refusal("Scan", scan),
        "ValidationException: Cannot specify the AttributesToGet when choosing to get only the Count"
    );
}
