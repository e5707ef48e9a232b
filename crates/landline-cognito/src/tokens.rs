//! Tokens: what they say (pure), who a token is, and which are worth nothing any more.
//!
//! Whoever logs in gets an `origin_jti`, which his tokens share. Its first 48 bits are the time of the login, so that a
//! token tells whether its user has been logged out since.
//! <https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html>

use std::collections::BTreeMap;
use std::sync::Arc;

use landline_api::cognito_idp::errors;
use landline_store::{Collection, Store, StoreError};
use landline_wire::request_id::random_bytes;
use landline_wire::{ServiceError, hex};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::Cognito;
use crate::attributes::is_readable;
use crate::client::Client;
use crate::errors::{not_authorized, unreadable};
use crate::keys::unverified;
use crate::pool::Pool;
use crate::quotas::REVOKED_MAX;
use crate::user::UserRecord;

/// The scope of whoever logged in through the API.
pub(crate) const ADMIN_SCOPE: &str = "aws.cognito.signin.user.admin";

/// One login.
#[derive(Debug, Clone)]
pub(crate) struct Login {
    pub(crate) origin: String,
    pub(crate) auth_seconds: i64,
}

impl Login {
    pub(crate) fn at(now: i64) -> Self {
        Self {
            origin: timed_id(now),
            auth_seconds: now / 1_000,
        }
    }
}

/// The id of a login: a version 4 UUID that begins with the time.
fn timed_id(now: i64) -> String {
    let mut bytes = random_bytes::<16>();
    bytes[..6].copy_from_slice(&now.to_be_bytes()[2..]);
    bytes[6] = bytes[6] & 0x0F | 0x40;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let text = hex(&bytes);
    let parts = [
        &text[..8],
        &text[8..12],
        &text[12..16],
        &text[16..20],
        &text[20..],
    ];
    parts.join("-")
}

/// When a login was, from its id.
pub(crate) fn time_of(origin: &str) -> Option<i64> {
    let (high, low) = (origin.get(..8)?, origin.get(9..13)?);
    i64::from_str_radix(&format!("{high}{low}"), 16).ok()
}

/// What the claims of both tokens are made of.
#[derive(Debug)]
pub(crate) struct Subject<'a> {
    pub(crate) pool: &'a Pool,
    pub(crate) client: &'a Client,
    pub(crate) user: &'a UserRecord,
    pub(crate) login: &'a Login,
    pub(crate) groups: &'a Groups,
    pub(crate) event_id: &'a str,
    pub(crate) now_seconds: i64,
}

/// The groups of a user as tokens show them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Groups {
    /// The first one goes before.
    pub(crate) names: Vec<String>,
    pub(crate) roles: Vec<String>,
    pub(crate) preferred_role: Option<String>,
}

impl Subject<'_> {
    fn common(&self, kind: &str, seconds: i64) -> Map<String, Value> {
        let Self { login, user, .. } = self;
        let claims = json!({
            "sub": user.sub,
            "iss": self.pool.issuer(),
            "origin_jti": login.origin,
            "event_id": self.event_id,
            "token_use": kind,
            "auth_time": login.auth_seconds,
            "exp": self.now_seconds + seconds,
            "iat": self.now_seconds,
            "jti": landline_wire::request_id::uuid(),
        });
        let mut claims = claims.as_object().cloned().unwrap_or_default();
        if !self.groups.names.is_empty() {
            claims.insert("cognito:groups".to_owned(), json!(self.groups.names));
        }
        if !self.client.can_revoke() {
            claims.remove("origin_jti");
        }
        claims
    }

    pub(crate) fn id_claims(&self) -> Map<String, Value> {
        let mut claims = self.common("id", self.client.id_seconds());
        claims.insert("aud".to_owned(), self.client.id().into());
        claims.insert(
            "cognito:username".to_owned(),
            self.user.username.as_str().into(),
        );
        if !self.groups.roles.is_empty() {
            claims.insert("cognito:roles".to_owned(), json!(self.groups.roles));
        }
        if let Some(role) = &self.groups.preferred_role {
            claims.insert("cognito:preferred_role".to_owned(), role.as_str().into());
        }
        let readable = self.client.settings.read_attributes.as_ref();
        for (name, value) in &self.user.attributes {
            if is_readable(readable, name) && !value.is_empty() {
                claims.insert(name.clone(), claim_of(name, value));
            }
        }
        claims
    }

    pub(crate) fn access_claims(&self) -> Map<String, Value> {
        let mut claims = self.common("access", self.client.access_seconds());
        claims.insert("client_id".to_owned(), self.client.id().into());
        claims.insert("username".to_owned(), self.user.username.as_str().into());
        claims.insert("scope".to_owned(), ADMIN_SCOPE.into());
        claims
    }
}

/// Standard attributes have the types of `OpenID` Connect; a pool's own are text.
fn claim_of(name: &str, value: &str) -> Value {
    match name {
        "email_verified" | "phone_number_verified" => value.eq_ignore_ascii_case("true").into(),
        "updated_at" => value
            .parse::<i64>()
            .map_or_else(|_| value.into(), Value::from),
        "address" => json!({ "formatted": value }),
        _ => value.into(),
    }
}

/// What a refresh token is: a login, sealed.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Refresh {
    pub(crate) sub: String,
    pub(crate) client: String,
    pub(crate) origin: String,
    pub(crate) auth_seconds: i64,
    pub(crate) until_millis: i64,
}

/// A token that is worth nothing any more, by the pool and the login.
const REVOKED: Collection<i64> = Collection::new("cognito.revoked");

/// Logins whose tokens were revoked, and when the last of those would have ended by itself.
#[derive(Debug, Default)]
pub(crate) struct Revoked(Mutex<BTreeMap<String, i64>>);

impl Revoked {
    pub(crate) fn load(store: &dyn Store) -> Result<Self, StoreError> {
        let known = REVOKED.load(store)?.into_iter().collect();
        Ok(Self(Mutex::new(known)))
    }

    fn holds(&self, origin: &str) -> bool {
        self.0.lock().contains_key(origin)
    }

    /// Remembers one, and tells which need not be remembered any more.
    fn add(&self, origin: &str, until: i64, now: i64) -> Vec<String> {
        let mut known = self.0.lock();
        let old = known.iter().filter(|(_, until)| **until <= now);
        let mut old: Vec<String> = old.map(|(origin, _)| origin.clone()).collect();
        if known.len() - old.len() >= REVOKED_MAX {
            // They begin with their time: the first one is the oldest.
            old.extend(known.keys().next().cloned());
        }
        for origin in &old {
            known.remove(origin);
        }
        known.insert(origin.to_owned(), until);
        old
    }
}

/// Who holds an access token.
#[derive(Debug)]
pub(crate) struct Holder {
    pub(crate) pool: Arc<Pool>,
    pub(crate) client: Arc<Client>,
    pub(crate) user: UserRecord,
}

impl Cognito {
    /// The user whom an access token is of.
    pub(crate) fn holder(&self, token: &str) -> Result<Holder, ServiceError> {
        let invalid = || not_authorized("Invalid Access Token");
        let said = unverified(token).ok_or_else(invalid)?;
        let issuer = said["iss"].as_str().unwrap_or_default();
        let pool = issuer.rsplit('/').next().and_then(|id| self.pools.find(id));
        let pool = pool.ok_or_else(invalid)?;
        let claims = pool.keys()?.access.read(token).ok_or_else(invalid)?;
        let text = |name: &str| claims[name].as_str().unwrap_or_default();
        if text("token_use") != "access" {
            return Err(invalid());
        }
        if claims["exp"].as_i64().unwrap_or_default() <= self.now() / 1_000 {
            return Err(not_authorized("Access Token has expired"));
        }
        if !text("scope").split(' ').any(|scope| scope == ADMIN_SCOPE) {
            return Err(not_authorized("Access Token does not have required scopes"));
        }
        let client = self.pools.client_of(&pool.id, text("client_id"))?;
        let user = self.find_user(&pool, text("sub"))?;
        let Some(user) = user else {
            return Err(errors::UserNotFoundException.with("User does not exist."));
        };
        let is_out = time_of(text("origin_jti")).is_some_and(|at| at <= user.signed_out_millis);
        if is_out || self.revoked.holds(text("origin_jti")) {
            return Err(not_authorized("Access Token has been revoked"));
        }
        if !user.is_enabled {
            return Err(not_authorized("User is disabled."));
        }
        Ok(Holder { pool, client, user })
    }

    /// What a refresh token says, if it is one of this client's and still worth something.
    pub(crate) fn refresh_token(
        &self,
        pool: &Pool,
        client: &Client,
        token: &str,
    ) -> Result<(Refresh, UserRecord), ServiceError> {
        let invalid = || not_authorized("Invalid Refresh Token");
        let said = open(pool, token)?.ok_or_else(invalid)?;
        if said.client != client.id() {
            return Err(invalid());
        }
        if said.until_millis <= self.now() {
            return Err(not_authorized("Refresh Token has expired"));
        }
        let user = self.find_user(pool, &said.sub)?.ok_or_else(invalid)?;
        let is_out = time_of(&said.origin).is_some_and(|at| at <= user.signed_out_millis);
        if is_out || self.revoked.holds(&said.origin) {
            return Err(not_authorized("Refresh Token has been revoked"));
        }
        if !user.is_enabled {
            return Err(not_authorized("User is disabled."));
        }
        Ok((said, user))
    }

    /// Makes a refresh token, and all that was given for it, worth nothing. One that says nothing is revoked already.
    pub(crate) async fn revoke(
        &self,
        pool: &Pool,
        client: &Client,
        token: &str,
    ) -> Result<(), ServiceError> {
        let Some(said) = open(pool, token)? else {
            return Err(errors::UnsupportedTokenTypeException.with("Unsupported token type"));
        };
        if said.client != client.id() {
            return Err(not_authorized("Refresh Token is not issued to this client"));
        }
        let old = self
            .revoked
            .add(&said.origin, said.until_millis, self.now());
        let written = self.store.write(move |transaction| {
            for origin in &old {
                REVOKED.delete_in(transaction, origin);
            }
            REVOKED.put_in(transaction, &said.origin, &said.until_millis)
        });
        written.await.map_err(unreadable)
    }
}

/// A refresh token opened, if the pool has sealed it.
fn open(pool: &Pool, token: &str) -> Result<Option<Refresh>, ServiceError> {
    use base64::Engine as _;
    let sealed = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(token);
    let sealed = sealed.unwrap_or_default();
    let opened = pool.keys()?.seal.open(&sealed);
    Ok(opened.and_then(|text| serde_json::from_slice(&text).ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_a_login_tells_when_it_was() {
        let id = timed_id(1_801_646_142_107);
        assert_eq!(time_of(&id), Some(1_801_646_142_107));
        assert_eq!((id.len(), &id[14..15]), (36, "4"));
        assert_eq!(time_of("nonsense"), None);
        assert_eq!(time_of("ééééééééé"), None);
    }

    #[test]
    fn a_full_list_forgets_what_ended_first() {
        let revoked = Revoked::default();
        assert!(revoked.add("a", 10, 0).is_empty());
        assert_eq!(revoked.add("b", 30, 20), ["a"]);
        assert!(!revoked.holds("a"));
        assert!(revoked.holds("b"));
    }
}
