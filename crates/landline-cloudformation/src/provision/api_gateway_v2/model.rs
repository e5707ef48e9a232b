//! `AWS::ApiGatewayV2::Model`, whose schema may be written as text or as a tree.

use landline_api::apigatewayv2 as gateway;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::super::input::{call, check, delete, document, drawn_id, with_removed};
use super::id;
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(in super::super) struct Model(pub(in super::super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::ApiGatewayV2::Model",
    required: &["ApiId", "Name", "Schema"],
    properties: &["ApiId", "ContentType", "Description", "Name", "Schema"],
    replace_on: &["ApiId"],
    attributes: &["ModelId"],
};

fn made(model_id: Option<String>) -> Result<Provisioned, ProvisionError> {
    let model_id = id(model_id)?;
    Ok(Provisioned::new(model_id.clone()).with("ModelId", Some(model_id)))
}

/// The schema as the operations take it.
fn with_text(mut properties: Json) -> Json {
    if let Some(schema) = properties.get_mut("Schema") {
        *schema = Json::String(document(schema));
    }
    properties
}

impl ResourceProvider for Model {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(drawn_id(request, 6))
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        check::<gateway::CreateModel>(&with_text(properties.clone()), &[])
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let properties = with_text(request.properties.clone());
            let created = call::<gateway::CreateModel>(&self.0, &properties, &[], &request.caller);
            made(created.await?.model_id)
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let cleared = [
                ("ContentType", json!("application/json")),
                ("Description", json!("")),
            ];
            let properties = with_text(with_removed(request, &existing.properties, &cleared));
            let ids = [("ModelId", existing.physical_id.as_str())];
            let updated = call::<gateway::UpdateModel>(&self.0, &properties, &ids, &request.caller);
            made(updated.await?.model_id)
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let ids = [("ModelId", existing.physical_id.as_str())];
            let owner = json!({"ApiId": existing.properties["ApiId"]});
            delete::<gateway::DeleteModel>(&self.0, &owner, &ids, caller).await
        })
    }
}
