//! `HTTP` and `HTTP_PROXY`: what a web server gets, and what becomes of its answer.

use ::http::HeaderMap;

use super::*;
use crate::deployment::snapshot::{HttpEndpoint, StageTemplate};
use crate::testing::API;

fn endpoint(method: &str, url: &str) -> HttpEndpoint {
    HttpEndpoint {
        method: method.to_owned(),
        url: StageTemplate::new(url),
    }
}

fn proxy() -> Making {
    let endpoint = endpoint("POST", "http://backend.example/hook");
    Making::new(IntegrationTarget::HttpProxy(endpoint))
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    let value = headers.get(name).unwrap_or_else(|| panic!("no {name}"));
    value.to_str().unwrap()
}

#[tokio::test]
async fn a_message_goes_to_the_server_as_it_is() {
    let node = Node::start(&[]);
    node.backend.answers(200, &[], "thanks");
    node.deploy([proxy().two_way("$default")]);
    assert_eq!(answer_to(&node, "plain words").await, "thanks");
    let request = node.backend.only_request();
    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri(), "http://backend.example/hook");
    assert_eq!(request.body(), "plain words");
    let headers = request.headers();
    assert_eq!(text(headers, "content-type"), "application/json");
    assert_eq!(text(headers, "x-amzn-apigateway-api-id"), API);
    assert_eq!(
        text(headers, "user-agent"),
        format!("AmazonAPIGateway_{API}")
    );
}

#[tokio::test]
async fn a_message_with_no_method_of_its_own_is_posted() {
    let node = Node::start(&[]);
    node.backend.answers(200, &[], "thanks");
    let target = IntegrationTarget::HttpProxy(endpoint("ANY", "http://backend.example/hook"));
    node.deploy([Making::new(target).two_way("$default")]);
    answer_to(&node, "x").await;
    assert_eq!(node.backend.only_request().method(), "POST");
}

/// C51: whoever wants the connection's id maps it.
#[tokio::test]
async fn a_server_learns_the_connection_id_only_where_it_is_mapped() {
    let node = Node::start(&[]);
    node.backend.answers(200, &[], "ok");
    node.deploy([proxy().two_way("$default")]);
    answer_to(&node, "x").await;
    let request = node.backend.only_request();
    assert!(request.headers().get("connectionid").is_none());

    let mapping = proxy().parameter(
        "integration.request.header.connectionId",
        "context.connectionId",
    );
    node.deploy([mapping.two_way("$default")]);
    answer_to(&node, "x").await;
    let request = node.backend.only_request();
    assert_eq!(text(request.headers(), "connectionid").len(), 16);
}

/// C50: the server sees the WebSocket headers without an upgrade, and some refuse that.
#[tokio::test]
async fn a_handshake_is_passed_on_with_its_headers_and_its_query() {
    let node = Node::start(&[]);
    node.backend.answers(200, &[], "");
    node.deploy([proxy().one_way("$connect")]);
    let lines = "X-Room: 7\r\nOrigin: https://app.example.org\r\n";
    Client::handshake(node.dial(), "/prod?tag=a&tag=b%20c", lines)
        .await
        .expect_open();
    let request = node.backend.only_request();
    assert_eq!(request.uri(), "http://backend.example/hook?tag=a&tag=b%20c");
    let headers = request.headers();
    assert_eq!(text(headers, "x-room"), "7");
    assert_eq!(text(headers, "sec-websocket-version"), "13");
    assert_eq!(text(headers, "x-forwarded-for"), "198.51.100.23");
    assert_eq!(text(headers, "x-forwarded-proto"), "https");
    assert!(headers.contains_key("sec-websocket-key"));
    assert!(headers.contains_key("x-amzn-trace-id"));
    assert!(!headers.contains_key("host"), "the server's own is due");
}

#[tokio::test]
async fn a_mapping_replaces_a_header_of_the_handshake() {
    let node = Node::start(&[]);
    node.backend.answers(200, &[], "");
    let mapping = proxy().parameter("integration.request.header.Sec-WebSocket-Version", "'0'");
    node.deploy([mapping.one_way("$connect")]);
    node.connect().await;
    let request = node.backend.only_request();
    let versions = request.headers().get_all("sec-websocket-version");
    assert_eq!(versions.iter().collect::<Vec<_>>(), ["0"]);
}

#[tokio::test]
async fn the_server_decides_about_a_handshake_by_its_status() {
    let node = Node::start(&[]);
    node.deploy([proxy().one_way("$connect")]);
    node.backend.answers(204, &[], "");
    node.connect().await;
    node.backend.answers(403, &[], "go away");
    let refused = node.handshake("").await;
    assert_eq!(refused.status, 403);
    assert_eq!(refused.body, "go away");
}

#[tokio::test]
async fn the_server_may_choose_a_subprotocol() {
    let node = Node::start(&[]);
    node.backend
        .answers(200, &[("Sec-WebSocket-Protocol", "chat")], "");
    node.deploy([proxy().one_way("$connect")]);
    let client = node
        .handshake("Sec-WebSocket-Protocol: chat, log\r\n")
        .await;
    assert_eq!(text(&client.headers, "sec-websocket-protocol"), "chat");
}

#[tokio::test]
async fn a_disconnect_tells_the_server_only_what_is_mapped() {
    let node = Node::start(&[]);
    node.backend.answers(200, &[], "");
    let mapping = proxy()
        .parameter("integration.request.header.id", "context.connectionId")
        .parameter(
            "integration.request.querystring.code",
            "context.disconnectStatusCode",
        );
    node.deploy([mapping.one_way("$disconnect")]);
    let mut client = node.connect().await;
    client.close(b"\x03\xe8bye").await;
    client.next().await;
    node.gateway.drain().await;
    let request = node.backend.only_request();
    assert!(request.body().is_empty());
    assert_eq!(request.uri().query(), Some("code=1000"));
    assert_eq!(text(request.headers(), "id").len(), 16);
    assert!(!request.headers().contains_key("content-type"));
}

#[tokio::test]
async fn a_server_that_cannot_be_reached_gives_an_error_frame() {
    let node = Node::start(&[]);
    node.deploy([proxy().one_way("$default")]);
    assert!(is_error(&answer_to(&node, "x").await));
}

#[tokio::test]
async fn a_status_of_500_from_the_server_is_no_error_of_the_gateway() {
    let node = Node::start(&[]);
    node.backend.answers(500, &[], "broken");
    node.deploy([proxy().two_way("$default")]);
    assert_eq!(answer_to(&node, "x").await, "broken");
}

/// "Use a mapping template to override an API's request and response parameters".
#[tokio::test]
async fn a_template_overrides_the_parameters_of_the_request() {
    let node = Node::start(&[]);
    node.backend.answers(200, &[], "done");
    let endpoint = endpoint("POST", "https://backend.example/rooms/{room}");
    let template = "#set($context.requestOverride.header.x-tier = $input.path('$.tier'))\
        #set($context.requestOverride.querystring.by = 'template')\
        #set($context.requestOverride.path.room = $input.path('$.room')){}";
    let making = Making::new(IntegrationTarget::Http(endpoint))
        .template(template)
        .parameter("integration.request.path.room", "'lobby'")
        .parameter("integration.request.querystring.by", "'mapping'")
        .parameter("integration.request.header.X-Tier", "'none'")
        .passing_response("$default");
    node.deploy([making.two_way("$default")]);
    let message = r#"{"room":"a/b","tier":"gold"}"#;
    assert_eq!(answer_to(&node, message).await, "done");
    let request = node.backend.only_request();
    assert_eq!(
        request.uri(),
        "https://backend.example/rooms/a%2Fb?by=template"
    );
    assert_eq!(text(request.headers(), "x-tier"), "gold");
}

#[tokio::test]
async fn an_http_integration_sends_what_its_template_and_parameters_make() {
    let node = Node::start(&[]);
    node.backend.answers(201, &[], r#"{"id":5}"#);
    let endpoint = endpoint("PUT", "https://${stageVariables.host}/rooms/{room}?v=1");
    let making = Making::new(IntegrationTarget::Http(endpoint))
        .template(r#"{"text":$input.json('$.data')}"#)
        .parameter("integration.request.path.room", "route.request.body.room")
        .parameter("integration.request.querystring.by", "'a b'")
        .parameter("integration.request.header.X-Tier", "stageVariables.tier")
        .response("/2\\d{2}/", "created $input.json('$.id')");
    node.publish([making.two_way("$default")], |stage| {
        stage.variables = [("host", "backend.example"), ("tier", "gold")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into();
    });
    let message = r#"{"room":"a/b","data":"hi"}"#;
    assert_eq!(answer_to(&node, message).await, "created 5");
    let request = node.backend.only_request();
    assert_eq!(request.method(), "PUT");
    assert_eq!(
        request.uri(),
        "https://backend.example/rooms/a%2Fb?v=1&by=a%20b"
    );
    assert_eq!(request.body(), r#"{"text":"hi"}"#);
    assert_eq!(text(request.headers(), "x-tier"), "gold");
}

#[tokio::test]
async fn an_http_integration_passes_no_header_of_the_handshake() {
    let node = Node::start(&[]);
    node.backend.answers(200, &[], "");
    let endpoint = endpoint("POST", "http://backend.example/");
    let making = Making::new(IntegrationTarget::Http(endpoint)).passing_response("$default");
    node.deploy([making.one_way("$connect")]);
    node.handshake("X-Room: 7\r\n").await.expect_open();
    let request = node.backend.only_request();
    assert!(!request.headers().contains_key("x-room"));
    assert!(!request.headers().contains_key("sec-websocket-key"));
}

#[tokio::test]
async fn a_uri_that_is_no_url_gives_an_error_frame() {
    let node = Node::start(&[]);
    node.backend.answers(200, &[], "");
    let endpoint = endpoint("POST", "http://${stageVariables.host}/ x");
    let making = Making::new(IntegrationTarget::HttpProxy(endpoint));
    node.deploy([making.one_way("$default")]);
    assert!(is_error(&answer_to(&node, "x").await));
}
