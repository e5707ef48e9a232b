//! The tables that exist, by name: in memory for every request, in the store for the next start.

use std::collections::BTreeMap;
use std::sync::Arc;

use landline_api::dynamodb::errors::{ResourceInUseException, ResourceNotFoundException};
use landline_store::{Direction, Fate, KeyRange, Store, StoreError, Transaction};
use landline_wire::{Clock, ServiceError};
use parking_lot::RwLock;

use crate::error::Failure;
use crate::stream::{Stream, Streams};
use crate::strict::Lag;
use crate::table::{
    NEW_STREAM, NEXT_NUMBER, NamedFor, PURGES, SEQUENCES, TABLES, Table, TableRecord, check_name,
    table_rows,
};

/// Cheap to clone: all clones are the same tables.
#[derive(Debug, Clone)]
pub(crate) struct Catalog {
    tables: Arc<RwLock<BTreeMap<String, Arc<Table>>>>,
    pub(crate) streams: Streams,
    lag: Option<Arc<Lag>>,
}

impl Catalog {
    pub(crate) fn load(
        store: &dyn Store,
        clock: Arc<dyn Clock>,
        lag: Option<Arc<Lag>>,
    ) -> Result<Self, StoreError> {
        let streams = store.read(|reader| Streams::load(reader, clock))?;
        let mut tables = BTreeMap::new();
        for (name, record) in TABLES.load(store)? {
            let stream = record
                .open_stream()
                .and_then(|stream| streams.get(&record.stream_arn(stream)));
            tables.insert(name, Arc::new(Table::new(record, stream, lag.clone())));
        }
        Ok(Self {
            tables: Arc::new(RwLock::new(tables)),
            streams,
            lag,
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

    /// The tables whose items may expire.
    pub(crate) fn expiring(&self) -> Vec<Arc<Table>> {
        let tables = self.tables.read();
        let expiring = tables
            .values()
            .filter(|table| table.record.time_to_live.is_some());
        expiring.cloned().collect()
    }

    pub(crate) fn by_number(&self) -> BTreeMap<u32, Arc<Table>> {
        let tables = self.tables.read();
        let tables = tables
            .values()
            .map(|table| (table.record.number, Arc::clone(table)));
        tables.collect()
    }

    /// The tables of which an index is being made or deleted.
    pub(crate) fn reindexing(&self) -> Vec<Arc<Table>> {
        let tables = self.tables.read();
        let reindexing = tables.values().filter(|table| {
            let mut indexes = table.record.indexes.iter();
            indexes.any(|index| !index.state.is_settled())
        });
        reindexing.cloned().collect()
    }

    /// Writes the record of a new table and makes the table known.
    pub(crate) async fn create(
        &self,
        store: &dyn Store,
        mut record: TableRecord,
    ) -> Result<Arc<Table>, ServiceError> {
        let catalog = self.clone();
        let created = store.write(move |transaction| {
            if TABLES.get_in(transaction, &record.name)?.is_some() {
                return Err(already_exists(&record.name).into());
            }
            let number = SEQUENCES.get_in(transaction, NEXT_NUMBER)?.unwrap_or(1);
            SEQUENCES.put_in(transaction, NEXT_NUMBER, &(number + 1))?;
            record.number = number;
            let stream = catalog.streams.open(transaction, &mut record, None)?;
            TABLES.put_in(transaction, &record.name, &record)?;
            let table = Arc::new(Table::new(record, stream, catalog.lag.clone()));
            let known = Arc::clone(&table);
            transaction.on_settled(move |fate| {
                if fate == Fate::Kept {
                    catalog
                        .tables
                        .write()
                        .insert(known.name().to_owned(), known);
                }
            });
            Ok::<_, Failure>(table)
        });
        Ok(created.await?)
    }

    /// Changes a table's record; the table as it is afterwards.
    ///
    /// Writes that come after it follow the new definition, whenever they were prepared.
    pub(crate) async fn amend(
        &self,
        store: &dyn Store,
        table: &Arc<Table>,
        amend: impl FnOnce(&mut TableRecord, &mut Transaction<'_>) -> Result<(), Failure>
        + Send
        + 'static,
    ) -> Result<Arc<Table>, Failure> {
        let (catalog, table) = (self.clone(), Arc::clone(table));
        let amended = store.write(move |transaction| {
            let table = table.newest();
            let stored = TABLES.get_in(transaction, table.name())?;
            let Some(mut record) = stored.filter(|_| !table.is_dropped()) else {
                return Err(not_found_by_name(table.name()).into());
            };
            amend(&mut record, transaction)?;
            let stream = catalog.change_stream(transaction, &table, &mut record)?;
            TABLES.put_in(transaction, table.name(), &record)?;
            let amended = Arc::new(table.amended(record, stream));
            amended.publish();
            let known = Arc::clone(&amended);
            transaction.on_settled(move |fate| catalog.settle(known, fate));
            Ok::<_, Failure>(amended)
        });
        amended.await
    }

    /// Opens or closes the stream, as the record now says.
    fn change_stream(
        &self,
        transaction: &mut Transaction<'_>,
        table: &Table,
        record: &mut TableRecord,
    ) -> Result<Option<Arc<Stream>>, StoreError> {
        let wanted = record.open_stream().map(|stream| stream.number);
        if wanted == table.stream.as_ref().map(|stream| stream.entry.number) {
            return Ok(table.stream.clone());
        }
        if let Some(stream) = &table.stream {
            self.streams.close(transaction, stream)?;
        }
        if wanted != Some(NEW_STREAM) {
            return Ok(None);
        }
        let previous = table.record.stream.as_ref();
        let previous = previous.map(|stream| stream.label.as_str());
        self.streams.open(transaction, record, previous)
    }

    /// Lets requests find the new definition, or goes back to the one that they know.
    fn settle(&self, amended: Arc<Table>, fate: Fate) {
        let mut tables = self.tables.write();
        let Some(known) = tables.get_mut(amended.name()) else {
            return;
        };
        if known.record.number != amended.record.number {
            return;
        }
        match fate {
            Fate::Kept => *known = amended,
            Fate::Lost => known.publish(),
        }
    }

    /// Removes the table's record and then, piece by piece, its rows.
    pub(crate) async fn delete(
        &self,
        store: &dyn Store,
        table: &Arc<Table>,
    ) -> Result<(), ServiceError> {
        let (catalog, table) = (self.clone(), Arc::clone(table));
        let number = table.record.number;
        let deleted = store.write(move |transaction| {
            let table = table.newest();
            let current = TABLES.get_in(transaction, table.name())?;
            if current.is_none_or(|current| current.number != number) {
                return Err(not_found_by_name(table.name()).into());
            }
            TABLES.delete_in(transaction, table.name());
            PURGES.put_in(transaction, &number.to_string(), &number)?;
            if let Some(stream) = &table.stream {
                catalog.streams.close(transaction, stream)?;
            }
            table.set_dropped(true);
            transaction.on_settled(move |fate| match fate {
                Fate::Kept => catalog.forget(table.name(), number),
                Fate::Lost => table.set_dropped(false),
            });
            Ok::<_, Failure>(())
        });
        deleted.await?;
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
pub(crate) fn delete_some(
    transaction: &mut Transaction<'_>,
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
