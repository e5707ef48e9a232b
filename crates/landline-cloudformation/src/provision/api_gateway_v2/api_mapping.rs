//! `AWS::ApiGatewayV2::ApiMapping`

use landline_api::apigatewayv2 as gateway;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::super::input::{call, check, delete, drawn_id, with_removed};
use super::id;
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(in super::super) struct ApiMapping(pub(in super::super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::ApiGatewayV2::ApiMapping",
    required: &["ApiId", "DomainName", "Stage"],
    properties: &["ApiId", "ApiMappingKey", "DomainName", "Stage"],
    replace_on: &["DomainName"],
    attributes: &["ApiMappingId"],
};

fn made(api_mapping_id: Option<String>) -> Result<Provisioned, ProvisionError> {
    let api_mapping_id = id(api_mapping_id)?;
    Ok(Provisioned::new(api_mapping_id.clone()).with("ApiMappingId", Some(api_mapping_id)))
}

impl ResourceProvider for ApiMapping {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(drawn_id(request, 6))
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        check::<gateway::CreateApiMapping>(properties, &[])
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let properties = &request.properties;
            let created =
                call::<gateway::CreateApiMapping>(&self.0, properties, &[], &request.caller);
            made(created.await?.api_mapping_id)
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let cleared = [("ApiMappingKey", json!(""))];
            let properties = with_removed(request, &existing.properties, &cleared);
            let ids = [("ApiMappingId", existing.physical_id.as_str())];
            let updated =
                call::<gateway::UpdateApiMapping>(&self.0, &properties, &ids, &request.caller);
            made(updated.await?.api_mapping_id)
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let ids = [("ApiMappingId", existing.physical_id.as_str())];
            let owner = json!({"DomainName": existing.properties["DomainName"]});
            delete::<gateway::DeleteApiMapping>(&self.0, &owner, &ids, caller).await
        })
    }
}
