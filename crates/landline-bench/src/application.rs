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
    let deployment = client
        .call_json("apigateway", &format!("{path}/deployments"), &json!({}))
        .await?;
    let stage = json!({ "stageName": "idle", "deploymentId": deployment["deploymentId"] });
    client
        .call_json("apigateway", &format!("{path}/stages"), &stage)
        .await?;
    Ok(format!(
        "/{}/idle",
        api["apiId"].as_str().context("no apiId")?
    ))
}
