//! AWS KMS: keys and aliases as names, without cryptography.
//!
//! Templates make keys for buckets and logs. Here they are made, described, aliased and
//! scheduled for deletion; nothing is encrypted with them.

mod aliases;
mod settings;

use std::collections::BTreeMap;
use std::sync::Arc;

use landline_api::kms as api;
use landline_api::kms::errors;
use landline_store::{Collection, Store, Transaction};
use landline_wire::{Caller, Clock, DispatcherBuilder, Handler, ServiceError, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{WriteFailure, unavailable};

#[derive(Debug, Clone, Serialize, Deserialize)]
struct KeyRecord {
    created_millis: i64,
    description: String,
    usage: String,
    spec: String,
    policy: Option<String>,
    is_enabled: bool,
    rotation_days: Option<i32>,
    /// When it is gone, once its deletion is scheduled.
    deletion_millis: Option<i64>,
    tags: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct AliasRecord {
    key_id: String,
    created_millis: i64,
    updated_millis: i64,
}

const KEYS: Collection<KeyRecord> = Collection::new("kms.key");
const ALIASES: Collection<AliasRecord> = Collection::new("kms.alias");

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// The service.
#[derive(Debug)]
pub struct Kms {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
}

impl Kms {
    /// A service on `store`.
    pub fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>) -> Arc<Self> {
        Arc::new(Self { store, clock })
    }

    /// Lets this service answer its operations.
    pub fn register(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        builder
            .register::<api::CreateKey, _>(self.clone())
            .register::<api::DescribeKey, _>(self.clone())
            .register::<api::ListKeys, _>(self.clone())
            .register::<api::ScheduleKeyDeletion, _>(self.clone())
            .register::<api::CancelKeyDeletion, _>(self.clone());
        self.register_settings(builder);
        self.register_aliases(builder);
    }

    /// The id and the record of a key that is named by its id, its ARN or an alias.
    fn find(&self, name: &str) -> Result<(String, KeyRecord), ServiceError> {
        let id = self.id_of(name)?;
        let found = KEYS
            .get(&*self.store, &id)
            .map_err(|error| unavailable(&error))?;
        let now = self.clock.now().as_millis();
        let record = found.filter(|key| key.deletion_millis.is_none_or(|at| at > now));
        record
            .map(|record| (id, record))
            .ok_or_else(|| not_found(name))
    }

    fn id_of(&self, name: &str) -> Result<String, ServiceError> {
        let resource = match name.strip_prefix("arn:") {
            Some(arn) => arn.rsplit_once(':').map_or(arn, |(_, resource)| resource),
            None => name,
        };
        if !resource.starts_with("alias/") {
            return Ok(resource.trim_start_matches("key/").to_owned());
        }
        let found = ALIASES.get(&*self.store, resource);
        let alias = found.map_err(|error| unavailable(&error))?;
        let alias = alias
            .ok_or_else(|| errors::NotFoundException.with(format!("Alias {name} is not found.")))?;
        Ok(alias.key_id)
    }

    async fn change(
        &self,
        name: &str,
        change: impl FnOnce(&mut KeyRecord) + Send + 'static,
    ) -> Result<String, ServiceError> {
        let (id, _) = self.find(name)?;
        let (key, name) = (id.clone(), name.to_owned());
        let written = self.store.write(move |transaction: &mut Transaction<'_>| {
            let Some(mut record) = KEYS.get_in(transaction, &key)? else {
                return Err(WriteFailure::from(not_found(&name)));
            };
            change(&mut record);
            KEYS.put_in(transaction, &key, &record)?;
            Ok(())
        });
        written.await?;
        Ok(id)
    }
}

fn not_found(name: &str) -> ServiceError {
    errors::NotFoundException.with(format!("Key '{name}' does not exist"))
}

fn arn(resource: &str, caller: &Caller) -> String {
    format!(
        "arn:aws:kms:{}:{}:{resource}",
        caller.region, caller.account_id
    )
}

fn describe(id: &str, record: &KeyRecord, caller: &Caller) -> api::KeyMetadata {
    let state = match (record.deletion_millis, record.is_enabled) {
        (Some(_), _) => "PendingDeletion",
        (None, true) => "Enabled",
        (None, false) => "Disabled",
    };
    api::KeyMetadata {
        aws_account_id: Some(caller.account_id.to_string()),
        key_id: id.to_owned(),
        arn: Some(arn(&format!("key/{id}"), caller)),
        creation_date: Some(Timestamp::from_millis(record.created_millis)),
        enabled: Some(state == "Enabled"),
        description: Some(record.description.clone()),
        key_usage: Some(record.usage.as_str().into()),
        key_state: Some(state.into()),
        deletion_date: record.deletion_millis.map(Timestamp::from_millis),
        origin: Some("AWS_KMS".into()),
        key_manager: Some("CUSTOMER".into()),
        customer_master_key_spec: Some(record.spec.as_str().into()),
        key_spec: Some(record.spec.as_str().into()),
        encryption_algorithms: Some(vec!["SYMMETRIC_DEFAULT".into()]),
        multi_region: Some(false),
        ..api::KeyMetadata::default()
    }
}

impl Handler<api::CreateKey> for Kms {
    async fn handle(
        &self,
        input: api::CreateKeyInput,
        caller: &Caller,
    ) -> Result<api::CreateKeyOutput, ServiceError> {
        let spec = input.key_spec.map(|spec| spec.to_string());
        let usage = input.key_usage.map(|usage| usage.to_string());
        if spec
            .as_deref()
            .is_some_and(|spec| spec != "SYMMETRIC_DEFAULT")
        {
            let text = "Landline keeps symmetric keys only.";
            return Err(errors::UnsupportedOperationException.with(text));
        }
        let tags = input.tags.unwrap_or_default().into_iter();
        let record = KeyRecord {
            created_millis: self.clock.now().as_millis(),
            description: input.description.unwrap_or_default(),
            usage: usage.unwrap_or_else(|| "ENCRYPT_DECRYPT".to_owned()),
            spec: spec.unwrap_or_else(|| "SYMMETRIC_DEFAULT".to_owned()),
            policy: input.policy,
            is_enabled: true,
            rotation_days: None,
            deletion_millis: None,
            tags: tags.map(|tag| (tag.tag_key, tag.tag_value)).collect(),
        };
        let id = caller.new_ids().uuid();
        let metadata = describe(&id, &record, caller);
        let kept = KEYS.put(&*self.store, &id, record).await;
        kept.map_err(|error| unavailable(&error))?;
        Ok(api::CreateKeyOutput {
            key_metadata: Some(metadata),
        })
    }
}

impl Handler<api::DescribeKey> for Kms {
    async fn handle(
        &self,
        input: api::DescribeKeyInput,
        caller: &Caller,
    ) -> Result<api::DescribeKeyOutput, ServiceError> {
        let (id, record) = self.find(&input.key_id)?;
        Ok(api::DescribeKeyOutput {
            key_metadata: Some(describe(&id, &record, caller)),
        })
    }
}

impl Handler<api::ListKeys> for Kms {
    async fn handle(
        &self,
        input: api::ListKeysInput,
        caller: &Caller,
    ) -> Result<api::ListKeysOutput, ServiceError> {
        let all = KEYS
            .load(&*self.store)
            .map_err(|error| unavailable(&error))?;
        let after = input.marker.unwrap_or_default();
        let most = usize::try_from(input.limit.unwrap_or(100)).unwrap_or(100);
        let mut rest = all.into_iter().filter(|(id, _)| *id > after);
        let page: Vec<_> = rest.by_ref().take(most).collect();
        let more = rest.next().is_some();
        let last = page.last().map(|(id, _)| id.clone());
        let keys = page.into_iter().map(|(id, _)| api::KeyListEntry {
            key_arn: Some(arn(&format!("key/{id}"), caller)),
            key_id: Some(id),
        });
        Ok(api::ListKeysOutput {
            keys: Some(keys.collect()),
            next_marker: last.filter(|_| more),
            truncated: Some(more),
        })
    }
}

impl Handler<api::ScheduleKeyDeletion> for Kms {
    async fn handle(
        &self,
        input: api::ScheduleKeyDeletionInput,
        _caller: &Caller,
    ) -> Result<api::ScheduleKeyDeletionOutput, ServiceError> {
        let days = input.pending_window_in_days.unwrap_or(30);
        if !(7..=30).contains(&days) {
            let text = "PendingWindowInDays must be between 7 and 30 days.";
            return Err(ServiceError::new("ValidationException", 400, text));
        }
        let (_, record) = self.find(&input.key_id)?;
        if record.deletion_millis.is_some() {
            let text = format!("{} is pending deletion.", input.key_id);
            return Err(errors::KMSInvalidStateException.with(text));
        }
        let at = self.clock.now().as_millis() + i64::from(days) * DAY_MILLIS;
        let change = move |record: &mut KeyRecord| record.deletion_millis = Some(at);
        let id = self.change(&input.key_id, change).await?;
        Ok(api::ScheduleKeyDeletionOutput {
            key_id: Some(id),
            deletion_date: Some(Timestamp::from_millis(at)),
            key_state: Some("PendingDeletion".into()),
            pending_window_in_days: Some(days),
        })
    }
}

impl Handler<api::CancelKeyDeletion> for Kms {
    async fn handle(
        &self,
        input: api::CancelKeyDeletionInput,
        _caller: &Caller,
    ) -> Result<api::CancelKeyDeletionOutput, ServiceError> {
        let change = |record: &mut KeyRecord| {
            record.deletion_millis = None;
            record.is_enabled = false;
        };
        let id = self.change(&input.key_id, change).await?;
        Ok(api::CancelKeyDeletionOutput { key_id: Some(id) })
    }
}

#[cfg(test)]
mod tests;
