//! `AWS::ApiGatewayV2::Api`

use std::path::Path;

use landline_api::apigatewayv2 as gateway;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::super::definition;
use super::super::input::{call, check, delete, drawn_id, with_removed};
use super::{change_tags, id};
use crate::provider::{
    Existing, Import, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest,
    Schema,
};

#[derive(Debug)]
pub(in super::super) struct Api(pub(in super::super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::ApiGatewayV2::Api",
    // None, since an HTTP API may come as a document; the operation demands what it needs of others.
    required: &[],
    properties: &[
        "ApiKeySelectionExpression",
        "BasePath",
        "Body",
        "BodyS3Location",
        "CorsConfiguration",
        "CredentialsArn",
        "Description",
        "DisableExecuteApiEndpoint",
        "DisableSchemaValidation",
        "FailOnWarnings",
        "IpAddressType",
        "Name",
        "ProtocolType",
        "RouteKey",
        "RouteSelectionExpression",
        "Tags",
        "Target",
        "Version",
    ],
    replace_on: &["ProtocolType"],
    attributes: &["ApiEndpoint", "ApiId", "ExecuteApiArn"],
};

fn made(api: gateway::Api, caller: &Caller) -> Result<Provisioned, ProvisionError> {
    let api_id = id(api.api_id)?;
    let arn = format!(
        "arn:aws:execute-api:{}:{}:{api_id}",
        caller.region, caller.account_id
    );
    Ok(Provisioned::new(api_id.clone())
        .with("ApiId", Some(api_id))
        .with("ApiEndpoint", api.api_endpoint)
        .with("ExecuteApiArn", Some(arn)))
}

impl Api {
    /// Makes the API that a definition describes; what the template says beside it goes over that.
    async fn import(
        &self,
        body: &str,
        request: &ResourceRequest,
    ) -> Result<Provisioned, ProvisionError> {
        let caller = &request.caller;
        let input = json!({ "Body": body });
        let api = call::<gateway::ImportApi>(&self.0, &input, &[], caller).await?;
        let api_id = id(api.api_id)?;
        let more = [("ApiId", api_id.as_str())];
        let updated = call::<gateway::UpdateApi>(&self.0, &request.properties, &more, caller);
        let api = match updated.await {
            Ok(api) => api,
            Err(error) => {
                // Nobody would ever delete it.
                let input = json!({"ApiId": api_id});
                let _gone = delete::<gateway::DeleteApi>(&self.0, &input, &[], caller).await;
                return Err(error);
            }
        };
        let arn = format!("arn:aws:apigateway:{}::/apis/{api_id}", caller.region);
        change_tags(&self.0, &arn, &json!({}), &request.properties, caller).await?;
        made(api, caller)
    }
}

impl ResourceProvider for Api {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn import(&self) -> Option<&'static Import> {
        Some(&Import {
            identifier: "ApiId",
            name: None,
        })
    }

    fn find<'a>(
        &'a self,
        identifier: &'a str,
        caller: &'a Caller,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let input = gateway::GetApiInput {
                api_id: identifier.to_owned(),
            };
            match self.0.call::<gateway::GetApi>(input, caller).await {
                Ok(api) => made(api, caller),
                Err(error) if error.status == 404 => {
                    Err(ProvisionError::not_found(SCHEMA.resource_type, identifier))
                }
                Err(error) => Err(error.into()),
            }
        })
    }

    fn prepare<'a>(
        &'a self,
        properties: Json,
        directory: Option<&'a Path>,
    ) -> Provisioning<'a, Json> {
        Box::pin(definition::prepare(properties, directory))
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(drawn_id(request, 10))
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        if definition::is_given(properties) {
            return check::<gateway::UpdateApi>(properties, &[("ApiId", "")]);
        }
        check::<gateway::CreateApi>(properties, &[])
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let body = definition::read(&self.0, &request.properties, &request.caller);
            if let Some(body) = body.await? {
                return self.import(&body, request).await;
            }
            let api =
                call::<gateway::CreateApi>(&self.0, &request.properties, &[], &request.caller)
                    .await?;
            made(api, &request.caller)
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let api_id = existing.physical_id.as_str();
            let (before, after) = (&existing.properties, &request.properties);
            let cors = |properties: &Json| properties.get("CorsConfiguration").is_some();
            let loses_cors = cors(before) && !cors(after);
            if loses_cors {
                let input = json!({ "ApiId": api_id });
                delete::<gateway::DeleteCorsConfiguration>(&self.0, &input, &[], &request.caller)
                    .await?;
            }
            // The definition may have some of its own.
            if (loses_cors || definition::differs(before, after))
                && let Some(body) = definition::read(&self.0, after, &request.caller).await?
            {
                let input = json!({ "ApiId": api_id, "Body": body });
                call::<gateway::ReimportApi>(&self.0, &input, &[], &request.caller).await?;
            }
            let cleared = [
                ("ApiKeySelectionExpression", json!("")),
                ("Description", json!("")),
                ("DisableExecuteApiEndpoint", json!(false)),
                ("DisableSchemaValidation", json!(false)),
                ("IpAddressType", json!("ipv4")),
                ("RouteKey", json!("$default")),
                (
                    "RouteSelectionExpression",
                    json!("$request.method $request.path"),
                ),
                ("Version", json!("")),
            ];
            let properties = with_removed(request, &existing.properties, &cleared);
            let api = call::<gateway::UpdateApi>(
                &self.0,
                &properties,
                &[("ApiId", api_id)],
                &request.caller,
            )
            .await?;
            let caller = &request.caller;
            let arn = format!("arn:aws:apigateway:{}::/apis/{api_id}", caller.region);
            change_tags(&self.0, &arn, before, after, caller).await?;
            made(api, caller)
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            delete::<gateway::DeleteApi>(
                &self.0,
                &json!({"ApiId": existing.physical_id}),
                &[],
                caller,
            )
            .await
        })
    }
}
