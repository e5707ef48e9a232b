//! A table with indexes and a stream against a sorted map: whatever is written, every way of reading
//! agrees, and who follows the stream has the same table.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Service, definitions, schema};

/// The items by hash and sort key.
type Model = BTreeMap<(u8, i8), Fields>;

#[derive(Debug, Clone, Default, PartialEq)]
struct Fields {
    group: Option<u8>,
    count: i32,
}

#[derive(Debug, Clone)]
enum Write {
    Put(Fields),
    Delete,
    /// Adds to `count`, on condition that it is below a bound.
    AddBelow {
        amount: i32,
        bound: i32,
    },
    Regroup(Option<u8>),
}

fn fields() -> impl Strategy<Value = Fields> {
    (proptest::option::of(0..3_u8), -2..3_i32).prop_map(|(group, count)| Fields { group, count })
}

fn write() -> impl Strategy<Value = Write> {
    prop_oneof![
        fields().prop_map(Write::Put),
        Just(Write::Delete),
        (-3..4_i32, -3..4_i32).prop_map(|(amount, bound)| Write::AddBelow { amount, bound }),
        proptest::option::of(0..3_u8).prop_map(Write::Regroup),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_table_is_a_sorted_map(
        writes in vec(((0..3_u8, -3..3_i8), write()), 1..40),
        page in 1..5_i32,
    ) {
        let service = service();
        let mut model = Model::new();
        for (key, write) in writes {
            apply(&service, &mut model, key, &write);
        }
        compare(&service, &model, page);
        prop_assert_eq!(replay(&service, page), items_by_key(&model));
    }
}

fn service() -> Service {
    let service = Service::new();
    service.call(
        "CreateTable",
        json!({
            "TableName": "Tab",
            "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": definitions(&["hash:S", "sort:N", "group:S", "count:N"]),
            "KeySchema": schema(&["hash:S", "sort:N"]),
            "StreamSpecification": {
                "StreamEnabled": true, "StreamViewType": "NEW_AND_OLD_IMAGES",
            },
            "GlobalSecondaryIndexes": [{
                "IndexName": "by-group", "KeySchema": schema(&["group:S", "count:N"]),
                "Projection": {"ProjectionType": "ALL"},
            }],
            "LocalSecondaryIndexes": [{
                "IndexName": "by-count", "KeySchema": schema(&["hash:S", "count:N"]),
                "Projection": {"ProjectionType": "ALL"},
            }],
        }),
    );
    service
}

fn apply(service: &Service, model: &mut Model, key: (u8, i8), write: &Write) {
    let old = model.get(&key).cloned();
    match write {
        Write::Put(fields) => {
            service.put(item(key, fields));
            model.insert(key, fields.clone());
        }
        Write::Delete => {
            service.call(
                "DeleteItem",
                json!({"TableName": "Tab", "Key": key_of(key)}),
            );
            model.remove(&key);
        }
        Write::AddBelow { amount, bound } => {
            let input = json!({
                "TableName": "Tab", "Key": key_of(key), "UpdateExpression": "ADD #c :amount",
                "ConditionExpression": "attribute_not_exists(#c) OR #c < :bound",
                "ExpressionAttributeNames": {"#c": "count"},
                "ExpressionAttributeValues": {
                    ":amount": {"N": amount.to_string()}, ":bound": {"N": bound.to_string()},
                },
            });
            let allowed = old.as_ref().is_none_or(|old| old.count < *bound);
            assert_eq!(service.try_call("UpdateItem", &input).is_ok(), allowed);
            if allowed {
                let mut fields = old.unwrap_or_default();
                fields.count += amount;
                model.insert(key, fields);
            }
        }
        Write::Regroup(group) => {
            let mut input = json!({
                "TableName": "Tab", "Key": key_of(key), "UpdateExpression": "REMOVE #g",
                "ConditionExpression": "attribute_exists(#h)",
                "ExpressionAttributeNames": {"#g": "group", "#h": "hash"},
            });
            if let Some(group) = group {
                input["UpdateExpression"] = json!("SET #g = :g");
                input["ExpressionAttributeValues"] = json!({":g": {"S": group.to_string()}});
            }
            assert_eq!(
                service.try_call("UpdateItem", &input).is_ok(),
                old.is_some()
            );
            if let Some(mut fields) = old {
                fields.group = *group;
                model.insert(key, fields);
            }
        }
    }
}

fn compare(service: &Service, model: &Model, page: i32) {
    let everything = model.iter().map(|(key, fields)| item(*key, fields));
    let mut scanned = read_pages(service, "Scan", json!({"Limit": page}));
    scanned.sort_by_key(sort_key);
    assert_eq!(scanned, sorted(everything.collect()));

    for hash in 0..3 {
        for forward in [true, false] {
            let mut expected: Vec<Value> = model
                .iter()
                .filter(|((at, _), _)| *at == hash)
                .map(|(key, fields)| item(*key, fields))
                .collect();
            if !forward {
                expected.reverse();
            }
            let queried = query(service, page, forward, None, "hash", &hash.to_string());
            assert_eq!(queried, expected);
        }
        let in_collection = model.iter().filter(|((at, _), _)| *at == hash);
        let expected = sorted(
            in_collection
                .map(|(key, fields)| item(*key, fields))
                .collect(),
        );
        let queried = query(
            service,
            page,
            true,
            Some("by-count"),
            "hash",
            &hash.to_string(),
        );
        assert_rises(&queried);
        assert_eq!(sorted(queried), expected);
    }
    for group in 0..3 {
        let in_group = model
            .iter()
            .filter(|(_, fields)| fields.group == Some(group));
        let expected = sorted(in_group.map(|(key, fields)| item(*key, fields)).collect());
        let queried = query(
            service,
            page,
            true,
            Some("by-group"),
            "group",
            &group.to_string(),
        );
        assert_rises(&queried);
        assert_eq!(sorted(queried), expected);
    }
}

/// The table as its stream tells it, by its keys as text; every record must fit what came before.
fn replay(service: &Service, page: i32) -> BTreeMap<String, Value> {
    let described = service.call("DescribeTable", json!({"TableName": "Tab"}));
    let arn = described["Table"]["LatestStreamArn"].as_str().unwrap();
    let mut iterator = service.iterator(arn, "TRIM_HORIZON");
    let mut table = BTreeMap::new();
    let mut last = String::new();
    loop {
        let input = json!({"ShardIterator": iterator, "Limit": page});
        let answer = service.call("GetRecords", input);
        let records = answer["Records"].as_array().unwrap();
        if records.is_empty() {
            return table;
        }
        for record in records {
            let change = &record["dynamodb"];
            let sequence = change["SequenceNumber"].as_str().unwrap().to_owned();
            assert!(sequence > last, "{sequence} comes after {last}");
            last = sequence;
            let key = change["Keys"].to_string();
            let (old, new) = (change.get("OldImage"), change.get("NewImage"));
            assert_eq!(table.get(&key), old);
            assert_ne!(old, new, "a record without a change");
            match new {
                Some(new) => table.insert(key, new.clone()),
                None => table.remove(&key),
            };
        }
        iterator = answer["NextShardIterator"].clone();
    }
}

fn items_by_key(model: &Model) -> BTreeMap<String, Value> {
    let items = model.iter();
    items
        .map(|(key, fields)| (key_of(*key).to_string(), item(*key, fields)))
        .collect()
}

/// Both indexes are in the order of `count`.
fn assert_rises(items: &[Value]) {
    let counts: Vec<i32> = items
        .iter()
        .map(|item| item["count"]["N"].as_str().unwrap().parse().unwrap())
        .collect();
    assert!(counts.is_sorted(), "{counts:?}");
}

fn query(
    service: &Service,
    page: i32,
    forward: bool,
    index: Option<&str>,
    key: &str,
    value: &str,
) -> Vec<Value> {
    let mut input = json!({
        "Limit": page, "ScanIndexForward": forward, "KeyConditionExpression": "#k = :v",
        "ExpressionAttributeNames": {"#k": key}, "ExpressionAttributeValues": {":v": {"S": value}},
    });
    if let Some(index) = index {
        input["IndexName"] = json!(index);
    }
    read_pages(service, "Query", input)
}

fn read_pages(service: &Service, operation: &str, mut input: Value) -> Vec<Value> {
    input["TableName"] = json!("Tab");
    let mut items = Vec::new();
    loop {
        let page = service.call(operation, input.clone());
        items.extend(page["Items"].as_array().unwrap().iter().cloned());
        match page.get("LastEvaluatedKey") {
            Some(key) => input["ExclusiveStartKey"] = key.clone(),
            None => return items,
        }
    }
}

fn sorted(mut items: Vec<Value>) -> Vec<Value> {
    items.sort_by_key(sort_key);
    items
}

fn sort_key(item: &Value) -> (String, i8) {
    let hash = item["hash"]["S"].as_str().unwrap().to_owned();
    (hash, item["sort"]["N"].as_str().unwrap().parse().unwrap())
}

fn key_of((hash, sort): (u8, i8)) -> Value {
    json!({"hash": {"S": hash.to_string()}, "sort": {"N": sort.to_string()}})
}

fn item(key: (u8, i8), fields: &Fields) -> Value {
    let mut item = key_of(key);
    item["count"] = json!({"N": fields.count.to_string()});
    if let Some(group) = fields.group {
        item["group"] = json!({"S": group.to_string()});
    }
    item
}
