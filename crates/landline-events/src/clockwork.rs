//! Looks at the clock for rules and schedules whose time has come.

use std::sync::Arc;

use landline_wire::{ServiceError, Timestamp};

use crate::Events;
use crate::expression::Utc;
use crate::quotas::{DUE_AT_ONCE, EXPIRY_TICKS, TICK};
use crate::rule::Rule;
use crate::scheduler::AGENDA_PREFIX;

impl Events {
    /// Starts what is due, for as long as the node runs.
    pub async fn run_schedules(self: Arc<Self>) {
        for tick in 0_u64.. {
            self.start_due().await;
            if tick % EXPIRY_TICKS == 0 {
                self.expire().await;
            }
            tokio::time::sleep(TICK).await;
        }
    }

    /// Starts what is due by now.
    pub(crate) async fn start_due(self: &Arc<Self>) {
        let now = self.now().as_millis();
        let due = self.agenda.lock().take_due(now, DUE_AT_ONCE);
        for (time, key) in due {
            let time = Timestamp::from_millis(time);
            if let Err(error) = self.start_one(&key, time).await {
                tracing::error!(%error, key, "a schedule could not be started at its time");
            }
        }
    }

    async fn start_one(self: &Arc<Self>, key: &str, due: Timestamp) -> Result<(), ServiceError> {
        if let Some(schedule) = key.strip_prefix(AGENDA_PREFIX) {
            return self.start_schedule(schedule, due).await;
        }
        let named = key.split_once('|');
        let rule = named.and_then(|(bus, name)| self.buses.rule(bus, name));
        let Some(rule) = rule else {
            return Ok(());
        };
        // Before anything can fail: a schedule that fails once does not end.
        self.note(&rule);
        let event = self.scheduled_event(&rule, due);
        self.send(self.deliveries_of(&rule, &event, 0)).await
    }

    /// Notes when a rule is due next. What was due in the past is not made up for.
    pub(crate) fn note(&self, rule: &Rule) {
        let since = Timestamp::from_millis(rule.record.created_millis);
        let expression = rule.expression.as_ref();
        let expression = expression.filter(|_| rule.record.is_enabled);
        let next = expression.and_then(|it| it.next(self.now(), since, &Utc));
        let next = next.map(Timestamp::as_millis);
        self.agenda.lock().note(&rule.key(), next);
    }

    /// Notes all that the store holds.
    pub(crate) fn note_rules(&self) {
        for (bus, _) in self.buses.all() {
            for rule in self.buses.rules(&bus).unwrap_or_default() {
                self.note(&rule);
            }
        }
    }
}
