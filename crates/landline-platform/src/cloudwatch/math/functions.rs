//! The functions of metric math, by name.

use std::collections::{BTreeMap, BTreeSet};

use super::{MAX_POINTS, MathError, Scope, Series, Value};

/// Calls a function.
pub(super) fn call(
    name: &str,
    arguments: Vec<Value>,
    scope: &Scope<'_>,
) -> Result<Value, MathError> {
    if let Some((name, each)) = by_point(name) {
        return per_series(name, arguments, |series| series.map(each));
    }
    if let Some((name, over)) = by_points(name) {
        return per_series(name, arguments, over);
    }
    if let Some(aggregate) = Aggregate::named(name) {
        return aggregate.of(arguments);
    }
    match name {
        "METRICS" => metrics(&arguments, scope),
        "FILL" => fill(arguments, scope),
        "IF" => choose(arguments),
        "PERIOD" => match <[Value; 1]>::try_from(arguments) {
            #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
            Ok([Value::Series(series)]) => Ok(Value::Scalar((series.period * 60) as f64)),
            _ => Err(MathError::Arguments("PERIOD")),
        },
        "METRIC_COUNT" => match <[Value; 1]>::try_from(arguments) {
            Ok([Value::Array(all)]) => Ok(Value::Scalar(count(all.len()))),
            _ => Err(MathError::Arguments("METRIC_COUNT")),
        },
        "DATAPOINT_COUNT" => match <[Value; 1]>::try_from(arguments) {
            Ok([Value::Series(series)]) => Ok(Value::Scalar(count(series.points.len()))),
            _ => Err(MathError::Arguments("DATAPOINT_COUNT")),
        },
        "REMOVE_EMPTY" => match <[Value; 1]>::try_from(arguments) {
            Ok([Value::Array(all)]) => {
                let is_there = |series: &Series| !series.points.is_empty();
                Ok(Value::Array(all.into_iter().filter(is_there).collect()))
            }
            _ => Err(MathError::Arguments("REMOVE_EMPTY")),
        },
        "FIRST" => edge("FIRST", arguments, |all| all.first().cloned()),
        "LAST" => edge("LAST", arguments, |all| all.last().cloned()),
        "SLICE" => slice(&arguments),
        "SORT" => sort(&arguments),
        "TIME_SERIES" => match <[Value; 1]>::try_from(arguments) {
            Ok([Value::Scalar(value)]) => Ok(Value::Series(constant(value, scope))),
            _ => Err(MathError::Arguments("TIME_SERIES")),
        },
        _ => Err(MathError::Function(name.to_owned())),
    }
}

type PointFunction = fn(f64) -> f64;
type SeriesFunction = fn(&Series) -> Series;

fn by_point(name: &str) -> Option<(&'static str, PointFunction)> {
    let known: [(&str, PointFunction); 5] = [
        ("ABS", f64::abs),
        ("CEIL", f64::ceil),
        ("FLOOR", f64::floor),
        ("LOG", f64::ln),
        ("LOG10", f64::log10),
    ];
    known.into_iter().find(|(it, _)| *it == name)
}

fn by_points(name: &str) -> Option<(&'static str, SeriesFunction)> {
    let known: [(&str, SeriesFunction); 11] = [
        ("RATE", |series| {
            changes(series, |value, minutes| value / (minutes * 60.0))
        }),
        ("DIFF", |series| changes(series, |value, _| value)),
        ("DIFF_TIME", |series| {
            changes(series, |_, minutes| minutes * 60.0)
        }),
        ("RUNNING_SUM", |series| {
            let mut sum = 0.0;
            series.with(series.points.iter().map(|(at, value)| {
                sum += value;
                (*at, sum)
            }))
        }),
        ("EPOCH", |series| by_time(series, |minute| minute * 60)),
        ("MINUTE", |series| {
            by_time(series, |minute| minute.rem_euclid(60))
        }),
        ("HOUR", |series| {
            by_time(series, |minute| minute.div_euclid(60).rem_euclid(24))
        }),
        // Monday is 1, and the first of January 1970 was a Thursday.
        ("DAY", |series| {
            by_time(series, |minute| {
                (minute.div_euclid(DAY) + 3).rem_euclid(7) + 1
            })
        }),
        ("DATE", |series| by_time(series, |minute| date(minute).2)),
        ("MONTH", |series| by_time(series, |minute| date(minute).1)),
        ("YEAR", |series| by_time(series, |minute| date(minute).0)),
    ];
    known.into_iter().find(|(it, _)| *it == name)
}

fn per_series(
    name: &'static str,
    arguments: Vec<Value>,
    over: impl Fn(&Series) -> Series,
) -> Result<Value, MathError> {
    match <[Value; 1]>::try_from(arguments) {
        Ok([Value::Series(series)]) => Ok(Value::Series(over(&series))),
        Ok([Value::Array(all)]) => Ok(Value::Array(all.iter().map(over).collect())),
        _ => Err(MathError::Arguments(name)),
    }
}

/// Something of each value and the one before it, and of the minutes between them.
fn changes(series: &Series, of: fn(f64, f64) -> f64) -> Series {
    let pairs = series.points.iter().zip(series.points.iter().skip(1));
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    series.with(
        pairs.map(|((before, one), (at, other))| (*at, of(other - one, (at - before) as f64))),
    )
}

fn by_time(series: &Series, of: fn(i64) -> i64) -> Series {
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    series.with(series.points.keys().map(|at| (*at, of(*at) as f64)))
}

/// Year, month and day of a minute in UTC, by the calendar's cycle of 400 years.
fn date(minute: i64) -> (i64, i64, i64) {
    // Counted from the first of March, so that the odd day comes last.
    let days = minute.div_euclid(DAY) + 719_468;
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let year = days.div_euclid(146_097) * 400 + year;
    match month {
        0..10 => (year, month + 3, day),
        _ => (year + 1, month - 9, day),
    }
}

const DAY: i64 = 24 * 60;

/// Functions that make one number of many.
#[derive(Debug, Clone, Copy)]
enum Aggregate {
    Average,
    Maximum,
    Minimum,
    Deviation,
    Sum,
}

impl Aggregate {
    fn named(name: &str) -> Option<Self> {
        match name {
            "AVG" => Some(Self::Average),
            "MAX" => Some(Self::Maximum),
            "MIN" => Some(Self::Minimum),
            "STDDEV" => Some(Self::Deviation),
            "SUM" => Some(Self::Sum),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Average => "AVG",
            Self::Maximum => "MAX",
            Self::Minimum => "MIN",
            Self::Deviation => "STDDEV",
            Self::Sum => "SUM",
        }
    }

    /// Of one series a number; of several a series, minute by minute.
    fn of(self, arguments: Vec<Value>) -> Result<Value, MathError> {
        match <[Value; 1]>::try_from(arguments) {
            Ok([Value::Series(series)]) => {
                let values: Vec<f64> = series.points.values().copied().collect();
                Ok(Value::Scalar(self.over(&values)))
            }
            Ok([Value::Array(all)]) => Ok(Value::Series(self.across(&all))),
            _ => Err(MathError::Arguments(self.name())),
        }
    }

    fn across(self, all: &[Series]) -> Series {
        let minutes: BTreeSet<i64> = all
            .iter()
            .flat_map(|it| it.points.keys().copied())
            .collect();
        let at = |minute: i64| {
            let mut values: Vec<f64> = all
                .iter()
                .filter_map(|it| it.points.get(&minute).copied())
                .collect();
            if matches!(self, Self::Average) {
                // Documented of this function alone: what is missing counts as zero.
                values.resize(all.len(), 0.0);
            }
            (minute, self.over(&values))
        };
        let shape = Series {
            label: self.name().to_owned(),
            period: all.iter().map(|it| it.period).max().unwrap_or(1),
            points: BTreeMap::new(),
        };
        shape.with(minutes.into_iter().map(at))
    }

    /// Of no values there is no number.
    fn over(self, values: &[f64]) -> f64 {
        if values.is_empty() {
            return f64::NAN;
        }
        let sum: f64 = values.iter().sum();
        let mean = sum / count(values.len());
        match self {
            Self::Average => mean,
            Self::Maximum => values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            Self::Minimum => values.iter().copied().fold(f64::INFINITY, f64::min),
            Self::Sum => sum,
            Self::Deviation => {
                let squares: f64 = values.iter().map(|it| (it - mean).powi(2)).sum();
                (squares / count(values.len())).sqrt()
            }
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
fn count(number: usize) -> f64 {
    number as f64
}

/// All metrics of the request, or those whose id holds a text.
fn metrics(arguments: &[Value], scope: &Scope<'_>) -> Result<Value, MathError> {
    let wanted = match arguments {
        [] => "",
        [Value::Text(text)] => text,
        _ => return Err(MathError::Arguments("METRICS")),
    };
    let ids = scope.metrics.iter().filter(|id| id.contains(wanted));
    let series = ids.filter_map(|id| match scope.values.get(id) {
        Some(Value::Series(series)) => Some(series.clone()),
        _ => None,
    });
    Ok(Value::Array(series.collect()))
}

/// The periods of a series within the minutes that are asked for.
fn periods(period: i64, scope: &Scope<'_>) -> impl Iterator<Item = i64> {
    let period = period.max(1);
    let first = scope.minutes.start - scope.minutes.start.rem_euclid(period);
    let end = scope.minutes.end;
    (0..)
        .map(move |at| first + at * period)
        .take_while(move |minute| *minute < end)
        .take(MAX_PERIODS)
}

/// As many as a metric has minutes, at most.
const MAX_PERIODS: usize = 15 * 24 * 60;

fn constant(value: f64, scope: &Scope<'_>) -> Series {
    let shape = Series {
        label: String::new(),
        period: scope.period,
        points: BTreeMap::new(),
    };
    shape.with(periods(scope.period, scope).map(|minute| (minute, value)))
}

/// Puts something where a series has no value.
fn fill(arguments: Vec<Value>, scope: &Scope<'_>) -> Result<Value, MathError> {
    let Ok([series, with]) = <[Value; 2]>::try_from(arguments) else {
        return Err(MathError::Arguments("FILL"));
    };
    let longest = periods(1, scope).count();
    if matches!(&series, Value::Array(all) if all.len() * longest > MAX_POINTS) {
        return Err(MathError::Large);
    }
    let with = match &with {
        Value::Scalar(value) => Filling::Value(*value),
        Value::Series(series) => Filling::Series(series),
        Value::Text(word) if word == "REPEAT" => Filling::Repeat,
        Value::Text(word) if word == "LINEAR" => Filling::Linear,
        _ => return Err(MathError::Arguments("FILL")),
    };
    per_series("FILL", vec![series], |series| {
        let minutes = periods(series.period, scope).filter_map(|minute| {
            let known = series.points.get(&minute).copied();
            Some((minute, known.or_else(|| with.at(minute, series))?))
        });
        series.with(minutes)
    })
}

enum Filling<'a> {
    Value(f64),
    Series(&'a Series),
    Repeat,
    Linear,
}

impl Filling<'_> {
    fn at(&self, minute: i64, series: &Series) -> Option<f64> {
        let before = series.points.range(..minute).next_back();
        match self {
            Self::Value(value) => Some(*value),
            Self::Series(other) => other.points.get(&minute).copied(),
            Self::Repeat => before.map(|(_, value)| *value),
            #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
            Self::Linear => {
                let (from, one) = before?;
                let (to, other) = series.points.range(minute..).next()?;
                let share = (minute - from) as f64 / (to - from) as f64;
                Some(one + (other - one) * share)
            }
        }
    }
}

/// `IF(condition, value, otherwise)`: point by point where the condition is a series.
fn choose(arguments: Vec<Value>) -> Result<Value, MathError> {
    let refused = MathError::Arguments("IF");
    let mut arguments = arguments.into_iter();
    let (Some(condition), Some(then), otherwise, None) = (
        arguments.next(),
        arguments.next(),
        arguments.next(),
        arguments.next(),
    ) else {
        return Err(refused);
    };
    let is_plain = |value: &Value| matches!(value, Value::Scalar(_) | Value::Series(_));
    if !is_plain(&then) || !otherwise.as_ref().is_none_or(is_plain) {
        return Err(refused);
    }
    match condition {
        Value::Scalar(holds) if holds != 0.0 => Ok(then),
        Value::Scalar(_) => Ok(otherwise.unwrap_or_else(|| Value::Series(Series::default()))),
        Value::Series(condition) => {
            let at = |(minute, holds): (&i64, &f64)| {
                let chosen = if *holds == 0.0 {
                    otherwise.as_ref()?
                } else {
                    &then
                };
                let value = match chosen {
                    Value::Scalar(value) => *value,
                    Value::Series(series) => *series.points.get(minute)?,
                    Value::Array(_) | Value::Text(_) => return None,
                };
                Some((*minute, value))
            };
            Ok(Value::Series(
                condition.with(condition.points.iter().filter_map(at)),
            ))
        }
        Value::Array(_) | Value::Text(_) => Err(refused),
    }
}

fn edge(
    name: &'static str,
    arguments: Vec<Value>,
    pick: impl Fn(&[Series]) -> Option<Series>,
) -> Result<Value, MathError> {
    match <[Value; 1]>::try_from(arguments) {
        Ok([Value::Array(all)]) => Ok(Value::Series(pick(&all).unwrap_or_default())),
        _ => Err(MathError::Arguments(name)),
    }
}

/// `SLICE(array, from, to)`: one series with one index, an array with two.
fn slice(arguments: &[Value]) -> Result<Value, MathError> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "`as` saturates, and an array has no such index"
    )]
    let index = |value: f64| value as usize;
    match arguments {
        [Value::Array(all), Value::Scalar(at)] => {
            let one = all.get(index(*at)).cloned();
            Ok(Value::Series(one.unwrap_or_default()))
        }
        [Value::Array(all), Value::Scalar(from), Value::Scalar(to)] => {
            let some = all.iter().take(index(*to)).skip(index(*from));
            Ok(Value::Array(some.cloned().collect()))
        }
        _ => Err(MathError::Arguments("SLICE")),
    }
}

/// `SORT(array, AVG, DESC, 10)`
fn sort(arguments: &[Value]) -> Result<Value, MathError> {
    let refused = MathError::Arguments("SORT");
    let (all, function, order, most) = match arguments {
        [Value::Array(all), Value::Text(function), Value::Text(order)] => {
            (all, function, order, None)
        }
        [
            Value::Array(all),
            Value::Text(function),
            Value::Text(order),
            Value::Scalar(most),
        ] => (all, function, order, Some(*most)),
        _ => return Err(refused),
    };
    let by = Aggregate::named(function).filter(|by| !matches!(by, Aggregate::Deviation));
    let (Some(by), "ASC" | "DESC") = (by, order.as_str()) else {
        return Err(refused);
    };
    let key = |series: &Series| {
        let values: Vec<f64> = series.points.values().copied().collect();
        by.over(&values)
    };
    let mut sorted = all.clone();
    sorted.sort_by(|one, other| {
        let (one, other) = (key(one), key(other));
        // What has no values is last either way.
        let order_of_values = match order.as_str() {
            "ASC" => one.total_cmp(&other),
            _ => other.total_cmp(&one),
        };
        one.is_nan().cmp(&other.is_nan()).then(order_of_values)
    });
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "`as` saturates, and no array is longer"
    )]
    sorted.truncate(most.map_or(usize::MAX, |most| most as usize));
    Ok(Value::Array(sorted))
}
