//! `CreateActivity`, `DescribeActivity`, `DeleteActivity`, `ListActivities`, `GetActivityTask`.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateActivity.html>

use landline_api::stepfunctions as api;
use landline_api::stepfunctions::errors;
use landline_wire::{Caller, Handler, ServiceError, Timestamp};

use super::names::{check_name, of_kind};
use super::page::{kept, page, shown};
use super::{Service, tags};
use crate::activity::{ACTIVITIES, ActivityRecord};
use crate::errors::{no_activity, unavailable};
use crate::quotas::ACTIVITIES_MAX;

impl Handler<api::CreateActivity> for Service {
    async fn handle(
        &self,
        input: api::CreateActivityInput,
        _caller: &Caller,
    ) -> Result<api::CreateActivityOutput, ServiceError> {
        check_name(&input.name)?;
        let arn = self.arn(&format!("activity:{}", input.name));
        let _one_at_a_time = self.changes.lock().await;
        // Creating once more what is there is a success.
        if let Some(record) = self.activities.get(&arn) {
            return Ok(api::CreateActivityOutput {
                activity_arn: arn,
                creation_date: Timestamp::from_millis(record.created_millis),
            });
        }
        if self.activities.all().len() >= ACTIVITIES_MAX {
            return Err(errors::ActivityLimitExceeded.with("Maximum number of activities reached"));
        }
        let now = self.now();
        let record = ActivityRecord {
            name: input.name.clone(),
            arn: arn.clone(),
            created_millis: now.as_millis(),
            tags: tags::map_of(input.tags)?,
            encryption: kept(input.encryption_configuration.as_ref()),
        };
        let put = ACTIVITIES.put(&*self.config.store, &input.name, record.clone());
        put.await.map_err(unavailable)?;
        self.activities.put(record);
        Ok(api::CreateActivityOutput {
            activity_arn: arn,
            creation_date: now,
        })
    }
}

impl Service {
    fn activity(&self, arn: &str) -> Result<ActivityRecord, ServiceError> {
        of_kind(arn, "activity")?;
        self.activities.get(arn).ok_or_else(|| no_activity(arn))
    }
}

impl Handler<api::DescribeActivity> for Service {
    async fn handle(
        &self,
        input: api::DescribeActivityInput,
        _caller: &Caller,
    ) -> Result<api::DescribeActivityOutput, ServiceError> {
        let record = self.activity(&input.activity_arn)?;
        Ok(api::DescribeActivityOutput {
            activity_arn: record.arn,
            name: record.name,
            creation_date: Timestamp::from_millis(record.created_millis),
            encryption_configuration: shown(record.encryption.as_ref()),
        })
    }
}

impl Handler<api::DeleteActivity> for Service {
    async fn handle(
        &self,
        input: api::DeleteActivityInput,
        _caller: &Caller,
    ) -> Result<api::DeleteActivityOutput, ServiceError> {
        let name = of_kind(&input.activity_arn, "activity")?;
        let _one_at_a_time = self.changes.lock().await;
        let deleted = ACTIVITIES.delete(&*self.config.store, name);
        deleted.await.map_err(unavailable)?;
        self.activities.remove(&input.activity_arn);
        Ok(api::DeleteActivityOutput {})
    }
}

impl Handler<api::ListActivities> for Service {
    async fn handle(
        &self,
        input: api::ListActivitiesInput,
        _caller: &Caller,
    ) -> Result<api::ListActivitiesOutput, ServiceError> {
        let all = self.activities.all();
        let token = input.next_token.as_deref();
        let (page, next_token) = page(all, token, input.max_results, |it| &it.arn);
        let shown = page.into_iter().map(|record| api::ActivityListItem {
            activity_arn: record.arn,
            name: record.name,
            creation_date: Timestamp::from_millis(record.created_millis),
        });
        Ok(api::ListActivitiesOutput {
            activities: shown.collect(),
            next_token,
        })
    }
}

impl Handler<api::GetActivityTask> for Service {
    async fn handle(
        &self,
        input: api::GetActivityTaskInput,
        _caller: &Caller,
    ) -> Result<api::GetActivityTaskOutput, ServiceError> {
        self.activity(&input.activity_arn)?;
        let taken = self
            .activities
            .take(&input.activity_arn, input.worker_name.as_deref())
            .await;
        let work = taken.map_err(|_| {
            errors::ActivityWorkerLimitExceeded.with("Too many workers wait for the activity")
        })?;
        let (task_token, input) = match work {
            Some(work) => (Some(work.token), Some(work.input)),
            None => (None, None),
        };
        Ok(api::GetActivityTaskOutput { task_token, input })
    }
}
