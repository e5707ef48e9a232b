//! Functions behind an HTTP API: what they are told, and what their answers come to.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::deployment::snapshot::{HttpKind, PayloadFormat, RouteSettings};
use crate::integration::http_parameters::HttpMappings;
use crate::testing::{Behaviour, HOST, Node, http_route};

fn node(keys: &[&str], payload: PayloadFormat) -> Node {
    let node = Node::start(&[]);
    let routes = keys.iter().map(|key| http_route(key, "handler", payload));
    node.serve_api(HttpKind::Http, routes, |_| {});
    node
}

async fn event(node: &Node) -> Value {
    node.functions.first("handler").await.event
}

#[tokio::test]
async fn a_function_gets_the_event_of_payload_2() {
    let node = node(&["POST /pets/{id}"], PayloadFormat::V2);
    let headers = [
        ("User-Agent", "curl"),
        ("Cookie", "a=1; b=2"),
        ("Content-Type", "application/json"),
        ("X-Many", "1"),
        ("X-Many", "2"),
    ];
    let line = "POST /pets/a%20b?q=1&q=2&r=x%20y";
    node.send(line, &headers, r#"{"x":1}"#).await;
    let event = event(&node).await;
    assert_eq!(event["version"], "2.0");
    assert_eq!(event["routeKey"], "POST /pets/{id}");
    assert_eq!(event["rawPath"], "/prod/pets/a b");
    assert_eq!(event["rawQueryString"], "q=1&q=2&r=x%20y");
    assert_eq!(event["cookies"], json!(["a=1", "b=2"]));
    assert_eq!(event["headers"]["x-many"], "1,2");
    assert_eq!(event["headers"]["content-length"], "7");
    assert_eq!(event["headers"]["x-forwarded-for"], "198.51.100.23");
    assert!(event["headers"].get("cookie").is_none());
    let query = json!({ "q": "1,2", "r": "x y" });
    assert_eq!(event["queryStringParameters"], query);
    assert_eq!(event["pathParameters"], json!({ "id": "a b" }));
    assert_eq!(event["body"], r#"{"x":1}"#);
    assert_eq!(event["isBase64Encoded"], false);
    let context = &event["requestContext"];
    let http = json!({
        "method": "POST", "path": "/prod/pets/a b", "protocol": "HTTP/1.1",
        "sourceIp": "198.51.100.23", "userAgent": "curl",
    });
    assert_eq!(context["http"], http);
    assert_eq!(context["domainName"], HOST);
    assert_eq!(context["domainPrefix"], "k3v9q0z1ab");
    assert_eq!(context["stage"], "prod");
    assert_eq!(context["time"], "03/Feb/2027:09:15:42 +0000");
    assert_eq!(context["timeEpoch"], 1_801_646_142_107_i64);
    assert!(context.get("authorizer").is_none());
}

#[tokio::test]
async fn what_is_empty_is_absent_from_payload_2() {
    let node = node(&["$default"], PayloadFormat::V2);
    node.get("GET /").await;
    let event = event(&node).await;
    let absent = [
        "cookies",
        "queryStringParameters",
        "pathParameters",
        "stageVariables",
        "body",
    ];
    for name in absent {
        assert!(event.get(name).is_none(), "{name}");
    }
    assert_eq!(event["routeKey"], "$default");
    assert_eq!(event["rawQueryString"], "");
}

#[tokio::test]
async fn a_function_gets_the_event_of_payload_1() {
    let node = node(&["GET /pets/{id}"], PayloadFormat::V1);
    node.send(
        "GET /pets/7?q=1&q=2",
        &[("X-Many", "1"), ("X-Many", "2")],
        "",
    )
    .await;
    let event = event(&node).await;
    assert_eq!(event["version"], "1.0");
    assert_eq!(event["resource"], "/pets/{id}");
    assert_eq!(event["path"], "/prod/pets/7");
    assert_eq!(event["httpMethod"], "GET");
    assert_eq!(event["headers"]["X-Many"], "2");
    assert_eq!(event["multiValueHeaders"]["X-Many"], json!(["1", "2"]));
    assert_eq!(event["queryStringParameters"], json!({ "q": "2" }));
    let all = json!({ "q": ["1", "2"] });
    assert_eq!(event["multiValueQueryStringParameters"], all);
    assert_eq!(event["pathParameters"], json!({ "id": "7" }));
    assert_eq!(event["stageVariables"], Value::Null);
    assert_eq!(event["body"], Value::Null);
    assert_eq!(event["requestContext"]["resourcePath"], "/pets/{id}");
    let nobody = json!({ "claims": null, "scopes": null });
    assert_eq!(event["requestContext"]["authorizer"], nobody);
}

#[tokio::test]
async fn a_body_that_is_no_text_comes_in_base64() {
    let node = node(&["POST /"], PayloadFormat::V2);
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    node.send("POST /", &form, "a=1").await;
    let event = event(&node).await;
    assert_eq!(event["body"], "YT0x");
    assert_eq!(event["isBase64Encoded"], true);
}

#[tokio::test]
async fn the_policy_of_a_function_is_asked_about_the_route() {
    let node = node(&["ANY /pets/{id}", "$default"], PayloadFormat::V2);
    node.get("GET /pets/7").await;
    node.get("GET /").await;
    let arn = |resource: &str| {
        Some(format!(
            "arn:aws:execute-api:eu-central-1:123456789012:k3v9q0z1ab/prod/{resource}"
        ))
    };
    let first = node.functions.nth("handler", 0).await;
    assert_eq!(first.source_arn, arn("GET/pets/{id}"));
    let second = node.functions.nth("handler", 1).await;
    assert_eq!(second.source_arn, arn("$default"));
}

/// What the client gets for what a function returns with payload 2.0.
async fn check(returned: Value, status: u16, content_type: &str, body: &str) {
    let node = node(&["$default"], PayloadFormat::V2);
    node.functions
        .set("handler", Behaviour::Returns(returned.clone()));
    let answer = node.get("GET /").await;
    assert_eq!(answer.status, status, "{returned}");
    assert_eq!(
        answer.header("content-type"),
        Some(content_type),
        "{returned}"
    );
    assert_eq!(answer.body, body, "{returned}");
    assert!(answer.header("apigw-requestid").is_some());
}

#[tokio::test]
async fn any_json_is_an_answer_of_payload_2() {
    let json = "application/json";
    check(json!({ "x": [1] }), 200, json, r#"{"x":[1]}"#).await;
    check(json!("Hello from Lambda!"), 200, json, "Hello from Lambda!").await;
    check(Value::Null, 200, json, "null").await;
    check(json!([1, 2]), 200, json, "[1,2]").await;
    let error = r#"{"message":"Internal Server Error"}"#;
    check(json!({ "statusCode": "x" }), 500, json, error).await;
    check(json!({ "statusCode": 200, "body": {} }), 500, json, error).await;
    let text = "text/plain;charset=UTF-8";
    check(
        json!({ "statusCode": "201", "body": "made" }),
        201,
        text,
        "made",
    )
    .await;
}

#[tokio::test]
async fn headers_and_cookies_go_back() {
    let node = node(&["$default"], PayloadFormat::V2);
    let returned = json!({
        "statusCode": 200,
        "headers": { "X-One": 1, "content-type": "text/html", "Content-Length": "99" },
        "cookies": ["a=1; Secure", "b=2"],
        "body": "aGk=", "isBase64Encoded": true,
    });
    node.functions.set("handler", Behaviour::Returns(returned));
    let answer = node.get("GET /").await;
    assert_eq!(answer.body, "hi");
    assert_eq!(answer.header("x-one"), Some("1"));
    assert_eq!(answer.header("content-type"), Some("text/html"));
    assert_eq!(answer.header("content-length"), None);
    let cookies: Vec<_> = answer.headers.get_all("set-cookie").iter().collect();
    assert_eq!(cookies, ["a=1; Secure", "b=2"]);
}

#[tokio::test]
async fn payload_1_wants_a_proxy_response() {
    let node = node(&["$default"], PayloadFormat::V1);
    node.functions
        .set("handler", Behaviour::Returns(json!({ "x": 1 })));
    assert_eq!(node.get("GET /").await.status, 500);
    let returned = json!({
        "statusCode": 200, "headers": { "X-A": "1" }, "multiValueHeaders": { "X-A": ["2", "3"] },
    });
    node.functions.set("handler", Behaviour::Returns(returned));
    let answer = node.get("GET /").await;
    let values: Vec<_> = answer.headers.get_all("x-a").iter().collect();
    assert_eq!(values, ["2", "3"]);
    assert_eq!(answer.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn errors_have_the_words_of_http_apis() {
    let node = node(&["GET /pets"], PayloadFormat::V2);
    let answer = node.get("GET /cats").await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (404, r#"{"message":"Not Found"}"#)
    );
    assert_eq!(node.get("POST /pets").await.status, 404);
    let error = r#"{"message":"Internal Server Error"}"#;
    for behaviour in [Behaviour::Throws, Behaviour::Denies, Behaviour::Panics] {
        node.functions.set("handler", behaviour);
        let answer = node.get("GET /pets").await;
        assert_eq!((answer.status, answer.body.as_str()), (500, error));
        assert_eq!(answer.header("content-type"), Some("application/json"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_function_that_takes_too_long_makes_the_service_unavailable() {
    let node = node(&["GET /pets"], PayloadFormat::V2);
    node.functions.set("handler", Behaviour::Hangs);
    let answer = node.get("GET /pets").await;
    let expected = (503, r#"{"message":"Service Unavailable"}"#);
    assert_eq!((answer.status, answer.body.as_str()), expected);
}

#[tokio::test]
async fn a_route_is_throttled_by_its_own_settings() {
    let node = Node::start(&[]);
    let routes = ["GET /a", "GET /b"].map(|key| http_route(key, "handler", PayloadFormat::V2));
    node.serve_api_at(
        "prod",
        HttpKind::Http,
        routes,
        |_| {},
        |stage| {
            let settings = RouteSettings {
                throttling_burst_limit: Some(0),
                throttling_rate_limit: None,
            };
            stage.route_settings.insert("GET /a".to_owned(), settings);
        },
    );
    let answer = node.get("GET /a").await;
    let expected = (429, r#"{"message":"Too Many Requests"}"#);
    assert_eq!((answer.status, answer.body.as_str()), expected);
    assert_eq!(node.get("GET /b").await.status, 200);
}

#[tokio::test]
async fn the_default_stage_does_not_show_in_paths() {
    let node = Node::start(&[]);
    let route = http_route("GET /pets", "handler", PayloadFormat::V2);
    node.serve_api_at("$default", HttpKind::Http, [route], |_| {}, |_| {});
    node.send_to("$default", "GET /pets", &[], "").await;
    let event = event(&node).await;
    assert_eq!(event["rawPath"], "/pets");
    assert_eq!(event["requestContext"]["stage"], "$default");
}

#[tokio::test]
async fn a_websocket_stage_answers_no_http_and_the_other_way_round() {
    let node = Node::start(&["$connect"]);
    assert_eq!(node.get("GET /").await.status, 403);
    let node = self::node(&["$default"], PayloadFormat::V2);
    assert_eq!(node.handshake("").await.status, 403);
}

/// An API with a function that is told of `GET /pets/{id}` after these changes.
fn mapped(payload: PayloadFormat, changes: &[(&str, &str)]) -> Node {
    let node = Node::start(&[]);
    let mut route = http_route("GET /pets/{id}", "handler", payload);
    let changes = changes.iter().map(|(k, v)| ((*k).into(), (*v).into()));
    let changes: std::collections::BTreeMap<String, String> = changes.collect();
    let integration = route.integration.as_mut().and_then(Arc::get_mut);
    integration.unwrap().mappings = HttpMappings::parse(&changes, []);
    node.serve_api(HttpKind::Http, [route], |_| {});
    node
}

const CHANGES: [(&str, &str); 6] = [
    ("append:header.x-stage", "$context.stage"),
    ("overwrite:header.X-Own", "mine ${request.path.id}"),
    ("remove:header.x-gone", ""),
    ("append:querystring.tag", "b c"),
    ("overwrite:querystring.q", "$request.header.x-q"),
    ("overwrite:path", "$request.path"),
];

#[tokio::test]
async fn a_function_gets_an_event_with_mapped_parameters() {
    let node = mapped(PayloadFormat::V2, &CHANGES);
    let headers = [
        ("X-Own", "theirs"),
        ("X-Gone", "1"),
        ("X-Q", "9"),
        ("Cookie", "a=1"),
    ];
    node.send("GET /pets/7?q=1&tag=a", &headers, "").await;
    let event = event(&node).await;
    let headers = &event["headers"];
    assert_eq!(headers["x-stage"], "prod");
    assert_eq!(headers["x-own"], "mine 7");
    assert_eq!(headers["x-forwarded-for"], "198.51.100.23");
    assert!(headers.get("x-gone").is_none());
    assert_eq!(event["cookies"], json!(["a=1"]));
    let query = json!({ "q": "9", "tag": "a,b c" });
    assert_eq!(event["queryStringParameters"], query);
    assert_eq!(event["rawPath"], "/pets/7");
    let path = &event["requestContext"]["http"]["path"];
    assert_eq!(path, "/prod/pets/7");
}

#[tokio::test]
async fn mapped_parameters_reach_events_of_payload_1_too() {
    let node = mapped(PayloadFormat::V1, &CHANGES);
    let headers = [("X-Own", "theirs"), ("X-Q", "9")];
    node.send("GET /pets/7?q=1", &headers, "").await;
    let event = event(&node).await;
    assert_eq!(event["multiValueHeaders"]["x-stage"], json!(["prod"]));
    let query = json!({ "q": "9", "tag": "b c" });
    assert_eq!(event["queryStringParameters"], query);
    assert_eq!(event["path"], "/pets/7");
}
