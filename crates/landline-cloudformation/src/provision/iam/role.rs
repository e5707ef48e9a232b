//! `AWS::IAM::Role` and `AWS::IAM::Policy`: a role with its managed and inline policies, and inline policies for several.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html>

use std::collections::{BTreeMap, BTreeSet};

use landline_api::iam::{
    self as api, AttachRolePolicy, AttachRolePolicyInput, CreateRole, DeleteRole, DeleteRoleInput,
    DeleteRolePolicy, DeleteRolePolicyInput, DetachRolePolicy, DetachRolePolicyInput, GetRole,
    GetRoleInput, PutRolePolicy, PutRolePolicyInput, TagRole, UntagRole, UpdateAssumeRolePolicy,
    UpdateAssumeRolePolicyInput, errors,
};
use landline_wire::{Caller, Dispatcher, ServiceError};
use serde_json::{Value as Json, json};

use super::input::{call, document, name, tag_map, text};
use crate::provider::{
    Existing, Import, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest,
    Schema,
};

#[derive(Debug)]
pub(super) struct Role(pub(super) Dispatcher);

#[derive(Debug)]
pub(super) struct Policy(pub(super) Dispatcher);

static ROLE: Schema = Schema {
    resource_type: "AWS::IAM::Role",
    required: &["AssumeRolePolicyDocument"],
    properties: &[
        "AssumeRolePolicyDocument",
        "Description",
        "ManagedPolicyArns",
        "MaxSessionDuration",
        "Path",
        "PermissionsBoundary",
        "Policies",
        "RoleName",
        "Tags",
    ],
    replace_on: &["Path", "RoleName"],
    attributes: &["Arn", "RoleId"],
};

static POLICY: Schema = Schema {
    resource_type: "AWS::IAM::Policy",
    required: &["PolicyDocument", "PolicyName"],
    properties: &["Groups", "PolicyDocument", "PolicyName", "Roles", "Users"],
    replace_on: &["PolicyName"],
    attributes: &["Id"],
};

/// The managed policies of a role.
fn managed(properties: &Json) -> BTreeSet<String> {
    texts(properties, "ManagedPolicyArns")
}

fn texts(properties: &Json, key: &str) -> BTreeSet<String> {
    properties
        .get(key)
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
        .filter_map(Json::as_str)
        .map(str::to_owned)
        .collect()
}

/// The inline policies of a role: name → document.
fn inline(properties: &Json) -> BTreeMap<String, String> {
    let policies = properties
        .get("Policies")
        .and_then(Json::as_array)
        .into_iter()
        .flatten();
    policies
        .filter_map(|policy| {
            Some((
                text(policy, "PolicyName")?,
                document(policy.get("PolicyDocument")?),
            ))
        })
        .collect()
}

/// What is gone already needs no taking away.
fn gone_is_fine<T>(outcome: Result<T, ServiceError>) -> Result<(), ProvisionError> {
    match outcome {
        Err(error) if !errors::NoSuchEntityException.matches(&error) => Err(error.into()),
        _ => Ok(()),
    }
}

impl Role {
    /// Brings the policies of a role from one set of properties to another.
    async fn change_policies(
        &self,
        role: &str,
        before: &Json,
        after: &Json,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let (had, wants) = (managed(before), managed(after));
        for policy_arn in wants.difference(&had).cloned() {
            let input = AttachRolePolicyInput {
                role_name: role.to_owned(),
                policy_arn,
            };
            self.0.call::<AttachRolePolicy>(input, caller).await?;
        }
        for policy_arn in had.difference(&wants).cloned() {
            let input = DetachRolePolicyInput {
                role_name: role.to_owned(),
                policy_arn,
            };
            gone_is_fine(self.0.call::<DetachRolePolicy>(input, caller).await)?;
        }
        let (had, wants) = (inline(before), inline(after));
        for (policy_name, policy_document) in wants
            .iter()
            .filter(|(name, document)| had.get(*name) != Some(*document))
        {
            let input = PutRolePolicyInput {
                role_name: role.to_owned(),
                policy_name: policy_name.clone(),
                policy_document: policy_document.clone(),
            };
            self.0.call::<PutRolePolicy>(input, caller).await?;
        }
        for policy_name in had.into_keys().filter(|name| !wants.contains_key(name)) {
            let input = DeleteRolePolicyInput {
                role_name: role.to_owned(),
                policy_name,
            };
            gone_is_fine(self.0.call::<DeleteRolePolicy>(input, caller).await)?;
        }
        Ok(())
    }

    async fn change_tags(
        &self,
        role: &str,
        before: &Json,
        after: &Json,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let (had, wants) = (tag_map(before), tag_map(after));
        if had == wants {
            return Ok(());
        }
        let removed: Vec<&String> = had.keys().filter(|key| !wants.contains_key(*key)).collect();
        if !removed.is_empty() {
            call::<UntagRole>(
                &self.0,
                &json!({"RoleName": role, "TagKeys": removed}),
                &[],
                caller,
            )
            .await?;
        }
        call::<TagRole>(
            &self.0,
            &json!({"RoleName": role, "Tags": after.get("Tags").cloned().unwrap_or(json!([]))}),
            &[],
            caller,
        )
        .await?;
        Ok(())
    }

    async fn remove(
        &self,
        role: &str,
        properties: &Json,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        self.change_policies(role, properties, &Json::Null, caller)
            .await?;
        let input = DeleteRoleInput {
            role_name: role.to_owned(),
        };
        gone_is_fine(self.0.call::<DeleteRole>(input, caller).await)
    }
}

fn made(role: api::Role) -> Provisioned {
    Provisioned::new(role.role_name)
        .with("Arn", Some(role.arn))
        .with("RoleId", Some(role.role_id))
}

impl ResourceProvider for Role {
    fn schema(&self) -> &'static Schema {
        &ROLE
    }

    fn import(&self) -> Option<&'static Import> {
        Some(&Import {
            identifier: "RoleName",
            name: Some("RoleName"),
        })
    }

    fn find<'a>(
        &'a self,
        identifier: &'a str,
        caller: &'a Caller,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let input = GetRoleInput {
                role_name: identifier.to_owned(),
            };
            match self.0.call::<GetRole>(input, caller).await {
                Ok(output) => Ok(made(output.role)),
                Err(error) if error.code == "NoSuchEntity" => {
                    Err(ProvisionError::not_found(ROLE.resource_type, identifier))
                }
                Err(error) => Err(error.into()),
            }
        })
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(name(request, "RoleName"))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let role = name(request, "RoleName");
            let mut members = request.properties.clone();
            members["AssumeRolePolicyDocument"] =
                Json::String(document(&members["AssumeRolePolicyDocument"]));
            members["RoleName"] = Json::String(role.clone());
            let created = call::<CreateRole>(&self.0, &members, &[], &request.caller)
                .await?
                .role;
            if let Err(error) = self
                .change_policies(&role, &Json::Null, &request.properties, &request.caller)
                .await
            {
                // The engine never hears of a role that was half made.
                if let Err(left) = self
                    .remove(&role, &request.properties, &request.caller)
                    .await
                {
                    tracing::warn!(
                        role,
                        reason = left.reason,
                        "a role that could not be completed could not be deleted"
                    );
                }
                return Err(error);
            }
            Ok(made(created))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (before, after, caller) =
                (&existing.properties, &request.properties, &request.caller);
            let role = &existing.physical_id;
            if before.get("AssumeRolePolicyDocument") != after.get("AssumeRolePolicyDocument") {
                let policy_document = document(&after["AssumeRolePolicyDocument"]);
                self.0
                    .call::<UpdateAssumeRolePolicy>(
                        UpdateAssumeRolePolicyInput {
                            role_name: role.clone(),
                            policy_document,
                        },
                        caller,
                    )
                    .await?;
            }
            self.change_policies(role, before, after, caller).await?;
            self.change_tags(role, before, after, caller).await?;
            let members = json!({ "RoleName": role });
            let changed = call::<GetRole>(&self.0, &members, &[], caller).await?;
            Ok(made(changed.role))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            self.remove(&existing.physical_id, &existing.properties, caller)
                .await
        })
    }
}

impl Policy {
    async fn put(
        &self,
        properties: &Json,
        policy_name: &str,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        for role_name in texts(properties, "Roles") {
            let policy_document = document(&properties["PolicyDocument"]);
            let input = PutRolePolicyInput {
                role_name,
                policy_name: policy_name.to_owned(),
                policy_document,
            };
            self.0.call::<PutRolePolicy>(input, caller).await?;
        }
        Ok(())
    }

    async fn take_from(
        &self,
        roles: impl Iterator<Item = String>,
        policy_name: &str,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        for role_name in roles {
            let input = DeleteRolePolicyInput {
                role_name,
                policy_name: policy_name.to_owned(),
            };
            gone_is_fine(self.0.call::<DeleteRolePolicy>(input, caller).await)?;
        }
        Ok(())
    }
}

impl ResourceProvider for Policy {
    fn schema(&self) -> &'static Schema {
        &POLICY
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(name(request, "PolicyName"))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let policy = name(request, "PolicyName");
            self.put(&request.properties, &policy, &request.caller)
                .await?;
            Ok(Provisioned::new(policy.clone()).with("Id", Some(policy)))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let policy = &existing.physical_id;
            self.put(&request.properties, policy, &request.caller)
                .await?;
            let wanted = texts(&request.properties, "Roles");
            let dropped = texts(&existing.properties, "Roles")
                .into_iter()
                .filter(|role| !wanted.contains(role));
            self.take_from(dropped, policy, &request.caller).await?;
            Ok(Provisioned::new(policy.clone()).with("Id", Some(policy.clone())))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            self.take_from(
                texts(&existing.properties, "Roles").into_iter(),
                &existing.physical_id,
                caller,
            )
            .await
        })
    }
}
