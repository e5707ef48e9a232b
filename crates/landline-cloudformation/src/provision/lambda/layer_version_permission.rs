//! `AWS::Lambda::LayerVersionPermission`: one statement of a layer's policy. It never changes: another one takes its
//! place.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-layerversionpermission.html>

use landline_api::lambda::{AddLayerVersionPermission, RemoveLayerVersionPermission};
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::super::input::{call, check, delete, text};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(in super::super) struct LayerVersionPermission(pub(in super::super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::Lambda::LayerVersionPermission",
    required: &["Action", "LayerVersionArn", "Principal"],
    properties: &PROPERTIES,
    replace_on: &PROPERTIES,
    attributes: &["Id"],
};

const PROPERTIES: [&str; 4] = ["Action", "LayerVersionArn", "OrganizationId", "Principal"];

/// The layer and the number of the version.
fn version_of(properties: &Json) -> Result<(String, String), ProvisionError> {
    let arn = text(properties, "LayerVersionArn").unwrap_or_default();
    let parts = arn.rsplit_once(':');
    let parts = parts.filter(|(_, number)| number.parse::<i64>().is_ok());
    let (layer, number) = parts.ok_or_else(|| {
        ProvisionError::new(format!("{arn} is not the ARN of a version of a layer"))
    })?;
    Ok((layer.to_owned(), number.to_owned()))
}

fn made(id: &str) -> Provisioned {
    Provisioned::new(id).with("Id", Some(id))
}

impl ResourceProvider for LayerVersionPermission {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(request.physical_name.clone())
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        let ids = [
            ("StatementId", "id"),
            ("LayerName", "name"),
            ("VersionNumber", "1"),
        ];
        check::<AddLayerVersionPermission>(properties, &ids)
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (layer, number) = version_of(&request.properties)?;
            let id = request.physical_name.as_str();
            let ids = [
                ("StatementId", id),
                ("LayerName", &layer),
                ("VersionNumber", &number),
            ];
            let (properties, caller) = (&request.properties, &request.caller);
            call::<AddLayerVersionPermission>(&self.0, properties, &ids, caller).await?;
            Ok(made(id))
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
            let (layer, number) = version_of(&existing.properties)?;
            let id = existing.physical_id.as_str();
            let ids = [
                ("StatementId", id),
                ("LayerName", &layer),
                ("VersionNumber", &number),
            ];
            delete::<RemoveLayerVersionPermission>(&self.0, &json!({}), &ids, caller).await
        })
    }
}
