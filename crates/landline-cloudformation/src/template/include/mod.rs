//! The macro `AWS::Include`: a snippet that lies elsewhere takes the place of what names it. What it lies in is read
//! before; here it is put in.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-include.html>

use std::collections::{BTreeMap, BTreeSet};

use super::error::TemplateError;
use super::functions::{SubPart, sub_parts};
use super::node::{Entry, Map, Node, Value};
use super::parse_text;
use crate::quotas;

/// The texts that a template includes, by the location that it names.
pub type Includes = BTreeMap<String, String>;

/// The locations of what a template includes.
pub fn included(
    root: &Node,
    parameters: &BTreeMap<String, String>,
) -> Result<BTreeSet<String>, TemplateError> {
    let mut found = BTreeSet::new();
    let given = Given { root, parameters };
    for node in top(root) {
        found.insert(given.location(node)?);
    }
    given.find(root, &mut found)?;
    Ok(found)
}

/// Puts in all that a template includes.
pub(super) fn apply(
    root: Node,
    parameters: &BTreeMap<String, String>,
    includes: &Includes,
) -> Result<Node, TemplateError> {
    if included(&root, parameters)?.is_empty() {
        return Ok(root);
    }
    let before = root.clone();
    let given = Given {
        root: &before,
        parameters,
    };
    let mut inclusion = Inclusion {
        given,
        includes,
        left: quotas::TEMPLATE_BYTES,
    };
    let mut root = inclusion.put(root)?;
    let mut merged = Merged::default();
    let own = root.as_map_mut().map(std::mem::take);
    own.into_iter()
        .flatten()
        .for_each(|entry| merged.add(entry));
    for node in top(&before) {
        let snippet = inclusion.snippet(node)?;
        for entry in snippet {
            merged.add(entry);
        }
    }
    root.value = Value::Map(merged.map);
    if let Some(map) = root.as_map_mut() {
        if map.get("Transform").is_some_and(is_include) {
            map.remove("Transform");
        }
        if let Some(Value::List(names)) = map.get_mut("Transform").map(|it| &mut it.value) {
            names.retain(|name| !is_include(name));
        }
    }
    Ok(root)
}

/// What the whole template includes.
fn top(root: &Node) -> impl Iterator<Item = &Node> {
    let transforms = root.get("Transform");
    let names = transforms.map_or(&[][..], |node| {
        node.as_list().unwrap_or(std::slice::from_ref(node))
    });
    names.iter().filter(|name| is_include(name))
}

fn is_include(transform: &Node) -> bool {
    transform.get("Name").and_then(Node::as_str) == Some("AWS::Include")
}

/// The template whose parameters may say where a snippet lies.
struct Given<'a> {
    root: &'a Node,
    parameters: &'a BTreeMap<String, String>,
}

impl Given<'_> {
    fn find(&self, node: &Node, found: &mut BTreeSet<String>) -> Result<(), TemplateError> {
        match &node.value {
            Value::List(items) => items.iter().try_for_each(|item| self.find(item, found)),
            Value::Map(map) => map.iter().try_for_each(|entry| {
                if entry.key == MACRO {
                    found.insert(self.location(&entry.node)?);
                    return Ok(());
                }
                self.find(&entry.node, found)
            }),
            _ => Ok(()),
        }
    }

    fn location(&self, transform: &Node) -> Result<String, TemplateError> {
        if !is_include(transform) {
            let name = transform.get("Name");
            let text = match name.map(Node::scalar_text) {
                Some(None) => "Key Name of transform definition must be a string.".to_owned(),
                name => format!(
                    "No transform named {} found.",
                    name.flatten().unwrap_or_default()
                ),
            };
            return Err(TemplateError::at(transform.line, text));
        }
        let location = transform
            .get("Parameters")
            .and_then(|it| it.get("Location"));
        location.and_then(|it| self.text(it)).ok_or_else(|| {
            let text = "Transform AWS::Include failed with: The value of parameter Location under transform Include must resolve to a string, number, boolean or a list of any of these.";
            TemplateError::at(transform.line, text)
        })
    }

    /// What a location says, as far as parameters decide it: the macro works before there is anything else.
    fn text(&self, node: &Node) -> Option<String> {
        match node.as_function() {
            None => node.scalar_text(),
            Some(("Ref", name)) => self.value(name.as_str()?),
            Some(("Fn::Sub", argument)) => {
                let mut text = String::new();
                for part in sub_parts(argument.as_str()?, node.line).ok()? {
                    match part {
                        SubPart::Text(part) => text.push_str(part),
                        SubPart::Variable(name) => text.push_str(&self.value(name)?),
                        SubPart::Literal(name) => text.extend(["${", name, "}"]),
                    }
                }
                Some(text)
            }
            Some(("Fn::Join", argument)) => {
                let [delimiter, items] = argument.as_list()? else {
                    return None;
                };
                let items = items.as_list()?.iter().map(|item| self.text(item));
                let items = items.collect::<Option<Vec<_>>>()?;
                Some(items.join(&delimiter.scalar_text()?))
            }
            Some(_) => None,
        }
    }

    /// The value of a parameter.
    fn value(&self, name: &str) -> Option<String> {
        self.parameters.get(name).cloned().or_else(|| {
            let declared = self.root.get("Parameters")?.get(name)?;
            declared.get("Default")?.scalar_text()
        })
    }
}

struct Inclusion<'a> {
    given: Given<'a>,
    includes: &'a Includes,
    /// The bytes that may still be put in: a snippet may be put in many times.
    left: usize,
}

impl Inclusion<'_> {
    fn put(&mut self, node: Node) -> Result<Node, TemplateError> {
        let value = match node.value {
            Value::List(items) => {
                let items = items.into_iter().map(|item| self.put(item));
                Value::List(items.collect::<Result<_, _>>()?)
            }
            Value::Map(map) => {
                let mut merged = Merged::default();
                for entry in map {
                    if entry.key == MACRO {
                        let snippet = self.snippet(&entry.node)?;
                        for entry in snippet {
                            merged.add(entry);
                        }
                        continue;
                    }
                    let node = self.put(entry.node)?;
                    merged.add(Entry { node, ..entry });
                }
                Value::Map(merged.map)
            }
            scalar => scalar,
        };
        Ok(Node::new(node.line, value))
    }

    fn snippet(&mut self, transform: &Node) -> Result<Vec<Entry>, TemplateError> {
        let location = self.given.location(transform)?;
        let failed = |reason: &str| {
            let text = format!("Transform AWS::Include failed with: {reason}");
            TemplateError::at(transform.line, text)
        };
        let Some(text) = self.includes.get(&location) else {
            return Err(failed(&format!("{location} was not read")));
        };
        let left = self.left.checked_sub(text.len());
        self.left = left.ok_or_else(|| failed("the included text is too large"))?;
        let snippet = parse_text(text).map_err(|error| failed(&error.message))?;
        let entries = snippet.as_map().into_iter().flatten();
        Ok(entries.cloned().collect())
    }
}

/// A map, and where its keys are: looking for each among thousands would take too long.
#[derive(Default)]
struct Merged {
    map: Map,
    places: BTreeMap<String, usize>,
}

impl Merged {
    /// Adds an entry; a key that is there already is this value's now.
    fn add(&mut self, entry: Entry) {
        if let Some(place) = self.places.get(&entry.key) {
            if let Some(known) = self.map.iter_mut().nth(*place) {
                known.node = entry.node;
            }
        } else {
            self.places.insert(entry.key.clone(), self.map.len());
            self.map.push(entry);
        }
    }
}

const MACRO: &str = "Fn::Transform";

#[cfg(test)]
mod tests;
