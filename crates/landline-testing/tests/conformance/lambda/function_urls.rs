//! Creating and managing Lambda function URLs.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html>

use http::{HeaderMap, Method};
use landline_api::lambda as api;
use landline_testing::{Answer, Node};
use serde_json::json;

use super::create_function;

/// Makes a function with a URL, and gives the URL's id.
async fn create_url(node: &Node, auth_type: api::FunctionUrlAuthType) -> String {
    create_function(node, "web").await;
    let made = node
        .call::<api::CreateFunctionUrlConfig>(api::CreateFunctionUrlConfigInput {
            function_name: "web".to_owned(),
            auth_type,
            ..Default::default()
        })
        .await;
    let host = made.function_url.strip_prefix("https://").unwrap();
    host.split('.').next().unwrap().to_owned()
}

async fn allow_everybody(node: &Node) {
    node.call::<api::AddPermission>(api::AddPermissionInput {
        function_name: "web".to_owned(),
        statement_id: "public".to_owned(),
        action: "lambda:InvokeFunctionUrl".to_owned(),
        principal: "*".to_owned(),
        function_url_auth_type: Some(api::FunctionUrlAuthType::None),
        ..Default::default()
    })
    .await;
}

#[tokio::test]
async fn everybody_may_call_a_public_url() {
    let node = Node::start().await;
    let id = create_url(&node, api::FunctionUrlAuthType::None).await;
    let answer = json!({
        "statusCode": 201,
        "headers": { "x-mine": "1" },
        "cookies": ["a=1"],
        "body": "hello",
    });
    node.functions.answers("web", Answer::Returns(answer));
    let path = format!("/_aws/lambda-url/{id}/a%20b?x=1");
    let refused = node
        .unsigned_http(Method::GET, &path, HeaderMap::new(), "")
        .await;
    assert_eq!(refused.status(), 403);
    allow_everybody(&node).await;
    let response = node
        .unsigned_http(Method::GET, &path, HeaderMap::new(), "")
        .await;
    assert_eq!(response.status(), 201);
    assert_eq!(response.headers()["x-mine"], "1");
    assert_eq!(response.headers()["set-cookie"], "a=1");
    assert_eq!(response.body(), "hello");
    let calls = node.functions.wait_for("web", 1).await;
    let event = &calls[0].event;
    assert_eq!(
        (&event["version"], &event["rawPath"]),
        (&json!("2.0"), &json!("/a%20b"))
    );
    assert_eq!(event["queryStringParameters"], json!({ "x": "1" }));
    assert_eq!(event["requestContext"]["http"]["sourceIp"], "127.0.0.1");
}

#[tokio::test]
async fn a_url_with_iam_lets_in_who_signs() {
    let node = Node::start().await;
    let id = create_url(&node, api::FunctionUrlAuthType::AwsIam).await;
    node.functions
        .answers("web", Answer::Returns(json!({ "ok": true })));
    let path = format!("/_aws/lambda-url/{id}/");
    let refused = node
        .unsigned_http(Method::GET, &path, HeaderMap::new(), "")
        .await;
    assert_eq!(refused.status(), 403);
    let host = format!("{id}.lambda-url.us-east-1.on.aws");
    let response = node.http_at(&host, Method::POST, "/", "{}").await;
    assert_eq!(
        (response.status().as_u16(), &response.body()[..]),
        (200, &b"{\"ok\":true}"[..])
    );
    let calls = node.functions.wait_for("web", 1).await;
    assert_eq!(
        calls[0].event["requestContext"]["authorizer"]["iam"]["accessKey"],
        "AKIATEST"
    );
}

#[tokio::test]
async fn a_function_that_fails_behind_its_url_is_a_bad_gateway() {
    let node = Node::start().await;
    let id = create_url(&node, api::FunctionUrlAuthType::None).await;
    allow_everybody(&node).await;
    node.functions.answers("web", Answer::Throws("broken"));
    let path = format!("/_aws/lambda-url/{id}/");
    let response = node
        .unsigned_http(Method::GET, &path, HeaderMap::new(), "")
        .await;
    assert_eq!(response.status(), 502);
    assert_eq!(response.body(), "Internal Server Error");
}
