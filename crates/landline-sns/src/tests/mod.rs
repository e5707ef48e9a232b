//! Topics through their typed operations, with functions, queues and web servers that write down what they are told.

mod delivery;
mod fifo;
mod topics;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, StatusCode};
use landline_api::{lambda, sns as api, sqs};
use landline_store::{Store, open_memory};
use landline_wire::dispatcher::BoxFuture;
use landline_wire::{
    Caller, Dispatcher, DispatcherBuilder, ManualClock, Operation, ServiceError, Timestamp,
};
use parking_lot::Mutex;
use serde_json::Value;
use tokio::sync::Notify;

use crate::{Retries, Sns, SnsConfig, Web};

/// What was told to whom, and what they answer.
#[derive(Debug, Default)]
struct World {
    told: Mutex<Vec<Told>>,
    arrivals: Notify,
    /// What endpoints answer before they take something.
    refusals: Mutex<VecDeque<ServiceError>>,
}

#[derive(Debug, Clone, PartialEq)]
enum Told {
    Function {
        name: String,
        source: String,
        event: Value,
    },
    Queue(Box<sqs::SendMessageInput>),
    Web(Vec<(String, String)>, String),
}

impl World {
    fn tell(&self, told: Told) -> Result<(), ServiceError> {
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

    /// The bodies that queues were told, once there are as many.
    async fn bodies(&self, count: usize) -> Vec<String> {
        let told = self.wait_for(count).await.into_iter();
        told.filter_map(|told| match told {
            Told::Queue(sent) => Some(sent.message_body),
            _ => None,
        })
        .collect()
    }
}

impl Web for World {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<StatusCode, String>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let headers = head.headers.iter();
            let headers = headers.map(|(name, value)| {
                let value = value.to_str().unwrap().to_owned();
                (name.as_str().to_owned(), value)
            });
            let body = String::from_utf8(body.to_vec()).unwrap();
            match self.tell(Told::Web(headers.collect(), body)) {
                Ok(()) => Ok(StatusCode::OK),
                Err(refusal) => Ok(StatusCode::from_u16(refusal.status).unwrap()),
            }
        })
    }
}

struct Fixture {
    clock: Arc<ManualClock>,
    dispatcher: Dispatcher,
    store: Arc<dyn Store>,
    sns: Arc<Sns>,
    world: Arc<World>,
}

const NOW: i64 = 1_801_646_142_107;
const FUNCTION: &str = "arn:aws:lambda:eu-west-1:000000000000:function:notify";
const QUEUE: &str = "arn:aws:sqs:eu-west-1:000000000000:jobs";

impl Fixture {
    fn new() -> Self {
        Self::on(open_memory())
    }

    fn on(store: Arc<dyn Store>) -> Self {
        let clock = Arc::new(ManualClock::at(Timestamp::from_millis(NOW)));
        let world = Arc::new(World::default());
        let mut builder = DispatcherBuilder::new();
        let functions = world.clone();
        builder.register_fn::<lambda::Invoke, _>(move |input, caller| {
            functions.tell(Told::Function {
                name: input.function_name,
                source: format!(
                    "{} {}",
                    caller.principal,
                    caller.source_arn.as_deref().unwrap_or_default()
                ),
                event: serde_json::from_slice(&input.payload.unwrap()).unwrap(),
            })?;
            Ok(lambda::InvokeOutput::default())
        });
        let queues = world.clone();
        builder.register_fn::<sqs::SendMessage, _>(move |input, _| {
            queues.tell(Told::Queue(Box::new(input)))?;
            Ok(sqs::SendMessageOutput::default())
        });
        let pauses = vec![Duration::from_millis(1); 3];
        let config = SnsConfig {
            store: store.clone(),
            clock: clock.clone(),
            dispatcher: builder.dispatcher(),
            web: world.clone(),
            endpoint: "http://127.0.0.1:8080".to_owned(),
            retries: Retries {
                services: pauses.clone(),
                web: pauses,
            },
        };
        let sns = Sns::open(config).unwrap();
        sns.register(&mut builder);
        let dispatcher = builder.seal();
        sns.resume().unwrap();
        Self {
            clock,
            dispatcher,
            store,
            sns,
            world,
        }
    }

    async fn call<Op: Operation>(&self, input: Op::Input) -> Result<Op::Output, ServiceError> {
        let caller = Caller::root("000000000000", "eu-west-1");
        self.dispatcher.call::<Op>(input, &caller).await
    }

    async fn create(&self, name: &str, attributes: &[(&str, &str)]) -> String {
        let input = api::CreateTopicInput {
            name: name.to_owned(),
            attributes: Some(texts(attributes)),
            ..Default::default()
        };
        let made = self.call::<api::CreateTopic>(input).await.unwrap();
        made.topic_arn.unwrap()
    }

    async fn try_subscribe(
        &self,
        topic: &str,
        endpoint: (&str, &str),
        attributes: &[(&str, &str)],
    ) -> Result<String, ServiceError> {
        let input = api::SubscribeInput {
            topic_arn: topic.to_owned(),
            protocol: endpoint.0.to_owned(),
            endpoint: Some(endpoint.1.to_owned()),
            attributes: Some(texts(attributes)),
            ..Default::default()
        };
        let made = self.call::<api::Subscribe>(input).await?;
        Ok(made.subscription_arn.unwrap())
    }

    async fn subscribe(
        &self,
        topic: &str,
        endpoint: (&str, &str),
        attributes: &[(&str, &str)],
    ) -> String {
        let made = self.try_subscribe(topic, endpoint, attributes).await;
        made.unwrap()
    }

    async fn publish(&self, topic: &str, text: &str) -> String {
        let published = self.call::<api::Publish>(message(topic, text)).await;
        published.unwrap().message_id.unwrap()
    }

    /// What is on its way, as the store has it.
    fn kept(&self) -> usize {
        crate::delivery::DELIVERIES
            .load(&*self.store)
            .unwrap()
            .len()
    }
}

fn message(topic: &str, text: &str) -> api::PublishInput {
    api::PublishInput {
        topic_arn: Some(topic.to_owned()),
        message: text.to_owned(),
        ..Default::default()
    }
}

fn texts(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let pairs = pairs.iter();
    pairs
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect()
}

fn attribute(kind: &str, value: &str) -> api::MessageAttributeValue {
    api::MessageAttributeValue {
        data_type: kind.to_owned(),
        string_value: Some(value.to_owned()),
        ..Default::default()
    }
}
