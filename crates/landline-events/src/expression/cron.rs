//! `minutes hours day-of-month month day-of-week year`, as AWS reads it: one of the two days is `?`.

use landline_wire::Timestamp;

use super::{NotAnExpression, Wall};

/// The six fields.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cron {
    minutes: Set,
    hours: Set,
    days: Days,
    months: Set,
    years: Set,
}

/// Numbers, a bit each; years count from 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Set([u64; 4]);

/// Which days of a month.
#[derive(Debug, Clone, PartialEq)]
enum Days {
    OfMonth(Set),
    /// `L`
    Last,
    /// `15W`: the weekday nearest to it; `LW`: the last one.
    Weekday(Option<i64>),
    /// 0 is Sunday.
    OfWeek(Set),
    /// `6L`: the last Friday.
    LastOfWeek(i64),
    /// `3#2`: the second Tuesday.
    NthOfWeek(i64, i64),
}

impl Set {
    fn insert(&mut self, number: i64) {
        if let Ok(number @ 0..=255) = usize::try_from(number) {
            self.0[number / 64] |= 1 << (number % 64);
        }
    }

    fn contains(&self, number: i64) -> bool {
        match usize::try_from(number) {
            Ok(number @ 0..=255) => self.0[number / 64] & (1 << (number % 64)) != 0,
            _ => false,
        }
    }
}

/// What a field may hold.
struct Field {
    least: i64,
    most: i64,
    names: &'static [&'static str],
}

const MINUTES: Field = Field {
    least: 0,
    most: 59,
    names: &[],
};
const HOURS: Field = Field {
    least: 0,
    most: 23,
    names: &[],
};
const DAYS_OF_MONTH: Field = Field {
    least: 1,
    most: 31,
    names: &[],
};
const MONTHS: Field = Field {
    least: 1,
    most: 12,
    names: &[
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
    ],
};
const DAYS_OF_WEEK: Field = Field {
    least: 1,
    most: 7,
    names: &["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
};
const YEARS: Field = Field {
    least: 1970,
    most: 2199,
    names: &[],
};

impl Field {
    /// Numbers, names, ranges, steps and lists of these.
    fn parse(&self, text: &str) -> Result<Set, NotAnExpression> {
        let mut set = Set([0; 4]);
        for part in text.split(',') {
            let (range, step) = match part.split_once('/') {
                Some((range, step)) => (range, number(step)?),
                None => (part, 1),
            };
            let (least, most) = match range.split_once('-') {
                _ if range == "*" => (self.least, self.most),
                Some((least, most)) => (self.one(least)?, self.one(most)?),
                // A start alone goes on to the end, where there is a step.
                None if part.contains('/') => (self.one(range)?, self.most),
                None => (self.one(range)?, self.one(range)?),
            };
            if step < 1 {
                return Err(NotAnExpression);
            }
            let offset = if self.least == YEARS.least { 1970 } else { 0 };
            let mut value = least;
            loop {
                if least <= most && value > most {
                    break;
                }
                // `FRI-MON` goes over the end.
                if least > most && value > most + (self.most - self.least + 1) {
                    break;
                }
                let width = self.most - self.least + 1;
                set.insert((value - self.least).rem_euclid(width) + self.least - offset);
                value += step;
            }
        }
        Ok(set)
    }

    fn one(&self, text: &str) -> Result<i64, NotAnExpression> {
        let named = self
            .names
            .iter()
            .position(|name| name.eq_ignore_ascii_case(text));
        let value = match named {
            Some(at) => self.least + i64::try_from(at).unwrap_or_default(),
            None => number(text)?,
        };
        let is_in_range = (self.least..=self.most).contains(&value);
        is_in_range.then_some(value).ok_or(NotAnExpression)
    }
}

fn number(text: &str) -> Result<i64, NotAnExpression> {
    let is_number = !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    is_number
        .then(|| text.parse().ok())
        .flatten()
        .ok_or(NotAnExpression)
}

impl Days {
    fn parse(of_month: &str, of_week: &str) -> Result<Self, NotAnExpression> {
        match (of_month, of_week) {
            ("?", "?") => Err(NotAnExpression),
            (of_month, "?") => Self::of_month(of_month),
            ("?", of_week) => Self::of_week(of_week),
            _ => Err(NotAnExpression),
        }
    }

    fn of_month(text: &str) -> Result<Self, NotAnExpression> {
        match text {
            "L" => Ok(Self::Last),
            "LW" => Ok(Self::Weekday(None)),
            _ => match text.strip_suffix('W') {
                Some(day) => Ok(Self::Weekday(Some(DAYS_OF_MONTH.one(day)?))),
                None => DAYS_OF_MONTH.parse(text).map(Self::OfMonth),
            },
        }
    }

    fn of_week(text: &str) -> Result<Self, NotAnExpression> {
        if let Some((day, nth)) = text.split_once('#') {
            let nth = number(nth)?;
            let is_there = (1..=5).contains(&nth);
            let day = DAYS_OF_WEEK.one(day)? - 1;
            return is_there
                .then_some(Self::NthOfWeek(day, nth))
                .ok_or(NotAnExpression);
        }
        if text == "L" {
            return Ok(Self::LastOfWeek(6));
        }
        match text
            .strip_suffix('L')
            .filter(|day| DAYS_OF_WEEK.one(day).is_ok())
        {
            Some(day) => Ok(Self::LastOfWeek(DAYS_OF_WEEK.one(day)? - 1)),
            None => DAYS_OF_WEEK.parse(text).map(Self::OfWeek),
        }
    }

    /// Whether a day is one of them. `length` is the month's, `first` the weekday of its first day.
    fn contain(&self, day: i64, length: i64, first: i64) -> bool {
        let weekday = (first + day - 1).rem_euclid(7);
        match self {
            Self::OfMonth(set) => set.contains(day),
            Self::Last => day == length,
            Self::Weekday(wanted) => day == nearest_weekday(*wanted, length, first),
            // Days of the week count from 1 in expressions.
            Self::OfWeek(set) => set.contains(weekday + 1),
            Self::LastOfWeek(wanted) => weekday == *wanted && day + 7 > length,
            Self::NthOfWeek(wanted, nth) => weekday == *wanted && (day - 1) / 7 + 1 == *nth,
        }
    }
}

/// The weekday nearest to a day, in the same month.
fn nearest_weekday(wanted: Option<i64>, length: i64, first: i64) -> i64 {
    let day = wanted.unwrap_or(length).min(length);
    let weekday = (first + day - 1).rem_euclid(7);
    match weekday {
        // Saturday, Sunday.
        6 if day > 1 => day - 1,
        6 => day + 2,
        0 if day < length => day + 1,
        0 => day - 2,
        _ => day,
    }
}

impl Cron {
    pub(crate) fn parse(text: &str) -> Result<Self, NotAnExpression> {
        let fields: Vec<&str> = text.split_ascii_whitespace().collect();
        let [minutes, hours, of_month, months, of_week, years] = fields.as_slice() else {
            return Err(NotAnExpression);
        };
        Ok(Self {
            minutes: MINUTES.parse(minutes)?,
            hours: HOURS.parse(hours)?,
            days: Days::parse(of_month, of_week)?,
            months: MONTHS.parse(months)?,
            years: YEARS.parse(years)?,
        })
    }

    /// The first minute after `after` that all fields have.
    pub(crate) fn next(&self, after: Timestamp, wall: &dyn Wall) -> Option<Timestamp> {
        let start = wall.shown_at(after).as_millis().div_euclid(MINUTE) * MINUTE;
        let start = Timestamp::from_millis(start);
        let civil = start.civil();
        let (mut year, mut month) = (civil.year, i64::from(civil.month));
        // The rest of this month, then whole months: 230 years have 2760.
        for _ in 0..MONTHS_MAX {
            if year > YEARS.most {
                return None;
            }
            if self.years.contains(year - 1970) && self.months.contains(month) {
                let found = self.next_in_month(year, month, start, after, wall);
                if found.is_some() {
                    return found;
                }
            }
            month += 1;
            if month > 12 {
                month = 1;
                year += 1;
            }
        }
        None
    }

    fn next_in_month(
        &self,
        year: i64,
        month: i64,
        start: Timestamp,
        after: Timestamp,
        wall: &dyn Wall,
    ) -> Option<Timestamp> {
        let midnight =
            |day: i64| Timestamp::parse(&format!("{year:04}-{month:02}-{day:02}T00:00:00"));
        let first = midnight(1)?;
        let length = length_of_month(year, month);
        let weekday = i64::from(first.civil().weekday);
        for day in 1..=length {
            if !self.days.contain(day, length, weekday) {
                continue;
            }
            let midnight = midnight(day)?.as_millis();
            if midnight + 24 * 60 * MINUTE <= start.as_millis() {
                continue;
            }
            for minute in 0..24 * 60 {
                let shown = midnight + minute * MINUTE;
                if shown < start.as_millis()
                    || !self.hours.contains(minute / 60)
                    || !self.minutes.contains(minute % 60)
                {
                    continue;
                }
                let time = wall.utc_of(Timestamp::from_millis(shown));
                if let Some(time) = time.filter(|time| *time > after) {
                    return Some(time);
                }
            }
        }
        None
    }
}

fn length_of_month(year: i64, month: i64) -> i64 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

const MINUTE: i64 = 60_000;
const MONTHS_MAX: usize = 230 * 12;
