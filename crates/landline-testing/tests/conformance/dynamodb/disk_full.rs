//! A disk that is full: writes fail in DynamoDB's words, reads go on, and nothing needs a restart.

use landline_store::open_disk;
use serde_json::{Value, json};

use super::{Service, table};

/// A service on a disk with room for about a dozen items of 30 KB; the items that it took.
fn filled(directory: &std::path::Path) -> (Service, Vec<String>) {
    let options = landline_store::Options {
        size_limit: Some(512 << 10),
        ..landline_store::Options::default()
    };
    let service = Service::on(open_disk(directory, options).unwrap());
    let mut input = table("Tab", &["id:S"]);
    input["StreamSpecification"] = json!({"StreamEnabled": true, "StreamViewType": "KEYS_ONLY"});
    service.call("CreateTable", input);
    let mut taken = Vec::new();
    for number in 0..100 {
        let id = format!("{number:02}");
        let item = json!({"id": {"S": id}, "filler": {"S": "x".repeat(30_000)}});
        match service.try_call("PutItem", &json!({"TableName": "Tab", "Item": item})) {
            Ok(_) => taken.push(id),
            Err(refused) => {
                assert_eq!(refused, no_room());
                return (service, taken);
            }
        }
    }
    panic!("the disk never became full");
}

fn no_room() -> Value {
    json!({
        "__type": "com.amazonaws.dynamodb.v20120810#InternalServerError",
        "message": "Internal server error",
    })
}

#[test]
fn a_write_fails_as_a_fault_of_the_service_and_reads_go_on() {
    let directory = tempfile::tempdir().unwrap();
    let (service, taken) = filled(directory.path());
    assert!(taken.len() > 5, "{}", taken.len());
    for id in &taken {
        assert_eq!(service.get(json!({"id": {"S": id}}))["id"]["S"], json!(id));
    }
    let counted = service.call("Scan", json!({"TableName": "Tab", "Select": "COUNT"}));
    assert_eq!(counted["Count"], taken.len());
    // What was lost is in no stream.
    assert_eq!(service.records().len(), taken.len());
}

#[test]
fn writing_goes_on_when_there_is_room_again() {
    let directory = tempfile::tempdir().unwrap();
    let (service, taken) = filled(directory.path());
    for id in &taken[..3] {
        let key = json!({"id": {"S": id}});
        service.call("DeleteItem", json!({"TableName": "Tab", "Key": key}));
    }
    let item = json!({"id": {"S": "again"}, "filler": {"S": "y".repeat(30_000)}});
    service.put(item.clone());
    assert_eq!(service.get(json!({"id": {"S": "again"}})), item);
    // Its record comes after all others, whatever numbers the lost writes have used up.
    let records = service.records();
    let last = &records.last().unwrap()["dynamodb"]["Keys"]["id"]["S"];
    assert_eq!(last, "again");
    assert_eq!(records.len(), taken.len() + 4);
}

#[test]
fn a_change_of_a_table_that_finds_no_room_has_not_happened() {
    let directory = tempfile::tempdir().unwrap();
    let (service, taken) = filled(directory.path());
    let arn = "arn:aws:dynamodb:us-east-1:000000000000:table/Tab";
    let tags: Vec<Value> = (0..50)
        .map(|number| json!({"Key": format!("tag{number}"), "Value": "v".repeat(256)}))
        .collect();
    let tag = json!({"ResourceArn": arn, "Tags": tags});
    // There may be room for one such record yet, in pages that are begun.
    let refused = (0..3).find_map(|_| service.try_call("TagResource", &tag).err());
    if let Some(refused) = refused {
        assert_eq!(refused, no_room());
        let listed = service.call("ListTagsOfResource", json!({"ResourceArn": arn}));
        assert_eq!(listed["Tags"], json!([]));
    }
    let key = json!({"id": {"S": taken[0]}});
    service.call("DeleteItem", json!({"TableName": "Tab", "Key": key}));
    service.call("TagResource", tag);
    let listed = service.call("ListTagsOfResource", json!({"ResourceArn": arn}));
    assert_eq!(listed["Tags"].as_array().unwrap().len(), 50);
}
