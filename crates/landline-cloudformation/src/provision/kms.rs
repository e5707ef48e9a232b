//! `AWS::KMS::Key` and `AWS::KMS::Alias`.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html>

use landline_api::kms as api;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::input::{call, document, tag_map, text};
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
        match text_of_flag(properties, "EnableKeyRotation").as_deref() {
            Some("true") => {
                let days = properties.get("RotationPeriodInDays");
                let members = json!({ "KeyId": key_id, "RotationPeriodInDays": days });
                call::<api::EnableKeyRotation>(&self.0, &members, &[], caller).await?;
            }
            _ => {
                call::<api::DisableKeyRotation>(&self.0, &key, &[], caller).await?;
            }
        }
        if text_of_flag(properties, "Enabled").as_deref() == Some("false") {
            call::<api::DisableKey>(&self.0, &key, &[], caller).await?;
        } else {
            call::<api::EnableKey>(&self.0, &key, &[], caller).await?;
        }
        Ok(())
    }
}

/// A flag may be written as text.
fn text_of_flag(properties: &Json, name: &str) -> Option<String> {
    match properties.get(name)? {
        Json::Bool(flag) => Some(flag.to_string()),
        Json::String(text) => Some(text.to_lowercase()),
        _ => None,
    }
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
            if let Some(policy) = properties.get("KeyPolicy") {
                let members = json!({ "KeyId": key_id, "Policy": document(policy) });
                call::<api::PutKeyPolicy>(&self.0, &members, &[], caller).await?;
            }
            let description = text(properties, "Description").unwrap_or_default();
            let members = json!({ "KeyId": key_id, "Description": description });
            call::<api::UpdateKeyDescription>(&self.0, &members, &[], caller).await?;
            self.set(key_id, properties, caller).await?;
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
