//! Log groups: create, list, delete, retention.

use std::collections::BTreeMap;

use landline_api::logs::{
    CreateLogGroup, CreateLogGroupInput, DeleteLogGroup, DeleteLogGroupInput,
    DeleteRetentionPolicy, DeleteRetentionPolicyInput, DescribeLogGroups, DescribeLogGroupsInput,
    DescribeLogGroupsOutput, LogGroup, LogGroupClass, PutRetentionPolicy, PutRetentionPolicyInput,
    errors,
};
use landline_store::Transaction;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::{GROUPS, GroupRecord, Logs, STREAMS, events, existing_group, group_arn};
use crate::{WriteFailure, unavailable};

/// The days that `PutRetentionPolicy` takes.
const RETENTION_DAYS: [i32; 22] = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653,
];

impl Handler<CreateLogGroup> for Logs {
    async fn handle(
        &self,
        input: CreateLogGroupInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let record = GroupRecord {
            created_millis: self.clock.now().as_millis(),
            retention_days: None,
            class: input.log_group_class.map(|class| class.as_str().to_owned()),
            tags: input.tags.unwrap_or_default(),
            subscriptions: BTreeMap::new(),
            metric_filters: BTreeMap::new(),
        };
        let name = input.log_group_name;
        let written = self.store.write(move |transaction: &mut Transaction<'_>| {
            if GROUPS.get_in(transaction, &name)?.is_some() {
                let exists = errors::ResourceAlreadyExistsException;
                return Err(WriteFailure::from(
                    exists.with("The specified log group already exists"),
                ));
            }
            GROUPS.put_in(transaction, &name, &record)?;
            Ok(())
        });
        written.await?;
        Ok(Unit {})
    }
}

impl Handler<DeleteLogGroup> for Logs {
    async fn handle(
        &self,
        input: DeleteLogGroupInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let name = input.log_group_name;
        self.usages.lock().remove(&name);
        let group = name.clone();
        let written = self.store.write(move |transaction: &mut Transaction<'_>| {
            existing_group(transaction, &name)?;
            GROUPS.delete_in(transaction, &name);
            STREAMS.delete_under_in(transaction, &format!("{name}:"))?;
            transaction.delete_range(&events::of_group(&name))?;
            Ok::<_, WriteFailure>(())
        });
        written.await?;
        self.watch(&group)?;
        Ok(Unit {})
    }
}

impl Handler<DescribeLogGroups> for Logs {
    async fn handle(
        &self,
        input: DescribeLogGroupsInput,
        caller: &Caller,
    ) -> Result<DescribeLogGroupsOutput, ServiceError> {
        let prefix = input.log_group_name_prefix.unwrap_or_default();
        let contained = input.log_group_name_pattern.unwrap_or_default();
        let after = input.next_token.unwrap_or_default();
        let all = GROUPS
            .load(&*self.store)
            .map_err(|error| unavailable(&error))?;
        let mut groups = all
            .into_iter()
            .filter(|(name, _)| name.starts_with(&prefix) && name.contains(&contained))
            .filter(|(name, _)| *name > after)
            .map(|(name, record)| describe(name, &record, caller));
        let most = usize::try_from(input.limit.unwrap_or(50)).unwrap_or(50);
        let page: Vec<LogGroup> = groups.by_ref().take(most).collect();
        let more = groups.next().is_some();
        Ok(DescribeLogGroupsOutput {
            next_token: page
                .last()
                .filter(|_| more)
                .and_then(|group| group.log_group_name.clone()),
            log_groups: Some(page),
        })
    }
}

fn describe(name: String, record: &GroupRecord, caller: &Caller) -> LogGroup {
    let arn = group_arn(caller, &name);
    LogGroup {
        log_group_name: Some(name),
        creation_time: Some(record.created_millis),
        retention_in_days: record.retention_days,
        metric_filter_count: i32::try_from(record.metric_filters.len()).ok(),
        arn: Some(format!("{arn}:*")),
        stored_bytes: Some(0),
        log_group_class: Some(
            record
                .class
                .as_deref()
                .map_or(LogGroupClass::Standard, Into::into),
        ),
        log_group_arn: Some(arn),
        ..LogGroup::default()
    }
}

impl Logs {
    async fn set_retention(&self, name: String, days: Option<i32>) -> Result<Unit, ServiceError> {
        self.change_group(name, move |record| {
            record.retention_days = days;
            Ok(())
        })
        .await
    }
}

impl Handler<PutRetentionPolicy> for Logs {
    async fn handle(
        &self,
        input: PutRetentionPolicyInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        if !RETENTION_DAYS.contains(&input.retention_in_days) {
            let text = format!("Invalid retention value. Valid values are: {RETENTION_DAYS:?}");
            return Err(errors::InvalidParameterException.with(text));
        }
        self.set_retention(input.log_group_name, Some(input.retention_in_days))
            .await
    }
}

impl Handler<DeleteRetentionPolicy> for Logs {
    async fn handle(
        &self,
        input: DeleteRetentionPolicyInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.set_retention(input.log_group_name, None).await
    }
}
