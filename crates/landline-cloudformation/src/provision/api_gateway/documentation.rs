//! `AWS::ApiGateway::DocumentationPart` and `DocumentationVersion`

use landline_api::apigateway as gateway;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::super::input::{call, delete, document, drawn_id};
use super::parts::{part, steps};
use super::{lowered, required_id};
use crate::provider::{
    Existing, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(in super::super) struct DocumentationPart(pub(in super::super) Dispatcher);

static PART: Schema = Schema {
    resource_type: "AWS::ApiGateway::DocumentationPart",
    required: &["Location", "Properties", "RestApiId"],
    properties: &["Location", "Properties", "RestApiId"],
    replace_on: &["Location", "RestApiId"],
    attributes: &["DocumentationPartId"],
};

fn made(id: String) -> Provisioned {
    Provisioned::new(id.clone()).with("DocumentationPartId", Some(id))
}

impl ResourceProvider for DocumentationPart {
    fn schema(&self) -> &'static Schema {
        &PART
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(drawn_id(request, 6))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let properties = &request.properties;
            let mut members = lowered(properties, &["RestApiId"]);
            let location = properties.get("Location").cloned().unwrap_or_default();
            let names = ["Method", "Name", "Path", "StatusCode", "Type"];
            members["location"] = lowered(&location, &names);
            members["properties"] = json!(properties.get("Properties").map(document));
            let caller = &request.caller;
            let created = call::<gateway::CreateDocumentationPart>(&self.0, &members, &[], caller);
            Ok(made(required_id(created.await?.id)?))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let members = [("Properties", "/properties", "")];
            let steps = steps(&existing.properties, &request.properties, &members);
            let id = &existing.physical_id;
            let mut input = part(&request.properties, "documentationPartId", id);
            input["patchOperations"] = Json::Array(steps);
            let caller = &request.caller;
            call::<gateway::UpdateDocumentationPart>(&self.0, &input, &[], caller).await?;
            Ok(made(id.clone()))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let id = &existing.physical_id;
            let part = part(&existing.properties, "documentationPartId", id);
            delete::<gateway::DeleteDocumentationPart>(&self.0, &part, &[], caller).await
        })
    }
}

#[derive(Debug)]
pub(in super::super) struct DocumentationVersion(pub(in super::super) Dispatcher);

static VERSION: Schema = Schema {
    resource_type: "AWS::ApiGateway::DocumentationVersion",
    required: &["DocumentationVersion", "RestApiId"],
    properties: &["Description", "DocumentationVersion", "RestApiId"],
    replace_on: &["DocumentationVersion", "RestApiId"],
    attributes: &[],
};

fn version(properties: &Json) -> String {
    let name = properties.get("DocumentationVersion");
    name.map(super::scalar).unwrap_or_default()
}

impl ResourceProvider for DocumentationVersion {
    fn schema(&self) -> &'static Schema {
        &VERSION
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(version(&request.properties))
    }

    fn parent(&self) -> Option<&'static str> {
        Some("RestApiId")
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let members = lowered(&request.properties, VERSION.properties);
            let caller = &request.caller;
            call::<gateway::CreateDocumentationVersion>(&self.0, &members, &[], caller).await?;
            Ok(Provisioned::new(version(&request.properties)))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let members = [("Description", "/description", "")];
            let steps = steps(&existing.properties, &request.properties, &members);
            let id = &existing.physical_id;
            let mut input = part(&request.properties, "documentationVersion", id);
            input["patchOperations"] = Json::Array(steps);
            let caller = &request.caller;
            call::<gateway::UpdateDocumentationVersion>(&self.0, &input, &[], caller).await?;
            Ok(Provisioned::new(id.clone()))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let id = &existing.physical_id;
            let part = part(&existing.properties, "documentationVersion", id);
            delete::<gateway::DeleteDocumentationVersion>(&self.0, &part, &[], caller).await
        })
    }
}
