//! Logins: from a first word through challenges to tokens.
//! <https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow.html>

mod custom;
mod grant;
mod new_password;
mod secure;
mod session;

use std::collections::BTreeMap;
use std::sync::Arc;

use landline_api::cognito_idp as api;
use landline_api::cognito_idp::{AuthFlowType as Flow, ChallengeNameType as Challenge, errors};
use landline_wire::ServiceError;
use serde_json::json;

pub(crate) use grant::{Grant, Occasion};

use crate::Cognito;
use crate::client::Client;
use crate::errors::{invalid, not_authorized, wrong_password};
use crate::pool::Pool;
use crate::quotas::{FREE_ATTEMPTS, LOCK_MILLIS_MAX};
use crate::tokens::Login;
use crate::triggers::{Question, attributes_of};
use crate::user::{Status, Taken, UserRecord};

/// Which door somebody comes through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    /// `InitiateAuth`, for everybody.
    Public,
    /// `AdminInitiateAuth`, for whoever has the rights.
    Admin,
}

/// What a login knows beside the user.
#[derive(Debug)]
pub(crate) struct Visit {
    pub(crate) pool: Arc<Pool>,
    pub(crate) client: Arc<Client>,
    pub(crate) door: Door,
    /// What the client wants triggers to know.
    pub(crate) metadata: BTreeMap<String, String>,
}

/// How far a login has come.
#[derive(Debug)]
pub(crate) enum Step {
    Challenged {
        name: Challenge,
        session: Option<String>,
        parameters: BTreeMap<String, String>,
    },
    Done(Box<api::AuthenticationResultType>),
}

/// What a client gives, by name.
pub(crate) type Given = BTreeMap<String, String>;

pub(crate) fn given<'a>(given: &'a Given, name: &str) -> Result<&'a str, ServiceError> {
    let value = given.get(name).filter(|value| !value.is_empty());
    let value = value.ok_or_else(|| invalid(format!("Missing required parameter {name}")))?;
    Ok(value)
}

impl Cognito {
    /// Begins a login.
    pub(crate) async fn begin(
        &self,
        visit: &Visit,
        flow: &Flow,
        parameters: &Given,
    ) -> Result<Step, ServiceError> {
        check_flow(visit, flow)?;
        match flow {
            Flow::UserPasswordAuth | Flow::AdminUserPasswordAuth | Flow::AdminNoSrpAuth => {
                self.log_in_by_password(visit, parameters).await
            }
            Flow::UserSrpAuth => self.begin_secure(visit, parameters).await,
            Flow::RefreshTokenAuth | Flow::RefreshToken => self.refresh(visit, parameters).await,
            Flow::CustomAuth => self.begin_custom(visit, parameters).await,
            Flow::UserAuth => match parameters.get("PREFERRED_CHALLENGE").map(String::as_str) {
                Some("PASSWORD") => self.log_in_by_password(visit, parameters).await,
                Some("PASSWORD_SRP") => self.begin_secure(visit, parameters).await,
                _ => Err(invalid(
                    "Landline offers the challenges PASSWORD and PASSWORD_SRP of USER_AUTH: name one as PREFERRED_CHALLENGE.",
                )),
            },
            Flow::Unrecognized(_) => Err(invalid("Unknown authentication flow")),
        }
    }

    /// Goes on with the answer to a challenge.
    pub(crate) async fn respond(
        &self,
        visit: &Visit,
        challenge: &Challenge,
        session: Option<&str>,
        answers: &Given,
    ) -> Result<Step, ServiceError> {
        match challenge {
            Challenge::PasswordVerifier => self.finish_secure(visit, answers).await,
            Challenge::NewPasswordRequired => {
                self.set_first_password(visit, session, answers).await
            }
            Challenge::CustomChallenge => self.answer_custom(visit, session, answers).await,
            other => Err(invalid(format!(
                "Landline does not have the challenge {}.",
                other.as_str()
            ))),
        }
    }

    async fn log_in_by_password(
        &self,
        visit: &Visit,
        parameters: &Given,
    ) -> Result<Step, ServiceError> {
        let name = given(parameters, "USERNAME")?;
        let password = given(parameters, "PASSWORD")?.to_owned();
        let user = self.visitor(visit, name, parameters)?;
        self.ask_before(visit, &user).await?;
        self.check_password(&visit.pool, &user, password).await?;
        self.admit(visit, user).await
    }

    /// Somebody who wants to log in with a client that knows its secret.
    fn visitor(
        &self,
        visit: &Visit,
        name: &str,
        parameters: &Given,
    ) -> Result<UserRecord, ServiceError> {
        let secret = parameters.get("SECRET_HASH").map(String::as_str);
        let found = self.user_for(&visit.pool, &visit.client, name, wrong_password);
        match found {
            Ok(user) => {
                let names = [name, &user.username, &user.sub];
                visit.client.check_secret(secret, &names)?;
                Ok(user)
            }
            Err(unknown) => {
                visit.client.check_secret(secret, &[name])?;
                Err(unknown)
            }
        }
    }

    /// Whether it is this user's password. Whoever guesses has to wait longer and longer.
    pub(crate) async fn check_password(
        &self,
        pool: &Arc<Pool>,
        user: &UserRecord,
        password: String,
    ) -> Result<(), ServiceError> {
        check_turn(user, self.now())?;
        let Some(verifier) = user.password.clone() else {
            return Err(wrong_password());
        };
        let (of, who) = (Arc::clone(pool), user.clone());
        let fits = move || verifier.fits(who.identity(&of), &password);
        if self.compute(fits).await? {
            return self.forget_failures(pool, user).await;
        }
        self.count_failure(pool, user).await?;
        Err(wrong_password())
    }

    async fn forget_failures(
        &self,
        pool: &Arc<Pool>,
        user: &UserRecord,
    ) -> Result<(), ServiceError> {
        if user.failures == 0 {
            return Ok(());
        }
        let change = self.change_user(pool, &user.sub, Taken::Refused, |user| {
            user.failures = 0;
            user.locked_until_millis = 0;
            Ok(())
        });
        change.await
    }

    async fn count_failure(&self, pool: &Arc<Pool>, user: &UserRecord) -> Result<(), ServiceError> {
        let now = self.now();
        let change = self.change_user(pool, &user.sub, Taken::Refused, move |user| {
            user.failures = user.failures.saturating_add(1);
            let more = user.failures.saturating_sub(FREE_ATTEMPTS);
            if user.failures >= FREE_ATTEMPTS {
                let pause = 1_000_i64 << more.min(20);
                user.locked_until_millis = now + pause.min(LOCK_MILLIS_MAX);
            }
            Ok(())
        });
        change.await
    }

    /// Asks the function that may refuse somebody before the password is looked at.
    async fn ask_before(&self, visit: &Visit, user: &UserRecord) -> Result<(), ServiceError> {
        if !user.is_enabled {
            return Err(not_authorized("User is disabled."));
        }
        let request = json!({
            "userAttributes": attributes_of(user),
            "validationData": visit.metadata,
            "userNotFound": false,
        });
        let who = (user.username.as_str(), visit.client.id());
        let source = "PreAuthentication_Authentication";
        let question = Question::new("PreAuthentication", source, who, request, json!({}));
        let function = visit.pool.triggers().pre_authentication;
        self.ask(&visit.pool, function.as_ref(), question).await?;
        Ok(())
    }

    /// Lets in who has proven who he is, as far as his state allows it.
    async fn admit(&self, visit: &Visit, user: UserRecord) -> Result<Step, ServiceError> {
        match user.status {
            Status::Unconfirmed => {
                Err(errors::UserNotConfirmedException.with("User is not confirmed."))
            }
            Status::ResetRequired => {
                Err(errors::PasswordResetRequiredException
                    .with("Password reset required for the user"))
            }
            Status::ForceChangePassword => self.demand_new_password(visit, &user),
            Status::Confirmed => {
                check_factors(&visit.pool)?;
                let login = Login::at(self.now());
                let grant = Grant::new(visit, &user, &login, Occasion::Authentication);
                self.grant(grant).await.map(Step::Done)
            }
        }
    }
}

/// Whether the client may log users in this way.
fn check_flow(visit: &Visit, flow: &Flow) -> Result<(), ServiceError> {
    let (name, is_admins) = match flow {
        Flow::AdminNoSrpAuth | Flow::AdminUserPasswordAuth => ("ADMIN_USER_PASSWORD_AUTH", true),
        Flow::RefreshToken => ("REFRESH_TOKEN_AUTH", false),
        other => (other.as_str(), false),
    };
    if is_admins && visit.door == Door::Public {
        return Err(invalid("Initiate Auth method not supported."));
    }
    if visit.client.allows(&format!("ALLOW_{name}")) {
        return Ok(());
    }
    Err(match visit.door {
        Door::Public => invalid(format!("{name} flow not enabled for this client")),
        Door::Admin => invalid("Auth flow not enabled for this client"),
    })
}

/// Refuses a login that would need a second factor: there are none here.
fn check_factors(pool: &Pool) -> Result<(), ServiceError> {
    if pool.settings().mfa_configuration != Some(api::UserPoolMfaType::On) {
        return Ok(());
    }
    Err(errors::InvalidUserPoolConfigurationException.with(
        "Landline has no second factors: a user pool whose MfaConfiguration is ON lets nobody in. Set it to OFF or OPTIONAL.",
    ))
}

/// Whether somebody who has guessed too often may try again.
fn check_turn(user: &UserRecord, now: i64) -> Result<(), ServiceError> {
    if user.locked_until_millis > now {
        return Err(not_authorized("Password attempts exceeded"));
    }
    Ok(())
}
