//! Amazon SQS: queues whose messages are in the store and whose order is in memory.
//!
//! 1. [`attributes`]: what a queue may be told, and what follows from it (pure);
//! 2. [`message`]: a message as it is kept, and its digests (pure);
//! 3. [`index`]: which message may be received when, group by group in FIFO queues (pure);
//! 4. [`queue`]: a queue with its index, and who waits for messages;
//! 5. [`operations`]: the API.
//!
//! What `SendMessage` answered is durable. Who has received what is not: after a restart every
//! message that was not deleted is there to be received, as if its visibility timeout had ended.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/welcome.html>

mod attributes;
mod errors;
mod index;
mod message;
mod operations;
mod queue;
mod quotas;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Weak};

use landline_store::{Store, StoreError};
use landline_wire::{Caller, Clock, ServiceError};
use parking_lot::{Mutex, RwLock};

use operations::MoveTask;
use queue::{QUEUES, Queue};

/// The service.
#[derive(Debug)]
pub struct Sqs {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    /// What URLs of queues begin with: `http://127.0.0.1:8080`.
    endpoint: String,
    queues: RwLock<BTreeMap<String, Arc<Queue>>>,
    /// The last number given to a message or a receipt.
    last_number: AtomicU64,
    /// Held while the set of queues or the attributes of one change.
    changes: tokio::sync::Mutex<()>,
    is_closing: AtomicBool,
    /// Moves of dead letters by the queue that they leave, the newest first.
    moves: Mutex<HashMap<String, VecDeque<Arc<MoveTask>>>>,
    /// For tasks, which may outlive a call.
    this: Weak<Self>,
}

impl Sqs {
    /// A service on `store`; URLs of queues begin with `endpoint`, which has no slash at its end.
    ///
    /// # Errors
    ///
    /// The store's, when it cannot be read.
    pub fn open(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        endpoint: impl Into<String>,
    ) -> Result<Arc<Self>, StoreError> {
        let mut queues = BTreeMap::new();
        let mut last_number = clock.now().as_millis().unsigned_abs() << NUMBER_BITS;
        for (name, record) in QUEUES.load(&*store)? {
            let queue = Queue::load(&*store, &name, record, clock.now().as_millis())?;
            last_number = last_number.max(queue.last_number());
            queues.insert(name, Arc::new(queue));
        }
        Ok(Arc::new_cyclic(|this| Self {
            store,
            clock,
            endpoint: endpoint.into(),
            queues: RwLock::new(queues),
            last_number: AtomicU64::new(last_number),
            changes: tokio::sync::Mutex::default(),
            is_closing: AtomicBool::new(false),
            moves: Mutex::default(),
            this: this.clone(),
        }))
    }

    /// Lets those who wait for messages go with empty hands: the node ends.
    pub fn close(&self) {
        self.is_closing.store(true, Ordering::Relaxed);
        for queue in self.queues.read().values() {
            queue.arrivals.notify_waiters();
        }
    }

    /// A number that nobody had before, not even before a restart.
    fn next_number(&self) -> u64 {
        let now = self.now().unsigned_abs() << NUMBER_BITS;
        self.last_number.fetch_max(now, Ordering::Relaxed);
        self.last_number.fetch_add(1, Ordering::Relaxed) + 1
    }

    fn now(&self) -> i64 {
        self.clock.now().as_millis()
    }

    fn url(&self, name: &str, caller: &Caller) -> String {
        format!("{}/{}/{name}", self.endpoint, caller.account_id)
    }

    /// The queue behind a URL, whatever host the caller sees it under: its name ends the path.
    fn find(&self, url: &str) -> Result<Arc<Queue>, ServiceError> {
        let name = url.trim_end_matches('/').rsplit('/').next();
        self.named(name.unwrap_or_default())
    }

    fn named(&self, name: &str) -> Result<Arc<Queue>, ServiceError> {
        let found = self.queues.read().get(name).cloned();
        found.ok_or_else(errors::no_queue)
    }
}

fn arn(name: &str, caller: &Caller) -> String {
    format!("arn:aws:sqs:{}:{}:{name}", caller.region, caller.account_id)
}

/// Numbers begin with the time in milliseconds; a million of them fit into one.
const NUMBER_BITS: u32 = 20;
