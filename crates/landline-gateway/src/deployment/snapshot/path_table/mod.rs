//! Which route takes a path: a tree of segments, so that a request looks at the segments of
//! its own path and not at every route.
//!
//! A full match goes before one with a greedy variable, a fixed segment before a variable.
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html>.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::Route;
use super::http_api::Fit;

/// Routes by their paths.
#[derive(Debug, Default)]
pub(super) struct PathTable {
    root: Node,
}

/// A route, and what the variables of its path stand for.
#[derive(Debug)]
pub struct Found<'a> {
    /// The route.
    pub route: &'a Arc<Route>,
    /// Values by the variables' names.
    pub variables: BTreeMap<String, String>,
}

#[derive(Debug, Default)]
struct Node {
    fixed: HashMap<String, Node>,
    variable: Option<Box<Node>>,
    /// The routes that end here, each with the names of its variables.
    routes: Vec<Leaf>,
    /// The routes with a greedy variable here.
    greedy: Vec<Leaf>,
}

#[derive(Debug)]
struct Leaf {
    route: Arc<Route>,
    names: Vec<String>,
}

/// The routes of one path, and the values of its variables.
#[derive(Debug)]
pub(super) struct AtPath<'a> {
    leaves: &'a [Leaf],
    values: Vec<String>,
}

impl PathTable {
    pub(super) fn insert(&mut self, route: Arc<Route>) {
        let path = route.at.as_ref().map_or("/", |at| at.path.as_str());
        let mut node = &mut self.root;
        let mut names = Vec::new();
        let mut is_greedy = false;
        for segment in path.split('/').filter(|segment| !segment.is_empty()) {
            let variable = segment
                .strip_prefix('{')
                .and_then(|it| it.strip_suffix('}'));
            let Some(variable) = variable else {
                node = node.fixed.entry(segment.to_owned()).or_default();
                continue;
            };
            if let Some(greedy) = variable.strip_suffix('+') {
                names.push(greedy.to_owned());
                is_greedy = true;
                break;
            }
            names.push(variable.to_owned());
            node = node.variable.get_or_insert_default();
        }
        let leaves = if is_greedy {
            &mut node.greedy
        } else {
            &mut node.routes
        };
        leaves.push(Leaf { route, names });
    }

    /// The best route whose method fits.
    pub(super) fn find(
        &self,
        segments: &[&str],
        fit: impl Fn(&Route) -> Option<Fit> + Copy,
    ) -> Option<Found<'_>> {
        let accepts = |leaves: &[Leaf]| leaves.iter().any(|leaf| fit(&leaf.route).is_some());
        self.at_path(segments, accepts)?.with_method(fit)
    }

    fn at_path(
        &self,
        segments: &[&str],
        accepts: impl Fn(&[Leaf]) -> bool + Copy,
    ) -> Option<AtPath<'_>> {
        let mut steps = STEPS_MAX;
        let mut values = Vec::new();
        let full = self.root.full(segments, accepts, &mut values, &mut steps);
        let leaves = full.or_else(|| {
            values.clear();
            self.root.greedy(segments, accepts, &mut values, &mut steps)
        })?;
        Some(AtPath { leaves, values })
    }
}

impl<'a> AtPath<'a> {
    /// The route whose method fits best.
    pub(super) fn with_method(self, fit: impl Fn(&Route) -> Option<Fit>) -> Option<Found<'a>> {
        let fitting = self
            .leaves
            .iter()
            .filter_map(|leaf| Some((fit(&leaf.route)?, leaf)));
        let (_, leaf) = fitting.min_by_key(|(fit, _)| *fit)?;
        Some(Found {
            route: &leaf.route,
            variables: leaf.names.iter().cloned().zip(self.values).collect(),
        })
    }
}

impl Node {
    fn full(
        &self,
        segments: &[&str],
        accepts: impl Fn(&[Leaf]) -> bool + Copy,
        values: &mut Vec<String>,
        steps: &mut usize,
    ) -> Option<&[Leaf]> {
        *steps = steps.checked_sub(1)?;
        let Some((first, rest)) = segments.split_first() else {
            return accepts(&self.routes).then_some(self.routes.as_slice());
        };
        let fixed = self.fixed.get(*first);
        if let Some(found) = fixed.and_then(|node| node.full(rest, accepts, values, steps)) {
            return Some(found);
        }
        let variable = self.variable.as_deref()?;
        values.push((*first).to_owned());
        let found = variable.full(rest, accepts, values, steps);
        if found.is_none() {
            values.pop();
        }
        found
    }

    /// The deepest greedy variable that takes the rest of the path.
    fn greedy(
        &self,
        segments: &[&str],
        accepts: impl Fn(&[Leaf]) -> bool + Copy,
        values: &mut Vec<String>,
        steps: &mut usize,
    ) -> Option<&[Leaf]> {
        *steps = steps.checked_sub(1)?;
        let (first, rest) = segments.split_first()?;
        let fixed = self.fixed.get(*first);
        if let Some(found) = fixed.and_then(|node| node.greedy(rest, accepts, values, steps)) {
            return Some(found);
        }
        if let Some(variable) = self.variable.as_deref() {
            values.push((*first).to_owned());
            if let Some(found) = variable.greedy(rest, accepts, values, steps) {
                return Some(found);
            }
            values.pop();
        }
        if !accepts(&self.greedy) {
            return None;
        }
        values.push(segments.join("/"));
        Some(&self.greedy)
    }
}

/// How many segments one request may look at: a tree of variables could make it look at many.
const STEPS_MAX: usize = 4096;

#[cfg(test)]
mod tests;
