//! Amazon SNS: topics, who subscribes to them, and the way of a message to each of those.
//!
//! 1. [`attributes`]: what topics and subscriptions may be told (pure);
//! 2. [`filter`]: which messages a subscription wants (pure);
//! 3. [`message`]: a message as it is kept, and what functions, queues and web servers are told of it (pure);
//! 4. [`topic`]: topics and subscriptions in the store and in memory;
//! 5. [`delivery`]: messages on their way: kept before the publisher is answered, tried until they are taken;
//! 6. [`endpoint`]: the last step, to a function, a queue or a web server;
//! 7. [`operations`]: the API.
//!
//! What `Publish` answered is durable, a record for each subscription that wants the message; a record goes when its
//! subscriber has taken it. After a crash a subscriber may be told something twice, and misses nothing.
//!
//! <https://docs.aws.amazon.com/sns/latest/dg/welcome.html>

mod attributes;
mod delivery;
mod endpoint;
mod errors;
mod filter;
mod message;
mod operations;
mod quotas;
mod topic;

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use landline_store::{Store, StoreError};
use landline_wire::{Caller, Clock, Dispatcher, ServiceError};

pub use delivery::Retries;
use delivery::{DELIVERIES, Deliveries};
pub use endpoint::Web;
use topic::{Subscription, Topic, Topics};

/// What the service is built from.
#[derive(Debug)]
pub struct SnsConfig {
    /// Where it keeps its state.
    pub store: Arc<dyn Store>,
    /// The time of day.
    pub clock: Arc<dyn Clock>,
    /// Functions and queues.
    pub dispatcher: Dispatcher,
    /// Web servers.
    pub web: Arc<dyn Web>,
    /// What the URLs begin with that web servers confirm and end their subscriptions with:
    /// `http://127.0.0.1:8080`.
    pub endpoint: String,
    /// How often, and after which pauses, a message is tried.
    pub retries: Retries,
}

/// The service.
#[derive(Debug)]
pub struct Sns {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    topics: Arc<Topics>,
    deliveries: Arc<Deliveries>,
    /// The last number given to a message.
    last_number: AtomicU64,
    /// Held while topics or subscriptions change.
    changes: tokio::sync::Mutex<()>,
}

impl Sns {
    /// A service on a store. To be called inside a runtime, whose tasks deliver the messages.
    ///
    /// # Errors
    ///
    /// The store's, when it cannot be read.
    pub fn open(config: SnsConfig) -> Result<Arc<Self>, StoreError> {
        let now = config.clock.now().as_millis();
        let topics = Arc::new(Topics::load(&*config.store, now)?);
        let number = now.unsigned_abs() << NUMBER_BITS;
        Ok(Arc::new(Self {
            store: config.store.clone(),
            clock: config.clock.clone(),
            last_number: AtomicU64::new(number.max(topics.last_number())),
            deliveries: Deliveries::new(config, topics.clone()),
            topics,
            changes: tokio::sync::Mutex::default(),
        }))
    }

    /// Goes on with what an earlier process accepted and did not deliver. To be called when functions can be called.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub fn resume(&self) -> Result<(), StoreError> {
        let left = DELIVERIES.load(&*self.store)?;
        self.deliveries.resume(left);
        Ok(())
    }

    /// Ends all deliveries; what was not taken goes on after the next start.
    pub async fn shutdown(&self) {
        self.deliveries.end().await;
    }

    /// A number that nobody had before, not even before a restart.
    fn next_number(&self) -> u64 {
        let now = self.now().unsigned_abs() << NUMBER_BITS;
        self.last_number.fetch_max(now, Ordering::Relaxed);
        self.last_number.fetch_add(1, Ordering::Relaxed) + 1
    }

    fn now(&self) -> i64 {
        self.clock.now().as_millis()
    }

    /// The topic with this ARN, whatever region it names: its name ends the ARN.
    fn find(&self, arn: &str) -> Result<Arc<Topic>, ServiceError> {
        let parsed = landline_wire::Arn::parse(arn).filter(|arn| arn.service == "sns");
        let Some(name) = parsed.map(|arn| arn.resource) else {
            return Err(errors::invalid_arn("TopicArn", arn));
        };
        self.topics.get(name).ok_or_else(errors::no_topic)
    }

    /// The subscription with this ARN, and its topic.
    fn find_subscription(
        &self,
        arn: &str,
    ) -> Result<(Arc<Topic>, Arc<Subscription>), ServiceError> {
        let parsed = landline_wire::Arn::parse(arn).filter(|arn| arn.service == "sns");
        let parts = parsed.and_then(|arn| arn.resource.split_once(':'));
        let Some((topic, id)) = parts else {
            return Err(errors::invalid_arn("SubscriptionArn", arn));
        };
        let topic = self.topics.get(topic).ok_or_else(errors::no_subscription)?;
        let found = topic.subscription(id);
        let subscription = found.ok_or_else(errors::no_subscription)?;
        Ok((topic, subscription))
    }
}

fn arn(name: &str, caller: &Caller) -> String {
    format!("arn:aws:sns:{}:{}:{name}", caller.region, caller.account_id)
}

/// Numbers begin with the time in milliseconds; a million of them fit into one.
const NUMBER_BITS: u32 = 20;
