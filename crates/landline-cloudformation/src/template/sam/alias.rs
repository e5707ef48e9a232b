//! `AutoPublishAlias`: a version of the function that is published whenever its code changes, and an alias that follows.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html#sam-function-autopublishalias>

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::super::node::{Entry, Node};
use super::globals::Globals;
use super::{Output, Source, hash};

/// Adds the version and the alias of a function, and gives the alias's logical id.
pub(super) fn expand(source: &Source<'_>, function: &Node, output: &mut Output) -> Option<String> {
    let name = source.property("AutoPublishAlias");
    let name = name.and_then(|name| source.resolved(name))?;
    let version_id = format!("{}Version{}", source.id, version_suffix(source, function));
    let alias_id = id_of(source.id, &name);
    output.push(&version_id, version(source, function));
    let properties = Node::object(source.line)
        .with("Name", source.text(&name))
        .with("FunctionName", source.json(&json!({"Ref": source.id})))
        .with(
            "FunctionVersion",
            source.json(&json!({"Fn::GetAtt": [version_id, "Version"]})),
        );
    let properties = source.pass_through(properties, &["ProvisionedConcurrencyConfig"]);
    output.push(
        &alias_id,
        source.secondary("AWS::Lambda::Alias", properties),
    );
    let references = [("Alias", &alias_id), ("Version", &version_id)];
    for (property, id) in references {
        let name = format!("{}.{property}", source.id);
        output.references.insert(name, id.clone());
    }
    Some(alias_id)
}

/// The logical ids of the aliases that functions will have, by function: what calls a function calls its alias.
pub(super) fn ids(
    root: &Node,
    globals: &Globals,
    parameters: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let resources = root.get("Resources").and_then(Node::as_map);
    let alias_of = |entry: &Entry| {
        let attributes = entry.node.as_map()?;
        if attributes.get("Type")?.as_str() != Some("AWS::Serverless::Function") {
            return None;
        }
        let own = attributes.get("Properties").cloned();
        let own = own.unwrap_or_else(|| Node::object(entry.line));
        let source = Source {
            id: &entry.key,
            line: entry.line,
            attributes,
            properties: globals.merge_into("Function", own, attributes.get("IgnoreGlobals")),
            parameters,
        };
        let name = source.resolved(source.property("AutoPublishAlias")?)?;
        Some((entry.key.clone(), id_of(&entry.key, &name)))
    };
    resources
        .into_iter()
        .flatten()
        .filter_map(alias_of)
        .collect()
}

fn id_of(function: &str, alias: &str) -> String {
    format!(
        "{function}Alias{}",
        alias.replace('-', "D").replace('_', "U")
    )
}

fn version(source: &Source<'_>, function: &Node) -> Node {
    let mut properties =
        Node::object(source.line).with("FunctionName", source.json(&json!({"Ref": source.id})));
    if let Some(description) = source.property("VersionDescription") {
        properties = properties.with("Description", description.clone());
    }
    // Code that is a path of the author's machine changes without a change of the template.
    if let Some(path) = function.get("Code").filter(|code| code.as_str().is_some()) {
        properties = properties.with("CodePath", path.clone());
    }
    let resource = source.secondary("AWS::Lambda::Version", properties);
    if let Some(policy) = source.property("VersionDeletionPolicy") {
        return resource.with("DeletionPolicy", policy.clone());
    }
    if resource.get("DeletionPolicy").is_some() {
        return resource;
    }
    resource.with("DeletionPolicy", source.text("Retain"))
}

/// What a version's id ends with: a change of it publishes another one.
fn version_suffix(source: &Source<'_>, function: &Node) -> String {
    let given = source.property("AutoPublishCodeSha256");
    if let Some(sha256) = given.and_then(|given| source.resolved(given)) {
        return sha256.chars().take(10).collect();
    }
    let all = source.property("AutoPublishAliasAllProperties");
    if all.and_then(Node::scalar_text).as_deref() == Some("true") {
        let mut properties = function.to_json();
        if let Json::Object(fields) = &mut properties {
            fields.remove("Role");
        }
        return hash::suffix(&properties);
    }
    let code = function.get("Code").map(Node::to_json);
    let mut data = match code {
        Some(Json::Object(code)) => code,
        Some(code) => [("Code".to_owned(), code)].into_iter().collect(),
        None => serde_json::Map::new(),
    };
    if let Some(Json::Object(environment)) = source.property("Environment").map(Node::to_json) {
        data.extend(environment);
    }
    if let Some(memory) = source.property("MemorySize") {
        data.insert("MemorySize".into(), memory.to_json());
    }
    let snap_start = source.property("SnapStart");
    if let Some(snap_start) = snap_start.filter(|s| {
        s.get("ApplyOn")
            .and_then(Node::as_str)
            .is_some_and(|on| on != "None")
    }) {
        data.insert("SnapStart".into(), snap_start.to_json());
    }
    hash::suffix(&Json::Object(data))
}
