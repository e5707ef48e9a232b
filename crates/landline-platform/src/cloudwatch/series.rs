//! All metrics, each a series of minutes.

use std::collections::BTreeMap;
use std::sync::Arc;

use landline_api::cloudwatch::Dimension;
use landline_wire::Caller;

use super::summary::Summary;
use super::{MAX_METRICS, MAX_MINUTES};

/// Which metric: equal dimensions in any order are one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct MetricId {
    pub(super) account_id: Arc<str>,
    pub(super) region: Arc<str>,
    pub(super) namespace: String,
    pub(super) name: String,
    pub(super) dimensions: Vec<(String, String)>,
}

/// Values of different units stay apart.
type Units = BTreeMap<String, Series>;
/// Minutes since the epoch.
type Series = BTreeMap<i64, Summary>;

/// All metrics.
#[derive(Debug, Default)]
pub(super) struct Metrics {
    metrics: BTreeMap<MetricId, Units>,
    minutes: usize,
}

/// There is no room for another metric.
#[derive(Debug)]
pub(super) struct TooManyMetrics;

impl MetricId {
    pub(super) fn new(
        caller: &Caller,
        namespace: &str,
        name: &str,
        dimensions: Option<&[Dimension]>,
    ) -> Self {
        let mut dimensions: Vec<_> = dimensions
            .unwrap_or_default()
            .iter()
            .map(|dimension| (dimension.name.clone(), dimension.value.clone()))
            .collect();
        dimensions.sort();
        Self {
            account_id: caller.account_id.clone(),
            region: caller.region.clone(),
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            dimensions,
        }
    }
}

impl Metrics {
    pub(super) fn add(
        &mut self,
        id: MetricId,
        unit: &str,
        minute: i64,
        summary: &Summary,
    ) -> Result<(), TooManyMetrics> {
        if self.metrics.len() >= MAX_METRICS && !self.metrics.contains_key(&id) {
            return Err(TooManyMetrics);
        }
        let series = self
            .metrics
            .entry(id)
            .or_default()
            .entry(unit.to_owned())
            .or_default();
        if let Some(known) = series.get_mut(&minute) {
            known.add(summary);
        } else {
            series.insert(minute, summary.clone());
            self.minutes += 1;
        }
        Ok(())
    }

    /// Forgets what is older than `minute`, and the oldest tenth when there is too much.
    pub(super) fn trim(&mut self, oldest: i64) {
        let mut oldest = oldest;
        if self.minutes > MAX_MINUTES {
            let all = self.metrics.values().flat_map(BTreeMap::values);
            let mut all: Vec<i64> = all.flat_map(BTreeMap::keys).copied().collect();
            let (_, tenth, _) = all.select_nth_unstable(MAX_MINUTES / 10);
            oldest = oldest.max(*tenth + 1);
        }
        for units in self.metrics.values_mut() {
            for series in units.values_mut() {
                *series = series.split_off(&oldest);
            }
            units.retain(|_, series| !series.is_empty());
        }
        self.metrics.retain(|_, units| !units.is_empty());
        let kept = self.metrics.values().flat_map(BTreeMap::values);
        self.minutes = kept.map(BTreeMap::len).sum();
    }

    /// The ids in order.
    pub(super) fn ids(&self) -> impl Iterator<Item = &MetricId> {
        self.metrics.keys()
    }

    /// When the newest value of a metric came.
    pub(super) fn newest_minute(&self, id: &MetricId) -> Option<i64> {
        let series = self.metrics.get(id)?.values();
        series
            .filter_map(|series| series.keys().next_back().copied())
            .max()
    }

    /// The values of a metric from one minute to before another, each unit for itself,
    /// put together by periods of so many minutes.
    pub(super) fn periods(
        &self,
        id: &MetricId,
        unit: Option<&str>,
        minutes: std::ops::Range<i64>,
        period: i64,
    ) -> Vec<(i64, String, Summary)> {
        let mut found = Vec::new();
        for (name, series) in self.metrics.get(id).into_iter().flatten() {
            if unit.is_some_and(|wanted| wanted != name) || minutes.is_empty() {
                continue;
            }
            let mut periods: BTreeMap<i64, Summary> = BTreeMap::new();
            for (minute, summary) in series.range(minutes.clone()) {
                let start = minute - minute.rem_euclid(period);
                match periods.get_mut(&start) {
                    Some(known) => known.add(summary),
                    None => drop(periods.insert(start, summary.clone())),
                }
            }
            let named = |(start, summary)| (start, name.clone(), summary);
            found.extend(periods.into_iter().map(named));
        }
        found
    }
}
