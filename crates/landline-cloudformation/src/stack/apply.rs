//! Creates and changes the resources of a stack, each as soon as what it needs is there. Properties are resolved at
//! that moment, so they hold the ids that the resources before it got.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use serde_json::Value as Json;
use tokio::task::JoinSet;

use super::DeployError;
use super::attributes::{Declared, changed_attributes};
use super::blueprint::Blueprint;
use super::change::{Change, compare};
use super::record::{Operation, ResourceStatus, StackResource, StackState};
use super::run::Run;
use crate::provider::{Existing, ProvisionError, Provisioned, ResourceProvider, ResourceRequest};
use crate::quotas;
use crate::template::{DeletionPolicy, Resource};

/// Why an operation turned back: the resource, where it stands in the template, and the reason.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    pub(super) logical_id: String,
    pub(super) line: Option<u32>,
    pub(super) reason: String,
}

impl Failure {
    /// Nothing failed: somebody wants the operation to end.
    fn cancelled() -> Self {
        Self {
            logical_id: String::new(),
            line: None,
            reason: "User Initiated".to_owned(),
        }
    }
}

/// One call of a provider, running.
struct Done {
    logical_id: String,
    /// The resource that was changed or replaced.
    existing: Option<Existing>,
    /// Whether it was taken over.
    imported: bool,
    outcome: Result<Provisioned, ProvisionError>,
}

/// Makes the stack what the blueprint says, and stops at the first failure; what then runs is still waited for.
pub(super) async fn apply(
    run: &mut Run<'_>,
    blueprint: &Blueprint,
) -> Result<Result<(), Failure>, DeployError> {
    let before = run
        .stack
        .operation
        .as_ref()
        .and_then(|operation| operation.previous.clone())
        .unwrap_or_default();
    let mut waiting = needs(blueprint);
    let mut ready: VecDeque<String> = take_ready(&mut waiting);
    let mut tasks = JoinSet::new();
    let mut failure: Option<Failure> = None;
    loop {
        let mut begun = Vec::new();
        while failure.is_none() && tasks.len() + begun.len() < quotas::RESOURCES_AT_ONCE {
            let Some(logical_id) = ready.pop_front() else {
                break;
            };
            match start(run, blueprint, &before, &logical_id).await {
                Started::Begun(work) => begun.push(work),
                Started::Unchanged => ready.extend(complete(&mut waiting, &logical_id)),
                Started::Failed(reason) => {
                    failure = Some(fail(run, blueprint, &logical_id, reason));
                }
            }
        }
        // One write for all that ended and all that begins: what is begun is known before it can have an effect.
        run.save().await?;
        for work in begun {
            spawn(&mut tasks, *work);
        }
        let ended = tokio::select! {
            ended = tasks.join_next() => ended,
            () = run.turn_back.wanted(), if failure.is_none() => {
                failure = Some(Failure::cancelled());
                continue;
            }
        };
        let Some(done) = ended else {
            break;
        };
        let mut done = Some(done);
        while let Some(ended) = done {
            // A provider that panicked is a failure of its resource; which one it was, the record tells.
            let ended: Done = ended.unwrap_or_else(|error| lost(run, &error));
            let logical_id = ended.logical_id.clone();
            match finish(run, ended) {
                Ok(()) => ready.extend(complete(&mut waiting, &logical_id)),
                Err(reason) => {
                    let failed = fail(run, blueprint, &logical_id, reason);
                    failure.get_or_insert(failed);
                }
            }
            done = tasks.try_join_next();
        }
    }
    Ok(failure.map_or(Ok(()), Err))
}

/// What every resource waits for.
fn needs(blueprint: &Blueprint) -> BTreeMap<String, BTreeSet<String>> {
    let needed = |id: &str| {
        blueprint
            .graph
            .dependencies(id)
            .map(str::to_owned)
            .collect()
    };
    let resources = blueprint.graph.order();
    resources.map(|id| (id.to_owned(), needed(id))).collect()
}

/// Takes out of the waiting those that wait for nothing.
fn take_ready(waiting: &mut BTreeMap<String, BTreeSet<String>>) -> VecDeque<String> {
    let ready: VecDeque<String> = waiting
        .iter()
        .filter(|(_, needed)| needed.is_empty())
        .map(|(id, _)| id.clone())
        .collect();
    waiting.retain(|_, needed| !needed.is_empty());
    ready
}

fn complete(
    waiting: &mut BTreeMap<String, BTreeSet<String>>,
    logical_id: &str,
) -> VecDeque<String> {
    for needed in waiting.values_mut() {
        needed.remove(logical_id);
    }
    take_ready(waiting)
}

/// A call of a provider that is written down and can be made.
struct Work {
    provider: Arc<dyn ResourceProvider>,
    request: ResourceRequest,
    existing: Option<Existing>,
    replaces: bool,
    /// What names a resource that is taken over.
    import: Option<String>,
}

enum Started {
    Begun(Box<Work>),
    Unchanged,
    Failed(String),
}

async fn start(
    run: &mut Run<'_>,
    blueprint: &Blueprint,
    before: &StackState,
    logical_id: &str,
) -> Started {
    let Some(resource) = blueprint.resource(logical_id) else {
        return Started::Unchanged;
    };
    let (provider, properties) = match resolve(run, blueprint, resource, logical_id).await {
        Ok(resolved) => resolved,
        Err(reason) => return Started::Failed(reason),
    };
    let before = before.resources.get(logical_id);
    let depends_on = blueprint
        .graph
        .dependencies(logical_id)
        .map(str::to_owned)
        .collect();
    let (change, _) = compare(
        before,
        &resource.resource_type,
        &properties,
        provider.as_ref(),
    );
    if let (Change::Nothing, Some(before)) = (&change, before) {
        keep(run, logical_id, resource, depends_on, before);
        return Started::Unchanged;
    }
    if let (Change::Modify, Some(before)) = (&change, before)
        && let Err(error) = provider.check_update(&before.properties, &properties)
    {
        return Started::Failed(error.reason);
    }
    let mut request = run.request(logical_id, &resource.resource_type, properties);
    if let Some(name) = name_in_the_way(&change, before, &request, provider.as_ref()) {
        return Started::Failed(format!(
            "CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename {name} and update the stack again."
        ));
    }
    let mut existing = before
        .filter(|_| change != Change::Add)
        .and_then(|before| before.existing(logical_id));
    let import = import_of(run, logical_id, &change);
    record_intent(
        run,
        resource,
        &request,
        depends_on,
        &change,
        existing.as_ref(),
        provider.as_ref(),
    );
    run.show_properties(blueprint.shown_properties(logical_id, &run.stack.state.resources));
    run.add_system_tags(&mut request, existing.as_mut(), provider.schema());
    Started::Begun(Box::new(Work {
        provider,
        request,
        existing,
        replaces: change == Change::Replace,
        import,
    }))
}

/// Leaves a thing as it is; what the template says beside its properties is taken over.
fn keep(
    run: &mut Run<'_>,
    logical_id: &str,
    resource: &Resource,
    depends_on: BTreeSet<String>,
    before: &StackResource,
) {
    let kept = StackResource {
        depends_on,
        deletion_policy: resource.deletion_policy,
        update_replace_policy: resource.update_replace_policy,
        declared: Some(Declared::of(resource)),
        ..before.clone()
    };
    let resources = &mut run.stack.state.resources;
    resources.insert(logical_id.to_owned(), kept);
    if !changed_attributes(before, resource).is_empty() {
        run.set_resource_status(logical_id, ResourceStatus::UpdateInProgress, None);
        run.set_resource_status(logical_id, ResourceStatus::UpdateComplete, None);
    }
}

/// The provider of a resource, and its properties with the values of the resources made so far.
async fn resolve(
    run: &Run<'_>,
    blueprint: &Blueprint,
    resource: &Resource,
    logical_id: &str,
) -> Result<(Arc<dyn ResourceProvider>, Json), String> {
    let resource_type = &resource.resource_type;
    let provider = run.stacks.providers.get(resource_type).cloned();
    let provider = provider.ok_or_else(|| format!("Unrecognized resource type {resource_type}"))?;
    let properties = blueprint
        .properties(logical_id, &run.stack.state.resources)
        .map_err(|error| error.message)?;
    let properties = run.stacks.resolve_references(properties).await?;
    let prepared = provider.prepare(properties, run.directory.as_deref()).await;
    let properties = prepared.map_err(|error| error.reason)?;
    Ok((provider, properties))
}

/// A new resource cannot have the name of the one that it replaces while that one exists.
fn name_in_the_way(
    change: &Change,
    before: Option<&StackResource>,
    request: &ResourceRequest,
    provider: &dyn ResourceProvider,
) -> Option<String> {
    let before = before.filter(|_| *change == Change::Replace)?;
    let parent = provider.parent();
    if parent.is_some_and(|key| before.properties.get(key) != request.properties.get(key)) {
        return None;
    }
    let intended_id = provider.intended_id(request);
    intended_id.filter(|name| before.physical_id.as_ref() == Some(name))
}

/// Writes down what is about to be done: after a crash this is what can be undone.
fn record_intent(
    run: &mut Run<'_>,
    resource: &Resource,
    request: &ResourceRequest,
    depends_on: BTreeSet<String>,
    change: &Change,
    existing: Option<&Existing>,
    provider: &dyn ResourceProvider,
) {
    let in_place = *change == Change::Modify;
    let is_import = import_of(run, &request.logical_id, change).is_some();
    let attributes = run
        .stack
        .state
        .resources
        .get(&request.logical_id)
        .filter(|_| in_place)
        .map(|known| known.attributes.clone());
    let intent = StackResource {
        resource_type: resource.resource_type.clone(),
        physical_id: existing
            .filter(|_| in_place)
            .map(|existing| existing.physical_id.clone()),
        // What is taken over is not undone by its deletion.
        intended_id: if in_place || is_import {
            None
        } else {
            provider.intended_id(request)
        },
        status: ResourceStatus::CreateInProgress,
        status_reason: None,
        updated_millis: 0,
        properties: request.properties.clone(),
        attributes: attributes.unwrap_or_default(),
        depends_on,
        deletion_policy: resource.deletion_policy,
        update_replace_policy: resource.update_replace_policy,
        declared: Some(Declared::of(resource)),
    };
    run.stack
        .state
        .resources
        .insert(request.logical_id.clone(), intent);
    let (status, reason) = match change {
        _ if is_import => {
            let reason = "Resource import started.".to_owned();
            (ResourceStatus::ImportInProgress, Some(reason))
        }
        Change::Add | Change::Nothing => (ResourceStatus::CreateInProgress, None),
        Change::Modify => (ResourceStatus::UpdateInProgress, None),
        Change::Replace => (
            ResourceStatus::UpdateInProgress,
            Some("Requested update requires the creation of a new physical resource; hence creating one.".to_owned()),
        ),
    };
    run.set_resource_status(&request.logical_id, status, reason);
}

/// What names a resource that is taken over instead of made.
fn import_of(run: &Run<'_>, logical_id: &str, change: &Change) -> Option<String> {
    let operation = run.stack.operation.as_ref()?;
    let identifier = operation.imports.get(logical_id)?;
    (*change == Change::Add).then(|| identifier.clone())
}

fn spawn(tasks: &mut JoinSet<Done>, work: Work) {
    tasks.spawn(async move {
        let Work {
            provider,
            request,
            existing,
            replaces,
            import,
        } = work;
        let outcome = match (&existing, &import) {
            (_, Some(identifier)) => provider.find(identifier, &request.caller).await,
            (Some(existing), _) if !replaces => provider.update(existing, &request).await,
            _ => provider.create(&request).await,
        };
        Done {
            logical_id: request.logical_id,
            existing,
            imported: import.is_some(),
            outcome,
        }
    });
}

/// A call of a provider that panicked: its resource is the one that is still in progress.
fn lost(run: &Run<'_>, error: &tokio::task::JoinError) -> Done {
    let in_progress = |resource: &StackResource| {
        matches!(
            resource.status,
            ResourceStatus::CreateInProgress
                | ResourceStatus::UpdateInProgress
                | ResourceStatus::ImportInProgress
        )
    };
    let logical_id = run
        .stack
        .state
        .resources
        .iter()
        .find(|(_, resource)| in_progress(resource))
        .map(|(id, _)| id.clone());
    let outcome = Err(ProvisionError::new(format!("Internal failure: {error}")));
    Done {
        logical_id: logical_id.unwrap_or_default(),
        existing: None,
        imported: false,
        outcome,
    }
}

fn finish(run: &mut Run<'_>, done: Done) -> Result<(), String> {
    let made = done.outcome.map_err(|error| error.reason)?;
    let old = run
        .stack
        .operation
        .as_ref()
        .and_then(|operation| operation.previous.as_ref())
        .and_then(|previous| previous.resources.get(&done.logical_id))
        .cloned();
    // A replacement that got the same id is the same thing to whoever would delete the old one.
    let moved = done.existing.as_ref();
    let moved = moved.is_some_and(|existing| existing.physical_id != made.physical_id);
    let updated = done.existing.is_some();
    if let Some(resource) = run.stack.state.resources.get_mut(&done.logical_id) {
        resource.physical_id = Some(made.physical_id);
        resource.intended_id = None;
        if moved {
            resource.attributes.clear();
        }
        // An update need not tell again what a creation told once, such as a secret.
        resource.attributes.extend(made.attributes);
    }
    if let (true, Some(old), Some(operation)) = (moved, old, run.stack.operation.as_mut()) {
        leave(operation, &done.logical_id, old);
    }
    if !done.imported && (!updated || moved) {
        let begun = if updated {
            ResourceStatus::UpdateInProgress
        } else {
            ResourceStatus::CreateInProgress
        };
        let reason = "Resource creation Initiated".to_owned();
        run.set_resource_status(&done.logical_id, begun, Some(reason));
    }
    let known = run.stack.state.resources.get(&done.logical_id);
    let note = known.and_then(|known| {
        let providers = &run.stacks.providers;
        providers.note(&known.resource_type, &known.properties)
    });
    let note = made.note.or(note);
    let (status, note) = if done.imported {
        let note = "Resource import completed.".to_owned();
        (ResourceStatus::ImportComplete, Some(note))
    } else if updated {
        (ResourceStatus::UpdateComplete, note)
    } else {
        (ResourceStatus::CreateComplete, note)
    };
    run.set_resource_status(&done.logical_id, status, note);
    Ok(())
}

/// Keeps a replaced resource for the cleanup, unless the template says that it shall stay.
fn leave(operation: &mut Operation, logical_id: &str, old: StackResource) {
    if old.update_replace_policy != DeletionPolicy::Retain {
        operation.cleanup.push((
            logical_id.to_owned(),
            StackResource {
                deletion_policy: DeletionPolicy::Delete,
                ..old
            },
        ));
    }
}

fn fail(run: &mut Run<'_>, blueprint: &Blueprint, logical_id: &str, reason: String) -> Failure {
    let line = blueprint.resource(logical_id).map(|resource| resource.line);
    let status = match run.stack.state.resources.get_mut(logical_id) {
        Some(resource) => {
            // A creation that was refused made nothing, and whatever has its name belongs to somebody else.
            resource.intended_id = None;
            match resource.status {
                ResourceStatus::CreateInProgress => ResourceStatus::CreateFailed,
                ResourceStatus::ImportInProgress => ResourceStatus::ImportFailed,
                _ => ResourceStatus::UpdateFailed,
            }
        }
        None => ResourceStatus::CreateFailed,
    };
    if run.stack.state.resources.contains_key(logical_id) {
        run.set_resource_status(logical_id, status, Some(reason.clone()));
    } else {
        let resource_type = blueprint
            .resource(logical_id)
            .map(|resource| resource.resource_type.clone())
            .unwrap_or_default();
        run.add_event(
            logical_id,
            &resource_type,
            None,
            status.as_str(),
            Some(reason.clone()),
        );
    }
    Failure {
        logical_id: logical_id.to_owned(),
        line,
        reason,
    }
}
