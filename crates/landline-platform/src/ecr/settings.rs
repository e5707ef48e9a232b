//! What is kept of a repository beside its name: policies, mutability, scanning, tags.

use std::sync::Arc;

use landline_api::ecr as api;
use landline_api::ecr::errors;
use landline_wire::{Caller, DispatcherBuilder, Handler, ServiceError};

use super::{Ecr, RepositoryRecord};

impl Ecr {
    pub(super) fn register_settings(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        builder
            .register::<api::PutLifecyclePolicy, _>(self.clone())
            .register::<api::GetLifecyclePolicy, _>(self.clone())
            .register::<api::SetRepositoryPolicy, _>(self.clone())
            .register::<api::GetRepositoryPolicy, _>(self.clone())
            .register::<api::PutImageTagMutability, _>(self.clone())
            .register::<api::PutImageScanningConfiguration, _>(self.clone())
            .register::<api::ListTagsForResource, _>(self.clone())
            .register::<api::TagResource, _>(self.clone())
            .register::<api::UntagResource, _>(self.clone());
    }
}

fn registry_id(caller: &Caller) -> String {
    caller.account_id.to_string()
}

/// The name at the end of an ARN.
fn name_of(arn: &str) -> &str {
    arn.split_once(":repository/").map_or(arn, |(_, name)| name)
}

impl Handler<api::PutLifecyclePolicy> for Ecr {
    async fn handle(
        &self,
        input: api::PutLifecyclePolicyInput,
        caller: &Caller,
    ) -> Result<api::PutLifecyclePolicyOutput, ServiceError> {
        let text = input.lifecycle_policy_text.clone();
        let change = move |record: &mut RepositoryRecord| record.lifecycle_policy = Some(text);
        self.change(&input.repository_name, change).await?;
        Ok(api::PutLifecyclePolicyOutput {
            registry_id: Some(registry_id(caller)),
            repository_name: Some(input.repository_name),
            lifecycle_policy_text: Some(input.lifecycle_policy_text),
        })
    }
}

impl Handler<api::GetLifecyclePolicy> for Ecr {
    async fn handle(
        &self,
        input: api::GetLifecyclePolicyInput,
        caller: &Caller,
    ) -> Result<api::GetLifecyclePolicyOutput, ServiceError> {
        let record = self.find(&input.repository_name)?;
        let Some(policy) = record.lifecycle_policy else {
            let text = format!(
                "Lifecycle policy does not exist for the repository with name '{}'",
                input.repository_name
            );
            return Err(errors::LifecyclePolicyNotFoundException.with(text));
        };
        Ok(api::GetLifecyclePolicyOutput {
            registry_id: Some(registry_id(caller)),
            repository_name: Some(input.repository_name),
            lifecycle_policy_text: Some(policy),
            last_evaluated_at: None,
        })
    }
}

impl Handler<api::SetRepositoryPolicy> for Ecr {
    async fn handle(
        &self,
        input: api::SetRepositoryPolicyInput,
        caller: &Caller,
    ) -> Result<api::SetRepositoryPolicyOutput, ServiceError> {
        let text = input.policy_text.clone();
        let change = move |record: &mut RepositoryRecord| record.policy = Some(text);
        self.change(&input.repository_name, change).await?;
        Ok(api::SetRepositoryPolicyOutput {
            registry_id: Some(registry_id(caller)),
            repository_name: Some(input.repository_name),
            policy_text: Some(input.policy_text),
        })
    }
}

impl Handler<api::GetRepositoryPolicy> for Ecr {
    async fn handle(
        &self,
        input: api::GetRepositoryPolicyInput,
        caller: &Caller,
    ) -> Result<api::GetRepositoryPolicyOutput, ServiceError> {
        let record = self.find(&input.repository_name)?;
        let Some(policy) = record.policy else {
            let text = format!(
                "Repository policy does not exist for the repository with name '{}'",
                input.repository_name
            );
            return Err(errors::RepositoryPolicyNotFoundException.with(text));
        };
        Ok(api::GetRepositoryPolicyOutput {
            registry_id: Some(registry_id(caller)),
            repository_name: Some(input.repository_name),
            policy_text: Some(policy),
        })
    }
}

impl Handler<api::PutImageTagMutability> for Ecr {
    async fn handle(
        &self,
        input: api::PutImageTagMutabilityInput,
        caller: &Caller,
    ) -> Result<api::PutImageTagMutabilityOutput, ServiceError> {
        let mutability = input.image_tag_mutability.to_string();
        let change = move |record: &mut RepositoryRecord| record.mutability = mutability;
        self.change(&input.repository_name, change).await?;
        Ok(api::PutImageTagMutabilityOutput {
            registry_id: Some(registry_id(caller)),
            repository_name: Some(input.repository_name),
            image_tag_mutability: Some(input.image_tag_mutability),
            ..api::PutImageTagMutabilityOutput::default()
        })
    }
}

impl Handler<api::PutImageScanningConfiguration> for Ecr {
    async fn handle(
        &self,
        input: api::PutImageScanningConfigurationInput,
        caller: &Caller,
    ) -> Result<api::PutImageScanningConfigurationOutput, ServiceError> {
        let configuration = input.image_scanning_configuration;
        let scans = configuration.scan_on_push == Some(true);
        let change = move |record: &mut RepositoryRecord| record.scans_on_push = scans;
        self.change(&input.repository_name, change).await?;
        Ok(api::PutImageScanningConfigurationOutput {
            registry_id: Some(registry_id(caller)),
            repository_name: Some(input.repository_name),
            image_scanning_configuration: Some(configuration),
        })
    }
}

impl Handler<api::ListTagsForResource> for Ecr {
    async fn handle(
        &self,
        input: api::ListTagsForResourceInput,
        _caller: &Caller,
    ) -> Result<api::ListTagsForResourceOutput, ServiceError> {
        let record = self.find(name_of(&input.resource_arn))?;
        let tags = record.tags.into_iter();
        let tags = tags.map(|(key, value)| api::Tag { key, value });
        Ok(api::ListTagsForResourceOutput {
            tags: Some(tags.collect()),
        })
    }
}

impl Handler<api::TagResource> for Ecr {
    async fn handle(
        &self,
        input: api::TagResourceInput,
        _caller: &Caller,
    ) -> Result<api::TagResourceOutput, ServiceError> {
        let tags = input.tags;
        let change = move |record: &mut RepositoryRecord| {
            let tags = tags.into_iter().map(|tag| (tag.key, tag.value));
            record.tags.extend(tags);
        };
        self.change(name_of(&input.resource_arn), change).await?;
        Ok(api::TagResourceOutput {})
    }
}

impl Handler<api::UntagResource> for Ecr {
    async fn handle(
        &self,
        input: api::UntagResourceInput,
        _caller: &Caller,
    ) -> Result<api::UntagResourceOutput, ServiceError> {
        let keys = input.tag_keys;
        let change = move |record: &mut RepositoryRecord| {
            record.tags.retain(|key, _| !keys.contains(key));
        };
        self.change(name_of(&input.resource_arn), change).await?;
        Ok(api::UntagResourceOutput {})
    }
}
