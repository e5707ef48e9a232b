//! AWS Step Functions: state machines, their executions, and the activities that they give work to.
//!
//! 1. [`definition`]: the Amazon States Language, read and checked once (pure);
//! 2. [`path`], [`intrinsic`], [`jsonata`]: the languages in which states say what they want (pure);
//! 3. [`expression`]: templates of values in either, and the data flow around a state (pure);
//! 4. [`failure`], [`nesting`]: errors by the names that machines know them by, and what no machine may make (pure);
//! 5. [`machine`], [`activity`]: what there is, in the store and in memory;
//! 6. [`execution`]: from the start of an execution to its end, over restarts;
//! 7. [`integration`]: whom tasks call;
//! 8. [`operations`]: the API.
//!
//! A standard execution is in the store from its acceptance to its end. An express one lives in memory, and ends with
//! the process.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/welcome.html>

mod activity;
mod definition;
mod errors;
mod execution;
mod expression;
mod failure;
pub mod fuzzing;
mod integration;
mod intrinsic;
mod jsonata;
mod machine;
mod nesting;
mod operations;
mod path;
mod quotas;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use landline_store::{Store, StoreError};
use landline_wire::{Arn, Caller, Clock, Dispatcher, Timestamp};
use tokio::runtime::Handle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use activity::Activities;
use execution::journal::Journal;
use execution::{Executions, record, tokens::Tokens};
pub use integration::{ApiAnswer, CallApis};
use machine::{ALIASES, MACHINES, Machines, REVISIONS, VERSIONS};

/// What the service is built from.
#[derive(Debug)]
pub struct StatesConfig {
    /// Where it keeps its state.
    pub store: Arc<dyn Store>,
    /// The time of day.
    pub clock: Arc<dyn Clock>,
    /// Whom tasks call.
    pub dispatcher: Dispatcher,
    /// The APIs that tasks call.
    pub apis: Arc<dyn CallApis>,
    /// Whose machines these are.
    pub account_id: Arc<str>,
    /// Where they are.
    pub region: Arc<str>,
}

/// The service.
#[derive(Debug)]
pub struct States {
    config: StatesConfig,
    machines: Machines,
    activities: Activities,
    executions: Executions,
    tokens: Tokens,
    journal: Journal,
    /// Held while machines or activities change.
    changes: tokio::sync::Mutex<()>,
    runtime: Handle,
    stop: CancellationToken,
    tasks: TaskTracker,
}

impl States {
    /// A service on a store. To be called inside a runtime, whose tasks run the executions.
    ///
    /// # Errors
    ///
    /// The store's, when it cannot be read.
    pub fn open(config: StatesConfig) -> Result<Arc<Self>, StoreError> {
        let runtime = Handle::current();
        let caller = Caller::root(&config.account_id, &config.region);
        let caller = caller.service("delivery.logs.amazonaws.com", "");
        let (journal, writing) = Journal::new(config.dispatcher.clone(), caller);
        runtime.spawn(writing);
        Ok(Arc::new(Self {
            journal,
            machines: Machines::load(&*config.store)?,
            activities: Activities::load(&*config.store)?,
            config,
            executions: Executions::default(),
            tokens: Tokens::default(),
            changes: tokio::sync::Mutex::default(),
            runtime,
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
        }))
    }

    /// Goes on with the executions of an earlier process. To be called when others can be called.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub fn resume(self: &Arc<Self>) -> Result<(), StoreError> {
        self.resume_executions()
    }

    /// Lets go of all executions; standard ones go on after the next start.
    pub async fn shutdown(&self) {
        self.stop.cancel();
        self.tasks.close();
        self.tasks.wait().await;
        self.journal.flush().await;
    }

    fn now(&self) -> Timestamp {
        self.config.clock.now()
    }

    fn arn(&self, resource: &str) -> String {
        let (region, account) = (&self.config.region, &self.config.account_id);
        format!("arn:aws:states:{region}:{account}:{resource}")
    }

    /// Removes a machine with all that belongs to it. To be called with `changes` locked.
    async fn purge(&self, machine: &str) -> Result<(), StoreError> {
        let name = machine.to_owned();
        self.forget_executions(machine, 0).await?;
        let purged = self
            .config
            .store
            .write(move |transaction| -> Result<(), StoreError> {
                let under = record::key(&name, "");
                MACHINES.delete_in(transaction, &name);
                REVISIONS.delete_under_in(transaction, &under)?;
                VERSIONS.delete_under_in(transaction, &under)?;
                ALIASES.delete_under_in(transaction, &under)
            })
            .await;
        if purged.is_ok() {
            self.machines.remove(machine);
        }
        purged
    }
}

/// The key of a standard execution.
fn execution_key(arn: &str) -> Option<String> {
    let arn = Arn::parse(arn).filter(|arn| arn.service == "states")?;
    let (machine, name) = arn.resource.strip_prefix("execution:")?.split_once(':')?;
    Some(record::key(machine, name))
}
