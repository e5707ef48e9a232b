//! Walks a document along a path.

use super::document::{Document, Kind};
use super::{Function, JsonPath, Segment, Selector};
use crate::quotas::MAPPING_DEPTH;

/// The search took too many steps, or the document is too deep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mapping) struct Exhausted;

/// Where a path led.
#[derive(Debug)]
pub(in crate::mapping) enum Found<N> {
    Node(N),
    Nodes(Vec<N>),
    /// Several members of one object, as `['a','b']` gives them.
    Merged(Row<N>),
    /// The same of several objects.
    Rows(Vec<Row<N>>),
    Count(usize),
    Number(f64),
    Names(Vec<String>),
}

/// Members of one object.
pub(in crate::mapping) type Row<N> = Vec<(Box<str>, N)>;

/// A search with a limit.
pub(in crate::mapping) struct Walk<'d, D: Document> {
    pub(super) document: &'d D,
    pub(in crate::mapping) steps: u64,
}

impl<'d, D: Document> Walk<'d, D> {
    pub(in crate::mapping) fn new(document: &'d D, steps: u64) -> Self {
        Self { document, steps }
    }

    pub(in crate::mapping) fn find(
        &mut self,
        path: &JsonPath,
        root: &D::Node,
    ) -> Result<Option<Found<D::Node>>, Exhausted> {
        self.find_from(path, root, root)
    }

    /// Searches from `start` in the document of `root`.
    pub(super) fn find_from(
        &mut self,
        path: &JsonPath,
        start: &D::Node,
        root: &D::Node,
    ) -> Result<Option<Found<D::Node>>, Exhausted> {
        let found = self.select(path, start, root)?;
        let Some(function) = path.function else {
            return Ok(found);
        };
        Ok(found.and_then(|found| self.apply(function, found)))
    }

    fn select(
        &mut self,
        path: &JsonPath,
        start: &D::Node,
        root: &D::Node,
    ) -> Result<Option<Found<D::Node>>, Exhausted> {
        if path.is_definite() {
            return self.follow(path, start);
        }
        let (segments, names) = match path.segments.split_last() {
            Some((Segment::Child(Selector::Names(names)), before)) if names.len() > 1 => {
                (before, Some(names))
            }
            _ => (path.segments.as_slice(), None),
        };
        let mut nodes = vec![start.clone()];
        for segment in segments {
            let mut next = Vec::new();
            for node in &nodes {
                match segment {
                    Segment::Child(selector) => self.pick(selector, node, root, &mut next)?,
                    Segment::Descend(selector) => {
                        self.descend(selector, node, root, &mut next, 0)?;
                    }
                }
            }
            nodes = next;
        }
        let Some(names) = names else {
            return Ok(Some(Found::Nodes(nodes)));
        };
        self.step(nodes.len() * names.len())?;
        let rows = nodes.iter().filter_map(|node| self.merge(node, names));
        Ok(Some(Found::Rows(rows.collect())))
    }

    fn follow(
        &mut self,
        path: &JsonPath,
        start: &D::Node,
    ) -> Result<Option<Found<D::Node>>, Exhausted> {
        let mut node = start.clone();
        for segment in &path.segments {
            self.step(1)?;
            let next = match segment {
                Segment::Child(Selector::Names(names)) => match names.as_slice() {
                    [name] => self.document.member(&node, name),
                    names => return Ok(self.merge(&node, names).map(Found::Merged)),
                },
                Segment::Child(Selector::Indices(indices)) => indices
                    .first()
                    .and_then(|index| self.element(&node, *index)),
                _ => None,
            };
            match next {
                Some(next) => node = next,
                None => return Ok(None),
            }
        }
        Ok(Some(Found::Node(node)))
    }

    fn merge(&self, node: &D::Node, names: &[Box<str>]) -> Option<Row<D::Node>> {
        let Kind::Object(_) = self.document.kind(node) else {
            return None;
        };
        let members = names
            .iter()
            .filter_map(|name| Some((name.clone(), self.document.member(node, name)?)));
        Some(members.collect())
    }

    fn element(&self, node: &D::Node, index: i64) -> Option<D::Node> {
        let Kind::Array(length) = self.document.kind(node) else {
            return None;
        };
        let at = from_end(index, length)?;
        self.document.element(node, at)
    }

    fn pick(
        &mut self,
        selector: &Selector,
        node: &D::Node,
        root: &D::Node,
        into: &mut Vec<D::Node>,
    ) -> Result<(), Exhausted> {
        self.step(1)?;
        match selector {
            Selector::Names(names) => {
                into.extend(
                    names
                        .iter()
                        .filter_map(|name| self.document.member(node, name)),
                );
            }
            Selector::Indices(indices) => {
                into.extend(
                    indices
                        .iter()
                        .filter_map(|index| self.element(node, *index)),
                );
            }
            Selector::Slice(from, to) => {
                if let Kind::Array(length) = self.document.kind(node) {
                    let children = self.document.children(node);
                    self.step(length)?;
                    let range =
                        bound(from.unwrap_or(0), length)..to.map_or(length, |to| bound(to, length));
                    into.extend(children.get(range).unwrap_or_default().iter().cloned());
                }
            }
            Selector::All => {
                let children = self.document.children(node);
                self.step(children.len())?;
                into.extend(children);
            }
            Selector::Filter(filter) => match self.document.kind(node) {
                Kind::Array(length) => {
                    self.step(length)?;
                    for child in self.document.children(node) {
                        if self.accepts(filter, &child, root)? {
                            into.push(child);
                        }
                    }
                }
                // An object is filtered as a whole.
                Kind::Object(_) if self.accepts(filter, node, root)? => into.push(node.clone()),
                _ => {}
            },
        }
        Ok(())
    }

    /// Picks from a value and from all within it, outer ones first.
    fn descend(
        &mut self,
        selector: &Selector,
        node: &D::Node,
        root: &D::Node,
        into: &mut Vec<D::Node>,
        depth: usize,
    ) -> Result<(), Exhausted> {
        if depth > MAPPING_DEPTH {
            return Err(Exhausted);
        }
        match (selector, self.document.kind(node)) {
            // A filter looks at objects on its way, wherever they stand, and at each once.
            (Selector::Filter(_), Kind::Array(_)) => {}
            _ => self.pick(selector, node, root, into)?,
        }
        let children = self.document.children(node);
        self.step(children.len())?;
        for child in children {
            self.descend(selector, &child, root, into, depth + 1)?;
        }
        Ok(())
    }

    fn apply(&self, function: Function, found: Found<D::Node>) -> Option<Found<D::Node>> {
        let node = match found {
            Found::Node(node) => node,
            Found::Nodes(nodes) => {
                return match function {
                    Function::Length | Function::Size => Some(Found::Count(nodes.len())),
                    Function::Keys => None,
                    _ => self.aggregate(function, &nodes),
                };
            }
            _ => return None,
        };
        match (function, self.document.kind(&node)) {
            (Function::Length | Function::Size, Kind::Array(count) | Kind::Object(count)) => {
                Some(Found::Count(count))
            }
            (Function::Length, Kind::Text(text)) => Some(Found::Count(text.encode_utf16().count())),
            (Function::Keys, Kind::Object(_)) => Some(Found::Names(self.document.names(&node))),
            (Function::Length | Function::Size | Function::Keys, _) => None,
            (_, Kind::Array(_)) => self.aggregate(function, &self.document.children(&node)),
            _ => None,
        }
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "a list has far fewer than 2^52 elements"
    )]
    fn aggregate(&self, function: Function, nodes: &[D::Node]) -> Option<Found<D::Node>> {
        let mut numbers = Vec::with_capacity(nodes.len());
        for node in nodes {
            if let Kind::Number(number) = self.document.kind(node) {
                numbers.push(number);
            }
        }
        if numbers.is_empty() {
            return None;
        }
        let sum: f64 = numbers.iter().sum();
        let number = match function {
            Function::Minimum => numbers.iter().copied().fold(f64::INFINITY, f64::min),
            Function::Maximum => numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            Function::Average => sum / numbers.len() as f64,
            _ => sum,
        };
        Some(Found::Number(number))
    }

    pub(super) fn step(&mut self, count: usize) -> Result<(), Exhausted> {
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        self.steps = self.steps.checked_sub(count).ok_or(Exhausted)?;
        Ok(())
    }
}

/// An index, counted from the end if it is negative.
fn from_end(index: i64, length: usize) -> Option<usize> {
    match usize::try_from(index) {
        Ok(at) => Some(at),
        Err(_) => length.checked_sub(usize::try_from(index.unsigned_abs()).ok()?),
    }
}

/// An end of a slice, within the list.
fn bound(index: i64, length: usize) -> usize {
    from_end(index, length).unwrap_or(0).min(length)
}
