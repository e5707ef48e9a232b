//! What could never work is refused when it is made, over the wire and in AWS's words where they are known.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop.html>

use http::Method;
use landline_testing::Node;
use serde_json::{Value, json};

use super::create_api::{create_api, rest};

const FUNCTION: &str = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations";

/// A node with an API, and the path of that.
async fn start() -> (Node, String) {
    let node = Node::start().await;
    let api = create_api(&node).await;
    let path = format!("/v2/apis/{}", api["apiId"].as_str().unwrap());
    (node, path)
}

async fn post(node: &Node, path: &str, body: Value) -> (u16, Value) {
    rest(node, Method::POST, path, &body).await
}

/// The status and the text of a refusal.
async fn refused(node: &Node, path: &str, body: Value) -> (u16, String) {
    let (status, answer) = post(node, path, body).await;
    let text = answer["message"].as_str().unwrap_or_default();
    (status, text.to_owned())
}

async fn integration(node: &Node, api: &str) -> String {
    let body = json!({ "integrationType": "AWS_PROXY", "integrationUri": FUNCTION });
    let (status, made) = post(node, &format!("{api}/integrations"), body).await;
    assert_eq!(status, 201, "{made}");
    made["integrationId"].as_str().unwrap().to_owned()
}

fn authorizer(member: &str, value: Value) -> Value {
    let mut body = json!({
        "name": "guard", "authorizerType": "REQUEST", "authorizerUri": FUNCTION,
        "identitySource": ["route.request.header.Auth"],
    });
    body[member] = value;
    body
}

#[tokio::test]
async fn members_of_http_apis_are_refused_on_an_authorizer_whatever_they_say() {
    // C27
    let (node, api) = start().await;
    let path = format!("{api}/authorizers");
    for (member, name, value) in [
        (
            "authorizerResultTtlInSeconds",
            "AuthorizerResultTtlInSeconds",
            json!(0),
        ),
        (
            "authorizerResultTtlInSeconds",
            "AuthorizerResultTtlInSeconds",
            json!(300),
        ),
        (
            "enableSimpleResponses",
            "EnableSimpleResponses",
            json!(false),
        ),
        (
            "authorizerPayloadFormatVersion",
            "AuthorizerPayloadFormatVersion",
            json!("1.0"),
        ),
    ] {
        let text = format!("{name} cannot be set for WEBSOCKET protocol Apis.");
        let answer = refused(&node, &path, authorizer(member, value)).await;
        assert_eq!(answer, (400, text));
    }
    let text = "Invalid authorizer type. Only REQUEST authorizer type is supported on WEBSOCKET protocol Apis.";
    let jwt = authorizer("authorizerType", json!("JWT"));
    assert_eq!(refused(&node, &path, jwt).await, (400, text.to_owned()));
}

#[tokio::test]
async fn identity_sources_have_no_dollar_and_are_of_four_kinds() {
    // C28
    let (node, api) = start().await;
    let path = format!("{api}/authorizers");
    for source in [
        "$request.header.Auth",
        "$stageVariables.x",
        "method.request.header.x",
        "route.request.body.x",
        "route.request.header.a b",
    ] {
        let text = format!(
            "Invalid request identity source expression: {source}. The sources must be separated by comma, and each source must be either a request parameter, matching 'route.request.querystring|header.[a-zA-Z0-9._-]+', or a stage variable, matching 'stageVariables.[a-zA-Z0-9._-]+', or a context parameter, matching 'context.[a-zA-Z0-9._-]+'"
        );
        let body = authorizer("identitySource", json!([source]));
        assert_eq!(refused(&node, &path, body).await, (400, text));
    }
}

#[tokio::test]
async fn a_route_leads_to_an_integration_that_exists() {
    let (node, api) = start().await;
    let path = format!("{api}/routes");
    let unknown = json!({ "routeKey": "join", "target": "integrations/abcdefg" });
    let text = "Invalid Integration identifier specified".to_owned();
    assert_eq!(refused(&node, &path, unknown).await, (404, text));
    let malformed = json!({ "routeKey": "join", "target": "https://example.com" });
    let (status, text) = refused(&node, &path, malformed).await;
    assert!(status == 400 && text.contains("target"), "{status} {text}");
}

#[tokio::test]
async fn selection_expressions_must_be_some() {
    let (node, api) = start().await;
    for expression in [
        "$request.header.x",
        "$request.body['a'",
        "${request.body.a",
        "$context.stage",
    ] {
        let body = json!({
            "name": "x", "protocolType": "WEBSOCKET", "routeSelectionExpression": expression,
        });
        let (status, text) = refused(&node, "/v2/apis", body).await;
        assert!(
            status == 400 && text.contains("RouteSelectionExpression"),
            "{expression}: {text}"
        );
    }
    let response =
        json!({ "routeKey": "join", "routeResponseSelectionExpression": "$request.body.x" });
    let (status, text) = refused(&node, &format!("{api}/routes"), response).await;
    assert!(
        status == 400 && text.contains("RouteResponseSelectionExpression"),
        "{text}"
    );
}

#[tokio::test]
async fn an_integration_is_of_a_known_type_and_held_by_its_routes() {
    let (node, api) = start().await;
    let path = format!("{api}/integrations");
    let unknown = json!({ "integrationType": "LAMBDA", "integrationUri": FUNCTION });
    let (status, text) = refused(&node, &path, unknown).await;
    assert!(
        status == 400 && text.to_lowercase().contains("integrationtype")
            || text.contains("integration type"),
        "{status} {text}"
    );
    let id = integration(&node, &api).await;
    let route = json!({ "routeKey": "join", "target": format!("integrations/{id}") });
    let (_, route) = post(&node, &format!("{api}/routes"), route).await;
    let route_id = route["routeId"].as_str().unwrap();
    let text = format!(
        "Cannot delete Integration because it is referenced by the following Routes with Ids: [{route_id}]"
    );
    let (status, answer) = rest(&node, Method::DELETE, &format!("{path}/{id}"), &json!({})).await;
    assert_eq!(
        (status, answer["message"].as_str()),
        (409, Some(text.as_str()))
    );
}

#[tokio::test]
async fn a_private_integration_does_not_use_a_link_for_http_apis() {
    // C64
    let (node, api) = start().await;
    let link = json!({ "name": "link", "subnetIds": ["subnet-1"] });
    let (status, link) = post(&node, "/v2/vpclinks", link).await;
    assert_eq!(status, 201);
    let body = |id: &str| {
        json!({
            "integrationType": "HTTP_PROXY", "integrationMethod": "POST",
            "integrationUri": "http://backend.internal/", "connectionType": "VPC_LINK", "connectionId": id,
        })
    };
    let path = format!("{api}/integrations");
    let (status, text) = refused(&node, &path, body(link["vpcLinkId"].as_str().unwrap())).await;
    assert!(
        status == 400 && text.contains("VPC link"),
        "{status} {text}"
    );
    // What a REST API would use is kept.
    assert_eq!(post(&node, &path, body("abc123")).await.0, 201);
}

#[tokio::test]
async fn what_the_service_names_otherwise_is_refused_too() {
    let (node, api) = start().await;
    let text = "At least one route is required before deploying the Api".to_owned();
    let deployed = refused(&node, &format!("{api}/deployments"), json!({})).await;
    assert_eq!(deployed, (400, text));
    let text = "Currently, authorization is restricted to the $connect route only".to_owned();
    let guarded = json!({ "routeKey": "join", "authorizationType": "AWS_IAM" });
    assert_eq!(
        refused(&node, &format!("{api}/routes"), guarded).await,
        (400, text)
    );
    let text = "Invalid protocol specified. Must be one of [HTTP, WEBSOCKET]";
    let body = json!({ "name": "x", "protocolType": "SOAP" });
    let told = refused(&node, "/v2/apis", body).await;
    assert_eq!(told, (400, text.to_owned()));
}
