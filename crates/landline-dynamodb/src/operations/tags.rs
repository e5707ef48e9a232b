//! `TagResource`, `UntagResource`, `ListTagsOfResource`.

use std::sync::Arc;

use landline_api::dynamodb as api;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use crate::DynamoDb;
use crate::catalog::not_found;
use crate::error::validation;
use crate::table::{Table, check_tag_count, check_tags};

impl Handler<api::TagResource> for DynamoDb {
    async fn handle(
        &self,
        input: api::TagResourceInput,
        caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let arn = resource(input.resource_arn, "TagResource", caller)?;
        let tags = input.tags.ok_or_else(|| missing("tags"))?;
        check_arn(&arn)?;
        if tags.is_empty() {
            return Err(validation("Atleast one Tag needs to be provided as Input."));
        }
        check_tags(&tags)?;
        let table = self.tagged(&arn)?;
        let amended = self.catalog.amend(&*self.store, &table, move |record, _| {
            record
                .tags
                .extend(tags.into_iter().map(|tag| (tag.key, tag.value)));
            check_tag_count(record.tags.len())?;
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
        caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let arn = resource(input.resource_arn, "UntagResource", caller)?;
        let keys = input.tag_keys.ok_or_else(|| missing("tagKeys"))?;
        check_arn(&arn)?;
        if keys.is_empty() {
            return Err(validation(
                "Atleast one Tag Key needs to be provided as Input.",
            ));
        }
        // Here AWS does not say which table it did not find.
        let table = self.catalog.by_arn(&arn).ok_or_else(not_found)?;
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
        caller: &Caller,
    ) -> Result<api::ListTagsOfResourceOutput, ServiceError> {
        let arn = resource(input.resource_arn, "ListTagsOfResource", caller)?;
        check_arn(&arn)?;
        let table = self.tagged(&arn)?;
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
        self.catalog.by_arn(arn).ok_or_else(|| {
            api::errors::ResourceNotFoundException.with(format!(
                "Requested resource not found: ResourcArn: {arn} not found"
            ))
        })
    }
}

/// The ARN of a request, if it has the form of one: IAM refuses what is only nearly one before DynamoDB
/// sees it, and DynamoDB what does not even begin like one.
fn resource(arn: Option<String>, operation: &str, caller: &Caller) -> Result<String, ServiceError> {
    let arn = arn.ok_or_else(|| validation("Invalid TableArn"))?;
    if !arn.is_empty() && !arn.starts_with("arn:") {
        return Err(validation(format!(
            "Invalid TableArn: ARNs must start with 'arn:': {arn}"
        )));
    }
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let is_arn = parts.iter().all(|part| !part.is_empty())
        && parts
            .get(5)
            .and_then(|resource| resource.split_once('/'))
            .is_some_and(|(kind, name)| !kind.is_empty() && !name.is_empty());
    // What belongs to another account is not even looked for.
    if is_arn
        && parts
            .get(4)
            .is_some_and(|account| **account == *caller.account_id)
    {
        return Ok(arn);
    }
    let shown = if arn.is_empty() { "*" } else { &arn };
    Err(ServiceError::new(
        "AccessDeniedException",
        400,
        format!(
            "User: {} is not authorized to perform: dynamodb:{operation} on resource: {shown}",
            caller.principal
        ),
    ))
}

/// Refuses ARNs of anything but a table.
fn check_arn(arn: &str) -> Result<(), ServiceError> {
    let name = arn
        .strip_prefix("arn:aws:dynamodb:")
        .and_then(|rest| rest.split_once(":table/"));
    let is_table = name.is_some_and(|(_, name)| name.len() >= 3 && !name.contains('/'));
    if is_table {
        return Ok(());
    }
    Err(validation(format!(
        "Invalid TableArn: Invalid ResourceArn provided as input {arn}"
    )))
}

fn missing(member: &str) -> ServiceError {
    validation(format!(
        "1 validation error detected: Value null at '{member}' failed to satisfy constraint: Member must not be null"
    ))
}
