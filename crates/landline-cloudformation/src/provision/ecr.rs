//! `AWS::ECR::Repository`.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecr-repository.html>

use landline_api::ecr as api;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::input::{call, changed_tags, document, is_true, tag_map, text};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(super) struct Repository(pub(super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::ECR::Repository",
    required: &[],
    properties: &[
        "EmptyOnDelete",
        "EncryptionConfiguration",
        "ImageScanningConfiguration",
        "ImageTagMutability",
        "ImageTagMutabilityExclusionFilters",
        "LifecyclePolicy",
        "RepositoryName",
        "RepositoryPolicyText",
        "Tags",
    ],
    replace_on: &["EncryptionConfiguration", "RepositoryName"],
    attributes: &["Arn", "RepositoryUri"],
};

/// A repository's name is written small.
fn repository_name(request: &ResourceRequest) -> String {
    let given = text(&request.properties, "RepositoryName");
    given.unwrap_or_else(|| request.physical_name.to_lowercase())
}

impl Repository {
    /// What is set once there is a repository.
    async fn set(
        &self,
        name: &str,
        properties: &Json,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let more = [("repositoryName", name)];
        let lifecycle = properties.get("LifecyclePolicy");
        if let Some(policy) = lifecycle.and_then(|it| text(it, "LifecyclePolicyText")) {
            let members = json!({ "lifecyclePolicyText": policy });
            call::<api::PutLifecyclePolicy>(&self.0, &members, &more, caller).await?;
        }
        if let Some(policy) = properties.get("RepositoryPolicyText") {
            let members = json!({ "policyText": document(policy) });
            call::<api::SetRepositoryPolicy>(&self.0, &members, &more, caller).await?;
        }
        let mutability = text(properties, "ImageTagMutability");
        let mutability = mutability.unwrap_or_else(|| "MUTABLE".to_owned());
        let members = json!({ "imageTagMutability": mutability });
        call::<api::PutImageTagMutability>(&self.0, &members, &more, caller).await?;
        let scanning = properties.get("ImageScanningConfiguration");
        let scans = scanning.is_some_and(|it| is_true(it, "ScanOnPush"));
        let members = json!({ "imageScanningConfiguration": { "scanOnPush": scans } });
        call::<api::PutImageScanningConfiguration>(&self.0, &members, &more, caller).await?;
        Ok(())
    }

    async fn change_tags(
        &self,
        name: &str,
        before: &Json,
        after: &Json,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let (removed, given) = changed_tags(&tag_map(before), &tag_map(after));
        let arn = arn(name, caller);
        let more = [("resourceArn", arn.as_str())];
        if !removed.is_empty() {
            let members = json!({ "tagKeys": removed });
            call::<api::UntagResource>(&self.0, &members, &more, caller).await?;
        }
        if !given.is_empty() {
            let tags = given.into_iter();
            let tags = tags.map(|(key, value)| json!({ "Key": key, "Value": value }));
            let members = json!({ "tags": tags.collect::<Vec<_>>() });
            call::<api::TagResource>(&self.0, &members, &more, caller).await?;
        }
        Ok(())
    }
}

fn arn(name: &str, caller: &Caller) -> String {
    let (region, account) = (&caller.region, &caller.account_id);
    format!("arn:aws:ecr:{region}:{account}:repository/{name}")
}

fn made(name: &str, caller: &Caller) -> Provisioned {
    let (region, account) = (&caller.region, &caller.account_id);
    let uri = format!("{account}.dkr.ecr.{region}.amazonaws.com/{name}");
    Provisioned::new(name)
        .with("Arn", Some(arn(name, caller)))
        .with("RepositoryUri", Some(uri))
}

impl ResourceProvider for Repository {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(repository_name(request))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (name, caller) = (repository_name(request), &request.caller);
            let input = api::CreateRepositoryInput {
                repository_name: name.clone(),
                ..api::CreateRepositoryInput::default()
            };
            self.0.call::<api::CreateRepository>(input, caller).await?;
            let properties = &request.properties;
            self.set(&name, properties, caller).await?;
            self.change_tags(&name, &Json::Null, properties, caller)
                .await?;
            Ok(made(&name, caller))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let name = &existing.physical_id;
            let (before, after) = (&existing.properties, &request.properties);
            self.set(name, after, &request.caller).await?;
            self.change_tags(name, before, after, &request.caller)
                .await?;
            Ok(made(name, &request.caller))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let input = api::DeleteRepositoryInput {
                repository_name: existing.physical_id.clone(),
                ..api::DeleteRepositoryInput::default()
            };
            let gone = api::errors::RepositoryNotFoundException;
            match self.0.call::<api::DeleteRepository>(input, caller).await {
                Err(error) if !gone.matches(&error) => Err(error.into()),
                _ => Ok(()),
            }
        })
    }
}
