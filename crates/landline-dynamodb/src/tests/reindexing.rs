//! What can be seen of a change of a table only from inside: its pieces, and writes that were prepared before it.

use serde_json::{Value, json};

use super::{Service, definitions, schema};
use crate::value::item_from_json;
use crate::write::{Change, ItemWrite, NewItem};

impl Service {
    fn update(&self, mut changes: Value) -> Value {
        changes["TableName"] = json!("Tab");
        self.call("UpdateTable", changes)["TableDescription"].clone()
    }

    fn query_room(&self, room: &str) -> Vec<String> {
        let answer = self.call(
            "Query",
            json!({
                "TableName": "Tab", "IndexName": "by-room", "KeyConditionExpression": "room = :r",
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
}

fn by_room() -> Value {
    json!({
        "AttributeDefinitions": definitions(&["room:S"]),
        "GlobalSecondaryIndexUpdates": [{"Create": {
            "IndexName": "by-room", "KeySchema": schema(&["room:S"]),
            "Projection": {"ProjectionType": "ALL"},
        }}],
    })
}

fn in_room(id: &str, room: &str) -> Value {
    json!({"id": {"S": id}, "room": {"S": room}})
}

#[test]
fn a_large_table_is_put_into_an_index_piece_by_piece_while_it_changes() {
    let service = Service::with_table(&["id:S"]);
    for batch in 0..30 {
        let items: Vec<Value> = (0..25)
            .map(|number| {
                let id = format!("{:03}", batch * 25 + number);
                json!({"PutRequest": {"Item": in_room(&id, "r")}})
            })
            .collect();
        service.call("BatchWriteItem", json!({"RequestItems": {"Tab": items}}));
    }
    service.update(by_room());
    let mut steps = 0;
    loop {
        let step = service.dynamodb.upkeep_step();
        if service.runtime.block_on(step).unwrap() == crate::upkeep::Rest::Nothing {
            break;
        }
        // Somewhere before the walk or behind it.
        let id = format!("{:03}", steps * 7);
        let key = json!({"id": {"S": id}});
        service.call("DeleteItem", json!({"TableName": "Tab", "Key": key}));
        service.put(in_room(&format!("{:03}", steps * 11 + 1), "other"));
        steps += 1;
    }
    assert!(steps >= 3, "{steps}");
    let by_scan = |index: Option<&str>| {
        let mut input = json!({"TableName": "Tab"});
        if let Some(index) = index {
            input["IndexName"] = json!(index);
        }
        let mut items = service.call("Scan", input)["Items"]
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
    let service = Service::with_table(&["id:S"]);
    service.put(in_room("a", "old"));
    let early = prepared(&service, &in_room("a", "new"));
    let mistyped = prepared(&service, &json!({"id": {"S": "b"}, "room": {"N": "1"}}));
    service.update(json!({"StreamSpecification": {
        "StreamEnabled": true, "StreamViewType": "OLD_IMAGE",
    }}));
    service.update(by_room());
    service.upkeep();
    let write = |write| service.runtime.block_on(service.dynamodb.write(write));
    write(early).unwrap();
    assert!(write(mistyped).is_err());
    assert_eq!(service.query_room("new"), ["a"]);
    assert_eq!(service.query_room("old"), Vec::<String>::new());
    let records = service.records();
    assert_eq!(records.len(), 1);
    assert_eq!(records[0]["dynamodb"]["OldImage"], in_room("a", "old"));
}
