//! `apigateway`: REST APIs, and the API keys, usage plans and account settings that all
//! APIs share. After each change the table that `$connect` reads is made anew.
//! See <https://docs.aws.amazon.com/apigateway/latest/api/API_Operations.html>.

mod account;
mod api_keys;
mod client_certificates;
mod page;
mod patch;
mod plan_patch;
mod rest;
mod tags;
mod usage;
mod usage_plan_keys;
mod usage_plans;

use std::sync::Arc;

use landline_api::apigateway as api;
use landline_store::{Reader, Transaction};
use landline_wire::{DispatcherBuilder, ServiceError, Timestamp};

use super::ApiGateway;
use crate::state::Failure;

impl ApiGateway {
    pub(super) fn register_v1(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        self.register_rest(builder);
        builder
            .register::<api::CreateApiKey, _>(self.clone())
            .register::<api::GetApiKey, _>(self.clone())
            .register::<api::GetApiKeys, _>(self.clone())
            .register::<api::UpdateApiKey, _>(self.clone())
            .register::<api::DeleteApiKey, _>(self.clone())
            .register::<api::CreateUsagePlan, _>(self.clone())
            .register::<api::GetUsagePlan, _>(self.clone())
            .register::<api::GetUsagePlans, _>(self.clone())
            .register::<api::UpdateUsagePlan, _>(self.clone())
            .register::<api::DeleteUsagePlan, _>(self.clone())
            .register::<api::CreateUsagePlanKey, _>(self.clone())
            .register::<api::GetUsagePlanKey, _>(self.clone())
            .register::<api::GetUsagePlanKeys, _>(self.clone())
            .register::<api::DeleteUsagePlanKey, _>(self.clone())
            .register::<api::GetUsage, _>(self.clone())
            .register::<api::GetAccount, _>(self.clone())
            .register::<api::UpdateAccount, _>(self.clone())
            .register::<api::GenerateClientCertificate, _>(self.clone())
            .register::<api::GetClientCertificate, _>(self.clone())
            .register::<api::GetClientCertificates, _>(self.clone())
            .register::<api::UpdateClientCertificate, _>(self.clone())
            .register::<api::DeleteClientCertificate, _>(self.clone())
            .register::<api::GetTags, _>(self.clone())
            .register::<api::TagResource, _>(self.clone())
            .register::<api::UntagResource, _>(self.clone());
    }

    /// Looks something up among keys and plans.
    fn read_usage<T>(
        &self,
        look_up: impl FnOnce(&dyn Reader) -> Result<T, Failure>,
    ) -> Result<T, ServiceError> {
        let found: Result<T, Failure> = self.store.read(look_up);
        Ok(found?)
    }

    /// Changes keys and plans.
    ///
    /// Runs in a task of its own, as every change: a caller that hangs up must not leave
    /// the store and the data plane's table apart.
    async fn change_usage<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Transaction<'_>, Timestamp) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, ServiceError> {
        let now = self.clock.now().truncate_to_seconds();
        let store = Arc::clone(&self.store);
        let plans = Arc::clone(&self.usage_plans);
        let changed = tokio::spawn(async move {
            let change = move |transaction: &mut Transaction<'_>| change(transaction, now);
            let outcome: T = store.write::<T, Failure>(change).await?;
            plans.reload()?;
            Ok::<T, Failure>(outcome)
        });
        match changed.await {
            Ok(outcome) => Ok(outcome?),
            Err(panicked) => Err(ServiceError::internal(&panicked)),
        }
    }
}
