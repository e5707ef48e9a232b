//! `GetMetricStatistics`, `ListMetrics`.

use std::collections::BTreeMap;
use std::ops::Range;

use landline_api::cloudwatch::errors::{
    InvalidNextToken, InvalidParameterCombinationException, InvalidParameterValueException,
    MissingRequiredParameterException,
};
use landline_api::cloudwatch::{
    Datapoint, Dimension, DimensionFilter, GetMetricStatistics, GetMetricStatisticsInput,
    GetMetricStatisticsOutput, ListMetrics, ListMetricsInput, ListMetricsOutput, Metric,
    StandardUnit,
};
use landline_wire::{Caller, Handler, ServiceError, Timestamp};

use super::CloudWatch;
use super::put::minute;
use super::series::MetricId;
use super::statistic::Statistic;
use super::summary::Summary;

impl Handler<GetMetricStatistics> for CloudWatch {
    async fn handle(
        &self,
        input: GetMetricStatisticsInput,
        caller: &Caller,
    ) -> Result<GetMetricStatisticsOutput, ServiceError> {
        let period = period(input.period)?;
        let minutes = minutes(input.start_time, input.end_time, period)?;
        let wanted = Wanted::of(&input)?;
        if (minutes.end - minutes.start) / period > MAX_STATISTICS {
            return Err(InvalidParameterCombinationException.with(format!(
                "You have requested up to {} datapoints, which exceeds the limit of 1,440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.",
                (minutes.end - minutes.start) / period
            )));
        }
        let dimensions = input.dimensions.as_deref();
        let id = MetricId::new(caller, &input.namespace, &input.metric_name, dimensions);
        let unit = input.unit.as_ref().map(StandardUnit::as_str);
        let found = self.metrics.lock().periods(&id, unit, minutes, period);
        Ok(GetMetricStatisticsOutput {
            label: Some(input.metric_name),
            datapoints: Some(
                found
                    .iter()
                    .map(|(start, unit, summary)| wanted.datapoint(*start, unit, summary))
                    .collect(),
            ),
        })
    }
}

/// The statistics that a caller wants.
struct Wanted {
    simple: Vec<Statistic>,
    extended: BTreeMap<String, Statistic>,
}

impl Wanted {
    fn of(input: &GetMetricStatisticsInput) -> Result<Self, ServiceError> {
        let simple = input.statistics.iter().flatten();
        let simple = simple
            .map(|statistic| Statistic::parse(statistic.as_str()))
            .collect::<Result<Vec<_>, _>>()?;
        let extended = input.extended_statistics.iter().flatten();
        let extended = extended
            .map(|name| Ok((name.clone(), Statistic::parse(name)?)))
            .collect::<Result<BTreeMap<_, _>, ServiceError>>()?;
        if simple.is_empty() && extended.is_empty() {
            return Err(MissingRequiredParameterException.with(
                "At least one of the parameters Statistics and ExtendedStatistics must be specified.",
            ));
        }
        Ok(Self { simple, extended })
    }

    fn datapoint(&self, start: i64, unit: &str, summary: &Summary) -> Datapoint {
        let one = |statistic: Statistic| {
            let is_wanted = self.simple.contains(&statistic);
            is_wanted.then(|| statistic.of(summary)).flatten()
        };
        let extended: BTreeMap<String, f64> = self
            .extended
            .iter()
            .filter_map(|(name, statistic)| Some((name.clone(), statistic.of(summary)?)))
            .collect();
        Datapoint {
            timestamp: Some(time(start)),
            sample_count: one(Statistic::SampleCount),
            average: one(Statistic::Average),
            sum: one(Statistic::Sum),
            minimum: one(Statistic::Minimum),
            maximum: one(Statistic::Maximum),
            unit: Some(StandardUnit::from(unit)),
            extended_statistics: Some(extended).filter(|it| !it.is_empty()),
        }
    }
}

impl Handler<ListMetrics> for CloudWatch {
    async fn handle(
        &self,
        input: ListMetricsInput,
        caller: &Caller,
    ) -> Result<ListMetricsOutput, ServiceError> {
        let skipped = offset(input.next_token.as_deref())?;
        let recent = minute(self.clock.now()) - RECENT_MINUTES;
        let metrics = self.metrics.lock();
        let mut listed: Vec<Metric> = metrics
            .ids()
            .filter(|id| id.account_id == caller.account_id && id.region == caller.region)
            .filter(|id| {
                input
                    .namespace
                    .as_ref()
                    .is_none_or(|it| *it == id.namespace)
            })
            .filter(|id| input.metric_name.as_ref().is_none_or(|it| *it == id.name))
            .filter(|id| has_dimensions(id, input.dimensions.as_deref().unwrap_or_default()))
            .filter(|id| {
                input.recently_active.is_none() || metrics.newest_minute(id) >= Some(recent)
            })
            .skip(skipped)
            .take(LISTED + 1)
            .map(metric)
            .collect();
        let more = listed.len() > LISTED;
        listed.truncate(LISTED);
        Ok(ListMetricsOutput {
            metrics: Some(listed),
            next_token: more.then(|| (skipped + LISTED).to_string()),
            owning_accounts: None,
        })
    }
}

fn has_dimensions(id: &MetricId, filters: &[DimensionFilter]) -> bool {
    filters.iter().all(|filter| {
        id.dimensions.iter().any(|(name, value)| {
            *name == filter.name && filter.value.as_ref().is_none_or(|it| it == value)
        })
    })
}

fn metric(id: &MetricId) -> Metric {
    let dimensions = id.dimensions.iter();
    Metric {
        namespace: Some(id.namespace.clone()),
        metric_name: Some(id.name.clone()),
        dimensions: Some(
            dimensions
                .map(|(name, value)| Dimension {
                    name: name.clone(),
                    value: value.clone(),
                })
                .collect(),
        ),
    }
}

pub(super) fn offset(token: Option<&str>) -> Result<usize, ServiceError> {
    let Some(token) = token else {
        return Ok(0);
    };
    let parsed = token.parse();
    parsed.map_err(|_| InvalidNextToken.with("Invalid nextToken"))
}

/// A period in minutes. Finer ones than a minute see the minute's values.
pub(super) fn period(seconds: i32) -> Result<i64, ServiceError> {
    match i64::from(seconds) {
        1 | 5 | 10 | 20 | 30 => Ok(1),
        seconds if seconds > 0 && seconds % 60 == 0 => Ok(seconds / 60),
        _ => Err(InvalidParameterValueException.with(
            "The parameter Period must be a value in the set [ 1, 5, 10, 20, 30 ], or any multiple of 60.",
        )),
    }
}

/// From the period that holds `start` to before `end`.
pub(super) fn minutes(
    start: Timestamp,
    end: Timestamp,
    period: i64,
) -> Result<Range<i64>, ServiceError> {
    if start.as_millis() >= end.as_millis() {
        return Err(InvalidParameterValueException
            .with("The parameter StartTime must be less than the parameter EndTime."));
    }
    let first = minute(start);
    let last = minute(Timestamp::from_millis(end.as_millis().saturating_sub(1)));
    Ok(first - first.rem_euclid(period)..last.saturating_add(1))
}

pub(super) fn time(minute: i64) -> Timestamp {
    Timestamp::from_millis(minute * 60_000)
}

const MAX_STATISTICS: i64 = 1440;
const LISTED: usize = 500;
const RECENT_MINUTES: i64 = 180;
