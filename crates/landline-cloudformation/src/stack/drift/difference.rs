//! Expected and actual properties of one resource: where they differ. Pure.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_PropertyDifference.html>

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

/// One place where a resource is another than its template says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// As in a JSON pointer.
    pub path: String,
    pub expected: String,
    pub actual: String,
    pub kind: DifferenceKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DifferenceKind {
    /// More than was asked for.
    Add,
    Remove,
    NotEqual,
}

/// Maps whose keys the author makes up: another key in one of them is a difference, and no default that a service added.
const OPEN_MAPS: [&str; 9] = [
    "RequestModels",
    "RequestParameters",
    "RequestTemplates",
    "ResponseModels",
    "ResponseParameters",
    "ResponseTemplates",
    "StageVariables",
    "Tags",
    "Variables",
];

/// How the actual properties differ from the expected ones, which alone are looked at.
pub(super) fn differences(
    expected: &Map<String, Json>,
    actual: &Map<String, Json>,
) -> Vec<Difference> {
    let mut found = Vec::new();
    compare_maps("", expected, actual, &mut found);
    found
}

fn compare_maps(
    path: &str,
    expected: &Map<String, Json>,
    actual: &Map<String, Json>,
    found: &mut Vec<Difference>,
) {
    for (key, value) in expected {
        let path = format!("{path}/{}", escaped(key));
        let (value, now) = match key.as_str() {
            "Tags" => (&tags(value), actual.get(key).map(tags)),
            _ => (value, actual.get(key).cloned()),
        };
        match now.filter(|now| !now.is_null()) {
            Some(now) => compare(&path, key, value, &now, found),
            None if is_nothing(value) => {}
            None => found.push(Difference::removed(path, value)),
        }
    }
}

fn compare(path: &str, key: &str, expected: &Json, actual: &Json, found: &mut Vec<Difference>) {
    let parsed;
    let actual = match (expected, actual) {
        // Documents are kept as text by many services.
        (Json::Object(_) | Json::Array(_), Json::String(text)) => {
            parsed = serde_json::from_str(text).unwrap_or_else(|_| actual.clone());
            &parsed
        }
        _ => actual,
    };
    match (expected, actual) {
        (Json::Object(expected), Json::Object(actual)) => {
            compare_maps(path, expected, actual, found);
            if OPEN_MAPS.contains(&key) {
                let more = actual
                    .iter()
                    .filter(|(key, _)| !expected.contains_key(*key));
                found.extend(more.map(|(key, value)| {
                    Difference::added(format!("{path}/{}", escaped(key)), value)
                }));
            }
        }
        (Json::Array(expected), Json::Array(actual)) => {
            compare_lists(path, expected, actual, found);
        }
        _ if is_same(expected, actual) => {}
        _ => found.push(Difference {
            path: path.to_owned(),
            expected: text(expected),
            actual: text(actual),
            kind: DifferenceKind::NotEqual,
        }),
    }
}

/// What both have is taken away wherever it stands; of what is left, one is compared with the next.
fn compare_lists(path: &str, expected: &[Json], actual: &[Json], found: &mut Vec<Difference>) {
    let mut open: BTreeSet<usize> = (0..actual.len()).collect();
    let mut missing = Vec::new();
    for (index, item) in expected.iter().enumerate() {
        let fits = |other: &usize| {
            let mut found = Vec::new();
            compare("", "", item, &actual[*other], &mut found);
            found.is_empty()
        };
        match open.iter().copied().find(fits) {
            Some(other) => {
                open.remove(&other);
            }
            None => missing.push(index),
        }
    }
    let mut open = open.into_iter();
    for index in missing {
        let path = format!("{path}/{index}");
        match open.next() {
            Some(other) => compare(&path, "", &expected[index], &actual[other], found),
            None => found.push(Difference::removed(path, &expected[index])),
        }
    }
    let more = open.map(|index| Difference::added(format!("{path}/{index}"), &actual[index]));
    found.extend(more);
}

/// CloudFormation takes `"30"` for 30 and a document for its text.
fn is_same(expected: &Json, actual: &Json) -> bool {
    // A log group may be named with all its streams.
    let name = |value| text(value).trim_end_matches(":*").to_owned();
    let (left, right) = (name(expected), name(actual));
    if left == right {
        return true;
    }
    if let (Ok(left), Ok(right)) = (left.parse::<f64>(), right.parse::<f64>()) {
        return left.total_cmp(&right).is_eq();
    }
    let document = |text: &str| serde_json::from_str::<Json>(text).ok();
    matches!((document(&left), document(&right)), (Some(left), Some(right)) if left == right)
}

/// Whether a value says what it would be without it.
fn is_nothing(value: &Json) -> bool {
    match value {
        Json::Null | Json::Bool(false) => true,
        Json::String(text) => text.is_empty() || text == "false",
        Json::Array(items) => items.is_empty(),
        Json::Object(fields) => fields.values().all(is_nothing),
        Json::Bool(true) | Json::Number(_) => false,
    }
}

/// Tags as a map, whatever form they have, without those of AWS's services.
fn tags(value: &Json) -> Json {
    let text = |tag: &Json, names: [&str; 2]| {
        let value = tag.get(names[0]).or_else(|| tag.get(names[1]))?;
        Some(value.as_str()?.to_owned())
    };
    let mut tags: Map<String, Json> = match value {
        Json::Object(map) => map.clone(),
        Json::Array(list) => list
            .iter()
            .filter_map(|tag| {
                let value = text(tag, ["Value", "value"]).unwrap_or_default();
                Some((text(tag, ["Key", "key"])?, Json::String(value)))
            })
            .collect(),
        other => return other.clone(),
    };
    tags.retain(|key, _| !key.starts_with("aws:"));
    Json::Object(tags)
}

fn text(value: &Json) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

impl Difference {
    fn added(path: String, actual: &Json) -> Self {
        Self {
            path,
            expected: "null".to_owned(),
            actual: text(actual),
            kind: DifferenceKind::Add,
        }
    }

    fn removed(path: String, expected: &Json) -> Self {
        Self {
            path,
            expected: text(expected),
            actual: "null".to_owned(),
            kind: DifferenceKind::Remove,
        }
    }
}

#[cfg(test)]
#[path = "difference_tests.rs"]
mod tests;
