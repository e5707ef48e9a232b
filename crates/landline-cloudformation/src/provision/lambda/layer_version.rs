//! `AWS::Lambda::LayerVersion`: it never changes; another one takes its place.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-layerversion.html>

use std::path::Path;
use std::sync::Arc;

use landline_api::lambda::{
    DeleteLayerVersion, GetLayerVersion, LayerVersionContentInput, ListLayerVersions,
    PublishLayerVersion, PublishLayerVersionInput,
};
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::super::input::{call, check, delete, input, name};
use super::code;
use crate::artifacts::Artifacts;
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

pub(in super::super) struct LayerVersion {
    dispatcher: Dispatcher,
    artifacts: Arc<dyn Artifacts>,
}

static SCHEMA: Schema = Schema {
    resource_type: "AWS::Lambda::LayerVersion",
    required: &["Content"],
    properties: &PROPERTIES,
    replace_on: &PROPERTIES,
    attributes: &["LayerVersionArn"],
};

const PROPERTIES: [&str; 6] = [
    "CompatibleArchitectures",
    "CompatibleRuntimes",
    "Content",
    "Description",
    "LayerName",
    "LicenseInfo",
];

impl LayerVersion {
    pub(in super::super) fn new(dispatcher: Dispatcher, artifacts: Arc<dyn Artifacts>) -> Self {
        Self {
            dispatcher,
            artifacts,
        }
    }
}

/// The members of the operation, but for the content.
fn members(properties: &Json, layer: String) -> Json {
    let mut members = properties.clone();
    members["Content"] = json!({});
    members["LayerName"] = Json::String(layer);
    members
}

fn made(arn: &str) -> Provisioned {
    Provisioned::new(arn).with("LayerVersionArn", Some(arn))
}

impl LayerVersion {
    /// The number of the version whose archive has this id, if there is one.
    async fn find(
        &self,
        layer: &str,
        archive: &str,
        caller: &Caller,
    ) -> Result<Option<i64>, ProvisionError> {
        let mut members = json!({"LayerName": layer});
        loop {
            let page = call::<ListLayerVersions>(&self.dispatcher, &members, &[], caller).await?;
            for listed in page.layer_versions.into_iter().flatten() {
                let one = json!({"LayerName": layer, "VersionNumber": listed.version});
                let told = call::<GetLayerVersion>(&self.dispatcher, &one, &[], caller).await?;
                let location = told.content.and_then(|content| content.location);
                if location.is_some_and(|location| location.ends_with(archive)) {
                    return Ok(told.version);
                }
            }
            let Some(marker) = page.next_marker else {
                return Ok(None);
            };
            members["Marker"] = Json::String(marker);
        }
    }
}

impl ResourceProvider for LayerVersion {
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
            "Content",
            directory,
            self.artifacts.as_ref(),
        ))
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        check::<PublishLayerVersion>(&members(properties, "name".to_owned()), &[])
    }

    /// Not the number, which only the publishing tells, but the id that its archive will have.
    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        let layer = name(request, "LayerName");
        Some(format!("{layer}:{}", request.caller.new_ids().uuid()))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let members = members(&request.properties, name(request, "LayerName"));
            let mut publish: PublishLayerVersionInput = input(&members, &[])?;
            let content = &request.properties["Content"];
            publish.content = match code::packed(content, self.artifacts.as_ref())? {
                Some(zip) => LayerVersionContentInput {
                    zip_file: Some(zip),
                    ..Default::default()
                },
                None => input(content, &[])?,
            };
            let published = self
                .dispatcher
                .call::<PublishLayerVersion>(publish, &request.caller)
                .await?;
            Ok(made(&published.layer_version_arn.unwrap_or_default()))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        _request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move { Ok(made(&existing.physical_id)) })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let Some((layer, version)) = existing.physical_id.rsplit_once(':') else {
                return Ok(());
            };
            let version = match version.parse::<i64>() {
                Ok(number) => Some(number),
                Err(_) => self.find(layer, version, caller).await?,
            };
            let Some(version) = version else {
                return Ok(());
            };
            let members = json!({"LayerName": layer, "VersionNumber": version});
            delete::<DeleteLayerVersion>(&self.dispatcher, &members, &[], caller).await
        })
    }
}
