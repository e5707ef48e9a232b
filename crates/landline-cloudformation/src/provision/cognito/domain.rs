//! `AWS::Cognito::UserPoolDomain`

use landline_api::cognito_idp as api;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::super::input::{call, check, text, with_removed};
use super::{pool_of, unless_gone};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(in super::super) struct UserPoolDomain(pub(in super::super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::Cognito::UserPoolDomain",
    required: &["Domain", "UserPoolId"],
    properties: &[
        "CustomDomainConfig",
        "Domain",
        "ManagedLoginVersion",
        "UserPoolId",
    ],
    replace_on: &["Domain", "UserPoolId"],
    attributes: &["CloudFrontDistribution", "Id"],
};

fn made(domain: &str, front: Option<String>) -> Provisioned {
    Provisioned::new(domain)
        .with("Id", Some(domain))
        .with("CloudFrontDistribution", front)
}

impl ResourceProvider for UserPoolDomain {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        check::<api::CreateUserPoolDomain>(properties, &[])
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        text(&request.properties, "Domain")
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (properties, caller) = (&request.properties, &request.caller);
            let created = call::<api::CreateUserPoolDomain>(&self.0, properties, &[], caller);
            let created = created.await?;
            let domain = text(properties, "Domain").unwrap_or_default();
            Ok(made(&domain, created.cloud_front_domain))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let cleared = [("ManagedLoginVersion", json!(1))];
            let properties = with_removed(request, &existing.properties, &cleared);
            let caller = &request.caller;
            let updated = call::<api::UpdateUserPoolDomain>(&self.0, &properties, &[], caller);
            Ok(made(
                &existing.physical_id,
                updated.await?.cloud_front_domain,
            ))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let input = api::DeleteUserPoolDomainInput {
                domain: existing.physical_id.clone(),
                user_pool_id: pool_of(&existing.properties),
            };
            let answer = self
                .0
                .call::<api::DeleteUserPoolDomain>(input, caller)
                .await;
            match answer {
                // So is a domain refused that is not there.
                Err(error) if api::errors::InvalidParameterException.matches(&error) => Ok(()),
                answer => unless_gone(answer),
            }
        })
    }
}
