//! `ListTags`, `TagResource`, `UntagResource`.

use landline_api::lambda as api;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::{Service, validation};

impl Handler<api::ListTags> for Service {
    async fn handle(
        &self,
        input: api::ListTagsInput,
        _caller: &Caller,
    ) -> Result<api::ListTagsOutput, ServiceError> {
        let function = self.latest(&input.resource)?;
        Ok(api::ListTagsOutput {
            tags: Some(function.record.tags.clone()),
        })
    }
}

impl Handler<api::TagResource> for Service {
    async fn handle(
        &self,
        input: api::TagResourceInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let mut record = self.latest(&input.resource)?.record.clone();
        record.tags.extend(input.tags);
        if record.tags.len() > MAX_TAGS {
            return Err(validation::invalid(format!(
                "A function can have at most {MAX_TAGS} tags."
            )));
        }
        self.save(record).await?;
        Ok(Unit {})
    }
}

impl Handler<api::UntagResource> for Service {
    async fn handle(
        &self,
        input: api::UntagResourceInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let mut record = self.latest(&input.resource)?.record.clone();
        record.tags.retain(|key, _| !input.tag_keys.contains(key));
        self.save(record).await?;
        Ok(Unit {})
    }
}

const MAX_TAGS: usize = 50;
