//! Identity pools: kept, so that templates with them can be deployed. Nobody gets credentials from one.

use landline_api::cognito_identity as api;
use landline_api::cognito_identity::UpdateIdentityPoolInput as IdentityPool;
use landline_api::cognito_identity::errors;
use landline_store::Collection;
use landline_wire::shape::Unit;
use landline_wire::{Caller, DispatcherBuilder, Handler, ServiceError};
use serde::{Deserialize, Serialize};

use super::page::{page, size};
use crate::Cognito;
use crate::errors::unreadable;
use crate::kept::Kept;
use crate::quotas::POOLS_MAX;

/// An identity pool in the store.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct IdentityPoolRecord {
    pool: Kept<IdentityPool>,
    roles: Kept<api::SetIdentityPoolRolesInput>,
}

/// By their ids.
const POOLS: Collection<IdentityPoolRecord> = Collection::new("cognito.identity-pool");

pub(super) fn register(cognito: &std::sync::Arc<Cognito>, builder: &mut DispatcherBuilder) {
    builder
        .register::<api::CreateIdentityPool, _>(cognito.clone())
        .register::<api::DescribeIdentityPool, _>(cognito.clone())
        .register::<api::UpdateIdentityPool, _>(cognito.clone())
        .register::<api::DeleteIdentityPool, _>(cognito.clone())
        .register::<api::ListIdentityPools, _>(cognito.clone())
        .register::<api::SetIdentityPoolRoles, _>(cognito.clone())
        .register::<api::GetIdentityPoolRoles, _>(cognito.clone());
}

impl Cognito {
    fn identity_pool(&self, id: &str) -> Result<IdentityPoolRecord, ServiceError> {
        let found = POOLS.get(&*self.store, id).map_err(unreadable)?;
        found.ok_or_else(|| {
            errors::ResourceNotFoundException.with(format!("IdentityPool '{id}' not found."))
        })
    }

    async fn keep_identity_pool(
        &self,
        id: &str,
        record: IdentityPoolRecord,
    ) -> Result<(), ServiceError> {
        let put = POOLS.put(&*self.store, id, record);
        put.await.map_err(unreadable)
    }
}

impl Handler<api::CreateIdentityPool> for Cognito {
    async fn handle(
        &self,
        input: api::CreateIdentityPoolInput,
        caller: &Caller,
    ) -> Result<IdentityPool, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let count = self.store.read(|reader| POOLS.count_in(reader, ""));
        if count.map_err(unreadable)? >= POOLS_MAX {
            return Err(errors::LimitExceededException.with("Too many identity pools"));
        }
        let id = format!("{}:{}", caller.region, caller.new_ids().uuid());
        let pool = IdentityPool {
            identity_pool_id: id.clone(),
            identity_pool_name: input.identity_pool_name,
            allow_unauthenticated_identities: input.allow_unauthenticated_identities,
            allow_classic_flow: input.allow_classic_flow,
            supported_login_providers: input.supported_login_providers,
            developer_provider_name: input.developer_provider_name,
            open_id_connect_provider_arns: input.open_id_connect_provider_arns,
            cognito_identity_providers: input.cognito_identity_providers,
            saml_provider_arns: input.saml_provider_arns,
            identity_pool_tags: input.identity_pool_tags,
        };
        let record = IdentityPoolRecord {
            pool: Kept(pool.clone()),
            ..Default::default()
        };
        self.keep_identity_pool(&id, record).await?;
        Ok(pool)
    }
}

impl Handler<api::DescribeIdentityPool> for Cognito {
    async fn handle(
        &self,
        input: api::DescribeIdentityPoolInput,
        _caller: &Caller,
    ) -> Result<IdentityPool, ServiceError> {
        Ok(self.identity_pool(&input.identity_pool_id)?.pool.0)
    }
}

impl Handler<api::UpdateIdentityPool> for Cognito {
    async fn handle(
        &self,
        input: IdentityPool,
        _caller: &Caller,
    ) -> Result<IdentityPool, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let mut record = self.identity_pool(&input.identity_pool_id)?;
        record.pool.0 = input.clone();
        self.keep_identity_pool(&input.identity_pool_id, record)
            .await?;
        Ok(input)
    }
}

impl Handler<api::DeleteIdentityPool> for Cognito {
    async fn handle(
        &self,
        input: api::DeleteIdentityPoolInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        self.identity_pool(&input.identity_pool_id)?;
        let delete = POOLS.delete(&*self.store, &input.identity_pool_id);
        delete.await.map_err(unreadable)?;
        Ok(Unit {})
    }
}

impl Handler<api::ListIdentityPools> for Cognito {
    async fn handle(
        &self,
        input: api::ListIdentityPoolsInput,
        _caller: &Caller,
    ) -> Result<api::ListIdentityPoolsOutput, ServiceError> {
        let pools = POOLS.load(&*self.store).map_err(unreadable)?;
        let (token, size) = (input.next_token.as_deref(), size(Some(input.max_results)));
        let (pools, next_token) = page(pools, token, size, |(id, _)| id);
        let pools = pools
            .into_iter()
            .map(|(id, record)| api::IdentityPoolShortDescription {
                identity_pool_id: Some(id),
                identity_pool_name: Some(record.pool.0.identity_pool_name),
            });
        Ok(api::ListIdentityPoolsOutput {
            identity_pools: Some(pools.collect()),
            next_token,
        })
    }
}

impl Handler<api::SetIdentityPoolRoles> for Cognito {
    async fn handle(
        &self,
        input: api::SetIdentityPoolRolesInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let id = input.identity_pool_id.clone();
        let mut record = self.identity_pool(&id)?;
        record.roles.0 = input;
        self.keep_identity_pool(&id, record).await?;
        Ok(Unit {})
    }
}

impl Handler<api::GetIdentityPoolRoles> for Cognito {
    async fn handle(
        &self,
        input: api::GetIdentityPoolRolesInput,
        _caller: &Caller,
    ) -> Result<api::GetIdentityPoolRolesOutput, ServiceError> {
        let roles = self.identity_pool(&input.identity_pool_id)?.roles.0;
        Ok(api::GetIdentityPoolRolesOutput {
            identity_pool_id: Some(input.identity_pool_id),
            roles: Some(roles.roles),
            role_mappings: roles.role_mappings,
        })
    }
}
