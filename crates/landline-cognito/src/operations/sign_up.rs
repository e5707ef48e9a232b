//! `SignUp`, `ConfirmSignUp`, `ResendConfirmationCode`, `AdminConfirmSignUp`.

use std::collections::BTreeMap;
use std::sync::Arc;

use landline_api::cognito_idp as api;
use landline_wire::{Caller, Handler, ServiceError};

use crate::Cognito;
use crate::attributes::{Change, check, check_required, is_writable};
use crate::client::Client;
use crate::codes::{self, CodeRecord, SIGN_UP, mismatch};
use crate::errors::{invalid, no_user, not_authorized};
use crate::password;
use crate::pool::Pool;
use crate::quotas::CODE_MILLIS;
use crate::registration::{Circumstances, NO_CLIENT, new_user};
use crate::srp::Verifier;
use crate::user::{Status, Taken, UserRecord};

/// What somebody confirms that he comes in with; a phone goes before a mailbox.
fn confirmed_by<'a>(pool: &Pool, user: &UserRecord) -> Option<&'a str> {
    let mut attributes = ["phone_number", "email"].into_iter();
    attributes.find(|it| pool.verifies(it) && user.attribute(it).is_some())
}

fn check_written(client: &Client, given: &[api::AttributeType]) -> Result<(), ServiceError> {
    let writable = client.settings.write_attributes.as_ref();
    if given.iter().all(|it| is_writable(writable, &it.name)) {
        return Ok(());
    }
    Err(not_authorized(
        "A client attempted to write unauthorized attribute",
    ))
}

impl Handler<api::SignUp> for Cognito {
    async fn handle(
        &self,
        input: api::SignUpInput,
        _caller: &Caller,
    ) -> Result<api::SignUpOutput, ServiceError> {
        let (pool, client) = self.pools.client(&input.client_id)?;
        client.check_secret(input.secret_hash.as_deref(), &[&input.username])?;
        let creation = pool.settings().admin_create_user_config.as_ref();
        if creation.and_then(|it| it.allow_admin_create_user_only) == Some(true) {
            return Err(not_authorized("SignUp is not permitted for this user pool"));
        }
        let metadata = input.client_metadata.unwrap_or_default();
        let around = Circumstances {
            client_id: client.id(),
            metadata: &metadata,
        };
        let Some(chosen) = input.password else {
            return Err(invalid("Password is required"));
        };
        password::check(&pool.password_policy(), &chosen)?;
        let given = input.user_attributes.unwrap_or_default();
        check_written(&client, &given)?;
        let attributes = check(pool.schema(), given, Change::First)?;
        let mut user = new_user(&pool, &input.username, attributes, self.now())?;
        check_required(pool.schema(), &user.attributes)?;
        self.refuse_known(&pool, &input.username)?;
        let validation = input.validation_data.unwrap_or_default();
        let source = "PreSignUp_SignUp";
        let asked = self.ask_to_sign_up(&pool, &mut user, validation, source, around);
        let is_confirmed = asked.await?;
        let (of, who) = (Arc::clone(&pool), user.clone());
        let verifier = self.compute(move || Verifier::new(who.identity(&of), &chosen));
        user.password = Some(verifier.await?);
        let mut code = None;
        if is_confirmed {
            user.status = Status::Confirmed;
        } else if let Some(attribute) = confirmed_by(&pool, &user) {
            let made = CodeRecord::new(attribute, self.now() + CODE_MILLIS);
            user.codes.insert(SIGN_UP.to_owned(), made.clone());
            code = Some(made);
        }
        let kept = self.keep_new(&pool, &user, Taken::Refused, "User already exists");
        kept.await?;
        let mut details = None;
        if is_confirmed {
            let source = "PostConfirmation_ConfirmSignUp";
            self.tell_confirmed(&pool, &user, source, around).await?;
        } else if let Some(code) = code {
            let words = ("CustomMessage_SignUp", "confirms the registration");
            details = Some(self.send(&pool, &user, &code, words, around).await?);
        }
        Ok(api::SignUpOutput {
            user_confirmed: is_confirmed,
            code_delivery_details: details,
            user_sub: user.sub,
            session: None,
        })
    }
}

impl Cognito {
    /// Refuses a name that somebody has, before any function is asked.
    fn refuse_known(&self, pool: &Pool, name: &str) -> Result<(), ServiceError> {
        if self.find_user(pool, name)?.is_none() {
            return Ok(());
        }
        let text = match pool.username_attributes().is_empty() {
            true => "User already exists",
            false if crate::attributes::is_email(name) => {
                "An account with the given email already exists."
            }
            false => "An account with the given phone_number already exists.",
        };
        Err(api::errors::UsernameExistsException.with(text))
    }

    /// Somebody whom a client asks about that knows its secret.
    pub(super) fn asked_about(
        &self,
        client: &str,
        name: &str,
        secret: Option<&String>,
        hidden: fn() -> ServiceError,
    ) -> Result<(Arc<Pool>, Arc<Client>, UserRecord), ServiceError> {
        let (pool, client) = self.pools.client(client)?;
        let secret = secret.map(String::as_str);
        match self.user_for(&pool, &client, name, hidden) {
            Ok(user) => {
                client.check_secret(secret, &[name, &user.username, &user.sub])?;
                Ok((pool, client, user))
            }
            Err(unknown) => {
                client.check_secret(secret, &[name])?;
                Err(unknown)
            }
        }
    }
}

/// Only who is not confirmed yet can be.
fn check_unconfirmed(user: &UserRecord) -> Result<(), ServiceError> {
    if user.status == Status::Unconfirmed {
        return Ok(());
    }
    let status = user.status.shown();
    let text = format!(
        "User cannot be confirmed. Current status is {}",
        status.as_str()
    );
    Err(not_authorized(text))
}

impl Handler<api::ConfirmSignUp> for Cognito {
    async fn handle(
        &self,
        input: api::ConfirmSignUpInput,
        _caller: &Caller,
    ) -> Result<api::ConfirmSignUpOutput, ServiceError> {
        let secret = input.secret_hash.as_ref();
        let asked = self.asked_about(&input.client_id, &input.username, secret, mismatch);
        let (pool, client, user) = asked?;
        check_unconfirmed(&user)?;
        let (now, given) = (self.now(), input.confirmation_code);
        let taken = match input.force_alias_creation {
            Some(true) => Taken::MovedHere,
            _ => Taken::Refused,
        };
        let change = self.change_user(&pool, &user.sub, taken, move |user| {
            check_unconfirmed(user)?;
            // A wrong code is written down, so it is no refusal yet.
            Ok(codes::check(user, SIGN_UP, &given, now).map(|code| {
                let verified = format!("{}_verified", code.attribute);
                user.attributes.insert(verified, "true".to_owned());
                user.status = Status::Confirmed;
                user.clone()
            }))
        });
        let user = change.await??;
        let source = "PostConfirmation_ConfirmSignUp";
        let around = (client.id(), input.client_metadata);
        self.end_confirmation(&pool, &user, source, around).await?;
        Ok(api::ConfirmSignUpOutput { session: None })
    }
}

impl Handler<api::AdminConfirmSignUp> for Cognito {
    async fn handle(
        &self,
        input: api::AdminConfirmSignUpInput,
        _caller: &Caller,
    ) -> Result<api::AdminConfirmSignUpOutput, ServiceError> {
        let pool = self.pools.get(&input.user_pool_id)?;
        let change = self.change_user(&pool, &input.username, Taken::Refused, |user| {
            check_unconfirmed(user)?;
            user.status = Status::Confirmed;
            user.codes.remove(SIGN_UP);
            Ok(user.clone())
        });
        let user = change.await?;
        let source = "PostConfirmation_ConfirmSignUp";
        let around = (NO_CLIENT, input.client_metadata);
        self.end_confirmation(&pool, &user, source, around).await?;
        Ok(api::AdminConfirmSignUpOutput {})
    }
}

impl Handler<api::ResendConfirmationCode> for Cognito {
    async fn handle(
        &self,
        input: api::ResendConfirmationCodeInput,
        _caller: &Caller,
    ) -> Result<api::ResendConfirmationCodeOutput, ServiceError> {
        let secret = input.secret_hash.as_ref();
        let asked = self.asked_about(&input.client_id, &input.username, secret, no_user);
        let (pool, client, user) = asked?;
        if user.status != Status::Unconfirmed {
            return Err(invalid("User is already confirmed."));
        }
        let Some(attribute) = confirmed_by(&pool, &user) else {
            return Err(invalid("Auto verification not turned on."));
        };
        let code = CodeRecord::new(attribute, self.now() + CODE_MILLIS);
        let user = self.give_code(&pool, &user, SIGN_UP, &code).await?;
        let metadata: BTreeMap<_, _> = input.client_metadata.unwrap_or_default();
        let around = Circumstances {
            client_id: client.id(),
            metadata: &metadata,
        };
        let words = ("CustomMessage_ResendCode", "confirms the registration");
        let details = self.send(&pool, &user, &code, words, around).await?;
        Ok(api::ResendConfirmationCodeOutput {
            code_delivery_details: Some(details),
        })
    }
}

impl Cognito {
    /// Keeps a code in the place of an earlier one.
    pub(super) async fn give_code(
        &self,
        pool: &Arc<Pool>,
        user: &UserRecord,
        purpose: &str,
        code: &CodeRecord,
    ) -> Result<UserRecord, ServiceError> {
        let (purpose, code) = (purpose.to_owned(), code.clone());
        let change = self.change_user(pool, &user.sub, Taken::Refused, move |user| {
            user.codes.insert(purpose, code);
            Ok(user.clone())
        });
        change.await
    }
}
