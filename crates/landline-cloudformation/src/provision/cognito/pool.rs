//! `AWS::Cognito::UserPool`

use landline_api::cognito_idp as api;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::super::input::{call, check, drawn_id, input, name};
use super::unless_gone;
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(in super::super) struct UserPool(pub(in super::super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::Cognito::UserPool",
    required: &[],
    properties: &[
        "AccountRecoverySetting",
        "AdminCreateUserConfig",
        "AliasAttributes",
        "AutoVerifiedAttributes",
        "DeletionProtection",
        "DeviceConfiguration",
        "EmailAuthenticationMessage",
        "EmailAuthenticationSubject",
        "EmailConfiguration",
        "EmailVerificationMessage",
        "EmailVerificationSubject",
        "EnabledMfas",
        "LambdaConfig",
        "MfaConfiguration",
        "Policies",
        "Schema",
        "SmsAuthenticationMessage",
        "SmsConfiguration",
        "SmsVerificationMessage",
        "UserAttributeUpdateSettings",
        "UserPoolAddOns",
        "UserPoolName",
        "UserPoolTags",
        "UserPoolTier",
        "UsernameAttributes",
        "UsernameConfiguration",
        "VerificationMessageTemplate",
        "WebAuthnFactorConfiguration",
        "WebAuthnRelyingPartyID",
        "WebAuthnUserVerification",
    ],
    replace_on: &[],
    attributes: &["Arn", "ProviderName", "ProviderURL", "UserPoolId"],
};

/// What a pool keeps as it was made. CloudFormation refuses to change it, too: a pool that is made anew has no users.
const FIXED: [&str; 3] = [
    "AliasAttributes",
    "UsernameAttributes",
    "UsernameConfiguration",
];

fn made(id: &str, caller: &Caller) -> Provisioned {
    let Caller {
        region, account_id, ..
    } = caller;
    let provider = format!("cognito-idp.{region}.amazonaws.com/{id}");
    let arn = format!("arn:aws:cognito-idp:{region}:{account_id}:userpool/{id}");
    Provisioned::new(id)
        .with("Arn", Some(arn))
        .with("ProviderURL", Some(format!("https://{provider}")))
        .with("ProviderName", Some(provider))
        .with("UserPoolId", Some(id))
}

/// The properties under the names of the API: it has another one for the pool's.
fn renamed(properties: &Json, pool_name: &str) -> Json {
    let mut properties = properties.clone();
    if let Some(fields) = properties.as_object_mut() {
        fields.insert("PoolName".to_owned(), pool_name.into());
    }
    properties
}

impl UserPool {
    /// Tells which second factors there are, which the creation of a pool cannot.
    async fn set_factors(
        &self,
        id: &str,
        properties: &Json,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let Some(factors) = properties.get("EnabledMfas").and_then(Json::as_array) else {
            return Ok(());
        };
        let has = |name: &str| factors.iter().any(|it| it == name);
        let sms = has("SMS_MFA").then(|| {
            json!({
                "SmsAuthenticationMessage": properties.get("SmsAuthenticationMessage"),
                "SmsConfiguration": properties.get("SmsConfiguration"),
            })
        });
        let settings = json!({
            "UserPoolId": id,
            "MfaConfiguration": properties.get("MfaConfiguration"),
            "SoftwareTokenMfaConfiguration": { "Enabled": has("SOFTWARE_TOKEN_MFA") },
            "SmsMfaConfiguration": sms,
        });
        call::<api::SetUserPoolMfaConfig>(&self.0, &settings, &[], caller).await?;
        Ok(())
    }

    /// Adds the attributes that the template has and had not; no attribute can be changed or taken away.
    async fn add_attributes(
        &self,
        id: &str,
        (before, after): (&Json, &Json),
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let list = |properties: &Json| {
            let list = properties.get("Schema").and_then(Json::as_array);
            list.cloned().unwrap_or_default()
        };
        let (before, after) = (list(before), list(after));
        let name = |attribute: &Json| attribute.get("Name").cloned();
        let known = |attribute: &&Json| before.iter().any(|it| name(it) == name(attribute));
        if before.iter().any(|it| !after.contains(it)) {
            return Err(ProvisionError::new(
                "Invalid AttributeDataType input, consider using the provided AttributeDataType enum.: Existing schema attributes cannot be modified or deleted.",
            ));
        }
        let new: Vec<&Json> = after.iter().filter(|it| !known(it)).collect();
        if new.is_empty() {
            return Ok(());
        }
        let attributes = json!({ "UserPoolId": id, "CustomAttributes": new });
        call::<api::AddCustomAttributes>(&self.0, &attributes, &[], caller).await?;
        Ok(())
    }
}

impl ResourceProvider for UserPool {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        check::<api::CreateUserPool>(&renamed(properties, "made-up"), &[])
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(format!(
            "{}_{}",
            request.caller.region,
            drawn_id(request, 9)
        ))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let properties = renamed(&request.properties, &name(request, "UserPoolName"));
            let caller = &request.caller;
            let created = call::<api::CreateUserPool>(&self.0, &properties, &[], caller).await?;
            let id = created
                .user_pool
                .and_then(|pool| pool.id)
                .unwrap_or_default();
            self.set_factors(&id, &properties, caller).await?;
            Ok(made(&id, caller))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (before, after) = (&existing.properties, &request.properties);
            if let Some(fixed) = FIXED.iter().find(|it| before.get(**it) != after.get(**it)) {
                let text = format!("Updates are not allowed for property - {fixed}.");
                return Err(ProvisionError::new(text));
            }
            let (id, caller) = (&existing.physical_id, &request.caller);
            let properties = renamed(after, &name(request, "UserPoolName"));
            let ids = [("UserPoolId", id.as_str())];
            call::<api::UpdateUserPool>(&self.0, &properties, &ids, caller).await?;
            self.add_attributes(id, (before, after), caller).await?;
            self.set_factors(id, after, caller).await?;
            Ok(made(id, caller))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let ids = [("UserPoolId", existing.physical_id.as_str())];
            let input = input::<api::DeleteUserPoolInput>(&json!({}), &ids)?;
            unless_gone(self.0.call::<api::DeleteUserPool>(input, caller).await)
        })
    }
}
