//! Lambda's API: a file per family of operations.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/>

mod configuration;
mod create;
mod events;
mod invoke;
mod mappings;
mod permissions;
mod query;
mod tags;
mod update;
mod validation;

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
    }
}

fn register<Op: Operation>(dispatcher: &mut DispatcherBuilder, service: &Arc<Service>)
where
    Service: Handler<Op>,
{
    dispatcher.register::<Op, Service>(service.clone());
}
