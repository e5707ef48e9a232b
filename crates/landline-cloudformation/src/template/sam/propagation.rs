//! `PropagateTags`: what is made for a resource has its tags too.

use serde_json::json;

use super::super::node::{Entry, Node, Value};
use super::Source;

/// The types that are given tags, and how they have them.
const TAGGED: [(&str, Tags); 12] = [
    ("AWS::ApiGateway::ApiKey", Tags::List),
    ("AWS::ApiGateway::DomainName", Tags::List),
    ("AWS::ApiGateway::RestApi", Tags::List),
    ("AWS::ApiGateway::Stage", Tags::List),
    ("AWS::ApiGateway::UsagePlan", Tags::List),
    ("AWS::ApiGatewayV2::Api", Tags::Map),
    ("AWS::ApiGatewayV2::DomainName", Tags::Map),
    ("AWS::ApiGatewayV2::Stage", Tags::Map),
    ("AWS::Events::Rule", Tags::List),
    ("AWS::IAM::Role", Tags::List),
    ("AWS::Lambda::EventSourceMapping", Tags::List),
    ("AWS::SQS::Queue", Tags::List),
];

#[derive(Clone, Copy)]
enum Tags {
    /// `[{Key, Value}]`
    List,
    Map,
}

/// Adds the tags of a resource to what was made for it, unless it has tags of these names.
pub(super) fn propagate(source: &Source<'_>, made: &mut [Entry]) {
    let wants = source.property("PropagateTags").and_then(Node::scalar_text);
    // An HTTP API with a definition of its own tags its stage.
    let Some(tags) = source
        .property("Tags")
        .filter(|_| wants.as_deref() == Some("true"))
    else {
        return;
    };
    for entry in made {
        let kind = entry.node.get("Type").and_then(Node::as_str);
        let Some((name, form)) = TAGGED.iter().find(|(name, _)| Some(*name) == kind) else {
            continue;
        };
        // The tags of an HTTP API stand in its definition.
        if *name == "AWS::ApiGatewayV2::Api" && has_body(&entry.node) {
            continue;
        }
        let properties = entry.node.as_map_mut();
        let properties = properties.and_then(|map| map.get_mut("Properties")?.as_map_mut());
        let Some(properties) = properties else {
            continue;
        };
        let mut known = properties
            .get("Tags")
            .cloned()
            .unwrap_or_else(|| match form {
                Tags::List => Node::list(source.line, Vec::new()),
                Tags::Map => Node::object(source.line),
            });
        for tag in tags.as_map().into_iter().flatten() {
            add(&mut known, *form, tag);
        }
        properties.set("Tags", known);
    }
}

fn has_body(resource: &Node) -> bool {
    let properties = resource.get("Properties");
    properties.is_some_and(|it| it.get("Body").is_some())
}

fn add(known: &mut Node, form: Tags, tag: &Entry) {
    match (&mut known.value, form) {
        (Value::Map(map), Tags::Map) if !map.contains(&tag.key) => {
            map.set(&tag.key, tag.node.clone());
        }
        (Value::List(list), Tags::List) => {
            let is_known = |it: &Node| it.get("Key").and_then(Node::as_str) == Some(&tag.key);
            if !list.iter().any(is_known) {
                let key = Node::from_json(tag.line, &json!(tag.key));
                let pair = Node::object(tag.line).with("Key", key);
                list.push(pair.with("Value", tag.node.clone()));
            }
        }
        _ => {}
    }
}
