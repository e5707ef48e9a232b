//! Stages: their names, their variables, their settings.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-stages.html>

use std::collections::BTreeMap;

use landline_api::apigatewayv2::{
    GetIntegrations, GetIntegrationsInput, UpdateApi, UpdateApiInput, UpdateIntegration,
    UpdateIntegrationInput, UpdateStage, UpdateStageInput,
};
use landline_testing::{ACCOUNT_ID, Answer, Node, WsClient};
use serde_json::json;

fn variables(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

#[tokio::test]
async fn a_stage_named_default_is_served_under_its_name_and_not_at_the_root() {
    // C02
    let node = Node::start().await;
    let api = node
        .api()
        .two_way_route("$default", "echo")
        .stage(|stage| stage.stage_name = "$default".to_owned())
        .deploy()
        .await;
    node.functions.answers("echo", Answer::body("hello"));
    let mut client = WsClient::connect(&api.url).await;
    client.send("x").await;
    assert_eq!(client.text().await, "hello");
    let root = format!("ws://{}/{}", node.address, api.id);
    assert_eq!(
        WsClient::try_connect(&root, &[]).await.unwrap_err().status,
        403
    );
}

#[tokio::test]
async fn stage_variables_are_in_events_as_soon_as_they_are_set() {
    // C20: absent without any; settings need no deployment.
    let node = Node::start().await;
    let api = node.api().route("$connect", "connect").deploy().await;
    api.connect().await;
    assert!(
        node.functions.calls("connect").await[0]
            .event
            .get("stageVariables")
            .is_none()
    );
    node.call::<UpdateStage>(UpdateStageInput {
        api_id: api.id.clone(),
        stage_name: api.stage.clone(),
        stage_variables: Some(variables(&[("tier", "gold")])),
        ..Default::default()
    })
    .await;
    api.connect().await;
    let event = &node.functions.calls("connect").await[1].event;
    assert_eq!(event["stageVariables"], json!({ "tier": "gold" }));
}

#[tokio::test]
async fn a_stage_variable_in_a_lambda_uri_names_the_function_of_the_stage() {
    // C58
    let node = Node::start().await;
    let api = node
        .api()
        .two_way_route("$default", "placeholder")
        .stage(|stage| {
            stage.auto_deploy = Some(true);
            stage.stage_variables = Some(variables(&[("function", "blue")]));
        })
        .deploy()
        .await;
    let input = GetIntegrationsInput {
        api_id: api.id.clone(),
        ..Default::default()
    };
    let integrations = node.call::<GetIntegrations>(input).await.items.unwrap();
    let uri = format!(
        "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/\
         arn:aws:lambda:us-east-1:{ACCOUNT_ID}:function:${{stageVariables.function}}/invocations"
    );
    node.call::<UpdateIntegration>(UpdateIntegrationInput {
        api_id: api.id.clone(),
        integration_id: integrations[0].integration_id.clone().unwrap(),
        integration_uri: Some(uri),
        ..Default::default()
    })
    .await;
    node.functions.answers("blue", Answer::body("from blue"));
    let mut client = api.connect().await;
    client.send("x").await;
    assert_eq!(client.text().await, "from blue");
}

#[tokio::test]
async fn a_default_endpoint_that_is_disabled_closes_with_the_next_deployment() {
    // C59
    let node = Node::start().await;
    let api = node
        .api()
        .route("$default", "f")
        .stage(|stage| stage.auto_deploy = Some(true))
        .deploy()
        .await;
    assert!(WsClient::try_connect(&api.url, &[]).await.is_ok());
    node.call::<UpdateApi>(UpdateApiInput {
        api_id: api.id.clone(),
        disable_execute_api_endpoint: Some(true),
        ..Default::default()
    })
    .await;
    let input = landline_api::apigatewayv2::CreateDeploymentInput {
        api_id: api.id.clone(),
        stage_name: Some(api.stage.clone()),
        ..Default::default()
    };
    node.call::<landline_api::apigatewayv2::CreateDeployment>(input)
        .await;
    let refused = WsClient::try_connect(&api.url, &[]).await.unwrap_err();
    assert_eq!(
        (refused.status, refused.body.as_str()),
        (403, r#"{"message":"Forbidden"}"#)
    );
}
