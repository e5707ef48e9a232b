//! REST APIs: the operations on their resources, methods, deployments and stages.
//!
//! Each change reads the record of the API, changes it and writes it back in one
//! transaction; what stages serve changes with deployments and stages alone.
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-rest-api.html>.

mod apis;
mod deployments;
mod documentation;
mod documentation_versions;
mod export;
mod extras;
mod import;
mod methods;
mod patch_json;
mod resources;
mod stages;
mod trials;
mod undocumented;

use std::sync::Arc;

use landline_api::apigateway as api;
use landline_store::Transaction;
use landline_wire::{Caller, DispatcherBuilder, NewIds, ServiceError, Timestamp};

use super::super::ApiGateway;
use crate::state::rest::{REST_APIS, RestRecord, rest_api};
use crate::state::{Failure, invalid_api, not_found};

impl ApiGateway {
    pub(super) fn register_rest(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        self.register_rest_methods(builder);
        self.register_rest_extras(builder);
        builder
            .register::<api::CreateRestApi, _>(self.clone())
            .register::<api::GetRestApi, _>(self.clone())
            .register::<api::GetRestApis, _>(self.clone())
            .register::<api::UpdateRestApi, _>(self.clone())
            .register::<api::DeleteRestApi, _>(self.clone())
            .register::<api::ImportRestApi, _>(self.clone())
            .register::<api::PutRestApi, _>(self.clone())
            .register::<api::CreateResource, _>(self.clone())
            .register::<api::GetResource, _>(self.clone())
            .register::<api::GetResources, _>(self.clone())
            .register::<api::UpdateResource, _>(self.clone())
            .register::<api::DeleteResource, _>(self.clone())
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
            .register::<api::FlushStageAuthorizersCache, _>(self.clone());
    }

    fn register_rest_methods(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        builder
            .register::<api::PutMethod, _>(self.clone())
            .register::<api::GetMethod, _>(self.clone())
            .register::<api::UpdateMethod, _>(self.clone())
            .register::<api::DeleteMethod, _>(self.clone())
            .register::<api::PutMethodResponse, _>(self.clone())
            .register::<api::GetMethodResponse, _>(self.clone())
            .register::<api::UpdateMethodResponse, _>(self.clone())
            .register::<api::DeleteMethodResponse, _>(self.clone())
            .register::<api::PutIntegration, _>(self.clone())
            .register::<api::GetIntegration, _>(self.clone())
            .register::<api::UpdateIntegration, _>(self.clone())
            .register::<api::DeleteIntegration, _>(self.clone())
            .register::<api::PutIntegrationResponse, _>(self.clone())
            .register::<api::GetIntegrationResponse, _>(self.clone())
            .register::<api::UpdateIntegrationResponse, _>(self.clone())
            .register::<api::DeleteIntegrationResponse, _>(self.clone());
    }

    fn register_rest_extras(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        builder
            .register::<api::CreateAuthorizer, _>(self.clone())
            .register::<api::GetAuthorizer, _>(self.clone())
            .register::<api::GetAuthorizers, _>(self.clone())
            .register::<api::UpdateAuthorizer, _>(self.clone())
            .register::<api::DeleteAuthorizer, _>(self.clone())
            .register::<api::PutGatewayResponse, _>(self.clone())
            .register::<api::GetGatewayResponse, _>(self.clone())
            .register::<api::GetGatewayResponses, _>(self.clone())
            .register::<api::UpdateGatewayResponse, _>(self.clone())
            .register::<api::DeleteGatewayResponse, _>(self.clone())
            .register::<api::CreateModel, _>(self.clone())
            .register::<api::GetModel, _>(self.clone())
            .register::<api::GetModels, _>(self.clone())
            .register::<api::UpdateModel, _>(self.clone())
            .register::<api::DeleteModel, _>(self.clone())
            .register::<api::CreateRequestValidator, _>(self.clone())
            .register::<api::GetRequestValidator, _>(self.clone())
            .register::<api::GetRequestValidators, _>(self.clone())
            .register::<api::UpdateRequestValidator, _>(self.clone())
            .register::<api::DeleteRequestValidator, _>(self.clone())
            .register::<api::CreateDocumentationPart, _>(self.clone())
            .register::<api::GetDocumentationPart, _>(self.clone())
            .register::<api::GetDocumentationParts, _>(self.clone())
            .register::<api::UpdateDocumentationPart, _>(self.clone())
            .register::<api::DeleteDocumentationPart, _>(self.clone())
            .register::<api::ImportDocumentationParts, _>(self.clone())
            .register::<api::CreateDocumentationVersion, _>(self.clone())
            .register::<api::GetDocumentationVersion, _>(self.clone())
            .register::<api::GetDocumentationVersions, _>(self.clone())
            .register::<api::UpdateDocumentationVersion, _>(self.clone())
            .register::<api::DeleteDocumentationVersion, _>(self.clone())
            .register::<api::GetExport, _>(self.clone());
    }

    /// The record of a REST API, or what the caller is told where there is none.
    fn rest(&self, id: &str, absence: ServiceError) -> Result<RestRecord, ServiceError> {
        let found: Result<_, Failure> = self
            .store
            .read(|reader| REST_APIS.get_in(reader, id).map_err(Failure::from));
        found?.ok_or(absence)
    }

    /// Changes the definition of a REST API; what is served stays as it is.
    async fn change_rest<T: Send + 'static>(
        &self,
        id: String,
        absence: ServiceError,
        change: impl FnOnce(&mut RestRecord) -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, ServiceError> {
        let written: Result<T, Failure> = self
            .store
            .write(move |transaction| {
                let record = REST_APIS.get_in(transaction, &id)?;
                let mut record = record.ok_or_else(|| absence.clone())?;
                let outcome = change(&mut record)?;
                REST_APIS.put_in(transaction, &id, &record)?;
                Ok(outcome)
            })
            .await;
        Ok(written?)
    }

    /// Changes what is served of a REST API.
    ///
    /// Runs in a task of its own: a caller that hangs up must not leave the store and the
    /// live stages apart.
    async fn serve_rest<T: Send + 'static>(
        &self,
        id: String,
        change: impl FnOnce(&mut Transaction<'_>, &str, RestRecord, Timestamp) -> Result<T, Failure>
        + Send
        + 'static,
    ) -> Result<T, ServiceError> {
        let now = self.clock.now().truncate_to_seconds();
        let (store, publisher) = (Arc::clone(&self.store), Arc::clone(&self.publisher));
        let changed = tokio::spawn(async move {
            let changed = id.clone();
            let change = move |transaction: &mut Transaction<'_>| {
                let record = rest_api(transaction, &id)?;
                change(transaction, &id, record, now)
            };
            let outcome: T = store.write::<T, Failure>(change).await?;
            publisher.publish(&changed)?;
            Ok::<T, Failure>(outcome)
        });
        match changed.await {
            Ok(outcome) => Ok(outcome?),
            Err(panicked) => Err(ServiceError::internal(&panicked)),
        }
    }
}

/// An identifier that no entry of a map has.
fn fresh<T>(
    length: usize,
    taken: &std::collections::BTreeMap<String, T>,
    ids: &mut NewIds,
) -> String {
    loop {
        let id = ids.resource_id(length);
        if !taken.contains_key(&id) {
            return id;
        }
    }
}

/// 404 for a part of a REST API that does not exist.
/// What a caller is told whose REST API is not there: the identifier, after the account.
fn no_api(caller: &Caller, id: &str) -> ServiceError {
    invalid_api(&caller.account_id, id)
}

fn missing(what: &str) -> ServiceError {
    not_found(format!("Invalid {what} identifier specified"))
}
