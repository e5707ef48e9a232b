//! Metric math: the expressions of `GetMetricData`, from text to time series.
//!
//! An engine: it knows series of numbers by the minute, and nothing of where they come from. What CloudWatch can
//! only compute from more than those (`SEARCH`, `ANOMALY_DETECTION_BAND`, …) is refused by name.
//! See <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html>.

mod evaluate;
mod functions;
mod parse;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::Range;

pub(super) use evaluate::evaluate;
pub(super) use parse::{Expression, parse};

/// Values by the minute in which their period begins.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Series {
    pub(super) label: String,
    /// In minutes.
    pub(super) period: i64,
    pub(super) points: BTreeMap<i64, f64>,
}

/// What an expression has for a value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Scalar(f64),
    Series(Series),
    Array(Vec<Series>),
    /// An argument of a few functions, and nothing else.
    Text(String),
}

/// What an expression may refer to.
#[derive(Debug)]
pub(super) struct Scope<'a> {
    /// The series of metrics and the values of other expressions, by id.
    pub(super) values: &'a BTreeMap<String, Value>,
    /// The ids of metrics, in the order of the request: what `METRICS()` means.
    pub(super) metrics: &'a [String],
    /// The minutes that are asked for.
    pub(super) minutes: Range<i64>,
    /// The period of what has none of its own, in minutes.
    pub(super) period: i64,
}

/// Why an expression has no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum MathError {
    #[error("Invalid syntax")]
    Syntax,
    #[error("The expression is nested too deeply")]
    Deep,
    #[error("The result has too many data points")]
    Large,
    #[error("Unknown identifier: {0}")]
    Unknown(String),
    #[error("Unsupported function: {0}")]
    Function(String),
    #[error("Invalid arguments of function {0}")]
    Arguments(&'static str),
    #[error("Unsupported operand type(s) for {operator}: '[{left}, {right}]'")]
    Operands {
        operator: &'static str,
        left: &'static str,
        right: &'static str,
    },
}

/// No value has more data points: about as many as fifty metrics have at most.
pub(super) const MAX_POINTS: usize = 1_000_000;

impl Value {
    /// How many data points the value holds.
    pub(super) fn points(&self) -> usize {
        match self {
            Self::Scalar(_) | Self::Text(_) => 0,
            Self::Series(series) => series.points.len(),
            Self::Array(all) => all.iter().map(|series| series.points.len() + 1).sum(),
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Scalar(_) => "Scalar",
            Self::Series(_) => "TimeSeries",
            Self::Array(_) => "Array[TimeSeries]",
            Self::Text(_) => "String",
        }
    }
}

impl Series {
    /// The same series with other values; what is no finite number is no data point.
    fn with(&self, points: impl IntoIterator<Item = (i64, f64)>) -> Self {
        Self {
            label: self.label.clone(),
            period: self.period,
            points: points
                .into_iter()
                .filter(|(_, value)| value.is_finite())
                .collect(),
        }
    }

    fn map(&self, change: impl Fn(f64) -> f64) -> Self {
        self.with(self.points.iter().map(|(at, value)| (*at, change(*value))))
    }
}
