//! Creating and updating a stack, in three steps: [`Stacks::prepare`] refuses, [`Stacks::begin`] writes down what will be
//! done, [`Stacks::carry_out`] does it. Whoever answers a call waits for the first two; the third may take long.

use std::collections::BTreeMap;
use std::time::Duration;

use super::apply::{Failure, apply};
use super::blueprint::Blueprint;
use super::deletion::USER_INITIATED;
use super::event::Progress;
use super::exports::{exports_of, still_used};
use super::imports::ImportScope;
use super::occupancy::Busy;
use super::plan::{self, Plan};
use super::record::{
    OnFailure, Operation, OperationKind, ShownParameter, Stack, StackResource, StackState,
    StackStatus,
};
use super::removal::{Occasion, remove};
use super::rollback::roll_back;
use super::run::Run;
use super::{DeployError, Deployed, Deployment, Stacks, check_name};
use crate::template::TemplateError;

/// What has to be there for a deployment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Whatever is there: what a failed creation left is deleted first.
    CreateOrUpdate,
    /// No stack of the name.
    Create,
    /// A stack that a change set announced and that has no resources yet.
    CreateReviewed,
    /// A stack in a state that can be updated.
    Update,
}

/// A deployment that nothing speaks against. Nobody else can touch the stack until this is dropped.
#[derive(Debug)]
pub struct Prepared {
    pub(super) busy: Busy,
    /// What an earlier creation left behind, if there is no way but to delete it.
    leftover: Option<Stack>,
    pub(super) stack: Stack,
    is_update: bool,
    pub(super) blueprint: Box<Blueprint>,
    pub(super) plan: Plan,
    deployment: Deployment,
}

impl Prepared {
    pub fn stack(&self) -> &Stack {
        &self.stack
    }

    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The parameters as people may see them.
    pub fn shown_parameters(&self) -> BTreeMap<String, ShownParameter> {
        self.blueprint.shown_parameters(&self.deployment.parameters)
    }

    /// Whether anything would be another than it is: a resource, an output, a tag.
    pub fn changes_anything(&self) -> bool {
        let state = &self.stack.state;
        let options = &self.deployment.options;
        let outputs_differ = match self.blueprint.outputs(&state.resources) {
            Ok(outputs) => outputs != state.outputs,
            Err(_) => true,
        };
        !self.is_update
            || !self.plan.changes.is_empty()
            || outputs_differ
            || options.tags != state.tags
            || options.notification_arns != state.notification_arns
    }
}

impl Stacks {
    /// Creates the stack, or updates it to what the template says. A refused template changes nothing; a resource that
    /// fails turns everything back.
    pub async fn deploy(
        &self,
        deployment: &Deployment,
        progress: &Progress,
    ) -> Result<Deployed, DeployError> {
        let deployment = self.read_includes(deployment.clone()).await?;
        let preparing = self.prepare(deployment, Intent::CreateOrUpdate);
        let mut prepared = Box::pin(preparing).await?;
        if let Some(leftover) = prepared.leftover.take() {
            // What an earlier creation left when it was rolled back is in the way of a new one.
            let removal = self.remove_stack(leftover, USER_INITIATED.to_owned(), progress);
            Box::pin(removal).await?;
        }
        if prepared.is_update && prepared.plan.changes.is_empty() {
            return self.adopt_only(prepared, progress).await;
        }
        self.begin(&mut prepared, progress).await?;
        Box::pin(self.carry_out(prepared, progress)).await
    }

    /// Finds out whether a deployment can begin and what it would do. Touches nothing.
    pub async fn prepare(
        &self,
        deployment: Deployment,
        intent: Intent,
    ) -> Result<Prepared, DeployError> {
        check_name(&deployment.stack_name)?;
        let busy = self.occupy(&deployment.stack_name)?;
        let existing = self.get(&deployment.stack_name)?;
        if let Some(stack) = &existing {
            check_intent(stack, intent)?;
        } else if matches!(intent, Intent::Update | Intent::CreateReviewed) {
            return Err(DeployError::NoSuchStack {
                stack_name: deployment.stack_name,
            });
        }
        let is_update = intent != Intent::CreateReviewed
            && existing
                .as_ref()
                .is_some_and(|stack| stack.status.can_be_updated());
        let (leftover, stack) = match existing {
            Some(stack) if is_update || intent == Intent::CreateReviewed => (None, stack),
            leftover => (leftover, self.new_stack(&deployment.stack_name)),
        };
        let blueprint = self.blueprint(&stack, &deployment).await?;
        let mut plan = self.planned(&blueprint, &stack, &deployment).await?;
        plan.mark_imports(&deployment.imports);
        Ok(Prepared {
            busy,
            leftover,
            stack,
            is_update,
            blueprint: Box::new(blueprint),
            plan,
            deployment,
        })
    }

    pub(super) async fn planned(
        &self,
        blueprint: &Blueprint,
        stack: &Stack,
        deployment: &Deployment,
    ) -> Result<Plan, DeployError> {
        let changes = plan::plan(
            blueprint,
            &stack.state.resources,
            self,
            deployment.directory.as_deref(),
        );
        Ok(changes.await?)
    }

    /// Writes down that the deployment is under way: from here on it ends well, is turned back, or is turned back at the
    /// next start.
    pub async fn begin(
        &self,
        prepared: &mut Prepared,
        progress: &Progress,
    ) -> Result<(), DeployError> {
        let mut run = Run::new(self, progress, prepared.stack.clone());
        let imports = &prepared.deployment.imports;
        let (kind, status) = match (imports.scope, prepared.is_update) {
            (ImportScope::Only, _) => (OperationKind::Import, StackStatus::ImportInProgress),
            (ImportScope::Beside, true) => (OperationKind::Update, StackStatus::UpdateInProgress),
            (ImportScope::Beside, false) => (OperationKind::Create, StackStatus::CreateInProgress),
        };
        let options = &prepared.deployment.options;
        let mut operation = Operation::new(kind, options.client_request_token.clone());
        operation.imports.clone_from(&imports.identifiers);
        if prepared.is_update {
            // An update that goes on from one that failed half-way can only be turned back to before both.
            let unfinished = run.stack.operation.take();
            let (previous, cleanup) =
                unfinished.map_or((None, Vec::new()), |it| (it.previous, it.cleanup));
            operation.previous = Some(previous.unwrap_or_else(|| run.stack.state.clone()));
            operation.cleanup = cleanup;
            run.prune_events().await?;
        }
        // The execution of a change set is an update to whoever asks, even if it makes the stack.
        if prepared.is_update || options.change_set_id.is_some() {
            run.stack.updated_millis = Some(self.clock.now().as_millis());
        }
        run.stack.operation = Some(operation);
        run.stack.remember_request();
        prepared.take_over(&mut run.stack);
        run.set_status(status, Some(USER_INITIATED.to_owned()));
        run.save().await?;
        prepared.stack = run.stack;
        Ok(())
    }

    /// Does what was begun; a creation that takes longer than its stack allows is turned back.
    pub async fn carry_out_in_time(
        &self,
        prepared: Prepared,
        progress: &Progress,
    ) -> Result<Deployed, DeployError> {
        let minutes = prepared.stack.settings.timeout_minutes;
        let minutes = minutes.and_then(|minutes| u64::try_from(minutes).ok());
        let limit = minutes.filter(|_| !prepared.is_update);
        let stack = prepared.stack.clone();
        let mut work = Box::pin(self.carry_out(prepared, progress));
        let Some(minutes) = limit else {
            return work.await;
        };
        tokio::select! {
            done = &mut work => done,
            () = tokio::time::sleep(Duration::from_mins(minutes)) => {
                self.turn_back(&stack);
                work.await
            }
        }
    }

    /// Does what was begun.
    pub async fn carry_out(
        &self,
        prepared: Prepared,
        progress: &Progress,
    ) -> Result<Deployed, DeployError> {
        let Prepared {
            busy,
            stack,
            is_update,
            blueprint,
            plan,
            deployment,
            ..
        } = prepared;
        let mut run = Run::new(self, progress, stack);
        run.directory.clone_from(&deployment.directory);
        run.turn_back = busy.turn_back().clone();
        match apply(&mut run, &blueprint).await? {
            Ok(()) => self.complete(&mut run, &blueprint, is_update).await?,
            Err(failure) => return Err(self.give_up(run, failure).await?),
        }
        Ok(Deployed {
            stack: run.stack,
            plan,
        })
    }

    /// A template that changes no resource may still have other texts and outputs.
    async fn adopt_only(
        &self,
        prepared: Prepared,
        progress: &Progress,
    ) -> Result<Deployed, DeployError> {
        let mut run = Run::new(self, progress, prepared.stack.clone());
        prepared.take_over(&mut run.stack);
        self.adopt(&mut run.stack.state, &prepared.blueprint, &prepared.stack)?;
        run.save().await?;
        Ok(Deployed {
            stack: run.stack,
            plan: prepared.plan,
        })
    }

    /// Takes over the outputs of what was deployed, if the other stacks allow it.
    fn adopt(
        &self,
        state: &mut StackState,
        blueprint: &Blueprint,
        stack: &Stack,
    ) -> Result<(), DeployError> {
        let outputs = blueprint.outputs(&state.resources)?;
        let exported = |name: &String| {
            let mut exports = outputs.values();
            exports.find(|output| output.export_name.as_ref() == Some(name))
        };
        for (name, export) in self.all_exports()? {
            if export.stack_name != stack.name && exported(&name).is_some() {
                let owner = export.stack_name;
                return Err(TemplateError::new(format!(
                    "Export with name {name} is already exported by stack {owner}."
                ))
                .into());
            }
        }
        for (name, value) in exports_of(&state.outputs) {
            let now = exported(name).map(|output| &output.value);
            let users = self.users_of(name)?;
            if now == Some(value) || users.is_empty() {
                continue;
            }
            let users = users.join(" and ");
            let message = if now.is_some() {
                format!("Cannot update export {name} as it is in use by {users}.")
            } else {
                still_used(name, &users)
            };
            return Err(TemplateError::new(message).into());
        }
        state.outputs = outputs;
        state.imports = blueprint.imports()?;
        Ok(())
    }

    async fn complete(
        &self,
        run: &mut Run<'_>,
        blueprint: &Blueprint,
        is_update: bool,
    ) -> Result<(), DeployError> {
        let mut state = run.stack.state.clone();
        match self.adopt(&mut state, blueprint, &run.stack) {
            Ok(()) => run.stack.state = state,
            Err(DeployError::Refused(refused)) => {
                let failure = Failure {
                    logical_id: refused.resource.unwrap_or_default(),
                    line: refused.line,
                    reason: refused.message,
                };
                return Err(turn_back(run, failure).await?);
            }
            Err(error) => return Err(error),
        }
        if run.kind() == OperationKind::Import || !is_update {
            let status = if run.kind() == OperationKind::Import {
                StackStatus::ImportComplete
            } else {
                StackStatus::CreateComplete
            };
            run.set_status(status, None);
            run.stack.operation = None;
            return Ok(run.save().await?);
        }
        let (kept, removed) = std::mem::take(&mut run.stack.state.resources)
            .into_iter()
            .partition(|(id, _)| blueprint.contains(id));
        run.stack.state.resources = kept;
        let removed: BTreeMap<String, StackResource> = removed;
        if let Some(operation) = run.stack.operation.as_mut() {
            operation.cleanup.extend(removed);
        }
        run.set_status(StackStatus::UpdateCompleteCleanupInProgress, None);
        run.save().await?;
        clean_up(run).await
    }

    /// What becomes of a stack of which a resource failed.
    async fn give_up(
        &self,
        mut run: Run<'_>,
        failure: Failure,
    ) -> Result<DeployError, DeployError> {
        let is_update = run
            .stack
            .operation
            .as_ref()
            .is_some_and(|operation| operation.previous.is_some());
        let may_stay = run.kind() != OperationKind::Import;
        match run.stack.settings.on_failure {
            OnFailure::DoNothing if may_stay => {
                let (status, verb) = if is_update {
                    (StackStatus::UpdateFailed, "update")
                } else {
                    (StackStatus::CreateFailed, "create")
                };
                let reason = failed_resources(verb, &failure);
                run.set_status(status, Some(reason));
                run.save().await?;
                Ok(failure.into_error(status))
            }
            OnFailure::Delete if !is_update => {
                let reason = failed_resources("create", &failure);
                let reason = format!("{reason}Delete requested by user.");
                let removed = self.remove_stack(run.stack, reason, run.progress).await;
                match removed {
                    Ok(()) => Ok(failure.into_error(StackStatus::DeleteComplete)),
                    Err(DeployError::NotDeleted { .. }) => {
                        Ok(failure.into_error(StackStatus::DeleteFailed))
                    }
                    Err(error) => Err(error),
                }
            }
            _ => turn_back(&mut run, failure).await,
        }
    }
}

impl Prepared {
    /// Gives the stack the texts, parameters and options of the deployment.
    fn take_over(&self, stack: &mut Stack) {
        let (deployment, options) = (&self.deployment, &self.deployment.options);
        let state = &mut stack.state;
        state.template.clone_from(&deployment.template);
        state.parameters.clone_from(&deployment.parameters);
        state.shown_parameters = self.blueprint.shown_parameters(&deployment.parameters);
        state
            .description
            .clone_from(&self.blueprint.template.description);
        state.tags.clone_from(&options.tags);
        state.capabilities.clone_from(&options.capabilities);
        state
            .notification_arns
            .clone_from(&options.notification_arns);
        if options.role_arn.is_some() {
            state.role_arn.clone_from(&options.role_arn);
        }
        let settings = &mut stack.settings;
        settings.on_failure = options.on_failure;
        if options.change_set_id.is_some() {
            settings.change_set_id.clone_from(&options.change_set_id);
        }
        if !self.is_update {
            settings.timeout_minutes = options.timeout_minutes;
            settings.termination_protection = options.termination_protection;
            settings.policy.clone_from(&options.policy);
            settings.parent_id.clone_from(&options.parent_id);
            settings.root_id.clone_from(&options.root_id);
        }
    }
}

fn check_intent(stack: &Stack, intent: Intent) -> Result<(), DeployError> {
    let refused = || DeployError::InProgress {
        stack: stack.id.clone(),
        status: stack.status,
    };
    let fits = match intent {
        Intent::Create => {
            return Err(DeployError::AlreadyExists {
                stack_name: stack.name.clone(),
            });
        }
        Intent::CreateReviewed => stack.status == StackStatus::ReviewInProgress,
        Intent::CreateOrUpdate => !stack.status.is_in_progress(),
        Intent::Update => {
            stack.status.can_be_updated() && stack.status != StackStatus::UpdateRollbackFailed
        }
    };
    if fits { Ok(()) } else { Err(refused()) }
}

/// Deletes what an update left behind. A resource that cannot be deleted is told, but the update stands.
pub(super) async fn clean_up(run: &mut Run<'_>) -> Result<(), DeployError> {
    let left = run
        .stack
        .operation
        .as_ref()
        .map(|operation| operation.cleanup.clone())
        .unwrap_or_default();
    remove(run, left.into_iter().collect(), Occasion::Deletion).await?;
    run.set_status(StackStatus::UpdateComplete, None);
    run.stack.operation = None;
    Ok(run.save().await?)
}

/// Rolls back and tells why.
async fn turn_back(run: &mut Run<'_>, failure: Failure) -> Result<DeployError, DeployError> {
    let reason = if failure.logical_id.is_empty() && failure.line.is_none() {
        failure.reason.clone()
    } else {
        let operation = run.stack.operation.as_ref();
        let is_update = operation.is_some_and(|operation| operation.previous.is_some());
        let verb = match (run.kind(), is_update) {
            (OperationKind::Import, _) => "import",
            (_, true) => "update",
            (_, false) => "create",
        };
        failed_resources(verb, &failure)
    };
    let operation = run.stack.operation.as_ref();
    let is_creation = operation.is_some_and(|operation| operation.previous.is_none());
    let reason = if is_creation && run.kind() != OperationKind::Import && reason != USER_INITIATED {
        format!("{} Rollback requested by user.", reason.trim_end())
    } else {
        reason
    };
    let status = roll_back(run, reason).await?;
    Ok(failure.into_error(status))
}

fn failed_resources(verb: &str, failure: &Failure) -> String {
    format!(
        "The following resource(s) failed to {verb}: [{}]. ",
        failure.logical_id
    )
}

impl Failure {
    fn into_error(self, status: StackStatus) -> DeployError {
        DeployError::Failed {
            resource: self.logical_id,
            line: self.line,
            reason: self.reason,
            status,
        }
    }
}
