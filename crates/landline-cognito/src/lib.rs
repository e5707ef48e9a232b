//! Amazon Cognito user pools: an application's users, how they prove who they are, and the tokens that say so.
//!
//! 1. [`pool`], [`client`], [`user`]: what is kept, and how it is found;
//! 2. [`attributes`], [`password`]: what users may have (pure);
//! 3. [`srp`]: how somebody proves to know a password (pure); what is kept of a password is its verifier;
//! 4. [`rsa`], [`keys`], [`sealed`]: new keys, signatures, and what clients carry for a pool;
//! 5. [`tokens`]: the claims of a token (pure), and who a token is;
//! 6. [`login`]: from a first word to tokens, through challenges;
//! 7. [`triggers`]: the functions that a pool asks on the way;
//! 8. [`codes`]: what would be sent by mail;
//! 9. [`operations`]: the API; [`well_known`]: what pools publish.
//!
//! A login writes nothing unless something went wrong before: sessions, secret blocks and refresh tokens are sealed and
//! with the client; the store only knows which are revoked.
//!
//! <https://docs.aws.amazon.com/cognito/latest/developerguide/what-is-amazon-cognito.html>

mod attributes;
mod client;
mod codes;
mod errors;
mod groups;
mod kept;
mod keys;
mod login;
mod operations;
mod password;
mod pool;
mod quotas;
mod registration;
mod rsa;
mod sealed;
mod srp;
mod tokens;
mod triggers;
mod user;
mod well_known;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use landline_store::{Store, StoreError};
use landline_wire::{Clock, Dispatcher, ServiceError};
use tokio::sync::Semaphore;

use client::Client;
use errors::{WriteFailure, no_user, unreadable};
use pool::{Pool, Pools};
use quotas::COMPUTATIONS_AT_ONCE;
use tokens::Revoked;
use user::{Taken, UserRecord};
pub use well_known::Document;

/// What the service is built from.
#[derive(Debug)]
pub struct CognitoConfig {
    /// Where it keeps its state.
    pub store: Arc<dyn Store>,
    /// The time of day.
    pub clock: Arc<dyn Clock>,
    /// The functions of triggers.
    pub dispatcher: Dispatcher,
}

/// The service.
#[derive(Debug)]
pub struct Cognito {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    dispatcher: Dispatcher,
    pools: Pools,
    revoked: Revoked,
    /// Big numbers take their time; this many may take it at once.
    computing: Semaphore,
    /// Held while pools and clients change.
    changes: tokio::sync::Mutex<()>,
}

impl Cognito {
    /// A service on a store.
    ///
    /// # Errors
    ///
    /// The store's, when it cannot be read.
    pub fn open(config: CognitoConfig) -> Result<Arc<Self>, StoreError> {
        Ok(Arc::new(Self {
            pools: Pools::load(&*config.store)?,
            revoked: Revoked::load(&*config.store)?,
            store: config.store,
            clock: config.clock,
            dispatcher: config.dispatcher,
            computing: Semaphore::new(COMPUTATIONS_AT_ONCE),
            changes: tokio::sync::Mutex::default(),
        }))
    }

    fn now(&self) -> i64 {
        self.clock.now().as_millis()
    }

    /// Work with big numbers, beside the tasks that answer requests.
    async fn compute<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ServiceError> {
        let _turn = self.computing.acquire().await;
        let done = tokio::task::spawn_blocking(work).await;
        done.map_err(|error| ServiceError::internal(&error))
    }

    /// Somebody by any of the names that the pool finds users under.
    fn find_user(&self, pool: &Pool, name: &str) -> Result<Option<UserRecord>, ServiceError> {
        let found = self.store.read(|reader| user::find_in(reader, pool, name));
        found.map_err(unreadable)
    }

    fn user(&self, pool: &Pool, name: &str) -> Result<UserRecord, ServiceError> {
        self.find_user(pool, name)?.ok_or_else(no_user)
    }

    /// Somebody whom a client asks about: some clients learn nothing about who is there.
    fn user_for(
        &self,
        pool: &Pool,
        client: &Client,
        name: &str,
        hidden: fn() -> ServiceError,
    ) -> Result<UserRecord, ServiceError> {
        match self.find_user(pool, name)? {
            Some(user) => Ok(user),
            None if client.hides_users() => Err(hidden()),
            None => Err(no_user()),
        }
    }

    /// Changes somebody as he is when the change's turn comes; a refusal changes nothing.
    async fn change_user<T: Send + 'static>(
        &self,
        pool: &Arc<Pool>,
        name: &str,
        taken: Taken,
        change: impl FnOnce(&mut UserRecord) -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, ServiceError> {
        let (pool, name) = (Arc::clone(pool), name.to_owned());
        let now = self.now();
        let written = self.store.write(move |transaction| {
            let Some(before) = user::find_in(transaction, &pool, &name)? else {
                return Err(WriteFailure::Refused(no_user()));
            };
            let mut after = before.clone();
            let changed = change(&mut after)?;
            after.changed_millis = now;
            user::put_in(transaction, &pool, Some(&before), &after, taken)?;
            Ok(changed)
        });
        Ok(written.await?)
    }
}
