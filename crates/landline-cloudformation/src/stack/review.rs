//! A stack that a change set announces: it has a name, an ARN and an event, but nothing in it until the change set is
//! executed.

use super::event::Progress;
use super::record::{Stack, StackStatus};
use super::run::Run;
use super::{DeployError, Stacks, check_name};

impl Stacks {
    /// The stack of that name that waits for a review, made if there is none.
    pub async fn announce(&self, stack_name: &str) -> Result<Stack, DeployError> {
        check_name(stack_name)?;
        let _busy = self.occupy(stack_name)?;
        match self.get(stack_name)? {
            Some(stack) if stack.status == StackStatus::ReviewInProgress => return Ok(stack),
            Some(stack) => {
                return Err(DeployError::AlreadyExists {
                    stack_name: stack.name,
                });
            }
            None => {}
        }
        let progress = Progress::none();
        let mut run = Run::new(self, &progress, self.new_stack(stack_name));
        run.set_status(
            StackStatus::ReviewInProgress,
            Some("User Initiated".to_owned()),
        );
        run.save().await?;
        Ok(run.stack)
    }

    /// Changes what belongs to a stack whatever its template says.
    pub async fn change_settings(
        &self,
        stack_name: &str,
        change: impl FnOnce(&mut Stack) + Send,
    ) -> Result<Stack, DeployError> {
        let _busy = self.occupy(stack_name)?;
        let mut stack = self
            .get(stack_name)?
            .ok_or_else(|| DeployError::NoSuchStack {
                stack_name: stack_name.to_owned(),
            })?;
        change(&mut stack);
        let progress = Progress::none();
        let mut run = Run::new(self, &progress, stack);
        run.save().await?;
        Ok(run.stack)
    }
}
