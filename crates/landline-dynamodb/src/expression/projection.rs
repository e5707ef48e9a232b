//! `ProjectionExpression` (and the legacy `AttributesToGet`): which parts of an item are answered.
//!
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ProjectionExpressions.html>

use super::cursor::Cursor;
use super::lexer::TokenKind;
use super::path::{Clash, DocumentPath};
use super::path_tree::PathNode;
use super::placeholders::Placeholders;
use super::syntax::{PathFaults, resolve_path};
use super::{ExpressionError, ExpressionKind};
use crate::value::Item;

/// A set of paths, none of which leads through another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Projection {
    paths: Vec<DocumentPath>,
    root: PathNode,
}

impl Projection {
    pub fn parse(
        text: &str,
        placeholders: &mut Placeholders,
    ) -> Result<Projection, ExpressionError> {
        let mut cursor = Cursor::new(ExpressionKind::Projection, text)?;
        let mut raw = vec![cursor.path()?];
        while cursor.take(TokenKind::Comma) {
            raw.push(cursor.path()?);
        }
        cursor.expect_end()?;
        let mut faults = PathFaults::default();
        let paths: Vec<DocumentPath> = raw
            .iter()
            .map(|path| resolve_path(path, placeholders, &mut faults))
            .collect();
        let fault = faults
            .reserved
            .or(faults.undefined)
            .or_else(|| first_clash(&paths));
        fault.map_or_else(
            || Ok(Projection::of(paths)),
            |reason| Err(cursor.invalid(reason)),
        )
    }

    /// A projection of paths known to be in order, such as the attributes of an index or those an update touched.
    pub fn of(paths: impl IntoIterator<Item = DocumentPath>) -> Projection {
        let paths: Vec<DocumentPath> = paths.into_iter().collect();
        let mut root = PathNode::default();
        for path in &paths {
            root.insert(path);
        }
        Projection { paths, root }
    }

    /// A projection of whole attributes.
    pub fn of_attributes<'n>(names: impl IntoIterator<Item = &'n str>) -> Projection {
        Projection::of(names.into_iter().map(DocumentPath::attribute))
    }

    pub fn paths(&self) -> &[DocumentPath] {
        &self.paths
    }

    /// The wanted parts of a decoded item; paths that it does not have leave no trace.
    pub fn project(&self, item: &Item) -> Item {
        self.root.project_item(item)
    }

    pub(crate) fn root(&self) -> &PathNode {
        &self.root
    }
}

/// The first two paths that cannot stand together. Overlap is reported before conflict.
pub(super) fn first_clash(paths: &[DocumentPath]) -> Option<String> {
    let mut conflict = None;
    for (later, second) in paths.iter().enumerate() {
        for first in &paths[..later] {
            match first.clash(second) {
                Some(clash @ Clash::Overlap) => return Some(clash.describe(first, second)),
                Some(clash @ Clash::Conflict) => {
                    conflict.get_or_insert_with(|| clash.describe(first, second));
                }
                None => {}
            }
        }
    }
    conflict
}
