//! What the service does by itself: fills and empties indexes, trims streams, and deletes items that
//! have expired.
//!
//! One task, in small steps, so that neither the store's writers nor its readers wait for it.

mod expiry;
mod indexing;

use std::collections::BTreeMap;
use std::sync::{Arc, Weak};
use std::time::Duration;

use landline_store::StoreError;
use landline_wire::ServiceError;
use tokio::sync::{Mutex, Notify};

use crate::DynamoDb;
use crate::error::Failure;
use crate::stream::Trimmed;

/// Where the work stands.
#[derive(Debug, Default)]
pub(crate) struct Upkeep {
    progress: Mutex<Progress>,
    /// Called when something is to be done at once.
    wake: Notify,
}

#[derive(Debug, Default)]
struct Progress {
    /// Where the search for expired items is, by the tables' numbers.
    walks: BTreeMap<u32, expiry::Walk>,
    /// How far new indexes are filled.
    cursors: indexing::Cursors,
    /// When the streams are looked at again.
    next_trim_millis: i64,
}

/// Whether a step has left something that should follow at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rest {
    Nothing,
    MoreToDo,
}

impl Upkeep {
    /// There is something to do that should not wait for the next tick.
    pub(crate) fn wake(&self) {
        self.wake.notify_one();
    }
}

impl DynamoDb {
    /// Fills indexes, trims streams and deletes expired items, until the service is dropped or its store is closed.
    /// Nothing of the kind happens unless somebody runs this.
    ///
    /// Dropping the future is a way to end it: every step is whole or has not happened.
    pub fn upkeep(self: &Arc<Self>) -> impl Future<Output = ()> + Send + use<> {
        run(Arc::downgrade(self))
    }

    /// Does all of this that is due, and returns when nothing is left.
    pub async fn upkeep_now(&self) -> Result<(), ServiceError> {
        while self.upkeep_step().await? == Rest::MoreToDo {}
        Ok(())
    }

    /// How long to wait between two steps: in strict mode, not much longer than indexes should.
    fn tick(&self) -> Duration {
        self.strict.map_or(TICK, |strict| {
            (strict.index_delay / 4).clamp(SHORTEST_TICK, TICK)
        })
    }

    /// One step of everything that is due.
    pub(crate) async fn upkeep_step(&self) -> Result<Rest, Failure> {
        let mut progress = self.upkeep.progress.lock().await;
        let now = self.clock.now();
        if self.strict.is_some() && self.catch_up(now.as_millis()).await? == Rest::MoreToDo {
            return Ok(Rest::MoreToDo);
        }
        if self.change_indexes(&mut progress.cursors).await? == Rest::MoreToDo {
            return Ok(Rest::MoreToDo);
        }
        self.expire(&mut progress.walks, now).await?;
        if now.as_millis() < progress.next_trim_millis {
            return Ok(Rest::Nothing);
        }
        match self.catalog.streams.trim(&*self.store, now).await? {
            Trimmed::MoreLeft => Ok(Rest::MoreToDo),
            Trimmed::Enough => {
                progress.next_trim_millis = now.as_millis() + TRIM_INTERVAL_MILLIS;
                Ok(Rest::Nothing)
            }
        }
    }
}

async fn run(service: Weak<DynamoDb>) {
    let mut rest = Rest::Nothing;
    let mut is_held_up = false;
    loop {
        let Some((upkeep, tick)) = service
            .upgrade()
            .map(|service| (Arc::clone(&service.upkeep), service.tick()))
        else {
            return;
        };
        if rest == Rest::Nothing {
            tokio::select! {
                () = tokio::time::sleep(tick) => {}
                () = upkeep.wake.notified() => {}
            }
        }
        let Some(service) = service.upgrade() else {
            return;
        };
        rest = match service.upkeep_step().await {
            Ok(rest) => {
                is_held_up = false;
                rest
            }
            Err(Failure::Store(StoreError::Closed)) => return,
            Err(failure) => {
                // A full disk, say: the next step tries again, and does not say so again.
                if !is_held_up {
                    tracing::warn!(?failure, "the upkeep of tables is held up");
                }
                is_held_up = true;
                Rest::Nothing
            }
        };
    }
}

const TICK: Duration = Duration::from_secs(1);
const SHORTEST_TICK: Duration = Duration::from_millis(10);

const TRIM_INTERVAL_MILLIS: i64 = 60_000;
