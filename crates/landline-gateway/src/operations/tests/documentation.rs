//! Documentation of REST APIs, and their export.

use landline_api::apigateway as rest;
use serde_json::{Value, json};

use super::*;

/// A REST API of a definition, deployed to `dev`.
const DEFINITION: &str = r##"{
    "swagger": "2.0",
    "info": { "title": "pets", "version": "1" },
    "securityDefinitions": {
        "own": { "type": "apiKey", "name": "Token", "in": "header",
            "x-amazon-apigateway-authtype": "custom",
            "x-amazon-apigateway-authorizer": { "type": "token",
                "authorizerUri": "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:f/invocations" } }
    },
    "paths": { "/pets/{id}": { "get": {
        "security": [{ "own": [] }],
        "parameters": [{ "in": "query", "name": "q", "required": true, "type": "string" }],
        "produces": ["application/json", "text/json"],
        "responses": { "200": { "description": "fine",
            "schema": { "$ref": "#/definitions/Pet" },
            "headers": { "X-Own": { "type": "string" } } } },
        "x-amazon-apigateway-integration": { "type": "mock",
            "requestTemplates": { "application/json": "{}" },
            "responses": { "default": { "statusCode": "200" } } }
    } } },
    "definitions": { "Pet": { "type": "object" } }
}"##;

async fn imported(plane: &Plane) -> String {
    let input = rest::ImportRestApiInput {
        body: DEFINITION.into(),
        ..Default::default()
    };
    let made = plane.call::<rest::ImportRestApi>(input).await.unwrap();
    let api = made.id.unwrap();
    let input = rest::CreateDeploymentInput {
        rest_api_id: api.clone(),
        stage_name: Some("dev".into()),
        ..Default::default()
    };
    plane.call::<rest::CreateDeployment>(input).await.unwrap();
    api
}

async fn export(plane: &Plane, api: &str, kind: &str, extensions: &str) -> Value {
    let parameters = [("extensions".to_owned(), extensions.to_owned())];
    let input = rest::GetExportInput {
        rest_api_id: api.into(),
        stage_name: "dev".into(),
        export_type: kind.into(),
        parameters: Some(parameters.into()),
        ..Default::default()
    };
    let made = plane.call::<rest::GetExport>(input).await.unwrap();
    serde_json::from_slice(&made.body.unwrap()).unwrap()
}

#[tokio::test]
async fn an_export_says_what_is_deployed() {
    let plane = Plane::new();
    let api = imported(&plane).await;
    let swagger = export(&plane, &api, "swagger", "").await;
    assert_eq!(swagger["basePath"], "/dev");
    assert_eq!(swagger["definitions"]["Pet"], json!({ "type": "object" }));
    let method = &swagger["paths"]["/pets/{id}"]["get"];
    assert_eq!(method["security"], json!([{ "own": [] }]));
    assert_eq!(method["parameters"][0]["name"], "id");
    assert_eq!(method["parameters"][1]["required"], true);
    assert_eq!(method["x-amazon-apigateway-integration"], Value::Null);
    assert_eq!(method["produces"], json!(["application/json", "text/json"]));
    let response = &method["responses"]["200"];
    assert_eq!(response["schema"], json!({ "$ref": "#/definitions/Pet" }));
    assert_eq!(
        response["headers"],
        json!({ "X-Own": { "type": "string" } })
    );
    let scheme = &swagger["securityDefinitions"]["own"];
    assert_eq!(
        *scheme,
        json!({ "type": "apiKey", "name": "Token", "in": "header" })
    );
}

#[tokio::test]
async fn an_export_with_extensions_makes_the_same_api_again() {
    let plane = Plane::new();
    let api = imported(&plane).await;
    let first = export(&plane, &api, "oas30", "apigateway").await;
    let method = &first["paths"]["/pets/{id}"]["get"];
    let integration = &method["x-amazon-apigateway-integration"];
    assert_eq!(integration["type"], "mock");
    assert_eq!(integration["responses"]["default"]["statusCode"], "200");
    let input = rest::PutRestApiInput {
        rest_api_id: api.clone(),
        mode: Some(rest::PutMode::Overwrite),
        body: first.to_string().into(),
        ..Default::default()
    };
    plane.call::<rest::PutRestApi>(input).await.unwrap();
    let input = rest::CreateDeploymentInput {
        rest_api_id: api.clone(),
        stage_name: Some("dev".into()),
        ..Default::default()
    };
    plane.call::<rest::CreateDeployment>(input).await.unwrap();
    assert_eq!(export(&plane, &api, "oas30", "apigateway").await, first);
}

#[tokio::test]
async fn an_export_may_be_yaml() {
    let plane = Plane::new();
    let api = imported(&plane).await;
    let input = rest::GetExportInput {
        rest_api_id: api,
        stage_name: "dev".into(),
        export_type: "oas30".into(),
        accepts: Some("application/yaml".into()),
        ..Default::default()
    };
    let made = plane.call::<rest::GetExport>(input).await.unwrap();
    let text = String::from_utf8(made.body.unwrap().to_vec()).unwrap();
    assert!(text.starts_with("---\nopenapi: \"3.0.1\"\n"), "{text}");
    assert!(text.contains("  /pets/{id}:\n") || text.contains("  \"/pets/{id}\":\n"));
}

fn about(kind: rest::DocumentationPartType, path: Option<&str>) -> rest::DocumentationPartLocation {
    rest::DocumentationPartLocation {
        r#type: kind,
        path: path.map(str::to_owned),
        ..Default::default()
    }
}

async fn document(
    plane: &Plane,
    api: &str,
    location: rest::DocumentationPartLocation,
    properties: &str,
) -> Result<rest::DocumentationPart, ServiceError> {
    let input = rest::CreateDocumentationPartInput {
        rest_api_id: api.into(),
        location,
        properties: properties.into(),
    };
    plane.call::<rest::CreateDocumentationPart>(input).await
}

#[tokio::test]
async fn a_part_documents_one_place_once() {
    let plane = Plane::new();
    let api = imported(&plane).await;
    let kind = rest::DocumentationPartType::Method;
    let made = document(
        &plane,
        &api,
        about(kind.clone(), Some("/pets")),
        "{\"a\":1}",
    );
    let made = made.await.unwrap();
    assert_eq!(made.location.unwrap().method.as_deref(), Some("*"));
    let again = document(&plane, &api, about(kind, Some("/pets")), "{}").await;
    assert_eq!(again.unwrap_err().code, "ConflictException");
    let wrong = about(rest::DocumentationPartType::Api, Some("/pets"));
    let refused = document(&plane, &api, wrong, "{}").await;
    assert_eq!(refused.unwrap_err().code, "BadRequestException");
    let of_api = about(rest::DocumentationPartType::Api, None);
    let refused = document(&plane, &api, of_api.clone(), "text").await;
    assert_eq!(refused.unwrap_err().code, "BadRequestException");
    document(&plane, &api, of_api, "{}").await.unwrap();
    let input = rest::GetDocumentationPartsInput {
        rest_api_id: api,
        r#type: Some(rest::DocumentationPartType::Api),
        ..Default::default()
    };
    let found = plane.call::<rest::GetDocumentationParts>(input).await;
    assert_eq!(found.unwrap().items.unwrap().len(), 1);
}

#[tokio::test]
async fn a_version_of_the_documentation_belongs_to_a_stage() {
    let plane = Plane::new();
    let api = imported(&plane).await;
    let input = rest::CreateDocumentationVersionInput {
        rest_api_id: api.clone(),
        documentation_version: "1".into(),
        stage_name: Some("dev".into()),
        description: None,
    };
    let refused = plane
        .call::<rest::CreateDocumentationVersion>(input.clone())
        .await;
    assert_eq!(refused.unwrap_err().code, "BadRequestException");
    let of_api = about(rest::DocumentationPartType::Api, None);
    document(&plane, &api, of_api, "{}").await.unwrap();
    let make = || plane.call::<rest::CreateDocumentationVersion>(input.clone());
    assert_eq!(make().await.unwrap().version.as_deref(), Some("1"));
    assert_eq!(make().await.unwrap_err().code, "ConflictException");
    let stage = rest::GetStageInput {
        rest_api_id: api,
        stage_name: "dev".into(),
    };
    let stage = plane.call::<rest::GetStage>(stage).await.unwrap();
    assert_eq!(stage.documentation_version.as_deref(), Some("1"));
}

#[tokio::test]
async fn places_without_documentation_are_listed() {
    let plane = Plane::new();
    let api = imported(&plane).await;
    let open = async || {
        let input = rest::GetDocumentationPartsInput {
            rest_api_id: api.clone(),
            location_status: Some(rest::LocationStatusType::Undocumented),
            path: Some("/pets/{id}".into()),
            ..Default::default()
        };
        let found = plane.call::<rest::GetDocumentationParts>(input).await;
        let parts = found.unwrap().items.unwrap();
        assert!(parts.iter().all(|part| part.id.is_none()));
        let kinds = parts.into_iter().map(|part| part.location.unwrap().r#type);
        kinds.collect::<Vec<_>>()
    };
    let kinds = open().await;
    for kind in [
        rest::DocumentationPartType::Resource,
        rest::DocumentationPartType::Method,
        rest::DocumentationPartType::PathParameter,
        rest::DocumentationPartType::QueryParameter,
        rest::DocumentationPartType::ResponseHeader,
    ] {
        assert!(kinds.contains(&kind), "{kind:?} in {kinds:?}");
    }
    let resource = about(rest::DocumentationPartType::Resource, Some("/pets/{id}"));
    document(&plane, &api, resource, "{}").await.unwrap();
    assert!(
        !open()
            .await
            .contains(&rest::DocumentationPartType::Resource)
    );
}
