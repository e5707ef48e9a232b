//! The model's constraints, checked in one place, refused in AWS's words.
//!
//! AWS's front end collects every violation of a request and names them together:
//! `2 validation errors detected: Value '' at 'functionName' failed to satisfy
//! constraint: Member must have length greater than or equal to 1; …`.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, LazyLock};

use parking_lot::Mutex;
use regex::Regex;

use crate::shape::{Member, Node};
use crate::{ServiceError, ServiceMeta};

/// One broken constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    value: String,
    path: String,
    constraint: String,
}

impl Violation {
    /// A required member that is not there.
    pub(crate) fn missing(path: &[String]) -> Self {
        Self {
            value: "null".into(),
            path: path.join("."),
            constraint: "Member must not be null".into(),
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            value,
            path,
            constraint,
        } = self;
        write!(
            f,
            "Value {value} at '{path}' failed to satisfy constraint: {constraint}"
        )
    }
}

/// A long value is cut in the message; the client knows what it sent.
const MAX_QUOTED_CHARS: usize = 512;

/// Adds what `node` breaks of `member`'s constraints to `violations`.
pub(crate) fn check(
    member: &'static Member,
    node: &Node<'_>,
    path: &[String],
    violations: &mut Vec<Violation>,
) {
    for constraint in broken_constraints(member, node) {
        violations.push(Violation {
            value: quoted(node),
            path: path.join("."),
            constraint,
        });
    }
}

fn broken_constraints(member: &'static Member, node: &Node<'_>) -> Vec<String> {
    let mut broken = Vec::new();
    if let (Some((least, most)), Some(length)) = (member.length, length_of(node)) {
        if length < least {
            broken.push(format!(
                "Member must have length greater than or equal to {least}"
            ));
        }
        if length > most {
            broken.push(format!(
                "Member must have length less than or equal to {most}"
            ));
        }
    }
    if let (Some((least, most)), Some(number)) = (member.range, number_of(node)) {
        if number < least {
            broken.push(format!(
                "Member must have value greater than or equal to {least}"
            ));
        }
        if number > most {
            broken.push(format!(
                "Member must have value less than or equal to {most}"
            ));
        }
    }
    let (Node::String(text) | Node::Text(text)) = node else {
        return broken;
    };
    if let Some(pattern) = member.pattern
        && compiled(pattern).is_some_and(|regex| !regex.is_match(text))
    {
        broken.push(format!(
            "Member must satisfy regular expression pattern: {pattern}"
        ));
    }
    if !member.one_of.is_empty() && !member.one_of.contains(&text.as_ref()) {
        let values = member.one_of.join(", ");
        broken.push(format!("Member must satisfy enum value set: [{values}]"));
    }
    broken
}

fn length_of(node: &Node<'_>) -> Option<u64> {
    let length = match node {
        Node::String(text) | Node::Text(text) => text.chars().count(),
        Node::Bytes(bytes) => bytes.len(),
        Node::List(items) => items.len(),
        Node::Map(entries) => entries.len(),
        _ => return None,
    };
    u64::try_from(length).ok()
}

fn number_of(node: &Node<'_>) -> Option<i64> {
    match node {
        Node::Integer(value) => Some(*value),
        Node::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn quoted(node: &Node<'_>) -> String {
    let text = match node {
        Node::String(text) | Node::Text(text) => text.chars().take(MAX_QUOTED_CHARS).collect(),
        Node::Integer(value) => value.to_string(),
        Node::Float(value) => value.to_string(),
        Node::Bool(value) => value.to_string(),
        Node::List(_) => "[]".to_owned(),
        Node::Map(_) => "{}".to_owned(),
        Node::Null | Node::Bytes(_) => String::new(),
    };
    format!("'{text}'")
}

/// The pattern, compiled once. The models are written for Java's dialect; the few
/// patterns that look around do not compile here and are left to the handlers.
fn compiled(pattern: &'static str) -> Option<Arc<Regex>> {
    type Cache = HashMap<&'static str, Option<Arc<Regex>>>;
    static CACHE: LazyLock<Mutex<Cache>> = LazyLock::new(Mutex::default);
    let mut cache = CACHE.lock();
    let entry = cache.entry(pattern).or_insert_with(|| {
        // `matches` in Java means the whole text.
        Regex::new(&format!(r"\A(?:{pattern})\z"))
            .ok()
            .map(Arc::new)
    });
    entry.clone()
}

/// All violations in one error of the service.
pub(crate) fn refusal(service: &ServiceMeta, violations: &[Violation]) -> ServiceError {
    let count = violations.len();
    let plural = if count == 1 { "" } else { "s" };
    let details: Vec<String> = violations.iter().map(ToString::to_string).collect();
    let details = details.join("; ");
    let message = format!("{count} validation error{plural} detected: {details}");
    ServiceError::new(service.validation_code, 400, message)
}
