//! From a tree and bindings to a value.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::item::{Function, Item, List, ListKind};
use super::look::{descend, member, wildcard};
use super::tree::{Node, Operator};
use super::{Bindings, Trouble, compare, functions};

/// How deep evaluations nest: a function that calls itself ends here.
const DEPTH_MAX: usize = 250;
/// How many nodes one evaluation visits.
const STEPS_MAX: u64 = 2_000_000;
/// How deep the values nest that it makes.
const HEIGHT_MAX: u32 = 500;
/// How many values are in one that it makes.
const WEIGHT_MAX: u64 = 4_000_000;
/// How many steps a function is worth that is made: it keeps the names around it until the evaluation is over.
const FUNCTION_STEPS: usize = 20;
/// As many values are looked at while a node is visited.
const LOOKS_PER_STEP: u64 = 32;
/// The longest list that a range makes.
const RANGE_MAX: f64 = 1_000_000.0;
/// The longest text.
pub(super) const TEXT_MAX: usize = 8 << 20;

pub(super) type Found = Result<Option<Item>, Trouble>;

/// Names and their values, around which are others.
#[derive(Debug, Default)]
pub(super) struct Frame {
    names: RefCell<HashMap<String, Option<Item>>>,
    outer: Option<Rc<Frame>>,
}

impl Frame {
    pub(super) fn within(outer: &Rc<Frame>) -> Rc<Self> {
        Rc::new(Self {
            names: RefCell::default(),
            outer: Some(outer.clone()),
        })
    }

    pub(super) fn bind(&self, name: &str, value: Option<Item>) {
        self.names.borrow_mut().insert(name.to_owned(), value);
    }

    fn find(&self, name: &str) -> Option<Item> {
        let mut frame = Some(self);
        while let Some(at) = frame {
            if let Some(value) = at.names.borrow().get(name) {
                return value.clone();
            }
            frame = at.outer.as_deref();
        }
        None
    }
}

/// One evaluation.
pub(super) struct Evaluation {
    depth: usize,
    steps: u64,
    pub(super) now_millis: i64,
    /// The frames that functions keep. They may hold those functions in turn: somebody has to empty them.
    captured: Vec<Rc<Frame>>,
}

impl Drop for Evaluation {
    fn drop(&mut self) {
        // First all that they hold, with none of them gone: so one does not take the next with it, however many there
        // are in a chain.
        let names = self.captured.iter().map(|frame| frame.names.take());
        let names: Vec<_> = names.collect();
        drop(names);
    }
}

pub(super) fn run(root: &Node, bindings: &Bindings<'_>) -> Found {
    let frame = Rc::new(Frame::default());
    frame.bind("states", Some(Item::of(&bindings.states)));
    for (name, value) in bindings.variables {
        frame.bind(name, Some(Item::of(value)));
    }
    let mut evaluation = Evaluation {
        depth: 0,
        steps: 0,
        now_millis: bindings.now_millis,
        captured: Vec::new(),
    };
    evaluation.evaluate(root, None, &frame)
}

impl Evaluation {
    pub(super) fn evaluate(
        &mut self,
        node: &Node,
        input: Option<&Item>,
        frame: &Rc<Frame>,
    ) -> Found {
        self.deepen()?;
        self.steps += 1;
        if self.steps > STEPS_MAX {
            let text = "Expression evaluation timeout: Check for infinite loop";
            return Err(Trouble::new("U1001", text));
        }
        let found = self.visit(node, input, frame)?;
        self.depth -= 1;
        let found = collapsed(found);
        let size = found.as_ref().map(Item::size).unwrap_or_default();
        if size.height > HEIGHT_MAX || size.weight > WEIGHT_MAX {
            let text = "The value is too large or nested too deeply";
            return Err(Trouble::new("U1001", text));
        }
        Ok(found)
    }

    /// Notes that a function keeps this frame.
    fn capture(&mut self, frame: &Rc<Frame>) -> Result<Rc<Frame>, Trouble> {
        let is_known = self.captured.last().is_some_and(|it| Rc::ptr_eq(it, frame));
        if !is_known {
            self.spend(FUNCTION_STEPS)?;
            self.captured.push(frame.clone());
        }
        Ok(frame.clone())
    }

    /// Goes one level down.
    pub(super) fn deepen(&mut self) -> Result<(), Trouble> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            let text = "Stack overflow error: Check for non-terminating recursive function";
            return Err(Trouble::new("U1001", text));
        }
        Ok(())
    }

    /// Comes one level up again.
    pub(super) fn rise(&mut self) {
        self.depth -= 1;
    }

    /// Makes room for what a function does without nodes.
    pub(super) fn spend(&mut self, steps: usize) -> Result<(), Trouble> {
        self.steps = self.steps.saturating_add(steps as u64);
        if self.steps > STEPS_MAX {
            let text = "Expression evaluation timeout: Check for infinite loop";
            return Err(Trouble::new("U1001", text));
        }
        Ok(())
    }

    /// Makes room for a look at so many values.
    pub(super) fn spend_on(&mut self, weight: u64) -> Result<(), Trouble> {
        self.spend(usize::try_from(weight / LOOKS_PER_STEP).unwrap_or(usize::MAX))
    }

    fn visit(&mut self, node: &Node, input: Option<&Item>, frame: &Rc<Frame>) -> Found {
        match node {
            Node::Literal(value) => Ok(Some(Item::of(value))),
            Node::Regex(regex) => Ok(Some(function(Function::Regex(regex.clone())))),
            Node::Variable(name) => Ok(variable(name, input, frame)),
            Node::Name(name) => {
                if let Some(Item::List(list)) = input {
                    self.spend_on(list.items().len() as u64)?;
                }
                Ok(input.and_then(|input| member(input, name)))
            }
            Node::Wildcard => {
                self.spend_on(input.map_or(0, |input| input.size().weight))?;
                Ok(input.map(wildcard))
            }
            Node::Descendants => self.descendants(input),
            Node::Path(path) => self.path(path, input, frame),
            Node::Negative(inner) => self.negative(inner, input, frame),
            Node::Array {
                items,
                is_constructed,
            } => self.array(items, *is_constructed, input, frame),
            Node::Object(pairs) => self.group(pairs, input.cloned(), frame),
            Node::Binary(..) => self.chain(node, input, frame),
            Node::Bind(name, value) => {
                let value = self.evaluate(value, input, frame)?;
                frame.bind(name, value.clone());
                Ok(value)
            }
            Node::Condition(condition, then, otherwise) => {
                self.condition((condition, then, otherwise.as_deref()), input, frame)
            }
            Node::Block(expressions) => self.block(expressions, input, frame),
            Node::Lambda(lambda) => Ok(Some(function(Function::Lambda {
                lambda: lambda.clone(),
                frame: self.capture(frame)?,
                input: input.cloned(),
            }))),
            Node::Call(callee, arguments) => self.call(callee, arguments, None, input, frame),
            Node::Open => Ok(None),
            Node::Apply(left, right) => self.apply(left, right, input, frame),
            // Only the step of a path.
            Node::Sort(_) => Ok(input.cloned()),
            Node::Transform(transform) => Ok(Some(function(Function::Transform {
                transform: transform.clone(),
                frame: self.capture(frame)?,
            }))),
            Node::Filtered(base, filters) => {
                let mut found = self.evaluate(base, input, frame)?;
                for filter in filters {
                    found = self.filter(filter, found, frame)?;
                }
                Ok(found)
            }
            Node::Grouped(base, pairs) => {
                let found = self.evaluate(base, input, frame)?;
                self.group(pairs, found, frame)
            }
            Node::KeepArray(inner) => {
                let found = self.evaluate(inner, input, frame)?;
                Ok(found.map(kept))
            }
        }
    }

    fn descendants(&mut self, input: Option<&Item>) -> Found {
        let mut found = Vec::new();
        self.spend_on(input.map_or(0, |input| input.size().weight))?;
        if let Some(input) = input {
            descend(input, &mut found);
        }
        self.spend(found.len())?;
        Ok(Some(Item::sequence(found)))
    }

    fn negative(&mut self, inner: &Node, input: Option<&Item>, frame: &Rc<Frame>) -> Found {
        match self.evaluate(inner, input, frame)? {
            None => Ok(None),
            Some(Item::Number(number)) => Ok(Some(Item::Number(-number))),
            Some(_) => Err(Trouble::new("D1002", "Cannot negate a non-numeric value")),
        }
    }

    fn array(
        &mut self,
        nodes: &[Node],
        is_constructed: bool,
        input: Option<&Item>,
        frame: &Rc<Frame>,
    ) -> Found {
        let mut items = Vec::new();
        for node in nodes {
            let Some(value) = self.evaluate(node, input, frame)? else {
                continue;
            };
            match (node, value) {
                (Node::Array { .. }, value) => items.push(value),
                (_, Item::List(list)) => items.extend(list.items().iter().cloned()),
                (_, value) => items.push(value),
            }
        }
        self.spend(items.len())?;
        let kind = if is_constructed {
            ListKind::Constructed
        } else {
            ListKind::Plain
        };
        Ok(Some(Item::List(Rc::new(List::of(items, kind)))))
    }

    /// Operators in a row, from the left: however many there are, they are no deeper than one.
    fn chain(&mut self, node: &Node, input: Option<&Item>, frame: &Rc<Frame>) -> Found {
        let (mut first, mut rest) = (node, Vec::new());
        while let Node::Binary(operator, left, right) = first {
            rest.push((*operator, &**right));
            first = left;
        }
        let mut found = self.evaluate(first, input, frame)?;
        for (operator, right) in rest.into_iter().rev() {
            found = collapsed(self.binary(operator, found, right, input, frame)?);
        }
        Ok(found)
    }

    fn binary(
        &mut self,
        operator: Operator,
        left: Option<Item>,
        right: &Node,
        input: Option<&Item>,
        frame: &Rc<Frame>,
    ) -> Found {
        let is_true = |side: &Option<Item>| side.as_ref().is_some_and(Item::is_true);
        match operator {
            Operator::And if !is_true(&left) => return Ok(Some(Item::Bool(false))),
            Operator::Or if is_true(&left) => return Ok(Some(Item::Bool(true))),
            _ => {}
        }
        let right = self.evaluate(right, input, frame)?;
        let weight = |side: &Option<Item>| side.as_ref().map_or(0, |it| it.size().weight);
        if matches!(operator, Operator::Equal | Operator::Unequal | Operator::In) {
            self.spend_on(weight(&left) + weight(&right))?;
        }
        match operator {
            Operator::And | Operator::Or => Ok(Some(Item::Bool(is_true(&right)))),
            Operator::Equal => Ok(Some(Item::Bool(pair(
                left.as_ref(),
                right.as_ref(),
                compare::is_same,
            )))),
            Operator::Unequal => Ok(Some(Item::Bool(pair(
                left.as_ref(),
                right.as_ref(),
                |left, right| !compare::is_same(left, right),
            )))),
            Operator::Less
            | Operator::LessOrEqual
            | Operator::Greater
            | Operator::GreaterOrEqual => compare::compare(operator, left.as_ref(), right.as_ref()),
            Operator::In => Ok(Some(Item::Bool(pair(
                left.as_ref(),
                right.as_ref(),
                |left, right| right.items().iter().any(|it| compare::is_same(left, it)),
            )))),
            Operator::Concatenate => {
                let part = |side: Option<Item>| {
                    side.map_or(Ok(String::new()), |it| functions::text_of(&it))
                };
                let text = part(left)? + &part(right)?;
                self.spend(text.len() / 64)?;
                functions::bounded(text)
            }
            Operator::Range => self.range(left, right),
            _ => calculate(operator, left, right),
        }
    }

    fn range(&mut self, first: Option<Item>, last: Option<Item>) -> Found {
        let whole = |side: Option<Item>, code| match side {
            None => Ok(None),
            Some(Item::Number(number)) if number.fract() == 0.0 => Ok(Some(number)),
            Some(_) => {
                let text = "The sides of the range operator (..) must evaluate to an integer";
                Err(Trouble::new(code, text))
            }
        };
        let (Some(first), Some(last)) = (whole(first, "T2003")?, whole(last, "T2004")?) else {
            return Ok(None);
        };
        if first > last {
            return Ok(None);
        }
        let count = last - first + 1.0;
        if count > RANGE_MAX {
            let text = "The size of the sequence allocated by the range operator (..) is too large";
            return Err(Trouble::new("D2014", text));
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "positive and bounded"
        )]
        let count = count as u32;
        self.spend(count as usize)?;
        let items = (0..count).map(|at| Item::Number(first + f64::from(at)));
        Ok(Some(Item::sequence(items.collect())))
    }

    fn condition(
        &mut self,
        (condition, then, otherwise): (&Node, &Node, Option<&Node>),
        input: Option<&Item>,
        frame: &Rc<Frame>,
    ) -> Found {
        let holds = self.evaluate(condition, input, frame)?;
        if holds.is_some_and(|it| it.is_true()) {
            return self.evaluate(then, input, frame);
        }
        match otherwise {
            Some(otherwise) => self.evaluate(otherwise, input, frame),
            None => Ok(None),
        }
    }

    fn block(&mut self, expressions: &[Node], input: Option<&Item>, frame: &Rc<Frame>) -> Found {
        let frame = Frame::within(frame);
        let mut last = None;
        for expression in expressions {
            last = self.evaluate(expression, input, &frame)?;
        }
        Ok(last)
    }
}

pub(super) fn function(function: Function) -> Item {
    Item::Function(Rc::new(function))
}

/// A sequence of one is that one.
pub(super) fn collapsed(found: Option<Item>) -> Option<Item> {
    match found {
        Some(Item::List(list)) if list.kind == ListKind::Sequence => match list.items() {
            [] => None,
            [one] if !list.keeps_singleton => Some(one.clone()),
            _ => Some(Item::List(list)),
        },
        other => other,
    }
}

/// The value as a list that stays one.
pub(super) fn kept(item: Item) -> Item {
    let mut list = match item {
        Item::List(list) => list,
        other => Rc::new(List::sequence(vec![other])),
    };
    Rc::make_mut(&mut list).keeps_singleton = true;
    Item::List(list)
}

fn pair(left: Option<&Item>, right: Option<&Item>, is_so: impl Fn(&Item, &Item) -> bool) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => is_so(left, right),
        _ => false,
    }
}

fn variable(name: &str, input: Option<&Item>, frame: &Rc<Frame>) -> Option<Item> {
    match name {
        "" => input.cloned(),
        // Step Functions gives expressions no input document.
        "$" => None,
        name => frame
            .find(name)
            .or_else(|| functions::named(name).map(|it| function(Function::Native(it)))),
    }
}

fn calculate(operator: Operator, left: Option<Item>, right: Option<Item>) -> Found {
    let number = |side: Option<Item>, code, name| match side {
        None => Ok(None),
        Some(Item::Number(number)) => Ok(Some(number)),
        Some(_) => {
            let text = format!("The {name} side of the operator must evaluate to a number");
            Err(Trouble::new(code, text))
        }
    };
    let left = number(left, "T2001", "left")?;
    let right = number(right, "T2002", "right")?;
    let (Some(left), Some(right)) = (left, right) else {
        return Ok(None);
    };
    let result = match operator {
        Operator::Add => left + right,
        Operator::Subtract => left - right,
        Operator::Multiply => left * right,
        Operator::Divide => left / right,
        _ => left % right,
    };
    if !result.is_finite() {
        return Err(Trouble::new("D1001", "Number out of range"));
    }
    Ok(Some(Item::Number(result)))
}
