//! `CreateScheduleGroup`, `GetScheduleGroup`, `DeleteScheduleGroup`, `ListScheduleGroups`.

use landline_api::scheduler as api;
use landline_api::scheduler::errors;
use landline_wire::{Caller, Handler, ServiceError, Timestamp};

use super::operations::{invalid, no_group};
use super::record::{DEFAULT, GROUPS, GroupRecord, SCHEDULES};
use super::tags;
use crate::Events;
use crate::errors::unavailable;
use crate::operations::{Service, page};
use crate::quotas::SCHEDULE_GROUPS_MAX;

impl Events {
    pub(super) fn group_arn(&self, name: &str) -> String {
        let (region, account) = (&self.config.region, &self.config.account_id);
        format!("arn:aws:scheduler:{region}:{account}:schedule-group/{name}")
    }

    /// Takes a schedule off the agenda.
    pub(super) fn forget_due(&self, key: &str) {
        let key = format!("{}{key}", super::AGENDA_PREFIX);
        self.agenda.lock().note(&key, None);
    }
}

impl Handler<api::CreateScheduleGroup> for Service {
    async fn handle(
        &self,
        input: api::CreateScheduleGroupInput,
        _caller: &Caller,
    ) -> Result<api::CreateScheduleGroupOutput, ServiceError> {
        let name = input.name;
        let _one_at_a_time = self.changes.lock().await;
        if self.schedules.group(&name).is_some() {
            let text = format!("Schedule group {name} already exists.");
            return Err(errors::ConflictException.with(text));
        }
        if self.schedules.groups().len() >= SCHEDULE_GROUPS_MAX {
            return Err(errors::ServiceQuotaExceededException
                .with("The maximum number of schedule groups is reached."));
        }
        let record = GroupRecord {
            tags: tags::map_of(input.tags.unwrap_or_default()),
            created_millis: self.now().as_millis(),
        };
        let put = GROUPS.put(&*self.config.store, &name, record.clone()).await;
        put.map_err(unavailable)?;
        self.schedules.put_group(&name, record);
        Ok(api::CreateScheduleGroupOutput {
            schedule_group_arn: self.group_arn(&name),
        })
    }
}

impl Handler<api::GetScheduleGroup> for Service {
    async fn handle(
        &self,
        input: api::GetScheduleGroupInput,
        _caller: &Caller,
    ) -> Result<api::ScheduleGroupSummary, ServiceError> {
        let record = self.schedules.group(&input.name);
        let record = record.ok_or_else(|| no_group(&input.name))?;
        let created = Timestamp::from_millis(record.created_millis);
        Ok(api::ScheduleGroupSummary {
            arn: Some(self.group_arn(&input.name)),
            creation_date: Some(created),
            last_modification_date: Some(created),
            name: Some(input.name),
            state: Some(api::ScheduleGroupState::Active),
        })
    }
}

impl Handler<api::DeleteScheduleGroup> for Service {
    /// Takes the group's schedules along.
    async fn handle(
        &self,
        input: api::DeleteScheduleGroupInput,
        _caller: &Caller,
    ) -> Result<api::DeleteScheduleGroupOutput, ServiceError> {
        let name = input.name;
        if name == DEFAULT {
            return Err(invalid("The default schedule group cannot be deleted."));
        }
        let _one_at_a_time = self.changes.lock().await;
        self.schedules.group(&name).ok_or_else(|| no_group(&name))?;
        let deleted = name.clone();
        let written = self.config.store.write(move |transaction| {
            GROUPS.delete_in(transaction, &deleted);
            SCHEDULES.delete_under_in(transaction, &format!("{deleted}|"))?;
            Ok(())
        });
        written.await.map_err(unavailable)?;
        for schedule in self.schedules.all() {
            if schedule.record.group == name {
                let key = schedule.record.key();
                self.schedules.remove(&key);
                self.forget_due(&key);
            }
        }
        self.schedules.remove_group(&name);
        Ok(api::DeleteScheduleGroupOutput {})
    }
}

impl Handler<api::ListScheduleGroups> for Service {
    async fn handle(
        &self,
        input: api::ListScheduleGroupsInput,
        _caller: &Caller,
    ) -> Result<api::ListScheduleGroupsOutput, ServiceError> {
        let prefix = input.name_prefix.unwrap_or_default();
        let mut all = self.schedules.groups();
        all.retain(|(name, _)| name.starts_with(&prefix));
        let token = input.next_token.as_deref();
        let (page, next_token) = page::page(all, token, input.max_results, |(name, _)| name);
        let shown = page.into_iter().map(|(name, record)| {
            let created = Timestamp::from_millis(record.created_millis);
            api::ScheduleGroupSummary {
                arn: Some(self.group_arn(&name)),
                creation_date: Some(created),
                last_modification_date: Some(created),
                name: Some(name),
                state: Some(api::ScheduleGroupState::Active),
            }
        });
        Ok(api::ListScheduleGroupsOutput {
            schedule_groups: shown.collect(),
            next_token,
        })
    }
}
