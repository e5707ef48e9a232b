//! Functions as closures in this process: the seam of tests.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;

use super::{BoxFuture, Environment, FunctionRuntime};
use crate::execution::invocation::{Failure, Invocation};
use crate::execution::logs::WorkerLog;
use crate::function::FunctionSpec;

/// Answers an event of the named function: the answer's JSON, or the error's.
type Answer =
    dyn Fn(String, Bytes) -> BoxFuture<'static, Result<Bytes, Bytes>> + Send + Sync + 'static;

/// Runs every function as one asynchronous closure.
#[derive(Clone)]
pub struct InProcess(Arc<Answer>);

impl InProcess {
    /// A runtime that answers with `answer(function_name, event)`.
    pub fn new<F, A>(answer: F) -> Self
    where
        F: Fn(String, Bytes) -> A + Send + Sync + 'static,
        A: Future<Output = Result<Bytes, Bytes>> + Send + 'static,
    {
        Self(Arc::new(move |name, event| Box::pin(answer(name, event))))
    }
}

impl fmt::Debug for InProcess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InProcess")
    }
}

impl FunctionRuntime for InProcess {
    fn prepare<'a>(&'a self, _function: &'a FunctionSpec) -> BoxFuture<'a, Result<(), Failure>> {
        Box::pin(async { Ok(()) })
    }

    fn start<'a>(
        &'a self,
        function: &'a Arc<FunctionSpec>,
        _log: &'a mut WorkerLog,
    ) -> BoxFuture<'a, Result<Box<dyn Environment>, Failure>> {
        let environment = InProcessEnvironment {
            answer: self.0.clone(),
            name: function.name.clone(),
        };
        Box::pin(async { Ok(Box::new(environment) as Box<dyn Environment>) })
    }
}

struct InProcessEnvironment {
    answer: Arc<Answer>,
    name: Arc<str>,
}

impl fmt::Debug for InProcessEnvironment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InProcessEnvironment")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl Environment for InProcessEnvironment {
    fn invoke<'a>(
        &'a mut self,
        invocation: &'a Invocation,
        _deadline_millis: i64,
        _log: &'a mut WorkerLog,
    ) -> BoxFuture<'a, Result<Bytes, Failure>> {
        let answer = (self.answer)(self.name.to_string(), invocation.payload.clone());
        Box::pin(async {
            answer.await.map_err(|body| Failure::Reported {
                error_type: "Error".into(),
                body,
            })
        })
    }

    fn settle<'a>(&'a mut self, _log: &'a mut WorkerLog) -> BoxFuture<'a, Result<(), Failure>> {
        Box::pin(async { Ok(()) })
    }

    fn ended<'a>(&'a mut self, _log: &'a mut WorkerLog) -> BoxFuture<'a, ()> {
        Box::pin(std::future::pending())
    }

    fn destroy<'a>(&'a mut self, _log: &'a mut WorkerLog) -> BoxFuture<'a, ()> {
        Box::pin(async {})
    }
}
