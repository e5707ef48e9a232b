//! The methods of `Integer`, `Long`, `Double` and `Boolean`.
//!
//! Static methods can be called on any number, as templates do:
//! `#set($Integer = 0) $Integer.parseInt("7")`.

use std::cmp::Ordering;

use crate::mapping::RenderError;
use crate::mapping::evaluate::{Rendering, as_double, compare};
use crate::mapping::value::Value;

pub(super) fn call(
    rendering: &mut Rendering<'_>,
    value: &Value,
    name: &str,
    arguments: &[Value],
) -> Result<Value, RenderError> {
    Ok(match (name, arguments) {
        ("intValue" | "longValue" | "shortValue", []) => truncate(value),
        ("doubleValue" | "floatValue", []) => as_double(value).map_or(Value::Null, Value::Double),
        ("booleanValue", []) if matches!(value, Value::Bool(_)) => value.clone(),
        ("isNaN", []) => Value::Bool(matches!(value, Value::Double(number) if number.is_nan())),
        ("isInfinite", []) => {
            Value::Bool(matches!(value, Value::Double(number) if number.is_infinite()))
        }
        ("hashCode", []) => match value {
            Value::Integer(number) => Value::Integer(*number),
            Value::Bool(truth) => Value::Integer(if *truth { 1231 } else { 1237 }),
            _ => Value::Null,
        },
        ("compareTo", [other]) => ordering(value, other),
        ("compare", [left, right]) => ordering(left, right),
        ("max", [left, right]) => larger(left, right, Ordering::Greater),
        ("min", [left, right]) => larger(left, right, Ordering::Less),
        ("parseInt" | "parseLong" | "parseDouble" | "parseBoolean", [Value::Text(text)]) => {
            parse(name, text)
        }
        ("valueOf", [Value::Text(text)]) => {
            let kind = match value {
                Value::Double(_) => "parseDouble",
                Value::Bool(_) => "parseBoolean",
                _ => "parseInt",
            };
            parse(kind, text)
        }
        ("valueOf", [number @ (Value::Integer(_) | Value::Double(_) | Value::Bool(_))]) => {
            number.clone()
        }
        ("toString", [number]) => Value::Text(rendering.text_of(number)?),
        _ => Value::Null,
    })
}

/// Reads a number as the static methods of Java do; what is none has no value.
pub(super) fn parse(name: &str, text: &str) -> Value {
    match name {
        "parseDouble" => text.trim().parse().map_or(Value::Null, Value::Double),
        "parseBoolean" => Value::Bool(text.eq_ignore_ascii_case("true")),
        _ => text
            .parse::<i64>()
            .map_or(Value::Null, |number| Value::Integer(number.into())),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "Java cuts the fraction off and stops at its largest long"
)]
fn truncate(value: &Value) -> Value {
    match value {
        Value::Integer(_) => value.clone(),
        Value::Double(number) => Value::Integer((*number as i64).into()),
        _ => Value::Null,
    }
}

fn ordering(left: &Value, right: &Value) -> Value {
    let order = match (left, right) {
        (Value::Bool(left), Value::Bool(right)) => Some(left.cmp(right)),
        _ => compare(left, right),
    };
    match order {
        Some(Ordering::Less) => Value::Integer(-1),
        Some(Ordering::Equal) => Value::Integer(0),
        Some(Ordering::Greater) => Value::Integer(1),
        None => Value::Null,
    }
}

fn larger(left: &Value, right: &Value, wanted: Ordering) -> Value {
    match compare(left, right) {
        Some(order) if order == wanted => left.clone(),
        Some(_) => right.clone(),
        None => Value::Null,
    }
}
