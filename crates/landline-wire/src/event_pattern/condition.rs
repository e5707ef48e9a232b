//! One condition in a leaf of a filter pattern.

use serde_json::Value;

use super::NotAPattern;

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
            Value::Array(_) => return Err(NotAPattern),
            scalar => return Ok(Self::Equals(scalar.clone())),
        };
        let mut members = object.iter();
        let (Some((name, argument)), None) = (members.next(), members.next()) else {
            return Err(NotAPattern);
        };
        match (name.as_str(), argument) {
            ("prefix", argument) => Text::parse(argument).map(Self::Prefix),
            ("suffix", argument) => Text::parse(argument).map(Self::Suffix),
            ("equals-ignore-case", Value::String(text)) => {
                Ok(Self::EqualsIgnoreCase(text.to_lowercase()))
            }
            ("exists", Value::Bool(true)) => Ok(Self::Exists),
            ("exists", Value::Bool(false)) => Ok(Self::DoesNotExist),
            ("numeric", Value::Array(list)) => comparisons(list).map(Self::Numeric),
            ("anything-but", argument) => exceptions(argument).map(Self::AnythingBut),
            _ => Err(NotAPattern),
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
            .ok_or(NotAPattern)
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
            _ => Err(NotAPattern),
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
    if !matches!(list.len(), 2 | 4) {
        return Err(NotAPattern);
    }
    let pairs = list.chunks_exact(2).map(|pair| {
        let comparison = Comparison::parse(pair[0].as_str().ok_or(NotAPattern)?)?;
        Ok((comparison, pair[1].as_f64().ok_or(NotAPattern)?))
    });
    pairs.collect()
}

/// A value, a list of values, or one of the conditions on text with one text or several.
fn exceptions(argument: &Value) -> Result<Vec<Condition>, NotAPattern> {
    match argument {
        Value::String(_) | Value::Number(_) => Ok(vec![Condition::Equals(argument.clone())]),
        Value::Array(list) if !list.is_empty() => {
            let is_plain = list.iter().all(|v| v.is_string() || v.is_number());
            let values = list.iter().cloned().map(Condition::Equals);
            is_plain.then(|| values.collect()).ok_or(NotAPattern)
        }
        Value::Object(object) => {
            let mut members = object.iter();
            let (Some((name, argument)), None) = (members.next(), members.next()) else {
                return Err(NotAPattern);
            };
            if !["prefix", "suffix", "equals-ignore-case"].contains(&name.as_str()) {
                return Err(NotAPattern);
            }
            let texts = match argument {
                Value::Array(list) if !list.is_empty() => list.as_slice(),
                Value::Array(_) => return Err(NotAPattern),
                one => std::slice::from_ref(one),
            };
            let conditions = texts
                .iter()
                .map(|text| Condition::parse(&serde_json::json!({ name: text })));
            conditions.collect()
        }
        _ => Err(NotAPattern),
    }
}

/// Numbers are equal by their value: 5 is 5.0.
fn equal(expected: &Value, value: &Value) -> bool {
    match (expected.as_f64(), value.as_f64()) {
        (Some(expected), Some(number)) => expected.total_cmp(&number).is_eq(),
        _ => expected == value,
    }
}
