//! Walks the tree of a template and prints what it comes to.

mod directive;
mod expression;
mod operator;
mod reference;

use std::collections::HashMap;
use std::sync::Arc;

pub(super) use operator::{as_double, compare};

use super::budget::Budget;
use super::context::Context;
use super::tree::{Block, Expression, Macro, Node};
use super::value::text::{self, Slashes};
use super::value::{Heap, ListId, Origin, Value};
use super::{Overrides, RenderError, Scope, Template};

pub(super) fn render(
    template: &Template,
    scope: &Scope<'_>,
    overrides: &mut Overrides,
) -> Result<String, RenderError> {
    let mut rendering = Rendering {
        scope,
        overrides,
        macros: &template.macros,
        evaluated_macros: HashMap::new(),
        variables: HashMap::new(),
        frames: Vec::new(),
        loops: Vec::new(),
        context: Context::default(),
        document: None,
        parameters: None,
        stage_variables: None,
        heap: Heap::default(),
        budget: Budget::new(),
        output: String::new(),
    };
    rendering.block(&template.body)?;
    let Rendering {
        output,
        context,
        heap,
        ..
    } = rendering;
    context.keep(overrides, &heap);
    Ok(output)
}

/// One rendering of a template.
pub(super) struct Rendering<'r> {
    pub(super) scope: &'r Scope<'r>,
    overrides: &'r Overrides,
    macros: &'r HashMap<Box<str>, Arc<Macro>>,
    /// Declared in the text of an `#evaluate`.
    evaluated_macros: HashMap<Box<str>, Arc<Macro>>,
    variables: HashMap<Arc<str>, Value>,
    /// The parameters of the macros that are being called, the innermost last.
    frames: Vec<Frame>,
    pub(super) loops: Vec<Loop>,
    context: Context,
    /// The body, parsed when a template first asks for a part of it.
    pub(super) document: Option<Value>,
    pub(super) parameters: Option<Value>,
    stage_variables: Option<Value>,
    pub(super) heap: Heap,
    pub(super) budget: Budget,
    output: String,
}

/// The parameters of a macro that is being called.
type Frame = Vec<(Arc<str>, Argument)>;

/// Velocity calls macros by name: an argument is evaluated anew wherever its parameter
/// stands, until the macro sets the parameter.
#[derive(Debug, Clone)]
enum Argument {
    Value(Value),
    Expression(Arc<Expression>),
}

/// Where a `#foreach` is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Loop {
    pub(super) index: usize,
    pub(super) length: usize,
}

/// How a statement ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flow {
    Next,
    /// `#break`: the innermost loop, macro or definition ends.
    Break,
    /// `#stop`: the template ends.
    Stop,
}

impl Rendering<'_> {
    fn block(&mut self, nodes: &Block) -> Result<Flow, RenderError> {
        self.budget.enter()?;
        for node in nodes {
            let flow = self.node(node)?;
            if flow != Flow::Next {
                self.budget.leave();
                return Ok(flow);
            }
        }
        self.budget.leave();
        Ok(Flow::Next)
    }

    fn node(&mut self, node: &Node) -> Result<Flow, RenderError> {
        self.budget.spend(1)?;
        match node {
            Node::Text(text) => {
                self.budget.make(text.len())?;
                self.output.push_str(text);
                Ok(Flow::Next)
            }
            Node::Reference(reference) => self.print_reference(reference),
            Node::Set(assignment) => {
                let value = self.expression(&assignment.value)?;
                self.assign(&assignment.target, value)?;
                Ok(Flow::Next)
            }
            Node::If(branches) => self.choose(branches),
            Node::Foreach(foreach) => self.foreach(foreach),
            Node::Break => Ok(Flow::Break),
            Node::Stop => Ok(Flow::Stop),
            Node::Define(definition) => {
                let body = Value::Block(Arc::clone(&definition.body));
                self.set_variable(&definition.variable, body);
                Ok(Flow::Next)
            }
            Node::Call(call) => self.call_macro(call),
            Node::Evaluate(text) => self.evaluate_text(text),
        }
    }

    /// Prints a value; one that was defined is rendered now.
    fn print(&mut self, value: &Value) -> Result<Flow, RenderError> {
        if let Value::Block(body) = value {
            return Ok(match self.block(&Arc::clone(body))? {
                Flow::Stop => Flow::Stop,
                Flow::Next | Flow::Break => Flow::Next,
            });
        }
        text::write(value, &self.heap, &mut self.budget, &mut self.output)?;
        Ok(Flow::Next)
    }

    /// What a block prints, as a string.
    fn capture(&mut self, body: &Block) -> Result<String, RenderError> {
        let outer = std::mem::take(&mut self.output);
        let flow = self.block(body);
        let captured = std::mem::replace(&mut self.output, outer);
        flow.map(|_| captured)
    }

    pub(super) fn text_of(&mut self, value: &Value) -> Result<Arc<str>, RenderError> {
        match value {
            Value::Text(text) => Ok(Arc::clone(text)),
            Value::Block(body) => self.capture(&Arc::clone(body)).map(Arc::from),
            _ => {
                let mut text = String::new();
                text::write(value, &self.heap, &mut self.budget, &mut text)?;
                Ok(text.into())
            }
        }
    }

    pub(super) fn json_of(&mut self, value: &Value) -> Result<String, RenderError> {
        let mut text = String::new();
        text::json(
            value,
            Slashes::Plain,
            &self.heap,
            &mut self.budget,
            &mut text,
        )?;
        Ok(text)
    }

    /// A string that a method or a function made.
    pub(super) fn made(&mut self, text: impl Into<Arc<str>>) -> Result<Value, RenderError> {
        let text = text.into();
        self.budget.make(text.len())?;
        Ok(Value::Text(text))
    }

    pub(super) fn made_list(
        &mut self,
        items: Vec<Value>,
        origin: Origin,
    ) -> Result<Value, RenderError> {
        self.budget.spend(items.len() + 1)?;
        Ok(self.heap.new_list(items, origin))
    }

    pub(super) fn items(&mut self, list: ListId) -> Result<Vec<Value>, RenderError> {
        let items = &self.heap.list(list).items;
        self.budget.spend(items.len())?;
        Ok(items.clone())
    }

    pub(super) fn context_member(&mut self, name: &str) -> Result<Value, RenderError> {
        self.budget.spend(1)?;
        Ok(self
            .context
            .member(name, self.scope, self.overrides, &mut self.heap))
    }

    pub(super) fn set_context_member(&mut self, name: &str, value: Value) {
        self.context.set(name, value);
    }

    pub(super) fn context_names(&mut self) -> Vec<&'static str> {
        self.context
            .names(self.scope, self.overrides, &mut self.heap)
    }

    /// A variable, from the innermost macro outwards.
    fn variable(&mut self, name: &str) -> Result<Option<Value>, RenderError> {
        for level in (0..self.frames.len()).rev() {
            let parameter = self.frames[level]
                .iter()
                .find(|(parameter, _)| **parameter == *name);
            match parameter {
                None => {}
                Some((_, Argument::Value(value))) => return Ok(Some(value.clone())),
                Some((_, Argument::Expression(expression))) => {
                    let expression = Arc::clone(expression);
                    return self.argument(level, &expression).map(Some);
                }
            }
        }
        Ok(self.variables.get(name).cloned())
    }

    /// An argument means what it meant where the macro was called.
    fn argument(&mut self, level: usize, expression: &Expression) -> Result<Value, RenderError> {
        let inner = self.frames.split_off(level);
        self.budget.spend(inner.len())?;
        let value = self.expression(expression);
        self.frames.extend(inner);
        value
    }

    fn set_variable(&mut self, name: &Arc<str>, value: Value) {
        for frame in self.frames.iter_mut().rev() {
            if let Some((_, old)) = frame.iter_mut().find(|(parameter, _)| parameter == name) {
                *old = Argument::Value(value);
                return;
            }
        }
        self.variables.insert(Arc::clone(name), value);
    }
}
