//! Taking away what is older than a day: some records at a time, so that no writer waits long.

use std::ops::ControlFlow;
use std::sync::Arc;

use landline_store::{Direction, Fate, Store};
use landline_wire::Timestamp;

use super::{Change, STREAMS, Stream, Streams};
use crate::error::Failure;

/// Whether there is more to do at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trimmed {
    Enough,
    MoreLeft,
}

impl Streams {
    /// One step for every stream.
    pub(crate) async fn trim(&self, store: &dyn Store, now: Timestamp) -> Result<Trimmed, Failure> {
        let mut trimmed = Trimmed::Enough;
        let horizon = now.as_millis() - RETENTION_MILLIS;
        for stream in self.all() {
            let old = stream.older_than(store, horizon)?;
            if old.len() == TRIMMED_AT_ONCE {
                trimmed = Trimmed::MoreLeft;
            }
            if let Some(last) = old.last() {
                let last = Stream::sequence_of(last).unwrap_or_default();
                Arc::clone(&stream).take_away(store, old, last).await?;
                continue;
            }
            let is_over = stream
                .closed_millis()
                .is_some_and(|closed| closed < horizon);
            if is_over {
                STREAMS.delete(store, &stream.entry.id()).await?;
                self.forget(&stream.entry.arn);
            }
        }
        Ok(trimmed)
    }
}

impl Stream {
    /// The keys of the first records that are older, [`TRIMMED_AT_ONCE`] at most.
    fn older_than(&self, store: &dyn Store, horizon: i64) -> Result<Vec<Vec<u8>>, Failure> {
        let range = self.records_from(0);
        let mut old = Vec::new();
        store.read(|reader| {
            reader.scan(&range, Direction::Forward, &mut |key, row| {
                let is_old = Change::created_millis_of(row).is_none_or(|created| created < horizon);
                if !is_old || old.len() == TRIMMED_AT_ONCE {
                    return ControlFlow::Break(());
                }
                old.push(key.to_vec());
                ControlFlow::Continue(())
            })?;
            Ok::<_, Failure>(())
        })?;
        Ok(old)
    }

    async fn take_away(
        self: Arc<Self>,
        store: &dyn Store,
        old: Vec<Vec<u8>>,
        last: u64,
    ) -> Result<(), Failure> {
        let taken = store.write(move |transaction| {
            for key in old {
                transaction.delete(key);
            }
            let id = self.entry.id();
            if let Some(mut entry) = STREAMS.get_in(transaction, &id)? {
                entry.trimmed = last;
                STREAMS.put_in(transaction, &id, &entry)?;
            }
            transaction.on_settled(move |fate| {
                if fate == Fate::Kept {
                    self.trimmed
                        .store(last, std::sync::atomic::Ordering::Release);
                }
            });
            Ok::<_, Failure>(())
        });
        taken.await
    }
}

/// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html>
const RETENTION_MILLIS: i64 = 24 * 60 * 60 * 1_000;

const TRIMMED_AT_ONCE: usize = 1_000;
