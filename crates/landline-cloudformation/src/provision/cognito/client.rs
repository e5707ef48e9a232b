//! `AWS::Cognito::UserPoolClient`

use landline_api::cognito_idp as api;
use landline_wire::{Caller, Dispatcher};
use serde_json::Value as Json;

use super::super::input::{call, check, drawn_id, name};
use super::{pool_of, unless_gone};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(in super::super) struct UserPoolClient(pub(in super::super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::Cognito::UserPoolClient",
    required: &["UserPoolId"],
    properties: &[
        "AccessTokenValidity",
        "AllowedOAuthFlows",
        "AllowedOAuthFlowsUserPoolClient",
        "AllowedOAuthScopes",
        "AnalyticsConfiguration",
        "AuthSessionValidity",
        "CallbackURLs",
        "ClientName",
        "DefaultRedirectURI",
        "EnablePropagateAdditionalUserContextData",
        "EnableTokenRevocation",
        "ExplicitAuthFlows",
        "GenerateSecret",
        "IdTokenValidity",
        "LogoutURLs",
        "PreventUserExistenceErrors",
        "ReadAttributes",
        "RefreshTokenRotation",
        "RefreshTokenValidity",
        "SupportedIdentityProviders",
        "TokenValidityUnits",
        "UserPoolId",
        "WriteAttributes",
    ],
    replace_on: &["GenerateSecret", "UserPoolId"],
    attributes: &["ClientId", "ClientSecret", "Name"],
};

fn made(client: api::UserPoolClientType) -> Provisioned {
    let id = client.client_id.unwrap_or_default();
    Provisioned::new(id.clone())
        .with("ClientId", Some(id))
        .with("ClientSecret", client.client_secret)
        .with("Name", client.client_name)
}

fn named(request: &ResourceRequest) -> Json {
    let mut properties = request.properties.clone();
    if let Some(fields) = properties.as_object_mut() {
        fields.insert("ClientName".to_owned(), name(request, "ClientName").into());
    }
    properties
}

impl ResourceProvider for UserPoolClient {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        let more: &[_] = match properties.get("ClientName") {
            Some(_) => &[],
            None => &[("ClientName", "made-up")],
        };
        check::<api::CreateUserPoolClient>(properties, more)
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(drawn_id(request, 26))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (properties, caller) = (named(request), &request.caller);
            let created = call::<api::CreateUserPoolClient>(&self.0, &properties, &[], caller);
            Ok(made(created.await?.user_pool_client.unwrap_or_default()))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (properties, caller) = (named(request), &request.caller);
            let ids = [("ClientId", existing.physical_id.as_str())];
            let updated = call::<api::UpdateUserPoolClient>(&self.0, &properties, &ids, caller);
            Ok(made(updated.await?.user_pool_client.unwrap_or_default()))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let input = api::DeleteUserPoolClientInput {
                user_pool_id: pool_of(&existing.properties),
                client_id: existing.physical_id.clone(),
            };
            unless_gone(
                self.0
                    .call::<api::DeleteUserPoolClient>(input, caller)
                    .await,
            )
        })
    }
}
