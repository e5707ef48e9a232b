//! `AWS::StepFunctions::StateMachine`

use std::path::Path;

use landline_api::stepfunctions as api;
use landline_api::stepfunctions::errors;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Map, Value as Json, json};

use super::{change_tags, definition, members, tag_list, unless_gone};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};
use crate::provision::input::{input, name, with_removed};

#[derive(Debug)]
pub(in crate::provision) struct StateMachine(pub(in crate::provision) Dispatcher);

static MACHINE: Schema = Schema {
    resource_type: "AWS::StepFunctions::StateMachine",
    required: &["RoleArn"],
    properties: &[
        "Definition",
        "DefinitionS3Location",
        "DefinitionString",
        "DefinitionSubstitutions",
        "EncryptionConfiguration",
        "LoggingConfiguration",
        "RoleArn",
        "StateMachineName",
        "StateMachineType",
        "Tags",
        "TracingConfiguration",
    ],
    replace_on: &["StateMachineName", "StateMachineType"],
    attributes: &["Arn", "Name", "StateMachineRevisionId"],
};

/// What creation and update have in common.
const SETTINGS: [(&str, &str); 4] = [
    ("EncryptionConfiguration", "encryptionConfiguration"),
    ("LoggingConfiguration", "loggingConfiguration"),
    ("RoleArn", "roleArn"),
    ("TracingConfiguration", "tracingConfiguration"),
];

fn arn(request: &ResourceRequest) -> String {
    let Caller {
        region, account_id, ..
    } = &request.caller;
    let name = name(request, "StateMachineName");
    format!("arn:aws:states:{region}:{account_id}:stateMachine:{name}")
}

fn made(arn: &str, revision_id: Option<String>) -> Provisioned {
    let name = arn.rsplit(':').next().unwrap_or_default();
    let revision_id = revision_id.unwrap_or_else(|| "INITIAL".to_owned());
    Provisioned::new(arn)
        .with("Arn", Some(arn))
        .with("Name", Some(name))
        .with("StateMachineRevisionId", Some(revision_id))
}

impl StateMachine {
    /// Creating what is there already is a success; a stack must not take it over.
    async fn refuse_existing(&self, arn: &str, caller: &Caller) -> Result<(), ProvisionError> {
        let input = api::DescribeStateMachineInput {
            state_machine_arn: arn.to_owned(),
            included_data: Some(api::IncludedData::MetadataOnly),
        };
        match self
            .0
            .call::<api::DescribeStateMachine>(input, caller)
            .await
        {
            Ok(_) => Err(ProvisionError::new(format!(
                "Resource of type 'AWS::StepFunctions::StateMachine' with identifier '{arn}' already exists."
            ))),
            Err(error) if errors::StateMachineDoesNotExist.matches(&error) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    async fn settings(
        &self,
        properties: &Json,
        caller: &Caller,
    ) -> Result<Map<String, Json>, ProvisionError> {
        let mut settings = members(properties, &SETTINGS);
        let definition = definition::read(&self.0, properties, caller).await?;
        settings.insert("definition".to_owned(), definition.into());
        Ok(settings)
    }
}

impl ResourceProvider for StateMachine {
    fn schema(&self) -> &'static Schema {
        &MACHINE
    }

    fn prepare<'a>(
        &'a self,
        properties: Json,
        directory: Option<&'a Path>,
    ) -> Provisioning<'a, Json> {
        Box::pin(definition::prepare(properties, directory))
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(arn(request))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let caller = &request.caller;
            self.refuse_existing(&arn(request), caller).await?;
            let mut given = self.settings(&request.properties, caller).await?;
            given.insert("name".to_owned(), name(request, "StateMachineName").into());
            if let Some(kind) = request.properties.get("StateMachineType") {
                given.insert("type".to_owned(), kind.clone());
            }
            given.insert("tags".to_owned(), tag_list(&request.properties));
            let input = input::<api::CreateStateMachineInput>(&given.into(), &[])?;
            let created = self
                .0
                .call::<api::CreateStateMachine>(input, caller)
                .await?;
            Ok(made(&created.state_machine_arn, None))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (arn, caller) = (&existing.physical_id, &request.caller);
            let cleared = [
                ("EncryptionConfiguration", json!({"Type": "AWS_OWNED_KEY"})),
                ("LoggingConfiguration", json!({"Level": "OFF"})),
                ("TracingConfiguration", json!({"Enabled": false})),
            ];
            let properties = with_removed(request, &existing.properties, &cleared);
            let mut given = self.settings(&properties, caller).await?;
            given.insert("stateMachineArn".to_owned(), arn.as_str().into());
            let input = input::<api::UpdateStateMachineInput>(&given.into(), &[])?;
            let updated = self
                .0
                .call::<api::UpdateStateMachine>(input, caller)
                .await?;
            let (before, after) = (&existing.properties, &request.properties);
            change_tags(&self.0, arn, before, after, caller).await?;
            Ok(made(arn, updated.revision_id))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let input = api::DeleteStateMachineInput {
                state_machine_arn: existing.physical_id.clone(),
            };
            unless_gone(self.0.call::<api::DeleteStateMachine>(input, caller).await)
        })
    }
}
