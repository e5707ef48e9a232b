//! What the conformance tests of tables (`crates/landline-testing/tests/conformance/dynamodb`) cannot show from
//! outside: a model, a disk that fails, and the pieces in which tables change.

#![expect(
    clippy::needless_pass_by_value,
    reason = "a call reads best with its JSON in place"
)]

mod disk_full;
mod model;
mod read_only;
mod reindexing;

use std::sync::Arc;

use bytes::Bytes;
use landline_store::{Store, open_memory};
use landline_wire::protocol::serve;
use landline_wire::{Caller, Dispatcher, DispatcherBuilder, ManualClock, Timestamp};
use serde_json::{Value, json};

use crate::DynamoDb;

/// A service on a store, and what calls it.
struct Service {
    runtime: tokio::runtime::Runtime,
    dispatcher: Dispatcher,
    dynamodb: Arc<DynamoDb>,
}

impl Service {
    fn new() -> Self {
        Self::on(open_memory())
    }

    fn on(store: Arc<dyn Store>) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let clock = Arc::new(ManualClock::at(Timestamp::from_millis(1_801_646_142_107)));
        let opened = DynamoDb::open(store, clock, ACCOUNT, REGION);
        let service = runtime.block_on(opened).unwrap();
        let mut builder = DispatcherBuilder::new();
        service.register(&mut builder);
        Self {
            runtime,
            dispatcher: builder.seal(),
            dynamodb: service,
        }
    }

    /// A service with one table, whose keys are given as `name:type`.
    fn with_table(keys: &[&str]) -> Self {
        let service = Self::new();
        service.call("CreateTable", table("Tab", keys));
        service
    }

    /// What the service does by itself, until nothing is left to do.
    fn upkeep(&self) {
        self.runtime.block_on(self.dynamodb.upkeep_now()).unwrap();
    }

    /// The answer; panics on a refusal.
    #[track_caller]
    fn call(&self, operation: &str, input: Value) -> Value {
        match self.try_call(operation, &input) {
            Ok(output) => output,
            Err(refusal) => panic!("{operation} {input}: {refusal}"),
        }
    }

    fn try_call(&self, operation: &str, input: &Value) -> Result<Value, Value> {
        let streams = [
            "ListStreams",
            "DescribeStream",
            "GetShardIterator",
            "GetRecords",
        ];
        let service = if streams.contains(&operation) {
            "DynamoDBStreams_20120810"
        } else {
            "DynamoDB_20120810"
        };
        let request = http::Request::post("/")
            .header("x-amz-target", format!("{service}.{operation}"))
            .header("content-type", "application/x-amz-json-1.0")
            .body(Bytes::from(input.to_string()))
            .unwrap();
        let caller = Caller::root(ACCOUNT, REGION);
        let answer = serve(&self.dispatcher, request, Some("dynamodb"), &caller);
        let response = self.runtime.block_on(answer);
        let body = if response.body().is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(response.body()).unwrap()
        };
        if response.status().is_success() {
            Ok(body)
        } else {
            Err(body)
        }
    }

    fn stream_arn(&self) -> String {
        let described = self.call("DescribeTable", json!({"TableName": "Tab"}));
        let arn = &described["Table"]["LatestStreamArn"];
        arn.as_str().expect("the table has a stream").to_owned()
    }

    fn iterator(&self, arn: &str, kind: &str) -> Value {
        let input = json!({
            "StreamArn": arn, "ShardId": self.shard(arn)["ShardId"], "ShardIteratorType": kind,
        });
        self.call("GetShardIterator", input)["ShardIterator"].clone()
    }

    fn shard(&self, arn: &str) -> Value {
        let described = self.call("DescribeStream", json!({"StreamArn": arn}));
        described["StreamDescription"]["Shards"][0].clone()
    }

    fn records(&self) -> Vec<Value> {
        let iterator = self.iterator(&self.stream_arn(), "TRIM_HORIZON");
        let answer = self.call("GetRecords", json!({"ShardIterator": iterator}));
        answer["Records"].as_array().unwrap().clone()
    }

    fn put(&self, item: Value) {
        self.call("PutItem", json!({"TableName": "Tab", "Item": item}));
    }

    /// The item with this key, or `null`.
    fn get(&self, key: Value) -> Value {
        let answer = self.call("GetItem", json!({"TableName": "Tab", "Key": key}));
        answer.get("Item").cloned().unwrap_or_default()
    }
}

/// The input of `CreateTable`.
fn table(name: &str, keys: &[&str]) -> Value {
    json!({
        "TableName": name,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": definitions(keys),
        "KeySchema": schema(keys),
    })
}

fn definitions(keys: &[&str]) -> Value {
    let definition = |key: &&str| {
        let (name, kind) = key.split_once(':').unwrap();
        json!({"AttributeName": name, "AttributeType": kind})
    };
    keys.iter().map(definition).collect()
}

fn schema(keys: &[&str]) -> Value {
    let element = |(key, role): (&&str, &str)| {
        let (name, _) = key.split_once(':').unwrap();
        json!({"AttributeName": name, "KeyType": role})
    };
    keys.iter().zip(["HASH", "RANGE"]).map(element).collect()
}

const ACCOUNT: &str = "000000000000";
const REGION: &str = "us-east-1";
