//! Topics and subscriptions: what the store keeps of them, and how they are found.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;

use landline_store::{Collection, Store, StoreError};
use landline_wire::ServiceError;
use parking_lot::{Mutex, RwLock};
use serde::{Deserialize, Serialize};

use crate::attributes::{DeadLetters, Protocol};
use crate::filter::{Filter, Scope};

/// All topics, by name.
pub(crate) const TOPICS: Collection<TopicRecord> = Collection::new("sns.topic");
/// All subscriptions, by `{topic}:{id}`, which ends their ARNs.
pub(crate) const SUBSCRIPTIONS: Collection<SubscriptionRecord> =
    Collection::new("sns.subscription");
/// What FIFO topics were told within five minutes, by `{topic}:{deduplication id}`.
pub(crate) const SENT: Collection<SentRecord> = Collection::new("sns.sent");

/// A topic in the store.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct TopicRecord {
    pub(crate) arn: String,
    pub(crate) owner: String,
    /// Those that were set.
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) tags: BTreeMap<String, String>,
}

/// A subscription in the store.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct SubscriptionRecord {
    pub(crate) protocol: Protocol,
    pub(crate) endpoint: String,
    pub(crate) owner: String,
    /// Those that were set.
    pub(crate) attributes: BTreeMap<String, String>,
    /// What confirms it; none when it is confirmed.
    pub(crate) token: Option<String>,
    pub(crate) created_millis: i64,
    /// Whether its URL alone does not end it.
    pub(crate) authenticates_unsubscribe: bool,
}

/// What was answered to a message with a deduplication id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SentRecord {
    pub(crate) message_id: String,
    pub(crate) sequence_number: String,
    pub(crate) expires_millis: i64,
}

/// All topics, by name.
#[derive(Debug, Default)]
pub(crate) struct Topics(RwLock<BTreeMap<String, Arc<Topic>>>);

#[derive(Debug)]
pub(crate) struct Topic {
    pub(crate) name: String,
    pub(crate) arn: String,
    record: RwLock<Arc<TopicRecord>>,
    subscriptions: RwLock<BTreeMap<String, Arc<Subscription>>>,
    /// Held while messages are sent to a FIFO topic: they are kept in the order of their numbers.
    pub(crate) sending: tokio::sync::Mutex<()>,
    pub(crate) known: Mutex<Deduplication>,
}

/// A subscription in one state of its configuration; a change makes another.
#[derive(Debug)]
pub(crate) struct Subscription {
    /// The end of its ARN.
    pub(crate) id: String,
    pub(crate) arn: String,
    pub(crate) record: SubscriptionRecord,
    pub(crate) filter: Option<Filter>,
    pub(crate) is_raw: bool,
    pub(crate) dead_letters: Option<DeadLetters>,
}

impl Subscription {
    /// Reads attributes that were checked when they were set.
    pub(crate) fn new(topic_arn: &str, id: &str, record: SubscriptionRecord) -> Self {
        let attribute = |name: &str| record.attributes.get(name).map(String::as_str);
        let scope = Scope::parse(attribute("FilterPolicyScope"));
        let policy = attribute("FilterPolicy").filter(|text| !text.is_empty());
        let filter = policy.zip(scope.ok());
        Self {
            id: id.to_owned(),
            arn: format!("{topic_arn}:{id}"),
            filter: filter.and_then(|(text, scope)| Filter::parse(text, scope).ok()),
            is_raw: attribute("RawMessageDelivery") == Some("true"),
            dead_letters: attribute("RedrivePolicy").and_then(|text| DeadLetters::parse(text).ok()),
            record,
        }
    }

    pub(crate) fn is_confirmed(&self) -> bool {
        self.record.token.is_none()
    }
}

impl Topic {
    /// A topic without subscriptions.
    pub(crate) fn new(name: &str, record: TopicRecord) -> Self {
        Self {
            name: name.to_owned(),
            arn: record.arn.clone(),
            record: RwLock::new(Arc::new(record)),
            subscriptions: RwLock::default(),
            sending: tokio::sync::Mutex::default(),
            known: Mutex::default(),
        }
    }

    pub(crate) fn record(&self) -> Arc<TopicRecord> {
        self.record.read().clone()
    }

    /// Shows what has been made durable.
    pub(crate) fn follow(&self, record: TopicRecord) {
        *self.record.write() = Arc::new(record);
    }

    pub(crate) fn is_fifo(&self) -> bool {
        self.name.strip_suffix(".fifo").is_some()
    }

    pub(crate) fn subscription(&self, id: &str) -> Option<Arc<Subscription>> {
        self.subscriptions.read().get(id).cloned()
    }

    /// In the order of their ids.
    pub(crate) fn subscriptions(&self) -> Vec<Arc<Subscription>> {
        self.subscriptions.read().values().cloned().collect()
    }

    /// Shows what has been made durable.
    pub(crate) fn put(&self, subscription: Subscription) -> Arc<Subscription> {
        let subscription = Arc::new(subscription);
        let id = subscription.id.clone();
        self.subscriptions.write().insert(id, subscription.clone());
        subscription
    }

    pub(crate) fn remove(&self, id: &str) {
        self.subscriptions.write().remove(id);
    }

    /// The key of one of its subscriptions in the store.
    pub(crate) fn key(&self, id: &str) -> String {
        format!("{}:{id}", self.name)
    }
}

impl Topics {
    /// All topics as they were left.
    pub(crate) fn load(store: &dyn Store, now: i64) -> Result<Self, StoreError> {
        let mut topics = BTreeMap::new();
        for (name, record) in TOPICS.load(store)? {
            topics.insert(name.clone(), Arc::new(Topic::new(&name, record)));
        }
        let topic_of = |key: &str| {
            let (name, rest) = key.split_once(':')?;
            Some((topics.get(name)?, rest.to_owned()))
        };
        for (key, record) in SUBSCRIPTIONS.load(store)? {
            if let Some((topic, id)) = topic_of(&key) {
                topic.put(Subscription::new(&topic.arn, &id, record));
            }
        }
        let mut sent = SENT.load(store)?;
        sent.sort_by_key(|(_, record)| record.expires_millis);
        for (key, record) in sent {
            if let Some((topic, id)) = topic_of(&key).filter(|_| record.expires_millis > now) {
                topic.known.lock().insert(id, record);
            }
        }
        Ok(Self(RwLock::new(topics)))
    }

    pub(crate) fn get(&self, name: &str) -> Option<Arc<Topic>> {
        self.0.read().get(name).cloned()
    }

    /// In the order of their names.
    pub(crate) fn all(&self) -> Vec<Arc<Topic>> {
        self.0.read().values().cloned().collect()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.read().len()
    }

    pub(crate) fn put(&self, topic: Topic) {
        self.0.write().insert(topic.name.clone(), Arc::new(topic));
    }

    pub(crate) fn remove(&self, name: &str) {
        self.0.write().remove(name);
    }

    /// The largest number that a FIFO topic is known to have given.
    pub(crate) fn last_number(&self) -> u64 {
        let topics = self.0.read();
        let numbers = topics
            .values()
            .filter_map(|topic| topic.known.lock().last_number());
        numbers.max().unwrap_or_default()
    }
}

/// What a FIFO topic was told within five minutes, by deduplication id.
#[derive(Debug, Default)]
pub(crate) struct Deduplication {
    sent: HashMap<String, SentRecord>,
    by_time: VecDeque<(i64, String)>,
}

impl Deduplication {
    pub(crate) fn get(&self, id: &str, now: i64) -> Option<&SentRecord> {
        self.sent.get(id).filter(|sent| sent.expires_millis > now)
    }

    pub(crate) fn insert(&mut self, id: String, sent: SentRecord) {
        self.by_time.push_back((sent.expires_millis, id.clone()));
        self.sent.insert(id, sent);
    }

    /// Forgets what is old, and tells which ids.
    pub(crate) fn forget_old(&mut self, now: i64) -> Vec<String> {
        let mut old = Vec::new();
        let is_old = |entry: &(i64, String)| entry.0 <= now;
        while self.by_time.front().is_some_and(is_old) {
            let Some((_, id)) = self.by_time.pop_front() else {
                break;
            };
            // It may have been sent again since.
            if self.get(&id, now).is_none() && self.sent.remove(&id).is_some() {
                old.push(id);
            }
        }
        old
    }

    fn last_number(&self) -> Option<u64> {
        let numbers = self.sent.values();
        numbers
            .filter_map(|sent| sent.sequence_number.parse().ok())
            .max()
    }
}

/// The topic that a write belongs to must still be there.
pub(crate) fn check_topic(
    reader: &dyn landline_store::Reader,
    name: &str,
    gone: fn() -> ServiceError,
) -> Result<TopicRecord, crate::errors::WriteFailure> {
    let record = TOPICS.get_in(reader, name)?;
    record.ok_or_else(|| crate::errors::WriteFailure::Refused(gone()))
}
