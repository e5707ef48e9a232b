//! What may be asked about values: `Sum`, `Average`, …, and percentiles such as `p99.9`.

use landline_api::cloudwatch::errors::InvalidParameterValueException;
use landline_wire::ServiceError;

use super::summary::Summary;

/// A question about values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Statistic {
    SampleCount,
    Average,
    Sum,
    Minimum,
    Maximum,
    Percentile(f64),
}

impl Statistic {
    pub(super) fn parse(text: &str) -> Result<Self, ServiceError> {
        let simple = match text {
            "SampleCount" => Some(Self::SampleCount),
            "Average" => Some(Self::Average),
            "Sum" => Some(Self::Sum),
            "Minimum" => Some(Self::Minimum),
            "Maximum" => Some(Self::Maximum),
            _ => None,
        };
        let percentile = || {
            let percent = text.strip_prefix('p')?.parse::<f64>().ok()?;
            (0.0..=100.0)
                .contains(&percent)
                .then_some(Self::Percentile(percent))
        };
        simple.or_else(percentile).ok_or_else(|| {
            InvalidParameterValueException.with(format!(
                "The value {text} for parameter ExtendedStatistics is not supported."
            ))
        })
    }

    pub(super) fn of(self, summary: &Summary) -> Option<f64> {
        match self {
            Self::SampleCount => Some(summary.count),
            Self::Average => Some(summary.sum / summary.count),
            Self::Sum => Some(summary.sum),
            Self::Minimum => Some(summary.minimum),
            Self::Maximum => Some(summary.maximum),
            Self::Percentile(percent) => summary.percentile(percent),
        }
    }
}
