//! Asynchronous events: kept before the caller gets its 202, run until they succeed or
//! their attempts are used up, also across a restart.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html>

use std::sync::Arc;

use landline_store::Collection;
use landline_wire::ServiceError;
use serde::{Deserialize, Serialize};
use tokio::sync::OwnedSemaphorePermit;

use super::Service;
use super::invoke::too_many_requests;
use crate::Lambda;
use crate::execution::pool::Throttled;
use crate::execution::{Invocation, LogTail, Outcome};

/// Events that have not succeeded yet, in the order in which they came.
const EVENTS: Collection<EventRecord> = Collection::new("lambda.event");

/// How long a throttled event waits for its turn.
const THROTTLED_DELAY: std::time::Duration = std::time::Duration::from_secs(1);

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
        }
    }
}

impl Service {
    /// Keeps an event, to be run after its caller has gone.
    pub(super) async fn accept_event(
        &self,
        function: &str,
        invocation: Invocation,
    ) -> Result<(), ServiceError> {
        let room = self.async_events.clone().try_acquire_owned();
        let room = room.map_err(|_| too_many_requests(Throttled::Concurrency))?;
        let record = EventRecord {
            function: function.to_owned(),
            function_arn: invocation.function_arn.to_string(),
            payload: String::from_utf8_lossy(&invocation.payload).into_owned(),
            client_context: invocation.client_context,
            failures: 0,
            request_id: invocation.request_id,
        };
        let id = format!(
            "{:015}-{}",
            self.config.clock.now().as_millis(),
            record.request_id
        );
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
        self.attempt(id, record).await;
        if let Err(error) = EVENTS.delete(&*self.config.store, id).await {
            tracing::warn!(%error, id, "an event that is done stays in the store");
        }
    }

    /// Up to two more attempts after an error, a minute and two minutes later; a
    /// throttled event waits for its turn.
    async fn attempt(&self, id: &str, mut record: EventRecord) {
        loop {
            // The function may have been updated or deleted since.
            let Ok(function) = self.find(&record.function, None) else {
                return;
            };
            let delay = match function.pool.invoke(record.invocation()).await {
                Ok(Outcome { failed: false, .. }) => return,
                Ok(_) => {
                    let delays = &self.config.limits.async_retry_delays;
                    let Some(delay) = delays.get(record.failures).copied() else {
                        tracing::debug!(
                            function = record.function,
                            "event dropped after its retries"
                        );
                        return;
                    };
                    record.failures += 1;
                    if self.keep(id, record.clone()).await.is_err() {
                        return;
                    }
                    delay
                }
                Err(_) => THROTTLED_DELAY,
            };
            tokio::time::sleep(delay).await;
        }
    }

    async fn keep(&self, id: &str, record: EventRecord) -> Result<(), ServiceError> {
        let kept = EVENTS.put(&*self.config.store, id, record).await;
        kept.map_err(|error| ServiceError::internal(&error))
    }
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
