//! What is refused before an operation looks at it: kinds of values, and constraints.

use serde_json::{Value, json};

use super::{Service, table};

/// The refusal of a `PutItem` with one member as given.
fn put_with(member: &str, value: Value) -> String {
    let mut input = json!({"TableName": "Tab", "Item": {"id": {"S": "1"}}});
    input[member] = value;
    Service::with_table(&["id:S"]).refusal("PutItem", input)
}

#[test]
fn a_scalar_of_another_kind_is_named() {
    for (value, refusal) in [
        (json!(true), "TRUE_VALUE cannot be converted to String"),
        (json!(23), "NUMBER_VALUE cannot be converted to String"),
        (json!(3.5), "DECIMAL_VALUE cannot be converted to String"),
        (
            json!([]),
            "Unrecognized collection type class java.lang.String",
        ),
        (
            json!({}),
            "Start of structure or map found where not expected",
        ),
    ] {
        assert_eq!(
            put_with("TableName", value),
            format!("SerializationException: {refusal}")
        );
    }
}

#[test]
fn a_map_of_another_kind_is_named_by_its_class() {
    assert_eq!(
        put_with("Item", json!("x")),
        "SerializationException: Unexpected field type"
    );
    assert_eq!(
        put_with("Item", json!([])),
        "SerializationException: Unrecognized collection type java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.AttributeValue>"
    );
    assert_eq!(
        put_with("ExpressionAttributeNames", json!([])),
        "SerializationException: Unrecognized collection type java.util.Map<java.lang.String, java.lang.String>"
    );
}

#[test]
fn a_structure_is_refused_by_where_it_stands() {
    assert_eq!(
        put_with("Item", json!({"id": "x"})),
        "SerializationException: Unexpected value type in payload"
    );
    assert_eq!(
        put_with("Expected", json!({"id": {"Value": "x"}})),
        "SerializationException: Unexpected field type"
    );
    assert_eq!(
        put_with("Item", json!({"id": []})),
        "SerializationException: Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue"
    );
}

#[test]
fn a_collection_inside_another_is_refused_as_java_fails() {
    let service = Service::with_table(&["id:S"]);
    let refusal = service.refusal(
        "BatchGetItem",
        json!({"RequestItems": {"Tab": {"Keys": ["x"]}}}),
    );
    assert!(
        refusal.starts_with("SerializationException: class sun.reflect."),
        "{refusal}"
    );
}

#[test]
fn the_members_of_a_value_are_read_before_they_are_counted() {
    assert_eq!(
        put_with("Item", json!({"id": {"S": "a", "B": "12345"}})),
        "SerializationException: Base64 encoded length is expected a multiple of 4 bytes but found: 5"
    );
    assert_eq!(
        put_with("Item", json!({"id": {"S": "a", "N": "b"}})),
        "ValidationException: The parameter cannot be converted to a numeric value: b"
    );
    assert_eq!(
        put_with("Item", json!({"id": {"S": "a", "N": "1"}})),
        "ValidationException: Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes"
    );
}

#[test]
fn words_for_truth_are_taken() {
    let service = Service::with_table(&["id:S"]);
    service.put(json!({"id": {"S": "1"}, "on": {"BOOL": "yes"}, "off": {"BOOL": "0"}}));
    let item = service.get(json!({"id": {"S": "1"}}));
    assert_eq!(item["on"], json!({"BOOL": true}));
    assert_eq!(item["off"], json!({"BOOL": false}));
    assert_eq!(
        put_with("Item", json!({"id": {"BOOL": "maybe"}})),
        "SerializationException: Unexpected token received from parser"
    );
}

#[test]
fn null_in_a_map_is_an_empty_value() {
    assert_eq!(
        put_with("Item", json!({"id": {"S": "1"}, "a": null})),
        "ValidationException: Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"
    );
}

#[test]
fn the_operations_on_items_count_a_bad_table_name_among_the_violations() {
    assert_eq!(
        put_with("TableName", json!("a;")),
        "ValidationException: 2 validation errors detected: Value 'a;' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3; Value 'a;' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+"
    );
}

#[test]
fn the_operations_on_tables_refuse_a_bad_table_name_before_all_else() {
    let service = Service::new();
    assert_eq!(
        service.refusal("CreateTable", json!({})),
        "ValidationException: The parameter 'TableName' is required but was not present in the request"
    );
    assert_eq!(
        service.refusal("DescribeTable", json!({"TableName": ""})),
        "ValidationException: TableName must be at least 3 characters long and at most 255 characters long"
    );
}

#[test]
fn a_table_may_be_named_by_its_arn() {
    let service = Service::with_table(&["id:S"]);
    let arn = "arn:aws:dynamodb:us-east-1:000000000000:table/Tab";
    let item = json!({"id": {"S": "1"}});
    service.call("PutItem", json!({"TableName": arn, "Item": item}));
    let answer = service.call(
        "BatchGetItem",
        json!({"RequestItems": {arn: {"Keys": [item]}}}),
    );
    assert_eq!(answer["Responses"][arn], json!([item]));
}

#[test]
fn an_enumeration_is_listed_in_the_order_of_the_front_end() {
    assert_eq!(
        put_with("ReturnValues", json!("hi")),
        "ValidationException: 1 validation error detected: Value 'hi' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]"
    );
}

#[test]
fn a_structure_that_breaks_a_constraint_is_printed_as_java_prints_it() {
    let service = Service::new();
    let mut input = table("Tab", &["id:S"]);
    let key = json!({"AttributeName": "id", "KeyType": "HASH"});
    input["KeySchema"] = json!([key, key, key]);
    let shown = ["KeySchemaElement(attributeName=id, keyType=HASH)"; 3].join(", ");
    assert_eq!(
        service.refusal("CreateTable", input),
        format!(
            "ValidationException: 1 validation error detected: Value '[{shown}]' at 'keySchema' failed to satisfy constraint: Member must have length less than or equal to 2"
        )
    );
}

#[test]
fn the_keys_and_values_of_a_map_have_constraints() {
    let service = Service::new();
    let refusal = service.refusal("BatchWriteItem", json!({"RequestItems": {"a": []}}));
    assert!(refusal.contains("2 validation errors detected: Value '{a=[]}' at 'requestItems'"));
    assert!(refusal.contains("Map keys must satisfy constraint: [Member must have length less than or equal to 255, Member must have length greater than or equal to 3, Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]"));
    assert!(refusal.contains("Map value must satisfy constraint: [Member must have length less than or equal to 25, Member must have length greater than or equal to 1]"));
}

#[test]
fn ten_violations_are_counted_and_no_more() {
    let service = Service::new();
    let mut input = table("Tab", &["id:S"]);
    input["LocalSecondaryIndexes"] = json!([{}, {}, {}, {}, {}]);
    let refusal = service.refusal("CreateTable", input);
    assert!(
        refusal.starts_with("ValidationException: 10 validation errors detected"),
        "{refusal}"
    );
}

#[test]
fn a_long_value_is_shown_in_part() {
    let long = json!({"S": "x".repeat(50_000)});
    let keys: Vec<Value> = vec![json!({"id": long}); 101];
    let refusal = Service::new().refusal(
        "BatchGetItem",
        json!({"RequestItems": {"Tab": {"Keys": keys}}}),
    );
    assert!(refusal.len() < 10_000, "{}", refusal.len());
    assert!(refusal.contains("]' at 'requestItems.Tab.member.keys'"));
}

#[test]
fn what_is_no_object_is_refused_without_a_word() {
    let service = Service::new();
    for input in [json!([]), json!("x"), json!(1), json!(null)] {
        assert_eq!(
            service.refusal("ListTables", input),
            "SerializationException: "
        );
    }
}

#[test]
fn deep_nesting_is_refused_and_harms_nobody() {
    let service = Service::with_table(&["id:S"]);
    let mut deep = json!({"L": []});
    for _ in 0..50 {
        deep = json!({"L": [deep]});
    }
    let refusal = service.refusal(
        "PutItem",
        json!({"TableName": "Tab", "Item": {"id": {"S": "1"}, "deep": deep}}),
    );
    assert!(
        refusal.contains("Nesting Levels have exceeded"),
        "{refusal}"
    );
    let refusal = service.refusal(
        "PutItem",
        json!({
            "TableName": "Tab", "Item": {"id": {"S": "1"}},
            "ConditionExpression": "(".repeat(2_500),
        }),
    );
    assert!(refusal.starts_with("ValidationException"), "{refusal}");
}
