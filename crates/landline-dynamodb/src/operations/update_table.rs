//! `UpdateTable`: what of a table can be changed while it is used.

use landline_api::dynamodb as api;
use landline_wire::{Caller, Handler, ServiceError};

use crate::DynamoDb;
use crate::table::{NamedFor, TableUpdate, Takes, check_name};

impl Handler<api::UpdateTable> for DynamoDb {
    async fn handle(
        &self,
        input: api::UpdateTableInput,
        _caller: &Caller,
    ) -> Result<api::UpdateTableOutput, ServiceError> {
        let name = check_name(&input.table_name, NamedFor::Management)?.to_owned();
        let update = TableUpdate::from_request(input)?;
        let table = self.catalog.described(&name)?;
        self.check_not_changing(&table)?;
        let held = self.statistics(&table).await?;
        let takes = update.takes();
        let now = self.clock.now();
        let amended = self
            .catalog
            .amend(&*self.store, &table, move |record, transaction| {
                update.apply(record, transaction, now)
            });
        let table = amended.await?;
        // New indexes are filled, and those that go are emptied, after the answer.
        self.upkeep.wake();
        let statistics = |index| held.get(&index).copied().unwrap_or_default();
        // It is done at once, but waiters and tools expect to see it under way.
        let status = match takes {
            Takes::NoTime => api::TableStatus::Active,
            Takes::AWhile => api::TableStatus::Updating,
        };
        Ok(api::UpdateTableOutput {
            table_description: Some(table.record.describe(&status, &statistics)),
        })
    }
}
