//! `TagResource`, `UntagResource`, `ListTagsOfResource`.

use std::sync::Arc;

use landline_api::dynamodb as api;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use crate::DynamoDb;
use crate::error::validation;
use crate::quotas::MAX_TAGS;
use crate::table::Table;

impl Handler<api::TagResource> for DynamoDb {
    async fn handle(
        &self,
        input: api::TagResourceInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let table = self.tagged(&input.resource_arn)?;
        if input.tags.is_empty() {
            return Err(validation("Atleast one Tag needs to be provided as Input."));
        }
        let tags = input.tags;
        let amended = self.catalog.amend(&*self.store, &table, move |record, _| {
            record
                .tags
                .extend(tags.into_iter().map(|tag| (tag.key, tag.value)));
            if record.tags.len() > MAX_TAGS {
                return Err(validation(
                    "Number of Tags exceed the current limit for the provided ResourceArn",
                )
                .into());
            }
            Ok(())
        });
        amended.await?;
        Ok(Unit::default())
    }
}

impl Handler<api::UntagResource> for DynamoDb {
    async fn handle(
        &self,
        input: api::UntagResourceInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let table = self.tagged(&input.resource_arn)?;
        if input.tag_keys.is_empty() {
            return Err(validation(
                "Atleast one Tag Key needs to be provided as Input.",
            ));
        }
        let keys = input.tag_keys;
        let amended = self.catalog.amend(&*self.store, &table, move |record, _| {
            record.tags.retain(|key, _| !keys.contains(key));
            Ok(())
        });
        amended.await?;
        Ok(Unit::default())
    }
}

impl Handler<api::ListTagsOfResource> for DynamoDb {
    async fn handle(
        &self,
        input: api::ListTagsOfResourceInput,
        _caller: &Caller,
    ) -> Result<api::ListTagsOfResourceOutput, ServiceError> {
        let table = self.tagged(&input.resource_arn)?;
        let tags = table.record.tags.iter().map(|(key, value)| api::Tag {
            key: key.clone(),
            value: value.clone(),
        });
        Ok(api::ListTagsOfResourceOutput {
            tags: Some(tags.collect()),
            next_token: None,
        })
    }
}

impl DynamoDb {
    fn tagged(&self, arn: &str) -> Result<Arc<Table>, ServiceError> {
        if !arn.starts_with("arn:") {
            return Err(validation(format!(
                "Invalid TableArn: Invalid ResourceArn provided as input {arn}"
            )));
        }
        self.catalog.by_arn(arn).ok_or_else(|| {
            api::errors::ResourceNotFoundException.with(format!(
                "Requested resource not found: ResourcArn: {arn} not found"
            ))
        })
    }
}
