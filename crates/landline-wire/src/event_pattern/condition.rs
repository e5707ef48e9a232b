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
            Value::Array(_) => {
                return Err(refuse(
                    "Match value must be String, number, true, false, or null",
                ));
            }
            scalar => return Ok(Self::Equals(scalar.clone())),
        };
        let (name, argument) = only_member(object)?;
        match (name, argument) {
            ("prefix", argument) => Text::parse(name, argument).map(Self::Prefix),
            ("suffix", argument) => Text::parse(name, argument).map(Self::Suffix),
            ("equals-ignore-case", Value::String(text)) => {
                Ok(Self::EqualsIgnoreCase(text.to_lowercase()))
            }
            ("wildcard", Value::String(text)) => Wildcard::parse(text).map(Self::Wildcard),
            ("cidr", Value::String(range)) => cidr(range),
            ("exists", Value::Bool(true)) => Ok(Self::Exists),
            ("exists", Value::Bool(false)) => Ok(Self::DoesNotExist),
            ("numeric", Value::Array(list)) => comparisons(list).map(Self::Numeric),
            ("anything-but", argument) => exceptions(argument).map(Self::AnythingBut),
            ("equals-ignore-case" | "wildcard", _) => Err(no_text(name)),
            // What reads ranges was made of what reads prefixes.
            ("cidr", _) => Err(no_text("prefix")),
            ("exists", _) => Err(refuse("exists match pattern must be either true or false.")),
            ("numeric", _) => Err(refuse("Value of numeric must be an array.")),
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
    fn parse(name: &str, argument: &Value) -> Result<Self, NotAPattern> {
        if let Value::String(text) = argument {
            return Ok(Self::Exact(text.clone()));
        }
        let ignored = argument.as_object().filter(|object| object.len() == 1);
        let text = ignored.and_then(|object| object.get("equals-ignore-case")?.as_str());
        text.map(|text| Self::IgnoreCase(text.to_lowercase()))
            .ok_or_else(|| no_text(name))
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
            other => Err(refuse(format!(
                "Unrecognized numeric range operator: {other}"
            ))),
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

fn no_text(name: &str) -> NotAPattern {
    refuse(format!("{name} match pattern must be a string"))
}

/// A range of addresses: `10.0.0.0/8`.
fn cidr(range: &str) -> Result<Condition, NotAPattern> {
    let Some((address, bits)) = range.split_once('/').filter(|(_, it)| !it.contains('/')) else {
        return Err(refuse("Malformed CIDR, one '/' required"));
    };
    if bits.parse::<u32>().is_err() {
        return Err(refuse("Malformed CIDR, mask bits must be an integer"));
    }
    if address.parse::<std::net::IpAddr>().is_err() {
        return Err(refuse(format!("Nonstandard IP address: {address}")));
    }
    match is_in_range(range, "0.0.0.0") {
        Some(_) => Ok(Condition::Cidr(range.to_owned())),
        None => Err(refuse(format!(
            "Malformed CIDR, mask bits must be < {bits}"
        ))),
    }
}

/// `["=", 5]`, or a range such as `[">", 0, "<=", 5]`: from below, then from above.
fn comparisons(list: &[Value]) -> Result<Vec<(Comparison, f64)>, NotAPattern> {
    if list.is_empty() {
        return Err(refuse("Invalid member in numeric match: ]"));
    }
    let mut all: Vec<(Comparison, f64)> = Vec::new();
    for pair in list.chunks(2) {
        let (operator, bound) = (&pair[0], pair.get(1).and_then(Value::as_f64));
        let Some(operator) = operator.as_str() else {
            return Err(refuse(format!(
                "Invalid member in numeric match: {operator}"
            )));
        };
        let comparison = Comparison::parse(operator)?;
        let bound = bound.ok_or_else(|| refuse(format!("Value of {operator} must be numeric")))?;
        let is_fine = match all.as_slice() {
            [] => true,
            [(Comparison::Greater | Comparison::GreaterOrEqual, _)] => {
                matches!(comparison, Comparison::Less | Comparison::LessOrEqual)
            }
            _ => false,
        };
        if !is_fine {
            return Err(refuse(format!("Bad numeric range operator: {operator}")));
        }
        all.push((comparison, bound));
    }
    Ok(all)
}

/// A value, a list of values, or one of the conditions on text with one text or several.
fn exceptions(argument: &Value) -> Result<Vec<Condition>, NotAPattern> {
    match argument {
        Value::String(_) | Value::Number(_) => Ok(vec![Condition::Equals(argument.clone())]),
        Value::Array(list) if !list.is_empty() => {
            let is_plain = list.iter().all(|v| v.is_string() || v.is_number());
            let values = list.iter().cloned().map(Condition::Equals);
            is_plain.then(|| values.collect()).ok_or_else(|| {
                refuse("Inside anything but list, start|null|boolean is not supported.")
            })
        }
        Value::Object(object) => {
            let (name, argument) = only_member(object)?;
            if !["prefix", "suffix", "equals-ignore-case", "wildcard"].contains(&name) {
                return Err(refuse(format!("Unsupported anything-but pattern: {name}")));
            }
            let texts = match argument {
                Value::Array(list) if !list.is_empty() => list.as_slice(),
                Value::Array(_) | Value::Object(_) => return Err(NO_EXCEPTION.into()),
                one => std::slice::from_ref(one),
            };
            let conditions = texts.iter().map(|text| exception(name, text));
            conditions.collect()
        }
        _ => Err(NO_EXCEPTION.into()),
    }
}

const NO_EXCEPTION: &str = "Value of anything-but must be an array or single string/number value.";

/// A condition on text within `anything-but`, whose refusals have words of their own.
fn exception(name: &str, text: &Value) -> Result<Condition, NotAPattern> {
    let is_end = matches!(name, "prefix" | "suffix");
    match text {
        Value::String(text) if is_end && text.is_empty() => {
            Err(refuse("Null prefix/suffix not allowed"))
        }
        Value::String(_) => Condition::parse(&serde_json::json!({ name: text })),
        _ if is_end => Err(no_text("prefix/suffix")),
        _ if name == "equals-ignore-case" => Err(refuse(
            "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.",
        )),
        _ => Err(no_text(name)),
    }
}

fn only_member(object: &Map<String, Value>) -> Result<(&str, &Value), NotAPattern> {
    let mut members = object.iter();
    match (members.next(), members.next()) {
        (Some((name, argument)), None) => Ok((name, argument)),
        _ => Err(refuse("Only one key allowed in match expression")),
    }
}

/// Numbers are equal by their value: 5 is 5.0.
fn equal(expected: &Value, value: &Value) -> bool {
    match (expected.as_f64(), value.as_f64()) {
        (Some(expected), Some(number)) => expected.total_cmp(&number).is_eq(),
        _ => expected == value,
    }
}
