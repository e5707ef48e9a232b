//! A template as a tree of values that remember their line. YAML's short tags are already the long form here
//! (`!Ref X` is `{"Ref": "X"}`), so nothing behind the parsers knows in which syntax a template was written.

use std::collections::HashMap;

use serde_json::Value as Json;

/// One value of a template and the line it began on (1-based).
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub line: u32,
    pub value: Value,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    /// The number as it was written: `1.10` is a version as often as a number, and stays `1.10` where a string is wanted.
    Number(String),
    String(String),
    List(Vec<Node>),
    Map(Map),
}

/// Keys in the order of the template.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map {
    entries: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub key: String,
    pub line: u32,
    pub node: Node,
}

impl Node {
    pub fn new(line: u32, value: Value) -> Self {
        Self { line, value }
    }

    pub fn string(line: u32, text: impl Into<String>) -> Self {
        Self::new(line, Value::String(text.into()))
    }

    pub fn list(line: u32, items: Vec<Node>) -> Self {
        Self::new(line, Value::List(items))
    }

    /// An empty map, to be filled with [`Node::with`].
    pub fn object(line: u32) -> Self {
        Self::new(line, Value::Map(Map::default()))
    }

    /// This map with one more key; a node that is no map stays as it is.
    #[must_use]
    pub fn with(mut self, key: &str, node: Node) -> Self {
        if let Value::Map(map) = &mut self.value {
            map.set(key, node);
        }
        self
    }

    /// What was written as JSON in our own source, all of it on the line of the resource it is made for.
    pub fn from_json(line: u32, json: &Json) -> Self {
        let value = match json {
            Json::Null => Value::Null,
            Json::Bool(flag) => Value::Bool(*flag),
            Json::Number(number) => Value::Number(number.to_string()),
            Json::String(text) => Value::String(text.clone()),
            Json::Array(items) => Value::List(
                items
                    .iter()
                    .map(|item| Self::from_json(line, item))
                    .collect(),
            ),
            Json::Object(fields) => {
                let mut map = Map::default();
                for (key, field) in fields {
                    map.set(key, Self::from_json(line, field));
                }
                Value::Map(map)
            }
        };
        Self { line, value }
    }

    /// The tree without its lines, functions not evaluated.
    pub fn to_json(&self) -> Json {
        match &self.value {
            Value::Null => Json::Null,
            Value::Bool(flag) => Json::Bool(*flag),
            Value::Number(text) => number_to_json(text),
            Value::String(text) => Json::String(text.clone()),
            Value::List(items) => Json::Array(items.iter().map(Self::to_json).collect()),
            Value::Map(map) => Json::Object(
                map.iter()
                    .map(|entry| (entry.key.clone(), entry.node.to_json()))
                    .collect(),
            ),
        }
    }

    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The text of any scalar, as CloudFormation takes it where a string is wanted.
    pub fn scalar_text(&self) -> Option<String> {
        match &self.value {
            Value::String(text) | Value::Number(text) => Some(text.clone()),
            Value::Bool(flag) => Some(flag.to_string()),
            Value::Null | Value::List(_) | Value::Map(_) => None,
        }
    }

    pub fn as_map(&self) -> Option<&Map> {
        match &self.value {
            Value::Map(map) => Some(map),
            _ => None,
        }
    }

    pub fn as_map_mut(&mut self) -> Option<&mut Map> {
        match &mut self.value {
            Value::Map(map) => Some(map),
            _ => None,
        }
    }

    pub fn as_list(&self) -> Option<&[Node]> {
        match &self.value {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// The member of a map; nothing for every other kind of node.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_map()?.get(key)
    }

    pub fn is_null(&self) -> bool {
        self.value == Value::Null
    }

    /// The name and argument of the function that this node calls, if it is a call.
    pub fn as_function(&self) -> Option<(&str, &Node)> {
        let entry = self.as_map()?.single()?;
        (entry.key == "Ref" || entry.key.starts_with("Fn::"))
            .then_some((entry.key.as_str(), &entry.node))
    }

    /// The word for this kind of value in an error.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
        }
    }
}

impl Map {
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries
            .iter()
            .find(|entry| entry.key == key)
            .map(|entry| &entry.node)
    }

    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.entries
            .iter_mut()
            .find(|entry| entry.key == key)
            .map(|entry| &mut entry.node)
    }

    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// Sets the key, at its old place if it was there.
    pub fn set(&mut self, key: &str, node: Node) {
        match self.get_mut(key) {
            Some(place) => *place = node,
            None => self.push(Entry {
                key: key.to_owned(),
                line: node.line,
                node,
            }),
        }
    }

    /// Adds an entry that was read. CloudFormation takes a key that comes twice, and what comes last is in force.
    pub(super) fn put(&mut self, seen: &mut HashMap<String, usize>, entry: Entry) {
        if let Some(former) = seen
            .get(&entry.key)
            .and_then(|at| self.entries.get_mut(*at))
        {
            *former = entry;
            return;
        }
        seen.insert(entry.key.clone(), self.entries.len());
        self.push(entry);
    }

    /// Adds a key that the caller knows to be new.
    pub fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    pub fn remove(&mut self, key: &str) -> Option<Node> {
        let place = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.remove(place).node)
    }

    pub fn contains(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    pub fn iter(&self) -> std::slice::Iter<'_, Entry> {
        self.entries.iter()
    }

    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, Entry> {
        self.entries.iter_mut()
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn single(&self) -> Option<&Entry> {
        match self.entries.as_slice() {
            [entry] => Some(entry),
            _ => None,
        }
    }
}

impl IntoIterator for Map {
    type Item = Entry;
    type IntoIter = std::vec::IntoIter<Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<'a> IntoIterator for &'a Map {
    type Item = &'a Entry;
    type IntoIter = std::slice::Iter<'a, Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a> IntoIterator for &'a mut Map {
    type Item = &'a mut Entry;
    type IntoIter = std::slice::IterMut<'a, Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

impl FromIterator<Entry> for Map {
    fn from_iter<I: IntoIterator<Item = Entry>>(entries: I) -> Self {
        Self {
            entries: entries.into_iter().collect(),
        }
    }
}

/// Whether an unquoted scalar is a number, by JSON's grammar: `0123` and `1_000` are account ids and names, so strings.
pub(crate) fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let plain = !digits.is_empty() && digits.starts_with(|first: char| first.is_ascii_digit());
    let leading_zero = digits.len() > 1
        && digits.starts_with('0')
        && !digits.starts_with("0.")
        && !digits.starts_with("0e");
    plain
        && !leading_zero
        && digits.ends_with(|last: char| last.is_ascii_digit())
        && digits.parse::<f64>().is_ok()
}

/// Integers stay integers; what fits no number of JSON stays text.
pub(crate) fn number_to_json(text: &str) -> Json {
    let digits = text.strip_prefix('+').unwrap_or(text);
    if let Ok(number) = digits.parse::<i64>() {
        return Json::from(number);
    }
    if let Ok(number) = digits.parse::<u64>() {
        return Json::from(number);
    }
    digits
        .parse::<f64>()
        .ok()
        .and_then(serde_json::Number::from_f64)
        .map_or_else(|| Json::String(text.to_owned()), Json::Number)
}
