//! The methods of strings that take regular expressions of Java.
//!
//! The engine has no look-around and no back-references; a pattern that needs them has no
//! value. In exchange its time is linear in the text.

use regex::{Captures, Regex, RegexBuilder};

use crate::mapping::RenderError;
use crate::mapping::evaluate::Rendering;
use crate::mapping::value::{Origin, Value};
use crate::quotas::MAPPING_REGEX_BYTES;

pub(super) fn matches(
    rendering: &mut Rendering<'_>,
    text: &str,
    pattern: &str,
) -> Result<Value, RenderError> {
    let Some(translated) = translate(pattern) else {
        return Ok(Value::Null);
    };
    let whole = compile(rendering, text, &format!(r"\A(?:{translated})\z"))?;
    Ok(whole.map_or(Value::Null, |whole| Value::Bool(whole.is_match(text))))
}

pub(super) fn replace(
    rendering: &mut Rendering<'_>,
    text: &str,
    pattern: &str,
    replacement: &str,
    limit: usize,
) -> Result<Value, RenderError> {
    if let Some(literal) = literal(pattern)
        && !replacement.contains(['$', '\\'])
    {
        let count = text.matches(&*literal).count().min(limit);
        let grown = count.saturating_mul(replacement.len());
        rendering.budget.make(text.len().saturating_add(grown))?;
        return Ok(Value::text(&text.replacen(&*literal, replacement, limit)));
    }
    let translated = translate(pattern);
    let compiled = match &translated {
        Some(translated) => compile(rendering, text, translated)?,
        None => None,
    };
    let Some(compiled) = compiled else {
        return Ok(Value::Null);
    };
    let Some(parts) = parse_replacement(replacement, compiled.captures_len()) else {
        return Ok(Value::Null);
    };
    let mut replaced = String::new();
    let mut end = 0;
    for captures in compiled.captures_iter(text).take(limit) {
        let before = replaced.len();
        let Some(whole) = captures.get(0) else {
            continue;
        };
        replaced.push_str(&text[end..whole.start()]);
        end = whole.end();
        expand(&parts, &captures, &mut replaced);
        rendering.budget.make(replaced.len() - before)?;
        rendering.budget.spend(1)?;
    }
    replaced.push_str(&text[end..]);
    rendering.made(replaced)
}

pub(super) fn split(
    rendering: &mut Rendering<'_>,
    text: &str,
    pattern: &str,
    limit: i128,
) -> Result<Value, RenderError> {
    let translated = translate(pattern);
    let compiled = match &translated {
        Some(translated) => compile(rendering, text, translated)?,
        None => None,
    };
    let Some(compiled) = compiled else {
        return Ok(Value::Null);
    };
    let most = usize::try_from(limit)
        .ok()
        .filter(|most| *most > 0)
        .unwrap_or(usize::MAX);
    let mut parts: Vec<&str> = Vec::new();
    let mut start = 0;
    for found in compiled.find_iter(text) {
        if parts.len() + 1 >= most {
            break;
        }
        // An empty match at either end cuts nothing off.
        if found.end() == 0 || (found.is_empty() && found.start() == text.len()) {
            continue;
        }
        parts.push(&text[start..found.start()]);
        start = found.end();
    }
    parts.push(&text[start..]);
    if limit == 0 {
        while parts.len() > 1 && parts.last().is_some_and(|last| last.is_empty()) {
            parts.pop();
        }
    }
    let mut items = Vec::with_capacity(parts.len());
    for part in parts {
        items.push(rendering.made(part)?);
    }
    rendering.made_list(items, Origin::Template)
}

/// The text that a pattern without operators stands for. Most patterns are such, above all
/// the one that repairs what `$util.escapeJavaScript` has made of a single quote.
fn literal(pattern: &str) -> Option<String> {
    let mut text = String::with_capacity(pattern.len());
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => text.push(characters.next().filter(char::is_ascii_punctuation)?),
            '.' | '*' | '+' | '?' | '^' | '$' | '|' | '(' | ')' | '[' | ']' | '{' | '}' => {
                return None;
            }
            _ => text.push(character),
        }
    }
    (!text.is_empty()).then_some(text)
}

/// Compiling costs more than any other step, and is limited in its size.
fn compile(
    rendering: &mut Rendering<'_>,
    text: &str,
    pattern: &str,
) -> Result<Option<Regex>, RenderError> {
    rendering.budget.spend(1000 + pattern.len() + text.len())?;
    Ok(RegexBuilder::new(pattern)
        .size_limit(MAPPING_REGEX_BYTES)
        .dfa_size_limit(MAPPING_REGEX_BYTES)
        .build()
        .ok())
}

/// A pattern of Java in the words of the engine: its classes are those of ASCII, and it
/// has `\Q…\E`.
fn translate(pattern: &str) -> Option<String> {
    let mut translated = String::with_capacity(pattern.len());
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            translated.push(character);
            continue;
        }
        match characters.next()? {
            'd' => translated.push_str("[0-9]"),
            'D' => translated.push_str("[^0-9]"),
            'w' => translated.push_str("[a-zA-Z0-9_]"),
            'W' => translated.push_str("[^a-zA-Z0-9_]"),
            's' => translated.push_str(r"[ \t\n\x0B\f\r]"),
            'S' => translated.push_str(r"[^ \t\n\x0B\f\r]"),
            'Z' => translated.push_str(r"\z"),
            'Q' => {
                let rest = characters.as_str();
                let end = rest.find("\\E").unwrap_or(rest.len());
                translated.push_str(&regex::escape(&rest[..end]));
                characters = rest.get(end + 2..).unwrap_or_default().chars();
            }
            other => {
                translated.push('\\');
                translated.push(other);
            }
        }
    }
    Some(translated)
}

enum Part {
    Text(String),
    Group(usize),
}

/// `$1` is a group, a backslash takes the next character as it is. Java throws at the rest.
fn parse_replacement(replacement: &str, groups: usize) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut characters = replacement.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' => text.push(characters.next()?),
            '$' => {
                let mut group = usize::try_from(characters.next()?.to_digit(10)?).ok()?;
                if group >= groups {
                    return None;
                }
                while let Some(digit) = characters.peek().and_then(|next| next.to_digit(10)) {
                    let longer = group * 10 + usize::try_from(digit).ok()?;
                    if longer >= groups {
                        break;
                    }
                    group = longer;
                    characters.next();
                }
                parts.push(Part::Text(std::mem::take(&mut text)));
                parts.push(Part::Group(group));
            }
            _ => text.push(character),
        }
    }
    parts.push(Part::Text(text));
    Some(parts)
}

fn expand(parts: &[Part], captures: &Captures<'_>, into: &mut String) {
    for part in parts {
        let text = match part {
            Part::Text(text) => text,
            Part::Group(group) => captures.get(*group).map_or("", |found| found.as_str()),
        };
        into.push_str(text);
    }
}
