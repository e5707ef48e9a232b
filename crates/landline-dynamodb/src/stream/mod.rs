//! The stream of a table: what every write has changed, for a day.
//!
//! A record is written in the transaction of the write that it tells of, so the two are durable
//! together, and its sequence number is given on the committer thread, so the order of the numbers
//! is the order of the writes. A stream is one shard, which ends with the stream.
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html>

mod change;
mod iterator;
mod registry;
mod trim;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use landline_store::{Collection, Direction, Fate, KeyRange, Reader, StoreError, Transaction};
use landline_wire::Clock;
use md5::{Digest as _, Md5};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use crate::error::Failure;
use crate::item::EncodedItem;
use crate::table::{KeysRecord, PrimaryKey, Table};
use crate::write::NewItem;

pub(crate) use change::{Change, Kind, Origin};
pub(crate) use iterator::ShardIterator;
pub(crate) use registry::Streams;
pub(crate) use trim::Trimmed;

/// All streams whose records are still there, by [`entry_id`].
pub(crate) const STREAMS: Collection<StreamEntry> = Collection::new("dynamodb.stream");

/// A stream as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct StreamEntry {
    /// Stands in the keys of the stream's records, and is never used again.
    pub(crate) number: u32,
    pub(crate) table: String,
    pub(crate) arn: String,
    pub(crate) label: String,
    pub(crate) view: View,
    pub(crate) keys: KeysRecord,
    pub(crate) created_millis: i64,
    /// When it was switched off; its records stay for a day.
    #[serde(default)]
    pub(crate) closed_millis: Option<i64>,
    /// Every record up to this one is gone.
    #[serde(default)]
    pub(crate) trimmed: u64,
}

/// What a record shows of the item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum View {
    KeysOnly,
    NewImage,
    OldImage,
    NewAndOldImages,
}

/// A stream at work.
#[derive(Debug)]
pub(crate) struct Stream {
    /// What never changes; the two members that do are beside it.
    pub(crate) entry: StreamEntry,
    /// In milliseconds; [`OPEN`] while it takes records.
    closed: AtomicI64,
    trimmed: AtomicU64,
    /// The number of the next record. Only the committer thread counts.
    next: AtomicU64,
    /// The number of the newest record that is durable.
    written: watch::Sender<u64>,
    clock: Arc<dyn Clock>,
}

impl View {
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "KEYS_ONLY" => Self::KeysOnly,
            "NEW_IMAGE" => Self::NewImage,
            "OLD_IMAGE" => Self::OldImage,
            "NEW_AND_OLD_IMAGES" => Self::NewAndOldImages,
            _ => return None,
        })
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::KeysOnly => "KEYS_ONLY",
            Self::NewImage => "NEW_IMAGE",
            Self::OldImage => "OLD_IMAGE",
            Self::NewAndOldImages => "NEW_AND_OLD_IMAGES",
        }
    }

    fn has_old(self) -> bool {
        matches!(self, Self::OldImage | Self::NewAndOldImages)
    }

    fn has_new(self) -> bool {
        matches!(self, Self::NewImage | Self::NewAndOldImages)
    }
}

impl Stream {
    /// A stream of which the newest record is `last`; none is 0.
    pub(crate) fn new(entry: StreamEntry, last: u64, clock: Arc<dyn Clock>) -> Self {
        let last = last.max(entry.trimmed);
        Self {
            closed: AtomicI64::new(entry.closed_millis.unwrap_or(OPEN)),
            trimmed: AtomicU64::new(entry.trimmed),
            next: AtomicU64::new(last + 1),
            written: watch::Sender::new(last),
            entry,
            clock,
        }
    }

    /// Writes the record of a change, unless nothing has changed.
    pub(crate) fn record(
        &self,
        transaction: &mut Transaction<'_>,
        table: &Table,
        key: &PrimaryKey,
        (old, new): (Option<EncodedItem<'_>>, Option<&NewItem>),
        origin: Origin,
    ) -> Result<(), Failure> {
        let Some(kind) = Kind::of(old, new)? else {
            return Ok(());
        };
        let view = self.entry.view;
        let change = Change {
            kind,
            origin,
            created_millis: self.clock.now().as_millis(),
            keys: &crate::item::encode(&key.to_item(&table.keys)),
            old: old.filter(|_| view.has_old()).map(|old| old.bytes()),
            new: new
                .filter(|_| view.has_new())
                .map(|new| new.encoded.as_slice()),
        };
        let sequence = self.next.fetch_add(1, Ordering::Relaxed);
        transaction.put(self.record_key(sequence), change.encode());
        let written = self.written.clone();
        transaction.on_settled(move |fate| {
            if fate == Fate::Kept {
                written.send_replace(sequence);
            }
        });
        Ok(())
    }

    /// The number of the newest record whenever it changes.
    pub(crate) fn written(&self) -> watch::Receiver<u64> {
        self.written.subscribe()
    }

    /// The number of the newest record that is durable.
    pub(crate) fn last(&self) -> u64 {
        *self.written.borrow()
    }

    /// Every record up to this one is gone.
    pub(crate) fn trimmed(&self) -> u64 {
        self.trimmed.load(Ordering::Acquire)
    }

    /// When the stream took its last record, if it takes no more.
    pub(crate) fn closed_millis(&self) -> Option<i64> {
        let closed = self.closed.load(Ordering::Acquire);
        (closed != OPEN).then_some(closed)
    }

    pub(crate) fn close(&self, now_millis: i64) {
        self.closed.store(now_millis, Ordering::Release);
        // Whoever waits for records learns that there will be no more.
        self.written.send_modify(|_| {});
    }

    /// The id of the one shard: when it began, and what tells it from others of that moment.
    pub(crate) fn shard_id(&self) -> String {
        let hash = Md5::digest(&self.entry.arn);
        format!(
            "shardId-{:020}-{:02x}{:02x}{:02x}{:02x}",
            self.entry.created_millis, hash[0], hash[1], hash[2], hash[3]
        )
    }

    fn record_key(&self, sequence: u64) -> Vec<u8> {
        let mut key = record_prefix(self.entry.number);
        key.extend_from_slice(&sequence.to_be_bytes());
        key
    }

    /// The records from this one on.
    pub(crate) fn records_from(&self, sequence: u64) -> KeyRange {
        KeyRange::prefix(&record_prefix(self.entry.number)).starting_at(&self.record_key(sequence))
    }

    pub(crate) fn sequence_of(key: &[u8]) -> Option<u64> {
        let sequence = key.get(RECORD_PREFIX_LEN..)?.try_into().ok()?;
        Some(u64::from_be_bytes(sequence))
    }
}

impl StreamEntry {
    pub(crate) fn id(&self) -> String {
        entry_id(self.number)
    }

    /// The number of its newest record that is still there; 0 if there is none.
    fn last_in(&self, reader: &dyn Reader) -> Result<u64, StoreError> {
        let range = KeyRange::prefix(&record_prefix(self.number));
        let mut last = 0;
        reader.scan(&range, Direction::Backward, &mut |key, _| {
            last = Stream::sequence_of(key).unwrap_or(0);
            std::ops::ControlFlow::Break(())
        })?;
        Ok(last)
    }
}

/// A sequence number as clients see it: 21 digits, as on AWS, so that text sorts as numbers do.
pub(crate) fn sequence_text(sequence: u64) -> String {
    (SEQUENCE_BASE + u128::from(sequence)).to_string()
}

pub(crate) fn parse_sequence(text: &str) -> Option<u64> {
    let number: u128 = text.parse().ok()?;
    u64::try_from(number.checked_sub(SEQUENCE_BASE)?).ok()
}

pub(crate) fn entry_id(number: u32) -> String {
    format!("{number:010}")
}

fn record_prefix(number: u32) -> Vec<u8> {
    let mut prefix = Vec::with_capacity(RECORD_PREFIX_LEN + 8);
    prefix.push(RECORDS);
    prefix.extend_from_slice(&number.to_be_bytes());
    prefix
}

/// The first byte of the keys of all records: then the stream's number, then the record's, both
/// big-endian.
const RECORDS: u8 = landline_store::KeySpace::StreamRecords.byte();
const RECORD_PREFIX_LEN: usize = 5;

const SEQUENCE_BASE: u128 = 100_000_000_000_000_000_000;

const OPEN: i64 = i64::MIN;

#[cfg(test)]
mod tests;
