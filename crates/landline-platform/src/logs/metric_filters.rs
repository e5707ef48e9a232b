//! Metric filters: the lines of a group that match a pattern are counted.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/MonitoringLogData.html>

use std::collections::BTreeMap;

use landline_api::logs::{
    DeleteMetricFilter, DeleteMetricFilterInput, DescribeMetricFilters, DescribeMetricFiltersInput,
    DescribeMetricFiltersOutput, MetricFilter, MetricFilterMatchRecord, MetricTransformation,
    PutMetricFilter, PutMetricFilterInput, StandardUnit, TestMetricFilter, TestMetricFilterInput,
    TestMetricFilterOutput, errors,
};
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};
use serde::{Deserialize, Serialize};

use super::subscriptions::{checked, page_size};
use super::{GROUPS, GroupRecord, Logs, existing_group};
use crate::unavailable;

/// The most metric filters of a group.
const MAX_FILTERS: usize = 100;

/// A filter as its group keeps it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct MetricFilterRecord {
    pub(super) pattern: String,
    pub(super) metric: Metric,
    created_millis: i64,
}

/// What a line that matches adds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Metric {
    pub(super) name: String,
    pub(super) namespace: String,
    /// A number, or what names one in the line: `$.took`, `$bytes`.
    pub(super) value: String,
    default: Option<f64>,
    pub(super) dimensions: BTreeMap<String, String>,
    pub(super) unit: Option<String>,
}

impl Handler<PutMetricFilter> for Logs {
    async fn handle(
        &self,
        input: PutMetricFilterInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        checked(&input.filter_pattern)?;
        let Some(metric) = input.metric_transformations.into_iter().next() else {
            return Err(errors::InvalidParameterException
                .with("A metric filter needs a metric transformation."));
        };
        let record = MetricFilterRecord {
            pattern: input.filter_pattern,
            metric: Metric {
                name: metric.metric_name,
                namespace: metric.metric_namespace,
                value: metric.metric_value,
                default: metric.default_value,
                dimensions: metric.dimensions.unwrap_or_default(),
                unit: metric.unit.map(|unit| unit.to_string()),
            },
            created_millis: self.clock.now().as_millis(),
        };
        self.change_group(input.log_group_name, move |it| {
            let is_new = !it.metric_filters.contains_key(&input.filter_name);
            if is_new && it.metric_filters.len() == MAX_FILTERS {
                let exceeded = errors::LimitExceededException;
                return Err(exceeded.with("Resource limit exceeded."));
            }
            it.metric_filters.insert(input.filter_name, record);
            Ok(())
        })
        .await
    }
}

impl Handler<DescribeMetricFilters> for Logs {
    async fn handle(
        &self,
        input: DescribeMetricFiltersInput,
        _caller: &Caller,
    ) -> Result<DescribeMetricFiltersOutput, ServiceError> {
        let groups: Vec<(String, GroupRecord)> = match input.log_group_name {
            Some(name) => {
                let group = self.store.read(|reader| existing_group(reader, &name))?;
                vec![(name, group)]
            }
            None => GROUPS
                .load(&*self.store)
                .map_err(|error| unavailable(&error))?,
        };
        let prefix = input.filter_name_prefix.unwrap_or_default();
        let after = input.next_token.unwrap_or_default();
        let is_metric = |filter: &MetricFilterRecord| {
            let (name, namespace) = (&input.metric_name, &input.metric_namespace);
            name.as_ref().is_none_or(|name| *name == filter.metric.name)
                && namespace
                    .as_ref()
                    .is_none_or(|it| *it == filter.metric.namespace)
        };
        let filters = groups.into_iter().flat_map(|(group, record)| {
            let filters = record.metric_filters.into_iter();
            filters.map(move |(name, filter)| (group.clone(), name, filter))
        });
        let mut all = filters.filter(|(group, name, filter)| {
            name.starts_with(&prefix) && is_metric(filter) && token(group, name) > after
        });
        let page: Vec<_> = all.by_ref().take(page_size(input.limit)).collect();
        let last = page.last().map(|(group, name, _)| token(group, name));
        Ok(DescribeMetricFiltersOutput {
            next_token: all.next().and(last),
            metric_filters: Some(page.into_iter().map(described).collect()),
        })
    }
}

/// The last filter of a page: a group's name holds no colon.
fn token(group: &str, name: &str) -> String {
    format!("{group}:{name}")
}

fn described((group, name, filter): (String, String, MetricFilterRecord)) -> MetricFilter {
    let metric = filter.metric;
    MetricFilter {
        filter_name: Some(name),
        filter_pattern: Some(filter.pattern),
        log_group_name: Some(group),
        creation_time: Some(filter.created_millis),
        apply_on_transformed_logs: Some(false),
        metric_transformations: Some(vec![MetricTransformation {
            metric_name: metric.name,
            metric_namespace: metric.namespace,
            metric_value: metric.value,
            default_value: metric.default,
            dimensions: (!metric.dimensions.is_empty()).then_some(metric.dimensions),
            unit: metric.unit.map(|unit| StandardUnit::from(unit.as_str())),
        }]),
        ..MetricFilter::default()
    }
}

impl Handler<DeleteMetricFilter> for Logs {
    async fn handle(
        &self,
        input: DeleteMetricFilterInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.change_group(input.log_group_name, move |it| {
            match it.metric_filters.remove(&input.filter_name) {
                Some(_) => Ok(()),
                None => Err(errors::ResourceNotFoundException
                    .with("The specified metric filter does not exist.")),
            }
        })
        .await
    }
}

impl Handler<TestMetricFilter> for Logs {
    async fn handle(
        &self,
        input: TestMetricFilterInput,
        _caller: &Caller,
    ) -> Result<TestMetricFilterOutput, ServiceError> {
        let pattern = checked(&input.filter_pattern)?;
        let messages = (1..).zip(input.log_event_messages);
        let matches = messages.filter(|(_, message)| pattern.matches(message));
        let matches = matches.map(|(number, message)| MetricFilterMatchRecord {
            event_number: Some(number),
            extracted_values: Some(pattern.values(&message)),
            event_message: Some(message),
        });
        Ok(TestMetricFilterOutput {
            matches: Some(matches.collect()),
        })
    }
}
