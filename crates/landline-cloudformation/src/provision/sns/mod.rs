//! `AWS::SNS::Topic`, `AWS::SNS::Subscription`, `AWS::SNS::TopicPolicy`, `AWS::SNS::TopicInlinePolicy`.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_SNS.html>

mod policy;
mod subscription;

use std::collections::BTreeMap;

use landline_api::sns::{
    CreateTopic, CreateTopicInput, DeleteTopic, DeleteTopicInput, GetTopicAttributes,
    GetTopicAttributesInput, ListSubscriptionsByTopic, ListSubscriptionsByTopicInput,
    SetTopicAttributes, SetTopicAttributesInput, Subscribe, SubscribeInput, Tag, TagResource,
    TagResourceInput, Unsubscribe, UnsubscribeInput, UntagResource, UntagResourceInput, errors,
};
use landline_wire::{Arn, Caller, Dispatcher, ServiceError};
use serde_json::{Value as Json, json};

use super::input::{document, name, tags, text};
use crate::provider::{
    Existing, Import, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest,
    Schema,
};

pub(super) use policy::{TopicInlinePolicy, TopicPolicy};
pub(super) use subscription::Subscription;

#[derive(Debug)]
pub(super) struct Topic(pub(super) Dispatcher);

static TOPIC: Schema = Schema {
    resource_type: "AWS::SNS::Topic",
    required: &[],
    properties: &[
        "ArchivePolicy",
        "ContentBasedDeduplication",
        "DataProtectionPolicy",
        "DeliveryStatusLogging",
        "DisplayName",
        "FifoThroughputScope",
        "FifoTopic",
        "KmsMasterKeyId",
        "SignatureVersion",
        "Subscription",
        "Tags",
        "TopicName",
        "TracingConfig",
    ],
    replace_on: &["FifoTopic", "TopicName"],
    attributes: &["DisplayName", "TopicArn", "TopicName"],
};

/// What an attribute is when a template no longer has it.
const DEFAULTS: [(&str, &str); 8] = [
    ("ArchivePolicy", ""),
    ("ContentBasedDeduplication", "false"),
    ("DataProtectionPolicy", ""),
    ("DisplayName", ""),
    ("FifoThroughputScope", "Topic"),
    ("KmsMasterKeyId", ""),
    ("SignatureVersion", "1"),
    ("TracingConfig", "PassThrough"),
];

fn is_fifo(properties: &Json) -> bool {
    let fifo = properties.get("FifoTopic");
    fifo.is_some_and(|it| document(it) == "true")
}

/// The attributes that the properties give, as texts.
fn attributes(properties: &Json) -> BTreeMap<String, String> {
    let names = DEFAULTS.iter().map(|(name, _)| *name);
    let given = names.filter_map(|name| Some((name, properties.get(name)?)));
    let mut attributes: BTreeMap<String, String> = given
        .map(|(name, value)| (name.to_owned(), document(value)))
        .collect();
    if is_fifo(properties) {
        attributes.insert("FifoTopic".to_owned(), "true".to_owned());
    }
    attributes.extend(feedback(properties));
    attributes
}

/// What each protocol tells of its deliveries, as the attributes that it is in the API.
fn feedback(properties: &Json) -> BTreeMap<String, String> {
    let mut attributes = BTreeMap::new();
    let logged = properties.get("DeliveryStatusLogging");
    for logging in logged.and_then(Json::as_array).into_iter().flatten() {
        let protocol = match text(logging, "Protocol").unwrap_or_default().as_str() {
            "application" => "Application",
            "firehose" => "Firehose",
            "lambda" => "Lambda",
            "sqs" => "SQS",
            // `http/s`
            _ => "HTTP",
        };
        for member in [
            "FailureFeedbackRoleArn",
            "SuccessFeedbackRoleArn",
            "SuccessFeedbackSampleRate",
        ] {
            if let Some(value) = text(logging, member) {
                attributes.insert(format!("{protocol}{member}"), value);
            }
        }
    }
    attributes
}

/// Protocol and endpoint of each subscription that a topic has of itself.
fn subscribed(properties: &Json) -> Vec<(String, String)> {
    let list = properties.get("Subscription").and_then(Json::as_array);
    let list = list.map_or(&[][..], Vec::as_slice).iter();
    let part = |it: &Json, member| text(it, member).unwrap_or_default();
    list.map(|it| (part(it, "Protocol"), part(it, "Endpoint")))
        .collect()
}

/// The topic's name: a generated one ends as FIFO topics must.
fn topic_name(request: &ResourceRequest) -> String {
    let given = text(&request.properties, "TopicName");
    given.unwrap_or_else(|| {
        let mut made = name(request, "TopicName");
        if is_fifo(&request.properties) {
            made.push_str(".fifo");
        }
        made
    })
}

fn tag_list(tags: BTreeMap<String, String>) -> Vec<Tag> {
    let tags = tags.into_iter();
    tags.map(|(key, value)| Tag { key, value }).collect()
}

fn made(arn: &str, properties: &Json) -> Provisioned {
    let name = Arn::parse(arn).map(|arn| arn.resource);
    let display_name = text(properties, "DisplayName");
    Provisioned::new(arn)
        .with("DisplayName", Some(display_name.unwrap_or_default()))
        .with("TopicArn", Some(arn))
        .with("TopicName", name)
}

impl ResourceProvider for Topic {
    fn schema(&self) -> &'static Schema {
        &TOPIC
    }

    fn import(&self) -> Option<&'static Import> {
        Some(&Import {
            identifier: "TopicArn",
            name: Some("TopicName"),
        })
    }

    fn find<'a>(
        &'a self,
        identifier: &'a str,
        caller: &'a Caller,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let input = GetTopicAttributesInput {
                topic_arn: identifier.to_owned(),
            };
            match self.0.call::<GetTopicAttributes>(input, caller).await {
                Ok(output) => {
                    let attributes = output.attributes.unwrap_or_default();
                    let name = attributes.get("DisplayName");
                    Ok(made(identifier, &json!({"DisplayName": name})))
                }
                Err(error) => Err(ProvisionError::new(format!(
                    "{} (Service: Sns, Status Code: {}, Request ID: {}) (SDK Attempt Count: 1)",
                    error.message, error.status, caller.request_id
                ))),
            }
        })
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        let Caller {
            region, account_id, ..
        } = &request.caller;
        let name = topic_name(request);
        Some(format!("arn:aws:sns:{region}:{account_id}:{name}"))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            self.refuse_existing(request).await?;
            let input = CreateTopicInput {
                name: topic_name(request),
                attributes: Some(attributes(&request.properties)),
                tags: Some(tag_list(tags(&request.properties))),
                ..Default::default()
            };
            let created = self.0.call::<CreateTopic>(input, &request.caller).await?;
            let arn = created.topic_arn.unwrap_or_default();
            self.subscribe_all(&arn, &Json::Null, request).await?;
            Ok(made(&arn, &request.properties))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (before, after) = (&existing.properties, &request.properties);
            let arn = &existing.physical_id;
            let known = attributes(before);
            let mut wanted = attributes(after);
            for (name, value) in DEFAULTS {
                if before.get(name).is_some() {
                    wanted.entry(name.to_owned()).or_insert(value.to_owned());
                }
            }
            for name in feedback(before).into_keys() {
                wanted.entry(name).or_default();
            }
            for (attribute_name, value) in wanted {
                if known.get(&attribute_name) == Some(&value) {
                    continue;
                }
                let input = SetTopicAttributesInput {
                    topic_arn: arn.clone(),
                    attribute_name,
                    attribute_value: Some(value),
                };
                let dispatcher = &self.0;
                dispatcher
                    .call::<SetTopicAttributes>(input, &request.caller)
                    .await?;
            }
            self.change_tags(arn, &tags(before), tags(after), &request.caller)
                .await?;
            self.unsubscribe_removed(arn, before, request).await?;
            self.subscribe_all(arn, before, request).await?;
            Ok(made(arn, after))
        })
    }

    /// SNS says nothing of a topic that is gone.
    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let input = DeleteTopicInput {
                topic_arn: existing.physical_id.clone(),
            };
            self.0.call::<DeleteTopic>(input, caller).await?;
            Ok(())
        })
    }
}

impl Topic {
    /// SNS answers the creation of a topic that is there already; a stack must not take it over.
    async fn refuse_existing(&self, request: &ResourceRequest) -> Result<(), ProvisionError> {
        let topic_arn = self.intended_id(request).unwrap_or_default();
        let name = topic_name(request);
        let input = GetTopicAttributesInput { topic_arn };
        match self
            .0
            .call::<GetTopicAttributes>(input, &request.caller)
            .await
        {
            Ok(_) => Err(ProvisionError::new(format!(
                "Resource of type 'AWS::SNS::Topic' with identifier '{name}' already exists."
            ))),
            Err(error) if errors::NotFoundException.matches(&error) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Subscribes those that `Subscription` names and did not name before.
    async fn subscribe_all(
        &self,
        arn: &str,
        before: &Json,
        request: &ResourceRequest,
    ) -> Result<(), ProvisionError> {
        let known = subscribed(before);
        for (protocol, endpoint) in subscribed(&request.properties) {
            if known.contains(&(protocol.clone(), endpoint.clone())) {
                continue;
            }
            let input = SubscribeInput {
                topic_arn: arn.to_owned(),
                protocol,
                endpoint: Some(endpoint),
                ..Default::default()
            };
            self.0.call::<Subscribe>(input, &request.caller).await?;
        }
        Ok(())
    }

    /// Ends the subscriptions that `Subscription` does not name any more; those of others stay.
    async fn unsubscribe_removed(
        &self,
        arn: &str,
        before: &Json,
        request: &ResourceRequest,
    ) -> Result<(), ProvisionError> {
        let kept = subscribed(&request.properties);
        let mut removed = subscribed(before);
        removed.retain(|it| !kept.contains(it));
        let mut next_token = None;
        while !removed.is_empty() {
            let input = ListSubscriptionsByTopicInput {
                topic_arn: arn.to_owned(),
                next_token,
            };
            let listed = self
                .0
                .call::<ListSubscriptionsByTopic>(input, &request.caller);
            let listed = listed.await?;
            for found in listed.subscriptions.into_iter().flatten() {
                let subscription = (
                    found.protocol.unwrap_or_default(),
                    found.endpoint.unwrap_or_default(),
                );
                let subscription_arn = found.subscription_arn.unwrap_or_default();
                // One that nobody has confirmed has no ARN, and ends by itself.
                if removed.contains(&subscription) && subscription_arn.starts_with("arn:") {
                    let input = UnsubscribeInput { subscription_arn };
                    unless_gone(self.0.call::<Unsubscribe>(input, &request.caller).await)?;
                }
            }
            next_token = listed.next_token;
            if next_token.is_none() {
                break;
            }
        }
        Ok(())
    }

    async fn change_tags(
        &self,
        arn: &str,
        before: &BTreeMap<String, String>,
        after: BTreeMap<String, String>,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let removed = before.keys().filter(|key| !after.contains_key(*key));
        let removed: Vec<String> = removed.cloned().collect();
        if !removed.is_empty() {
            let input = UntagResourceInput {
                resource_arn: arn.to_owned(),
                tag_keys: removed,
            };
            self.0.call::<UntagResource>(input, caller).await?;
        }
        if after != *before && !after.is_empty() {
            let input = TagResourceInput {
                resource_arn: arn.to_owned(),
                tags: tag_list(after),
            };
            self.0.call::<TagResource>(input, caller).await?;
        }
        Ok(())
    }
}

/// What is gone already needs no change.
fn unless_gone<T>(answer: Result<T, ServiceError>) -> Result<(), ProvisionError> {
    match answer {
        Err(error) if !errors::NotFoundException.matches(&error) => Err(error.into()),
        _ => Ok(()),
    }
}
