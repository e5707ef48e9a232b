//! Messages on their way: each subscriber's is in the store until it is taken or given up.
//!
//! A message of a standard topic is a task of its own. Those of a FIFO topic go one after the other, a lane for each
//! subscription and group.
//!
//! <https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html>

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use landline_store::{Collection, Fate, StoreError, Transaction};
use landline_wire::request_id;
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::attributes::Protocol;
use crate::endpoint::{self, About, Failure};
use crate::message::{self, Links, MessageRecord};
use crate::quotas::{ATTEMPTS_AT_ONCE, DELIVERIES_MAX};
use crate::topic::{Subscription, Topics};
use crate::{SnsConfig, errors};

/// What has not been taken yet, in the order in which it came.
pub(crate) const DELIVERIES: Collection<DeliveryRecord> = Collection::new("sns.delivery");

/// A message for one subscriber, as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct DeliveryRecord {
    /// The topic's name.
    pub(crate) topic: String,
    /// The subscription's id.
    pub(crate) subscription: String,
    pub(crate) message: Arc<MessageRecord>,
}

/// How often a message is tried, and the pauses in between. A message may be tried once more than there are pauses.
#[derive(Debug, Clone)]
pub struct Retries {
    /// Of functions and queues.
    pub services: Vec<Duration>,
    /// Of web servers.
    pub web: Vec<Duration>,
}

impl Default for Retries {
    /// As AWS does it: at once, after a second, after longer and longer pauses, and then every 20 seconds. AWS goes on
    /// with those for 23 days; what a function or a queue in the same process has not taken after a quarter of an hour
    /// it will not take.
    fn default() -> Self {
        let at_once = std::iter::repeat_n(0, 3);
        let soon = std::iter::repeat_n(1, 2);
        let longer = [1, 1, 2, 3, 4, 5, 7, 10, 14, 20];
        let steady = std::iter::repeat_n(20, 40);
        let services = at_once.chain(soon).chain(longer).chain(steady);
        Self {
            services: services.map(Duration::from_secs).collect(),
            web: vec![Duration::from_secs(20); 3],
        }
    }
}

/// Everything that is on its way.
#[derive(Debug)]
pub(crate) struct Deliveries {
    config: SnsConfig,
    topics: Arc<Topics>,
    /// For as many as may wait.
    room: Arc<Semaphore>,
    /// For as many as are tried at one time.
    attempts: Semaphore,
    lanes: Mutex<HashMap<Lane, VecDeque<(String, DeliveryRecord)>>>,
    runtime: Handle,
    stop: CancellationToken,
    tasks: TaskTracker,
}

/// What must go in order: one group of one subscription.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Lane {
    subscription: String,
    group: String,
}

/// How a delivery ended.
enum End {
    /// It was taken, or nobody is there any more who wants it.
    Done,
    GivenUp(Failure),
}

impl Deliveries {
    pub(crate) fn new(config: SnsConfig, topics: Arc<Topics>) -> Arc<Self> {
        Arc::new(Self {
            config,
            topics,
            room: Arc::new(Semaphore::new(DELIVERIES_MAX)),
            attempts: Semaphore::new(ATTEMPTS_AT_ONCE),
            lanes: Mutex::default(),
            runtime: Handle::current(),
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
        })
    }

    /// Room for as many deliveries, or the publisher has to come again.
    pub(crate) fn make_room(
        &self,
        count: usize,
    ) -> Result<OwnedSemaphorePermit, landline_wire::ServiceError> {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        let room = self.room.clone().try_acquire_many_owned(count);
        room.map_err(|_| errors::throttled())
    }

    /// Keeps deliveries with the write that they belong to, and starts them once it is durable.
    pub(crate) fn keep_in(
        self: &Arc<Self>,
        transaction: &mut Transaction<'_>,
        room: OwnedSemaphorePermit,
        deliveries: Vec<(String, DeliveryRecord)>,
    ) -> Result<(), StoreError> {
        for (id, record) in &deliveries {
            DELIVERIES.put_in(transaction, id, record)?;
        }
        let this = self.clone();
        transaction.on_settled(move |fate| {
            if fate == Fate::Kept {
                // Each gives its part back when it ends.
                room.forget();
                this.start(deliveries);
            }
        });
        Ok(())
    }

    /// Goes on with the deliveries of an earlier process.
    pub(crate) fn resume(self: &Arc<Self>, deliveries: Vec<(String, DeliveryRecord)>) {
        self.room.forget_permits(deliveries.len());
        self.start(deliveries);
    }

    fn start(self: &Arc<Self>, deliveries: Vec<(String, DeliveryRecord)>) {
        for (id, record) in deliveries {
            let is_ordered = record.message.sequence_number.is_some();
            if is_ordered {
                self.queue_up(id, record);
            } else {
                let this = self.clone();
                self.spawn(async move { this.run_to_the_end(&id, &record).await });
            }
        }
    }

    pub(crate) async fn end(&self) {
        self.stop.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }

    fn spawn(&self, run: impl Future<Output = ()> + Send + 'static) {
        let stop = self.stop.clone();
        let run = async move {
            // What was not finished goes on after the next start.
            stop.run_until_cancelled(run).await;
        };
        self.tasks.spawn_on(run, &self.runtime);
    }

    fn queue_up(self: &Arc<Self>, id: String, record: DeliveryRecord) {
        let lane = Lane {
            subscription: record.subscription.clone(),
            group: record.message.group.clone().unwrap_or_default(),
        };
        let mut lanes = self.lanes.lock();
        if let Some(waiting) = lanes.get_mut(&lane) {
            waiting.push_back((id, record));
            return;
        }
        lanes.insert(lane.clone(), VecDeque::from([(id, record)]));
        drop(lanes);
        let this = self.clone();
        self.spawn(async move {
            while let Some((id, record)) = this.next_in(&lane) {
                this.run_to_the_end(&id, &record).await;
            }
        });
    }

    /// The next delivery of a lane; an empty lane goes.
    fn next_in(&self, lane: &Lane) -> Option<(String, DeliveryRecord)> {
        let mut lanes = self.lanes.lock();
        let next = lanes.get_mut(lane).and_then(VecDeque::pop_front);
        if next.is_none() {
            lanes.remove(lane);
        }
        next
    }

    async fn run_to_the_end(&self, id: &str, record: &DeliveryRecord) {
        if let End::GivenUp(failure) = self.attempt(record).await {
            self.bury(record, &failure).await;
        }
        if let Err(error) = DELIVERIES.delete(&*self.config.store, id).await {
            tracing::warn!(%error, id, "a delivery that is done stays in the store");
        }
        self.room.add_permits(1);
    }

    /// The subscription as it is now; it may have been changed or ended since.
    fn subscription(&self, record: &DeliveryRecord) -> Option<Arc<Subscription>> {
        let topic = self.topics.get(&record.topic)?;
        topic.subscription(&record.subscription)
    }

    async fn attempt(&self, record: &DeliveryRecord) -> End {
        let mut failures = 0;
        loop {
            let Some(subscription) = self.subscription(record) else {
                return End::Done;
            };
            let tried = {
                let _turn = self.attempts.acquire().await;
                self.try_once(&subscription, &record.message).await
            };
            let Err(failure) = tried else {
                return End::Done;
            };
            let retries = &self.config.retries;
            let pauses = if subscription.record.protocol.is_web() {
                &retries.web
            } else {
                &retries.services
            };
            match pauses.get(failures) {
                Some(pause) if matches!(failure, Failure::Passing(_)) => {
                    tokio::time::sleep(*pause).await;
                }
                _ => return End::GivenUp(failure),
            }
            failures += 1;
        }
    }

    async fn try_once(
        &self,
        subscription: &Subscription,
        message: &MessageRecord,
    ) -> Result<(), Failure> {
        let links = self.links(subscription);
        let (dispatcher, web) = (&self.config.dispatcher, &*self.config.web);
        let endpoint = &subscription.record.endpoint;
        match subscription.record.protocol {
            Protocol::Lambda => {
                endpoint::to_function(dispatcher, subscription, message, links).await
            }
            Protocol::Sqs => {
                endpoint::to_queue(dispatcher, endpoint, subscription, message, links).await
            }
            Protocol::Http | Protocol::Https => {
                endpoint::to_web(web, subscription, message, links).await
            }
            _ => Ok(()),
        }
    }

    fn links<'a>(&'a self, subscription: &'a Subscription) -> Links<'a> {
        Links {
            endpoint: &self.config.endpoint,
            subscription_arn: &subscription.arn,
        }
    }

    /// Gives a message that was not taken to the queue that its subscription has for it.
    async fn bury(&self, record: &DeliveryRecord, failure: &Failure) {
        let Some(subscription) = self.subscription(record) else {
            return;
        };
        let (arn, reason) = (&subscription.arn, failure.reason());
        let Some(dead_letters) = &subscription.dead_letters else {
            tracing::warn!(
                subscription = arn,
                reason,
                "a message was not taken and is lost: the subscription has no dead-letter queue"
            );
            return;
        };
        let queue = &dead_letters.queue_arn;
        let dispatcher = &self.config.dispatcher;
        let links = self.links(&subscription);
        let message = &record.message;
        let buried = endpoint::to_queue(dispatcher, queue, &subscription, message, links).await;
        match buried {
            Ok(()) => tracing::debug!(subscription = arn, reason, queue, "a message was not taken"),
            Err(failure) => tracing::warn!(
                subscription = arn,
                queue,
                reason = failure.reason(),
                "a message was not taken and is lost: its dead-letter queue does not take it either"
            ),
        }
    }

    /// Asks a web server whether it wants the subscription. Not kept: a subscriber that was not asked can be asked
    /// again by another `Subscribe`.
    pub(crate) fn ask(self: &Arc<Self>, topic_arn: String, subscription: Arc<Subscription>) {
        let this = self.clone();
        self.spawn(async move { this.ask_to_the_end(&topic_arn, &subscription).await });
    }

    async fn ask_to_the_end(&self, topic_arn: &str, subscription: &Subscription) {
        let token = subscription.record.token.as_deref().unwrap_or_default();
        let id = request_id::uuid();
        let now = self.config.clock.now().as_millis();
        let body = message::confirmation(&id, topic_arn, token, now, self.links(subscription));
        let about = About {
            kind: "SubscriptionConfirmation",
            message_id: &id,
            topic_arn,
        };
        let mut pauses = self.config.retries.web.iter();
        loop {
            let sent = {
                let _turn = self.attempts.acquire().await;
                endpoint::send(&*self.config.web, subscription, &about, body.clone()).await
            };
            let Err(failure) = sent else {
                return;
            };
            let Some(pause) = pauses.next() else {
                let (endpoint, reason) = (&subscription.record.endpoint, failure.reason());
                tracing::warn!(
                    endpoint,
                    reason,
                    "a subscriber could not be asked to confirm"
                );
                return;
            };
            tokio::time::sleep(*pause).await;
        }
    }
}
