//! `AWS::Events::Rule`, `AWS::Events::EventBus`, `AWS::Events::EventBusPolicy`, `AWS::Events::Archive`.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Events.html>

mod archive;
mod bus;
mod rule;

use std::collections::BTreeMap;

use landline_api::events::{
    Tag, TagResource, TagResourceInput, UntagResource, UntagResourceInput, errors,
};
use landline_wire::{Caller, Dispatcher, ServiceError};
use serde_json::Value as Json;

use super::input::tags;
use crate::provider::ProvisionError;

pub(super) use archive::Archive;
pub(super) use bus::{EventBus, EventBusPolicy};
pub(super) use rule::Rule;

fn tag_list(tags: BTreeMap<String, String>) -> Option<Vec<Tag>> {
    let tags = tags.into_iter();
    let tags: Vec<Tag> = tags.map(|(key, value)| Tag { key, value }).collect();
    (!tags.is_empty()).then_some(tags)
}

async fn change_tags(
    dispatcher: &Dispatcher,
    arn: &str,
    before: &Json,
    after: &Json,
    caller: &Caller,
) -> Result<(), ProvisionError> {
    let (before, after) = (tags(before), tags(after));
    let removed = before.keys().filter(|key| !after.contains_key(*key));
    let removed: Vec<String> = removed.cloned().collect();
    if !removed.is_empty() {
        let input = UntagResourceInput {
            resource_arn: arn.to_owned(),
            tag_keys: removed,
        };
        dispatcher.call::<UntagResource>(input, caller).await?;
    }
    if after != before
        && let Some(tags) = tag_list(after)
    {
        let input = TagResourceInput {
            resource_arn: arn.to_owned(),
            tags,
        };
        dispatcher.call::<TagResource>(input, caller).await?;
    }
    Ok(())
}

/// What is gone already needs no change.
fn unless_gone<T>(answer: Result<T, ServiceError>) -> Result<(), ProvisionError> {
    match answer {
        Err(error) if !errors::ResourceNotFoundException.matches(&error) => Err(error.into()),
        _ => Ok(()),
    }
}
