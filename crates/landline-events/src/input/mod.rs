//! What a target is told of an event: the event, a part of it, a text of its own, or a text with parts of it. Pure.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html>

mod path;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub(crate) use path::Path;

/// What a rule's author wants a target to be told.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) enum Input {
    /// The whole event.
    #[default]
    Event,
    /// This, whatever the event.
    Constant(String),
    /// A part of the event.
    Path(String),
    /// A text with variables, and the parts of the event that those are.
    Template {
        paths: BTreeMap<String, String>,
        template: String,
    },
}

/// What variables may tell of a rule beside the event.
#[derive(Debug, Clone, Copy)]
pub(crate) struct About<'a> {
    pub(crate) rule_arn: &'a str,
    pub(crate) rule_name: &'a str,
    /// When the event came, in ISO 8601.
    pub(crate) ingested: &'a str,
}

impl Input {
    /// The text that goes to the target.
    pub(crate) fn of(&self, event: &Value, about: About<'_>) -> String {
        match self {
            Self::Event => event.to_string(),
            Self::Constant(text) => text.clone(),
            Self::Path(path) => {
                let path = Path::parse(path);
                let found = path.and_then(|path| path.find(event));
                found.unwrap_or(&Value::Null).to_string()
            }
            Self::Template { paths, template } => fill(template, |name| {
                variable(name, paths, event, about).unwrap_or_default()
            }),
        }
    }
}

/// A variable's value; `None` when the event has no such part.
fn variable(
    name: &str,
    paths: &BTreeMap<String, String>,
    event: &Value,
    about: About<'_>,
) -> Option<Value> {
    match name {
        "aws.events.rule-arn" => return Some(about.rule_arn.into()),
        "aws.events.rule-name" => return Some(about.rule_name.into()),
        "aws.events.event.ingestion-time" => return Some(about.ingested.into()),
        "aws.events.event.json" => return Some(event.clone()),
        "aws.events.event" => {
            let mut event = event.clone();
            if let Some(members) = event.as_object_mut() {
                members.remove("detail");
                // Recorded: in this form the member has the name of an SDK's.
                if let Some(kind) = members.remove("detail-type") {
                    members.insert("detailType".to_owned(), kind);
                }
            }
            return Some(event);
        }
        _ => {}
    }
    let path = Path::parse(paths.get(name)?)?;
    path.find(event).cloned()
}

/// The first variable of a template that nothing stands for.
pub(crate) fn unknown_variable<'a>(
    template: &'a str,
    paths: &BTreeMap<String, String>,
) -> Option<&'a str> {
    let candidates = template.match_indices('<');
    let candidates = candidates.filter(|(at, _)| !template[..*at].ends_with('\\'));
    let mut names = candidates.filter_map(|(at, _)| Some(placeholder(&template[at..])?.0));
    names.find(|name| !paths.contains_key(*name) && !name.starts_with("aws.events."))
}

/// Replaces `<name>`: by the bare text inside of quotation marks, by JSON elsewhere. A part that is not there is empty
/// text.
fn fill(template: &str, value: impl Fn(&str) -> Value) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    let mut is_quoted = false;
    while let Some(letter) = rest.chars().next() {
        if letter == '<'
            && let Some((name, after)) = placeholder(rest)
        {
            let value = match value(name) {
                Value::Null => Value::from(""),
                value => value,
            };
            match (&value, is_quoted) {
                (value, true) => filled.push_str(&bare(value)),
                (value, false) => filled.push_str(&value.to_string()),
            }
            rest = after;
            continue;
        }
        let length = match letter {
            '\\' if is_quoted => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            '"' => {
                is_quoted = !is_quoted;
                1
            }
            letter => letter.len_utf8(),
        };
        filled.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    filled
}

/// The name between `<` and `>`, and what follows.
fn placeholder(text: &str) -> Option<(&str, &str)> {
    let (name, after) = text.strip_prefix('<')?.split_once('>')?;
    let is_allowed = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    (!name.is_empty() && name.chars().all(is_allowed)).then_some((name, after))
}

/// A value inside of a text: objects and lists as they are in JSON, without quotation marks around what is in them.
fn bare(value: &Value) -> String {
    match value {
        Value::String(text) => escaped(text),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(bare).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(members) => {
            let members = members.iter();
            let members = members.map(|(name, value)| format!("{}:{}", escaped(name), bare(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        value => value.to_string(),
    }
}

/// A text as it stands between quotation marks.
fn escaped(text: &str) -> String {
    let quoted = Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

#[cfg(test)]
mod tests;
