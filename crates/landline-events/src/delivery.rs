//! Events on their way: each target's is in the store until it is taken or given up.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html>

use std::sync::Arc;
use std::time::Duration;

use landline_api::sqs;
use landline_store::{Collection, Fate, StoreError, Transaction};
use landline_wire::{Arn, Caller, ServiceError};
use serde::{Deserialize, Serialize};
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::quotas::{AGE_SECONDS, ATTEMPTS_AT_ONCE, DELIVERIES_MAX, PAUSE_MAX, RETRIES};
use crate::target::{self, Failure, Outlook, Source, Telling};
use crate::{Events, errors};

/// What has not been taken yet, in the order in which it came.
pub(crate) const DELIVERIES: Collection<DeliveryRecord> = Collection::new("events.delivery");

/// An event for one target, as it is kept: whatever becomes of the rule, it is told so.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct DeliveryRecord {
    pub(crate) source: Source,
    pub(crate) target_arn: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) group: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) dead_letters: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) max_retries: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) max_age_seconds: Option<i32>,
    /// What the target is told.
    pub(crate) text: String,
    pub(crate) accepted_millis: i64,
    /// Over how many buses the event came.
    #[serde(default)]
    pub(crate) hops: u8,
}

/// Everything that is on its way.
#[derive(Debug)]
pub(crate) struct Deliveries {
    /// For as many as may wait.
    room: Arc<Semaphore>,
    /// For as many as are tried at one time.
    attempts: Semaphore,
    runtime: Handle,
    stop: CancellationToken,
    tasks: TaskTracker,
}

/// A failure after which no attempt follows, and what the attempts were used up by.
struct GivenUp {
    failure: Failure,
    exhausted: Option<&'static str>,
    retries: usize,
}

impl Deliveries {
    /// To be called inside a runtime.
    pub(crate) fn new() -> Self {
        Self {
            room: Arc::new(Semaphore::new(DELIVERIES_MAX)),
            attempts: Semaphore::new(ATTEMPTS_AT_ONCE),
            runtime: Handle::current(),
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
        }
    }

    /// Room for as many deliveries, or the publisher has to come again.
    pub(crate) fn make_room(&self, count: usize) -> Result<OwnedSemaphorePermit, ServiceError> {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        let room = self.room.clone().try_acquire_many_owned(count);
        room.map_err(|_| errors::throttled())
    }

    /// Lets something run until the node ends; what was not finished goes on after the next start.
    pub(crate) fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        let stop = self.stop.clone();
        let run = async move {
            stop.run_until_cancelled(work).await;
        };
        self.tasks.spawn_on(run, &self.runtime);
    }

    pub(crate) async fn end(&self) {
        self.stop.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }
}

impl Events {
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
                this.start_deliveries(deliveries);
            }
        });
        Ok(())
    }

    /// Goes on with the deliveries of an earlier process.
    pub(crate) fn resume_deliveries(self: &Arc<Self>, deliveries: Vec<(String, DeliveryRecord)>) {
        self.deliveries.room.forget_permits(deliveries.len());
        self.start_deliveries(deliveries);
    }

    fn start_deliveries(self: &Arc<Self>, deliveries: Vec<(String, DeliveryRecord)>) {
        for (id, record) in deliveries {
            let this = self.clone();
            self.deliveries
                .spawn(async move { this.run_to_the_end(&id, &record).await });
        }
    }

    async fn run_to_the_end(self: &Arc<Self>, id: &str, record: &DeliveryRecord) {
        if let Err(given_up) = self.attempt(id, record).await {
            self.bury(record, &given_up).await;
        }
        if let Err(error) = DELIVERIES.delete(&*self.config.store, id).await {
            tracing::warn!(%error, id, "a delivery that is done stays in the store");
        }
        self.deliveries.room.add_permits(1);
    }

    async fn attempt(self: &Arc<Self>, id: &str, record: &DeliveryRecord) -> Result<(), GivenUp> {
        let most = record.max_retries.unwrap_or(RETRIES);
        let most = usize::try_from(most).unwrap_or_default();
        let age = i64::from(record.max_age_seconds.unwrap_or(AGE_SECONDS)) * 1000;
        let mut retries = 0;
        loop {
            let tried = {
                let _turn = self.deliveries.attempts.acquire().await;
                self.try_once(id, record).await
            };
            let Err(failure) = tried else {
                return Ok(());
            };
            let exhausted = match failure.outlook {
                Outlook::Lasting => Some(None),
                Outlook::Passing if retries >= most => Some(Some("MaximumRetryAttempts")),
                Outlook::Passing if self.now().as_millis() - record.accepted_millis > age => {
                    Some(Some("MaximumEventAgeInSeconds"))
                }
                Outlook::Passing => None,
            };
            if let Some(exhausted) = exhausted {
                return Err(GivenUp {
                    failure,
                    exhausted,
                    retries,
                });
            }
            tokio::time::sleep(self.pause(retries)).await;
            retries += 1;
        }
    }

    /// Twice as long each time.
    fn pause(&self, retries: usize) -> Duration {
        let doublings = u32::try_from(retries.min(16)).unwrap_or_default();
        let pause = self.config.first_pause.saturating_mul(1 << doublings);
        pause.min(PAUSE_MAX)
    }

    async fn try_once(self: &Arc<Self>, id: &str, record: &DeliveryRecord) -> Result<(), Failure> {
        if let Some(bus) = bus_of(&record.target_arn) {
            let event = serde_json::from_str(&record.text).unwrap_or_default();
            self.hand_on(bus, event, record.hops + 1).await?;
            return Ok(());
        }
        let telling = Telling {
            id,
            source: &record.source,
            arn: &record.target_arn,
            group: record.group.as_deref(),
            text: &record.text,
            now: self.now(),
        };
        target::tell(&self.config.dispatcher, telling).await
    }

    /// Gives an event that was not taken to the queue that its target has for it.
    async fn bury(&self, record: &DeliveryRecord, given_up: &GivenUp) {
        let (rule, target) = (&record.source.arn, &record.target_arn);
        let reason = &given_up.failure.message;
        let Some(queue) = &record.dead_letters else {
            tracing::warn!(
                rule,
                target,
                reason,
                "an event was not taken and is lost: the target has no dead-letter queue"
            );
            return;
        };
        let attributes = dead_letter_attributes(record, given_up);
        let input = sqs::SendMessageInput {
            message_attributes: Some(attributes.collect()),
            ..target::message(queue, &record.text, None)
        };
        let config = &self.config;
        let caller = Caller::root(&config.account_id, &config.region);
        let sent = config
            .dispatcher
            .call::<sqs::SendMessage>(input, &caller)
            .await;
        if let Err(error) = sent {
            tracing::warn!(
                rule,
                target,
                queue,
                %error,
                "an event was not taken and is lost: its dead-letter queue does not take it either"
            );
        }
    }
}

/// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html>
fn dead_letter_attributes(
    record: &DeliveryRecord,
    given_up: &GivenUp,
) -> impl Iterator<Item = (String, sqs::MessageAttributeValue)> {
    let GivenUp {
        failure,
        exhausted,
        retries,
    } = given_up;
    let told = [
        ("RULE_ARN", Some(record.source.arn.clone())),
        ("TARGET_ARN", Some(record.target_arn.clone())),
        ("ERROR_CODE", Some(failure.code.clone())),
        ("ERROR_MESSAGE", Some(failure.message.clone())),
        ("EXHAUSTED_RETRY_CONDITION", exhausted.map(str::to_owned)),
        ("RETRY_ATTEMPTS", Some(retries.to_string())),
    ];
    told.into_iter().filter_map(|(name, value)| {
        let value = sqs::MessageAttributeValue {
            data_type: "String".to_owned(),
            string_value: Some(value.filter(|text| !text.is_empty())?),
            ..Default::default()
        };
        Some((name.to_owned(), value))
    })
}

/// The name of the bus with this ARN.
fn bus_of(arn: &str) -> Option<&str> {
    let arn = Arn::parse(arn).filter(|arn| arn.service == "events")?;
    arn.resource.strip_prefix("event-bus/")
}
