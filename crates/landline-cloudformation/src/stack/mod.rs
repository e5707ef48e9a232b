//! Stacks: templates that were deployed. [`Stacks::deploy`] creates or updates one, [`Stacks::delete`] deletes one,
//! [`Stacks::recover`] finishes at start what a crash interrupted.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacks.html>
//!
//! An operation, file by file: [`blueprint`] (everything that can be refused) → [`plan`] (what differs) → [`apply`]
//! (create and change) → [`removal`] (what is left behind) or [`rollback`].

mod apply;
mod blueprint;
mod change;
mod error;
mod event;
mod plan;
mod record;
mod removal;
mod rollback;
mod run;

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use landline_store::{Store, StoreError};
use landline_wire::{Caller, Clock, request_id};
use parking_lot::Mutex;

pub use error::DeployError;
pub use event::{Progress, StackEvent};
pub use plan::{Action, Plan, PlannedChange};
pub use record::{ResourceStatus, Stack, StackOutput, StackResource, StackState, StackStatus};

use crate::provider::Providers;
use crate::template::{Pseudo, TemplateError};
use apply::{Failure, apply};
use blueprint::Blueprint;
use event::EVENTS;
use record::{Operation, STACKS};
use removal::{Occasion, remove};
use rollback::{not_deleted, roll_back};
use run::Run;

/// The stacks of one account and region.
#[derive(Debug)]
pub struct Stacks {
    store: Arc<dyn Store>,
    providers: Providers,
    clock: Arc<dyn Clock>,
    /// On whose behalf resources are made: the owner of the account.
    caller: Caller,
    /// The stacks that an operation works on now.
    busy: Mutex<HashSet<String>>,
}

/// What to deploy.
#[derive(Clone, Debug, Default)]
pub struct Deployment {
    pub stack_name: String,
    /// The template as its author wrote it, before any transform.
    pub template: String,
    pub parameters: BTreeMap<String, String>,
    /// Where the template lies: what the paths in it are relative to. Nothing if it came over the API.
    pub directory: Option<PathBuf>,
    /// Deploys an API anew when its routes or integrations changed. AWS does not: there a deployment stays what it was
    /// until its logical id changes, which is not what an author at work expects.
    pub renew_snapshots: bool,
}

/// How a deployment that succeeded left the stack.
#[derive(Clone, Debug)]
pub struct Deployed {
    pub stack: Stack,
    /// What was done; empty if the stack already was what the template says.
    pub plan: Plan,
}

impl Stacks {
    pub fn new(
        store: Arc<dyn Store>,
        providers: Providers,
        clock: Arc<dyn Clock>,
        caller: Caller,
    ) -> Self {
        Self {
            store,
            providers,
            clock,
            caller,
            busy: Mutex::default(),
        }
    }

    pub fn get(&self, stack_name: &str) -> Result<Option<Stack>, StoreError> {
        STACKS.get(&*self.store, stack_name)
    }

    /// All stacks, by name.
    pub fn list(&self) -> Result<Vec<Stack>, StoreError> {
        Ok(STACKS
            .load(&*self.store)?
            .into_iter()
            .map(|(_, stack)| stack)
            .collect())
    }

    /// The events of a stack, oldest first.
    pub fn events(&self, stack: &Stack) -> Result<Vec<StackEvent>, StoreError> {
        let events = self
            .store
            .read(|reader| EVENTS.list_in(reader, &format!("{}/", stack.id)))?;
        Ok(events.into_iter().map(|(_, event)| event).collect())
    }

    /// Whether a template can be deployed, and what that would change.
    pub async fn plan(&self, deployment: &Deployment) -> Result<Plan, DeployError> {
        let existing = self
            .get(&deployment.stack_name)?
            .filter(|stack| stack.status.can_be_updated());
        let stack = existing.unwrap_or_else(|| self.new_stack(&deployment.stack_name));
        let blueprint = self.blueprint(&stack, deployment)?;
        Ok(plan::plan(
            &blueprint,
            &stack.state.resources,
            &self.providers,
            deployment.directory.as_deref(),
        )
        .await?)
    }

    /// Creates the stack, or updates it to what the template says. A refused template changes nothing; a resource that
    /// fails turns everything back.
    pub async fn deploy(
        &self,
        deployment: &Deployment,
        progress: &Progress,
    ) -> Result<Deployed, DeployError> {
        check_name(&deployment.stack_name)?;
        let _busy = self.occupy(&deployment.stack_name)?;
        let existing = self.get(&deployment.stack_name)?;
        if let Some(stack) = existing
            .as_ref()
            .filter(|stack| stack.status.is_in_progress())
        {
            return Err(DeployError::InProgress {
                stack_name: stack.name.clone(),
                status: stack.status,
            });
        }
        let updated = existing
            .clone()
            .filter(|stack| stack.status.can_be_updated());
        let is_update = updated.is_some();
        let stack = updated.unwrap_or_else(|| self.new_stack(&deployment.stack_name));
        let blueprint = self.blueprint(&stack, deployment)?;
        let plan = plan::plan(
            &blueprint,
            &stack.state.resources,
            &self.providers,
            deployment.directory.as_deref(),
        )
        .await?;
        if let Some(leftover) = existing.filter(|_| !is_update) {
            // What an earlier creation left when it was rolled back is in the way of a new one.
            self.remove_stack(leftover, progress).await?;
        }
        let mut run = Run::new(self, progress, stack);
        run.directory.clone_from(&deployment.directory);
        if is_update && plan.changes.is_empty() {
            self.adopt(&mut run, deployment, &blueprint)?;
            run.save().await?;
            return Ok(Deployed {
                stack: run.stack,
                plan,
            });
        }
        self.begin(&mut run, deployment, &blueprint, is_update)
            .await?;
        match apply(&mut run, &blueprint).await? {
            Ok(()) => {
                self.complete(&mut run, deployment, &blueprint, is_update)
                    .await?;
            }
            Err(failure) => return Err(turn_back(&mut run, failure).await?),
        }
        Ok(Deployed {
            stack: run.stack,
            plan,
        })
    }

    /// Deletes the stack and its resources.
    pub async fn delete(&self, stack_name: &str, progress: &Progress) -> Result<(), DeployError> {
        let _busy = self.occupy(stack_name)?;
        let no_such_stack = || DeployError::NoSuchStack {
            stack_name: stack_name.to_owned(),
        };
        let stack = self.get(stack_name)?.ok_or_else(no_such_stack)?;
        self.remove_stack(stack, progress).await
    }

    /// Finishes what the end of the process interrupted: creations and updates are turned back, deletions and cleanups
    /// go on. To be called before anything else.
    pub async fn recover(&self, progress: &Progress) -> Result<(), DeployError> {
        for stack in self
            .list()?
            .into_iter()
            .filter(|stack| stack.status.is_in_progress())
        {
            tracing::warn!(
                stack = stack.name,
                status = stack.status.as_str(),
                "finishing an operation that was interrupted"
            );
            let mut run = Run::new(self, progress, stack);
            match run.stack.status {
                StackStatus::DeleteInProgress => {
                    // The stack says itself what it could not delete; the others are still to be seen to.
                    let deleted = self.remove_stack(run.stack, progress).await;
                    if let Err(error @ DeployError::Store(_)) = deleted {
                        return Err(error);
                    }
                }
                StackStatus::UpdateCompleteCleanupInProgress => clean_up(&mut run).await?,
                _ => {
                    roll_back(&mut run, "The operation was interrupted.".to_owned()).await?;
                }
            }
        }
        Ok(())
    }

    fn new_stack(&self, name: &str) -> Stack {
        let Caller {
            account_id, region, ..
        } = &self.caller;
        Stack {
            name: name.to_owned(),
            id: format!(
                "arn:aws:cloudformation:{region}:{account_id}:stack/{name}/{}",
                request_id::uuid()
            ),
            status: StackStatus::CreateInProgress,
            status_reason: None,
            created_millis: self.clock.now().as_millis(),
            updated_millis: None,
            state: StackState::default(),
            operation: None,
            last_event_millis: 0,
        }
    }

    fn blueprint(&self, stack: &Stack, deployment: &Deployment) -> Result<Blueprint, DeployError> {
        let pseudo = Pseudo {
            account_id: self.caller.account_id.to_string(),
            region: self.caller.region.to_string(),
            stack_name: stack.name.clone(),
            stack_id: stack.id.clone(),
            notification_arns: Vec::new(),
        };
        let exports = self.exports(&stack.name)?;
        Ok(Blueprint::new(
            &deployment.template,
            &deployment.parameters,
            pseudo,
            exports,
            &self.providers,
            deployment.renew_snapshots,
        )?)
    }

    /// The exports of all other stacks.
    fn exports(&self, stack_name: &str) -> Result<BTreeMap<String, String>, StoreError> {
        let others = self
            .list()?
            .into_iter()
            .filter(|stack| stack.name != stack_name);
        let outputs = others.flat_map(|stack| stack.state.outputs.into_values());
        Ok(outputs
            .filter_map(|output| output.export_name.map(|name| (name, output.value)))
            .collect())
    }

    async fn begin(
        &self,
        run: &mut Run<'_>,
        deployment: &Deployment,
        blueprint: &Blueprint,
        is_update: bool,
    ) -> Result<(), DeployError> {
        let previous = is_update.then(|| run.stack.state.clone());
        run.stack.operation = Some(Operation {
            id: request_id::uuid(),
            previous,
            cleanup: Vec::new(),
        });
        if is_update {
            run.prune_events().await?;
            run.stack.updated_millis = Some(self.clock.now().as_millis());
        } else {
            run.stack.state.template.clone_from(&deployment.template);
            run.stack
                .state
                .description
                .clone_from(&blueprint.template.description);
        }
        let status = if is_update {
            StackStatus::UpdateInProgress
        } else {
            StackStatus::CreateInProgress
        };
        run.set_status(status, Some("User Initiated".to_owned()));
        Ok(run.save().await?)
    }

    /// Takes over the texts and the outputs of what was deployed.
    fn adopt(
        &self,
        run: &mut Run<'_>,
        deployment: &Deployment,
        blueprint: &Blueprint,
    ) -> Result<(), DeployError> {
        let outputs = blueprint.outputs(&run.stack.state.resources)?;
        let taken = self.exports(&run.stack.name)?;
        if let Some(name) = outputs
            .values()
            .filter_map(|output| output.export_name.as_ref())
            .find(|name| taken.contains_key(*name))
        {
            return Err(TemplateError::new(format!(
                "Export with name {name} is already exported by another stack"
            ))
            .into());
        }
        let state = &mut run.stack.state;
        state.outputs = outputs;
        state.template.clone_from(&deployment.template);
        state.parameters.clone_from(&deployment.parameters);
        state
            .description
            .clone_from(&blueprint.template.description);
        Ok(())
    }

    async fn complete(
        &self,
        run: &mut Run<'_>,
        deployment: &Deployment,
        blueprint: &Blueprint,
        is_update: bool,
    ) -> Result<(), DeployError> {
        if let Err(error) = self.adopt(run, deployment, blueprint) {
            let DeployError::Refused(refused) = error else {
                return Err(error);
            };
            let failure = Failure {
                logical_id: refused.resource.unwrap_or_default(),
                line: refused.line,
                reason: refused.message,
            };
            return Err(turn_back(run, failure).await?);
        }
        if !is_update {
            run.set_status(StackStatus::CreateComplete, None);
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

    async fn remove_stack(&self, stack: Stack, progress: &Progress) -> Result<(), DeployError> {
        let mut run = Run::new(self, progress, stack);
        run.stack.operation = Some(Operation {
            id: request_id::uuid(),
            previous: None,
            cleanup: Vec::new(),
        });
        run.set_status(
            StackStatus::DeleteInProgress,
            Some("User Initiated".to_owned()),
        );
        run.save().await?;
        let resources = run.stack.state.resources.clone();
        let failed = remove(&mut run, resources, Occasion::Deletion).await?;
        if failed.is_empty() {
            run.set_status(StackStatus::DeleteComplete, None);
            return Ok(run.forget().await?);
        }
        let reason = not_deleted(&failed);
        run.set_status(StackStatus::DeleteFailed, reason.clone());
        run.stack.operation = None;
        run.save().await?;
        Err(DeployError::NotDeleted {
            stack_name: run.stack.name,
            reason: reason.unwrap_or_default(),
        })
    }

    /// Keeps everybody else from a stack until the guard is dropped.
    fn occupy(&self, stack_name: &str) -> Result<Busy<'_>, DeployError> {
        if self.busy.lock().insert(stack_name.to_owned()) {
            return Ok(Busy {
                stacks: self,
                stack_name: stack_name.to_owned(),
            });
        }
        let status = self
            .get(stack_name)?
            .map_or(StackStatus::CreateInProgress, |stack| stack.status);
        Err(DeployError::InProgress {
            stack_name: stack_name.to_owned(),
            status,
        })
    }
}

/// Deletes what an update left behind. A resource that cannot be deleted is told, but the update stands.
async fn clean_up(run: &mut Run<'_>) -> Result<(), DeployError> {
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
    let Failure {
        logical_id,
        line,
        reason,
    } = failure;
    let status = roll_back(
        run,
        format!("The following resource(s) failed: [{logical_id}]. "),
    )
    .await?;
    Ok(DeployError::Failed {
        resource: logical_id,
        line,
        reason,
        status,
    })
}

struct Busy<'a> {
    stacks: &'a Stacks,
    stack_name: String,
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.stacks.busy.lock().remove(&self.stack_name);
    }
}

fn check_name(stack_name: &str) -> Result<(), DeployError> {
    let letters = stack_name.starts_with(|first: char| first.is_ascii_alphabetic());
    let rest = stack_name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '-');
    if letters && rest && stack_name.len() <= 128 {
        Ok(())
    } else {
        Err(DeployError::BadName {
            stack_name: stack_name.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests;
