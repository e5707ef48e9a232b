//! Global indexes that follow their table after a while: the changes wait in the store, in the order in
//! which they were made, so a restart loses none of them and no index ever gets ahead of another write.
//!
//! A row's key is [`CHANGES`] and a number; its value is when it is due (milliseconds), the number of
//! the table, and the item before and after, each after its length. All numbers big-endian.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use landline_store::{Direction, KeyRange, Reader, Store, StoreError, Transaction};
use landline_wire::Clock;

use crate::DynamoDb;
use crate::error::Failure;
use crate::item::{CorruptItem, EncodedItem};
use crate::table::Table;
use crate::upkeep::Rest;

/// Where the changes of global indexes are noted, in strict mode.
#[derive(Debug)]
pub(crate) struct Lag {
    delay: Duration,
    clock: Arc<dyn Clock>,
    next: AtomicU64,
}

impl Lag {
    pub(crate) fn open(
        store: &dyn Store,
        delay: Duration,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, StoreError> {
        let mut last = 0;
        store.read(|reader| {
            reader.scan(&all(), Direction::Backward, &mut |key, _| {
                let number = key.get(1..).and_then(|number| number.try_into().ok());
                last = number.map_or(0, u64::from_be_bytes);
                ControlFlow::Break(())
            })
        })?;
        Ok(Self {
            delay,
            clock,
            next: AtomicU64::new(last + 1),
        })
    }

    /// Notes what the global indexes of a table are to learn later.
    pub(crate) fn note(
        &self,
        transaction: &mut Transaction<'_>,
        table: u32,
        old: Option<&[u8]>,
        new: Option<&[u8]>,
    ) {
        let delay = i64::try_from(self.delay.as_millis()).unwrap_or(i64::MAX);
        let due = self.clock.now().as_millis().saturating_add(delay);
        let mut row = Vec::new();
        row.extend_from_slice(&due.to_be_bytes());
        row.extend_from_slice(&table.to_be_bytes());
        for image in [old, new] {
            let image = image.unwrap_or_default();
            let length = u32::try_from(image.len()).unwrap_or(u32::MAX);
            row.extend_from_slice(&length.to_be_bytes());
            row.extend_from_slice(image);
        }
        let mut key = vec![CHANGES];
        key.extend_from_slice(&self.next.fetch_add(1, Ordering::Relaxed).to_be_bytes());
        transaction.put(key, row);
    }
}

/// A change as it was noted.
struct Noted<'r> {
    due_millis: i64,
    table: u32,
    old: Option<EncodedItem<'r>>,
    new: Option<EncodedItem<'r>>,
}

impl DynamoDb {
    /// Lets global indexes follow with what was due by `now_millis`.
    pub(crate) async fn catch_up(&self, now_millis: i64) -> Result<Rest, Failure> {
        let mut is_due = false;
        self.store.read(|reader| {
            reader.scan(&all(), Direction::Forward, &mut |_, row| {
                is_due = Noted::read(row).map_or(true, |noted| noted.due_millis <= now_millis);
                ControlFlow::Break(())
            })
        })?;
        if !is_due {
            return Ok(Rest::Nothing);
        }
        let tables = self.catalog.by_number();
        let caught_up = self
            .store
            .write(move |transaction| catch_up(transaction, &tables, now_millis));
        caught_up.await
    }
}

fn catch_up(
    transaction: &mut Transaction<'_>,
    tables: &BTreeMap<u32, Arc<Table>>,
    now_millis: i64,
) -> Result<Rest, Failure> {
    let mut due = Vec::new();
    transaction.scan(&all(), Direction::Forward, &mut |key, row| {
        let is_due = Noted::read(row).map_or(true, |noted| noted.due_millis <= now_millis);
        if !is_due || due.len() == CHANGES_AT_ONCE {
            return ControlFlow::Break(());
        }
        due.push((key.to_vec(), row.to_vec()));
        ControlFlow::Continue(())
    })?;
    let rest = if due.len() == CHANGES_AT_ONCE {
        Rest::MoreToDo
    } else {
        Rest::Nothing
    };
    for (key, row) in due {
        transaction.delete(key);
        let Ok(noted) = Noted::read(&row) else {
            tracing::warn!("a change of an index cannot be read and is left out");
            continue;
        };
        // The rows of a table that is gone go with it.
        if let Some(table) = tables.get(&noted.table).map(Table::newest)
            && !table.is_dropped()
        {
            table.follow(transaction, noted.old, noted.new)?;
        }
    }
    Ok(rest)
}

impl<'r> Noted<'r> {
    fn read(row: &'r [u8]) -> Result<Self, CorruptItem> {
        let (due, rest) = row.split_first_chunk::<8>().ok_or(CorruptItem)?;
        let (table, mut rest) = rest.split_first_chunk::<4>().ok_or(CorruptItem)?;
        let old = take_item(&mut rest)?;
        let new = take_item(&mut rest)?;
        Ok(Self {
            due_millis: i64::from_be_bytes(*due),
            table: u32::from_be_bytes(*table),
            old,
            new,
        })
    }
}

/// The next item, if there is one; the cursor is past it afterwards.
fn take_item<'r>(rest: &mut &'r [u8]) -> Result<Option<EncodedItem<'r>>, CorruptItem> {
    let (length, after) = rest.split_first_chunk::<4>().ok_or(CorruptItem)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| CorruptItem)?;
    let (item, after) = after.split_at_checked(length).ok_or(CorruptItem)?;
    *rest = after;
    if item.is_empty() {
        return Ok(None);
    }
    EncodedItem::new(item).map(Some)
}

fn all() -> KeyRange {
    KeyRange::prefix(&[CHANGES])
}

/// The first byte of the keys of all changes that wait.
const CHANGES: u8 = landline_store::KeySpace::IndexChanges.byte();

const CHANGES_AT_ONCE: usize = 250;
