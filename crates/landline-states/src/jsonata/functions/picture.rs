//! Numbers by pictures: `$formatNumber`, `$formatInteger`, `$parseInteger`, and `$formatBase`.
//!
//! Of the pictures of `XPath` those are there that one meets: digits with groups and decimals, percentages, a second
//! picture for negative numbers; whole numbers also as letters and in Roman.

use super::super::Trouble;
use super::super::evaluate::Found;
use super::super::item::Item;
use super::number::rounded;
use super::{Arguments, bounded};

fn refused(picture: &str) -> Trouble {
    Trouble::new("D3090", format!("The picture '{picture}' is not supported"))
}

pub(super) fn format_base(mut arguments: Arguments) -> Found {
    let Some(number) = arguments.number(0)? else {
        return Ok(None);
    };
    let radix = arguments.number(1)?.unwrap_or(10.0);
    if !(2.0..=36.0).contains(&radix) {
        let text = "The radix of the formatBase function must be between 2 and 36";
        return Err(Trouble::new("D3100", text));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "2 to 36; `as` saturates"
    )]
    let (radix, mut rest) = (radix as u64, number.round().abs() as u64);
    let mut digits = Vec::new();
    loop {
        let digit = u32::try_from(rest % radix).unwrap_or_default();
        digits.extend(char::from_digit(digit, 36));
        rest /= radix;
        if rest == 0 {
            break;
        }
    }
    if number <= -0.5 {
        digits.push('-');
    }
    bounded(digits.iter().rev().collect())
}

/// What a picture says of one sign of numbers.
struct Picture<'a> {
    prefix: &'a str,
    suffix: &'a str,
    least_whole: usize,
    least_fraction: usize,
    most_fraction: usize,
    /// How many digits stand to the right of each mark between groups.
    groups: Vec<usize>,
}

fn read(picture: &str) -> Result<Picture<'_>, Trouble> {
    let is_active = |letter: char| letter.is_ascii_digit() || matches!(letter, '#' | '.' | ',');
    let Some(start) = picture.find(is_active) else {
        return Err(refused(picture));
    };
    let end = picture.rfind(is_active).map_or(start, |end| end + 1);
    let active = &picture[start..end];
    if active.chars().any(|letter| !is_active(letter)) {
        return Err(refused(picture));
    }
    let (whole, fraction) = active.split_once('.').unwrap_or((active, ""));
    if fraction.contains(['.', ',']) {
        return Err(refused(picture));
    }
    // Any digit stands for one that is always there.
    let zeros = |part: &str| part.bytes().filter(u8::is_ascii_digit).count();
    let marks = whole.char_indices().filter(|(_, letter)| *letter == ',');
    let groups = marks.map(|(at, _)| {
        whole[at..]
            .matches(|it| it == '#' || char::is_ascii_digit(&it))
            .count()
    });
    Ok(Picture {
        prefix: &picture[..start],
        suffix: &picture[end..],
        least_whole: zeros(whole),
        least_fraction: zeros(fraction),
        most_fraction: fraction.len(),
        groups: groups.collect(),
    })
}

pub(super) fn format_number(mut arguments: Arguments) -> Found {
    let Some(number) = arguments.number(0)? else {
        return Ok(None);
    };
    let Some(picture) = arguments.text(1)? else {
        return Ok(None);
    };
    if arguments.get(2).is_some() {
        let text = "Landline knows no options of $formatNumber";
        return Err(Trouble::new("D3090", text));
    }
    let (positive, negative) = match picture.split_once(';') {
        Some((positive, negative)) => (positive, Some(negative)),
        None => (&*picture, None),
    };
    let mut sign = "";
    let chosen = match negative {
        Some(negative) if number < 0.0 => negative,
        _ => {
            if number < 0.0 {
                sign = "-";
            }
            positive
        }
    };
    let picture = read(chosen)?;
    let has = |mark: char| picture.prefix.contains(mark) || picture.suffix.contains(mark);
    let factor = if has('%') {
        100.0
    } else if has('‰') {
        1000.0
    } else {
        1.0
    };
    let digits = digits(number.abs() * factor, &picture);
    bounded(format!(
        "{sign}{}{digits}{}",
        picture.prefix, picture.suffix
    ))
}

fn digits(number: f64, picture: &Picture<'_>) -> String {
    let places = picture.most_fraction.min(50);
    let precision = f64::from(u32::try_from(places).unwrap_or_default());
    let text = format!("{:.places$}", rounded(number, precision));
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let whole = whole.trim_start_matches('0');
    let whole = format!("{whole:0>width$}", width = picture.least_whole);
    let whole = grouped(&whole, &picture.groups);
    let mut fraction = fraction;
    while fraction.len() > picture.least_fraction && fraction.ends_with('0') {
        fraction = &fraction[..fraction.len() - 1];
    }
    if fraction.is_empty() {
        return whole;
    }
    format!("{whole}.{fraction}")
}

/// Puts marks between groups; one size, or the same one over and over, goes on.
fn grouped(whole: &str, groups: &[usize]) -> String {
    let Some(first) = groups.last().copied().filter(|size| *size > 0) else {
        return whole.to_owned();
    };
    let is_regular = groups
        .iter()
        .rev()
        .enumerate()
        .all(|(at, it)| *it == first * (at + 1));
    let count = whole.len();
    let mut text = String::new();
    for (at, digit) in whole.chars().enumerate() {
        let right = count - at;
        let is_mark = if is_regular {
            right.is_multiple_of(first)
        } else {
            groups.contains(&right)
        };
        if at > 0 && is_mark {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

const ROMAN: [(u32, &str); 13] = [
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

fn roman(mut number: u32) -> String {
    let mut text = String::new();
    for (value, letters) in ROMAN {
        while number >= value {
            text.push_str(letters);
            number -= value;
        }
    }
    text
}

/// `a`, `b`, …, `z`, `aa`, …
fn letters(mut number: u32) -> String {
    let mut text = Vec::new();
    while number > 0 {
        number -= 1;
        text.push(b'a' + u8::try_from(number % 26).unwrap_or_default());
        number /= 26;
    }
    text.iter().rev().map(|byte| char::from(*byte)).collect()
}

pub(super) fn ordinal(number: u64) -> &'static str {
    match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

pub(super) fn format_integer(mut arguments: Arguments) -> Found {
    let (Some(number), Some(picture)) = (arguments.number(0)?, arguments.text(1)?) else {
        return Ok(None);
    };
    let number = number.floor();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "`as` saturates"
    )]
    let whole = number.abs() as u64;
    let small = u32::try_from(whole).ok().filter(|it| *it < 1_000_000);
    let text = match (&*picture, small) {
        ("i", Some(small)) => roman(small),
        ("I", Some(small)) => roman(small).to_uppercase(),
        ("a", Some(small)) => letters(small),
        ("A", Some(small)) => letters(small).to_uppercase(),
        _ => {
            let (digits_of, suffix) = match picture.strip_suffix(";o") {
                Some(digits_of) => (digits_of, ordinal(whole)),
                None => (&*picture, ""),
            };
            let read = read(digits_of)?;
            format!("{}{suffix}", digits(number.abs(), &read))
        }
    };
    bounded(if number < 0.0 {
        format!("-{text}")
    } else {
        text
    })
}

pub(super) fn parse_integer(mut arguments: Arguments) -> Found {
    let (Some(text), Some(picture)) = (arguments.text(0)?, arguments.text(1)?) else {
        return Ok(None);
    };
    let number = match &*picture {
        "i" | "I" => {
            let mut rest = text.to_lowercase();
            let mut number = 0_u32;
            for (value, letters) in ROMAN {
                while let Some(after) = rest.strip_prefix(letters) {
                    number = number.saturating_add(value);
                    rest = after.to_owned();
                }
            }
            rest.is_empty().then(|| f64::from(number))
        }
        "a" | "A" => text.to_lowercase().bytes().try_fold(0.0, |number, byte| {
            let digit = byte.checked_sub(b'a').filter(|digit| *digit < 26)?;
            Some(number * 26.0 + f64::from(digit) + 1.0)
        }),
        picture => {
            read(picture)?;
            text.replace(',', "").parse::<i64>().ok().map(|it| {
                #[expect(clippy::cast_precision_loss, reason = "as numbers are here")]
                let number = it as f64;
                number
            })
        }
    };
    Ok(number.map(Item::Number))
}
