//! Comparison and arithmetic, as Velocity has them on Java's numbers.

use std::cmp::Ordering;

use super::Rendering;
use crate::mapping::RenderError;
use crate::mapping::tree::Operator;
use crate::mapping::value::Value;

impl Rendering<'_> {
    pub(super) fn apply(
        &mut self,
        operator: Operator,
        left: &Value,
        right: &Value,
    ) -> Result<Value, RenderError> {
        let order = || compare(left, right);
        Ok(match operator {
            Operator::Equal => Value::Bool(self.equals_loosely(left, right)?),
            Operator::NotEqual => Value::Bool(!self.equals_loosely(left, right)?),
            // What is no number is neither less nor greater.
            Operator::Less => Value::Bool(order() == Some(Ordering::Less)),
            Operator::Greater => Value::Bool(order() == Some(Ordering::Greater)),
            Operator::LessOrEqual => Value::Bool(order().is_some_and(Ordering::is_le)),
            Operator::GreaterOrEqual => Value::Bool(order().is_some_and(Ordering::is_ge)),
            Operator::Add if !(is_number(left) && is_number(right)) => {
                return self.join(left, right);
            }
            _ => calculate(operator, left, right),
        })
    }

    /// `+` on anything but numbers joins texts.
    fn join(&mut self, left: &Value, right: &Value) -> Result<Value, RenderError> {
        let is_text = |value: &Value| matches!(value, Value::Text(_) | Value::Block(_));
        if !is_text(left) && !is_text(right) {
            return Ok(Value::Null);
        }
        let left = self.text_of(left)?;
        let right = self.text_of(right)?;
        self.made(format!("{left}{right}"))
    }

    /// `==`: numbers by value, things of a kind by content, others by their text.
    /// API Gateway's null equals the empty string.
    fn equals_loosely(&mut self, left: &Value, right: &Value) -> Result<bool, RenderError> {
        match (left, right) {
            (Value::Null, other) | (other, Value::Null) => {
                Ok(other.is_null() || other.as_str() == Some(""))
            }
            (Value::Integer(_) | Value::Double(_), Value::Integer(_) | Value::Double(_)) => {
                Ok(compare(left, right) == Some(Ordering::Equal))
            }
            (Value::Text(left), Value::Text(right)) => {
                self.budget.read(left.len().min(right.len()))?;
                Ok(left == right)
            }
            (Value::List(_), Value::List(_)) | (Value::Map(_), Value::Map(_)) => {
                self.equals(left, right)
            }
            _ => {
                let left = self.text_of(left)?;
                let right = self.text_of(right)?;
                Ok(left == right)
            }
        }
    }

    /// `equals`: the same kind and the same content.
    pub(in crate::mapping) fn equals(
        &mut self,
        left: &Value,
        right: &Value,
    ) -> Result<bool, RenderError> {
        self.budget.enter()?;
        let equal = match (left, right) {
            (Value::Null, Value::Null)
            | (Value::Input, Value::Input)
            | (Value::Functions, Value::Functions)
            | (Value::Context, Value::Context) => true,
            (Value::Bool(left), Value::Bool(right)) => left == right,
            (Value::Integer(_), Value::Integer(_)) | (Value::Double(_), Value::Double(_)) => {
                compare(left, right) == Some(Ordering::Equal)
            }
            (Value::Text(left), Value::Text(right)) => {
                self.budget.read(left.len().min(right.len()))?;
                left == right
            }
            (Value::List(left), Value::List(right)) => {
                let left = self.items(*left)?;
                let right = self.items(*right)?;
                self.all_equal(&left, &right)?
            }
            (Value::Map(left), Value::Map(right)) if left == right => true,
            (Value::Map(left), Value::Map(right)) => {
                let left = self.heap.map(*left).entries.clone();
                let right = self.heap.map(*right).entries.clone();
                self.budget.spend(left.len() + right.len())?;
                let mut equal = left.len() == right.len();
                for (key, value) in &left {
                    equal = equal
                        && match right.get(key) {
                            Some(other) => self.equals(value, other)?,
                            None => false,
                        };
                }
                equal
            }
            (Value::Entry(left, left_key), Value::Entry(right, right_key)) => {
                left == right && left_key == right_key
            }
            _ => false,
        };
        self.budget.leave();
        Ok(equal)
    }

    fn all_equal(&mut self, left: &[Value], right: &[Value]) -> Result<bool, RenderError> {
        if left.len() != right.len() {
            return Ok(false);
        }
        for (left, right) in left.iter().zip(right) {
            if !self.equals(left, right)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

fn is_number(value: &Value) -> bool {
    matches!(value, Value::Integer(_) | Value::Double(_))
}

/// The order of two numbers.
pub(in crate::mapping) fn compare(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Integer(left), Value::Integer(right)) => Some(left.cmp(right)),
        _ => as_double(left)?.partial_cmp(&as_double(right)?),
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "Java rounds an integer beside a double in the same way"
)]
pub(in crate::mapping) fn as_double(value: &Value) -> Option<f64> {
    match value {
        Value::Integer(number) => Some(*number as f64),
        Value::Double(number) => Some(*number),
        _ => None,
    }
}

/// Arithmetic; nothing comes of a division by zero, of what is no number, and of integers
/// beyond 128 bits.
fn calculate(operator: Operator, left: &Value, right: &Value) -> Value {
    if let (Value::Integer(left), Value::Integer(right)) = (left, right) {
        let result = match operator {
            Operator::Add => left.checked_add(*right),
            Operator::Subtract => left.checked_sub(*right),
            Operator::Multiply => left.checked_mul(*right),
            Operator::Divide => left.checked_div(*right),
            Operator::Remainder => left.checked_rem(*right),
            _ => None,
        };
        return result.map_or(Value::Null, Value::Integer);
    }
    let (Some(left), Some(right)) = (as_double(left), as_double(right)) else {
        return Value::Null;
    };
    let result = match operator {
        Operator::Add => left + right,
        Operator::Subtract => left - right,
        Operator::Multiply => left * right,
        Operator::Divide if right != 0.0 => left / right,
        Operator::Remainder if right != 0.0 => left % right,
        _ => return Value::Null,
    };
    Value::Double(result)
}
