//! Decides whether a filter accepts a value.

use std::cmp::Ordering;

use super::document::{Document, Kind, kind_of};
use super::evaluate::{Exhausted, Found, Walk};
use super::{Comparison, Filter, Operand};

/// What an operand came to.
enum Side<'f, N> {
    Nothing,
    Node(N),
    Nodes(Vec<N>),
    Number(f64),
    Literal(&'f serde_json::Value),
    Pattern(&'f regex::Regex),
}

impl<D: Document> Walk<'_, D> {
    pub(super) fn accepts(
        &mut self,
        filter: &Filter,
        current: &D::Node,
        root: &D::Node,
    ) -> Result<bool, Exhausted> {
        self.step(1)?;
        match filter {
            Filter::Any(filters) => {
                for filter in filters {
                    if self.accepts(filter, current, root)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Filter::All(filters) => {
                for filter in filters {
                    if !self.accepts(filter, current, root)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Filter::Not(filter) => Ok(!self.accepts(filter, current, root)?),
            Filter::Exists(operand) => Ok(match self.side(operand, current, root)? {
                Side::Nothing => false,
                Side::Nodes(nodes) => !nodes.is_empty(),
                _ => true,
            }),
            Filter::Compare(left, comparison, right) => {
                let left = self.side(left, current, root)?;
                let right = self.side(right, current, root)?;
                self.compare(&left, *comparison, &right)
            }
        }
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "a list has far fewer than 2^52 elements"
    )]
    fn side<'f>(
        &mut self,
        operand: &'f Operand,
        current: &D::Node,
        root: &D::Node,
    ) -> Result<Side<'f, D::Node>, Exhausted> {
        let found = match operand {
            Operand::Literal(literal) => return Ok(Side::Literal(literal)),
            Operand::Pattern(pattern) => return Ok(Side::Pattern(&pattern.0)),
            Operand::Current(path) => self.find_from(path, current, root)?,
            Operand::Root(path) => self.find_from(path, root, root)?,
        };
        Ok(match found {
            Some(Found::Node(node)) => Side::Node(node),
            Some(Found::Nodes(nodes)) => Side::Nodes(nodes),
            Some(Found::Count(count)) => Side::Number(count as f64),
            Some(Found::Number(number)) => Side::Number(number),
            Some(Found::Merged(_) | Found::Rows(_) | Found::Names(_)) | None => Side::Nothing,
        })
    }

    fn compare(
        &mut self,
        left: &Side<'_, D::Node>,
        comparison: Comparison,
        right: &Side<'_, D::Node>,
    ) -> Result<bool, Exhausted> {
        let order = |accepted: fn(Ordering) -> bool| self.order(left, right).is_some_and(accepted);
        Ok(match comparison {
            Comparison::Equal => self.equal(left, right)?,
            Comparison::NotEqual => !self.equal(left, right)?,
            Comparison::Less => order(Ordering::is_lt),
            Comparison::LessOrEqual => order(Ordering::is_le),
            Comparison::Greater => order(Ordering::is_gt),
            Comparison::GreaterOrEqual => order(Ordering::is_ge),
            Comparison::Matches => match (self.kind(left), right) {
                (Kind::Text(text), Side::Pattern(pattern)) => {
                    let length = text.len();
                    let matches = pattern.is_match(text);
                    self.step(length / 16)?;
                    matches
                }
                _ => false,
            },
            Comparison::In => self.within(left, right)?,
            Comparison::NotIn => !self.within(left, right)?,
            Comparison::Contains => match (self.kind(left), self.kind(right)) {
                (Kind::Text(text), Kind::Text(part)) => text.contains(part),
                _ => self.within(right, left)?,
            },
            Comparison::Size => {
                let size = match self.kind(left) {
                    Kind::Array(size) => size,
                    Kind::Text(text) => text.encode_utf16().count(),
                    _ => return Ok(false),
                };
                self.kind(right) == number(size)
            }
            Comparison::Empty => {
                let is_empty = match self.kind(left) {
                    Kind::Array(size) | Kind::Object(size) => size == 0,
                    Kind::Text(text) => text.is_empty(),
                    _ => return Ok(false),
                };
                self.kind(right) == Kind::Bool(is_empty)
            }
        })
    }

    fn kind<'a>(&'a self, side: &'a Side<'_, D::Node>) -> Kind<'a> {
        match side {
            Side::Nothing | Side::Pattern(_) => Kind::Other,
            Side::Node(node) => self.document.kind(node),
            Side::Nodes(nodes) => Kind::Array(nodes.len()),
            Side::Number(number) => Kind::Number(*number),
            Side::Literal(literal) => kind_of(literal),
        }
    }

    fn order(&self, left: &Side<'_, D::Node>, right: &Side<'_, D::Node>) -> Option<Ordering> {
        match (self.kind(left), self.kind(right)) {
            (Kind::Number(left), Kind::Number(right)) => left.partial_cmp(&right),
            (Kind::Text(left), Kind::Text(right)) => Some(left.cmp(right)),
            _ => None,
        }
    }

    fn equal(
        &mut self,
        left: &Side<'_, D::Node>,
        right: &Side<'_, D::Node>,
    ) -> Result<bool, Exhausted> {
        self.step(1)?;
        Ok(match (self.kind(left), self.kind(right)) {
            (Kind::Array(_) | Kind::Object(_), _) | (_, Kind::Array(_) | Kind::Object(_)) => {
                match (left, right) {
                    (Side::Node(node), Side::Literal(literal))
                    | (Side::Literal(literal), Side::Node(node)) => {
                        self.equals_literal(node, literal)?
                    }
                    _ => false,
                }
            }
            (Kind::Other, _) | (_, Kind::Other) => false,
            // Jayway takes a text for the number in it.
            (Kind::Number(number), Kind::Text(text)) | (Kind::Text(text), Kind::Number(number)) => {
                text.parse() == Ok(number)
            }
            (left, right) => left == right,
        })
    }

    fn equals_literal(
        &mut self,
        node: &D::Node,
        literal: &serde_json::Value,
    ) -> Result<bool, Exhausted> {
        self.step(1)?;
        match (self.document.kind(node), literal) {
            (Kind::Array(length), serde_json::Value::Array(elements)) => {
                if length != elements.len() {
                    return Ok(false);
                }
                for (child, element) in self.document.children(node).iter().zip(elements) {
                    if !self.equals_literal(child, element)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            (Kind::Array(_) | Kind::Object(_), _) => Ok(false),
            (kind, literal) => Ok(kind == kind_of(literal)),
        }
    }

    /// Whether the list on the right has the value on the left.
    fn within(
        &mut self,
        value: &Side<'_, D::Node>,
        list: &Side<'_, D::Node>,
    ) -> Result<bool, Exhausted> {
        let nodes = match list {
            Side::Literal(serde_json::Value::Array(elements)) => {
                for element in elements {
                    if self.equal(value, &Side::Literal(element))? {
                        return Ok(true);
                    }
                }
                return Ok(false);
            }
            Side::Node(node) if matches!(self.document.kind(node), Kind::Array(_)) => {
                self.document.children(node)
            }
            Side::Nodes(nodes) => nodes.clone(),
            _ => return Ok(false),
        };
        for node in nodes {
            if self.equal(value, &Side::Node(node))? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a list has far fewer than 2^52 elements"
)]
fn number(count: usize) -> Kind<'static> {
    Kind::Number(count as f64)
}
