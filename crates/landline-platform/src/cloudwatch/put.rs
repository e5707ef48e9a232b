//! `PutMetricData`.

use landline_api::cloudwatch::errors::{
    InvalidParameterCombinationException, InvalidParameterValueException,
    MissingRequiredParameterException,
};
use landline_api::cloudwatch::{MetricDatum, PutMetricData, PutMetricDataInput, StandardUnit};
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError, Timestamp};

use super::series::MetricId;
use super::summary::Summary;
use super::{CloudWatch, RETENTION};

impl Handler<PutMetricData> for CloudWatch {
    async fn handle(
        &self,
        input: PutMetricDataInput,
        caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        if input.namespace.starts_with("AWS/") && !caller.is_service() {
            return Err(invalid(
                "The value AWS/ for parameter Namespace is invalid.",
            ));
        }
        let entities = input.entity_metric_data.unwrap_or_default().into_iter();
        let data: Vec<MetricDatum> = entities
            .flat_map(|entity| entity.metric_data.unwrap_or_default())
            .chain(input.metric_data.unwrap_or_default())
            .collect();
        if data.len() > MAX_DATA {
            return Err(invalid(
                "The collection MetricData must not have a size greater than 1000.",
            ));
        }
        let now = self.clock.now();
        let summaries = data
            .iter()
            .map(|datum| Ok((minute_of(datum, now)?, summary(datum)?)))
            .collect::<Result<Vec<_>, ServiceError>>()?;
        let mut metrics = self.metrics.lock();
        let retention = i64::try_from(RETENTION.as_secs() / 60).unwrap_or(i64::MAX);
        for (datum, (minute, summary)) in data.iter().zip(summaries) {
            let dimensions = datum.dimensions.as_deref();
            let id = MetricId::new(caller, &input.namespace, &datum.metric_name, dimensions);
            let unit = datum.unit.as_ref().map_or("None", StandardUnit::as_str);
            metrics.add(id, unit, minute, &summary).map_err(|_| {
                ServiceError::new(
                    "LimitExceeded",
                    400,
                    "Landline keeps no more metrics than this",
                )
            })?;
        }
        metrics.trim(minute(now) - retention);
        Ok(Unit {})
    }
}

/// Minutes since the epoch.
pub(super) fn minute(time: Timestamp) -> i64 {
    time.as_millis().div_euclid(60_000)
}

fn minute_of(datum: &MetricDatum, now: Timestamp) -> Result<i64, ServiceError> {
    let Some(time) = datum.timestamp else {
        return Ok(minute(now));
    };
    let age = minute(now) - minute(time);
    if !(-MAX_AHEAD_MINUTES..=MAX_AGE_MINUTES).contains(&age) {
        return Err(invalid(
            "The parameter MetricData.member.1.Timestamp must specify a time within the past two weeks, and no more than two hours in the future.",
        ));
    }
    Ok(minute(time))
}

/// The values of a datum, in whichever of the three forms they came.
fn summary(datum: &MetricDatum) -> Result<Summary, ServiceError> {
    match (&datum.value, &datum.statistic_values, &datum.values) {
        (Some(value), None, None) => Ok(Summary::of(finite(*value)?, 1.0)),
        (None, Some(set), None) => {
            let (count, sum) = (finite(set.sample_count)?, finite(set.sum)?);
            if count <= 0.0 {
                return Err(invalid("The parameter SampleCount must be greater than 0."));
            }
            let (minimum, maximum) = (finite(set.minimum)?, finite(set.maximum)?);
            Ok(Summary::opaque(count, sum, minimum, maximum))
        }
        (None, None, Some(values)) => of_values(values, datum.counts.as_deref()),
        (None, None, None) => Err(MissingRequiredParameterException.with(
            "At least one of the parameters Value, Values and StatisticValues must be specified.",
        )),
        _ => Err(InvalidParameterCombinationException.with(
            "The parameters MetricData.member.1.Value, Values and StatisticValues are mutually exclusive and you have specified more than one.",
        )),
    }
}

fn of_values(values: &[f64], counts: Option<&[f64]>) -> Result<Summary, ServiceError> {
    if values.is_empty() || values.len() > MAX_VALUES {
        return Err(invalid(
            "The collection MetricData.member.1.Values must have a size between 1 and 150.",
        ));
    }
    if counts.is_some_and(|counts| counts.len() != values.len()) {
        return Err(invalid(
            "The parameters MetricData.member.1.Values and MetricData.member.1.Counts must be of the same size.",
        ));
    }
    let mut whole: Option<Summary> = None;
    for (at, value) in values.iter().enumerate() {
        let count = finite(counts.map_or(1.0, |counts| counts[at]))?;
        if count <= 0.0 {
            return Err(invalid("The parameter Counts must be greater than 0."));
        }
        let part = Summary::of(finite(*value)?, count);
        match &mut whole {
            Some(whole) => whole.add(&part),
            None => whole = Some(part),
        }
    }
    whole.ok_or_else(|| invalid("The parameter Values must not be empty."))
}

/// CloudWatch takes neither infinities nor what is beyond 2^360.
fn finite(value: f64) -> Result<f64, ServiceError> {
    let largest = 2f64.powi(360);
    if (-largest..=largest).contains(&value) {
        return Ok(value);
    }
    Err(invalid(&format!(
        "The value {value} for parameter Value is invalid."
    )))
}

fn invalid(message: &str) -> ServiceError {
    InvalidParameterValueException.with(message)
}

const MAX_DATA: usize = 1000;
const MAX_VALUES: usize = 150;
const MAX_AGE_MINUTES: i64 = 14 * 24 * 60;
const MAX_AHEAD_MINUTES: i64 = 120;
