//! The model's constraints, checked in one place, refused in AWS's words.
//!
//! AWS's front end collects every violation of a request and names them together:
//! `2 validation errors detected: Value '' at 'functionName' failed to satisfy
//! constraint: Member must have length greater than or equal to 1; …`.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, LazyLock};

use parking_lot::Mutex;
use regex::Regex;

use crate::shape::{Encode, Member, Node, Path};
use crate::{ServiceError, ServiceMeta};

mod java;

/// One broken constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    value: String,
    path: String,
    constraint: String,
}

impl Violation {
    /// A required member that is not there.
    pub(crate) fn missing(path: &Path) -> Self {
        Self {
            value: "null".into(),
            path: path.to_string(),
            constraint: "Member must not be null".into(),
        }
    }

    /// Shows the value as Java prints it.
    pub(crate) fn show(&mut self, value: &dyn Encode) {
        self.value = format!("'{}'", java::print(value));
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

/// What `node` breaks of `member`'s constraints.
pub(crate) fn violations(member: &'static Member, node: &Node<'_>, path: &Path) -> Vec<Violation> {
    let broken = broken_constraints(member, node);
    let violations = broken.into_iter().map(|constraint| Violation {
        value: quoted(node),
        path: path.to_string(),
        constraint,
    });
    violations.collect()
}

/// How a service refuses the absence of a member that it names in its own words.
pub(crate) fn absence(member: &Member) -> String {
    format!(
        "The parameter '{}' is required but was not present in the request",
        member.wire
    )
}

/// How a service refuses the length of a member that it names in its own words.
pub(crate) fn own_refusal(member: &Member, node: &Node<'_>) -> Option<String> {
    let (least, most) = member.length.filter(|_| member.own_words)?;
    let length = length_of(node)?;
    if (least..=most).contains(&length) || is_exempt(member, node) {
        return None;
    }
    let name = member.wire;
    Some(format!(
        "{name} must be at least {least} characters long and at most {most} characters long"
    ))
}

fn is_exempt(member: &Member, node: &Node<'_>) -> bool {
    match (member.exempt, node) {
        (Some(prefix), Node::String(text) | Node::Text(text)) => text.starts_with(prefix),
        _ => false,
    }
}

fn broken_constraints(member: &'static Member, node: &Node<'_>) -> Vec<String> {
    let mut broken = Vec::new();
    if is_exempt(member, node) {
        return broken;
    }
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
    if let Node::Map(entries) = node {
        broken.extend(broken_by_entries(member, entries));
    }
    let (Node::String(text) | Node::Text(text)) = node else {
        return broken;
    };
    if let Some(pattern) = member.pattern
        && !satisfies(pattern, text)
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

/// What the keys and the values of a map break: all constraints on them are named, not only those
/// that are broken.
fn broken_by_entries(member: &Member, entries: &[(Cow<'_, str>, Node<'_>)]) -> Vec<String> {
    let mut broken = Vec::new();
    let within = |(least, most): (u64, u64), length: Option<u64>| {
        length.is_none_or(|length| (least..=most).contains(&length))
    };
    if let Some(keys) = member.keys {
        let (least, most) = keys.length;
        let pattern = compiled(keys.pattern);
        let is_broken = |key: &str| {
            member.exempt.is_none_or(|prefix| !key.starts_with(prefix))
                && (!within(keys.length, u64::try_from(key.chars().count()).ok())
                    || pattern.as_ref().is_some_and(|regex| !regex.is_match(key)))
        };
        if entries.iter().any(|(key, _)| is_broken(key)) {
            broken.push(format!(
                "Map keys must satisfy constraint: [Member must have length less than or equal to {most}, Member must have length greater than or equal to {least}, Member must satisfy regular expression pattern: {}]",
                keys.pattern
            ));
        }
    }
    if let Some((least, most)) = member.values
        && entries
            .iter()
            .any(|(_, value)| !within((least, most), length_of(value)))
    {
        broken.push(format!(
            "Map value must satisfy constraint: [Member must have length less than or equal to {most}, Member must have length greater than or equal to {least}]"
        ));
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

/// The model's `FunctionName` as AWS's validation texts name it, `functionName`.
pub(crate) fn camel(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(chars).collect()
    })
}

/// How Lambda's patterns say that a name must not be a number.
const NO_NUMBER: [&str; 2] = [r"(?!^\d+$)", "(?!^[0-9]+$)"];

fn satisfies(pattern: &'static str, text: &str) -> bool {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number && NO_NUMBER.iter().any(|guard| pattern.contains(guard)) {
        return false;
    }
    compiled(pattern).is_none_or(|regex| regex.is_match(text))
}

/// The pattern, compiled once. The models are written for Java's dialect; the few
/// patterns that look around otherwise do not compile here and are left to the handlers.
fn compiled(pattern: &'static str) -> Option<Arc<Regex>> {
    type Cache = HashMap<&'static str, Option<Arc<Regex>>>;
    static CACHE: LazyLock<Mutex<Cache>> = LazyLock::new(Mutex::default);
    let mut cache = CACHE.lock();
    let entry = cache.entry(pattern).or_insert_with(|| {
        let without_guards = NO_NUMBER
            .iter()
            .fold(pattern.to_owned(), |text, guard| text.replace(guard, ""));
        // `matches` in Java means the whole text.
        Regex::new(&format!(r"\A(?:{without_guards})\z"))
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
