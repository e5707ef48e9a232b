//! `AWS::IAM::ManagedPolicy` and `AWS::IAM::RolePolicy`.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html>

use std::collections::BTreeSet;

use landline_api::iam as api;
use landline_api::iam::errors::NoSuchEntityException;
use landline_wire::{Caller, Dispatcher, ServiceError};
use serde_json::{Value as Json, json};

use super::input::{call, document, name, text};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(super) struct ManagedPolicy(pub(super) Dispatcher);

#[derive(Debug)]
pub(super) struct RolePolicy(pub(super) Dispatcher);

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

static ROLE_POLICY: Schema = Schema {
    resource_type: "AWS::IAM::RolePolicy",
    required: &["PolicyName", "RoleName"],
    properties: &["PolicyDocument", "PolicyName", "RoleName"],
    replace_on: &["PolicyName", "RoleName"],
    attributes: &[],
};

fn roles(properties: &Json) -> BTreeSet<String> {
    let roles = properties.get("Roles").and_then(Json::as_array);
    let names = roles.into_iter().flatten().filter_map(Json::as_str);
    names.map(str::to_owned).collect()
}

/// What is gone already needs no taking away.
fn gone_is_fine<T>(outcome: Result<T, ServiceError>) -> Result<(), ProvisionError> {
    match outcome {
        Err(error) if !NoSuchEntityException.matches(&error) => Err(error.into()),
        _ => Ok(()),
    }
}

impl ManagedPolicy {
    /// Brings the roles that have the policy from one set of properties to another.
    async fn attach(
        &self,
        arn: &str,
        before: &Json,
        after: &Json,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let (had, wants) = (roles(before), roles(after));
        for role_name in wants.difference(&had).cloned() {
            let input = api::AttachRolePolicyInput {
                role_name,
                policy_arn: arn.to_owned(),
            };
            self.0.call::<api::AttachRolePolicy>(input, caller).await?;
        }
        for role_name in had.difference(&wants).cloned() {
            let input = api::DetachRolePolicyInput {
                role_name,
                policy_arn: arn.to_owned(),
            };
            gone_is_fine(self.0.call::<api::DetachRolePolicy>(input, caller).await)?;
        }
        Ok(())
    }

    /// Makes a new version the default one, and forgets the one before.
    async fn renew(&self, arn: &str, after: &Json, caller: &Caller) -> Result<(), ProvisionError> {
        let input = api::GetPolicyInput {
            policy_arn: arn.to_owned(),
        };
        let policy = self.0.call::<api::GetPolicy>(input, caller).await?.policy;
        let input = api::CreatePolicyVersionInput {
            policy_arn: arn.to_owned(),
            policy_document: document(&after["PolicyDocument"]),
            set_as_default: Some(true),
        };
        self.0
            .call::<api::CreatePolicyVersion>(input, caller)
            .await?;
        if let Some(version_id) = policy.and_then(|policy| policy.default_version_id) {
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
            let arn = policy.arn.clone().unwrap_or_default();
            self.attach(&arn, &Json::Null, properties, caller).await?;
            Ok(Provisioned::new(arn)
                .with("PolicyArn", policy.arn)
                .with("PolicyId", policy.policy_id)
                .with("DefaultVersionId", policy.default_version_id)
                .with("IsAttachable", Some(true)))
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
            Ok(Provisioned::new(arn.clone()).with("PolicyArn", Some(arn.clone())))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let arn = &existing.physical_id;
            self.attach(arn, &existing.properties, &Json::Null, caller)
                .await?;
            let input = api::DeletePolicyInput {
                policy_arn: arn.clone(),
            };
            gone_is_fine(self.0.call::<api::DeletePolicy>(input, caller).await)
        })
    }
}

fn id_of(properties: &Json) -> String {
    let part = |key: &str| text(properties, key).unwrap_or_default();
    format!("{}|{}", part("PolicyName"), part("RoleName"))
}

impl ResourceProvider for RolePolicy {
    fn schema(&self) -> &'static Schema {
        &ROLE_POLICY
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(id_of(&request.properties))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let properties = &request.properties;
            let input = api::PutRolePolicyInput {
                role_name: text(properties, "RoleName").unwrap_or_default(),
                policy_name: text(properties, "PolicyName").unwrap_or_default(),
                policy_document: document(&properties["PolicyDocument"]),
            };
            self.0
                .call::<api::PutRolePolicy>(input, &request.caller)
                .await?;
            Ok(Provisioned::new(id_of(properties)))
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
            let (policy, role) = existing.physical_id.split_once('|').unwrap_or_default();
            let input = api::DeleteRolePolicyInput {
                role_name: role.to_owned(),
                policy_name: policy.to_owned(),
            };
            gone_is_fine(self.0.call::<api::DeleteRolePolicy>(input, caller).await)
        })
    }
}
