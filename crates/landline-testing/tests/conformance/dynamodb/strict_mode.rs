//! Strict mode: what a laptop hides and AWS shows.

use std::sync::Arc;
use std::time::Duration;

use landline_dynamodb::{Options, Strict};
use landline_store::{Store, open_memory};
use serde_json::{Value, json};

use super::{Service, definitions, schema, table};

fn strict_on(store: Arc<dyn Store>) -> Service {
    let strict = Some(Strict::default());
    Service::on_with(
        store,
        Options {
            strict,
            ..Options::default()
        },
    )
}

/// A table with a global and a local index that takes items.
fn with_indexes(service: &Service) {
    let mut input = table("Tab", &["id:S", "at:N"]);
    input["AttributeDefinitions"] = definitions(&["id:S", "at:N", "room:S"]);
    for (kind, name, keys) in [
        ("GlobalSecondaryIndexes", "global", ["room:S", "at:N"]),
        ("LocalSecondaryIndexes", "local", ["id:S", "room:S"]),
    ] {
        input[kind] = json!([{
            "IndexName": name, "KeySchema": schema(&keys),
            "Projection": {"ProjectionType": "ALL"},
        }]);
    }
    service.call("CreateTable", input);
    service.advance(Duration::from_secs(6));
}

fn item(room: &str) -> Value {
    json!({"id": {"S": "a"}, "at": {"N": "1"}, "room": {"S": room}})
}

impl Service {
    fn rooms(&self, index: &str) -> Vec<String> {
        let scanned = self.call("Scan", json!({"TableName": "Tab", "IndexName": index}));
        let items = scanned["Items"].as_array().unwrap().iter();
        items
            .map(|item| item["room"]["S"].as_str().unwrap().to_owned())
            .collect()
    }

    fn status(&self) -> Value {
        self.call("DescribeTable", json!({"TableName": "Tab"}))["Table"]["TableStatus"].clone()
    }
}

#[test]
fn a_table_takes_its_time_to_come_up() {
    let service = strict_on(open_memory());
    service.call("CreateTable", table("Tab", &["id:S"]));
    assert_eq!(service.status(), "CREATING");
    let put = json!({"TableName": "Tab", "Item": {"id": {"S": "a"}}});
    assert_eq!(
        service.refusal("PutItem", put.clone()),
        "ResourceNotFoundException: Requested resource not found"
    );
    assert_eq!(
        service.refusal("DeleteTable", json!({"TableName": "Tab"})),
        "ResourceInUseException: Attempt to change a resource which is still in use: Table is being created: Tab"
    );
    service.advance(Duration::from_secs(5));
    assert_eq!(service.status(), "ACTIVE");
    service.call("PutItem", put);
}

#[test]
fn a_table_takes_its_time_to_change() {
    let service = strict_on(open_memory());
    with_indexes(&service);
    let update = json!({"TableName": "Tab", "StreamSpecification": {
        "StreamEnabled": true, "StreamViewType": "KEYS_ONLY",
    }});
    service.call("UpdateTable", update);
    assert_eq!(service.status(), "UPDATING");
    // Items come and go as always.
    service.put(item("r"));
    let other = json!({"TableName": "Tab", "BillingMode": "PAY_PER_REQUEST"});
    assert_eq!(
        service.refusal("UpdateTable", other.clone()),
        "ResourceInUseException: Attempt to change a resource which is still in use: Table is being updated: Tab"
    );
    service.advance(Duration::from_secs(3));
    assert_eq!(service.status(), "ACTIVE");
    service.call("UpdateTable", other);
}

#[test]
fn an_index_takes_its_time_to_be_made() {
    let service = strict_on(open_memory());
    with_indexes(&service);
    let update = json!({
        "TableName": "Tab", "AttributeDefinitions": definitions(&["tag:S"]),
        "GlobalSecondaryIndexUpdates": [{"Create": {
            "IndexName": "by-tag", "KeySchema": schema(&["tag:S"]),
            "Projection": {"ProjectionType": "KEYS_ONLY"},
        }}],
    });
    service.call("UpdateTable", update);
    let status = || {
        let table = service.call("DescribeTable", json!({"TableName": "Tab"}));
        table["Table"]["GlobalSecondaryIndexes"][1]["IndexStatus"].clone()
    };
    service.upkeep();
    assert_eq!(status(), "CREATING");
    service.advance(Duration::from_secs(3));
    assert_eq!(
        service.refusal("DeleteTable", json!({"TableName": "Tab"})),
        "ResourceInUseException: Attempt to change a resource which is still in use: Cannot delete table while indexes are being created, updated, or deleted."
    );
    service.upkeep();
    assert_eq!(status(), "ACTIVE");
}

#[test]
fn a_global_index_follows_after_a_while_and_a_local_one_at_once() {
    let service = strict_on(open_memory());
    with_indexes(&service);
    service.put(item("one"));
    assert_eq!(service.rooms("local"), ["one"]);
    assert_eq!(service.rooms("global"), Vec::<String>::new());
    service.advance(Duration::from_millis(500));
    service.upkeep();
    assert_eq!(service.rooms("global"), ["one"]);

    service.put(item("two"));
    service.put(item("three"));
    let key = json!({"id": {"S": "a"}, "at": {"N": "1"}});
    service.call("DeleteItem", json!({"TableName": "Tab", "Key": key}));
    service.upkeep();
    assert_eq!(service.rooms("local"), Vec::<String>::new());
    assert_eq!(service.rooms("global"), ["one"]);
    service.advance(Duration::from_millis(500));
    service.upkeep();
    assert_eq!(service.rooms("global"), Vec::<String>::new());
}

#[test]
fn an_index_follows_after_a_restart_without_strictness_too() {
    let store = open_memory();
    let strict = strict_on(Arc::clone(&store));
    with_indexes(&strict);
    strict.put(item("one"));
    strict.put(item("two"));
    assert_eq!(strict.rooms("global"), Vec::<String>::new());
    drop(strict);
    let relaxed = Service::on(store);
    assert_eq!(relaxed.rooms("global"), ["two"]);
    relaxed.put(item("three"));
    assert_eq!(relaxed.rooms("global"), ["three"]);
}

#[test]
fn a_consistent_read_of_a_global_index_is_refused_with_or_without_strictness() {
    for service in [Service::new(), strict_on(open_memory())] {
        with_indexes(&service);
        let scan = json!({"TableName": "Tab", "IndexName": "global", "ConsistentRead": true});
        let refusal = service.refusal("Scan", scan);
        assert!(
            refusal.starts_with("ValidationException: Consistent reads are not supported"),
            "{refusal}"
        );
    }
}
