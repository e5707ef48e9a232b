//! `AWS::Lambda::Version`: it never changes; another one takes its place.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-version.html>

use std::path::Path;
use std::sync::Arc;

use landline_api::lambda::{DeleteFunction, ListVersionsByFunction, PublishVersion};
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::super::input::{call, check, delete, input, text};
use super::code;
use super::settings::{change_provisioned, change_runtime_updates};
use crate::artifacts::Artifacts;
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

pub(in super::super) struct Version {
    dispatcher: Dispatcher,
    artifacts: Arc<dyn Artifacts>,
}

static SCHEMA: Schema = Schema {
    resource_type: "AWS::Lambda::Version",
    required: &["FunctionName"],
    properties: &PROPERTIES,
    replace_on: &["CodePath", "CodeSha256", "Description", "FunctionName"],
    attributes: &["FunctionArn", "Version"],
};

/// `CodePath` is written by the SAM transform only: code that is a path changes without a change of the template.
const PROPERTIES: [&str; 7] = [
    "CodePath",
    "CodeSha256",
    "Description",
    "FunctionName",
    "FunctionScalingConfig",
    "ProvisionedConcurrencyConfig",
    "RuntimePolicy",
];

impl Version {
    pub(in super::super) fn new(dispatcher: Dispatcher, artifacts: Arc<dyn Artifacts>) -> Self {
        Self {
            dispatcher,
            artifacts,
        }
    }
}

/// A version by its ARN.
fn made(arn: &str) -> Provisioned {
    let version = arn.rsplit(':').next().unwrap_or_default();
    Provisioned::new(arn)
        .with("FunctionArn", Some(arn))
        .with("Version", Some(version))
}

impl Version {
    async fn change_settings(
        &self,
        arn: &str,
        (before, after): (&Json, &Json),
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let Some(ids) = arn.rsplit_once(':') else {
            return Ok(());
        };
        change_provisioned(&self.dispatcher, ids, (before, after), caller).await?;
        let updates = (before.get("RuntimePolicy"), after.get("RuntimePolicy"));
        change_runtime_updates(&self.dispatcher, ids, updates, caller).await
    }

    /// The number of the version that has this revision id, if there is one.
    async fn find(
        &self,
        function: &str,
        revision: &str,
        caller: &Caller,
    ) -> Result<Option<String>, ProvisionError> {
        let mut members = json!({"FunctionName": function});
        loop {
            let input = input(&members, &[])?;
            let page = self
                .dispatcher
                .call::<ListVersionsByFunction>(input, caller);
            let page = match page.await {
                // A function that is gone took its versions along.
                Err(error) if error.code == "ResourceNotFoundException" => return Ok(None),
                page => page?,
            };
            let mut versions = page.versions.into_iter().flatten();
            let found = versions.find(|version| version.revision_id.as_deref() == Some(revision));
            if let Some(found) = found {
                return Ok(found.version);
            }
            let Some(marker) = page.next_marker else {
                return Ok(None);
            };
            members["Marker"] = Json::String(marker);
        }
    }
}

impl ResourceProvider for Version {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn prepare<'a>(
        &'a self,
        properties: Json,
        directory: Option<&'a Path>,
    ) -> Provisioning<'a, Json> {
        Box::pin(code::prepare(
            properties,
            "CodePath",
            directory,
            self.artifacts.as_ref(),
        ))
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        check::<PublishVersion>(properties, &[])
    }

    /// Not the number, which only the publishing tells, but the revision id that it will have.
    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        let function = text(&request.properties, "FunctionName")?;
        Some(format!("{function}:{}", request.caller.new_ids().uuid()))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let properties = &request.properties;
            let published =
                call::<PublishVersion>(&self.dispatcher, properties, &[], &request.caller).await?;
            let function = text(properties, "FunctionName").unwrap_or_default();
            let arn = published.function_arn;
            let arn = arn.ok_or_else(|| {
                ProvisionError::new(format!("Lambda gave no ARN for a version of {function}"))
            })?;
            let change = (&json!({}), properties);
            self.change_settings(&arn, change, &request.caller).await?;
            Ok(made(&arn))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let arn = existing.physical_id.as_str();
            let change = (&existing.properties, &request.properties);
            self.change_settings(arn, change, &request.caller).await?;
            Ok(made(arn))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let Some((function, version)) = existing.physical_id.rsplit_once(':') else {
                return Ok(());
            };
            let version = match version.parse::<u64>() {
                Ok(_) => Some(version.to_owned()),
                Err(_) => self.find(function, version, caller).await?,
            };
            let Some(version) = version else {
                return Ok(());
            };
            let members = json!({"FunctionName": function, "Qualifier": version});
            delete::<DeleteFunction>(&self.dispatcher, &members, &[], caller).await
        })
    }
}
