//! `BatchWriteItem` and `BatchGetItem`.

use serde_json::{Value, json};

use super::{Service, table};

fn put(id: &str) -> Value {
    json!({"PutRequest": {"Item": {"id": {"S": id}}}})
}

#[test]
fn a_batch_writes_into_several_tables() {
    let service = Service::with_table(&["id:S"]);
    service.call("CreateTable", table("Other", &["id:S"]));
    service.put(json!({"id": {"S": "old"}}));
    let answer = service.call(
        "BatchWriteItem",
        json!({
            "RequestItems": {
                "Tab": [put("a"), {"DeleteRequest": {"Key": {"id": {"S": "old"}}}}],
                "Other": [put("b")],
            },
            "ReturnConsumedCapacity": "TOTAL",
        }),
    );
    assert_eq!(answer["UnprocessedItems"], json!({}));
    assert_eq!(
        answer["ConsumedCapacity"],
        json!([{"TableName": "Other", "CapacityUnits": 1.0}, {"TableName": "Tab", "CapacityUnits": 2.0}])
    );
    let answer = service.call(
        "BatchGetItem",
        json!({
            "RequestItems": {
                "Tab": {"Keys": [{"id": {"S": "a"}}, {"id": {"S": "old"}}]},
                "Other": {"Keys": [{"id": {"S": "b"}}]},
            },
        }),
    );
    assert_eq!(
        answer,
        json!({
            "Responses": {"Tab": [{"id": {"S": "a"}}], "Other": [{"id": {"S": "b"}}]},
            "UnprocessedKeys": {},
        })
    );
}

#[test]
fn a_batch_get_projects_each_table_its_own_way() {
    let service = Service::with_table(&["id:S"]);
    service.put(json!({"id": {"S": "a"}, "x": {"N": "1"}, "y": {"N": "2"}}));
    let answer = service.call(
        "BatchGetItem",
        json!({"RequestItems": {"Tab": {
            "Keys": [{"id": {"S": "a"}}], "ProjectionExpression": "#x",
            "ExpressionAttributeNames": {"#x": "x"},
        }}}),
    );
    assert_eq!(answer["Responses"]["Tab"], json!([{"x": {"N": "1"}}]));
}

#[test]
fn an_answer_beyond_sixteen_megabytes_leaves_keys_for_the_next_call() {
    let service = Service::with_table(&["id:S"]);
    let ids: Vec<String> = (0..60).map(|number| number.to_string()).collect();
    for id in &ids {
        service.put(json!({"id": {"S": id}, "x": {"S": "x".repeat(350_000)}}));
    }
    let keys: Vec<Value> = ids.iter().map(|id| json!({"id": {"S": id}})).collect();
    let mut request = json!({"Tab": {"Keys": keys, "ConsistentRead": true}});
    let mut got = 0;
    let mut calls = 0;
    while request != json!({}) {
        let answer = service.call("BatchGetItem", json!({"RequestItems": request}));
        got += answer["Responses"]["Tab"].as_array().unwrap().len();
        request = answer["UnprocessedKeys"].clone();
        calls += 1;
    }
    assert_eq!((calls, got), (2, 60));
}

#[test]
fn a_megabyte_of_one_partition_is_enough_for_one_answer() {
    let service = Service::new();
    let mut definition = table("Tab", &["id:S"]);
    definition["BillingMode"] = json!("PROVISIONED");
    definition["ProvisionedThroughput"] = json!({"ReadCapacityUnits": 5, "WriteCapacityUnits": 5});
    service.call("CreateTable", definition);
    let ids = ["a", "b", "c", "d"];
    for id in ids {
        service.put(json!({"id": {"S": id}, "x": {"S": "x".repeat(400_000)}}));
    }
    service.put(json!({"id": {"S": "small"}, "x": {"S": "x".repeat(20_000)}}));
    let get = |ids: &[&str]| {
        let keys: Vec<Value> = ids.iter().map(|id| json!({"id": {"S": id}})).collect();
        let request = json!({"Tab": {"Keys": keys, "ConsistentRead": true}});
        let input = json!({"RequestItems": request, "ReturnConsumedCapacity": "TOTAL"});
        service.call("BatchGetItem", input)
    };
    let answer = get(&["a", "b", "c"]);
    assert_eq!(answer["UnprocessedKeys"], json!({}));
    assert_eq!(answer["ConsumedCapacity"][0]["CapacityUnits"], 294.0);
    // What is small still fits; what is left costs a unit.
    let answer = get(&["a", "b", "c", "d", "small"]);
    assert_eq!(answer["Responses"]["Tab"].as_array().unwrap().len(), 4);
    assert_eq!(
        answer["UnprocessedKeys"]["Tab"],
        json!({"Keys": [{"id": {"S": "d"}}], "ConsistentRead": true})
    );
    assert_eq!(answer["ConsumedCapacity"][0]["CapacityUnits"], 300.0);
}

#[test]
fn what_is_no_batch_is_refused() {
    let service = Service::with_table(&["id:S"]);
    let write = |requests: Value| {
        service.refusal("BatchWriteItem", json!({"RequestItems": {"Tab": requests}}))
    };
    assert_eq!(
        write(json!([put("a"), {"DeleteRequest": {"Key": {"id": {"S": "a"}}}}])),
        "ValidationException: Provided list of item keys contains duplicates"
    );
    let many: Vec<Value> = (0..26).map(|number| put(&number.to_string())).collect();
    assert!(write(json!(many)).contains("less than or equal to 25"));
    assert_eq!(
        service.call("Scan", json!({"TableName": "Tab", "Select": "COUNT"}))["Count"],
        0
    );
    assert_eq!(
        service.refusal(
            "BatchGetItem",
            json!({"RequestItems": {"Tab": {"Keys": [{"id": {"S": "a"}}, {"id": {"S": "a"}}]}}})
        ),
        "ValidationException: Provided list of item keys contains duplicates"
    );
}

#[test]
fn a_bad_projection_is_refused_before_duplicate_keys() {
    let service = Service::with_table(&["id:S"]);
    let key = json!({"id": {"S": "1"}});
    let refusal = service.refusal(
        "BatchGetItem",
        json!({"RequestItems": {"Tab": {"Keys": [key, key], "AttributesToGet": ["a", "a"]}}}),
    );
    assert!(
        refusal.ends_with("Duplicate value in attribute name: a"),
        "{refusal}"
    );
}
