//! What the conformance tests of tables (`crates/landline-testing/tests/conformance/dynamodb`) cannot show from
//! outside: the pieces in which a table changes, and writes that were prepared before it.

use std::sync::Arc;

use bytes::Bytes;
use landline_store::open_memory;
use landline_wire::protocol::serve;
use landline_wire::{Caller, Dispatcher, DispatcherBuilder, ManualClock, Timestamp};
use serde_json::{Value, json};

use crate::DynamoDb;
use crate::value::item_from_json;
use crate::write::{Change, ItemWrite, NewItem};

/// A service with one table, `Tab`, whose key is `id`.
struct Service {
    runtime: tokio::runtime::Runtime,
    dispatcher: Dispatcher,
    dynamodb: Arc<DynamoDb>,
}

impl Service {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let clock = Arc::new(ManualClock::at(Timestamp::from_millis(1_801_646_142_107)));
        let opened = DynamoDb::open(open_memory(), clock, ACCOUNT, REGION);
        let dynamodb = runtime.block_on(opened).unwrap();
        let mut builder = DispatcherBuilder::new();
        dynamodb.register(&mut builder);
        let service = Self {
            runtime,
            dispatcher: builder.seal(),
            dynamodb,
        };
        let table = json!({
            "TableName": "Tab",
            "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
            "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        });
        service.call("DynamoDB_20120810.CreateTable", &table);
        service
    }

    /// The answer; panics on a refusal.
    #[track_caller]
    fn call(&self, target: &str, input: &Value) -> Value {
        let request = http::Request::post("/")
            .header("x-amz-target", target)
            .header("content-type", "application/x-amz-json-1.0")
            .body(Bytes::from(input.to_string()))
            .unwrap();
        let caller = Caller::root(ACCOUNT, REGION);
        let answer = serve(&self.dispatcher, request, Some("dynamodb"), &caller);
        let answer = self.runtime.block_on(answer);
        assert!(answer.status().is_success(), "{target} {input}: {answer:?}");
        serde_json::from_slice(answer.body()).unwrap()
    }

    /// Calls an operation on the table.
    #[track_caller]
    fn on_table(&self, operation: &str, mut input: Value) -> Value {
        input["TableName"] = json!("Tab");
        self.call(&format!("DynamoDB_20120810.{operation}"), &input)
    }

    fn query_room(&self, room: &str) -> Vec<String> {
        let answer = self.on_table(
            "Query",
            json!({
                "IndexName": "by-room", "KeyConditionExpression": "room = :r",
                "ExpressionAttributeValues": {":r": {"S": room}},
            }),
        );
        let items = answer["Items"].as_array().unwrap().iter();
        let mut ids: Vec<String> = items
            .map(|item| item["id"]["S"].as_str().unwrap().to_owned())
            .collect();
        ids.sort();
        ids
    }

    /// The only record of the table's stream.
    fn only_record(&self) -> Value {
        let table = self.on_table("DescribeTable", json!({}));
        let arn = &table["Table"]["LatestStreamArn"];
        let of_streams = |operation: &str, input: Value| {
            self.call(&format!("DynamoDBStreams_20120810.{operation}"), &input)
        };
        let described = of_streams("DescribeStream", json!({"StreamArn": arn}));
        let shard = &described["StreamDescription"]["Shards"][0]["ShardId"];
        let input =
            json!({"StreamArn": arn, "ShardId": shard, "ShardIteratorType": "TRIM_HORIZON"});
        let iterator = &of_streams("GetShardIterator", input)["ShardIterator"];
        let answer = of_streams("GetRecords", json!({"ShardIterator": iterator}));
        let records = answer["Records"].as_array().unwrap();
        assert_eq!(records.len(), 1, "{records:?}");
        records[0].clone()
    }
}

fn by_room() -> Value {
    json!({
        "AttributeDefinitions": [{"AttributeName": "room", "AttributeType": "S"}],
        "GlobalSecondaryIndexUpdates": [{"Create": {
            "IndexName": "by-room",
            "KeySchema": [{"AttributeName": "room", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "ALL"},
        }}],
    })
}

fn in_room(id: &str, room: &str) -> Value {
    json!({"id": {"S": id}, "room": {"S": room}})
}

#[test]
fn a_large_table_is_put_into_an_index_piece_by_piece_while_it_changes() {
    let service = Service::new();
    for batch in 0..30 {
        let items: Vec<Value> = (0..25)
            .map(|number| {
                let id = format!("{:03}", batch * 25 + number);
                json!({"PutRequest": {"Item": in_room(&id, "r")}})
            })
            .collect();
        let batch = json!({"RequestItems": {"Tab": items}});
        service.call("DynamoDB_20120810.BatchWriteItem", &batch);
    }
    service.on_table("UpdateTable", by_room());
    let mut steps = 0;
    loop {
        let step = service.dynamodb.upkeep_step();
        if service.runtime.block_on(step).unwrap() == crate::upkeep::Rest::Nothing {
            break;
        }
        // Somewhere before the walk or behind it.
        let id = format!("{:03}", steps * 7);
        let key = json!({"id": {"S": id}});
        service.on_table("DeleteItem", json!({"Key": key}));
        let item = in_room(&format!("{:03}", steps * 11 + 1), "other");
        service.on_table("PutItem", json!({"Item": item}));
        steps += 1;
    }
    assert!(steps >= 3, "{steps}");
    let by_scan = |index: Option<&str>| {
        let mut input = json!({});
        if let Some(index) = index {
            input["IndexName"] = json!(index);
        }
        let mut items = service.on_table("Scan", input)["Items"]
            .as_array()
            .unwrap()
            .clone();
        items.sort_by_key(|item| item["id"]["S"].as_str().unwrap().to_owned());
        items
    };
    assert_eq!(by_scan(Some("by-room")), by_scan(None));
}

/// A request that has found the table, and whose turn to write has not come yet.
fn prepared(service: &Service, item: &Value) -> ItemWrite {
    let table = service.dynamodb.catalog.table("Tab").unwrap();
    let item = item_from_json(item.to_string().as_bytes()).unwrap();
    ItemWrite {
        key: table.check_item(&item).unwrap(),
        condition: None,
        change: Change::Put(NewItem::new(item)),
        wants_old: false,
        table,
    }
}

#[test]
fn a_write_that_was_prepared_before_a_change_follows_it() {
    let service = Service::new();
    service.on_table("PutItem", json!({"Item": in_room("a", "old")}));
    let early = prepared(&service, &in_room("a", "new"));
    let mistyped = prepared(&service, &json!({"id": {"S": "b"}, "room": {"N": "1"}}));
    let stream = json!({"StreamEnabled": true, "StreamViewType": "OLD_IMAGE"});
    service.on_table("UpdateTable", json!({"StreamSpecification": stream}));
    service.on_table("UpdateTable", by_room());
    let upkeep = service.dynamodb.upkeep_now();
    service.runtime.block_on(upkeep).unwrap();
    let write = |write| service.runtime.block_on(service.dynamodb.write(write));
    write(early).unwrap();
    assert!(write(mistyped).is_err());
    assert_eq!(service.query_room("new"), ["a"]);
    assert_eq!(service.query_room("old"), Vec::<String>::new());
    assert_eq!(
        service.only_record()["dynamodb"]["OldImage"],
        in_room("a", "old")
    );
}

const ACCOUNT: &str = "000000000000";
const REGION: &str = "us-east-1";
