//! `GetMetricStatistics`, `GetMetricData`, `ListMetrics`.

use std::collections::BTreeMap;
use std::ops::Range;

use landline_api::cloudwatch::errors::{
    InvalidNextToken, InvalidParameterCombinationException, InvalidParameterValueException,
    MissingRequiredParameterException,
};
use landline_api::cloudwatch::{
    Datapoint, Dimension, DimensionFilter, GetMetricData, GetMetricDataInput, GetMetricDataOutput,
    GetMetricStatistics, GetMetricStatisticsInput, GetMetricStatisticsOutput, ListMetrics,
    ListMetricsInput, ListMetricsOutput, Metric, MetricDataQuery, MetricDataResult, ScanBy,
    StandardUnit, StatusCode,
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

impl Handler<GetMetricData> for CloudWatch {
    async fn handle(
        &self,
        input: GetMetricDataInput,
        caller: &Caller,
    ) -> Result<GetMetricDataOutput, ServiceError> {
        if input.metric_data_queries.len() > MAX_QUERIES {
            return Err(InvalidParameterValueException
                .with("The collection MetricDataQueries must not have a size greater than 500."));
        }
        let skipped = offset(input.next_token.as_deref())?;
        let limit = input.max_datapoints.unwrap_or(MAX_DATAPOINTS);
        let limit = usize::try_from(limit.clamp(1, MAX_DATAPOINTS)).unwrap_or(1);
        let mut page = Page {
            skipped,
            room: limit,
            is_full: false,
        };
        let mut results = Vec::new();
        for query in &input.metric_data_queries {
            let mut values = self.query(query, &input, caller)?;
            if input.scan_by != Some(ScanBy::TimestampAscending) {
                values.reverse();
            }
            let taken = page.take(values);
            if query.return_data == Some(false) {
                continue;
            }
            let stat = query.metric_stat.as_ref();
            let name = stat.and_then(|stat| stat.metric.metric_name.clone());
            results.push(MetricDataResult {
                id: Some(query.id.clone()),
                label: query.label.clone().or(name),
                timestamps: Some(taken.iter().map(|(start, _)| time(*start)).collect()),
                values: Some(taken.iter().map(|(_, value)| *value).collect()),
                status_code: Some(if page.is_full {
                    StatusCode::PartialData
                } else {
                    StatusCode::Complete
                }),
                messages: None,
            });
        }
        Ok(GetMetricDataOutput {
            metric_data_results: Some(results),
            next_token: page.is_full.then(|| (skipped + limit).to_string()),
            messages: Some(Vec::new()),
        })
    }
}

/// A page of values, over all queries.
struct Page {
    skipped: usize,
    room: usize,
    is_full: bool,
}

impl Page {
    fn take(&mut self, mut values: Vec<(i64, f64)>) -> Vec<(i64, f64)> {
        let skipped = self.skipped.min(values.len());
        self.skipped -= skipped;
        values.drain(..skipped);
        self.is_full |= values.len() > self.room;
        values.truncate(self.room);
        self.room -= values.len();
        values
    }
}

impl CloudWatch {
    /// The values of one query, oldest first.
    fn query(
        &self,
        query: &MetricDataQuery,
        input: &GetMetricDataInput,
        caller: &Caller,
    ) -> Result<Vec<(i64, f64)>, ServiceError> {
        let Some(stat) = &query.metric_stat else {
            return Err(ServiceError::new(
                "ValidationError",
                400,
                "Landline evaluates no expressions: give a MetricStat.",
            ));
        };
        let required = |name: &str, value: &Option<String>| {
            value.clone().ok_or_else(|| {
                MissingRequiredParameterException.with(format!(
                    "The parameter MetricStat.Metric.{name} is required."
                ))
            })
        };
        let namespace = required("Namespace", &stat.metric.namespace)?;
        let name = required("MetricName", &stat.metric.metric_name)?;
        let statistic = Statistic::parse(&stat.stat)?;
        let period = period(stat.period)?;
        let minutes = minutes(input.start_time, input.end_time, period)?;
        let id = MetricId::new(caller, &namespace, &name, stat.metric.dimensions.as_deref());
        let unit = stat.unit.as_ref().map(StandardUnit::as_str);
        let found = self.metrics.lock().periods(&id, unit, minutes, period);
        let value = |(start, _, summary): &(i64, String, Summary)| {
            statistic.of(summary).map(|value| (*start, value))
        };
        Ok(found.iter().filter_map(value).collect())
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

fn offset(token: Option<&str>) -> Result<usize, ServiceError> {
    let Some(token) = token else {
        return Ok(0);
    };
    let parsed = token.parse();
    parsed.map_err(|_| InvalidNextToken.with("Invalid nextToken"))
}

/// A period in minutes. Finer ones than a minute see the minute's values.
fn period(seconds: i32) -> Result<i64, ServiceError> {
    match i64::from(seconds) {
        1 | 5 | 10 | 20 | 30 => Ok(1),
        seconds if seconds > 0 && seconds % 60 == 0 => Ok(seconds / 60),
        _ => Err(InvalidParameterValueException.with(
            "The parameter Period must be a value in the set [ 1, 5, 10, 20, 30 ], or any multiple of 60.",
        )),
    }
}

/// From the period that holds `start` to before `end`.
fn minutes(start: Timestamp, end: Timestamp, period: i64) -> Result<Range<i64>, ServiceError> {
    if start.as_millis() >= end.as_millis() {
        return Err(InvalidParameterValueException
            .with("The parameter StartTime must be less than the parameter EndTime."));
    }
    let first = minute(start);
    let last = minute(Timestamp::from_millis(end.as_millis().saturating_sub(1)));
    Ok(first - first.rem_euclid(period)..last.saturating_add(1))
}

fn time(minute: i64) -> Timestamp {
    Timestamp::from_millis(minute * 60_000)
}

const MAX_STATISTICS: i64 = 1440;
const MAX_QUERIES: usize = 500;
const MAX_DATAPOINTS: i32 = 100_800;
const LISTED: usize = 500;
const RECENT_MINUTES: i64 = 180;
