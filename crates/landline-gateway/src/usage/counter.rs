//! How often a key called, by day, and the way of these numbers to the store.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use landline_store::{Store, StoreError, Transaction};
use landline_wire::Timestamp;
use landline_wire::timestamp::Civil;
use parking_lot::Mutex;
use tokio::runtime::Handle;

use super::quota::Quota;
use crate::quotas::USAGE_DAYS;
use crate::state::{path, usage::USAGE};

/// A day of UTC, counted from 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Day(i64);

const MILLIS_PER_DAY: i64 = 24 * 60 * 60 * 1000;
/// Counts wait this long for others to be written with them.
const WRITE_DELAY: Duration = Duration::from_secs(1);

impl Day {
    pub(crate) fn of(time: Timestamp) -> Self {
        Self(time.as_millis().div_euclid(MILLIS_PER_DAY))
    }

    /// `2027-02-03`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let is_date = text.len() == 10 && text.is_ascii();
        let time = is_date.then(|| Timestamp::parse(&format!("{text}T00:00:00Z")));
        time.flatten().map(Self::of)
    }

    pub(crate) fn back(self, days: i64) -> Self {
        Self(self.0.saturating_sub(days))
    }

    /// How many days lie between an earlier day and this one.
    pub(crate) fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    pub(crate) fn civil(self) -> Civil {
        Timestamp::from_millis(self.0.saturating_mul(MILLIS_PER_DAY)).civil()
    }
}

/// The calls of one key in one plan.
#[derive(Debug, Default)]
pub(crate) struct Counter {
    id: String,
    days: Mutex<Days>,
    is_waiting: AtomicBool,
}

#[derive(Debug, Default)]
struct Days {
    calls: BTreeMap<Day, u64>,
    unwritten: BTreeSet<Day>,
}

impl Counter {
    /// Counts a call, if the quota has room for it.
    pub(super) fn take(&self, today: Day, quota: Option<Quota>) -> bool {
        let mut days = self.days.lock();
        if let Some(quota) = quota {
            let used: u64 = days.calls.range(quota.start(today)..).map(|(_, n)| n).sum();
            if used >= quota.limit {
                return false;
            }
        }
        *days.calls.entry(today).or_default() += 1;
        days.unwritten.insert(today);
        while days.calls.len() > USAGE_DAYS {
            if let Some((day, _)) = days.calls.pop_first() {
                // What is unwritten and unknown is deleted.
                days.unwritten.insert(day);
            }
        }
        true
    }

    pub(super) fn days(&self) -> BTreeMap<Day, u64> {
        self.days.lock().calls.clone()
    }

    /// The numbers to write, none for a day to be forgotten.
    fn take_unwritten(&self) -> Vec<(String, Option<u64>)> {
        self.is_waiting.store(false, Ordering::Release);
        let mut days = self.days.lock();
        let unwritten = std::mem::take(&mut days.unwritten);
        let numbers = unwritten.into_iter().map(|day| {
            let id = path(&self.id, &day.0.to_string());
            (id, days.calls.get(&day).copied())
        });
        numbers.collect()
    }
}

/// Every counter, by plan and key.
#[derive(Debug)]
pub(super) struct Counters {
    store: Arc<dyn Store>,
    all: Mutex<HashMap<String, Arc<Counter>>>,
    /// Those with numbers that are not in the store.
    waiting: Mutex<Vec<Arc<Counter>>>,
    is_write_due: AtomicBool,
}

impl Counters {
    pub(super) fn open(store: Arc<dyn Store>) -> Result<Self, StoreError> {
        let counters = Self {
            store,
            all: Mutex::default(),
            waiting: Mutex::default(),
            is_write_due: AtomicBool::new(false),
        };
        for (id, calls) in USAGE.load(&*counters.store)? {
            let Some((owner, day)) = id.rsplit_once('/') else {
                continue;
            };
            let Ok(day) = day.parse() else {
                continue;
            };
            let counter = counters.by_id(owner);
            counter.days.lock().calls.insert(Day(day), calls);
        }
        Ok(counters)
    }

    pub(super) fn get(&self, plan_id: &str, key_id: &str) -> Arc<Counter> {
        self.by_id(&path(plan_id, key_id))
    }

    pub(super) fn remove(&self, plan_id: &str, key_id: &str) {
        if let Some(counter) = self.all.lock().remove(&path(plan_id, key_id)) {
            // It may wait to be written, and its numbers are gone from the store.
            *counter.days.lock() = Days::default();
        }
    }

    fn by_id(&self, id: &str) -> Arc<Counter> {
        let mut all = self.all.lock();
        let new = || {
            Arc::new(Counter {
                id: id.to_owned(),
                ..Counter::default()
            })
        };
        Arc::clone(all.entry(id.to_owned()).or_insert_with(new))
    }

    /// Lets a counter be written within a second, together with all others that wait.
    pub(super) fn write_soon(this: &Arc<Self>, counter: &Arc<Counter>) {
        if !counter.is_waiting.swap(true, Ordering::AcqRel) {
            this.waiting.lock().push(Arc::clone(counter));
        }
        let Ok(runtime) = Handle::try_current() else {
            return;
        };
        if this.is_write_due.swap(true, Ordering::AcqRel) {
            return;
        }
        let counters = Arc::clone(this);
        // Ends by itself; there is never more than one.
        runtime.spawn(async move {
            tokio::time::sleep(WRITE_DELAY).await;
            counters.is_write_due.store(false, Ordering::Release);
            if let Err(error) = counters.flush().await {
                tracing::error!(%error, "counts of API keys could not be written");
            }
        });
    }

    pub(super) async fn flush(&self) -> Result<(), StoreError> {
        let waiting = std::mem::take(&mut *self.waiting.lock());
        let numbers: Vec<_> = waiting.iter().flat_map(|it| it.take_unwritten()).collect();
        if numbers.is_empty() {
            return Ok(());
        }
        self.store
            .write(move |transaction| write(transaction, &numbers))
            .await
    }
}

fn write(
    transaction: &mut Transaction<'_>,
    numbers: &[(String, Option<u64>)],
) -> Result<(), StoreError> {
    for (id, calls) in numbers {
        match calls {
            Some(calls) => USAGE.put_in(transaction, id, calls)?,
            None => USAGE.delete_in(transaction, id),
        }
    }
    Ok(())
}
