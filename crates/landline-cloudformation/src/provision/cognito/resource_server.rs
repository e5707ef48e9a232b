//! `AWS::Cognito::UserPoolResourceServer`

use landline_api::cognito_idp as api;
use landline_wire::{Caller, Dispatcher};
use serde_json::Value as Json;

use super::super::input::{call, check, text};
use super::{pool_of, unless_gone};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(in super::super) struct ResourceServer(pub(in super::super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::Cognito::UserPoolResourceServer",
    required: &["Identifier", "Name", "UserPoolId"],
    properties: &["Identifier", "Name", "Scopes", "UserPoolId"],
    replace_on: &["Identifier", "UserPoolId"],
    attributes: &[],
};

impl ResourceProvider for ResourceServer {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        check::<api::CreateResourceServer>(properties, &[])
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        text(&request.properties, "Identifier")
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (properties, caller) = (&request.properties, &request.caller);
            let created = call::<api::CreateResourceServer>(&self.0, properties, &[], caller);
            let id = created.await?.resource_server.identifier;
            Ok(Provisioned::new(id.unwrap_or_default()))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (properties, caller) = (&request.properties, &request.caller);
            call::<api::UpdateResourceServer>(&self.0, properties, &[], caller).await?;
            Ok(Provisioned::new(existing.physical_id.clone()))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let input = api::DeleteResourceServerInput {
                user_pool_id: pool_of(&existing.properties),
                identifier: existing.physical_id.clone(),
            };
            unless_gone(
                self.0
                    .call::<api::DeleteResourceServer>(input, caller)
                    .await,
            )
        })
    }
}
