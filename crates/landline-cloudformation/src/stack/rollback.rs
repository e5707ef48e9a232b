//! Turns an operation back, from the records alone: so it serves a failure now and a crash found at the next start.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::DeployError;
use super::imports::{release, rollback_statuses};
use super::record::{OperationKind, ResourceStatus, StackResource, StackState, StackStatus};
use super::removal::{Occasion, remove};
use super::run::Run;
use crate::graph::Graph;
use crate::provider::ProvisionError;

/// Brings the stack back to what it was before its operation.
pub(super) async fn roll_back(
    run: &mut Run<'_>,
    reason: String,
) -> Result<StackStatus, DeployError> {
    let previous = run
        .stack
        .operation
        .as_ref()
        .and_then(|operation| operation.previous.clone());
    let status = match previous {
        None => undo_creation(run, reason).await?,
        Some(previous) => undo_update(run, previous, reason).await?,
    };
    if status == StackStatus::UpdateRollbackFailed {
        // A rollback that failed can be gone on with: it keeps what it wanted to go back to, and what had been
        // replaced is in its place again.
        if let Some(operation) = run.stack.operation.as_mut() {
            operation.cleanup.clear();
        }
    } else {
        run.stack.operation = None;
    }
    run.save().await?;
    Ok(status)
}

/// Takes the resources that a rollback shall leave alone for what they were before.
pub(super) fn mark_skipped(run: &mut Run<'_>, skipped: &BTreeSet<String>) {
    let previous = run
        .stack
        .operation
        .as_ref()
        .and_then(|operation| operation.previous.as_ref());
    let before: BTreeMap<String, StackResource> = previous
        .map(|previous| previous.resources.clone())
        .unwrap_or_default();
    for logical_id in skipped {
        match before.get(logical_id) {
            Some(resource) => {
                let resources = &mut run.stack.state.resources;
                resources.insert(logical_id.clone(), resource.clone());
            }
            None => {
                run.stack.state.resources.remove(logical_id);
            }
        }
    }
}

async fn undo_creation(run: &mut Run<'_>, reason: String) -> Result<StackStatus, DeployError> {
    let [under_way, done, left] = rollback_statuses(run.kind(), false);
    // What is left has to be deleted: AWS tells the time already.
    run.stack.deleted_millis = Some(run.stacks.clock.now().as_millis());
    run.set_status(under_way, Some(reason));
    release(run).await?;
    let resources = run.stack.state.resources.clone();
    let failed = remove(run, resources, Occasion::CreationUndone).await?;
    let status = if failed.is_empty() { done } else { left };
    run.set_status(status, not_deleted(&failed));
    Ok(status)
}

async fn undo_update(
    run: &mut Run<'_>,
    previous: StackState,
    reason: String,
) -> Result<StackStatus, DeployError> {
    let [under_way, done, left] = rollback_statuses(run.kind(), true);
    run.set_status(under_way, Some(reason));
    release(run).await?;
    let mut failed = BTreeSet::new();
    let mut made: BTreeMap<String, StackResource> = run.stack.state.resources.clone();
    made.retain(|id, resource| {
        previous
            .resources
            .get(id)
            .is_none_or(|before| before.physical_id != resource.physical_id)
    });
    for logical_id in forward(&previous.resources) {
        let Some(before) = previous.resources.get(&logical_id) else {
            continue;
        };
        if !restore(run, &logical_id, before).await? {
            failed.insert(logical_id);
        }
    }
    if failed.is_empty() && run.kind() != OperationKind::Import {
        run.set_status(StackStatus::UpdateRollbackCompleteCleanupInProgress, None);
        run.save().await?;
    }
    failed.extend(remove(run, made, Occasion::CreationUndone).await?);
    let resources = std::mem::take(&mut run.stack.state.resources);
    run.stack.state = StackState {
        resources,
        ..previous
    };
    let status = if failed.is_empty() { done } else { left };
    let reason = (!failed.is_empty()).then(|| {
        format!(
            "The following resource(s) failed to update: [{}]. ",
            names(&failed)
        )
    });
    run.set_status(status, reason);
    Ok(status)
}

fn forward(resources: &BTreeMap<String, StackResource>) -> Vec<String> {
    let dependencies = resources
        .iter()
        .map(|(id, resource)| (id.clone(), resource.depends_on.clone()))
        .collect();
    match Graph::new(dependencies) {
        Ok(graph) => graph.order().map(str::to_owned).collect(),
        Err(_) => resources.keys().cloned().collect(),
    }
}

/// Gives a resource its old record, and its old properties if the update had reached it.
async fn restore(
    run: &mut Run<'_>,
    logical_id: &str,
    before: &StackResource,
) -> Result<bool, DeployError> {
    let current = run
        .stack
        .state
        .resources
        .insert(logical_id.to_owned(), before.clone());
    let same_thing = current.filter(|current| current.physical_id == before.physical_id);
    let Some(touched) = same_thing.filter(|current| {
        current.properties != before.properties || current.status == ResourceStatus::UpdateFailed
    }) else {
        return Ok(true);
    };
    let (Some(mut existing), Some(provider)) = (
        touched.existing(logical_id),
        run.stacks.providers.get(&before.resource_type).cloned(),
    ) else {
        return Ok(true);
    };
    run.set_resource_status(logical_id, ResourceStatus::UpdateInProgress, None);
    run.save().await?;
    let mut request = run.request(logical_id, &before.resource_type, before.properties.clone());
    run.add_system_tags(&mut request, Some(&mut existing), provider.schema());
    let outcome: Result<_, ProvisionError> = provider.update(&existing, &request).await;
    let restored = match outcome {
        Ok(made) => {
            if let Some(resource) = run.stack.state.resources.get_mut(logical_id) {
                resource.attributes.extend(made.attributes);
            }
            run.set_resource_status(logical_id, ResourceStatus::UpdateComplete, None);
            true
        }
        Err(error) => {
            // What differs is uncertain now: without it, the next update sets it whatever it is.
            if let Some(resource) = run.stack.state.resources.get_mut(logical_id) {
                resource.properties = common(&before.properties, &touched.properties);
            }
            run.set_resource_status(logical_id, ResourceStatus::UpdateFailed, Some(error.reason));
            false
        }
    };
    run.save().await?;
    Ok(restored)
}

/// The properties on which both agree.
fn common(left: &Json, right: &Json) -> Json {
    let fields = left.as_object().into_iter().flatten();
    let same = fields.filter(|(key, value)| right.get(key) == Some(*value));
    Json::Object(
        same.map(|(key, value)| (key.clone(), value.clone()))
            .collect(),
    )
}

pub(super) fn not_deleted(failed: &BTreeSet<String>) -> Option<String> {
    (!failed.is_empty()).then(|| {
        format!(
            "The following resource(s) failed to delete: [{}]. ",
            names(failed)
        )
    })
}

fn names(ids: &BTreeSet<String>) -> String {
    ids.iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ")
}
