//! YAML → JSON, from the parser's events and without recursion.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Value};

use crate::quotas::{DEFINITION_DEPTH, DEFINITION_VALUES};

/// Reads one document; `Err` says what is wrong with it.
pub(super) fn parse(text: &str) -> Result<Value, String> {
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| error.to_string())?;
        let line = span.start.line();
        let taken = builder.take(event);
        taken.map_err(|why| format!("{why} in line {line}"))?;
    }
    builder.root.ok_or_else(|| "it is empty".to_owned())
}

/// The containers that are open, outermost first, and the document when it is whole.
#[derive(Default)]
struct Builder {
    open: Vec<(usize, Container)>,
    root: Option<Value>,
    anchors: HashMap<usize, Value>,
    values: usize,
}

enum Container {
    List(Vec<Value>),
    Map {
        map: Map<String, Value>,
        key: Option<String>,
        merges: Vec<Value>,
    },
}

impl Builder {
    fn take(&mut self, event: Event<'_>) -> Result<(), &'static str> {
        match event {
            Event::DocumentStart(_) if self.root.is_some() => Err("a second document begins"),
            Event::Alias(anchor) => {
                let value = self.anchors.get(&anchor).cloned();
                let value = value.ok_or("an alias has no anchor")?;
                self.spend(count(&value))?;
                self.put(value)
            }
            Event::Scalar(text, style, anchor, _) => {
                self.spend(1)?;
                if let Some((
                    _,
                    Container::Map {
                        key: key @ None, ..
                    },
                )) = self.open.last_mut()
                {
                    *key = Some(text.into_owned());
                    return Ok(());
                }
                let value = match style {
                    ScalarStyle::Plain => plain(&text),
                    _ => Value::String(text.into_owned()),
                };
                self.finish(anchor, value)
            }
            Event::SequenceStart(anchor, _) => self.push(anchor, Container::List(Vec::new())),
            Event::MappingStart(anchor, _) => self.push(
                anchor,
                Container::Map {
                    map: Map::new(),
                    key: None,
                    merges: Vec::new(),
                },
            ),
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                None => Ok(()),
                Some((anchor, Container::List(list))) => self.finish(anchor, list.into()),
                Some((
                    anchor,
                    Container::Map {
                        mut map, merges, ..
                    },
                )) => {
                    for merge in merges {
                        merge_into(&mut map, merge);
                    }
                    self.finish(anchor, map.into())
                }
            },
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => Ok(()),
        }
    }

    fn push(&mut self, anchor: usize, container: Container) -> Result<(), &'static str> {
        self.spend(1)?;
        if let Some((_, Container::Map { key: None, .. })) = self.open.last() {
            return Err("a key is no text");
        }
        if self.open.len() >= DEFINITION_DEPTH {
            return Err("it is nested too deep");
        }
        self.open.push((anchor, container));
        Ok(())
    }

    /// Keeps an anchored value for its aliases, and puts it where it belongs.
    fn finish(&mut self, anchor: usize, value: Value) -> Result<(), &'static str> {
        if anchor != 0 {
            self.spend(count(&value))?;
            self.anchors.insert(anchor, value.clone());
        }
        self.put(value)
    }

    fn put(&mut self, value: Value) -> Result<(), &'static str> {
        match self.open.last_mut().map(|(_, container)| container) {
            None => self.root = Some(value),
            Some(Container::List(list)) => list.push(value),
            Some(Container::Map { map, key, merges }) => match key.take() {
                None => return Err("a key is no text"),
                Some(key) if key == "<<" => merges.push(value),
                Some(key) => drop(map.insert(key, value)),
            },
        }
        Ok(())
    }

    /// Aliases of aliases would grow without end.
    fn spend(&mut self, values: usize) -> Result<(), &'static str> {
        self.values = self.values.saturating_add(values);
        if self.values > DEFINITION_VALUES {
            return Err("it has too many values");
        }
        Ok(())
    }
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(list) => list.iter().map(count).sum::<usize>(),
        Value::Object(map) => map.values().map(count).sum::<usize>(),
        _ => 0,
    }
}

/// What the map says itself wins over what it merges.
fn merge_into(map: &mut Map<String, Value>, merge: Value) {
    match merge {
        Value::Object(more) => {
            for (key, value) in more {
                map.entry(key).or_insert(value);
            }
        }
        Value::Array(all) => all.into_iter().for_each(|merge| merge_into(map, merge)),
        _ => {}
    }
}

/// A scalar without quotes, by YAML's core schema: dates and versions such as `3.0.1` are texts.
fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => {
            let is_number = text.starts_with(|first: char| first.is_ascii_digit() || first == '-');
            let number = is_number.then(|| serde_json::from_str(text).ok()).flatten();
            number.map_or_else(|| Value::String(text.to_owned()), Value::Number)
        }
    }
}
