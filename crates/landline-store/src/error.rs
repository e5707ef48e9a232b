//! What can go wrong in a store.

use std::path::PathBuf;

/// Cheap to clone, because one failed commit is told to everybody who waited for it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Two processes on one directory would each believe their own snapshots.
    #[error(
        "another Landline is using the data directory {}; stop it or choose another directory with --data-dir",
        directory.display()
    )]
    Locked { directory: PathBuf },

    #[error(
        "cannot open the data directory {}: {reason}; repair it or choose another with --data-dir",
        directory.display()
    )]
    Open { directory: PathBuf, reason: String },

    #[error("cannot read the store: {reason}")]
    Read { reason: String },

    /// Nothing of the write is in the store; trying again later may work (a full disk, for instance).
    #[error("cannot write to the store: {reason}")]
    Commit { reason: String },

    /// The write alone exceeds what one commit may hold.
    #[error("a write of {bytes} bytes is larger than the limit of {limit} bytes")]
    TooLarge { bytes: usize, limit: usize },

    #[error("the record {id} of {collection} cannot be read: {reason}")]
    Record {
        collection: &'static str,
        id: String,
        reason: String,
    },

    /// The write closure panicked; none of its changes are in the store.
    #[error("the write panicked")]
    Panicked,

    #[error("the store is closed")]
    Closed,
}

impl From<rusqlite::Error> for StoreError {
    /// A failure that happens while reading; the writer turns its own into [`StoreError::Commit`].
    fn from(error: rusqlite::Error) -> Self {
        Self::Read {
            reason: error.to_string(),
        }
    }
}
