//! `#if`, `#foreach`, macro calls and `#evaluate`.

use std::sync::Arc;

use super::{Argument, Flow, Loop, Rendering};
use crate::mapping::tree::{Branch, Call, Expression, Foreach};
use crate::mapping::value::Value;
use crate::mapping::{RenderError, parse};
use crate::quotas::{FOREACH_ITERATIONS, MAPPING_TEMPLATE_BYTES};

impl Rendering<'_> {
    pub(super) fn choose(&mut self, branches: &[Branch]) -> Result<Flow, RenderError> {
        for branch in branches {
            let holds = match &branch.condition {
                Some(condition) => self.holds(condition)?,
                None => true,
            };
            if holds {
                return self.block(&branch.body);
            }
        }
        Ok(Flow::Next)
    }

    pub(super) fn foreach(&mut self, foreach: &Foreach) -> Result<Flow, RenderError> {
        let over = self.expression(&foreach.over)?;
        let mut items = match over {
            Value::List(list) => self.items(list)?,
            Value::Map(map) => self.heap.map(map).entries.values().cloned().collect(),
            // Java iterates over nothing else.
            _ => return Ok(Flow::Next),
        };
        // Like Velocity, which ends a loop at its limit without a word.
        items.truncate(FOREACH_ITERATIONS);
        let length = items.len();
        let outer = self.variable(&foreach.variable)?;
        let mut flow = Flow::Next;
        for (index, item) in items.into_iter().enumerate() {
            self.set_variable(&foreach.variable, item);
            self.loops.push(Loop { index, length });
            flow = self.block(&foreach.body)?;
            self.loops.pop();
            if flow != Flow::Next {
                break;
            }
        }
        self.set_variable(&foreach.variable, outer.unwrap_or(Value::Null));
        Ok(if flow == Flow::Stop { flow } else { Flow::Next })
    }

    pub(super) fn call_macro(&mut self, call: &Call) -> Result<Flow, RenderError> {
        let declared = self
            .macros
            .get(&call.name)
            .or_else(|| self.evaluated_macros.get(&call.name))
            .map(Arc::clone);
        let Some(declared) = declared else {
            self.budget.make(call.source.len())?;
            self.output.push_str(&call.source);
            return Ok(Flow::Next);
        };
        let mut frame = Vec::with_capacity(declared.parameters.len() + 1);
        for (at, parameter) in declared.parameters.iter().enumerate() {
            let argument = match call.arguments.get(at) {
                Some(argument) => Argument::Expression(Arc::clone(argument)),
                None => Argument::Value(Value::Null),
            };
            frame.push((Arc::clone(parameter), argument));
        }
        if let Some(body) = &call.body {
            let content = Value::Block(Arc::clone(body));
            frame.push(("bodyContent".into(), Argument::Value(content)));
        }
        self.frames.push(frame);
        let flow = self.block(&declared.body)?;
        self.frames.pop();
        Ok(if flow == Flow::Stop { flow } else { Flow::Next })
    }

    pub(super) fn evaluate_text(&mut self, text: &Expression) -> Result<Flow, RenderError> {
        let value = self.expression(text)?;
        let text = self.text_of(&value)?;
        if text.len() > MAPPING_TEMPLATE_BYTES {
            return Err(RenderError::TooLong);
        }
        self.budget.spend(text.len())?;
        let (body, macros) = parse::template(&text).map_err(RenderError::Evaluate)?;
        self.evaluated_macros.extend(macros);
        match self.block(&body)? {
            Flow::Stop => Ok(Flow::Stop),
            Flow::Next | Flow::Break => Ok(Flow::Next),
        }
    }
}
