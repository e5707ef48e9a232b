//! Amazon EventBridge Scheduler: schedules with time zones, that call their target by a role.
//!
//! <https://docs.aws.amazon.com/scheduler/latest/UserGuide/what-is-scheduler.html>

mod groups;
mod operations;
mod record;
mod tags;

use std::sync::Arc;

use landline_wire::{ServiceError, Timestamp, request_id};
use serde_json::json;

use crate::Events;
use crate::delivery::DeliveryRecord;
use crate::errors::unavailable;
use crate::expression::Expression;
use crate::publish::{Content, seconds};
use crate::target::Source;

pub(crate) use operations::register;
pub(crate) use record::Schedules;
use record::{SCHEDULES, Schedule, ScheduleRecord};

/// What keys of schedules begin with on the agenda, beside those of rules.
pub(crate) const AGENDA_PREFIX: &str = "schedule:";

impl Events {
    /// Notes when a schedule is due after a time.
    fn note_schedule(&self, schedule: &Schedule, after: Timestamp) {
        let key = format!("{AGENDA_PREFIX}{}", schedule.record.key());
        let next = schedule.next(after).map(Timestamp::as_millis);
        self.agenda.lock().note(&key, next);
    }

    /// Notes all that the store holds. What was due in the past is not made up for, but for what happens once.
    pub(crate) fn note_schedules(&self) {
        for schedule in self.schedules.all() {
            let is_once = matches!(schedule.expression, Some(Expression::At(_)));
            let after = if is_once {
                Timestamp::default()
            } else {
                self.now()
            };
            self.note_schedule(&schedule, after);
        }
    }

    /// Starts a schedule whose time has come.
    pub(crate) async fn start_schedule(
        self: &Arc<Self>,
        key: &str,
        due: Timestamp,
    ) -> Result<(), ServiceError> {
        let Some(schedule) = self.schedules.get(key) else {
            return Ok(());
        };
        // Before anything can fail: a schedule that fails once does not end.
        self.note_schedule(&schedule, self.now());
        let delivery = self.delivery_of(&schedule.record, due);
        let is_over = schedule.next(self.now()).is_none();
        if is_over {
            return self.send_last(&schedule, delivery).await;
        }
        self.send(vec![delivery]).await
    }

    /// Keeps the last delivery of a schedule together with its end: it does not happen twice.
    async fn send_last(
        self: &Arc<Self>,
        schedule: &Schedule,
        delivery: DeliveryRecord,
    ) -> Result<(), ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let mut record = schedule.record.clone();
        record.is_over = true;
        let goes = record.goes_when_over;
        let room = self.deliveries.make_room(1)?;
        let deliveries = vec![(format!("{:020}", self.next_number()), delivery)];
        let (this, kept) = (self.clone(), record.clone());
        let written = self.config.store.write(move |transaction| {
            if goes {
                SCHEDULES.delete_in(transaction, &kept.key());
            } else {
                SCHEDULES.put_in(transaction, &kept.key(), &kept)?;
            }
            this.keep_in(transaction, room, deliveries)?;
            Ok(())
        });
        written.await.map_err(unavailable)?;
        if goes {
            self.schedules.remove(&record.key());
        } else {
            self.schedules.put(Schedule::new(record));
        }
        Ok(())
    }

    fn delivery_of(&self, record: &ScheduleRecord, due: Timestamp) -> DeliveryRecord {
        let arn = self.schedule_arn(record);
        let execution = request_id::uuid();
        let told = record.target.input.clone();
        let told = told.unwrap_or_else(|| self.told_without_input(&arn, record, due));
        // <https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html>
        let text = told
            .replace("<aws.scheduler.schedule-arn>", &arn)
            .replace("<aws.scheduler.scheduled-time>", &seconds(due))
            .replace("<aws.scheduler.execution-id>", &execution)
            .replace("<aws.scheduler.attempt-number>", "1");
        let text = match &record.target.bus_event {
            Some((detail_type, source)) => {
                let content = Content {
                    source: source.clone(),
                    detail_type: detail_type.clone(),
                    detail: serde_json::from_str(&text).unwrap_or_else(|_| json!({})),
                    resources: vec![arn.clone()],
                    time: due,
                };
                self.event(&execution, &content).to_string()
            }
            None => text,
        };
        DeliveryRecord {
            source: Source {
                principal: record.target.role_arn.clone(),
                arn,
            },
            target_arn: record.target.arn.clone(),
            group: record.target.group.clone(),
            dead_letters: record.target.dead_letters.clone(),
            max_retries: record.target.max_retries,
            max_age_seconds: record.target.max_age_seconds,
            text,
            accepted_millis: self.now().as_millis(),
            hops: 0,
        }
    }

    /// What a target is told when nobody says what.
    fn told_without_input(&self, arn: &str, record: &ScheduleRecord, due: Timestamp) -> String {
        if record.target.bus_event.is_some() {
            return "{}".to_owned();
        }
        let content = Content {
            source: "aws.scheduler".to_owned(),
            detail_type: "Scheduled Event".to_owned(),
            // A text, unlike in the events of rules.
            detail: json!("{}"),
            resources: vec![arn.to_owned()],
            time: due,
        };
        self.event(&request_id::uuid(), &content).to_string()
    }

    fn schedule_arn(&self, record: &ScheduleRecord) -> String {
        let (region, account) = (&self.config.region, &self.config.account_id);
        let (group, name) = (&record.group, &record.name);
        format!("arn:aws:scheduler:{region}:{account}:schedule/{group}/{name}")
    }
}
