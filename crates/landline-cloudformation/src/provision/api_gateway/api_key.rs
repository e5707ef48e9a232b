//! `AWS::ApiGateway::ApiKey`

use landline_api::apigateway as gateway;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::super::input::{call, check, delete, drawn_id, name, tag_map};
use super::{change_tags, patch, renamed, scalar};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(in super::super) struct ApiKey(pub(in super::super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::ApiGateway::ApiKey",
    required: &[],
    properties: &[
        "CustomerId",
        "Description",
        "Enabled",
        "GenerateDistinctId",
        "Name",
        "StageKeys",
        "Tags",
        "Value",
    ],
    replace_on: &["GenerateDistinctId", "Name", "Value"],
    attributes: &["APIKeyId"],
};

const MEMBERS: [(&str, &str); 6] = [
    ("CustomerId", "customerId"),
    ("Description", "description"),
    ("Enabled", "enabled"),
    ("GenerateDistinctId", "generateDistinctId"),
    ("Name", "name"),
    ("Value", "value"),
];

fn members(properties: &Json) -> Json {
    let mut members = renamed(properties, &MEMBERS);
    if let Some(stages) = properties.get("StageKeys").and_then(Json::as_array) {
        let names = [("RestApiId", "restApiId"), ("StageName", "stageName")];
        members["stageKeys"] = stages.iter().map(|stage| renamed(stage, &names)).collect();
    }
    let tags = tag_map(properties);
    if !tags.is_empty() {
        members["tags"] = Json::Object(tags);
    }
    members
}

fn made(id: String) -> Provisioned {
    Provisioned::new(id.clone()).with("APIKeyId", Some(id))
}

/// The stages that a key names, in the words of a patch.
fn stages(properties: &Json) -> Vec<String> {
    let stages = properties.get("StageKeys").and_then(Json::as_array);
    let stages = stages.into_iter().flatten();
    stages
        .map(|stage| {
            format!(
                "{}/{}",
                scalar(&stage["RestApiId"]),
                scalar(&stage["StageName"])
            )
        })
        .collect()
}

fn steps(before: &Json, after: &Json) -> Vec<Json> {
    let mut steps = Vec::new();
    for (property, path, default) in [
        ("CustomerId", "/customerId", ""),
        ("Description", "/description", ""),
        ("Enabled", "/enabled", "false"),
    ] {
        if before.get(property) != after.get(property) {
            let value = after.get(property).map_or(default.to_owned(), scalar);
            steps.push(patch("replace", path, &value));
        }
    }
    let (had, wants) = (stages(before), stages(after));
    let removed = had.iter().filter(|stage| !wants.contains(stage));
    steps.extend(removed.map(|stage| patch("remove", "/stages", stage)));
    let added = wants.iter().filter(|stage| !had.contains(stage));
    steps.extend(added.map(|stage| patch("add", "/stages", stage)));
    steps
}

impl ResourceProvider for ApiKey {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(drawn_id(request, 10))
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        check::<gateway::CreateApiKey>(&members(properties), &[])
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let mut members = members(&request.properties);
            members["name"] = json!(name(request, "Name"));
            let key = call::<gateway::CreateApiKey>(&self.0, &members, &[], &request.caller);
            let id = key.await?.id;
            Ok(made(id.unwrap_or_default()))
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
            let steps = json!({"apiKey": id, "patchOperations": steps(before, after)});
            call::<gateway::UpdateApiKey>(&self.0, &steps, &[], caller).await?;
            let arn = format!("arn:aws:apigateway:{}::/apikeys/{id}", caller.region);
            change_tags(&self.0, &arn, before, after, caller).await?;
            Ok(made(id.clone()))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let key = json!({"apiKey": existing.physical_id});
            delete::<gateway::DeleteApiKey>(&self.0, &key, &[], caller).await
        })
    }
}
