//! What is kept of a key beside its name: policy, rotation, state, tags.

use std::sync::Arc;

use landline_api::kms as api;
use landline_wire::shape::Unit;
use landline_wire::{Caller, DispatcherBuilder, Handler, ServiceError};

use super::{KeyRecord, Kms};

impl Kms {
    pub(super) fn register_settings(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        builder
            .register::<api::EnableKey, _>(self.clone())
            .register::<api::DisableKey, _>(self.clone())
            .register::<api::EnableKeyRotation, _>(self.clone())
            .register::<api::DisableKeyRotation, _>(self.clone())
            .register::<api::GetKeyRotationStatus, _>(self.clone())
            .register::<api::GetKeyPolicy, _>(self.clone())
            .register::<api::PutKeyPolicy, _>(self.clone())
            .register::<api::UpdateKeyDescription, _>(self.clone())
            .register::<api::ListResourceTags, _>(self.clone())
            .register::<api::TagResource, _>(self.clone())
            .register::<api::UntagResource, _>(self.clone());
    }

    async fn set(
        &self,
        key: &str,
        change: impl FnOnce(&mut KeyRecord) + Send + 'static,
    ) -> Result<Unit, ServiceError> {
        self.change(key, change).await?;
        Ok(Unit {})
    }
}

impl Handler<api::EnableKey> for Kms {
    async fn handle(
        &self,
        input: api::EnableKeyInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.set(&input.key_id, |key| key.is_enabled = true).await
    }
}

impl Handler<api::DisableKey> for Kms {
    async fn handle(
        &self,
        input: api::DisableKeyInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.set(&input.key_id, |key| key.is_enabled = false).await
    }
}

impl Handler<api::EnableKeyRotation> for Kms {
    async fn handle(
        &self,
        input: api::EnableKeyRotationInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let days = input.rotation_period_in_days.unwrap_or(365);
        let change = move |key: &mut KeyRecord| key.rotation_days = Some(days);
        self.set(&input.key_id, change).await
    }
}

impl Handler<api::DisableKeyRotation> for Kms {
    async fn handle(
        &self,
        input: api::DisableKeyRotationInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.set(&input.key_id, |key| key.rotation_days = None)
            .await
    }
}

impl Handler<api::GetKeyRotationStatus> for Kms {
    async fn handle(
        &self,
        input: api::GetKeyRotationStatusInput,
        _caller: &Caller,
    ) -> Result<api::GetKeyRotationStatusOutput, ServiceError> {
        let (id, record) = self.find(&input.key_id)?;
        Ok(api::GetKeyRotationStatusOutput {
            key_rotation_enabled: Some(record.rotation_days.is_some()),
            key_id: Some(id),
            rotation_period_in_days: record.rotation_days,
            ..api::GetKeyRotationStatusOutput::default()
        })
    }
}

impl Handler<api::GetKeyPolicy> for Kms {
    async fn handle(
        &self,
        input: api::GetKeyPolicyInput,
        caller: &Caller,
    ) -> Result<api::GetKeyPolicyOutput, ServiceError> {
        let (_, record) = self.find(&input.key_id)?;
        let default = || {
            let root = format!("arn:aws:iam::{}:root", caller.account_id);
            let statement = serde_json::json!({
                "Sid": "Enable IAM User Permissions", "Effect": "Allow",
                "Principal": { "AWS": root }, "Action": "kms:*", "Resource": "*",
            });
            let policy = serde_json::json!({
                "Version": "2012-10-17", "Id": "key-default-1", "Statement": [statement],
            });
            policy.to_string()
        };
        Ok(api::GetKeyPolicyOutput {
            policy: Some(record.policy.unwrap_or_else(default)),
            policy_name: Some("default".to_owned()),
        })
    }
}

impl Handler<api::PutKeyPolicy> for Kms {
    async fn handle(
        &self,
        input: api::PutKeyPolicyInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let policy = input.policy;
        let change = move |key: &mut KeyRecord| key.policy = Some(policy);
        self.set(&input.key_id, change).await
    }
}

impl Handler<api::UpdateKeyDescription> for Kms {
    async fn handle(
        &self,
        input: api::UpdateKeyDescriptionInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let description = input.description;
        let change = move |key: &mut KeyRecord| key.description = description;
        self.set(&input.key_id, change).await
    }
}

impl Handler<api::ListResourceTags> for Kms {
    async fn handle(
        &self,
        input: api::ListResourceTagsInput,
        _caller: &Caller,
    ) -> Result<api::ListResourceTagsOutput, ServiceError> {
        let (_, record) = self.find(&input.key_id)?;
        let tags = record.tags.into_iter();
        let tags = tags.map(|(tag_key, tag_value)| api::Tag { tag_key, tag_value });
        Ok(api::ListResourceTagsOutput {
            tags: Some(tags.collect()),
            next_marker: None,
            truncated: Some(false),
        })
    }
}

impl Handler<api::TagResource> for Kms {
    async fn handle(
        &self,
        input: api::TagResourceInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let tags = input.tags;
        let change = move |key: &mut KeyRecord| {
            let tags = tags.into_iter().map(|tag| (tag.tag_key, tag.tag_value));
            key.tags.extend(tags);
        };
        self.set(&input.key_id, change).await
    }
}

impl Handler<api::UntagResource> for Kms {
    async fn handle(
        &self,
        input: api::UntagResourceInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let keys = input.tag_keys;
        let change = move |key: &mut KeyRecord| key.tags.retain(|name, _| !keys.contains(name));
        self.set(&input.key_id, change).await
    }
}
