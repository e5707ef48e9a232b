//! `AWS::DynamoDB::Table`.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html>

use std::time::Duration;

use landline_api::dynamodb::{
    CreateTable, DeleteTable, DescribeTable, TableDescription, TagResource, UpdateTimeToLive,
};
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::input::{call, check, delete, name, text};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
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
    attributes: &["Arn", "StreamArn"],
};

/// Properties that decide what a table answers; a change of one of them is refused rather than forgotten.
const SHAPE: [&str; 3] = [
    "AttributeDefinitions",
    "GlobalSecondaryIndexes",
    "StreamSpecification",
];

/// A table is there at once on most days; this is for the others.
const ACTIVE_WITHIN: Duration = Duration::from_secs(30);
const ASK_EVERY: Duration = Duration::from_millis(20);

impl Table {
    async fn wait_until_active(
        &self,
        table: &str,
        caller: &Caller,
    ) -> Result<TableDescription, ProvisionError> {
        let ask = async {
            loop {
                let output =
                    call::<DescribeTable>(&self.0, &json!({"TableName": table}), &[], caller)
                        .await?;
                let description = output.table.unwrap_or_default();
                if description
                    .table_status
                    .as_ref()
                    .is_none_or(|status| status.as_str() != "CREATING")
                {
                    return Ok(description);
                }
                tokio::time::sleep(ASK_EVERY).await;
            }
        };
        let late = |_| {
            ProvisionError::new(format!(
                "Table {table} did not become active in {} seconds",
                ACTIVE_WITHIN.as_secs()
            ))
        };
        tokio::time::timeout(ACTIVE_WITHIN, ask)
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
        let description = self.wait_until_active(table, caller).await?;
        if let Some(specification) = properties.get("TimeToLiveSpecification") {
            self.set_time_to_live(table, specification, caller).await?;
        }
        Ok(description)
    }

    async fn set_time_to_live(
        &self,
        table: &str,
        specification: &Json,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let members = json!({"TableName": table, "TimeToLiveSpecification": specification});
        call::<UpdateTimeToLive>(&self.0, &members, &[], caller)
            .await
            .map(|_| ())
    }
}

/// The members of `CreateTable`: some have other names or forms in a template.
fn members(properties: &Json, table: String) -> Json {
    let mut members = properties.clone();
    members["TableName"] = Json::String(table);
    if let Some(encryption) = members.get("SSESpecification").cloned() {
        let mut written = encryption;
        if let Json::Object(fields) = &mut written
            && let Some(enabled) = fields.remove("SSEEnabled")
        {
            fields.insert("Enabled".to_owned(), enabled);
        }
        members["SSESpecification"] = written;
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

fn made(description: TableDescription) -> Provisioned {
    Provisioned::new(description.table_name.unwrap_or_default())
        .with("Arn", description.table_arn)
        .with("StreamArn", description.latest_stream_arn)
}

impl ResourceProvider for Table {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn check_update(&self, before: &Json, after: &Json) -> Result<(), ProvisionError> {
        match SHAPE.iter().find(|key| before.get(key) != after.get(key)) {
            None => Ok(()),
            Some(key) => Err(ProvisionError::new(format!(
                "Landline cannot change {key} of a table yet: give the resource another logical id (and the table another name)."
            ))),
        }
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(name(request, "TableName"))
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
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
            let table = &existing.physical_id;
            match (
                before.get("TimeToLiveSpecification"),
                after.get("TimeToLiveSpecification"),
            ) {
                (old, Some(new)) if old != Some(new) => {
                    self.set_time_to_live(table, new, &request.caller).await?;
                }
                (Some(old), None) => {
                    let off = json!({"AttributeName": old.get("AttributeName"), "Enabled": false});
                    self.set_time_to_live(table, &off, &request.caller).await?;
                }
                _ => {}
            }
            let description = self.wait_until_active(table, &request.caller).await?;
            if before.get("Tags") != after.get("Tags")
                && let (Some(tags), Some(arn)) = (after.get("Tags"), &description.table_arn)
            {
                call::<TagResource>(
                    &self.0,
                    &json!({"ResourceArn": arn, "Tags": tags}),
                    &[],
                    &request.caller,
                )
                .await?;
            }
            Ok(made(description))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            delete::<DeleteTable>(
                &self.0,
                &json!({"TableName": existing.physical_id}),
                &[],
                caller,
            )
            .await
        })
    }
}
