//! Machines and executions through their typed operations, in a world that writes down what it is told.

mod activities;
mod callbacks;
mod data;
mod errors;
mod executions;
mod fans;
mod integrations;
mod logs;
mod machines;
mod redrives;
mod restarts;
mod trials;

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use landline_api::{
    apigatewaymanagementapi as sockets, dynamodb, lambda, logs as log_groups, sqs,
    stepfunctions as api,
};
use landline_store::{Store, open_memory};
use landline_wire::dispatcher::BoxFuture;
use landline_wire::shape::Unit;
use landline_wire::{
    Caller, Clock, Dispatcher, DispatcherBuilder, Operation, ServiceError, Timestamp,
};
use parking_lot::Mutex;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::{ApiAnswer, CallApis, States, StatesConfig};

/// A clock that goes as tokio's time does, which a test may pause.
#[derive(Debug)]
struct TokioClock(Instant);

/// `2027-02-03T09:15:42.107Z`
const START: i64 = 1_801_646_142_107;

impl Clock for TokioClock {
    fn now(&self) -> Timestamp {
        let passed = i64::try_from(self.0.elapsed().as_millis()).unwrap();
        Timestamp::from_millis(START + passed)
    }
}

/// What was told to whom, and what they answer.
#[derive(Debug, Default)]
struct World {
    told: Mutex<Vec<Told>>,
    /// What functions answer, by turns; then they give back what they get.
    answers: Mutex<VecDeque<Result<Value, ServiceError>>>,
}

#[derive(Debug, Clone, PartialEq)]
struct Told {
    to: String,
    by: String,
    what: Value,
}

impl World {
    fn tell(&self, to: &str, caller: &Caller, what: Value) {
        self.told.lock().push(Told {
            to: to.to_owned(),
            by: caller.principal.to_string(),
            what,
        });
    }

    fn told(&self) -> Vec<Told> {
        self.told.lock().clone()
    }

    fn answer(&self, answer: Value) {
        self.answers.lock().push_back(Ok(answer));
    }

    /// A function that throws.
    fn throw(&self, kind: &str, message: &str) {
        let thrown = json!({ "errorType": kind, "errorMessage": message });
        let refusal = ServiceError::new("Thrown", 200, thrown.to_string());
        self.answers.lock().push_back(Err(refusal));
    }
}

impl CallApis for World {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<ApiAnswer, String>> {
        let body = String::from_utf8_lossy(request.body()).into_owned();
        self.told.lock().push(Told {
            to: format!("{} {}", request.method(), request.uri()),
            by: String::new(),
            what: body.into(),
        });
        let answer = Response::builder().status(if request.uri().path().contains("missing") {
            403
        } else {
            200
        });
        let answer = answer.header("content-type", "application/json");
        let answer = answer.body(Bytes::from_static(b"{\"ok\":true}")).unwrap();
        Box::pin(async move { Ok(answer) })
    }
}

/// Who moves the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Time {
    /// Nobody: it passes.
    Real,
    /// The fixture, whenever nothing happens without.
    Paused,
}

struct Fixture {
    time: Time,
    dispatcher: Dispatcher,
    states: Arc<States>,
    store: Arc<dyn Store>,
    world: Arc<World>,
}

const ROLE: &str = "arn:aws:iam::000000000000:role/machine";
const FUNCTION: &str = "arn:aws:lambda:eu-west-1:000000000000:function:work";

impl Fixture {
    fn new() -> Self {
        Self::on(open_memory(), Arc::default())
    }

    /// For tests that begin with a paused clock.
    fn paused() -> Self {
        Self {
            time: Time::Paused,
            ..Self::new()
        }
    }

    fn on(store: Arc<dyn Store>, world: Arc<World>) -> Self {
        let mut builder = DispatcherBuilder::new();
        register_world(&mut builder, &world);
        register_logs(&mut builder, &world);
        let states = States::open(StatesConfig {
            store: store.clone(),
            clock: Arc::new(TokioClock(Instant::now())),
            dispatcher: builder.dispatcher(),
            apis: world.clone(),
            account_id: "000000000000".into(),
            region: "eu-west-1".into(),
        })
        .unwrap();
        states.register(&mut builder);
        let dispatcher = builder.seal();
        states.resume().unwrap();
        Self {
            time: Time::Real,
            dispatcher,
            states,
            store,
            world,
        }
    }

    async fn call<Op: Operation>(&self, input: Op::Input) -> Result<Op::Output, ServiceError> {
        let caller = Caller::root("000000000000", "eu-west-1");
        self.dispatcher.call::<Op>(input, &caller).await
    }

    async fn create(&self, definition: &Value) -> Result<String, ServiceError> {
        self.create_kind(definition, None).await
    }

    async fn create_kind(
        &self,
        definition: &Value,
        kind: Option<api::StateMachineType>,
    ) -> Result<String, ServiceError> {
        let input = api::CreateStateMachineInput {
            name: "machine".to_owned(),
            definition: definition.to_string(),
            role_arn: ROLE.to_owned(),
            r#type: kind,
            ..Default::default()
        };
        let made = self.call::<api::CreateStateMachine>(input).await?;
        Ok(made.state_machine_arn)
    }

    /// What is wrong with a definition.
    async fn refusal(&self, definition: &Value) -> String {
        self.create(definition).await.unwrap_err().message
    }

    async fn start(&self, machine: &str, input: &Value) -> String {
        let input = api::StartExecutionInput {
            state_machine_arn: machine.to_owned(),
            input: Some(input.to_string()),
            ..Default::default()
        };
        let started = self.call::<api::StartExecution>(input).await.unwrap();
        started.execution_arn
    }

    async fn describe(&self, execution: &str) -> api::DescribeExecutionOutput {
        let input = api::DescribeExecutionInput {
            execution_arn: execution.to_owned(),
            included_data: None,
        };
        self.call::<api::DescribeExecution>(input).await.unwrap()
    }

    /// The execution once it is over.
    async fn end(&self, execution: &str) -> api::DescribeExecutionOutput {
        let key = crate::execution_key(execution).unwrap();
        if let Some(running) = self.states.executions.get(&key) {
            match self.time {
                Time::Real => {
                    let ended = tokio::time::timeout(Duration::from_secs(20), running.ended());
                    ended.await.expect("the execution ends");
                }
                Time::Paused => self.pass_until_end(&key).await,
            }
        }
        self.describe(execution).await
    }

    /// Lets the store's thread do what it has, and moves the clock a little, over and over.
    async fn pass_until_end(&self, key: &str) {
        while self.states.executions.get(key).is_some() {
            for _ in 0..200 {
                tokio::task::yield_now().await;
                std::thread::yield_now();
            }
            tokio::time::advance(Duration::from_millis(50)).await;
        }
    }

    /// Runs a machine of this definition; what it comes to.
    async fn run(&self, definition: &Value, input: &Value) -> api::DescribeExecutionOutput {
        let machine = self.create(definition).await.unwrap();
        let execution = self.start(&machine, input).await;
        self.end(&execution).await
    }

    /// Runs a machine that succeeds; its output.
    async fn output(&self, definition: &Value, input: &Value) -> Value {
        let ended = self.run(definition, input).await;
        let failure = (&ended.error, &ended.cause);
        let output = ended.output.as_ref();
        let output = output.unwrap_or_else(|| panic!("it failed: {failure:?}"));
        serde_json::from_str(output).unwrap()
    }

    /// The types of the events of an execution, each with that before it.
    async fn history(&self, execution: &str) -> Vec<(String, i64)> {
        let events = self.events(execution).await;
        let events = events.into_iter();
        events
            .map(|event| {
                let previous = event.previous_event_id.unwrap_or_default();
                (event.r#type.as_str().to_owned(), previous)
            })
            .collect()
    }

    async fn events(&self, execution: &str) -> Vec<api::HistoryEvent> {
        let input = api::GetExecutionHistoryInput {
            execution_arn: execution.to_owned(),
            max_results: Some(1000),
            ..Default::default()
        };
        let history = self.call::<api::GetExecutionHistory>(input).await.unwrap();
        history.events
    }
}

fn register_world(builder: &mut DispatcherBuilder, world: &Arc<World>) {
    let functions = world.clone();
    builder.register_fn::<lambda::Invoke, _>(move |input, caller| {
        let payload: Value =
            serde_json::from_slice(&input.payload.unwrap_or_default()).unwrap_or_default();
        functions.tell(&input.function_name, caller, payload.clone());
        let answer = functions.answers.lock().pop_front();
        let (function_error, payload) = match answer {
            Some(Ok(answer)) => (None, answer.to_string()),
            Some(Err(thrown)) if thrown.status == 200 => {
                (Some("Unhandled".to_owned()), thrown.message)
            }
            Some(Err(refusal)) => return Err(refusal),
            None => (None, payload.to_string()),
        };
        Ok(lambda::InvokeOutput {
            status_code: Some(200),
            function_error,
            executed_version: Some("$LATEST".to_owned()),
            payload: Some(payload.into()),
            ..Default::default()
        })
    });
    let queues = world.clone();
    builder.register_fn::<sqs::SendMessage, _>(move |input, caller| {
        queues.tell(&input.queue_url, caller, input.message_body.into());
        Ok(sqs::SendMessageOutput {
            message_id: Some("m-1".to_owned()),
            ..Default::default()
        })
    });
    let tables = world.clone();
    builder.register_fn::<dynamodb::GetItem, _>(move |input, caller| {
        tables.tell(&input.table_name, caller, Value::Null);
        if input.table_name == "missing" {
            return Err(
                dynamodb::errors::ResourceNotFoundException.with("Requested resource not found")
            );
        }
        Ok(dynamodb::GetItemOutput::default())
    });
    let connections = world.clone();
    builder.register_fn::<sockets::PostToConnection, _>(move |input, caller| {
        if input.connection_id == "gone=" {
            return Err(sockets::errors::GoneException.with(""));
        }
        let text = String::from_utf8_lossy(&input.data).into_owned();
        connections.tell(&input.connection_id, caller, text.into());
        Ok(Unit {})
    });
}

fn register_logs(builder: &mut DispatcherBuilder, world: &Arc<World>) {
    builder.register_fn::<log_groups::CreateLogStream, _>(|input, _| {
        if input.log_group_name.ends_with("missing") {
            let text = "The specified log group does not exist.";
            return Err(log_groups::errors::ResourceNotFoundException.with(text));
        }
        Ok(Unit {})
    });
    let groups = world.clone();
    builder.register_fn::<log_groups::PutLogEvents, _>(move |input, caller| {
        for event in input.log_events {
            let line = serde_json::from_str(&event.message).unwrap();
            groups.tell(&format!("log {}", input.log_group_name), caller, line);
        }
        Ok(log_groups::PutLogEventsOutput::default())
    });
}

/// A machine of one state after which it ends.
fn only(state: &Value) -> Value {
    let mut state = state.clone();
    if state["Type"] != "Succeed" && state["Type"] != "Fail" && state["Type"] != "Choice" {
        state["End"] = true.into();
    }
    json!({ "StartAt": "Only", "States": { "Only": state } })
}

fn types(history: &[(String, i64)]) -> Vec<&str> {
    history.iter().map(|(kind, _)| kind.as_str()).collect()
}

fn previous(history: &[(String, i64)]) -> Vec<i64> {
    history.iter().map(|(_, id)| *id).collect()
}
