//! The streams that exist: those of tables that have one, and those switched off less than a day ago.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use landline_store::{Fate, Reader, StoreError, Transaction};
use landline_wire::{Clock, Timestamp};
use parking_lot::RwLock;

use super::{STREAMS, Stream, StreamEntry, View, entry_id};
use crate::table::{NEXT_STREAM_NUMBER, SEQUENCES, TableRecord};

/// By ARN. Cheap to clone: all clones are the same streams.
#[derive(Debug, Clone)]
pub(crate) struct Streams {
    streams: Arc<RwLock<BTreeMap<String, Arc<Stream>>>>,
    clock: Arc<dyn Clock>,
}

impl Streams {
    pub(crate) fn load(reader: &dyn Reader, clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        let mut streams = BTreeMap::new();
        for (_, entry) in STREAMS.load_in(reader)? {
            let last = entry.last_in(reader)?;
            let stream = Stream::new(entry, last, Arc::clone(&clock));
            streams.insert(stream.entry.arn.clone(), Arc::new(stream));
        }
        Ok(Self {
            streams: Arc::new(RwLock::new(streams)),
            clock,
        })
    }

    pub(crate) fn get(&self, arn: &str) -> Option<Arc<Stream>> {
        self.streams.read().get(arn).cloned()
    }

    pub(crate) fn all(&self) -> Vec<Arc<Stream>> {
        self.streams.read().values().cloned().collect()
    }

    /// Up to `limit` streams after `start`, of one table or of all, and whether there are more.
    pub(crate) fn list(
        &self,
        table: Option<&str>,
        start: Option<&str>,
        limit: usize,
    ) -> (Vec<Arc<Stream>>, bool) {
        let streams = self.streams.read();
        let start = start.map_or(Bound::Unbounded, Bound::Excluded);
        let mut found = streams
            .range::<str, _>((start, Bound::Unbounded))
            .map(|(_, stream)| stream)
            .filter(|stream| table.is_none_or(|table| stream.entry.table == table));
        let page: Vec<_> = found.by_ref().take(limit).cloned().collect();
        (page, found.next().is_some())
    }

    /// Begins a stream for a table whose record asks for one, and notes it there.
    pub(crate) fn open(
        &self,
        transaction: &mut Transaction<'_>,
        record: &mut TableRecord,
        previous_label: Option<&str>,
    ) -> Result<Option<Arc<Stream>>, StoreError> {
        let Some(wanted) = record.stream.as_mut() else {
            return Ok(None);
        };
        let number = SEQUENCES
            .get_in(transaction, NEXT_STREAM_NUMBER)?
            .unwrap_or(1);
        SEQUENCES.put_in(transaction, NEXT_STREAM_NUMBER, &(number + 1))?;
        let mut created = self.clock.now();
        let mut arn = stream_arn(&record.arn, &label(created));
        while previous_label == Some(&label(created)) || self.get(&arn).is_some() {
            created = Timestamp::from_millis(created.as_millis() + 1);
            arn = stream_arn(&record.arn, &label(created));
        }
        wanted.number = number;
        wanted.label = label(created);
        let entry = StreamEntry {
            number,
            table: record.name.clone(),
            arn,
            label: wanted.label.clone(),
            view: View::from_name(&wanted.view).unwrap_or(View::NewAndOldImages),
            keys: record.keys.clone(),
            created_millis: created.as_millis(),
            closed_millis: None,
            trimmed: 0,
        };
        STREAMS.put_in(transaction, &entry.id(), &entry)?;
        let stream = Arc::new(Stream::new(entry, 0, Arc::clone(&self.clock)));
        let (streams, opened) = (Arc::clone(&self.streams), Arc::clone(&stream));
        transaction.on_settled(move |fate| {
            if fate == Fate::Kept {
                streams.write().insert(opened.entry.arn.clone(), opened);
            }
        });
        Ok(Some(stream))
    }

    /// Ends a stream; its records stay for a day.
    pub(crate) fn close(
        &self,
        transaction: &mut Transaction<'_>,
        stream: &Arc<Stream>,
    ) -> Result<(), StoreError> {
        let now = self.clock.now().as_millis();
        let id = entry_id(stream.entry.number);
        if let Some(mut entry) = STREAMS.get_in(transaction, &id)? {
            entry.closed_millis = Some(now);
            STREAMS.put_in(transaction, &id, &entry)?;
        }
        let closed = Arc::clone(stream);
        transaction.on_settled(move |fate| {
            if fate == Fate::Kept {
                closed.close(now);
            }
        });
        Ok(())
    }

    pub(super) fn forget(&self, arn: &str) {
        self.streams.write().remove(arn);
    }
}

/// The end of a stream's ARN: the time at which it began.
fn label(created: Timestamp) -> String {
    created.iso8601_millis().trim_end_matches('Z').to_owned()
}

fn stream_arn(table_arn: &str, label: &str) -> String {
    format!("{table_arn}/stream/{label}")
}
