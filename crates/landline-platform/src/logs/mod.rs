//! Amazon CloudWatch Logs: groups, streams, events, and reading them back.
//!
//! Follows the API reference of each operation. A group keeps its newest
//! [`MAX_GROUP_EVENTS`] events and [`MAX_GROUP_BYTES`] bytes, because a laptop's disk is not AWS's.

mod events;
mod groups;
mod metric_filters;
mod pattern;
mod put;
mod read;
mod streams;
mod subscriptions;
mod tags;
mod watch;

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, OnceLock};

use landline_api::logs as api;
use landline_store::{Collection, Reader, Store, StoreError};
use landline_wire::{Arn, Caller, Clock, Dispatcher, DispatcherBuilder, ServiceError};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};

use crate::WriteFailure;
use metric_filters::MetricFilterRecord;
use subscriptions::SubscriptionRecord;
use watch::{Watched, watchers_of};

/// How many events a group keeps; the oldest go first.
pub const MAX_GROUP_EVENTS: u64 = 100_000;
/// How many bytes of events a group keeps: a function may print a gigabyte a minute.
pub const MAX_GROUP_BYTES: u64 = 64 * 1024 * 1024;

/// A log group as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct GroupRecord {
    created_millis: i64,
    retention_days: Option<i32>,
    class: Option<String>,
    tags: BTreeMap<String, String>,
    /// By name.
    #[serde(default)]
    subscriptions: BTreeMap<String, SubscriptionRecord>,
    /// By name.
    #[serde(default)]
    metric_filters: BTreeMap<String, MetricFilterRecord>,
}

/// A log stream as it is kept, under `group:stream`: a group's name holds no colon.
#[expect(clippy::struct_field_names, reason = "the unit belongs to each name")]
#[derive(Debug, Clone, Serialize, Deserialize)]
struct StreamRecord {
    created_millis: i64,
    first_event_millis: Option<i64>,
    last_event_millis: Option<i64>,
    last_ingestion_millis: Option<i64>,
}

const GROUPS: Collection<GroupRecord> = Collection::new("logs.group");
const STREAMS: Collection<StreamRecord> = Collection::new("logs.stream");

/// The service.
#[derive(Debug)]
pub struct Logs {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    /// Orders events of one millisecond; begins with the time, so it grows over restarts.
    sequence: AtomicU64,
    /// How much each group keeps, counted when a group is first written to.
    usages: Mutex<HashMap<String, Usage>>,
    watched: Watched,
    /// Who is told of lines; known once the service is registered.
    dispatcher: OnceLock<Dispatcher>,
}

/// How much a group keeps.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Usage {
    events: u64,
    bytes: u64,
}

impl Logs {
    /// A service on `store`.
    pub fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>) -> Arc<Self> {
        let start = u64::try_from(clock.now().as_millis()).unwrap_or_default() << 20;
        Arc::new(Self {
            store,
            clock,
            sequence: AtomicU64::new(start),
            usages: Mutex::default(),
            watched: Watched::default(),
            dispatcher: OnceLock::new(),
        })
    }

    /// Lets the filters that the store holds do their work again.
    fn resume(&self) -> Result<(), StoreError> {
        let groups = GROUPS.load(&*self.store)?;
        let watchers = groups
            .iter()
            .map(|(name, record)| (name, watchers_of(record)));
        let mut watched = self.watched.write();
        for (name, watchers) in watchers.filter(|(_, watchers)| !watchers.is_empty()) {
            watched.insert(name.clone(), Arc::new(watchers));
        }
        Ok(())
    }

    /// Lets this service answer its operations.
    pub fn register(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        // A second call would bring the same.
        let _known = self.dispatcher.set(builder.dispatcher());
        if let Err(error) = self.resume() {
            tracing::error!(%error, "the filters of log groups cannot be read and do nothing");
        }
        builder
            .register::<api::PutSubscriptionFilter, _>(self.clone())
            .register::<api::DescribeSubscriptionFilters, _>(self.clone())
            .register::<api::DeleteSubscriptionFilter, _>(self.clone())
            .register::<api::PutMetricFilter, _>(self.clone())
            .register::<api::DescribeMetricFilters, _>(self.clone())
            .register::<api::DeleteMetricFilter, _>(self.clone())
            .register::<api::TestMetricFilter, _>(self.clone())
            .register::<api::CreateLogGroup, _>(self.clone())
            .register::<api::DeleteLogGroup, _>(self.clone())
            .register::<api::DescribeLogGroups, _>(self.clone())
            .register::<api::PutRetentionPolicy, _>(self.clone())
            .register::<api::DeleteRetentionPolicy, _>(self.clone())
            .register::<api::CreateLogStream, _>(self.clone())
            .register::<api::DeleteLogStream, _>(self.clone())
            .register::<api::DescribeLogStreams, _>(self.clone())
            .register::<api::PutLogEvents, _>(self.clone())
            .register::<api::GetLogEvents, _>(self.clone())
            .register::<api::FilterLogEvents, _>(self.clone())
            .register::<api::ListTagsForResource, _>(self.clone())
            .register::<api::ListTagsLogGroup, _>(self.clone())
            .register::<api::TagResource, _>(self.clone())
            .register::<api::UntagResource, _>(self.clone());
    }
}

/// The group that a request names, by name or by ARN.
fn group_name(name: Option<String>, identifier: Option<String>) -> Result<String, ServiceError> {
    match (name, identifier) {
        (Some(name), None) => Ok(name),
        (None, Some(identifier)) => Ok(match Arn::parse(&identifier) {
            Some(arn) => {
                let resource = arn.resource.trim_end_matches(":*");
                resource
                    .strip_prefix("log-group:")
                    .unwrap_or(resource)
                    .to_owned()
            }
            None => identifier,
        }),
        _ => Err(api::errors::InvalidParameterException
            .with("Exactly one of logGroupName and logGroupIdentifier is required.")),
    }
}

fn existing_group(reader: &dyn Reader, name: &str) -> Result<GroupRecord, WriteFailure> {
    GROUPS
        .get_in(reader, name)?
        .ok_or_else(|| no_such_group().into())
}

fn no_such_group() -> ServiceError {
    api::errors::ResourceNotFoundException.with("The specified log group does not exist.")
}

fn no_such_stream() -> ServiceError {
    api::errors::ResourceNotFoundException.with("The specified log stream does not exist.")
}

fn group_arn(caller: &Caller, name: &str) -> String {
    format!(
        "arn:aws:logs:{}:{}:log-group:{name}",
        caller.region, caller.account_id
    )
}

fn stream_id(group: &str, stream: &str) -> String {
    format!("{group}:{stream}")
}

#[cfg(test)]
mod tests;
