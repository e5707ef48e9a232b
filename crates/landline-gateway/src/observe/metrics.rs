//! The counters of a stage: atomics that live with its slot, read by whoever
//! publishes them.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html#apigateway-websocket-api-metrics>.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use arc_swap::ArcSwap;
use parking_lot::Mutex;

use super::FailureSource;
use crate::deployment::snapshot::LiveStage;
use crate::quotas;

/// The counters of one stage, and of those of its routes that have their own.
#[derive(Debug, Default)]
pub(crate) struct StageMetrics {
    pub(crate) total: Counters,
    pub(crate) traffic: Traffic,
    routes: ArcSwap<BTreeMap<String, Arc<Counters>>>,
    adding: Mutex<()>,
    /// What CloudWatch has got so far; the publisher's alone.
    published: Mutex<Published>,
}

/// What CloudWatch has got of a stage so far.
#[derive(Debug, Default)]
struct Published {
    total: Option<Box<Snapshot>>,
    routes: BTreeMap<String, Snapshot>,
}

/// What CloudWatch knows of a stage or a route.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) connects: Count,
    pub(crate) messages: Count,
    pub(crate) disconnects: Count,
    /// Everything that ended, well or not.
    executions: Count,
    client_errors: Count,
    integration_errors: Count,
    execution_errors: Count,
    pub(crate) latency: Latency,
}

/// What only Prometheus gets.
#[derive(Debug, Default)]
pub(crate) struct Traffic {
    pub(crate) accepted: Count,
    pub(crate) posts: Count,
    pub(crate) received_bytes: Count,
    pub(crate) sent_bytes: Count,
}

/// A number that only grows.
#[derive(Debug, Default)]
pub(crate) struct Count(AtomicU64);

/// How long integrations took, in buckets of whole milliseconds: exact below 16, then
/// eight to each doubling.
#[derive(Debug)]
pub(crate) struct Latency {
    buckets: [AtomicU64; BUCKETS],
    sum_micros: AtomicU64,
}

/// All counters at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Snapshot {
    pub(crate) connects: u64,
    pub(crate) messages: u64,
    pub(crate) disconnects: u64,
    pub(crate) executions: u64,
    pub(crate) client_errors: u64,
    pub(crate) integration_errors: u64,
    pub(crate) execution_errors: u64,
    pub(crate) latency: [u64; BUCKETS],
    pub(crate) latency_sum_micros: u64,
}

impl StageMetrics {
    /// Counts something for the stage, and for the route where it has metrics of its own.
    pub(crate) fn count(
        &self,
        stage: &LiveStage,
        route_key: Option<&str>,
        add: impl Fn(&Counters),
    ) {
        add(&self.total);
        if let Some(route_key) = route_key.filter(|key| stage.observation.is_detailed(key)) {
            add(&self.route(route_key));
        }
    }

    fn route(&self, key: &str) -> Arc<Counters> {
        if let Some(known) = self.routes.load().get(key) {
            return Arc::clone(known);
        }
        let _one_at_a_time = self.adding.lock();
        let mut routes = BTreeMap::clone(&self.routes.load());
        if routes.len() >= quotas::DETAILED_ROUTES && !routes.contains_key(key) {
            // Routes come and go; what has no room counts for the stage alone.
            return Arc::default();
        }
        let counters = Arc::clone(routes.entry(key.to_owned()).or_default());
        self.routes.store(Arc::new(routes));
        counters
    }

    /// What was counted since the last call, of the stage and of each of its routes.
    pub(crate) fn take_new(&self) -> (Snapshot, Vec<(String, Snapshot)>) {
        let mut published = self.published.lock();
        let now = self.total.snapshot();
        let new = match &published.total {
            Some(before) => now.since(before),
            None => now.clone(),
        };
        if new == Snapshot::zero() {
            return (new, Vec::new());
        }
        published.total = Some(Box::new(now));
        let mut routes = Vec::new();
        for (key, counters) in self.routes() {
            let now = counters.snapshot();
            let before = published.routes.insert(key.clone(), now.clone());
            let new = before.map_or_else(|| now.clone(), |before| now.since(&before));
            if new != Snapshot::zero() {
                routes.push((key, new));
            }
        }
        (new, routes)
    }

    /// The routes that have metrics of their own.
    pub(crate) fn routes(&self) -> Vec<(String, Arc<Counters>)> {
        let routes = self.routes.load();
        let owned = |(key, counters): (&String, &Arc<Counters>)| (key.clone(), counters.clone());
        routes.iter().map(owned).collect()
    }
}

impl Counters {
    /// Counts an execution that has ended, and its failure if it was one.
    pub(crate) fn end(&self, failure: Option<FailureSource>) {
        self.executions.add(1);
        let Some(source) = failure else {
            return;
        };
        match source {
            FailureSource::Client => &self.client_errors,
            FailureSource::Integration => &self.integration_errors,
            FailureSource::Execution => &self.execution_errors,
        }
        .add(1);
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        let buckets = self.latency.buckets.each_ref();
        Snapshot {
            connects: self.connects.get(),
            messages: self.messages.get(),
            disconnects: self.disconnects.get(),
            executions: self.executions.get(),
            client_errors: self.client_errors.get(),
            integration_errors: self.integration_errors.get(),
            execution_errors: self.execution_errors.get(),
            latency: buckets.map(|bucket| bucket.load(Ordering::Relaxed)),
            latency_sum_micros: self.latency.sum_micros.load(Ordering::Relaxed),
        }
    }
}

impl Count {
    pub(crate) fn add(&self, count: u64) {
        self.0.fetch_add(count, Ordering::Relaxed);
    }

    /// Adds a number of bytes.
    pub(crate) fn add_size(&self, bytes: usize) {
        self.add(u64::try_from(bytes).unwrap_or(u64::MAX));
    }

    pub(crate) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Default for Latency {
    fn default() -> Self {
        Self {
            buckets: [const { AtomicU64::new(0) }; BUCKETS],
            sum_micros: AtomicU64::new(0),
        }
    }
}

impl Latency {
    pub(crate) fn record(&self, latency: Duration) {
        let micros = u64::try_from(latency.as_micros()).unwrap_or(u64::MAX);
        self.buckets[bucket_of(micros / 1000)].fetch_add(1, Ordering::Relaxed);
        self.sum_micros.fetch_add(micros, Ordering::Relaxed);
    }
}

impl Snapshot {
    /// Nothing counted yet.
    pub(crate) fn zero() -> Self {
        Counters::default().snapshot()
    }

    /// What was counted since an earlier moment.
    pub(crate) fn since(&self, earlier: &Self) -> Self {
        self.combine(earlier, u64::saturating_sub)
    }

    /// The sum of two.
    pub(crate) fn plus(&self, other: &Self) -> Self {
        self.combine(other, u64::saturating_add)
    }

    fn combine(&self, other: &Self, with: impl Fn(u64, u64) -> u64) -> Self {
        let mut latency = self.latency;
        for (ours, theirs) in latency.iter_mut().zip(other.latency) {
            *ours = with(*ours, theirs);
        }
        Self {
            connects: with(self.connects, other.connects),
            messages: with(self.messages, other.messages),
            disconnects: with(self.disconnects, other.disconnects),
            executions: with(self.executions, other.executions),
            client_errors: with(self.client_errors, other.client_errors),
            integration_errors: with(self.integration_errors, other.integration_errors),
            execution_errors: with(self.execution_errors, other.execution_errors),
            latency,
            latency_sum_micros: with(self.latency_sum_micros, other.latency_sum_micros),
        }
    }
}

fn bucket_of(millis: u64) -> usize {
    let capped = millis.min(MAX_MILLIS);
    let index = if capped < EXACT {
        capped
    } else {
        let doubling = u64::from(capped.ilog2()) - 4;
        let within = (capped >> (doubling + 1)) - 8;
        EXACT + doubling * 8 + within
    };
    usize::try_from(index)
        .unwrap_or(BUCKETS - 1)
        .min(BUCKETS - 1)
}

/// The smallest whole number of milliseconds in a bucket; that of the one behind the
/// last is where everything ends.
pub(crate) fn least_millis(bucket: usize) -> u64 {
    let bucket = u64::try_from(bucket).unwrap_or(u64::MAX);
    if bucket < EXACT {
        return bucket;
    }
    let (doubling, within) = ((bucket - EXACT) / 8, (bucket - EXACT) % 8);
    (8 + within) << (doubling + 1)
}

const EXACT: u64 = 16;
/// Eleven doublings, up to 32.768 s: beyond the longest timeout.
pub(crate) const BUCKETS: usize = 16 + 11 * 8;
const MAX_MILLIS: u64 = 32_767;
