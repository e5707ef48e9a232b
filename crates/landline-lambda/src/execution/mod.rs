//! Running functions: from an event to its outcome.
//!
//! 1. [`pool`]: finds a warm worker, starts one, or makes the event wait;
//! 2. [`worker`]: the life of one execution environment, one task that owns all its state;
//! 3. [`runtime`]: what an environment is: a child process that speaks the Runtime API
//!    ([`runtime_api`], [`http`]), or a closure in tests;
//! 4. [`logs`]: what it prints; [`invocation`]: what goes in and what comes out.

pub(crate) mod http;
pub(crate) mod invocation;
pub(crate) mod logs;
pub(crate) mod node;
pub(crate) mod pool;
pub(crate) mod runtime;
pub(crate) mod runtime_api;
mod trace;
mod worker;

pub(crate) use invocation::StreamPart;
pub use invocation::{Exit, Failure, Invocation, LogTail, Outcome};
pub use logs::{LogBatch, LogLine, WorkerLog};
pub use runtime::{BoxFuture, Environment, FunctionRuntime, InProcess};
