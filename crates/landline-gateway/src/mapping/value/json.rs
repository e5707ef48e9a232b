//! Reads JSON into a [`Heap`], and turns what `$context` gives into values and back.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::{Entries, Heap, Key, Origin, Value};
use crate::quotas::MAPPING_DEPTH;

/// Parses a document; a later duplicate of a key wins.
pub(in crate::mapping) fn parse(text: &str, heap: &mut Heap) -> Option<Value> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let seed = Document { heap };
    let value = seed.deserialize(&mut deserializer).ok()?;
    deserializer.end().ok()?;
    Some(value)
}

pub(in crate::mapping) fn from_json(
    json: &serde_json::Value,
    heap: &mut Heap,
    origin: Origin,
) -> Value {
    nested_from_json(json, heap, origin, 0)
}

fn nested_from_json(
    json: &serde_json::Value,
    heap: &mut Heap,
    origin: Origin,
    depth: usize,
) -> Value {
    if depth > MAPPING_DEPTH {
        return Value::Null;
    }
    match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(truth) => Value::Bool(*truth),
        serde_json::Value::Number(number) => number.as_i128().map_or_else(
            || number.as_f64().map_or(Value::Null, Value::Double),
            Value::Integer,
        ),
        serde_json::Value::String(text) => Value::text(text),
        serde_json::Value::Array(items) => {
            let items = items
                .iter()
                .map(|item| nested_from_json(item, heap, origin, depth + 1))
                .collect();
            heap.new_list(items, origin)
        }
        serde_json::Value::Object(members) => {
            let entries = members
                .iter()
                .map(|(name, member)| {
                    let member = nested_from_json(member, heap, origin, depth + 1);
                    (Key::Text(name.as_str().into()), member)
                })
                .collect();
            Value::Map(heap.new_map(entries, origin))
        }
    }
}

/// A document of a value; what is too deep, or no data, is null.
pub(in crate::mapping) fn to_json(value: &Value, heap: &Heap) -> serde_json::Value {
    nested_to_json(value, heap, 0)
}

fn nested_to_json(value: &Value, heap: &Heap, depth: usize) -> serde_json::Value {
    if depth > MAPPING_DEPTH {
        return serde_json::Value::Null;
    }
    match value {
        Value::Bool(truth) => (*truth).into(),
        Value::Integer(number) => serde_json::Number::from_i128(*number)
            .map_or(serde_json::Value::Null, serde_json::Value::Number),
        Value::Double(number) => (*number).into(),
        Value::Text(text) => (**text).into(),
        Value::List(id) => heap
            .list(*id)
            .items
            .iter()
            .map(|item| nested_to_json(item, heap, depth + 1))
            .collect(),
        Value::Map(id) => serde_json::Value::Object(
            heap.map(*id)
                .entries
                .iter()
                .map(|(key, item)| {
                    let name = match key {
                        Key::Text(text) => text.to_string(),
                        Key::Integer(number) => number.to_string(),
                        Key::Bool(truth) => truth.to_string(),
                    };
                    (name, nested_to_json(item, heap, depth + 1))
                })
                .collect(),
        ),
        _ => serde_json::Value::Null,
    }
}

struct Document<'h> {
    heap: &'h mut Heap,
}

impl<'de> DeserializeSeed<'de> for Document<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Document<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON document")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Value, E> {
        Ok(Value::Bool(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Integer(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Integer(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Double(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = elements.next_element_seed(Document { heap: self.heap })? {
            items.push(item);
        }
        Ok(self.heap.new_list(items, Origin::Document))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut entries = Entries::new();
        while let Some(name) = members.next_key::<String>()? {
            let value = members.next_value_seed(Document { heap: self.heap })?;
            entries.insert(Key::Text(name.into()), value);
        }
        Ok(Value::Map(self.heap.new_map(entries, Origin::Document)))
    }
}
