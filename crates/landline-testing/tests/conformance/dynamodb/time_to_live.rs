//! Time to live: what is deleted, when, and what is left alone.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Service, table};

/// The clock of the tests, in seconds.
const NOW: i64 = 1_801_646_142;

fn with_time_to_live() -> Service {
    let service = Service::new();
    let mut input = table("Tab", &["id:S"]);
    input["StreamSpecification"] = json!({"StreamEnabled": true, "StreamViewType": "OLD_IMAGE"});
    service.call("CreateTable", input);
    set(&service, true);
    service
}

fn set(service: &Service, enabled: bool) {
    let specification = json!({"Enabled": enabled, "AttributeName": "expires"});
    service.call(
        "UpdateTimeToLive",
        json!({"TableName": "Tab", "TimeToLiveSpecification": specification}),
    );
}

impl Service {
    fn put_expiring(&self, id: &str, expires: Value) {
        self.put(json!({"id": {"S": id}, "expires": expires}));
    }

    fn ids(&self) -> Vec<String> {
        let scanned = self.call("Scan", json!({"TableName": "Tab"}));
        let items = scanned["Items"].as_array().unwrap().iter();
        let mut ids: Vec<String> = items
            .map(|item| item["id"]["S"].as_str().unwrap().to_owned())
            .collect();
        ids.sort();
        ids
    }
}

#[test]
fn an_item_is_deleted_once_its_time_has_come() {
    let service = with_time_to_live();
    service.put_expiring("a", json!({"N": (NOW + 60).to_string()}));
    service.upkeep();
    assert_eq!(service.ids(), ["a"]);
    service.advance(Duration::from_secs(59));
    service.upkeep();
    assert_eq!(service.ids(), ["a"]);
    // The walk rests in between: an item is deleted soon, not at once.
    service.advance(Duration::from_secs(11));
    service.upkeep();
    assert_eq!(service.ids(), Vec::<String>::new());
}

#[test]
fn what_is_no_time_does_not_expire() {
    let service = with_time_to_live();
    let five_years = 5 * 365 * 24 * 60 * 60;
    service.put_expiring("text", json!({"S": (NOW - 60).to_string()}));
    service.put_expiring("ancient", json!({"N": (NOW - five_years - 1).to_string()}));
    service.put_expiring("future", json!({"N": (NOW * 1_000).to_string()}));
    service.put_expiring("zero", json!({"N": "0"}));
    service.put(json!({"id": {"S": "none"}}));
    service.put_expiring("fraction", json!({"N": format!("{}.5", NOW - 60)}));
    service.put_expiring("past", json!({"N": (NOW - 60).to_string()}));
    service.upkeep();
    assert_eq!(service.ids(), ["ancient", "future", "none", "text", "zero"]);
}

#[test]
fn the_stream_says_who_has_deleted() {
    let service = with_time_to_live();
    service.put_expiring("a", json!({"N": (NOW - 60).to_string()}));
    service.put_expiring("b", json!({"N": (NOW + 60).to_string()}));
    let key = json!({"id": {"S": "b"}});
    service.call("DeleteItem", json!({"TableName": "Tab", "Key": key}));
    service.upkeep();
    let records = service.records();
    let removals: Vec<_> = records
        .iter()
        .filter(|record| record["eventName"] == "REMOVE")
        .map(|record| {
            let id = record["dynamodb"]["OldImage"]["id"]["S"].as_str().unwrap();
            (id, record.get("userIdentity").cloned())
        })
        .collect();
    let identity = json!({"PrincipalId": "dynamodb.amazonaws.com", "Type": "Service"});
    assert_eq!(removals, [("b", None), ("a", Some(identity))]);
}

#[test]
fn an_index_loses_what_has_expired() {
    let service = Service::new();
    let mut input = table("Tab", &["id:S"]);
    input["AttributeDefinitions"] = super::definitions(&["id:S", "room:S"]);
    input["GlobalSecondaryIndexes"] = json!([{
        "IndexName": "by-room", "KeySchema": super::schema(&["room:S"]),
        "Projection": {"ProjectionType": "KEYS_ONLY"},
    }]);
    service.call("CreateTable", input);
    set(&service, true);
    let expires = json!({"N": NOW.to_string()});
    service.put(json!({"id": {"S": "a"}, "room": {"S": "r"}, "expires": expires}));
    service.upkeep();
    let scanned = service.call("Scan", json!({"TableName": "Tab", "IndexName": "by-room"}));
    assert_eq!(scanned["Count"], 0);
}

#[test]
fn nothing_expires_where_it_is_switched_off() {
    let service = with_time_to_live();
    set(&service, false);
    service.put_expiring("a", json!({"N": (NOW - 60).to_string()}));
    service.upkeep();
    assert_eq!(service.ids(), ["a"]);
}

#[test]
fn a_large_table_is_searched_stretch_by_stretch() {
    let service = with_time_to_live();
    let past = json!({"N": (NOW - 60).to_string()});
    let item = |number: usize| {
        // Two hundred of these are more than one stretch reads.
        json!({"PutRequest": {"Item": {
            "id": {"S": format!("{number:04}")}, "expires": past,
            "filler": {"S": "x".repeat(30_000)},
        }}})
    };
    for batch in 0..8 {
        let items: Vec<Value> = (0..25).map(|number| item(batch * 25 + number)).collect();
        service.call("BatchWriteItem", json!({"RequestItems": {"Tab": items}}));
    }
    service.upkeep();
    let left = service.ids().len();
    assert!((1..200).contains(&left), "{left}");
    service.advance(Duration::from_secs(1));
    service.upkeep();
    assert_eq!(service.ids(), Vec::<String>::new());
}
