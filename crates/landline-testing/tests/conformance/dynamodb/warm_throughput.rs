//! Warm throughput and ceilings on demand: told by every description, because deploy tools compare them.

use serde_json::{Value, json};

use super::{Service, definitions, schema, table};

fn described(service: &Service) -> Value {
    service.call("DescribeTable", json!({"TableName": "Tab"}))["Table"].clone()
}

fn warm(read: i64, write: i64) -> Value {
    json!({"ReadUnitsPerSecond": read, "WriteUnitsPerSecond": write})
}

fn warm_and_active(read: i64, write: i64) -> Value {
    json!({"ReadUnitsPerSecond": read, "WriteUnitsPerSecond": write, "Status": "ACTIVE"})
}

#[test]
fn a_table_on_demand_is_as_warm_as_every_new_one() {
    let service = Service::with_table(&["id:S"]);
    assert_eq!(
        described(&service)["WarmThroughput"],
        warm_and_active(12_000, 4_000)
    );
}

#[test]
fn a_provisioned_table_is_as_warm_as_it_is_provisioned() {
    let service = Service::new();
    let mut input = table("Tab", &["id:S"]);
    input["BillingMode"] = json!("PROVISIONED");
    input["ProvisionedThroughput"] = json!({"ReadCapacityUnits": 7, "WriteCapacityUnits": 3});
    service.call("CreateTable", input);
    assert_eq!(described(&service)["WarmThroughput"], warm_and_active(7, 3));
    // What was warm once stays so.
    let on_demand = json!({"TableName": "Tab", "BillingMode": "PAY_PER_REQUEST"});
    service.call("UpdateTable", on_demand);
    service.call(
        "UpdateTable",
        json!({
            "TableName": "Tab", "BillingMode": "PROVISIONED",
            "ProvisionedThroughput": {"ReadCapacityUnits": 2, "WriteCapacityUnits": 2},
        }),
    );
    assert_eq!(
        described(&service)["WarmThroughput"],
        warm_and_active(12_000, 4_000)
    );
}

#[test]
fn what_was_asked_for_is_told_and_only_grows() {
    let service = Service::new();
    let mut input = table("Tab", &["id:S"]);
    input["WarmThroughput"] = warm(15_000, 5_000);
    service.call("CreateTable", input);
    assert_eq!(
        described(&service)["WarmThroughput"],
        warm_and_active(15_000, 5_000)
    );

    let update = |wanted: Value| json!({"TableName": "Tab", "WarmThroughput": wanted});
    service.call("UpdateTable", update(json!({"ReadUnitsPerSecond": 20_000})));
    assert_eq!(
        described(&service)["WarmThroughput"],
        warm_and_active(20_000, 5_000)
    );
    assert_eq!(
        service.refusal("UpdateTable", update(warm(20_000, 4_500))),
        "ValidationException: One or more parameter values were invalid: Requested WriteUnitsPerSecond for WarmThroughput for table is lower than current WarmThroughput, decreasing WarmThroughput is not supported"
    );
}

#[test]
fn less_than_every_new_table_has_cannot_be_asked_for() {
    let service = Service::new();
    let mut input = table("Tab", &["id:S"]);
    input["WarmThroughput"] = warm(12_000, 3_000);
    assert_eq!(
        service.refusal("CreateTable", input),
        "ValidationException: One or more parameter values were invalid: Requested WriteUnitsPerSecond for WarmThroughput for table is lower than initial throughput for OnDemand"
    );
}

#[test]
fn indexes_have_their_own() {
    let service = Service::new();
    let mut input = table("Tab", &["id:S"]);
    input["AttributeDefinitions"] = definitions(&["id:S", "room:S"]);
    input["GlobalSecondaryIndexes"] = json!([{
        "IndexName": "by-room", "KeySchema": schema(&["room:S"]), "Projection": {"ProjectionType": "ALL"},
        "WarmThroughput": warm(13_000, 4_000),
        "OnDemandThroughput": {"MaxReadRequestUnits": 10, "MaxWriteRequestUnits": 5},
    }]);
    service.call("CreateTable", input);
    let index = described(&service)["GlobalSecondaryIndexes"][0].clone();
    assert_eq!(index["WarmThroughput"], warm_and_active(13_000, 4_000));
    let ceilings = json!({"MaxReadRequestUnits": 10, "MaxWriteRequestUnits": 5});
    assert_eq!(index["OnDemandThroughput"], ceilings);

    service.call(
        "UpdateTable",
        json!({"TableName": "Tab", "GlobalSecondaryIndexUpdates": [
            {"Update": {"IndexName": "by-room", "WarmThroughput": warm(14_000, 4_000)}},
        ]}),
    );
    let index = described(&service)["GlobalSecondaryIndexes"][0].clone();
    assert_eq!(index["WarmThroughput"], warm_and_active(14_000, 4_000));
}
