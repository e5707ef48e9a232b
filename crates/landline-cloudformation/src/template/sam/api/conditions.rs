//! Functions that are there only under a condition: so are their routes, paths whose routes all are, and an implied API
//! that has no others.
//! <https://github.com/aws/serverless-application-model/issues/758>

use std::collections::BTreeSet;

use serde_json::{Map as JsonMap, Value as Json, json};

use super::super::super::node::Node;
use super::super::Output;
use super::ApiEvent;

/// What is there under a condition only.
pub(super) fn when(condition: &str, value: &Json) -> Json {
    json!({ "Fn::If": [condition, value, { "Ref": "AWS::NoValue" }] })
}

impl ApiEvent {
    fn condition(&self) -> Option<&str> {
        self.condition.as_ref()?.as_str()
    }

    /// The operation of the route, if there is its function.
    pub(super) fn conditional(&self, operation: Json) -> Json {
        match self.condition() {
            Some(condition) => when(condition, &operation),
            None => operation,
        }
    }
}

/// The condition under which one of these routes is there, unless one always is; `name` is what it is called when it is
/// made of several.
pub(super) fn any(name: &str, events: &[&ApiEvent], output: &mut Output) -> Option<String> {
    let conditions: Option<BTreeSet<&str>> = events.iter().map(|it| it.condition()).collect();
    let mut conditions: Vec<String> = conditions?.into_iter().map(str::to_owned).collect();
    let line = events.first()?.line;
    if conditions.len() < 2 {
        return conditions.pop();
    }
    // `Fn::Or` takes ten conditions: more of them are numbered steps, the last of which has no number.
    let mut step = (conditions.len() - 2) / (MOST - 1);
    while conditions.len() > 1 {
        let next = match step {
            0 => name.to_owned(),
            number => format!("{name}{number}"),
        };
        step = step.saturating_sub(1);
        let rest = conditions.split_off(conditions.len().min(MOST));
        let each = conditions.iter().map(|it| json!({ "Condition": it }));
        let either = json!({ "Fn::Or": each.collect::<Vec<Json>>() });
        output
            .conditions
            .push((next.clone(), Node::from_json(line, &either)));
        conditions = rest;
        conditions.push(next);
    }
    conditions.pop()
}

/// Conditions that one `Fn::Or` takes.
const MOST: usize = 10;

/// Lays conditions over the paths that have no route without one.
pub(super) fn lay_over(
    api: &str,
    events: &[&ApiEvent],
    paths: &mut JsonMap<String, Json>,
    output: &mut Output,
) {
    for (path, item) in paths.iter_mut() {
        let own: Vec<&ApiEvent> = events
            .iter()
            .copied()
            .filter(|it| it.path() == path)
            .collect();
        let words = path
            .replace('/', "SLASH")
            .replace('{', "OB")
            .replace('}', "CB");
        if let Some(condition) = any(&format!("{api}{words}PathCondition"), &own, output) {
            *item = when(&condition, &item.take());
        }
    }
}
