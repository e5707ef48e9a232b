//! Indexes that were added or deleted while their table was in use: filled or emptied piece by piece.
//!
//! Writes go into a new index from the moment it is there, so the walk over the table's rows need not
//! care for what changes behind or before it; after a restart it begins anew.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use landline_store::{Direction, KeyRange, Reader as _, Transaction};

use super::Rest;
use crate::DynamoDb;
use crate::catalog::delete_some;
use crate::error::Failure;
use crate::item::EncodedItem;
use crate::table::{BASE, IndexState, KeysRecord, Table, TableRecord, index_rows};

/// The last row of the table that is in the index, by the numbers of both.
pub(super) type Cursors = BTreeMap<(u32, u8), Vec<u8>>;

/// How far one piece has come.
enum Piece {
    UpTo(Vec<u8>),
    Last,
}

impl DynamoDb {
    /// One piece for every index that is on its way.
    pub(super) async fn change_indexes(&self, cursors: &mut Cursors) -> Result<Rest, Failure> {
        let mut rest = Rest::Nothing;
        for table in self.catalog.reindexing() {
            let indexes = table.record.indexes.iter();
            for index in indexes.filter(|index| !index.state.is_settled()) {
                let at = (table.record.number, index.number);
                let cursor = cursors.get(&at).cloned().unwrap_or_default();
                let piece = match index.state {
                    IndexState::Deleting => self.empty(&table, index.number).await?,
                    _ => self.fill(&table, index.number, cursor).await?,
                };
                match piece {
                    Piece::UpTo(cursor) => {
                        cursors.insert(at, cursor);
                        rest = Rest::MoreToDo;
                    }
                    Piece::Last if self.is_changing(&table) => {}
                    Piece::Last => {
                        cursors.remove(&at);
                        self.settle_index(&table, index.number).await?;
                    }
                }
            }
        }
        Ok(rest)
    }

    async fn fill(&self, table: &Arc<Table>, index: u8, cursor: Vec<u8>) -> Result<Piece, Failure> {
        let table = Arc::clone(table);
        let filled = self
            .store
            .write(move |transaction| fill(transaction, &table.newest(), index, &cursor));
        filled.await
    }

    async fn empty(&self, table: &Arc<Table>, index: u8) -> Result<Piece, Failure> {
        let rows = index_rows(table.record.number, index);
        let emptied = self.store.write(move |transaction| {
            Ok::<_, Failure>(if delete_some(transaction, &rows)? {
                Piece::Last
            } else {
                Piece::UpTo(Vec::new())
            })
        });
        emptied.await
    }

    /// Notes that an index is complete, or gone.
    async fn settle_index(&self, table: &Arc<Table>, number: u8) -> Result<(), Failure> {
        let settled = self.catalog.amend(&*self.store, table, move |record, _| {
            let index = record
                .indexes
                .iter_mut()
                .find(|index| index.number == number);
            match index {
                Some(index) if index.state == IndexState::Backfilling => {
                    index.state = IndexState::Backfilled;
                }
                Some(index) if index.state == IndexState::Deleting => {
                    record.indexes.retain(|index| index.number != number);
                    forget_attributes(record);
                }
                _ => {}
            }
            Ok(())
        });
        match settled.await {
            // The table went first.
            Err(Failure::Refused(_)) | Ok(_) => Ok(()),
            Err(failure) => Err(failure),
        }
    }
}

fn fill(
    transaction: &mut Transaction<'_>,
    table: &Arc<Table>,
    number: u8,
    cursor: &[u8],
) -> Result<Piece, Failure> {
    let index = table.indexes.iter().find(|index| index.number == number);
    let Some(index) = index.filter(|_| !table.is_dropped()) else {
        return Ok(Piece::Last);
    };
    let mut range = KeyRange::prefix(&table.prefix(BASE));
    if !cursor.is_empty() {
        range = range.after(cursor);
    }
    let mut rows = Vec::new();
    let (mut bytes, mut last) = (0, None);
    transaction.scan(&range, Direction::Forward, &mut |key, row| {
        bytes += row.len();
        rows.push(row.to_vec());
        if rows.len() == ROWS_AT_ONCE || bytes >= BYTES_AT_ONCE {
            last = Some(key.to_vec());
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    })?;
    for row in &rows {
        table.backfill(transaction, index, EncodedItem::new(row)?)?;
    }
    Ok(last.map_or(Piece::Last, Piece::UpTo))
}

/// The definitions of attributes that no key names any more.
fn forget_attributes(record: &mut TableRecord) {
    let schemas = record.indexes.iter().map(|index| &index.keys);
    let used: Vec<String> = schemas
        .chain([&record.keys])
        .flat_map(KeysRecord::names)
        .cloned()
        .collect();
    record
        .attributes
        .retain(|attribute| used.contains(&attribute.name));
}

/// Every other writer waits for a piece: some milliseconds.
const ROWS_AT_ONCE: usize = 250;
const BYTES_AT_ONCE: usize = 1 << 20;
