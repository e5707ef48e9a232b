//! `AWS::DynamoDB::Table`, and `GlobalTable` of one region.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html>

mod change;
mod global_table;

use std::time::Duration;

use landline_api::dynamodb::{
    CreateTable, DeleteTable, DescribeTable, DescribeTableInput, TableDescription, TagResource,
    UntagResource, UpdateTimeToLive,
};
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

pub(super) use self::global_table::GlobalTable;
use super::input::{call, check, delete, is_true, name, tag_map, text};
use crate::provider::{
    Existing, Import, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest,
    Schema,
};

#[derive(Debug)]
pub(super) struct Table(pub(super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::DynamoDB::Table",
    required: &["KeySchema"],
    properties: &[
        "AttributeDefinitions",
        "BillingMode",
        "ContributorInsightsSpecification",
        "DeletionProtectionEnabled",
        "GlobalSecondaryIndexes",
        "ImportSourceSpecification",
        "KeySchema",
        "KinesisStreamSpecification",
        "LocalSecondaryIndexes",
        "OnDemandThroughput",
        "PointInTimeRecoverySpecification",
        "ProvisionedThroughput",
        "ResourcePolicy",
        "SSESpecification",
        "StreamSpecification",
        "TableClass",
        "TableName",
        "Tags",
        "TimeToLiveSpecification",
        "WarmThroughput",
    ],
    replace_on: &[
        "ImportSourceSpecification",
        "KeySchema",
        "LocalSecondaryIndexes",
        "TableName",
    ],
    attributes: &["Arn", "StreamArn", "TableId"],
};

/// A table is there at once on most days; this is for the others, and for a large one that gets an index.
const AT_REST_WITHIN: Duration = Duration::from_mins(30);
const ASK_AFTER: Duration = Duration::from_millis(20);
const ASK_EVERY: Duration = Duration::from_secs(1);

impl Table {
    /// The table once nothing of it is on its way any more, its indexes included.
    async fn wait_until_at_rest(
        &self,
        table: &str,
        caller: &Caller,
    ) -> Result<TableDescription, ProvisionError> {
        let ask = async {
            let mut pause = ASK_AFTER;
            loop {
                let members = json!({"TableName": table});
                let output = call::<DescribeTable>(&self.0, &members, &[], caller).await?;
                let description = output.table.unwrap_or_default();
                if is_at_rest(&description) {
                    return Ok(description);
                }
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(ASK_EVERY);
            }
        };
        let late = |_| {
            ProvisionError::new(format!(
                "Table {table} did not become active in {} minutes",
                AT_REST_WITHIN.as_secs() / 60
            ))
        };
        tokio::time::timeout(AT_REST_WITHIN, ask)
            .await
            .map_err(late)?
    }

    /// What a table has that its creation does not give.
    async fn complete(
        &self,
        table: &str,
        properties: &Json,
        caller: &Caller,
    ) -> Result<TableDescription, ProvisionError> {
        let description = self.wait_until_at_rest(table, caller).await?;
        self.change_time_to_live(table, &Json::Null, properties, caller)
            .await?;
        if let Some(specification) = properties.get("PointInTimeRecoverySpecification") {
            self.set_recovery(table, specification, caller).await?;
        }
        Ok(description)
    }

    async fn change_tags(
        &self,
        arn: &str,
        before: &Json,
        after: &Json,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let (old, new) = (tag_map(before), tag_map(after));
        let gone: Vec<_> = old.keys().filter(|key| !new.contains_key(*key)).collect();
        if !gone.is_empty() {
            let members = json!({"ResourceArn": arn, "TagKeys": gone});
            call::<UntagResource>(&self.0, &members, &[], caller).await?;
        }
        let changed = new
            .iter()
            .filter(|(key, value)| old.get(*key) != Some(*value));
        let changed: Vec<Json> = changed
            .map(|(key, value)| json!({"Key": key, "Value": value}))
            .collect();
        if !changed.is_empty() {
            let members = json!({"ResourceArn": arn, "Tags": changed});
            call::<TagResource>(&self.0, &members, &[], caller).await?;
        }
        Ok(())
    }

    /// DynamoDB refuses to turn off what is off, so a specification that says so is none.
    async fn change_time_to_live(
        &self,
        table: &str,
        before: &Json,
        after: &Json,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let specification = match (expiry(before), expiry(after)) {
            (had, wants) if had == wants => return Ok(()),
            (_, Some(attribute)) => json!({"AttributeName": attribute, "Enabled": true}),
            (attribute, None) => json!({"AttributeName": attribute, "Enabled": false}),
        };
        let members = json!({"TableName": table, "TimeToLiveSpecification": specification});
        call::<UpdateTimeToLive>(&self.0, &members, &[], caller)
            .await
            .map(|_| ())
    }
}

/// The attribute that tells when items expire, where they shall.
fn expiry(properties: &Json) -> Option<String> {
    let specification = properties.get("TimeToLiveSpecification")?;
    if !is_true(specification, "Enabled") {
        return None;
    }
    text(specification, "AttributeName")
}

/// The members of `CreateTable`: some have other names or forms in a template.
fn members(properties: &Json, table: String) -> Json {
    let mut members = properties.clone();
    members["TableName"] = Json::String(table);
    if let Some(specification) = members.get("SSESpecification") {
        members["SSESpecification"] = encryption(specification);
    }
    if let Some(stream) = members
        .get_mut("StreamSpecification")
        .and_then(Json::as_object_mut)
    {
        stream.insert("StreamEnabled".to_owned(), Json::Bool(true));
        stream.remove("ResourcePolicy");
    }
    if let Some(policy) = members
        .get("ResourcePolicy")
        .and_then(|policy| policy.get("PolicyDocument"))
        .cloned()
    {
        members["ResourcePolicy"] = Json::String(super::input::document(&policy));
    }
    members
}

/// The member has another name in a template.
fn encryption(specification: &Json) -> Json {
    let mut written = specification.clone();
    if let Json::Object(fields) = &mut written
        && let Some(enabled) = fields.remove("SSEEnabled")
    {
        fields.insert("Enabled".to_owned(), enabled);
    }
    written
}

fn is_at_rest(description: &TableDescription) -> bool {
    let table = description.table_status.as_ref();
    let indexes = description.global_secondary_indexes.iter().flatten();
    let mut indexes = indexes.filter_map(|index| index.index_status.as_ref());
    table.is_none_or(|status| status.as_str() == "ACTIVE")
        && indexes.all(|status| status.as_str() == "ACTIVE")
}

fn made(description: TableDescription) -> Provisioned {
    // A table goes on telling of the stream that it had.
    let stream = description
        .stream_specification
        .and(description.latest_stream_arn);
    Provisioned::new(description.table_name.unwrap_or_default())
        .with("Arn", description.table_arn)
        .with("StreamArn", stream)
        .with("TableId", description.table_id)
}

impl ResourceProvider for Table {
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
        Box::pin(async move {
            let input = DescribeTableInput {
                table_name: identifier.to_owned(),
            };
            match self.0.call::<DescribeTable>(input, caller).await {
                Ok(output) => Ok(made(output.table.unwrap_or_default())),
                Err(error) if error.code == "ResourceNotFoundException" => Err(
                    ProvisionError::new(format!("Table: {identifier} does not exist.")),
                ),
                Err(error) => Err(error.into()),
            }
        })
    }

    fn check_update(&self, before: &Json, after: &Json) -> Result<(), ProvisionError> {
        change::check(before, after)
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(name(request, "TableName"))
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        if properties.get("ImportSourceSpecification").is_some() {
            return Err(ProvisionError::new(
                "Landline does not import tables from S3: leave ImportSourceSpecification out, and write the items once there is a table.",
            ));
        }
        let table = text(properties, "TableName").unwrap_or_else(|| "name".to_owned());
        check::<CreateTable>(&members(properties, table), &[])
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (table, caller) = (name(request, "TableName"), &request.caller);
            let members = members(&request.properties, table.clone());
            call::<CreateTable>(&self.0, &members, &[], caller).await?;
            let completed = self.complete(&table, &request.properties, caller).await;
            if completed.is_err() {
                // The engine never hears of a table that was half made.
                let owner = json!({"TableName": table});
                if let Err(left) = delete::<DeleteTable>(&self.0, &owner, &[], caller).await {
                    tracing::warn!(
                        table,
                        reason = left.reason,
                        "a table that could not be completed could not be deleted"
                    );
                }
            }
            completed.map(made)
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (before, after) = (&existing.properties, &request.properties);
            let (table, caller) = (&existing.physical_id, &request.caller);
            self.change(table, before, after, caller).await?;
            self.change_time_to_live(table, before, after, caller)
                .await?;
            let description = self.wait_until_at_rest(table, caller).await?;
            if let Some(arn) = &description.table_arn {
                self.change_tags(arn, before, after, caller).await?;
            }
            Ok(made(description))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let table = &existing.physical_id;
            // A table that is still changing cannot be deleted; one that is gone need not be waited for.
            let _ = self.wait_until_at_rest(table, caller).await;
            let members = json!({"TableName": table});
            delete::<DeleteTable>(&self.0, &members, &[], caller).await
        })
    }
}
