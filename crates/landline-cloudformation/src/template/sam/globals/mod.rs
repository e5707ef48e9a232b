//! The Globals section: what all resources of a type have in common, merged under what each says itself.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html>

mod sections;

use super::super::error::TemplateError;
use super::super::node::{Entry, Map, Node, Value};
use sections::SECTIONS;

pub(super) struct Globals {
    sections: Map,
}

impl Globals {
    pub(super) fn read(node: Option<&Node>) -> Result<Self, TemplateError> {
        let Some(node) = node.filter(|node| !node.is_null()) else {
            return Ok(Self {
                sections: Map::default(),
            });
        };
        let invalid = |line, message: &str| {
            Err(TemplateError::at(
                line,
                format!("'Globals' section is invalid. {message}"),
            ))
        };
        let Some(sections) = node.as_map() else {
            return invalid(node.line, "It must be a non-empty dictionary");
        };
        for section in sections {
            let Some((_, known)) = SECTIONS.iter().find(|(name, _)| *name == section.key) else {
                let names: Vec<&str> = SECTIONS.iter().map(|(name, _)| *name).collect();
                let message = format!(
                    "'{}' is not supported. Must be one of the following values - {}",
                    section.key,
                    quoted(&names)
                );
                return invalid(section.line, &message);
            };
            let Some(properties) = section.node.as_map() else {
                return invalid(
                    section.line,
                    &format!("Value of {} must be a dictionary", section.key),
                );
            };
            let mut properties = properties.iter();
            if let Some(wrong) = properties.find(|entry| !known.contains(&entry.key.as_str())) {
                let message = format!(
                    "'{}' is not a supported property of '{}'. Must be one of the following values - {}",
                    wrong.key,
                    section.key,
                    quoted(known)
                );
                return invalid(wrong.line, &message);
            }
        }
        Ok(Self {
            sections: sections.clone(),
        })
    }

    /// Refuses an `IgnoreGlobals` that is neither `*` nor a list of what Globals has for the type.
    pub(super) fn check_ignored(&self, entry: &Entry, sam_type: &str) -> Result<(), TemplateError> {
        let (Some(ignored), Some(global)) = (
            entry.node.get("IgnoreGlobals").filter(|it| !it.is_null()),
            self.sections.get(sam_type),
        ) else {
            return Ok(());
        };
        let refuse = |line, end: &str| {
            let message = format!(
                "Resource {} has invalid resource attribute 'IgnoreGlobals'{end}.",
                entry.key
            );
            Err(TemplateError::at(line, message))
        };
        let Some(names) = ignored.as_list() else {
            return match ignored.as_str() {
                Some("*") => Ok(()),
                _ => refuse(ignored.line, ""),
            };
        };
        for name in names {
            let text = name.scalar_text().unwrap_or_default();
            if global.get(&text).is_none() {
                return refuse(name.line, &format!(" on item '{text}'"));
            }
        }
        Ok(())
    }

    /// The properties of a resource over those of its type; `IgnoreGlobals` names what a resource does not want.
    pub(super) fn merge_into(&self, sam_type: &str, own: Node, ignore: Option<&Node>) -> Node {
        let Some(global) = self.sections.get(sam_type) else {
            return own;
        };
        let mut global = global.clone();
        match ignore.map(|node| &node.value) {
            Some(Value::String(text)) if text == "*" => return own,
            Some(Value::List(names)) => {
                for name in names.iter().filter_map(Node::as_str) {
                    global.as_map_mut().and_then(|map| map.remove(name));
                }
            }
            _ => {}
        }
        merge(global, own)
    }
}

/// `['Api', 'Function']`
fn quoted(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("'{name}'")).collect();
    format!("[{}]", names.join(", "))
}

/// Maps are merged key by key, lists appended to the global one, everything else overridden; a function is a value.
fn merge(global: Node, own: Node) -> Node {
    if global.as_function().is_some() || own.as_function().is_some() {
        return own;
    }
    let line = own.line;
    match (global.value, own.value) {
        (Value::Map(mut merged), Value::Map(own)) => {
            for entry in &own {
                let node = match merged.remove(&entry.key) {
                    Some(global) => merge(global, entry.node.clone()),
                    None => entry.node.clone(),
                };
                merged.push(Entry {
                    key: entry.key.clone(),
                    line: entry.line,
                    node,
                });
            }
            Node::new(line, Value::Map(merged))
        }
        (Value::List(mut items), Value::List(own)) => {
            items.extend(own);
            Node::new(line, Value::List(items))
        }
        (_, own) => Node::new(line, own),
    }
}
