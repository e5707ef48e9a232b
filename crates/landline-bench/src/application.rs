//! The applications under load: the chat example as it is, and an API without functions, made through the control plane.

use std::net::SocketAddr;

use anyhow::{Context as _, Result};
use serde_json::json;

use crate::http_client::HttpClient;

pub(crate) struct Chat {
    pub(crate) language: &'static str,
    pub(crate) template: &'static str,
}

pub(crate) const CHATS: [Chat; 2] = [
    Chat {
        language: "Python",
        template: "examples/chat/template.yaml",
    },
    Chat {
        language: "Node.js",
        template: "examples/chat/template-node.yaml",
    },
];

/// A message that the chat application passes to everybody.
pub(crate) fn chat_message(data: &str) -> String {
    json!({ "action": "sendmessage", "data": data }).to_string()
}

/// An API whose route `m{n}` answers `n` bytes, for each size, without any function. Returns the path of its stage.
pub(crate) async fn api_of_mocks(address: SocketAddr, sizes: &[usize]) -> Result<String> {
    let mut client = HttpClient::connect(address).await?;
    let api = json!({ "name": "mock", "protocolType": "WEBSOCKET", "routeSelectionExpression": "$request.body.action" });
    let api = client.call_json("apigateway", "/v2/apis", &api).await?;
    let id = api["apiId"].as_str().context("no apiId")?;
    let path = format!("/v2/apis/{id}");
    for size in sizes {
        add_mock(&mut client, &path, *size).await?;
    }
    deploy(&mut client, &path).await?;
    Ok(format!("/{id}/{STAGE}"))
}

async fn add_mock(client: &mut HttpClient, api: &str, size: usize) -> Result<()> {
    let mut post = async |path: String, body| client.call_json("apigateway", &path, &body).await;
    let integration = json!({
        "integrationType": "MOCK",
        "templateSelectionExpression": "\\$default",
        "requestTemplates": { "$default": "{\"statusCode\":200}" },
    });
    let made = post(format!("{api}/integrations"), integration).await?;
    let integration = made["integrationId"].as_str().context("no integrationId")?;
    let responses = format!("{api}/integrations/{integration}/integrationresponses");
    let response = json!({
        "integrationResponseKey": "$default",
        "templateSelectionExpression": "\\$default",
        "responseTemplates": { "$default": "x".repeat(size) },
    });
    post(responses, response).await?;
    let route = json!({
        "routeKey": format!("m{size}"),
        "target": format!("integrations/{integration}"),
        "routeResponseSelectionExpression": "$default",
    });
    let made = post(format!("{api}/routes"), route).await?;
    let route = made["routeId"].as_str().context("no routeId")?;
    let response = json!({ "routeResponseKey": "$default" });
    post(format!("{api}/routes/{route}/routeresponses"), response).await?;
    Ok(())
}

async fn deploy(client: &mut HttpClient, api: &str) -> Result<()> {
    let deployments = format!("{api}/deployments");
    let deployment = client
        .call_json("apigateway", &deployments, &json!({}))
        .await?;
    let stage = json!({ "stageName": STAGE, "deploymentId": deployment["deploymentId"] });
    client
        .call_json("apigateway", &format!("{api}/stages"), &stage)
        .await?;
    Ok(())
}

const STAGE: &str = "bench";

/// An API whose connections cost nothing but themselves: no `$connect`, no function. Returns the path of its stage.
pub(crate) async fn api_without_functions(address: SocketAddr) -> Result<String> {
    let mut client = HttpClient::connect(address).await?;
    let api = json!({ "name": "idle", "protocolType": "WEBSOCKET", "routeSelectionExpression": "$request.body.action" });
    let api = client.call_json("apigateway", "/v2/apis", &api).await?;
    let path = format!("/v2/apis/{}", api["apiId"].as_str().context("no apiId")?);
    client
        .call_json(
            "apigateway",
            &format!("{path}/routes"),
            &json!({ "routeKey": "nothing" }),
        )
        .await?;
    deploy(&mut client, &path).await?;
    let id = api["apiId"].as_str().context("no apiId")?;
    Ok(format!("/{id}/{STAGE}"))
}
