//! What a template can do with a value: read a property, call a method, take an element.
//!
//! These are Java's methods, as far as templates use them. What Java does not have, and
//! what Java would answer with an exception, has no value.

mod list;
mod map;
mod number;
mod pattern;
mod string;

use super::RenderError;
use super::evaluate::Rendering;
use super::value::{Key, Value};
use super::{functions, input};

/// `$value.name`.
pub(super) fn property(
    rendering: &mut Rendering<'_>,
    value: &Value,
    name: &str,
) -> Result<Value, RenderError> {
    Ok(match (value, name) {
        (Value::Map(map), _) => rendering.member(*map, name),
        (Value::Context, _) => rendering.context_member(name)?,
        (Value::Input, "body") => input::body(rendering),
        (Value::Entry(_, key), "key") => key.value(),
        (Value::Entry(map, key), "value") => entry_value(rendering, *map, key),
        (Value::Loop(level), _) => loop_property(rendering, *level, name),
        (Value::Text(text), "empty") => Value::Bool(text.is_empty()),
        (Value::List(list), "empty") => Value::Bool(rendering.heap.list(*list).items.is_empty()),
        _ => Value::Null,
    })
}

/// `$value.name(arguments)`.
pub(super) fn call(
    rendering: &mut Rendering<'_>,
    value: &Value,
    name: &str,
    arguments: &[Value],
) -> Result<Value, RenderError> {
    match (name, arguments) {
        ("equals", [other]) => return rendering.equals(value, other).map(Value::Bool),
        ("toString", []) => return Ok(Value::Text(rendering.text_of(value)?)),
        _ => {}
    }
    match value {
        Value::Text(text) => string::call(rendering, text, name, arguments),
        Value::Integer(_) | Value::Double(_) | Value::Bool(_) => {
            number::call(rendering, value, name, arguments)
        }
        Value::List(list) => list::call(rendering, *list, name, arguments),
        Value::Map(map) => map::call(rendering, *map, name, arguments),
        Value::Input => input::call(rendering, name, arguments),
        Value::Functions => functions::call(rendering, name, arguments),
        Value::Context => call_context(rendering, name, arguments),
        Value::Entry(map, key) => Ok(match (name, arguments) {
            ("getKey", []) => key.value(),
            ("getValue", []) => entry_value(rendering, *map, key),
            ("setValue", [new]) => rendering
                .heap
                .map_mut(*map)
                .insert(key.clone(), new.clone())
                .unwrap_or(Value::Null),
            _ => Value::Null,
        }),
        Value::Loop(level) => Ok(match (name, arguments) {
            ("getCount" | "getIndex" | "isFirst" | "isLast" | "getParent" | "getHasNext", []) => {
                let plain = name.trim_start_matches("get").trim_start_matches("is");
                let mut name = plain.to_owned();
                name[..1].make_ascii_lowercase();
                loop_property(rendering, *level, &name)
            }
            ("hasNext", []) => loop_property(rendering, *level, name),
            _ => Value::Null,
        }),
        Value::Null | Value::Block(_) => Ok(Value::Null),
    }
}

/// `$value[index]`.
pub(super) fn element(
    rendering: &mut Rendering<'_>,
    value: &Value,
    index: &Value,
) -> Result<Value, RenderError> {
    Ok(match (value, index) {
        (Value::List(list), Value::Integer(index)) => {
            let items = &rendering.heap.list(*list).items;
            place(*index, items.len()).map_or(Value::Null, |at| items[at].clone())
        }
        (Value::Map(map), key) => Key::of(key).map_or(Value::Null, |key| {
            let entries = &rendering.heap.map(*map).entries;
            entries.get(&key).cloned().unwrap_or(Value::Null)
        }),
        (Value::Context, Value::Text(name)) => rendering.context_member(name)?,
        _ => Value::Null,
    })
}

/// An index into a list, counted from the end if it is negative.
pub(super) fn place(index: i128, length: usize) -> Option<usize> {
    let at = if index < 0 {
        index + i128::try_from(length).ok()?
    } else {
        index
    };
    usize::try_from(at).ok().filter(|at| *at < length)
}

fn entry_value(rendering: &Rendering<'_>, map: super::value::MapId, key: &Key) -> Value {
    let entries = &rendering.heap.map(map).entries;
    entries.get(key).cloned().unwrap_or(Value::Null)
}

fn loop_property(rendering: &Rendering<'_>, level: usize, name: &str) -> Value {
    let Some(state) = rendering.loops.get(level) else {
        return Value::Null;
    };
    match name {
        "index" => Value::count(state.index),
        "count" => Value::count(state.index + 1),
        "hasNext" => Value::Bool(state.index + 1 < state.length),
        "first" => Value::Bool(state.index == 0),
        "last" => Value::Bool(state.index + 1 == state.length),
        "parent" if level > 0 => Value::Loop(level - 1),
        "topmost" => Value::Loop(0),
        _ => Value::Null,
    }
}

/// `$context` as a map.
fn call_context(
    rendering: &mut Rendering<'_>,
    name: &str,
    arguments: &[Value],
) -> Result<Value, RenderError> {
    match (name, arguments) {
        ("get", [Value::Text(member)]) => rendering.context_member(member),
        ("getOrDefault", [Value::Text(member), default]) => {
            let value = rendering.context_member(member)?;
            Ok(if value.is_null() {
                default.clone()
            } else {
                value
            })
        }
        ("containsKey", [Value::Text(member)]) => {
            Ok(Value::Bool(!rendering.context_member(member)?.is_null()))
        }
        ("put", [Value::Text(member), value]) => {
            let old = rendering.context_member(member)?;
            rendering.set_context_member(member, value.clone());
            Ok(old)
        }
        ("keySet", []) => {
            let names = rendering.context_names();
            let names = names.into_iter().map(Value::text).collect();
            rendering.made_list(names, super::value::Origin::Template)
        }
        _ => Ok(Value::Null),
    }
}
