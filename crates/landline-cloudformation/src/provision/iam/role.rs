//! `AWS::IAM::Role`: with its managed and inline policies.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html>

use landline_api::iam::{
    self as api, CreateRole, DeleteRole, DeleteRoleInput, GetRole, GetRoleInput, TagRole,
    UntagRole, UpdateAssumeRolePolicy, UpdateAssumeRolePolicyInput, UpdateRole,
};
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::gone_is_fine;
use super::holder::{Holder, Iam};
use crate::provider::{
    Existing, Import, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest,
    Schema,
};
use crate::provision::input::{call, document, name, tag_map};

#[derive(Debug)]
pub(in crate::provision) struct Role(pub(in crate::provision) Dispatcher);

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

impl Role {
    /// Brings the policies of a role from one set of properties to another.
    async fn change_policies(
        &self,
        role: &str,
        before: &Json,
        after: &Json,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let iam = Iam {
            dispatcher: &self.0,
            caller,
        };
        let holder = Holder::Role(role.to_owned());
        holder.change_policies(iam, (before, after)).await
    }

    /// What a role is told to be beside its policies: who it is for, how long its sessions are, what it may at most.
    async fn change_settings(
        &self,
        role: &str,
        before: &Json,
        after: &Json,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let changes = |key: &str| before.get(key) != after.get(key);
        if changes("Description") || changes("MaxSessionDuration") {
            let members = json!({
                "RoleName": role,
                "Description": after.get("Description").unwrap_or(&json!("")),
                "MaxSessionDuration": after.get("MaxSessionDuration"),
            });
            call::<UpdateRole>(&self.0, &members, &[], caller).await?;
        }
        let iam = Iam {
            dispatcher: &self.0,
            caller,
        };
        let holder = Holder::Role(role.to_owned());
        holder.change_boundary(iam, (before, after)).await
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
            self.change_settings(role, before, after, caller).await?;
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
