//! `AWS::KMS::Key` and `AWS::KMS::Alias`.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html>

use landline_api::kms as api;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::input::{call, changed_tags, document, is_true, tag_map, text};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(super) struct Key(pub(super) Dispatcher);

#[derive(Debug)]
pub(super) struct Alias(pub(super) Dispatcher);

static KEY: Schema = Schema {
    resource_type: "AWS::KMS::Key",
    required: &[],
    properties: &[
        "BypassPolicyLockoutSafetyCheck",
        "Description",
        "EnableKeyRotation",
        "Enabled",
        "KeyPolicy",
        "KeySpec",
        "KeyUsage",
        "MultiRegion",
        "Origin",
        "PendingWindowInDays",
        "RotationPeriodInDays",
        "Tags",
    ],
    replace_on: &["KeySpec", "KeyUsage", "MultiRegion", "Origin"],
    attributes: &["Arn", "KeyId"],
};

static ALIAS: Schema = Schema {
    resource_type: "AWS::KMS::Alias",
    required: &["AliasName", "TargetKeyId"],
    properties: &["AliasName", "TargetKeyId"],
    replace_on: &["AliasName"],
    attributes: &[],
};

fn made(key_id: &str, caller: &Caller) -> Provisioned {
    let (region, account) = (&caller.region, &caller.account_id);
    let arn = format!("arn:aws:kms:{region}:{account}:key/{key_id}");
    Provisioned::new(key_id)
        .with("Arn", Some(arn))
        .with("KeyId", Some(key_id))
}

impl Key {
    async fn set(
        &self,
        key_id: &str,
        properties: &Json,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let key = json!({ "KeyId": key_id });
        if is_true(properties, "EnableKeyRotation") {
            let days = properties.get("RotationPeriodInDays");
            let members = json!({ "KeyId": key_id, "RotationPeriodInDays": days });
            call::<api::EnableKeyRotation>(&self.0, &members, &[], caller).await?;
        } else {
            call::<api::DisableKeyRotation>(&self.0, &key, &[], caller).await?;
        }
        if properties.get("Enabled").is_some() && !is_true(properties, "Enabled") {
            call::<api::DisableKey>(&self.0, &key, &[], caller).await?;
        } else {
            call::<api::EnableKey>(&self.0, &key, &[], caller).await?;
        }
        Ok(())
    }

    async fn change_tags(
        &self,
        key_id: &str,
        before: &Json,
        after: &Json,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let (removed, given) = changed_tags(&tag_map(before), &tag_map(after));
        if !removed.is_empty() {
            let members = json!({ "KeyId": key_id, "TagKeys": removed });
            call::<api::UntagResource>(&self.0, &members, &[], caller).await?;
        }
        if !given.is_empty() {
            let tags = given.into_iter();
            let tags = tags.map(|(key, value)| json!({ "TagKey": key, "TagValue": value }));
            let members = json!({ "KeyId": key_id, "Tags": tags.collect::<Vec<_>>() });
            call::<api::TagResource>(&self.0, &members, &[], caller).await?;
        }
        Ok(())
    }
}

/// The policy of a key that its template gives none.
fn default_policy(caller: &Caller) -> String {
    let statement = json!({
        "Sid": "Enable IAM User Permissions", "Effect": "Allow",
        "Principal": { "AWS": format!("arn:aws:iam::{}:root", caller.account_id) },
        "Action": "kms:*", "Resource": "*",
    });
    let policy = json!({
        "Version": "2012-10-17", "Id": "key-default-1", "Statement": [statement],
    });
    policy.to_string()
}

impl ResourceProvider for Key {
    fn schema(&self) -> &'static Schema {
        &KEY
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(request.caller.new_ids().uuid())
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (properties, caller) = (&request.properties, &request.caller);
            let tags = tag_map(properties).into_iter();
            let tags = tags.map(|(key, value)| json!({ "TagKey": key, "TagValue": value }));
            let members = json!({
                "Policy": properties.get("KeyPolicy").map(document),
                "Description": properties.get("Description"),
                "KeySpec": properties.get("KeySpec"),
                "KeyUsage": properties.get("KeyUsage"),
                "Tags": tags.collect::<Vec<_>>(),
            });
            let made_key = call::<api::CreateKey>(&self.0, &members, &[], caller).await?;
            let key_id = made_key.key_metadata.unwrap_or_default().key_id;
            self.set(&key_id, properties, caller).await?;
            Ok(made(&key_id, caller))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (properties, caller) = (&request.properties, &request.caller);
            let key_id = &existing.physical_id;
            let had_policy = existing.properties.get("KeyPolicy").is_some();
            let policy = match properties.get("KeyPolicy") {
                None => had_policy.then(|| default_policy(caller)),
                Some(policy) => Some(document(policy)),
            };
            if let Some(policy) = policy {
                let members = json!({ "KeyId": key_id, "Policy": policy });
                call::<api::PutKeyPolicy>(&self.0, &members, &[], caller).await?;
            }
            let description = text(properties, "Description").unwrap_or_default();
            let members = json!({ "KeyId": key_id, "Description": description });
            call::<api::UpdateKeyDescription>(&self.0, &members, &[], caller).await?;
            self.set(key_id, properties, caller).await?;
            self.change_tags(key_id, &existing.properties, properties, caller)
                .await?;
            Ok(made(key_id, caller))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let days = text(&existing.properties, "PendingWindowInDays");
            let days = days.and_then(|days| days.parse().ok()).unwrap_or(30);
            let input = api::ScheduleKeyDeletionInput {
                key_id: existing.physical_id.clone(),
                pending_window_in_days: Some(days),
            };
            let deleted = self.0.call::<api::ScheduleKeyDeletion>(input, caller).await;
            let is_gone = |code: &str| {
                [
                    api::errors::NotFoundException.code,
                    api::errors::KMSInvalidStateException.code,
                ]
                .contains(&code)
            };
            match deleted {
                Err(error) if !is_gone(&error.code) => Err(error.into()),
                _ => Ok(()),
            }
        })
    }
}

impl ResourceProvider for Alias {
    fn schema(&self) -> &'static Schema {
        &ALIAS
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        text(&request.properties, "AliasName")
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (properties, caller) = (&request.properties, &request.caller);
            call::<api::CreateAlias>(&self.0, properties, &[], caller).await?;
            let name = text(properties, "AliasName").unwrap_or_default();
            Ok(Provisioned::new(name))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (properties, caller) = (&request.properties, &request.caller);
            call::<api::UpdateAlias>(&self.0, properties, &[], caller).await?;
            Ok(Provisioned::new(existing.physical_id.clone()))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let input = api::DeleteAliasInput {
                alias_name: existing.physical_id.clone(),
            };
            match self.0.call::<api::DeleteAlias>(input, caller).await {
                Err(error) if !api::errors::NotFoundException.matches(&error) => Err(error.into()),
                _ => Ok(()),
            }
        })
    }
}
