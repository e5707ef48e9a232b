//! `AWS::IAM::ManagedPolicy`.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html>

use landline_api::iam as api;
use landline_wire::{Caller, Dispatcher, Timestamp};
use serde_json::{Value as Json, json};

use super::gone_is_fine;
use super::holder::{Holder, Iam};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};
use crate::provision::input::{call, document, name, text};

#[derive(Debug)]
pub(in crate::provision) struct ManagedPolicy(pub(in crate::provision) Dispatcher);

static MANAGED: Schema = Schema {
    resource_type: "AWS::IAM::ManagedPolicy",
    required: &["PolicyDocument"],
    properties: &[
        "Description",
        "Groups",
        "ManagedPolicyName",
        "Path",
        "PolicyDocument",
        "Roles",
        "Users",
    ],
    replace_on: &["Description", "ManagedPolicyName", "Path"],
    attributes: &[
        "AttachmentCount",
        "CreateDate",
        "DefaultVersionId",
        "IsAttachable",
        "PermissionsBoundaryUsageCount",
        "PolicyArn",
        "PolicyId",
        "UpdateDate",
    ],
};

impl ManagedPolicy {
    /// Brings whoever has the policy from one set of properties to another.
    async fn attach(
        &self,
        arn: &str,
        before: &Json,
        after: &Json,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let iam = Iam {
            dispatcher: &self.0,
            caller,
        };
        let (had, wants) = (Holder::all(before), Holder::all(after));
        for holder in wants.difference(&had) {
            holder.attach(iam, arn).await?;
        }
        for holder in had.difference(&wants) {
            holder.detach(iam, arn).await?;
        }
        Ok(())
    }

    async fn policy(&self, arn: &str, caller: &Caller) -> Result<api::Policy, ProvisionError> {
        let input = api::GetPolicyInput {
            policy_arn: arn.to_owned(),
        };
        let found = self.0.call::<api::GetPolicy>(input, caller).await?;
        Ok(found.policy.unwrap_or_default())
    }

    /// What `Fn::GetAtt` gives, once whoever shall have the policy has it.
    async fn look(&self, arn: &str, caller: &Caller) -> Result<Provisioned, ProvisionError> {
        let policy = self.policy(arn, caller).await?;
        let date = |date: Option<Timestamp>| date.map(Timestamp::iso8601_millis);
        Ok(Provisioned::new(arn)
            .with("AttachmentCount", policy.attachment_count)
            .with("CreateDate", date(policy.create_date))
            .with("DefaultVersionId", policy.default_version_id)
            .with("IsAttachable", Some(policy.is_attachable.unwrap_or(true)))
            .with(
                "PermissionsBoundaryUsageCount",
                policy.permissions_boundary_usage_count,
            )
            .with("PolicyArn", Some(arn))
            .with("PolicyId", policy.policy_id)
            .with("UpdateDate", date(policy.update_date)))
    }

    /// Deletes the versions that others made: a policy with more than its default version is not deleted.
    async fn forget_versions(&self, arn: &str, caller: &Caller) -> Result<(), ProvisionError> {
        let input = api::ListPolicyVersionsInput {
            policy_arn: arn.to_owned(),
            ..api::ListPolicyVersionsInput::default()
        };
        let versions = match self.0.call::<api::ListPolicyVersions>(input, caller).await {
            Ok(output) => output.versions.unwrap_or_default(),
            Err(error) if error.code == "NoSuchEntity" => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        let others = versions
            .into_iter()
            .filter(|version| version.is_default_version != Some(true));
        for version_id in others.filter_map(|version| version.version_id) {
            let input = api::DeletePolicyVersionInput {
                policy_arn: arn.to_owned(),
                version_id,
            };
            gone_is_fine(self.0.call::<api::DeletePolicyVersion>(input, caller).await)?;
        }
        Ok(())
    }

    /// Makes a new version the default one, and forgets the one before.
    async fn renew(&self, arn: &str, after: &Json, caller: &Caller) -> Result<(), ProvisionError> {
        let policy = self.policy(arn, caller).await?;
        let input = api::CreatePolicyVersionInput {
            policy_arn: arn.to_owned(),
            policy_document: document(&after["PolicyDocument"]),
            set_as_default: Some(true),
        };
        self.0
            .call::<api::CreatePolicyVersion>(input, caller)
            .await?;
        if let Some(version_id) = policy.default_version_id {
            let input = api::DeletePolicyVersionInput {
                policy_arn: arn.to_owned(),
                version_id,
            };
            gone_is_fine(self.0.call::<api::DeletePolicyVersion>(input, caller).await)?;
        }
        Ok(())
    }
}

impl ResourceProvider for ManagedPolicy {
    fn schema(&self) -> &'static Schema {
        &MANAGED
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        let path = text(&request.properties, "Path").unwrap_or_else(|| "/".to_owned());
        let (account, name) = (
            &request.caller.account_id,
            name(request, "ManagedPolicyName"),
        );
        Some(format!("arn:aws:iam::{account}:policy{path}{name}"))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (properties, caller) = (&request.properties, &request.caller);
            let members = json!({
                "PolicyName": name(request, "ManagedPolicyName"),
                "PolicyDocument": document(&properties["PolicyDocument"]),
                "Description": properties.get("Description"),
                "Path": properties.get("Path"),
            });
            let made = call::<api::CreatePolicy>(&self.0, &members, &[], caller).await?;
            let policy = made.policy.unwrap_or_default();
            let arn = policy.arn.unwrap_or_default();
            self.attach(&arn, &Json::Null, properties, caller).await?;
            self.look(&arn, caller).await
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (before, after) = (&existing.properties, &request.properties);
            let (arn, caller) = (&existing.physical_id, &request.caller);
            if before.get("PolicyDocument") != after.get("PolicyDocument") {
                self.renew(arn, after, caller).await?;
            }
            self.attach(arn, before, after, caller).await?;
            self.look(arn, caller).await
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let arn = &existing.physical_id;
            self.attach(arn, &existing.properties, &Json::Null, caller)
                .await?;
            self.forget_versions(arn, caller).await?;
            let input = api::DeletePolicyInput {
                policy_arn: arn.clone(),
            };
            gone_is_fine(self.0.call::<api::DeletePolicy>(input, caller).await)
        })
    }
}
