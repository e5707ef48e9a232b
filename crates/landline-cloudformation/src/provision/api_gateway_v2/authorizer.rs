//! `AWS::ApiGatewayV2::Authorizer`

use landline_api::apigatewayv2 as gateway;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::super::input::{call, check, delete, drawn_id, with_removed};
use super::id;
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(in super::super) struct Authorizer(pub(in super::super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::ApiGatewayV2::Authorizer",
    required: &["ApiId", "AuthorizerType", "Name"],
    properties: &[
        "ApiId",
        "AuthorizerCredentialsArn",
        "AuthorizerPayloadFormatVersion",
        "AuthorizerResultTtlInSeconds",
        "AuthorizerType",
        "AuthorizerUri",
        "EnableSimpleResponses",
        "IdentitySource",
        "IdentityValidationExpression",
        "JwtConfiguration",
        "Name",
    ],
    replace_on: &["ApiId"],
    attributes: &["AuthorizerId"],
};

fn made(authorizer_id: Option<String>) -> Result<Provisioned, ProvisionError> {
    let authorizer_id = id(authorizer_id)?;
    Ok(Provisioned::new(authorizer_id.clone()).with("AuthorizerId", Some(authorizer_id)))
}

impl ResourceProvider for Authorizer {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(drawn_id(request, 6))
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        check::<gateway::CreateAuthorizer>(properties, &[])
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let properties = &request.properties;
            let created =
                call::<gateway::CreateAuthorizer>(&self.0, properties, &[], &request.caller);
            made(created.await?.authorizer_id)
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let cleared = [
                ("AuthorizerCredentialsArn", json!("")),
                ("AuthorizerPayloadFormatVersion", json!("")),
                ("AuthorizerResultTtlInSeconds", json!(0)),
                ("AuthorizerUri", json!("")),
                ("EnableSimpleResponses", json!(false)),
                ("IdentitySource", json!([])),
                ("IdentityValidationExpression", json!("")),
                ("JwtConfiguration", json!({})),
            ];
            let properties = with_removed(request, &existing.properties, &cleared);
            let ids = [("AuthorizerId", existing.physical_id.as_str())];
            let updated =
                call::<gateway::UpdateAuthorizer>(&self.0, &properties, &ids, &request.caller);
            made(updated.await?.authorizer_id)
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let ids = [("AuthorizerId", existing.physical_id.as_str())];
            let owner = json!({"ApiId": existing.properties["ApiId"]});
            delete::<gateway::DeleteAuthorizer>(&self.0, &owner, &ids, caller).await
        })
    }
}
