//! `UpdateTable`: what changes, what is refused, and that nothing is missed while it changes.

use std::sync::Arc;
use std::time::Duration;

use landline_store::open_memory;
use serde_json::{Value, json};

use super::{Service, definitions, schema, table};

impl Service {
    fn update(&self, mut changes: Value) -> Value {
        changes["TableName"] = json!("Tab");
        self.call("UpdateTable", changes)["TableDescription"].clone()
    }

    fn update_refusal(&self, mut changes: Value) -> String {
        changes["TableName"] = json!("Tab");
        self.refusal("UpdateTable", changes)
    }

    fn described(&self) -> Value {
        self.call("DescribeTable", json!({"TableName": "Tab"}))["Table"].clone()
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

fn without_room() -> Value {
    json!({"GlobalSecondaryIndexUpdates": [{"Delete": {"IndexName": "by-room"}}]})
}

fn provisioned(read: i64, write: i64) -> Service {
    let service = Service::new();
    let mut input = table("Tab", &["id:S"]);
    input["BillingMode"] = json!("PROVISIONED");
    input["ProvisionedThroughput"] = units(read, write);
    service.call("CreateTable", input);
    service
}

fn units(read: i64, write: i64) -> Value {
    json!({"ReadCapacityUnits": read, "WriteCapacityUnits": write})
}

fn in_room(id: &str, room: &str) -> Value {
    json!({"id": {"S": id}, "room": {"S": room}})
}

#[test]
fn a_new_index_holds_what_was_there_and_what_comes() {
    let service = Service::with_table(&["id:S"]);
    service.put(in_room("a", "r"));
    service.put(in_room("b", "r"));
    service.put(json!({"id": {"S": "numbered"}, "room": {"N": "1"}}));
    service.put(json!({"id": {"S": "empty"}, "room": {"S": ""}}));

    let updating = service.update(by_room());
    assert_eq!(updating["TableStatus"], "UPDATING");
    let index = &updating["GlobalSecondaryIndexes"][0];
    assert_eq!(
        (&index["IndexStatus"], &index["Backfilling"]),
        (&json!("CREATING"), &json!(false))
    );
    let described = service.described();
    assert_eq!(described["TableStatus"], "ACTIVE");
    let index = &described["GlobalSecondaryIndexes"][0];
    assert_eq!(
        (&index["IndexStatus"], &index["Backfilling"]),
        (&json!("CREATING"), &json!(true))
    );
    let query = json!({
        "TableName": "Tab", "IndexName": "by-room", "KeyConditionExpression": "room = :r",
        "ExpressionAttributeValues": {":r": {"S": "r"}},
    });
    assert_eq!(
        service.refusal("Query", query),
        "ValidationException: Cannot read from backfilling global secondary index: by-room"
    );

    service.put(in_room("c", "r"));
    service.put(in_room("b", "elsewhere"));
    service.upkeep();
    let described = service.described();
    let index = &described["GlobalSecondaryIndexes"][0];
    assert_eq!(
        (&index["IndexStatus"], &index["Backfilling"]),
        (&json!("ACTIVE"), &Value::Null)
    );
    assert_eq!(
        described["AttributeDefinitions"],
        definitions(&["id:S", "room:S"])
    );
    assert_eq!(service.query_room("r"), ["a", "c"]);
    assert_eq!(service.query_room("elsewhere"), ["b"]);
}

#[test]
fn an_index_that_is_being_made_goes_on_after_a_restart() {
    let store = open_memory();
    let first = Service::on(Arc::clone(&store));
    first.call("CreateTable", table("Tab", &["id:S"]));
    first.put(in_room("a", "r"));
    first.update(by_room());
    drop(first);
    let second = Service::on(store);
    second.upkeep();
    assert_eq!(second.query_room("r"), ["a"]);
}

#[test]
fn a_deleted_index_is_gone_and_may_come_again() {
    let service = Service::with_table(&["id:S"]);
    service.update(by_room());
    service.upkeep();
    service.put(in_room("a", "r"));
    let updating = service.update(without_room());
    let status = &updating["GlobalSecondaryIndexes"][0]["IndexStatus"];
    assert_eq!(status, "DELETING");
    let query = json!({
        "TableName": "Tab", "IndexName": "by-room", "KeyConditionExpression": "room = :r",
        "ExpressionAttributeValues": {":r": {"S": "r"}},
    });
    assert_eq!(
        service.refusal("Query", query),
        "ValidationException: The table does not have the specified index: by-room"
    );
    service.upkeep();
    let described = service.described();
    assert_eq!(described.get("GlobalSecondaryIndexes"), None);
    assert_eq!(described["AttributeDefinitions"], definitions(&["id:S"]));

    let key = json!({"id": {"S": "a"}});
    service.call("DeleteItem", json!({"TableName": "Tab", "Key": key}));
    service.put(in_room("b", "r"));
    service.update(by_room());
    service.upkeep();
    assert_eq!(service.query_room("r"), ["b"]);
}

#[test]
fn one_index_is_made_or_deleted_at_a_time() {
    let service = Service::with_table(&["id:S"]);
    let limit = "LimitExceededException: Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table";
    let delete = |name: &str| json!({"Delete": {"IndexName": name}});
    assert_eq!(
        service
            .update_refusal(json!({"GlobalSecondaryIndexUpdates": [delete("one"), delete("two")]})),
        limit
    );
    service.update(by_room());
    let mut another = by_room();
    another["GlobalSecondaryIndexUpdates"][0]["Create"]["IndexName"] = json!("another");
    assert_eq!(service.update_refusal(another), limit);
    // What is being made may be given up.
    service.update(without_room());
    service.upkeep();
    assert_eq!(service.described().get("GlobalSecondaryIndexes"), None);
}

#[test]
fn what_makes_no_index_is_refused() {
    let service = Service::with_table(&["id:S"]);
    let invalid = "ValidationException: One or more parameter values were invalid:";
    let mut undefined = by_room();
    undefined
        .as_object_mut()
        .unwrap()
        .remove("AttributeDefinitions");
    assert_eq!(
        service.update_refusal(undefined),
        format!("{invalid} AttributeDefinitions is not specified for index: by-room")
    );
    let mut other = by_room();
    other["AttributeDefinitions"] = definitions(&["x:S"]);
    assert_eq!(
        service.update_refusal(other),
        format!(
            "{invalid} Some index key attributes are not defined in AttributeDefinitions. Keys: [room], AttributeDefinitions: [x]"
        )
    );
    let mut retyped = by_room();
    retyped["AttributeDefinitions"] = definitions(&["id:N"]);
    retyped["GlobalSecondaryIndexUpdates"][0]["Create"]["KeySchema"] =
        json!([{"AttributeName": "id", "KeyType": "HASH"}]);
    assert_eq!(
        service.update_refusal(retyped),
        format!(
            "{invalid} Attributes cannot be redefined. Please check that your attribute has the same type as previously defined. Existing schema: Schema:[SchemaElement: key{{id:S:HASH}}] New schema: Schema:[SchemaElement: key{{id:N:HASH}}]"
        )
    );
    let mut priced = by_room();
    priced["GlobalSecondaryIndexUpdates"][0]["Create"]["ProvisionedThroughput"] = units(1, 1);
    assert_eq!(
        service.update_refusal(priced),
        format!(
            "{invalid} Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: by-room when BillingMode is PAY_PER_REQUEST"
        )
    );
    let of = |update: Value| json!({"GlobalSecondaryIndexUpdates": [update]});
    assert_eq!(
        service.update_refusal(of(json!({}))),
        format!(
            "{invalid} One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null"
        )
    );
    assert_eq!(
        service.update_refusal(without_room()),
        "ResourceNotFoundException: Requested resource not found: Index by-room for table Tab"
    );
    service.update(by_room());
    service.upkeep();
    assert_eq!(
        service.update_refusal(by_room()),
        "ValidationException: Attempting to create an index which already exists"
    );
    let faster = json!({"Update": {"IndexName": "by-room", "ProvisionedThroughput": units(2, 2)}});
    assert_eq!(
        service.update_refusal(of(faster)),
        format!(
            "{invalid} The only Updates for index: by-room when TableThroughputMode is PAY_PER_REQUEST can be to OnDemandThroughput, WarmThroughput"
        )
    );
}

#[test]
fn throughput_is_changed_and_its_changes_are_told() {
    let service = provisioned(5, 5);
    assert_eq!(
        service.update_refusal(json!({"ProvisionedThroughput": units(5, 5)})),
        "ValidationException: The provisioned throughput for the table will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for the table: 5. Requested ReadCapacityUnits: 5. Current WriteCapacityUnits provisioned for the table: 5. Requested WriteCapacityUnits: 5. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits."
    );
    service.update(json!({"ProvisionedThroughput": units(9, 9)}));
    service.advance(Duration::from_secs(1));
    service.update(json!({"ProvisionedThroughput": units(3, 9)}));
    assert_eq!(
        service.described()["ProvisionedThroughput"],
        json!({
            "ReadCapacityUnits": 3, "WriteCapacityUnits": 9, "NumberOfDecreasesToday": 1,
            "LastIncreaseDateTime": 1_801_646_142.107, "LastDecreaseDateTime": 1_801_646_143.107,
        })
    );
}

#[test]
fn a_table_goes_on_demand_and_back() {
    let service = provisioned(5, 5);
    let mut index = by_room();
    index["GlobalSecondaryIndexUpdates"][0]["Create"]["ProvisionedThroughput"] = units(1, 1);
    service.update(index);
    service.upkeep();
    service.update(json!({"BillingMode": "PAY_PER_REQUEST"}));
    let described = service.described();
    assert_eq!(
        described["BillingModeSummary"],
        json!({
            "BillingMode": "PAY_PER_REQUEST",
            "LastUpdateToPayPerRequestDateTime": 1_801_646_142.107,
        })
    );
    assert_eq!(described["ProvisionedThroughput"]["ReadCapacityUnits"], 0);
    assert_eq!(
        service.update_refusal(json!({"BillingMode": "PROVISIONED"})),
        "ValidationException: One or more parameter values were invalid: ProvisionedThroughput must be specified when BillingMode is PROVISIONED"
    );
    let mut back = json!({"BillingMode": "PROVISIONED", "ProvisionedThroughput": units(7, 7)});
    assert_eq!(
        service.update_refusal(back.clone()),
        "ValidationException: One or more parameter values were invalid: ProvisionedThroughput must be specified for index: by-room"
    );
    back["GlobalSecondaryIndexUpdates"] =
        json!([{"Update": {"IndexName": "by-room", "ProvisionedThroughput": units(2, 2)}}]);
    service.update(back);
    let described = service.described();
    assert_eq!(described["ProvisionedThroughput"]["ReadCapacityUnits"], 7);
    let index = &described["GlobalSecondaryIndexes"][0];
    assert_eq!(index["ProvisionedThroughput"]["ReadCapacityUnits"], 2);
}

#[test]
fn a_stream_is_switched_on_and_off_and_is_another_each_time() {
    let service = Service::with_table(&["id:S"]);
    let on = json!({"StreamSpecification": {
        "StreamEnabled": true, "StreamViewType": "KEYS_ONLY",
    }});
    let off = json!({"StreamSpecification": {"StreamEnabled": false}});
    assert_eq!(
        service.update_refusal(off.clone()),
        "ValidationException: Table has no stream to disable: TableName: Tab"
    );
    service.put(json!({"id": {"S": "before"}}));
    let first = service.update(on.clone())["LatestStreamArn"].clone();
    service.put(json!({"id": {"S": "during"}}));
    assert_eq!(
        service.update_refusal(on.clone()),
        "ValidationException: Table already has an enabled stream: TableName: Tab"
    );
    service.update(off);
    service.put(json!({"id": {"S": "after"}}));
    let described = service.described();
    assert_eq!(described.get("StreamSpecification"), None);
    assert_eq!(described["LatestStreamArn"], first);
    let records = service.records();
    assert_eq!(records.len(), 1);
    assert_eq!(records[0]["dynamodb"]["Keys"]["id"]["S"], "during");

    service.update(on);
    let second = service.described()["LatestStreamArn"].clone();
    assert_ne!(first, second);
    assert_eq!(service.records(), Vec::<Value>::new());
    let old = service.call("DescribeStream", json!({"StreamArn": first}));
    assert_eq!(old["StreamDescription"]["StreamStatus"], "DISABLED");
    let listed = service.call("ListStreams", json!({"TableName": "Tab"}));
    assert_eq!(listed["Streams"].as_array().unwrap().len(), 2);
}

#[test]
fn protection_class_and_encryption_are_changed() {
    let service = Service::with_table(&["id:S"]);
    let protected = service.update(json!({"DeletionProtectionEnabled": true}));
    assert_eq!(protected["TableStatus"], "ACTIVE");
    assert_eq!(protected["DeletionProtectionEnabled"], true);
    service.update(json!({"DeletionProtectionEnabled": true}));
    service.update(json!({"TableClass": "STANDARD_INFREQUENT_ACCESS"}));
    let key = "arn:aws:kms:us-east-1:000000000000:key/k";
    let encrypted = json!({"SSESpecification": {
        "Enabled": true, "SSEType": "KMS", "KMSMasterKeyId": key,
    }});
    service.update(encrypted.clone());
    assert_eq!(
        service.update_refusal(encrypted),
        "ValidationException: One or more parameter values were invalid: Table is already encrypted with given KMSMasterKeyId. Use KMSMasterKeyId parameter if you want to change Master Key"
    );
    let described = service.described();
    assert_eq!(described["SSEDescription"]["KMSMasterKeyArn"], key);
    assert_eq!(
        described["TableClassSummary"]["TableClass"],
        "STANDARD_INFREQUENT_ACCESS"
    );
    let plain = json!({"SSESpecification": {"Enabled": false}});
    service.update(plain.clone());
    assert_eq!(service.described().get("SSEDescription"), None);
    assert_eq!(
        service.update_refusal(plain),
        "ValidationException: One or more parameter values were invalid: Table is already encrypted by default"
    );
}

#[test]
fn one_call_has_one_concern() {
    let service = Service::with_table(&["id:S"]);
    let invalid = "ValidationException: One or more parameter values were invalid:";
    let stream = json!({"StreamEnabled": true, "StreamViewType": "KEYS_ONLY"});
    let mut with_stream = by_room();
    with_stream["StreamSpecification"] = stream.clone();
    let mut with_units = by_room();
    with_units["ProvisionedThroughput"] = units(1, 1);
    for (changes, refusal) in [
        (
            json!({"DeletionProtectionEnabled": true, "TableClass": "STANDARD"}),
            "TableClass modification must be the only operation in the request",
        ),
        (
            json!({"DeletionProtectionEnabled": true, "StreamSpecification": stream}),
            "DeletionProtection modification must be the only operation in the request",
        ),
        (
            with_stream,
            "You cannot create or delete index while changing stream status",
        ),
        (
            with_units,
            "You cannot create or delete index while updating table IOPS",
        ),
        (
            json!({"StreamSpecification": {"StreamEnabled": true}}),
            "If stream is being enabled then UpdateViewType is required",
        ),
    ] {
        assert_eq!(
            service.update_refusal(changes),
            format!("{invalid} {refusal}")
        );
    }
    let nothing = service.update_refusal(json!({"AttributeDefinitions": definitions(&["id:S"])}));
    assert!(
        nothing.contains("At least one of ProvisionedThroughput,"),
        "{nothing}"
    );
    assert_eq!(
        service.refusal(
            "UpdateTable",
            json!({"TableName": "Nowhere", "DeletionProtectionEnabled": true})
        ),
        "ResourceNotFoundException: Requested resource not found: Table: Nowhere not found"
    );
}
