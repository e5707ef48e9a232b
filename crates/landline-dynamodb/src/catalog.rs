//! The tables that exist, by name: in memory for every request, in the store for the next start.

use std::collections::BTreeMap;
use std::sync::Arc;

use landline_api::dynamodb::errors::{ResourceInUseException, ResourceNotFoundException};
use landline_store::{Direction, KeyRange, Store};
use landline_wire::ServiceError;
use parking_lot::RwLock;

use crate::error::Failure;
use crate::table::NamedFor;
use crate::table::{
    NEXT_NUMBER, PURGES, SEQUENCES, TABLES, Table, TableRecord, check_name, table_rows,
};

#[derive(Debug, Default)]
pub(crate) struct Catalog {
    tables: RwLock<BTreeMap<String, Arc<Table>>>,
}

impl Catalog {
    pub(crate) fn load(store: &dyn Store) -> Result<Self, landline_store::StoreError> {
        let records = TABLES.load(store)?;
        let tables = records
            .into_iter()
            .map(|(name, record)| (name, Arc::new(Table::new(record))));
        Ok(Self {
            tables: RwLock::new(tables.collect()),
        })
    }

    /// The table that an item operation names, by name or ARN.
    pub(crate) fn table(&self, name: &str) -> Result<Arc<Table>, ServiceError> {
        let name = check_name(name, NamedFor::Items)?;
        let table = self.tables.read().get(name).cloned();
        table.ok_or_else(not_found)
    }

    /// The table that a table operation names; these say the name when there is no such table.
    pub(crate) fn described(&self, name: &str) -> Result<Arc<Table>, ServiceError> {
        let name = check_name(name, NamedFor::Management)?;
        let table = self.tables.read().get(name).cloned();
        table.ok_or_else(|| not_found_by_name(name))
    }

    pub(crate) fn by_arn(&self, arn: &str) -> Option<Arc<Table>> {
        let tables = self.tables.read();
        tables
            .values()
            .find(|table| table.record.arn == arn)
            .cloned()
    }

    /// Up to `limit` names after `start`, and whether there are more.
    pub(crate) fn names(&self, start: Option<&str>, limit: usize) -> (Vec<String>, bool) {
        let tables = self.tables.read();
        let mut names = tables
            .keys()
            .filter(|name| start.is_none_or(|start| name.as_str() > start));
        let page: Vec<String> = names.by_ref().take(limit).cloned().collect();
        (page, names.next().is_some())
    }

    /// Writes the record of a new table and makes the table known.
    pub(crate) async fn create(
        &self,
        store: &dyn Store,
        mut record: TableRecord,
    ) -> Result<Arc<Table>, ServiceError> {
        let name = record.name.clone();
        let written = store.write(move |transaction| {
            if TABLES.get_in(transaction, &record.name)?.is_some() {
                return Err(already_exists(&record.name).into());
            }
            let number = SEQUENCES.get_in(transaction, NEXT_NUMBER)?.unwrap_or(1);
            SEQUENCES.put_in(transaction, NEXT_NUMBER, &(number + 1))?;
            record.number = number;
            TABLES.put_in(transaction, &record.name, &record)?;
            Ok::<_, Failure>(record)
        });
        let table = Arc::new(Table::new(written.await?));
        self.tables.write().insert(name, Arc::clone(&table));
        Ok(table)
    }

    /// Changes a table's record; the table as it is afterwards.
    ///
    /// Only for what rows do not depend on (tags, time to live): a write that is under way goes on
    /// with the definition that it found.
    pub(crate) async fn amend(
        &self,
        store: &dyn Store,
        table: &Arc<Table>,
        amend: impl FnOnce(&mut TableRecord) -> Result<(), ServiceError> + Send + 'static,
    ) -> Result<(), ServiceError> {
        let amended = Arc::clone(table);
        let record = store.write(move |transaction| {
            let name = amended.name();
            let current = TABLES.get_in(transaction, name)?;
            let Some(mut record) = current.filter(|_| !amended.is_dropped()) else {
                return Err(not_found_by_name(name).into());
            };
            amend(&mut record)?;
            TABLES.put_in(transaction, name, &record)?;
            Ok::<_, Failure>(record)
        });
        let record = record.await?;
        let mut tables = self.tables.write();
        if let Some(current) = tables.get_mut(table.name())
            && current.record.number == record.number
        {
            *current = Arc::new(current.amended(record));
        }
        Ok(())
    }

    /// Removes the table's record and then, piece by piece, its rows.
    pub(crate) async fn delete(
        &self,
        store: &dyn Store,
        table: &Arc<Table>,
    ) -> Result<(), ServiceError> {
        let dropped = Arc::clone(table);
        let number = table.record.number;
        let deleted = store.write(move |transaction| {
            let current = TABLES.get_in(transaction, dropped.name())?;
            if current.is_none_or(|current| current.number != number) {
                return Err(not_found_by_name(dropped.name()).into());
            }
            TABLES.delete_in(transaction, dropped.name());
            PURGES.put_in(transaction, &number.to_string(), &number)?;
            dropped.set_dropped(true);
            Ok::<_, Failure>(())
        });
        if let Err(failure) = deleted.await {
            if matches!(failure, Failure::Store(_)) {
                table.set_dropped(false);
            }
            return Err(failure.into());
        }
        self.forget(table.name(), number);
        purge(store, number).await
    }

    /// Unless a new table has taken the name in the meantime.
    fn forget(&self, name: &str, number: u32) {
        let mut tables = self.tables.write();
        if tables
            .get(name)
            .is_some_and(|current| current.record.number == number)
        {
            tables.remove(name);
        }
    }
}

/// Removes what deleted tables have left behind: a deletion that was cut short by a crash.
pub(crate) async fn purge_leftovers(store: &dyn Store) -> Result<(), ServiceError> {
    for (_, number) in PURGES.load(store).map_err(Failure::from)? {
        purge(store, number).await?;
    }
    Ok(())
}

/// In pieces, because other writers wait for each of them.
async fn purge(store: &dyn Store, number: u32) -> Result<(), ServiceError> {
    loop {
        let done = store.write(move |transaction| {
            let done = delete_some(transaction, &table_rows(number))?;
            if done {
                PURGES.delete_in(transaction, &number.to_string());
            }
            Ok::<_, Failure>(done)
        });
        if done.await? {
            return Ok(());
        }
    }
}

/// Deletes up to [`PURGED_AT_ONCE`] rows; whether none is left.
fn delete_some(
    transaction: &mut landline_store::Transaction<'_>,
    range: &KeyRange,
) -> Result<bool, Failure> {
    use landline_store::Reader as _;
    use std::ops::ControlFlow;

    let mut keys = Vec::new();
    transaction.scan(range, Direction::Forward, &mut |key, _| {
        keys.push(key.to_vec());
        if keys.len() == PURGED_AT_ONCE {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    })?;
    let done = keys.len() < PURGED_AT_ONCE;
    for key in keys {
        transaction.delete(key);
    }
    Ok(done)
}

pub(crate) fn not_found() -> ServiceError {
    ResourceNotFoundException.with("Requested resource not found")
}

fn not_found_by_name(name: &str) -> ServiceError {
    ResourceNotFoundException.with(format!(
        "Requested resource not found: Table: {name} not found"
    ))
}

fn already_exists(name: &str) -> ServiceError {
    ResourceInUseException.with(format!("Table already exists: {name}"))
}

const PURGED_AT_ONCE: usize = 2_000;
