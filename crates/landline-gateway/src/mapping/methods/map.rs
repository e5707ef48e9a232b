//! The methods of `java.util.Map`.

use crate::mapping::RenderError;
use crate::mapping::evaluate::Rendering;
use crate::mapping::value::{Key, MapId, Origin, Value};

pub(super) fn call(
    rendering: &mut Rendering<'_>,
    map: MapId,
    name: &str,
    arguments: &[Value],
) -> Result<Value, RenderError> {
    let length = rendering.heap.map(map).entries.len();
    Ok(match (name, arguments) {
        ("size", []) => Value::count(length),
        ("isEmpty", []) => Value::Bool(length == 0),
        ("get", [key]) => get(rendering, map, key).unwrap_or(Value::Null),
        ("getOrDefault", [key, default]) => {
            get(rendering, map, key).unwrap_or_else(|| default.clone())
        }
        ("containsKey", [key]) => Value::Bool(get(rendering, map, key).is_some()),
        ("put", [key, value]) => put(rendering, map, key, value)?,
        ("putIfAbsent", [key, value]) => match get(rendering, map, key) {
            Some(old) if !old.is_null() => old,
            _ => put(rendering, map, key, value)?,
        },
        ("putAll", [Value::Map(other)]) => {
            let entries = rendering.heap.map(*other).entries.clone();
            rendering.budget.spend(entries.len())?;
            rendering.heap.map_mut(map).extend(entries);
            Value::Null
        }
        ("remove", [key]) => {
            rendering.budget.spend(length / 16 + 1)?;
            Key::of(key)
                .and_then(|key| rendering.heap.map_mut(map).shift_remove(&key))
                .unwrap_or(Value::Null)
        }
        ("clear", []) => {
            rendering.heap.map_mut(map).clear();
            Value::Null
        }
        ("containsValue", [value]) => {
            for candidate in values(rendering, map) {
                if rendering.equals(&candidate, value)? {
                    return Ok(Value::Bool(true));
                }
            }
            Value::Bool(false)
        }
        ("keySet", []) => {
            let keys = rendering.heap.map(map).entries.keys();
            let keys = keys.map(Key::value).collect();
            return rendering.made_list(keys, Origin::Template);
        }
        ("values", []) => {
            let values = values(rendering, map);
            return rendering.made_list(values, Origin::Template);
        }
        ("entrySet", []) => {
            let keys = rendering.heap.map(map).entries.keys().cloned();
            let entries = keys.map(|key| Value::Entry(map, key)).collect();
            return rendering.made_list(entries, Origin::Template);
        }
        _ => Value::Null,
    })
}

fn get(rendering: &Rendering<'_>, map: MapId, key: &Value) -> Option<Value> {
    let key = Key::of(key)?;
    rendering.heap.map(map).entries.get(&key).cloned()
}

fn put(
    rendering: &mut Rendering<'_>,
    map: MapId,
    key: &Value,
    value: &Value,
) -> Result<Value, RenderError> {
    rendering.budget.spend(1)?;
    let old = Key::of(key).and_then(|key| rendering.heap.map_mut(map).insert(key, value.clone()));
    Ok(old.unwrap_or(Value::Null))
}

fn values(rendering: &Rendering<'_>, map: MapId) -> Vec<Value> {
    rendering.heap.map(map).entries.values().cloned().collect()
}
