//! `AWS::ApiGateway::Authorizer`, `GatewayResponse`, `Model` and `RequestValidator`

use landline_api::apigateway as gateway;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::super::input::{call, delete, document, drawn_id, name};
use super::{lowered, patch, required_id, scalar};
use crate::provider::{
    Existing, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

/// The steps that bring plain members to what the template says now: each with its path, and what it is when the
/// template no longer says anything, where an empty text takes it away.
pub(super) fn steps(before: &Json, after: &Json, members: &[(&str, &str, &str)]) -> Vec<Json> {
    let mut steps = Vec::new();
    for (property, path, default) in members {
        match (before.get(property), after.get(property)) {
            (had, Some(value)) if had != Some(value) => {
                steps.push(patch("replace", path, &document(value)));
            }
            (Some(_), None) if default.is_empty() => steps.push(patch("remove", path, "")),
            (Some(_), None) => steps.push(patch("replace", path, default)),
            _ => {}
        }
    }
    steps
}

/// A part of an API, as an update or a deletion names it.
pub(super) fn part(properties: &Json, member: &str, id: &str) -> Json {
    let mut part = lowered(properties, &["RestApiId"]);
    part[member] = json!(id);
    part
}

#[derive(Debug)]
pub(in super::super) struct Authorizer(pub(in super::super) Dispatcher);

static AUTHORIZER: Schema = Schema {
    resource_type: "AWS::ApiGateway::Authorizer",
    required: &["Name", "RestApiId", "Type"],
    properties: &[
        "AuthType",
        "AuthorizerCredentials",
        "AuthorizerResultTtlInSeconds",
        "AuthorizerUri",
        "IdentitySource",
        "IdentityValidationExpression",
        "Name",
        "ProviderARNs",
        "RestApiId",
        "Type",
    ],
    replace_on: &["RestApiId"],
    attributes: &["AuthorizerId"],
};

/// The members that plain steps change; a result is kept for five minutes unless an author says otherwise.
const AUTHORIZER_MEMBERS: [(&str, &str, &str); 8] = [
    ("AuthType", "/authType", ""),
    ("AuthorizerCredentials", "/authorizerCredentials", ""),
    (
        "AuthorizerResultTtlInSeconds",
        "/authorizerResultTtlInSeconds",
        "300",
    ),
    ("AuthorizerUri", "/authorizerUri", ""),
    ("IdentitySource", "/identitySource", ""),
    (
        "IdentityValidationExpression",
        "/identityValidationExpression",
        "",
    ),
    ("Name", "/name", ""),
    ("Type", "/type", ""),
];

fn authorizer(id: String) -> Provisioned {
    Provisioned::new(id.clone()).with("AuthorizerId", Some(id))
}

impl ResourceProvider for Authorizer {
    fn schema(&self) -> &'static Schema {
        &AUTHORIZER
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(drawn_id(request, 6))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let members = lowered(&request.properties, AUTHORIZER.properties);
            let caller = &request.caller;
            let made = call::<gateway::CreateAuthorizer>(&self.0, &members, &[], caller).await?;
            Ok(authorizer(required_id(made.id)?))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let id = existing.physical_id.as_str();
            let (before, after) = (&existing.properties, &request.properties);
            let mut steps = steps(before, after, &AUTHORIZER_MEMBERS);
            let pools = |properties: &Json| {
                let pools = properties.get("ProviderARNs").and_then(Json::as_array);
                let pools = pools.into_iter().flatten().map(scalar);
                pools.collect::<Vec<_>>().join(",")
            };
            if pools(before) != pools(after) {
                steps.push(patch("replace", "/providerARNs", &pools(after)));
            }
            let mut input = part(&request.properties, "authorizerId", id);
            input["patchOperations"] = Json::Array(steps);
            call::<gateway::UpdateAuthorizer>(&self.0, &input, &[], &request.caller).await?;
            Ok(authorizer(id.to_owned()))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let part = part(&existing.properties, "authorizerId", &existing.physical_id);
            delete::<gateway::DeleteAuthorizer>(&self.0, &part, &[], caller).await
        })
    }
}

#[derive(Debug)]
pub(in super::super) struct GatewayResponse(pub(in super::super) Dispatcher);

static GATEWAY_RESPONSE: Schema = Schema {
    resource_type: "AWS::ApiGateway::GatewayResponse",
    required: &["ResponseType", "RestApiId"],
    properties: &[
        "ResponseParameters",
        "ResponseTemplates",
        "ResponseType",
        "RestApiId",
        "StatusCode",
    ],
    replace_on: &["ResponseType", "RestApiId"],
    attributes: &["Id"],
};

impl GatewayResponse {
    fn put<'a>(
        &'a self,
        id: &'a str,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let members = lowered(&request.properties, GATEWAY_RESPONSE.properties);
            call::<gateway::PutGatewayResponse>(&self.0, &members, &[], &request.caller).await?;
            Ok(Provisioned::new(id).with("Id", Some(id)))
        })
    }
}

impl ResourceProvider for GatewayResponse {
    fn schema(&self) -> &'static Schema {
        &GATEWAY_RESPONSE
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(request.physical_name.clone())
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        self.put(&request.physical_name, request)
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        self.put(&existing.physical_id, request)
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let members = lowered(&existing.properties, &["ResponseType", "RestApiId"]);
            delete::<gateway::DeleteGatewayResponse>(&self.0, &members, &[], caller).await
        })
    }
}

#[derive(Debug)]
pub(in super::super) struct Model(pub(in super::super) Dispatcher);

static MODEL: Schema = Schema {
    resource_type: "AWS::ApiGateway::Model",
    required: &["RestApiId"],
    properties: &["ContentType", "Description", "Name", "RestApiId", "Schema"],
    replace_on: &["ContentType", "Name", "RestApiId"],
    attributes: &[],
};

/// A model's name has letters and digits alone.
fn model_name(request: &ResourceRequest) -> String {
    name(request, "Name").replace(|c: char| !c.is_ascii_alphanumeric(), "")
}

impl ResourceProvider for Model {
    fn schema(&self) -> &'static Schema {
        &MODEL
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(model_name(request))
    }

    fn parent(&self) -> Option<&'static str> {
        Some("RestApiId")
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let properties = &request.properties;
            let mut members = lowered(properties, &["ContentType", "Description", "RestApiId"]);
            let name = model_name(request);
            members["name"] = json!(name);
            if members.get("contentType").is_none() {
                members["contentType"] = json!("application/json");
            }
            if let Some(schema) = properties.get("Schema") {
                members["schema"] = json!(document(schema));
            }
            call::<gateway::CreateModel>(&self.0, &members, &[], &request.caller).await?;
            Ok(Provisioned::new(name))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let members = [
                ("Description", "/description", ""),
                ("Schema", "/schema", ""),
            ];
            let steps = steps(&existing.properties, &request.properties, &members);
            let mut input = part(&request.properties, "modelName", &existing.physical_id);
            input["patchOperations"] = Json::Array(steps);
            call::<gateway::UpdateModel>(&self.0, &input, &[], &request.caller).await?;
            Ok(Provisioned::new(existing.physical_id.clone()))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let part = part(&existing.properties, "modelName", &existing.physical_id);
            delete::<gateway::DeleteModel>(&self.0, &part, &[], caller).await
        })
    }
}

#[derive(Debug)]
pub(in super::super) struct RequestValidator(pub(in super::super) Dispatcher);

static VALIDATOR: Schema = Schema {
    resource_type: "AWS::ApiGateway::RequestValidator",
    required: &["RestApiId"],
    properties: &[
        "Name",
        "RestApiId",
        "ValidateRequestBody",
        "ValidateRequestParameters",
    ],
    replace_on: &["Name", "RestApiId"],
    attributes: &["RequestValidatorId"],
};

fn validator(id: String) -> Provisioned {
    Provisioned::new(id.clone()).with("RequestValidatorId", Some(id))
}

impl ResourceProvider for RequestValidator {
    fn schema(&self) -> &'static Schema {
        &VALIDATOR
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(drawn_id(request, 6))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let members = lowered(&request.properties, VALIDATOR.properties);
            let caller = &request.caller;
            let made = call::<gateway::CreateRequestValidator>(&self.0, &members, &[], caller);
            Ok(validator(required_id(made.await?.id)?))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let flag = |name: &str| {
                request
                    .properties
                    .get(name)
                    .map_or("false".to_owned(), scalar)
            };
            let steps = json!([
                patch(
                    "replace",
                    "/validateRequestBody",
                    &flag("ValidateRequestBody")
                ),
                patch(
                    "replace",
                    "/validateRequestParameters",
                    &flag("ValidateRequestParameters")
                ),
            ]);
            let id = &existing.physical_id;
            let mut input = part(&request.properties, "requestValidatorId", id);
            input["patchOperations"] = steps;
            call::<gateway::UpdateRequestValidator>(&self.0, &input, &[], &request.caller).await?;
            Ok(validator(id.clone()))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let id = &existing.physical_id;
            let part = part(&existing.properties, "requestValidatorId", id);
            delete::<gateway::DeleteRequestValidator>(&self.0, &part, &[], caller).await
        })
    }
}
