//! Deleting a stack: what may not be deleted, and what is done when a creation is still under way.

use std::collections::BTreeSet;

use super::event::Progress;
use super::exports::{exports_of, still_used};
use super::occupancy::Busy;
use super::record::{Operation, OperationKind, Stack, StackStatus};
use super::removal::{Occasion, remove};
use super::rollback::not_deleted;
use super::run::Run;
use super::{DeployError, Stacks};
use crate::template::DeletionPolicy;

/// How a stack shall be deleted.
#[derive(Clone, Debug, Default)]
pub struct Deletion {
    pub stack_name: String,
    /// Resources that stay although their stack goes: only where an earlier deletion failed.
    pub retained: BTreeSet<String>,
    /// Whether what cannot be deleted stays behind without its stack.
    pub is_forced: bool,
    pub client_request_token: Option<String>,
}

/// A deletion that is written down.
#[derive(Debug)]
pub struct BegunDeletion {
    /// Nothing as long as a creation has the stack; it was asked to end.
    held: Option<(Busy, Stack)>,
    deletion: Deletion,
}

impl Stacks {
    /// Deletes the stack and its resources.
    pub async fn delete(&self, stack_name: &str, progress: &Progress) -> Result<(), DeployError> {
        let deletion = Deletion {
            stack_name: stack_name.to_owned(),
            ..Deletion::default()
        };
        let begun = self.begin_deletion(deletion, progress).await?;
        self.carry_out_deletion(begun, progress).await
    }

    /// Finds out whether a stack may be deleted, and writes down that it will be.
    pub async fn begin_deletion(
        &self,
        deletion: Deletion,
        progress: &Progress,
    ) -> Result<BegunDeletion, DeployError> {
        let name = &deletion.stack_name;
        let no_such_stack = || DeployError::NoSuchStack {
            stack_name: name.clone(),
        };
        let Some(busy) = self.occupancy.take(name) else {
            let stack = self.get(name)?.ok_or_else(no_such_stack)?;
            if !ends_with_deletion(stack.status) {
                return Err(DeployError::CannotBeDeleted {
                    stack: stack.id,
                    status: stack.status,
                });
            }
            self.turn_back(&stack);
            return Ok(BegunDeletion {
                held: None,
                deletion,
            });
        };
        let stack = self.get(name)?.ok_or_else(no_such_stack)?;
        let stack = self.write_deletion(stack, &deletion, progress).await?;
        Ok(BegunDeletion {
            held: Some((busy, stack)),
            deletion,
        })
    }

    /// Deletes what was begun to be deleted.
    pub async fn carry_out_deletion(
        &self,
        begun: BegunDeletion,
        progress: &Progress,
    ) -> Result<(), DeployError> {
        let BegunDeletion { held, deletion } = begun;
        let (_busy, stack) = if let Some(held) = held {
            held
        } else {
            let busy = self.occupancy.take_when_free(&deletion.stack_name).await;
            let Some(stack) = self.get(&deletion.stack_name)? else {
                return Ok(());
            };
            let stack = self.write_deletion(stack, &deletion, progress).await?;
            (busy, stack)
        };
        self.remove_resources(stack, &deletion, progress).await
    }

    /// Deletes a stack that nobody else can touch, and tells why.
    pub(super) async fn remove_stack(
        &self,
        stack: Stack,
        reason: String,
        progress: &Progress,
    ) -> Result<(), DeployError> {
        let mut run = Run::new(self, progress, stack);
        start_deletion(
            &mut run,
            Operation::new(OperationKind::Delete, None),
            reason,
        );
        run.save().await?;
        self.remove_resources(run.stack, &Deletion::default(), progress)
            .await
    }

    async fn write_deletion(
        &self,
        stack: Stack,
        deletion: &Deletion,
        progress: &Progress,
    ) -> Result<Stack, DeployError> {
        if stack.settings.termination_protection {
            return Err(DeployError::Protected {
                stack_name: stack.name,
            });
        }
        if !deletion.retained.is_empty() && stack.status != StackStatus::DeleteFailed {
            return Err(DeployError::CannotRetain);
        }
        let token = deletion.client_request_token.clone();
        let mut run = Run::new(self, progress, stack);
        let operation = Operation::new(OperationKind::Delete, token);
        start_deletion(&mut run, operation, USER_INITIATED.to_owned());
        run.save().await?;
        Ok(run.stack)
    }

    async fn remove_resources(
        &self,
        stack: Stack,
        deletion: &Deletion,
        progress: &Progress,
    ) -> Result<(), DeployError> {
        let mut run = Run::new(self, progress, stack);
        if let Some(reason) = self.exports_in_use(&run.stack)? {
            return cancel(run, reason).await;
        }
        let mut resources = run.stack.state.resources.clone();
        for logical_id in &deletion.retained {
            if let Some(resource) = resources.get_mut(logical_id) {
                resource.deletion_policy = DeletionPolicy::Retain;
            }
        }
        let failed = remove(&mut run, resources, Occasion::Deletion).await?;
        if failed.is_empty() || deletion.is_forced {
            run.set_status(StackStatus::DeleteComplete, None);
            return Ok(run.bury().await?);
        }
        fail(run, not_deleted(&failed)).await
    }

    /// Why an export keeps its stack.
    fn exports_in_use(&self, stack: &Stack) -> Result<Option<String>, DeployError> {
        for (name, _) in exports_of(&stack.state.outputs) {
            let users = self.users_of(name)?;
            if !users.is_empty() {
                return Ok(Some(still_used(name, &users.join(" and "))));
            }
        }
        Ok(None)
    }
}

/// Why most operations begin.
pub(super) const USER_INITIATED: &str = "User Initiated";

fn start_deletion(run: &mut Run<'_>, operation: Operation, reason: String) {
    // A deletion that a crash interrupted begins once more; the stack still was what it was before the first.
    let status_before = match (&run.stack.operation, run.stack.status) {
        (Some(first), StackStatus::DeleteInProgress) => first.status_before,
        (_, status) => Some(status),
    };
    run.stack.operation = Some(Operation {
        status_before,
        ..operation
    });
    run.stack.remember_request();
    run.stack.deleted_millis = Some(run.stacks.clock.now().as_millis());
    run.set_status(StackStatus::DeleteInProgress, Some(reason));
}

/// Ends a deletion that has not begun to delete: AWS gives the stack the status that it had, so that it can be updated.
async fn cancel(mut run: Run<'_>, reason: String) -> Result<(), DeployError> {
    run.stack.deleted_millis = None;
    let operation = run.stack.operation.as_ref();
    let before = operation.and_then(|operation| operation.status_before);
    end_alive(
        run,
        before.unwrap_or(StackStatus::DeleteFailed),
        Some(reason),
    )
    .await
}

async fn fail(run: Run<'_>, reason: Option<String>) -> Result<(), DeployError> {
    end_alive(run, StackStatus::DeleteFailed, reason).await
}

async fn end_alive(
    mut run: Run<'_>,
    status: StackStatus,
    reason: Option<String>,
) -> Result<(), DeployError> {
    run.set_status(status, reason.clone());
    run.stack.operation = None;
    run.save().await?;
    Err(DeployError::NotDeleted {
        stack_name: run.stack.name,
        reason: reason.unwrap_or_default(),
    })
}

/// Whether a stack on which something is being done can be deleted all the same.
fn ends_with_deletion(status: StackStatus) -> bool {
    matches!(
        status,
        StackStatus::CreateInProgress
            | StackStatus::RollbackInProgress
            | StackStatus::DeleteInProgress
    )
}
