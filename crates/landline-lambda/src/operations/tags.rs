//! `ListTags`, `TagResource`, `UntagResource`.

use std::collections::BTreeMap;
use std::sync::Arc;

use landline_api::lambda as api;
use landline_api::lambda::errors::ResourceNotFoundException;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::{Service, validation};
use crate::function::name::FunctionName;
use crate::functions::Function;
use crate::mapping::Mapping;

impl Handler<api::ListTags> for Service {
    async fn handle(
        &self,
        input: api::ListTagsInput,
        _caller: &Caller,
    ) -> Result<api::ListTagsOutput, ServiceError> {
        let tags = match self.tagged(&input.resource)? {
            Tagged::Function(function) => function.record.tags.clone(),
            Tagged::Mapping(mapping) => mapping.tags(),
        };
        Ok(api::ListTagsOutput { tags: Some(tags) })
    }
}

impl Handler<api::TagResource> for Service {
    async fn handle(
        &self,
        input: api::TagResourceInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let add = |tags: &mut Tags| tags.extend(input.tags);
        self.change_tags(&input.resource, add).await
    }
}

impl Handler<api::UntagResource> for Service {
    async fn handle(
        &self,
        input: api::UntagResourceInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let remove = |tags: &mut Tags| tags.retain(|key, _| !input.tag_keys.contains(key));
        self.change_tags(&input.resource, remove).await
    }
}

type Tags = BTreeMap<String, String>;

/// What can have tags.
enum Tagged {
    Function(Arc<Function>),
    Mapping(Arc<Mapping>),
}

impl Service {
    fn tagged(&self, arn: &str) -> Result<Tagged, ServiceError> {
        if let Some((_, uuid)) = arn.split_once(":event-source-mapping:") {
            let found = self.mapping(uuid).map(Tagged::Mapping);
            return found.map_err(|_| {
                ResourceNotFoundException
                    .with(format!("Event source mapping not found: {arn}"))
                    .with_field("Type", "User")
            });
        }
        let named = FunctionName::parse(arn);
        if self.exists(named.name) && named.qualifier.is_some() {
            return Err(validation::invalid(
                "Tags on function aliases and versions are not supported. Please specify a function ARN.",
            ));
        }
        self.latest(arn).map(Tagged::Function)
    }

    async fn change_tags(
        &self,
        arn: &str,
        change: impl FnOnce(&mut Tags),
    ) -> Result<Unit, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let tagged = self.tagged(arn)?;
        let mut tags = match &tagged {
            Tagged::Function(function) => function.record.tags.clone(),
            Tagged::Mapping(mapping) => mapping.tags(),
        };
        change(&mut tags);
        validation::tags(&tags)?;
        match tagged {
            Tagged::Function(function) => {
                let mut record = function.record.clone();
                record.tags = tags;
                self.save(record).await?;
            }
            Tagged::Mapping(mapping) => self.tag_mapping(&mapping, tags).await?,
        }
        Ok(Unit {})
    }
}
