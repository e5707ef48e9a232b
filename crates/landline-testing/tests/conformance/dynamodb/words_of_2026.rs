//! The words that AWS has for refusals since 2026, where a node is told to use them.

use landline_dynamodb::{Options, Wording};
use landline_store::open_memory;
use serde_json::json;

use super::{Service, table};

fn service(wording: Wording) -> Service {
    let options = Options {
        wording,
        ..Options::default()
    };
    let service = Service::on_with(open_memory(), options);
    service.call("CreateTable", table("Tab", &["id:S"]));
    service
}

#[test]
fn a_refused_update_expression_is_counted() {
    let input = json!({"TableName": "Tab", "Key": {"id": {"S": "1"}}, "UpdateExpression": ""});
    let refusal = "Invalid UpdateExpression: The expression can not be empty;";
    assert_eq!(
        service(Wording::Of2026).refusal("UpdateItem", input.clone()),
        format!("ValidationException: 1 validation error detected: {refusal}")
    );
    assert_eq!(
        service(Wording::Classic).refusal("UpdateItem", input),
        format!("ValidationException: {refusal}")
    );
}

#[test]
fn the_select_of_a_query_is_counted_and_that_of_a_scan_is_not() {
    let service = service(Wording::Of2026);
    let refusal = "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName";
    let scan = json!({"TableName": "Tab", "Select": "ALL_PROJECTED_ATTRIBUTES"});
    let mut query = scan.clone();
    query["KeyConditionExpression"] = json!("id = :id");
    query["ExpressionAttributeValues"] = json!({":id": {"S": "1"}});
    assert_eq!(
        service.refusal("Query", query),
        format!("ValidationException: 1 validation error detected: {refusal}")
    );
    assert_eq!(
        service.refusal("Scan", scan),
        format!("ValidationException: {refusal}")
    );
}

#[test]
fn an_update_is_told_of_its_first_mistake_only() {
    let service = service(Wording::Of2026);
    let input = json!({
        "TableName": "Tab", "Key": {"id": {"S": "1"}},
        "ReturnValues": "SOME", "ReturnConsumedCapacity": "SOME",
    });
    let refused = service.refusal("UpdateItem", input);
    assert!(refused.starts_with("ValidationException: 1 validation error detected: Value 'SOME'"));
    assert_eq!(refused.matches("failed to satisfy").count(), 1, "{refused}");
}
