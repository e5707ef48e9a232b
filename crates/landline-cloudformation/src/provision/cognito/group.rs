//! `AWS::Cognito::UserPoolGroup`, `AWS::Cognito::UserPoolUserToGroupAttachment`

use landline_api::cognito_idp as api;
use landline_wire::{Caller, Dispatcher};
use serde_json::Value as Json;

use super::super::input::{call, check, name, text};
use super::{pool_of, unless_gone};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(in super::super) struct UserPoolGroup(pub(in super::super) Dispatcher);

static GROUP: Schema = Schema {
    resource_type: "AWS::Cognito::UserPoolGroup",
    required: &["UserPoolId"],
    properties: &[
        "Description",
        "GroupName",
        "Precedence",
        "RoleArn",
        "UserPoolId",
    ],
    replace_on: &["GroupName", "UserPoolId"],
    attributes: &[],
};

impl ResourceProvider for UserPoolGroup {
    fn schema(&self) -> &'static Schema {
        &GROUP
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        let more: &[_] = match properties.get("GroupName") {
            Some(_) => &[],
            None => &[("GroupName", "made-up")],
        };
        check::<api::CreateGroup>(properties, more)
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(name(request, "GroupName"))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let name = name(request, "GroupName");
            let more: &[_] = match request.properties.get("GroupName") {
                Some(_) => &[],
                None => &[("GroupName", name.as_str())],
            };
            call::<api::CreateGroup>(&self.0, &request.properties, more, &request.caller).await?;
            Ok(Provisioned::new(name))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let name = &existing.physical_id;
            let more: &[_] = match request.properties.get("GroupName") {
                Some(_) => &[],
                None => &[("GroupName", name.as_str())],
            };
            call::<api::UpdateGroup>(&self.0, &request.properties, more, &request.caller).await?;
            Ok(Provisioned::new(name.clone()))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let input = api::DeleteGroupInput {
                group_name: existing.physical_id.clone(),
                user_pool_id: pool_of(&existing.properties),
            };
            unless_gone(self.0.call::<api::DeleteGroup>(input, caller).await)
        })
    }
}

#[derive(Debug)]
pub(in super::super) struct UserToGroup(pub(in super::super) Dispatcher);

static MEMBERSHIP: Schema = Schema {
    resource_type: "AWS::Cognito::UserPoolUserToGroupAttachment",
    required: &["GroupName", "UserPoolId", "Username"],
    properties: &["GroupName", "UserPoolId", "Username"],
    replace_on: &["GroupName", "UserPoolId", "Username"],
    attributes: &[],
};

impl ResourceProvider for UserToGroup {
    fn schema(&self) -> &'static Schema {
        &MEMBERSHIP
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        check::<api::AdminAddUserToGroup>(properties, &[])
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(request.physical_name.clone())
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (properties, caller) = (&request.properties, &request.caller);
            call::<api::AdminAddUserToGroup>(&self.0, properties, &[], caller).await?;
            Ok(Provisioned::new(request.physical_name.clone()))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        _request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move { Ok(Provisioned::new(existing.physical_id.clone())) })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let given = |property: &str| text(&existing.properties, property).unwrap_or_default();
            let input = api::AdminRemoveUserFromGroupInput {
                user_pool_id: given("UserPoolId"),
                username: given("Username"),
                group_name: given("GroupName"),
            };
            unless_gone(
                self.0
                    .call::<api::AdminRemoveUserFromGroup>(input, caller)
                    .await,
            )
        })
    }
}
