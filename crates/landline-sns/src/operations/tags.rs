//! `ListTagsForResource`, `TagResource`, `UntagResource`.

use std::collections::BTreeMap;

use landline_api::sns as api;
use landline_api::sns::errors;
use landline_wire::{Caller, Handler, ServiceError};

use crate::Sns;
use crate::quotas::TAGS_MAX;
use crate::topic::Topic;

pub(super) fn map_of(tags: Vec<api::Tag>) -> BTreeMap<String, String> {
    tags.into_iter().map(|tag| (tag.key, tag.value)).collect()
}

impl Sns {
    fn tagged(&self, arn: &str) -> Result<std::sync::Arc<Topic>, ServiceError> {
        let found = self.find(arn);
        found.map_err(|_| errors::ResourceNotFoundException.with("Resource does not exist"))
    }
}

impl Handler<api::ListTagsForResource> for Sns {
    async fn handle(
        &self,
        input: api::ListTagsForResourceInput,
        _caller: &Caller,
    ) -> Result<api::ListTagsForResourceOutput, ServiceError> {
        let record = self.tagged(&input.resource_arn)?.record();
        let tags = record.tags.iter().map(|(key, value)| api::Tag {
            key: key.clone(),
            value: value.clone(),
        });
        Ok(api::ListTagsForResourceOutput {
            tags: Some(tags.collect()),
        })
    }
}

impl Handler<api::TagResource> for Sns {
    async fn handle(
        &self,
        input: api::TagResourceInput,
        _caller: &Caller,
    ) -> Result<api::TagResourceOutput, ServiceError> {
        let topic = self.tagged(&input.resource_arn)?;
        let change = self.change_topic(&topic, move |record| {
            record.tags.extend(map_of(input.tags));
            if record.tags.len() > TAGS_MAX {
                return Err(errors::TagLimitExceededException
                    .with("Could not complete request: tag quota of per resource exceeded"));
            }
            Ok(())
        });
        change.await?;
        Ok(api::TagResourceOutput {})
    }
}

impl Handler<api::UntagResource> for Sns {
    async fn handle(
        &self,
        input: api::UntagResourceInput,
        _caller: &Caller,
    ) -> Result<api::UntagResourceOutput, ServiceError> {
        let topic = self.tagged(&input.resource_arn)?;
        let change = self.change_topic(&topic, move |record| {
            record.tags.retain(|key, _| !input.tag_keys.contains(key));
            Ok(())
        });
        change.await?;
        Ok(api::UntagResourceOutput {})
    }
}
