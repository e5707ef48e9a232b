//! A table at work: its definition made ready for reading and writing rows.

mod create;
mod describe;
mod keys;
mod policy;
mod record;
mod rows;
mod schema;
mod tags;
mod update;
mod warm;

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Weak};

use landline_wire::ServiceError;
use parking_lot::RwLock;

use crate::error::validation;
use crate::expression::{DocumentPath, Update};
use crate::key::{KeyAttribute, KeySchema};
use crate::quotas::{MAX_ITEM_BYTES, PARTITION_READ_UNITS, PARTITION_WRITE_UNITS};
use crate::stream::Stream;
use crate::strict::Lag;
use crate::value::{AttributeType, Item};

pub(crate) use create::{NamedFor, NewTable, check_name};
pub(crate) use describe::Statistics;
pub(crate) use policy::{PolicyRecord, check_policy};
pub(crate) use record::{
    Billing, IndexScope, IndexState, KeysRecord, NEW_STREAM, NEXT_NUMBER, NEXT_STREAM_NUMBER,
    PURGES, Projected, Recovery, SEQUENCES, TABLES, TableRecord,
};
pub(crate) use rows::{BASE, index_rows, table_rows};
pub(crate) use schema::{NO_MATCH, PrimaryKey};
pub(crate) use tags::{check_tag_count, check_tags};
pub(crate) use update::{TableUpdate, Takes};

/// Shared by all requests; replaced as a whole when the definition changes.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) record: TableRecord,
    pub(crate) keys: KeySchema,
    /// Those that writes go into: an index that is being deleted is none of them.
    pub(crate) indexes: Vec<Index>,
    /// Where its changes are recorded.
    pub(crate) stream: Option<Arc<Stream>>,
    /// Where the changes of its global indexes wait, in strict mode.
    pub(crate) lag: Option<Arc<Lag>>,
    /// Which of the table's definitions this is.
    version: u32,
    shared: Arc<Shared>,
}

/// What all definitions of one table have in common.
#[derive(Debug, Default)]
struct Shared {
    dropped: AtomicBool,
    version: AtomicU32,
    /// The definition of that version, once there was another than the first.
    newest: RwLock<Weak<Table>>,
    /// How many rows the last page of a scan was made of.
    scanned: AtomicUsize,
}

#[derive(Debug)]
pub(crate) struct Index {
    pub(crate) number: u8,
    pub(crate) name: String,
    pub(crate) scope: IndexScope,
    pub(crate) keys: KeySchema,
    pub(crate) projected: Projected,
    pub(crate) state: IndexState,
}

impl Table {
    pub(crate) fn new(
        record: TableRecord,
        stream: Option<Arc<Stream>>,
        lag: Option<Arc<Lag>>,
    ) -> Self {
        let kind_of = |name: &str| {
            let attribute = record
                .attributes
                .iter()
                .find(|attribute| attribute.name == name);
            attribute
                .and_then(|attribute| AttributeType::from_name(&attribute.kind))
                .unwrap_or(AttributeType::S)
        };
        let schema = |keys: &KeysRecord| {
            let attribute = |name: &String| KeyAttribute {
                name: name.clone(),
                kind: kind_of(name),
            };
            KeySchema {
                hash: keys.hash.iter().map(attribute).collect(),
                sort: keys.sort.iter().map(attribute).collect(),
            }
        };
        let kept = record
            .indexes
            .iter()
            .filter(|index| index.state != IndexState::Deleting);
        let indexes = kept.map(|index| Index {
            number: index.number,
            name: index.name.clone(),
            scope: index.scope,
            keys: schema(&index.keys),
            projected: index.projected.clone(),
            state: index.state,
        });
        Self {
            keys: schema(&record.keys),
            indexes: indexes.collect(),
            record,
            stream,
            lag,
            version: 0,
            shared: Arc::default(),
        }
    }

    /// The same table with its next definition, which nobody follows before it is published.
    pub(crate) fn amended(&self, record: TableRecord, stream: Option<Arc<Stream>>) -> Self {
        Self {
            version: self.shared.version.load(Ordering::Acquire) + 1,
            shared: Arc::clone(&self.shared),
            ..Self::new(record, stream, self.lag.clone())
        }
    }

    /// From now on writes follow this definition, also those that were prepared with another.
    ///
    /// Called on the committer thread only, so every write follows the definition that was the newest
    /// when its turn came: no index and no stream misses one.
    pub(crate) fn publish(self: &Arc<Self>) {
        *self.shared.newest.write() = Arc::downgrade(self);
        self.shared.version.store(self.version, Ordering::Release);
    }

    /// The definition to follow.
    pub(crate) fn newest(self: &Arc<Self>) -> Arc<Self> {
        if self.shared.version.load(Ordering::Acquire) == self.version {
            return Arc::clone(self);
        }
        let newest = self.shared.newest.read().upgrade();
        newest.unwrap_or_else(|| Arc::clone(self))
    }

    pub(crate) fn name(&self) -> &str {
        &self.record.name
    }

    pub(crate) fn index(&self, name: &str) -> Result<&Index, ServiceError> {
        let index = self.indexes.iter().find(|index| index.name == name);
        match index {
            Some(index) if index.state == IndexState::Backfilling => Err(validation(format!(
                "Cannot read from backfilling global secondary index: {name}"
            ))),
            Some(index) => Ok(index),
            None => Err(validation(format!(
                "The table does not have the specified index: {name}"
            ))),
        }
    }

    pub(crate) fn has_local_indexes(&self) -> bool {
        self.indexes
            .iter()
            .any(|index| index.scope == IndexScope::Local)
    }

    /// Whether a write must refuse the table: it was deleted after the request had found it.
    ///
    /// Set and asked on the committer thread, so no row is ever written behind the deletion.
    pub(crate) fn is_dropped(&self) -> bool {
        self.shared.dropped.load(Ordering::Acquire)
    }

    pub(crate) fn set_dropped(&self, dropped: bool) {
        self.shared.dropped.store(dropped, Ordering::Release);
    }

    /// Whether all items are in one partition. Of tables that are paid per request nobody knows it.
    pub(crate) fn is_one_partition(&self) -> bool {
        let Billing::Provisioned(throughput) = &self.record.billing else {
            return false;
        };
        let read = throughput.read.saturating_mul(PARTITION_WRITE_UNITS);
        let write = throughput.write.saturating_mul(PARTITION_READ_UNITS);
        read.saturating_add(write) <= PARTITION_READ_UNITS * PARTITION_WRITE_UNITS
    }

    /// How many rows a page of a scan is likely to be made of: as many as the last one.
    pub(crate) fn rows_to_scan(&self) -> usize {
        self.shared.scanned.load(Ordering::Relaxed)
    }

    pub(crate) fn note_scanned(&self, rows: usize) {
        self.shared.scanned.store(rows, Ordering::Relaxed);
    }

    /// Checks an item as a whole and gives its key.
    pub(crate) fn check_item(&self, item: &Item) -> Result<PrimaryKey, ServiceError> {
        let key = self.keys.key_of_item(item)?;
        self.check_stored(item)?;
        Ok(key)
    }

    /// Refuses paths that lead inside a key attribute: keys are scalars, so there is nothing inside.
    pub(crate) fn check_paths(&self, paths: &[DocumentPath]) -> Result<(), ServiceError> {
        let table = self.keys.attributes().map(|key| ("Key", key));
        let indexes = self
            .indexes
            .iter()
            .flat_map(|index| index.keys.attributes());
        for (kind, key) in table.chain(indexes.map(|key| ("IndexKey", key))) {
            if paths
                .iter()
                .any(|path| path.is_nested() && path.root() == key.name)
            {
                return Err(validation(format!(
                    "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: {kind}: {}",
                    key.name
                )));
            }
        }
        Ok(())
    }

    /// Refuses an update that gives the key of an index another type, as far as the request shows it.
    pub(crate) fn check_update(&self, update: &Update) -> Result<(), ServiceError> {
        for (name, actual) in update.written_types() {
            for index in &self.indexes {
                index.keys.check_type(&index.name, name, actual)?;
            }
        }
        Ok(())
    }

    /// As [`check_stored`](Self::check_stored), in the words for an update that made the item so.
    pub(crate) fn check_updated(&self, item: &Item) -> Result<(), ServiceError> {
        let mut keys = self
            .indexes
            .iter()
            .flat_map(|index| index.keys.attributes());
        let mistyped = keys.any(|key| {
            let value = item.get(&key.name);
            value.is_some_and(|value| value.attribute_type() != key.kind)
        });
        if mistyped {
            return Err(validation(
                "The update expression attempted to update the secondary index key to unsupported type",
            ));
        }
        self.check_stored(item)
    }

    /// What must hold of every stored item beside its key: also after an update.
    pub(crate) fn check_stored(&self, item: &Item) -> Result<(), ServiceError> {
        for index in &self.indexes {
            index.keys.check_indexable(&index.name, item)?;
        }
        if item.size() > MAX_ITEM_BYTES {
            return Err(validation(
                "Item size to update has exceeded the maximum allowed size",
            ));
        }
        Ok(())
    }
}

impl Index {
    /// Whether a row of the index holds this attribute of an item of `table`.
    pub(crate) fn holds(&self, table: &Table, attribute: &str) -> bool {
        match &self.projected {
            Projected::All => true,
            Projected::Include(names) if names.iter().any(|name| name == attribute) => true,
            _ => self.keys.holds(attribute) || table.keys.holds(attribute),
        }
    }
    /// The part of an item that a row of the index holds.
    pub(crate) fn held(&self, table: &Table, item: &Item) -> Item {
        let held = item.iter().filter(|(name, _)| self.holds(table, name));
        held.map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    }
}
