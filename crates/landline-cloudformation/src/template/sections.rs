//! The sections of a template, typed. Everything that can be refused without parameter values is refused here.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html>

use std::collections::{BTreeMap, BTreeSet};

use super::error::TemplateError;
use super::node::{Entry, Map, Node};
use super::parameters::Parameter;
use crate::quotas;

/// A template whose structure is sound; its functions are not evaluated yet.
#[derive(Clone, Debug)]
pub struct Template {
    /// What the author sent, byte for byte, as `GetTemplate` returns it.
    pub text: String,
    pub description: Option<String>,
    pub parameters: BTreeMap<String, Parameter>,
    pub mappings: BTreeMap<String, Node>,
    pub conditions: BTreeMap<String, Node>,
    pub resources: BTreeMap<String, Resource>,
    pub outputs: BTreeMap<String, Output>,
    pub rules: Option<Node>,
    pub metadata: Option<Node>,
}

#[derive(Clone, Debug)]
pub struct Resource {
    pub line: u32,
    pub resource_type: String,
    /// Always a map.
    pub properties: Node,
    pub depends_on: BTreeSet<String>,
    pub condition: Option<String>,
    pub deletion_policy: DeletionPolicy,
    /// Whether the author said what happens to it: who imports has to.
    pub states_deletion_policy: bool,
    pub update_replace_policy: DeletionPolicy,
    pub metadata: Option<Node>,
    pub creation_policy: Option<Node>,
    pub update_policy: Option<Node>,
    /// Policies that are functions, which only parameters and conditions decide.
    pub computed_policies: Vec<(Policy, Node)>,
}

/// Which of the two policies of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    Deletion,
    UpdateReplace,
}

/// What happens to the real thing when its resource leaves the stack. `Snapshot` keeps nothing here: none of our
/// resources has snapshots, and AWS deletes those all the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum DeletionPolicy {
    #[default]
    Delete,
    Retain,
    RetainExceptOnCreate,
    Snapshot,
}

#[derive(Clone, Debug)]
pub struct Output {
    pub line: u32,
    pub value: Node,
    pub description: Option<String>,
    pub condition: Option<String>,
    pub export: Option<Node>,
}

impl Template {
    /// Reads the sections of a tree that no transform waits for any more.
    pub fn from_node(root: &Node, text: &str) -> Result<Self, TemplateError> {
        let map = root.as_map().ok_or_else(|| {
            TemplateError::at(root.line, "Template format error: unsupported structure.")
        })?;
        check_top_level(map)?;
        let template = Self {
            text: text.to_owned(),
            description: read_description(map)?,
            parameters: read_section(map, "Parameters", quotas::PARAMETERS, Parameter::read)?,
            mappings: read_section(map, "Mappings", quotas::MAPPINGS, |entry| {
                read_mapping(entry)
            })?,
            conditions: read_section(map, "Conditions", usize::MAX, |entry| {
                Ok(entry.node.clone())
            })?,
            resources: read_section(map, "Resources", quotas::RESOURCES, read_resource)?,
            outputs: read_section(map, "Outputs", quotas::OUTPUTS, read_output)?,
            rules: map.get("Rules").cloned(),
            metadata: map.get("Metadata").cloned(),
        };
        if template.resources.is_empty() {
            let line = map.entry("Resources").map_or(root.line, |entry| entry.line);
            return Err(TemplateError::at(
                line,
                "Template format error: At least one Resources member must be defined.",
            ));
        }
        Ok(template)
    }
}

const SECTIONS: [&str; 12] = [
    "AWSTemplateFormatVersion",
    "Conditions",
    "Description",
    "Globals",
    "Hooks",
    "Mappings",
    "Metadata",
    "Outputs",
    "Parameters",
    "Resources",
    "Rules",
    "Transform",
];

fn check_top_level(map: &Map) -> Result<(), TemplateError> {
    if let Some(entry) = map
        .iter()
        .find(|entry| !SECTIONS.contains(&entry.key.as_str()))
    {
        let message = format!("Invalid template property or properties [{}]", entry.key);
        return Err(TemplateError::at(entry.line, message));
    }
    let Some(version) = map.get("AWSTemplateFormatVersion") else {
        return Ok(());
    };
    if version.as_str() == Some("2010-09-09") || version.is_null() {
        return Ok(());
    }
    let version_text = version.scalar_text().unwrap_or_default();
    Err(TemplateError::at(
        version.line,
        format!(
            "Template format error: {version_text} is not a supported value for AWSTemplateFormatVersion."
        ),
    ))
}

fn read_description(map: &Map) -> Result<Option<String>, TemplateError> {
    match map.get("Description") {
        None => Ok(None),
        Some(node) if node.is_null() => Ok(None),
        Some(node) => match node.scalar_text() {
            Some(text) if text.len() > quotas::DESCRIPTION_BYTES => Err(TemplateError::at(
                node.line,
                format!(
                    "Template format error: 'Description' length is greater than {}.",
                    quotas::DESCRIPTION_BYTES
                ),
            )),
            Some(text) => Ok(Some(text)),
            None => Err(TemplateError::at(
                node.line,
                "Template format error: Description must be a string.",
            )),
        },
    }
}

fn read_section<T>(
    root: &Map,
    section: &str,
    limit: usize,
    read: impl Fn(&Entry) -> Result<T, TemplateError>,
) -> Result<BTreeMap<String, T>, TemplateError> {
    let Some(node) = root.get(section) else {
        return Ok(BTreeMap::new());
    };
    if node.is_null() {
        return Ok(BTreeMap::new());
    }
    let Some(map) = node.as_map() else {
        return Err(TemplateError::at(
            node.line,
            format!("Template format error: [/{section}] '{section}' must be a map."),
        ));
    };
    if map.len() > limit {
        let message = format!(
            "Template format error: Number of {}, {}, is greater than maximum allowed, {limit}",
            section.to_lowercase(),
            map.len()
        );
        return Err(TemplateError::at(node.line, message));
    }
    let mut members = BTreeMap::new();
    for entry in map {
        if section != "Conditions" && !entry.key.chars().all(|c| c.is_ascii_alphanumeric()) {
            let message = format!(
                "Template format error: {} name {} is non alphanumeric.",
                section.trim_end_matches('s'),
                entry.key
            );
            return Err(TemplateError::at(entry.line, message));
        }
        let member = read(entry).map_err(|error| error.in_resource(&entry.key))?;
        members.insert(entry.key.clone(), member);
    }
    Ok(members)
}

fn read_mapping(entry: &Entry) -> Result<Node, TemplateError> {
    let two_levels = entry
        .node
        .as_map()
        .is_some_and(|top| top.iter().all(|second| second.node.as_map().is_some()));
    if two_levels {
        return Ok(entry.node.clone());
    }
    let message = format!(
        "Template format error: Every Mappings attribute must be a map of two levels; '{}' is not.",
        entry.key
    );
    Err(TemplateError::at(entry.node.line, message))
}

const RESOURCE_ATTRIBUTES: [&str; 9] = [
    "Condition",
    "CreationPolicy",
    "DeletionPolicy",
    "DependsOn",
    "Metadata",
    "Properties",
    "Type",
    "UpdatePolicy",
    "UpdateReplacePolicy",
];

fn read_resource(entry: &Entry) -> Result<Resource, TemplateError> {
    let id = &entry.key;
    let Some(map) = entry.node.as_map() else {
        let message = format!(
            "Template format error: [/Resources/{id}] Every Resources member must be a map."
        );
        return Err(TemplateError::at(entry.line, message));
    };
    if let Some(wrong) = map
        .iter()
        .find(|attribute| !RESOURCE_ATTRIBUTES.contains(&attribute.key.as_str()))
    {
        return Err(TemplateError::at(
            wrong.line,
            format!("Invalid template resource property '{}'", wrong.key),
        ));
    }
    let Some(resource_type) = map.get("Type").and_then(Node::as_str) else {
        let message = format!(
            "Template format error: [/Resources/{id}] Every Resources object must contain a Type member."
        );
        return Err(TemplateError::at(entry.line, message));
    };
    Ok(Resource {
        line: entry.line,
        resource_type: resource_type.to_owned(),
        properties: read_properties(map, entry)?,
        depends_on: read_depends_on(map)?,
        condition: read_condition(map)?,
        deletion_policy: read_policy(map, Policy::Deletion)?,
        states_deletion_policy: map.get("DeletionPolicy").is_some(),
        update_replace_policy: read_policy(map, Policy::UpdateReplace)?,
        metadata: map.get("Metadata").cloned(),
        creation_policy: map.get("CreationPolicy").cloned(),
        update_policy: map.get("UpdatePolicy").cloned(),
        computed_policies: computed_policies(map),
    })
}

fn read_properties(map: &Map, entry: &Entry) -> Result<Node, TemplateError> {
    match map.get("Properties") {
        None => Ok(Node::object(entry.line)),
        Some(node) if node.is_null() => Ok(Node::object(entry.line)),
        Some(node) if node.as_map().is_some() => Ok(node.clone()),
        Some(node) => Err(TemplateError::at(
            node.line,
            "Template format error: Properties must be a map.",
        )),
    }
}

fn read_depends_on(map: &Map) -> Result<BTreeSet<String>, TemplateError> {
    let Some(node) = map.get("DependsOn") else {
        return Ok(BTreeSet::new());
    };
    let wrong = |line| {
        TemplateError::at(
            line,
            "Template format error: DependsOn must be a string or list of strings.",
        )
    };
    if let Some(name) = node.as_str() {
        return Ok(BTreeSet::from([name.to_owned()]));
    }
    let items = node.as_list().ok_or_else(|| wrong(node.line))?;
    items
        .iter()
        .map(|item| {
            item.as_str()
                .map(str::to_owned)
                .ok_or_else(|| wrong(item.line))
        })
        .collect()
}

fn read_condition(map: &Map) -> Result<Option<String>, TemplateError> {
    match map.get("Condition") {
        None => Ok(None),
        Some(node) => match node.as_str() {
            Some(name) => Ok(Some(name.to_owned())),
            None => Err(TemplateError::at(
                node.line,
                "Template format error: Every Condition member must be a string.",
            )),
        },
    }
}

impl Policy {
    const BOTH: [Self; 2] = [Self::Deletion, Self::UpdateReplace];

    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Deletion => "DeletionPolicy",
            Self::UpdateReplace => "UpdateReplacePolicy",
        }
    }

    /// Reads the text of a policy.
    pub fn read(self, text: &str, line: u32) -> Result<DeletionPolicy, TemplateError> {
        match text {
            "Delete" => Ok(DeletionPolicy::Delete),
            "Retain" => Ok(DeletionPolicy::Retain),
            "Snapshot" => Ok(DeletionPolicy::Snapshot),
            "RetainExceptOnCreate" if self == Self::Deletion => {
                Ok(DeletionPolicy::RetainExceptOnCreate)
            }
            _ => {
                let message = format!("Template format error: Unrecognized {} {text}", self.key());
                Err(TemplateError::at(line, message))
            }
        }
    }
}

fn computed_policies(map: &Map) -> Vec<(Policy, Node)> {
    let policies = Policy::BOTH.into_iter();
    policies
        .filter_map(|policy| Some((policy, map.get(policy.key())?)))
        .filter(|(_, node)| node.as_function().is_some())
        .map(|(policy, node)| (policy, node.clone()))
        .collect()
}

fn read_policy(map: &Map, policy: Policy) -> Result<DeletionPolicy, TemplateError> {
    match map.get(policy.key()) {
        None => Ok(DeletionPolicy::Delete),
        // Who evaluates the template finds out.
        Some(node) if node.as_function().is_some() => Ok(DeletionPolicy::Delete),
        Some(node) => {
            let text = node.scalar_text().unwrap_or_else(|| node.kind().to_owned());
            policy.read(&text, node.line)
        }
    }
}

fn read_output(entry: &Entry) -> Result<Output, TemplateError> {
    let missing = || {
        TemplateError::at(
            entry.line,
            "Template format error: Every Outputs member must contain a Value object",
        )
    };
    let map = entry.node.as_map().ok_or_else(missing)?;
    let value = map
        .get("Value")
        .filter(|value| !value.is_null())
        .cloned()
        .ok_or_else(missing)?;
    let export = match map.get("Export") {
        None => None,
        Some(node) => match node.get("Name") {
            Some(name) => Some(name.clone()),
            None => {
                return Err(TemplateError::at(
                    node.line,
                    "Template format error: Output Export must have a Name",
                ));
            }
        },
    };
    Ok(Output {
        line: entry.line,
        value,
        description: map.get("Description").and_then(Node::scalar_text),
        condition: read_condition(map)?,
        export,
    })
}
