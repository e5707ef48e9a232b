//! Resolves references, prints them, and assigns to them.

use std::sync::Arc;

use super::{Flow, Rendering};
use crate::mapping::tree::{Escape, Reference, Step};
use crate::mapping::value::{Entries, Key, Name, Origin, Value};
use crate::mapping::{RenderError, methods};

impl Rendering<'_> {
    /// Prints a reference. One without a value prints nothing: API Gateway does not print
    /// its source, as Velocity would.
    pub(super) fn print_reference(&mut self, reference: &Reference) -> Result<Flow, RenderError> {
        let value = self.resolve(reference)?;
        let (pairs, source) = match &reference.escape {
            Escape::Pairs(0) => return self.print(&value),
            Escape::Pairs(pairs) => (*pairs, None),
            Escape::Escaped { pairs, source } => (*pairs, Some(source)),
        };
        // Before something that does not exist, a backslash is a backslash.
        let kept = pairs + u32::from(source.is_some() && value.is_null());
        for _ in 0..kept {
            self.budget.make(1)?;
            self.output.push('\\');
        }
        let Some(source) = source else {
            return self.print(&value);
        };
        self.budget.make(source.len())?;
        self.output.push_str(source);
        Ok(Flow::Next)
    }

    pub(super) fn resolve(&mut self, reference: &Reference) -> Result<Value, RenderError> {
        let root = self.root(&reference.root)?;
        self.follow(root, &reference.steps)
    }

    fn root(&mut self, name: &str) -> Result<Value, RenderError> {
        if let Some(value) = self.variable(name)? {
            return Ok(value);
        }
        Ok(match name {
            "input" => Value::Input,
            "context" => Value::Context,
            "util" => Value::Functions,
            "stageVariables" => self.stage_variables()?,
            "foreach" => match self.loops.len() {
                0 => Value::Null,
                depth => Value::Loop(depth - 1),
            },
            "velocityCount" => match self.loops.last() {
                Some(state) => Value::count(state.index + 1),
                None => Value::Null,
            },
            "velocityHasNext" => match self.loops.last() {
                Some(state) => Value::Bool(state.index + 1 < state.length),
                None => Value::Null,
            },
            _ => Value::Null,
        })
    }

    fn stage_variables(&mut self) -> Result<Value, RenderError> {
        if let Some(made) = &self.stage_variables {
            return Ok(made.clone());
        }
        let mut entries = Entries::new();
        for (name, value) in self.scope.stage_variables {
            entries.insert(Key::Text(name.as_str().into()), Value::text(value));
        }
        self.budget.spend(entries.len())?;
        let made = Value::Map(self.heap.new_map(entries, Origin::Template));
        self.stage_variables = Some(made.clone());
        Ok(made)
    }

    fn follow(&mut self, from: Value, steps: &[Step]) -> Result<Value, RenderError> {
        let mut value = from;
        for step in steps {
            if value.is_null() {
                return Ok(Value::Null);
            }
            self.budget.spend(1)?;
            value = match step {
                Step::Property(name) => methods::property(self, &value, name)?,
                Step::Method(name, arguments) => {
                    let mut values = Vec::with_capacity(arguments.len());
                    for argument in arguments {
                        values.push(self.expression(argument)?);
                    }
                    methods::call(self, &value, name, &values)?
                }
                Step::Index(index) => {
                    let index = self.expression(index)?;
                    methods::element(self, &value, &index)?
                }
            };
        }
        Ok(value)
    }

    pub(super) fn assign(&mut self, target: &Reference, value: Value) -> Result<(), RenderError> {
        let Some((last, before)) = target.steps.split_last() else {
            self.set_variable(&target.root, value);
            return Ok(());
        };
        let root = self.root(&target.root)?;
        let object = self.follow(root, before)?;
        let place = match last {
            Step::Property(name) => Value::Text(Arc::clone(name)),
            Step::Index(index) => self.expression(index)?,
            // Java has nothing to assign to there.
            Step::Method(..) => return Ok(()),
        };
        match (object, place) {
            (Value::Context, Value::Text(name)) => self.set_context_member(&name, value),
            (Value::Map(map), place) => {
                if let Some(key) = Key::of(&place) {
                    self.heap.map_mut(map).insert(key, value);
                }
            }
            (Value::List(list), Value::Integer(index)) => {
                let items = self.heap.list_mut(list);
                if let Some(at) = methods::place(index, items.len()) {
                    items[at] = value;
                }
            }
            (Value::Entry(map, key), Value::Text(name)) if *name == *"value" => {
                self.heap.map_mut(map).insert(key, value);
            }
            _ => {}
        }
        Ok(())
    }

    /// The member of a map, if it has one.
    pub(in crate::mapping) fn member(
        &self,
        map: crate::mapping::value::MapId,
        name: &str,
    ) -> Value {
        self.heap
            .map(map)
            .entries
            .get(&Name(name))
            .cloned()
            .unwrap_or(Value::Null)
    }
}
