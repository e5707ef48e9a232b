//! Amazon CloudWatch's metrics: what is counted, by the minute, and reading it back.
//!
//! Follows the API reference of each operation. Everything is in memory: a metric
//! lives as long as the node, and at most [`RETENTION`].

mod data;
mod math;
mod put;
mod read;
mod series;
mod statistic;
mod summary;

use std::sync::Arc;
use std::time::Duration;

use landline_api::cloudwatch as api;
use landline_wire::{Clock, DispatcherBuilder};
use parking_lot::Mutex;

use series::Metrics;

/// How long data points of one minute are kept.
/// See <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html>.
pub const RETENTION: Duration = Duration::from_hours(15 * 24);
/// How many metrics there may be; those beyond are refused.
pub const MAX_METRICS: usize = 10_000;
/// How many minutes of metrics are kept, over all metrics; the oldest go first.
pub const MAX_MINUTES: usize = 200_000;

/// The service.
#[derive(Debug)]
pub struct CloudWatch {
    clock: Arc<dyn Clock>,
    metrics: Mutex<Metrics>,
}

impl CloudWatch {
    /// A service without any metric.
    pub fn new(clock: Arc<dyn Clock>) -> Arc<Self> {
        Arc::new(Self {
            clock,
            metrics: Mutex::default(),
        })
    }

    /// Lets this service answer its operations.
    pub fn register(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        builder
            .register::<api::PutMetricData, _>(self.clone())
            .register::<api::GetMetricData, _>(self.clone())
            .register::<api::GetMetricStatistics, _>(self.clone())
            .register::<api::ListMetrics, _>(self.clone());
    }
}

#[cfg(test)]
mod tests;
