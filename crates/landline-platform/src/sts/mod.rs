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
use landline_wire::{
    Arn, Caller, Clock, DispatcherBuilder, Handler, ServiceError, Timestamp, request_id,
};

/// How long a role's session lasts unless the caller says otherwise.
const ROLE_SESSION: Duration = Duration::from_hours(1);
/// How long a user's session lasts unless the caller says otherwise.
const USER_SESSION: Duration = Duration::from_hours(12);

/// The service.
#[derive(Debug)]
pub struct Sts {
    clock: Arc<dyn Clock>,
}

impl Sts {
    /// A service that dates its credentials by `clock`.
    pub fn new(clock: Arc<dyn Clock>) -> Arc<Self> {
        Arc::new(Self { clock })
    }

    /// Lets this service answer its operations.
    pub fn register(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        builder
            .register::<GetCallerIdentity, _>(self.clone())
            .register::<AssumeRole, _>(self.clone())
            .register::<GetSessionToken, _>(self.clone());
    }

    /// Credentials in AWS's form that nothing else knows of: in `dev`, any pass.
    fn temporary_credentials(&self, seconds: Option<i32>, default: Duration) -> Credentials {
        const KEY_ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        const SECRET_ALPHABET: &[u8] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let default = i32::try_from(default.as_secs()).unwrap_or(i32::MAX);
        let lifetime = i64::from(seconds.unwrap_or(default)) * 1000;
        let now = self.clock.now().truncate_to_seconds().as_millis();
        Credentials {
            access_key_id: format!("ASIA{}", request_id::random_text(KEY_ALPHABET, 16)),
            secret_access_key: request_id::random_text(SECRET_ALPHABET, 40),
            session_token: request_id::random_text(SECRET_ALPHABET, 256),
            expiration: Timestamp::from_millis(now + lifetime),
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
        let credentials = self.temporary_credentials(input.duration_seconds, ROLE_SESSION);
        let role_id = format!("AROA{}", &credentials.access_key_id[4..]);
        Ok(AssumeRoleOutput {
            assumed_role_user: Some(AssumedRoleUser {
                assumed_role_id: format!("{role_id}:{session}"),
                arn: format!(
                    "arn:{}:sts::{}:assumed-role/{name}/{session}",
                    role.partition, role.account_id
                ),
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
        _caller: &Caller,
    ) -> Result<GetSessionTokenOutput, ServiceError> {
        let credentials = self.temporary_credentials(input.duration_seconds, USER_SESSION);
        Ok(GetSessionTokenOutput {
            credentials: Some(credentials),
        })
    }
}

#[cfg(test)]
mod tests;
