//! Dates and times: `$now`, `$millis`, `$fromMillis`, `$toMillis`, with the pictures that one meets.

use std::fmt::Write as _;

use landline_wire::Timestamp;
use landline_wire::timestamp::Civil;

use super::super::Trouble;
use super::super::evaluate::{Evaluation, Found};
use super::super::item::Item;
use super::picture::ordinal;
use super::{Arguments, Entry, bounded};

pub(super) const ALL: &[Entry] = &[
    ("fromMillis", 1, 3, from_millis),
    ("millis", 0, 0, |evaluation, _| {
        Ok(Some(number(evaluation.now_millis)))
    }),
    ("now", 0, 2, now),
    ("toMillis", 1, 2, to_millis),
];

const DAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[expect(clippy::cast_precision_loss, reason = "exact for years to come")]
fn number(millis: i64) -> Item {
    Item::Number(millis as f64)
}

fn now(evaluation: &mut Evaluation, mut arguments: Arguments) -> Found {
    let picture = arguments.text(0)?;
    let zone = arguments.text(1)?;
    written(evaluation.now_millis, picture.as_deref(), zone.as_deref())
}

fn from_millis(_: &mut Evaluation, mut arguments: Arguments) -> Found {
    let Some(millis) = arguments.number(0)? else {
        return Ok(None);
    };
    let picture = arguments.text(1)?;
    let zone = arguments.text(2)?;
    #[expect(clippy::cast_possible_truncation, reason = "`as` saturates")]
    let millis = (millis as i64).clamp(-MILLIS_MAX, MILLIS_MAX);
    written(millis, picture.as_deref(), zone.as_deref())
}

/// As far as JavaScript's dates go.
const MILLIS_MAX: i64 = 8_640_000_000_000_000;

fn refused(picture: &str) -> Trouble {
    let text = format!("The date/time picture '{picture}' is not supported");
    Trouble::new("D3132", text)
}

fn written(millis: i64, picture: Option<&str>, zone: Option<&str>) -> Found {
    let offset = zone.map_or(Ok(0), offset_minutes)?;
    let local = Timestamp::from_millis(millis + offset * 60_000);
    let Some(picture) = picture else {
        let text = local.iso8601_millis();
        return bounded(match offset {
            0 => text,
            offset => format!("{}{}", text.trim_end_matches('Z'), offset_text(offset, ":")),
        });
    };
    let civil = local.civil();
    let mut text = String::new();
    let mut rest = picture;
    while let Some(at) = rest.find(['[', ']']) {
        text.push_str(&rest[..at]);
        let doubled = rest[at..].starts_with("[[") || rest[at..].starts_with("]]");
        if doubled {
            text.push_str(&rest[at..=at]);
            rest = &rest[at + 2..];
            continue;
        }
        let marker = rest[at..].strip_prefix('[');
        let Some((marker, after)) = marker.and_then(|it| it.split_once(']')) else {
            return Err(refused(picture));
        };
        component(marker, civil, offset, &mut text).ok_or_else(|| refused(picture))?;
        rest = after;
    }
    text.push_str(rest);
    bounded(text)
}

/// `+0100`, `+01:00`, `Z`
fn offset_minutes(zone: &str) -> Result<i64, Trouble> {
    let bad = || Trouble::new("D3134", format!("The timezone '{zone}' is not valid"));
    if zone == "Z" || zone == "UTC" {
        return Ok(0);
    }
    let digits = zone.get(1..).unwrap_or_default().replace(':', "");
    let part = |range: std::ops::Range<usize>| {
        let part = digits
            .get(range)
            .filter(|it| it.bytes().all(|b| b.is_ascii_digit()));
        part.and_then(|it| it.parse::<i64>().ok())
    };
    let minutes = part(0..2).ok_or_else(bad)? * 60 + part(2..4).unwrap_or_default();
    match zone.as_bytes().first() {
        Some(b'+') => Ok(minutes),
        Some(b'-') => Ok(-minutes),
        _ => Err(bad()),
    }
}

fn offset_text(minutes: i64, between: &str) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.abs();
    format!("{sign}{:02}{between}{:02}", minutes / 60, minutes % 60)
}

/// One marker, such as `Y0001`, `MNn` or `D1o`.
#[expect(clippy::too_many_lines, reason = "an arm for each kind of marker")]
fn component(marker: &str, civil: Civil, offset: i64, text: &mut String) -> Option<()> {
    let marker: String = marker.split_whitespace().collect();
    let mut letters = marker.chars();
    let kind = letters.next()?;
    let (form, width) = match letters.as_str().split_once(',') {
        Some((form, width)) => (form.to_owned(), Some(width.to_owned())),
        None => (letters.as_str().to_owned(), None),
    };
    let named = |name: &str| -> Option<String> {
        let short = width
            .as_deref()
            .and_then(|it| it.split('-').next_back()?.parse().ok());
        let name: String = name.chars().take(short.unwrap_or(usize::MAX)).collect();
        match form.as_str() {
            "Nn" => Some(name),
            "N" => Some(name.to_uppercase()),
            "n" => Some(name.to_lowercase()),
            _ => None,
        }
    };
    let twelve = match civil.hour % 12 {
        0 => 12,
        hour => hour,
    };
    let value = match kind {
        'Y' => i64::from(i32::try_from(civil.year).ok()?),
        'M' if form.starts_with(['N', 'n']) => {
            text.push_str(&named(MONTHS.get(usize::from(civil.month) - 1)?)?);
            return Some(());
        }
        'M' => civil.month.into(),
        'D' => civil.day.into(),
        'd' => day_of_year(civil),
        'F' if form.is_empty() || form.starts_with(['N', 'n']) => {
            let day = DAYS.get(usize::from(civil.weekday))?;
            let is_plain = form.is_empty();
            let name = if is_plain {
                day.to_lowercase()
            } else {
                named(day)?
            };
            text.push_str(&name);
            return Some(());
        }
        // Monday is the first day.
        'F' => match civil.weekday {
            0 => 7,
            day => day.into(),
        },
        'H' => civil.hour.into(),
        'h' => twelve.into(),
        'P' => {
            let half = if civil.hour < 12 { "am" } else { "pm" };
            let is_upper = form == "N";
            text.push_str(&if is_upper {
                half.to_uppercase()
            } else {
                half.to_owned()
            });
            return Some(());
        }
        'm' | 's' => {
            let value = if kind == 'm' {
                civil.minute
            } else {
                civil.second
            };
            write!(text, "{value:02}").ok()?;
            return Some(());
        }
        'f' => {
            let digits = format!("{:03}", civil.millisecond);
            let count = if form.is_empty() {
                1
            } else {
                form.len().min(3)
            };
            text.push_str(&digits[..count]);
            return Some(());
        }
        'Z' | 'z' => {
            let zone = match form.as_str() {
                "01:01t" | "0101t" if offset == 0 => "Z".to_owned(),
                "" | "01:01" | "01:01t" => offset_text(offset, ":"),
                "0101" | "0000" | "0101t" => offset_text(offset, ""),
                _ => return None,
            };
            let prefix = if kind == 'z' { "GMT" } else { "" };
            write!(text, "{prefix}{zone}").ok()?;
            return Some(());
        }
        _ => return None,
    };
    digits(kind, value, &form, width.as_deref(), text)
}

fn day_of_year(civil: Civil) -> i64 {
    let leap = i64::from(civil.year % 4 == 0 && (civil.year % 100 != 0 || civil.year % 400 == 0));
    let lengths = [31, 28 + leap, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let before: i64 = lengths.iter().take(usize::from(civil.month) - 1).sum();
    before + i64::from(civil.day)
}

fn digits(
    kind: char,
    value: i64,
    form: &str,
    width: Option<&str>,
    text: &mut String,
) -> Option<()> {
    let (form, is_ordinal) = match form.strip_suffix('o') {
        Some(form) => (form, true),
        None => (form, false),
    };
    if !form
        .chars()
        .all(|letter| letter == '#' || letter.is_ascii_digit())
    {
        return None;
    }
    let asked = width.and_then(|width| width.split('-').next()?.parse::<usize>().ok());
    let wide = asked.unwrap_or(form.len()).max(1);
    let mut written = format!("{value:0wide$}");
    // A year of two digits is its end.
    if kind == 'Y' && wide == 2 && written.len() > 2 {
        written = written.split_off(written.len() - 2);
    }
    text.push_str(&written);
    if is_ordinal {
        text.push_str(ordinal(value.unsigned_abs()));
    }
    Some(())
}

fn to_millis(_: &mut Evaluation, mut arguments: Arguments) -> Found {
    let Some(text) = arguments.text(0)? else {
        return Ok(None);
    };
    if let Some(picture) = arguments.text(1)? {
        return Ok(read(&text, &picture)?.map(number));
    }
    // A date alone is its first moment.
    let whole = match text.len() {
        4 => format!("{text}-01-01T00:00:00Z"),
        7 => format!("{text}-01T00:00:00Z"),
        10 => format!("{text}T00:00:00Z"),
        _ => text.to_string(),
    };
    let is_date = whole.as_bytes().get(4) == Some(&b'-');
    let Some(time) = Timestamp::parse(&whole).filter(|_| is_date) else {
        let text = format!("Unable to parse date/time string: {text}");
        return Err(Trouble::new("D3110", text));
    };
    Ok(Some(number(time.as_millis())))
}

/// Reads digits and names by a picture; nothing when the text does not fit it.
#[expect(clippy::too_many_lines, reason = "an arm for each kind of marker")]
fn read(text: &str, picture: &str) -> Result<Option<i64>, Trouble> {
    let (mut year, mut month, mut day, mut offset) = (1970, 1, 1, 0);
    let (mut hour, mut minute, mut second, mut millis) = (0, 0, 0, 0);
    let mut is_afternoon = None;
    let (mut rest, mut pattern) = (text, picture);
    while let Some(letter) = pattern.chars().next() {
        if letter != '[' {
            pattern = &pattern[letter.len_utf8()..];
            let Some(after) = rest.strip_prefix(letter) else {
                return Ok(None);
            };
            rest = after;
            continue;
        }
        let marker = pattern[1..].split_once(']');
        let (marker, after) = marker.ok_or_else(|| refused(picture))?;
        pattern = after;
        let is_named = marker.contains(['N', 'n']);
        let mut letters = marker.chars();
        let kind = letters.next().ok_or_else(|| refused(picture))?;
        if kind == 'M' && is_named {
            let name = take_letters(&mut rest).to_lowercase();
            let at = MONTHS.iter().position(|it| is_name(it, &name));
            let Some(at) = at else { return Ok(None) };
            month = i64::try_from(at).unwrap_or_default() + 1;
            continue;
        }
        match kind {
            'F' => drop(take_letters(&mut rest)),
            'P' => is_afternoon = Some(take_letters(&mut rest).eq_ignore_ascii_case("pm")),
            'Z' | 'z' => {
                let end = rest.find(|it: char| !(it.is_ascii_digit() || "+-:Z".contains(it)));
                let (zone, after) = rest.split_at(end.unwrap_or(rest.len()));
                offset = offset_minutes(zone)?;
                rest = after;
            }
            _ => {
                let place = match kind {
                    'Y' => &mut year,
                    'M' => &mut month,
                    'D' => &mut day,
                    'H' | 'h' => &mut hour,
                    'm' => &mut minute,
                    's' => &mut second,
                    'f' => &mut millis,
                    _ => return Err(refused(picture)),
                };
                let form = letters.as_str();
                // Digits that touch others are counted.
                let most = if pattern.starts_with('[') && form.len() > 1 {
                    form.len()
                } else {
                    18
                };
                let count = rest
                    .bytes()
                    .take(most)
                    .take_while(u8::is_ascii_digit)
                    .count();
                let Ok(value) = rest[..count].parse() else {
                    return Ok(None);
                };
                *place = value;
                rest = &rest[count..];
                if form.ends_with('o') {
                    rest = rest.trim_start_matches(|it: char| it.is_ascii_lowercase());
                }
            }
        }
    }
    if !rest.is_empty() {
        return Ok(None);
    }
    hour = match is_afternoon {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z");
    let time = Timestamp::parse(&text);
    Ok(time.map(|time| time.as_millis() + millis - offset * 60_000))
}

fn take_letters<'a>(rest: &mut &'a str) -> &'a str {
    let end = rest.find(|letter: char| !letter.is_alphabetic());
    let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
    *rest = after;
    word
}

/// Whether a word is a name, or its beginning of three letters.
fn is_name(name: &str, word: &str) -> bool {
    let name = name.to_lowercase();
    name == word || (word.len() == 3 && name.starts_with(word))
}
