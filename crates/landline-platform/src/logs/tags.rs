//! The tags of log groups. A group's ARN has no `:*` here, unlike in `DescribeLogGroups`.

use std::collections::BTreeMap;

use landline_api::logs::{
    ListTagsForResource, ListTagsForResourceInput, ListTagsForResourceOutput, ListTagsLogGroup,
    ListTagsLogGroupInput, ListTagsLogGroupOutput, TagResource, TagResourceInput, UntagResource,
    UntagResourceInput, errors,
};
use landline_store::Transaction;
use landline_wire::shape::Unit;
use landline_wire::{Arn, Caller, Handler, ServiceError};

use super::{GROUPS, Logs, existing_group, no_such_group};
use crate::{WriteFailure, unavailable};

/// As many as a group may have.
const MAX_TAGS: usize = 50;

impl Handler<ListTagsForResource> for Logs {
    async fn handle(
        &self,
        input: ListTagsForResourceInput,
        _caller: &Caller,
    ) -> Result<ListTagsForResourceOutput, ServiceError> {
        let found = GROUPS
            .get(&*self.store, &group_of(&input.resource_arn)?)
            .map_err(|error| unavailable(&error))?;
        let group = found.ok_or_else(no_such_group)?;
        Ok(ListTagsForResourceOutput {
            tags: Some(group.tags),
        })
    }
}

/// The older name of the same, by which tools still ask.
impl Handler<ListTagsLogGroup> for Logs {
    async fn handle(
        &self,
        input: ListTagsLogGroupInput,
        _caller: &Caller,
    ) -> Result<ListTagsLogGroupOutput, ServiceError> {
        let found = GROUPS
            .get(&*self.store, &input.log_group_name)
            .map_err(|error| unavailable(&error))?;
        Ok(ListTagsLogGroupOutput {
            tags: Some(found.ok_or_else(no_such_group)?.tags),
        })
    }
}

impl Handler<TagResource> for Logs {
    async fn handle(
        &self,
        input: TagResourceInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let change = move |tags: &mut BTreeMap<String, String>| tags.extend(input.tags);
        self.change_tags(&input.resource_arn, change).await
    }
}

impl Handler<UntagResource> for Logs {
    async fn handle(
        &self,
        input: UntagResourceInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let change = move |tags: &mut BTreeMap<String, String>| {
            tags.retain(|key, _| !input.tag_keys.contains(key));
        };
        self.change_tags(&input.resource_arn, change).await
    }
}

impl Logs {
    async fn change_tags(
        &self,
        arn: &str,
        change: impl FnOnce(&mut BTreeMap<String, String>) + Send + 'static,
    ) -> Result<Unit, ServiceError> {
        let name = group_of(arn)?;
        let written = self.store.write(move |transaction: &mut Transaction<'_>| {
            let mut group = existing_group(transaction, &name)?;
            change(&mut group.tags);
            if group.tags.len() > MAX_TAGS {
                let text = "A resource can have no more than 50 tags.";
                return Err(WriteFailure::from(errors::TooManyTagsException.with(text)));
            }
            GROUPS.put_in(transaction, &name, &group)?;
            Ok(())
        });
        written.await?;
        Ok(Unit {})
    }
}

fn group_of(arn: &str) -> Result<String, ServiceError> {
    let resource = Arn::parse(arn).map(|arn| arn.resource.trim_end_matches(":*").to_owned());
    let name = resource.and_then(|resource| Some(resource.strip_prefix("log-group:")?.to_owned()));
    name.ok_or_else(|| {
        let text = "The specified resource ARN is not that of a log group.";
        errors::InvalidParameterException.with(text)
    })
}
