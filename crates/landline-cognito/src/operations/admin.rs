//! What administrators do with users: `AdminCreateUser` and its kin.

use std::sync::Arc;

use landline_api::cognito_idp as api;
use landline_api::cognito_idp::errors;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError, Timestamp};

use crate::Cognito;
use crate::attributes::{Change, check};
use crate::errors::{no_user, unreadable};
use crate::password;
use crate::pool::Pool;
use crate::registration::{Circumstances, NO_CLIENT, new_user};
use crate::user::{self, Status, Taken, UserRecord};

impl Handler<api::AdminCreateUser> for Cognito {
    async fn handle(
        &self,
        input: api::AdminCreateUserInput,
        _caller: &Caller,
    ) -> Result<api::AdminCreateUserOutput, ServiceError> {
        let pool = self.pools.get(&input.user_pool_id)?;
        let metadata = input.client_metadata.unwrap_or_default();
        let around = Circumstances {
            client_id: NO_CLIENT,
            metadata: &metadata,
        };
        let policy = pool.password_policy();
        let given = input.temporary_password.filter(|it| !it.is_empty());
        let temporary = given.unwrap_or_else(|| password::temporary(&policy));
        password::check(&policy, &temporary)?;
        if input.message_action == Some(api::MessageActionType::Resend) {
            let user = self.invite_again(&pool, &input.username, temporary, around);
            return Ok(shown(&user.await?));
        }
        let attributes = input.user_attributes.unwrap_or_default();
        let attributes = check(pool.schema(), attributes, Change::First)?;
        let mut user = new_user(&pool, &input.username, attributes, self.now())?;
        if self.find_user(&pool, &input.username)?.is_some() {
            return Err(errors::UsernameExistsException.with(EXISTS));
        }
        let validation = input.validation_data.unwrap_or_default();
        let source = "PreSignUp_AdminCreateUser";
        let asked = self.ask_to_sign_up(&pool, &mut user, validation, source, around);
        asked.await?;
        user.password = Some(self.verifier(&pool, &user, temporary.clone()).await?);
        user.status = Status::ForceChangePassword;
        user.temporary_until_millis = Some(self.temporary_until(&pool));
        let taken = match input.force_alias_creation {
            Some(true) => Taken::MovedHere,
            _ => Taken::Refused,
        };
        self.keep_new(&pool, &user, taken, EXISTS).await?;
        if input.message_action != Some(api::MessageActionType::Suppress) {
            self.invite(&pool, &user, &temporary, around).await?;
        }
        Ok(shown(&user))
    }
}

const EXISTS: &str = "User account already exists";

fn shown(user: &UserRecord) -> api::AdminCreateUserOutput {
    api::AdminCreateUserOutput {
        user: Some(user.shown()),
    }
}

impl Cognito {
    async fn invite(
        &self,
        pool: &Pool,
        user: &UserRecord,
        temporary: &str,
        around: Circumstances<'_>,
    ) -> Result<(), ServiceError> {
        let source = "CustomMessage_AdminCreateUser";
        self.ask_for_words(pool, user, source, around).await?;
        tracing::info!(
            UserPoolId = pool.id,
            Username = user.username,
            "{}",
            format_args!("temporary password {temporary} lets the user in for the first time")
        );
        Ok(())
    }

    async fn invite_again(
        &self,
        pool: &Arc<Pool>,
        name: &str,
        temporary: String,
        around: Circumstances<'_>,
    ) -> Result<UserRecord, ServiceError> {
        let user = self.user(pool, name)?;
        let verifier = self.verifier(pool, &user, temporary.clone()).await?;
        let until = self.temporary_until(pool);
        let change = self.change_user(pool, &user.sub, Taken::Refused, move |user| {
            if user.status != Status::ForceChangePassword {
                let text = format!(
                    "Resend not possible. {} status is not FORCE_CHANGE_PASSWORD",
                    user.username
                );
                return Err(errors::UnsupportedUserStateException.with(text));
            }
            user.password = Some(verifier);
            user.temporary_until_millis = Some(until);
            Ok(user.clone())
        });
        let user = change.await?;
        self.invite(pool, &user, &temporary, around).await?;
        Ok(user)
    }

    /// Removes somebody, if he is still there.
    pub(super) async fn remove_user(
        &self,
        pool: &Arc<Pool>,
        name: &str,
    ) -> Result<(), ServiceError> {
        let (of, name) = (Arc::clone(pool), name.to_owned());
        let written = self.write_in(pool, move |transaction| {
            let found = user::find_in(transaction, &of, &name)?;
            user::delete_in(transaction, &of, &found.ok_or_else(no_user)?);
            Ok(())
        });
        written.await
    }

    async fn switch(
        &self,
        pool: &str,
        name: &str,
        change: fn(&mut UserRecord),
    ) -> Result<(), ServiceError> {
        let pool = self.pools.get(pool)?;
        let change = self.change_user(&pool, name, Taken::Refused, move |user| {
            change(user);
            Ok(())
        });
        change.await
    }
}

impl Handler<api::AdminGetUser> for Cognito {
    async fn handle(
        &self,
        input: api::AdminGetUserInput,
        _caller: &Caller,
    ) -> Result<api::AdminGetUserOutput, ServiceError> {
        let pool = self.pools.get(&input.user_pool_id)?;
        let found = self
            .store
            .read(|reader| user::find_in(reader, &pool, &input.username));
        let user = found.map_err(unreadable)?.ok_or_else(no_user)?;
        Ok(api::AdminGetUserOutput {
            username: user.username.clone(),
            user_attributes: Some(user.shown_attributes(None)),
            user_create_date: Some(Timestamp::from_millis(user.created_millis)),
            user_last_modified_date: Some(Timestamp::from_millis(user.changed_millis)),
            enabled: Some(user.is_enabled),
            user_status: Some(user.status.shown()),
            ..Default::default()
        })
    }
}

impl Handler<api::AdminDeleteUser> for Cognito {
    async fn handle(
        &self,
        input: api::AdminDeleteUserInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let pool = self.pools.get(&input.user_pool_id)?;
        self.remove_user(&pool, &input.username).await?;
        Ok(Unit {})
    }
}

impl Handler<api::AdminEnableUser> for Cognito {
    async fn handle(
        &self,
        input: api::AdminEnableUserInput,
        _caller: &Caller,
    ) -> Result<api::AdminEnableUserOutput, ServiceError> {
        let (pool, name) = (&input.user_pool_id, &input.username);
        self.switch(pool, name, |user| user.is_enabled = true)
            .await?;
        Ok(api::AdminEnableUserOutput {})
    }
}

impl Handler<api::AdminDisableUser> for Cognito {
    async fn handle(
        &self,
        input: api::AdminDisableUserInput,
        _caller: &Caller,
    ) -> Result<api::AdminDisableUserOutput, ServiceError> {
        let (pool, name) = (&input.user_pool_id, &input.username);
        self.switch(pool, name, |user| user.is_enabled = false)
            .await?;
        Ok(api::AdminDisableUserOutput {})
    }
}
