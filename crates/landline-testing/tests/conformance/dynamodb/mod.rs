//! Tables, in the order of the DynamoDB developer guide.
//!
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Introduction.html>
//!
//! Each test is one sentence of what AWS does: JSON in, JSON out, through the codec and the typed handlers.
//! Much of it was learned from four suites that others wrote against AWS; the words are those until 2026,
//! unless a test says so. The last three modules are no page of the guide: a disk that fails, and a model.

#![expect(
    clippy::needless_pass_by_value,
    reason = "a call reads best with its JSON in place"
)]

mod changing_tables;
mod warm_throughput;
mod working_with_tables;

mod batches;
mod time_to_live;
mod working_with_items;

mod legacy_parameters;
mod queries_and_scans;

mod multi_attribute_keys;
mod secondary_indexes;

mod resource_policies;
mod streams;
mod transactions;

mod refusals;
mod strict_mode;
mod words_of_2026;

mod disk_full;
mod model;
mod read_only;

use std::sync::Arc;

use bytes::Bytes;
use landline_dynamodb::{DynamoDb, Options};
use landline_store::{Store, open_memory};
use landline_wire::protocol::serve;
use landline_wire::{Caller, Dispatcher, DispatcherBuilder, ManualClock, Timestamp};
use serde_json::{Value, json};

/// A service on a store, and what calls it.
struct Service {
    runtime: tokio::runtime::Runtime,
    dispatcher: Dispatcher,
    dynamodb: Arc<DynamoDb>,
    clock: Arc<ManualClock>,
}

impl Service {
    fn new() -> Self {
        Self::on(open_memory())
    }

    fn on(store: Arc<dyn Store>) -> Self {
        Self::on_with(store, Options::default())
    }

    fn on_with(store: Arc<dyn Store>, options: Options) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let clock = Arc::new(ManualClock::at(Timestamp::from_millis(1_801_646_142_107)));
        let opened =
            DynamoDb::open_with(store, Arc::clone(&clock) as _, (ACCOUNT, REGION), options);
        let service = runtime.block_on(opened).unwrap();
        let mut builder = DispatcherBuilder::new();
        service.register(&mut builder);
        Self {
            runtime,
            dispatcher: builder.seal(),
            dynamodb: service,
            clock,
        }
    }

    /// A service with one table, whose keys are given as `name:type`.
    fn with_table(keys: &[&str]) -> Self {
        let service = Self::new();
        service.call("CreateTable", table("Tab", keys));
        service
    }

    fn advance(&self, by: std::time::Duration) {
        self.clock.advance(by);
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

    /// The name of the exception and its message; panics on success.
    #[track_caller]
    fn refusal(&self, operation: &str, input: Value) -> String {
        match self.try_call(operation, &input) {
            Ok(output) => panic!("{operation} {input} answered {output}"),
            Err(refusal) => {
                let name = refusal["__type"]
                    .as_str()
                    .unwrap()
                    .rsplit('#')
                    .next()
                    .unwrap();
                let message = refusal.get("message").or(refusal.get("Message"));
                format!(
                    "{name}: {}",
                    message.and_then(Value::as_str).unwrap_or_default()
                )
            }
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
