//! What an execution environment is: a child process in production, a closure in tests.

mod environment;
mod in_process;
mod interpreter;
mod packs;
mod process;
mod spawner;
mod worker_folders;
mod worker_main;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;

use super::invocation::{Failure, Invocation};
use super::logs::WorkerLog;
use crate::function::FunctionSpec;

pub use environment::node_diversion;
pub use in_process::InProcess;
pub(crate) use process::ProcessRuntime;
pub use worker_main::worker_main;

/// A boxed future, as the runtime's objects return it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Makes execution environments.
pub trait FunctionRuntime: Send + Sync + fmt::Debug {
    /// Does what may take long and is not the function's fault: finds the interpreter, installs
    /// the runtime's packages.
    fn prepare<'a>(&'a self, function: &'a FunctionSpec) -> BoxFuture<'a, Result<(), Failure>>;

    /// Starts an environment and waits until it asks for its first event. Dropping the future
    /// kills what has started.
    fn start<'a>(
        &'a self,
        function: &'a Arc<FunctionSpec>,
        log: &'a mut WorkerLog,
    ) -> BoxFuture<'a, Result<Box<dyn Environment>, Failure>>;

    /// Ends what environments have left behind, after the last of them has gone.
    fn close(&self) -> BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}

/// An execution environment that has started. Dropping it kills what runs in it.
pub trait Environment: Send + fmt::Debug {
    /// Hands over an event and waits for the answer. The caller limits the time.
    fn invoke<'a>(
        &'a mut self,
        invocation: &'a Invocation,
        deadline_millis: i64,
        log: &'a mut WorkerLog,
    ) -> BoxFuture<'a, Result<Bytes, Failure>>;

    /// Waits until the environment asks for the next event.
    fn settle<'a>(&'a mut self, log: &'a mut WorkerLog) -> BoxFuture<'a, Result<(), Failure>>;

    /// Waits until the environment ends by itself, and takes what it prints until then.
    /// Dropping the future is harmless.
    fn ended<'a>(&'a mut self, log: &'a mut WorkerLog) -> BoxFuture<'a, ()>;

    /// Stops the environment while it has nothing to do.
    fn freeze(&mut self) {}

    /// Lets a stopped environment go on.
    fn thaw(&mut self) {}

    /// Ends everything in the environment, now.
    fn kill(&mut self) {}

    /// The most memory that it used so far, in megabytes.
    fn max_memory_mb(&mut self) -> u32 {
        0
    }

    /// Ends everything in the environment and waits until it is gone.
    fn destroy<'a>(&'a mut self, log: &'a mut WorkerLog) -> BoxFuture<'a, ()>;
}
