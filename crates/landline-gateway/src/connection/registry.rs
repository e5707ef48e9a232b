//! All connections of this node, by id.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use parking_lot::Mutex;

use super::Connection;
use super::id::ConnectionId;
use crate::gateway::DataPlane;

/// A connection's place in the registry, given up when this is dropped.
#[derive(Debug)]
pub(crate) struct Registration {
    pub(crate) plane: Arc<DataPlane>,
    pub(crate) connection: Arc<Connection>,
}

impl Registration {
    pub(crate) fn new(plane: Arc<DataPlane>, connection: Arc<Connection>) -> Self {
        plane.registry.insert(Arc::clone(&connection));
        Self { plane, connection }
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        self.connection.outbound.shut();
        self.plane.registry.remove(&self.connection.id);
    }
}

/// A map in shards, so that pushes from many workers rarely meet at one lock.
#[derive(Debug)]
pub(crate) struct Registry {
    shards: Box<[Shard]>,
    count: AtomicUsize,
}

impl Registry {
    pub(crate) fn new() -> Self {
        Self {
            shards: (0..SHARDS).map(|_| Mutex::default()).collect(),
            count: AtomicUsize::new(0),
        }
    }

    fn insert(&self, connection: Arc<Connection>) {
        let id = connection.id;
        if self.shard(&id).lock().insert(id, connection).is_none() {
            self.count.fetch_add(1, Ordering::Relaxed);
        }
    }

    pub(crate) fn get(&self, id: &ConnectionId) -> Option<Arc<Connection>> {
        self.shard(id).lock().get(id).cloned()
    }

    fn remove(&self, id: &ConnectionId) {
        if self.shard(id).lock().remove(id).is_some() {
            self.count.fetch_sub(1, Ordering::Relaxed);
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }

    /// Calls `visit` for every connection, one shard locked at a time.
    pub(crate) fn for_each(&self, mut visit: impl FnMut(&Arc<Connection>)) {
        for shard in &self.shards {
            for connection in shard.lock().values() {
                visit(connection);
            }
        }
    }

    fn shard(&self, id: &ConnectionId) -> &Shard {
        &self.shards[id.shard(SHARDS)]
    }
}

type Shard = Mutex<HashMap<ConnectionId, Arc<Connection>>>;

const SHARDS: usize = 64;
