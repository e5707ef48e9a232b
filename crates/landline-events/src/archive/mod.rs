//! Archives: the events of a bus, kept to be replayed.
//!
//! An event is in its archives with the same write that keeps it for the targets of its rules, so that what `PutEvents`
//! answered is there. Replayed events are not archived once more.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html>

pub(crate) mod replay;

use std::collections::BTreeMap;
use std::sync::Arc;

use landline_store::{Collection, Store, StoreError, Transaction};
use landline_wire::event_pattern::Pattern;
use landline_wire::{ServiceError, Timestamp};
use parking_lot::RwLock;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Events;
use crate::errors::unavailable;
use crate::publish::Occurrence;
use crate::quotas::{ARCHIVED_MAX, EXPIRED_AT_ONCE};

/// Archives, by name.
pub(crate) const ARCHIVES: Collection<ArchiveRecord> = Collection::new("events.archive");
/// What is in them, by `{archive}|{milliseconds}|{number}`: in the order of the events' own time.
pub(crate) const ARCHIVED: Collection<Value> = Collection::new("events.archived");
/// How much is in them, by name.
pub(crate) const SIZES: Collection<Size> = Collection::new("events.archive_size");

/// The member that tells replayed events from others.
pub(crate) const REPLAY_NAME: &str = "replay-name";

/// An archive in the store.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct ArchiveRecord {
    pub(crate) name: String,
    pub(crate) bus: String,
    pub(crate) bus_arn: String,
    pub(crate) description: Option<String>,
    pub(crate) pattern: Option<String>,
    /// Zero keeps events for good.
    pub(crate) retention_days: i32,
    pub(crate) kms_key: Option<String>,
    pub(crate) created_millis: i64,
}

/// How much an archive holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Size {
    pub(crate) events: u64,
    pub(crate) bytes: u64,
}

impl Size {
    fn add(&mut self, event: &Value) {
        self.events += 1;
        self.bytes += event.to_string().len() as u64;
    }

    fn subtract(&mut self, event: &Value) {
        self.events = self.events.saturating_sub(1);
        self.bytes = self.bytes.saturating_sub(event.to_string().len() as u64);
    }
}

/// An archive, with its pattern read.
#[derive(Debug)]
pub(crate) struct Archive {
    pub(crate) record: ArchiveRecord,
    pattern: Option<Pattern>,
}

/// All archives.
#[derive(Debug, Default)]
pub(crate) struct Archives(RwLock<BTreeMap<String, Arc<Archive>>>);

impl Archives {
    /// All as they were left.
    pub(crate) fn load(store: &dyn Store) -> Result<Self, StoreError> {
        let archives = Self::default();
        for (_, record) in ARCHIVES.load(store)? {
            archives.put(record);
        }
        Ok(archives)
    }

    pub(crate) fn get(&self, name: &str) -> Option<Arc<Archive>> {
        self.0.read().get(name).cloned()
    }

    /// All, by name.
    pub(crate) fn all(&self) -> Vec<Arc<Archive>> {
        self.0.read().values().cloned().collect()
    }

    pub(crate) fn put(&self, record: ArchiveRecord) {
        // It was read when it was set.
        let pattern = record.pattern.as_deref();
        let pattern = pattern.and_then(|text| Pattern::parse(text).ok());
        let name = record.name.clone();
        let archive = Arc::new(Archive { record, pattern });
        self.0.write().insert(name, archive);
    }

    pub(crate) fn remove(&self, name: &str) {
        self.0.write().remove(name);
    }

    /// The archives that an event goes to.
    fn of(&self, occurrence: &Occurrence) -> Vec<String> {
        if occurrence.event.get(REPLAY_NAME).is_some() {
            return Vec::new();
        }
        let archives = self.0.read();
        let wanting = archives.values().filter(|archive| {
            let pattern = archive.pattern.as_ref();
            archive.record.bus == occurrence.bus
                && pattern.is_none_or(|pattern| pattern.matches(&occurrence.event))
        });
        let names = wanting.map(|archive| archive.record.name.clone());
        names.collect()
    }
}

/// An event on its way into an archive.
#[derive(Debug)]
pub(crate) struct Addition {
    archive: String,
    key: String,
    event: Value,
}

/// Where an event of this time is, or would be.
pub(crate) fn time_key(archive: &str, time: Timestamp) -> String {
    format!("{archive}|{:020}", time.as_millis().max(0))
}

/// When an event happened.
fn time_of(event: &Value, now: Timestamp) -> Timestamp {
    let text = event.get("time").and_then(Value::as_str);
    let time = text.and_then(Timestamp::parse);
    time.unwrap_or(now)
}

impl Events {
    /// What archives get of events.
    pub(crate) fn additions(&self, occurrences: &[Occurrence]) -> Vec<Addition> {
        let mut additions = Vec::new();
        for occurrence in occurrences {
            for archive in self.archives.of(occurrence) {
                let time = time_of(&occurrence.event, self.now());
                let number = self.next_number();
                additions.push(Addition {
                    key: format!("{}|{number:020}", time_key(&archive, time)),
                    archive,
                    event: occurrence.event.clone(),
                });
            }
        }
        additions
    }

    /// Forgets what archives have kept for long enough.
    pub(crate) async fn expire(&self) {
        let now = self.now().as_millis();
        for archive in self.archives.all() {
            let ArchiveRecord {
                name,
                retention_days,
                ..
            } = &archive.record;
            if *retention_days <= 0 {
                continue;
            }
            let oldest = now - i64::from(*retention_days) * 86_400_000;
            let end = time_key(name, Timestamp::from_millis(oldest));
            let expired = self.forget_before(name.clone(), end).await;
            if let Err(error) = expired {
                tracing::warn!(%error, archive = name, "events that an archive has kept for long enough stay in it");
            }
        }
    }

    /// Forgets the first events of an archive, up to a key; so many at one time that nobody waits long.
    async fn forget_before(&self, archive: String, end: String) -> Result<(), StoreError> {
        loop {
            let (archive, end) = (archive.clone(), end.clone());
            let forgotten = self.config.store.write(move |transaction| {
                let prefix = format!("{archive}|");
                let page = ARCHIVED.page_in(transaction, &prefix, None, EXPIRED_AT_ONCE)?;
                let expired = page.into_iter().take_while(|(key, _)| *key < end);
                let expired: Vec<_> = expired.collect();
                if !expired.is_empty() {
                    let mut size = SIZES.get_in(transaction, &archive)?.unwrap_or_default();
                    forget_in(transaction, &mut size, &expired);
                    SIZES.put_in(transaction, &archive, &size)?;
                }
                Ok::<_, StoreError>(expired.len())
            });
            if forgotten.await? < EXPIRED_AT_ONCE {
                return Ok(());
            }
        }
    }

    /// How much an archive holds.
    pub(crate) fn size(&self, archive: &str) -> Result<Size, ServiceError> {
        let size = SIZES.get(&*self.config.store, archive);
        Ok(size.map_err(unavailable)?.unwrap_or_default())
    }
}

fn forget_in(transaction: &mut Transaction<'_>, size: &mut Size, events: &[(String, Value)]) {
    for (key, event) in events {
        size.subtract(event);
        ARCHIVED.delete_in(transaction, key);
    }
}

/// Puts events into their archives; where one is full its oldest event goes.
pub(crate) fn add_in(
    transaction: &mut Transaction<'_>,
    additions: &[Addition],
) -> Result<(), StoreError> {
    for Addition {
        archive,
        key,
        event,
    } in additions
    {
        if ARCHIVES.get_in(transaction, archive)?.is_none() {
            // Somebody has deleted it in between.
            continue;
        }
        let mut size = SIZES.get_in(transaction, archive)?.unwrap_or_default();
        if size.events >= ARCHIVED_MAX {
            let oldest = ARCHIVED.page_in(transaction, &format!("{archive}|"), None, 1)?;
            forget_in(transaction, &mut size, &oldest);
        }
        size.add(event);
        SIZES.put_in(transaction, archive, &size)?;
        ARCHIVED.put_in(transaction, key, event)?;
    }
    Ok(())
}
