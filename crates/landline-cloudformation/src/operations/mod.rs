//! The CloudFormation API: what `aws cloudformation`, `sam`, `cdk` and `osls` call, answered with the stacks of this
//! node.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/Welcome.html>
//!
//! A change of a stack runs in a task of its own. The call that asked for it waits a little for the end: the waiters of
//! the tools look at once and then sleep for 15 to 30 seconds.

mod capabilities;
mod change_sets;
mod describe;
mod drift;
mod events;
mod exports;
mod imports;
mod page;
mod request;
mod resources;
mod review;
mod rollback;
mod stacks;
mod templates;
mod tokens;
mod view;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use landline_api::cloudformation as api;
use landline_store::StoreError;
use landline_wire::{DispatcherBuilder, ServiceError};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::stack::{DeployError, Progress, Stack, Stacks};

/// The service.
#[derive(Debug)]
pub struct CloudFormation {
    stacks: Arc<Stacks>,
    tasks: TaskTracker,
    closing: CancellationToken,
}

impl CloudFormation {
    /// A service that works on `stacks`.
    pub fn new(stacks: Arc<Stacks>) -> Arc<Self> {
        Arc::new(Self {
            stacks,
            tasks: TaskTracker::new(),
            closing: CancellationToken::new(),
        })
    }

    /// Lets this service answer its operations.
    pub fn register(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        builder
            .register::<api::CreateStack, _>(self.clone())
            .register::<api::UpdateStack, _>(self.clone())
            .register::<api::DeleteStack, _>(self.clone())
            .register::<api::DescribeStacks, _>(self.clone())
            .register::<api::ListStacks, _>(self.clone())
            .register::<api::DescribeStackEvents, _>(self.clone())
            .register::<api::DescribeEvents, _>(self.clone())
            .register::<api::DescribeStackResource, _>(self.clone())
            .register::<api::DescribeStackResources, _>(self.clone())
            .register::<api::ListStackResources, _>(self.clone())
            .register::<api::GetTemplate, _>(self.clone())
            .register::<api::GetTemplateSummary, _>(self.clone())
            .register::<api::ValidateTemplate, _>(self.clone())
            .register::<api::CreateChangeSet, _>(self.clone())
            .register::<api::DescribeChangeSet, _>(self.clone())
            .register::<api::ExecuteChangeSet, _>(self.clone())
            .register::<api::DeleteChangeSet, _>(self.clone())
            .register::<api::ListChangeSets, _>(self.clone())
            .register::<api::ListExports, _>(self.clone())
            .register::<api::ListImports, _>(self.clone())
            .register::<api::UpdateTerminationProtection, _>(self.clone())
            .register::<api::RollbackStack, _>(self.clone())
            .register::<api::ContinueUpdateRollback, _>(self.clone())
            .register::<api::CancelUpdateStack, _>(self.clone())
            .register::<api::SignalResource, _>(self.clone())
            .register::<api::SetStackPolicy, _>(self.clone())
            .register::<api::GetStackPolicy, _>(self.clone())
            .register::<api::DescribeAccountLimits, _>(self.clone())
            .register::<api::DetectStackDrift, _>(self.clone())
            .register::<api::DetectStackResourceDrift, _>(self.clone())
            .register::<api::DescribeStackDriftDetectionStatus, _>(self.clone())
            .register::<api::DescribeStackResourceDrifts, _>(self.clone());
    }

    /// The stacks that the service works on.
    pub fn stacks(&self) -> &Arc<Stacks> {
        &self.stacks
    }

    /// Finishes what the end of the process interrupted, in a task, and waits a little for it: a custom resource may
    /// need what is not there before the node lets clients in.
    pub async fn recover(&self) {
        let stacks = self.stacks.clone();
        let work = async move {
            if let Err(error) = stacks.recover(&Progress::none()).await {
                tracing::error!(%error, "interrupted operations could not be finished");
            }
        };
        self.set_going(work, RECOVERY_PATIENCE).await;
    }

    /// Lets what is under way end, if that does not take long; the next start turns back what does.
    pub async fn shutdown(&self) {
        self.tasks.close();
        if timeout(CLOSING_PATIENCE, self.tasks.wait()).await.is_err() {
            self.closing.cancel();
            self.tasks.wait().await;
        }
    }

    /// Runs work that outlives the call that asked for it, and waits for its end as long as `patience` lasts.
    async fn set_going(&self, work: impl Future<Output = ()> + Send + 'static, patience: Duration) {
        let closing = self.closing.clone();
        let task = self.tasks.spawn(async move {
            tokio::select! {
                () = closing.cancelled() => {}
                () = work => {}
            }
        });
        // Whoever asked looks how it ended; a panic of the work is told by the runtime.
        let _ended = timeout(patience, task).await;
    }

    /// Runs a change of a stack.
    async fn change<T>(&self, work: impl Future<Output = Result<T, DeployError>> + Send + 'static) {
        let work = Box::pin(async move {
            if let Err(error @ DeployError::Store(_)) = work.await {
                tracing::error!(%error, "an operation on a stack could not be written down");
            }
        });
        self.set_going(work, PATIENCE).await;
    }

    /// A stack by name or ARN, in the words of most operations if there is none.
    fn existing(&self, name_or_id: &str) -> Result<Stack, ServiceError> {
        let found = self.stacks.find(name_or_id).map_err(unavailable)?;
        found.ok_or_else(|| invalid(format!("Stack [{name_or_id}] does not exist")))
    }

    /// The same in the words of those operations that describe.
    fn described(&self, name_or_id: &str) -> Result<Stack, ServiceError> {
        let found = self.stacks.find(name_or_id).map_err(unavailable)?;
        found.ok_or_else(|| invalid(format!("Stack with id {name_or_id} does not exist")))
    }
}

/// `ValidationError`, in which CloudFormation puts almost everything.
fn invalid(message: impl Into<String>) -> ServiceError {
    ServiceError::new("ValidationError", 400, message)
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn unavailable(error: StoreError) -> ServiceError {
    ServiceError::internal(&error)
}

/// What a refused operation says.
fn refusal(error: DeployError) -> ServiceError {
    match error {
        DeployError::Store(error) => unavailable(error),
        DeployError::AlreadyExists { .. } => {
            api::errors::AlreadyExistsException.with(error.to_string())
        }
        DeployError::Refused(refused) => invalid(refused.message),
        other => invalid(other.to_string()),
    }
}

/// How long a call waits for the end of what it set going.
const PATIENCE: Duration = Duration::from_millis(1_500);
/// How long a start waits for interrupted operations.
const RECOVERY_PATIENCE: Duration = Duration::from_secs(20);
/// How long operations get to end when the node ends.
const CLOSING_PATIENCE: Duration = Duration::from_secs(5);

#[cfg(test)]
mod tests;
