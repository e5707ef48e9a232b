//! `$.detail.items[0]`, `$['detail-type']`: a place in an event. EventBridge knows no more of JSONPath.

use serde_json::Value;

/// A path that has been read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Path<'a>(Vec<Step<'a>>);

#[derive(Debug, Clone, PartialEq)]
enum Step<'a> {
    Member(&'a str),
    Item(usize),
}

impl<'a> Path<'a> {
    /// Reads a path; `None` when the text is none.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let mut rest = text.strip_prefix('$')?;
        let mut steps = Vec::new();
        while !rest.is_empty() {
            if steps.len() == STEPS_MAX {
                return None;
            }
            if let Some(after) = rest.strip_prefix('.') {
                let end = after.find(['.', '[']).unwrap_or(after.len());
                let (name, after) = after.split_at(end);
                if name.is_empty() {
                    return None;
                }
                steps.push(Step::Member(name));
                rest = after;
                continue;
            }
            let (inner, after) = rest.strip_prefix('[')?.split_once(']')?;
            let quoted = ['\'', '"'].iter().find_map(|mark| {
                let inner = inner.strip_prefix(*mark)?;
                inner.strip_suffix(*mark)
            });
            steps.push(match quoted {
                Some(name) => Step::Member(name),
                None => Step::Item(inner.parse().ok()?),
            });
            rest = after;
        }
        Some(Self(steps))
    }

    /// The value at the path.
    pub(crate) fn find<'v>(&self, value: &'v Value) -> Option<&'v Value> {
        let mut found = value;
        for step in &self.0 {
            found = match step {
                Step::Member(name) => found.get(*name)?,
                Step::Item(index) => found.get(*index)?,
            };
        }
        Some(found)
    }
}

const STEPS_MAX: usize = 100;
