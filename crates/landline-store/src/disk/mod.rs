//! A store in one SQLite database: a table of keys and values, a write-ahead log, one writer.

mod directory;
mod reading;
mod writing;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use parking_lot::Mutex;
use rusqlite::{Connection, OpenFlags};

use self::directory::DirectoryLock;
use self::reading::ReaderPool;
use self::writing::DiskEngine;
use crate::committer::WriteQueue;
use crate::{Reader, Store, StoreError};

/// Opens the store in `directory`, which is created if it is missing.
///
/// Fails when another process has it open.
pub fn open(directory: &Path, options: Options) -> Result<Arc<dyn Store>, StoreError> {
    let lock = DirectoryLock::acquire(directory)?;
    let location = Location {
        file: directory.join(DATABASE_FILE),
        options,
    };
    let refuse = |reason: String| StoreError::Open {
        directory: directory.to_owned(),
        reason,
    };
    directory::create_private_file(&location.file).map_err(|error| refuse(error.to_string()))?;
    let engine = DiskEngine::open(location.clone()).map_err(|error| refuse(error.to_string()))?;
    let queue = WriteQueue::start(Box::new(engine)).map_err(|error| refuse(error.to_string()))?;
    Ok(Arc::new(DiskStore {
        queue,
        readers: ReaderPool::new(location),
        lock: Mutex::new(Some(lock)),
    }))
}

/// How a disk store behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    pub durability: Durability,
    /// The size in bytes at which further writes fail; without one, the disk is the limit.
    pub size_limit: Option<u64>,
    /// Takes the place of a file system that somebody mounts read-only, for tests.
    pub write_protection: Option<WriteProtection>,
}

/// A switch: while it is on, SQLite refuses writes as on a file system that is read-only.
#[derive(Debug, Clone, Copy)]
pub struct WriteProtection(pub &'static AtomicBool);

impl PartialEq for WriteProtection {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for WriteProtection {}

/// When a write counts as done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Durability {
    /// It is on the disk: nothing acknowledged is lost, not even when the power fails.
    #[default]
    Full,
    /// It is with the operating system: a crash of the process loses nothing, a power failure may
    /// lose the last moments but corrupts nothing.
    Normal,
    /// As `Normal`, but a power failure may leave the store unreadable.
    Off,
}

struct DiskStore {
    queue: WriteQueue,
    readers: ReaderPool,
    /// Let go of by `close`, after the committer: whoever still holds the store then
    /// does not keep others out.
    lock: Mutex<Option<DirectoryLock>>,
}

impl Store for DiskStore {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.readers.acquire()?.get(key)
    }

    fn with_snapshot(
        &self,
        read: &mut dyn FnMut(&dyn Reader) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.readers.acquire()?.snapshot(read)
    }

    fn queue(&self) -> &WriteQueue {
        &self.queue
    }

    fn close(&self) {
        // The readers first: the last connection to close is the one that folds the log away.
        self.readers.close();
        self.queue.close();
        drop(self.lock.lock().take());
    }
}

impl Drop for DiskStore {
    fn drop(&mut self) {
        self.close();
    }
}

impl fmt::Debug for DiskStore {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("DiskStore")
            .field("location", self.readers.location())
            .field("queue", &self.queue)
            .finish_non_exhaustive()
    }
}

/// What it takes to connect.
#[derive(Debug, Clone)]
struct Location {
    file: PathBuf,
    options: Options,
}

impl Location {
    fn connect(&self, access: OpenFlags) -> rusqlite::Result<Connection> {
        // A connection is only ever used by one thread at a time, so it needs no mutex of its own.
        let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags_and_vfs(&self.file, flags, LOCKS)?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        Ok(connection)
    }
}

const DATABASE_FILE: &str = "landline.db";

/// The directory is locked, so connections of other processes need no locks to keep them apart. With those, each read asks
/// the kernel twice, and holds up all other reads meanwhile.
///
/// <https://www.sqlite.org/vfs.html#standard_unix_vfses>
const LOCKS: &str = "unix-excl";

/// Nobody but us should hold the database; this is for somebody's `sqlite3` shell that had it before.
const BUSY_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(5);
