//! `AWS::Cognito::IdentityPool`, `AWS::Cognito::IdentityPoolRoleAttachment`: kept, and of no effect.

use landline_api::cognito_identity as api;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::super::input::{call, check, name, text};
use super::unless_gone;
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(in super::super) struct IdentityPool(pub(in super::super) Dispatcher);

static POOL: Schema = Schema {
    resource_type: "AWS::Cognito::IdentityPool",
    required: &["AllowUnauthenticatedIdentities"],
    properties: &[
        "AllowClassicFlow",
        "AllowUnauthenticatedIdentities",
        "CognitoEvents",
        "CognitoIdentityProviders",
        "CognitoStreams",
        "DeveloperProviderName",
        "IdentityPoolName",
        "IdentityPoolTags",
        "OpenIdConnectProviderARNs",
        "PushSync",
        "SamlProviderARNs",
        "SupportedLoginProviders",
    ],
    replace_on: &[],
    attributes: &["Id", "Name"],
};

fn made(pool: api::UpdateIdentityPoolInput) -> Provisioned {
    Provisioned::new(pool.identity_pool_id.clone())
        .with("Id", Some(pool.identity_pool_id))
        .with("Name", Some(pool.identity_pool_name))
}

/// The properties with a name, and without what the API does not have.
fn renamed(properties: &Json, name: &str) -> Json {
    let mut properties = properties.clone();
    if let Some(fields) = properties.as_object_mut() {
        fields.insert("IdentityPoolName".to_owned(), name.into());
        // The API has a list of keys and values in its place.
        fields.remove("IdentityPoolTags");
    }
    properties
}

impl ResourceProvider for IdentityPool {
    fn schema(&self) -> &'static Schema {
        &POOL
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        check::<api::CreateIdentityPool>(&renamed(properties, "made-up"), &[])
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        let uuid = request.caller.new_ids().uuid();
        Some(format!("{}:{uuid}", request.caller.region))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let properties = renamed(&request.properties, &name(request, "IdentityPoolName"));
            let caller = &request.caller;
            let pool = call::<api::CreateIdentityPool>(&self.0, &properties, &[], caller);
            Ok(made(pool.await?))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let properties = renamed(&request.properties, &name(request, "IdentityPoolName"));
            let ids = [("IdentityPoolId", existing.physical_id.as_str())];
            let caller = &request.caller;
            let pool = call::<api::UpdateIdentityPool>(&self.0, &properties, &ids, caller);
            Ok(made(pool.await?))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let input = api::DeleteIdentityPoolInput {
                identity_pool_id: existing.physical_id.clone(),
            };
            unless_gone(self.0.call::<api::DeleteIdentityPool>(input, caller).await)
        })
    }
}

#[derive(Debug)]
pub(in super::super) struct RoleAttachment(pub(in super::super) Dispatcher);

static ROLES: Schema = Schema {
    resource_type: "AWS::Cognito::IdentityPoolRoleAttachment",
    required: &["IdentityPoolId"],
    properties: &["IdentityPoolId", "RoleMappings", "Roles"],
    replace_on: &["IdentityPoolId"],
    attributes: &["Id"],
};

impl RoleAttachment {
    async fn set(&self, request: &ResourceRequest) -> Result<Provisioned, ProvisionError> {
        let (properties, caller) = (&request.properties, &request.caller);
        let pool = text(properties, "IdentityPoolId").unwrap_or_default();
        let roles = properties.get("Roles").cloned();
        let input = json!({
            "IdentityPoolId": pool,
            "Roles": roles.unwrap_or_else(|| json!({})),
            "RoleMappings": mappings(properties.get("RoleMappings")),
        });
        call::<api::SetIdentityPoolRoles>(&self.0, &input, &[], caller).await?;
        Ok(Provisioned::new(pool.clone()).with("Id", Some(pool)))
    }
}

/// A mapping is named by its provider, in the API as the key and in templates beside what it says, too.
fn mappings(given: Option<&Json>) -> Option<Json> {
    let given = given?.as_object()?.iter();
    let mappings = given.map(|(key, mapping)| {
        let named = text(mapping, "IdentityProvider");
        (named.unwrap_or_else(|| key.clone()), mapping.clone())
    });
    Some(Json::Object(mappings.collect()))
}

impl ResourceProvider for RoleAttachment {
    fn schema(&self) -> &'static Schema {
        &ROLES
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        text(&request.properties, "IdentityPoolId")
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(self.set(request))
    }

    fn update<'a>(
        &'a self,
        _existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(self.set(request))
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let input = api::SetIdentityPoolRolesInput {
                identity_pool_id: existing.physical_id.clone(),
                ..Default::default()
            };
            unless_gone(
                self.0
                    .call::<api::SetIdentityPoolRoles>(input, caller)
                    .await,
            )
        })
    }
}
