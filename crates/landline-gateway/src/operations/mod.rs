//! The control plane, `apigatewayv2` and `apigateway`: one file
//! for each family of resources.
//!
//! An operation that changes something decides and writes in one transaction of the
//! store; only when that is durable does [`Publisher`] bring it to the data plane, and
//! only then is the caller answered.
//! See <https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/api-reference.html>.

mod api_mappings;
mod apis;
mod authorizers;
mod deployments;
mod domain_names;
mod expect;
mod http_apis;
mod http_only;
mod integration_members;
mod integration_responses;
mod integrations;
mod model_template;
mod models;
mod openapi;
mod page;
mod patch;
mod route_responses;
mod routes;
mod stage_settings;
mod stages;
mod tags;
#[cfg(test)]
mod tests;
mod truststore;
mod v1;
mod vpc_links;

use std::sync::Arc;

use landline_api::apigatewayv2 as api;
use landline_store::{Reader, Store, StoreError, Transaction};
use landline_wire::{Caller, Clock, Dispatcher, DispatcherBuilder, ServiceError, Timestamp};

use crate::deployment::deploy;
use crate::deployment::domains::LiveDomains;
use crate::deployment::live::LiveStages;
use crate::deployment::publish::Publisher;
use crate::quotas::ResourceLimits;
use crate::state::{self, ApiRecord, DomainRecord, Failure};
use crate::usage::UsagePlans;

/// The control plane of API Gateway.
#[derive(Debug)]
pub struct ApiGateway {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    limits: ResourceLimits,
    publisher: Arc<Publisher>,
    usage_plans: Arc<UsagePlans>,
    /// Calls S3, where truststores lie.
    dispatcher: Dispatcher,
}

/// The API that an operation is about, as it is at that moment.
#[derive(Debug)]
struct Scope {
    api_id: String,
    record: ApiRecord,
    now: Timestamp,
}

impl Scope {
    /// Whether the API is one of the HTTP kind.
    fn is_http(&self) -> bool {
        self.record.api.0.protocol_type == api::ProtocolType::Http
    }
}

impl ApiGateway {
    /// A control plane on `store`; `live` serves every stage in it when this returns.
    pub fn open(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        limits: ResourceLimits,
        live: Arc<LiveStages>,
        dispatcher: Dispatcher,
    ) -> Result<Arc<Self>, StoreError> {
        let publisher = Arc::new(Publisher::new(Arc::clone(&store), live));
        publisher.publish_all()?;
        let usage_plans = Arc::new(UsagePlans::open(Arc::clone(&store))?);
        Ok(Arc::new(Self {
            store,
            clock,
            limits,
            publisher,
            usage_plans,
            dispatcher,
        }))
    }

    /// The API keys that the data plane lets in.
    pub fn usage_plans(&self) -> &Arc<UsagePlans> {
        &self.usage_plans
    }

    /// Lets this control plane answer its operations.
    pub fn register(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        self.register_definition(builder);
        self.register_domains(builder);
        self.register_beside_routes(builder);
        self.register_others(builder);
        self.register_v1(builder);
        builder
            .register::<api::CreateDeployment, _>(self.clone())
            .register::<api::GetDeployment, _>(self.clone())
            .register::<api::GetDeployments, _>(self.clone())
            .register::<api::UpdateDeployment, _>(self.clone())
            .register::<api::DeleteDeployment, _>(self.clone())
            .register::<api::CreateStage, _>(self.clone())
            .register::<api::GetStage, _>(self.clone())
            .register::<api::GetStages, _>(self.clone())
            .register::<api::UpdateStage, _>(self.clone())
            .register::<api::DeleteStage, _>(self.clone())
            .register::<api::DeleteRouteSettings, _>(self.clone())
            .register::<api::DeleteAccessLogSettings, _>(self.clone())
            .register::<api::GetTags, _>(self.clone())
            .register::<api::TagResource, _>(self.clone())
            .register::<api::UntagResource, _>(self.clone());
    }

    /// The custom domains that are served, as this control plane publishes them.
    pub fn domains(&self) -> &Arc<LiveDomains> {
        self.publisher.domains()
    }

    fn register_domains(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        builder
            .register::<api::CreateDomainName, _>(self.clone())
            .register::<api::GetDomainName, _>(self.clone())
            .register::<api::GetDomainNames, _>(self.clone())
            .register::<api::UpdateDomainName, _>(self.clone())
            .register::<api::DeleteDomainName, _>(self.clone())
            .register::<api::CreateApiMapping, _>(self.clone())
            .register::<api::GetApiMapping, _>(self.clone())
            .register::<api::GetApiMappings, _>(self.clone())
            .register::<api::UpdateApiMapping, _>(self.clone())
            .register::<api::DeleteApiMapping, _>(self.clone());
    }

    /// What an API is made of, and a deployment freezes.
    fn register_definition(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        builder
            .register::<api::CreateApi, _>(self.clone())
            .register::<api::GetApi, _>(self.clone())
            .register::<api::GetApis, _>(self.clone())
            .register::<api::UpdateApi, _>(self.clone())
            .register::<api::DeleteApi, _>(self.clone())
            .register::<api::CreateRoute, _>(self.clone())
            .register::<api::GetRoute, _>(self.clone())
            .register::<api::GetRoutes, _>(self.clone())
            .register::<api::UpdateRoute, _>(self.clone())
            .register::<api::DeleteRoute, _>(self.clone())
            .register::<api::DeleteRouteRequestParameter, _>(self.clone())
            .register::<api::CreateRouteResponse, _>(self.clone())
            .register::<api::GetRouteResponse, _>(self.clone())
            .register::<api::GetRouteResponses, _>(self.clone())
            .register::<api::UpdateRouteResponse, _>(self.clone())
            .register::<api::DeleteRouteResponse, _>(self.clone())
            .register::<api::CreateIntegration, _>(self.clone())
            .register::<api::GetIntegration, _>(self.clone())
            .register::<api::GetIntegrations, _>(self.clone())
            .register::<api::UpdateIntegration, _>(self.clone())
            .register::<api::DeleteIntegration, _>(self.clone());
    }

    /// What routes refer to, beside integrations.
    fn register_beside_routes(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        builder
            .register::<api::CreateIntegrationResponse, _>(self.clone())
            .register::<api::GetIntegrationResponse, _>(self.clone())
            .register::<api::GetIntegrationResponses, _>(self.clone())
            .register::<api::UpdateIntegrationResponse, _>(self.clone())
            .register::<api::DeleteIntegrationResponse, _>(self.clone())
            .register::<api::CreateAuthorizer, _>(self.clone())
            .register::<api::GetAuthorizer, _>(self.clone())
            .register::<api::GetAuthorizers, _>(self.clone())
            .register::<api::UpdateAuthorizer, _>(self.clone())
            .register::<api::DeleteAuthorizer, _>(self.clone())
            .register::<api::CreateModel, _>(self.clone())
            .register::<api::GetModel, _>(self.clone())
            .register::<api::GetModels, _>(self.clone())
            .register::<api::GetModelTemplate, _>(self.clone())
            .register::<api::UpdateModel, _>(self.clone())
            .register::<api::DeleteModel, _>(self.clone());
    }

    /// What WebSocket APIs do without.
    fn register_others(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        builder
            .register::<api::CreateVpcLink, _>(self.clone())
            .register::<api::GetVpcLink, _>(self.clone())
            .register::<api::GetVpcLinks, _>(self.clone())
            .register::<api::UpdateVpcLink, _>(self.clone())
            .register::<api::DeleteVpcLink, _>(self.clone())
            .register::<api::ImportApi, _>(self.clone())
            .register::<api::ReimportApi, _>(self.clone())
            .register::<api::ExportApi, _>(self.clone())
            .register::<api::DeleteCorsConfiguration, _>(self.clone())
            .register::<api::ResetAuthorizersCache, _>(self.clone());
    }

    /// Looks something up in an API.
    fn read<T>(
        &self,
        caller: &Caller,
        api_id: &str,
        look_up: impl FnOnce(&dyn Reader, &ApiRecord) -> Result<T, Failure>,
    ) -> Result<T, ServiceError> {
        let found: Result<T, Failure> = self.store.read(|reader| {
            let record = state::api(reader, &caller.account_id, api_id)?;
            look_up(reader, &record)
        });
        Ok(found?)
    }

    /// Changes an API or what its stages serve.
    ///
    /// Runs in a task of its own: a caller that hangs up must not leave the store and the
    /// live stages apart.
    async fn change<T: Send + 'static>(
        &self,
        caller: &Caller,
        api_id: String,
        change: impl FnOnce(&mut Transaction<'_>, &Scope) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, ServiceError> {
        let account_id = Arc::clone(&caller.account_id);
        let now = self.clock.now();
        let store = Arc::clone(&self.store);
        let publisher = Arc::clone(&self.publisher);
        let changed = tokio::spawn(async move {
            let changed_api = api_id.clone();
            let change = move |transaction: &mut Transaction<'_>| {
                let record = state::api(transaction, &account_id, &api_id)?;
                let scope = Scope {
                    api_id,
                    record,
                    now,
                };
                change(transaction, &scope)
            };
            let outcome: T = store.write::<T, Failure>(change).await?;
            publisher.publish(&changed_api)?;
            Ok::<T, Failure>(outcome)
        });
        match changed.await {
            Ok(outcome) => Ok(outcome?),
            Err(panicked) => Err(ServiceError::internal(&panicked)),
        }
    }

    /// Changes what a deployment freezes; stages with `AutoDeploy` follow in the same write.
    async fn redefine<T: Send + 'static>(
        &self,
        caller: &Caller,
        api_id: String,
        change: impl FnOnce(&mut Transaction<'_>, &Scope) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, ServiceError> {
        let account_id = Arc::clone(&caller.account_id);
        self.change(caller, api_id, move |transaction, scope| {
            let outcome = change(transaction, scope)?;
            // The change may have been one of the API itself.
            let record = state::api(transaction, &account_id, &scope.api_id)?;
            deploy::follow(transaction, &scope.api_id, &record, scope.now)?;
            Ok(outcome)
        })
        .await
    }

    /// Looks something up in a custom domain.
    fn read_domain<T>(
        &self,
        name: &str,
        look_up: impl FnOnce(&dyn Reader, DomainRecord) -> Result<T, Failure>,
    ) -> Result<T, ServiceError> {
        let found: Result<T, Failure> = self.store.read(|reader| {
            let record = state::domain(reader, name)?;
            look_up(reader, record)
        });
        Ok(found?)
    }

    /// Changes custom domains or their mappings, in a task of its own for the same reason.
    async fn change_domains<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Transaction<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, ServiceError> {
        let store = Arc::clone(&self.store);
        let publisher = Arc::clone(&self.publisher);
        let changed = tokio::spawn(async move {
            let outcome: T = store.write::<T, Failure>(change).await?;
            publisher.publish_domains()?;
            Ok::<T, Failure>(outcome)
        });
        match changed.await {
            Ok(outcome) => Ok(outcome?),
            Err(panicked) => Err(ServiceError::internal(&panicked)),
        }
    }
}
