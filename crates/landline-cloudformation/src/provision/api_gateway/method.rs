//! `AWS::ApiGateway::Method`, with its integration and the responses of both.

use landline_api::apigateway as gateway;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::super::input::{call, delete};
use super::lowered;
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(in super::super) struct Method(pub(in super::super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::ApiGateway::Method",
    required: &["HttpMethod", "ResourceId", "RestApiId"],
    properties: &[
        "ApiKeyRequired",
        "AuthorizationScopes",
        "AuthorizationType",
        "AuthorizerId",
        "HttpMethod",
        "Integration",
        "MethodResponses",
        "OperationName",
        "RequestModels",
        "RequestParameters",
        "RequestValidatorId",
        "ResourceId",
        "RestApiId",
    ],
    replace_on: &["HttpMethod", "ResourceId", "RestApiId"],
    attributes: &[],
};

/// What names a method in every operation.
const PLACE: [&str; 3] = ["HttpMethod", "ResourceId", "RestApiId"];

const METHOD: [&str; 11] = [
    "ApiKeyRequired",
    "AuthorizationScopes",
    "AuthorizationType",
    "AuthorizerId",
    "HttpMethod",
    "OperationName",
    "RequestModels",
    "RequestParameters",
    "RequestValidatorId",
    "ResourceId",
    "RestApiId",
];

const INTEGRATION: [&str; 13] = [
    "CacheKeyParameters",
    "CacheNamespace",
    "ConnectionId",
    "ConnectionType",
    "ContentHandling",
    "Credentials",
    "IntegrationHttpMethod",
    "PassthroughBehavior",
    "RequestParameters",
    "RequestTemplates",
    "TimeoutInMillis",
    "Type",
    "Uri",
];

impl Method {
    async fn put(&self, properties: &Json, caller: &Caller) -> Result<(), ProvisionError> {
        let mut method = lowered(properties, &METHOD);
        if method.get("authorizationType").is_none() {
            method["authorizationType"] = json!("NONE");
        }
        call::<gateway::PutMethod>(&self.0, &method, &[], caller).await?;
        let responses = list(properties, "MethodResponses");
        for response in responses {
            let members = ["ResponseModels", "ResponseParameters", "StatusCode"];
            let input = at(properties, lowered(response, &members));
            call::<gateway::PutMethodResponse>(&self.0, &input, &[], caller).await?;
        }
        let Some(integration) = properties.get("Integration") else {
            return Ok(());
        };
        let input = at(properties, lowered(integration, &INTEGRATION));
        call::<gateway::PutIntegration>(&self.0, &input, &[], caller).await?;
        for response in list(integration, "IntegrationResponses") {
            let members = [
                "ContentHandling",
                "ResponseParameters",
                "ResponseTemplates",
                "SelectionPattern",
                "StatusCode",
            ];
            let input = at(properties, lowered(response, &members));
            call::<gateway::PutIntegrationResponse>(&self.0, &input, &[], caller).await?;
        }
        Ok(())
    }

    async fn remove(&self, properties: &Json, caller: &Caller) -> Result<(), ProvisionError> {
        let place = lowered(properties, &PLACE);
        delete::<gateway::DeleteMethod>(&self.0, &place, &[], caller).await
    }
}

/// Members of a part, with what names the method.
fn at(properties: &Json, mut members: Json) -> Json {
    if let (Some(members), Json::Object(place)) =
        (members.as_object_mut(), lowered(properties, &PLACE))
    {
        members.extend(place);
    }
    members
}

fn list<'a>(properties: &'a Json, name: &str) -> &'a [Json] {
    let list = properties.get(name).and_then(Json::as_array);
    list.map_or(&[], Vec::as_slice)
}

impl ResourceProvider for Method {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(request.physical_name.clone())
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let put = self.put(&request.properties, &request.caller).await;
            if let Err(error) = put {
                let _gone = self.remove(&request.properties, &request.caller).await;
                return Err(error);
            }
            Ok(Provisioned::new(request.physical_name.clone()))
        })
    }

    /// A method is put anew; stages serve what was deployed, so nobody sees it missing.
    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            self.remove(&existing.properties, &request.caller).await?;
            self.put(&request.properties, &request.caller).await?;
            Ok(Provisioned::new(existing.physical_id.clone()))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move { self.remove(&existing.properties, caller).await })
    }
}
