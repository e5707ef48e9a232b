//! REST APIs: resources, methods, deployments, stages, and OpenAPI definitions.

use landline_api::apigateway as rest;
use serde_json::json;

use super::*;
use crate::deployment::snapshot::{Authorization, Route, RouteSettings, Validates};

impl Plane {
    /// A REST API; its identifier and its root's.
    pub(super) async fn rest_api(&self) -> (String, String) {
        let input = rest::CreateRestApiInput {
            name: "pets".into(),
            ..Default::default()
        };
        let made = self.call::<rest::CreateRestApi>(input).await.unwrap();
        (made.id.unwrap(), made.root_resource_id.unwrap())
    }

    pub(super) async fn resource(&self, api: &str, parent: &str, part: &str) -> String {
        let input = rest::CreateResourceInput {
            rest_api_id: api.into(),
            parent_id: parent.into(),
            path_part: part.into(),
        };
        let made = self.call::<rest::CreateResource>(input).await.unwrap();
        made.id.unwrap()
    }

    pub(super) async fn mock(&self, api: &str, resource: &str, method: &str) {
        let input = rest::PutMethodInput {
            rest_api_id: api.into(),
            resource_id: resource.into(),
            http_method: method.into(),
            authorization_type: "NONE".into(),
            ..Default::default()
        };
        self.call::<rest::PutMethod>(input).await.unwrap();
        let input = rest::PutIntegrationInput {
            rest_api_id: api.into(),
            resource_id: resource.into(),
            http_method: method.into(),
            r#type: rest::IntegrationType::Mock,
            ..Default::default()
        };
        self.call::<rest::PutIntegration>(input).await.unwrap();
    }

    pub(super) async fn deploy_rest(&self, api: &str, stage: &str) -> String {
        let input = rest::CreateDeploymentInput {
            rest_api_id: api.into(),
            stage_name: Some(stage.into()),
            ..Default::default()
        };
        let made = self.call::<rest::CreateDeployment>(input).await.unwrap();
        made.id.unwrap()
    }

    fn with_method<T>(
        &self,
        api: &str,
        stage: &str,
        request: &str,
        look: impl FnOnce(&Route) -> T,
    ) -> Option<T> {
        let live = self.live(api, stage);
        let http = live.snapshot.as_ref()?.http.as_ref()?;
        let (method, path) = request.split_once(' ').unwrap();
        let segments: Vec<&str> = path.split('/').filter(|it| !it.is_empty()).collect();
        http.route(method, &segments).map(|found| look(found.route))
    }
}

pub(super) fn patch(op: rest::Op, path: &str, value: &str) -> rest::PatchOperation {
    rest::PatchOperation {
        op: Some(op),
        path: Some(path.into()),
        value: Some(value.into()),
        from: None,
    }
}

#[tokio::test]
async fn a_stage_serves_what_was_deployed_and_nothing_newer() {
    let plane = Plane::new();
    let (api, root) = plane.rest_api().await;
    let pets = plane.resource(&api, &root, "pets").await;
    let pet = plane.resource(&api, &pets, "{id}").await;
    plane.mock(&api, &pet, "GET").await;
    plane.deploy_rest(&api, "prod").await;
    let served = |request: &str| plane.with_method(&api, "prod", request, |_| ()).is_some();
    assert!(served("GET /pets/7"));
    plane.mock(&api, &pets, "POST").await;
    assert!(!served("POST /pets"));
    plane.deploy_rest(&api, "prod").await;
    assert!(served("POST /pets"));
}

#[tokio::test]
async fn what_is_served_outlives_the_process() {
    let plane = Plane::new();
    let (api, root) = plane.rest_api().await;
    plane.mock(&api, &root, "ANY").await;
    plane.deploy_rest(&api, "prod").await;
    let plane = plane.restarted();
    assert!(plane.with_method(&api, "prod", "PUT /", |_| ()).is_some());
}

#[tokio::test]
async fn paths_follow_from_parts() {
    let plane = Plane::new();
    let (api, root) = plane.rest_api().await;
    let pets = plane.resource(&api, &root, "pets").await;
    plane.resource(&api, &pets, "{id}").await;
    let again = rest::CreateResourceInput {
        rest_api_id: api.clone(),
        parent_id: root,
        path_part: "pets".into(),
    };
    assert_eq!(
        refusal(plane.call::<rest::CreateResource>(again).await).0,
        409
    );
    let input = rest::UpdateResourceInput {
        rest_api_id: api.clone(),
        resource_id: pets.clone(),
        patch_operations: Some(vec![patch(rest::Op::Replace, "/pathPart", "cats")]),
    };
    plane.call::<rest::UpdateResource>(input).await.unwrap();
    let paths = || async {
        let input = rest::GetResourcesInput {
            rest_api_id: api.clone(),
            ..Default::default()
        };
        let all = plane.call::<rest::GetResources>(input).await.unwrap().items;
        let mut paths: Vec<String> = all.unwrap().into_iter().filter_map(|it| it.path).collect();
        paths.sort();
        paths
    };
    assert_eq!(paths().await, ["/", "/cats", "/cats/{id}"]);
    let input = rest::DeleteResourceInput {
        rest_api_id: api.clone(),
        resource_id: pets,
    };
    plane.call::<rest::DeleteResource>(input).await.unwrap();
    assert_eq!(paths().await, ["/"]);
}

#[tokio::test]
async fn nothing_is_deployed_that_could_not_be_called() {
    let plane = Plane::new();
    let (api, root) = plane.rest_api().await;
    let deploy = || async {
        let input = rest::CreateDeploymentInput {
            rest_api_id: api.clone(),
            ..Default::default()
        };
        refusal(plane.call::<rest::CreateDeployment>(input).await)
    };
    let expected = "The REST API doesn't contain any methods";
    assert_eq!(deploy().await, (400, expected.to_owned()));
    let input = rest::PutMethodInput {
        rest_api_id: api.clone(),
        resource_id: root,
        http_method: "GET".into(),
        authorization_type: "NONE".into(),
        ..Default::default()
    };
    plane.call::<rest::PutMethod>(input).await.unwrap();
    let expected = "No integration defined for method";
    assert_eq!(deploy().await, (400, expected.to_owned()));
}

#[tokio::test]
async fn a_stage_is_changed_by_patches() {
    let plane = Plane::new();
    let (api, root) = plane.rest_api().await;
    plane.mock(&api, &root, "GET").await;
    plane.deploy_rest(&api, "prod").await;
    let input = rest::UpdateStageInput {
        rest_api_id: api.clone(),
        stage_name: "prod".into(),
        patch_operations: Some(vec![
            patch(rest::Op::Replace, "/variables/colour", "red"),
            patch(rest::Op::Replace, "/*/*/throttling/rateLimit", "5.5"),
            patch(rest::Op::Replace, "/*/*/throttling/burstLimit", "2"),
            patch(rest::Op::Replace, "/~1/GET/logging/loglevel", "INFO"),
            patch(rest::Op::Replace, "/tracingEnabled", "true"),
        ]),
    };
    let stage = plane.call::<rest::UpdateStage>(input).await.unwrap();
    assert_eq!(stage.tracing_enabled, Some(true));
    let live = plane.live(&api, "prod");
    assert_eq!(live.variables, texts(&[("colour", "red")]));
    let limits = RouteSettings {
        throttling_rate_limit: Some(5.5),
        throttling_burst_limit: Some(2),
    };
    assert_eq!(live.default_route_settings, limits);
    assert!(live.observation.logging_of(Some("GET /")).is_some());
    assert!(live.observation.logging_of(Some("POST /")).is_none());
}

#[tokio::test]
async fn deleting_a_rest_api_takes_its_stages_along() {
    let plane = Plane::new();
    let (api, root) = plane.rest_api().await;
    plane.mock(&api, &root, "GET").await;
    let deployment = plane.deploy_rest(&api, "prod").await;
    let input = rest::DeleteDeploymentInput {
        rest_api_id: api.clone(),
        deployment_id: deployment,
    };
    assert_eq!(
        refusal(plane.call::<rest::DeleteDeployment>(input).await).0,
        400
    );
    let input = rest::DeleteRestApiInput {
        rest_api_id: api.clone(),
    };
    plane.call::<rest::DeleteRestApi>(input).await.unwrap();
    assert!(plane.live.get(&api, "prod").is_none());
    let input = rest::GetRestApiInput { rest_api_id: api };
    assert_eq!(refusal(plane.call::<rest::GetRestApi>(input).await).0, 404);
}

fn definition() -> serde_json::Value {
    json!({
        "swagger": "2.0",
        "info": { "title": "pets", "version": "1" },
        "x-amazon-apigateway-request-validators": {
            "all": { "validateRequestBody": true, "validateRequestParameters": true },
        },
        "definitions": { "Pet": { "type": "object", "required": ["name"] } },
        "securityDefinitions": {
            "guard": {
                "type": "apiKey", "in": "header", "name": "Authorization",
                "x-amazon-apigateway-authtype": "custom",
                "x-amazon-apigateway-authorizer": { "type": "token", "authorizerUri": LAMBDA_URI },
            },
            "api_key": { "type": "apiKey", "in": "header", "name": "x-api-key" },
        },
        "paths": { "/pets/{id}": {
            "post": {
                "x-amazon-apigateway-request-validator": "all",
                "parameters": [
                    { "in": "query", "name": "q", "required": true },
                    { "in": "body", "name": "body", "schema": { "$ref": "#/definitions/Pet" } },
                ],
                "security": [{ "guard": [] }, { "api_key": [] }],
                "x-amazon-apigateway-integration": {
                    "type": "aws_proxy", "httpMethod": "POST", "uri": LAMBDA_URI,
                },
            },
            "options": { "x-amazon-apigateway-integration": {
                "type": "mock",
                "requestTemplates": { "application/json": "{\"statusCode\": 200}" },
                "responses": { "default": {
                    "statusCode": "200",
                    "responseParameters": {
                        "method.response.header.Access-Control-Allow-Origin": "'*'",
                    },
                } },
            } },
        } },
        "x-amazon-apigateway-gateway-responses": { "DEFAULT_4XX": { "statusCode": 418 } },
    })
}

#[tokio::test]
async fn a_definition_makes_a_rest_api() {
    let plane = Plane::new();
    let body = definition();
    let input = rest::ImportRestApiInput {
        body: body.to_string().into(),
        ..Default::default()
    };
    let made = plane.call::<rest::ImportRestApi>(input).await.unwrap();
    assert_eq!(made.name.as_deref(), Some("pets"));
    let api = made.id.unwrap();
    plane.deploy_rest(&api, "prod").await;
    let checked = plane.with_method(&api, "prod", "POST /pets/7", |route| {
        assert!(matches!(
            route.authorization,
            Authorization::Custom(Some(_))
        ));
        assert!(route.api_key_required);
        assert_eq!(route.at.as_ref().unwrap().validates, Validates::Everything);
        assert_eq!(route.required_parameters[0].name, "q");
        let validation = route.validation.as_ref().unwrap();
        assert!(validation.check_as("application/json", "{}").is_err());
    });
    assert!(checked.is_some());
    let responses = plane.with_method(&api, "prod", "OPTIONS /pets/7", |route| {
        let integration = route.integration.as_ref().unwrap();
        integration
            .responses
            .select("200")
            .unwrap()
            .parameters
            .len()
    });
    assert_eq!(responses, Some(1));
    let live = plane.live(&api, "prod");
    let http = live.snapshot.as_ref().unwrap().http.as_ref().unwrap();
    assert_eq!(http.gateway_responses["DEFAULT_4XX"].status, Some(418));
    // The same definition again replaces it.
    let input = rest::PutRestApiInput {
        rest_api_id: api,
        body: body.to_string().into(),
        mode: Some(rest::PutMode::Overwrite),
        ..Default::default()
    };
    plane.call::<rest::PutRestApi>(input).await.unwrap();
}

#[tokio::test]
async fn a_definition_is_merged_into_an_api_unless_it_shall_overwrite() {
    let plane = Plane::new();
    let of = |path: &str, operation: &str| {
        let integration = json!({ "type": "mock" });
        let method =
            json!({ "operationId": operation, "x-amazon-apigateway-integration": integration });
        let (info, paths) = (
            json!({ "title": "pets" }),
            json!({ path: { "get": method } }),
        );
        json!({ "openapi": "3.0.1", "info": info, "paths": paths }).to_string()
    };
    let input = rest::ImportRestApiInput {
        body: of("/a", "one").into(),
        ..Default::default()
    };
    let api = plane.call::<rest::ImportRestApi>(input).await.unwrap();
    let put = async |body: String, mode| {
        let input = rest::PutRestApiInput {
            rest_api_id: api.id.clone().unwrap(),
            body: body.into(),
            mode,
            ..Default::default()
        };
        plane.call::<rest::PutRestApi>(input).await.unwrap();
        let input = rest::GetResourcesInput {
            rest_api_id: api.id.clone().unwrap(),
            embed: Some(vec!["methods".into()]),
            ..Default::default()
        };
        let resources = plane.call::<rest::GetResources>(input).await.unwrap();
        let resources = resources.items.unwrap_or_default().into_iter();
        let mut operations: Vec<_> = resources
            .filter_map(|it| it.resource_methods?.remove("GET")?.operation_name)
            .collect();
        operations.sort();
        operations
    };
    assert_eq!(put(of("/b", "two"), None).await, ["one", "two"]);
    let merge = Some(rest::PutMode::Merge);
    assert_eq!(put(of("/a", "three"), merge).await, ["three", "two"]);
    let overwrite = Some(rest::PutMode::Overwrite);
    assert_eq!(put(of("/c", "four"), overwrite).await, ["four"]);
}

#[tokio::test]
async fn settings_of_a_method_go_by_the_path_by_which_they_came() {
    let plane = Plane::new();
    let (api, root) = plane.rest_api().await;
    let pets = plane.resource(&api, &root, "pets").await;
    let names = plane.resource(&api, &pets, "names").await;
    plane.mock(&api, &names, "GET").await;
    plane.deploy_rest(&api, "prod").await;
    let mut update = rest::UpdateStageInput {
        rest_api_id: api,
        stage_name: "prod".into(),
        patch_operations: Some(vec![
            patch(rest::Op::Replace, "/~1/GET/logging/loglevel", "INFO"),
            patch(rest::Op::Replace, "/~1pets/GET/logging/loglevel", "INFO"),
            patch(
                rest::Op::Replace,
                "/~1pets~1names/GET/logging/loglevel",
                "INFO",
            ),
        ]),
    };
    let set = plane.call::<rest::UpdateStage>(update.clone()).await;
    assert_eq!(set.unwrap().method_settings.map(|it| it.len()), Some(3));
    update.patch_operations = Some(vec![
        patch(rest::Op::Remove, "/~1/GET", ""),
        patch(rest::Op::Remove, "/~1pets/GET", ""),
        patch(rest::Op::Remove, "/~1pets~1names/GET", ""),
    ]);
    let removed = plane.call::<rest::UpdateStage>(update).await.unwrap();
    assert_eq!(removed.method_settings.map(|it| it.len()), Some(0));
}

#[tokio::test]
async fn the_kind_of_an_endpoint_is_replaced_in_its_list() {
    let plane = Plane::new();
    let (api, _) = plane.rest_api().await;
    let update = |path: &str, value: &str| rest::UpdateRestApiInput {
        rest_api_id: api.clone(),
        patch_operations: Some(vec![patch(rest::Op::Replace, path, value)]),
    };
    let changed = update("/endpointConfiguration/types/EDGE", "REGIONAL");
    let changed = plane.call::<rest::UpdateRestApi>(changed).await.unwrap();
    let endpoint = changed.endpoint_configuration.unwrap();
    assert_eq!(endpoint.types, Some(vec![rest::EndpointType::Regional]));
    let unknown = update("/endpointConfiguration/types/EDGE", "PRIVATE");
    assert!(plane.call::<rest::UpdateRestApi>(unknown).await.is_err());
}
