//! `AWS::ApiGatewayV2::Integration`

use landline_api::apigatewayv2 as gateway;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::super::input::{call, check, delete, drawn_id, remove_entries, with_removed};
use super::id;
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(in super::super) struct Integration(pub(in super::super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::ApiGatewayV2::Integration",
    required: &["ApiId", "IntegrationType"],
    properties: &[
        "ApiId",
        "ConnectionId",
        "ConnectionType",
        "ContentHandlingStrategy",
        "CredentialsArn",
        "Description",
        "IntegrationMethod",
        "IntegrationSubtype",
        "IntegrationType",
        "IntegrationUri",
        "PassthroughBehavior",
        "PayloadFormatVersion",
        "RequestParameters",
        "RequestTemplates",
        "ResponseParameters",
        "TemplateSelectionExpression",
        "TimeoutInMillis",
        "TlsConfig",
    ],
    replace_on: &["ApiId"],
    attributes: &["IntegrationId"],
};

fn made(integration_id: Option<String>) -> Result<Provisioned, ProvisionError> {
    let integration_id = id(integration_id)?;
    Ok(Provisioned::new(integration_id.clone()).with("IntegrationId", Some(integration_id)))
}

impl ResourceProvider for Integration {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(drawn_id(request, 7))
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        check::<gateway::CreateIntegration>(properties, &[])
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            made(
                call::<gateway::CreateIntegration>(
                    &self.0,
                    &request.properties,
                    &[],
                    &request.caller,
                )
                .await?
                .integration_id,
            )
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let cleared = [
                ("CredentialsArn", json!("")),
                ("Description", json!("")),
                ("RequestParameters", json!({})),
                ("RequestTemplates", json!({})),
                ("TemplateSelectionExpression", json!("")),
                ("TimeoutInMillis", json!(29000)),
            ];
            let mut properties = with_removed(request, &existing.properties, &cleared);
            remove_entries(&mut properties, &existing.properties, "RequestParameters");
            let ids = [("IntegrationId", existing.physical_id.as_str())];
            made(
                call::<gateway::UpdateIntegration>(&self.0, &properties, &ids, &request.caller)
                    .await?
                    .integration_id,
            )
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let ids = [("IntegrationId", existing.physical_id.as_str())];
            delete::<gateway::DeleteIntegration>(
                &self.0,
                &json!({"ApiId": existing.properties["ApiId"]}),
                &ids,
                caller,
            )
            .await
        })
    }
}
