//! API keys at `$connect`: whether a key may use a stage, how fast, and how often.
//!
//! The data plane asks [`UsagePlans::admit`], which reads a table that is swapped as a
//! whole after each change of the control plane. Calls are counted in memory and written
//! to the store at most once a second: a crash loses the last second of counts, nothing else.
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html>.

mod counter;
mod quota;
mod table;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use landline_store::{Store, StoreError};
use landline_wire::Timestamp;
use parking_lot::Mutex;

use counter::Counters;
use table::Table;

pub(crate) use counter::Day;
pub(crate) use quota::Quota;
pub use table::{ApiKeyEntry, PlanEntry};

/// Every API key with its plans, as the data plane sees them.
#[derive(Debug)]
pub struct UsagePlans {
    store: Arc<dyn Store>,
    table: ArcSwap<Table>,
    counters: Arc<Counters>,
    reloading: Mutex<()>,
}

/// Who was let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admitted {
    /// The key, for `identity.apiKeyId`.
    pub api_key_id: String,
    /// The plan through which it may use the stage.
    pub plan_id: String,
}

/// Why a key was not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyRefusal {
    /// The client sent none: 403 `Forbidden`.
    Missing,
    /// There is no such key, it is disabled, or in no plan with the stage: 403 `Forbidden`.
    Unknown,
    /// It calls too fast: 429 `Too Many Requests`.
    Throttled,
    /// It has called as often as its plan allows: 429 `Limit Exceeded`.
    QuotaExceeded,
}

/// The keys and plans of an account, as the data plane asks for them.
pub trait ApiKeys: fmt::Debug + Send + Sync {
    /// Lets a key in to a route of a stage, and counts the call.
    ///
    /// # Errors
    ///
    /// When the key may not call, or not now.
    fn admit(
        &self,
        now: Timestamp,
        uptime: Duration,
        call: &Call<'_>,
    ) -> Result<Admitted, KeyRefusal>;
}

impl UsagePlans {
    /// The keys and plans in `store`.
    pub fn open(store: Arc<dyn Store>) -> Result<Self, StoreError> {
        let plans = Self {
            counters: Arc::new(Counters::open(Arc::clone(&store))?),
            store,
            table: ArcSwap::default(),
            reloading: Mutex::new(()),
        };
        plans.reload()?;
        Ok(plans)
    }

    /// The key with a value.
    pub fn find(&self, key_value: &str) -> Option<Arc<ApiKeyEntry>> {
        self.table.load().find(key_value)
    }

    /// Reads keys and plans anew; buckets and counts go on as they are.
    pub(crate) fn reload(&self) -> Result<(), StoreError> {
        let _one_at_a_time = self.reloading.lock();
        let table = self
            .store
            .read(|reader| Table::read(reader, &self.table.load(), &self.counters))?;
        self.table.store(Arc::new(table));
        Ok(())
    }

    /// How often a key called on each day of a plan.
    pub(crate) fn used(&self, plan_id: &str, key_id: &str) -> std::collections::BTreeMap<Day, u64> {
        self.counters.get(plan_id, key_id).days()
    }

    /// Forgets what a key used of a plan.
    pub(crate) fn forget(&self, plan_id: &str, key_id: &str) {
        self.counters.remove(plan_id, key_id);
    }

    /// Writes what was counted and is not in the store yet.
    pub async fn flush(&self) -> Result<(), StoreError> {
        self.counters.flush().await
    }
}

impl ApiKeys for UsagePlans {
    fn admit(
        &self,
        now: Timestamp,
        uptime: Duration,
        call: &Call<'_>,
    ) -> Result<Admitted, KeyRefusal> {
        let value = call.key_value.filter(|value| !value.is_empty());
        let entry = self
            .find(value.ok_or(KeyRefusal::Missing)?)
            .filter(|entry| entry.is_enabled)
            .ok_or(KeyRefusal::Unknown)?;
        let plan = entry
            .plan_for(call.api_id, call.stage)
            .ok_or(KeyRefusal::Unknown)?;
        if !plan.admit(uptime, call.api_id, call.stage, call.route_key) {
            return Err(KeyRefusal::Throttled);
        }
        let today = Day::of(now);
        if !plan.counter.take(today, plan.quota) {
            return Err(KeyRefusal::QuotaExceeded);
        }
        Counters::write_soon(&self.counters, &plan.counter);
        Ok(Admitted {
            api_key_id: entry.id.clone(),
            plan_id: plan.id.clone(),
        })
    }
}

/// A call that a key is presented for.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// The API.
    pub api_id: &'a str,
    /// Its stage.
    pub stage: &'a str,
    /// The route, `$connect` for a handshake.
    pub route_key: &'a str,
    /// What the client presents.
    pub key_value: Option<&'a str>,
}
