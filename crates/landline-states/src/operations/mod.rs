//! The API, a file a family.

mod activities;
mod aliases;
mod executions;
mod history;
mod logging;
mod machines;
mod names;
mod page;
mod tags;
mod tasks;
mod test_state;
mod versions;

use std::sync::Arc;

use landline_api::stepfunctions as api;
use landline_wire::{DispatcherBuilder, Handler, Operation};

use crate::States;

/// The service as handlers see it: they keep it alive in the tasks that they start.
#[derive(Debug, Clone)]
pub(crate) struct Service(pub(crate) Arc<States>);

impl std::ops::Deref for Service {
    type Target = Arc<States>;

    fn deref(&self) -> &Arc<States> {
        &self.0
    }
}

impl States {
    /// Lets this service answer its operations.
    pub fn register(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        let service = Arc::new(Service(self.clone()));
        register::<api::CreateStateMachine>(builder, &service);
        register::<api::UpdateStateMachine>(builder, &service);
        register::<api::DescribeStateMachine>(builder, &service);
        register::<api::DescribeStateMachineForExecution>(builder, &service);
        register::<api::DeleteStateMachine>(builder, &service);
        register::<api::ListStateMachines>(builder, &service);
        register::<api::ValidateStateMachineDefinition>(builder, &service);
        register::<api::PublishStateMachineVersion>(builder, &service);
        register::<api::ListStateMachineVersions>(builder, &service);
        register::<api::DeleteStateMachineVersion>(builder, &service);
        register::<api::CreateStateMachineAlias>(builder, &service);
        register::<api::UpdateStateMachineAlias>(builder, &service);
        register::<api::DescribeStateMachineAlias>(builder, &service);
        register::<api::DeleteStateMachineAlias>(builder, &service);
        register::<api::ListStateMachineAliases>(builder, &service);
        register::<api::StartExecution>(builder, &service);
        register::<api::StartSyncExecution>(builder, &service);
        register::<api::StopExecution>(builder, &service);
        register::<api::RedriveExecution>(builder, &service);
        register::<api::DescribeExecution>(builder, &service);
        register::<api::ListExecutions>(builder, &service);
        register::<api::GetExecutionHistory>(builder, &service);
        register::<api::SendTaskSuccess>(builder, &service);
        register::<api::SendTaskFailure>(builder, &service);
        register::<api::SendTaskHeartbeat>(builder, &service);
        register::<api::CreateActivity>(builder, &service);
        register::<api::DescribeActivity>(builder, &service);
        register::<api::DeleteActivity>(builder, &service);
        register::<api::ListActivities>(builder, &service);
        register::<api::GetActivityTask>(builder, &service);
        register::<api::TestState>(builder, &service);
        register::<api::TagResource>(builder, &service);
        register::<api::UntagResource>(builder, &service);
        register::<api::ListTagsForResource>(builder, &service);
    }
}

fn register<Op: Operation>(builder: &mut DispatcherBuilder, service: &Arc<Service>)
where
    Service: Handler<Op>,
{
    builder.register::<Op, _>(service.clone());
}
