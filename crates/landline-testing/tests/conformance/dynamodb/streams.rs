//! Streams: what they record, how they are read, and what is refused.

use std::sync::Arc;
use std::time::Duration;

use landline_store::open_memory;
use serde_json::{Value, json};

use super::{Service, table};

/// A service with one table that has a stream.
fn with_stream(view: &str) -> Service {
    let service = Service::new();
    service.call("CreateTable", streamed(view));
    service
}

fn streamed(view: &str) -> Value {
    let mut input = table("Tab", &["id:S"]);
    input["StreamSpecification"] = json!({"StreamEnabled": true, "StreamViewType": view});
    input
}

impl Service {
    fn stream_arn(&self) -> String {
        let described = self.call("DescribeTable", json!({"TableName": "Tab"}));
        let arn = &described["Table"]["LatestStreamArn"];
        arn.as_str().expect("the table has a stream").to_owned()
    }

    pub(super) fn iterator(&self, arn: &str, kind: &str) -> Value {
        let input = json!({
            "StreamArn": arn, "ShardId": self.shard(arn)["ShardId"], "ShardIteratorType": kind,
        });
        self.call("GetShardIterator", input)["ShardIterator"].clone()
    }

    fn iterator_by_number(&self, arn: &str, kind: &str, number: &Value) -> Result<Value, Value> {
        let input = json!({
            "StreamArn": arn, "ShardId": self.shard(arn)["ShardId"],
            "ShardIteratorType": kind, "SequenceNumber": number,
        });
        self.try_call("GetShardIterator", &input)
    }

    fn shard(&self, arn: &str) -> Value {
        let described = self.call("DescribeStream", json!({"StreamArn": arn}));
        described["StreamDescription"]["Shards"][0].clone()
    }

    /// All records of the table's latest stream.
    pub(super) fn records(&self) -> Vec<Value> {
        let iterator = self.iterator(&self.stream_arn(), "TRIM_HORIZON");
        let answer = self.call("GetRecords", json!({"ShardIterator": iterator}));
        answer["Records"].as_array().unwrap().clone()
    }
}

fn events(records: &[Value]) -> Vec<&str> {
    let names = records.iter().map(|record| record["eventName"].as_str());
    names.map(Option::unwrap).collect()
}

fn ids(records: &[Value]) -> Vec<&str> {
    let ids = records
        .iter()
        .map(|record| &record["dynamodb"]["Keys"]["id"]["S"]);
    ids.map(|id| id.as_str().unwrap()).collect()
}

fn write_three(service: &Service) {
    service.put(json!({"id": {"S": "a"}, "n": {"N": "1"}}));
    service.put(json!({"id": {"S": "a"}, "n": {"N": "2"}}));
    let key = json!({"id": {"S": "a"}});
    service.call("DeleteItem", json!({"TableName": "Tab", "Key": key}));
}

#[test]
fn a_record_tells_what_was_there_and_what_is() {
    let service = with_stream("NEW_AND_OLD_IMAGES");
    write_three(&service);
    let records = service.records();
    assert_eq!(events(&records), ["INSERT", "MODIFY", "REMOVE"]);
    let (one, two) = (
        json!({"id": {"S": "a"}, "n": {"N": "1"}}),
        json!({"id": {"S": "a"}, "n": {"N": "2"}}),
    );
    assert_eq!(
        records[1],
        json!({
            "eventID": records[1]["eventID"],
            "eventName": "MODIFY",
            "eventVersion": "1.1",
            "eventSource": "aws:dynamodb",
            "awsRegion": "us-east-1",
            "dynamodb": {
                "ApproximateCreationDateTime": 1_801_646_142,
                "Keys": {"id": {"S": "a"}},
                "NewImage": two,
                "OldImage": one,
                "SequenceNumber": "100000000000000000002",
                "SizeBytes": 3 + 6 + 6,
                "StreamViewType": "NEW_AND_OLD_IMAGES",
            },
        })
    );
    assert_eq!(records[0]["dynamodb"]["OldImage"], Value::Null);
    assert_eq!(records[2]["dynamodb"]["NewImage"], Value::Null);
    assert_eq!(records[2]["dynamodb"]["OldImage"], two);
    assert_eq!(records[1]["eventID"].as_str().map(str::len), Some(32));
    assert_ne!(records[0]["eventID"], records[1]["eventID"]);
}

#[test]
fn a_view_type_decides_which_images_a_record_has() {
    for (view, images) in [
        ("KEYS_ONLY", (false, false)),
        ("NEW_IMAGE", (false, true)),
        ("OLD_IMAGE", (true, false)),
        ("NEW_AND_OLD_IMAGES", (true, true)),
    ] {
        let service = with_stream(view);
        write_three(&service);
        let change = &service.records()[1]["dynamodb"];
        let has = |image: &str| change.get(image).is_some();
        assert_eq!((has("OldImage"), has("NewImage")), images, "{view}");
    }
}

#[test]
fn a_write_that_changes_nothing_makes_no_record() {
    let service = with_stream("NEW_AND_OLD_IMAGES");
    service.put(json!({"id": {"S": "a"}, "s": {"SS": ["x", "y"]}}));
    service.put(json!({"id": {"S": "a"}, "s": {"SS": ["y", "x"]}}));
    service.call(
        "UpdateItem",
        json!({
            "TableName": "Tab", "Key": {"id": {"S": "a"}}, "UpdateExpression": "REMOVE nothing",
        }),
    );
    let absent = json!({"id": {"S": "b"}});
    service.call("DeleteItem", json!({"TableName": "Tab", "Key": absent}));
    assert_eq!(events(&service.records()), ["INSERT"]);
}

#[test]
fn a_refused_write_makes_no_record() {
    let service = with_stream("KEYS_ONLY");
    let input = json!({
        "TableName": "Tab", "Item": {"id": {"S": "a"}},
        "ConditionExpression": "attribute_exists(id)",
    });
    service.refusal("PutItem", input);
    let put = |id: &str, condition: &str| {
        json!({"Put": {
            "TableName": "Tab", "Item": {"id": {"S": id}}, "ConditionExpression": condition,
        }})
    };
    let input = json!({"TransactItems": [
        put("a", "attribute_not_exists(id)"), put("b", "attribute_exists(id)"),
    ]});
    service.refusal("TransactWriteItems", input);
    assert_eq!(service.records(), Vec::<Value>::new());
}

#[test]
fn batches_and_transactions_are_recorded_item_by_item() {
    let service = with_stream("KEYS_ONLY");
    let put = |id: &str| json!({"PutRequest": {"Item": {"id": {"S": id}}}});
    service.call(
        "BatchWriteItem",
        json!({"RequestItems": {"Tab": [put("a"), put("b")]}}),
    );
    let delete = json!({"Delete": {"TableName": "Tab", "Key": {"id": {"S": "a"}}}});
    let put = json!({"Put": {"TableName": "Tab", "Item": {"id": {"S": "c"}}}});
    service.call(
        "TransactWriteItems",
        json!({"TransactItems": [delete, put]}),
    );
    let records = service.records();
    assert_eq!(ids(&records), ["a", "b", "a", "c"]);
    assert_eq!(events(&records), ["INSERT", "INSERT", "REMOVE", "INSERT"]);
}

#[test]
fn an_iterator_begins_where_its_type_says() {
    let service = with_stream("KEYS_ONLY");
    let arn = service.stream_arn();
    for id in ["a", "b", "c"] {
        service.put(json!({"id": {"S": id}}));
    }
    let latest = service.iterator(&arn, "LATEST");
    service.put(json!({"id": {"S": "d"}}));
    let read = |iterator: &Value| {
        let answer = service.call("GetRecords", json!({"ShardIterator": iterator}));
        ids(answer["Records"].as_array().unwrap()).join(" ")
    };
    assert_eq!(read(&latest), "d");
    assert_eq!(read(&service.iterator(&arn, "TRIM_HORIZON")), "a b c d");
    let second = &service.records()[1]["dynamodb"]["SequenceNumber"];
    let by_number = |kind: &str| {
        let answer = service.iterator_by_number(&arn, kind, second).unwrap();
        read(&answer["ShardIterator"])
    };
    assert_eq!(by_number("AT_SEQUENCE_NUMBER"), "b c d");
    assert_eq!(by_number("AFTER_SEQUENCE_NUMBER"), "c d");
}

#[test]
fn records_are_read_in_pages() {
    let service = with_stream("KEYS_ONLY");
    for id in ["a", "b", "c"] {
        service.put(json!({"id": {"S": id}}));
    }
    let mut iterator = service.iterator(&service.stream_arn(), "TRIM_HORIZON");
    let mut pages = Vec::new();
    for _ in 0..3 {
        let answer = service.call("GetRecords", json!({"ShardIterator": iterator, "Limit": 2}));
        pages.push(ids(answer["Records"].as_array().unwrap()).join(" "));
        // An open shard always has a next page.
        iterator = answer["NextShardIterator"].clone();
    }
    assert_eq!(pages, ["a b", "c", ""]);
}

#[test]
fn an_iterator_lives_for_a_quarter_of_an_hour() {
    let service = with_stream("KEYS_ONLY");
    let iterator = service.iterator(&service.stream_arn(), "LATEST");
    let input = json!({"ShardIterator": iterator});
    service.advance(Duration::from_mins(15));
    service.call("GetRecords", input.clone());
    service.advance(Duration::from_millis(1));
    let refusal = service.refusal("GetRecords", input);
    assert!(
        refusal.starts_with("ExpiredIteratorException: "),
        "{refusal}"
    );
}

#[test]
fn a_record_is_gone_after_a_day() {
    let service = with_stream("KEYS_ONLY");
    let arn = service.stream_arn();
    service.put(json!({"id": {"S": "a"}}));
    let first = service.records()[0]["dynamodb"]["SequenceNumber"].clone();
    service.advance(Duration::from_hours(24));
    let early = service.iterator(&arn, "TRIM_HORIZON");
    service.put(json!({"id": {"S": "b"}}));
    service.upkeep();
    assert_eq!(ids(&service.records()), ["a", "b"]);

    service.advance(Duration::from_mins(2));
    service.upkeep();
    assert_eq!(ids(&service.records()), ["b"]);
    let refusal = service.refusal("GetRecords", json!({"ShardIterator": early}));
    assert!(
        refusal.starts_with("TrimmedDataAccessException: "),
        "{refusal}"
    );
    let refused = service.iterator_by_number(&arn, "AT_SEQUENCE_NUMBER", &first);
    let refused = refused.unwrap_err();
    assert!(
        refused["__type"]
            .as_str()
            .unwrap()
            .ends_with("#TrimmedDataAccessException"),
        "{refused}"
    );
    let start = &service.shard(&arn)["SequenceNumberRange"]["StartingSequenceNumber"];
    assert_eq!(start, &service.records()[0]["dynamodb"]["SequenceNumber"]);
}

#[test]
fn sequence_numbers_go_on_after_a_restart() {
    let store = open_memory();
    let first = Service::on(Arc::clone(&store));
    first.call("CreateTable", streamed("KEYS_ONLY"));
    first.put(json!({"id": {"S": "a"}}));
    first.advance(Duration::from_hours(25));
    first.upkeep();
    drop(first);
    // Even when the last record has been trimmed.
    let second = Service::on(store);
    second.put(json!({"id": {"S": "b"}}));
    let records = second.records();
    assert_eq!(ids(&records), ["b"]);
    assert_eq!(
        records[0]["dynamodb"]["SequenceNumber"],
        "100000000000000000002"
    );
}

#[test]
fn a_deleted_table_leaves_its_stream_for_a_day() {
    let service = with_stream("KEYS_ONLY");
    let arn = service.stream_arn();
    service.put(json!({"id": {"S": "a"}}));
    service.call("DeleteTable", json!({"TableName": "Tab"}));
    let described = service.call("DescribeStream", json!({"StreamArn": arn}));
    let described = &described["StreamDescription"];
    assert_eq!(described["StreamStatus"], "DISABLED");
    assert_eq!(
        described["Shards"][0]["SequenceNumberRange"],
        json!({
            "StartingSequenceNumber": "100000000000000000001",
            "EndingSequenceNumber": "100000000000000000001",
        })
    );
    let iterator = service.iterator(&arn, "TRIM_HORIZON");
    let answer = service.call("GetRecords", json!({"ShardIterator": iterator}));
    assert_eq!(ids(answer["Records"].as_array().unwrap()), ["a"]);
    // The shard has ended.
    assert_eq!(answer.get("NextShardIterator"), None);

    service.advance(Duration::from_hours(25));
    service.upkeep();
    service.advance(Duration::from_mins(2));
    service.upkeep();
    assert_eq!(
        service.refusal("DescribeStream", json!({"StreamArn": arn})),
        format!("ResourceNotFoundException: Requested resource not found: Stream: {arn} not found")
    );
}

#[test]
fn streams_are_listed_and_described() {
    let service = with_stream("NEW_IMAGE");
    let mut other = streamed("OLD_IMAGE");
    other["TableName"] = json!("Other");
    service.call("CreateTable", other);
    service.call("CreateTable", table("Without", &["id:S"]));
    let arn = service.stream_arn();
    let label = arn.rsplit('/').next().unwrap();
    assert_eq!(label, "2027-02-03T09:15:42.107");
    assert_eq!(
        service.call("ListStreams", json!({"TableName": "Tab"})),
        json!({"Streams": [{"StreamArn": arn, "TableName": "Tab", "StreamLabel": label}]})
    );
    let first = service.call("ListStreams", json!({"Limit": 1}));
    assert_eq!(first["Streams"][0]["TableName"], "Other");
    let rest = json!({"ExclusiveStartStreamArn": first["LastEvaluatedStreamArn"]});
    assert_eq!(
        service.call("ListStreams", rest)["Streams"],
        json!([{"StreamArn": arn, "TableName": "Tab", "StreamLabel": label}])
    );
    let described = service.call("DescribeStream", json!({"StreamArn": arn}));
    let shard = &described["StreamDescription"]["Shards"][0];
    assert_eq!(
        described["StreamDescription"],
        json!({
            "StreamArn": arn,
            "StreamLabel": label,
            "StreamStatus": "ENABLED",
            "StreamViewType": "NEW_IMAGE",
            "CreationRequestDateTime": 1_801_646_142.107,
            "TableName": "Tab",
            "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
            "Shards": [{
                "ShardId": shard["ShardId"],
                "SequenceNumberRange": {"StartingSequenceNumber": "100000000000000000001"},
            }],
        })
    );
    let input = json!({"StreamArn": arn, "ExclusiveStartShardId": shard["ShardId"]});
    let past = service.call("DescribeStream", input);
    assert_eq!(past["StreamDescription"]["Shards"], json!([]));
}

#[test]
fn what_names_no_place_in_a_stream_is_refused() {
    let service = with_stream("KEYS_ONLY");
    let arn = service.stream_arn();
    service.put(json!({"id": {"S": "a"}}));
    assert_eq!(
        service.refusal("GetRecords", json!({"ShardIterator": "something else"})),
        "ValidationException: Invalid ShardIterator"
    );
    let iterator = service.iterator(&arn, "LATEST");
    assert_eq!(
        service.refusal(
            "GetRecords",
            json!({"ShardIterator": iterator, "Limit": 1001})
        ),
        "ValidationException: 1 validation error detected: Value '1001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 1000"
    );
    let long_name = "arn:aws:dynamodb:us-east-1:000000000000:table/Tab";
    assert_eq!(
        service.refusal("DescribeStream", json!({"StreamArn": long_name})),
        "ValidationException: Invalid StreamArn"
    );
    let shard = "shardId-00000000000000000000-00000000";
    let input = json!({"StreamArn": arn, "ShardId": shard, "ShardIteratorType": "TRIM_HORIZON"});
    let refusal = service.refusal("GetShardIterator", input);
    assert!(
        refusal.starts_with("ResourceNotFoundException: "),
        "{refusal}"
    );
    for number in ["100000000000000000009", "000000000000000000001"] {
        let refused = service.iterator_by_number(&arn, "AFTER_SEQUENCE_NUMBER", &json!(number));
        let refused = refused.unwrap_err();
        let message = refused["message"].as_str().unwrap();
        assert!(message.starts_with("Invalid SequenceNumber"), "{message}");
    }
    let refused = service.iterator_by_number(&arn, "AT_SEQUENCE_NUMBER", &Value::Null);
    let refused = refused.unwrap_err();
    let message = refused["message"].as_str().unwrap();
    assert!(message.contains("must be specified"), "{message}");
    for kind in ["LATEST", "TRIM_HORIZON"] {
        let refused = service.iterator_by_number(&arn, kind, &json!("100000000000000000001"));
        let refused = refused.unwrap_err();
        let message = refused["message"].as_str().unwrap();
        assert!(message.contains("must not be specified"), "{message}");
    }
    let far = "a".repeat(40);
    assert_eq!(
        service.refusal("ListStreams", json!({"ExclusiveStartStreamArn": far})),
        "ValidationException: Invalid StreamArn"
    );
    for (filter, missing) in [
        (json!({"ShardId": shard}), "Type"),
        (json!({"Type": "CHILD_SHARDS"}), "ShardId"),
    ] {
        let input = json!({"StreamArn": arn, "ShardFilter": filter});
        let refusal = service.refusal("DescribeStream", input);
        assert!(
            refusal.ends_with(&format!("must have a {missing}")),
            "{refusal}"
        );
    }
}

#[test]
fn a_stream_needs_a_view_type_and_none_needs_none() {
    let service = Service::new();
    let with = |specification: Value| {
        let mut input = table("Tab", &["id:S"]);
        input["StreamSpecification"] = specification;
        service.refusal("CreateTable", input)
    };
    assert_eq!(
        with(json!({"StreamEnabled": true})),
        "ValidationException: One or more parameter values were invalid: Table is being created with a stream enabled, UpdateViewType is required"
    );
    assert_eq!(
        with(json!({"StreamEnabled": false, "StreamViewType": "KEYS_ONLY"})),
        "ValidationException: One or more parameter values were invalid: Table is being created with a stream disabled, UpdateViewType should not be specified"
    );
}

#[test]
fn whoever_waits_for_records_hears_of_each() {
    let service = with_stream("KEYS_ONLY");
    let arn = service.stream_arn();
    assert!(service.dynamodb.watch_stream("arn:none").is_none());
    let mut newest = service.dynamodb.watch_stream(&arn).unwrap();
    assert_eq!(*newest.borrow_and_update(), 0);
    service.put(json!({"id": {"S": "a"}}));
    service.runtime.block_on(newest.changed()).unwrap();
    assert_eq!(*newest.borrow_and_update(), 1);
    // The record can be read when its number is told.
    assert_eq!(ids(&service.records()), ["a"]);
    service.put(json!({"id": {"S": "a"}}));
    assert!(!newest.has_changed().unwrap());
}
