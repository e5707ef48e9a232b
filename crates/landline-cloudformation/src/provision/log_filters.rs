//! `AWS::Logs::SubscriptionFilter` and `AWS::Logs::MetricFilter`: what becomes of the lines of a group that match.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-subscriptionfilter.html>

use std::marker::PhantomData;

use landline_api::logs::{
    DeleteMetricFilter, DeleteSubscriptionFilter, PutMetricFilter, PutSubscriptionFilter,
};
use landline_wire::{Caller, Dispatcher, Operation};
use serde_json::{Map, Value as Json, json};

use super::input::{call, check, delete, name, text};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

/// Either kind of filter: they differ in what they are called and in what is put.
#[derive(Debug)]
pub(super) struct Filter<Put, Delete> {
    dispatcher: Dispatcher,
    schema: &'static Schema,
    operations: PhantomData<fn(Put, Delete)>,
}

pub(super) fn subscription(
    dispatcher: Dispatcher,
) -> Filter<PutSubscriptionFilter, DeleteSubscriptionFilter> {
    Filter::new(dispatcher, &SUBSCRIPTION)
}

pub(super) fn metric(dispatcher: Dispatcher) -> Filter<PutMetricFilter, DeleteMetricFilter> {
    Filter::new(dispatcher, &METRIC)
}

static SUBSCRIPTION: Schema = Schema {
    resource_type: "AWS::Logs::SubscriptionFilter",
    required: &["DestinationArn", "FilterPattern", "LogGroupName"],
    properties: &[
        "ApplyOnTransformedLogs",
        "DestinationArn",
        "Distribution",
        "EmitSystemFields",
        "FieldSelectionCriteria",
        "FilterName",
        "FilterPattern",
        "LogGroupName",
        "RoleArn",
    ],
    replace_on: &["FilterName", "LogGroupName"],
    attributes: &[],
};

static METRIC: Schema = Schema {
    resource_type: "AWS::Logs::MetricFilter",
    required: &["FilterPattern", "LogGroupName", "MetricTransformations"],
    properties: &[
        "ApplyOnTransformedLogs",
        "EmitSystemFieldDimensions",
        "FieldSelectionCriteria",
        "FilterName",
        "FilterPattern",
        "LogGroupName",
        "MetricTransformations",
    ],
    replace_on: &["FilterName", "LogGroupName"],
    attributes: &[],
};

/// Logs begins its members with small letters; dimensions are a list in a template and a map there.
fn members(properties: &Json) -> Json {
    match properties {
        Json::Object(fields) => {
            let fields = fields.iter().map(|(key, value)| {
                let value = if key == "Dimensions" {
                    dimensions(value)
                } else {
                    members(value)
                };
                (small(key), value)
            });
            Json::Object(fields.collect())
        }
        Json::Array(items) => items.iter().map(members).collect(),
        scalar => scalar.clone(),
    }
}

fn small(key: &str) -> String {
    let mut letters = key.chars();
    let first = letters.next().map(|letter| letter.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

fn dimensions(list: &Json) -> Json {
    let pairs = list.as_array().into_iter().flatten();
    let pairs = pairs.filter_map(|pair| Some((text(pair, "Key")?, pair.get("Value")?.clone())));
    Json::Object(pairs.collect::<Map<_, _>>())
}

impl<Put: Operation, Delete: Operation> Filter<Put, Delete> {
    fn new(dispatcher: Dispatcher, schema: &'static Schema) -> Self {
        Self {
            dispatcher,
            schema,
            operations: PhantomData,
        }
    }

    /// Puts the whole filter: what it no longer names is gone.
    async fn put(
        &self,
        filter: String,
        request: &ResourceRequest,
    ) -> Result<Provisioned, ProvisionError> {
        let mut members = members(&request.properties);
        members["filterName"] = json!(filter);
        call::<Put>(&self.dispatcher, &members, &[], &request.caller).await?;
        Ok(Provisioned::new(filter))
    }
}

impl<Put: Operation, Delete: Operation> ResourceProvider for Filter<Put, Delete> {
    fn schema(&self) -> &'static Schema {
        self.schema
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(name(request, "FilterName"))
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        check::<Put>(&members(properties), &[("filterName", "name")])
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(self.put(name(request, "FilterName"), request))
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(self.put(existing.physical_id.clone(), request))
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let key = json!({
                "logGroupName": existing.properties["LogGroupName"],
                "filterName": existing.physical_id,
            });
            delete::<Delete>(&self.dispatcher, &key, &[], caller).await
        })
    }
}
