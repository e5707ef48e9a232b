//! Access keys of users.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use landline_api::iam::{
    AccessKey, AccessKeyMetadata, CreateAccessKey, CreateAccessKeyInput, CreateAccessKeyOutput,
    DeleteAccessKey, DeleteAccessKeyInput, ListAccessKeys, ListAccessKeysInput,
    ListAccessKeysOutput, StatusType, UpdateAccessKey, UpdateAccessKeyInput, errors,
};
use landline_store::{Collection, StoreError, Transaction};
use landline_wire::shape::Unit;
use landline_wire::{Caller, DispatcherBuilder, Handler, ServiceError, Timestamp, request_id};
use serde::{Deserialize, Serialize};

use super::holder::Holder;
use super::{USERS, UserRecord, user_of};
use crate::iam::Iam;
use crate::{WriteFailure, unavailable};

/// An access key as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct AccessKeyRecord {
    pub(super) user: String,
    secret: String,
    is_active: bool,
    created_millis: i64,
}

/// By id.
pub(super) const ACCESS_KEYS: Collection<AccessKeyRecord> = Collection::new("iam.access_key");

/// The most access keys of a user.
const MAX_KEYS: usize = 2;
/// What the ids of lasting keys begin with, and how long they are.
const BEGINNING: &str = "AKIA";
const ID_LENGTH: usize = 20;

/// What an access key of a user is good for.
#[derive(Debug, Clone)]
pub struct UserKey {
    /// What requests are signed with.
    pub secret_access_key: Arc<str>,
    /// The ARN of the user.
    pub principal: Arc<str>,
}

/// The keys that are in use, as of one state of IAM: every signed request asks for one, and none should ask the disk.
#[derive(Debug, Default)]
pub(in crate::iam) struct KeysInUse {
    /// The count of changes before they were read; none if they never were.
    as_of: Option<u64>,
    by_id: HashMap<String, UserKey>,
}

impl Iam {
    pub(super) fn register_keys(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        builder
            .register::<CreateAccessKey, _>(self.clone())
            .register::<ListAccessKeys, _>(self.clone())
            .register::<UpdateAccessKey, _>(self.clone())
            .register::<DeleteAccessKey, _>(self.clone());
    }

    /// The user behind an access key that is in use.
    pub fn user_key(&self, access_key_id: &str) -> Option<UserKey> {
        if access_key_id.len() != ID_LENGTH || !access_key_id.starts_with(BEGINNING) {
            return None;
        }
        let changes = self.changes.load(Ordering::Acquire);
        let known = self.keys.load();
        if known.as_of == Some(changes) {
            return known.by_id.get(access_key_id).cloned();
        }
        let read = self.read_keys(changes).ok()?;
        let found = read.by_id.get(access_key_id).cloned();
        self.keys.store(Arc::new(read));
        found
    }

    fn read_keys(&self, as_of: u64) -> Result<KeysInUse, StoreError> {
        let mut by_id = HashMap::new();
        for (id, key) in ACCESS_KEYS.load(&*self.store)? {
            let user = USERS.get(&*self.store, &key.user)?;
            if let Some(user) = user.filter(|_| key.is_active) {
                let key = UserKey {
                    secret_access_key: key.secret.into(),
                    principal: user.arn.into(),
                };
                by_id.insert(id, key);
            }
        }
        let as_of = Some(as_of);
        Ok(KeysInUse { as_of, by_id })
    }

    async fn change_key(
        &self,
        id: String,
        user: Option<String>,
        change: impl FnOnce(&mut Transaction<'_>, &str, AccessKeyRecord) -> Result<(), WriteFailure>
        + Send
        + 'static,
    ) -> Result<Unit, ServiceError> {
        let written = self.store.write(move |transaction: &mut Transaction<'_>| {
            let key = ACCESS_KEYS.get_in(transaction, &id)?;
            let key = key.filter(|key| user.as_ref().is_none_or(|user| *user == key.user));
            let Some(key) = key else {
                let text = format!("The Access Key with id {id} cannot be found.");
                return Err(WriteFailure::from(errors::NoSuchEntityException.with(text)));
            };
            change(transaction, &id, key)
        });
        written.await?;
        self.note_change();
        Ok(Unit {})
    }
}

/// The user that a call means: the one it names, or who calls.
fn named(name: Option<String>, caller: &Caller) -> Result<String, ServiceError> {
    let name = name.or_else(|| user_of(caller).map(str::to_owned));
    name.ok_or_else(|| {
        let text = "Must specify userName when calling with non-User credentials";
        ServiceError::new("ValidationError", 400, text)
    })
}

impl Handler<CreateAccessKey> for Iam {
    async fn handle(
        &self,
        input: CreateAccessKeyInput,
        caller: &Caller,
    ) -> Result<CreateAccessKeyOutput, ServiceError> {
        const SECRET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let user = named(input.user_name, caller)?;
        let drawn = caller.new_ids().resource_id(ID_LENGTH - BEGINNING.len());
        let id = format!("{BEGINNING}{}", drawn.to_uppercase());
        let key = AccessKeyRecord {
            user: user.clone(),
            secret: request_id::random_text(SECRET, 40),
            is_active: true,
            created_millis: self.clock.now().truncate_to_seconds().as_millis(),
        };
        let access_key = AccessKey {
            user_name: user.clone(),
            access_key_id: id.clone(),
            status: StatusType::Active,
            secret_access_key: key.secret.clone(),
            create_date: Some(Timestamp::from_millis(key.created_millis)),
        };
        let written = self.store.write(move |transaction: &mut Transaction<'_>| {
            if USERS.get_in(transaction, &user)?.is_none() {
                return Err(WriteFailure::from(UserRecord::missing(&user)));
            }
            let keys = ACCESS_KEYS.list_in(transaction, "")?;
            let count = keys.iter().filter(|(_, key)| key.user == user).count();
            if count >= MAX_KEYS {
                let text = format!("Cannot exceed quota for AccessKeysPerUser: {MAX_KEYS}");
                return Err(errors::LimitExceededException.with(text).into());
            }
            ACCESS_KEYS.put_in(transaction, &id, &key)?;
            Ok(())
        });
        written.await?;
        self.note_change();
        Ok(CreateAccessKeyOutput { access_key })
    }
}

impl Handler<ListAccessKeys> for Iam {
    async fn handle(
        &self,
        input: ListAccessKeysInput,
        caller: &Caller,
    ) -> Result<ListAccessKeysOutput, ServiceError> {
        let user = named(input.user_name, caller)?;
        self.holder::<UserRecord>(&user)?;
        let all = ACCESS_KEYS.load(&*self.store);
        let all = all.map_err(|error| unavailable(&error))?.into_iter();
        let own = all.filter(|(_, key)| key.user == user);
        let told = own.map(|(id, key)| AccessKeyMetadata {
            user_name: Some(key.user),
            access_key_id: Some(id),
            status: Some(if key.is_active {
                StatusType::Active
            } else {
                StatusType::Inactive
            }),
            create_date: Some(Timestamp::from_millis(key.created_millis)),
        });
        Ok(ListAccessKeysOutput {
            access_key_metadata: told.collect(),
            is_truncated: Some(false),
            marker: None,
        })
    }
}

impl Handler<UpdateAccessKey> for Iam {
    async fn handle(
        &self,
        input: UpdateAccessKeyInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let is_active = input.status == StatusType::Active;
        self.change_key(
            input.access_key_id,
            input.user_name,
            move |transaction, id, key| {
                let key = AccessKeyRecord { is_active, ..key };
                Ok(ACCESS_KEYS.put_in(transaction, id, &key)?)
            },
        )
        .await
    }
}

impl Handler<DeleteAccessKey> for Iam {
    async fn handle(
        &self,
        input: DeleteAccessKeyInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.change_key(
            input.access_key_id,
            input.user_name,
            |transaction, id, _| {
                ACCESS_KEYS.delete_in(transaction, id);
                Ok(())
            },
        )
        .await
    }
}
