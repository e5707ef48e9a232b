//! Calls: of functions that are built in or defined, in part, one after the other; and what a transformation changes.

use std::rc::Rc;
use std::sync::Arc;

use super::evaluate::{Evaluation, Found, Frame, function};
use super::item::{Argument, Function, Item};
use super::tree::{Node, Transform};
use super::{Trouble, functions};

impl Evaluation {
    /// A call, before whose arguments another one may stand.
    pub(super) fn call(
        &mut self,
        callee: &Node,
        arguments: &[Node],
        first: Option<Argument>,
        input: Option<&Item>,
        frame: &Rc<Frame>,
    ) -> Found {
        let found = self.evaluate(callee, input, frame)?;
        let Some(Item::Function(callee)) = found else {
            return Err(not_a_function());
        };
        let is_partial = arguments.iter().any(|node| matches!(node, Node::Open));
        let mut given = Vec::with_capacity(arguments.len() + 1);
        given.extend(first);
        for node in arguments {
            given.push(match node {
                Node::Open => Argument::Open,
                other => Argument::Given(self.evaluate(other, input, frame)?),
            });
        }
        if is_partial {
            return Ok(Some(function(Function::Partial {
                function: callee,
                arguments: given,
            })));
        }
        let given = given.into_iter().map(|argument| match argument {
            Argument::Given(value) => value,
            Argument::Open => None,
        });
        self.invoke(&callee, given.collect(), input)
    }

    /// Calls a function with arguments; `context` is what a missing first one may stand for.
    pub(super) fn invoke(
        &mut self,
        callee: &Function,
        mut arguments: Vec<Option<Item>>,
        context: Option<&Item>,
    ) -> Found {
        match callee {
            Function::Native(native) => native.call(self, arguments, context),
            Function::Lambda {
                lambda,
                frame,
                input,
            } => {
                let frame = Frame::within(frame);
                let mut arguments = arguments.into_iter();
                for name in &lambda.parameters {
                    frame.bind(name, arguments.next().flatten());
                }
                self.evaluate(&lambda.body, input.as_ref(), &frame)
            }
            Function::Partial {
                function,
                arguments: given,
            } => {
                let mut rest = arguments.into_iter();
                let all = given.iter().map(|argument| match argument {
                    Argument::Given(value) => value.clone(),
                    Argument::Open => rest.next().flatten(),
                });
                let all = all.collect();
                self.nested(function, all, context)
            }
            Function::Composed(first, second) => {
                let between = self.nested(first, arguments, context)?;
                self.nested(second, vec![between], context)
            }
            Function::Regex(regex) => functions::first_match(regex, arguments.pop().flatten()),
            Function::Transform { transform, frame } => {
                let target = arguments.into_iter().next().flatten();
                self.transform(transform, target, frame)
            }
        }
    }

    /// Calls a function within another one, which counts as depth.
    fn nested(
        &mut self,
        callee: &Function,
        arguments: Vec<Option<Item>>,
        context: Option<&Item>,
    ) -> Found {
        self.deepen()?;
        let found = self.invoke(callee, arguments, context);
        self.rise();
        found
    }

    /// `left ~> right`: a call with one more argument, a composition, or a call.
    pub(super) fn apply(
        &mut self,
        left: &Node,
        right: &Node,
        input: Option<&Item>,
        frame: &Rc<Frame>,
    ) -> Found {
        let value = self.evaluate(left, input, frame)?;
        if let Node::Call(callee, arguments) = right
            && !arguments.iter().any(|node| matches!(node, Node::Open))
        {
            return self.call(
                callee,
                arguments,
                Some(Argument::Given(value)),
                input,
                frame,
            );
        }
        let Some(Item::Function(callee)) = self.evaluate(right, input, frame)? else {
            let text = "The right side of the function application operator ~> must be a function";
            return Err(Trouble::new("T2006", text));
        };
        if let Some(Item::Function(first)) = value {
            return Ok(Some(function(Function::Composed(first, callee))));
        }
        self.invoke(&callee, vec![value], None)
    }

    /// Changes a copy of the value wherever the pattern finds something.
    fn transform(
        &mut self,
        transform: &Arc<Transform>,
        target: Option<Item>,
        frame: &Rc<Frame>,
    ) -> Found {
        let Some(target) = target else {
            return Ok(None);
        };
        let matches = self.evaluate(&transform.pattern, Some(&target), frame)?;
        let mut changes = Vec::new();
        for found in matches.iter().flat_map(Item::items) {
            let update = self.evaluate(&transform.update, Some(&found), frame)?;
            let delete = match &transform.delete {
                Some(delete) => self.evaluate(delete, Some(&found), frame)?,
                None => None,
            };
            changes.push((found, update, delete));
        }
        self.spend(changes.len())?;
        Ok(Some(functions::changed(&target, &changes)?))
    }
}

fn not_a_function() -> Trouble {
    Trouble::new("T1006", "Attempted to invoke a non-function")
}
