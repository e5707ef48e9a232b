//! The writer's side: the connection that the committer thread owns.

use std::sync::atomic::Ordering;

use rusqlite::{Connection, OpenFlags};

use super::reading::ConnectionReader;
use super::{Durability, Location};
use crate::committer::{Batch, Engine, Fill};
use crate::transaction::Changes;
use crate::{Direction, KeyRange, Reader, StoreError, Visitor};

pub(super) struct DiskEngine {
    location: Location,
    /// `None` after a failure: the next batch connects again, so that a disk which was full or
    /// read-only for a while needs no restart of Landline.
    connection: Option<Connection>,
}

impl DiskEngine {
    pub(super) fn open(location: Location) -> rusqlite::Result<Self> {
        let connection = connect(&location)?;
        Ok(Self {
            location,
            connection: Some(connection),
        })
    }

    fn attempt(connection: &Connection, fill: &mut Fill<'_>) -> Result<(), StoreError> {
        connection
            .prepare_cached("BEGIN IMMEDIATE")
            .and_then(|mut statement| statement.execute([]))
            .map_err(|error| commit_error(&error))?;
        fill(&mut DiskBatch { connection })?;
        connection
            .prepare_cached("COMMIT")
            .and_then(|mut statement| statement.execute([]))
            .map_err(|error| commit_error(&error))?;
        Ok(())
    }
}

impl Engine for DiskEngine {
    fn commit(&mut self, fill: &mut Fill<'_>) -> Result<(), StoreError> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => connect(&self.location).map_err(|error| commit_error(&error))?,
        };
        if let Some(protection) = self.location.options.write_protection {
            let is_on = protection.0.load(Ordering::Acquire);
            let protected = connection.pragma_update(None, "query_only", is_on);
            protected.map_err(|error| commit_error(&error))?;
        }
        // On failure the connection is dropped here, and an open transaction with it.
        Self::attempt(&connection, fill)?;
        self.connection = Some(connection);
        Ok(())
    }

    fn close(&mut self) {
        // Closing the last connection folds the log into the database.
        self.connection = None;
    }
}

struct DiskBatch<'a> {
    connection: &'a Connection,
}

impl Batch for DiskBatch<'_> {
    fn apply(&mut self, changes: Changes) -> Result<(), StoreError> {
        for (key, value) in changes {
            let written = match value {
                Some(value) => self
                    .connection
                    .prepare_cached(PUT)
                    .and_then(|mut put| put.execute([key, value])),
                None => self
                    .connection
                    .prepare_cached(DELETE)
                    .and_then(|mut delete| delete.execute([key])),
            };
            written.map_err(|error| commit_error(&error))?;
        }
        Ok(())
    }
}

impl Reader for DiskBatch<'_> {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        ConnectionReader(self.connection).get(key)
    }

    fn scan(
        &self,
        range: &KeyRange,
        direction: Direction,
        visit: &mut Visitor<'_>,
    ) -> Result<(), StoreError> {
        ConnectionReader(self.connection).scan(range, direction, visit)
    }
}

fn connect(location: &Location) -> rusqlite::Result<Connection> {
    let connection = location.connect(OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(
        None,
        "synchronous",
        match location.options.durability {
            Durability::Full => "FULL",
            Durability::Normal => "NORMAL",
            Durability::Off => "OFF",
        },
    )?;
    connection.pragma_update(None, "journal_size_limit", KEPT_LOG_BYTES)?;
    connection.execute_batch(SCHEMA)?;
    if let Some(limit) = location.options.size_limit {
        let page: u32 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
        let pages = u32::try_from(limit / u64::from(page))
            .unwrap_or(u32::MAX)
            .max(1);
        // SQLite answers with the limit in force, which is why this is not `pragma_update`.
        let _: i64 =
            connection.pragma_update_and_check(None, "max_page_count", pages, |row| row.get(0))?;
    }
    Ok(connection)
}

fn commit_error(error: &rusqlite::Error) -> StoreError {
    StoreError::Commit {
        reason: error.to_string(),
    }
}

/// Without a row id the keys are the table: one B-tree, and a scan is a walk along its leaves.
const SCHEMA: &str =
    "CREATE TABLE IF NOT EXISTS item (k BLOB PRIMARY KEY, v BLOB NOT NULL) WITHOUT ROWID";

const PUT: &str =
    "INSERT INTO item (k, v) VALUES (?1, ?2) ON CONFLICT (k) DO UPDATE SET v = excluded.v";
const DELETE: &str = "DELETE FROM item WHERE k = ?1";

/// A burst may make the log larger than this; once folded in, it shrinks back.
const KEPT_LOG_BYTES: i64 = 16 << 20;
