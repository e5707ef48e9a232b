//! Where items lie in the store: the keys of rows, and how a write keeps the indexes true.
//!
//! A row's key: the byte [`ROWS`], the table's number, the index's number (0: the table itself), the
//! hash prefix and the hash key, the sort key; for an index, the table's own key after that, hashed
//! and in full, so that items with equal index keys stand side by side. All numbers big-endian: one table is one range.

use std::ops::ControlFlow;

use landline_store::{Direction, KeyRange, Reader, StoreError, Transaction};

use super::{Index, IndexScope, PrimaryKey, Projected, Table, TableRecord};
use crate::error::Failure;
use crate::item::{EncodedItem, encode};
use crate::key::{encode_partition, encode_scalar, item_hash};
use crate::stream::Origin;
use crate::value::{AttributeValue, Item};
use crate::write::NewItem;

/// The first byte of the keys of all rows of all tables.
pub(crate) const ROWS: u8 = landline_store::KeySpace::TableRows.byte();

/// The index number of the table itself.
pub(crate) const BASE: u8 = 0;

/// Every row of a table, its indexes included.
pub(crate) fn table_rows(number: u32) -> KeyRange {
    KeyRange::prefix(&row_prefix(number, None))
}

/// Every row of one index.
pub(crate) fn index_rows(number: u32, index: u8) -> KeyRange {
    KeyRange::prefix(&row_prefix(number, Some(index)))
}

/// A number for a new index of which there is no row: a deleted one may have left some behind.
pub(super) fn free_index_number(
    reader: &dyn Reader,
    record: &TableRecord,
) -> Result<Option<u8>, StoreError> {
    for number in BASE + 1..=u8::MAX {
        if record.indexes.iter().any(|index| index.number == number) {
            continue;
        }
        let mut is_free = true;
        let rows = index_rows(record.number, number);
        reader.scan(&rows, Direction::Forward, &mut |_, _| {
            is_free = false;
            ControlFlow::Break(())
        })?;
        if is_free {
            return Ok(Some(number));
        }
    }
    Ok(None)
}

impl Table {
    /// What the keys of the rows of an index, or of the table itself, begin with.
    pub(crate) fn prefix(&self, index: u8) -> Vec<u8> {
        row_prefix(self.record.number, Some(index))
    }

    /// What the rows of one partition begin with.
    pub(crate) fn partition(&self, index: u8, hash: &[AttributeValue]) -> Vec<u8> {
        let mut prefix = self.prefix(index);
        encode_partition(hash, &mut prefix);
        prefix
    }

    pub(crate) fn row_key(&self, key: &PrimaryKey) -> Vec<u8> {
        let mut row = self.partition(BASE, &key.hash);
        encode_parts(&key.sort, &mut row);
        row
    }

    /// The key of the row that an index has for an item with these keys.
    pub(crate) fn index_row_key(
        &self,
        index: &Index,
        entry: &PrimaryKey,
        base: &PrimaryKey,
    ) -> Vec<u8> {
        let mut row = self.partition(index.number, &entry.hash);
        encode_parts(&entry.sort, &mut row);
        // The hash gives items with equal index keys the order that DynamoDB gives them.
        row.extend(item_hash(&base.hash, &base.sort).unwrap_or_default());
        encode_parts(&base.hash, &mut row);
        encode_parts(&base.sort, &mut row);
        row
    }

    /// Puts `new` in the place of `old`, in the table, in every index and in the stream, and gives it
    /// back.
    ///
    /// `old` must be what is stored now if the table [needs it](Self::needs_old).
    pub(crate) fn replace(
        &self,
        transaction: &mut Transaction<'_>,
        key: &PrimaryKey,
        old: Option<EncodedItem<'_>>,
        new: Option<NewItem>,
        origin: Origin,
    ) -> Result<Option<Item>, Failure> {
        if let Some(stream) = &self.stream {
            stream.record(transaction, self, key, (old, new.as_ref()), origin)?;
        }
        self.replace_in_indexes(transaction, key, old, new.as_ref())?;
        let row = self.row_key(key);
        let Some(new) = new else {
            transaction.delete(row);
            return Ok(None);
        };
        transaction.put(row, new.encoded);
        Ok(Some(new.item))
    }

    fn replace_in_indexes(
        &self,
        transaction: &mut Transaction<'_>,
        key: &PrimaryKey,
        old: Option<EncodedItem<'_>>,
        new: Option<&NewItem>,
    ) -> Result<(), Failure> {
        if self.indexes.is_empty() {
            return Ok(());
        }
        let waits = |index: &Index| self.lag.is_some() && index.scope == IndexScope::Global;
        if let Some(lag) = &self.lag
            && self.indexes.iter().any(waits)
        {
            let (old, new) = (
                old.map(|old| old.bytes()),
                new.map(|new| new.encoded.as_slice()),
            );
            lag.note(transaction, self.record.number, old, new);
        }
        let old_keys = old
            .map(|old| old.decode_only(|name| self.is_indexed(name)))
            .transpose()?;
        for index in self.indexes.iter().filter(|index| !waits(index)) {
            self.replace_in_index(transaction, index, key, old_keys.as_ref(), new);
        }
        Ok(())
    }

    /// Does in the global indexes what was noted when it was done in the table.
    pub(crate) fn follow(
        &self,
        transaction: &mut Transaction<'_>,
        old: Option<EncodedItem<'_>>,
        new: Option<EncodedItem<'_>>,
    ) -> Result<(), Failure> {
        let old = old.map(|old| old.decode()).transpose()?;
        let new = new.map(|new| {
            let encoded = new.bytes().to_vec();
            new.decode().map(|item| NewItem { item, encoded })
        });
        let new = new.transpose()?;
        let item = new.as_ref().map(|new| &new.item).or(old.as_ref());
        let Some(key) = item.and_then(|item| self.keys.key_in(item)) else {
            return Ok(());
        };
        let indexes = self.indexes.iter();
        for index in indexes.filter(|index| index.scope == IndexScope::Global) {
            self.replace_in_index(transaction, index, &key, old.as_ref(), new.as_ref());
        }
        Ok(())
    }

    fn replace_in_index(
        &self,
        transaction: &mut Transaction<'_>,
        index: &Index,
        key: &PrimaryKey,
        old: Option<&Item>,
        new: Option<&NewItem>,
    ) {
        let row_of = |item: &Item| {
            let entry = index.keys.key_in(item)?;
            Some(self.index_row_key(index, &entry, key))
        };
        let old_row = old.and_then(row_of);
        let new_row = new.and_then(|new| row_of(&new.item));
        if let Some(old_row) = old_row
            && Some(&old_row) != new_row.as_ref()
        {
            transaction.delete(old_row);
        }
        if let (Some(new_row), Some(new)) = (new_row, new) {
            transaction.put(new_row, self.index_row(index, new));
        }
    }

    /// Puts an item that was there before the index into it, unless it cannot stand there.
    pub(crate) fn backfill(
        &self,
        transaction: &mut Transaction<'_>,
        index: &Index,
        stored: EncodedItem<'_>,
    ) -> Result<(), Failure> {
        let item = stored.decode()?;
        if index.keys.check_indexable(&index.name, &item).is_err() {
            return Ok(());
        }
        let Some(key) = self.keys.key_in(&item) else {
            return Ok(());
        };
        let encoded = stored.bytes().to_vec();
        let new = NewItem { item, encoded };
        self.replace_in_index(transaction, index, &key, None, Some(&new));
        Ok(())
    }

    fn index_row(&self, index: &Index, new: &NewItem) -> Vec<u8> {
        if index.projected == Projected::All {
            return new.encoded.clone();
        }
        encode(&index.held(self, &new.item))
    }

    /// Whether a write has to know what it replaces; without indexes and stream it costs hardly more
    /// than the write itself.
    pub(crate) fn needs_old(&self) -> bool {
        !self.indexes.is_empty() || self.stream.is_some()
    }

    fn is_indexed(&self, attribute: &str) -> bool {
        self.indexes.iter().any(|index| index.keys.holds(attribute))
    }

    /// The keys of a stored row: those of the index it stands in, and the table's own.
    pub(crate) fn keys_of_row(
        &self,
        index: Option<&Index>,
        row: EncodedItem<'_>,
    ) -> Result<Item, Failure> {
        let in_index = |name: &str| index.is_some_and(|index| index.keys.holds(name));
        Ok(row.decode_only(|name| self.keys.holds(name) || in_index(name))?)
    }

    /// Where a page goes on after the row that `key` names, which has been checked against the schemas.
    pub(crate) fn row_key_of_start(&self, index: Option<&Index>, key: &Item) -> Option<Vec<u8>> {
        let base = self.keys.key_in(key)?;
        match index {
            None => Some(self.row_key(&base)),
            Some(index) => {
                let entry = index.keys.key_in(key)?;
                Some(self.index_row_key(index, &entry, &base))
            }
        }
    }
}

fn encode_parts(parts: &[AttributeValue], row: &mut Vec<u8>) {
    for part in parts {
        encode_scalar(part, row);
    }
}

fn row_prefix(number: u32, index: Option<u8>) -> Vec<u8> {
    let mut prefix = Vec::with_capacity(64);
    prefix.push(ROWS);
    prefix.extend_from_slice(&number.to_be_bytes());
    prefix.extend(index);
    prefix
}
