//! `CreateEventBus`, `DescribeEventBus`, `UpdateEventBus`, `DeleteEventBus`, `ListEventBuses`.

use landline_api::events as api;
use landline_api::events::errors;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError, Timestamp};

use super::page::page;
use super::{Service, bus_name, tags};
use crate::Events;
use crate::errors::{invalid, no_bus, unavailable};
use crate::quotas::BUSES_MAX;
use crate::rule::{BUSES, BusRecord, DEFAULT};

impl Events {
    fn bus_arn(&self, name: &str) -> String {
        self.arn(&format!("event-bus/{name}"))
    }

    /// Changes a bus: in the store, then for those who look.
    pub(super) async fn change_bus(
        &self,
        name: &str,
        change: impl FnOnce(&mut BusRecord) -> Result<(), ServiceError>,
    ) -> Result<BusRecord, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let record = self.buses.get(name).ok_or_else(|| no_bus(name))?;
        let mut record = BusRecord::clone(&record);
        change(&mut record)?;
        record.modified_millis = self.now().as_millis();
        let put = BUSES.put(&*self.config.store, name, record.clone()).await;
        put.map_err(unavailable)?;
        self.buses.put(name, record.clone());
        Ok(record)
    }
}

impl Handler<api::CreateEventBus> for Service {
    async fn handle(
        &self,
        input: api::CreateEventBusInput,
        _caller: &Caller,
    ) -> Result<api::CreateEventBusOutput, ServiceError> {
        let name = input.name;
        if name.contains('/') {
            return Err(invalid("Event bus name must not contain '/'."));
        }
        let _one_at_a_time = self.changes.lock().await;
        if self.buses.get(&name).is_some() {
            return Err(errors::ResourceAlreadyExistsException
                .with(format!("Event bus {name} already exists.")));
        }
        if self.buses.all().len() > BUSES_MAX {
            return Err(errors::LimitExceededException
                .with("The requested resource exceeds the maximum number allowed."));
        }
        let now = self.now().as_millis();
        let record = BusRecord {
            description: input.description.clone(),
            policy: None,
            dead_letters: input
                .dead_letter_config
                .as_ref()
                .and_then(|it| it.arn.clone()),
            kms_key: input.kms_key_identifier.clone(),
            tags: tags::map_of(input.tags)?,
            created_millis: now,
            modified_millis: now,
        };
        let put = BUSES.put(&*self.config.store, &name, record.clone()).await;
        put.map_err(unavailable)?;
        self.buses.put(&name, record);
        Ok(api::CreateEventBusOutput {
            event_bus_arn: Some(self.bus_arn(&name)),
            description: input.description,
            kms_key_identifier: input.kms_key_identifier,
            dead_letter_config: input.dead_letter_config,
            ..Default::default()
        })
    }
}

impl Handler<api::DescribeEventBus> for Service {
    async fn handle(
        &self,
        input: api::DescribeEventBusInput,
        _caller: &Caller,
    ) -> Result<api::DescribeEventBusOutput, ServiceError> {
        let (name, record) = self.bus(input.name.as_deref())?;
        Ok(api::DescribeEventBusOutput {
            arn: Some(self.bus_arn(&name)),
            description: record.description.clone(),
            kms_key_identifier: record.kms_key.clone(),
            dead_letter_config: dead_letters(&record),
            policy: record.policy.clone(),
            creation_time: Some(Timestamp::from_millis(record.created_millis)),
            last_modified_time: Some(Timestamp::from_millis(record.modified_millis)),
            name: Some(name),
            ..Default::default()
        })
    }
}

fn dead_letters(record: &BusRecord) -> Option<api::DeadLetterConfig> {
    let arn = record.dead_letters.clone()?;
    Some(api::DeadLetterConfig { arn: Some(arn) })
}

impl Handler<api::UpdateEventBus> for Service {
    async fn handle(
        &self,
        input: api::UpdateEventBusInput,
        _caller: &Caller,
    ) -> Result<api::UpdateEventBusOutput, ServiceError> {
        let name = bus_name(input.name.as_deref()).to_owned();
        let change = self.change_bus(&name, |record| {
            record.description = input.description;
            record.kms_key = input.kms_key_identifier;
            record.dead_letters = input.dead_letter_config.and_then(|it| it.arn);
            Ok(())
        });
        let record = change.await?;
        Ok(api::UpdateEventBusOutput {
            arn: Some(self.bus_arn(&name)),
            name: Some(name),
            dead_letter_config: dead_letters(&record),
            description: record.description,
            kms_key_identifier: record.kms_key,
            ..Default::default()
        })
    }
}

impl Handler<api::DeleteEventBus> for Service {
    async fn handle(
        &self,
        input: api::DeleteEventBusInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let name = bus_name(Some(&input.name)).to_owned();
        if name == DEFAULT {
            return Err(invalid("Cannot delete event bus default."));
        }
        let _one_at_a_time = self.changes.lock().await;
        // Deleting what is not there is a success.
        let Some(rules) = self.buses.rules(&name) else {
            return Ok(Unit {});
        };
        if !rules.is_empty() {
            return Err(invalid(format!(
                "Event bus {name} cannot be deleted because it has rules."
            )));
        }
        let deleted = BUSES.delete(&*self.config.store, &name).await;
        deleted.map_err(unavailable)?;
        self.buses.remove(&name);
        Ok(Unit {})
    }
}

impl Handler<api::ListEventBuses> for Service {
    async fn handle(
        &self,
        input: api::ListEventBusesInput,
        _caller: &Caller,
    ) -> Result<api::ListEventBusesOutput, ServiceError> {
        let prefix = input.name_prefix.unwrap_or_default();
        let mut all = self.buses.all();
        all.retain(|(name, _)| name.starts_with(&prefix));
        let token = input.next_token.as_deref();
        let (page, next_token) = page(all, token, input.limit, |(name, _)| name);
        let shown = page.into_iter().map(|(name, record)| api::EventBus {
            arn: Some(self.bus_arn(&name)),
            name: Some(name),
            description: record.description.clone(),
            policy: record.policy.clone(),
            creation_time: Some(Timestamp::from_millis(record.created_millis)),
            last_modified_time: Some(Timestamp::from_millis(record.modified_millis)),
        });
        Ok(api::ListEventBusesOutput {
            event_buses: Some(shown.collect()),
            next_token,
        })
    }
}
