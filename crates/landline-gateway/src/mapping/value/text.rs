//! Values as text: Java's `toString`, and JSON as `$input.json` writes it.

use std::fmt::Write as _;

use super::{Heap, Key, Origin, Value, double};
use crate::mapping::RenderError;
use crate::mapping::budget::Budget;

/// How JSON is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mapping) enum Slashes {
    Plain,
    /// As `\/`, which is what a list of a document prints.
    Escaped,
}

/// Writes a value as `toString` does.
pub(in crate::mapping) fn write(
    value: &Value,
    heap: &Heap,
    budget: &mut Budget,
    into: &mut String,
) -> Result<(), RenderError> {
    budget.enter()?;
    let before = into.len();
    match value {
        Value::Bool(truth) => into.push_str(if *truth { "true" } else { "false" }),
        Value::Integer(number) => write_integer(*number, into),
        Value::Double(number) => into.push_str(&double::write(*number)),
        Value::Text(text) => into.push_str(text),
        Value::List(id) if heap.list(*id).origin == Origin::Template => {
            budget.make(2)?;
            into.push('[');
            for (at, item) in heap.list(*id).items.iter().enumerate() {
                if at > 0 {
                    budget.make(2)?;
                    into.push_str(", ");
                }
                nested(item, heap, budget, into)?;
            }
            into.push(']');
            budget.leave();
            return Ok(());
        }
        Value::Map(id) if heap.map(*id).origin != Origin::Context => {
            budget.make(2)?;
            into.push('{');
            for (at, (key, item)) in heap.map(*id).entries.iter().enumerate() {
                if at > 0 {
                    budget.make(2)?;
                    into.push_str(", ");
                }
                budget.make(1)?;
                nested(&key.value(), heap, budget, into)?;
                into.push('=');
                nested(item, heap, budget, into)?;
            }
            into.push('}');
            budget.leave();
            return Ok(());
        }
        Value::Entry(map, key) => {
            budget.make(1)?;
            nested(&key.value(), heap, budget, into)?;
            into.push('=');
            let item = heap.map(*map).entries.get(key).unwrap_or(&Value::Null);
            nested(item, heap, budget, into)?;
            budget.leave();
            return Ok(());
        }
        Value::List(id) if heap.list(*id).origin == Origin::Document => {
            json(value, Slashes::Escaped, heap, budget, into)?;
            budget.leave();
            return Ok(());
        }
        Value::Loop(_) => into.push_str("{}"),
        // Defined blocks print where the template is at hand; the rest has no text.
        _ => {}
    }
    budget.leave();
    budget.make(into.len() - before)
}

/// Inside of a list or a map, nothing is called null.
fn nested(
    value: &Value,
    heap: &Heap,
    budget: &mut Budget,
    into: &mut String,
) -> Result<(), RenderError> {
    if value.is_null() {
        budget.make(4)?;
        into.push_str("null");
        return Ok(());
    }
    write(value, heap, budget, into)
}

/// Writes a value as JSON without blanks.
pub(in crate::mapping) fn json(
    value: &Value,
    slashes: Slashes,
    heap: &Heap,
    budget: &mut Budget,
    into: &mut String,
) -> Result<(), RenderError> {
    budget.enter()?;
    match value {
        Value::List(id) => {
            budget.make(2)?;
            into.push('[');
            for (at, item) in heap.list(*id).items.iter().enumerate() {
                if at > 0 {
                    budget.make(1)?;
                    into.push(',');
                }
                json(item, slashes, heap, budget, into)?;
            }
            into.push(']');
        }
        Value::Map(id) => {
            budget.make(2)?;
            into.push('{');
            for (at, (key, item)) in heap.map(*id).entries.iter().enumerate() {
                let before = into.len();
                if at > 0 {
                    into.push(',');
                }
                match key {
                    Key::Text(text) => quote(text, slashes, into),
                    Key::Integer(number) => quote(&number.to_string(), slashes, into),
                    Key::Bool(truth) => quote(&truth.to_string(), slashes, into),
                }
                into.push(':');
                budget.make(into.len() - before)?;
                json(item, slashes, heap, budget, into)?;
            }
            into.push('}');
        }
        _ => {
            let before = into.len();
            scalar(value, slashes, into);
            budget.make(into.len() - before)?;
        }
    }
    budget.leave();
    Ok(())
}

fn scalar(value: &Value, slashes: Slashes, into: &mut String) {
    match value {
        Value::Bool(truth) => into.push_str(if *truth { "true" } else { "false" }),
        Value::Integer(number) => write_integer(*number, into),
        Value::Double(number) if number.is_finite() => into.push_str(&double::write(*number)),
        Value::Text(text) => quote(text, slashes, into),
        _ => into.push_str("null"),
    }
}

fn write_integer(number: i128, into: &mut String) {
    // The formatting of 128 bits is slow; nearly all numbers need fewer.
    let written = match i64::try_from(number) {
        Ok(short) => write!(into, "{short}"),
        Err(_) => write!(into, "{number}"),
    };
    debug_assert!(written.is_ok(), "writing to a string does not fail");
}

fn quote(text: &str, slashes: Slashes, into: &mut String) {
    into.push('"');
    let mut plain = 0;
    for (at, character) in text.char_indices() {
        let escaped = match character {
            '"' => "\\\"",
            '\\' => "\\\\",
            '/' if slashes == Slashes::Escaped => "\\/",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\u{8}' => "\\b",
            '\u{c}' => "\\f",
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2000}'..='\u{20ff}' => "",
            _ => continue,
        };
        into.push_str(&text[plain..at]);
        plain = at + character.len_utf8();
        if escaped.is_empty() {
            let written = write!(into, "\\u{:04X}", u32::from(character));
            debug_assert!(written.is_ok(), "writing to a string does not fail");
        } else {
            into.push_str(escaped);
        }
    }
    into.push_str(&text[plain..]);
    into.push('"');
}
