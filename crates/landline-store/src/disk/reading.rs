//! Reads: each on a connection of its own, taken from a pool and given back.
//!
//! A pool rather than one connection per thread: blocking threads come and go by the hundred, and
//! would each keep a connection and its page cache; here, only as many stay as were used at once.

use std::ops::{ControlFlow, Deref};
use std::thread::{self, ThreadId};

use parking_lot::Mutex;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, Row};

use super::Location;

use crate::{Direction, KeyRange, Reader, StoreError, ValueVisitor, Visitor};

#[derive(Debug)]
pub(super) struct ReaderPool {
    location: Location,
    idle: Mutex<Idle>,
}

#[derive(Debug, Default)]
struct Idle {
    /// Each with who used it last, the last one used at the end.
    connections: Vec<(ThreadId, Connection)>,
    closed: bool,
}

impl Idle {
    /// The one that this thread used last, if it is there: the pages that a connection has read are then in the cache of
    /// the thread's processor.
    fn take(&mut self) -> Option<Connection> {
        let own = thread::current().id();
        let at = self
            .connections
            .iter()
            .rposition(|(thread, _)| *thread == own);
        let last = self.connections.len().checked_sub(1)?;
        let (_, connection) = self.connections.remove(at.unwrap_or(last));
        Some(connection)
    }
}

impl ReaderPool {
    pub(super) fn new(location: Location) -> Self {
        Self {
            location,
            idle: Mutex::default(),
        }
    }

    pub(super) fn location(&self) -> &Location {
        &self.location
    }

    pub(super) fn acquire(&self) -> Result<PooledReader<'_>, StoreError> {
        let connection = match self.take_idle()? {
            Some(connection) => connection,
            None => self.location.connect(OpenFlags::SQLITE_OPEN_READ_ONLY)?,
        };
        Ok(PooledReader {
            connection: Some(connection),
            pool: self,
        })
    }

    fn take_idle(&self) -> Result<Option<Connection>, StoreError> {
        let mut idle = self.idle.lock();
        if idle.closed {
            return Err(StoreError::Closed);
        }
        Ok(idle.take())
    }

    pub(super) fn close(&self) {
        let mut idle = self.idle.lock();
        idle.closed = true;
        idle.connections.clear();
    }
}

/// A connection on loan.
#[derive(Debug)]
pub(super) struct PooledReader<'a> {
    connection: Option<Connection>,
    pool: &'a ReaderPool,
}

impl PooledReader<'_> {
    pub(super) fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(get(self, key)?)
    }

    pub(super) fn snapshot(
        &self,
        read: &mut dyn FnMut(&dyn Reader) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.prepare_cached("BEGIN")?.execute([])?;
        let outcome = read(&ConnectionReader(self));
        self.prepare_cached("COMMIT")?.execute([])?;
        outcome
    }
}

impl Deref for PooledReader<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection
            .as_ref()
            .expect("a reader holds its connection until it is dropped")
    }
}

impl Drop for PooledReader<'_> {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else {
            return;
        };
        // After a panic in a read closure the snapshot is still open: that one is not used again.
        if !connection.is_autocommit() {
            return;
        }
        let mut idle = self.pool.idle.lock();
        if !idle.closed && idle.connections.len() < MAX_IDLE_CONNECTIONS {
            idle.connections.push((thread::current().id(), connection));
        }
    }
}

/// The open transaction of a connection, whether it only reads or also writes.
pub(super) struct ConnectionReader<'a>(pub(super) &'a Connection);

impl Reader for ConnectionReader<'_> {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(get(self.0, key)?)
    }

    fn scan(
        &self,
        range: &KeyRange,
        direction: Direction,
        visit: &mut Visitor<'_>,
    ) -> Result<(), StoreError> {
        if range.is_empty() {
            return Ok(());
        }
        let visit = &mut |row: &Row<'_>| Ok(visit(blob(row, 1)?, blob(row, 0)?));
        Ok(walk(self.0, &ROWS, range, direction, visit)?)
    }

    fn scan_values(
        &self,
        range: &KeyRange,
        direction: Direction,
        visit: &mut ValueVisitor<'_>,
    ) -> Result<(), StoreError> {
        if range.is_empty() {
            return Ok(());
        }
        let visit = &mut |row: &Row<'_>| Ok(visit(blob(row, 0)?));
        Ok(walk(self.0, &VALUES, range, direction, visit)?)
    }
}

fn get(connection: &Connection, key: &[u8]) -> rusqlite::Result<Option<Vec<u8>>> {
    connection
        .prepare_cached(GET)?
        .query_row([key], |row| Ok(row.get_ref(0)?.as_blob()?.to_vec()))
        .optional()
}

/// Visits the rows of the range, with what `statements` select of each.
fn walk(
    connection: &Connection,
    statements: &Statements,
    range: &KeyRange,
    direction: Direction,
    visit: &mut dyn FnMut(&Row<'_>) -> rusqlite::Result<ControlFlow<()>>,
) -> rusqlite::Result<()> {
    let start = range.start.as_slice();
    let end = range.end.as_deref();
    let mut statement = connection.prepare_cached(match (end, direction) {
        (Some(_), Direction::Forward) => statements.between_forward,
        (Some(_), Direction::Backward) => statements.between_backward,
        (None, Direction::Forward) => statements.from_forward,
        (None, Direction::Backward) => statements.from_backward,
    })?;
    let mut rows = match end {
        Some(end) => statement.query((start, end))?,
        None => statement.query((start,))?,
    };
    while let Some(row) = rows.next()? {
        if visit(row)?.is_break() {
            break;
        }
    }
    Ok(())
}

fn blob<'r>(row: &'r Row<'_>, column: usize) -> rusqlite::Result<&'r [u8]> {
    Ok(row.get_ref(column)?.as_blob()?)
}

/// The same walk over all kinds of ranges.
struct Statements {
    between_forward: &'static str,
    between_backward: &'static str,
    from_forward: &'static str,
    from_backward: &'static str,
}

const GET: &str = "SELECT v FROM item WHERE k = ?1";

const ROWS: Statements = Statements {
    between_forward: "SELECT v, k FROM item WHERE k >= ?1 AND k < ?2 ORDER BY k",
    between_backward: "SELECT v, k FROM item WHERE k >= ?1 AND k < ?2 ORDER BY k DESC",
    from_forward: "SELECT v, k FROM item WHERE k >= ?1 ORDER BY k",
    from_backward: "SELECT v, k FROM item WHERE k >= ?1 ORDER BY k DESC",
};

/// Without the keys: SQLite copies each column of a row that is asked for.
const VALUES: Statements = Statements {
    between_forward: "SELECT v FROM item WHERE k >= ?1 AND k < ?2 ORDER BY k",
    between_backward: "SELECT v FROM item WHERE k >= ?1 AND k < ?2 ORDER BY k DESC",
    from_forward: "SELECT v FROM item WHERE k >= ?1 ORDER BY k",
    from_backward: "SELECT v FROM item WHERE k >= ?1 ORDER BY k DESC",
};

/// More connections than this may be open for a moment, but are not kept.
const MAX_IDLE_CONNECTIONS: usize = 16;
