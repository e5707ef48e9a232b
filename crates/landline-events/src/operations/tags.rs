//! `ListTagsForResource`, `TagResource`, `UntagResource`: of rules and of buses.

use std::collections::BTreeMap;

use landline_api::events as api;
use landline_api::events::errors;
use landline_wire::{Arn, Caller, Handler, ServiceError};

use super::Service;
use crate::errors::invalid;
use crate::quotas::TAGS_MAX;
use crate::rule::DEFAULT;

pub(super) fn map_of(
    tags: Option<Vec<api::Tag>>,
) -> Result<BTreeMap<String, String>, ServiceError> {
    let tags = tags.unwrap_or_default().into_iter();
    let tags: BTreeMap<_, _> = tags.map(|tag| (tag.key, tag.value)).collect();
    check(&tags)?;
    Ok(tags)
}

fn check(tags: &BTreeMap<String, String>) -> Result<(), ServiceError> {
    if tags.len() > TAGS_MAX {
        return Err(errors::LimitExceededException.with("Too many tags"));
    }
    Ok(())
}

/// What has tags.
enum Tagged {
    Bus(String),
    Rule { bus: String, name: String },
}

impl Tagged {
    /// `event-bus/{bus}`, `rule/{name}` or `rule/{bus}/{name}`.
    fn of(arn: &str) -> Result<Self, ServiceError> {
        let resource = Arn::parse(arn).filter(|arn| arn.service == "events");
        let resource = resource.map_or("", |arn| arn.resource);
        match resource.split_once('/') {
            Some(("event-bus", bus)) => Ok(Self::Bus(bus.to_owned())),
            Some(("rule", rest)) => {
                let (bus, name) = rest.rsplit_once('/').unwrap_or((DEFAULT, rest));
                Ok(Self::Rule {
                    bus: bus.to_owned(),
                    name: name.to_owned(),
                })
            }
            _ => Err(invalid("Parameter ResourceARN is not valid.")),
        }
    }
}

impl Service {
    async fn change_tags(
        &self,
        arn: &str,
        change: impl FnOnce(&mut BTreeMap<String, String>),
    ) -> Result<(), ServiceError> {
        match Tagged::of(arn)? {
            Tagged::Bus(bus) => {
                let changed = self.change_bus(&bus, |record| {
                    change(&mut record.tags);
                    check(&record.tags)
                });
                changed.await.map(|_| ())
            }
            Tagged::Rule { bus, name } => {
                self.rule(Some(&bus), &name)?;
                let changed = self.change_rule(&bus, &name, |record| {
                    change(&mut record.tags);
                    check(&record.tags)
                });
                changed.await
            }
        }
    }
}

impl Handler<api::ListTagsForResource> for Service {
    async fn handle(
        &self,
        input: api::ListTagsForResourceInput,
        _caller: &Caller,
    ) -> Result<api::ListTagsForResourceOutput, ServiceError> {
        let tags = match Tagged::of(&input.resource_arn)? {
            Tagged::Bus(bus) => self.bus(Some(&bus))?.1.tags.clone(),
            Tagged::Rule { bus, name } => self.rule(Some(&bus), &name)?.record.tags.clone(),
        };
        let tags = tags.into_iter().map(|(key, value)| api::Tag { key, value });
        Ok(api::ListTagsForResourceOutput {
            tags: Some(tags.collect()),
        })
    }
}

impl Handler<api::TagResource> for Service {
    async fn handle(
        &self,
        input: api::TagResourceInput,
        _caller: &Caller,
    ) -> Result<api::TagResourceOutput, ServiceError> {
        let added = input.tags.into_iter().map(|tag| (tag.key, tag.value));
        let change = self.change_tags(&input.resource_arn, |tags| tags.extend(added));
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
        let change = self.change_tags(&input.resource_arn, |tags| {
            tags.retain(|key, _| !keys.contains(key));
        });
        change.await?;
        Ok(api::UntagResourceOutput {})
    }
}
