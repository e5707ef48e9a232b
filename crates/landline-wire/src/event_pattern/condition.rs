//! One condition in a leaf of a pattern.

use serde_json::{Map, Value};

use super::wildcard::Wildcard;
use super::{NotAPattern, refuse};
use crate::policy::address::is_in_range;

/// A condition on one value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Condition {
    /// The value itself: text, number, truth value or null.
    Equals(Value),
    /// `equals-ignore-case`, the text in lower case.
    EqualsIgnoreCase(String),
    /// `prefix`
    Prefix(Text),
    /// `suffix`
    Suffix(Text),
    /// `wildcard`
    Wildcard(Wildcard),
    /// `cidr`: an address in this range.
    Cidr(String),
    /// `numeric`: all of the comparisons hold.
    Numeric(Vec<(Comparison, f64)>),
    /// `anything-but`: there is a value, and none of the conditions holds of it.
    AnythingBut(Vec<Condition>),
    /// `"exists": true`, of a value that is no object.
    Exists,
    /// `"exists": false`
    DoesNotExist,
}

/// Text that is compared with its case or without.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Text {
    Exact(String),
    /// In lower case.
    IgnoreCase(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Condition {
    pub(super) fn parse(value: &Value) -> Result<Self, NotAPattern> {
        let object = match value {
            Value::Object(object) => object,
            Value::Array(_) => return Err(refuse("A list may not stand in a list")),
            scalar => return Ok(Self::Equals(scalar.clone())),
        };
        let (name, argument) = only_member(object)?;
        match (name, argument) {
            ("prefix", argument) => Text::parse(argument).map(Self::Prefix),
            ("suffix", argument) => Text::parse(argument).map(Self::Suffix),
            ("equals-ignore-case", Value::String(text)) => {
                Ok(Self::EqualsIgnoreCase(text.to_lowercase()))
            }
            ("wildcard", Value::String(text)) => Wildcard::parse(text).map(Self::Wildcard),
            ("cidr", Value::String(range)) => match is_in_range(range, "0.0.0.0") {
                Some(_) if range.contains('/') => Ok(Self::Cidr(range.clone())),
                _ => Err(refuse(format!("{range} is no range of addresses"))),
            },
            ("exists", Value::Bool(true)) => Ok(Self::Exists),
            ("exists", Value::Bool(false)) => Ok(Self::DoesNotExist),
            ("numeric", Value::Array(list)) => comparisons(list).map(Self::Numeric),
            ("anything-but", argument) => exceptions(argument).map(Self::AnythingBut),
            ("equals-ignore-case" | "wildcard" | "cidr" | "exists" | "numeric", argument) => {
                Err(refuse(format!("{argument} is no value for {name}")))
            }
            _ => Err(refuse(format!("Unrecognized match type {name}"))),
        }
    }

    /// Whether the condition holds of a member's value; of one element, where that is a list.
    pub(super) fn holds(&self, value: Option<&Value>) -> bool {
        match value {
            // A path that leads on is no value.
            None | Some(Value::Object(_)) => *self == Self::DoesNotExist,
            Some(Value::Array(elements)) if elements.is_empty() => *self == Self::DoesNotExist,
            Some(Value::Array(elements)) => elements.iter().any(|e| self.holds(Some(e))),
            Some(scalar) => self.holds_of(scalar),
        }
    }

    fn holds_of(&self, value: &Value) -> bool {
        match self {
            Self::Equals(expected) => equal(expected, value),
            Self::EqualsIgnoreCase(lower) => value
                .as_str()
                .is_some_and(|text| text.to_lowercase() == *lower),
            Self::Prefix(text) => value.as_str().is_some_and(|value| text.begins(value)),
            Self::Suffix(text) => value.as_str().is_some_and(|value| text.ends(value)),
            Self::Wildcard(pattern) => value.as_str().is_some_and(|text| pattern.matches(text)),
            Self::Cidr(range) => value
                .as_str()
                .is_some_and(|address| is_in_range(range, address) == Some(true)),
            Self::Numeric(comparisons) => value.as_f64().is_some_and(|number| {
                comparisons
                    .iter()
                    .all(|(comparison, bound)| comparison.holds(number, *bound))
            }),
            Self::AnythingBut(exceptions) => !exceptions.iter().any(|e| e.holds_of(value)),
            Self::Exists => true,
            Self::DoesNotExist => false,
        }
    }
}

impl Text {
    fn parse(argument: &Value) -> Result<Self, NotAPattern> {
        if let Value::String(text) = argument {
            return Ok(Self::Exact(text.clone()));
        }
        let ignored = argument.as_object().filter(|object| object.len() == 1);
        let text = ignored.and_then(|object| object.get("equals-ignore-case")?.as_str());
        text.map(|text| Self::IgnoreCase(text.to_lowercase()))
            .ok_or_else(|| refuse("prefix and suffix take a text"))
    }

    fn begins(&self, value: &str) -> bool {
        match self {
            Self::Exact(text) => value.starts_with(text.as_str()),
            Self::IgnoreCase(lower) => value.to_lowercase().starts_with(lower.as_str()),
        }
    }

    fn ends(&self, value: &str) -> bool {
        match self {
            Self::Exact(text) => value.ends_with(text.as_str()),
            Self::IgnoreCase(lower) => value.to_lowercase().ends_with(lower.as_str()),
        }
    }
}

impl Comparison {
    fn parse(text: &str) -> Result<Self, NotAPattern> {
        match text {
            "=" => Ok(Self::Equal),
            "<" => Ok(Self::Less),
            "<=" => Ok(Self::LessOrEqual),
            ">" => Ok(Self::Greater),
            ">=" => Ok(Self::GreaterOrEqual),
            other => Err(refuse(format!("{other} is no comparison"))),
        }
    }

    fn holds(self, number: f64, bound: f64) -> bool {
        match self {
            Self::Equal => number.total_cmp(&bound).is_eq(),
            Self::Less => number < bound,
            Self::LessOrEqual => number <= bound,
            Self::Greater => number > bound,
            Self::GreaterOrEqual => number >= bound,
        }
    }
}

/// `["=", 5]`, or a range such as `[">", 0, "<=", 5]`.
fn comparisons(list: &[Value]) -> Result<Vec<(Comparison, f64)>, NotAPattern> {
    let wrong = || refuse("numeric takes one or two comparisons, each followed by a number");
    if !matches!(list.len(), 2 | 4) {
        return Err(wrong());
    }
    let pairs = list.chunks_exact(2).map(|pair| {
        let comparison = Comparison::parse(pair[0].as_str().ok_or_else(wrong)?)?;
        Ok((comparison, pair[1].as_f64().ok_or_else(wrong)?))
    });
    pairs.collect()
}

/// A value, a list of values, or one of the conditions on text with one text or several.
fn exceptions(argument: &Value) -> Result<Vec<Condition>, NotAPattern> {
    let wrong = || refuse("anything-but takes texts, numbers, or one condition on texts");
    match argument {
        Value::String(_) | Value::Number(_) => Ok(vec![Condition::Equals(argument.clone())]),
        Value::Array(list) if !list.is_empty() => {
            let is_plain = list.iter().all(|v| v.is_string() || v.is_number());
            let values = list.iter().cloned().map(Condition::Equals);
            is_plain.then(|| values.collect()).ok_or_else(wrong)
        }
        Value::Object(object) => {
            let (name, argument) = only_member(object)?;
            if !["prefix", "suffix", "equals-ignore-case", "wildcard"].contains(&name) {
                return Err(wrong());
            }
            let texts = match argument {
                Value::Array(list) if !list.is_empty() => list.as_slice(),
                Value::Array(_) => return Err(wrong()),
                one => std::slice::from_ref(one),
            };
            let conditions = texts
                .iter()
                .map(|text| Condition::parse(&serde_json::json!({ name: text })));
            conditions.collect()
        }
        _ => Err(wrong()),
    }
}

fn only_member(object: &Map<String, Value>) -> Result<(&str, &Value), NotAPattern> {
    let mut members = object.iter();
    match (members.next(), members.next()) {
        (Some((name, argument)), None) => Ok((name, argument)),
        _ => Err(refuse("A condition has one member")),
    }
}

/// Numbers are equal by their value: 5 is 5.0.
fn equal(expected: &Value, value: &Value) -> bool {
    match (expected.as_f64(), value.as_f64()) {
        (Some(expected), Some(number)) => expected.total_cmp(&number).is_eq(),
        _ => expected == value,
    }
}
