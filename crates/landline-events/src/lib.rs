//! Amazon EventBridge: event buses, rules, schedules, and the way of an event to its targets.
//!
//! 1. [`input`]: what a target is told of an event (pure);
//! 2. [`expression`]: rates, cron expressions and single times (pure);
//! 3. [`agenda`]: what is due when (pure);
//! 4. [`rule`]: buses and rules in the store and in memory;
//! 5. [`publish`]: from an event to the deliveries that it makes;
//! 6. [`delivery`]: events on their way: kept before the publisher is answered, tried until they are taken;
//! 7. [`target`]: the last step, to a function, a queue, a topic, a log group;
//! 8. [`clockwork`]: looks at the clock for what is due;
//! 9. [`archive`]: events that are kept, and replayed;
//! 10. [`operations`]: the API of EventBridge;
//! 11. [`scheduler`]: EventBridge Scheduler, another API over the same clock and the same deliveries; [`zone`] (pure)
//!     has its time zones.
//!
//! What `PutEvents` answered is durable, a record for each target of each rule that the event matches; a record goes
//! when its target has taken it. A schedule that was due while nothing ran is not made up for.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-what-is.html>

mod agenda;
mod archive;
mod clockwork;
mod delivery;
mod errors;
mod expression;
mod input;
mod operations;
mod publish;
mod quotas;
mod rule;
mod scheduler;
mod target;
mod zone;

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use landline_store::{Store, StoreError};
use landline_wire::{Clock, Dispatcher, Timestamp};
use parking_lot::Mutex;

use agenda::Agenda;
use archive::Archives;
use delivery::{DELIVERIES, Deliveries};
use rule::Buses;
use scheduler::Schedules;

/// What the service is built from.
#[derive(Debug)]
pub struct EventsConfig {
    /// Where it keeps its state.
    pub store: Arc<dyn Store>,
    /// The time of day.
    pub clock: Arc<dyn Clock>,
    /// Functions, queues and topics.
    pub dispatcher: Dispatcher,
    /// Whose events these are.
    pub account_id: Arc<str>,
    /// Where they happen.
    pub region: Arc<str>,
    /// The pause before an event is tried a second time; each further one is twice as long.
    pub first_pause: Duration,
}

/// The service.
#[derive(Debug)]
pub struct Events {
    config: EventsConfig,
    buses: Buses,
    archives: Archives,
    schedules: Schedules,
    agenda: Mutex<Agenda>,
    deliveries: Deliveries,
    /// The last number given to an event.
    last_number: AtomicU64,
    /// Held while buses, rules or schedules change.
    changes: tokio::sync::Mutex<()>,
}

impl Events {
    /// A service on a store. To be called inside a runtime, whose tasks deliver the events.
    ///
    /// # Errors
    ///
    /// The store's, when it cannot be read.
    pub fn open(config: EventsConfig) -> Result<Arc<Self>, StoreError> {
        let events = Arc::new(Self {
            buses: Buses::load(&*config.store)?,
            archives: Archives::load(&*config.store)?,
            schedules: Schedules::load(&*config.store)?,
            config,
            agenda: Mutex::default(),
            deliveries: Deliveries::new(),
            last_number: AtomicU64::new(0),
            changes: tokio::sync::Mutex::default(),
        });
        events.note_rules();
        events.note_schedules();
        Ok(events)
    }

    /// Goes on with what an earlier process accepted and did not deliver. To be called when targets can be called.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub fn resume(self: &Arc<Self>) -> Result<(), StoreError> {
        let left = DELIVERIES.load(&*self.config.store)?;
        self.resume_deliveries(left);
        self.resume_replays()
    }

    /// Ends all deliveries; what was not taken goes on after the next start.
    pub async fn shutdown(&self) {
        self.deliveries.end().await;
    }

    /// A number that nobody had before, not even before a restart.
    fn next_number(&self) -> u64 {
        let now = self.now().as_millis().unsigned_abs() << NUMBER_BITS;
        self.last_number.fetch_max(now, Ordering::Relaxed);
        self.last_number.fetch_add(1, Ordering::Relaxed) + 1
    }

    fn now(&self) -> Timestamp {
        self.config.clock.now()
    }

    fn arn(&self, resource: &str) -> String {
        let (region, account) = (&self.config.region, &self.config.account_id);
        format!("arn:aws:events:{region}:{account}:{resource}")
    }
}

/// Numbers begin with the time in milliseconds; a million of them fit into one.
const NUMBER_BITS: u32 = 20;
