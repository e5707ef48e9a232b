//! The data directory: private to its owner, and to one process at a time.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;

use crate::StoreError;

/// Held as long as the store is open. The operating system lets go of it with the process, so a
/// killed Landline leaves no stale lock.
#[derive(Debug)]
pub(super) struct DirectoryLock {
    _file: File,
}

impl DirectoryLock {
    pub(super) fn acquire(directory: &Path) -> Result<Self, StoreError> {
        let refuse = |error: io::Error| StoreError::Open {
            directory: directory.to_owned(),
            reason: error.to_string(),
        };
        // An existing directory keeps its permissions: it may be shared with other things.
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(directory)
            .map_err(refuse)?;
        let file = create_private_file(&directory.join(LOCK_FILE)).map_err(refuse)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::Locked {
                directory: directory.to_owned(),
            }),
            Err(TryLockError::Error(error)) => Err(refuse(error)),
        }
    }
}

/// Opens a file that only its owner may read. SQLite gives its log the permissions of the database.
pub(super) fn create_private_file(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(path)
}

const LOCK_FILE: &str = "landline.lock";
