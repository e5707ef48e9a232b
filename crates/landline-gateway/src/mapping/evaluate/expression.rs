//! Expressions: literals, lists, maps, ranges, and the operators between them.

use std::sync::Arc;

use super::Rendering;
use crate::mapping::RenderError;
use crate::mapping::tree::{Chain, Expression, Operator};
use crate::mapping::value::{Entries, Key, Origin, Value};

impl Rendering<'_> {
    pub(super) fn expression(&mut self, expression: &Expression) -> Result<Value, RenderError> {
        match expression {
            Expression::Null => Ok(Value::Null),
            Expression::Bool(truth) => Ok(Value::Bool(*truth)),
            Expression::Integer(number) => Ok(Value::Integer(*number)),
            Expression::Double(number) => Ok(Value::Double(*number)),
            Expression::Text(text) => Ok(Value::Text(Arc::clone(text))),
            nested => {
                self.budget.enter()?;
                let value = self.nested_expression(nested)?;
                self.budget.leave();
                Ok(value)
            }
        }
    }

    fn nested_expression(&mut self, expression: &Expression) -> Result<Value, RenderError> {
        match expression {
            Expression::Reference(reference) => self.resolve(reference),
            Expression::Interpolated(body) => Ok(Value::Text(self.capture(body)?.into())),
            Expression::List(expressions) => {
                let mut items = Vec::with_capacity(expressions.len());
                for item in expressions {
                    items.push(self.expression(item)?);
                }
                self.made_list(items, Origin::Template)
            }
            Expression::Map(expressions) => {
                let mut entries = Entries::with_capacity(expressions.len());
                for (key, value) in expressions {
                    let key = self.expression(key)?;
                    let value = self.expression(value)?;
                    if let Some(key) = Key::of(&key) {
                        entries.insert(key, value);
                    }
                }
                self.budget.spend(entries.len() + 1)?;
                Ok(Value::Map(self.heap.new_map(entries, Origin::Template)))
            }
            Expression::Range(ends) => {
                let first = self.expression(&ends.0)?;
                let last = self.expression(&ends.1)?;
                self.range(&first, &last)
            }
            Expression::Not(operand) => Ok(Value::Bool(!self.holds(operand)?)),
            Expression::Chain(chain) => self.chain(chain),
            scalar => self.expression(scalar),
        }
    }

    /// Whether a condition holds. Velocity 1.7 asks only references, comparisons and the
    /// words `true` and `false`; a literal or a sum in their place never holds.
    pub(super) fn holds(&mut self, condition: &Expression) -> Result<bool, RenderError> {
        let can_hold = match condition {
            Expression::Bool(_) | Expression::Reference(_) | Expression::Not(_) => true,
            Expression::Chain(chain) => !chain.rest.first().is_some_and(|(operator, _)| {
                matches!(
                    operator,
                    Operator::Add
                        | Operator::Subtract
                        | Operator::Multiply
                        | Operator::Divide
                        | Operator::Remainder
                )
            }),
            _ => false,
        };
        Ok(can_hold && self.expression(condition)?.is_true())
    }

    /// All integers from one to the other, whichever is the larger.
    fn range(&mut self, first: &Value, last: &Value) -> Result<Value, RenderError> {
        let (Some(first), Some(last)) = (first.as_integer(), last.as_integer()) else {
            return Ok(Value::Null);
        };
        let length = first.abs_diff(last).saturating_add(1);
        self.budget
            .spend(usize::try_from(length).unwrap_or(usize::MAX))?;
        let items = if first <= last {
            (first..=last).map(Value::Integer).collect()
        } else {
            (last..=first).rev().map(Value::Integer).collect()
        };
        self.made_list(items, Origin::Template)
    }

    fn chain(&mut self, chain: &Chain) -> Result<Value, RenderError> {
        let is_logical = matches!(chain.rest.first(), Some((Operator::Or | Operator::And, _)));
        let mut left = if is_logical {
            Value::Bool(self.holds(&chain.first)?)
        } else {
            self.expression(&chain.first)?
        };
        for (operator, right) in &chain.rest {
            self.budget.spend(1)?;
            left = match operator {
                Operator::Or if left.is_true() => Value::Bool(true),
                Operator::And if !left.is_true() => Value::Bool(false),
                Operator::Or | Operator::And => Value::Bool(self.holds(right)?),
                _ => {
                    let right = self.expression(right)?;
                    self.apply(*operator, &left, &right)?
                }
            };
        }
        Ok(left)
    }
}
