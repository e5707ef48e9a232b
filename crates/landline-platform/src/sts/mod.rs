//! AWS STS: who the caller is, and temporary credentials.
//!
//! Follows the API reference of `GetCallerIdentity`, `AssumeRole`, `GetSessionToken`.
//! The account of an access key is stable, because the CDK caches it per key
//! (deploy-tools.md §3).

use std::sync::Arc;
use std::time::Duration;

use landline_api::sts::{
    AssumeRole, AssumeRoleInput, AssumeRoleOutput, AssumedRoleUser, Credentials, GetCallerIdentity,
    GetCallerIdentityInput, GetCallerIdentityOutput, GetSessionToken, GetSessionTokenInput,
    GetSessionTokenOutput,
};
use landline_wire::{Arn, Caller, Clock, DispatcherBuilder, Handler, ServiceError, Timestamp};

/// How long a role's session lasts unless the caller says otherwise.
const ROLE_SESSION: Duration = Duration::from_hours(1);
/// How long a user's session lasts unless the caller says otherwise.
const USER_SESSION: Duration = Duration::from_hours(12);

/// Opens sessions: makes keys that the node knows again when a request is signed with them.
pub trait OpenSessions: Send + Sync + std::fmt::Debug {
    /// Keys for `principal` that hold until `expires_at`.
    fn open(&self, principal: &str, expires_at: Timestamp) -> SessionKeys;
}

/// The keys of a session.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionKeys {
    /// `ASIA…`.
    pub access_key_id: String,
    /// The secret that requests are signed with.
    pub secret_access_key: String,
    /// What must come with every request.
    pub session_token: String,
}

impl std::fmt::Debug for SessionKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SessionKeys({})", self.access_key_id)
    }
}

/// The service.
#[derive(Debug)]
pub struct Sts {
    clock: Arc<dyn Clock>,
    sessions: Arc<dyn OpenSessions>,
}

impl Sts {
    /// A service that dates its credentials by `clock`.
    pub fn new(clock: Arc<dyn Clock>, sessions: Arc<dyn OpenSessions>) -> Arc<Self> {
        Arc::new(Self { clock, sessions })
    }

    /// Lets this service answer its operations.
    pub fn register(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        builder
            .register::<GetCallerIdentity, _>(self.clone())
            .register::<AssumeRole, _>(self.clone())
            .register::<GetSessionToken, _>(self.clone());
    }

    fn temporary_credentials(
        &self,
        principal: &str,
        seconds: Option<i32>,
        default: Duration,
    ) -> Credentials {
        let default = i32::try_from(default.as_secs()).unwrap_or(i32::MAX);
        let lifetime = i64::from(seconds.unwrap_or(default)) * 1000;
        let now = self.clock.now().truncate_to_seconds().as_millis();
        let expiration = Timestamp::from_millis(now + lifetime);
        let keys = self.sessions.open(principal, expiration);
        Credentials {
            access_key_id: keys.access_key_id,
            secret_access_key: keys.secret_access_key,
            session_token: keys.session_token,
            expiration,
        }
    }
}

impl Handler<GetCallerIdentity> for Sts {
    async fn handle(
        &self,
        _input: GetCallerIdentityInput,
        caller: &Caller,
    ) -> Result<GetCallerIdentityOutput, ServiceError> {
        Ok(GetCallerIdentityOutput {
            user_id: Some(caller.account_id.to_string()),
            account: Some(caller.account_id.to_string()),
            arn: Some(caller.principal.to_string()),
        })
    }
}

impl Handler<AssumeRole> for Sts {
    async fn handle(
        &self,
        input: AssumeRoleInput,
        _caller: &Caller,
    ) -> Result<AssumeRoleOutput, ServiceError> {
        let role = Arn::parse(&input.role_arn).filter(|arn| arn.service == "iam");
        let name = role.and_then(|arn| arn.resource.strip_prefix("role/"));
        let (Some(role), Some(name)) = (role, name.and_then(|path| path.rsplit('/').next())) else {
            let text = format!("{} is invalid", input.role_arn);
            return Err(ServiceError::new("ValidationError", 400, text));
        };
        let session = &input.role_session_name;
        let arn = format!(
            "arn:{}:sts::{}:assumed-role/{name}/{session}",
            role.partition, role.account_id
        );
        let credentials = self.temporary_credentials(&arn, input.duration_seconds, ROLE_SESSION);
        let role_id = format!("AROA{}", &credentials.access_key_id[4..]);
        Ok(AssumeRoleOutput {
            assumed_role_user: Some(AssumedRoleUser {
                assumed_role_id: format!("{role_id}:{session}"),
                arn,
            }),
            credentials: Some(credentials),
            packed_policy_size: None,
            source_identity: input.source_identity,
        })
    }
}

impl Handler<GetSessionToken> for Sts {
    async fn handle(
        &self,
        input: GetSessionTokenInput,
        caller: &Caller,
    ) -> Result<GetSessionTokenOutput, ServiceError> {
        let credentials =
            self.temporary_credentials(&caller.principal, input.duration_seconds, USER_SESSION);
        Ok(GetSessionTokenOutput {
            credentials: Some(credentials),
        })
    }
}

#[cfg(test)]
mod tests;
