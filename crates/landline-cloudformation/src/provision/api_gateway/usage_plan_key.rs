//! `AWS::ApiGateway::UsagePlanKey`: that a key is in a plan. A change of anything makes another one.

use landline_api::apigateway as gateway;
use landline_wire::{Caller, Dispatcher};
use serde_json::Value as Json;

use super::super::input::{call, check, delete, text};
use super::renamed;
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(in super::super) struct UsagePlanKey(pub(in super::super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::ApiGateway::UsagePlanKey",
    required: &["KeyId", "KeyType", "UsagePlanId"],
    properties: &["KeyId", "KeyType", "UsagePlanId"],
    replace_on: &["KeyId", "KeyType", "UsagePlanId"],
    attributes: &["Id"],
};

fn members(properties: &Json) -> Json {
    let names = [
        ("KeyId", "keyId"),
        ("KeyType", "keyType"),
        ("UsagePlanId", "usagePlanId"),
    ];
    renamed(properties, &names)
}

fn id(properties: &Json) -> Option<String> {
    let key = text(properties, "KeyId")?;
    Some(format!("{key}:{}", text(properties, "UsagePlanId")?))
}

impl ResourceProvider for UsagePlanKey {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        check::<gateway::CreateUsagePlanKey>(&members(properties), &[])
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        id(&request.properties)
    }

    fn parent(&self) -> Option<&'static str> {
        Some("UsagePlanId")
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let members = members(&request.properties);
            call::<gateway::CreateUsagePlanKey>(&self.0, &members, &[], &request.caller).await?;
            let id = id(&request.properties).unwrap_or_default();
            Ok(Provisioned::new(id.clone()).with("Id", Some(id)))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        _request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let id = existing.physical_id.clone();
            Ok(Provisioned::new(id.clone()).with("Id", Some(id)))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let members = members(&existing.properties);
            delete::<gateway::DeleteUsagePlanKey>(&self.0, &members, &[], caller).await
        })
    }
}
