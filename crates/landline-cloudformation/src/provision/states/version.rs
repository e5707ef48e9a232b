//! `AWS::StepFunctions::StateMachineVersion`, `AWS::StepFunctions::StateMachineAlias`

use landline_api::stepfunctions as api;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::{lowered, unless_gone};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};
use crate::provision::input::{input, name, text};

#[derive(Debug)]
pub(in crate::provision) struct StateMachineVersion(pub(in crate::provision) Dispatcher);

static VERSION: Schema = Schema {
    resource_type: "AWS::StepFunctions::StateMachineVersion",
    required: &["StateMachineArn"],
    properties: &["Description", "StateMachineArn", "StateMachineRevisionId"],
    replace_on: &["Description", "StateMachineArn", "StateMachineRevisionId"],
    attributes: &["Arn"],
};

impl ResourceProvider for StateMachineVersion {
    fn schema(&self) -> &'static Schema {
        &VERSION
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let properties = &request.properties;
            // What a machine is at first has no id of its own.
            let revision_id = text(properties, "StateMachineRevisionId");
            let input = api::PublishStateMachineVersionInput {
                state_machine_arn: text(properties, "StateMachineArn").unwrap_or_default(),
                revision_id: revision_id.filter(|id| id != "INITIAL"),
                description: text(properties, "Description"),
            };
            let published = self
                .0
                .call::<api::PublishStateMachineVersion>(input, &request.caller)
                .await?;
            let arn = published.state_machine_version_arn;
            Ok(Provisioned::new(arn.as_str()).with("Arn", Some(arn)))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        _request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let arn = existing.physical_id.as_str();
            Ok(Provisioned::new(arn).with("Arn", Some(arn)))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let input = api::DeleteStateMachineVersionInput {
                state_machine_version_arn: existing.physical_id.clone(),
            };
            let deleted = self.0.call::<api::DeleteStateMachineVersion>(input, caller);
            unless_gone(deleted.await)
        })
    }
}

#[derive(Debug)]
pub(in crate::provision) struct StateMachineAlias(pub(in crate::provision) Dispatcher);

static ALIAS: Schema = Schema {
    resource_type: "AWS::StepFunctions::StateMachineAlias",
    required: &[],
    properties: &[
        "DeploymentPreference",
        "Description",
        "Name",
        "RoutingConfiguration",
    ],
    replace_on: &["Name"],
    attributes: &["Arn"],
};

/// Where an alias leads. A deployment that shifts traffic little by little is over at once here.
fn routes(properties: &Json) -> Result<Json, ProvisionError> {
    if let Some(routes) = properties.get("RoutingConfiguration") {
        return Ok(lowered(routes));
    }
    let preference = properties.get("DeploymentPreference");
    let version = preference.and_then(|it| it.get("StateMachineVersionArn"));
    let version = version.ok_or_else(|| {
        ProvisionError::new("Either RoutingConfiguration or DeploymentPreference is required.")
    })?;
    Ok(json!([{ "stateMachineVersionArn": version, "weight": 100 }]))
}

impl ResourceProvider for StateMachineAlias {
    fn schema(&self) -> &'static Schema {
        &ALIAS
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let properties = &request.properties;
            let mut given = json!({
                "name": name(request, "Name"), "routingConfiguration": routes(properties)?,
            });
            if let Some(description) = text(properties, "Description") {
                given["description"] = description.into();
            }
            let input = input::<api::CreateStateMachineAliasInput>(&given, &[])?;
            let made = self
                .0
                .call::<api::CreateStateMachineAlias>(input, &request.caller)
                .await?;
            let arn = made.state_machine_alias_arn;
            Ok(Provisioned::new(arn.as_str()).with("Arn", Some(arn)))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let properties = &request.properties;
            let arn = existing.physical_id.as_str();
            let given = json!({
                "stateMachineAliasArn": arn, "routingConfiguration": routes(properties)?,
                "description": text(properties, "Description").unwrap_or_default(),
            });
            let input = input::<api::UpdateStateMachineAliasInput>(&given, &[])?;
            self.0
                .call::<api::UpdateStateMachineAlias>(input, &request.caller)
                .await?;
            Ok(Provisioned::new(arn).with("Arn", Some(arn)))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let input = api::DeleteStateMachineAliasInput {
                state_machine_alias_arn: existing.physical_id.clone(),
            };
            let deleted = self.0.call::<api::DeleteStateMachineAlias>(input, caller);
            unless_gone(deleted.await)
        })
    }
}
