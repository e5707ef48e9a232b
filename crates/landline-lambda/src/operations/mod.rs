//! Lambda's API: a file per family of operations.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/>

mod account;
mod aliases;
mod configuration;
mod create;
mod event_invoke;
mod events;
mod invoke;
mod layer_policy;
mod layers;
mod mappings;
mod permissions;
mod provisioned;
mod query;
mod runtime_updates;
mod source;
pub(crate) mod streaming;
mod tags;
mod update;
mod urls;
pub(crate) mod validation;
mod versions;

use std::sync::Arc;

use landline_api::lambda as api;
use landline_wire::{DispatcherBuilder, Handler, Operation};

use crate::Lambda;

/// The service as handlers see it: they keep it alive in the tasks that they start.
#[derive(Debug, Clone)]
pub(crate) struct Service(pub(crate) Arc<Lambda>);

impl std::ops::Deref for Service {
    type Target = Arc<Lambda>;

    fn deref(&self) -> &Arc<Lambda> {
        &self.0
    }
}

impl Lambda {
    /// Lets this service answer its operations.
    pub fn register(self: &Arc<Self>, dispatcher: &mut DispatcherBuilder) {
        let service = Arc::new(Service(self.clone()));
        register::<api::CreateFunction>(dispatcher, &service);
        register::<api::GetFunction>(dispatcher, &service);
        register::<api::GetFunctionConfiguration>(dispatcher, &service);
        register::<api::UpdateFunctionCode>(dispatcher, &service);
        register::<api::UpdateFunctionConfiguration>(dispatcher, &service);
        register::<api::DeleteFunction>(dispatcher, &service);
        register::<api::ListFunctions>(dispatcher, &service);
        register::<api::Invoke>(dispatcher, &service);
        register::<api::CreateEventSourceMapping>(dispatcher, &service);
        register::<api::GetEventSourceMapping>(dispatcher, &service);
        register::<api::ListEventSourceMappings>(dispatcher, &service);
        register::<api::UpdateEventSourceMapping>(dispatcher, &service);
        register::<api::DeleteEventSourceMapping>(dispatcher, &service);
        register::<api::AddPermission>(dispatcher, &service);
        register::<api::RemovePermission>(dispatcher, &service);
        register::<api::GetPolicy>(dispatcher, &service);
        register::<api::ListTags>(dispatcher, &service);
        register::<api::TagResource>(dispatcher, &service);
        register::<api::UntagResource>(dispatcher, &service);
        register_versions(dispatcher, &service);
        register_settings(dispatcher, &service);
    }
}

/// Versions, and what names or holds them.
fn register_versions(dispatcher: &mut DispatcherBuilder, service: &Arc<Service>) {
    register::<api::PublishVersion>(dispatcher, service);
    register::<api::ListVersionsByFunction>(dispatcher, service);
    register::<api::CreateAlias>(dispatcher, service);
    register::<api::GetAlias>(dispatcher, service);
    register::<api::ListAliases>(dispatcher, service);
    register::<api::UpdateAlias>(dispatcher, service);
    register::<api::DeleteAlias>(dispatcher, service);
    register::<api::PublishLayerVersion>(dispatcher, service);
    register::<api::GetLayerVersion>(dispatcher, service);
    register::<api::GetLayerVersionByArn>(dispatcher, service);
    register::<api::ListLayerVersions>(dispatcher, service);
    register::<api::ListLayers>(dispatcher, service);
    register::<api::DeleteLayerVersion>(dispatcher, service);
    register::<api::AddLayerVersionPermission>(dispatcher, service);
    register::<api::RemoveLayerVersionPermission>(dispatcher, service);
    register::<api::GetLayerVersionPolicy>(dispatcher, service);
}

/// How functions are run and reached.
fn register_settings(dispatcher: &mut DispatcherBuilder, service: &Arc<Service>) {
    register::<api::PutFunctionConcurrency>(dispatcher, service);
    register::<api::GetFunctionConcurrency>(dispatcher, service);
    register::<api::DeleteFunctionConcurrency>(dispatcher, service);
    register::<api::PutProvisionedConcurrencyConfig>(dispatcher, service);
    register::<api::GetProvisionedConcurrencyConfig>(dispatcher, service);
    register::<api::ListProvisionedConcurrencyConfigs>(dispatcher, service);
    register::<api::DeleteProvisionedConcurrencyConfig>(dispatcher, service);
    register::<api::PutRuntimeManagementConfig>(dispatcher, service);
    register::<api::GetRuntimeManagementConfig>(dispatcher, service);
    register::<api::PutFunctionRecursionConfig>(dispatcher, service);
    register::<api::GetFunctionRecursionConfig>(dispatcher, service);
    register::<api::PutFunctionEventInvokeConfig>(dispatcher, service);
    register::<api::UpdateFunctionEventInvokeConfig>(dispatcher, service);
    register::<api::GetFunctionEventInvokeConfig>(dispatcher, service);
    register::<api::ListFunctionEventInvokeConfigs>(dispatcher, service);
    register::<api::DeleteFunctionEventInvokeConfig>(dispatcher, service);
    register::<api::GetFunctionCodeSigningConfig>(dispatcher, service);
    register::<api::GetAccountSettings>(dispatcher, service);
    register::<api::CreateFunctionUrlConfig>(dispatcher, service);
    register::<api::GetFunctionUrlConfig>(dispatcher, service);
    register::<api::UpdateFunctionUrlConfig>(dispatcher, service);
    register::<api::DeleteFunctionUrlConfig>(dispatcher, service);
    register::<api::ListFunctionUrlConfigs>(dispatcher, service);
}

fn register<Op: Operation>(dispatcher: &mut DispatcherBuilder, service: &Arc<Service>)
where
    Service: Handler<Op>,
{
    dispatcher.register::<Op, Service>(service.clone());
}
