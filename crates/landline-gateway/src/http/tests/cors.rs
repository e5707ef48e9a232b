//! Browsers from other origins.

use serde_json::json;

use crate::deployment::snapshot::{Cors, HttpKind, PayloadFormat};
use crate::testing::{Behaviour, Node, http_route};

fn node(cors: Cors) -> Node {
    let node = Node::start(&[]);
    let route = http_route("GET /pets", "handler", PayloadFormat::V2);
    node.serve_api(HttpKind::Http, [route], |api| api.cors = Some(cors));
    node
}

fn strict() -> Cors {
    let list = |texts: &[&str]| texts.iter().map(|it| (*it).to_owned()).collect();
    Cors {
        allow_credentials: true,
        allow_headers: list(&["x-a", "x-b"]),
        allow_methods: list(&["GET", "POST"]),
        allow_origins: list(&["https://example.com", "https://*.example.org"]),
        expose_headers: list(&["x-seen"]),
        max_age: Some(60),
    }
}

#[tokio::test]
async fn a_preflight_is_answered_without_any_route() {
    let node = node(strict());
    let headers = [
        ("Origin", "https://example.com"),
        ("Access-Control-Request-Method", "POST"),
    ];
    let answer = node.send("OPTIONS /anything", &headers, "").await;
    assert_eq!((answer.status, answer.body.as_str()), (204, ""));
    for (name, value) in [
        ("access-control-allow-origin", "https://example.com"),
        ("access-control-allow-credentials", "true"),
        ("access-control-allow-methods", "GET,POST"),
        ("access-control-allow-headers", "x-a,x-b"),
        ("access-control-max-age", "60"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{name}");
    }
    assert_eq!(node.functions.count("handler"), 0);
}

#[tokio::test]
async fn a_strange_origin_is_told_nothing() {
    let node = node(strict());
    let headers = [
        ("Origin", "https://evil.example"),
        ("Access-Control-Request-Method", "GET"),
    ];
    let answer = node.send("OPTIONS /pets", &headers, "").await;
    assert_eq!(answer.status, 204);
    assert_eq!(answer.header("access-control-allow-origin"), None);
}

#[tokio::test]
async fn an_answer_says_what_the_api_says_whatever_the_function_says() {
    let node = node(strict());
    let returned = json!({
        "statusCode": 200, "headers": { "access-control-allow-origin": "https://evil.example" },
    });
    node.functions.set("handler", Behaviour::Returns(returned));
    let from = [("Origin", "https://a.example.org")];
    let answer = node.send("GET /pets", &from, "").await;
    let allowed = answer.header("access-control-allow-origin");
    assert_eq!(allowed, Some("https://a.example.org"));
    let exposed = answer.header("access-control-expose-headers");
    assert_eq!(exposed, Some("x-seen"));
    let answer = node.get("GET /pets").await;
    assert_eq!(answer.header("access-control-allow-origin"), None);
}

#[tokio::test]
async fn refusals_can_be_read_by_scripts_too() {
    let node = node(Cors {
        allow_origins: vec!["*".to_owned()],
        ..Cors::default()
    });
    let answer = node
        .send("GET /cats", &[("Origin", "https://x.example")], "")
        .await;
    assert_eq!(answer.status, 404);
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
}
