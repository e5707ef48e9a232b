//! Whom tasks call: functions, and any action of any service that the node has.
//!
//! All calls are made by the machine's role, or the one that a task names, and judged as if they came over the wire.

mod gateway;
mod lambda;
mod names;

use landline_wire::dispatcher::BoxFuture;
use landline_wire::{Caller, Dispatcher, ServiceError};
use serde_json::{Map, Value, json};

use crate::States;
use crate::definition::{Diagnostic, Machine, Optimized, Pattern, Resource, ServiceCall, Task};
use crate::execution::Run;
use crate::execution::record::{EXECUTIONS, ExecutionRecord, Status};
use crate::failure::{Failure, RUNTIME, TASK_FAILED};

pub use gateway::{ApiAnswer, CallApis};
pub(crate) use lambda::invoke as invoke_function;

/// One call of a task.
pub(crate) struct Calling<'a> {
    pub(crate) run: &'a Run,
    pub(crate) call: &'a ServiceCall,
    pub(crate) caller: Caller,
    pub(crate) payload: Value,
}

/// Makes the call; what the state gets of the answer.
pub(crate) fn call(calling: Calling<'_>) -> BoxFuture<'_, Result<Value, Failure>> {
    Box::pin(async move {
        let Value::Object(mut payload) = calling.payload else {
            let cause = format!(
                "The Parameters '{}' could not be used to start the Task: [The value is not an object]",
                calling.payload
            );
            return Err(Failure::new(RUNTIME, cause));
        };
        let config = &calling.run.states.config;
        let dispatcher = &config.dispatcher;
        let caller = &calling.caller;
        match calling.call {
            ServiceCall::Sdk { service, action } => {
                by_sdk(dispatcher, caller, service, action, payload).await
            }
            ServiceCall::Optimized(optimized) => match optimized {
                Optimized::LambdaInvoke => lambda::invoke_with(dispatcher, caller, payload).await,
                Optimized::InvokeApi => gateway::invoke(config, caller, &payload).await,
                optimized => {
                    prepare(*optimized, &mut payload, &calling.run.record);
                    let answer = optimized_call(dispatcher, caller, *optimized, payload).await?;
                    judge(*optimized, answer)
                }
            },
        }
    })
}

/// The parts of a payload that may be JSON where the service takes text; and what is added to it.
fn prepare(optimized: Optimized, payload: &mut Map<String, Value>, execution: &ExecutionRecord) {
    match optimized {
        Optimized::SqsSendMessage => write_out(payload, "MessageBody"),
        Optimized::SnsPublish => write_out(payload, "Message"),
        Optimized::StatesStartExecution => write_out(payload, "Input"),
        Optimized::EventsPutEvents => {
            let entries = payload.get_mut("Entries").and_then(Value::as_array_mut);
            for entry in entries.into_iter().flatten() {
                let Value::Object(entry) = entry else {
                    continue;
                };
                write_out(entry, "Detail");
                let resources = entry.entry("Resources").or_insert_with(|| json!([]));
                if let Value::Array(resources) = resources {
                    resources.push(execution.arn.as_str().into());
                    resources.push(execution.machine_arn.as_str().into());
                }
            }
        }
        _ => {}
    }
}

fn write_out(payload: &mut Map<String, Value>, name: &str) {
    if let Some(value) = payload.get_mut(name)
        && !value.is_string()
    {
        *value = value.to_string().into();
    }
}

async fn optimized_call(
    dispatcher: &Dispatcher,
    caller: &Caller,
    optimized: Optimized,
    payload: Map<String, Value>,
) -> Result<Value, Failure> {
    let (name, action) = optimized.names();
    let service = names::optimized(name);
    let document = Value::Object(payload).to_string();
    let operation = names::operation(action);
    let answer = dispatcher
        .call_by_name(service.module, &operation, document.as_bytes(), caller)
        .await;
    let answer = answer.map_err(|error| service.failure(dispatcher, &error, caller))?;
    let answer = serde_json::from_slice(&answer).unwrap_or_default();
    Ok(with_metadata(answer, caller))
}

/// What AWS's integrations tell of the HTTP answer.
fn with_metadata(mut answer: Value, caller: &Caller) -> Value {
    let id = &*caller.request_id;
    if let Value::Object(members) = &mut answer {
        members.insert(
            "SdkHttpMetadata".to_owned(),
            json!({
                "AllHttpHeaders": { "x-amzn-RequestId": [id], "Content-Type": ["application/x-amz-json-1.0"] },
                "HttpHeaders": { "x-amzn-RequestId": id, "Content-Type": "application/x-amz-json-1.0" },
                "HttpStatusCode": 200,
            }),
        );
        let metadata = json!({ "RequestId": id });
        members.insert("SdkResponseMetadata".to_owned(), metadata);
    }
    answer
}

/// An answer that is none: some entries of `PutEvents` may have failed.
fn judge(optimized: Optimized, answer: Value) -> Result<Value, Failure> {
    let failed = answer.get("FailedEntryCount").and_then(Value::as_i64);
    if optimized == Optimized::EventsPutEvents && failed.is_some_and(|failed| failed > 0) {
        let told = json!({ "Entries": answer["Entries"], "FailedEntryCount": failed });
        return Err(Failure::new("EventBridge.FailedEntry", told.to_string()));
    }
    Ok(answer)
}

async fn by_sdk(
    dispatcher: &Dispatcher,
    caller: &Caller,
    service: &str,
    action: &str,
    mut payload: Map<String, Value>,
) -> Result<Value, Failure> {
    let Some(service) = names::sdk(service) else {
        return Err(Failure::bare(RUNTIME));
    };
    if service.module == "lambda" {
        write_out(&mut payload, "Payload");
    }
    let document = Value::Object(payload).to_string();
    let operation = names::operation(action);
    let answer = dispatcher
        .call_by_name(service.module, &operation, document.as_bytes(), caller)
        .await;
    match answer {
        Ok(answer) => Ok(serde_json::from_slice(&answer).unwrap_or_default()),
        Err(error) => Err(service.failure(dispatcher, &error, caller)),
    }
}

/// Complains about tasks that would call what the node does not have.
pub(crate) fn unreachable(machine: &Machine, dispatcher: &Dispatcher) -> Vec<Diagnostic> {
    let tasks = machine.tasks().into_iter();
    let missing = tasks.filter_map(|(state, task)| missing(&state.name, task, dispatcher));
    missing.collect()
}

/// Complains about a task that would call what the node does not have.
pub(crate) fn missing(state: &str, task: &Task, dispatcher: &Dispatcher) -> Option<Diagnostic> {
    let Resource::Service {
        call: ServiceCall::Sdk { service, action },
        ..
    } = &task.resource
    else {
        return None;
    };
    let is_there = names::sdk(service)
        .is_some_and(|it| dispatcher.handles(it.module, &names::operation(action)));
    (!is_there).then(|| Diagnostic {
        code: "SCHEMA_VALIDATION_FAILED",
        message: format!(
            "The resource provided arn:aws:states:::aws-sdk:{service}:{action} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region."
        ),
        location: format!("/States/{state}/Resource"),
    })
}

/// Waits for the end of an execution that a task started; what it came to.
pub(crate) async fn wait_for_child(
    states: &States,
    started: &Value,
    pattern: Pattern,
) -> Result<Value, Failure> {
    let arn = started["ExecutionArn"].as_str().unwrap_or_default();
    let key = crate::execution_key(arn);
    if let Some(running) = key.as_ref().and_then(|key| states.executions.get(key)) {
        running.ended().await;
    }
    let record = match &key {
        Some(key) => EXECUTIONS.get(&*states.config.store, key).ok().flatten(),
        None => None,
    };
    let Some(record) = record else {
        return Err(Failure::new(
            TASK_FAILED,
            format!("There is no execution {arn}."),
        ));
    };
    let described = described(&record, pattern);
    match record.status {
        Status::Succeeded => Ok(described),
        _ => Err(Failure::new(TASK_FAILED, described.to_string())),
    }
}

fn described(record: &ExecutionRecord, pattern: Pattern) -> Value {
    let shown = |text: &str| match pattern {
        Pattern::SyncJson => serde_json::from_str(text).unwrap_or_else(|_| text.into()),
        _ => Value::from(text),
    };
    let mut described = json!({
        "ExecutionArn": record.arn,
        "Input": shown(&record.input),
        "InputDetails": { "Included": true },
        "Name": record.name,
        "StartDate": record.started_millis,
        "StateMachineArn": record.machine_arn,
        "Status": record.status.name(),
        "StopDate": record.stopped_millis,
    });
    if let Some(output) = &record.output {
        described["Output"] = shown(output);
        described["OutputDetails"] = json!({ "Included": true });
    }
    if let Some(error) = &record.failure.error {
        described["Error"] = error.as_str().into();
    }
    if let Some(cause) = &record.failure.cause {
        described["Cause"] = cause.as_str().into();
    }
    described
}

/// A service as integrations name it.
struct Service {
    /// The dispatcher's name for it.
    module: &'static str,
    /// What its errors begin with.
    prefix: &'static str,
    /// Who is said to have answered.
    label: &'static str,
    /// What an error that its model does not name is called.
    general: &'static str,
    is_optimized: bool,
}

impl Service {
    /// A refusal as a task fails with it.
    fn failure(&self, dispatcher: &Dispatcher, error: &ServiceError, caller: &Caller) -> Failure {
        let mut services = dispatcher.services().iter();
        let meta = services.find(|service| service.name == self.module);
        let shape = meta.and_then(|meta| {
            let mut shapes = meta.errors.iter();
            shapes.find(|shape| shape.code == error.code || shape.name == error.code)
        });
        let class = match shape {
            Some(shape) if shape.name.ends_with("Exception") => shape.name.to_owned(),
            Some(shape) => format!("{}Exception", shape.name),
            None => self.general.to_owned(),
        };
        let ServiceError {
            code,
            status,
            message,
            ..
        } = error;
        let (label, id) = (self.label, &caller.request_id);
        let cause = if self.is_optimized {
            format!(
                "{message} (Service: {label}; Status Code: {status}; Error Code: {code}; Request ID: {id}; Proxy: null)"
            )
        } else {
            format!(
                "{message} (Service: {label}, Status Code: {status}, Request ID: {id}) (SDK Attempt Count: 1)"
            )
        };
        Failure::new(format!("{}.{class}", self.prefix), cause)
    }
}
