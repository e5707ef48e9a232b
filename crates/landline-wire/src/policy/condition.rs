//! `Condition`: an operator, a context key, and the values to compare it with.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::Context;
use super::address::is_in_range;
use super::arn_pattern::arn_matches;
use super::document::{MalformedPolicy, malformed, texts};
use super::pattern::{Case, Pattern, Variables, replaced, with_wildcards};
use crate::Timestamp;

/// One condition; all of a statement's must hold.
#[derive(Debug, Clone)]
pub(super) struct Condition {
    operator: Operator,
    quantifier: Quantifier,
    when_missing: WhenMissing,
    key: String,
    values: Vec<String>,
    variables: Variables,
}

/// How a value of the request is compared with one of the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Operator {
    comparison: Comparison,
    sense: Sense,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    String,
    StringIgnoringCase,
    StringLike,
    Number(Order),
    Date(Order),
    Bool,
    Binary,
    Address,
    Arn,
    /// Whether the key is there at all.
    Null,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// Whether one of the policy's values must fit, or none may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sense {
    Positive,
    Negated,
}

/// How the several values of a key count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quantifier {
    /// The key is meant to have one value.
    One,
    /// `ForAnyValue:`
    Any,
    /// `ForAllValues:`
    All,
}

/// What a condition says of a key that the request does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WhenMissing {
    /// What its operator says: only a negated one holds.
    Judge,
    /// It holds, by `…IfExists`.
    Hold,
}

impl Condition {
    /// Reads a statement's `Condition`.
    pub(super) fn read(
        conditions: Option<&Value>,
        variables: Variables,
    ) -> Result<Vec<Self>, MalformedPolicy> {
        let operators = match conditions {
            None => return Ok(Vec::new()),
            Some(Value::Object(operators)) => operators,
            Some(_) => return Err(malformed("a condition is an object")),
        };
        let mut read = Vec::new();
        for (name, keys) in operators {
            let Value::Object(keys) = keys else {
                return Err(malformed(format!("{name} names no context keys")));
            };
            let (quantifier, when_missing, operator) = parse_operator(name)
                .ok_or_else(|| malformed(format!("there is no condition operator {name}")))?;
            for (key, values) in keys {
                let values = condition_values(values)
                    .ok_or_else(|| malformed(format!("{key} is compared with nothing")))?;
                read.push(Self {
                    operator,
                    quantifier,
                    when_missing,
                    key: key.clone(),
                    values,
                    variables,
                });
            }
        }
        Ok(read)
    }

    /// Whether the condition holds.
    pub(super) fn holds(&self, context: &Context) -> bool {
        let found = context.values(&self.key);
        if self.operator.comparison == Comparison::Null {
            let wants_absence = |value: &String| value.eq_ignore_ascii_case("true");
            return self.values.iter().any(wants_absence) == found.is_none();
        }
        let Some(found) = found.filter(|values| !values.is_empty()) else {
            return match self.quantifier {
                Quantifier::All => true,
                _ if self.when_missing == WhenMissing::Hold => true,
                Quantifier::Any => false,
                Quantifier::One => self.operator.sense == Sense::Negated,
            };
        };
        let mut found = found.iter();
        match self.quantifier {
            Quantifier::All => found.all(|value| self.judges(value, context)),
            Quantifier::Any | Quantifier::One => found.any(|value| self.judges(value, context)),
        }
    }

    fn judges(&self, found: &str, context: &Context) -> bool {
        let mut values = self.values.iter();
        let fits = values.any(|value| self.compares(value, found, context));
        fits == (self.operator.sense == Sense::Positive)
    }

    /// Values that are not of the operator's type never fit.
    fn compares(&self, value: &str, found: &str, context: &Context) -> bool {
        if self.operator.comparison == Comparison::StringLike {
            return Pattern::new(value, Case::Kept, self.variables).matches(found, context);
        }
        let with_variables = match self.variables {
            Variables::Replaced if value.contains("${") => {
                replaced(value, context).map(|value| with_wildcards(&value))
            }
            _ => Some(value.to_owned()),
        };
        let Some(value) = with_variables else {
            return false;
        };
        let fits = match self.operator.comparison {
            Comparison::String => Some(value == found),
            Comparison::StringIgnoringCase => Some(value.to_lowercase() == found.to_lowercase()),
            Comparison::Number(order) => order.holds(number(found), number(&value)),
            Comparison::Date(order) => order.holds(date(found), date(&value)),
            Comparison::Bool => Some(value.eq_ignore_ascii_case(found)),
            Comparison::Binary => bytes(&value).map(|value| Some(value) == bytes(found)),
            Comparison::Address => is_in_range(&value, found),
            Comparison::Arn => Some(arn_matches(&value, found)),
            Comparison::StringLike | Comparison::Null => None,
        };
        fits.unwrap_or(false)
    }
}

impl Order {
    fn holds<T: PartialOrd>(self, found: Option<T>, value: Option<T>) -> Option<bool> {
        let (found, value) = (found?, value?);
        Some(match self {
            Self::Equal => found == value,
            Self::Less => found < value,
            Self::LessOrEqual => found <= value,
            Self::Greater => found > value,
            Self::GreaterOrEqual => found >= value,
        })
    }
}

/// `ForAnyValue:StringNotLikeIfExists`, taken apart.
fn parse_operator(name: &str) -> Option<(Quantifier, WhenMissing, Operator)> {
    let (quantifier, rest) = match name.split_once(':') {
        Some(("ForAnyValue", rest)) => (Quantifier::Any, rest),
        Some(("ForAllValues", rest)) => (Quantifier::All, rest),
        Some(_) => return None,
        None => (Quantifier::One, name),
    };
    let (when_missing, rest) = match rest.strip_suffix("IfExists") {
        Some(rest) => (WhenMissing::Hold, rest),
        None => (WhenMissing::Judge, rest),
    };
    let (_, comparison, sense) = OPERATORS.iter().find(|(known, ..)| *known == rest)?;
    let operator = Operator {
        comparison: *comparison,
        sense: *sense,
    };
    let asks_twice = *comparison == Comparison::Null && rest != name;
    (!asks_twice).then_some((quantifier, when_missing, operator))
}

const OPERATORS: &[(&str, Comparison, Sense)] = &[
    ("StringEquals", Comparison::String, Sense::Positive),
    ("StringNotEquals", Comparison::String, Sense::Negated),
    (
        "StringEqualsIgnoreCase",
        Comparison::StringIgnoringCase,
        Sense::Positive,
    ),
    (
        "StringNotEqualsIgnoreCase",
        Comparison::StringIgnoringCase,
        Sense::Negated,
    ),
    ("StringLike", Comparison::StringLike, Sense::Positive),
    ("StringNotLike", Comparison::StringLike, Sense::Negated),
    ("NumericEquals", NUMBER, Sense::Positive),
    ("NumericNotEquals", NUMBER, Sense::Negated),
    (
        "NumericLessThan",
        Comparison::Number(Order::Less),
        Sense::Positive,
    ),
    (
        "NumericLessThanEquals",
        Comparison::Number(Order::LessOrEqual),
        Sense::Positive,
    ),
    (
        "NumericGreaterThan",
        Comparison::Number(Order::Greater),
        Sense::Positive,
    ),
    (
        "NumericGreaterThanEquals",
        Comparison::Number(Order::GreaterOrEqual),
        Sense::Positive,
    ),
    ("DateEquals", DATE, Sense::Positive),
    ("DateNotEquals", DATE, Sense::Negated),
    (
        "DateLessThan",
        Comparison::Date(Order::Less),
        Sense::Positive,
    ),
    (
        "DateLessThanEquals",
        Comparison::Date(Order::LessOrEqual),
        Sense::Positive,
    ),
    (
        "DateGreaterThan",
        Comparison::Date(Order::Greater),
        Sense::Positive,
    ),
    (
        "DateGreaterThanEquals",
        Comparison::Date(Order::GreaterOrEqual),
        Sense::Positive,
    ),
    ("Bool", Comparison::Bool, Sense::Positive),
    ("BinaryEquals", Comparison::Binary, Sense::Positive),
    ("IpAddress", Comparison::Address, Sense::Positive),
    ("NotIpAddress", Comparison::Address, Sense::Negated),
    ("ArnEquals", Comparison::Arn, Sense::Positive),
    ("ArnLike", Comparison::Arn, Sense::Positive),
    ("ArnNotEquals", Comparison::Arn, Sense::Negated),
    ("ArnNotLike", Comparison::Arn, Sense::Negated),
    ("Null", Comparison::Null, Sense::Positive),
];

const NUMBER: Comparison = Comparison::Number(Order::Equal);
const DATE: Comparison = Comparison::Date(Order::Equal);

/// A value or a list of them; numbers and booleans are taken as their text.
fn condition_values(value: &Value) -> Option<Vec<String>> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(is_true) => Some(is_true.to_string()),
        _ => None,
    };
    match value {
        Value::Array(values) if values.iter().all(Value::is_string) => texts(value),
        Value::Array(values) => values.iter().map(text).collect(),
        single => Some(vec![text(single)?]),
    }
}

fn number(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().filter(|number| number.is_finite())
}

/// A date, or seconds since the epoch.
fn date(text: &str) -> Option<Timestamp> {
    let midnight = || Timestamp::parse(&format!("{text}T00:00:00Z"));
    Timestamp::parse(text).or_else(midnight)
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}
