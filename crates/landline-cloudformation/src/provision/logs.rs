//! `AWS::Logs::LogGroup`.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html>

use landline_api::logs::{
    CreateLogGroup, CreateLogGroupInput, DeleteLogGroup, DeleteLogGroupInput,
    DeleteRetentionPolicy, DescribeLogGroups, DescribeLogGroupsInput, PutRetentionPolicy,
    TagResource, UntagResource, errors,
};
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::input::{call, changed_tags, name, tag_map, text};
use crate::provider::{
    Existing, Import, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest,
    Schema,
};

#[derive(Debug)]
pub(super) struct LogGroup(pub(super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::Logs::LogGroup",
    required: &[],
    properties: &[
        "BearerTokenAuthenticationEnabled",
        "DataProtectionPolicy",
        "DeletionProtectionEnabled",
        "FieldIndexPolicies",
        "KmsKeyId",
        "LogGroupClass",
        "LogGroupName",
        "ResourcePolicyDocument",
        "RetentionInDays",
        "Tags",
    ],
    replace_on: &["LogGroupName"],
    attributes: &["Arn"],
};

impl LogGroup {
    async fn set_retention(
        &self,
        group: &str,
        properties: &Json,
        had_retention: bool,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let mut members = json!({"logGroupName": group});
        match properties.get("RetentionInDays") {
            Some(days) => {
                members["retentionInDays"] = days.clone();
                call::<PutRetentionPolicy>(&self.0, &members, &[], caller).await?;
            }
            None if had_retention => {
                call::<DeleteRetentionPolicy>(&self.0, &members, &[], caller).await?;
            }
            None => {}
        }
        Ok(())
    }

    async fn change_tags(
        &self,
        existing: &Existing,
        request: &ResourceRequest,
    ) -> Result<(), ProvisionError> {
        let (before, after) = (tag_map(&existing.properties), tag_map(&request.properties));
        let (removed, given) = changed_tags(&before, &after);
        let (group, caller) = (&existing.physical_id, &request.caller);
        let (region, account) = (&caller.region, &caller.account_id);
        let arn = format!("arn:aws:logs:{region}:{account}:log-group:{group}");
        if !removed.is_empty() {
            let members = json!({"resourceArn": arn, "tagKeys": removed});
            call::<UntagResource>(&self.0, &members, &[], caller).await?;
        }
        if !given.is_empty() {
            let members = json!({"resourceArn": arn, "tags": given});
            call::<TagResource>(&self.0, &members, &[], caller).await?;
        }
        Ok(())
    }

    async fn remove(&self, group: &str, caller: &Caller) -> Result<(), ProvisionError> {
        let input = DeleteLogGroupInput {
            log_group_name: group.to_owned(),
        };
        match self.0.call::<DeleteLogGroup>(input, caller).await {
            Err(error) if !errors::ResourceNotFoundException.matches(&error) => Err(error.into()),
            _ => Ok(()),
        }
    }
}

fn made(group: String, caller: &Caller) -> Provisioned {
    let arn = format!(
        "arn:aws:logs:{}:{}:log-group:{group}:*",
        caller.region, caller.account_id
    );
    Provisioned::new(group).with("Arn", Some(arn))
}

impl ResourceProvider for LogGroup {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn import(&self) -> Option<&'static Import> {
        Some(&Import {
            identifier: "LogGroupName",
            name: Some("LogGroupName"),
        })
    }

    fn find<'a>(
        &'a self,
        identifier: &'a str,
        caller: &'a Caller,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let input = DescribeLogGroupsInput {
                log_group_name_prefix: Some(identifier.to_owned()),
                ..Default::default()
            };
            let listed = self.0.call::<DescribeLogGroups>(input, caller).await?;
            let mut groups = listed.log_groups.into_iter().flatten();
            // The shortest of the names that begin so comes first.
            let found = groups.any(|group| group.log_group_name.as_deref() == Some(identifier));
            if found {
                return Ok(made(identifier.to_owned(), caller));
            }
            Err(ProvisionError::not_found(SCHEMA.resource_type, identifier))
        })
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(name(request, "LogGroupName"))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let group = name(request, "LogGroupName");
            let tags = tag_map(&request.properties)
                .into_iter()
                .filter_map(|(key, value)| Some((key, value.as_str()?.to_owned())));
            let tags = Some(tags.collect::<std::collections::BTreeMap<_, _>>())
                .filter(|tags| !tags.is_empty());
            let input = CreateLogGroupInput {
                log_group_name: group.clone(),
                tags,
                kms_key_id: text(&request.properties, "KmsKeyId"),
                log_group_class: text(&request.properties, "LogGroupClass")
                    .map(|class| class.as_str().into()),
                ..Default::default()
            };
            self.0
                .call::<CreateLogGroup>(input, &request.caller)
                .await?;
            let completed = self.set_retention(&group, &request.properties, false, &request.caller);
            if let Err(error) = completed.await {
                // The engine never hears of a group that was half made.
                if let Err(left) = self.remove(&group, &request.caller).await {
                    tracing::warn!(
                        group,
                        reason = left.reason,
                        "a log group that could not be completed could not be deleted"
                    );
                }
                return Err(error);
            }
            Ok(made(group, &request.caller))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let had_retention = existing.properties.get("RetentionInDays").is_some();
            self.set_retention(
                &existing.physical_id,
                &request.properties,
                had_retention,
                &request.caller,
            )
            .await?;
            self.change_tags(existing, request).await?;
            Ok(made(existing.physical_id.clone(), &request.caller))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(self.remove(&existing.physical_id, caller))
    }
}
