//! `TagQueue`, `UntagQueue`, `ListQueueTags`.

use landline_api::sqs as api;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use crate::Sqs;
use crate::errors::invalid;
use crate::quotas::TAGS_MAX;

impl Handler<api::TagQueue> for Sqs {
    async fn handle(
        &self,
        input: api::TagQueueInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let queue = self.find(&input.queue_url)?;
        let change = self.change(&queue, move |record| {
            record.tags.extend(input.tags);
            if record.tags.len() > TAGS_MAX {
                return Err(invalid(format!(
                    "Too many tags added for queue: the limit is {TAGS_MAX}."
                )));
            }
            Ok(())
        });
        change.await?;
        Ok(Unit {})
    }
}

impl Handler<api::UntagQueue> for Sqs {
    async fn handle(
        &self,
        input: api::UntagQueueInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let queue = self.find(&input.queue_url)?;
        let change = self.change(&queue, move |record| {
            record.tags.retain(|key, _| !input.tag_keys.contains(key));
            Ok(())
        });
        change.await?;
        Ok(Unit {})
    }
}

impl Handler<api::ListQueueTags> for Sqs {
    async fn handle(
        &self,
        input: api::ListQueueTagsInput,
        _caller: &Caller,
    ) -> Result<api::ListQueueTagsOutput, ServiceError> {
        let tags = self.find(&input.queue_url)?.state().record.tags.clone();
        Ok(api::ListQueueTagsOutput {
            tags: (!tags.is_empty()).then_some(tags),
        })
    }
}
