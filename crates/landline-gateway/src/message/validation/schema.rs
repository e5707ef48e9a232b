//! A schema's text → a schema that is safe to compile: references within itself alone,
//! and an end to all of them.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::InvalidSchema;
use crate::quotas::{SCHEMA_NESTING, SCHEMA_REFERENCES, SCHEMA_STEPS};

/// Reads a schema and refuses what could not be followed or would not end.
pub(super) fn read(text: &str) -> Result<Value, InvalidSchema> {
    let mut schema: Value = serde_json::from_str(text).map_err(|_| InvalidSchema::NotJson)?;
    if !schema.is_object() {
        return Err(InvalidSchema::NotJson);
    }
    prepare(&mut schema, Position::Schema);
    let mut references = 0;
    expect_references(&schema, &schema, &mut references)?;
    let mut steps = Steps {
        root: &schema,
        known: HashMap::new(),
    };
    steps.expect_end(&schema)?;
    Ok(schema)
}

/// What a JSON object is within a schema.
#[derive(Clone, Copy, PartialEq)]
enum Position {
    Schema,
    /// Names with schemas, such as `properties`.
    Named,
    /// A value of the schema's author, such as one of `enum`.
    Data,
}

impl Position {
    fn of_child(self, key: &str) -> Self {
        match (self, key) {
            (Self::Data, _) | (Self::Schema, "enum" | "default") => Self::Data,
            (Self::Schema, "properties" | "patternProperties" | "definitions" | "dependencies") => {
                Self::Named
            }
            (Self::Schema | Self::Named, _) => Self::Schema,
        }
    }
}

/// Takes away what would make references relative to something else than this schema, and
/// the draft, which is always 4. Old generators give every subschema an `id`.
fn prepare(value: &mut Value, position: Position) {
    match value {
        Value::Object(fields) => {
            if position == Position::Schema {
                remove_texts(fields, &["id", "$schema"]);
            }
            for (key, child) in fields {
                prepare(child, position.of_child(key));
            }
        }
        Value::Array(items) => {
            for item in items {
                prepare(item, position);
            }
        }
        _ => {}
    }
}

fn remove_texts(fields: &mut Map<String, Value>, keys: &[&str]) {
    for key in keys {
        if fields.get(*key).is_some_and(Value::is_string) {
            fields.remove(*key);
        }
    }
}

/// Every reference leads to a place within the schema, and there are not too many.
fn expect_references(
    root: &Value,
    value: &Value,
    references: &mut usize,
) -> Result<(), InvalidSchema> {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(reference)) = fields.get("$ref") {
                *references += 1;
                if *references > SCHEMA_REFERENCES {
                    return Err(InvalidSchema::Endless);
                }
                follow(root, reference)?;
            }
            fields
                .values()
                .try_for_each(|child| expect_references(root, child, references))
        }
        Value::Array(items) => items
            .iter()
            .try_for_each(|item| expect_references(root, item, references)),
        _ => Ok(()),
    }
}

/// The subschema that `#` or `#/a/b` names.
fn follow<'a>(root: &'a Value, reference: &str) -> Result<&'a Value, InvalidSchema> {
    let unknown = || InvalidSchema::Reference(reference.to_owned());
    let pointer = reference.strip_prefix('#').ok_or_else(unknown)?;
    let pointer = percent_encoding::percent_decode_str(pointer)
        .decode_utf8()
        .map_err(|_| unknown())?;
    root.pointer(&pointer).ok_or_else(unknown)
}

/// How many subschemas look at one and the same value.
struct Steps<'a> {
    root: &'a Value,
    /// By the place of the subschema in memory; none while it is being counted.
    known: HashMap<usize, Option<u64>>,
}

impl<'a> Steps<'a> {
    /// Counts from every subschema.
    fn expect_end(&mut self, value: &'a Value) -> Result<(), InvalidSchema> {
        match value {
            Value::Object(fields) => {
                if self.count(value, 0)? > SCHEMA_STEPS {
                    return Err(InvalidSchema::Endless);
                }
                fields.values().try_for_each(|child| self.expect_end(child))
            }
            Value::Array(items) => items.iter().try_for_each(|item| self.expect_end(item)),
            _ => Ok(()),
        }
    }

    fn count(&mut self, schema: &'a Value, nesting: usize) -> Result<u64, InvalidSchema> {
        let Value::Object(fields) = schema else {
            return Ok(1);
        };
        if nesting > SCHEMA_NESTING {
            return Err(InvalidSchema::Endless);
        }
        let place = std::ptr::from_ref(schema).addr();
        match self.known.get(&place) {
            Some(Some(steps)) => return Ok(*steps),
            Some(None) => return Err(InvalidSchema::Endless),
            None => {}
        }
        self.known.insert(place, None);
        let mut steps: u64 = 1;
        if let Some(Value::String(reference)) = fields.get("$ref") {
            let target = follow(self.root, reference)?;
            steps = steps.saturating_add(self.count(target, nesting + 1)?);
        }
        for (key, child) in fields {
            for part in beside(key, child) {
                steps = steps.saturating_add(self.count(part, nesting + 1)?);
            }
        }
        self.known.insert(place, Some(steps));
        Ok(steps)
    }
}

/// The schemas of a keyword that look at the same value as the schema they are in.
fn beside<'a>(keyword: &str, value: &'a Value) -> Vec<&'a Value> {
    match (keyword, value) {
        ("allOf" | "anyOf" | "oneOf", Value::Array(parts)) => parts.iter().collect(),
        ("dependencies", Value::Object(parts)) => parts.values().collect(),
        ("not", part) => vec![part],
        _ => Vec::new(),
    }
}
