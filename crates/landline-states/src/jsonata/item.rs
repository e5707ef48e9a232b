//! The values of an evaluation: JSON, functions, and the lists that are sequences.

use std::rc::Rc;
use std::sync::Arc;

use indexmap::IndexMap;
use regex::Regex;
use serde_json::{Map, Number, Value};

use super::evaluate::Frame;
use super::functions::Native;
use super::tree::{self, Node};
use super::{FUNCTION_AS_RESULT, Trouble};

/// A value. That there is none is an `Option` around it.
#[derive(Debug, Clone)]
pub(super) enum Item {
    Null,
    Bool(bool),
    Number(f64),
    Text(Rc<str>),
    List(Rc<List>),
    Object(Rc<Object>),
    Function(Rc<Function>),
}

/// How large a value is, were it written out. Parts that are shared count as often as they are there, so that what
/// doubles over and over is seen before somebody writes it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Size {
    /// How deep it nests.
    pub(super) height: u32,
    /// How many values it has, with all that is in them.
    pub(super) weight: u64,
}

impl Size {
    fn of<'a>(items: impl IntoIterator<Item = &'a Item>) -> Self {
        let mut size = Self::default();
        items.into_iter().for_each(|item| size.add(item.size()));
        size
    }

    fn add(&mut self, part: Self) {
        self.height = self.height.max(part.height + 1);
        self.weight = self.weight.saturating_add(part.weight).saturating_add(1);
    }
}

/// A list. A sequence is what a path found: it is its only item when it has one.
#[derive(Debug, Clone, Default)]
pub(super) struct List {
    items: Vec<Item>,
    pub(super) kind: ListKind,
    /// A sequence that stays a list with one item.
    pub(super) keeps_singleton: bool,
    size: Size,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum ListKind {
    #[default]
    Plain,
    Sequence,
    /// Made by brackets at an end of a path: not flattened there.
    Constructed,
}

/// What can be called.
#[derive(Debug)]
pub(super) enum Function {
    Native(Native),
    Lambda {
        lambda: Arc<tree::Lambda>,
        frame: Rc<Frame>,
        input: Option<Item>,
    },
    /// Some arguments are there already.
    Partial {
        function: Rc<Function>,
        arguments: Vec<Argument>,
    },
    /// First one, then the other.
    Composed(Rc<Function>, Rc<Function>),
    Regex(Arc<Regex>),
    Transform {
        transform: Arc<tree::Transform>,
        frame: Rc<Frame>,
    },
}

/// An argument of a partial application.
#[derive(Debug, Clone)]
pub(super) enum Argument {
    Given(Option<Item>),
    Open,
}

impl Function {
    /// How deep functions are made of functions. What a frame holds does not count: frames are emptied one by one.
    fn height(&self) -> u32 {
        let given = |argument: &Argument| match argument {
            Argument::Given(Some(item)) => item.size().height,
            _ => 0,
        };
        match self {
            Self::Native(_) | Self::Regex(_) | Self::Transform { .. } => 0,
            Self::Lambda { input, .. } => {
                let input = input.as_ref();
                1 + input.map_or(0, |input| input.size().height)
            }
            Self::Partial {
                function,
                arguments,
            } => {
                let arguments = arguments.iter().map(given).max();
                1 + function.height().max(arguments.unwrap_or_default())
            }
            Self::Composed(first, second) => 1 + first.height().max(second.height()),
        }
    }
}

/// Members in their order.
#[derive(Debug, Clone, Default)]
pub(super) struct Object {
    members: IndexMap<Rc<str>, Item>,
    size: Size,
}

impl Object {
    pub(super) fn get(&self, name: &str) -> Option<&Item> {
        self.members.get(name)
    }

    pub(super) fn insert(&mut self, name: &str, value: Item) {
        self.size.add(value.size());
        self.members.insert(name.into(), value);
    }

    pub(super) fn remove(&mut self, name: &str) {
        self.members.shift_remove(name);
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Item)> {
        self.members.iter().map(|(key, value)| (&**key, value))
    }

    pub(super) fn len(&self) -> usize {
        self.members.len()
    }
}

impl List {
    pub(super) fn of(items: Vec<Item>, kind: ListKind) -> Self {
        Self {
            size: Size::of(&items),
            items,
            kind,
            keeps_singleton: false,
        }
    }

    pub(super) fn sequence(items: Vec<Item>) -> Self {
        Self::of(items, ListKind::Sequence)
    }

    pub(super) fn items(&self) -> &[Item] {
        &self.items
    }

    fn push(&mut self, item: Item) {
        self.size.add(item.size());
        self.items.push(item);
    }
}

impl Item {
    pub(super) fn text(text: &str) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn list(items: Vec<Item>) -> Self {
        Self::List(Rc::new(List::of(items, ListKind::Plain)))
    }

    pub(super) fn sequence(items: Vec<Item>) -> Self {
        Self::List(Rc::new(List::sequence(items)))
    }

    pub(super) fn size(&self) -> Size {
        let height = match self {
            Self::List(list) => return list.size,
            Self::Object(members) => return members.size,
            Self::Function(function) => function.height(),
            _ => 0,
        };
        let weight = match self {
            Self::Text(text) => text.len() as u64 / 64,
            _ => 0,
        };
        Size { height, weight }
    }

    pub(super) fn object(members: Object) -> Self {
        Self::Object(Rc::new(members))
    }

    pub(super) fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(flag) => Self::Bool(*flag),
            Value::Number(number) => Self::Number(number.as_f64().unwrap_or_default()),
            Value::String(text) => Self::text(text),
            Value::Array(items) => Self::list(items.iter().map(Self::of).collect()),
            Value::Object(members) => {
                let mut object = Object::default();
                for (name, member) in members {
                    object.insert(name, Self::of(member));
                }
                Self::object(object)
            }
        }
    }

    /// As JSON. Functions are none; within a list or an object they are an empty text, as in the original.
    pub(super) fn to_json(&self) -> Result<Value, Trouble> {
        match self {
            Self::Function(_) => Err(Trouble::new(FUNCTION_AS_RESULT, "a function is no value")),
            other => Ok(other.plain()),
        }
    }

    fn plain(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(flag) => (*flag).into(),
            Self::Number(number) => number_json(*number),
            Self::Text(text) => Value::from(&**text),
            Self::List(list) => list.items.iter().map(Self::plain).collect(),
            Self::Object(members) => {
                let members = members.iter();
                let members = members.map(|(name, member)| (name.to_owned(), member.plain()));
                Value::Object(members.collect::<Map<_, _>>())
            }
            Self::Function(_) => Value::from(""),
        }
    }

    /// What the value is when it is asked whether it is so.
    pub(super) fn is_true(&self) -> bool {
        match self {
            Self::Null | Self::Function(_) => false,
            Self::Bool(flag) => *flag,
            Self::Number(number) => *number != 0.0,
            Self::Text(text) => !text.is_empty(),
            Self::List(list) => list.items.iter().any(Self::is_true),
            Self::Object(members) => members.len() > 0,
        }
    }

    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "boolean",
            Self::Number(_) => "number",
            Self::Text(_) => "string",
            Self::List(_) => "array",
            Self::Object(_) => "object",
            Self::Function(_) => "function",
        }
    }

    /// The items of a list, or the value as the only one.
    pub(super) fn items(&self) -> Vec<Item> {
        match self {
            Self::List(list) => list.items.clone(),
            other => vec![other.clone()],
        }
    }
}

/// Whole numbers are written without decimals.
fn number_json(number: f64) -> Value {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a whole number in the range"
    )]
    if number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0 {
        return Value::from(number as i64);
    }
    Number::from_f64(number).map_or(Value::Null, Value::Number)
}

/// Two lists or values, one after the other.
pub(super) fn append(left: Option<Item>, right: Option<Item>) -> Option<Item> {
    match (left, right) {
        (left, None) => left,
        (None, right) => right,
        (Some(Item::List(mut left)), Some(right)) => {
            let list = Rc::make_mut(&mut left);
            match right {
                Item::List(right) => right.items.iter().cloned().for_each(|it| list.push(it)),
                other => list.push(other),
            }
            list.kind = match list.kind {
                ListKind::Sequence => ListKind::Sequence,
                _ => ListKind::Plain,
            };
            Some(Item::List(left))
        }
        (Some(left), Some(right)) => {
            let mut items = vec![left];
            items.extend(right.items());
            Some(Item::sequence(items))
        }
    }
}

impl From<&Node> for Item {
    /// A literal; other nodes are none.
    fn from(node: &Node) -> Self {
        match node {
            Node::Literal(value) => Self::of(value),
            _ => Self::Null,
        }
    }
}
