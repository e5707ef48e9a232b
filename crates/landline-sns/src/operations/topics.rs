//! `CreateTopic`, `DeleteTopic`, `ListTopics`.

use std::collections::BTreeMap;

use landline_api::sns as api;
use landline_api::sns::errors;
use landline_wire::shape::Unit;
use landline_wire::{Arn, Caller, Handler, ServiceError};

use super::page::page;
use crate::attributes::{check_name, check_of_topic};
use crate::errors::{WriteFailure, invalid_arn, invalid_because};
use crate::quotas::{TAGS_MAX, TOPICS_MAX};
use crate::topic::{SENT, SUBSCRIPTIONS, TOPICS, Topic, TopicRecord};
use crate::{Sns, arn};

impl Handler<api::CreateTopic> for Sns {
    async fn handle(
        &self,
        input: api::CreateTopicInput,
        caller: &Caller,
    ) -> Result<api::Topic, ServiceError> {
        let name = input.name;
        let mut attributes = input.attributes.unwrap_or_default();
        let is_fifo = attributes.get("FifoTopic").is_some_and(|it| it == "true");
        check_name(&name, is_fifo)?;
        for (attribute, value) in &attributes {
            check_of_topic(attribute, value, is_fifo)?;
        }
        if let Some(policy) = input.data_protection_policy {
            attributes.insert("DataProtectionPolicy".to_owned(), policy);
        }
        let tags = super::tags::map_of(input.tags.unwrap_or_default());
        if tags.len() > TAGS_MAX {
            return Err(errors::TagLimitExceededException
                .with("Could not complete request: tag quota of per resource exceeded"));
        }
        let _one_at_a_time = self.changes.lock().await;
        if let Some(existing) = self.topics.get(&name) {
            check_same(&existing, &attributes, &tags)?;
            return Ok(answer(&existing.arn));
        }
        if self.topics.len() >= TOPICS_MAX {
            return Err(errors::TopicLimitExceededException.with("Too many topics"));
        }
        if !is_fifo {
            attributes.remove("FifoTopic");
        }
        let record = TopicRecord {
            arn: arn(&name, caller),
            owner: caller.account_id.to_string(),
            attributes,
            tags,
        };
        let put = TOPICS.put(&*self.store, &name, record.clone()).await;
        put.map_err(|error| ServiceError::internal(&error))?;
        let made = answer(&record.arn);
        self.topics.put(Topic::new(&name, record));
        Ok(made)
    }
}

fn answer(arn: &str) -> api::Topic {
    api::Topic {
        topic_arn: Some(arn.to_owned()),
    }
}

/// Refuses a topic that exists with other attributes or tags than those that the caller gives.
fn check_same(
    existing: &Topic,
    attributes: &BTreeMap<String, String>,
    tags: &BTreeMap<String, String>,
) -> Result<(), ServiceError> {
    let record = existing.record();
    // A standard topic need not say that it is none of the other kind.
    let is_default = |name: &str, value: &str| name == "FifoTopic" && value == "false";
    let differs = |(name, value): (&String, &String)| {
        record.attributes.get(name) != Some(value) && !is_default(name, value)
    };
    if attributes.iter().any(differs) {
        return Err(invalid_because(
            "Attributes",
            "Topic already exists with different attributes",
        ));
    }
    // Some of the tags are enough.
    if tags
        .iter()
        .any(|(key, value)| record.tags.get(key) != Some(value))
    {
        return Err(invalid_because(
            "Tags",
            "Topic already exists with different tags",
        ));
    }
    Ok(())
}

impl Handler<api::DeleteTopic> for Sns {
    async fn handle(
        &self,
        input: api::DeleteTopicInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let parsed = Arn::parse(&input.topic_arn).filter(|arn| arn.service == "sns");
        let Some(name) = parsed.map(|arn| arn.resource.to_owned()) else {
            return Err(invalid_arn("TopicArn", &input.topic_arn));
        };
        let _one_at_a_time = self.changes.lock().await;
        // Deleting what is not there is a success.
        if self.topics.get(&name).is_none() {
            return Ok(Unit {});
        }
        let deleted = name.clone();
        let written = self.store.write(move |transaction| {
            TOPICS.delete_in(transaction, &deleted);
            SUBSCRIPTIONS.delete_under_in(transaction, &format!("{deleted}:"))?;
            SENT.delete_under_in(transaction, &format!("{deleted}:"))?;
            Ok::<_, WriteFailure>(())
        });
        written.await?;
        self.topics.remove(&name);
        Ok(Unit {})
    }
}

impl Handler<api::ListTopics> for Sns {
    async fn handle(
        &self,
        input: api::ListTopicsInput,
        _caller: &Caller,
    ) -> Result<api::ListTopicsOutput, ServiceError> {
        let token = input.next_token.as_deref();
        let (topics, next_token) = page(self.topics.all(), token, |topic| &topic.name);
        let topics = topics.iter().map(|topic| api::Topic {
            topic_arn: Some(topic.arn.clone()),
        });
        Ok(api::ListTopicsOutput {
            topics: Some(topics.collect()),
            next_token,
        })
    }
}
