//! `CreateUserPool`, `DescribeUserPool`, `UpdateUserPool`, `DeleteUserPool`, `ListUserPools`, `AddCustomAttributes`.

use std::sync::Arc;

use landline_api::cognito_idp as api;
use landline_store::Transaction;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError, Timestamp};

use super::page::{page, size};
use super::settings::{apply, changeable};
use super::{domains::DOMAINS, resource_servers::SERVERS};
use crate::Cognito;
use crate::attributes::{add_custom, schema_of};
use crate::client::CLIENTS;
use crate::errors::{WriteFailure, invalid, limit, no_pool, unreadable};
use crate::groups::GROUPS;
use crate::kept::Kept;
use crate::keys::KeysRecord;
use crate::pool::{POOLS, Pool, PoolRecord};
use crate::quotas::POOLS_MAX;
use crate::user::{MEMBERS, NAMES, USERS};

impl Handler<api::CreateUserPool> for Cognito {
    async fn handle(
        &self,
        input: api::CreateUserPoolInput,
        caller: &Caller,
    ) -> Result<api::CreateUserPoolOutput, ServiceError> {
        let id = format!("{}_{}", caller.region, caller.new_ids().resource_id(9));
        let now = Timestamp::from_millis(self.now());
        let (region, account) = (&caller.region, &caller.account_id);
        let mut settings = api::UserPoolType {
            arn: Some(format!(
                "arn:aws:cognito-idp:{region}:{account}:userpool/{id}"
            )),
            id: Some(id),
            creation_date: Some(now),
            last_modified_date: Some(now),
            ..Default::default()
        };
        apply(&mut settings, changeable(&input))?;
        let is_alias = input
            .alias_attributes
            .as_ref()
            .is_some_and(|it| !it.is_empty());
        let is_name = input
            .username_attributes
            .as_ref()
            .is_some_and(|it| !it.is_empty());
        if is_alias && is_name {
            return Err(invalid(
                "Only one of the aliasAttributes or usernameAttributes can be set for a user pool.",
            ));
        }
        settings.schema_attributes = Some(schema_of(input.schema.unwrap_or_default())?);
        settings.alias_attributes = input.alias_attributes;
        settings.username_attributes = input.username_attributes;
        settings.username_configuration = input.username_configuration;
        let keys = self.compute(KeysRecord::new).await?;
        let mfa = api::SetUserPoolMfaConfigOutput {
            mfa_configuration: settings.mfa_configuration.clone(),
            ..Default::default()
        };
        let record = PoolRecord {
            settings: Kept(settings),
            mfa: Kept(mfa),
            keys,
        };
        let pool = Pool::new(record.clone());
        let _one_at_a_time = self.changes.lock().await;
        if self.pools.len() >= POOLS_MAX {
            return Err(limit("You have exceeded the user pool limit"));
        }
        let put = POOLS.put(&*self.store, &pool.id, record);
        put.await.map_err(unreadable)?;
        let made = self.shown(&pool)?;
        self.pools.put(pool);
        Ok(api::CreateUserPoolOutput {
            user_pool: Some(made),
        })
    }
}

impl Cognito {
    fn shown(&self, pool: &Pool) -> Result<api::UserPoolType, ServiceError> {
        let prefix = format!("{}\n", pool.id);
        let counted = self.store.read(|reader| USERS.count_in(reader, &prefix));
        let users = counted.map_err(unreadable)?;
        Ok(api::UserPoolType {
            estimated_number_of_users: i32::try_from(users).ok(),
            ..pool.settings().clone()
        })
    }

    /// Changes a pool's record; one change after another.
    pub(super) async fn change_pool<T>(
        &self,
        id: &str,
        change: impl FnOnce(&mut PoolRecord) -> Result<T, ServiceError>,
    ) -> Result<T, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let pool = self.pools.get(id)?;
        let mut record = pool.record.clone();
        let changed = change(&mut record)?;
        record.settings.0.last_modified_date = Some(Timestamp::from_millis(self.now()));
        let put = POOLS.put(&*self.store, id, record.clone());
        put.await.map_err(unreadable)?;
        self.pools.put(pool.with(record));
        Ok(changed)
    }

    /// Writes something that belongs to a pool, which has to be there still.
    pub(crate) async fn write_in<T: Send + 'static>(
        &self,
        pool: &Arc<Pool>,
        write: impl FnOnce(&mut Transaction<'_>) -> Result<T, WriteFailure> + Send + 'static,
    ) -> Result<T, ServiceError> {
        let id = pool.id.clone();
        let written = self.store.write(move |transaction| {
            if POOLS.get_in(transaction, &id)?.is_none() {
                return Err(WriteFailure::Refused(no_pool(&id)));
            }
            write(transaction)
        });
        Ok(written.await?)
    }
}

impl Handler<api::DescribeUserPool> for Cognito {
    async fn handle(
        &self,
        input: api::DescribeUserPoolInput,
        _caller: &Caller,
    ) -> Result<api::DescribeUserPoolOutput, ServiceError> {
        let pool = self.pools.get(&input.user_pool_id)?;
        Ok(api::DescribeUserPoolOutput {
            user_pool: Some(self.shown(&pool)?),
        })
    }
}

impl Handler<api::UpdateUserPool> for Cognito {
    async fn handle(
        &self,
        input: api::UpdateUserPoolInput,
        _caller: &Caller,
    ) -> Result<api::UpdateUserPoolOutput, ServiceError> {
        let id = input.user_pool_id.clone();
        let change = self.change_pool(&id, |record| {
            apply(&mut record.settings.0, input)?;
            record.mfa.0.mfa_configuration = record.settings.0.mfa_configuration.clone();
            Ok(())
        });
        change.await?;
        Ok(api::UpdateUserPoolOutput {})
    }
}

impl Handler<api::DeleteUserPool> for Cognito {
    async fn handle(
        &self,
        input: api::DeleteUserPoolInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let id = input.user_pool_id;
        let _one_at_a_time = self.changes.lock().await;
        let pool = self.pools.get(&id)?;
        let settings = pool.settings();
        if settings.deletion_protection == Some(api::DeletionProtectionType::Active) {
            return Err(invalid(
                "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.",
            ));
        }
        if settings.domain.is_some() || settings.custom_domain.is_some() {
            return Err(invalid(
                "User pool cannot be deleted. It has a domain configured that should be deleted first.",
            ));
        }
        let clients = self.pools.clients_of(&id);
        let deleted = id.clone();
        let written = self.store.write(move |transaction| {
            let under = format!("{deleted}\n");
            USERS.delete_under_in(transaction, &under)?;
            NAMES.delete_under_in(transaction, &under)?;
            MEMBERS.delete_under_in(transaction, &under)?;
            GROUPS.delete_under_in(transaction, &under)?;
            SERVERS.delete_under_in(transaction, &under)?;
            for client in &clients {
                CLIENTS.delete_in(transaction, client.id());
            }
            for (domain, owner) in DOMAINS.load_in(transaction)? {
                if owner.0.user_pool_id.as_ref() == Some(&deleted) {
                    DOMAINS.delete_in(transaction, &domain);
                }
            }
            POOLS.delete_in(transaction, &deleted);
            Ok::<_, WriteFailure>(())
        });
        written.await?;
        self.pools.remove(&id);
        Ok(Unit {})
    }
}

impl Handler<api::ListUserPools> for Cognito {
    async fn handle(
        &self,
        input: api::ListUserPoolsInput,
        _caller: &Caller,
    ) -> Result<api::ListUserPoolsOutput, ServiceError> {
        let size = size(Some(input.max_results));
        let token = input.next_token.as_deref();
        let (pools, next_token) = page(self.pools.all(), token, size, |pool| &pool.id);
        let pools = pools.into_iter().map(|pool| {
            let settings = pool.settings().clone();
            api::UserPoolDescriptionType {
                id: settings.id,
                name: settings.name,
                lambda_config: settings.lambda_config,
                status: settings.status,
                last_modified_date: settings.last_modified_date,
                creation_date: settings.creation_date,
            }
        });
        Ok(api::ListUserPoolsOutput {
            user_pools: Some(pools.collect()),
            next_token,
        })
    }
}

impl Handler<api::AddCustomAttributes> for Cognito {
    async fn handle(
        &self,
        input: api::AddCustomAttributesInput,
        _caller: &Caller,
    ) -> Result<api::AddCustomAttributesOutput, ServiceError> {
        let change = self.change_pool(&input.user_pool_id, |record| {
            let schema = record.settings.0.schema_attributes.get_or_insert_default();
            for attribute in input.custom_attributes {
                add_custom(schema, attribute)?;
            }
            Ok(())
        });
        change.await?;
        Ok(api::AddCustomAttributesOutput {})
    }
}
