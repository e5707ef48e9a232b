//! `AWS::Cognito::UserPool`

use std::collections::BTreeSet;

use landline_api::cognito_idp as api;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::super::input::{call, check, drawn_id, input, name, text};
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

/// The properties that are members of `SetUserPoolMfaConfig`.
const FACTORS: [&str; 6] = [
    "EmailAuthenticationMessage",
    "EmailAuthenticationSubject",
    "EnabledMfas",
    "WebAuthnFactorConfiguration",
    "WebAuthnRelyingPartyID",
    "WebAuthnUserVerification",
];

/// How keys of browsers are taken, under the names of the API.
const WEB_AUTHN: [(&str, &str); 3] = [
    ("WebAuthnFactorConfiguration", "FactorConfiguration"),
    ("WebAuthnRelyingPartyID", "RelyingPartyId"),
    ("WebAuthnUserVerification", "UserVerification"),
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
    /// Tells which second factors there are, and which first ones beside passwords, which the creation of a pool cannot.
    async fn set_factors(
        &self,
        id: &str,
        before: &Json,
        properties: &Json,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let told = |it: &Json| FACTORS.iter().any(|property| it.get(property).is_some());
        if !told(before) && !told(properties) {
            return Ok(());
        }
        let factors = properties.get("EnabledMfas").and_then(Json::as_array);
        let has = |name: &str| factors.is_some_and(|it| it.iter().any(|it| it == name));
        let email = has("EMAIL_OTP").then(|| {
            json!({
                "Message": properties.get("EmailAuthenticationMessage"),
                "Subject": properties.get("EmailAuthenticationSubject"),
            })
        });
        let keys = WEB_AUTHN.map(|(property, _)| properties.get(property));
        let keys = keys.iter().any(Option::is_some).then(|| {
            let members = WEB_AUTHN.iter().zip(keys);
            let members = members.map(|((_, member), value)| ((*member).to_owned(), json!(value)));
            Json::Object(members.collect())
        });
        let sms = has("SMS_MFA").then(|| {
            json!({
                "SmsAuthenticationMessage": properties.get("SmsAuthenticationMessage"),
                "SmsConfiguration": properties.get("SmsConfiguration"),
            })
        });
        let settings = json!({
            "UserPoolId": id,
            "MfaConfiguration": properties.get("MfaConfiguration"),
            "SoftwareTokenMfaConfiguration": factors.map(|_| {
                json!({ "Enabled": has("SOFTWARE_TOKEN_MFA") })
            }),
            "SmsMfaConfiguration": sms,
            "EmailMfaConfiguration": email,
            "WebAuthnConfiguration": keys,
        });
        call::<api::SetUserPoolMfaConfig>(&self.0, &settings, &[], caller).await?;
        Ok(())
    }

    /// Adds the attributes that the template has and the pool has not. One that the template does not have any more stays:
    /// no pool forgets one, and a rollback has to get through.
    async fn add_attributes(
        &self,
        pool: &api::UserPoolType,
        after: &Json,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let wanted = after.get("Schema").and_then(Json::as_array);
        let mut new = Vec::new();
        for attribute in wanted.into_iter().flatten() {
            match known(pool, &text(attribute, "Name").unwrap_or_default()) {
                None => new.push(attribute),
                Some(known) if is_same(known, attribute) => {}
                Some(_) => {
                    return Err(ProvisionError::new(
                        "Invalid AttributeDataType input, consider using the provided AttributeDataType enum. Existing schema attributes cannot be modified or deleted.",
                    ));
                }
            }
        }
        if new.is_empty() {
            return Ok(());
        }
        let attributes = json!({ "UserPoolId": pool.id, "CustomAttributes": new });
        call::<api::AddCustomAttributes>(&self.0, &attributes, &[], caller).await?;
        Ok(())
    }

    async fn describe(
        &self,
        id: &str,
        caller: &Caller,
    ) -> Result<api::UserPoolType, ProvisionError> {
        let input = api::DescribeUserPoolInput {
            user_pool_id: id.to_owned(),
        };
        let described = self.0.call::<api::DescribeUserPool>(input, caller).await?;
        Ok(described.user_pool.unwrap_or_default())
    }
}

fn known<'a>(pool: &'a api::UserPoolType, name: &str) -> Option<&'a api::SchemaAttributeType> {
    let custom = [format!("custom:{name}"), format!("dev:custom:{name}")];
    pool.schema_attributes.iter().flatten().find(|known| {
        let known = known.name.as_deref();
        known == Some(name) || custom.iter().any(|it| known == Some(it))
    })
}

/// Whether an attribute of a pool is as a template has it, as far as that says anything.
fn is_same(known: &api::SchemaAttributeType, wanted: &Json) -> bool {
    let has = |member: &str, value: Option<String>| {
        text_or_flag(wanted, member).is_none_or(|it| Some(it) == value)
    };
    let kind = known.attribute_data_type.as_ref();
    has("AttributeDataType", kind.map(|it| it.as_str().to_owned()))
        && has("Mutable", known.mutable.map(|it| it.to_string()))
        && has("Required", known.required.map(|it| it.to_string()))
}

fn text_or_flag(value: &Json, member: &str) -> Option<String> {
    match value.get(member)? {
        Json::Bool(flag) => Some(flag.to_string()),
        _ => text(value, member),
    }
}

/// What a pool keeps as it was made, and the template wants otherwise. CloudFormation refuses to change that, too: a pool
/// that is made anew has no users. The pool says what it is: in a rollback, what was before is what has failed.
fn fixed(pool: &api::UserPoolType, wanted: &Json) -> Option<&'static str> {
    let list = |member: &str| {
        let list = wanted.get(member).and_then(Json::as_array);
        let list = list.into_iter().flatten().filter_map(Json::as_str);
        list.collect::<BTreeSet<_>>()
    };
    let aliases = pool.alias_attributes.iter().flatten();
    let aliases = aliases.map(api::AliasAttributeType::as_str).collect();
    let names = pool.username_attributes.iter().flatten();
    let names = names.map(api::UsernameAttributeType::as_str).collect();
    let sensitive = wanted.get("UsernameConfiguration");
    let sensitive = sensitive.and_then(|it| text_or_flag(it, "CaseSensitive"));
    let is_sensitive = pool.username_configuration.as_ref();
    let is_sensitive = is_sensitive.map(|it| it.case_sensitive.to_string());
    if list("AliasAttributes") != aliases {
        return Some("AliasAttributes");
    }
    if list("UsernameAttributes") != names {
        return Some("UsernameAttributes");
    }
    (sensitive != is_sensitive).then_some("UsernameConfiguration")
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
            self.set_factors(&id, &Json::Null, &properties, caller)
                .await?;
            Ok(made(&id, caller))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (id, after) = (&existing.physical_id, &request.properties);
            let caller = &request.caller;
            let pool = self.describe(id, caller).await?;
            if let Some(fixed) = fixed(&pool, after) {
                let text = format!("Updates are not allowed for property - {fixed}.");
                return Err(ProvisionError::new(text));
            }
            let properties = renamed(after, &name(request, "UserPoolName"));
            let ids = [("UserPoolId", id.as_str())];
            call::<api::UpdateUserPool>(&self.0, &properties, &ids, caller).await?;
            self.add_attributes(&pool, after, caller).await?;
            self.set_factors(id, &existing.properties, after, caller)
                .await?;
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
