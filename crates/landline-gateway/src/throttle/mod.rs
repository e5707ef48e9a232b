//! Token buckets: how many calls per second an account, a stage and a route may make.
//!
//! A bucket is one atomic word (the generic cell rate algorithm), and the limits
//! come with each call, so a change of settings needs no new bucket.
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-protect.html>.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use parking_lot::Mutex;

use crate::deployment::snapshot::{RouteKey, RouteSettings};

/// How fast and how bursty calls may come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Calls per second in the long run; zero refuses all.
    pub per_second: f64,
    /// Calls at once; zero refuses all.
    pub burst: f64,
}

impl Rate {
    /// A rate from whole numbers.
    pub fn new(per_second: u32, burst: u32) -> Self {
        Self {
            per_second: f64::from(per_second),
            burst: f64::from(burst),
        }
    }
}

/// A token bucket. Times are counted from the gateway's start.
#[derive(Debug, Default)]
pub struct Bucket {
    /// When the bucket will be full again, in nanoseconds.
    full_at: AtomicU64,
}

impl Bucket {
    /// Takes a token, if there is one.
    pub fn admit(&self, now: Duration, rate: Rate) -> bool {
        if rate.per_second <= 0.0 || rate.burst < 1.0 {
            return false;
        }
        let now = nanos(now);
        let per_token = as_nanos(1e9 / rate.per_second);
        let capacity = as_nanos(1e9 / rate.per_second * rate.burst);
        let take = |full_at: u64| {
            let full_at = full_at.max(now).saturating_add(per_token);
            (full_at - now <= capacity).then_some(full_at)
        };
        self.full_at
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take)
            .is_ok()
    }
}

/// The buckets of one stage, one for each route with a limit.
#[derive(Debug, Default)]
pub struct StageThrottle {
    routes: Mutex<HashMap<RouteKey, Arc<Bucket>>>,
}

impl StageThrottle {
    /// Takes a token for a route, if its settings limit it.
    pub fn admit(&self, now: Duration, key: &RouteKey, settings: RouteSettings) -> bool {
        let Some(rate) = rate(settings) else {
            return true;
        };
        let bucket = {
            let mut routes = self.routes.lock();
            match routes.get(key) {
                Some(bucket) => Arc::clone(bucket),
                None => Arc::clone(routes.entry(key.clone()).or_default()),
            }
        };
        bucket.admit(now, rate)
    }
}

/// The rate of a route; either setting alone limits it, and the other is the account's.
fn rate(settings: RouteSettings) -> Option<Rate> {
    let (rate, burst) = (
        settings.throttling_rate_limit,
        settings.throttling_burst_limit,
    );
    if rate.is_none() && burst.is_none() {
        return None;
    }
    Some(Rate {
        per_second: rate.unwrap_or(ACCOUNT_RATE),
        burst: burst.map_or(ACCOUNT_BURST, f64::from),
    })
}

fn nanos(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` saturates, and the value is positive"
)]
fn as_nanos(value: f64) -> u64 {
    value as u64
}

const ACCOUNT_RATE: f64 = 10_000.0;
const ACCOUNT_BURST: f64 = 5_000.0;
