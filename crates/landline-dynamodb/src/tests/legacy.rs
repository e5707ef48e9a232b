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
