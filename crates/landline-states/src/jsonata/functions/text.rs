//! Functions of texts.

use std::rc::Rc;

use regex::{Captures, Regex};
use serde_json::Value;

use super::super::Trouble;
use super::super::evaluate::{Evaluation, Found};
use super::super::item::{Function, Item, Object};
use super::{Arguments, Entry, bounded, picture};

pub(super) const ALL: &[Entry] = &[
    ("contains", 2, 2, contains),
    ("formatBase", 1, 2, |_, arguments| {
        picture::format_base(arguments)
    }),
    ("formatInteger", 2, 2, |_, arguments| {
        picture::format_integer(arguments)
    }),
    ("formatNumber", 2, 3, |_, arguments| {
        picture::format_number(arguments)
    }),
    ("parseInteger", 2, 2, |_, arguments| {
        picture::parse_integer(arguments)
    }),
    ("join", 1, 2, join),
    ("length", 1, 1, length),
    ("lowercase", 1, 1, |_, arguments| {
        mapped(arguments, str::to_lowercase)
    }),
    ("match", 2, 3, matches),
    ("pad", 2, 3, pad),
    ("parse", 1, 1, parse),
    ("replace", 3, 4, replace),
    ("split", 2, 3, split),
    ("string", 1, 2, string),
    ("substring", 2, 3, substring),
    ("substringAfter", 2, 2, |_, arguments| {
        side(arguments, Side::After)
    }),
    ("substringBefore", 2, 2, |_, arguments| {
        side(arguments, Side::Before)
    }),
    ("trim", 1, 1, |_, arguments| {
        mapped(arguments, |text| {
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        })
    }),
    ("uppercase", 1, 1, |_, arguments| {
        mapped(arguments, str::to_uppercase)
    }),
];

fn mapped(mut arguments: Arguments, change: impl Fn(&str) -> String) -> Found {
    match arguments.text(0)? {
        None => Ok(None),
        Some(text) => bounded(change(&text)),
    }
}

/// The value as text: itself, or JSON.
pub(in super::super) fn text_of(item: &Item) -> Result<String, Trouble> {
    match item {
        Item::Text(text) => Ok(text.to_string()),
        Item::Function(_) => Ok(String::new()),
        Item::Number(number) if !number.is_finite() => Err(Trouble::new(
            "D3001",
            "Attempting to invoke string function on Infinity or NaN",
        )),
        Item::Number(number) => Ok(number_text(*number)),
        other => Ok(written(&other.to_json()?).to_string()),
    }
}

/// JSON with numbers as JSONata writes them.
fn written(value: &Value) -> Value {
    match value {
        Value::Number(number) => {
            let number = number.as_f64().unwrap_or_default();
            serde_json::from_str(&number_text(number)).unwrap_or(Value::Null)
        }
        Value::Array(items) => items.iter().map(written).collect(),
        Value::Object(members) => {
            let members = members.iter();
            Value::Object(
                members
                    .map(|(key, it)| (key.clone(), written(it)))
                    .collect(),
            )
        }
        other => other.clone(),
    }
}

/// A number as JavaScript writes it, with 15 digits at most.
pub(super) fn number_text(number: f64) -> String {
    if number == 0.0 {
        return "0".to_owned();
    }
    let rounded: f64 = if number.fract() == 0.0 && number.abs() < 1e21 {
        number
    } else {
        format!("{number:.14e}").parse().unwrap_or(number)
    };
    if (1e-6..1e21).contains(&rounded.abs()) {
        return format!("{rounded}");
    }
    let text = format!("{rounded:e}");
    match text.split_once('e') {
        Some((digits, exponent)) if !exponent.starts_with('-') => format!("{digits}e+{exponent}"),
        _ => text,
    }
}

fn string(_: &mut Evaluation, mut arguments: Arguments) -> Found {
    let Some(value) = arguments.get(0) else {
        return Ok(None);
    };
    let is_pretty = arguments.get(1).is_some_and(|it| it.is_true());
    match (&value, is_pretty) {
        (Item::List(_) | Item::Object(_), true) => {
            let json = written(&value.to_json()?);
            bounded(serde_json::to_string_pretty(&json).unwrap_or_default())
        }
        _ => bounded(text_of(&value)?),
    }
}

fn parse(_: &mut Evaluation, mut arguments: Arguments) -> Found {
    let Some(text) = arguments.text(0)? else {
        return Ok(None);
    };
    let value: Result<Value, _> = serde_json::from_str(&text);
    match value {
        Ok(value) => Ok(Some(Item::of(&value))),
        Err(error) => Err(Trouble::new("D3121", format!("Invalid JSON: {error}"))),
    }
}

#[expect(clippy::cast_precision_loss, reason = "texts are short")]
fn length(_: &mut Evaluation, mut arguments: Arguments) -> Found {
    let text = arguments.text(0)?;
    Ok(text.map(|text| Item::Number(text.chars().count() as f64)))
}

/// A whole number as an index from either end.
#[expect(clippy::cast_possible_truncation, reason = "`as` saturates")]
fn whole(number: f64) -> i64 {
    number as i64
}

fn substring(_: &mut Evaluation, mut arguments: Arguments) -> Found {
    let (Some(text), Some(start)) = (arguments.text(0)?, arguments.number(1)?) else {
        return Ok(None);
    };
    let length = arguments.number(2)?;
    let letters: Vec<char> = text.chars().collect();
    let count = i64::try_from(letters.len()).unwrap_or(i64::MAX);
    let mut start = whole(start);
    if start < 0 {
        start = (start + count).max(0);
    }
    let end = match length {
        Some(length) if length <= 0.0 => start,
        Some(length) => start.saturating_add(whole(length)),
        None => count,
    };
    let at = |index: i64| usize::try_from(index.clamp(0, count)).unwrap_or_default();
    let (start, end) = (at(start), at(end));
    let part = letters.get(start..end.max(start)).unwrap_or_default();
    bounded(part.iter().collect())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

fn side(mut arguments: Arguments, side: Side) -> Found {
    let (Some(text), Some(mark)) = (arguments.text(0)?, arguments.text(1)?) else {
        return Ok(None);
    };
    let part = match text.split_once(&*mark) {
        None => &*text,
        Some((before, _)) if side == Side::Before => before,
        Some((_, after)) => after,
    };
    bounded(part.to_owned())
}

fn pad(_: &mut Evaluation, mut arguments: Arguments) -> Found {
    let (Some(text), Some(width)) = (arguments.text(0)?, arguments.number(1)?) else {
        return Ok(None);
    };
    let filler = arguments.text(2)?.filter(|filler| !filler.is_empty());
    let filler: Vec<char> = filler.map_or(vec![' '], |filler| filler.chars().collect());
    let wanted = usize::try_from(whole(width).unsigned_abs()).unwrap_or(usize::MAX);
    let missing = wanted.saturating_sub(text.chars().count());
    if missing > super::TEXT_MAX {
        return Err(Trouble::new("D3014", "The string is too long"));
    }
    let padding: String = filler.iter().cycle().take(missing).collect();
    bounded(if width >= 0.0 {
        format!("{text}{padding}")
    } else {
        format!("{padding}{text}")
    })
}

/// A text or a regular expression.
enum Pattern {
    Text(Rc<str>),
    Regex(std::sync::Arc<Regex>),
}

fn pattern(arguments: &mut Arguments, at: usize) -> Result<Option<Pattern>, Trouble> {
    match arguments.get(at) {
        None => Ok(None),
        Some(Item::Text(text)) => Ok(Some(Pattern::Text(text))),
        Some(Item::Function(function)) => match &*function {
            Function::Regex(regex) => Ok(Some(Pattern::Regex(regex.clone()))),
            _ => Err(arguments.mismatch(at)),
        },
        Some(_) => Err(arguments.mismatch(at)),
    }
}

fn contains(_: &mut Evaluation, mut arguments: Arguments) -> Found {
    let Some(text) = arguments.text(0)? else {
        return Ok(None);
    };
    let holds = match pattern(&mut arguments, 1)? {
        None => return Ok(None),
        Some(Pattern::Text(part)) => text.contains(&*part),
        Some(Pattern::Regex(regex)) => regex.is_match(&text),
    };
    Ok(Some(Item::Bool(holds)))
}

fn limit(arguments: &mut Arguments, at: usize) -> Result<usize, Trouble> {
    match arguments.number(at)? {
        None => Ok(usize::MAX),
        Some(number) if number < 0.0 => {
            let text = format!(
                "Third argument of the {} function must evaluate to a positive number",
                arguments.name
            );
            Err(Trouble::new("D3020", text))
        }
        Some(number) => Ok(usize::try_from(whole(number)).unwrap_or(usize::MAX)),
    }
}

fn split(evaluation: &mut Evaluation, mut arguments: Arguments) -> Found {
    let Some(text) = arguments.text(0)? else {
        return Ok(None);
    };
    let separator = pattern(&mut arguments, 1)?;
    let limit = limit(&mut arguments, 2)?;
    let parts: Vec<Item> = match separator {
        None => return Ok(None),
        Some(Pattern::Text(mark)) if mark.is_empty() => {
            let letters = text.chars().take(limit);
            letters
                .map(|it| Item::text(it.encode_utf8(&mut [0; 4])))
                .collect()
        }
        Some(Pattern::Text(mark)) => text.split(&*mark).take(limit).map(Item::text).collect(),
        Some(Pattern::Regex(regex)) => regex.split(&text).take(limit).map(Item::text).collect(),
    };
    evaluation.spend(parts.len())?;
    Ok(Some(Item::list(parts)))
}

fn join(evaluation: &mut Evaluation, mut arguments: Arguments) -> Found {
    let Some(items) = arguments.items(0) else {
        return Ok(None);
    };
    let separator = arguments.text(1)?.unwrap_or_else(|| "".into());
    let mut text = String::new();
    for (at, item) in items.iter().enumerate() {
        let Item::Text(part) = item else {
            let message = "Argument 1 of function \"join\" must be an array of \"s\"";
            return Err(Trouble::new("T0412", message));
        };
        if at > 0 {
            text.push_str(&separator);
        }
        text.push_str(part);
        evaluation.spend(1 + part.len() / 64)?;
    }
    bounded(text)
}

/// How many letters stand before a place in a text.
#[expect(clippy::cast_precision_loss, reason = "texts are short")]
fn index_of(text: &str, byte: usize) -> Item {
    Item::Number(text[..byte].chars().count() as f64)
}

fn match_object(text: &str, captures: &Captures<'_>) -> Item {
    let groups = captures.iter().skip(1);
    let groups = groups.map(|group| Item::text(group.map_or("", |it| it.as_str())));
    let mut object = Object::default();
    if let Some(whole) = captures.get(0) {
        object.insert("match", Item::text(whole.as_str()));
        object.insert("index", index_of(text, whole.start()));
    }
    object.insert("groups", Item::list(groups.collect()));
    Item::object(object)
}

fn matches(evaluation: &mut Evaluation, mut arguments: Arguments) -> Found {
    let Some(text) = arguments.text(0)? else {
        return Ok(None);
    };
    let pattern = pattern(&mut arguments, 1)?;
    let limit = limit(&mut arguments, 2)?;
    let Some(Pattern::Regex(regex)) = pattern else {
        return Err(arguments.mismatch(1));
    };
    let mut found = Vec::new();
    for captures in regex.captures_iter(&text).take(limit) {
        evaluation.spend(1 + text.len() / 256)?;
        found.push(match_object(&text, &captures));
    }
    Ok(Some(Item::sequence(found)))
}

/// A regular expression that is called like a function.
pub(in super::super) fn first_match(regex: &Regex, argument: Option<Item>) -> Found {
    let Some(Item::Text(text)) = argument else {
        return Ok(None);
    };
    let captures = regex.captures(&text);
    Ok(captures.map(|captures| match_object(&text, &captures)))
}

fn replace(evaluation: &mut Evaluation, mut arguments: Arguments) -> Found {
    let Some(text) = arguments.text(0)? else {
        return Ok(None);
    };
    let Some(wanted) = pattern(&mut arguments, 1)? else {
        return Ok(None);
    };
    let replacement = arguments.get(2);
    let limit = limit(&mut arguments, 3)?;
    let regex = match wanted {
        Pattern::Text(part) if part.is_empty() => {
            let text = "Second argument of replace function cannot be an empty string";
            return Err(Trouble::new("D3010", text));
        }
        Pattern::Text(part) => {
            let Some(Item::Text(replacement)) = replacement else {
                return Err(arguments.mismatch(2));
            };
            return bounded(text.replacen(&*part, &replacement, limit));
        }
        Pattern::Regex(regex) => regex,
    };
    let (mut result, mut end) = (String::new(), 0);
    for captures in regex.captures_iter(&text).take(limit) {
        let Some(whole) = captures.get(0) else {
            continue;
        };
        if whole.as_str().is_empty() {
            let text = "Regular expression matches zero length string";
            return Err(Trouble::new("D1004", text));
        }
        result.push_str(&text[end..whole.start()]);
        match &replacement {
            Some(Item::Text(template)) => expand(template, &captures, &mut result),
            Some(Item::Function(function)) => {
                let given = match_object(&text, &captures);
                let made = evaluation.invoke(function, vec![Some(given)], None)?;
                let Some(Item::Text(part)) = made else {
                    let text = "Attempted to replace a matched string with a non-string value";
                    return Err(Trouble::new("D3012", text));
                };
                result.push_str(&part);
            }
            _ => return Err(arguments.mismatch(2)),
        }
        end = whole.end();
        evaluation.spend(1 + result.len() / 256)?;
    }
    result.push_str(&text[end..]);
    bounded(result)
}

/// `$1` is a group, `$0` all of it, `$$` a dollar.
fn expand(template: &str, captures: &Captures<'_>, result: &mut String) {
    let mut rest = template;
    while let Some(at) = rest.find('$') {
        result.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('$') {
            result.push('$');
            rest = after;
            continue;
        }
        let count = rest.bytes().take_while(u8::is_ascii_digit).count();
        // Of `$12` with fewer groups the two is text.
        let lengths = (1..=count.min(3)).rev();
        let mut groups = lengths.filter_map(|length| {
            let number: usize = rest[..length].parse().ok()?;
            (number < captures.len()).then_some((length, number))
        });
        match groups.next() {
            Some((length, number)) => {
                result.push_str(captures.get(number).map_or("", |it| it.as_str()));
                rest = &rest[length..];
            }
            None if count > 0 => rest = &rest[1..],
            None => result.push('$'),
        }
    }
    result.push_str(rest);
}
