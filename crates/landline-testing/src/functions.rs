//! Functions that a test scripts: what the gateway sends to Lambda, and what comes back.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use landline_api::lambda::{Invoke, InvokeInput, InvokeOutput};
use landline_wire::{Caller, Handler, ServiceError};
use serde_json::{Value, json};
use tokio::sync::{Mutex, Notify, watch};

/// How long a test waits for a call that must come.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a scripted function does with an event.
#[derive(Debug, Clone)]
pub enum Answer {
    /// Returns this as its result.
    Returns(Value),
    /// Returns these bytes, whatever they are.
    ReturnsBytes(&'static [u8]),
    /// Throws an error with this message.
    Throws(&'static str),
    /// Throws an error of this type with this message.
    ThrowsType(&'static str, &'static str),
    /// Lambda itself refuses the call.
    Refused(ServiceError),
    /// Never answers.
    Hangs,
    /// Answers with a result once [`FakeFunctions::release`] is called.
    WaitsThenReturns(Value),
}

impl Answer {
    /// `{"statusCode": 200}`.
    pub fn ok() -> Self {
        Self::status(200)
    }

    /// `{"statusCode": status}`.
    pub fn status(status: u16) -> Self {
        Self::Returns(json!({ "statusCode": status }))
    }

    /// `{"statusCode": 200, "body": body}`.
    pub fn body(body: &str) -> Self {
        Self::Returns(json!({ "statusCode": 200, "body": body }))
    }
}

/// One call that a function received.
#[derive(Debug, Clone)]
pub struct Call {
    /// The function's name.
    pub function: String,
    /// The event.
    pub event: Value,
    /// The event as it was sent, for the order of its members.
    pub text: String,
    /// On whose behalf: the route's ARN.
    pub source_arn: Option<String>,
}

type Script = Arc<dyn Fn(&Value) -> Answer + Send + Sync>;

/// All functions of a node under test. Clones are the same functions.
#[derive(Clone)]
pub struct FakeFunctions {
    scripts: Arc<parking_lot::Mutex<HashMap<String, Script>>>,
    calls: Arc<Mutex<Vec<Call>>>,
    called: Arc<Notify>,
    released: watch::Sender<bool>,
}

impl std::fmt::Debug for FakeFunctions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FakeFunctions")
    }
}

impl FakeFunctions {
    /// Functions that all answer `{"statusCode": 200}` until they are scripted.
    #[expect(clippy::new_without_default, reason = "made on purpose")]
    pub fn new() -> Self {
        Self {
            scripts: Arc::default(),
            calls: Arc::default(),
            called: Arc::default(),
            released: watch::channel(false).0,
        }
    }

    /// The function always answers this.
    pub fn answers(&self, function: &str, answer: Answer) {
        self.script(function, move |_| answer.clone());
    }

    /// The function answers what `script` makes of the event.
    pub fn script(
        &self,
        function: &str,
        script: impl Fn(&Value) -> Answer + Send + Sync + 'static,
    ) {
        self.scripts
            .lock()
            .insert(function.to_owned(), Arc::new(script));
    }

    /// Lets every call that waits go on.
    pub fn release(&self) {
        self.released.send_replace(true);
    }

    /// The calls so far of one function.
    pub async fn calls(&self, function: &str) -> Vec<Call> {
        let calls = self.calls.lock().await;
        calls
            .iter()
            .filter(|call| call.function == function)
            .cloned()
            .collect()
    }

    /// Waits until the function was called `count` times, and gives those calls.
    ///
    /// # Panics
    ///
    /// When they do not come.
    pub async fn wait_for(&self, function: &str, count: usize) -> Vec<Call> {
        let waiting = async {
            loop {
                let called = self.called.notified();
                let calls = self.calls(function).await;
                if calls.len() >= count {
                    return calls;
                }
                called.await;
            }
        };
        let waited = tokio::time::timeout(PATIENCE, waiting).await;
        waited.unwrap_or_else(|_| panic!("{function} was not called {count} times"))
    }
}

impl Handler<Invoke> for FakeFunctions {
    async fn handle(
        &self,
        input: InvokeInput,
        caller: &Caller,
    ) -> Result<InvokeOutput, ServiceError> {
        let function = input
            .function_name
            .rsplit(':')
            .next()
            .unwrap_or_default()
            .to_owned();
        let payload = input.payload.unwrap_or_default();
        let event: Value = serde_json::from_slice(&payload).unwrap_or(Value::Null);
        let script = self.scripts.lock().get(&function).cloned();
        let answer = script.map_or_else(Answer::ok, |script| script(&event));
        self.calls.lock().await.push(Call {
            function,
            event,
            text: String::from_utf8_lossy(&payload).into_owned(),
            source_arn: caller.source_arn.as_deref().map(str::to_owned),
        });
        self.called.notify_waiters();
        match answer {
            Answer::Returns(value) => Ok(returned(value.to_string().into())),
            Answer::ReturnsBytes(bytes) => Ok(returned(Bytes::from_static(bytes))),
            Answer::Throws(message) => Ok(thrown("Error", message)),
            Answer::ThrowsType(kind, message) => Ok(thrown(kind, message)),
            Answer::Refused(error) => Err(error),
            Answer::Hangs => std::future::pending().await,
            Answer::WaitsThenReturns(value) => {
                let mut released = self.released.subscribe();
                let _ = released.wait_for(|released| *released).await;
                Ok(returned(value.to_string().into()))
            }
        }
    }
}

fn returned(payload: Bytes) -> InvokeOutput {
    InvokeOutput {
        status_code: Some(200),
        executed_version: Some("$LATEST".to_owned()),
        payload: Some(payload),
        ..InvokeOutput::default()
    }
}

fn thrown(kind: &str, message: &str) -> InvokeOutput {
    let error = json!({ "errorType": kind, "errorMessage": message });
    InvokeOutput {
        function_error: Some("Unhandled".to_owned()),
        ..returned(error.to_string().into())
    }
}
