//! Time to live: a walk over each table that has it switched on, which deletes what has expired.
//!
//! DynamoDB promises to delete within days and mostly does within minutes. A walk over some thousand
//! rows a second, with a rest at the end, costs a small table nothing worth mentioning and comes round
//! a large one in minutes; an index of expiry times would cost every write.
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html>

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use landline_store::{Direction, KeyRange, Reader as _, Store, Transaction};
use landline_wire::Timestamp;

use crate::DynamoDb;
use crate::error::Failure;
use crate::item::{CorruptItem, EncodedItem};
use crate::number::Number;
use crate::stream::Origin;
use crate::table::{BASE, Table};
use crate::value::AttributeValue;

/// The search of one table.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// The last row looked at; empty at the beginning.
    cursor: Vec<u8>,
    rests_until_millis: i64,
}

/// What is to be deleted of a stretch, and where the next begins.
#[derive(Debug, Default)]
struct Stretch {
    expired: Vec<Vec<u8>>,
    cursor: Vec<u8>,
    is_last: bool,
}

impl DynamoDb {
    /// One stretch of every table that is not at rest.
    pub(super) async fn expire(
        &self,
        walks: &mut BTreeMap<u32, Walk>,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let tables = self.catalog.expiring();
        walks.retain(|number, _| tables.iter().any(|table| table.record.number == *number));
        for table in tables {
            let walk = walks.entry(table.record.number).or_default();
            if now.as_millis() < walk.rests_until_millis {
                continue;
            }
            let (store, searched) = (Arc::clone(&self.store), Arc::clone(&table));
            let cursor = std::mem::take(&mut walk.cursor);
            let search =
                tokio::task::spawn_blocking(move || search(&*store, &searched, &cursor, now));
            let Ok(stretch) = search.await else {
                continue;
            };
            let stretch = stretch?;
            for rows in stretch.expired.chunks(DELETED_AT_ONCE) {
                let (table, rows) = (Arc::clone(&table), rows.to_vec());
                let deleted = self
                    .store
                    .write(move |transaction| delete(transaction, &table, rows, now));
                deleted.await?;
            }
            if stretch.is_last {
                walk.rests_until_millis = now.as_millis() + REST_MILLIS;
            } else {
                walk.cursor = stretch.cursor;
            }
        }
        Ok(())
    }
}

fn search(
    store: &dyn Store,
    table: &Table,
    cursor: &[u8],
    now: Timestamp,
) -> Result<Stretch, Failure> {
    let Some(attribute) = &table.record.time_to_live else {
        return Ok(Stretch::default());
    };
    let mut range = KeyRange::prefix(&table.prefix(BASE));
    if !cursor.is_empty() {
        range = range.after(cursor);
    }
    let mut stretch = Stretch {
        is_last: true,
        ..Stretch::default()
    };
    let (mut rows, mut bytes) = (0, 0);
    store.read(|reader| {
        reader.scan(&range, Direction::Forward, &mut |key, row| {
            rows += 1;
            bytes += row.len();
            // A damaged row is not for this to complain about.
            if has_expired(row, attribute, now).unwrap_or(false) {
                stretch.expired.push(key.to_vec());
            }
            if rows == ROWS_AT_ONCE || bytes >= BYTES_AT_ONCE {
                stretch.is_last = false;
                stretch.cursor = key.to_vec();
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        })?;
        Ok::<_, Failure>(())
    })?;
    Ok(stretch)
}

/// Deletes those of the rows that are still there and still expired.
fn delete(
    transaction: &mut Transaction<'_>,
    table: &Arc<Table>,
    rows: Vec<Vec<u8>>,
    now: Timestamp,
) -> Result<(), Failure> {
    let table = table.newest();
    let Some(attribute) = &table.record.time_to_live else {
        return Ok(());
    };
    if table.is_dropped() {
        return Ok(());
    }
    for row in rows {
        let Some(stored) = transaction.get(&row)? else {
            continue;
        };
        if !has_expired(&stored, attribute, now)? {
            continue;
        }
        let item = EncodedItem::new(&stored)?;
        let keys = item.decode_only(|name| table.keys.holds(name))?;
        let key = table.keys.key_in(&keys).ok_or(CorruptItem)?;
        table.replace(transaction, &key, Some(item), None, Origin::TimeToLive)?;
    }
    Ok(())
}

fn has_expired(row: &[u8], attribute: &str, now: Timestamp) -> Result<bool, CorruptItem> {
    let Some(AttributeValue::N(number)) = EncodedItem::new(row)?.get(attribute)? else {
        return Ok(false);
    };
    let now = now.as_millis().div_euclid(1_000);
    // A time long ago is more likely a mistake than a wish: milliseconds taken for seconds, say.
    let expires = whole_seconds(number);
    Ok(expires.is_some_and(|expires| expires <= now && expires > now - FIVE_YEARS_SECONDS))
}

fn whole_seconds(number: Number) -> Option<i64> {
    number.to_i64().or_else(|| {
        let text = number.to_string();
        text.split_once('.')?.0.parse().ok()
    })
}

const ROWS_AT_ONCE: usize = 5_000;
const BYTES_AT_ONCE: usize = 4 << 20;
const DELETED_AT_ONCE: usize = 100;

/// Between the end of a walk and the beginning of the next.
const REST_MILLIS: i64 = 10_000;

const FIVE_YEARS_SECONDS: i64 = 5 * 365 * 24 * 60 * 60;
