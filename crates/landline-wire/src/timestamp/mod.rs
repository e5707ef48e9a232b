//! A point in time, in milliseconds, and the forms in which AWS writes it.

use std::fmt;

/// Milliseconds since 1970-01-01T00:00:00Z. May be negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(i64);

/// How a timestamp is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimestampFormat {
    /// `1801646142.107`: the default of JSON bodies.
    EpochSeconds,
    /// `2027-02-03T09:15:42Z`, with milliseconds only when there are any.
    Iso8601,
    /// `Wed, 03 Feb 2027 09:15:42 GMT`: the default of headers.
    HttpDate,
}

/// A timestamp taken apart, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Civil {
    /// The year, such as 2027.
    pub year: i64,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
    /// 0 to 999.
    pub millisecond: u16,
    /// 0 is Sunday.
    pub weekday: u8,
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const WEEKDAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MILLIS_PER_DAY: i64 = 86_400_000;

impl Timestamp {
    /// The point `millis` milliseconds after the epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// The point `seconds` seconds after the epoch, to the millisecond.
    pub fn from_epoch_seconds(seconds: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "`as` saturates")]
        Self((seconds * 1000.0).round() as i64)
    }

    /// Milliseconds since the epoch.
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since the epoch.
    pub const fn as_seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// Seconds since the epoch with their fraction.
    #[expect(clippy::cast_precision_loss, reason = "exact until the year 287396")]
    pub fn as_epoch_seconds(self) -> f64 {
        self.0 as f64 / 1000.0
    }

    /// The same point without its milliseconds, as control planes store dates.
    #[must_use]
    pub const fn truncate_to_seconds(self) -> Self {
        Self(self.as_seconds() * 1000)
    }

    /// The calendar date and the time of day, UTC.
    pub fn civil(self) -> Civil {
        let days = self.0.div_euclid(MILLIS_PER_DAY);
        let rest = self.0.rem_euclid(MILLIS_PER_DAY);
        let (year, month, day) = civil_from_days(days);
        let part = |value: i64| u8::try_from(value).unwrap_or_default();
        Civil {
            year,
            month,
            day,
            hour: part(rest / 3_600_000),
            minute: part(rest / 60_000 % 60),
            second: part(rest / 1000 % 60),
            millisecond: u16::try_from(rest % 1000).unwrap_or_default(),
            weekday: part((days + 4).rem_euclid(7)),
        }
    }

    /// Writes the timestamp in `format`.
    pub fn format(self, format: TimestampFormat) -> String {
        let c = self.civil();
        match format {
            TimestampFormat::EpochSeconds if self.0 % 1000 == 0 => self.as_seconds().to_string(),
            TimestampFormat::EpochSeconds => format!("{:.3}", self.as_epoch_seconds()),
            TimestampFormat::Iso8601 if c.millisecond == 0 => format!(
                "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
                c.year, c.month, c.day, c.hour, c.minute, c.second
            ),
            TimestampFormat::Iso8601 => self.iso8601_millis(),
            TimestampFormat::HttpDate => format!(
                "{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
                WEEKDAYS[usize::from(c.weekday)],
                c.day,
                MONTHS[usize::from(c.month) - 1],
                c.year,
                c.hour,
                c.minute,
                c.second
            ),
        }
    }

    /// `2027-02-03T09:15:42.107Z`, always with milliseconds.
    pub fn iso8601_millis(self) -> String {
        let c = self.civil();
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
            c.year, c.month, c.day, c.hour, c.minute, c.second, c.millisecond
        )
    }

    /// `20270203T091542Z`, the basic form, as signatures have it.
    pub fn iso8601_basic(self) -> String {
        let c = self.civil();
        format!(
            "{:04}{:02}{:02}T{:02}{:02}{:02}Z",
            c.year, c.month, c.day, c.hour, c.minute, c.second
        )
    }

    /// `03/Feb/2027:09:15:42 +0000`, the form of `requestTime` and access logs.
    pub fn common_log_format(self) -> String {
        let c = self.civil();
        format!(
            "{:02}/{}/{:04}:{:02}:{:02}:{:02} +0000",
            c.day,
            MONTHS[usize::from(c.month) - 1],
            c.year,
            c.hour,
            c.minute,
            c.second
        )
    }

    /// Reads an ISO 8601 date-time (`Z` or a numeric offset), an HTTP date, or
    /// epoch seconds: SDKs send each of them where text is due.
    pub fn parse(text: &str) -> Option<Self> {
        parse_iso8601(text)
            .or_else(|| parse_http_date(text))
            .or_else(|| {
                text.parse::<f64>()
                    .ok()
                    .filter(|s| s.is_finite())
                    .map(Self::from_epoch_seconds)
            })
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iso8601_millis())
    }
}

/// Days since the epoch to year, month, day, in the proleptic Gregorian calendar.
/// Eras of 400 years make the leap rule regular; years start in March so that the
/// leap day is the last of its year.
fn civil_from_days(days: i64) -> (i64, u8, u8) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (
        year,
        u8::try_from(month).unwrap_or(1),
        u8::try_from(day).unwrap_or(1),
    )
}

/// The inverse of [`civil_from_days`].
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

fn from_parts(date: [i64; 3], time: [i64; 3], millis: i64) -> Option<Timestamp> {
    let [year, month, day] = date;
    let [hour, minute, second] = time;
    let in_range = (0..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && (0..24).contains(&hour)
        && (0..60).contains(&minute)
        && (0..=60).contains(&second);
    let seconds = days_from_civil(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
    in_range.then_some(Timestamp(seconds * 1000 + millis))
}

fn digits(text: &str, range: std::ops::Range<usize>) -> Option<i64> {
    let part = text.get(range)?;
    part.bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| part.parse().ok())?
}

fn parse_iso8601(text: &str) -> Option<Timestamp> {
    let bytes = text.as_bytes();
    let separators = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    if separators
        .iter()
        .any(|&(at, byte)| bytes.get(at) != Some(&byte))
    {
        return None;
    }
    let date = [
        digits(text, 0..4)?,
        digits(text, 5..7)?,
        digits(text, 8..10)?,
    ];
    let time = [
        digits(text, 11..13)?,
        digits(text, 14..16)?,
        digits(text, 17..19)?,
    ];
    let mut rest = text.get(19..)?;
    let mut millis = 0;
    if let Some(fraction) = rest.strip_prefix('.') {
        let length = fraction.bytes().take_while(u8::is_ascii_digit).count();
        let padded = format!("{:0<3}", fraction.get(..length.min(3))?);
        millis = padded.parse().ok()?;
        rest = fraction.get(length..)?;
    }
    let offset_minutes = match rest.as_bytes() {
        b"Z" | b"z" | b"" => 0,
        [sign @ (b'+' | b'-'), ..] => {
            let clock = rest.get(1..)?.replace(':', "");
            let minutes = digits(&clock, 0..2)? * 60 + digits(&clock, 2..4).unwrap_or(0);
            if *sign == b'+' { minutes } else { -minutes }
        }
        _ => return None,
    };
    from_parts(date, time, millis).map(|t| Timestamp(t.0 - offset_minutes * 60_000))
}

fn parse_http_date(text: &str) -> Option<Timestamp> {
    let rest = text
        .get(5..)
        .filter(|_| text.as_bytes().get(3) == Some(&b','))?;
    let month_name = rest.get(3..6)?;
    let month = MONTHS.iter().position(|m| *m == month_name)? + 1;
    let date = [
        digits(rest, 7..11)?,
        i64::try_from(month).ok()?,
        digits(rest, 0..2)?,
    ];
    let time = [
        digits(rest, 12..14)?,
        digits(rest, 15..17)?,
        digits(rest, 18..20)?,
    ];
    from_parts(date, time, 0)
}

#[cfg(test)]
mod tests;
