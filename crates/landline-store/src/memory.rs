//! A store in memory, for tests and for state that need not survive the process.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use parking_lot::RwLock;

use crate::committer::{Batch, Engine, Fill, WriteQueue};
use crate::transaction::Changes;
use crate::{Direction, KeyRange, Reader, Store, StoreError, Visitor};

/// Opens an empty store.
pub fn open() -> Arc<dyn Store> {
    let rows = Shared::default();
    let queue = WriteQueue::start(Box::new(MemoryEngine {
        rows: Arc::clone(&rows),
    }))
    .expect("the operating system gives a process its first threads");
    Arc::new(MemoryStore { rows, queue })
}

/// A reader takes the inner `Arc` and holds no lock; the committer changes the rows in place, or
/// copies them while a snapshot is in use.
type Shared = Arc<RwLock<Arc<Rows>>>;

#[derive(Debug)]
struct MemoryStore {
    rows: Shared,
    queue: WriteQueue,
}

impl Store for MemoryStore {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.rows.read().get(key)
    }

    fn with_snapshot(
        &self,
        read: &mut dyn FnMut(&dyn Reader) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let snapshot = Arc::clone(&self.rows.read());
        read(&*snapshot)
    }

    fn queue(&self) -> &WriteQueue {
        &self.queue
    }

    fn close(&self) {
        self.queue.close();
    }
}

struct MemoryEngine {
    rows: Shared,
}

impl Engine for MemoryEngine {
    /// Nothing here can fail once a change has been decided, so there is no way back to provide.
    fn commit(&mut self, fill: &mut Fill<'_>) -> Result<(), StoreError> {
        let mut shared = self.rows.write();
        let rows: &mut Rows = Arc::make_mut(&mut shared);
        fill(rows)
    }

    fn close(&mut self) {}
}

#[derive(Debug, Default, Clone)]
struct Rows(BTreeMap<Vec<u8>, Vec<u8>>);

impl Batch for Rows {
    fn apply(&mut self, changes: Changes) -> Result<(), StoreError> {
        for (key, value) in changes {
            match value {
                Some(value) => self.0.insert(key, value),
                None => self.0.remove(&key),
            };
        }
        Ok(())
    }
}

impl Reader for Rows {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.0.get(key).cloned())
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
        let rows = self.0.range::<[u8], _>(range.bounds());
        let mut visit_row = |(key, value): (&Vec<u8>, &Vec<u8>)| visit(key, value);
        let _: ControlFlow<()> = match direction {
            Direction::Forward => rows.into_iter().try_for_each(&mut visit_row),
            Direction::Backward => rows.into_iter().rev().try_for_each(&mut visit_row),
        };
        Ok(())
    }
}
