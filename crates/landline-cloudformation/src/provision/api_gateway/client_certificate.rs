//! `AWS::ApiGateway::ClientCertificate`
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-clientcertificate.html>

use landline_api::apigateway as gateway;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::super::input::{call, check, delete, drawn_id, tag_map};
use super::{change_tags, lowered, patch, required_id, scalar};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(in super::super) struct ClientCertificate(pub(in super::super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::ApiGateway::ClientCertificate",
    required: &[],
    properties: &["Description", "Tags"],
    replace_on: &[],
    attributes: &["ClientCertificateId"],
};

fn members(properties: &Json) -> Json {
    let mut members = lowered(properties, &["Description"]);
    let tags = tag_map(properties);
    if !tags.is_empty() {
        members["tags"] = Json::Object(tags);
    }
    members
}

fn made(id: String) -> Provisioned {
    Provisioned::new(id.clone()).with("ClientCertificateId", Some(id))
}

impl ResourceProvider for ClientCertificate {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(drawn_id(request, 6))
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        check::<gateway::GenerateClientCertificate>(&members(properties), &[])
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let members = members(&request.properties);
            let caller = &request.caller;
            let certificate =
                call::<gateway::GenerateClientCertificate>(&self.0, &members, &[], caller).await?;
            Ok(made(required_id(certificate.client_certificate_id)?))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (before, after, caller) =
                (&existing.properties, &request.properties, &request.caller);
            let id = &existing.physical_id;
            let description = after.get("Description").map(scalar).unwrap_or_default();
            let step = patch("replace", "/description", &description);
            let input = json!({ "clientCertificateId": id, "patchOperations": [step] });
            call::<gateway::UpdateClientCertificate>(&self.0, &input, &[], caller).await?;
            let region = &caller.region;
            let arn = format!("arn:aws:apigateway:{region}::/clientcertificates/{id}");
            change_tags(&self.0, &arn, before, after, caller).await?;
            Ok(made(id.clone()))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let input = json!({ "clientCertificateId": existing.physical_id });
            delete::<gateway::DeleteClientCertificate>(&self.0, &input, &[], caller).await
        })
    }
}
