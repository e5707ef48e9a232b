//! `AWS::SNS::TopicPolicy`, `AWS::SNS::TopicInlinePolicy`: an attribute of topics as a resource of its own.

use landline_api::sns::{SetTopicAttributes, SetTopicAttributesInput};
use landline_wire::{Caller, Dispatcher, ServiceError};
use serde_json::Value as Json;

use super::unless_gone;
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};
use crate::provision::input::{document, text};

/// A policy for several topics.
#[derive(Debug)]
pub(in crate::provision) struct TopicPolicy(pub(in crate::provision) Dispatcher);

/// A policy for one topic.
#[derive(Debug)]
pub(in crate::provision) struct TopicInlinePolicy(pub(in crate::provision) Dispatcher);

static TOPIC_POLICY: Schema = Schema {
    resource_type: "AWS::SNS::TopicPolicy",
    required: &["PolicyDocument", "Topics"],
    properties: &["PolicyDocument", "Topics"],
    replace_on: &[],
    attributes: &["Id"],
};

static TOPIC_INLINE_POLICY: Schema = Schema {
    resource_type: "AWS::SNS::TopicInlinePolicy",
    required: &["PolicyDocument", "TopicArn"],
    properties: &["PolicyDocument", "TopicArn"],
    replace_on: &["TopicArn"],
    attributes: &[],
};

/// The topics of either type.
fn topics(properties: &Json) -> Vec<String> {
    let several = properties.get("Topics").and_then(Json::as_array);
    let several = several.map_or(&[][..], Vec::as_slice).iter();
    let several = several.filter_map(|arn| Some(arn.as_str()?.to_owned()));
    several.chain(text(properties, "TopicArn")).collect()
}

async fn set(
    dispatcher: &Dispatcher,
    arn: &str,
    policy: &str,
    caller: &Caller,
) -> Result<(), ServiceError> {
    let input = SetTopicAttributesInput {
        topic_arn: arn.to_owned(),
        attribute_name: "Policy".to_owned(),
        attribute_value: Some(policy.to_owned()),
    };
    dispatcher.call::<SetTopicAttributes>(input, caller).await?;
    Ok(())
}

async fn set_all(
    dispatcher: &Dispatcher,
    id: &str,
    request: &ResourceRequest,
) -> Result<Provisioned, ProvisionError> {
    let policy = request.properties.get("PolicyDocument");
    let policy = policy.map(document).unwrap_or_default();
    for arn in topics(&request.properties) {
        set(dispatcher, &arn, &policy, &request.caller).await?;
    }
    Ok(Provisioned::new(id).with("Id", Some(id)))
}

/// Takes the policy away from the topics that a change leaves out.
async fn clear(
    dispatcher: &Dispatcher,
    before: &Json,
    after: &Json,
    caller: &Caller,
) -> Result<(), ProvisionError> {
    let kept = topics(after);
    for arn in topics(before) {
        if !kept.contains(&arn) {
            unless_gone(set(dispatcher, &arn, "", caller).await)?;
        }
    }
    Ok(())
}

impl ResourceProvider for TopicPolicy {
    fn schema(&self) -> &'static Schema {
        &TOPIC_POLICY
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(set_all(&self.0, &request.physical_name, request))
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (before, after) = (&existing.properties, &request.properties);
            clear(&self.0, before, after, &request.caller).await?;
            set_all(&self.0, &existing.physical_id, request).await
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(clear(&self.0, &existing.properties, &Json::Null, caller))
    }
}

impl ResourceProvider for TopicInlinePolicy {
    fn schema(&self) -> &'static Schema {
        &TOPIC_INLINE_POLICY
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let arn = text(&request.properties, "TopicArn").unwrap_or_default();
            set_all(&self.0, &arn, request).await
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(set_all(&self.0, &existing.physical_id, request))
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(clear(&self.0, &existing.properties, &Json::Null, caller))
    }
}
