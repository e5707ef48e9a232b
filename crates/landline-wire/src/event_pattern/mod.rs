//! Event patterns: which records of an event source a function wants to see, which events a rule is for.
//!
//! A pattern is a JSON object with the shape of a record. Its leaves are lists of conditions, of
//! which one must hold; all of its members must. Pure: no I/O, no clock, no panic on any input.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html>

mod condition;
mod wildcard;

use serde_json::{Map, Value};

use condition::Condition;

/// A pattern that has been read.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern(Members);

/// The text is no pattern: no JSON object, an empty list, a condition that is not known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotAPattern(String);

impl From<&str> for NotAPattern {
    fn from(reason: &str) -> Self {
        refuse(reason)
    }
}

fn refuse(reason: impl Into<String>) -> NotAPattern {
    NotAPattern(reason.into())
}

/// What must hold of an object; all of it.
#[derive(Debug, Clone, PartialEq)]
struct Members(Vec<Member>);

#[derive(Debug, Clone, PartialEq)]
enum Member {
    /// One of the conditions holds of the value.
    Leaf(String, Vec<Condition>),
    /// The value is an object that matches.
    Nested(String, Members),
    /// `$or`: one of these matches the object itself.
    Either(Vec<Members>),
}

impl Pattern {
    /// Reads a pattern.
    pub fn parse(text: &str) -> Result<Self, NotAPattern> {
        let value: Value = serde_json::from_str(text)
            .map_err(|error| refuse(format!("Filter is not valid JSON: {error}")))?;
        let object = value
            .as_object()
            .ok_or_else(|| refuse("Filter is not an object"))?;
        Members::parse(object).map(Self)
    }

    /// Whether the record is one of those that the pattern describes.
    pub fn matches(&self, record: &Value) -> bool {
        self.0.matches(record)
    }
}

impl Members {
    fn parse(object: &Map<String, Value>) -> Result<Self, NotAPattern> {
        let members = object.iter().map(|(key, value)| Member::parse(key, value));
        members.collect::<Result<_, _>>().map(Self)
    }

    fn matches(&self, value: &Value) -> bool {
        match value {
            Value::Object(object) => match nested(object) {
                Some(object) => self.0.iter().all(|member| member.matches(&object)),
                None => self.0.iter().all(|member| member.matches(object)),
            },
            // One element must match in all members: EventBridge calls that array consistency.
            Value::Array(elements) => elements.iter().any(|element| self.matches(element)),
            // Nothing can be below what is no object.
            _ => self.matches(&Value::Object(Map::new())),
        }
    }
}

/// The two parts of a key that is a path: `detail.state` is `state` within `detail`.
fn path(key: &str) -> Option<(&str, &str)> {
    let parts = key.split_once('.');
    parts.filter(|(head, rest)| !head.is_empty() && !rest.is_empty())
}

/// An object whose keys are paths, with objects instead; `None` when no key is one.
fn nested(object: &Map<String, Value>) -> Option<Map<String, Value>> {
    if !object.keys().any(|key| path(key).is_some()) {
        return None;
    }
    let mut all = Map::new();
    for (key, value) in object {
        let Some((head, rest)) = path(key) else {
            all.insert(key.clone(), value.clone());
            continue;
        };
        // What stands in the object under the head's own name goes before.
        let known = object.get(head).and_then(Value::as_object);
        let within = all.entry(head).or_insert_with(|| known.cloned().into());
        if let Value::Object(within) = within {
            within.entry(rest).or_insert_with(|| value.clone());
        } else {
            *within = serde_json::json!({ rest: value });
        }
    }
    Some(all)
}

impl Member {
    fn parse(key: &str, value: &Value) -> Result<Self, NotAPattern> {
        if let Some((head, rest)) = path(key) {
            let within = Members(vec![Self::parse(rest, value)?]);
            return Ok(Self::Nested(head.to_owned(), within));
        }
        match value {
            Value::Object(object) => Ok(Self::Nested(key.to_owned(), Members::parse(object)?)),
            Value::Array(list) if key == "$or" && list.len() > 1 => {
                let choices = list.iter().map(|choice| {
                    let object = choice.as_object();
                    Members::parse(object.ok_or_else(|| refuse("Only objects may stand in $or"))?)
                });
                choices.collect::<Result<_, _>>().map(Self::Either)
            }
            Value::Array(list) if !list.is_empty() => {
                let conditions = list.iter().map(Condition::parse);
                let conditions = conditions.collect::<Result<_, _>>()?;
                Ok(Self::Leaf(key.to_owned(), conditions))
            }
            Value::Array(_) => Err(refuse("Empty arrays are not allowed")),
            _ => Err(refuse(format!("\"{key}\" must be an object or an array"))),
        }
    }

    fn matches(&self, object: &Map<String, Value>) -> bool {
        match self {
            Self::Leaf(key, conditions) => {
                let value = object.get(key);
                conditions.iter().any(|condition| condition.holds(value))
            }
            Self::Nested(key, members) => {
                members.matches(object.get(key).unwrap_or(&Value::Object(Map::new())))
            }
            Self::Either(choices) => choices
                .iter()
                .any(|choice| choice.0.iter().all(|member| member.matches(object))),
        }
    }
}

#[cfg(test)]
mod tests;
