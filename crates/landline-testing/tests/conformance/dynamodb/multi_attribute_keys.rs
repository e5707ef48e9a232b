//! Global indexes whose keys have many attributes.
//!
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.DesignPattern.MultiAttributeKeys.html>

use serde_json::{Value, json};

use super::{Service, definitions, schema};

fn parts(hash: &[&str], range: &[&str]) -> Value {
    let element =
        |kind: &'static str| move |name: &&str| json!({"AttributeName": name, "KeyType": kind});
    let hash = hash.iter().map(element("HASH"));
    hash.chain(range.iter().map(element("RANGE"))).collect()
}

/// Matches by tournament and region, then round and bracket.
fn matches_table(keys: Value) -> Value {
    json!({
        "TableName": "Tab",
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": definitions(&["id:S", "cup:S", "region:S", "round:S", "seat:N"]),
        "KeySchema": schema(&["id:S"]),
        "GlobalSecondaryIndexes": [
            {"IndexName": "by-cup", "KeySchema": keys, "Projection": {"ProjectionType": "KEYS_ONLY"}},
        ],
    })
}

fn played() -> Service {
    let service = Service::new();
    let keys = parts(&["cup", "region"], &["round", "seat"]);
    service.call("CreateTable", matches_table(keys));
    for (id, cup, region, round, seat) in [
        ("1", "winter", "east", "final", 10),
        ("2", "winter", "east", "semi", 2),
        ("3", "winter", "east", "semi", 1),
        ("4", "winter", "west", "semi", 1),
        ("5", "wintere", "ast", "semi", 1),
    ] {
        service.put(json!({
            "id": {"S": id}, "cup": {"S": cup}, "region": {"S": region}, "round": {"S": round},
            "seat": {"N": seat.to_string()},
        }));
    }
    service
}

fn query(condition: &str) -> Value {
    let used = |name: &str| condition.contains(name);
    let values = [
        (":cup", json!({"S": "winter"})),
        (":east", json!({"S": "east"})),
        (":semi", json!({"S": "semi"})),
        (":s", json!({"S": "s"})),
        (":one", json!({"N": "1"})),
    ];
    let condition_words = condition.replace(['(', ')', ','], " ");
    let names: Vec<&str> = condition_words.split_whitespace().collect();
    let values = values.into_iter().filter(|(name, _)| names.contains(name));
    let values: serde_json::Map<_, _> = values
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    let mut input = json!({
        "TableName": "Tab", "IndexName": "by-cup", "KeyConditionExpression": condition,
        "ExpressionAttributeValues": values,
    });
    if used("#region") {
        input["ExpressionAttributeNames"] = json!({"#region": "region"});
    }
    input
}

fn ids(answer: &Value) -> Vec<&str> {
    let items = answer["Items"].as_array().unwrap().iter();
    items
        .map(|item| item["id"]["S"].as_str().unwrap())
        .collect()
}

#[track_caller]
fn check(service: &Service, condition: &str, expected: &[&str]) {
    let answer = service.call("Query", query(condition));
    assert_eq!(ids(&answer), expected, "{condition}");
}

#[test]
fn the_sort_key_is_asked_from_left_to_right() {
    let service = played();
    let partition = "cup = :cup AND #region = :east";
    check(&service, partition, &["1", "3", "2"]);
    check(
        &service,
        &format!("{partition} AND round = :semi"),
        &["3", "2"],
    );
    check(
        &service,
        &format!("{partition} AND begins_with(round, :s)"),
        &["3", "2"],
    );
    check(&service, &format!("{partition} AND round < :semi"), &["1"]);
    check(
        &service,
        &format!("seat > :one AND round = :semi AND {partition}"),
        &["2"],
    );
}

#[test]
fn a_query_must_name_the_whole_partition_and_leave_no_gap() {
    let service = played();
    for (condition, refusal) in [
        (
            "cup = :cup",
            "Query condition missed key schema element: region",
        ),
        (
            "cup = :cup AND #region = :east AND seat = :one",
            "Query condition missed key schema element: round",
        ),
        (
            "cup = :cup AND #region = :east AND round > :s AND seat = :one",
            "Query key condition not supported",
        ),
        (
            "cup = :cup AND #region > :east",
            "Query key condition not supported",
        ),
    ] {
        let refused = service.refusal("Query", query(condition));
        assert_eq!(
            refused,
            format!("ValidationException: {refusal}"),
            "{condition}"
        );
    }
}

#[test]
fn pages_go_on_after_all_attributes_of_both_keys() {
    let service = played();
    let mut input = query("cup = :cup AND #region = :east");
    input["Limit"] = json!(1);
    let mut seen = Vec::new();
    loop {
        let page = service.call("Query", input.clone());
        seen.extend(ids(&page).into_iter().map(str::to_owned));
        let Some(last) = page.get("LastEvaluatedKey") else {
            break;
        };
        assert_eq!(last.as_object().unwrap().len(), 5);
        input["ExclusiveStartKey"] = last.clone();
    }
    assert_eq!(seen, ["1", "3", "2"]);
}

#[test]
fn an_item_without_one_of_the_attributes_is_not_in_the_index() {
    let service = played();
    let key = json!({"id": {"S": "2"}});
    service.call(
        "UpdateItem",
        json!({"TableName": "Tab", "Key": key, "UpdateExpression": "REMOVE seat"}),
    );
    check(&service, "cup = :cup AND #region = :east", &["1", "3"]);
    let all = json!({"TableName": "Tab", "IndexName": "by-cup"});
    assert_eq!(service.call("Scan", all)["Count"], 4);
}

#[test]
fn a_table_tells_of_the_attributes_in_their_order() {
    let service = played();
    let table = service.call("DescribeTable", json!({"TableName": "Tab"}));
    assert_eq!(
        table["Table"]["GlobalSecondaryIndexes"][0]["KeySchema"],
        parts(&["cup", "region"], &["round", "seat"])
    );
}

#[test]
fn an_index_that_is_made_later_may_have_them_too() {
    let service = Service::with_table(&["id:S"]);
    service.put(json!({"id": {"S": "1"}, "a": {"S": "x"}, "b": {"N": "2"}, "c": {"S": "y"}}));
    service.call(
        "UpdateTable",
        json!({
            "TableName": "Tab",
            "AttributeDefinitions": definitions(&["a:S", "b:N", "c:S"]),
            "GlobalSecondaryIndexUpdates": [{"Create": {
                "IndexName": "by-a", "KeySchema": parts(&["a", "b"], &["c"]),
                "Projection": {"ProjectionType": "ALL"},
            }}],
        }),
    );
    service.upkeep();
    let answer = service.call(
        "Query",
        json!({
            "TableName": "Tab", "IndexName": "by-a",
            "KeyConditions": {
                "a": {"ComparisonOperator": "EQ", "AttributeValueList": [{"S": "x"}]},
                "b": {"ComparisonOperator": "EQ", "AttributeValueList": [{"N": "2"}]},
                "c": {"ComparisonOperator": "EQ", "AttributeValueList": [{"S": "y"}]},
            },
        }),
    );
    assert_eq!(answer["Count"], 1);
}

#[test]
fn only_global_indexes_have_them_and_not_too_many() {
    let service = Service::new();
    let five = parts(&["id", "cup", "region", "round", "seat"], &[]);
    assert_eq!(
        service.refusal("CreateTable", matches_table(five)),
        "ValidationException: Invalid KeySchema: Number of HASH key types exceeds the limit of 4"
    );
    let mixed = json!([
        {"AttributeName": "cup", "KeyType": "HASH"},
        {"AttributeName": "round", "KeyType": "RANGE"},
        {"AttributeName": "region", "KeyType": "HASH"},
        {"AttributeName": "seat", "KeyType": "RANGE"},
    ]);
    assert_eq!(
        service.refusal("CreateTable", matches_table(mixed)),
        "ValidationException: Invalid KeySchema: HASH key types must come before RANGE key types"
    );
    let mut table = matches_table(parts(&["cup"], &["region", "round", "seat"]));
    table["KeySchema"] = parts(&["id", "cup"], &[]);
    assert_eq!(
        service.refusal("CreateTable", table),
        "ValidationException: Invalid KeySchema: The second KeySchemaElement is not a RANGE key type"
    );
}
