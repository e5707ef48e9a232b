//! `AWS::Lambda::EventSourceMapping`
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html>

use std::time::Duration;

use landline_api::lambda::{
    CreateEventSourceMapping, DeleteEventSourceMapping, EventSourceMappingConfiguration,
    GetEventSourceMapping, TagResource, UntagResource, UpdateEventSourceMapping,
};
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::super::input::{call, changed_tags, check, delete, tag_map, with_removed};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(in super::super) struct EventSourceMapping(pub(in super::super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::Lambda::EventSourceMapping",
    required: &["FunctionName"],
    properties: &[
        "AmazonManagedKafkaEventSourceConfig",
        "BatchSize",
        "BisectBatchOnFunctionError",
        "DestinationConfig",
        "DocumentDBEventSourceConfig",
        "Enabled",
        "EventSourceArn",
        "FilterCriteria",
        "FunctionName",
        "FunctionResponseTypes",
        "KmsKeyArn",
        "LoggingConfig",
        "MaximumBatchingWindowInSeconds",
        "MaximumRecordAgeInSeconds",
        "MaximumRetryAttempts",
        "MetricsConfig",
        "ParallelizationFactor",
        "ProvisionedPollerConfig",
        "Queues",
        "ScalingConfig",
        "SelfManagedEventSource",
        "SelfManagedKafkaEventSourceConfig",
        "SourceAccessConfigurations",
        "StartingPosition",
        "StartingPositionTimestamp",
        "Tags",
        "Topics",
        "TumblingWindowInSeconds",
    ],
    replace_on: &[
        "EventSourceArn",
        "SelfManagedEventSource",
        "StartingPosition",
        "StartingPositionTimestamp",
    ],
    attributes: &["EventSourceMappingArn", "Id"],
};

/// A mapping is made at once on most days; this is for the others.
const MADE_WITHIN: Duration = Duration::from_secs(30);
const ASK_EVERY: Duration = Duration::from_millis(20);

impl EventSourceMapping {
    /// Waits until a mapping reads, or is known not to.
    async fn wait_until_made(&self, id: &str, caller: &Caller) -> Result<(), ProvisionError> {
        let ask = async {
            loop {
                let mapping =
                    call::<GetEventSourceMapping>(&self.0, &json!({"UUID": id}), &[], caller)
                        .await?;
                let state = mapping.state.unwrap_or_default();
                if !["Creating", "Enabling", "Updating"].contains(&state.as_str()) {
                    return Ok(());
                }
                tokio::time::sleep(ASK_EVERY).await;
            }
        };
        let late = |_| {
            ProvisionError::new(format!(
                "Event source mapping {id} did not become active in {} seconds",
                MADE_WITHIN.as_secs()
            ))
        };
        tokio::time::timeout(MADE_WITHIN, ask).await.map_err(late)?
    }
}

impl EventSourceMapping {
    async fn change_tags(
        &self,
        arn: &str,
        existing: &Existing,
        request: &ResourceRequest,
    ) -> Result<(), ProvisionError> {
        let (before, after) = (tag_map(&existing.properties), tag_map(&request.properties));
        let (removed, given) = changed_tags(&before, &after);
        let caller = &request.caller;
        if !removed.is_empty() {
            let members = json!({"Resource": arn, "TagKeys": removed});
            call::<UntagResource>(&self.0, &members, &[], caller).await?;
        }
        if !given.is_empty() {
            let members = json!({"Resource": arn, "Tags": given});
            call::<TagResource>(&self.0, &members, &[], caller).await?;
        }
        Ok(())
    }
}

/// The members of Lambda's operations; tags have another form in a template.
fn members(properties: &Json) -> Json {
    let mut members = properties.clone();
    if let Json::Object(fields) = &mut members
        && fields.contains_key("Tags")
    {
        fields.insert("Tags".to_owned(), Json::Object(tag_map(properties)));
    }
    members
}

fn made(mapping: EventSourceMappingConfiguration) -> Provisioned {
    let id = mapping.uuid.unwrap_or_default();
    Provisioned::new(id.clone())
        .with("Id", Some(id))
        .with("EventSourceMappingArn", mapping.event_source_mapping_arn)
}

impl ResourceProvider for EventSourceMapping {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(request.caller.new_ids().uuid())
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        check::<CreateEventSourceMapping>(&members(properties), &[])
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let members = members(&request.properties);
            let mapping =
                call::<CreateEventSourceMapping>(&self.0, &members, &[], &request.caller).await?;
            let made = made(mapping);
            self.wait_until_made(&made.physical_id, &request.caller)
                .await?;
            Ok(made)
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let is_queue = request.properties["EventSourceArn"]
                .as_str()
                .is_some_and(|arn| arn.contains(":sqs:"));
            let cleared = [
                ("BatchSize", json!(if is_queue { 10 } else { 100 })),
                ("BisectBatchOnFunctionError", json!(false)),
                ("DestinationConfig", json!({})),
                ("Enabled", json!(true)),
                ("FilterCriteria", json!({"Filters": []})),
                ("FunctionResponseTypes", json!([])),
                ("MaximumBatchingWindowInSeconds", json!(0)),
                ("MaximumRecordAgeInSeconds", json!(-1)),
                ("MaximumRetryAttempts", json!(-1)),
                ("ParallelizationFactor", json!(1)),
                ("ScalingConfig", json!({})),
                ("TumblingWindowInSeconds", json!(0)),
            ];
            let members = with_removed(request, &existing.properties, &cleared);
            let ids = [("UUID", existing.physical_id.as_str())];
            let mapping =
                call::<UpdateEventSourceMapping>(&self.0, &members, &ids, &request.caller).await?;
            self.wait_until_made(&existing.physical_id, &request.caller)
                .await?;
            let arn = mapping.event_source_mapping_arn.as_deref();
            self.change_tags(arn.unwrap_or_default(), existing, request)
                .await?;
            Ok(made(mapping))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let mapping = json!({"UUID": existing.physical_id});
            delete::<DeleteEventSourceMapping>(&self.0, &mapping, &[], caller).await
        })
    }
}
