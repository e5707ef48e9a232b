//! Installing runtime packs asks package registries: run by hand with `--run-ignored all`.

use serde_json::json;

use super::Fixture;

#[tokio::test]
#[ignore = "asks the npm registry"]
async fn an_es_module_finds_the_sdk_that_lambda_bundles() {
    let fixture = Fixture::new().await;
    let code = r#"
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { ApiGatewayManagementApiClient } from "@aws-sdk/client-apigatewaymanagementapi";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
export const handler = async () => [DynamoDBClient.name, ApiGatewayManagementApiClient.name, DynamoDBDocumentClient.name];
"#;
    fixture.deploy("sdk", "nodejs20.x", "app.mjs", code).await;
    assert_eq!(
        fixture.invoke("sdk", "{}").await.json,
        json!([
            "DynamoDBClient",
            "ApiGatewayManagementApiClient",
            "DynamoDBDocumentClient"
        ])
    );
    let code =
        "const AWS = require('aws-sdk'); exports.handler = async () => AWS.VERSION.split('.')[0];";
    fixture.deploy("v2", "nodejs14.x", "app.js", code).await;
    assert_eq!(fixture.invoke("v2", "{}").await.json, json!("2"));
}

#[tokio::test]
#[ignore = "asks the Python package index"]
async fn python_finds_boto3() {
    let fixture = Fixture::new().await;
    let code = "import boto3\ndef handler(event, context):\n    return boto3.client('apigatewaymanagementapi').meta.endpoint_url\n";
    fixture.deploy("sdk", "python3.12", "app.py", code).await;
    let answer = fixture.invoke("sdk", "{}").await;
    assert_eq!(answer.json, json!("http://127.0.0.1:4566"), "{answer:?}");
}
