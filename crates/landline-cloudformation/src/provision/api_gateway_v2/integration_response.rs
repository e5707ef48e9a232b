//! `AWS::ApiGatewayV2::IntegrationResponse`

use landline_api::apigatewayv2 as gateway;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::super::input::{call, check, delete, drawn_id, input, remove_entries, with_removed};
use super::{clear_handling, id};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(in super::super) struct IntegrationResponse(pub(in super::super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::ApiGatewayV2::IntegrationResponse",
    required: &["ApiId", "IntegrationId", "IntegrationResponseKey"],
    properties: &[
        "ApiId",
        "ContentHandlingStrategy",
        "IntegrationId",
        "IntegrationResponseKey",
        "ResponseParameters",
        "ResponseTemplates",
        "TemplateSelectionExpression",
    ],
    replace_on: &["ApiId", "IntegrationId"],
    attributes: &["IntegrationResponseId"],
};

fn made(integration_response_id: Option<String>) -> Result<Provisioned, ProvisionError> {
    let integration_response_id = id(integration_response_id)?;
    Ok(Provisioned::new(integration_response_id.clone())
        .with("IntegrationResponseId", Some(integration_response_id)))
}

impl ResourceProvider for IntegrationResponse {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(drawn_id(request, 6))
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        check::<gateway::CreateIntegrationResponse>(properties, &[])
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let properties = &request.properties;
            let created = call::<gateway::CreateIntegrationResponse>(
                &self.0,
                properties,
                &[],
                &request.caller,
            );
            made(created.await?.integration_response_id)
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let cleared = [
                ("ResponseParameters", json!({})),
                ("ResponseTemplates", json!({})),
                ("TemplateSelectionExpression", json!("")),
            ];
            let mut properties = with_removed(request, &existing.properties, &cleared);
            remove_entries(&mut properties, &existing.properties, "ResponseParameters");
            let ids = [("IntegrationResponseId", existing.physical_id.as_str())];
            let mut input = input::<gateway::UpdateIntegrationResponseInput>(&properties, &ids)?;
            let (before, after) = (&existing.properties, &request.properties);
            clear_handling(before, after, &mut input.content_handling_strategy, || {
                "".into()
            });
            let updated = self
                .0
                .call::<gateway::UpdateIntegrationResponse>(input, &request.caller);
            made(updated.await?.integration_response_id)
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let ids = [("IntegrationResponseId", existing.physical_id.as_str())];
            let owner = json!({"ApiId": existing.properties["ApiId"], "IntegrationId": existing.properties["IntegrationId"]});
            delete::<gateway::DeleteIntegrationResponse>(&self.0, &owner, &ids, caller).await
        })
    }
}
