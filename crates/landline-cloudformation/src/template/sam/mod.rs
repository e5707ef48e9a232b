//! The transform `AWS::Serverless-2016-10-31`: SAM's resource types become CloudFormation's, with the names and the
//! property values that AWS's own transform gives them, so that what refers to them finds them.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification.html>

mod alias;
mod api;
mod application;
mod bucket_events;
mod connector;
mod dead_letters;
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
mod simple_table;
mod state_machine;
mod topic_queues;
mod user_pool_events;
mod web_socket_api;

use std::collections::BTreeMap;

use super::error::TemplateError;
use super::node::{Entry, Map, Node, Value};
use globals::Globals;

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
    let globals = Globals::read(root.get("Globals"))?;
    let parameters = effective(&root, parameters);
    let aliases = alias::ids(&root, &globals, &parameters);
    let events = api::take_events(&mut root, &aliases)?;
    let mut output = Output::default();
    let mut errors = Vec::new();
    for entry in root
        .get("Resources")
        .and_then(Node::as_map)
        .into_iter()
        .flatten()
    {
        if let Err(error) = expand(entry, &globals, &parameters, &events, &mut output) {
            errors.push((entry.key.clone(), error));
        }
    }
    if let Err(error) = api::expand_implicit(&events, &globals, &parameters, &mut output) {
        errors.push(("ServerlessRestApi".to_owned(), error));
    }
    for trigger in std::mem::take(&mut output.triggers) {
        if let Err(error) = user_pool_events::set(&trigger, &mut output) {
            errors.push((trigger.function, error));
        }
    }
    topic_queues::follow_topics(&mut output);
    for notification in std::mem::take(&mut output.notifications) {
        if let Err(error) = bucket_events::set(&notification, &mut output) {
            errors.push((notification.function, error));
        }
    }
    if errors.is_empty() {
        errors.extend(expand_connectors(&root, &mut output));
    }
    if !errors.is_empty() {
        return Err(refuse(errors));
    }
    if let Some(map) = root.as_map_mut() {
        map.remove("Transform");
        map.remove("Globals");
        if let Some(resources) = map.get_mut("Resources") {
            resources.value = Value::Map(output.resources.into_iter().collect());
        }
    }
    if !output.references.is_empty() {
        rewrite(&mut root, &output.references);
    }
    Ok(root)
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

    /// Refuses the properties that this resource type does not have, or that we cannot honour yet.
    fn check_properties(&self, known: &[&str], later: &[&str]) -> Result<(), TemplateError> {
        for entry in self.properties.as_map().into_iter().flatten() {
            if later.contains(&entry.key.as_str()) && !entry.node.is_null() {
                return Err(TemplateError::at(
                    entry.line,
                    format!("property {} is not supported by Landline yet.", entry.key),
                ));
            }
            if !known.contains(&entry.key.as_str()) && !later.contains(&entry.key.as_str()) {
                let message = format!(
                    "property {} not defined for resource of type {}",
                    entry.key,
                    self.resource_type()
                );
                return Err(TemplateError::at(entry.line, message));
            }
        }
        Ok(())
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
    let own = match attributes.get("Properties") {
        Some(node) if node.as_map().is_some() => node.clone(),
        Some(node) if !node.is_null() => {
            return Err(TemplateError::at(node.line, "'Properties' must be a map."));
        }
        _ => Node::object(entry.line),
    };
    let properties = globals.merge_into(sam_type, own, attributes.get("IgnoreGlobals"));
    let source = Source {
        id: &entry.key,
        line: entry.line,
        attributes,
        properties,
        parameters,
    };
    let before = output.resources.len();
    expand_as(sam_type, &source, events, output)?;
    propagation::propagate(&source, &mut output.resources[before..]);
    Ok(())
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

/// Makes what connectors grant, when all that they may name is there; the connectors that cannot be.
fn expand_connectors(root: &Node, output: &mut Output) -> Vec<(String, TemplateError)> {
    let resources = root.get("Resources").and_then(Node::as_map);
    let mut errors = Vec::new();
    let (mut connectors, mut types) = (Vec::new(), BTreeMap::new());
    for entry in resources.into_iter().flatten() {
        if let Some(resource_type) = entry.node.get("Type").and_then(Node::as_str) {
            types.insert(entry.key.clone(), resource_type.to_owned());
        }
        match connector::take(entry) {
            Ok(taken) => connectors.extend(taken),
            Err(error) => errors.push((entry.key.clone(), error)),
        }
    }
    for it in connectors {
        if let Err(error) = connector::expand(&it, &types, output) {
            errors.push((it.id, error));
        }
    }
    connector::replace_waits(output);
    errors
}

/// All errors in one, in the words of the transform; the line is that of the first.
fn refuse(mut errors: Vec<(String, TemplateError)>) -> TemplateError {
    errors.sort_by(|left, right| left.0.cmp(&right.0));
    let mut message = format!(
        "Transform AWS::Serverless-2016-10-31 failed with: Invalid Serverless Application Specification document. Number of errors found: {}.",
        errors.len()
    );
    for (id, error) in &errors {
        message.extend([" Resource with id [", id, "] is invalid. ", &error.message]);
        if let Some(line) = error.line.filter(|_| errors.len() > 1) {
            message.extend([" (line ", &line.to_string(), ")"]);
        }
    }
    let (id, first) = &errors[0];
    TemplateError {
        message,
        resource: Some(id.clone()),
        line: first.line,
    }
}

/// Replaces the references to what only exists in SAM (`Ref: Chat.Stage`, `${Chat.Stage}`) and to what has another
/// logical id now.
fn rewrite(node: &mut Node, references: &BTreeMap<String, String>) {
    let function = node.as_function().map(|(name, _)| name.to_owned());
    let replace = |node: &mut Node| {
        if let Value::String(text) = &mut node.value
            && let Some(id) = references.get(text)
        {
            *text = id.clone();
        }
    };
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| rewrite(item, references)),
        Value::Map(map) => {
            for entry in map.iter_mut() {
                let argument = &mut entry.node;
                match function.as_deref() {
                    Some("Ref") => replace(argument),
                    Some("Fn::GetAtt") => rewrite_get_att(argument, references),
                    Some("Fn::Sub") => rewrite_sub_argument(argument, references),
                    _ if entry.key == "DependsOn" => match &mut argument.value {
                        Value::List(items) => items.iter_mut().for_each(replace),
                        _ => replace(argument),
                    },
                    _ => rewrite(argument, references),
                }
            }
        }
        _ => {}
    }
}

/// `[Dep, LayerVersionArn]`, or `[F, Version.Version]` of a version that was made for a function.
fn rewrite_get_att(argument: &mut Node, references: &BTreeMap<String, String>) {
    let Value::List(items) = &mut argument.value else {
        return;
    };
    let [id, attribute] = items.as_mut_slice() else {
        return;
    };
    let (Some(name), Some(path)) = (id.as_str(), attribute.as_str()) else {
        return;
    };
    if let Some((property, rest)) = path.split_once('.')
        && let Some(made) = references.get(&format!("{name}.{property}"))
    {
        *attribute = Node::string(attribute.line, rest);
        *id = Node::string(id.line, made);
    } else if let Some(made) = references.get(name) {
        *id = Node::string(id.line, made);
    }
}

fn rewrite_sub_argument(argument: &mut Node, references: &BTreeMap<String, String>) {
    match &mut argument.value {
        Value::String(text) => *text = rewrite_sub(text, references),
        Value::List(items) => {
            if let Some(Node {
                value: Value::String(text),
                ..
            }) = items.first_mut()
            {
                *text = rewrite_sub(text, references);
            }
            for item in items {
                rewrite(item, references);
            }
        }
        _ => rewrite(argument, references),
    }
}

fn rewrite_sub(text: &str, references: &BTreeMap<String, String>) -> String {
    references.iter().fold(text.to_owned(), |text, (from, to)| {
        text.replace(&format!("${{{from}}}"), &format!("${{{to}}}"))
            .replace(&format!("${{{from}."), &format!("${{{to}."))
    })
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
mod elsewhere_tests;
#[cfg(test)]
mod push_events_tests;
#[cfg(test)]
mod state_machine_tests;
#[cfg(test)]
mod tests;
