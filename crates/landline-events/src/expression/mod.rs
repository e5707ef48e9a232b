//! When something shall happen: `rate(5 minutes)`, `cron(0 12 * * ? *)`, `at(2027-02-03T09:15:42)`. Pure.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html>

mod cron;

use landline_wire::Timestamp;

use cron::Cron;

/// A schedule expression that has been read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Expression {
    /// Every so many milliseconds.
    Rate(i64),
    Cron(Box<Cron>),
    /// Once, at a time of day of some clock on a wall.
    At(Timestamp),
}

/// The text is no schedule expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Parameter ScheduleExpression is not valid.")]
pub(crate) struct NotAnExpression;

/// From the time that a clock on the wall shows to what it is in UTC. `None` for a time that the clock leaves out, when
/// it is put forward in spring.
pub(crate) trait Wall {
    /// What the clock shows at a point in time.
    fn shown_at(&self, time: Timestamp) -> Timestamp;
    /// When the clock shows this first.
    fn utc_of(&self, shown: Timestamp) -> Option<Timestamp>;
}

/// A clock that shows UTC.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Utc;

impl Wall for Utc {
    fn shown_at(&self, time: Timestamp) -> Timestamp {
        time
    }

    fn utc_of(&self, shown: Timestamp) -> Option<Timestamp> {
        Some(shown)
    }
}

impl Expression {
    pub(crate) fn parse(text: &str) -> Result<Self, NotAnExpression> {
        let (kind, rest) = text.split_once('(').ok_or(NotAnExpression)?;
        let inner = rest.strip_suffix(')').ok_or(NotAnExpression)?;
        match kind {
            "rate" => rate(inner).map(Self::Rate),
            "cron" => Cron::parse(inner).map(Box::new).map(Self::Cron),
            "at" => at(inner).map(Self::At),
            _ => Err(NotAnExpression),
        }
    }

    /// The first time after `after`; rates are counted from `since`. `None` when there is none any more.
    pub(crate) fn next(
        &self,
        after: Timestamp,
        since: Timestamp,
        wall: &dyn Wall,
    ) -> Option<Timestamp> {
        match self {
            Self::Rate(period) => {
                let passed = after.as_millis() - since.as_millis();
                let periods = passed.div_euclid(*period) + 1;
                let next = since
                    .as_millis()
                    .checked_add(periods.max(1).checked_mul(*period)?)?;
                Some(Timestamp::from_millis(next))
            }
            Self::Cron(cron) => cron.next(after, wall),
            Self::At(shown) => wall.utc_of(*shown).filter(|time| *time > after),
        }
    }
}

/// `5 minutes`, `1 hour`: one of something is told in the singular.
fn rate(text: &str) -> Result<i64, NotAnExpression> {
    let (number, unit) = text.split_once(' ').ok_or(NotAnExpression)?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let number: i64 = number.parse().map_err(|_| NotAnExpression)?;
    let unit = match (unit, number) {
        ("minute", 1) | ("minutes", 2..) => MINUTE,
        ("hour", 1) | ("hours", 2..) => 60 * MINUTE,
        ("day", 1) | ("days", 2..) => 24 * 60 * MINUTE,
        _ => return Err(NotAnExpression),
    };
    let period = number.checked_mul(unit).filter(|_| is_number);
    period.filter(|it| *it <= PERIOD_MAX).ok_or(NotAnExpression)
}

/// `2027-02-03T09:15:42`
fn at(text: &str) -> Result<Timestamp, NotAnExpression> {
    let is_local = text.len() == "2027-02-03T09:15:42".len();
    let parsed = Timestamp::parse(text).filter(|_| is_local && text.as_bytes()[10] == b'T');
    parsed.ok_or(NotAnExpression)
}

const MINUTE: i64 = 60_000;
/// A thousand years: more than anybody waits, and nothing overflows.
const PERIOD_MAX: i64 = 1000 * 366 * 24 * 60 * MINUTE;

#[cfg(test)]
mod tests;
