//! Secrets Manager: secrets with their versions, for the templates that generate them and the functions that read them.
//!
//! They lie in the store as they are: who may read the data directory may read them. Nothing is rotated.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/Welcome.html>

mod operations;
mod password;
mod versions;

use std::collections::BTreeMap;
use std::sync::Arc;

use landline_api::secretsmanager as api;
use landline_api::secretsmanager::errors;
use landline_store::{Collection, Store, Transaction};
use landline_wire::{Caller, Clock, DispatcherBuilder, ServiceError, request_id};
use serde::{Deserialize, Serialize};

use crate::{WriteFailure, unavailable};

/// A secret; there is one of a name.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct SecretRecord {
    arn: String,
    description: Option<String>,
    kms_key_id: Option<String>,
    created_millis: i64,
    changed_millis: i64,
    /// When it is gone, once its deletion is scheduled.
    deletion_millis: Option<i64>,
    tags: BTreeMap<String, String>,
    versions: BTreeMap<String, VersionRecord>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct VersionRecord {
    value: Value,
    stages: Vec<String>,
    created_millis: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Value {
    Text(String),
    Binary(Vec<u8>),
}

/// What Parameter Store shows of a secret.
#[derive(Debug)]
pub(crate) struct CurrentText {
    pub(crate) name: String,
    pub(crate) arn: String,
    pub(crate) version_id: String,
    pub(crate) stages: Vec<String>,
    pub(crate) text: String,
    pub(crate) created_millis: i64,
}

/// By name.
const SECRETS: Collection<SecretRecord> = Collection::new("secretsmanager.secret");

const CURRENT: &str = "AWSCURRENT";
const PREVIOUS: &str = "AWSPREVIOUS";
/// Versions that one secret keeps: those without a stage go first, the oldest of them.
const VERSIONS_MAX: usize = 100;
const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// The service.
#[derive(Debug)]
pub struct SecretsManager {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
}

impl SecretsManager {
    /// A service on `store`.
    pub fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>) -> Arc<Self> {
        Arc::new(Self { store, clock })
    }

    /// The text of a secret's current version with its ARN, for Parameter Store; nothing when there is no such secret.
    pub(crate) fn current_text(&self, id: &str) -> Result<Option<CurrentText>, ServiceError> {
        let (name, record) = match self.usable(id) {
            Ok(found) => found,
            Err(error) if errors::ResourceNotFoundException.matches(&error) => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut versions = record.versions.iter();
        let current = versions.find(|(_, it)| it.stages.iter().any(|stage| stage == CURRENT));
        let Some((version_id, version)) = current else {
            return Ok(None);
        };
        let Value::Text(text) = &version.value else {
            return Ok(None);
        };
        Ok(Some(CurrentText {
            name,
            arn: record.arn.clone(),
            version_id: version_id.clone(),
            stages: version.stages.clone(),
            text: text.clone(),
            created_millis: version.created_millis,
        }))
    }

    /// Lets this service answer its operations.
    pub fn register(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        builder
            .register::<api::CreateSecret, _>(self.clone())
            .register::<api::DescribeSecret, _>(self.clone())
            .register::<api::GetSecretValue, _>(self.clone())
            .register::<api::PutSecretValue, _>(self.clone())
            .register::<api::UpdateSecret, _>(self.clone())
            .register::<api::DeleteSecret, _>(self.clone())
            .register::<api::RestoreSecret, _>(self.clone())
            .register::<api::ListSecrets, _>(self.clone())
            .register::<api::GetRandomPassword, _>(self.clone())
            .register::<api::ListSecretVersionIds, _>(self.clone())
            .register::<api::UpdateSecretVersionStage, _>(self.clone())
            .register::<api::TagResource, _>(self.clone())
            .register::<api::UntagResource, _>(self.clone());
    }

    /// The name and the record of a secret that is named by its name or its ARN, with or without the six random
    /// characters at its end.
    fn find(&self, id: &str) -> Result<(String, SecretRecord), ServiceError> {
        let name = name_in(id);
        let get = |name: &str| {
            let found = SECRETS.get(&*self.store, name);
            found.map_err(|error| unavailable(&error))
        };
        let now = self.clock.now().as_millis();
        for name in [Some(name), name.rsplit_once('-').map(|(name, _)| name)] {
            let Some(name) = name else { continue };
            let found = get(name)?;
            let is_meant = |secret: &SecretRecord| {
                let is_named =
                    name_in(id) == name || secret.arn == id || id == name_in(&secret.arn);
                is_named && secret.deletion_millis.is_none_or(|at| at > now)
            };
            if let Some(record) = found.filter(is_meant) {
                return Ok((name.to_owned(), record));
            }
        }
        Err(not_found())
    }

    /// The same, unless it is going to be deleted.
    fn usable(&self, id: &str) -> Result<(String, SecretRecord), ServiceError> {
        let (name, record) = self.find(id)?;
        if record.deletion_millis.is_some() {
            return Err(marked());
        }
        Ok((name, record))
    }

    async fn change<T: Send + 'static>(
        &self,
        name: String,
        change: impl FnOnce(&mut SecretRecord) -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, ServiceError> {
        let written = self.store.write(move |transaction: &mut Transaction<'_>| {
            let Some(mut record) = SECRETS.get_in(transaction, &name)? else {
                return Err(WriteFailure::from(not_found()));
            };
            let changed = change(&mut record)?;
            SECRETS.put_in(transaction, &name, &record)?;
            Ok(changed)
        });
        Ok(written.await?)
    }
}

impl SecretRecord {
    fn new(arn: String, now: i64) -> Self {
        Self {
            arn,
            description: None,
            kms_key_id: None,
            created_millis: now,
            changed_millis: now,
            deletion_millis: None,
            tags: BTreeMap::new(),
            versions: BTreeMap::new(),
        }
    }

    /// Adds a version; a stage is on one version only, and what was current is the previous one then.
    fn add(
        &mut self,
        id: &str,
        value: Value,
        stages: &[String],
        now: i64,
    ) -> Result<(), ServiceError> {
        if let Some(known) = self.versions.get(id) {
            if known.value == value {
                return Ok(());
            }
            return Err(used_before(id, &self.arn));
        }
        let mut current = None;
        for (id, version) in &mut self.versions {
            if version.stages.iter().any(|stage| stage == CURRENT) {
                current = Some(id.clone());
            }
            version.stages.retain(|stage| !stages.contains(stage));
        }
        if let Some(current) = current.filter(|_| stages.iter().any(|stage| stage == CURRENT)) {
            for (id, version) in &mut self.versions {
                version.stages.retain(|stage| stage != PREVIOUS);
                if *id == current {
                    version.stages.push(PREVIOUS.to_owned());
                }
            }
        }
        let version = VersionRecord {
            value,
            stages: stages.to_vec(),
            created_millis: now,
        };
        self.versions.insert(id.to_owned(), version);
        self.changed_millis = now;
        self.forget_oldest();
        Ok(())
    }

    fn forget_oldest(&mut self) {
        while self.versions.len() > VERSIONS_MAX {
            let unstaged = self.versions.iter().filter(|(_, it)| it.stages.is_empty());
            let oldest = unstaged.min_by_key(|(_, it)| it.created_millis);
            let Some(oldest) = oldest.map(|(id, _)| id.clone()) else {
                return;
            };
            self.versions.remove(&oldest);
        }
    }
}

/// A value from what a call gives, if it gives one.
fn value_of(
    text: Option<String>,
    binary: Option<impl AsRef<[u8]>>,
) -> Result<Option<Value>, ServiceError> {
    match (text, binary) {
        (Some(_), Some(_)) => Err(errors::InvalidParameterException
            .with("You can't specify both a binary secret value and a string secret value in the same secret.")),
        (Some(text), None) => Ok(Some(Value::Text(text))),
        (None, Some(binary)) => Ok(Some(Value::Binary(binary.as_ref().to_vec()))),
        (None, None) => Ok(None),
    }
}

/// What stands behind `secret:` in an ARN, or the name itself.
fn name_in(id: &str) -> &str {
    id.split_once(":secret:").map_or(id, |(_, name)| name)
}

fn new_arn(name: &str, caller: &Caller) -> String {
    let Caller {
        region, account_id, ..
    } = caller;
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let suffix = request_id::random_text(alphabet, 6);
    format!("arn:aws:secretsmanager:{region}:{account_id}:secret:{name}-{suffix}")
}

fn used_before(token: &str, arn: &str) -> ServiceError {
    errors::ResourceExistsException.with(format!(
        "You can't use ClientRequestToken {token} because that value is already in use for a version of secret {arn}."
    ))
}

fn not_found() -> ServiceError {
    errors::ResourceNotFoundException.with("Secrets Manager can't find the specified secret.")
}

fn marked() -> ServiceError {
    errors::InvalidRequestException
        .with("You can't perform this operation on the secret because it was marked for deletion.")
}

#[cfg(test)]
mod tests;
