//! Replays: events of an archive, once more for the rules of their bus.
//!
//! How far a replay has come is written down with the deliveries that it makes, so that after a restart it goes on
//! with the next event.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-replay-archived-event.html>

use std::sync::Arc;
use std::time::Duration;

use landline_store::{Collection, StoreError};
use landline_wire::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{ARCHIVED, REPLAY_NAME, time_key, time_of};
use crate::Events;
use crate::delivery::DeliveryRecord;
use crate::quotas::{REPLAYED_AT_ONCE, REPLAYS_KEPT};

/// Replays, by name.
pub(crate) const REPLAYS: Collection<ReplayRecord> = Collection::new("events.replay");

/// A replay in the store.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct ReplayRecord {
    pub(crate) name: String,
    pub(crate) archive: String,
    pub(crate) archive_arn: String,
    pub(crate) description: Option<String>,
    pub(crate) bus: String,
    pub(crate) destination_arn: String,
    /// The ARNs of the only rules that see the events; all of the bus where there are none.
    pub(crate) rules: Vec<String>,
    /// The time of the first and the last event.
    pub(crate) from_millis: i64,
    pub(crate) until_millis: i64,
    pub(crate) state: State,
    pub(crate) started_millis: i64,
    pub(crate) ended_millis: Option<i64>,
    /// The key and the time of the last event that was replayed.
    pub(crate) last_key: Option<String>,
    pub(crate) last_millis: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum State {
    Starting,
    Running,
    Cancelling,
    Cancelled,
    Completed,
}

impl State {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Starting => "STARTING",
            Self::Running => "RUNNING",
            Self::Cancelling => "CANCELLING",
            Self::Cancelled => "CANCELLED",
            Self::Completed => "COMPLETED",
        }
    }

    /// Whether there is still something to come.
    pub(crate) fn is_active(self) -> bool {
        matches!(self, Self::Starting | Self::Running | Self::Cancelling)
    }
}

/// Whether a replay goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Course {
    GoesOn,
    IsOver,
}

impl Events {
    /// Goes on with the replays of an earlier process.
    pub(crate) fn resume_replays(self: &Arc<Self>) -> Result<(), StoreError> {
        for (name, record) in REPLAYS.load(&*self.config.store)? {
            if record.state.is_active() {
                self.set_off(name);
            }
        }
        Ok(())
    }

    /// Lets a replay run until it ends or the node does.
    pub(crate) fn set_off(self: &Arc<Self>, name: String) {
        let this = self.clone();
        self.deliveries
            .spawn(async move { this.replay(&name).await });
    }

    async fn replay(self: &Arc<Self>, name: &str) {
        loop {
            match self.replay_some(name).await {
                Ok(Course::GoesOn) => {}
                Ok(Course::IsOver) => break,
                Err(error) => {
                    tracing::warn!(%error, replay = name, "a replay has to wait");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
        }
        if let Err(error) = self.forget_replays().await {
            tracing::warn!(%error, "old replays stay in the store");
        }
    }

    /// Replays the next events.
    async fn replay_some(
        self: &Arc<Self>,
        name: &str,
    ) -> Result<Course, landline_wire::ServiceError> {
        use crate::errors::unavailable;
        let store = &*self.config.store;
        let Some(record) = REPLAYS.get(store, name).map_err(unavailable)? else {
            return Ok(Course::IsOver);
        };
        if !record.state.is_active() {
            return Ok(Course::IsOver);
        }
        let prefix = format!("{}|", record.archive);
        let first = time_key(&record.archive, Timestamp::from_millis(record.from_millis));
        let after = record.last_key.clone().unwrap_or(first);
        let page =
            store.read(|reader| ARCHIVED.page_in(reader, &prefix, Some(&after), REPLAYED_AT_ONCE));
        let mut page = page.map_err(unavailable)?;
        let now = self.now();
        let was_full = page.len() == REPLAYED_AT_ONCE;
        page.retain(|(_, event)| time_of(event, now).as_millis() <= record.until_millis);
        let is_last = !was_full || page.len() < REPLAYED_AT_ONCE;
        let mut deliveries = Vec::new();
        for (_, event) in &page {
            let event = with_replay_name(event, name);
            deliveries.extend(self.replayed(&record, &event));
        }
        let last = page.pop();
        let last = last.map(|(key, event)| (key, time_of(&event, now).as_millis()));
        let key = name.to_owned();
        let course = self.send_with(deliveries, move |transaction| {
            let Some(mut record) = REPLAYS.get_in(transaction, &key)? else {
                return Ok(Course::IsOver);
            };
            if let Some((key, millis)) = last {
                record.last_key = Some(key);
                record.last_millis = Some(millis);
            }
            record.state = match record.state {
                State::Cancelling => State::Cancelled,
                _ if is_last => State::Completed,
                _ => State::Running,
            };
            let is_over = !record.state.is_active();
            if is_over {
                record.ended_millis = Some(now.as_millis());
            }
            REPLAYS.put_in(transaction, &key, &record)?;
            Ok(if is_over {
                Course::IsOver
            } else {
                Course::GoesOn
            })
        });
        course.await
    }

    /// What the rules' targets are told.
    fn replayed(&self, record: &ReplayRecord, event: &Value) -> Vec<DeliveryRecord> {
        let rules = self.buses.rules(&record.bus).unwrap_or_default();
        let mut deliveries = Vec::new();
        for rule in &rules {
            let is_meant = record.rules.is_empty() || record.rules.contains(&rule.record.arn);
            if is_meant && rule.is_about(event) {
                deliveries.extend(self.deliveries_of(rule, event, 0));
            }
        }
        deliveries
    }

    /// Removes the oldest replays that are over, but for so many.
    async fn forget_replays(&self) -> Result<(), StoreError> {
        let store = &*self.config.store;
        let mut over = REPLAYS.load(store)?;
        over.retain(|(_, record)| !record.state.is_active());
        over.sort_by_key(|(_, record)| std::cmp::Reverse(record.ended_millis));
        for (name, _) in over.into_iter().skip(REPLAYS_KEPT) {
            REPLAYS.delete(store, &name).await?;
        }
        Ok(())
    }
}

/// The event as targets see it: AWS puts the name before the resources.
fn with_replay_name(event: &Value, name: &str) -> Value {
    let mut members = Map::new();
    for (member, value) in event.as_object().into_iter().flatten() {
        if member == "resources" {
            members.insert(REPLAY_NAME.to_owned(), name.into());
        }
        members.insert(member.clone(), value.clone());
    }
    members
        .entry(REPLAY_NAME)
        .or_insert_with(|| Value::from(name));
    members.into()
}
