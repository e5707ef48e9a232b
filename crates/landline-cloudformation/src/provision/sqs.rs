//! `AWS::SQS::Queue`, `AWS::SQS::QueuePolicy`.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_SQS.html>

use std::collections::BTreeMap;

use landline_api::sqs::{
    CreateQueue, CreateQueueInput, DeleteQueue, DeleteQueueInput, GetQueueUrl, GetQueueUrlInput,
    SetQueueAttributes, SetQueueAttributesInput, TagQueue, TagQueueInput, UntagQueue,
    UntagQueueInput, errors,
};
use landline_wire::{Caller, Dispatcher, ServiceError};
use serde_json::Value as Json;

use super::input::{document, name, tags, text};
use crate::provider::{
    Existing, Import, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest,
    Schema,
};

#[derive(Debug)]
pub(super) struct Queue(pub(super) Dispatcher);

static QUEUE: Schema = Schema {
    resource_type: "AWS::SQS::Queue",
    required: &[],
    properties: &[
        "ContentBasedDeduplication",
        "DeduplicationScope",
        "DelaySeconds",
        "FifoQueue",
        "FifoThroughputLimit",
        "KmsDataKeyReusePeriodSeconds",
        "KmsMasterKeyId",
        "MaximumMessageSize",
        "MessageRetentionPeriod",
        "QueueName",
        "ReceiveMessageWaitTimeSeconds",
        "RedriveAllowPolicy",
        "RedrivePolicy",
        "SqsManagedSseEnabled",
        "Tags",
        "VisibilityTimeout",
    ],
    replace_on: &["FifoQueue", "QueueName"],
    attributes: &["Arn", "QueueName", "QueueUrl"],
};

/// What an attribute is when a template no longer has it.
const DEFAULTS: [(&str, &str); 13] = [
    ("ContentBasedDeduplication", "false"),
    ("DeduplicationScope", "queue"),
    ("DelaySeconds", "0"),
    ("FifoThroughputLimit", "perQueue"),
    ("KmsDataKeyReusePeriodSeconds", "300"),
    ("KmsMasterKeyId", ""),
    ("MaximumMessageSize", "1048576"),
    ("MessageRetentionPeriod", "345600"),
    ("ReceiveMessageWaitTimeSeconds", "0"),
    ("RedriveAllowPolicy", ""),
    ("RedrivePolicy", ""),
    ("SqsManagedSseEnabled", "true"),
    ("VisibilityTimeout", "30"),
];

fn is_fifo(properties: &Json) -> bool {
    properties
        .get("FifoQueue")
        .is_some_and(|it| document(it) == "true")
}

/// The attributes that the properties give, as texts.
fn attributes(properties: &Json) -> BTreeMap<String, String> {
    let fields = properties.as_object().into_iter().flatten();
    let given = fields.filter(|(name, _)| !matches!(name.as_str(), "QueueName" | "Tags"));
    let mut attributes: BTreeMap<String, String> = given
        .map(|(name, value)| (name.clone(), document(value)))
        .collect();
    // SQS knows no queue that says it is none.
    if !is_fifo(properties) {
        attributes.remove("FifoQueue");
    }
    attributes
}

/// The queue's name: a generated one ends as FIFO queues must.
fn queue_name(request: &ResourceRequest) -> String {
    let given = text(&request.properties, "QueueName");
    given.unwrap_or_else(|| {
        let mut made = name(request, "QueueName");
        if is_fifo(&request.properties) {
            made.push_str(".fifo");
        }
        made
    })
}

fn made(url: &str, caller: &Caller) -> Provisioned {
    let name = url.rsplit('/').next().unwrap_or_default();
    let arn = format!("arn:aws:sqs:{}:{}:{name}", caller.region, caller.account_id);
    Provisioned::new(url)
        .with("Arn", Some(arn))
        .with("QueueName", Some(name))
        .with("QueueUrl", Some(url))
}

impl ResourceProvider for Queue {
    fn schema(&self) -> &'static Schema {
        &QUEUE
    }

    fn import(&self) -> Option<&'static Import> {
        Some(&Import {
            identifier: "QueueUrl",
            name: Some("QueueName"),
        })
    }

    fn find<'a>(
        &'a self,
        identifier: &'a str,
        caller: &'a Caller,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let name = identifier.rsplit('/').next().unwrap_or_default();
            let input = GetQueueUrlInput {
                queue_name: name.to_owned(),
                ..Default::default()
            };
            match self.0.call::<GetQueueUrl>(input, caller).await {
                Ok(_) => Ok(made(identifier, caller)),
                Err(error) if errors::QueueDoesNotExist.matches(&error) => {
                    Err(ProvisionError::not_found("AWS::SQS::Queue", identifier))
                }
                Err(error) => Err(error.into()),
            }
        })
    }

    /// A queue is found by its name under any address.
    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        let Caller {
            region, account_id, ..
        } = &request.caller;
        let name = queue_name(request);
        Some(format!(
            "https://sqs.{region}.amazonaws.com/{account_id}/{name}"
        ))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            self.refuse_existing(request).await?;
            let tags = tags(&request.properties);
            let input = CreateQueueInput {
                queue_name: queue_name(request),
                attributes: Some(attributes(&request.properties)),
                tags: (!tags.is_empty()).then_some(tags),
            };
            let created = self.0.call::<CreateQueue>(input, &request.caller).await?;
            let url = created.queue_url.unwrap_or_default();
            Ok(made(&url, &request.caller))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let url = &existing.physical_id;
            let mut after = attributes(&request.properties);
            after.remove("FifoQueue");
            for (name, value) in DEFAULTS {
                if existing.properties.get(name).is_some() {
                    after.entry(name.to_owned()).or_insert(value.to_owned());
                }
            }
            let input = SetQueueAttributesInput {
                queue_url: url.clone(),
                attributes: after,
            };
            let dispatcher = &self.0;
            dispatcher
                .call::<SetQueueAttributes>(input, &request.caller)
                .await?;
            let (before, after) = (tags(&existing.properties), tags(&request.properties));
            self.change_tags(url, &before, after, &request.caller)
                .await?;
            Ok(made(url, &request.caller))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let input = DeleteQueueInput {
                queue_url: existing.physical_id.clone(),
            };
            unless_gone(self.0.call::<DeleteQueue>(input, caller).await)
        })
    }
}

impl Queue {
    /// SQS answers the creation of a queue that is there already; a stack must not take it over.
    async fn refuse_existing(&self, request: &ResourceRequest) -> Result<(), ProvisionError> {
        let name = queue_name(request);
        let input = GetQueueUrlInput {
            queue_name: name.clone(),
            ..Default::default()
        };
        match self.0.call::<GetQueueUrl>(input, &request.caller).await {
            Ok(_) => Err(ProvisionError::new(format!(
                "Resource of type 'AWS::SQS::Queue' with identifier '{name}' already exists."
            ))),
            Err(error) if errors::QueueDoesNotExist.matches(&error) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    async fn change_tags(
        &self,
        url: &str,
        before: &BTreeMap<String, String>,
        after: BTreeMap<String, String>,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let removed = before.keys().filter(|key| !after.contains_key(*key));
        let removed: Vec<String> = removed.cloned().collect();
        if !removed.is_empty() {
            let input = UntagQueueInput {
                queue_url: url.to_owned(),
                tag_keys: removed,
            };
            self.0.call::<UntagQueue>(input, caller).await?;
        }
        if after != *before && !after.is_empty() {
            let input = TagQueueInput {
                queue_url: url.to_owned(),
                tags: after,
            };
            self.0.call::<TagQueue>(input, caller).await?;
        }
        Ok(())
    }
}

/// What is gone already needs no change.
fn unless_gone<T>(answer: Result<T, ServiceError>) -> Result<(), ProvisionError> {
    match answer {
        Err(error) if !errors::QueueDoesNotExist.matches(&error) => Err(error.into()),
        _ => Ok(()),
    }
}

#[derive(Debug)]
pub(super) struct QueuePolicy(pub(super) Dispatcher);

static QUEUE_POLICY: Schema = Schema {
    resource_type: "AWS::SQS::QueuePolicy",
    required: &["PolicyDocument", "Queues"],
    properties: &["PolicyDocument", "Queues"],
    replace_on: &[],
    attributes: &["Id"],
};

fn queues(properties: &Json) -> Vec<String> {
    let queues = properties.get("Queues").and_then(Json::as_array);
    let queues = queues.map_or(&[][..], Vec::as_slice).iter();
    queues
        .filter_map(|url| Some(url.as_str()?.to_owned()))
        .collect()
}

impl QueuePolicy {
    async fn set(&self, url: &str, policy: &str, caller: &Caller) -> Result<(), ServiceError> {
        let input = SetQueueAttributesInput {
            queue_url: url.to_owned(),
            attributes: [("Policy".to_owned(), policy.to_owned())].into(),
        };
        self.0.call::<SetQueueAttributes>(input, caller).await?;
        Ok(())
    }

    async fn set_all(
        &self,
        id: &str,
        request: &ResourceRequest,
    ) -> Result<Provisioned, ProvisionError> {
        let policy = request.properties.get("PolicyDocument");
        let policy = policy.map(document).unwrap_or_default();
        for url in queues(&request.properties) {
            self.set(&url, &policy, &request.caller).await?;
        }
        Ok(Provisioned::new(id).with("Id", Some(id)))
    }
}

impl ResourceProvider for QueuePolicy {
    fn schema(&self) -> &'static Schema {
        &QUEUE_POLICY
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(request.physical_name.clone())
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(self.set_all(&request.physical_name, request))
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let after = queues(&request.properties);
            for url in queues(&existing.properties) {
                if !after.contains(&url) {
                    unless_gone(self.set(&url, "", &request.caller).await)?;
                }
            }
            self.set_all(&existing.physical_id, request).await
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            for url in queues(&existing.properties) {
                unless_gone(self.set(&url, "", caller).await)?;
            }
            Ok(())
        })
    }
}
