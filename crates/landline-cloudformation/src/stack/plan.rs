//! What a deployment would do, without doing it: the content of a change set.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::Stacks;
use super::attributes::{Attribute, changed_attributes};
use super::blueprint::Blueprint;
use super::cause::{Cause, causes};
use super::change::{Change, compare};
use super::record::StackResource;
use crate::provider::{ProvisionError, ResourceProvider};
use crate::template::{DeletionPolicy, Resource, TemplateError, is_known};

/// The changes that a template would make to a stack, in the order in which they would be made.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    pub changes: Vec<PlannedChange>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlannedChange {
    pub logical_id: String,
    pub physical_id: Option<String>,
    pub resource_type: String,
    pub action: Action,
    /// The properties that differ; of a resource that is there before and after.
    pub properties: Vec<PropertyChange>,
    /// What differs beside them.
    #[serde(default)]
    pub attributes: Vec<Attribute>,
    /// All properties, as they are and as they would be.
    pub before: Option<Json>,
    pub after: Option<Json>,
    pub deletion_policy: DeletionPolicy,
    pub update_replace_policy: DeletionPolicy,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Action {
    Add,
    Modify,
    Replace,
    /// Replaced if a value that is only known later differs from the present one.
    MaybeReplace,
    Remove,
    /// Taken over, as it is.
    Import,
}

/// One property that would be another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PropertyChange {
    pub name: String,
    pub recreates: Recreation,
    pub causes: Vec<Cause>,
}

/// Whether a change of a property makes a new resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Recreation {
    Never,
    /// Only if a value that is not known yet is another one.
    Conditionally,
    Always,
}

/// Compares the blueprint with what exists. Refuses what a provider's preparation refuses (code that is not there).
pub(super) async fn plan(
    blueprint: &Blueprint,
    existing: &BTreeMap<String, StackResource>,
    stacks: &Stacks,
    directory: Option<&Path>,
) -> Result<Plan, TemplateError> {
    let mut known = existing.clone();
    let mut changes: Vec<PlannedChange> = Vec::new();
    for logical_id in blueprint.graph.order() {
        let Some(resource) = blueprint.resource(logical_id) else {
            continue;
        };
        let Some(provider) = stacks.providers.get(&resource.resource_type) else {
            continue;
        };
        let refused = |error: ProvisionError| {
            TemplateError::at(resource.line, error.reason).in_resource(logical_id)
        };
        let properties = blueprint.properties(logical_id, &known)?;
        let properties = stacks.resolve_references(properties).await;
        let properties = properties.map_err(|reason| refused(ProvisionError::new(reason)))?;
        let prepared = provider.prepare(properties, directory).await;
        let properties = prepared.map_err(refused)?;
        let before = existing.get(logical_id);
        let (change, changed) = compare(
            before,
            &resource.resource_type,
            &properties,
            provider.as_ref(),
        );
        if change != Change::Nothing {
            provider.check(&properties).map_err(refused)?;
        }
        if let (Change::Modify, Some(before)) = (&change, before) {
            let checked = provider.check_update(&before.properties, &properties);
            checked.map_err(refused)?;
        }
        let attributes = beside(before, &change, resource);
        let beside = (!attributes.is_empty()).then_some(Action::Modify);
        let Some(action) = action(&change, &changed, &properties).or(beside) else {
            continue;
        };
        if action != Action::Modify {
            // What refers to it gets a new value.
            known.remove(logical_id);
        }
        let differing = |name: &String| PropertyChange {
            recreates: recreation(provider.as_ref(), name, &properties),
            causes: causes(blueprint, logical_id, name, &changes),
            name: name.clone(),
        };
        let change = PlannedChange {
            logical_id: logical_id.to_owned(),
            physical_id: before.and_then(|before| before.physical_id.clone()),
            resource_type: resource.resource_type.clone(),
            action,
            properties: changed.iter().map(differing).collect(),
            attributes,
            before: before
                .filter(|_| action != Action::Add)
                .map(|it| it.properties.clone()),
            after: Some(properties),
            deletion_policy: resource.deletion_policy,
            update_replace_policy: resource.update_replace_policy,
        };
        changes.push(change);
    }
    let removed = existing.iter().filter(|(id, _)| !blueprint.contains(id));
    changes.extend(removed.map(|(id, resource)| removal(id, resource)));
    Ok(Plan { changes })
}

/// What the template says otherwise beside the properties of a thing that stays.
fn beside(before: Option<&StackResource>, change: &Change, resource: &Resource) -> Vec<Attribute> {
    let before = before.filter(|_| *change != Change::Add);
    let changed = before.map(|before| changed_attributes(before, resource));
    changed.unwrap_or_default()
}

fn removal(logical_id: &str, resource: &StackResource) -> PlannedChange {
    PlannedChange {
        logical_id: logical_id.to_owned(),
        physical_id: resource.physical_id.clone(),
        resource_type: resource.resource_type.clone(),
        action: Action::Remove,
        properties: Vec::new(),
        attributes: Vec::new(),
        before: Some(resource.properties.clone()),
        after: None,
        deletion_policy: resource.deletion_policy,
        update_replace_policy: resource.update_replace_policy,
    }
}

fn action(change: &Change, changed: &[String], properties: &Json) -> Option<Action> {
    match change {
        Change::Nothing => None,
        Change::Add => Some(Action::Add),
        Change::Modify => Some(Action::Modify),
        Change::Replace if changed.iter().any(|key| !is_known(&properties[key])) => {
            Some(Action::MaybeReplace)
        }
        Change::Replace => Some(Action::Replace),
    }
}

fn recreation(provider: &dyn ResourceProvider, name: &str, properties: &Json) -> Recreation {
    if !provider.schema().replace_on.contains(&name) {
        Recreation::Never
    } else if is_known(&properties[name]) {
        Recreation::Always
    } else {
        Recreation::Conditionally
    }
}
