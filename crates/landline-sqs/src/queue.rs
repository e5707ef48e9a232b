//! A queue: what it is told, its index, and who waits for messages.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::ops::ControlFlow;
use std::sync::Arc;

use landline_store::{Collection, Direction, KeyRange, Store, StoreError, Transaction};
use landline_wire::ServiceError;
use parking_lot::{Mutex, RwLock};
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;

use crate::attributes::Settings;
use crate::errors::{WriteFailure, no_queue};
use crate::index::Index;
use crate::message::MessageRecord;

/// All queues, by name.
pub(crate) const QUEUES: Collection<QueueRecord> = Collection::new("sqs.queue");

/// A queue in the store.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct QueueRecord {
    /// Never given twice, unlike names.
    pub(crate) id: u64,
    /// Those that were set.
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) tags: BTreeMap<String, String>,
    pub(crate) created_millis: i64,
    pub(crate) modified_millis: i64,
}

/// What a queue is told, and what follows from it.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) record: QueueRecord,
    pub(crate) settings: Settings,
}

#[derive(Debug)]
pub(crate) struct Queue {
    pub(crate) name: String,
    pub(crate) id: u64,
    state: RwLock<Arc<State>>,
    pub(crate) index: Mutex<Index>,
    /// Told of every message that may be received.
    pub(crate) arrivals: Notify,
    /// Held while messages are sent to a FIFO queue: they are kept in the order of their numbers.
    pub(crate) sending: tokio::sync::Mutex<()>,
    pub(crate) known: Mutex<Deduplication>,
    pub(crate) purged_millis: Mutex<Option<i64>>,
}

/// What a FIFO queue was sent within five minutes, by deduplication id.
#[derive(Debug, Default)]
pub(crate) struct Deduplication {
    sent: HashMap<String, SentRecord>,
    by_time: VecDeque<(i64, String)>,
}

/// What was answered to a message with a deduplication id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SentRecord {
    pub(crate) message_id: String,
    pub(crate) sequence_number: String,
    pub(crate) expires_millis: i64,
}

impl Deduplication {
    /// Forgets everything.
    pub(crate) fn clear(&mut self) -> Vec<String> {
        self.by_time.clear();
        self.sent.drain().map(|(id, _)| id).collect()
    }

    pub(crate) fn get(&self, id: &str, now: i64) -> Option<&SentRecord> {
        self.sent.get(id).filter(|sent| sent.expires_millis > now)
    }

    pub(crate) fn insert(&mut self, id: String, sent: SentRecord) {
        self.by_time.push_back((sent.expires_millis, id.clone()));
        self.sent.insert(id, sent);
    }

    /// Forgets what is old, and tells which ids.
    pub(crate) fn forget_old(&mut self, now: i64) -> Vec<String> {
        let mut old = Vec::new();
        while self
            .by_time
            .front()
            .is_some_and(|(expires, _)| *expires <= now)
        {
            if let Some((_, id)) = self.by_time.pop_front() {
                let is_old = |sent: &SentRecord| sent.expires_millis <= now;
                if self.sent.get(&id).is_some_and(is_old) {
                    self.sent.remove(&id);
                    old.push(id);
                }
            }
        }
        old
    }
}

impl Queue {
    /// A queue without messages.
    pub(crate) fn new(name: &str, record: QueueRecord) -> Self {
        Self {
            name: name.to_owned(),
            id: record.id,
            state: RwLock::new(Arc::new(State {
                settings: Settings::of(name, &record.attributes),
                record,
            })),
            index: Mutex::default(),
            arrivals: Notify::new(),
            sending: tokio::sync::Mutex::default(),
            known: Mutex::default(),
            purged_millis: Mutex::default(),
        }
    }

    /// A queue as it was left.
    pub(crate) fn load(
        store: &dyn Store,
        name: &str,
        record: QueueRecord,
        now: i64,
    ) -> Result<Self, StoreError> {
        let queue = Self::new(name, record);
        let is_fifo = queue.state().settings.is_fifo;
        let mut index = Index::default();
        let mut sent = Vec::new();
        store.read(|reader| {
            let messages = KeyRange::prefix(&key(MESSAGES, queue.id, &[]));
            reader.scan(&messages, Direction::Forward, &mut |key, value| {
                let number = key.last_chunk().map(|number| u64::from_be_bytes(*number));
                let message = serde_json::from_slice::<MessageRecord>(value);
                if let (Some(number), Ok(message)) = (number, message) {
                    let group = message.group.as_deref().filter(|_| is_fifo);
                    index.insert(number, message.sent_millis, message.visible_millis, group);
                    index.count_from(number, message.receives);
                }
                ControlFlow::Continue(())
            })?;
            let prefix = key(SENT, queue.id, &[]);
            let range = KeyRange::prefix(&prefix);
            reader.scan(&range, Direction::Forward, &mut |key, value| {
                let id = key.strip_prefix(prefix.as_slice()).unwrap_or_default();
                if let Ok(record) = serde_json::from_slice::<SentRecord>(value) {
                    sent.push((String::from_utf8_lossy(id).into_owned(), record));
                }
                ControlFlow::Continue(())
            })
        })?;
        index.advance(now);
        sent.sort_by_key(|(_, record)| record.expires_millis);
        queue.remember(sent);
        *queue.index.lock() = index;
        Ok(queue)
    }

    pub(crate) fn state(&self) -> Arc<State> {
        self.state.read().clone()
    }

    /// Shows what has been made durable.
    pub(crate) fn follow(&self, record: QueueRecord) {
        let settings = Settings::of(&self.name, &record.attributes);
        *self.state.write() = Arc::new(State { record, settings });
    }

    /// The largest number among its messages.
    pub(crate) fn last_number(&self) -> u64 {
        self.index.lock().last_number().max(self.id)
    }

    /// Lets messages that are durable be received.
    pub(crate) fn admit(&self, messages: &[(u64, MessageRecord)]) {
        let is_fifo = self.state().settings.is_fifo;
        let mut index = self.index.lock();
        for (number, record) in messages {
            let group = record.group.as_deref().filter(|_| is_fifo);
            index.insert(*number, record.sent_millis, record.visible_millis, group);
            index.count_from(*number, record.receives);
        }
        drop(index);
        self.arrivals.notify_waiters();
    }

    /// Keeps in mind what must not be sent twice.
    pub(crate) fn remember(&self, sent: Vec<(String, SentRecord)>) {
        let mut known = self.known.lock();
        for (id, record) in sent {
            known.insert(id, record);
        }
    }

    pub(crate) fn message_key(&self, number: u64) -> Vec<u8> {
        key(MESSAGES, self.id, &number.to_be_bytes())
    }

    pub(crate) fn sent_key(&self, deduplication_id: &str) -> Vec<u8> {
        key(SENT, self.id, deduplication_id.as_bytes())
    }

    /// Everything that the store keeps of its messages.
    pub(crate) fn delete_all_in(
        &self,
        transaction: &mut Transaction<'_>,
    ) -> Result<(), StoreError> {
        transaction.delete_range(&KeyRange::prefix(&key(MESSAGES, self.id, &[])))?;
        transaction.delete_range(&KeyRange::prefix(&key(SENT, self.id, &[])))
    }

    /// Refuses a write to a queue that is gone by now.
    pub(crate) fn check_in(
        transaction: &Transaction<'_>,
        name: &str,
        id: u64,
    ) -> Result<QueueRecord, WriteFailure> {
        let record = QUEUES.get_in(transaction, name)?;
        let gone: fn() -> ServiceError = no_queue;
        record
            .filter(|record| record.id == id)
            .ok_or_else(|| WriteFailure::Refused(gone()))
    }
}

fn key(kind: u8, queue: u64, rest: &[u8]) -> Vec<u8> {
    let mut key = vec![QUEUE_KEYS, kind];
    key.extend_from_slice(&queue.to_be_bytes());
    key.extend_from_slice(rest);
    key
}

/// The first byte of what this crate writes beside its collection.
const QUEUE_KEYS: u8 = landline_store::KeySpace::QueueMessages.byte();
const MESSAGES: u8 = b'm';
const SENT: u8 = b's';
