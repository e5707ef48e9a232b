//! `CreateTable`, `DescribeTable`, `DeleteTable`, `ListTables`, and what clients ask about the endpoint.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use landline_api::dynamodb as api;
use landline_store::{Direction, KeyRange};
use landline_wire::{Caller, Handler, ServiceError, request_id};

use crate::DynamoDb;
use crate::error::{Failure, validation};
use crate::item::EncodedItem;
use crate::quotas::MAX_TABLES_LISTED;
use crate::table::{BASE, NamedFor, NewTable, Statistics, Table, TableRecord, check_name};

impl Handler<api::CreateTable> for DynamoDb {
    async fn handle(
        &self,
        mut input: api::CreateTableInput,
        _caller: &Caller,
    ) -> Result<api::CreateTableOutput, ServiceError> {
        input.table_name = check_name(&input.table_name, NamedFor::Management)?.to_owned();
        let new = NewTable {
            arn: self.table_arn(&input.table_name),
            id: request_id::uuid(),
            created: self.clock.now(),
        };
        let record = TableRecord::from_request(input, new)?;
        let table = self.catalog.create(&*self.store, record).await?;
        // It is usable at once, but waiters and tools expect to see it come up.
        let empty = |_| Statistics::default();
        Ok(api::CreateTableOutput {
            table_description: Some(table.record.describe(&api::TableStatus::Creating, &empty)),
        })
    }
}

impl Handler<api::DescribeTable> for DynamoDb {
    async fn handle(
        &self,
        input: api::DescribeTableInput,
        _caller: &Caller,
    ) -> Result<api::DescribeTableOutput, ServiceError> {
        let table = self.catalog.described(&input.table_name)?;
        let held = self.statistics(&table).await?;
        let statistics = |index| held.get(&index).copied().unwrap_or_default();
        Ok(api::DescribeTableOutput {
            table: Some(table.record.describe(&self.status(&table), &statistics)),
        })
    }
}

impl Handler<api::DeleteTable> for DynamoDb {
    async fn handle(
        &self,
        input: api::DeleteTableInput,
        _caller: &Caller,
    ) -> Result<api::DeleteTableOutput, ServiceError> {
        let table = self.catalog.described(&input.table_name)?;
        self.check_deletable(&table)?;
        if table.record.deletion_protection {
            return Err(validation(format!(
                "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first. Table: {}",
                table.name()
            )));
        }
        self.catalog.delete(&*self.store, &table).await?;
        let gone = |_| Statistics::default();
        let mut described = table.record.describe(&api::TableStatus::Deleting, &gone);
        // AWS no longer shows the definition of a table that is going.
        described.attribute_definitions = None;
        described.key_schema = None;
        described.local_secondary_indexes = None;
        described.global_secondary_indexes = None;
        described.creation_date_time = None;
        Ok(api::DeleteTableOutput {
            table_description: Some(described),
        })
    }
}

impl Handler<api::ListTables> for DynamoDb {
    async fn handle(
        &self,
        input: api::ListTablesInput,
        _caller: &Caller,
    ) -> Result<api::ListTablesOutput, ServiceError> {
        let limit = input.limit.and_then(|limit| usize::try_from(limit).ok());
        let limit = limit.unwrap_or(MAX_TABLES_LISTED);
        let (names, more) = self
            .catalog
            .names(input.exclusive_start_table_name.as_deref(), limit);
        Ok(api::ListTablesOutput {
            last_evaluated_table_name: names.last().filter(|_| more).cloned(),
            table_names: Some(names),
        })
    }
}

impl Handler<api::DescribeEndpoints> for DynamoDb {
    async fn handle(
        &self,
        _input: api::DescribeEndpointsInput,
        _caller: &Caller,
    ) -> Result<api::DescribeEndpointsOutput, ServiceError> {
        Ok(api::DescribeEndpointsOutput {
            endpoints: vec![api::Endpoint {
                address: format!("dynamodb.{}.amazonaws.com", self.region),
                cache_period_in_minutes: 1_440,
            }],
        })
    }
}

impl Handler<api::DescribeLimits> for DynamoDb {
    async fn handle(
        &self,
        _input: api::DescribeLimitsInput,
        _caller: &Caller,
    ) -> Result<api::DescribeLimitsOutput, ServiceError> {
        Ok(api::DescribeLimitsOutput {
            account_max_read_capacity_units: Some(80_000),
            account_max_write_capacity_units: Some(80_000),
            table_max_read_capacity_units: Some(40_000),
            table_max_write_capacity_units: Some(40_000),
        })
    }
}

/// What was found in a large table.
#[derive(Debug)]
pub(crate) struct Counted {
    held: Arc<HashMap<u8, Statistics>>,
    until_millis: i64,
}

impl DynamoDb {
    pub(crate) fn table_arn(&self, name: &str) -> String {
        format!(
            "arn:aws:dynamodb:{}:{}:table/{name}",
            self.region, self.account_id
        )
    }

    /// How much a table holds, index by index.
    ///
    /// AWS refreshes these numbers every six hours. Counting when somebody asks keeps every write
    /// free of a counter; a walk takes about a tenth of a second for a million rows, so those of a
    /// large table are told again for a while.
    pub(super) async fn statistics(
        &self,
        table: &Arc<Table>,
    ) -> Result<Arc<HashMap<u8, Statistics>>, ServiceError> {
        let (number, now) = (table.record.number, self.clock.now().as_millis());
        if let Some(known) = self.counted.lock().get(&number)
            && now < known.until_millis
        {
            return Ok(Arc::clone(&known.held));
        }
        let held = Arc::new(self.count(table).await?);
        let rows: i64 = held.values().map(|statistics| statistics.items).sum();
        let mut counted = self.counted.lock();
        counted.retain(|_, known| now < known.until_millis);
        if rows > COUNTED_ANEW {
            let known = Counted {
                held: Arc::clone(&held),
                until_millis: now + TOLD_AGAIN_MILLIS,
            };
            counted.insert(number, known);
        }
        Ok(held)
    }

    async fn count(&self, table: &Arc<Table>) -> Result<HashMap<u8, Statistics>, ServiceError> {
        let (store, table) = (Arc::clone(&self.store), Arc::clone(table));
        let counted = tokio::task::spawn_blocking(move || {
            store.read(|reader| {
                let numbers = table.indexes.iter().map(|index| index.number).chain([BASE]);
                let mut held = HashMap::new();
                for number in numbers {
                    let range = KeyRange::prefix(&table.prefix(number));
                    let mut statistics = Statistics::default();
                    reader.scan_values(&range, Direction::Forward, &mut |row| {
                        let size = EncodedItem::new(row).map_or(0, |item| item.size());
                        statistics.items += 1;
                        statistics.bytes += i64::try_from(size).unwrap_or(0);
                        ControlFlow::Continue(())
                    })?;
                    held.insert(number, statistics);
                }
                Ok::<_, Failure>(held)
            })
        });
        let counted = counted
            .await
            .map_err(|error| ServiceError::internal(&error))?;
        Ok(counted?)
    }
}

/// A table with fewer rows, those of its indexes included, is counted whenever somebody asks.
const COUNTED_ANEW: i64 = 20_000;

const TOLD_AGAIN_MILLIS: i64 = 60_000;
