//! Tables: made, described, listed, deleted, kept.

use std::sync::Arc;

use landline_store::open_memory;
use serde_json::{Value, json};

use super::{Service, definitions, schema, table};

#[test]
fn a_new_table_is_creating_and_then_active() {
    let service = Service::new();
    let created = service.call("CreateTable", table("Connections", &["id:S"]));
    let description = &created["TableDescription"];
    assert_eq!(description["TableStatus"], "CREATING");
    let described = service.call("DescribeTable", json!({"TableName": "Connections"}));
    let table = &described["Table"];
    assert_eq!(table["TableStatus"], "ACTIVE");
    assert_eq!(
        table["TableArn"],
        "arn:aws:dynamodb:us-east-1:000000000000:table/Connections"
    );
    assert_eq!(table["CreationDateTime"], json!(1_801_646_142.107));
    assert_eq!(
        table["BillingModeSummary"]["BillingMode"],
        "PAY_PER_REQUEST"
    );
    assert_eq!(
        table["ProvisionedThroughput"],
        json!({"NumberOfDecreasesToday": 0, "ReadCapacityUnits": 0, "WriteCapacityUnits": 0})
    );
    assert_eq!(table["KeySchema"], schema(&["id:S"]));
    assert_eq!(table["ItemCount"], 0);
    assert_eq!(table["DeletionProtectionEnabled"], false);
    assert_eq!(table["TableId"].as_str().map(str::len), Some(36));
}

#[test]
fn a_name_is_taken_only_once() {
    let service = Service::with_table(&["id:S"]);
    assert_eq!(
        service.refusal("CreateTable", table("Tab", &["id:S"])),
        "ResourceInUseException: Table already exists: Tab"
    );
}

#[test]
fn an_unknown_table_is_refused_by_name_where_tables_are_managed() {
    let service = Service::new();
    assert_eq!(
        service.refusal("DescribeTable", json!({"TableName": "Nowhere"})),
        "ResourceNotFoundException: Requested resource not found: Table: Nowhere not found"
    );
    assert_eq!(
        service.refusal(
            "GetItem",
            json!({"TableName": "Nowhere", "Key": {"id": {"S": "a"}}})
        ),
        "ResourceNotFoundException: Requested resource not found"
    );
}

#[test]
fn a_table_may_be_named_by_its_arn() {
    let service = Service::with_table(&["id:S"]);
    let arn = "arn:aws:dynamodb:us-east-1:000000000000:table/Tab";
    let item = json!({"id": {"S": "a"}});
    service.call("PutItem", json!({"TableName": arn, "Item": item}));
    assert_eq!(service.get(item.clone()), item);
}

#[test]
fn a_deleted_table_takes_its_items_along() {
    let service = Service::with_table(&["id:S"]);
    let item = json!({"id": {"S": "a"}});
    service.put(item.clone());
    let deleted = service.call("DeleteTable", json!({"TableName": "Tab"}));
    assert_eq!(deleted["TableDescription"]["TableStatus"], "DELETING");
    service.call("CreateTable", table("Tab", &["id:S"]));
    assert_eq!(service.get(item), Value::Null);
}

#[test]
fn a_protected_table_stays() {
    let service = Service::new();
    let mut input = table("Tab", &["id:S"]);
    input["DeletionProtectionEnabled"] = json!(true);
    service.call("CreateTable", input);
    let refusal = service.refusal("DeleteTable", json!({"TableName": "Tab"}));
    assert!(refusal.contains("protected against deletion"), "{refusal}");
}

#[test]
fn tables_are_listed_in_pages_by_name() {
    let service = Service::new();
    for name in ["Ccc", "Aaa", "Bbb"] {
        service.call("CreateTable", table(name, &["id:S"]));
    }
    assert_eq!(
        service.call("ListTables", json!({"Limit": 2})),
        json!({"TableNames": ["Aaa", "Bbb"], "LastEvaluatedTableName": "Bbb"})
    );
    assert_eq!(
        service.call("ListTables", json!({"ExclusiveStartTableName": "Bbb"})),
        json!({"TableNames": ["Ccc"]})
    );
}

#[test]
fn tables_and_items_are_there_after_a_restart() {
    let store = open_memory();
    let item = json!({"id": {"S": "a"}, "n": {"N": "1"}});
    let first = Service::on(Arc::clone(&store));
    first.call("CreateTable", table("Tab", &["id:S"]));
    first.put(item.clone());
    drop(first);
    let second = Service::on(store);
    assert_eq!(second.get(json!({"id": {"S": "a"}})), item);
}

#[test]
fn a_table_says_how_much_it_holds() {
    let service = Service::with_table(&["id:S"]);
    service.put(json!({"id": {"S": "a"}}));
    service.put(json!({"id": {"S": "b"}, "x": {"S": "yz"}}));
    let described = service.call("DescribeTable", json!({"TableName": "Tab"}));
    assert_eq!(described["Table"]["ItemCount"], 2);
    assert_eq!(described["Table"]["TableSizeBytes"], 3 + 6);
}

#[test]
fn what_makes_no_table_is_refused() {
    let service = Service::new();
    let with = |member: &str, value: Value| {
        let mut input = table("Tab", &["id:S"]);
        input[member] = value;
        service.refusal("CreateTable", input)
    };
    assert_eq!(
        with("AttributeDefinitions", definitions(&["id:S", "x:S"])),
        "ValidationException: One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions"
    );
    assert_eq!(
        with("AttributeDefinitions", definitions(&["x:S"])),
        "ValidationException: One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [id], AttributeDefinitions: [x]"
    );
    assert_eq!(
        with("BillingMode", json!("PROVISIONED")),
        "ValidationException: One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED"
    );
    assert_eq!(
        with("TableName", json!("ab")),
        "ValidationException: TableName must be at least 3 characters long and at most 255 characters long"
    );
    assert_eq!(
        with(
            "KeySchema",
            json!([{"AttributeName": "id", "KeyType": "RANGE"}])
        ),
        "ValidationException: Invalid KeySchema: The first KeySchemaElement is not a HASH key type"
    );
}

#[test]
fn time_to_live_is_told() {
    let service = Service::with_table(&["id:S"]);
    let describe = || {
        service.call("DescribeTimeToLive", json!({"TableName": "Tab"}))["TimeToLiveDescription"]
            .clone()
    };
    assert_eq!(describe(), json!({"TimeToLiveStatus": "DISABLED"}));
    let specification = json!({"Enabled": true, "AttributeName": "expires"});
    let input = json!({"TableName": "Tab", "TimeToLiveSpecification": specification});
    service.call("UpdateTimeToLive", input.clone());
    assert_eq!(
        describe(),
        json!({"TimeToLiveStatus": "ENABLED", "AttributeName": "expires"})
    );
    assert_eq!(
        service.refusal("UpdateTimeToLive", input),
        "ValidationException: TimeToLive is already enabled"
    );
    for enabled in [true, false] {
        let other = json!({"Enabled": enabled, "AttributeName": "other"});
        let other = json!({"TableName": "Tab", "TimeToLiveSpecification": other});
        assert_eq!(
            service.refusal("UpdateTimeToLive", other),
            "ValidationException: TimeToLive is active on a different AttributeName: current AttributeName is expires"
        );
    }
}

#[test]
fn tags_come_and_go() {
    let service = Service::with_table(&["id:S"]);
    let arn = "arn:aws:dynamodb:us-east-1:000000000000:table/Tab";
    let tags = || service.call("ListTagsOfResource", json!({"ResourceArn": arn}))["Tags"].clone();
    assert_eq!(tags(), json!([]));
    let tag = json!({"Key": "stage", "Value": "test"});
    service.call("TagResource", json!({"ResourceArn": arn, "Tags": [tag]}));
    assert_eq!(tags(), json!([tag]));
    service.call(
        "UntagResource",
        json!({"ResourceArn": arn, "TagKeys": ["stage"]}),
    );
    assert_eq!(tags(), json!([]));
}

#[test]
fn backups_are_told_as_tools_expect_them() {
    let service = Service::with_table(&["id:S"]);
    let describe = || {
        let answer = service.call("DescribeContinuousBackups", json!({"TableName": "Tab"}));
        answer["ContinuousBackupsDescription"].clone()
    };
    let disabled = json!({
        "ContinuousBackupsStatus": "ENABLED",
        "PointInTimeRecoveryDescription": {"PointInTimeRecoveryStatus": "DISABLED"},
    });
    assert_eq!(describe(), disabled);
    let set = |enabled: bool| {
        let specification = json!({"PointInTimeRecoveryEnabled": enabled});
        service.call(
            "UpdateContinuousBackups",
            json!({"TableName": "Tab", "PointInTimeRecoverySpecification": specification}),
        )
    };
    set(true);
    let recovery = &describe()["PointInTimeRecoveryDescription"];
    assert_eq!(recovery["PointInTimeRecoveryStatus"], "ENABLED");
    assert_eq!(recovery["RecoveryPeriodInDays"], 35);
    set(false);
    assert_eq!(describe(), disabled);
    assert_eq!(
        service.refusal("DescribeContinuousBackups", json!({"TableName": "Nowhere"})),
        "TableNotFoundException: Table not found: Nowhere"
    );
}

#[test]
fn what_is_no_arn_of_a_table_has_no_tags() {
    let service = Service::with_table(&["id:S"]);
    let list = |arn: Value| service.refusal("ListTagsOfResource", json!({"ResourceArn": arn}));
    assert_eq!(list(Value::Null), "ValidationException: Invalid TableArn");
    assert_eq!(
        list(json!("")),
        "AccessDeniedException: User: arn:aws:iam::000000000000:root is not authorized to perform: dynamodb:ListTagsOfResource on resource: *"
    );
    assert_eq!(
        list(json!("Tab")),
        "ValidationException: Invalid TableArn: ARNs must start with 'arn:': Tab"
    );
    // What belongs to another account is not even looked for.
    let foreign = list(json!("arn:aws:dynamodb:us-east-1:111122223333:table/Tab"));
    assert!(foreign.starts_with("AccessDeniedException"), "{foreign}");
    let index = "arn:aws:dynamodb:us-east-1:000000000000:table/Tab/index/x";
    assert_eq!(
        list(json!(index)),
        format!(
            "ValidationException: Invalid TableArn: Invalid ResourceArn provided as input {index}"
        )
    );
}

#[test]
fn what_is_not_offered_is_unknown() {
    let service = Service::new();
    for operation in [
        "ExecuteStatement",
        "BatchExecuteStatement",
        "ExecuteTransaction",
        "CreateBackup",
        "CreateGlobalTable",
        "ImportTable",
        "EnableKinesisStreamingDestination",
        "ExportTableToPointInTime",
    ] {
        assert_eq!(
            service.refusal(operation, json!({})),
            "UnknownOperationException: "
        );
    }
}

#[test]
fn tags_are_few_and_of_plain_characters() {
    let service = Service::new();
    let create = |tags: Value| {
        let mut input = table("Tab", &["id:S"]);
        input["Tags"] = tags;
        service.refusal("CreateTable", input)
    };
    let many = (0..51).map(|n| json!({"Key": n.to_string(), "Value": "v"}));
    assert!(create(many.collect()).contains("the limit is 50"));
    assert!(create(json!([{"Key": "a%b", "Value": "v"}])).contains("a%b"));
    assert!(create(json!([{"Key": "a", "Value": "\"v\""}])).contains("\"v\""));
}
