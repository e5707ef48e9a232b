//! Users: what the store keeps of them, and the names under which they are found.

use std::collections::{BTreeMap, BTreeSet};

use landline_api::cognito_idp as api;
use landline_api::cognito_idp::errors;
use landline_store::{Collection, Reader, StoreError, Transaction};
use landline_wire::Timestamp;
use serde::{Deserialize, Serialize};

use crate::attributes::is_readable;
use crate::codes::CodeRecord;
use crate::errors::WriteFailure;
use crate::pool::Pool;
use crate::srp::{Identity, Verifier};

/// By `{pool}\n{name}`; no name holds a line's end.
pub(crate) const USERS: Collection<UserRecord> = Collection::new("cognito.user");
/// The keys of users, by `{pool}\n{attribute}\n{value}`: all that users are found by beside their names.
pub(crate) const NAMES: Collection<String> = Collection::new("cognito.name");
/// By `{pool}\n{group}\n{user}`.
pub(crate) const MEMBERS: Collection<()> = Collection::new("cognito.member");

/// Where somebody is on the way to being let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Status {
    Unconfirmed,
    Confirmed,
    ForceChangePassword,
    ResetRequired,
}

impl Status {
    pub(crate) fn shown(self) -> api::UserStatusType {
        match self {
            Self::Unconfirmed => api::UserStatusType::Unconfirmed,
            Self::Confirmed => api::UserStatusType::Confirmed,
            Self::ForceChangePassword => api::UserStatusType::ForceChangePassword,
            Self::ResetRequired => api::UserStatusType::ResetRequired,
        }
    }
}

/// A user in the store.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct UserRecord {
    pub(crate) username: String,
    pub(crate) sub: String,
    /// All but `sub`.
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) status: Status,
    pub(crate) is_enabled: bool,
    pub(crate) created_millis: i64,
    pub(crate) changed_millis: i64,
    pub(crate) password: Option<Verifier>,
    /// When a temporary password is none any more.
    pub(crate) temporary_until_millis: Option<i64>,
    pub(crate) groups: BTreeSet<String>,
    /// By what they are for.
    pub(crate) codes: BTreeMap<String, CodeRecord>,
    /// Wrong passwords since the last right one.
    pub(crate) failures: u32,
    pub(crate) locked_until_millis: i64,
    /// Tokens of logins up to then are worth nothing.
    pub(crate) signed_out_millis: i64,
}

impl UserRecord {
    /// Somebody new, who has no password yet.
    pub(crate) fn new(username: String, sub: String, now: i64) -> Self {
        Self {
            username,
            sub,
            attributes: BTreeMap::new(),
            status: Status::Unconfirmed,
            is_enabled: true,
            created_millis: now,
            changed_millis: now,
            password: None,
            temporary_until_millis: None,
            groups: BTreeSet::new(),
            codes: BTreeMap::new(),
            failures: 0,
            locked_until_millis: 0,
            signed_out_millis: 0,
        }
    }

    pub(crate) fn identity<'a>(&'a self, pool: &'a Pool) -> Identity<'a> {
        Identity {
            pool: pool.srp_name(),
            user: &self.username,
        }
    }

    /// The last part of its key.
    pub(crate) fn key(&self, pool: &Pool) -> String {
        pool.folded(&self.username).into_owned()
    }

    pub(crate) fn is_verified(&self, attribute: &str) -> bool {
        let flag = self.attributes.get(&format!("{attribute}_verified"));
        flag.is_some_and(|flag| flag.eq_ignore_ascii_case("true"))
    }

    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let value = self.attributes.get(name).map(String::as_str);
        value.filter(|value| !value.is_empty())
    }

    /// The attributes that a client may read, or all.
    pub(crate) fn shown_attributes(&self, client: Option<&Vec<String>>) -> Vec<api::AttributeType> {
        let shown = |name: &str, value: &str| api::AttributeType {
            name: name.to_owned(),
            value: Some(value.to_owned()),
        };
        let mut attributes = vec![shown("sub", &self.sub)];
        for (name, value) in &self.attributes {
            if client.is_none() || is_readable(client, name) {
                attributes.push(shown(name, value));
            }
        }
        attributes
    }

    pub(crate) fn shown(&self) -> api::UserType {
        api::UserType {
            username: Some(self.username.clone()),
            attributes: Some(self.shown_attributes(None)),
            user_create_date: Some(Timestamp::from_millis(self.created_millis)),
            user_last_modified_date: Some(Timestamp::from_millis(self.changed_millis)),
            enabled: Some(self.is_enabled),
            user_status: Some(self.status.shown()),
            mfa_options: None,
        }
    }

    /// Attributes and values by which the user is found.
    fn names(&self, pool: &Pool) -> BTreeSet<(String, String)> {
        let mut names = BTreeSet::from([("sub".to_owned(), self.sub.clone())]);
        let mut add = |attribute: &str| {
            if let Some(value) = self.attribute(attribute) {
                names.insert((attribute.to_owned(), pool.folded(value).into_owned()));
            }
        };
        pool.username_attributes().into_iter().for_each(&mut add);
        for alias in pool.alias_attributes() {
            // Somebody else's address is no way to be that somebody.
            let is_own = match alias {
                "preferred_username" => self.status != Status::Unconfirmed,
                address => self.is_verified(address),
            };
            if is_own {
                add(alias);
            }
        }
        names
    }
}

/// What becomes of an address that somebody else logs in with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    Refused,
    /// The other loses it.
    MovedHere,
}

pub(crate) fn key(pool: &str, name: &str) -> String {
    format!("{pool}\n{name}")
}

pub(crate) fn key_of_three(pool: &str, first: &str, second: &str) -> String {
    format!("{pool}\n{first}\n{second}")
}

/// Somebody by name, by an address that the pool takes for one, or by `sub`.
pub(crate) fn find_in(
    reader: &dyn Reader,
    pool: &Pool,
    name: &str,
) -> Result<Option<UserRecord>, StoreError> {
    let folded = pool.folded(name);
    if let Some(user) = USERS.get_in(reader, &key(&pool.id, &folded))? {
        return Ok(Some(user));
    }
    let attributes = pool.username_attributes().into_iter();
    let attributes = attributes.chain(pool.alias_attributes()).chain(["sub"]);
    for attribute in attributes {
        let found = NAMES.get_in(reader, &key_of_three(&pool.id, attribute, &folded))?;
        if let Some(found) = found {
            return USERS.get_in(reader, &key(&pool.id, &found));
        }
    }
    Ok(None)
}

/// Writes a user, and the names that it has from now on.
pub(crate) fn put_in(
    transaction: &mut Transaction<'_>,
    pool: &Pool,
    before: Option<&UserRecord>,
    user: &UserRecord,
    taken: Taken,
) -> Result<(), WriteFailure> {
    let own = user.key(pool);
    let old = before.map(|before| before.names(pool)).unwrap_or_default();
    let new = user.names(pool);
    for (attribute, value) in new.difference(&old) {
        let name = key_of_three(&pool.id, attribute, value);
        let owner = NAMES.get_in(transaction, &name)?;
        if let Some(owner) = owner.filter(|owner| *owner != own) {
            if taken == Taken::Refused {
                let text = match before {
                    Some(_) => format!("An account with the {attribute} already exists."),
                    None => format!("An account with the given {attribute} already exists."),
                };
                let is_name = pool.username_attributes().contains(&attribute.as_str());
                return Err(WriteFailure::Refused(if is_name && before.is_none() {
                    errors::UsernameExistsException.with(text)
                } else {
                    errors::AliasExistsException.with(text)
                }));
            }
            take_away(transaction, pool, &owner, attribute)?;
        }
        NAMES.put_in(transaction, &name, &own)?;
    }
    for (attribute, value) in old.difference(&new) {
        NAMES.delete_in(transaction, &key_of_three(&pool.id, attribute, value));
    }
    USERS.put_in(transaction, &key(&pool.id, &own), user)?;
    Ok(())
}

/// The address is not verified to be this user's any more.
fn take_away(
    transaction: &mut Transaction<'_>,
    pool: &Pool,
    owner: &str,
    attribute: &str,
) -> Result<(), StoreError> {
    let place = key(&pool.id, owner);
    let Some(mut user) = USERS.get_in(transaction, &place)? else {
        return Ok(());
    };
    let flag = format!("{attribute}_verified");
    user.attributes.insert(flag, "false".to_owned());
    USERS.put_in(transaction, &place, &user)
}

/// Removes a user with its names and its memberships.
pub(crate) fn delete_in(transaction: &mut Transaction<'_>, pool: &Pool, user: &UserRecord) {
    let own = user.key(pool);
    for (attribute, value) in user.names(pool) {
        NAMES.delete_in(transaction, &key_of_three(&pool.id, &attribute, &value));
    }
    for group in &user.groups {
        MEMBERS.delete_in(transaction, &key_of_three(&pool.id, group, &own));
    }
    USERS.delete_in(transaction, &key(&pool.id, &own));
}
