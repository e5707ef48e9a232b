//! What messages must look like before an integration sees them.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-request-validation.html>

use landline_api::apigatewayv2::{
    CreateDeployment, CreateDeploymentInput, CreateModel, CreateModelInput, GetRoutes,
    GetRoutesInput, UpdateRoute, UpdateRouteInput,
};
use landline_testing::{Answer, DeployedApi, Node};
use serde_json::json;

const CHAT: &str = r#"{"$schema":"http://json-schema.org/draft-04/schema#","type":"object","required":["text"],"properties":{"text":{"type":"string","maxLength":5}}}"#;
const JOIN: &str = r#"{"type":"object","required":["room"]}"#;

/// An API with a two-way route `send` whose messages are validated by these models.
async fn validating(node: &Node, selection: &str, models: &[(&str, &str)]) -> DeployedApi {
    node.functions.answers("f", Answer::body("valid"));
    let api = node.api().two_way_route("send", "f").deploy().await;
    for (name, schema) in [("Chat", CHAT), ("Join", JOIN)] {
        node.call::<CreateModel>(CreateModelInput {
            api_id: api.id.clone(),
            name: name.to_owned(),
            schema: schema.to_owned(),
            ..Default::default()
        })
        .await;
    }
    let list = GetRoutesInput {
        api_id: api.id.clone(),
        ..Default::default()
    };
    let route = node.call::<GetRoutes>(list).await.items.unwrap().remove(0);
    let models = models.iter();
    node.call::<UpdateRoute>(UpdateRouteInput {
        api_id: api.id.clone(),
        route_id: route.route_id.unwrap(),
        model_selection_expression: Some(selection.to_owned()),
        request_models: Some(
            models
                .map(|(key, name)| ((*key).to_owned(), (*name).to_owned()))
                .collect(),
        ),
        ..Default::default()
    })
    .await;
    node.call::<CreateDeployment>(CreateDeploymentInput {
        api_id: api.id.clone(),
        stage_name: Some(api.stage.clone()),
        ..Default::default()
    })
    .await;
    api
}

#[tokio::test]
async fn a_message_that_breaks_its_model_gets_an_error_frame_and_no_function() {
    let node = Node::start().await;
    let api = validating(&node, "$request.body.action", &[("send", "Chat")]).await;
    let mut client = api.connect().await;
    for message in [
        json!({ "action": "send" }),
        json!({ "action": "send", "text": 7 }),
        json!({ "action": "send", "text": "too long" }),
    ] {
        client.send_json(&message).await;
        assert_eq!(client.json().await["message"], "Invalid request body");
    }
    client
        .send_json(&json!({ "action": "send", "text": "hi" }))
        .await;
    assert_eq!(client.text().await, "valid");
    node.functions.wait_for("f", 1).await;
}

#[tokio::test]
async fn the_expression_selects_the_model_and_default_takes_the_rest() {
    let node = Node::start().await;
    let models = [("join", "Join"), ("$default", "Chat")];
    let api = validating(&node, "$request.body.kind", &models).await;
    let mut client = api.connect().await;
    client
        .send_json(&json!({ "action": "send", "kind": "join", "room": 1 }))
        .await;
    assert_eq!(client.text().await, "valid");
    client
        .send_json(&json!({ "action": "send", "kind": "other", "room": 1 }))
        .await;
    assert_eq!(client.json().await["message"], "Invalid request body");
}

#[tokio::test]
async fn a_message_for_which_there_is_no_model_is_invalid() {
    let node = Node::start().await;
    let api = validating(&node, "$request.body.kind", &[("join", "Join")]).await;
    let mut client = api.connect().await;
    client
        .send_json(&json!({ "action": "send", "room": 1 }))
        .await;
    assert_eq!(client.json().await["message"], "Invalid request body");
}
