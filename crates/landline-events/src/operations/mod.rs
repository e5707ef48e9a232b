//! The API, a file a family.

mod archives;
mod buses;
pub(crate) mod page;
mod permissions;
mod put_events;
mod replays;
mod rules;
mod tags;
mod targets;

use std::sync::Arc;

use landline_api::events as api;
use landline_wire::{DispatcherBuilder, Handler, Operation, ServiceError};

use crate::errors::{no_bus, no_rule};
use crate::rule::{BusRecord, DEFAULT, Rule};
use crate::{Events, scheduler};

/// The service as handlers see it: they keep it alive in the tasks that they start.
#[derive(Debug, Clone)]
pub(crate) struct Service(pub(crate) Arc<Events>);

impl std::ops::Deref for Service {
    type Target = Arc<Events>;

    fn deref(&self) -> &Arc<Events> {
        &self.0
    }
}

impl Events {
    /// Lets this service answer its operations.
    pub fn register(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        let service = Arc::new(Service(self.clone()));
        register::<api::PutEvents>(builder, &service);
        register::<api::CreateEventBus>(builder, &service);
        register::<api::DescribeEventBus>(builder, &service);
        register::<api::UpdateEventBus>(builder, &service);
        register::<api::DeleteEventBus>(builder, &service);
        register::<api::ListEventBuses>(builder, &service);
        register::<api::PutPermission>(builder, &service);
        register::<api::RemovePermission>(builder, &service);
        register::<api::PutRule>(builder, &service);
        register::<api::DescribeRule>(builder, &service);
        register::<api::DeleteRule>(builder, &service);
        register::<api::EnableRule>(builder, &service);
        register::<api::DisableRule>(builder, &service);
        register::<api::ListRules>(builder, &service);
        register::<api::ListRuleNamesByTarget>(builder, &service);
        register::<api::PutTargets>(builder, &service);
        register::<api::RemoveTargets>(builder, &service);
        register::<api::ListTargetsByRule>(builder, &service);
        register::<api::TestEventPattern>(builder, &service);
        register::<api::CreateArchive>(builder, &service);
        register::<api::DescribeArchive>(builder, &service);
        register::<api::UpdateArchive>(builder, &service);
        register::<api::DeleteArchive>(builder, &service);
        register::<api::ListArchives>(builder, &service);
        register::<api::StartReplay>(builder, &service);
        register::<api::DescribeReplay>(builder, &service);
        register::<api::ListReplays>(builder, &service);
        register::<api::CancelReplay>(builder, &service);
        register::<api::ListTagsForResource>(builder, &service);
        register::<api::TagResource>(builder, &service);
        register::<api::UntagResource>(builder, &service);
        scheduler::register(builder, &service);
    }

    /// The bus that a caller names, by name or ARN, or the default one.
    fn bus(&self, named: Option<&str>) -> Result<(String, Arc<BusRecord>), ServiceError> {
        let name = bus_name(named);
        let record = self.buses.get(name).ok_or_else(|| no_bus(name))?;
        Ok((name.to_owned(), record))
    }

    fn rule(&self, bus: Option<&str>, name: &str) -> Result<Arc<Rule>, ServiceError> {
        let (bus, _) = self.bus(bus)?;
        let rule = self.buses.rule(&bus, name);
        rule.ok_or_else(|| no_rule(name, &bus))
    }
}

fn register<Op: Operation>(builder: &mut DispatcherBuilder, service: &Arc<Service>)
where
    Service: Handler<Op>,
{
    builder.register::<Op, _>(service.clone());
}

/// A bus's name, from that or an ARN.
fn bus_name(named: Option<&str>) -> &str {
    let named = named.filter(|text| !text.is_empty()).unwrap_or(DEFAULT);
    if !named.starts_with("arn:") {
        return named;
    }
    let name = named.split_once(":event-bus/");
    name.map_or(named, |(_, name)| name)
}
