//! `AWS::ApiGateway::RestApi` and `AWS::ApiGateway::Resource`

use std::path::Path;

use landline_api::apigateway as gateway;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::super::definition;
use super::super::input::{call, delete, document, drawn_id, name, tag_map};
use super::{change_tags, lowered, patch, required_id, scalar};
use crate::provider::{
    Existing, Import, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest,
    Schema,
};

#[derive(Debug)]
pub(in super::super) struct RestApi(pub(in super::super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::ApiGateway::RestApi",
    required: &[],
    properties: &[
        "ApiKeySourceType",
        "BinaryMediaTypes",
        "Body",
        "BodyS3Location",
        "CloneFrom",
        "Description",
        "DisableExecuteApiEndpoint",
        "EndpointAccessMode",
        "EndpointConfiguration",
        "FailOnWarnings",
        "MinimumCompressionSize",
        "Mode",
        "Name",
        "Parameters",
        "Policy",
        "SecurityPolicy",
        "Tags",
    ],
    replace_on: &[],
    attributes: &["RestApiId", "RootResourceId"],
};

fn made(api: gateway::RestApi) -> Result<Provisioned, ProvisionError> {
    let id = required_id(api.id)?;
    Ok(Provisioned::new(id.clone())
        .with("RestApiId", Some(id))
        .with("RootResourceId", api.root_resource_id))
}

/// The members of a new API, without what comes of its definition.
fn members(request: &ResourceRequest) -> Json {
    let properties = &request.properties;
    let plain = [
        "BinaryMediaTypes",
        "Description",
        "DisableExecuteApiEndpoint",
        "MinimumCompressionSize",
    ];
    let mut members = lowered(properties, &plain);
    members["name"] = json!(name(request, "Name"));
    if let Some(source) = properties.get("ApiKeySourceType") {
        members["apiKeySource"] = source.clone();
    }
    if let Some(endpoint) = properties.get("EndpointConfiguration") {
        members["endpointConfiguration"] = lowered(endpoint, &["Types", "VpcEndpointIds"]);
    }
    if let Some(policy) = properties.get("Policy") {
        members["policy"] = json!(document(policy));
    }
    let tags = tag_map(properties);
    if !tags.is_empty() {
        members["tags"] = Json::Object(tags);
    }
    members
}

/// Puts the definition in the place of all that the API is made of, where the template has one.
async fn define(
    dispatcher: &Dispatcher,
    id: &str,
    request: &ResourceRequest,
) -> Result<(), ProvisionError> {
    let body = definition::read(dispatcher, &request.properties, &request.caller);
    let Some(body) = body.await? else {
        return Ok(());
    };
    let input = gateway::PutRestApiInput {
        rest_api_id: id.to_owned(),
        mode: Some(
            match request.properties.get("Mode").and_then(Json::as_str) {
                Some("merge") => gateway::PutMode::Merge,
                _ => gateway::PutMode::Overwrite,
            },
        ),
        body: body.into(),
        ..gateway::PutRestApiInput::default()
    };
    dispatcher
        .call::<gateway::PutRestApi>(input, &request.caller)
        .await?;
    Ok(())
}

fn steps(before: &Json, after: &Json) -> Vec<Json> {
    let mut steps = Vec::new();
    for (property, path) in [
        ("Name", "/name"),
        ("Description", "/description"),
        ("DisableExecuteApiEndpoint", "/disableExecuteApiEndpoint"),
        ("ApiKeySourceType", "/apiKeySource"),
        ("MinimumCompressionSize", "/minimumCompressionSize"),
    ] {
        match after.get(property) {
            Some(value) if before.get(property) != Some(value) => {
                steps.push(patch("replace", path, &scalar(value)));
            }
            None if before.get(property).is_some() && property == "Description" => {
                steps.push(patch("remove", path, ""));
            }
            _ => {}
        }
    }
    if before.get("Policy") != after.get("Policy") {
        let policy = after.get("Policy").map(document).unwrap_or_default();
        steps.push(patch("replace", "/policy", &policy));
    }
    let types = |properties: &Json| -> Vec<String> {
        let types = properties.get("BinaryMediaTypes").and_then(Json::as_array);
        types.into_iter().flatten().map(scalar).collect()
    };
    let (had, wants) = (types(before), types(after));
    let path = |it: &String| format!("/binaryMediaTypes/{}", it.replace('/', "~1"));
    let removed = had.iter().filter(|it| !wants.contains(it));
    steps.extend(removed.map(|it| patch("remove", &path(it), "")));
    let added = wants.iter().filter(|it| !had.contains(it));
    steps.extend(added.map(|it| patch("add", &path(it), "")));
    steps
}

impl ResourceProvider for RestApi {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn import(&self) -> Option<&'static Import> {
        Some(&Import {
            identifier: "RestApiId",
            name: None,
        })
    }

    fn find<'a>(
        &'a self,
        identifier: &'a str,
        caller: &'a Caller,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let input = gateway::GetRestApiInput {
                rest_api_id: identifier.to_owned(),
            };
            match self.0.call::<gateway::GetRestApi>(input, caller).await {
                Ok(api) => made(api),
                Err(error) if error.status == 404 => {
                    Err(ProvisionError::not_found(SCHEMA.resource_type, identifier))
                }
                Err(error) => Err(error.into()),
            }
        })
    }

    fn prepare<'a>(
        &'a self,
        properties: Json,
        directory: Option<&'a Path>,
    ) -> Provisioning<'a, Json> {
        Box::pin(definition::prepare(properties, directory))
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(drawn_id(request, 10))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let caller = &request.caller;
            let members = members(request);
            let api = call::<gateway::CreateRestApi>(&self.0, &members, &[], caller).await?;
            let made = made(api)?;
            let defined = define(&self.0, &made.physical_id, request).await;
            if let Err(error) = defined {
                // Nobody would ever delete it.
                let api = json!({"restApiId": made.physical_id});
                let _gone = delete::<gateway::DeleteRestApi>(&self.0, &api, &[], caller).await;
                return Err(error);
            }
            Ok(made)
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
            if definition::differs(before, after) {
                define(&self.0, id, request).await?;
            }
            let steps = json!({"restApiId": id, "patchOperations": steps(before, after)});
            let api = call::<gateway::UpdateRestApi>(&self.0, &steps, &[], caller).await?;
            let arn = format!("arn:aws:apigateway:{}::/restapis/{id}", caller.region);
            change_tags(&self.0, &arn, before, after, caller).await?;
            made(api)
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let api = json!({"restApiId": existing.physical_id});
            delete::<gateway::DeleteRestApi>(&self.0, &api, &[], caller).await
        })
    }
}

#[derive(Debug)]
pub(in super::super) struct Resource(pub(in super::super) Dispatcher);

static RESOURCE: Schema = Schema {
    resource_type: "AWS::ApiGateway::Resource",
    required: &["ParentId", "PathPart", "RestApiId"],
    properties: &["ParentId", "PathPart", "RestApiId"],
    replace_on: &["ParentId", "PathPart", "RestApiId"],
    attributes: &["ResourceId"],
};

impl ResourceProvider for Resource {
    fn schema(&self) -> &'static Schema {
        &RESOURCE
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(drawn_id(request, 6))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let members = lowered(&request.properties, RESOURCE.properties);
            let caller = &request.caller;
            let made = call::<gateway::CreateResource>(&self.0, &members, &[], caller).await?;
            let id = required_id(made.id)?;
            Ok(Provisioned::new(id.clone()).with("ResourceId", Some(id)))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        _request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let id = existing.physical_id.clone();
            Ok(Provisioned::new(id.clone()).with("ResourceId", Some(id)))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let mut members = lowered(&existing.properties, &["RestApiId"]);
            members["resourceId"] = json!(existing.physical_id);
            delete::<gateway::DeleteResource>(&self.0, &members, &[], caller).await
        })
    }
}
