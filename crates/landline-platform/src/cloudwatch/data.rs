//! `GetMetricData`: the values of metrics, and of expressions over them.

use std::collections::{BTreeMap, BTreeSet};

use landline_api::cloudwatch::errors::{
    InvalidParameterValueException, MissingRequiredParameterException,
};
use landline_api::cloudwatch::{
    GetMetricData, GetMetricDataInput, GetMetricDataOutput, MetricDataQuery, MetricDataResult,
    MetricStat, ScanBy, StandardUnit, StatusCode,
};
use landline_wire::{Caller, Handler, ServiceError};

use super::CloudWatch;
use super::math::{self, Expression, MathError, Scope, Series, Value};
use super::read::{minutes, offset, period, time};
use super::series::MetricId;
use super::statistic::Statistic;

impl Handler<GetMetricData> for CloudWatch {
    async fn handle(
        &self,
        input: GetMetricDataInput,
        caller: &Caller,
    ) -> Result<GetMetricDataOutput, ServiceError> {
        let queries = &input.metric_data_queries;
        expect_queries(queries)?;
        let skipped = offset(input.next_token.as_deref())?;
        let limit = input.max_datapoints.unwrap_or(MAX_DATAPOINTS);
        let limit = usize::try_from(limit.clamp(1, MAX_DATAPOINTS)).unwrap_or(1);
        let mut page = Page {
            skipped,
            room: limit,
            is_full: false,
        };
        let mut computed = self.metrics(&input, caller)?;
        compute(queries, &input, &mut computed)?;
        let mut results = Vec::new();
        for query in queries.iter().filter(|it| it.return_data != Some(false)) {
            let ascending = input.scan_by == Some(ScanBy::TimestampAscending);
            for (label, series) in returned(query, computed.values.get(&query.id))? {
                let mut values: Vec<(i64, f64)> = series.points.into_iter().collect();
                if !ascending {
                    values.reverse();
                }
                let taken = page.take(values);
                results.push(result(query, label, &taken, page.status()));
            }
        }
        Ok(GetMetricDataOutput {
            metric_data_results: Some(results),
            next_token: page.is_full.then(|| (skipped + limit).to_string()),
            messages: Some(Vec::new()),
        })
    }
}

/// What the queries have for values so far.
#[derive(Default)]
struct Computed {
    values: BTreeMap<String, Value>,
    /// The ids of metrics, in the order of the request.
    metrics: Vec<String>,
    points: usize,
}

impl Computed {
    fn keep(&mut self, id: &str, value: Value) -> Result<(), ServiceError> {
        self.points += value.points();
        if self.points > math::MAX_POINTS {
            return Err(refused(id, &MathError::Large));
        }
        self.values.insert(id.to_owned(), value);
        Ok(())
    }
}

impl CloudWatch {
    /// The values of the queries that are for metrics.
    fn metrics(
        &self,
        input: &GetMetricDataInput,
        caller: &Caller,
    ) -> Result<Computed, ServiceError> {
        let mut computed = Computed::default();
        for query in &input.metric_data_queries {
            if let Some(stat) = &query.metric_stat {
                let series = self.metric(query, stat, input, caller)?;
                computed.keep(&query.id, Value::Series(series))?;
                computed.metrics.push(query.id.clone());
            }
        }
        Ok(computed)
    }

    fn metric(
        &self,
        query: &MetricDataQuery,
        stat: &MetricStat,
        input: &GetMetricDataInput,
        caller: &Caller,
    ) -> Result<Series, ServiceError> {
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
        let points = found
            .iter()
            .filter_map(|(start, _, summary)| Some((*start, statistic.of(summary)?)));
        Ok(Series {
            label: query.label.clone().unwrap_or(name),
            period,
            points: points.collect(),
        })
    }
}

/// Refuses what cannot be told apart, or asks for nothing or for two things at once.
fn expect_queries(queries: &[MetricDataQuery]) -> Result<(), ServiceError> {
    if queries.len() > MAX_QUERIES {
        return Err(InvalidParameterValueException
            .with("The collection MetricDataQueries must not have a size greater than 500."));
    }
    let mut known = BTreeSet::new();
    for query in queries {
        let is_id = query.id.starts_with(|it: char| it.is_ascii_lowercase())
            && query
                .id
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || it == b'_');
        if !is_id {
            return Err(invalid(format!(
                "The value {} for parameter MetricDataQueries.member.Id must match the pattern ^[a-z][a-zA-Z0-9_]*$.",
                query.id
            )));
        }
        if !known.insert(query.id.as_str()) {
            return Err(invalid(
                "The values for parameter id in MetricDataQueries are not unique.",
            ));
        }
        if query.metric_stat.is_some() == query.expression.is_some() {
            return Err(invalid(format!(
                "Exactly one of the parameters MetricStat and Expression must be specified for the query {}.",
                query.id
            )));
        }
    }
    Ok(())
}

/// Computes the expressions, each after those that it refers to.
fn compute(
    queries: &[MetricDataQuery],
    input: &GetMetricDataInput,
    computed: &mut Computed,
) -> Result<(), ServiceError> {
    let stats = queries
        .iter()
        .filter_map(|query| query.metric_stat.as_ref());
    let finest = stats.filter_map(|stat| period(stat.period).ok()).min();
    let mut waiting = Vec::new();
    for query in queries {
        if let Some(text) = &query.expression {
            let parsed = math::parse(text).map_err(|error| refused(&query.id, &error))?;
            waiting.push((query, parsed));
        }
    }
    let ids: BTreeSet<&str> = queries.iter().map(|query| query.id.as_str()).collect();
    while !waiting.is_empty() {
        let before = waiting.len();
        let (ready, later): (Vec<_>, Vec<_>) = waiting
            .into_iter()
            .partition(|(_, expression)| is_ready(expression, &ids, computed));
        for (query, expression) in ready {
            let period = query
                .period
                .map(period)
                .transpose()?
                .or(finest)
                .unwrap_or(1);
            let scope = Scope {
                values: &computed.values,
                metrics: &computed.metrics,
                minutes: minutes(input.start_time, input.end_time, period)?,
                period,
            };
            let value = math::evaluate(&expression, &scope);
            let value = value.map_err(|error| refused(&query.id, &error))?;
            computed.keep(&query.id, value)?;
        }
        waiting = later;
        if waiting.len() == before {
            return Err(invalid(format!(
                "Error in expression '{}': Circular reference",
                waiting[0].0.id
            )));
        }
    }
    Ok(())
}

/// Whether all of the request that the expression refers to has its value.
fn is_ready(expression: &Expression, ids: &BTreeSet<&str>, computed: &Computed) -> bool {
    let mut is_ready = true;
    expression.ids(&mut |id| {
        is_ready &= !ids.contains(id) || computed.values.contains_key(id);
    });
    is_ready
}

/// The series of a query that is returned, with their labels.
fn returned(
    query: &MetricDataQuery,
    value: Option<&Value>,
) -> Result<Vec<(String, Series)>, ServiceError> {
    let own = query.label.as_ref();
    match value {
        Some(Value::Series(series)) if query.metric_stat.is_some() => {
            Ok(vec![(series.label.clone(), series.clone())])
        }
        Some(Value::Series(series)) => {
            let label = own.unwrap_or(&query.id).clone();
            Ok(vec![(label, series.clone())])
        }
        Some(Value::Array(all)) => {
            let label = |series: &Series| match own {
                Some(own) => format!("{own} {}", series.label),
                None => series.label.clone(),
            };
            Ok(all.iter().map(|it| (label(it), it.clone())).collect())
        }
        _ => Err(invalid(format!(
            "Error in expression '{}': The expression must return a time series or an array of time series",
            query.id
        ))),
    }
}

fn result(
    query: &MetricDataQuery,
    label: String,
    taken: &[(i64, f64)],
    status: StatusCode,
) -> MetricDataResult {
    MetricDataResult {
        id: Some(query.id.clone()),
        label: Some(label),
        timestamps: Some(taken.iter().map(|(start, _)| time(*start)).collect()),
        values: Some(taken.iter().map(|(_, value)| *value).collect()),
        status_code: Some(status),
        messages: None,
    }
}

/// A page of values, over all queries.
struct Page {
    skipped: usize,
    room: usize,
    is_full: bool,
}

impl Page {
    fn status(&self) -> StatusCode {
        if self.is_full {
            StatusCode::PartialData
        } else {
            StatusCode::Complete
        }
    }

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

fn refused(id: &str, error: &MathError) -> ServiceError {
    invalid(format!("Error in expression '{id}': {error}"))
}

fn invalid(message: impl Into<String>) -> ServiceError {
    ServiceError::new("ValidationError", 400, message)
}

const MAX_QUERIES: usize = 500;
const MAX_DATAPOINTS: i32 = 100_800;
