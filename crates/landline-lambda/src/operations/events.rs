//! Asynchronous events: kept before the caller gets its 202, run until they succeed or
//! their attempts are used up, also across a restart.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html>

use std::sync::Arc;
use std::time::Duration;

use landline_store::Collection;
use landline_wire::ServiceError;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::OwnedSemaphorePermit;

use super::Service;
use super::invoke::too_many_requests;
use crate::Lambda;
use crate::execution::pool::Throttled;
use crate::execution::{Invocation, LogTail, Outcome};
use crate::function::record::EventInvoke;
use crate::functions::{LATEST, Target};
use crate::mapping::destination;
use crate::mapping::destination::DeadLetter;
use crate::quotas::MAX_EVENT_AGE_SECONDS;

/// Events that have not succeeded yet, in the order in which they came.
const EVENTS: Collection<EventRecord> = Collection::new("lambda.event");

/// How long a throttled event waits for its turn.
const THROTTLED_DELAY: Duration = Duration::from_secs(1);

/// An event as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct EventRecord {
    function: String,
    function_arn: String,
    request_id: String,
    /// JSON, and thus text.
    payload: String,
    client_context: Option<String>,
    /// Attempts that failed.
    failures: usize,
    /// The version or alias that was called.
    #[serde(default)]
    qualifier: Option<String>,
    /// Milliseconds since the epoch.
    #[serde(default)]
    accepted: i64,
}

/// How an event ended.
enum End {
    Succeeded(Ended),
    RetriesExhausted(Ended),
    TooOld,
    /// The function is gone.
    Lost,
}

/// The last attempt.
struct Ended {
    outcome: Outcome,
    version: String,
}

impl EventRecord {
    fn invocation(&self) -> Invocation {
        Invocation {
            request_id: self.request_id.clone(),
            payload: self.payload.clone().into(),
            function_arn: self.function_arn.as_str().into(),
            trace_id: None,
            client_context: self.client_context.clone(),
            log: LogTail::Unwanted,
            stream: None,
        }
    }
}

impl Service {
    /// Keeps an event, to be run after its caller has gone.
    pub(super) async fn accept_event(
        &self,
        target: &Target,
        invocation: Invocation,
    ) -> Result<(), ServiceError> {
        let room = self.async_events.clone().try_acquire_owned();
        let room = room.map_err(|_| too_many_requests(Throttled::Concurrency))?;
        let now = self.config.clock.now().as_millis();
        let record = EventRecord {
            accepted: now,
            function: target.latest.record.name.clone(),
            qualifier: target.qualifier.clone(),
            function_arn: invocation.function_arn.to_string(),
            payload: String::from_utf8_lossy(&invocation.payload).into_owned(),
            client_context: invocation.client_context,
            failures: 0,
            request_id: invocation.request_id,
        };
        let id = format!("{now:015}-{}", record.request_id);
        self.keep(&id, record.clone()).await?;
        self.run_event(id, record, Some(room));
        Ok(())
    }

    fn run_event(&self, id: String, record: EventRecord, room: Option<OwnedSemaphorePermit>) {
        let service = self.clone();
        self.node.tasks.spawn(async move {
            let stop = service.node.stop.clone();
            tokio::select! {
                // What was not finished goes on after the next start.
                () = stop.cancelled() => {}
                () = service.run_to_the_end(&id, record, room) => {}
            }
        });
    }

    async fn run_to_the_end(
        &self,
        id: &str,
        record: EventRecord,
        room: Option<OwnedSemaphorePermit>,
    ) {
        let _room = match room {
            Some(room) => Some(room),
            None => self.async_events.clone().acquire_owned().await.ok(),
        };
        let mut record = record;
        let end = self.attempt(id, &mut record).await;
        self.tell_destinations(&record, end).await;
        if let Err(error) = EVENTS.delete(&*self.config.store, id).await {
            tracing::warn!(%error, id, "an event that is done stays in the store");
        }
    }

    /// Up to two more attempts after an error, a minute and two minutes later; a
    /// throttled event waits for its turn.
    async fn attempt(&self, id: &str, record: &mut EventRecord) -> End {
        loop {
            // The function may have been updated or deleted since.
            let Ok(target) = self.target(&record.function, record.qualifier.as_deref()) else {
                return End::Lost;
            };
            let settings = settings_of(&target);
            if self.is_too_old(record, &settings) {
                return End::TooOld;
            }
            let ended = target.function.invoke(record.invocation()).await;
            let ended = ended.map(|outcome| Ended {
                outcome,
                version: target.function.spec.version.to_string(),
            });
            let delay = match ended {
                Ok(ended) if !ended.outcome.failed => return End::Succeeded(ended),
                Ok(ended) => {
                    record.failures += 1;
                    let Some(delay) = self.delay_after(record.failures, &settings) else {
                        return End::RetriesExhausted(ended);
                    };
                    if self.keep(id, record.clone()).await.is_err() {
                        return End::Lost;
                    }
                    delay
                }
                Err(_) => THROTTLED_DELAY,
            };
            tokio::time::sleep(delay).await;
        }
    }

    /// The pause before another attempt, if there is to be one.
    fn delay_after(&self, failures: usize, settings: &EventInvoke) -> Option<Duration> {
        let delays = &self.config.limits.async_retry_delays;
        let max = settings.max_retries.and_then(|n| usize::try_from(n).ok());
        if max.is_some_and(|max| failures > max) {
            return None;
        }
        delays.get(failures - 1).copied()
    }

    fn is_too_old(&self, record: &EventRecord, settings: &EventInvoke) -> bool {
        let seconds = settings.max_age_seconds.unwrap_or(MAX_EVENT_AGE_SECONDS);
        let age = self.config.clock.now().as_millis() - record.accepted;
        record.accepted > 0 && age > i64::from(seconds) * 1000
    }

    /// Tells what became of an event to whoever the function's author named.
    async fn tell_destinations(&self, record: &EventRecord, end: End) {
        let Ok(target) = self.target(&record.function, record.qualifier.as_deref()) else {
            return;
        };
        let settings = settings_of(&target);
        let (condition, ended) = match end {
            End::Succeeded(ended) => ("Success", Some(ended)),
            End::RetriesExhausted(ended) => ("RetriesExhausted", Some(ended)),
            End::TooOld => ("EventAgeExceeded", None),
            End::Lost => return,
        };
        let destination = if condition == "Success" {
            settings.on_success
        } else {
            tracing::debug!(function = record.function, condition, "event dropped");
            settings.on_failure
        };
        if condition != "Success"
            && let Some(arn) = &target.function.record.dead_letter_arn
        {
            let payload = ended.as_ref().map(|ended| &ended.outcome.payload);
            let letter = DeadLetter {
                payload: &record.payload,
                request_id: &record.request_id,
                error: payload.and_then(|payload| error_message(payload)),
            };
            letter.send(self, arn).await;
        }
        if let Some(destination) = destination {
            let told = self.event_record(record, condition, ended.as_ref());
            destination::send(self, &destination, &told).await;
        }
    }

    /// <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html>
    fn event_record(&self, record: &EventRecord, condition: &str, ended: Option<&Ended>) -> Value {
        let json = |text: &[u8]| serde_json::from_slice::<Value>(text).unwrap_or(Value::Null);
        let attempts = record.failures + usize::from(condition == "Success");
        let function_arn = match &record.qualifier {
            Some(_) => record.function_arn.clone(),
            None => format!("{}:{LATEST}", record.function_arn),
        };
        let mut told = json!({
            "version": "1.0",
            "timestamp": self.config.clock.now().iso8601_millis(),
            "requestContext": {
                "requestId": record.request_id,
                "functionArn": function_arn,
                "condition": condition,
                "approximateInvokeCount": attempts,
            },
            "requestPayload": json(record.payload.as_bytes()),
        });
        if let Some(ended) = ended {
            told["responseContext"] = json!({
                "statusCode": 200,
                "executedVersion": ended.version,
            });
            if ended.outcome.failed {
                told["responseContext"]["functionError"] = "Unhandled".into();
            }
            told["responsePayload"] = json(&ended.outcome.payload);
        }
        told
    }

    async fn keep(&self, id: &str, record: EventRecord) -> Result<(), ServiceError> {
        let kept = EVENTS.put(&*self.config.store, id, record).await;
        kept.map_err(|error| ServiceError::internal(&error))
    }
}

/// What a function that failed says of it.
fn error_message(payload: &[u8]) -> Option<String> {
    let payload: Value = serde_json::from_slice(payload).ok()?;
    payload.get("errorMessage")?.as_str().map(str::to_owned)
}

/// How the events of a version or an alias are run.
fn settings_of(target: &Target) -> EventInvoke {
    let all = &target.latest.record.event_invoke;
    let settings = all.get(target.key().unwrap_or_default());
    settings.cloned().unwrap_or_default()
}

impl Lambda {
    /// Goes on with the events that an earlier process accepted and did not finish. To
    /// be called when functions can reach the node.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub fn resume_events(self: &Arc<Self>) -> Result<(), landline_store::StoreError> {
        let service = Service(self.clone());
        for (id, record) in EVENTS.load(&*self.config.store)? {
            service.run_event(id, record, None);
        }
        Ok(())
    }
}
