//! What an expression has for a value: references, operators, and calls of functions.

use super::parse::{Expression, Operator};
use super::{MAX_POINTS, MathError, Scope, Series, Value, functions};

/// Computes an expression.
pub(in crate::cloudwatch) fn evaluate(
    expression: &Expression,
    scope: &Scope<'_>,
) -> Result<Value, MathError> {
    let value = value_of(expression, scope)?;
    if value.points() > MAX_POINTS {
        return Err(MathError::Large);
    }
    Ok(value)
}

fn value_of(expression: &Expression, scope: &Scope<'_>) -> Result<Value, MathError> {
    match expression {
        Expression::Number(number) => Ok(Value::Scalar(*number)),
        Expression::Text(text) => Ok(Value::Text(text.clone())),
        Expression::Id(id) => match scope.values.get(id) {
            Some(value) => Ok(value.clone()),
            None => keyword(id).ok_or_else(|| MathError::Unknown(id.clone())),
        },
        Expression::Array(parts) => array(parts, scope),
        Expression::Negated(part) => negate(&evaluate(part, scope)?),
        Expression::Binary(operator, left, right) => {
            let (left, right) = (evaluate(left, scope)?, evaluate(right, scope)?);
            combine(*operator, &left, &right)
        }
        Expression::Call(name, arguments) => {
            let arguments = arguments.iter().map(|it| evaluate(it, scope));
            functions::call(name, arguments.collect::<Result<_, _>>()?, scope)
        }
    }
}

/// Words that stand for themselves as arguments.
fn keyword(word: &str) -> Option<Value> {
    let known = [
        "REPEAT", "LINEAR", "ASC", "DESC", "AVG", "MAX", "MIN", "SUM",
    ];
    known.contains(&word).then(|| Value::Text(word.to_owned()))
}

fn array(parts: &[Expression], scope: &Scope<'_>) -> Result<Value, MathError> {
    let mut all = Vec::new();
    for part in parts {
        match evaluate(part, scope)? {
            Value::Series(series) => all.push(series),
            Value::Array(several) => all.extend(several),
            Value::Scalar(_) | Value::Text(_) => return Err(MathError::Syntax),
        }
    }
    Ok(Value::Array(all))
}

fn negate(value: &Value) -> Result<Value, MathError> {
    combine(Operator::Multiply, value, &Value::Scalar(-1.0))
}

/// Puts two values together, point by point; where one of two series has no point, the result has none.
fn combine(operator: Operator, left: &Value, right: &Value) -> Result<Value, MathError> {
    let pair = |one: f64, other: f64| apply(operator, one, other);
    let both = |one: &Series, other: &Series| {
        let points = one.points.iter();
        let met =
            points.filter_map(|(at, value)| Some((*at, pair(*value, *other.points.get(at)?))));
        one.with(met)
    };
    Ok(match (left, right) {
        (Value::Scalar(one), Value::Scalar(other)) => Value::Scalar(pair(*one, *other)),
        (Value::Series(one), Value::Scalar(other)) => {
            Value::Series(one.map(|value| pair(value, *other)))
        }
        (Value::Scalar(one), Value::Series(other)) => {
            Value::Series(other.map(|value| pair(*one, value)))
        }
        (Value::Series(one), Value::Series(other)) => Value::Series(both(one, other)),
        (Value::Array(all), Value::Scalar(other)) => {
            let each = all.iter().map(|one| one.map(|value| pair(value, *other)));
            Value::Array(each.collect())
        }
        (Value::Scalar(one), Value::Array(all)) => {
            let each = all.iter().map(|other| other.map(|value| pair(*one, value)));
            Value::Array(each.collect())
        }
        (Value::Array(all), Value::Series(other)) => {
            Value::Array(all.iter().map(|one| both(one, other)).collect())
        }
        (Value::Series(one), Value::Array(all)) => {
            let labelled = |other: &Series| Series {
                label: other.label.clone(),
                ..both(one, other)
            };
            Value::Array(all.iter().map(labelled).collect())
        }
        _ => {
            return Err(MathError::Operands {
                operator: operator.text(),
                left: left.kind(),
                right: right.kind(),
            });
        }
    })
}

fn apply(operator: Operator, one: f64, other: f64) -> f64 {
    let truth = |holds: bool| f64::from(u8::from(holds));
    #[expect(clippy::float_cmp, reason = "equal is what the caller asks about")]
    match operator {
        Operator::Or => truth(one != 0.0 || other != 0.0),
        Operator::And => truth(one != 0.0 && other != 0.0),
        Operator::Equal => truth(one == other),
        Operator::Unequal => truth(one != other),
        Operator::AtMost => truth(one <= other),
        Operator::AtLeast => truth(one >= other),
        Operator::Below => truth(one < other),
        Operator::Above => truth(one > other),
        Operator::Add => one + other,
        Operator::Subtract => one - other,
        Operator::Multiply => one * other,
        Operator::Divide => one / other,
        Operator::Power => one.powf(other),
    }
}
