//! `AWS::S3::Bucket` and `AWS::S3::BucketPolicy`.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html>

mod policy;
mod settings;

use landline_api::s3 as api;
use landline_wire::{Caller, Dispatcher};
use serde_json::json;

use super::input::{call, text};
use crate::provider::{
    Existing, Import, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest,
    Schema,
};
pub(super) use policy::BucketPolicy;

#[derive(Debug)]
pub(super) struct Bucket(pub(super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::S3::Bucket",
    required: &[],
    properties: &[
        "AbacStatus",
        "AccelerateConfiguration",
        "AccessControl",
        "AnalyticsConfigurations",
        "BucketEncryption",
        "BucketName",
        "CorsConfiguration",
        "IntelligentTieringConfigurations",
        "InventoryConfigurations",
        "LifecycleConfiguration",
        "LoggingConfiguration",
        "MetadataConfiguration",
        "MetadataTableConfiguration",
        "MetricsConfigurations",
        "NotificationConfiguration",
        "ObjectLockConfiguration",
        "ObjectLockEnabled",
        "OwnershipControls",
        "PublicAccessBlockConfiguration",
        "ReplicationConfiguration",
        "Tags",
        "VersioningConfiguration",
        "WebsiteConfiguration",
    ],
    replace_on: &["BucketName"],
    attributes: &[
        "Arn",
        "DomainName",
        "DualStackDomainName",
        "RegionalDomainName",
        "WebsiteURL",
    ],
};

/// A bucket's name: the template's, or one of ours in the letters that buckets may have.
fn bucket_name(request: &ResourceRequest) -> String {
    let given = text(&request.properties, "BucketName");
    given.unwrap_or_else(|| {
        let name = request.physical_name.to_lowercase();
        let is_long = name.len() > NAME_LENGTH_MAX;
        if is_long {
            // The end is what makes it unique.
            let tail = name.len() - TAIL_LENGTH;
            format!(
                "{}{}",
                &name[..NAME_LENGTH_MAX - TAIL_LENGTH],
                &name[tail..]
            )
        } else {
            name
        }
    })
}

const NAME_LENGTH_MAX: usize = 63;
const TAIL_LENGTH: usize = 13;

fn made(bucket: &str, caller: &Caller) -> Provisioned {
    let region = &caller.region;
    // The older regions have a hyphen before their name.
    let website = match &**region {
        "us-east-1" | "us-west-1" | "us-west-2" | "ap-southeast-1" | "ap-southeast-2"
        | "ap-northeast-1" | "eu-west-1" | "sa-east-1" => format!("s3-website-{region}"),
        _ => format!("s3-website.{region}"),
    };
    Provisioned::new(bucket)
        .with("Arn", Some(format!("arn:aws:s3:::{bucket}")))
        .with("DomainName", Some(format!("{bucket}.s3.amazonaws.com")))
        .with(
            "DualStackDomainName",
            Some(format!("{bucket}.s3.dualstack.{region}.amazonaws.com")),
        )
        .with(
            "RegionalDomainName",
            Some(format!("{bucket}.s3.{region}.amazonaws.com")),
        )
        .with(
            "WebsiteURL",
            Some(format!("http://{bucket}.{website}.amazonaws.com")),
        )
}

impl Bucket {
    async fn remove(&self, bucket: &str, caller: &Caller) -> Result<(), ProvisionError> {
        let input = api::DeleteBucketInput {
            bucket: bucket.to_owned(),
            ..api::DeleteBucketInput::default()
        };
        match self.0.call::<api::DeleteBucket>(input, caller).await {
            Err(error) if error.code != "NoSuchBucket" => Err(error.into()),
            _ => Ok(()),
        }
    }
}

impl ResourceProvider for Bucket {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn import(&self) -> Option<&'static Import> {
        Some(&Import {
            identifier: "BucketName",
            name: Some("BucketName"),
        })
    }

    fn find<'a>(
        &'a self,
        identifier: &'a str,
        caller: &'a Caller,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let head = api::HeadBucketInput {
                bucket: identifier.to_owned(),
                ..api::HeadBucketInput::default()
            };
            match self.0.call::<api::HeadBucket>(head, caller).await {
                Ok(_) => Ok(made(identifier, caller)),
                Err(error) if error.status == 404 => Err(ProvisionError::new("Bucket not found")),
                Err(error) => Err(error.into()),
            }
        })
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(bucket_name(request))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let bucket = bucket_name(request);
            let caller = &request.caller;
            let head = api::HeadBucketInput {
                bucket: bucket.clone(),
                ..api::HeadBucketInput::default()
            };
            if self.0.call::<api::HeadBucket>(head, caller).await.is_ok() {
                return Err(ProvisionError::new(format!("{bucket} already exists")));
            }
            // A bucket that is made with locks has them from its first object on.
            let locks = settings::wants_locks(&request.properties);
            let members = json!({
                "Bucket": bucket,
                "ACL": settings::acl(&request.properties),
                "ObjectLockEnabledForBucket": locks.then_some(true),
            });
            call::<api::CreateBucket>(&self.0, &members, &[], caller).await?;
            let made_as = json!({ "ObjectLockEnabled": locks.then_some(true) });
            let set = settings::change(&self.0, &bucket, &made_as, &request.properties, caller);
            if let Err(error) = set.await {
                // The engine never hears of a bucket that was half made.
                if let Err(left) = self.remove(&bucket, caller).await {
                    tracing::warn!(
                        bucket,
                        reason = left.reason,
                        "a bucket that could not be completed could not be deleted"
                    );
                }
                return Err(error);
            }
            Ok(made(&bucket, caller))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let bucket = &existing.physical_id;
            let (before, after) = (&existing.properties, &request.properties);
            settings::change(&self.0, bucket, before, after, &request.caller).await?;
            Ok(made(bucket, &request.caller))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(self.remove(&existing.physical_id, caller))
    }
}
