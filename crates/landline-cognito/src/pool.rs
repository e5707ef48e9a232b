//! User pools and their clients: what the store keeps of them, and how they are found.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use landline_api::cognito_idp as api;
use landline_store::{Collection, Store, StoreError};
use landline_wire::{Arn, Caller, ServiceError};
use parking_lot::RwLock;
use serde::{Deserialize, Serialize};

use crate::attributes::Schema;
use crate::client::{CLIENTS, Client};
use crate::errors::{no_client, no_pool};
use crate::kept::Kept;
use crate::keys::{Keys, KeysRecord};
use crate::password::default_policy;

/// By their ids.
pub(crate) const POOLS: Collection<PoolRecord> = Collection::new("cognito.pool");

/// A pool in the store.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct PoolRecord {
    pub(crate) settings: Kept<api::UserPoolType>,
    pub(crate) mfa: Kept<api::SetUserPoolMfaConfigOutput>,
    pub(crate) keys: KeysRecord,
}

/// A pool in one state of its configuration; a change makes another.
#[derive(Debug)]
pub(crate) struct Pool {
    pub(crate) id: String,
    pub(crate) arn: String,
    pub(crate) record: PoolRecord,
    /// Opened when they are first needed.
    keys: Arc<OnceLock<Keys>>,
}

impl Pool {
    pub(crate) fn new(record: PoolRecord) -> Self {
        Self {
            id: record.settings.0.id.clone().unwrap_or_default(),
            arn: record.settings.0.arn.clone().unwrap_or_default(),
            record,
            keys: Arc::default(),
        }
    }

    /// The same pool with other settings.
    pub(crate) fn with(&self, record: PoolRecord) -> Self {
        Self {
            keys: self.keys.clone(),
            ..Self::new(record)
        }
    }

    pub(crate) fn settings(&self) -> &api::UserPoolType {
        &self.record.settings.0
    }

    pub(crate) fn schema(&self) -> &Schema {
        self.settings()
            .schema_attributes
            .as_deref()
            .unwrap_or_default()
    }

    pub(crate) fn password_policy(&self) -> api::PasswordPolicyType {
        let policies = self.settings().policies.as_ref();
        let policy = policies.and_then(|policies| policies.password_policy.clone());
        policy.unwrap_or_else(default_policy)
    }

    pub(crate) fn triggers(&self) -> api::LambdaConfigType {
        self.settings().lambda_config.clone().unwrap_or_default()
    }

    pub(crate) fn keys(&self) -> Result<&Keys, ServiceError> {
        if let Some(keys) = self.keys.get() {
            return Ok(keys);
        }
        let Some(keys) = self.record.keys.open() else {
            let cause = format_args!("the keys of user pool {} are none", self.id);
            return Err(ServiceError::internal(&cause));
        };
        Ok(self.keys.get_or_init(|| keys))
    }

    /// Who signs the pool's tokens.
    pub(crate) fn issuer(&self) -> String {
        format!("https://{}", self.provider_name())
    }

    pub(crate) fn provider_name(&self) -> String {
        format!("cognito-idp.{}.amazonaws.com/{}", self.region(), self.id)
    }

    pub(crate) fn region(&self) -> &str {
        Arn::parse(&self.arn).map_or("", |arn| arn.region)
    }

    /// What users of the pool are hashed with.
    pub(crate) fn srp_name(&self) -> &str {
        self.id.split_once('_').map_or("", |(_, name)| name)
    }

    /// A name as it is looked for.
    pub(crate) fn folded<'a>(&self, name: &'a str) -> Cow<'a, str> {
        let configuration = self.settings().username_configuration.as_ref();
        if configuration.is_some_and(|it| !it.case_sensitive) {
            return Cow::Owned(name.to_lowercase());
        }
        Cow::Borrowed(name)
    }

    /// Whether users log in with an address in the place of a name.
    pub(crate) fn username_attributes(&self) -> Vec<&str> {
        let names = self.settings().username_attributes.iter().flatten();
        names.map(api::UsernameAttributeType::as_str).collect()
    }

    /// What users log in with beside their names.
    pub(crate) fn alias_attributes(&self) -> Vec<&str> {
        let names = self.settings().alias_attributes.iter().flatten();
        names.map(api::AliasAttributeType::as_str).collect()
    }

    pub(crate) fn verifies(&self, attribute: &str) -> bool {
        let names = self.settings().auto_verified_attributes.iter().flatten();
        names
            .map(api::VerifiedAttributeType::as_str)
            .any(|it| it == attribute)
    }

    /// Who calls a trigger's function: the service, on behalf of the pool.
    pub(crate) fn caller(&self) -> Caller {
        let arn = Arn::parse(&self.arn);
        let (account, region) = arn.map_or(("", ""), |arn| (arn.account_id, arn.region));
        Caller::root(account, region).service("cognito-idp.amazonaws.com", &self.arn)
    }
}

/// All pools and all clients.
#[derive(Debug, Default)]
pub(crate) struct Pools {
    pools: RwLock<BTreeMap<String, Arc<Pool>>>,
    clients: RwLock<BTreeMap<String, Arc<Client>>>,
}

impl Pools {
    /// As they were left.
    pub(crate) fn load(store: &dyn Store) -> Result<Self, StoreError> {
        let pools = POOLS.load(store)?.into_iter();
        let pools = pools.map(|(id, record)| (id, Arc::new(Pool::new(record))));
        let clients = CLIENTS.load(store)?.into_iter();
        let clients = clients.map(|(id, settings)| (id, Arc::new(Client::new(settings.0))));
        Ok(Self {
            pools: RwLock::new(pools.collect()),
            clients: RwLock::new(clients.collect()),
        })
    }

    pub(crate) fn find(&self, id: &str) -> Option<Arc<Pool>> {
        self.pools.read().get(id).cloned()
    }

    pub(crate) fn get(&self, id: &str) -> Result<Arc<Pool>, ServiceError> {
        self.find(id).ok_or_else(|| no_pool(id))
    }

    /// In the order of their ids.
    pub(crate) fn all(&self) -> Vec<Arc<Pool>> {
        self.pools.read().values().cloned().collect()
    }

    pub(crate) fn len(&self) -> usize {
        self.pools.read().len()
    }

    /// Shows what has been made durable.
    pub(crate) fn put(&self, pool: Pool) {
        self.pools.write().insert(pool.id.clone(), Arc::new(pool));
    }

    pub(crate) fn remove(&self, id: &str) {
        self.pools.write().remove(id);
        self.clients
            .write()
            .retain(|_, client| client.pool_id() != id);
    }

    /// A client, and the pool that it belongs to.
    pub(crate) fn client(&self, id: &str) -> Result<(Arc<Pool>, Arc<Client>), ServiceError> {
        let client = self.clients.read().get(id).cloned();
        let client = client.ok_or_else(|| no_client(id))?;
        Ok((self.get(client.pool_id())?, client))
    }

    /// A client of this pool.
    pub(crate) fn client_of(&self, pool: &str, id: &str) -> Result<Arc<Client>, ServiceError> {
        let client = self.clients.read().get(id).cloned();
        let client = client.filter(|client| client.pool_id() == pool);
        client.ok_or_else(|| no_client(id))
    }

    /// In the order of their ids.
    pub(crate) fn clients_of(&self, pool: &str) -> Vec<Arc<Client>> {
        let clients = self.clients.read();
        let own = clients.values().filter(|client| client.pool_id() == pool);
        own.cloned().collect()
    }

    /// Shows what has been made durable.
    pub(crate) fn put_client(&self, client: Client) {
        self.clients
            .write()
            .insert(client.id().to_owned(), Arc::new(client));
    }

    pub(crate) fn remove_client(&self, id: &str) {
        self.clients.write().remove(id);
    }
}
