//! What integrations of each type get.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-requests.html>

use std::collections::BTreeMap;

use landline_api::apigatewayv2::{CreateIntegrationInput, IntegrationType};
use landline_testing::{Node, Ways, WebServer};
use serde_json::json;

fn http_proxy(url: &str) -> CreateIntegrationInput {
    CreateIntegrationInput {
        integration_type: IntegrationType::HttpProxy,
        integration_method: Some("POST".to_owned()),
        integration_uri: Some(url.to_owned()),
        ..Default::default()
    }
}

fn map<const N: usize>(entries: [(&str, &str); N]) -> BTreeMap<String, String> {
    entries
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .into()
}

#[tokio::test]
async fn a_web_server_takes_messages_and_answers_them() {
    let node = Node::start().await;
    let server = WebServer::start().await;
    server.answers(200, "got it");
    let integration = http_proxy(&format!("{}/hook", server.url));
    let api = node
        .api()
        .integration("$default", Ways::Two, integration, &[]);
    let mut client = api.deploy().await.connect().await;
    client.send("hello").await;
    assert_eq!(client.text().await, "got it");
    let requests = server.take_requests();
    assert_eq!(requests[0].uri(), "/hook");
    assert_eq!(requests[0].body(), "hello");
}

#[tokio::test]
async fn the_connection_to_a_web_server_is_kept_for_the_next_message() {
    let node = Node::start().await;
    let server = WebServer::start().await;
    server.answers(200, "ok");
    let api = node
        .api()
        .integration("$default", Ways::Two, http_proxy(&server.url), &[]);
    let mut client = api.deploy().await.connect().await;
    for _ in 0..10 {
        client.send("x").await;
        client.text().await;
    }
    assert_eq!(server.connection_count(), 1);
}

#[tokio::test]
async fn a_web_server_that_does_not_listen_gives_an_error_frame() {
    let node = Node::start().await;
    // Port 9 is discard; nobody listens there.
    let integration = http_proxy("http://127.0.0.1:9/");
    let api = node
        .api()
        .integration("$default", Ways::One, integration, &[]);
    let mut client = api.deploy().await.connect().await;
    client.send("x").await;
    assert_eq!(client.json().await["message"], "Internal server error");
}

#[tokio::test]
async fn an_answer_beyond_ten_megabytes_is_refused() {
    let node = Node::start().await;
    let server = WebServer::start().await;
    server.answers(200, vec![b'x'; 10 * 1024 * 1024 + 1]);
    let api = node
        .api()
        .integration("$default", Ways::Two, http_proxy(&server.url), &[]);
    let mut client = api.deploy().await.connect().await;
    client.send("x").await;
    assert_eq!(client.json().await["message"], "Internal server error");
}

#[tokio::test]
async fn an_http_integration_sends_what_its_template_makes() {
    let node = Node::start().await;
    let server = WebServer::start().await;
    server.answers(201, r#"{"id": 7}"#);
    let integration = CreateIntegrationInput {
        integration_type: IntegrationType::Http,
        integration_method: Some("PUT".to_owned()),
        integration_uri: Some(format!("{}/rooms/{{room}}", server.url)),
        template_selection_expression: Some("\\$default".to_owned()),
        request_templates: Some(map([("$default", r#"{"text":$input.json('$.text')}"#)])),
        request_parameters: Some(map([
            ("integration.request.path.room", "route.request.body.room"),
            (
                "integration.request.header.Connection-Id",
                "context.connectionId",
            ),
            ("integration.request.querystring.v", "'1'"),
        ])),
        ..Default::default()
    };
    let responses = [("/2\\d{2}/", "stored as $input.path('$.id')")];
    let api = node
        .api()
        .integration("$default", Ways::Two, integration, &responses);
    let mut client = api.deploy().await.connect().await;
    client
        .send_json(&json!({ "room": "blue", "text": "hi" }))
        .await;
    assert_eq!(client.text().await, "stored as 7");
    let request = server.take_requests().remove(0);
    assert_eq!(request.method(), "PUT");
    assert_eq!(request.uri(), "/rooms/blue?v=1");
    assert_eq!(request.body(), r#"{"text":"hi"}"#);
    assert!(request.headers().contains_key("connection-id"));
}

#[tokio::test]
async fn a_message_is_written_to_a_table_without_a_function() {
    let node = Node::start().await;
    node.create_table("messages", "id").await;
    let integration = CreateIntegrationInput {
        integration_type: IntegrationType::Aws,
        integration_method: Some("POST".to_owned()),
        integration_uri: Some("arn:aws:apigateway:us-east-1:dynamodb:action/PutItem".to_owned()),
        credentials_arn: Some("arn:aws:iam::123456789012:role/gateway".to_owned()),
        request_templates: Some(map([(
            "$default",
            r#"{"TableName":"messages","Item":{"id":{"S":"$context.messageId"},"text":{"S":"$input.path('$.text')"}}}"#,
        )])),
        ..Default::default()
    };
    let responses = [("$default", "stored")];
    let api = node
        .api()
        .integration("$default", Ways::Two, integration, &responses);
    let mut client = api.deploy().await.connect().await;
    client.send_json(&json!({ "text": "hi" })).await;
    assert_eq!(client.text().await, "stored");
    assert_eq!(node.count_items("messages").await, 1);
}

#[tokio::test]
async fn a_service_that_landline_does_not_have_gives_an_error_frame() {
    let node = Node::start().await;
    let uri = "arn:aws:apigateway:us-east-1:kinesis:action/PutRecord";
    let integration = CreateIntegrationInput {
        integration_type: IntegrationType::Aws,
        integration_method: Some("POST".to_owned()),
        integration_uri: Some(uri.to_owned()),
        ..Default::default()
    };
    let api = node
        .api()
        .integration("$default", Ways::One, integration, &[]);
    let mut client = api.deploy().await.connect().await;
    client.send("{}").await;
    assert_eq!(client.json().await["message"], "Internal server error");
}

#[tokio::test]
async fn a_mock_refuses_or_accepts_by_its_status_code() {
    let node = Node::start().await;
    let mock = |status: u16| CreateIntegrationInput {
        integration_type: IntegrationType::Mock,
        request_templates: Some(map([(
            "$default",
            &format!("{{\"statusCode\": {status}}}"),
        )])),
        ..Default::default()
    };
    let open = node
        .api()
        .integration("$connect", Ways::One, mock(200), &[]);
    open.deploy().await.connect().await;
    let closed = node
        .api()
        .integration("$connect", Ways::One, mock(401), &[]);
    let closed = closed.deploy().await;
    let refused = landline_testing::WsClient::try_connect(&closed.url, &[]).await;
    assert_eq!(refused.unwrap_err().status, 401);
}
