//! A parameter's tags.

use landline_api::ssm as api;
use landline_store::Transaction;
use landline_wire::{Caller, Handler, ServiceError};

use super::{PARAMETERS, ParameterRecord, Ssm, plain_name};
use crate::WriteFailure;

/// Tags of a parameter.
const TAGS_MAX: usize = 50;

impl Ssm {
    async fn change_tags(
        &self,
        resource: (&api::ResourceTypeForTagging, String),
        change: impl FnOnce(&mut ParameterRecord) -> Result<(), ServiceError> + Send + 'static,
    ) -> Result<(), ServiceError> {
        let (kind, id) = resource;
        check_kind(kind)?;
        let name = plain_name(&id).to_owned();
        let written = self.store.write(move |transaction: &mut Transaction<'_>| {
            let Some(mut record) = PARAMETERS.get_in(transaction, &name)? else {
                return Err(WriteFailure::from(invalid_id(&name)));
            };
            change(&mut record)?;
            PARAMETERS.put_in(transaction, &name, &record)?;
            Ok(())
        });
        Ok(written.await?)
    }
}

fn check_kind(kind: &api::ResourceTypeForTagging) -> Result<(), ServiceError> {
    if *kind == api::ResourceTypeForTagging::Parameter {
        return Ok(());
    }
    let text = format!("{kind} is not a resource of Landline's Parameter Store.");
    Err(api::errors::InvalidResourceType.with(text))
}

fn invalid_id(id: &str) -> ServiceError {
    api::errors::InvalidResourceId.with(format!("The resource ID {id} is not valid."))
}

impl Handler<api::AddTagsToResource> for Ssm {
    async fn handle(
        &self,
        input: api::AddTagsToResourceInput,
        _caller: &Caller,
    ) -> Result<api::AddTagsToResourceOutput, ServiceError> {
        let tags = input.tags;
        let change = move |record: &mut ParameterRecord| {
            let tags = tags.into_iter().map(|tag| (tag.key, tag.value));
            record.tags.extend(tags);
            if record.tags.len() > TAGS_MAX {
                let text = format!("A parameter has at most {TAGS_MAX} tags.");
                return Err(api::errors::TooManyTagsError.with(text));
            }
            Ok(())
        };
        self.change_tags((&input.resource_type, input.resource_id), change)
            .await?;
        Ok(api::AddTagsToResourceOutput {})
    }
}

impl Handler<api::RemoveTagsFromResource> for Ssm {
    async fn handle(
        &self,
        input: api::RemoveTagsFromResourceInput,
        _caller: &Caller,
    ) -> Result<api::RemoveTagsFromResourceOutput, ServiceError> {
        let keys = input.tag_keys;
        let change = move |record: &mut ParameterRecord| {
            record.tags.retain(|key, _| !keys.contains(key));
            Ok(())
        };
        self.change_tags((&input.resource_type, input.resource_id), change)
            .await?;
        Ok(api::RemoveTagsFromResourceOutput {})
    }
}

impl Handler<api::ListTagsForResource> for Ssm {
    async fn handle(
        &self,
        input: api::ListTagsForResourceInput,
        _caller: &Caller,
    ) -> Result<api::ListTagsForResourceOutput, ServiceError> {
        check_kind(&input.resource_type)?;
        let found = self.find(plain_name(&input.resource_id));
        let record = found.map_err(|_| invalid_id(&input.resource_id))?;
        let tags = record.tags.into_iter();
        let tags = tags.map(|(key, value)| api::Tag { key, value });
        Ok(api::ListTagsForResourceOutput {
            tag_list: Some(tags.collect()),
        })
    }
}
