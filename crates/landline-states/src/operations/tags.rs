//! `TagResource`, `UntagResource`, `ListTagsForResource`: of machines and of activities.

use std::collections::BTreeMap;

use landline_api::stepfunctions as api;
use landline_api::stepfunctions::errors;
use landline_wire::{Caller, Handler, ServiceError};

use super::Service;
use super::names::parts;
use crate::activity::ACTIVITIES;
use crate::errors::{no_resource, unavailable};
use crate::machine::{Known, MACHINES};
use crate::quotas::TAGS_MAX;

type Map = BTreeMap<String, String>;

pub(super) fn map_of(tags: Option<Vec<api::Tag>>) -> Result<Map, ServiceError> {
    let mut map = Map::new();
    add(&mut map, tags.unwrap_or_default())?;
    Ok(map)
}

fn add(map: &mut Map, tags: Vec<api::Tag>) -> Result<(), ServiceError> {
    for api::Tag { key, value } in tags {
        map.insert(key.unwrap_or_default(), value.unwrap_or_default());
    }
    if map.len() > TAGS_MAX {
        return Err(errors::TooManyTags.with("Too many tags"));
    }
    Ok(())
}

impl Service {
    async fn change_tags(
        &self,
        arn: &str,
        change: impl FnOnce(&mut Map) -> Result<(), ServiceError>,
    ) -> Result<(), ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let store = &*self.config.store;
        match parts(arn)? {
            ("stateMachine", name) => {
                let known = self.machines.get(name).ok_or_else(|| no_resource(arn))?;
                let mut record = known.record.clone();
                change(&mut record.tags)?;
                let put = MACHINES.put(store, name, record.clone());
                put.await.map_err(unavailable)?;
                self.machines.put(Known {
                    record,
                    machine: known.machine.clone(),
                });
                Ok(())
            }
            ("activity", name) => {
                let record = self.activities.get(arn);
                let mut record = record.ok_or_else(|| no_resource(arn))?;
                change(&mut record.tags)?;
                let put = ACTIVITIES.put(store, name, record.clone());
                put.await.map_err(unavailable)?;
                self.activities.put(record);
                Ok(())
            }
            _ => Err(no_resource(arn)),
        }
    }
}

impl Handler<api::TagResource> for Service {
    async fn handle(
        &self,
        input: api::TagResourceInput,
        _caller: &Caller,
    ) -> Result<api::TagResourceOutput, ServiceError> {
        let tags = input.tags;
        let change = self.change_tags(&input.resource_arn, |map| add(map, tags));
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
        let change = self.change_tags(&input.resource_arn, |map| {
            map.retain(|key, _| !keys.contains(key));
            Ok(())
        });
        change.await?;
        Ok(api::UntagResourceOutput {})
    }
}

impl Handler<api::ListTagsForResource> for Service {
    async fn handle(
        &self,
        input: api::ListTagsForResourceInput,
        _caller: &Caller,
    ) -> Result<api::ListTagsForResourceOutput, ServiceError> {
        let arn = &input.resource_arn;
        let tags = match parts(arn)? {
            ("stateMachine", name) => self.machines.get(name).map(|it| it.record.tags.clone()),
            ("activity", _) => self.activities.get(arn).map(|it| it.tags),
            _ => None,
        };
        let tags = tags.ok_or_else(|| no_resource(arn))?.into_iter();
        let tags = tags.map(|(key, value)| api::Tag {
            key: Some(key),
            value: Some(value),
        });
        Ok(api::ListTagsForResourceOutput {
            tags: Some(tags.collect()),
        })
    }
}
