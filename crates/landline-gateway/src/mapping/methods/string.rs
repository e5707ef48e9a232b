//! The methods of `java.lang.String`. Positions count UTF-16 units, as in Java.

use std::sync::Arc;

use super::pattern;
use crate::mapping::RenderError;
use crate::mapping::evaluate::Rendering;
use crate::mapping::value::{Origin, Value};

pub(super) fn call(
    rendering: &mut Rendering<'_>,
    text: &Arc<str>,
    name: &str,
    arguments: &[Value],
) -> Result<Value, RenderError> {
    rendering.budget.read(text.len())?;
    match arguments {
        [] => without_arguments(rendering, text, name),
        [Value::Text(argument)] => with_text(rendering, text, name, argument),
        [Value::Text(from), Value::Text(to)] => match name {
            "replace" => replace(rendering, text, from, to),
            "replaceAll" => pattern::replace(rendering, text, from, to, usize::MAX),
            "replaceFirst" => pattern::replace(rendering, text, from, to, 1),
            _ => Ok(Value::Null),
        },
        [Value::Text(argument), Value::Integer(number)] => match name {
            "split" => pattern::split(rendering, text, argument, *number),
            "indexOf" => Ok(index_of(text, argument, *number)),
            "lastIndexOf" => Ok(last_index_of(text, argument, *number)),
            "startsWith" => Ok(Value::Bool(
                part(text, *number, None).is_some_and(|rest| rest.starts_with(&**argument)),
            )),
            _ => Ok(Value::Null),
        },
        [Value::Integer(number)] => match name {
            "substring" => made_part(rendering, text, *number, None),
            "charAt" => made_part(rendering, text, *number, Some(number.saturating_add(1))),
            "repeat" => repeat(rendering, text, *number),
            "valueOf" => rendering.made(number.to_string()),
            _ => Ok(Value::Null),
        },
        [Value::Integer(from), Value::Integer(to)] if name == "substring" => {
            made_part(rendering, text, *from, Some(*to))
        }
        [other] if name == "valueOf" => Ok(Value::Text(rendering.text_of(other)?)),
        _ => Ok(Value::Null),
    }
}

fn without_arguments(
    rendering: &mut Rendering<'_>,
    text: &Arc<str>,
    name: &str,
) -> Result<Value, RenderError> {
    Ok(match name {
        "length" => Value::count(units(text)),
        "isEmpty" => Value::Bool(text.is_empty()),
        "isBlank" => Value::Bool(text.trim().is_empty()),
        "toLowerCase" => return rendering.made(text.to_lowercase()),
        "toUpperCase" => return rendering.made(text.to_uppercase()),
        // Java's trim takes everything up to the blank, its strip what Unicode calls white.
        "trim" => return rendering.made(text.trim_matches(|c| c <= ' ')),
        "strip" => return rendering.made(text.trim()),
        "hashCode" => Value::Integer(hash_code(text).into()),
        "toCharArray" => {
            let characters = text
                .chars()
                .map(|c| Value::text(c.encode_utf8(&mut [0; 4])));
            let characters = characters.collect();
            return rendering.made_list(characters, Origin::Template);
        }
        _ => Value::Null,
    })
}

fn with_text(
    rendering: &mut Rendering<'_>,
    text: &Arc<str>,
    name: &str,
    argument: &Arc<str>,
) -> Result<Value, RenderError> {
    Ok(match name {
        "contains" => Value::Bool(text.contains(&**argument)),
        "startsWith" => Value::Bool(text.starts_with(&**argument)),
        "endsWith" => Value::Bool(text.ends_with(&**argument)),
        "indexOf" => index_of(text, argument, 0),
        "lastIndexOf" => last_index_of(text, argument, i128::MAX),
        "equalsIgnoreCase" => Value::Bool(text.to_lowercase() == argument.to_lowercase()),
        "compareTo" => Value::Integer(compare(text, argument)),
        "compareToIgnoreCase" => {
            Value::Integer(compare(&text.to_lowercase(), &argument.to_lowercase()))
        }
        "concat" => return rendering.made(format!("{text}{argument}")),
        "matches" => return pattern::matches(rendering, text, argument),
        "split" => return pattern::split(rendering, text, argument, 0),
        "valueOf" | "format" => Value::Text(Arc::clone(argument)),
        "parseInt" | "parseLong" | "parseDouble" => super::number::parse(name, argument),
        _ => Value::Null,
    })
}

fn replace(
    rendering: &mut Rendering<'_>,
    text: &str,
    from: &str,
    to: &str,
) -> Result<Value, RenderError> {
    // The length is known before the memory is taken.
    let count = text.matches(from).count();
    let length = text.len() - count * from.len() + count.saturating_mul(to.len());
    rendering.budget.make(length)?;
    Ok(Value::text(&text.replace(from, to)))
}

fn repeat(rendering: &mut Rendering<'_>, text: &str, times: i128) -> Result<Value, RenderError> {
    let Ok(times) = usize::try_from(times) else {
        return Ok(Value::Null);
    };
    rendering.budget.make(text.len().saturating_mul(times))?;
    rendering.budget.spend(1)?;
    Ok(Value::text(&text.repeat(if text.is_empty() {
        0
    } else {
        times
    })))
}

fn made_part(
    rendering: &mut Rendering<'_>,
    text: &str,
    from: i128,
    to: Option<i128>,
) -> Result<Value, RenderError> {
    match part(text, from, to) {
        Some(part) => rendering.made(part),
        None => Ok(Value::Null),
    }
}

/// The units from `from` up to `to`; nothing if they are not all in the text.
fn part(text: &str, from: i128, to: Option<i128>) -> Option<String> {
    let length = units(text);
    let from = usize::try_from(from).ok()?;
    let to = match to {
        Some(to) => usize::try_from(to).ok()?,
        None => length,
    };
    if from > to || to > length {
        return None;
    }
    if text.is_ascii() {
        return text.get(from..to).map(str::to_owned);
    }
    let units: Vec<u16> = text.encode_utf16().skip(from).take(to - from).collect();
    Some(String::from_utf16_lossy(&units))
}

fn index_of(text: &str, wanted: &str, from: i128) -> Value {
    let from = usize::try_from(from.max(0)).unwrap_or(usize::MAX);
    let Some(start) = byte_of(text, from) else {
        return Value::Integer(-1);
    };
    match text[start..].find(wanted) {
        Some(offset) => Value::count(units(&text[..start + offset])),
        None => Value::Integer(-1),
    }
}

fn last_index_of(text: &str, wanted: &str, from: i128) -> Value {
    let Ok(from) = usize::try_from(from) else {
        return match (from < 0, text.rfind(wanted)) {
            (false, Some(at)) => Value::count(units(&text[..at])),
            _ => Value::Integer(-1),
        };
    };
    let end = byte_of(text, from).map_or(text.len(), |start| {
        let mut end = start.saturating_add(wanted.len()).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        end
    });
    match text[..end].rfind(wanted) {
        Some(at) => Value::count(units(&text[..at])),
        None => Value::Integer(-1),
    }
}

/// The byte at which the unit `wanted` begins.
fn byte_of(text: &str, wanted: usize) -> Option<usize> {
    let mut unit = 0;
    for (at, character) in text.char_indices() {
        if unit >= wanted {
            return Some(at);
        }
        unit += character.len_utf16();
    }
    (unit >= wanted).then_some(text.len())
}

fn units(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.encode_utf16().count()
}

/// The difference of the first units that differ, or of the lengths.
fn compare(left: &str, right: &str) -> i128 {
    for (left, right) in left.encode_utf16().zip(right.encode_utf16()) {
        if left != right {
            return i128::from(left) - i128::from(right);
        }
    }
    let length = |text| i128::try_from(units(text)).unwrap_or(i128::MAX);
    length(left) - length(right)
}

pub(super) fn hash_code(text: &str) -> i32 {
    text.encode_utf16().fold(0_i32, |hash, unit| {
        hash.wrapping_mul(31).wrapping_add(i32::from(unit))
    })
}
