//! Somebody new, and codes for somebody: what administrators and users themselves do alike.

use std::collections::BTreeMap;
use std::sync::Arc;

use landline_api::cognito_idp as api;
use landline_api::cognito_idp::errors;
use landline_store::Transaction;
use landline_wire::{ServiceError, request_id};
use serde_json::json;

use crate::Cognito;
use crate::attributes::{is_email, is_phone_number};
use crate::codes::{CodeRecord, delivery, tell};
use crate::errors::{WriteFailure, invalid};
use crate::pool::Pool;
use crate::triggers::{Question, attributes_of};
use crate::user::{Taken, USERS, UserRecord, key, put_in};

/// Whom triggers are told of beside the user.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Circumstances<'a> {
    /// The client's id, or what stands for none.
    pub(crate) client_id: &'a str,
    pub(crate) metadata: &'a BTreeMap<String, String>,
}

/// What calls without a client tell functions in its place.
pub(crate) const NO_CLIENT: &str = "CLIENT_ID_NOT_APPLICABLE";

/// Somebody who is not kept yet. In a pool whose users log in with an address, that is an attribute, and the name is made
/// up.
pub(crate) fn new_user(
    pool: &Pool,
    name: &str,
    mut attributes: BTreeMap<String, String>,
    now: i64,
) -> Result<UserRecord, ServiceError> {
    let sub = request_id::uuid();
    let takes = pool.username_attributes();
    if takes.is_empty() {
        refuse_alias(pool, name)?;
        let mut user = UserRecord::new(name.to_owned(), sub, now);
        user.attributes = attributes;
        return Ok(user);
    }
    let attribute = match takes.as_slice() {
        _ if is_email(name) && takes.contains(&"email") => "email",
        _ if is_phone_number(name) && takes.contains(&"phone_number") => "phone_number",
        ["email"] => return Err(invalid("Username should be an email.")),
        ["phone_number"] => return Err(invalid("Username should be a phone number.")),
        _ => {
            return Err(invalid(
                "Username should be either an email or a phone number.",
            ));
        }
    };
    attributes
        .entry(attribute.to_owned())
        .or_insert(name.to_owned());
    let mut user = UserRecord::new(sub.clone(), sub, now);
    user.attributes = attributes;
    Ok(user)
}

/// A name must not look like somebody else's address.
fn refuse_alias(pool: &Pool, name: &str) -> Result<(), ServiceError> {
    for (alias, looks, what) in [
        (
            "email",
            is_email(name),
            "email format, since user pool is configured for email alias",
        ),
        (
            "phone_number",
            is_phone_number(name),
            "phone number format, since user pool is configured for phone number alias",
        ),
    ] {
        if looks && pool.alias_attributes().contains(&alias) {
            return Err(invalid(format!("Username cannot be of {what}.")));
        }
    }
    Ok(())
}

impl Cognito {
    /// Keeps somebody who was not there before.
    pub(crate) async fn keep_new(
        &self,
        pool: &Arc<Pool>,
        user: &UserRecord,
        taken: Taken,
        exists: &'static str,
    ) -> Result<(), ServiceError> {
        let (of, user) = (Arc::clone(pool), user.clone());
        let written = self.write_in(pool, move |transaction: &mut Transaction<'_>| {
            let place = key(&of.id, &user.key(&of));
            if USERS.get_in(transaction, &place)?.is_some() {
                let error = errors::UsernameExistsException.with(exists);
                return Err(WriteFailure::Refused(error));
            }
            put_in(transaction, &of, None, &user, taken)
        });
        written.await
    }

    /// Tells what would be sent to a user, and asks the function that words it.
    pub(crate) async fn send(
        &self,
        pool: &Pool,
        user: &UserRecord,
        code: &CodeRecord,
        (source, what): (&str, &str),
        around: Circumstances<'_>,
    ) -> Result<api::CodeDeliveryDetailsType, ServiceError> {
        self.ask_for_words(pool, user, source, around).await?;
        tell(pool, user, code, what);
        let address = user.attribute(&code.attribute).unwrap_or_default();
        Ok(delivery(&code.attribute, address))
    }

    /// `CustomMessage`: whatever the function says goes nowhere, but it may refuse.
    pub(crate) async fn ask_for_words(
        &self,
        pool: &Pool,
        user: &UserRecord,
        source: &str,
        around: Circumstances<'_>,
    ) -> Result<(), ServiceError> {
        let function = pool.triggers().custom_message;
        let request = json!({
            "userAttributes": attributes_of(user),
            "codeParameter": "{####}",
            "linkParameter": "{##Click Here##}",
            "usernameParameter": "{username}",
            "clientMetadata": around.metadata,
        });
        let proposed = json!({ "smsMessage": null, "emailMessage": null, "emailSubject": null });
        let who = (user.username.as_str(), around.client_id);
        let question = Question::new("CustomMessage", source, who, request, proposed);
        let worded = self.ask(pool, function.as_ref(), question).await?;
        if let Some(words) = worded["emailMessage"].as_str() {
            tracing::debug!(
                UserPoolId = pool.id,
                words,
                "a message in the words of a function"
            );
        }
        Ok(())
    }

    /// Ends a confirmation: tells the function that wants to know who has come in, with what the call says to it.
    pub(crate) async fn end_confirmation(
        &self,
        pool: &Pool,
        user: &UserRecord,
        source: &'static str,
        (client_id, metadata): (&str, Option<BTreeMap<String, String>>),
    ) -> Result<(), ServiceError> {
        let metadata = metadata.unwrap_or_default();
        let around = Circumstances {
            client_id,
            metadata: &metadata,
        };
        self.tell_confirmed(pool, user, source, around).await
    }

    /// Tells the function that wants to know who has come in.
    pub(crate) async fn tell_confirmed(
        &self,
        pool: &Pool,
        user: &UserRecord,
        source: &'static str,
        around: Circumstances<'_>,
    ) -> Result<(), ServiceError> {
        let request = json!({
            "userAttributes": attributes_of(user),
            "clientMetadata": around.metadata,
        });
        let who = (user.username.as_str(), around.client_id);
        let question = Question::new("PostConfirmation", source, who, request, json!({}));
        let function = pool.triggers().post_confirmation;
        self.ask(pool, function.as_ref(), question).await?;
        Ok(())
    }

    /// Asks the function that decides who may come at all, and does what it says.
    pub(crate) async fn ask_to_sign_up(
        &self,
        pool: &Pool,
        user: &mut UserRecord,
        validation: Vec<api::AttributeType>,
        source: &'static str,
        around: Circumstances<'_>,
    ) -> Result<bool, ServiceError> {
        let function = pool.triggers().pre_sign_up;
        let validation: BTreeMap<_, _> = validation
            .into_iter()
            .map(|it| (it.name, it.value.unwrap_or_default()))
            .collect();
        let request = json!({
            "userAttributes": user.attributes,
            "validationData": validation,
            "clientMetadata": around.metadata,
        });
        let proposed =
            json!({ "autoConfirmUser": false, "autoVerifyEmail": false, "autoVerifyPhone": false });
        let who = (user.username.as_str(), around.client_id);
        let question = Question::new("PreSignUp", source, who, request, proposed);
        let said = self.ask(pool, function.as_ref(), question).await?;
        for (flag, attribute) in [
            ("autoVerifyEmail", "email"),
            ("autoVerifyPhone", "phone_number"),
        ] {
            if said[flag] == true && user.attribute(attribute).is_some() {
                let verified = format!("{attribute}_verified");
                user.attributes.insert(verified, "true".to_owned());
            }
        }
        Ok(said["autoConfirmUser"] == true)
    }
}
