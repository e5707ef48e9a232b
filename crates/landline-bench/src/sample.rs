//! Times of the same thing, many times over.

use std::time::Duration;

use anyhow::{Result, ensure};

pub(crate) struct Sample(Vec<Duration>);

impl Sample {
    /// Sorted on the way in; an empty sample has no median.
    pub(crate) fn of(mut times: Vec<Duration>) -> Result<Self> {
        ensure!(!times.is_empty(), "nothing was measured");
        times.sort_unstable();
        Ok(Self(times))
    }

    pub(crate) fn median(&self) -> Duration {
        self.0[self.0.len() / 2]
    }

    fn percentile(&self, percent: usize) -> Duration {
        self.0[(self.0.len() * percent / 100).min(self.0.len() - 1)]
    }
}

impl std::fmt::Display for Sample {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (median, high) = (
            milliseconds(self.median()),
            milliseconds(self.percentile(99)),
        );
        write!(f, "{median} (p99 {high}, {} times)", self.0.len())
    }
}

pub(crate) fn milliseconds(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}
