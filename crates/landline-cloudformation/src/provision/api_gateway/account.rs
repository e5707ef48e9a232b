//! `AWS::ApiGateway::Account`: settings that are there once, and stay when the resource goes.

use landline_api::apigateway as gateway;
use landline_wire::{Caller, Dispatcher};
use serde_json::json;

use super::super::input::{call, text};
use super::patch;
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(in super::super) struct Account(pub(in super::super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::ApiGateway::Account",
    required: &[],
    properties: &["CloudWatchRoleArn"],
    replace_on: &[],
    attributes: &["Id"],
};

impl Account {
    async fn put(
        &self,
        request: &ResourceRequest,
        id: String,
    ) -> Result<Provisioned, ProvisionError> {
        let role = text(&request.properties, "CloudWatchRoleArn").unwrap_or_default();
        let steps = json!({"patchOperations": [patch("replace", "/cloudwatchRoleArn", &role)]});
        call::<gateway::UpdateAccount>(&self.0, &steps, &[], &request.caller).await?;
        Ok(Provisioned::new(id.clone()).with("Id", Some(id)))
    }
}

impl ResourceProvider for Account {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(self.put(request, request.physical_name.clone()))
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(self.put(request, existing.physical_id.clone()))
    }

    fn delete<'a>(&'a self, _existing: &'a Existing, _caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async { Ok(()) })
    }
}
