//! `CreateSchedule`, `GetSchedule`, `UpdateSchedule`, `DeleteSchedule`, `ListSchedules`.
//!
//! <https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html>

use std::sync::Arc;

use landline_api::scheduler as api;
use landline_api::scheduler::errors;
use landline_wire::{Arn, Caller, DispatcherBuilder, Handler, ServiceError, Timestamp};

use super::record::{DEFAULT, SCHEDULES, Schedule, ScheduleRecord, TargetRecord};
use crate::Events;
use crate::errors::unavailable;
use crate::expression::{Expression, Utc, Wall};
use crate::operations::{Service, page};
use crate::quotas::SCHEDULES_MAX;
use crate::target::is_reached;
use crate::zone::Zone;

/// Lets the service answer the scheduler's operations.
pub(crate) fn register(builder: &mut DispatcherBuilder, service: &Arc<Service>) {
    builder
        .register::<api::CreateSchedule, _>(service.clone())
        .register::<api::GetSchedule, _>(service.clone())
        .register::<api::UpdateSchedule, _>(service.clone())
        .register::<api::DeleteSchedule, _>(service.clone())
        .register::<api::ListSchedules, _>(service.clone())
        .register::<api::CreateScheduleGroup, _>(service.clone())
        .register::<api::GetScheduleGroup, _>(service.clone())
        .register::<api::DeleteScheduleGroup, _>(service.clone())
        .register::<api::ListScheduleGroups, _>(service.clone())
        .register::<api::ListTagsForResource, _>(service.clone())
        .register::<api::TagResource, _>(service.clone())
        .register::<api::UntagResource, _>(service.clone());
}

pub(super) fn invalid(message: impl Into<String>) -> ServiceError {
    errors::ValidationException.with(message)
}

pub(super) fn no_group(name: &str) -> ServiceError {
    errors::ResourceNotFoundException.with(format!("Schedule group {name} does not exist."))
}

fn no_schedule(name: &str) -> ServiceError {
    errors::ResourceNotFoundException.with(format!("Schedule {name} does not exist."))
}

/// What creations and updates have in common.
struct Wanted {
    description: Option<String>,
    end_date: Option<Timestamp>,
    window: api::FlexibleTimeWindow,
    group: Option<String>,
    kms_key: Option<String>,
    name: String,
    expression: String,
    zone: Option<String>,
    start_date: Option<Timestamp>,
    state: Option<api::ScheduleState>,
    after: Option<api::ActionAfterCompletion>,
    target: api::Target,
}

impl Wanted {
    fn group(&self) -> String {
        self.group.clone().unwrap_or_else(|| DEFAULT.to_owned())
    }

    fn record(self, created_millis: i64, now: i64) -> Result<ScheduleRecord, ServiceError> {
        let zone =
            match self.zone.as_deref() {
                None => None,
                Some(name) => Some(Zone::named(name).ok_or_else(|| {
                    invalid(format!("Invalid ScheduleExpressionTimezone {name}."))
                })?),
            };
        let expression = Expression::parse(&self.expression);
        let refused = || invalid(format!("Invalid Schedule Expression {}.", self.expression));
        let expression = expression.map_err(|_| refused())?;
        let wall: &dyn Wall = match &zone {
            Some(zone) => zone,
            None => &Utc,
        };
        // A time that no clock shows, as in the night when summer begins.
        if let Expression::At(shown) = &expression
            && wall.utc_of(*shown).is_none()
        {
            return Err(refused());
        }
        let window_minutes = match self.window.mode {
            api::FlexibleTimeWindowMode::Flexible => {
                let width = self.window.maximum_window_in_minutes;
                Some(width.ok_or_else(|| {
                    invalid("MaximumWindowInMinutes must be given for a flexible time window.")
                })?)
            }
            _ => None,
        };
        let millis = |time: Option<Timestamp>| time.map(Timestamp::as_millis);
        Ok(ScheduleRecord {
            group: self.group(),
            start_millis: millis(self.start_date),
            end_millis: millis(self.end_date),
            name: self.name,
            expression: self.expression,
            zone: self.zone,
            is_enabled: self.state != Some(api::ScheduleState::Disabled),
            description: self.description,
            kms_key: self.kms_key,
            window_minutes,
            goes_when_over: self.after == Some(api::ActionAfterCompletion::Delete),
            is_over: false,
            target: target_of(self.target)?,
            created_millis,
            modified_millis: now,
        })
    }
}

fn target_of(target: api::Target) -> Result<TargetRecord, ServiceError> {
    if Arn::parse(&target.arn).is_none() {
        return Err(invalid(format!(
            "Provided Arn {} is not in correct format.",
            target.arn
        )));
    }
    let is_bus = target.arn.contains(":event-bus/");
    let bus_event = target.event_bridge_parameters;
    if is_bus && bus_event.is_none() {
        return Err(invalid(
            "EventBridgeParameters must be given for an event bus.",
        ));
    }
    if !is_reached(&target.arn) {
        tracing::warn!(
            target = target.arn,
            "Landline has no such target; the schedule is kept and tells nobody"
        );
    }
    let retry = target.retry_policy;
    Ok(TargetRecord {
        arn: target.arn,
        role_arn: target.role_arn,
        input: target.input,
        group: target.sqs_parameters.and_then(|it| it.message_group_id),
        dead_letters: target.dead_letter_config.and_then(|it| it.arn),
        max_retries: retry.as_ref().and_then(|it| it.maximum_retry_attempts),
        max_age_seconds: retry.and_then(|it| it.maximum_event_age_in_seconds),
        bus_event: bus_event.map(|it| (it.detail_type, it.source)),
    })
}

fn shown_target(record: TargetRecord) -> api::Target {
    let retry = api::RetryPolicy {
        maximum_event_age_in_seconds: record.max_age_seconds.or(Some(86_400)),
        maximum_retry_attempts: record.max_retries.or(Some(185)),
    };
    api::Target {
        arn: record.arn,
        role_arn: record.role_arn,
        input: record.input,
        sqs_parameters: record.group.map(|group| api::SqsParameters {
            message_group_id: Some(group),
        }),
        dead_letter_config: record
            .dead_letters
            .map(|arn| api::DeadLetterConfig { arn: Some(arn) }),
        event_bridge_parameters: record.bus_event.map(|(detail_type, source)| {
            api::EventBridgeParameters {
                detail_type,
                source,
            }
        }),
        retry_policy: Some(retry),
        ..Default::default()
    }
}

impl Events {
    /// Makes a schedule durable, and shows it to those who look. To be called with `changes` locked.
    async fn save_schedule(&self, record: ScheduleRecord) -> Result<String, ServiceError> {
        let arn = self.schedule_arn(&record);
        let key = record.key();
        let put = SCHEDULES
            .put(&*self.config.store, &key, record.clone())
            .await;
        put.map_err(unavailable)?;
        let is_once = record.expression.starts_with("at(");
        let schedule = Schedule::new(record);
        self.schedules.put(schedule.clone());
        // What should have happened already happens now.
        let after = if is_once {
            Timestamp::default()
        } else {
            Timestamp::from_millis(self.now().as_millis() - 1)
        };
        self.note_schedule(&schedule, after);
        Ok(arn)
    }

    fn find_schedule(
        &self,
        group: Option<&str>,
        name: &str,
    ) -> Result<Arc<Schedule>, ServiceError> {
        let group = group.unwrap_or(DEFAULT);
        let found = self.schedules.get(&format!("{group}|{name}"));
        found.ok_or_else(|| no_schedule(name))
    }
}

impl Handler<api::CreateSchedule> for Service {
    async fn handle(
        &self,
        input: api::CreateScheduleInput,
        _caller: &Caller,
    ) -> Result<api::CreateScheduleOutput, ServiceError> {
        let wanted = Wanted {
            description: input.description,
            end_date: input.end_date,
            window: input.flexible_time_window,
            group: input.group_name,
            kms_key: input.kms_key_arn,
            name: input.name,
            expression: input.schedule_expression,
            zone: input.schedule_expression_timezone,
            start_date: input.start_date,
            state: input.state,
            after: input.action_after_completion,
            target: input.target,
        };
        let _one_at_a_time = self.changes.lock().await;
        let (group, name) = (wanted.group(), wanted.name.clone());
        self.schedules
            .group(&group)
            .ok_or_else(|| no_group(&group))?;
        if self.find_schedule(Some(&group), &name).is_ok() {
            let text = format!("Schedule {name} already exists.");
            return Err(errors::ConflictException.with(text));
        }
        if self.schedules.len() >= SCHEDULES_MAX {
            return Err(errors::ServiceQuotaExceededException
                .with("The maximum number of schedules is reached."));
        }
        let now = self.now().as_millis();
        let schedule_arn = self.save_schedule(wanted.record(now, now)?).await?;
        Ok(api::CreateScheduleOutput { schedule_arn })
    }
}

impl Handler<api::UpdateSchedule> for Service {
    async fn handle(
        &self,
        input: api::UpdateScheduleInput,
        _caller: &Caller,
    ) -> Result<api::UpdateScheduleOutput, ServiceError> {
        let wanted = Wanted {
            description: input.description,
            end_date: input.end_date,
            window: input.flexible_time_window,
            group: input.group_name,
            kms_key: input.kms_key_arn,
            name: input.name,
            expression: input.schedule_expression,
            zone: input.schedule_expression_timezone,
            start_date: input.start_date,
            state: input.state,
            after: input.action_after_completion,
            target: input.target,
        };
        let _one_at_a_time = self.changes.lock().await;
        let existing = self.find_schedule(Some(&wanted.group()), &wanted.name)?;
        let created = existing.record.created_millis;
        let record = wanted.record(created, self.now().as_millis())?;
        let schedule_arn = self.save_schedule(record).await?;
        Ok(api::UpdateScheduleOutput { schedule_arn })
    }
}

impl Handler<api::GetSchedule> for Service {
    async fn handle(
        &self,
        input: api::GetScheduleInput,
        _caller: &Caller,
    ) -> Result<api::GetScheduleOutput, ServiceError> {
        let schedule = self.find_schedule(input.group_name.as_deref(), &input.name)?;
        let record = schedule.record.clone();
        let time = |millis: i64| Some(Timestamp::from_millis(millis));
        let mode = match record.window_minutes {
            Some(_) => api::FlexibleTimeWindowMode::Flexible,
            None => api::FlexibleTimeWindowMode::Off,
        };
        Ok(api::GetScheduleOutput {
            arn: Some(self.schedule_arn(&record)),
            action_after_completion: Some(if record.goes_when_over {
                api::ActionAfterCompletion::Delete
            } else {
                api::ActionAfterCompletion::None
            }),
            creation_date: time(record.created_millis),
            last_modification_date: time(record.modified_millis),
            start_date: record.start_millis.and_then(time),
            end_date: record.end_millis.and_then(time),
            flexible_time_window: Some(api::FlexibleTimeWindow {
                maximum_window_in_minutes: record.window_minutes,
                mode,
            }),
            state: Some(state(&record)),
            description: record.description,
            group_name: Some(record.group),
            kms_key_arn: record.kms_key,
            name: Some(record.name),
            schedule_expression: Some(record.expression),
            schedule_expression_timezone: record.zone.or_else(|| Some("UTC".to_owned())),
            target: Some(shown_target(record.target)),
        })
    }
}

fn state(record: &ScheduleRecord) -> api::ScheduleState {
    if record.is_enabled {
        api::ScheduleState::Enabled
    } else {
        api::ScheduleState::Disabled
    }
}

impl Handler<api::DeleteSchedule> for Service {
    async fn handle(
        &self,
        input: api::DeleteScheduleInput,
        _caller: &Caller,
    ) -> Result<api::DeleteScheduleOutput, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let schedule = self.find_schedule(input.group_name.as_deref(), &input.name)?;
        let key = schedule.record.key();
        let deleted = SCHEDULES.delete(&*self.config.store, &key).await;
        deleted.map_err(unavailable)?;
        self.schedules.remove(&key);
        self.forget_due(&key);
        Ok(api::DeleteScheduleOutput {})
    }
}

impl Handler<api::ListSchedules> for Service {
    async fn handle(
        &self,
        input: api::ListSchedulesInput,
        _caller: &Caller,
    ) -> Result<api::ListSchedulesOutput, ServiceError> {
        let prefix = input.name_prefix.unwrap_or_default();
        let mut all = self.schedules.all();
        all.retain(|schedule| {
            let record = &schedule.record;
            record.name.starts_with(&prefix)
                && input
                    .group_name
                    .as_ref()
                    .is_none_or(|it| *it == record.group)
                && input.state.as_ref().is_none_or(|it| *it == state(record))
        });
        let keyed = all.into_iter().map(|it| (it.record.key(), it)).collect();
        let token = input.next_token.as_deref();
        let (page, next_token) = page::page(keyed, token, input.max_results, |(key, _)| key);
        let shown = page.into_iter().map(|(_, schedule)| {
            let record = &schedule.record;
            api::ScheduleSummary {
                arn: Some(self.schedule_arn(record)),
                creation_date: Some(Timestamp::from_millis(record.created_millis)),
                last_modification_date: Some(Timestamp::from_millis(record.modified_millis)),
                group_name: Some(record.group.clone()),
                name: Some(record.name.clone()),
                state: Some(state(record)),
                target: Some(api::TargetSummary {
                    arn: record.target.arn.clone(),
                }),
            }
        });
        Ok(api::ListSchedulesOutput {
            schedules: shown.collect(),
            next_token,
        })
    }
}
