//! Turning back: what a crash interrupted, what somebody cancels, what failed and was left as it was.

use std::collections::BTreeSet;

use super::deletion::USER_INITIATED;
use super::deploy::clean_up;
use super::event::Progress;
use super::occupancy::Busy;
use super::record::{Operation, OperationKind, Stack, StackStatus};
use super::rollback::{mark_skipped, roll_back};
use super::run::Run;
use super::{DeployError, Stacks};

/// A rollback that is written down.
#[derive(Debug)]
pub struct BegunRollback {
    _busy: Busy,
    stack: Stack,
}

impl BegunRollback {
    pub fn stack(&self) -> &Stack {
        &self.stack
    }
}

impl Stacks {
    /// Finishes what the end of the process interrupted: creations and updates are turned back, deletions and cleanups
    /// go on. Until it is their turn, nobody else can touch those stacks.
    pub async fn recover(&self, progress: &Progress) -> Result<(), DeployError> {
        self.index_exports().await?;
        let mut interrupted = Vec::new();
        for stack in self.list()? {
            if stack.status.is_in_progress()
                && let Some(busy) = self.occupancy.take(&stack.name)
            {
                interrupted.push((stack, busy));
            }
        }
        // Nested stacks first: those around them would wait for them.
        interrupted.sort_by_key(|(stack, _)| std::cmp::Reverse(stack.created_millis));
        for (stack, _busy) in interrupted {
            tracing::warn!(
                stack = stack.name,
                status = stack.status.as_str(),
                "finishing an operation that was interrupted"
            );
            Box::pin(self.finish(stack, progress)).await?;
        }
        Ok(())
    }

    async fn finish(&self, stack: Stack, progress: &Progress) -> Result<(), DeployError> {
        let mut run = Run::new(self, progress, stack);
        match run.stack.status {
            StackStatus::DeleteInProgress => {
                // The stack says itself what it could not delete; the others are still to be seen to.
                let reason = USER_INITIATED.to_owned();
                match self.remove_stack(run.stack, reason, progress).await {
                    Err(error @ DeployError::Store(_)) => Err(error),
                    _ => Ok(()),
                }
            }
            StackStatus::UpdateCompleteCleanupInProgress => clean_up(&mut run).await,
            _ => {
                roll_back(&mut run, "The operation was interrupted.".to_owned()).await?;
                Ok(())
            }
        }
    }

    /// Asks the update of a stack to turn back.
    pub fn cancel_update(&self, stack: &Stack) -> Result<(), DeployError> {
        if stack.status != StackStatus::UpdateInProgress || !self.turn_back(stack) {
            return Err(DeployError::NotCancellable);
        }
        Ok(())
    }

    /// Asks whatever is done to a stack to turn back; whether there is anything.
    pub(super) fn turn_back(&self, stack: &Stack) -> bool {
        self.callbacks.abandon(&stack.id);
        self.occupancy.turn_back(&stack.name)
    }

    /// Begins to turn back what failed and was left as it was (`RollbackStack`).
    pub async fn begin_rollback(
        &self,
        stack_name: &str,
        client_request_token: Option<String>,
        progress: &Progress,
    ) -> Result<BegunRollback, DeployError> {
        let can = |status| {
            matches!(
                status,
                StackStatus::CreateFailed | StackStatus::UpdateFailed
            )
        };
        let (busy, stack) = self.occupy_in(stack_name, can)?;
        let operation = Operation::new(OperationKind::Rollback, client_request_token);
        self.write_rollback(busy, stack, operation, &BTreeSet::new(), progress)
            .await
    }

    /// Begins to go on with a rollback that failed (`ContinueUpdateRollback`), without the resources that are skipped.
    pub async fn begin_continued_rollback(
        &self,
        stack_name: &str,
        skipped: &BTreeSet<String>,
        client_request_token: Option<String>,
        progress: &Progress,
    ) -> Result<BegunRollback, DeployError> {
        let can = |status| status == StackStatus::UpdateRollbackFailed;
        let (busy, stack) = self.occupy_in(stack_name, can)?;
        let operation = Operation::new(OperationKind::ContinueRollback, client_request_token);
        self.write_rollback(busy, stack, operation, skipped, progress)
            .await
    }

    /// Does the rollback that was begun.
    pub async fn carry_out_rollback(
        &self,
        begun: BegunRollback,
        progress: &Progress,
    ) -> Result<StackStatus, DeployError> {
        let mut run = Run::new(self, progress, begun.stack);
        roll_back(&mut run, "User Initiated".to_owned()).await
    }

    async fn write_rollback(
        &self,
        busy: Busy,
        stack: Stack,
        operation: Operation,
        skipped: &BTreeSet<String>,
        progress: &Progress,
    ) -> Result<BegunRollback, DeployError> {
        let mut run = Run::new(self, progress, stack);
        let unfinished = run.stack.operation.take();
        run.stack.operation = Some(Operation {
            previous: unfinished.and_then(|unfinished| unfinished.previous),
            ..operation
        });
        mark_skipped(&mut run, skipped);
        // The rollback itself tells that it begins; a crash before that is found by this status.
        run.stack.status = if run.stack.status == StackStatus::CreateFailed {
            StackStatus::RollbackInProgress
        } else {
            StackStatus::UpdateRollbackInProgress
        };
        run.save().await?;
        Ok(BegunRollback {
            _busy: busy,
            stack: run.stack,
        })
    }

    fn occupy_in(
        &self,
        stack_name: &str,
        can: impl Fn(StackStatus) -> bool,
    ) -> Result<(Busy, Stack), DeployError> {
        let busy = self.occupy(stack_name)?;
        let stack = self
            .get(stack_name)?
            .ok_or_else(|| DeployError::NoSuchStack {
                stack_name: stack_name.to_owned(),
            })?;
        if can(stack.status) {
            return Ok((busy, stack));
        }
        Err(DeployError::CannotBeRolledBack {
            stack: stack.id,
            status: stack.status,
        })
    }
}
