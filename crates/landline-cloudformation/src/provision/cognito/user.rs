//! `AWS::Cognito::UserPoolUser`

use landline_api::cognito_idp as api;
use landline_wire::{Caller, Dispatcher};
use serde_json::Value as Json;

use super::super::input::{call, check, text};
use super::{pool_of, unless_gone};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(in super::super) struct UserPoolUser(pub(in super::super) Dispatcher);

const PROPERTIES: &[&str] = &[
    "ClientMetadata",
    "DesiredDeliveryMediums",
    "ForceAliasCreation",
    "MessageAction",
    "UserAttributes",
    "UserPoolId",
    "Username",
    "ValidationData",
];

static SCHEMA: Schema = Schema {
    resource_type: "AWS::Cognito::UserPoolUser",
    required: &["UserPoolId"],
    properties: PROPERTIES,
    replace_on: PROPERTIES,
    attributes: &[],
};

/// The name that the template gives, or one that the pool takes for none.
fn username(request: &ResourceRequest) -> String {
    let given = text(&request.properties, "Username");
    given.unwrap_or_else(|| request.physical_name.clone())
}

impl ResourceProvider for UserPoolUser {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        let more: &[_] = match properties.get("Username") {
            Some(_) => &[],
            None => &[("Username", "made-up")],
        };
        check::<api::AdminCreateUser>(properties, more)
    }

    /// Where users log in with an address, their name is made up; they are found by the address as well.
    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(username(request))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let name = username(request);
            let more: &[_] = match request.properties.get("Username") {
                Some(_) => &[],
                None => &[("Username", name.as_str())],
            };
            let (properties, caller) = (&request.properties, &request.caller);
            let created = call::<api::AdminCreateUser>(&self.0, properties, more, caller).await?;
            let made = created.user.and_then(|user| user.username);
            Ok(Provisioned::new(made.unwrap_or(name)))
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
            let input = api::AdminDeleteUserInput {
                user_pool_id: pool_of(&existing.properties),
                username: existing.physical_id.clone(),
            };
            unless_gone(self.0.call::<api::AdminDeleteUser>(input, caller).await)
        })
    }
}
