//! A file system that somebody mounts read-only: writes fail in DynamoDB's words, reads go on, and nothing
//! needs a restart when it takes writes again.

use std::sync::atomic::{AtomicBool, Ordering};

use landline_store::{WriteProtection, open_disk};
use serde_json::{Value, json};

use super::{Service, table};

/// A service on a disk, and one item in its table.
fn service(directory: &std::path::Path, is_read_only: &'static AtomicBool) -> Service {
    let options = landline_store::Options {
        write_protection: Some(WriteProtection(is_read_only)),
        ..landline_store::Options::default()
    };
    let service = Service::on(open_disk(directory, options).unwrap());
    service.call("CreateTable", table("Tab", &["id:S"]));
    service.put(item("before"));
    service
}

fn item(id: &str) -> Value {
    json!({"id": {"S": id}})
}

#[test]
fn writes_fail_as_a_fault_of_the_service_and_reads_go_on() {
    static IS_READ_ONLY: AtomicBool = AtomicBool::new(false);
    let directory = tempfile::tempdir().unwrap();
    let service = service(directory.path(), &IS_READ_ONLY);
    IS_READ_ONLY.store(true, Ordering::Release);
    let fault = json!({
        "__type": "com.amazonaws.dynamodb.v20120810#InternalServerError",
        "message": "Internal server error",
    });
    for (operation, input) in [
        ("PutItem", json!({"TableName": "Tab", "Item": item("lost")})),
        (
            "DeleteItem",
            json!({"TableName": "Tab", "Key": item("before")}),
        ),
        (
            "BatchWriteItem",
            json!({"RequestItems": {"Tab": [{"PutRequest": {"Item": item("lost")}}]}}),
        ),
        ("CreateTable", table("Other", &["id:S"])),
    ] {
        let refused = service.try_call(operation, &input).unwrap_err();
        assert_eq!(refused, fault, "{operation}");
    }
    assert_eq!(service.get(item("before")), item("before"));
    assert_eq!(service.get(item("lost")), Value::Null);
    let scanned = service.call("Scan", json!({"TableName": "Tab"}));
    assert_eq!(scanned["Items"], json!([item("before")]));
    let listed = service.call("ListTables", json!({}));
    assert_eq!(listed["TableNames"], json!(["Tab"]));
}

#[test]
fn writing_goes_on_without_a_restart() {
    static IS_READ_ONLY: AtomicBool = AtomicBool::new(false);
    let directory = tempfile::tempdir().unwrap();
    let service = service(directory.path(), &IS_READ_ONLY);
    IS_READ_ONLY.store(true, Ordering::Release);
    let put = json!({"TableName": "Tab", "Item": item("after")});
    for _ in 0..3 {
        service.try_call("PutItem", &put).unwrap_err();
    }
    IS_READ_ONLY.store(false, Ordering::Release);
    service.call("PutItem", put);
    assert_eq!(service.get(item("after")), item("after"));
}
