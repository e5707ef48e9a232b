//! What SAM asks of a template as a whole, before it looks at any resource.

use super::super::super::error::TemplateError;
use super::super::super::node::{Entry, Map, Node};
use super::super::Source;
use super::super::refusals::structure;

/// Refuses a template that has no resources, or in which what must be a map is none.
pub(in super::super) fn check(root: &Node) -> Result<(), TemplateError> {
    for section in ["Mappings", "Parameters"] {
        let given = root.get(section);
        if let Some(wrong) = given.filter(|node| node.as_map().is_none()) {
            let message = "'Mappings' or 'Parameters' is either null or not a valid dictionary.";
            return Err(structure(wrong.line, message));
        }
    }
    let resources = root.get("Resources");
    let found = resources.and_then(Node::as_map);
    let Some(found) = found.filter(|it| !it.is_empty()) else {
        let line = resources.map_or(root.line, |node| node.line);
        return Err(structure(line, "'Resources' section is required"));
    };
    if let Some(wrong) = found.iter().find(|entry| entry.node.as_map().is_none()) {
        let message = "All 'Resources' must be Objects. If you're using YAML, this may be an indentation issue.";
        return Err(structure(wrong.line, message));
    }
    found.iter().try_for_each(check_attributes)
}

fn check_attributes(entry: &Entry) -> Result<(), TemplateError> {
    let resource = &entry.node;
    for name in ["Condition", "DeletionPolicy", "UpdateReplacePolicy"] {
        // Language extensions may choose a policy by a function.
        let is_fine = |node: &Node| node.is_null() || node.as_str().is_some();
        let is_fine =
            |node: &Node| is_fine(node) || name != "Condition" && node.as_function().is_some();
        if let Some(wrong) = resource.get(name).filter(|node| !is_fine(node)) {
            let message = format!("Every {name} member must be a string.");
            return Err(structure(wrong.line, &message));
        }
    }
    let has_type = resource.get("Type").and_then(Node::as_str).is_some();
    let properties = resource.get("Properties").filter(|_| has_type);
    if let Some(wrong) = properties.filter(|node| node.as_map().is_none()) {
        let message = "Attribute 'Properties' should be a map.";
        return Err(TemplateError::at(wrong.line, message).in_resource(&entry.key));
    }
    Ok(())
}

/// Refuses to make a resource under a logical id that the template has given to another.
pub(in super::super) fn check_new_ids(
    source: &Source<'_>,
    made: &[Entry],
    template: &Map,
) -> Result<(), TemplateError> {
    let mut made = made.iter();
    let is_taken = |entry: &&Entry| entry.key != source.id && template.contains(&entry.key);
    let Some(taken) = made.find(is_taken) else {
        return Ok(());
    };
    let resource_type = taken.node.get("Type").and_then(Node::as_str);
    let message = format!(
        "Transforming resource with id [{}] attempts to create a new resource with id [{}] and type \"{}\". A resource with that id already exists within this template. Please use a different id for that resource.",
        source.id,
        taken.key,
        resource_type.unwrap_or_default()
    );
    Err(TemplateError::at(source.line, message))
}
