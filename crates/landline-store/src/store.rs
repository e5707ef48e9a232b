//! The narrow waist between what Landline keeps and where it keeps it.

use std::fmt::Debug;
use std::ops::ControlFlow;

use crate::committer::WriteQueue;
use crate::{Direction, KeyRange, Recalled, Recording, StoreError, Transaction};

/// Called with each key and value of a scan, borrowed from the engine; may end the scan early.
pub type Visitor<'a> = dyn FnMut(&[u8], &[u8]) -> ControlFlow<()> + 'a;

/// As [`Visitor`], for a scan that gives the values only.
pub type ValueVisitor<'a> = dyn FnMut(&[u8]) -> ControlFlow<()> + 'a;

/// Keys and values as they were at one moment.
pub trait Reader {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError>;

    /// Visits the range in the order of the keys' bytes, or the reverse of it.
    fn scan(
        &self,
        range: &KeyRange,
        direction: Direction,
        visit: &mut Visitor<'_>,
    ) -> Result<(), StoreError>;

    /// As [`scan`](Self::scan), for those who need no keys: an engine may be a third faster without.
    fn scan_values(
        &self,
        range: &KeyRange,
        direction: Direction,
        visit: &mut ValueVisitor<'_>,
    ) -> Result<(), StoreError> {
        self.scan(range, direction, &mut |_, value| visit(value))
    }
}

/// An ordered map from bytes to bytes that survives the process (`disk`) or does not (`memory`).
///
/// A trait object everywhere (`Arc<dyn Store>`); the generic methods are on `dyn Store` itself.
pub trait Store: Debug + Send + Sync + 'static {
    /// Reads one key. Cheaper than a whole [`dyn Store::read`] where one key is all that is wanted.
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError>;

    /// Calls `read` with one consistent snapshot; prefer [`dyn Store::read`].
    fn with_snapshot(
        &self,
        read: &mut dyn FnMut(&dyn Reader) -> Result<(), StoreError>,
    ) -> Result<(), StoreError>;

    /// The queue in front of the committer thread.
    fn queue(&self) -> &WriteQueue;

    /// Commits what is queued and lets go of the files. Later writes answer [`StoreError::Closed`].
    fn close(&self);
}

impl dyn Store {
    /// Runs `read` on the calling thread against one consistent snapshot.
    ///
    /// It never waits for writers. A read that walks over more than a page of data belongs on a
    /// blocking thread (`tokio::task::spawn_blocking`).
    pub fn read<T, E: From<StoreError>>(
        &self,
        read: impl FnOnce(&dyn Reader) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut read = Some(read);
        let mut outcome = None;
        self.with_snapshot(&mut |snapshot| {
            outcome = read.take().map(|read| read(snapshot));
            Ok(())
        })?;
        outcome.unwrap_or(Err(E::from(StoreError::Closed)))
    }

    /// The values of a range, if they lie in memory: they show what was acknowledged before the call, as a
    /// snapshot would.
    ///
    /// A range comes to lie there once two walks over it were [remembered](Self::remember), if it has 32 rows and no more
    /// than 4 MB, and stays until something in it changes or others were asked for since.
    pub fn recall(&self, range: &KeyRange) -> Recalled {
        self.queue().recent().recall(range)
    }

    /// Takes in what a walk has seen that came to the end of the range.
    pub fn remember(&self, range: &KeyRange, recording: Recording) {
        self.queue().recent().remember(range, recording);
    }

    /// Runs `change` on the committer thread and waits until it is durable.
    ///
    /// `change` sees the newest state, its own changes and those of every write before it. When it
    /// returns an error, none of its changes happen and no other write is touched. Dropping the
    /// future does not undo a write that is already queued. `change` must be short and must not
    /// block: every other writer waits for it.
    pub async fn write<T, E>(
        &self,
        change: impl FnOnce(&mut Transaction<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.queue().write(change).await
    }
}
