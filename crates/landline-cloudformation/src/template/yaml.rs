//! YAML → [`Node`], from the parser's events and without recursion. Short tags become long forms; anchors, aliases and
//! merge keys are expanded under a budget (AWS refuses them, but the SAM CLI expands them before AWS sees the template,
//! so authors use them).
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html>

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, Tag};

use super::brackets;
use super::error::TemplateError;
use super::node::{Entry, Map, Node, Value, is_number};
use crate::quotas;

pub(super) fn parse(text: &str) -> Result<Node, TemplateError> {
    let mut text = Cow::Borrowed(text);
    let mut reads = quotas::YAML_READ_BYTES / text.len().max(1);
    let mut suspicious = None;
    loop {
        let error = match read(&text) {
            Ok(node) => return Ok(node),
            Err(Unread::Meaning(error)) => return Err(error),
            Err(Unread::Syntax(error)) => error,
        };
        reads = reads.saturating_sub(1);
        let indented = brackets::indent(&text, &error).filter(|_| reads > 0);
        let Some(indented) = indented else {
            return Err(not_well_formed(suspicious.as_ref().unwrap_or(&error)));
        };
        // Where a bracket was never closed, the first line that does not belong between brackets says most.
        if suspicious.is_none() && !brackets::stopped_at_closing(&text, &error) {
            suspicious = Some(error);
        }
        text = Cow::Owned(indented);
    }
}

enum Unread {
    Syntax(ScanError),
    Meaning(TemplateError),
}

fn read(text: &str) -> Result<Node, Unread> {
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(Unread::Syntax)?;
        builder.take(event, span).map_err(Unread::Meaning)?;
    }
    let nothing = || TemplateError::new("Template format error: unsupported structure.");
    builder.root.ok_or_else(|| Unread::Meaning(nothing()))
}

/// The containers that are open, outermost first, and the document when it is whole.
#[derive(Default)]
struct Builder {
    open: Vec<Container>,
    root: Option<Node>,
    anchors: HashMap<usize, Node>,
    nodes: usize,
}

struct Container {
    line: u32,
    anchor: usize,
    tag: Option<String>,
    kind: Kind,
}

enum Kind {
    List(Vec<Node>),
    Map {
        map: Map,
        /// Where each key is in the map.
        seen: HashMap<String, usize>,
        key: Option<(String, u32)>,
        merges: Vec<Node>,
    },
}

impl Builder {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), TemplateError> {
        let line = u32::try_from(span.start.line()).unwrap_or(u32::MAX);
        match event {
            Event::DocumentStart(_) if self.root.is_some() => Err(TemplateError::at(
                line,
                "Template format error: a template is one YAML document.",
            )),
            Event::Alias(anchor) => {
                let node = self.anchors.get(&anchor).cloned();
                let node = node.ok_or_else(|| {
                    TemplateError::at(line, "Template format error: an alias without an anchor.")
                })?;
                self.spend(count(&node), line)?;
                self.check_depth(depth(&node), line)?;
                self.put(node)
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.spend(1, line)?;
                if self.expects_key() {
                    self.take_key(&text, line);
                    return Ok(());
                }
                let node = scalar(&text, style, tag.as_ref(), line)?;
                self.remember(anchor, &node)?;
                self.put(node)
            }
            Event::SequenceStart(anchor, tag) => {
                self.push(line, anchor, tag.as_ref(), Kind::List(Vec::new()))
            }
            Event::MappingStart(anchor, tag) => {
                let kind = Kind::Map {
                    map: Map::default(),
                    seen: HashMap::new(),
                    key: None,
                    merges: Vec::new(),
                };
                self.push(line, anchor, tag.as_ref(), kind)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => Ok(()),
        }
    }

    fn push(
        &mut self,
        line: u32,
        anchor: usize,
        tag: Option<&Cow<'_, Tag>>,
        kind: Kind,
    ) -> Result<(), TemplateError> {
        self.spend(1, line)?;
        if self.expects_key() {
            return Err(TemplateError::at(
                line,
                "Template format error: a map key must be a string.",
            ));
        }
        self.check_depth(1, line)?;
        let tag = tag.and_then(|tag| local_tag(tag));
        self.open.push(Container {
            line,
            anchor,
            tag,
            kind,
        });
        Ok(())
    }

    fn close(&mut self) -> Result<(), TemplateError> {
        let Some(container) = self.open.pop() else {
            return Ok(());
        };
        let line = container.line;
        let value = match container.kind {
            Kind::List(items) => Value::List(items),
            Kind::Map {
                mut map, merges, ..
            } => {
                for merge in merges {
                    merge_into(&mut map, merge)?;
                }
                Value::Map(map)
            }
        };
        let node = tagged(container.tag.as_deref(), Node::new(line, value))?;
        self.remember(container.anchor, &node)?;
        self.put(node)
    }

    fn expects_key(&self) -> bool {
        matches!(
            self.open.last(),
            Some(Container {
                kind: Kind::Map { key: None, .. },
                ..
            })
        )
    }

    fn take_key(&mut self, text: &str, line: u32) {
        if let Some(Container {
            kind: Kind::Map { key, .. },
            ..
        }) = self.open.last_mut()
        {
            *key = Some((text.to_owned(), line));
        }
    }

    fn put(&mut self, node: Node) -> Result<(), TemplateError> {
        match self.open.last_mut().map(|container| &mut container.kind) {
            None => self.root = Some(node),
            Some(Kind::List(items)) => items.push(node),
            Some(Kind::Map {
                map,
                seen,
                key,
                merges,
            }) => match key.take() {
                Some((key, _)) if key == "<<" => merges.push(node),
                Some((key, line)) => map.put(seen, Entry { key, line, node }),
                None => {
                    return Err(TemplateError::at(
                        node.line,
                        "Template format error: a map key must be a string.",
                    ));
                }
            },
        }
        Ok(())
    }

    /// Keeps an anchored node for its aliases; the copy counts, as it costs what an expansion costs.
    fn remember(&mut self, anchor: usize, node: &Node) -> Result<(), TemplateError> {
        if anchor != 0 {
            self.spend(count(node), node.line)?;
            self.anchors.insert(anchor, node.clone());
        }
        Ok(())
    }

    /// Refuses what would nest deeper than the engines behind the parser recurse.
    fn check_depth(&self, more: usize, line: u32) -> Result<(), TemplateError> {
        if self.open.len() + more > quotas::TEMPLATE_DEPTH {
            return Err(TemplateError::at(
                line,
                "Template format error: the template is nested too deep.",
            ));
        }
        Ok(())
    }

    fn spend(&mut self, nodes: usize, line: u32) -> Result<(), TemplateError> {
        self.nodes = self.nodes.saturating_add(nodes);
        if self.nodes > quotas::TEMPLATE_NODES {
            return Err(TemplateError::at(
                line,
                "Template format error: the template has too many values.",
            ));
        }
        Ok(())
    }
}

fn count(node: &Node) -> usize {
    1 + match &node.value {
        Value::List(items) => items.iter().map(count).sum::<usize>(),
        Value::Map(map) => map.iter().map(|entry| count(&entry.node)).sum::<usize>(),
        _ => 0,
    }
}

fn depth(node: &Node) -> usize {
    1 + match &node.value {
        Value::List(items) => items.iter().map(depth).max().unwrap_or(0),
        Value::Map(map) => map
            .iter()
            .map(|entry| depth(&entry.node))
            .max()
            .unwrap_or(0),
        _ => 0,
    }
}

/// `<<: *a` or `<<: [*a, *b]`: what the map says itself wins, then the earlier merge.
fn merge_into(map: &mut Map, merge: Node) -> Result<(), TemplateError> {
    match merge.value {
        Value::Map(more) => {
            let known: HashSet<String> = map.iter().map(|entry| entry.key.clone()).collect();
            for entry in more.iter().filter(|entry| !known.contains(&entry.key)) {
                map.push(entry.clone());
            }
            Ok(())
        }
        Value::List(items) => items.into_iter().try_for_each(|item| merge_into(map, item)),
        _ => Err(TemplateError::at(
            merge.line,
            "Template format error: a merge key needs a map.",
        )),
    }
}

fn scalar(
    text: &str,
    style: ScalarStyle,
    tag: Option<&Cow<'_, Tag>>,
    line: u32,
) -> Result<Node, TemplateError> {
    if let Some(tag) = tag {
        if let Some(name) = local_tag(tag) {
            return tagged(Some(&name), Node::string(line, text));
        }
        if tag.suffix.ends_with("str") {
            return Ok(Node::string(line, text));
        }
    }
    if style != ScalarStyle::Plain {
        return Ok(Node::string(line, text));
    }
    let value = match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => Value::Bool(true),
        "false" | "False" | "FALSE" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => {
            Value::Bool(false)
        }
        _ if is_number(text) => Value::Number(text.to_owned()),
        _ => Value::String(text.to_owned()),
    };
    Ok(Node::new(line, value))
}

/// The name of a tag of the form `!Name`; YAML's own (`!!str`) are not ours to expand.
fn local_tag(tag: &Tag) -> Option<String> {
    (tag.handle == "!" && !tag.suffix.is_empty()).then(|| tag.suffix.clone())
}

/// The long form of a tagged node.
fn tagged(tag: Option<&str>, node: Node) -> Result<Node, TemplateError> {
    let Some(tag) = tag else { return Ok(node) };
    let line = node.line;
    let (key, argument) = match tag {
        "Ref" | "Condition" => (tag.to_owned(), node),
        "GetAtt" => ("Fn::GetAtt".to_owned(), split_attribute(node)),
        "And" | "Base64" | "Cidr" | "Equals" | "FindInMap" | "GetAZs" | "If" | "ImportValue"
        | "Join" | "Length" | "Not" | "Or" | "Select" | "Split" | "Sub" | "ToJsonString"
        | "Transform" | "Contains" | "EachMemberEquals" | "EachMemberIn" | "RefAll" | "ValueOf"
        | "ValueOfAll" | "ForEach" => (format!("Fn::{tag}"), node),
        _ => {
            return Err(TemplateError::at(
                line,
                format!("Template format error: unsupported tag !{tag}."),
            ));
        }
    };
    Ok(Node::object(line).with(&key, argument))
}

/// `!GetAtt Table.Arn` is the list of its two parts; the attribute keeps every later dot.
fn split_attribute(node: Node) -> Node {
    match node.as_str().and_then(|text| text.split_once('.')) {
        Some((resource, attribute)) => {
            let line = node.line;
            Node::list(
                line,
                vec![Node::string(line, resource), Node::string(line, attribute)],
            )
        }
        None => node,
    }
}

fn not_well_formed(error: &ScanError) -> TemplateError {
    let (line, column) = (error.marker().line(), error.marker().col() + 1);
    let message = format!(
        "Template format error: YAML not well-formed. (line {line}, column {column}): {}",
        error.info()
    );
    TemplateError::new(message)
}
