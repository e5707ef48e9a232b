//! What clocks show elsewhere: time zones by name, with their summer times. Pure.
//!
//! Schedules are about times to come, so that the last rule of each zone is all that it takes; `zones.txt` has them.

use landline_wire::Timestamp;

use crate::expression::Wall;

/// A time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Zone {
    /// Seconds to add to UTC in winter.
    standard: i64,
    summer: Option<Summer>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Summer {
    /// Seconds to add to UTC.
    offset: i64,
    start: Change,
    end: Change,
}

/// `M3.5.0/2`: the fifth, that is the last, Sunday of March, at two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Change {
    month: i64,
    week: i64,
    weekday: i64,
    /// Seconds since midnight; some are before it, some after the next.
    time: i64,
}

impl Zone {
    /// The zone of this name; `None` when there is none.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let mut rule = "";
        for line in include_str!("zones.txt").lines() {
            match line.strip_prefix("  ") {
                Some(names) if names.split(' ').any(|it| it == name) => return Self::parse(rule),
                Some(_) => {}
                None => rule = line,
            }
        }
        None
    }

    /// Reads `CET-1CEST,M3.5.0,M10.5.0/3`.
    fn parse(rule: &str) -> Option<Self> {
        let mut parts = rule.split(',');
        let names = parts.next()?;
        let (standard, rest) = offset(skip_name(names)?)?;
        let summer = match (parts.next(), parts.next()) {
            (Some(start), Some(end)) => {
                let (given, _) = match skip_name(rest)? {
                    "" => (standard + 3600, ""),
                    text => offset(text)?,
                };
                Some(Summer {
                    offset: given,
                    start: Change::parse(start)?,
                    end: Change::parse(end)?,
                })
            }
            _ => None,
        };
        Some(Self { standard, summer })
    }

    /// Seconds to add to UTC at a point in time.
    fn offset_at(&self, time: Timestamp) -> i64 {
        let Some(summer) = &self.summer else {
            return self.standard;
        };
        let year = time.civil().year;
        let start = summer.start.in_year(year) - self.standard;
        let end = summer.end.in_year(year) - summer.offset;
        let now = time.as_seconds();
        let is_summer = if start < end {
            (start..end).contains(&now)
        } else {
            // South of the equator summer goes over the turn of the year.
            !(end..start).contains(&now)
        };
        if is_summer {
            summer.offset
        } else {
            self.standard
        }
    }
}

impl Wall for Zone {
    fn shown_at(&self, time: Timestamp) -> Timestamp {
        Timestamp::from_millis(time.as_millis() + self.offset_at(time) * 1000)
    }

    fn utc_of(&self, shown: Timestamp) -> Option<Timestamp> {
        let offsets = [
            self.summer.map_or(self.standard, |summer| summer.offset),
            self.standard,
        ];
        // The larger offset is the earlier time, which is the first of two when clocks are put back.
        let mut times = offsets.map(|offset| shown.as_millis() - offset * 1000);
        times.sort_unstable();
        let mut times = times.into_iter().map(Timestamp::from_millis);
        times.find(|time| self.shown_at(*time) == shown)
    }
}

/// What follows `CET` or `<+03>`.
fn skip_name(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix('<') {
        return Some(rest.split_once('>')?.1);
    }
    Some(text.trim_start_matches(|letter: char| letter.is_ascii_alphabetic()))
}

/// `-1`, `5:30`: hours to add for UTC, the other way around than everywhere else.
fn offset(text: &str) -> Option<(i64, &str)> {
    let is_of = |letter: char| letter.is_ascii_digit() || "+-:".contains(letter);
    let end = text.find(|letter| !is_of(letter)).unwrap_or(text.len());
    Some((-clock(&text[..end])?, &text[end..]))
}

/// `[-]hours[:minutes[:seconds]]`, in seconds.
fn clock(text: &str) -> Option<i64> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let mut seconds = 0;
    let mut unit = 3600;
    for part in text.split(':') {
        seconds += part.parse::<i64>().ok()? * unit;
        unit /= 60;
    }
    Some(sign * seconds)
}

impl Change {
    fn parse(text: &str) -> Option<Self> {
        let (date, time) = text.split_once('/').unwrap_or((text, "2"));
        let mut parts = date.strip_prefix('M')?.split('.').map(str::parse);
        let mut next = || parts.next()?.ok();
        Some(Self {
            month: next()?,
            week: next()?,
            weekday: next()?,
            time: clock(time)?,
        })
    }

    /// Seconds since the epoch, as the clock shows them before the change.
    fn in_year(&self, year: i64) -> i64 {
        let first = Timestamp::parse(&format!("{year:04}-{:02}-01T00:00:00", self.month));
        let first = first.unwrap_or_default();
        let weekday = i64::from(first.civil().weekday);
        let mut day = (self.weekday - weekday).rem_euclid(7) + 7 * (self.week - 1);
        let month = |day: i64| {
            let millis = first.as_millis() + day * DAY * 1000;
            i64::from(Timestamp::from_millis(millis).civil().month)
        };
        // The fifth is the last, which may be the fourth.
        while month(day) != self.month && day >= 7 {
            day -= 7;
        }
        first.as_seconds() + day * DAY + self.time
    }
}

const DAY: i64 = 86_400;

#[cfg(test)]
mod tests {
    use super::*;

    /// What a clock shows in a zone at a time, and back again.
    #[track_caller]
    fn check(zone: &str, utc: &str, shown: &str) {
        let zone = Zone::named(zone).unwrap();
        let (utc, shown) = (
            Timestamp::parse(utc).unwrap(),
            Timestamp::parse(shown).unwrap(),
        );
        assert_eq!(zone.shown_at(utc), shown);
        assert_eq!(zone.utc_of(shown), Some(utc));
    }

    #[test]
    fn clocks_are_put_forward_and_back() {
        check(
            "Europe/Berlin",
            "2027-02-03T09:00:00Z",
            "2027-02-03T10:00:00",
        );
        check(
            "Europe/Berlin",
            "2027-07-03T09:00:00Z",
            "2027-07-03T11:00:00",
        );
        // The last Sunday of March 2027 is the 28th.
        check(
            "Europe/Berlin",
            "2027-03-28T00:59:59Z",
            "2027-03-28T01:59:59",
        );
        check(
            "Europe/Berlin",
            "2027-03-28T01:00:00Z",
            "2027-03-28T03:00:00",
        );
        check(
            "America/New_York",
            "2027-03-14T07:00:00Z",
            "2027-03-14T03:00:00",
        );
        check(
            "Australia/Sydney",
            "2027-01-01T00:00:00Z",
            "2027-01-01T11:00:00",
        );
        check(
            "Australia/Sydney",
            "2027-07-01T00:00:00Z",
            "2027-07-01T10:00:00",
        );
        check(
            "Asia/Kolkata",
            "2027-07-01T00:00:00Z",
            "2027-07-01T05:30:00",
        );
        check("UTC", "2027-07-01T00:00:00Z", "2027-07-01T00:00:00");
    }

    #[test]
    fn an_hour_is_left_out_in_spring_and_comes_twice_in_autumn() {
        let zone = Zone::named("Europe/Berlin").unwrap();
        let utc = |text: &str| zone.utc_of(Timestamp::parse(text).unwrap());
        assert_eq!(utc("2027-03-28T02:30:00"), None);
        assert_eq!(
            utc("2027-10-31T02:30:00"),
            Timestamp::parse("2027-10-31T00:30:00Z")
        );
    }

    #[test]
    fn every_rule_of_the_table_is_read() {
        let lines = include_str!("zones.txt").lines();
        let mut rules = lines.filter(|line| !line.starts_with([' ', '#']));
        assert!(rules.all(|rule| Zone::parse(rule).is_some()));
        assert_eq!(Zone::named("Atlantis/Capital"), None);
        assert_eq!(Zone::named(""), None);
    }
}
