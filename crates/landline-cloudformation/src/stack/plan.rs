//! What a deployment would do, without doing it: the content of a change set.

use std::collections::BTreeMap;
use std::path::Path;

use super::blueprint::Blueprint;
use super::change::{Change, compare};
use super::record::StackResource;
use crate::provider::{Providers, ProvisionError};
use crate::template::{TemplateError, is_known};

/// The changes that a template would make to a stack, in the order in which they would be made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    pub changes: Vec<PlannedChange>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedChange {
    pub logical_id: String,
    pub resource_type: String,
    pub action: Action,
    /// The properties that differ.
    pub properties: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Add,
    Modify,
    Replace,
    /// Replaced if a value that is only known later differs from the present one.
    MaybeReplace,
    Remove,
}

/// Compares the blueprint with what exists. Refuses what a provider's preparation refuses (code that is not there).
pub(super) async fn plan(
    blueprint: &Blueprint,
    existing: &BTreeMap<String, StackResource>,
    providers: &Providers,
    directory: Option<&Path>,
) -> Result<Plan, TemplateError> {
    let mut known = existing.clone();
    let mut changes = Vec::new();
    for logical_id in blueprint.graph.order() {
        let Some(resource) = blueprint.resource(logical_id) else {
            continue;
        };
        let Some(provider) = providers.get(&resource.resource_type) else {
            continue;
        };
        let properties = blueprint.properties(logical_id, &known)?;
        let refused = |error: ProvisionError| {
            TemplateError::at(resource.line, error.reason).in_resource(logical_id)
        };
        let properties = provider
            .prepare(properties, directory)
            .await
            .map_err(refused)?;
        let (change, changed) = compare(
            existing.get(logical_id),
            &resource.resource_type,
            &properties,
            provider.as_ref(),
        );
        if change != Change::Nothing {
            provider.check(&properties).map_err(refused)?;
        }
        if let (Change::Modify, Some(before)) = (&change, existing.get(logical_id)) {
            let checked = provider.check_update(&before.properties, &properties);
            checked.map_err(refused)?;
        }
        let action = match change {
            Change::Nothing => continue,
            Change::Add => Action::Add,
            Change::Modify => Action::Modify,
            Change::Replace if changed.iter().any(|key| !is_known(&properties[key])) => {
                Action::MaybeReplace
            }
            Change::Replace => Action::Replace,
        };
        if action != Action::Modify {
            // What refers to it gets a new value.
            known.remove(logical_id);
        }
        changes.push(PlannedChange {
            logical_id: logical_id.to_owned(),
            resource_type: resource.resource_type.clone(),
            action,
            properties: changed,
        });
    }
    for (logical_id, resource) in existing.iter().filter(|(id, _)| !blueprint.contains(id)) {
        let (logical_id, resource_type) = (logical_id.clone(), resource.resource_type.clone());
        changes.push(PlannedChange {
            logical_id,
            resource_type,
            action: Action::Remove,
            properties: Vec::new(),
        });
    }
    Ok(Plan { changes })
}
