//! `AWS::IAM::Group` and `AWS::IAM::UserToGroupAddition`.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-group.html>

use landline_api::iam::{
    AddUserToGroup, CreateGroup, DeleteGroup, Group as Told, RemoveUserFromGroup,
};
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::holder::{Holder, Iam, texts};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};
use crate::provision::input::{call, delete, name, text};

#[derive(Debug)]
pub(in crate::provision) struct Group(pub(in crate::provision) Dispatcher);

#[derive(Debug)]
pub(in crate::provision) struct UserToGroupAddition(pub(in crate::provision) Dispatcher);

static GROUP: Schema = Schema {
    resource_type: "AWS::IAM::Group",
    required: &[],
    properties: &["GroupName", "ManagedPolicyArns", "Path", "Policies"],
    replace_on: &["GroupName", "Path"],
    attributes: &["Arn"],
};

static ADDITION: Schema = Schema {
    resource_type: "AWS::IAM::UserToGroupAddition",
    required: &["GroupName", "Users"],
    properties: &["GroupName", "Users"],
    replace_on: &["GroupName"],
    attributes: &["Id"],
};

impl Group {
    async fn change(
        &self,
        group: &str,
        change: (&Json, &Json),
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let iam = Iam {
            dispatcher: &self.0,
            caller,
        };
        let holder = Holder::Group(group.to_owned());
        holder.change_policies(iam, change).await
    }

    async fn remove(
        &self,
        group: &str,
        properties: &Json,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        self.change(group, (properties, &Json::Null), caller)
            .await?;
        let ids = [("GroupName", group)];
        delete::<DeleteGroup>(&self.0, &json!({}), &ids, caller).await
    }
}

fn made(group: Told) -> Provisioned {
    Provisioned::new(group.group_name).with("Arn", Some(group.arn))
}

impl ResourceProvider for Group {
    fn schema(&self) -> &'static Schema {
        &GROUP
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(name(request, "GroupName"))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (properties, caller) = (&request.properties, &request.caller);
            let group = name(request, "GroupName");
            let ids = [("GroupName", group.as_str())];
            let created = call::<CreateGroup>(&self.0, properties, &ids, caller).await?;
            let completed = self.change(&group, (&Json::Null, properties), caller);
            if let Err(error) = completed.await {
                // The engine never hears of a group that was half made.
                if let Err(left) = self.remove(&group, properties, caller).await {
                    tracing::warn!(
                        group,
                        reason = left.reason,
                        "a group that could not be completed could not be deleted"
                    );
                }
                return Err(error);
            }
            Ok(made(created.group))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (group, caller) = (existing.physical_id.as_str(), &request.caller);
            let change = (&existing.properties, &request.properties);
            self.change(group, change, caller).await?;
            let path = text(&request.properties, "Path").unwrap_or_else(|| "/".to_owned());
            let arn = format!("arn:aws:iam::{}:group{path}{group}", caller.account_id);
            Ok(Provisioned::new(group).with("Arn", Some(arn)))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(self.remove(&existing.physical_id, &existing.properties, caller))
    }
}

impl UserToGroupAddition {
    /// Brings the members from one set of properties to another.
    async fn change(
        &self,
        (before, after): (&Json, &Json),
        group: &str,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let (had, wants) = (texts(before, "Users"), texts(after, "Users"));
        for user in wants.difference(&had) {
            let ids = [("GroupName", group), ("UserName", user)];
            call::<AddUserToGroup>(&self.0, &json!({}), &ids, caller).await?;
        }
        for user in had.difference(&wants) {
            let ids = [("GroupName", group), ("UserName", user)];
            delete::<RemoveUserFromGroup>(&self.0, &json!({}), &ids, caller).await?;
        }
        Ok(())
    }
}

fn group_of(properties: &Json) -> String {
    text(properties, "GroupName").unwrap_or_default()
}

impl ResourceProvider for UserToGroupAddition {
    fn schema(&self) -> &'static Schema {
        &ADDITION
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(request.physical_name.clone())
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let group = group_of(&request.properties);
            let change = (&Json::Null, &request.properties);
            self.change(change, &group, &request.caller).await?;
            let id = request.physical_name.as_str();
            Ok(Provisioned::new(id).with("Id", Some(id)))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let group = group_of(&request.properties);
            let change = (&existing.properties, &request.properties);
            self.change(change, &group, &request.caller).await?;
            let id = existing.physical_id.as_str();
            Ok(Provisioned::new(id).with("Id", Some(id)))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let group = group_of(&existing.properties);
            let change = (&existing.properties, &Json::Null);
            self.change(change, &group, caller).await
        })
    }
}
