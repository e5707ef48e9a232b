//! Passwords that are forgotten, changed, set and reset.

use std::sync::Arc;

use landline_api::cognito_idp as api;
use landline_api::cognito_idp::RecoveryOptionNameType as Way;
use landline_wire::{Caller, Handler, ServiceError};

use crate::Cognito;
use crate::codes::{self, CodeRecord, RESET, delivery, mismatch};
use crate::errors::{invalid, no_user, not_authorized};
use crate::password;
use crate::pool::Pool;
use crate::quotas::RESET_CODE_MILLIS;
use crate::registration::{Circumstances, NO_CLIENT};
use crate::srp::Verifier;
use crate::user::{Status, Taken, UserRecord};

/// Where a code is sent that gives access back: to what the pool's owner prefers of what is verified.
fn recovery(pool: &Pool, user: &UserRecord) -> Result<&'static str, ServiceError> {
    let settings = pool.settings().account_recovery_setting.as_ref();
    let ways = settings.and_then(|it| it.recovery_mechanisms.clone());
    let mut ways = ways.unwrap_or_default();
    ways.sort_by_key(|way| way.priority);
    let attributes: Vec<&str> = if ways.is_empty() {
        vec!["phone_number", "email"]
    } else {
        let attributes = ways.iter().filter_map(|way| match way.name {
            Way::VerifiedEmail => Some("email"),
            Way::VerifiedPhoneNumber => Some("phone_number"),
            _ => None,
        });
        attributes.collect()
    };
    if attributes.is_empty() {
        return Err(not_authorized("Contact administrator to reset password."));
    }
    let found = attributes
        .iter()
        .find(|it| user.is_verified(it) && user.attribute(it).is_some());
    found.copied().map(|it| if it == "email" { "email" } else { "phone_number" }).ok_or_else(|| {
        invalid(
            "Cannot reset password for the user as there is no registered/verified email or phone_number",
        )
    })
}

impl Handler<api::ForgotPassword> for Cognito {
    async fn handle(
        &self,
        input: api::ForgotPasswordInput,
        _caller: &Caller,
    ) -> Result<api::ForgotPasswordOutput, ServiceError> {
        let secret = input.secret_hash.as_ref();
        let asked = self.asked_about(&input.client_id, &input.username, secret, wrong);
        let (pool, client, user) = match asked {
            // Whoever guesses names is told what he would be told of somebody.
            Err(error) if error == wrong() => {
                return Ok(api::ForgotPasswordOutput {
                    code_delivery_details: Some(delivery("email", "a@a")),
                });
            }
            asked => asked?,
        };
        if !user.is_enabled {
            return Err(not_authorized("User is disabled."));
        }
        if user.status == Status::ForceChangePassword {
            return Err(not_authorized(
                "User password cannot be reset in the current state.",
            ));
        }
        let attribute = recovery(&pool, &user)?;
        let code = CodeRecord::new(attribute, self.now() + RESET_CODE_MILLIS);
        let user = self.give_code(&pool, &user, RESET, &code).await?;
        let metadata = input.client_metadata.unwrap_or_default();
        let around = Circumstances {
            client_id: client.id(),
            metadata: &metadata,
        };
        let words = ("CustomMessage_ForgotPassword", "resets the password");
        let details = self.send(&pool, &user, &code, words, around).await?;
        Ok(api::ForgotPasswordOutput {
            code_delivery_details: Some(details),
        })
    }
}

/// Marks that nobody has the name, where that is not told.
fn wrong() -> ServiceError {
    not_authorized("nobody has this name")
}

impl Handler<api::ConfirmForgotPassword> for Cognito {
    async fn handle(
        &self,
        input: api::ConfirmForgotPasswordInput,
        _caller: &Caller,
    ) -> Result<api::ConfirmForgotPasswordOutput, ServiceError> {
        let secret = input.secret_hash.as_ref();
        let asked = self.asked_about(&input.client_id, &input.username, secret, mismatch);
        let (pool, client, user) = asked?;
        password::check(&pool.password_policy(), &input.password)?;
        let verifier = self.verifier(&pool, &user, input.password).await?;
        let (now, given) = (self.now(), input.confirmation_code);
        let change = self.change_user(&pool, &user.sub, Taken::Refused, move |user| {
            Ok(codes::check(user, RESET, &given, now).map(|_| {
                user.password = Some(verifier);
                user.temporary_until_millis = None;
                user.failures = 0;
                user.locked_until_millis = 0;
                if user.status == Status::ResetRequired {
                    user.status = Status::Confirmed;
                }
                user.clone()
            }))
        });
        let user = change.await??;
        let source = "PostConfirmation_ConfirmForgotPassword";
        let around = (client.id(), input.client_metadata);
        self.end_confirmation(&pool, &user, source, around).await?;
        Ok(api::ConfirmForgotPasswordOutput {})
    }
}

impl Cognito {
    pub(super) async fn verifier(
        &self,
        pool: &Arc<Pool>,
        user: &UserRecord,
        password: String,
    ) -> Result<Verifier, ServiceError> {
        let (of, who) = (Arc::clone(pool), user.clone());
        let made = move || Verifier::new(who.identity(&of), &password);
        self.compute(made).await
    }
}

impl Handler<api::ChangePassword> for Cognito {
    async fn handle(
        &self,
        input: api::ChangePasswordInput,
        _caller: &Caller,
    ) -> Result<api::ChangePasswordOutput, ServiceError> {
        let holder = self.holder(&input.access_token)?;
        let (pool, user) = (holder.pool, holder.user);
        if user.password.is_some() {
            let Some(before) = input.previous_password else {
                return Err(invalid("PreviousPassword is required"));
            };
            self.check_password(&pool, &user, before).await?;
        }
        password::check(&pool.password_policy(), &input.proposed_password)?;
        let verifier = self.verifier(&pool, &user, input.proposed_password).await?;
        let change = self.change_user(&pool, &user.sub, Taken::Refused, |user| {
            user.password = Some(verifier);
            Ok(())
        });
        change.await?;
        Ok(api::ChangePasswordOutput {})
    }
}

impl Handler<api::AdminSetUserPassword> for Cognito {
    async fn handle(
        &self,
        input: api::AdminSetUserPasswordInput,
        _caller: &Caller,
    ) -> Result<api::AdminSetUserPasswordOutput, ServiceError> {
        let pool = self.pools.get(&input.user_pool_id)?;
        let user = self.user(&pool, &input.username)?;
        password::check(&pool.password_policy(), &input.password)?;
        let verifier = self.verifier(&pool, &user, input.password).await?;
        let is_lasting = input.permanent == Some(true);
        let until = self.temporary_until(&pool);
        let change = self.change_user(&pool, &user.sub, Taken::Refused, move |user| {
            user.password = Some(verifier);
            user.temporary_until_millis = (!is_lasting).then_some(until);
            user.failures = 0;
            user.locked_until_millis = 0;
            user.status = if is_lasting {
                Status::Confirmed
            } else {
                Status::ForceChangePassword
            };
            Ok(())
        });
        change.await?;
        Ok(api::AdminSetUserPasswordOutput {})
    }
}

impl Cognito {
    /// When a temporary password that is set now is none any more.
    pub(super) fn temporary_until(&self, pool: &Pool) -> i64 {
        let days = pool.password_policy().temporary_password_validity_days;
        let days = i64::from(days.filter(|days| *days > 0).unwrap_or(7));
        self.now() + days * 86_400_000
    }
}

impl Handler<api::AdminResetUserPassword> for Cognito {
    async fn handle(
        &self,
        input: api::AdminResetUserPasswordInput,
        _caller: &Caller,
    ) -> Result<api::AdminResetUserPasswordOutput, ServiceError> {
        let pool = self.pools.get(&input.user_pool_id)?;
        let user = self.find_user(&pool, &input.username)?;
        let user = user.ok_or_else(no_user)?;
        let attribute = recovery(&pool, &user)?;
        let code = CodeRecord::new(attribute, self.now() + RESET_CODE_MILLIS);
        let kept = code.clone();
        let change = self.change_user(&pool, &user.sub, Taken::Refused, move |user| {
            if user.status == Status::ForceChangePassword {
                return Err(not_authorized(
                    "User password cannot be reset in the current state.",
                ));
            }
            user.status = Status::ResetRequired;
            user.codes.insert(RESET.to_owned(), kept);
            Ok(user.clone())
        });
        let user = change.await?;
        let metadata = input.client_metadata.unwrap_or_default();
        let around = Circumstances {
            client_id: NO_CLIENT,
            metadata: &metadata,
        };
        let words = ("CustomMessage_ForgotPassword", "resets the password");
        self.send(&pool, &user, &code, words, around).await?;
        Ok(api::AdminResetUserPasswordOutput {})
    }
}
