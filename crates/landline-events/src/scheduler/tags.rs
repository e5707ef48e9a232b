//! `ListTagsForResource`, `TagResource`, `UntagResource`: only groups have tags.

use std::collections::BTreeMap;

use landline_api::scheduler as api;
use landline_wire::{Arn, Caller, Handler, ServiceError};

use super::operations::{invalid, no_group};
use super::record::{GROUPS, GroupRecord};
use crate::errors::unavailable;
use crate::operations::Service;
use crate::quotas::TAGS_MAX;

pub(super) fn map_of(tags: Vec<api::Tag>) -> BTreeMap<String, String> {
    tags.into_iter().map(|tag| (tag.key, tag.value)).collect()
}

/// The group with this ARN.
fn group_of(arn: &str) -> Result<&str, ServiceError> {
    let group = Arn::parse(arn).filter(|arn| arn.service == "scheduler");
    let group = group.and_then(|arn| arn.resource.strip_prefix("schedule-group/"));
    group.ok_or_else(|| invalid("ResourceArn must be that of a schedule group."))
}

impl Service {
    async fn change_group(
        &self,
        arn: &str,
        change: impl FnOnce(&mut BTreeMap<String, String>),
    ) -> Result<(), ServiceError> {
        let name = group_of(arn)?;
        let _one_at_a_time = self.changes.lock().await;
        let record = self.schedules.group(name).ok_or_else(|| no_group(name))?;
        let mut record = GroupRecord::clone(&record);
        change(&mut record.tags);
        if record.tags.len() > TAGS_MAX {
            return Err(invalid("Too many tags."));
        }
        let put = GROUPS.put(&*self.config.store, name, record.clone()).await;
        put.map_err(unavailable)?;
        self.schedules.put_group(name, record);
        Ok(())
    }
}

impl Handler<api::ListTagsForResource> for Service {
    async fn handle(
        &self,
        input: api::ListTagsForResourceInput,
        _caller: &Caller,
    ) -> Result<api::ListTagsForResourceOutput, ServiceError> {
        let name = group_of(&input.resource_arn)?;
        let record = self.schedules.group(name).ok_or_else(|| no_group(name))?;
        let tags = record.tags.iter().map(|(key, value)| api::Tag {
            key: key.clone(),
            value: value.clone(),
        });
        Ok(api::ListTagsForResourceOutput {
            tags: Some(tags.collect()),
        })
    }
}

impl Handler<api::TagResource> for Service {
    async fn handle(
        &self,
        input: api::TagResourceInput,
        _caller: &Caller,
    ) -> Result<api::TagResourceOutput, ServiceError> {
        let added = map_of(input.tags);
        let change = self.change_group(&input.resource_arn, |tags| tags.extend(added));
        change.await?;
        Ok(api::TagResourceOutput {})
    }
}

impl Handler<api::UntagResource> for Service {
    async fn handle(
        &self,
        input: api::UntagResourceInput,
        _caller: &Caller,
    ) -> Result<api::UntagResourceOutput, ServiceError> {
        let keys = input.tag_keys;
        let change = self.change_group(&input.resource_arn, |tags| {
            tags.retain(|key, _| !keys.contains(key));
        });
        change.await?;
        Ok(api::UntagResourceOutput {})
    }
}
