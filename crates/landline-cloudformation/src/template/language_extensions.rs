//! The transform `AWS::LanguageExtensions`: `Fn::ForEach` becomes what it repeats. The other functions of the transform
//! are evaluated where all functions are.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html>

use std::collections::{BTreeMap, BTreeSet};

use super::error::TemplateError;
use super::node::{Entry, Map, Node, Value};
use super::parameters::Parameter;
use crate::quotas;

/// Whether the template names the transform.
pub(super) fn is_wanted(root: &Node) -> bool {
    let Some(node) = root.get("Transform") else {
        return false;
    };
    let names = node.as_list().unwrap_or(std::slice::from_ref(node));
    names
        .iter()
        .any(|name| name.as_str() == Some("AWS::LanguageExtensions"))
}

/// Writes out every loop of a template.
pub(super) fn transform(
    root: Node,
    parameters: &BTreeMap<String, String>,
) -> Result<Node, TemplateError> {
    let mut loops = Loops {
        lists: list_parameters(&root, parameters),
        left: quotas::TEMPLATE_NODES,
    };
    loops.expand(root, &BTreeMap::new(), 0)
}

/// The parameters that a loop may run over.
fn list_parameters(root: &Node, given: &BTreeMap<String, String>) -> BTreeMap<String, Vec<String>> {
    let declared = root.get("Parameters").and_then(Node::as_map);
    let mut lists = BTreeMap::new();
    for entry in declared.into_iter().flatten() {
        let Ok(parameter) = Parameter::read(entry) else {
            continue;
        };
        let text = given.get(&entry.key).or(parameter.default.as_ref());
        if let Some(text) = text.filter(|_| parameter.is_list()) {
            let items = text.split(',').map(|item| item.trim().to_owned());
            lists.insert(entry.key.clone(), items.collect());
        }
    }
    lists
}

struct Loops {
    lists: BTreeMap<String, Vec<String>>,
    /// The values that may still be written: loops in loops multiply.
    left: usize,
}

type Bound = BTreeMap<String, String>;

/// A map with loops written out, and its keys: looking for each among thousands would take too long.
#[derive(Default)]
struct Written {
    map: Map,
    keys: BTreeSet<String>,
}

impl Written {
    fn push(&mut self, entry: Entry) -> Result<(), TemplateError> {
        if !self.keys.insert(entry.key.clone()) {
            let message = format!(
                "Transform AWS::LanguageExtensions failed with: the key {} is made twice",
                entry.key
            );
            return Err(TemplateError::at(entry.line, message));
        }
        self.map.push(entry);
        Ok(())
    }
}

impl Loops {
    fn expand(&mut self, node: Node, bound: &Bound, depth: usize) -> Result<Node, TemplateError> {
        let line = node.line;
        self.left = self
            .left
            .checked_sub(1)
            .filter(|_| depth <= quotas::TEMPLATE_DEPTH)
            .ok_or_else(|| {
                TemplateError::at(line, "Template format error: Fn::ForEach makes too much.")
            })?;
        if let Some(("Ref", argument)) = node.as_function()
            && let Some(value) = argument.as_str().and_then(|name| bound.get(name))
        {
            return Ok(Node::string(line, value));
        }
        let value = match node.value {
            Value::String(text) => Value::String(put(&text, bound)),
            Value::List(items) => {
                let items = items
                    .into_iter()
                    .map(|item| self.expand(item, bound, depth + 1));
                Value::List(items.collect::<Result<_, _>>()?)
            }
            Value::Map(map) => Value::Map(self.expand_map(&map, bound, depth)?),
            scalar => scalar,
        };
        Ok(Node::new(line, value))
    }

    fn expand_map(&mut self, map: &Map, bound: &Bound, depth: usize) -> Result<Map, TemplateError> {
        let mut written = Written::default();
        for entry in map {
            if entry.key.starts_with("Fn::ForEach::") {
                self.repeat(entry, bound, depth, &mut written)?;
                continue;
            }
            let node = self.expand(entry.node.clone(), bound, depth + 1)?;
            written.push(Entry {
                key: put(&entry.key, bound),
                line: entry.line,
                node,
            })?;
        }
        Ok(written.map)
    }

    fn repeat(
        &mut self,
        entry: &Entry,
        bound: &Bound,
        depth: usize,
        written: &mut Written,
    ) -> Result<(), TemplateError> {
        let wrong = || {
            let message = format!(
                "Transform AWS::LanguageExtensions failed with: {}: Fn::ForEach requires an identifier, a collection and a map of what is repeated",
                entry.key
            );
            TemplateError::at(entry.line, message)
        };
        let Some([identifier, collection, body]) = entry.node.as_list() else {
            return Err(wrong());
        };
        let identifier = identifier.as_str().ok_or_else(wrong)?;
        let body = body.as_map().ok_or_else(wrong)?;
        for item in self.collection(collection, bound).ok_or_else(wrong)? {
            let mut bound = bound.clone();
            bound.insert(identifier.to_owned(), item);
            for made in &self.expand_map(body, &bound, depth + 1)? {
                written.push(made.clone())?;
            }
        }
        Ok(())
    }

    fn collection(&self, node: &Node, bound: &Bound) -> Option<Vec<String>> {
        if let Some(("Ref", argument)) = node.as_function() {
            return self.lists.get(argument.as_str()?).cloned();
        }
        let mut items = Vec::new();
        for item in node.as_list()? {
            match item.as_function() {
                Some(("Ref", argument)) => {
                    items.extend(self.lists.get(argument.as_str()?)?.clone());
                }
                _ => items.push(put(&item.scalar_text()?, bound)),
            }
        }
        Some(items)
    }
}

/// Puts the values of the loops into a text: `${Name}` as it is, `&{Name}` with its letters and digits only.
fn put(text: &str, bound: &Bound) -> String {
    if bound.is_empty() || !text.contains('{') {
        return text.to_owned();
    }
    bound.iter().fold(text.to_owned(), |text, (name, value)| {
        let plain: String = value.chars().filter(char::is_ascii_alphanumeric).collect();
        text.replace(&format!("${{{name}}}"), value)
            .replace(&format!("&{{{name}}}"), &plain)
    })
}
