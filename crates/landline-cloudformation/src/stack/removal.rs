//! Deletes resources: of a stack that is deleted, of a creation that is undone, or what an update leaves behind. What
//! others depend on goes last; a failure stops nothing that does not wait for it.

use std::collections::{BTreeMap, BTreeSet};

use tokio::task::JoinSet;

use super::DeployError;
use super::record::{ResourceStatus, StackResource};
use super::run::Run;
use crate::graph::Graph;
use crate::provider::ProvisionError;
use crate::template::DeletionPolicy;

/// Why resources go: the policy of a resource may keep it in one case and not in the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Occasion {
    /// The stack, or the resource in its template, is deleted.
    Deletion,
    /// A creation is undone.
    CreationUndone,
}

/// Deletes these resources and gives back those that could not be deleted.
pub(super) async fn remove(
    run: &mut Run<'_>,
    resources: BTreeMap<String, StackResource>,
    occasion: Occasion,
) -> Result<BTreeSet<String>, DeployError> {
    let mut failed = BTreeSet::new();
    for level in levels(&resources) {
        let mut tasks = JoinSet::new();
        // Those that were started and have not ended well; a provider that panics leaves its resource here.
        let mut open = BTreeSet::new();
        for logical_id in level {
            let Some(resource) = resources.get(&logical_id) else {
                continue;
            };
            if resources.iter().any(|(other, dependent)| {
                failed.contains(other) && dependent.depends_on.contains(&logical_id)
            }) {
                continue;
            }
            if start(run, &logical_id, resource, occasion, &mut tasks) {
                open.insert(logical_id);
            }
        }
        run.save().await?;
        while let Some(done) = tasks.join_next().await {
            let Ok((logical_id, outcome)) = done else {
                continue;
            };
            match finish(run, &logical_id, &resources, outcome) {
                Ok(()) => {
                    open.remove(&logical_id);
                }
                Err(reason) => tracing::warn!(
                    stack = run.stack.name,
                    resource = logical_id,
                    reason,
                    "a resource could not be deleted"
                ),
            }
        }
        run.save().await?;
        failed.extend(open);
    }
    Ok(failed)
}

/// Dependents first. Records of different template versions may form a circle between them; then one after the other.
fn levels(resources: &BTreeMap<String, StackResource>) -> Vec<Vec<String>> {
    let dependencies = resources
        .iter()
        .map(|(id, resource)| (id.clone(), resource.depends_on.clone()))
        .collect();
    match Graph::new(dependencies) {
        Ok(graph) => graph.reversed().levels().to_vec(),
        Err(_) => resources.keys().map(|id| vec![id.clone()]).collect(),
    }
}

type Outcome = (String, Result<(), ProvisionError>);

/// Whether a deletion runs now; a resource that is kept, or never was, is out of the stack at once.
fn start(
    run: &mut Run<'_>,
    logical_id: &str,
    resource: &StackResource,
    occasion: Occasion,
    tasks: &mut JoinSet<Outcome>,
) -> bool {
    let Some(existing) = resource.existing(logical_id) else {
        forget(run, logical_id, resource);
        return false;
    };
    let kept = match resource.deletion_policy {
        DeletionPolicy::Retain => true,
        DeletionPolicy::RetainExceptOnCreate => occasion != Occasion::CreationUndone,
        DeletionPolicy::Delete | DeletionPolicy::Snapshot => false,
    };
    let status = if kept {
        ResourceStatus::DeleteSkipped
    } else {
        ResourceStatus::DeleteInProgress
    };
    mark(run, logical_id, resource, status, None);
    if kept {
        forget(run, logical_id, resource);
        return false;
    }
    let Some(provider) = run.stacks.providers.get(&resource.resource_type).cloned() else {
        return true;
    };
    let caller = run
        .stacks
        .caller
        .service("cloudformation.amazonaws.com", &run.stack.id);
    let logical_id = logical_id.to_owned();
    tasks.spawn(async move {
        let outcome = provider.delete(&existing, &caller).await;
        (logical_id, outcome)
    });
    true
}

fn finish(
    run: &mut Run<'_>,
    logical_id: &str,
    resources: &BTreeMap<String, StackResource>,
    outcome: Result<(), ProvisionError>,
) -> Result<(), String> {
    let Some(resource) = resources.get(logical_id) else {
        return Ok(());
    };
    match outcome {
        Ok(()) => {
            mark(
                run,
                logical_id,
                resource,
                ResourceStatus::DeleteComplete,
                None,
            );
            forget(run, logical_id, resource);
            if let Some(operation) = run.stack.operation.as_mut() {
                operation.cleanup.retain(|(id, left)| {
                    id != logical_id || left.physical_id != resource.physical_id
                });
            }
            Ok(())
        }
        Err(error) => {
            mark(
                run,
                logical_id,
                resource,
                ResourceStatus::DeleteFailed,
                Some(error.reason.clone()),
            );
            Err(error.reason)
        }
    }
}

/// Whether the stack still counts this as its resource, and not a newer one of the same name.
fn is_current(run: &Run<'_>, logical_id: &str, resource: &StackResource) -> bool {
    run.stack
        .state
        .resources
        .get(logical_id)
        .is_some_and(|current| current.physical_id == resource.physical_id)
}

/// Takes a resource out of the stack, unless another one is there by its name.
fn forget(run: &mut Run<'_>, logical_id: &str, resource: &StackResource) {
    if is_current(run, logical_id, resource) {
        run.stack.state.resources.remove(logical_id);
    }
}

/// A replaced resource has its events too, but the stack's record is that of its successor.
fn mark(
    run: &mut Run<'_>,
    logical_id: &str,
    resource: &StackResource,
    status: ResourceStatus,
    reason: Option<String>,
) {
    if is_current(run, logical_id, resource) {
        run.set_resource_status(logical_id, status, reason);
    } else {
        run.add_event(
            logical_id,
            &resource.resource_type,
            resource.physical_id.clone(),
            status.as_str(),
            reason,
        );
    }
}
