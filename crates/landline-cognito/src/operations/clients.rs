//! `CreateUserPoolClient`, `DescribeUserPoolClient`, `UpdateUserPoolClient`, `DeleteUserPoolClient`,
//! `ListUserPoolClients`.

use landline_api::cognito_idp as api;
use landline_wire::request_id::random_text;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError, Timestamp};

use super::page::{page, size};
use crate::Cognito;
use crate::client::{CLIENTS, Client};
use crate::errors::{invalid, limit, unreadable};
use crate::kept::Kept;
use crate::pool::Pool;
use crate::quotas::CLIENTS_MAX;

/// Takes over what can be changed later; what is left out is as it was at first.
fn apply(
    settings: &mut api::UserPoolClientType,
    given: api::UpdateUserPoolClientInput,
    pool: &Pool,
) -> Result<(), ServiceError> {
    for name in given
        .read_attributes
        .iter()
        .chain(&given.write_attributes)
        .flatten()
    {
        let is_known = pool
            .schema()
            .iter()
            .any(|it| it.name.as_ref() == Some(name));
        if !is_known {
            return Err(invalid(
                "Invalid write attributes specified while creating a client",
            ));
        }
    }
    if let Some(name) = given.client_name {
        settings.client_name = Some(name);
    }
    let days = given.refresh_token_validity.filter(|it| *it > 0);
    settings.refresh_token_validity = Some(days.unwrap_or(30));
    settings.access_token_validity = given.access_token_validity;
    settings.id_token_validity = given.id_token_validity;
    settings.token_validity_units = Some(given.token_validity_units.unwrap_or_default());
    settings.read_attributes = given.read_attributes;
    settings.write_attributes = given.write_attributes;
    settings.explicit_auth_flows = given.explicit_auth_flows;
    settings.supported_identity_providers = given.supported_identity_providers;
    settings.callback_urls = given.callback_urls;
    settings.logout_urls = given.logout_urls;
    settings.default_redirect_uri = given.default_redirect_uri;
    settings.allowed_o_auth_flows = given.allowed_o_auth_flows;
    settings.allowed_o_auth_scopes = given.allowed_o_auth_scopes;
    settings.allowed_o_auth_flows_user_pool_client =
        Some(given.allowed_o_auth_flows_user_pool_client.unwrap_or(false));
    settings.analytics_configuration = given.analytics_configuration;
    settings.prevent_user_existence_errors = given.prevent_user_existence_errors;
    settings.enable_token_revocation = Some(given.enable_token_revocation.unwrap_or(true));
    settings.enable_propagate_additional_user_context_data = Some(
        given
            .enable_propagate_additional_user_context_data
            .unwrap_or(false),
    );
    settings.auth_session_validity = Some(given.auth_session_validity.unwrap_or(3));
    settings.refresh_token_rotation = given.refresh_token_rotation;
    Ok(())
}

fn changeable(input: api::CreateUserPoolClientInput) -> api::UpdateUserPoolClientInput {
    api::UpdateUserPoolClientInput {
        user_pool_id: input.user_pool_id,
        client_id: String::new(),
        client_name: Some(input.client_name),
        refresh_token_validity: input.refresh_token_validity,
        access_token_validity: input.access_token_validity,
        id_token_validity: input.id_token_validity,
        token_validity_units: input.token_validity_units,
        read_attributes: input.read_attributes,
        write_attributes: input.write_attributes,
        explicit_auth_flows: input.explicit_auth_flows,
        supported_identity_providers: input.supported_identity_providers,
        callback_urls: input.callback_urls,
        logout_urls: input.logout_urls,
        default_redirect_uri: input.default_redirect_uri,
        allowed_o_auth_flows: input.allowed_o_auth_flows,
        allowed_o_auth_scopes: input.allowed_o_auth_scopes,
        allowed_o_auth_flows_user_pool_client: input.allowed_o_auth_flows_user_pool_client,
        analytics_configuration: input.analytics_configuration,
        prevent_user_existence_errors: input.prevent_user_existence_errors,
        enable_token_revocation: input.enable_token_revocation,
        enable_propagate_additional_user_context_data: input
            .enable_propagate_additional_user_context_data,
        auth_session_validity: input.auth_session_validity,
        refresh_token_rotation: input.refresh_token_rotation,
    }
}

impl Handler<api::CreateUserPoolClient> for Cognito {
    async fn handle(
        &self,
        input: api::CreateUserPoolClientInput,
        caller: &Caller,
    ) -> Result<api::CreateUserPoolClientOutput, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let pool = self.pools.get(&input.user_pool_id)?;
        if self.pools.clients_of(&pool.id).len() >= CLIENTS_MAX {
            return Err(limit("You have exceeded the user pool client limit"));
        }
        let now = Timestamp::from_millis(self.now());
        let made = || random_text(b"abcdefghijklmnopqrstuvwxyz0123456789", 51);
        let secret = input.client_secret.clone();
        let secret = secret.or_else(|| (input.generate_secret == Some(true)).then(made));
        let mut settings = api::UserPoolClientType {
            user_pool_id: Some(pool.id.clone()),
            client_id: Some(caller.new_ids().resource_id(26)),
            client_secret: secret,
            creation_date: Some(now),
            last_modified_date: Some(now),
            ..Default::default()
        };
        apply(&mut settings, changeable(input), &pool)?;
        self.keep_client(settings.clone()).await?;
        Ok(api::CreateUserPoolClientOutput {
            user_pool_client: Some(settings),
        })
    }
}

impl Cognito {
    async fn keep_client(&self, settings: api::UserPoolClientType) -> Result<(), ServiceError> {
        let client = Client::new(settings.clone());
        let put = CLIENTS.put(&*self.store, client.id(), Kept(settings));
        put.await.map_err(unreadable)?;
        self.pools.put_client(client);
        Ok(())
    }
}

impl Handler<api::DescribeUserPoolClient> for Cognito {
    async fn handle(
        &self,
        input: api::DescribeUserPoolClientInput,
        _caller: &Caller,
    ) -> Result<api::DescribeUserPoolClientOutput, ServiceError> {
        let pool = self.pools.get(&input.user_pool_id)?;
        let client = self.pools.client_of(&pool.id, &input.client_id)?;
        Ok(api::DescribeUserPoolClientOutput {
            user_pool_client: Some(client.settings.clone()),
        })
    }
}

impl Handler<api::UpdateUserPoolClient> for Cognito {
    async fn handle(
        &self,
        input: api::UpdateUserPoolClientInput,
        _caller: &Caller,
    ) -> Result<api::UpdateUserPoolClientOutput, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let pool = self.pools.get(&input.user_pool_id)?;
        let client = self.pools.client_of(&pool.id, &input.client_id)?;
        let mut settings = client.settings.clone();
        apply(&mut settings, input, &pool)?;
        settings.last_modified_date = Some(Timestamp::from_millis(self.now()));
        self.keep_client(settings.clone()).await?;
        Ok(api::UpdateUserPoolClientOutput {
            user_pool_client: Some(settings),
        })
    }
}

impl Handler<api::DeleteUserPoolClient> for Cognito {
    async fn handle(
        &self,
        input: api::DeleteUserPoolClientInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let pool = self.pools.get(&input.user_pool_id)?;
        let client = self.pools.client_of(&pool.id, &input.client_id)?;
        let delete = CLIENTS.delete(&*self.store, client.id());
        delete.await.map_err(unreadable)?;
        self.pools.remove_client(client.id());
        Ok(Unit {})
    }
}

impl Handler<api::ListUserPoolClients> for Cognito {
    async fn handle(
        &self,
        input: api::ListUserPoolClientsInput,
        _caller: &Caller,
    ) -> Result<api::ListUserPoolClientsOutput, ServiceError> {
        let pool = self.pools.get(&input.user_pool_id)?;
        let clients = self.pools.clients_of(&pool.id);
        let (token, size) = (input.next_token.as_deref(), size(input.max_results));
        let (clients, next_token) = page(clients, token, size, |client| client.id());
        let clients = clients
            .into_iter()
            .map(|client| api::UserPoolClientDescription {
                client_id: client.settings.client_id.clone(),
                user_pool_id: client.settings.user_pool_id.clone(),
                client_name: client.settings.client_name.clone(),
            });
        Ok(api::ListUserPoolClientsOutput {
            user_pool_clients: Some(clients.collect()),
            next_token,
        })
    }
}
