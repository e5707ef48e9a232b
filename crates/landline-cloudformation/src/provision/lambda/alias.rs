//! `AWS::Lambda::Alias`
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-alias.html>

use landline_api::lambda::{AliasConfiguration, CreateAlias, DeleteAlias, UpdateAlias};
use landline_wire::{Caller, Dispatcher};
use serde_json::{Map, Value as Json, json};

use super::super::input::{call, check, delete, text, with_removed};
use super::settings::change_provisioned;
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(in super::super) struct Alias(pub(in super::super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::Lambda::Alias",
    required: &["FunctionName", "FunctionVersion", "Name"],
    properties: &[
        "Description",
        "FunctionName",
        "FunctionVersion",
        "Name",
        "ProvisionedConcurrencyConfig",
        "RoutingConfig",
    ],
    replace_on: &["FunctionName", "Name"],
    attributes: &["AliasArn"],
};

/// The members of Lambda's operations: weights are a list in a template and a map there.
fn members(properties: &Json) -> Json {
    let mut members = properties.clone();
    let weights = properties["RoutingConfig"]["AdditionalVersionWeights"].as_array();
    if let Some(weights) = weights {
        let pairs = weights.iter().filter_map(|weight| {
            let version = text(weight, "FunctionVersion")?;
            Some((version, weight.get("FunctionWeight")?.clone()))
        });
        let weights: Map<String, Json> = pairs.collect();
        members["RoutingConfig"] = json!({"AdditionalVersionWeights": weights});
    }
    members
}

/// The function and the name of an alias.
fn ids(properties: &Json) -> (String, String) {
    let of = |property| text(properties, property).unwrap_or_default();
    (of("FunctionName"), of("Name"))
}

fn made(alias: AliasConfiguration) -> Provisioned {
    let arn = alias.alias_arn.unwrap_or_default();
    Provisioned::new(arn.clone()).with("AliasArn", Some(arn))
}

impl ResourceProvider for Alias {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    /// It has an ARN, but is found by its properties: all that matters is that it may be there.
    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(request.physical_name.clone())
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        check::<CreateAlias>(&members(properties), &[])
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let members = members(&request.properties);
            let caller = &request.caller;
            let alias = call::<CreateAlias>(&self.0, &members, &[], caller).await?;
            let (function, name) = ids(&request.properties);
            let change = (&json!({}), &request.properties);
            change_provisioned(&self.0, (&function, &name), change, caller).await?;
            Ok(made(alias))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let cleared = [
                ("Description", json!("")),
                ("RoutingConfig", json!({"AdditionalVersionWeights": []})),
            ];
            let members = members(&with_removed(request, &existing.properties, &cleared));
            let caller = &request.caller;
            let alias = call::<UpdateAlias>(&self.0, &members, &[], caller).await?;
            let (function, name) = ids(&request.properties);
            let change = (&existing.properties, &request.properties);
            change_provisioned(&self.0, (&function, &name), change, caller).await?;
            Ok(made(alias))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(
            async move { delete::<DeleteAlias>(&self.0, &existing.properties, &[], caller).await },
        )
    }
}
