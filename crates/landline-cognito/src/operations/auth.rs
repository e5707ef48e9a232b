//! Logging in and out: `InitiateAuth`, `RespondToAuthChallenge`, the same for administrators, and the end of tokens.

use std::collections::BTreeMap;

use landline_api::cognito_idp as api;
use landline_wire::{Caller, Handler, ServiceError};

use crate::Cognito;
use crate::errors::not_authorized;
use crate::login::{Door, Step, Visit};
use crate::user::Taken;

impl Cognito {
    fn visit(
        &self,
        client: &str,
        metadata: Option<BTreeMap<String, String>>,
    ) -> Result<Visit, ServiceError> {
        let (pool, client) = self.pools.client(client)?;
        Ok(Visit {
            pool,
            client,
            door: Door::Public,
            metadata: metadata.unwrap_or_default(),
        })
    }

    fn admin_visit(
        &self,
        pool: &str,
        client: &str,
        metadata: Option<BTreeMap<String, String>>,
    ) -> Result<Visit, ServiceError> {
        let pool = self.pools.get(pool)?;
        Ok(Visit {
            client: self.pools.client_of(&pool.id, client)?,
            pool,
            door: Door::Admin,
            metadata: metadata.unwrap_or_default(),
        })
    }

    /// Ends all logins of somebody.
    async fn sign_out(
        &self,
        pool: &std::sync::Arc<crate::pool::Pool>,
        name: &str,
    ) -> Result<(), ServiceError> {
        let now = self.now();
        let change = self.change_user(pool, name, Taken::Refused, move |user| {
            user.signed_out_millis = now;
            Ok(())
        });
        change.await
    }
}

/// The members that all four answers have.
struct Answer {
    name: Option<api::ChallengeNameType>,
    session: Option<String>,
    parameters: BTreeMap<String, String>,
    result: Option<api::AuthenticationResultType>,
}

impl From<Step> for Answer {
    fn from(step: Step) -> Self {
        match step {
            Step::Challenged {
                name,
                session,
                parameters,
            } => Self {
                name: Some(name),
                session,
                parameters,
                result: None,
            },
            Step::Done(result) => Self {
                name: None,
                session: None,
                parameters: BTreeMap::new(),
                result: Some(*result),
            },
        }
    }
}

impl Handler<api::InitiateAuth> for Cognito {
    async fn handle(
        &self,
        input: api::InitiateAuthInput,
        _caller: &Caller,
    ) -> Result<api::InitiateAuthOutput, ServiceError> {
        let visit = self.visit(&input.client_id, input.client_metadata)?;
        let parameters = input.auth_parameters.unwrap_or_default();
        let step = self.begin(&visit, &input.auth_flow, &parameters).await?;
        let answer = Answer::from(step);
        Ok(api::InitiateAuthOutput {
            challenge_name: answer.name,
            session: answer.session,
            challenge_parameters: Some(answer.parameters),
            authentication_result: answer.result,
            available_challenges: None,
        })
    }
}

impl Handler<api::AdminInitiateAuth> for Cognito {
    async fn handle(
        &self,
        input: api::AdminInitiateAuthInput,
        _caller: &Caller,
    ) -> Result<api::AdminInitiateAuthOutput, ServiceError> {
        let (pool, client) = (&input.user_pool_id, &input.client_id);
        let visit = self.admin_visit(pool, client, input.client_metadata)?;
        let parameters = input.auth_parameters.unwrap_or_default();
        let step = self.begin(&visit, &input.auth_flow, &parameters).await?;
        let answer = Answer::from(step);
        Ok(api::AdminInitiateAuthOutput {
            challenge_name: answer.name,
            session: answer.session,
            challenge_parameters: Some(answer.parameters),
            authentication_result: answer.result,
            available_challenges: None,
        })
    }
}

impl Handler<api::RespondToAuthChallenge> for Cognito {
    async fn handle(
        &self,
        input: api::RespondToAuthChallengeInput,
        _caller: &Caller,
    ) -> Result<api::RespondToAuthChallengeOutput, ServiceError> {
        let visit = self.visit(&input.client_id, input.client_metadata)?;
        let answers = input.challenge_responses.unwrap_or_default();
        let session = input.session.as_deref();
        let step = self.respond(&visit, &input.challenge_name, session, &answers);
        let answer = Answer::from(step.await?);
        Ok(api::RespondToAuthChallengeOutput {
            challenge_name: answer.name,
            session: answer.session,
            challenge_parameters: Some(answer.parameters),
            authentication_result: answer.result,
        })
    }
}

impl Handler<api::AdminRespondToAuthChallenge> for Cognito {
    async fn handle(
        &self,
        input: api::AdminRespondToAuthChallengeInput,
        _caller: &Caller,
    ) -> Result<api::AdminRespondToAuthChallengeOutput, ServiceError> {
        let (pool, client) = (&input.user_pool_id, &input.client_id);
        let visit = self.admin_visit(pool, client, input.client_metadata)?;
        let answers = input.challenge_responses.unwrap_or_default();
        let session = input.session.as_deref();
        let step = self.respond(&visit, &input.challenge_name, session, &answers);
        let answer = Answer::from(step.await?);
        Ok(api::AdminRespondToAuthChallengeOutput {
            challenge_name: answer.name,
            session: answer.session,
            challenge_parameters: Some(answer.parameters),
            authentication_result: answer.result,
        })
    }
}

/// Asks for the secret itself, where a call takes that.
fn check_plain_secret(visit: &Visit, given: Option<&String>) -> Result<(), ServiceError> {
    let known = visit.client.settings.client_secret.as_ref();
    if known.is_none() || known == given {
        return Ok(());
    }
    Err(not_authorized(format!(
        "Unable to verify secret hash for client {}",
        visit.client.id()
    )))
}

impl Handler<api::GetTokensFromRefreshToken> for Cognito {
    async fn handle(
        &self,
        input: api::GetTokensFromRefreshTokenInput,
        _caller: &Caller,
    ) -> Result<api::GetTokensFromRefreshTokenOutput, ServiceError> {
        let visit = self.visit(&input.client_id, input.client_metadata)?;
        check_plain_secret(&visit, input.client_secret.as_ref())?;
        let token = &input.refresh_token;
        let (said, user) = self.refresh_token(&visit.pool, &visit.client, token)?;
        let result = self.renew(&visit, &said, &user).await?;
        Ok(api::GetTokensFromRefreshTokenOutput {
            authentication_result: Some(*result),
        })
    }
}

impl Handler<api::RevokeToken> for Cognito {
    async fn handle(
        &self,
        input: api::RevokeTokenInput,
        _caller: &Caller,
    ) -> Result<api::RevokeTokenOutput, ServiceError> {
        let visit = self.visit(&input.client_id, None)?;
        check_plain_secret(&visit, input.client_secret.as_ref())?;
        if !visit.client.can_revoke() {
            let text = "Invalid client. Please enable token revocation";
            return Err(api::errors::UnsupportedOperationException.with(text));
        }
        self.revoke(&visit.pool, &visit.client, &input.token)
            .await?;
        Ok(api::RevokeTokenOutput {})
    }
}

impl Handler<api::GlobalSignOut> for Cognito {
    async fn handle(
        &self,
        input: api::GlobalSignOutInput,
        _caller: &Caller,
    ) -> Result<api::GlobalSignOutOutput, ServiceError> {
        let holder = self.holder(&input.access_token)?;
        self.sign_out(&holder.pool, &holder.user.sub).await?;
        Ok(api::GlobalSignOutOutput {})
    }
}

impl Handler<api::AdminUserGlobalSignOut> for Cognito {
    async fn handle(
        &self,
        input: api::AdminUserGlobalSignOutInput,
        _caller: &Caller,
    ) -> Result<api::AdminUserGlobalSignOutOutput, ServiceError> {
        let pool = self.pools.get(&input.user_pool_id)?;
        self.sign_out(&pool, &input.username).await?;
        Ok(api::AdminUserGlobalSignOutOutput {})
    }
}
