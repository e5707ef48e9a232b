//! `AWS::IAM::User`: with its groups and its policies.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-user.html>

use landline_api::iam::{
    AddUserToGroup, CreateUser, DeleteUser, GetUser, RemoveUserFromGroup, TagUser, UntagUser,
    User as Told,
};
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::holder::{Holder, Iam, texts};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};
use crate::provision::input::{call, delete, name, tag_map};

#[derive(Debug)]
pub(in crate::provision) struct User(pub(in crate::provision) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::IAM::User",
    required: &[],
    properties: &[
        "Groups",
        "LoginProfile",
        "ManagedPolicyArns",
        "Path",
        "PermissionsBoundary",
        "Policies",
        "Tags",
        "UserName",
    ],
    replace_on: &["Path", "UserName"],
    attributes: &["Arn"],
};

fn made(user: Told) -> Provisioned {
    Provisioned::new(user.user_name).with("Arn", Some(user.arn))
}

impl User {
    /// Brings what a user has from one set of properties to another.
    async fn change(
        &self,
        user: &str,
        (before, after): (&Json, &Json),
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let iam = Iam {
            dispatcher: &self.0,
            caller,
        };
        let holder = Holder::User(user.to_owned());
        holder.change_policies(iam, (before, after)).await?;
        let (had, wants) = (texts(before, "Groups"), texts(after, "Groups"));
        for group in wants.difference(&had) {
            let ids = [("GroupName", group.as_str()), ("UserName", user)];
            call::<AddUserToGroup>(&self.0, &json!({}), &ids, caller).await?;
        }
        for group in had.difference(&wants) {
            let ids = [("GroupName", group.as_str()), ("UserName", user)];
            delete::<RemoveUserFromGroup>(&self.0, &json!({}), &ids, caller).await?;
        }
        Ok(())
    }

    async fn change_tags(
        &self,
        user: &str,
        (before, after): (&Json, &Json),
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let (had, wants) = (tag_map(before), tag_map(after));
        let removed: Vec<&String> = had.keys().filter(|key| !wants.contains_key(*key)).collect();
        if !removed.is_empty() {
            let members = json!({"UserName": user, "TagKeys": removed});
            call::<UntagUser>(&self.0, &members, &[], caller).await?;
        }
        if had != wants && !wants.is_empty() {
            let members = json!({"UserName": user, "Tags": after["Tags"]});
            call::<TagUser>(&self.0, &members, &[], caller).await?;
        }
        Ok(())
    }

    async fn remove(
        &self,
        user: &str,
        properties: &Json,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        self.change(user, (properties, &Json::Null), caller).await?;
        let ids = [("UserName", user)];
        delete::<DeleteUser>(&self.0, &json!({}), &ids, caller).await
    }
}

impl ResourceProvider for User {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(name(request, "UserName"))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (properties, caller) = (&request.properties, &request.caller);
            let user = name(request, "UserName");
            let ids = [("UserName", user.as_str())];
            let created = call::<CreateUser>(&self.0, properties, &ids, caller).await?;
            let completed = self.change(&user, (&Json::Null, properties), caller);
            if let Err(error) = completed.await {
                // The engine never hears of a user that was half made.
                if let Err(left) = self.remove(&user, properties, caller).await {
                    tracing::warn!(
                        user,
                        reason = left.reason,
                        "a user that could not be completed could not be deleted"
                    );
                }
                return Err(error);
            }
            Ok(made(created.user.unwrap_or_default()))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (user, caller) = (existing.physical_id.as_str(), &request.caller);
            let change = (&existing.properties, &request.properties);
            let iam = Iam {
                dispatcher: &self.0,
                caller,
            };
            let holder = Holder::User(user.to_owned());
            holder.change_boundary(iam, change).await?;
            self.change(user, change, caller).await?;
            self.change_tags(user, change, caller).await?;
            let ids = [("UserName", user)];
            let told = call::<GetUser>(&self.0, &json!({}), &ids, caller).await?;
            Ok(made(told.user))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(self.remove(&existing.physical_id, &existing.properties, caller))
    }
}
