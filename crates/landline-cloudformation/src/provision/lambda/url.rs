//! `AWS::Lambda::Url`
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-url.html>

use landline_api::lambda::{
    CreateFunctionUrlConfig, DeleteFunctionUrlConfig, UpdateFunctionUrlConfig,
};
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::super::input::{call, check, delete, with_removed};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(in super::super) struct Url(pub(in super::super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::Lambda::Url",
    required: &["AuthType", "TargetFunctionArn"],
    properties: &[
        "AuthType",
        "Cors",
        "InvokeMode",
        "Qualifier",
        "TargetFunctionArn",
    ],
    replace_on: &["Qualifier", "TargetFunctionArn"],
    attributes: &["FunctionArn", "FunctionUrl"],
};

/// The members of Lambda's operations: the function has another name in a template.
fn members(properties: &Json) -> Json {
    let mut members = properties.clone();
    if let Json::Object(fields) = &mut members
        && let Some(function) = fields.remove("TargetFunctionArn")
    {
        fields.insert("FunctionName".to_owned(), function);
    }
    members
}

fn made(arn: String, url: String) -> Provisioned {
    Provisioned::new(arn.clone())
        .with("FunctionArn", Some(arn))
        .with("FunctionUrl", Some(url))
}

impl ResourceProvider for Url {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    /// It has an ARN, but is found by its properties: all that matters is that it may be there.
    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(request.physical_name.clone())
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        check::<CreateFunctionUrlConfig>(&members(properties), &[])
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let members = members(&request.properties);
            let url =
                call::<CreateFunctionUrlConfig>(&self.0, &members, &[], &request.caller).await?;
            Ok(made(url.function_arn, url.function_url))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let cleared = [("Cors", json!({})), ("InvokeMode", json!("BUFFERED"))];
            let members = members(&with_removed(request, &existing.properties, &cleared));
            let url =
                call::<UpdateFunctionUrlConfig>(&self.0, &members, &[], &request.caller).await?;
            Ok(made(url.function_arn, url.function_url))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let members = members(&existing.properties);
            delete::<DeleteFunctionUrlConfig>(&self.0, &members, &[], caller).await
        })
    }
}
