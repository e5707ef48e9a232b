//! Tasks whose end somebody else tells, by the token that they were given.
//!
//! What was told is in the store before whoever told it is answered; the strand takes it from there, now or after a
//! restart.

use std::collections::HashMap;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use landline_api::stepfunctions::errors;
use landline_store::StoreError;
use landline_wire::{ServiceError, request_id};
use parking_lot::Mutex;
use tokio::sync::Notify;

use super::Run;
use super::record::{Outcome, TOKENS};
use super::strand::lost;
use crate::States;
use crate::errors::{invalid_token, unavailable};
use crate::failure::{Failure, HEARTBEAT_TIMEOUT, TIMEOUT};

/// The strands that wait, by the keys of their tokens.
#[derive(Debug, Default)]
pub(crate) struct Tokens(Mutex<HashMap<String, Arc<Waiter>>>);

#[derive(Debug)]
struct Waiter {
    news: Notify,
    /// When it was last heard of whoever has the token.
    heard_millis: Mutex<i64>,
}

/// For how long a strand waits for its token.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Patience {
    pub(super) until_millis: Option<i64>,
    pub(super) heartbeat_seconds: Option<u64>,
}

/// A new key for a token of an execution.
pub(super) fn new_key(run: &Run) -> String {
    format!("{}|{}", run.key(), request_id::uuid())
}

/// The token as others have it: its key, which says nothing to them.
pub(crate) fn token_of(key: &str) -> String {
    URL_SAFE_NO_PAD.encode(key)
}

fn key_of(token: &str) -> Result<String, ServiceError> {
    let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| invalid_token())?;
    let key = String::from_utf8(bytes).map_err(|_| invalid_token())?;
    match key.split('|').count() {
        3 => Ok(key),
        _ => Err(invalid_token()),
    }
}

fn gone() -> ServiceError {
    errors::TaskTimedOut.with("Task Timed Out: 'Provided task does not exist anymore'")
}

enum Refused {
    Gone,
    Store(StoreError),
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl States {
    /// Keeps what somebody tells of a task, and lets the strand know.
    pub(crate) async fn tell(&self, token: &str, outcome: Outcome) -> Result<(), ServiceError> {
        let key = key_of(token)?;
        let token_key = key.clone();
        let told = self
            .config
            .store
            .write(move |transaction| -> Result<(), Refused> {
                let record = TOKENS.get_in(transaction, &token_key)?;
                let Some(mut record) = record.filter(|it| it.outcome.is_none()) else {
                    return Err(Refused::Gone);
                };
                record.outcome = Some(outcome);
                Ok(TOKENS.put_in(transaction, &token_key, &record)?)
            })
            .await;
        match told {
            Ok(()) => {
                self.tokens.wake(&key, None);
                Ok(())
            }
            Err(Refused::Gone) => Err(gone()),
            Err(Refused::Store(error)) => Err(unavailable(error)),
        }
    }

    /// Whoever has the token is still at work.
    pub(crate) fn hear(&self, token: &str) -> Result<(), ServiceError> {
        let key = key_of(token)?;
        let record = TOKENS.get(&*self.config.store, &key).map_err(unavailable)?;
        if record.is_none_or(|it| it.outcome.is_some()) {
            return Err(gone());
        }
        self.tokens.wake(&key, Some(self.now().as_millis()));
        Ok(())
    }
}

impl Tokens {
    fn wake(&self, key: &str, heard_millis: Option<i64>) {
        if let Some(waiter) = self.0.lock().get(key) {
            if let Some(millis) = heard_millis {
                *waiter.heard_millis.lock() = millis;
            }
            waiter.news.notify_one();
        }
    }

    fn register(self: &Tokens, key: &str, now_millis: i64) -> Arc<Waiter> {
        let waiter = Arc::new(Waiter {
            news: Notify::new(),
            heard_millis: Mutex::new(now_millis),
        });
        self.0.lock().insert(key.to_owned(), waiter.clone());
        waiter
    }
}

/// Takes a waiter away when the strand waits no more, for whatever reason.
struct Registered<'a> {
    tokens: &'a Tokens,
    key: &'a str,
}

impl Drop for Registered<'_> {
    fn drop(&mut self) {
        self.tokens.0.lock().remove(self.key);
    }
}

impl Run {
    /// Waits until somebody tells the end of a task, or for as long as it may take.
    pub(super) async fn outcome(&self, key: &str, patience: Patience) -> Result<Outcome, Failure> {
        let tokens = &self.states.tokens;
        let waiter = tokens.register(key, self.now().as_millis());
        let _registered = Registered { tokens, key };
        loop {
            let record = TOKENS.get(&*self.states.config.store, key).map_err(lost)?;
            match record.map(|record| record.outcome) {
                Some(Some(outcome)) => return Ok(outcome),
                Some(None) => {}
                None => return Err(Failure::bare(TIMEOUT)),
            }
            let silence = patience.heartbeat_seconds.map(|seconds| {
                let heard = *waiter.heard_millis.lock();
                heard + i64::try_from(seconds).unwrap_or(i64::MAX / 2000) * 1000
            });
            tokio::select! {
                biased;
                () = waiter.news.notified() => {}
                () = self.sleep_until_some(patience.until_millis) => {
                    return Err(Failure::bare(TIMEOUT));
                }
                () = self.sleep_until_some(silence) => {
                    return Err(Failure::bare(HEARTBEAT_TIMEOUT));
                }
            }
        }
    }
}
