//! AWS Lambda: functions, their code and their permissions, and how they run.
//!
//! # Layout
//!
//! 1. [`Lambda`]: the service; the composition root opens, registers and shuts it down;
//! 2. `operations`: a file per family of API operations;
//! 3. `function`, `functions`, `code`: what is remembered of a function, how it is found, and its
//!    code on disk;
//! 4. `execution`: from an event to its outcome, in an environment that speaks the Runtime API;
//! 5. `mapping`: functions that are called with what a stream holds;
//! 6. `url`: functions behind HTTP endpoints of their own;
//! 7. `quotas`: all limits.
//!
//! Functions run as child processes with the rights of Landline's user: run code that you trust.

pub mod code;
mod config;
mod execution;
mod function;
mod functions;
mod lambda;
mod mapping;
mod operations;
mod quotas;
mod url;

#[cfg(test)]
mod tests;

pub use config::{Credentials, IssueCredentials, LambdaConfig, Limits, WatchStreams};
pub use execution::runtime::{node_diversion, worker_main};
pub use execution::{
    BoxFuture, Environment, Exit, Failure, FunctionRuntime, InProcess, Invocation, LogBatch,
    LogLine, LogTail, Outcome, WorkerLog,
};
pub use function::{Family, FunctionSpec};
pub use lambda::{Lambda, OpenError};
pub use operations::streaming::{BrokenOff, EventStream};
pub use url::{UrlAnswer, UrlCaller, UrlRequest, UrlStream};
