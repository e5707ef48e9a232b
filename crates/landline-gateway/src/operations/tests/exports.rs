//! Definitions that are made of APIs, and APIs that are made of those again.

use serde_json::{Value, json};

use super::*;

const FUNCTION_URI: &str = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:pets/invocations";

fn definition() -> Value {
    json!({
        "openapi": "3.0.1",
        "info": { "title": "pets", "version": "1.0" },
        "tags": [
            { "name": "a", "x-amazon-apigateway-tag-value": "b" },
            { "name": "empty" },
        ],
        "paths": {
            "/pets/{id}": { "get": {
                "responses": { "default": { "description": "Default response for GET /pets/{id}" } },
                "security": [{ "users": ["read"] }],
                "x-amazon-apigateway-integration": {
                    "responseParameters": { "200": { "overwrite:header.a": "b" } },
                    "payloadFormatVersion": "2.0", "type": "aws_proxy", "httpMethod": "POST",
                    "uri": FUNCTION_URI, "connectionType": "INTERNET", "timeoutInMillis": 5000,
                },
            } },
            "/$default": { "x-amazon-apigateway-any-method": {
                "isDefaultRoute": true,
                "security": [{ "guard": [] }],
                "x-amazon-apigateway-integration": {
                    "payloadFormatVersion": "1.0", "type": "http_proxy", "httpMethod": "ANY",
                    "uri": "https://pets.example/",
                },
            } },
        },
        "components": { "securitySchemes": {
            "users": { "type": "oauth2", "flows": {}, "x-amazon-apigateway-authorizer": {
                "identitySource": "$request.header.Authorization",
                "jwtConfiguration": { "audience": ["app"], "issuer": "https://issuer.example" },
                "type": "jwt",
            } },
            "guard": { "type": "apiKey", "name": "Token", "in": "header", "x-amazon-apigateway-authorizer": {
                "identitySource": "$request.header.Token", "authorizerUri": FUNCTION_URI,
                "authorizerPayloadFormatVersion": "2.0", "authorizerResultTtlInSeconds": 60,
                "type": "request", "enableSimpleResponses": true,
            } },
        } },
        "x-amazon-apigateway-cors": { "allowOrigins": ["*"] },
    })
}

async fn imported(plane: &Plane, definition: &Value) -> String {
    let input = api::ImportApiInput {
        body: definition.to_string(),
        ..Default::default()
    };
    let made = plane.call::<api::ImportApi>(input).await.unwrap();
    made.api_id.unwrap()
}

fn asked(api_id: &str) -> api::ExportApiInput {
    api::ExportApiInput {
        api_id: api_id.into(),
        output_type: "JSON".into(),
        specification: "OAS30".into(),
        ..Default::default()
    }
}

async fn export(plane: &Plane, input: api::ExportApiInput) -> Value {
    let made = plane.call::<api::ExportApi>(input).await.unwrap();
    serde_json::from_slice(&made.body.unwrap()).unwrap()
}

#[tokio::test]
async fn an_export_has_all_that_makes_the_api() {
    let plane = Plane::new();
    let written = definition();
    let api_id = imported(&plane, &written).await;
    let document = export(&plane, asked(&api_id)).await;
    let path = &document["paths"]["/pets/{id}"];
    assert_eq!(path["get"], written["paths"]["/pets/{id}"]["get"]);
    assert_eq!(path["parameters"][0]["name"], "id");
    assert_eq!(document["components"], written["components"]);
    assert_eq!(
        document["tags"][1],
        json!({ "name": "empty", "x-amazon-apigateway-tag-value": "" })
    );
    assert_eq!(
        document["x-amazon-apigateway-cors"],
        json!({ "allowOrigins": ["*"] })
    );
    assert_eq!(document["x-amazon-apigateway-importexport-version"], "1.0");
    assert_eq!(document.get("servers"), None);
    let other = imported(&plane, &document).await;
    assert_eq!(export(&plane, asked(&other)).await, document);
}

#[tokio::test]
async fn an_export_of_a_stage_says_what_it_serves() {
    let plane = Plane::new();
    let api_id = imported(&plane, &definition()).await;
    let input = stage(&api_id, "dev");
    plane.call::<api::CreateStage>(input).await.unwrap();
    let input = api::CreateDeploymentInput {
        api_id: api_id.clone(),
        stage_name: Some("dev".into()),
        ..Default::default()
    };
    plane.call::<api::CreateDeployment>(input).await.unwrap();
    plane.route(&api_id, "GET /later").await;
    let of_stage = api::ExportApiInput {
        stage_name: Some("dev".into()),
        ..asked(&api_id)
    };
    let document = export(&plane, of_stage).await;
    assert_eq!(
        document["servers"][0]["variables"]["basePath"]["default"],
        "dev"
    );
    assert_eq!(document["paths"].get("/later"), None);
    assert!(
        export(&plane, asked(&api_id)).await["paths"]
            .get("/later")
            .is_some()
    );
    let unknown = api::ExportApiInput {
        stage_name: Some("unknown".into()),
        ..asked(&api_id)
    };
    assert_eq!(refusal(plane.call::<api::ExportApi>(unknown).await).0, 404);
}

#[tokio::test]
async fn an_export_may_leave_the_extensions_out() {
    let plane = Plane::new();
    let api_id = imported(&plane, &definition()).await;
    let input = api::ExportApiInput {
        include_extensions: Some(false),
        ..asked(&api_id)
    };
    let document = export(&plane, input).await;
    let method = &document["paths"]["/pets/{id}"]["get"];
    assert_eq!(method.get("x-amazon-apigateway-integration"), None);
    let scheme = &document["components"]["securitySchemes"]["guard"];
    assert_eq!(
        *scheme,
        json!({ "type": "apiKey", "name": "Token", "in": "header" })
    );
    assert_eq!(document.get("x-amazon-apigateway-cors"), None);
    let yaml = api::ExportApiInput {
        output_type: "YAML".into(),
        ..asked(&api_id)
    };
    let made = plane.call::<api::ExportApi>(yaml).await.unwrap();
    assert!(made.body.unwrap().starts_with(b"---\nopenapi: \"3.0.1\"\n"));
}

#[tokio::test]
async fn what_no_export_can_be_is_refused() {
    let plane = Plane::new();
    let api_id = imported(&plane, &definition()).await;
    for (output, specification) in [("XML", "OAS30"), ("JSON", "OAS20")] {
        let input = api::ExportApiInput {
            output_type: output.into(),
            specification: specification.into(),
            ..asked(&api_id)
        };
        assert_eq!(refusal(plane.call::<api::ExportApi>(input).await).0, 400);
    }
}
