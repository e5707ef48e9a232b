//! The settings of buckets, for CloudFormation: structures become the documents that a
//! client would have sent.

use std::sync::Arc;

use landline_api::s3 as api;
use landline_wire::protocol::xml;
use landline_wire::shape::{Encode, Unit};
use landline_wire::{Caller, DispatcherBuilder, Handler, ServiceError};

use crate::error::internal;
use crate::http::NAMESPACE;
use crate::lock;
use crate::service::S3;
use crate::setting::Setting;

impl S3 {
    pub(super) fn register_settings(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        builder
            .register::<api::PutBucketPolicy, _>(self.clone())
            .register::<api::PutBucketVersioning, _>(self.clone())
            .register::<api::PutObjectLockConfiguration, _>(self.clone())
            .register::<api::PutBucketLifecycleConfiguration, _>(self.clone())
            .register::<api::PutBucketWebsite, _>(self.clone())
            .register::<api::PutBucketTagging, _>(self.clone())
            .register::<api::PutBucketCors, _>(self.clone())
            .register::<api::PutBucketEncryption, _>(self.clone())
            .register::<api::PutBucketNotificationConfiguration, _>(self.clone())
            .register::<api::PutBucketOwnershipControls, _>(self.clone())
            .register::<api::PutPublicAccessBlock, _>(self.clone())
            .register::<api::DeleteBucketPolicy, _>(self.clone())
            .register::<api::DeleteBucketWebsite, _>(self.clone())
            .register::<api::DeleteBucketTagging, _>(self.clone())
            .register::<api::DeleteBucketCors, _>(self.clone())
            .register::<api::DeleteBucketLifecycle, _>(self.clone())
            .register::<api::DeleteBucketEncryption, _>(self.clone())
            .register::<api::DeletePublicAccessBlock, _>(self.clone())
            .register::<api::DeleteBucketOwnershipControls, _>(self.clone());
    }

    /// Makes a setting from a structure.
    async fn put_setting(
        &self,
        bucket: &str,
        parameter: &str,
        structure: &(dyn Encode + Sync),
    ) -> Result<Unit, ServiceError> {
        let setting = setting(parameter)?;
        let document = xml::document(setting.root, NAMESPACE, structure);
        self.set(bucket, setting, Some(document)).await?;
        Ok(Unit {})
    }

    async fn remove_setting(&self, bucket: &str, parameter: &str) -> Result<Unit, ServiceError> {
        self.set(bucket, setting(parameter)?, None).await?;
        Ok(Unit {})
    }
}

fn setting(parameter: &str) -> Result<&'static Setting, ServiceError> {
    Setting::named(parameter).ok_or_else(|| internal(&format_args!("no setting {parameter}")))
}

impl Handler<api::PutBucketPolicy> for S3 {
    async fn handle(
        &self,
        input: api::PutBucketPolicyInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let setting = setting("policy")?;
        self.set(&input.bucket, setting, Some(input.policy)).await?;
        Ok(Unit {})
    }
}

impl Handler<api::PutBucketVersioning> for S3 {
    async fn handle(
        &self,
        input: api::PutBucketVersioningInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let status = input.versioning_configuration.status;
        let status = status.as_ref().map(api::BucketVersioningStatus::as_str);
        match status {
            Some(status @ ("Enabled" | "Suspended")) => {
                self.set_versioning(&input.bucket, status).await?;
                Ok(Unit {})
            }
            _ => Err(ServiceError::new(
                "IllegalVersioningConfigurationException",
                400,
                "The Versioning element must be specified",
            )),
        }
    }
}

impl Handler<api::PutObjectLockConfiguration> for S3 {
    async fn handle(
        &self,
        input: api::PutObjectLockConfigurationInput,
        _caller: &Caller,
    ) -> Result<api::PutObjectLockConfigurationOutput, ServiceError> {
        let configuration = input.object_lock_configuration.unwrap_or_default();
        self.put_setting(&input.bucket, lock::PARAMETER, &configuration)
            .await?;
        Ok(api::PutObjectLockConfigurationOutput::default())
    }
}

impl Handler<api::PutBucketLifecycleConfiguration> for S3 {
    async fn handle(
        &self,
        input: api::PutBucketLifecycleConfigurationInput,
        _caller: &Caller,
    ) -> Result<api::PutBucketLifecycleConfigurationOutput, ServiceError> {
        let configuration = input.lifecycle_configuration.unwrap_or_default();
        self.put_setting(&input.bucket, "lifecycle", &configuration)
            .await?;
        Ok(api::PutBucketLifecycleConfigurationOutput::default())
    }
}

impl Handler<api::PutBucketWebsite> for S3 {
    async fn handle(
        &self,
        input: api::PutBucketWebsiteInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.put_setting(&input.bucket, "website", &input.website_configuration)
            .await
    }
}

impl Handler<api::PutBucketTagging> for S3 {
    async fn handle(
        &self,
        input: api::PutBucketTaggingInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.put_setting(&input.bucket, "tagging", &input.tagging)
            .await
    }
}

impl Handler<api::PutBucketCors> for S3 {
    async fn handle(
        &self,
        input: api::PutBucketCorsInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.put_setting(&input.bucket, "cors", &input.cors_configuration)
            .await
    }
}

impl Handler<api::PutBucketEncryption> for S3 {
    async fn handle(
        &self,
        input: api::PutBucketEncryptionInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.put_setting(
            &input.bucket,
            "encryption",
            &input.server_side_encryption_configuration,
        )
        .await
    }
}

impl Handler<api::PutBucketNotificationConfiguration> for S3 {
    async fn handle(
        &self,
        input: api::PutBucketNotificationConfigurationInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.put_setting(
            &input.bucket,
            "notification",
            &input.notification_configuration,
        )
        .await
    }
}

impl Handler<api::PutBucketOwnershipControls> for S3 {
    async fn handle(
        &self,
        input: api::PutBucketOwnershipControlsInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.put_setting(
            &input.bucket,
            "ownershipControls",
            &input.ownership_controls,
        )
        .await
    }
}

impl Handler<api::PutPublicAccessBlock> for S3 {
    async fn handle(
        &self,
        input: api::PutPublicAccessBlockInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.put_setting(
            &input.bucket,
            "publicAccessBlock",
            &input.public_access_block_configuration,
        )
        .await
    }
}

impl Handler<api::DeleteBucketPolicy> for S3 {
    async fn handle(
        &self,
        input: api::DeleteBucketPolicyInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.remove_setting(&input.bucket, "policy").await
    }
}

impl Handler<api::DeleteBucketWebsite> for S3 {
    async fn handle(
        &self,
        input: api::DeleteBucketWebsiteInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.remove_setting(&input.bucket, "website").await
    }
}

impl Handler<api::DeleteBucketTagging> for S3 {
    async fn handle(
        &self,
        input: api::DeleteBucketTaggingInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.remove_setting(&input.bucket, "tagging").await
    }
}

impl Handler<api::DeleteBucketCors> for S3 {
    async fn handle(
        &self,
        input: api::DeleteBucketCorsInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.remove_setting(&input.bucket, "cors").await
    }
}

impl Handler<api::DeleteBucketLifecycle> for S3 {
    async fn handle(
        &self,
        input: api::DeleteBucketLifecycleInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.remove_setting(&input.bucket, "lifecycle").await
    }
}

impl Handler<api::DeleteBucketEncryption> for S3 {
    async fn handle(
        &self,
        input: api::DeleteBucketEncryptionInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.remove_setting(&input.bucket, "encryption").await
    }
}

impl Handler<api::DeletePublicAccessBlock> for S3 {
    async fn handle(
        &self,
        input: api::DeletePublicAccessBlockInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.remove_setting(&input.bucket, "publicAccessBlock")
            .await
    }
}

impl Handler<api::DeleteBucketOwnershipControls> for S3 {
    async fn handle(
        &self,
        input: api::DeleteBucketOwnershipControlsInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.remove_setting(&input.bucket, "ownershipControls")
            .await
    }
}
