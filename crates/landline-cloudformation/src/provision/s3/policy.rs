//! `AWS::S3::BucketPolicy`.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucketpolicy.html>

use landline_api::s3 as api;
use landline_wire::{Caller, Dispatcher};
use serde_json::Value as Json;

use super::super::input::{document, text};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(in super::super) struct BucketPolicy(pub(in super::super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::S3::BucketPolicy",
    required: &["Bucket", "PolicyDocument"],
    properties: &["Bucket", "PolicyDocument"],
    replace_on: &["Bucket"],
    attributes: &[],
};

impl BucketPolicy {
    async fn put(&self, properties: &Json, caller: &Caller) -> Result<String, ProvisionError> {
        let bucket = text(properties, "Bucket").unwrap_or_default();
        let input = api::PutBucketPolicyInput {
            bucket: bucket.clone(),
            policy: document(&properties["PolicyDocument"]),
            ..api::PutBucketPolicyInput::default()
        };
        self.0.call::<api::PutBucketPolicy>(input, caller).await?;
        Ok(bucket)
    }
}

impl ResourceProvider for BucketPolicy {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        text(&request.properties, "Bucket")
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let bucket = self.put(&request.properties, &request.caller).await?;
            Ok(Provisioned::new(bucket))
        })
    }

    fn update<'a>(
        &'a self,
        _existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        self.create(request)
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let input = api::DeleteBucketPolicyInput {
                bucket: existing.physical_id.clone(),
                ..api::DeleteBucketPolicyInput::default()
            };
            match self.0.call::<api::DeleteBucketPolicy>(input, caller).await {
                Err(error) if error.code != "NoSuchBucket" => Err(error.into()),
                _ => Ok(()),
            }
        })
    }
}
