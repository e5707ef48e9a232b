//! `AWS::ApiGateway::RestApi` and `AWS::ApiGateway::Resource`

use std::path::Path;

use landline_api::apigateway as gateway;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::super::definition;
use super::super::input::{call, delete, document, drawn_id, name, tag_map};
use super::parts::steps;
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
        "CloneFrom",
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
        members["endpointConfiguration"] =
            lowered(endpoint, &["IpAddressType", "Types", "VpcEndpointIds"]);
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

/// The steps of an update, for an API that has this name where the template gives none.
fn changes(before: &Json, after: &Json, made_up: &str) -> Vec<Json> {
    let members = [
        ("Name", "/name", made_up),
        ("Description", "/description", ""),
        (
            "DisableExecuteApiEndpoint",
            "/disableExecuteApiEndpoint",
            "false",
        ),
        ("ApiKeySourceType", "/apiKeySource", "HEADER"),
        ("MinimumCompressionSize", "/minimumCompressionSize", ""),
    ];
    let mut steps = steps(before, after, &members);
    steps.extend(changes_of_endpoint(before, after));
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

/// The steps for the kind of the endpoint, which is one for the whole world by default, and for where it is reached.
fn changes_of_endpoint(before: &Json, after: &Json) -> Vec<Json> {
    const ENDPOINT: &str = "EndpointConfiguration";
    let mut steps = Vec::new();
    let kind = |properties: &Json| {
        let kind = properties.get(ENDPOINT)?.get("Types")?.get(0).map(scalar);
        kind.filter(|kind| !kind.is_empty())
    };
    let kind = |properties: &Json| kind(properties).unwrap_or_else(|| "EDGE".to_owned());
    let (had, wants) = (kind(before), kind(after));
    if had != wants {
        let path = format!("/endpointConfiguration/types/{had}");
        steps.push(patch("replace", &path, &wants));
    }
    let addresses = |properties: &Json| {
        let addresses = properties.get(ENDPOINT)?.get("IpAddressType")?;
        Some(scalar(addresses))
    };
    if addresses(before) != addresses(after) {
        let value = addresses(after).unwrap_or_else(|| "ipv4".to_owned());
        let path = "/endpointConfiguration/ipAddressType";
        steps.push(patch("replace", path, &value));
    }
    let networks = |properties: &Json| -> Vec<String> {
        let ids = properties
            .get(ENDPOINT)
            .and_then(|it| it.get("VpcEndpointIds"));
        let ids = ids.and_then(Json::as_array);
        ids.into_iter().flatten().map(scalar).collect()
    };
    let (had, wants) = (networks(before), networks(after));
    let path = |id: &String| format!("/endpointConfiguration/vpcEndpointIds/{id}");
    let removed = had.iter().filter(|id| !wants.contains(id));
    steps.extend(removed.map(|id| patch("remove", &path(id), "")));
    let added = wants.iter().filter(|id| !had.contains(id));
    steps.extend(added.map(|id| patch("add", &path(id), id)));
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
            let steps = changes(before, after, &request.physical_name);
            let steps = json!({"restApiId": id, "patchOperations": steps});
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
