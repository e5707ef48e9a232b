//! Quotas: so many calls in a day, a week or a month.

use landline_api::apigateway::{QuotaPeriodType, QuotaSettings};

use super::counter::Day;

/// How many calls there may be in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quota {
    pub(crate) limit: u64,
    period: Period,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Period {
    Day,
    /// Begins on a day of the week, 0 is Sunday.
    Week(i64),
    /// Begins on a day of the month, 0 is the first.
    Month(i64),
}

impl Quota {
    /// The quota of a plan, if it has one.
    pub(crate) fn of(settings: Option<&QuotaSettings>) -> Option<Self> {
        let settings = settings?;
        let limit = u64::try_from(settings.limit?).unwrap_or_default();
        let offset = i64::from(settings.offset.unwrap_or_default());
        let period = match settings.period.as_ref()? {
            QuotaPeriodType::Week => Period::Week(offset.clamp(0, 6)),
            QuotaPeriodType::Month => Period::Month(offset.clamp(0, 27)),
            _ => Period::Day,
        };
        Some(Self { limit, period })
    }

    /// The first day of the period that `today` is in.
    pub(crate) fn start(self, today: Day) -> Day {
        let civil = today.civil();
        let back = match self.period {
            Period::Day => 0,
            Period::Week(first) => (i64::from(civil.weekday) - first).rem_euclid(7),
            Period::Month(first) => {
                let day = i64::from(civil.day) - 1;
                if day >= first {
                    day - first
                } else {
                    // The day in the month before, every month has 28.
                    let last_month = today.back(i64::from(civil.day)).civil();
                    day + i64::from(last_month.day) - first
                }
            }
        };
        today.back(back)
    }
}
