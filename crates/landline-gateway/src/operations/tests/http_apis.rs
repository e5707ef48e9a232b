//! HTTP APIs: their members, quick create, OpenAPI definitions, and what their stages serve.

use serde_json::json;

use super::*;
use crate::deployment::snapshot::{Authorization, PayloadFormat, Route};

const FUNCTION: &str = "arn:aws:lambda:eu-central-1:123456789012:function:pets";

fn http(name: &str) -> api::CreateApiInput {
    api::CreateApiInput {
        name: name.into(),
        protocol_type: api::ProtocolType::Http,
        ..Default::default()
    }
}

impl Plane {
    async fn http_api(&self) -> String {
        let api = self.call::<api::CreateApi>(http("pets")).await.unwrap();
        api.api_id.unwrap()
    }

    /// Looks at the route that a stage has for a request.
    fn with_route<T>(
        &self,
        api_id: &str,
        stage: &str,
        request: &str,
        look: impl FnOnce(&Route) -> T,
    ) -> Option<T> {
        let live = self.live(api_id, stage);
        let http = live.snapshot.as_ref()?.http.as_ref()?;
        let (method, path) = request.split_once(' ').unwrap();
        let segments: Vec<&str> = path.split('/').filter(|it| !it.is_empty()).collect();
        http.route(method, &segments).map(|found| look(found.route))
    }
}

#[tokio::test]
async fn an_http_api_shows_its_own_defaults() {
    let plane = Plane::new();
    let made = plane.call::<api::CreateApi>(http("pets")).await.unwrap();
    assert!(made.api_endpoint.unwrap().starts_with("https://"));
    assert_eq!(
        made.route_selection_expression,
        "$request.method $request.path"
    );
    assert_eq!(made.protocol_type, api::ProtocolType::Http);
}

#[tokio::test]
async fn quick_create_makes_a_route_and_a_stage_that_follows() {
    let plane = Plane::new();
    let input = api::CreateApiInput {
        target: Some(FUNCTION.into()),
        route_key: Some("GET /pets".into()),
        ..http("pets")
    };
    let made = plane.call::<api::CreateApi>(input).await.unwrap();
    let api_id = made.api_id.unwrap();
    let stage = plane.get_stage(&api_id, "$default").await;
    assert_eq!(stage.auto_deploy, Some(true));
    let payload = plane.with_route(&api_id, "$default", "GET /pets", |route| {
        route.integration.as_ref().unwrap().payload
    });
    assert_eq!(payload, Some(PayloadFormat::V2));
    let input = api::UpdateApiInput {
        api_id: api_id.clone(),
        target: Some("https://example.com".into()),
        ..Default::default()
    };
    plane.call::<api::UpdateApi>(input).await.unwrap();
    let integrations = plane
        .call::<api::GetIntegrations>(api::GetIntegrationsInput {
            api_id,
            ..Default::default()
        })
        .await
        .unwrap();
    let all = integrations.items.unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(
        all[0].integration_type,
        Some(api::IntegrationType::HttpProxy)
    );
}

#[tokio::test]
async fn a_route_key_is_a_method_and_a_path() {
    let plane = Plane::new();
    let api_id = plane.http_api().await;
    for key in ["GET /pets/{id}", "ANY /{proxy+}", "$default", "POST /"] {
        plane.route(&api_id, key).await;
    }
    for key in [
        "sendmessage",
        "$connect",
        "get /x",
        "GET x",
        "GET /{a",
        "GET /{p+}/x",
    ] {
        let outcome = plane.call::<api::CreateRoute>(route(&api_id, key)).await;
        let (status, message) = refusal(outcome);
        assert_eq!(status, 400, "{key}");
        assert!(message.contains("not formatted properly"), "{message}");
    }
    let outcome = plane
        .call::<api::CreateRoute>(route(&api_id, "POST /"))
        .await;
    assert_eq!(refusal(outcome).0, 409);
}

#[tokio::test]
async fn a_function_may_be_named_by_its_own_arn() {
    let plane = Plane::new();
    let api_id = plane.http_api().await;
    let input = api::CreateIntegrationInput {
        api_id: api_id.clone(),
        integration_type: api::IntegrationType::AwsProxy,
        integration_uri: Some(FUNCTION.into()),
        payload_format_version: Some("2.0".into()),
        ..Default::default()
    };
    let made = plane.call::<api::CreateIntegration>(input).await.unwrap();
    assert_eq!(made.timeout_in_millis, Some(30_000));
    assert_eq!(made.integration_method.as_deref(), Some("POST"));
    let id = made.integration_id.unwrap();
    let mut input = route(&api_id, "GET /pets");
    input.target = Some(format!("integrations/{id}"));
    plane.call::<api::CreateRoute>(input).await.unwrap();
    let mut input = stage(&api_id, "dev");
    input.auto_deploy = Some(true);
    plane.call::<api::CreateStage>(input).await.unwrap();
    let has_target = plane.with_route(&api_id, "dev", "GET /pets", |route| {
        route.integration.is_some()
    });
    assert_eq!(has_target, Some(true));
    let mock = api::CreateIntegrationInput {
        api_id,
        integration_type: api::IntegrationType::Mock,
        ..Default::default()
    };
    let outcome = plane.call::<api::CreateIntegration>(mock).await;
    assert_eq!(refusal(outcome).0, 400);
}

#[tokio::test]
async fn authorizers_are_of_tokens_or_functions() {
    let plane = Plane::new();
    let api_id = plane.http_api().await;
    let jwt = |issuer: &str| api::CreateAuthorizerInput {
        api_id: api_id.clone(),
        name: "users".into(),
        authorizer_type: api::AuthorizerType::Jwt,
        identity_source: Some(vec!["$request.header.Authorization".into()]),
        jwt_configuration: Some(api::JWTConfiguration {
            audience: Some(vec!["app".into()]),
            issuer: Some(issuer.into()),
        }),
        ..Default::default()
    };
    let outcome = plane.call::<api::CreateAuthorizer>(jwt("nobody")).await;
    assert_eq!(refusal(outcome).0, 400);
    let made = plane
        .call::<api::CreateAuthorizer>(jwt("https://issuer.example"))
        .await
        .unwrap();
    let mut input = route(&api_id, "GET /pets");
    input.authorization_type = Some(api::AuthorizationType::Jwt);
    input.authorizer_id = made.authorizer_id;
    input.authorization_scopes = Some(vec!["read".into()]);
    let made = plane.call::<api::CreateRoute>(input).await.unwrap();
    assert_eq!(made.authorization_scopes, Some(vec!["read".to_owned()]));
    let function = api::CreateAuthorizerInput {
        authorizer_type: api::AuthorizerType::Request,
        authorizer_uri: Some(LAMBDA_URI.into()),
        name: "guard".into(),
        jwt_configuration: None,
        ..jwt("https://issuer.example")
    };
    let (_, message) = refusal(plane.call::<api::CreateAuthorizer>(function).await);
    assert!(
        message.contains("AuthorizerPayloadFormatVersion"),
        "{message}"
    );
}

#[tokio::test]
async fn cors_is_set_changed_and_taken_away() {
    let plane = Plane::new();
    let cors = |origin: &str| api::Cors {
        allow_origins: Some(vec![origin.into()]),
        ..Default::default()
    };
    let input = api::CreateApiInput {
        cors_configuration: Some(cors("*")),
        ..http("pets")
    };
    let made = plane.call::<api::CreateApi>(input).await.unwrap();
    let api_id = made.api_id.unwrap();
    let wrong = api::UpdateApiInput {
        api_id: api_id.clone(),
        cors_configuration: Some(cors("example.com")),
        ..Default::default()
    };
    assert_eq!(refusal(plane.call::<api::UpdateApi>(wrong).await).0, 400);
    let input = api::DeleteCorsConfigurationInput {
        api_id: api_id.clone(),
    };
    plane
        .call::<api::DeleteCorsConfiguration>(input)
        .await
        .unwrap();
    let input = api::GetApiInput { api_id };
    let api = plane.call::<api::GetApi>(input).await.unwrap();
    assert_eq!(api.cors_configuration, None);
}

fn definition() -> String {
    let integration = json!({
        "type": "aws_proxy", "httpMethod": "POST", "payloadFormatVersion": "2.0",
        "uri": format!("arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/{FUNCTION}/invocations"),
    });
    json!({
        "openapi": "3.0.1",
        "info": { "title": "pets", "version": "1.0" },
        "tags": [{ "name": "a", "x-amazon-apigateway-tag-value": "b" }],
        "x-amazon-apigateway-cors": { "allowOrigins": ["*"] },
        "components": { "securitySchemes": {
            "users": {
                "type": "oauth2",
                "x-amazon-apigateway-authorizer": {
                    "type": "jwt", "identitySource": "$request.header.Authorization",
                    "jwtConfiguration": { "issuer": "https://issuer.example", "audience": ["app"] },
                },
            },
        } },
        "paths": {
            "/pets/{id}": { "get": {
                "x-amazon-apigateway-integration": integration,
                "security": [{ "users": ["read"] }], "responses": {},
            } },
            "/$default": { "x-amazon-apigateway-any-method": {
                "isDefaultRoute": true, "x-amazon-apigateway-integration": integration,
            } },
        },
    })
    .to_string()
}

#[tokio::test]
async fn a_definition_makes_an_api() {
    let plane = Plane::new();
    let input = api::ImportApiInput {
        body: definition(),
        ..Default::default()
    };
    let made = plane.call::<api::ImportApi>(input).await.unwrap();
    assert_eq!(made.name, "pets");
    assert_eq!(made.tags, Some(texts(&[("a", "b")])));
    assert!(made.cors_configuration.is_some());
    let api_id = made.api_id.unwrap();
    let mut input = stage(&api_id, "$default");
    input.auto_deploy = Some(true);
    plane.call::<api::CreateStage>(input).await.unwrap();
    let scopes = plane.with_route(&api_id, "$default", "GET /pets/1", |route| {
        assert!(matches!(route.authorization, Authorization::Jwt(_)));
        route.scopes.clone()
    });
    assert_eq!(scopes, Some(vec!["read".to_owned()]));
    let key = plane.with_route(&api_id, "$default", "POST /", |route| route.key.to_string());
    assert_eq!(key.as_deref(), Some("$default"));
}

#[tokio::test]
async fn a_definition_takes_the_place_of_all_that_was_there() {
    let plane = Plane::new();
    let api_id = plane.http_api().await;
    plane.route(&api_id, "GET /old").await;
    let input = api::ReimportApiInput {
        api_id: api_id.clone(),
        body: definition(),
        ..Default::default()
    };
    plane.call::<api::ReimportApi>(input).await.unwrap();
    let input = api::GetRoutesInput {
        api_id: api_id.clone(),
        ..Default::default()
    };
    let routes = plane.call::<api::GetRoutes>(input).await.unwrap();
    let mut keys: Vec<String> = routes
        .items
        .unwrap()
        .into_iter()
        .map(|it| it.route_key)
        .collect();
    keys.sort();
    assert_eq!(keys, ["$default", "GET /pets/{id}"]);
    let input = api::ReimportApiInput {
        api_id,
        body: "no: json".into(),
        ..Default::default()
    };
    assert_eq!(refusal(plane.call::<api::ReimportApi>(input).await).0, 400);
}

#[tokio::test]
async fn a_definition_may_be_in_yaml() {
    let plane = Plane::new();
    let definition = r"
openapi: 3.0.1
info: { title: pets, version: 1.0 }
x-common: &common
  type: http_proxy
  httpMethod: ANY
  uri: https://pets.example/
  payloadFormatVersion: '1.0'
paths:
  /pets:
    get:
      x-amazon-apigateway-integration:
        <<: *common
        timeoutInMillis: 5000
";
    let input = api::ImportApiInput {
        body: definition.to_owned(),
        ..Default::default()
    };
    let made = plane.call::<api::ImportApi>(input).await.unwrap();
    assert_eq!(made.name, "pets");
    let input = api::GetIntegrationsInput {
        api_id: made.api_id.unwrap(),
        ..Default::default()
    };
    let made = plane.call::<api::GetIntegrations>(input).await.unwrap();
    let integration = &made.items.unwrap()[0];
    assert_eq!(
        integration.integration_uri.as_deref(),
        Some("https://pets.example/")
    );
    assert_eq!(integration.timeout_in_millis, Some(5000));
}
