//! JSONPath as Step Functions reads it: where in a document a state looks for what it needs.
//!
//! Pure. A path that names one place gives the value there; one that may name many gives a list of what it found.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html>

mod filter;
mod parse;

use serde_json::{Map, Value};

use filter::Filter;

/// A path, read once.
#[derive(Debug, Clone)]
pub(crate) struct Path {
    /// As it was written.
    pub(crate) text: String,
    pub(crate) root: Root,
    steps: Vec<Step>,
}

/// What a path begins at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Root {
    /// `$`
    Input,
    /// `$$`
    Context,
    /// `$name`
    Variable(String),
}

#[derive(Debug, Clone)]
enum Step {
    /// `.name`, `['name']`, `['a','b']`
    Names(Vec<String>),
    /// `[0]`, `[-1]`, `[0,2]`
    Indices(Vec<i64>),
    /// `[1:3]`
    Slice {
        start: Option<i64>,
        end: Option<i64>,
        every: usize,
    },
    /// `[*]`, `.*`
    All,
    /// `..`: this and everything below it.
    Below,
    /// `[?(@.a == 1)]`
    Filter(Filter),
    /// `.length()`
    Length,
}

/// Why a path leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Missing {
    /// Its last step finds nothing.
    Last(String),
    /// A step before that finds nothing.
    Before(String),
    /// The list is shorter.
    Index(String),
}

impl Missing {
    /// In the words of the library that AWS uses.
    pub(crate) fn reason(&self) -> String {
        match self {
            Self::Last(path) | Self::Index(path) => format!("No results for path: {path}"),
            Self::Before(path) => format!("Missing property in path {path}"),
        }
    }
}

/// What paths are looked up in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Roots<'a> {
    pub(crate) input: &'a Value,
    pub(crate) context: &'a Value,
    pub(crate) variables: &'a Map<String, Value>,
}

impl Path {
    /// Reads a path; the error says what is wrong with it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        parse::path(text)
    }

    /// Whether the path names one place at most.
    pub(crate) fn is_definite(&self) -> bool {
        self.steps.iter().all(|step| match step {
            Step::Names(names) => names.len() == 1,
            Step::Indices(indices) => indices.len() == 1,
            Step::Length => true,
            Step::Slice { .. } | Step::All | Step::Below | Step::Filter(_) => false,
        })
    }

    /// What the path finds.
    pub(crate) fn find(&self, roots: Roots<'_>) -> Result<Value, Missing> {
        let root = match &self.root {
            Root::Input => roots.input,
            Root::Context => roots.context,
            Root::Variable(name) => {
                let found = roots.variables.get(name);
                found.ok_or_else(|| Missing::Last(format!("${name}")))?
            }
        };
        if let Some((Step::Length, before)) = self.steps.split_last() {
            return Ok(length(&self.nodes(before, root)?));
        }
        let mut found = self.nodes(&self.steps, root)?;
        if self.is_definite() {
            return found
                .pop()
                .cloned()
                .ok_or_else(|| Missing::Last(self.normalized(self.steps.len())));
        }
        Ok(found.into_iter().cloned().collect())
    }

    fn nodes<'a>(&self, steps: &[Step], root: &'a Value) -> Result<Vec<&'a Value>, Missing> {
        let mut nodes = vec![root];
        let mut is_definite = true;
        for (at, step) in steps.iter().enumerate() {
            let mut next = Vec::new();
            for node in nodes {
                step.walk(node, &mut next);
                if next.len() > NODES_MAX {
                    break;
                }
            }
            is_definite &= !matches!(
                step,
                Step::All | Step::Below | Step::Filter(_) | Step::Slice { .. }
            );
            if next.is_empty() && is_definite {
                let is_last_name = !self.steps[at + 1..]
                    .iter()
                    .any(|step| matches!(step, Step::Names(_) | Step::Indices(_)));
                if !self.is_definite() {
                    return Ok(Vec::new());
                }
                let path = self.normalized(at + 1);
                return Err(match (step, is_last_name) {
                    (Step::Indices(_), true) => Missing::Index(path),
                    (_, true) => Missing::Last(path),
                    (_, false) => Missing::Before(path),
                });
            }
            nodes = next;
        }
        Ok(nodes)
    }

    /// `$['a'][0]`
    fn normalized(&self, count: usize) -> String {
        let mut text = match &self.root {
            Root::Input => "$".to_owned(),
            Root::Context => "$$".to_owned(),
            Root::Variable(name) => format!("${name}"),
        };
        for step in &self.steps[..count.min(self.steps.len())] {
            match step {
                Step::Names(names) => text.extend(["['", &names.join("','"), "']"]),
                Step::Indices(indices) => {
                    let indices: Vec<String> = indices.iter().map(ToString::to_string).collect();
                    text.extend(["[", &indices.join(","), "]"]);
                }
                Step::All => text.push_str("[*]"),
                _ => {}
            }
        }
        text
    }

    /// The places of a reference path, which can be written to; `None` for any other path.
    pub(crate) fn places(&self) -> Option<Vec<Place>> {
        let places = self.steps.iter().map(|step| match step {
            Step::Names(names) if names.len() == 1 => Some(Place::Name(names[0].clone())),
            Step::Indices(indices) if indices.len() == 1 => {
                usize::try_from(indices[0]).ok().map(Place::Index)
            }
            _ => None,
        });
        places.collect()
    }
}

/// One step of a reference path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    Name(String),
    Index(usize),
}

/// How many nodes one path may find.
const NODES_MAX: usize = 100_000;

fn length(nodes: &[&Value]) -> Value {
    let of = |node: &Value| match node {
        Value::Array(items) => Some(items.len()),
        Value::Object(members) => Some(members.len()),
        Value::String(text) => Some(text.chars().count()),
        _ => None,
    };
    match nodes {
        [one] => of(one).map_or(Value::Null, Value::from),
        many => many.len().into(),
    }
}

impl Step {
    fn walk<'a>(&self, node: &'a Value, found: &mut Vec<&'a Value>) {
        match self {
            Self::Names(names) => {
                found.extend(names.iter().filter_map(|name| node.as_object()?.get(name)));
            }
            Self::Indices(indices) => {
                let items = node.as_array().map_or(&[][..], Vec::as_slice);
                let at = |index: &i64| items.get(position(*index, items.len())?);
                found.extend(indices.iter().filter_map(at));
            }
            Self::Slice { start, end, every } => {
                let items = node.as_array().map_or(&[][..], Vec::as_slice);
                let bound = |at: Option<i64>, otherwise: usize| {
                    at.map_or(otherwise, |at| clamped(at, items.len()))
                };
                let (start, end) = (bound(*start, 0), bound(*end, items.len()));
                let part = items.get(start..end).unwrap_or_default();
                found.extend(part.iter().step_by(*every));
            }
            Self::All => match node {
                Value::Array(items) => found.extend(items),
                Value::Object(members) => found.extend(members.values()),
                _ => {}
            },
            Self::Below => below(node, found, 0),
            Self::Filter(filter) => match node {
                Value::Array(items) => {
                    found.extend(items.iter().filter(|item| filter.holds(item)));
                }
                Value::Object(_) if filter.holds(node) => found.push(node),
                _ => {}
            },
            Self::Length => {}
        }
    }
}

fn below<'a>(node: &'a Value, found: &mut Vec<&'a Value>, depth: usize) {
    if found.len() > NODES_MAX || depth > DEPTH_MAX {
        return;
    }
    found.push(node);
    match node {
        Value::Array(items) => items.iter().for_each(|item| below(item, found, depth + 1)),
        Value::Object(members) => members
            .values()
            .for_each(|member| below(member, found, depth + 1)),
        _ => {}
    }
}

/// How deep `..` looks; JSON is refused long before that.
const DEPTH_MAX: usize = 256;

/// A negative index counts from the end.
fn position(index: i64, length: usize) -> Option<usize> {
    if index >= 0 {
        return usize::try_from(index).ok();
    }
    let back = usize::try_from(index.unsigned_abs()).ok()?;
    length.checked_sub(back)
}

fn clamped(index: i64, length: usize) -> usize {
    if index >= 0 {
        return usize::try_from(index).unwrap_or(length).min(length);
    }
    position(index, length).unwrap_or(0)
}

#[cfg(test)]
mod tests;
