//! Rules and schedules through their typed operations, with targets that write down what they are told.

mod archives;
mod buses;
mod delivery;
mod rules;
mod schedules;

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use landline_api::{events as api, lambda, sns, sqs, stepfunctions};
use landline_store::{Store, open_memory};
use landline_wire::{
    Caller, Dispatcher, DispatcherBuilder, ManualClock, Operation, ServiceError, Timestamp,
};
use parking_lot::Mutex;
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::{Events, EventsConfig};

/// What was told to whom, and what they answer.
#[derive(Debug, Default)]
struct World {
    told: Mutex<Vec<Told>>,
    arrivals: Notify,
    /// What targets answer before they take something.
    refusals: Mutex<VecDeque<ServiceError>>,
}

#[derive(Debug, Clone, PartialEq)]
struct Told {
    /// The function's, the queue's or the topic's name.
    to: String,
    by: String,
    text: String,
    message: Option<Box<sqs::SendMessageInput>>,
}

impl Told {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }
}

impl World {
    fn tell(&self, to: &str, caller: &Caller, text: String) -> Result<(), ServiceError> {
        let of = caller.source_arn.as_deref().unwrap_or_default();
        self.note(Told {
            to: to.rsplit([':', '/']).next().unwrap().to_owned(),
            by: format!("{} {of}", caller.principal),
            text,
            message: None,
        })
    }

    fn note(&self, told: Told) -> Result<(), ServiceError> {
        if let Some(refusal) = self.refusals.lock().pop_front() {
            return Err(refusal);
        }
        self.told.lock().push(told);
        self.arrivals.notify_waiters();
        Ok(())
    }

    /// Everything that was told once there are as many.
    async fn wait_for(&self, count: usize) -> Vec<Told> {
        let waiting = async {
            loop {
                let arrival = self.arrivals.notified();
                let told = self.told.lock().clone();
                if told.len() >= count {
                    return told;
                }
                arrival.await;
            }
        };
        let waited = tokio::time::timeout(Duration::from_secs(5), waiting).await;
        waited.unwrap_or_else(|_| panic!("not told {count} times: {:?}", self.told.lock()))
    }
}

struct Fixture {
    clock: Arc<ManualClock>,
    dispatcher: Dispatcher,
    store: Arc<dyn Store>,
    events: Arc<Events>,
    world: Arc<World>,
}

/// `2027-02-03T09:15:42.107Z`
const NOW: i64 = 1_801_646_142_107;
const FUNCTION: &str = "arn:aws:lambda:eu-west-1:000000000000:function:notify";
const QUEUE: &str = "arn:aws:sqs:eu-west-1:000000000000:jobs";
const MACHINE: &str = "arn:aws:states:eu-west-1:000000000000:stateMachine:greet";
const TOPIC: &str = "arn:aws:sns:eu-west-1:000000000000:news";

impl Fixture {
    fn new() -> Self {
        Self::on(open_memory())
    }

    fn on(store: Arc<dyn Store>) -> Self {
        let clock = Arc::new(ManualClock::at(Timestamp::from_millis(NOW)));
        let world = Arc::new(World::default());
        let mut builder = DispatcherBuilder::new();
        register_world(&mut builder, &world);
        let events = Events::open(EventsConfig {
            store: store.clone(),
            clock: clock.clone(),
            dispatcher: builder.dispatcher(),
            account_id: "000000000000".into(),
            region: "eu-west-1".into(),
            first_pause: Duration::from_millis(1),
        })
        .unwrap();
        events.register(&mut builder);
        let dispatcher = builder.seal();
        events.resume().unwrap();
        Self {
            clock,
            dispatcher,
            store,
            events,
            world,
        }
    }

    async fn call<Op: Operation>(&self, input: Op::Input) -> Result<Op::Output, ServiceError> {
        let caller = Caller::root("000000000000", "eu-west-1");
        self.dispatcher.call::<Op>(input, &caller).await
    }

    /// Makes a rule for events of this pattern.
    async fn rule(&self, name: &str, bus: Option<&str>, pattern: &Value) -> String {
        let input = api::PutRuleInput {
            name: name.to_owned(),
            event_bus_name: bus.map(str::to_owned),
            event_pattern: Some(pattern.to_string()),
            ..Default::default()
        };
        let made = self.call::<api::PutRule>(input).await.unwrap();
        made.rule_arn.unwrap()
    }

    async fn target(
        &self,
        rule: &str,
        bus: Option<&str>,
        target: api::Target,
    ) -> Result<(), ServiceError> {
        let input = api::PutTargetsInput {
            rule: rule.to_owned(),
            event_bus_name: bus.map(str::to_owned),
            targets: vec![target],
        };
        self.call::<api::PutTargets>(input).await.map(drop)
    }

    async fn put(&self, entry: api::PutEventsRequestEntry) -> api::PutEventsResultEntry {
        let input = api::PutEventsInput {
            entries: vec![entry],
            ..Default::default()
        };
        let mut answer = self.call::<api::PutEvents>(input).await.unwrap();
        answer.entries.as_mut().unwrap().remove(0)
    }

    /// Moves the clock, and lets the service look at it.
    async fn pass(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
        self.events.start_due().await;
    }

    /// What is on its way, as the store has it.
    fn kept(&self) -> usize {
        crate::delivery::DELIVERIES
            .load(&*self.store)
            .unwrap()
            .len()
    }

    /// Until the store knows, too, that everybody has been told.
    async fn until_nothing_is_kept(&self) {
        let waiting = async {
            while self.kept() > 0 {
                tokio::task::yield_now().await;
            }
        };
        let waited = tokio::time::timeout(Duration::from_secs(5), waiting).await;
        waited.unwrap_or_else(|_| panic!("{} are still on their way", self.kept()));
    }
}

fn register_world(builder: &mut DispatcherBuilder, world: &Arc<World>) {
    let functions = world.clone();
    builder.register_fn::<lambda::Invoke, _>(move |input, caller| {
        let text = String::from_utf8(input.payload.unwrap().to_vec()).unwrap();
        functions.tell(&input.function_name, caller, text)?;
        Ok(lambda::InvokeOutput::default())
    });
    let queues = world.clone();
    builder.register_fn::<sqs::SendMessage, _>(move |input, caller| {
        let of = caller.source_arn.as_deref().unwrap_or_default();
        queues.note(Told {
            to: input.queue_url.rsplit('/').next().unwrap().to_owned(),
            by: format!("{} {of}", caller.principal),
            text: input.message_body.clone(),
            message: Some(Box::new(input)),
        })?;
        Ok(sqs::SendMessageOutput::default())
    });
    let topics = world.clone();
    builder.register_fn::<sns::Publish, _>(move |input, caller| {
        topics.tell(&input.target_arn.unwrap(), caller, input.message)?;
        Ok(sns::PublishOutput::default())
    });
    let machines = world.clone();
    builder.register_fn::<stepfunctions::StartExecution, _>(move |input, _| {
        // Heard, though the answer may be lost.
        machines.told.lock().push(Told {
            to: input.state_machine_arn,
            by: input.name.unwrap(),
            text: input.input.unwrap(),
            message: None,
        });
        machines.arrivals.notify_waiters();
        match machines.refusals.lock().pop_front() {
            Some(refusal) => Err(refusal),
            None => Ok(stepfunctions::StartExecutionOutput::default()),
        }
    });
}

fn target(arn: &str) -> api::Target {
    api::Target {
        id: "one".to_owned(),
        arn: arn.to_owned(),
        ..Default::default()
    }
}

/// An event `Joined` of the application.
fn joined(detail: &Value) -> api::PutEventsRequestEntry {
    api::PutEventsRequestEntry {
        source: Some("app".to_owned()),
        detail_type: Some("Joined".to_owned()),
        detail: Some(detail.to_string()),
        ..Default::default()
    }
}

fn throttled() -> ServiceError {
    ServiceError::new("TooManyRequestsException", 429, "Rate Exceeded.")
}
