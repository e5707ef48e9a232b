//! `AWS::Lambda::EventInvokeConfig`
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventinvokeconfig.html>

use landline_api::lambda::{DeleteFunctionEventInvokeConfig, PutFunctionEventInvokeConfig};
use landline_wire::{Caller, Dispatcher};
use serde_json::Value as Json;

use super::super::input::{call, check, delete, text};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(in super::super) struct EventInvokeConfig(pub(in super::super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::Lambda::EventInvokeConfig",
    required: &["FunctionName", "Qualifier"],
    properties: &[
        "DestinationConfig",
        "FunctionName",
        "MaximumEventAgeInSeconds",
        "MaximumRetryAttempts",
        "Qualifier",
    ],
    replace_on: &["FunctionName", "Qualifier"],
    attributes: &[],
};

fn id_of(properties: &Json) -> String {
    let part = |key: &str| text(properties, key).unwrap_or_default();
    format!("{}|{}", part("FunctionName"), part("Qualifier"))
}

impl EventInvokeConfig {
    /// Puts the whole configuration: what it no longer names is gone.
    async fn put(&self, properties: &Json, caller: &Caller) -> Result<Provisioned, ProvisionError> {
        call::<PutFunctionEventInvokeConfig>(&self.0, properties, &[], caller).await?;
        Ok(Provisioned::new(id_of(properties)))
    }
}

impl ResourceProvider for EventInvokeConfig {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(id_of(&request.properties))
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        check::<PutFunctionEventInvokeConfig>(properties, &[])
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(self.put(&request.properties, &request.caller))
    }

    fn update<'a>(
        &'a self,
        _existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(self.put(&request.properties, &request.caller))
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let properties = &existing.properties;
            delete::<DeleteFunctionEventInvokeConfig>(&self.0, properties, &[], caller).await
        })
    }
}
