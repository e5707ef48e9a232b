//! Functions that do what a test says, and remember what they were asked.

use std::sync::Arc;

use landline_api::lambda::{Invoke, InvokeInput, InvokeOutput};
use landline_wire::{Caller, Handler, ServiceError};
use parking_lot::Mutex;
use serde_json::{Value, json};
use tokio::sync::{Notify, Semaphore};

/// What a function does with its event.
#[derive(Debug, Clone)]
pub(crate) enum Behaviour {
    Returns(Value),
    /// Returns the id of the connection.
    TellsId,
    Throws,
    /// Throws an error with this message.
    ThrowsError(&'static str),
    /// Takes for ever.
    Hangs,
    /// Returns once the test gives a permit.
    Waits(Arc<Semaphore>, Value),
    /// API Gateway may not invoke it.
    Denies,
    Panics,
}

impl Behaviour {
    pub(crate) fn status(code: u16) -> Self {
        Self::Returns(json!({ "statusCode": code }))
    }

    pub(crate) fn body(text: &str) -> Self {
        Self::Returns(json!({ "statusCode": 200, "body": text }))
    }
}

/// One invocation, as the function saw it.
#[derive(Debug, Clone)]
pub(crate) struct Invocation {
    pub(crate) function: String,
    pub(crate) event: Value,
    pub(crate) source_arn: Option<String>,
    pub(crate) principal: String,
    pub(crate) trace_id: Option<String>,
    pub(crate) request_id: String,
    pub(crate) user_agent: Option<String>,
}

#[derive(Default)]
pub(crate) struct FakeFunctions {
    behaviours: Mutex<Vec<(String, Behaviour)>>,
    invocations: Mutex<Vec<Invocation>>,
    changed: Notify,
}

impl FakeFunctions {
    /// From now on `function` behaves so; without a word it returns status 200.
    pub(crate) fn set(&self, function: &str, behaviour: Behaviour) {
        self.behaviours
            .lock()
            .push((function.to_owned(), behaviour));
    }

    pub(crate) fn count(&self, function: &str) -> usize {
        self.invocations
            .lock()
            .iter()
            .filter(|i| i.function == function)
            .count()
    }

    /// The `nth` invocation of a function, once it has come.
    pub(crate) async fn nth(&self, function: &str, nth: usize) -> Invocation {
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            let known = self
                .invocations
                .lock()
                .iter()
                .filter(|i| i.function == function)
                .nth(nth)
                .cloned();
            if let Some(invocation) = known {
                return invocation;
            }
            changed.await;
        }
    }

    pub(crate) async fn first(&self, function: &str) -> Invocation {
        self.nth(function, 0).await
    }

    fn record(&self, input: &InvokeInput, caller: &Caller) -> Behaviour {
        let function = input.function_name.rsplit(':').next().unwrap().to_owned();
        let payload = input.payload.clone().unwrap();
        let event: Value = serde_json::from_slice(&payload).unwrap();
        let id = event["requestContext"]["connectionId"].clone();
        self.invocations.lock().push(Invocation {
            event,
            source_arn: caller.source_arn.as_deref().map(str::to_owned),
            principal: caller.principal.to_string(),
            trace_id: caller.trace_id.as_deref().map(str::to_owned),
            request_id: caller.request_id.to_string(),
            user_agent: caller.user_agent.as_deref().map(str::to_owned),
            function: function.clone(),
        });
        self.changed.notify_waiters();
        let behaviours = self.behaviours.lock();
        let known = behaviours.iter().rev().find(|(name, _)| *name == function);
        match known.map(|(_, behaviour)| behaviour.clone()) {
            Some(Behaviour::TellsId) => {
                Behaviour::Returns(json!({ "statusCode": 200, "body": id }))
            }
            Some(behaviour) => behaviour,
            None => Behaviour::status(200),
        }
    }
}

impl Handler<Invoke> for FakeFunctions {
    async fn handle(
        &self,
        input: InvokeInput,
        caller: &Caller,
    ) -> Result<InvokeOutput, ServiceError> {
        let answer = |value: Value| InvokeOutput {
            status_code: Some(200),
            payload: Some(value.to_string().into()),
            ..InvokeOutput::default()
        };
        match self.record(&input, caller) {
            Behaviour::Returns(value) => Ok(answer(value)),
            Behaviour::TellsId => unreachable!("became an answer when it was recorded"),
            Behaviour::Throws => Ok(thrown("boom")),
            Behaviour::ThrowsError(message) => Ok(thrown(message)),
            Behaviour::Hangs => std::future::pending().await,
            Behaviour::Waits(permits, value) => {
                permits.acquire().await.unwrap().forget();
                Ok(answer(value))
            }
            Behaviour::Denies => Err(ServiceError::new("AccessDeniedException", 403, "no")),
            Behaviour::Panics => panic!("the integration panics, as the test wants"),
        }
    }
}

fn thrown(message: &str) -> InvokeOutput {
    let error = json!({ "errorMessage": message, "errorType": "Error" });
    InvokeOutput {
        status_code: Some(200),
        function_error: Some("Unhandled".to_owned()),
        payload: Some(error.to_string().into()),
        ..InvokeOutput::default()
    }
}
