//! What SAM asks of a resource before it becomes others: which properties there are and what each of them takes, refused
//! in the words of its translator.
//! <https://github.com/aws/serverless-application-model/blob/develop/samtranslator/model/__init__.py>

pub(super) mod api;
pub(super) mod document;
pub(super) mod function;
pub(super) mod routes;
pub(super) mod tables;

use serde_json::Value as Json;

use super::super::error::TemplateError;
use super::super::node::{Map, Node, Value};
use super::Source;

/// A property of a resource type.
pub(super) struct Property {
    name: &'static str,
    takes: Takes,
    need: Need,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    Optional,
    Required,
}

/// What a property takes. A function, whose value nobody knows yet, passes wherever the translator does not read it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    Anything,
    Text,
    OneOf(&'static [&'static str]),
    Map,
    /// Of maps, as `Events` are.
    MapOfMaps,
    MapOfTexts,
    List,
    /// Of texts or functions.
    ListOfTexts,
    Whole,
    Flag,
    /// A flag that the translator reads, so that it cannot be a function.
    KnownFlag,
    TextOrMap,
    FlagOrMap,
    Policies,
}

impl Property {
    const fn optional(name: &'static str, takes: Takes) -> Self {
        let need = Need::Optional;
        Self { name, takes, need }
    }

    const fn required(name: &'static str, takes: Takes) -> Self {
        let need = Need::Required;
        Self { name, takes, need }
    }
}

impl Takes {
    fn has(self, node: &Node) -> bool {
        let is_text = |node: &Node| node.as_str().is_some();
        let is_map = |node: &Node| node.as_map().is_some();
        let is_text_or_map = |node: &Node| is_text(node) || is_map(node);
        let is_flag = matches!(node.value, Value::Bool(_));
        let all = |is_fine: &dyn Fn(&Node) -> bool| {
            let map = node.as_map();
            map.is_some_and(|map| map.iter().all(|entry| is_fine(&entry.node)))
        };
        let each = |is_fine: &dyn Fn(&Node) -> bool| {
            let list = node.as_list();
            list.is_some_and(|list| list.iter().all(is_fine))
        };
        let is_one_key = node.as_map().is_some_and(|map| map.len() == 1);
        if is_one_key && self != Self::KnownFlag {
            return true;
        }
        match self {
            Self::Anything => true,
            Self::Text => is_text(node),
            Self::OneOf(texts) => node.as_str().is_some_and(|it| texts.contains(&it)),
            Self::Map => is_map(node),
            Self::MapOfMaps => all(&is_map),
            Self::MapOfTexts => all(&is_text),
            Self::List => node.as_list().is_some(),
            Self::ListOfTexts => each(&is_text_or_map),
            Self::Whole => {
                matches!(&node.value, Value::Number(text) if text.parse::<i64>().is_ok())
            }
            Self::Flag | Self::KnownFlag => is_flag,
            Self::TextOrMap => is_text_or_map(node),
            Self::FlagOrMap => is_flag || is_map(node),
            Self::Policies => is_text_or_map(node) || each(&is_text_or_map),
        }
    }

    /// What is told about a property that has something else.
    fn refusal(self, name: &str) -> String {
        match self {
            Self::Text => should_be(name, Kind::String),
            Self::Map => should_be(name, Kind::Map),
            Self::OneOf(texts) => {
                let texts: Vec<String> = texts.iter().map(|text| format!("'{text}'")).collect();
                let texts = texts.join(" or ");
                format!("Property '{name}' should be a one of the strings: {texts}.")
            }
            _ => format!("Type of property '{name}' is invalid."),
        }
    }
}

/// Refuses properties that a resource type does not have, those that have something else than they take, and the lack
/// of those that have to be there; `later` are properties that we cannot honour yet.
pub(super) fn properties(
    source: &Source<'_>,
    table: &[Property],
    later: &[&str],
) -> Result<(), TemplateError> {
    for entry in source.properties.as_map().into_iter().flatten() {
        let name = entry.key.as_str();
        if later.contains(&name) && !entry.node.is_null() {
            let message = format!("property {name} is not supported by Landline yet.");
            return Err(TemplateError::at(entry.line, message));
        }
        if table.iter().all(|property| property.name != name) {
            let resource_type = source.resource_type();
            let message =
                format!("property {name} not defined for resource of type {resource_type}");
            return Err(TemplateError::at(entry.line, message));
        }
    }
    for property in table {
        let name = property.name;
        match source.property(name) {
            None if property.need == Need::Required => {
                let message = format!("Missing required property '{name}'.");
                return Err(TemplateError::at(source.line, message));
            }
            Some(node) if !property.takes.has(node) => {
                let message = property.takes.refusal(name);
                return Err(TemplateError::at(node.line, message));
            }
            _ => {}
        }
    }
    Ok(())
}

/// What a value inside of a property has to be.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Boolean,
    List,
    Map,
    String,
}

impl Kind {
    fn has(self, node: &Node) -> bool {
        match self {
            Self::Boolean => matches!(node.value, Value::Bool(_)),
            Self::List => node.as_list().is_some(),
            Self::Map => node.as_map().is_some(),
            Self::String => node.as_str().is_some(),
        }
    }
}

/// The words for a value that is of another kind; `path` leads to it.
pub(super) fn should_be(path: &str, kind: Kind) -> String {
    let kind = match kind {
        Kind::Boolean => "boolean",
        Kind::List => "list",
        Kind::Map => "map",
        Kind::String => "string",
    };
    format!("Property '{path}' should be a {kind}.")
}

/// Refuses a value of another kind.
pub(super) fn expect(node: &Node, path: &str, kind: Kind) -> Result<(), TemplateError> {
    if kind.has(node) {
        return Ok(());
    }
    Err(TemplateError::at(node.line, should_be(path, kind)))
}

/// The map that a value has to be.
pub(super) fn expect_map<'a>(node: &'a Node, path: &str) -> Result<&'a Map, TemplateError> {
    expect(node, path, Kind::Map)?;
    Ok(node.as_map().expect("it was found to be a map just now"))
}

/// Whether a value is there and not empty: what the translator takes as given.
fn truth(value: Option<&Json>) -> bool {
    match value {
        None | Some(Json::Null | Json::Bool(false)) => false,
        Some(Json::Bool(true)) => true,
        Some(Json::Number(number)) => number.as_f64() != Some(0.0),
        Some(Json::String(text)) => !text.is_empty(),
        Some(Json::Array(items)) => !items.is_empty(),
        Some(Json::Object(map)) => !map.is_empty(),
    }
}

#[cfg(test)]
mod tests;
