//! What the control plane answers: members, ids, order, refusals.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-create-websocket-api.html>

use http::{HeaderMap, Method};
use landline_api::apigatewayv2::{
    AuthorizationType, CreateIntegration, CreateIntegrationInput, CreateRoute, CreateRouteInput,
    IntegrationType,
};
use landline_testing::{Answer, Node};
use serde_json::{Value, json};

/// Calls the API as a tool does, and gives the status and the body.
pub(super) async fn rest(node: &Node, method: Method, path: &str, body: &Value) -> (u16, Value) {
    let mut headers = HeaderMap::new();
    let scope = "AWS4-HMAC-SHA256 Credential=test/20270203/us-east-1/apigateway/aws4_request, \
                 SignedHeaders=host, Signature=0";
    headers.insert("authorization", scope.parse().unwrap());
    headers.insert("content-type", "application/json".parse().unwrap());
    let response = node
        .unsigned_http(method, path, headers, body.to_string())
        .await;
    let body = serde_json::from_slice(response.body()).unwrap_or(Value::Null);
    (response.status().as_u16(), body)
}

fn members(value: &Value) -> Vec<&str> {
    let mut members: Vec<&str> = value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    members.sort_unstable();
    members
}

pub(super) async fn create_api(node: &Node) -> Value {
    let body = json!({
        "name": "chat",
        "protocolType": "WEBSOCKET",
        "routeSelectionExpression": "$request.body.action",
    });
    let (status, api) = rest(node, Method::POST, "/v2/apis", &body).await;
    assert_eq!(status, 201);
    api
}

#[tokio::test]
async fn what_is_created_shows_exactly_the_members_that_aws_shows() {
    // C54
    let node = Node::start().await;
    let api = create_api(&node).await;
    assert_eq!(
        members(&api),
        [
            "apiEndpoint",
            "apiId",
            "apiKeySelectionExpression",
            "createdDate",
            "disableExecuteApiEndpoint",
            "ipAddressType",
            "name",
            "protocolType",
            "routeSelectionExpression",
        ]
    );
    let id = api["apiId"].as_str().unwrap();
    assert_eq!(id.len(), 10);
    assert_eq!(
        api["apiEndpoint"],
        format!("wss://{id}.execute-api.us-east-1.amazonaws.com")
    );
    let routes = format!("/v2/apis/{id}/routes");
    let (status, route) = rest(
        &node,
        Method::POST,
        &routes,
        &json!({"routeKey": "$connect"}),
    )
    .await;
    assert_eq!(status, 201);
    assert_eq!(
        members(&route),
        ["apiKeyRequired", "authorizationType", "routeId", "routeKey"]
    );
    let stage = json!({"stageName": "prod"});
    let (_, stage) = rest(
        &node,
        Method::POST,
        &format!("/v2/apis/{id}/stages"),
        &stage,
    )
    .await;
    assert_eq!(
        stage["defaultRouteSettings"],
        json!({"dataTraceEnabled": false, "detailedMetricsEnabled": false, "loggingLevel": "OFF"})
    );
    assert_eq!(
        (&stage["routeSettings"], &stage["stageVariables"]),
        (&json!({}), &json!({}))
    );
}

#[tokio::test]
async fn an_updated_route_is_answered_with_201_and_lists_are_sorted_by_id() {
    // C53
    let node = Node::start().await;
    let api = create_api(&node).await;
    let routes = format!("/v2/apis/{}/routes", api["apiId"].as_str().unwrap());
    for key in ["$connect", "a", "b", "c", "d"] {
        rest(&node, Method::POST, &routes, &json!({"routeKey": key})).await;
    }
    let (_, list) = rest(&node, Method::GET, &routes, &json!({})).await;
    let ids: Vec<&str> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["routeId"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), 5);
    assert!(ids.is_sorted(), "{ids:?}");
    let path = format!("{routes}/{}", ids[0]);
    let (status, _) = rest(&node, Method::PATCH, &path, &json!({"operationName": "Op"})).await;
    assert_eq!(status, 201);
}

#[tokio::test]
async fn a_route_key_is_taken_once() {
    let node = Node::start().await;
    let api = create_api(&node).await;
    let routes = format!("/v2/apis/{}/routes", api["apiId"].as_str().unwrap());
    rest(&node, Method::POST, &routes, &json!({"routeKey": "join"})).await;
    let (status, refused) = rest(&node, Method::POST, &routes, &json!({"routeKey": "join"})).await;
    assert_eq!(status, 409);
    assert_eq!(
        refused["message"],
        "Route with key join already exists for this API"
    );
}

#[tokio::test]
async fn authorization_is_for_the_connect_route_only() {
    // C60
    let node = Node::start().await;
    let api = node.api().route("$default", "f").deploy().await;
    let refused = node
        .try_call::<CreateRoute>(CreateRouteInput {
            api_id: api.id,
            route_key: "join".to_owned(),
            authorization_type: Some(AuthorizationType::AwsIam),
            ..Default::default()
        })
        .await
        .unwrap_err();
    assert_eq!(refused.status, 400);
    let text = "Currently, authorization is restricted to the $connect route only";
    assert!(refused.message.starts_with(text), "{}", refused.message);
}

#[tokio::test]
async fn a_bare_function_arn_names_the_function_of_a_proxy() {
    // C57: the reports of 500s had permissions that do not match as well; the CDK wrote such URIs until 1.95.
    let node = Node::start().await;
    let api = node
        .api()
        .route("$default", "f")
        .stage(|stage| stage.auto_deploy = Some(true))
        .deploy()
        .await;
    node.functions.answers("f", Answer::ok());
    let integration = node
        .call::<CreateIntegration>(CreateIntegrationInput {
            api_id: api.id.clone(),
            integration_type: IntegrationType::AwsProxy,
            integration_uri: Some(node.function_arn("f")),
            payload_format_version: Some("2.0".to_owned()),
            ..Default::default()
        })
        .await;
    assert_eq!(integration.payload_format_version.as_deref(), Some("2.0"));
    node.call::<CreateRoute>(CreateRouteInput {
        api_id: api.id.clone(),
        route_key: "bare".to_owned(),
        target: integration
            .integration_id
            .map(|id| format!("integrations/{id}")),
        ..Default::default()
    })
    .await;
    let mut client = api.connect().await;
    client.send(r#"{"action":"bare"}"#).await;
    let event = &node.functions.wait_for("f", 1).await[0].event;
    assert_eq!(event["requestContext"]["routeKey"], "bare");
    assert_eq!(event["requestContext"]["eventType"], "MESSAGE");
}

#[tokio::test]
async fn an_unknown_api_is_not_found_in_the_words_of_aws() {
    let node = Node::start().await;
    let (status, refused) = rest(&node, Method::GET, "/v2/apis/nosuchapi1", &json!({})).await;
    assert_eq!(status, 404);
    assert_eq!(
        refused["message"],
        "Invalid API identifier specified 123456789012:nosuchapi1"
    );
}
