//! `AWS::ApiGatewayV2::Integration`

use landline_api::apigatewayv2 as gateway;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Map, Value as Json, json};

use super::super::input::{
    call, check, delete, drawn_id, input, remove_entries, text, with_removed,
};
use super::{clear_handling, id};
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

const TIMEOUT: &str = "TimeoutInMillis";

impl Integration {
    /// HTTP APIs wait a second longer than WebSocket APIs.
    async fn default_timeout(
        &self,
        properties: &Json,
        caller: &Caller,
    ) -> Result<u32, ProvisionError> {
        let api = call::<gateway::GetApi>(&self.0, properties, &[], caller).await?;
        Ok(match api.protocol_type {
            gateway::ProtocolType::Http => 30_000,
            _ => 29_000,
        })
    }
}

/// The members of the operations: they have a map where a template lists the parameters of a response.
fn members(properties: &Json) -> Json {
    let mut members = properties.clone();
    let statuses = members
        .get_mut("ResponseParameters")
        .and_then(Json::as_object_mut);
    for (_, of_status) in statuses.into_iter().flatten() {
        if let Some(Json::Array(list)) = of_status.get("ResponseParameters") {
            let entries = list.iter().filter_map(|parameter| {
                Some((text(parameter, "Destination")?, text(parameter, "Source")?))
            });
            *of_status = entries
                .map(|(destination, source)| (destination, Json::String(source)))
                .collect::<Map<_, _>>()
                .into();
        }
    }
    members
}

impl ResourceProvider for Integration {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(drawn_id(request, 7))
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        check::<gateway::CreateIntegration>(&members(properties), &[])
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let members = members(&request.properties);
            let created =
                call::<gateway::CreateIntegration>(&self.0, &members, &[], &request.caller);
            made(created.await?.integration_id)
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (before, after) = (&existing.properties, &request.properties);
            let mut cleared = vec![
                ("ConnectionId", json!("")),
                ("ConnectionType", json!("INTERNET")),
                ("CredentialsArn", json!("")),
                ("Description", json!("")),
                ("IntegrationMethod", json!("")),
                ("IntegrationSubtype", json!("")),
                ("IntegrationUri", json!("")),
                ("PassthroughBehavior", json!("WHEN_NO_MATCH")),
                ("PayloadFormatVersion", json!("1.0")),
                ("RequestParameters", json!({})),
                ("RequestTemplates", json!({})),
                ("ResponseParameters", json!({})),
                ("TemplateSelectionExpression", json!("")),
                ("TlsConfig", json!({})),
            ];
            if before.get(TIMEOUT).is_some() && after.get(TIMEOUT).is_none() {
                let millis = self.default_timeout(after, &request.caller).await?;
                cleared.push((TIMEOUT, json!(millis)));
            }
            let mut members = members(&with_removed(request, before, &cleared));
            remove_entries(&mut members, before, "RequestParameters");
            let ids = [("IntegrationId", existing.physical_id.as_str())];
            let mut input = input::<gateway::UpdateIntegrationInput>(&members, &ids)?;
            clear_handling(before, after, &mut input.content_handling_strategy, || {
                "".into()
            });
            let updated = self
                .0
                .call::<gateway::UpdateIntegration>(input, &request.caller);
            made(updated.await?.integration_id)
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
