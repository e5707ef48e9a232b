//! `AWS::DynamoDB::GlobalTable`, of the one region that Landline is: an ordinary table whose properties stand elsewhere.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html>

use landline_wire::{Caller, Dispatcher};
use serde_json::{Map, Value as Json, json};

use super::Table;
use crate::provider::{
    Existing, Import, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest,
    Schema,
};

#[derive(Debug)]
pub(in crate::provision) struct GlobalTable(Table);

impl GlobalTable {
    pub(in crate::provision) fn new(dispatcher: Dispatcher) -> Self {
        Self(Table(dispatcher))
    }
}

static SCHEMA: Schema = Schema {
    resource_type: "AWS::DynamoDB::GlobalTable",
    required: &["AttributeDefinitions", "KeySchema", "Replicas"],
    properties: &[
        "AttributeDefinitions",
        "BillingMode",
        "GlobalSecondaryIndexes",
        "GlobalTableWitnesses",
        "KeySchema",
        "LocalSecondaryIndexes",
        "MultiRegionConsistency",
        "ReadOnDemandThroughputSettings",
        "ReadProvisionedThroughputSettings",
        "Replicas",
        "SSESpecification",
        "StreamSpecification",
        "TableName",
        "TimeToLiveSpecification",
        "WarmThroughput",
        "WriteOnDemandThroughputSettings",
        "WriteProvisionedThroughputSettings",
    ],
    replace_on: &["KeySchema", "LocalSecondaryIndexes", "TableName"],
    attributes: &["Arn", "StreamArn", "TableId"],
};

impl ResourceProvider for GlobalTable {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn import(&self) -> Option<&'static Import> {
        Some(&Import {
            identifier: "TableName",
            name: Some("TableName"),
        })
    }

    fn find<'a>(
        &'a self,
        identifier: &'a str,
        caller: &'a Caller,
    ) -> Provisioning<'a, Provisioned> {
        self.0.find(identifier, caller)
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        self.0.check(&as_table(properties)?)
    }

    fn check_update(&self, before: &Json, after: &Json) -> Result<(), ProvisionError> {
        self.0.check_update(&as_table(before)?, &as_table(after)?)
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        self.0.intended_id(request)
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move { self.0.create(&translated(request)?).await })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let existing = Existing {
                properties: as_table(&existing.properties)?,
                ..existing.clone()
            };
            self.0.update(&existing, &translated(request)?).await
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        self.0.delete(existing, caller)
    }
}

fn translated(request: &ResourceRequest) -> Result<ResourceRequest, ProvisionError> {
    let replica = the_replica(&request.properties)?;
    let region = replica.get("Region").and_then(Json::as_str);
    if region != Some(&*request.caller.region) {
        return Err(elsewhere(region.unwrap_or_default()));
    }
    Ok(ResourceRequest {
        properties: as_table(&request.properties)?,
        ..request.clone()
    })
}

/// The properties of the same table as an `AWS::DynamoDB::Table`.
fn as_table(properties: &Json) -> Result<Json, ProvisionError> {
    let replica = the_replica(properties)?;
    let mut table = Map::new();
    for key in [
        "AttributeDefinitions",
        "BillingMode",
        "KeySchema",
        "LocalSecondaryIndexes",
        "StreamSpecification",
        "TableName",
        "TimeToLiveSpecification",
        "WarmThroughput",
    ] {
        copy(properties, key, &mut table);
    }
    for key in [
        "DeletionProtectionEnabled",
        "PointInTimeRecoverySpecification",
        "ResourcePolicy",
        "TableClass",
        "Tags",
    ] {
        copy(replica, key, &mut table);
    }
    if let Some(encryption) = properties.get("SSESpecification") {
        let mut encryption = encryption.clone();
        if let Some(key) = replica.pointer("/SSESpecification/KMSMasterKeyId") {
            encryption["KMSMasterKeyId"] = key.clone();
        }
        table.insert("SSESpecification".to_owned(), encryption);
    }
    if let Some(units) = units(properties, replica) {
        table.insert("ProvisionedThroughput".to_owned(), units);
    }
    if let Some(most) = most(properties, replica) {
        table.insert("OnDemandThroughput".to_owned(), most);
    }
    if let Some(indexes) = properties
        .get("GlobalSecondaryIndexes")
        .and_then(Json::as_array)
    {
        let of_replica = replica
            .get("GlobalSecondaryIndexes")
            .and_then(Json::as_array);
        let indexes = indexes.iter().map(|index| {
            let same = |other: &&Json| other.get("IndexName") == index.get("IndexName");
            let nothing = Json::Null;
            let here = of_replica.and_then(|indexes| indexes.iter().find(same));
            as_index(index, here.unwrap_or(&nothing))
        });
        let indexes = indexes.collect();
        table.insert("GlobalSecondaryIndexes".to_owned(), Json::Array(indexes));
    }
    Ok(Json::Object(table))
}

fn as_index(index: &Json, of_replica: &Json) -> Json {
    let mut made = Map::new();
    for key in ["IndexName", "KeySchema", "Projection"] {
        copy(index, key, &mut made);
    }
    if let Some(units) = units(index, of_replica) {
        made.insert("ProvisionedThroughput".to_owned(), units);
    }
    if let Some(most) = most(index, of_replica) {
        made.insert("OnDemandThroughput".to_owned(), most);
    }
    if let Some(warm) = index.get("WarmThroughput") {
        made.insert("WarmThroughput".to_owned(), warm.clone());
    }
    Json::Object(made)
}

/// Writes are provisioned for all replicas, reads for each; what scales begins with its seed, or at its least.
fn units(everywhere: &Json, here: &Json) -> Option<Json> {
    let scaled = |settings: &Json, kind: &str| {
        let settings = settings.get(format!("{kind}CapacityAutoScalingSettings"))?;
        let seed = settings.get("SeedCapacity");
        seed.or_else(|| settings.get("MinCapacity")).cloned()
    };
    let write = scaled(
        everywhere.get("WriteProvisionedThroughputSettings")?,
        "Write",
    )?;
    let read = here
        .get("ReadProvisionedThroughputSettings")
        .or_else(|| everywhere.get("ReadProvisionedThroughputSettings"))?;
    let fixed = read.get("ReadCapacityUnits").cloned();
    let read = fixed.or_else(|| scaled(read, "Read"))?;
    Some(json!({"ReadCapacityUnits": read, "WriteCapacityUnits": write}))
}

/// The most that may be taken up on demand: writes of all replicas together, reads of each.
fn most(everywhere: &Json, here: &Json) -> Option<Json> {
    let reads = "ReadOnDemandThroughputSettings";
    let reads = here.get(reads).or_else(|| everywhere.get(reads));
    let writes = everywhere.get("WriteOnDemandThroughputSettings");
    let mut most = Map::new();
    for (settings, member) in [
        (reads, "MaxReadRequestUnits"),
        (writes, "MaxWriteRequestUnits"),
    ] {
        if let Some(limit) = settings.and_then(|settings| settings.get(member)) {
            most.insert(member.to_owned(), limit.clone());
        }
    }
    (!most.is_empty()).then_some(Json::Object(most))
}

fn copy(from: &Json, key: &str, to: &mut Map<String, Json>) {
    if let Some(value) = from.get(key) {
        to.insert(key.to_owned(), value.clone());
    }
}

/// The one replica: there is no other region to have one.
fn the_replica(properties: &Json) -> Result<&Json, ProvisionError> {
    let replicas = properties.get("Replicas").and_then(Json::as_array);
    match replicas.map_or(&[][..], Vec::as_slice) {
        [replica] => Ok(replica),
        [] => Err(ProvisionError::new(
            "Properties validation failed: #/Replicas: expected minimum item count: 1, found: 0",
        )),
        [_, other, ..] => {
            let region = other.get("Region").and_then(Json::as_str);
            Err(elsewhere(region.unwrap_or_default()))
        }
    }
}

fn elsewhere(region: &str) -> ProvisionError {
    ProvisionError::new(format!(
        "Landline is one region, so a global table has its one replica there and none in {region}: take that out of Replicas, with a condition for example."
    ))
}
