//! `CreateResourceServer`, `DescribeResourceServer`, `UpdateResourceServer`, `DeleteResourceServer`,
//! `ListResourceServers`: kept, as nothing asks for their scopes here.

use landline_api::cognito_idp as api;
use landline_api::cognito_idp::errors;
use landline_store::Collection;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::page::{page, size};
use crate::Cognito;
use crate::errors::{invalid, limit, unreadable};
use crate::kept::Kept;
use crate::pool::Pool;
use crate::quotas::RESOURCE_SERVERS_MAX;
use crate::user::key;

/// By `{pool}\n{identifier}`.
pub(super) const SERVERS: Collection<Kept<api::ResourceServerType>> =
    Collection::new("cognito.resource-server");

impl Cognito {
    fn servers(&self, pool: &Pool) -> Result<Vec<api::ResourceServerType>, ServiceError> {
        let prefix = format!("{}\n", pool.id);
        let listed = self.store.read(|reader| SERVERS.list_in(reader, &prefix));
        let listed = listed.map_err(unreadable)?.into_iter();
        Ok(listed.map(|(_, server)| server.0).collect())
    }

    fn server(&self, pool: &Pool, id: &str) -> Result<api::ResourceServerType, ServiceError> {
        let found = SERVERS
            .get(&*self.store, &key(&pool.id, id))
            .map_err(unreadable)?;
        let found = found.map(|server| server.0);
        found.ok_or_else(|| {
            errors::ResourceNotFoundException.with(format!("Resource server {id} does not exist."))
        })
    }

    async fn keep_server(&self, server: api::ResourceServerType) -> Result<(), ServiceError> {
        let pool = server.user_pool_id.as_deref().unwrap_or_default();
        let place = key(pool, server.identifier.as_deref().unwrap_or_default());
        let put = SERVERS.put(&*self.store, &place, Kept(server));
        put.await.map_err(unreadable)
    }
}

impl Handler<api::CreateResourceServer> for Cognito {
    async fn handle(
        &self,
        input: api::CreateResourceServerInput,
        _caller: &Caller,
    ) -> Result<api::CreateResourceServerOutput, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let pool = self.pools.get(&input.user_pool_id)?;
        let id = &input.identifier;
        let known = self.servers(&pool)?;
        if known
            .iter()
            .any(|server| server.identifier.as_ref() == Some(id))
        {
            let text = format!("{id} already exists in user pool {}.", pool.id);
            return Err(invalid(text));
        }
        if known.len() >= RESOURCE_SERVERS_MAX {
            return Err(limit("You have exceeded the resource server limit"));
        }
        let server = api::ResourceServerType {
            user_pool_id: Some(input.user_pool_id),
            identifier: Some(input.identifier),
            name: Some(input.name),
            scopes: input.scopes,
        };
        self.keep_server(server.clone()).await?;
        Ok(api::CreateResourceServerOutput {
            resource_server: server,
        })
    }
}

impl Handler<api::DescribeResourceServer> for Cognito {
    async fn handle(
        &self,
        input: api::DescribeResourceServerInput,
        _caller: &Caller,
    ) -> Result<api::DescribeResourceServerOutput, ServiceError> {
        let pool = self.pools.get(&input.user_pool_id)?;
        Ok(api::DescribeResourceServerOutput {
            resource_server: self.server(&pool, &input.identifier)?,
        })
    }
}

impl Handler<api::UpdateResourceServer> for Cognito {
    async fn handle(
        &self,
        input: api::UpdateResourceServerInput,
        _caller: &Caller,
    ) -> Result<api::UpdateResourceServerOutput, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let pool = self.pools.get(&input.user_pool_id)?;
        let mut server = self.server(&pool, &input.identifier)?;
        server.name = Some(input.name);
        server.scopes = input.scopes;
        self.keep_server(server.clone()).await?;
        Ok(api::UpdateResourceServerOutput {
            resource_server: server,
        })
    }
}

impl Handler<api::DeleteResourceServer> for Cognito {
    async fn handle(
        &self,
        input: api::DeleteResourceServerInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let pool = self.pools.get(&input.user_pool_id)?;
        self.server(&pool, &input.identifier)?;
        let place = key(&pool.id, &input.identifier);
        let delete = SERVERS.delete(&*self.store, &place);
        delete.await.map_err(unreadable)?;
        Ok(Unit {})
    }
}

impl Handler<api::ListResourceServers> for Cognito {
    async fn handle(
        &self,
        input: api::ListResourceServersInput,
        _caller: &Caller,
    ) -> Result<api::ListResourceServersOutput, ServiceError> {
        let pool = self.pools.get(&input.user_pool_id)?;
        let (token, size) = (input.next_token.as_deref(), size(input.max_results));
        let servers = self.servers(&pool)?;
        let (resource_servers, next_token) = page(servers, token, size, |server| {
            server.identifier.as_deref().unwrap_or_default()
        });
        Ok(api::ListResourceServersOutput {
            resource_servers,
            next_token,
        })
    }
}
