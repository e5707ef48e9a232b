//! The transform `AWS::Serverless-2016-10-31`: SAM's resource types become CloudFormation's, with the names and the
//! property values that AWS's own transform gives them, so that what refers to them finds them.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification.html>

mod alias;
mod api;
mod application;
mod bucket_events;
mod checks;
mod connector;
mod dead_letters;
mod destinations;
mod domain;
mod function;
mod globals;
mod hash;
mod invocation;
mod layer_version;
mod policies;
mod policy_templates;
mod propagation;
mod pull_events;
mod push_events;
mod references;
mod refusals;
mod simple_table;
mod state_machine;
mod subscriptions;
mod topic_queues;
mod user_pool_events;
mod web_socket_api;

use std::collections::BTreeMap;

use super::error::TemplateError;
use super::node::{Entry, Map, Node, Value};
use globals::Globals;
use refusals::Refusals;

/// Applies the transforms that the template names and takes away the sections that only they read.
pub fn transform(root: Node) -> Result<Node, TemplateError> {
    transform_for(root, &BTreeMap::new())
}

/// Applies them for these parameters: some names that the transform makes are made of their values.
pub fn transform_for(
    mut root: Node,
    parameters: &BTreeMap<String, String>,
) -> Result<Node, TemplateError> {
    let wants_sam = check_transforms(&root)?;
    if !wants_sam {
        return Ok(root);
    }
    checks::document::check(&root).map_err(alone)?;
    let globals = Globals::read(root.get("Globals")).map_err(alone)?;
    let parameters = effective(&root, parameters);
    let aliases = alias::ids(&root, &globals, &parameters);
    let events = api::take_events(&mut root, &aliases).map_err(Refusals::into_error)?;
    let mut output = Output::default();
    let empty = Map::default();
    let template = root.get("Resources").and_then(Node::as_map);
    let template = template.unwrap_or(&empty);
    for entry in template {
        if let Err(error) = expand(entry, template, &globals, &parameters, &events, &mut output) {
            output.refusals.add(&entry.key, error);
        }
    }
    if let Err(error) = api::expand_implicit(&events, &globals, &parameters, &mut output) {
        output.refusals.add("ServerlessRestApi", error);
    }
    for trigger in std::mem::take(&mut output.triggers) {
        if let Err(error) = user_pool_events::set(&trigger, &mut output) {
            output.refusals.add(&trigger.function, error);
        }
    }
    topic_queues::follow_topics(&mut output);
    for notification in std::mem::take(&mut output.notifications) {
        if let Err(error) = bucket_events::set(&notification, &mut output) {
            output.refusals.add(&notification.function, error);
        }
    }
    if output.refusals.is_empty() {
        expand_connectors(&root, &mut output);
    }
    if !output.refusals.is_empty() {
        return Err(output.refusals.into_error());
    }
    if let Some(map) = root.as_map_mut() {
        map.remove("Transform");
        map.remove("Globals");
        add_conditions(map, output.conditions);
        if let Some(resources) = map.get_mut("Resources") {
            resources.value = Value::Map(output.resources.into_iter().collect());
        }
    }
    if !output.references.is_empty() {
        references::rewrite(&mut root, &output.references);
    }
    Ok(root)
}

/// Adds what resources of the transform depend on to the conditions of the template.
fn add_conditions(template: &mut Map, new: Vec<(String, Node)>) {
    let Some((_, first)) = new.first() else {
        return;
    };
    if template.get("Conditions").is_none_or(Node::is_null) {
        template.set("Conditions", Node::object(first.line));
    }
    let conditions = template.get_mut("Conditions").and_then(Node::as_map_mut);
    let Some(conditions) = conditions else {
        return;
    };
    for (name, condition) in new {
        conditions.set(&name, condition);
    }
}

/// The resources that the transform makes, and the names by which others may refer to them.
#[derive(Default)]
struct Output {
    resources: Vec<Entry>,
    /// `Chat.Stage` → the logical id of the stage that was made for it.
    references: BTreeMap<String, String>,
    /// Connector → what was made for it, for what waits for it.
    connected: BTreeMap<String, Vec<String>>,
    /// What user pools ask functions, set in the end.
    triggers: Vec<user_pool_events::Trigger>,
    /// What buckets tell functions, set in the end.
    notifications: Vec<bucket_events::Notification>,
    /// Queues made for topics, with the topic of each.
    queues: Vec<(String, Option<Node>)>,
    /// Conditions of what is made only sometimes.
    conditions: Vec<(String, Node)>,
    refusals: Refusals,
}

impl Output {
    fn push(&mut self, logical_id: &str, node: Node) {
        self.resources.push(Entry {
            key: logical_id.to_owned(),
            line: node.line,
            node,
        });
    }
}

impl Output {
    /// The properties of a resource that is there already.
    fn properties_of(&mut self, logical_id: &str) -> Option<&mut Node> {
        let mut resources = self.resources.iter_mut();
        let found = resources.find(|entry| entry.key == logical_id)?;
        found.node.as_map_mut()?.get_mut("Properties")
    }
}

/// A SAM resource with its Globals merged in.
struct Source<'a> {
    id: &'a str,
    line: u32,
    /// The whole resource, for the attributes beside its properties.
    attributes: &'a Map,
    properties: Node,
    /// What the parameters of the template are.
    parameters: &'a BTreeMap<String, String>,
}

impl Source<'_> {
    /// A text, or the value of the parameter that it refers to.
    fn resolved(&self, node: &Node) -> Option<String> {
        match node.as_function() {
            Some(("Ref", name)) => self.parameters.get(name.as_str()?).cloned(),
            Some(_) => None,
            None => node.scalar_text(),
        }
    }

    fn property(&self, key: &str) -> Option<&Node> {
        self.properties.get(key).filter(|node| !node.is_null())
    }

    /// The resource that takes the place of this one, with all its attributes.
    fn primary(&self, resource_type: &str, properties: Node) -> Node {
        let mut node = Node::object(self.line).with("Type", Node::string(self.line, resource_type));
        for key in [
            "DependsOn",
            "Condition",
            "DeletionPolicy",
            "UpdateReplacePolicy",
            "UpdatePolicy",
            "CreationPolicy",
            "Metadata",
        ] {
            if let Some(attribute) = self.attributes.get(key) {
                node = node.with(key, attribute.clone());
            }
        }
        node.with("Properties", properties)
    }

    /// A resource made beside it: it exists and goes whenever the source does.
    fn secondary(&self, resource_type: &str, properties: Node) -> Node {
        let mut node = Node::object(self.line).with("Type", Node::string(self.line, resource_type));
        for key in ["Condition", "DeletionPolicy", "UpdateReplacePolicy"] {
            if let Some(attribute) = self.attributes.get(key) {
                node = node.with(key, attribute.clone());
            }
        }
        node.with("Properties", properties)
    }

    fn text(&self, text: &str) -> Node {
        Node::string(self.line, text)
    }

    fn json(&self, json: &serde_json::Value) -> Node {
        Node::from_json(self.line, json)
    }

    fn resource_type(&self) -> &str {
        self.attributes
            .get("Type")
            .and_then(Node::as_str)
            .unwrap_or_default()
    }

    /// Copies the properties that have the same name and meaning on both sides.
    fn pass_through(&self, mut target: Node, keys: &[&str]) -> Node {
        for key in keys {
            if let Some(node) = self.property(key) {
                target = target.with(key, node.clone());
            }
        }
        target
    }
}

/// The values of parameters: what is given, else the default.
fn effective(root: &Node, given: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let declared = root.get("Parameters").and_then(Node::as_map);
    let mut values = given.clone();
    for entry in declared.into_iter().flatten() {
        let default = entry.node.get("Default").and_then(Node::scalar_text);
        if let Some(default) = default.filter(|_| !given.contains_key(&entry.key)) {
            values.insert(entry.key.clone(), default);
        }
    }
    values
}

/// Whether the template asks for SAM. Language extensions only add functions that every template may use here.
fn check_transforms(root: &Node) -> Result<bool, TemplateError> {
    let Some(node) = root.get("Transform") else {
        return Ok(false);
    };
    let names = node.as_list().unwrap_or(std::slice::from_ref(node));
    let mut wants_sam = false;
    for name in names {
        match name.as_str() {
            Some("AWS::Serverless-2016-10-31") => wants_sam = true,
            Some("AWS::LanguageExtensions") => {}
            _ => {
                let text = name
                    .scalar_text()
                    .or_else(|| name.get("Name").and_then(Node::scalar_text))
                    .unwrap_or_default();
                return Err(TemplateError::at(
                    name.line,
                    format!("No transform named {text} found."),
                ));
            }
        }
    }
    Ok(wants_sam)
}

fn expand(
    entry: &Entry,
    template: &Map,
    globals: &Globals,
    parameters: &BTreeMap<String, String>,
    events: &[api::ApiEvent],
    output: &mut Output,
) -> Result<(), TemplateError> {
    let resource_type = entry
        .node
        .get("Type")
        .and_then(Node::as_str)
        .unwrap_or_default();
    let (Some(attributes), Some(sam_type)) = (
        entry.node.as_map(),
        resource_type.strip_prefix("AWS::Serverless::"),
    ) else {
        let mut entry = entry.clone();
        if let Some(attributes) = entry.node.as_map_mut() {
            attributes.remove("Connectors");
        }
        output.resources.push(entry);
        return Ok(());
    };
    if sam_type == "Connector" {
        // The last to be looked at: see `expand_connectors`.
        return Ok(());
    }
    if !entry.key.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        let message = "Logical ids must be alphanumeric.";
        return Err(TemplateError::at(entry.line, message));
    }
    globals.check_ignored(entry, sam_type)?;
    let own = attributes.get("Properties").cloned();
    let own = own.unwrap_or_else(|| Node::object(entry.line));
    let properties = globals.merge_into(sam_type, own, attributes.get("IgnoreGlobals"));
    let source = Source {
        id: &entry.key,
        line: entry.line,
        attributes,
        properties,
        parameters,
    };
    let before = output.resources.len();
    let expanded = expand_as(sam_type, &source, events, output);
    // What is wrong with an event of a function is wrong with the function.
    expanded.map_err(|error| match sam_type {
        "Function" => error.in_resource(source.id),
        _ => error,
    })?;
    propagation::propagate(&source, &mut output.resources[before..]);
    let made = &output.resources[before..];
    checks::document::check_new_ids(&source, made, template)
}

fn expand_as(
    sam_type: &str,
    source: &Source<'_>,
    events: &[api::ApiEvent],
    output: &mut Output,
) -> Result<(), TemplateError> {
    match sam_type {
        "Function" => function::expand(source, output),
        "LayerVersion" => layer_version::expand(source, output),
        "SimpleTable" => simple_table::expand(source, output),
        "Api" | "HttpApi" => api::expand(source, events, output),
        "WebSocketApi" => web_socket_api::expand(source, output),
        "Application" => application::expand(source, output),
        "StateMachine" => state_machine::expand(source, output),
        _ => Err(TemplateError::at(
            source.line,
            format!("resource type AWS::Serverless::{sam_type} is not supported by Landline yet."),
        )),
    }
}

/// Makes what connectors grant, when all that they may name is there.
fn expand_connectors(root: &Node, output: &mut Output) {
    let resources = root.get("Resources").and_then(Node::as_map);
    let (mut connectors, mut types) = (Vec::new(), BTreeMap::new());
    for entry in resources.into_iter().flatten() {
        if let Some(resource_type) = entry.node.get("Type").and_then(Node::as_str) {
            types.insert(entry.key.clone(), resource_type.to_owned());
        }
        match connector::take(entry) {
            Ok(taken) => connectors.extend(taken),
            Err(error) => output.refusals.add(&entry.key, error),
        }
    }
    for it in connectors {
        if let Err(error) = connector::expand(&it, &types, output) {
            output.refusals.add(&it.id, error);
        }
    }
    connector::replace_waits(output);
}

/// The one thing that is wrong with a template.
fn alone(error: TemplateError) -> TemplateError {
    let mut refusals = Refusals::default();
    refusals.add("", error);
    refusals.into_error()
}

/// Tags as a list, the mark of the transform first.
fn tag_list(source: &Source<'_>, mark: &str) -> Node {
    let tag = |key: &str, value: Node| {
        Node::object(value.line)
            .with("Key", Node::string(value.line, key))
            .with("Value", value)
    };
    let mut tags = Vec::new();
    if !mark.is_empty() {
        tags.push(tag(mark, source.text("SAM")));
    }
    for entry in source
        .property("Tags")
        .and_then(Node::as_map)
        .into_iter()
        .flatten()
    {
        tags.push(tag(&entry.key, entry.node.clone()));
    }
    Node::list(source.line, tags)
}

#[cfg(test)]
mod api_tests;
#[cfg(test)]
mod conditional_tests;
#[cfg(test)]
mod elsewhere_tests;
#[cfg(test)]
mod push_events_tests;
#[cfg(test)]
mod state_machine_tests;
#[cfg(test)]
mod tests;
