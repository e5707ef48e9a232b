//! Requests that are no calls of operations, and what every answer has.
#![expect(unreachable_pub, reason = "the macros declare public items")]

use std::io::Write as _;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::{Cors, Exchange, MAX_BODY_BYTES};
use crate::protocol::{Request, Response, serve};
use crate::{Caller, DispatcherBuilder, Protocol, ServiceMeta, service, structure};

structure! { ListInput "ListInput" { limit: optional i32, "Limit" as "Limit"; } }
structure! { ListOutput "ListOutput" { count: optional i32, "Count" as "Count"; } }

mod dynamodb {
    use super::{ListInput, ListOutput, Protocol, service};
    service! { dynamodb signed "dynamodb" speaks Protocol::Json { content_version: "1.0", target_prefix: "DynamoDB_20120810" }, validates "ValidationException";
        errors {}
        operations { POST "/" => ListTables(ListInput) -> 200 ListOutput; }
    }
}
mod logs {
    use super::{ListInput, ListOutput, Protocol, service};
    service! { logs signed "logs" speaks Protocol::Json { content_version: "1.1", target_prefix: "Logs_20140328" }, validates "ValidationException";
        errors {}
        operations { POST "/" => ListGroups(ListInput) -> 200 ListOutput; }
    }
}

static SERVICES: &[&ServiceMeta] = &[&dynamodb::SERVICE, &logs::SERVICE];
const LIST: (&str, &str) = ("x-amz-target", "DynamoDB_20120810.ListTables");
const AMZ_JSON: (&str, &str) = ("content-type", "application/x-amz-json-1.0");

fn request(method: &str, headers: &[(&str, &str)], body: impl Into<Bytes>) -> Request {
    let mut request = http::Request::builder().method(method).uri("/");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(body.into()).unwrap()
}

/// The front end's own answer to an unsigned request.
fn answered(request: &Request) -> Option<Response> {
    let exchange = Exchange::of(SERVICES, request, None, Cors::Everywhere).unwrap();
    let answer = exchange.early_answer(request, "eu-west-1")?;
    Some(exchange.finish(answer, "00000000-0000-4000-8000-000000000000"))
}

fn refused(headers: &[(&str, &str)], body: &'static str) -> (u16, String) {
    let answer = answered(&request("POST", headers, body)).unwrap();
    let text = String::from_utf8_lossy(answer.body()).into_owned();
    (answer.status().as_u16(), text)
}

#[test]
fn a_get_asks_for_the_health() {
    let answer = answered(&request("GET", &[], "")).unwrap();
    assert_eq!(answer.body(), "healthy: dynamodb.eu-west-1.amazonaws.com ");
    assert!(answer.headers().contains_key("x-amz-crc32"));
}

#[test]
fn other_methods_and_content_types_are_not_found() {
    let page = (404, "<UnknownOperationException/>\n".to_owned());
    for content_type in [
        "text/plain",
        "application/jsonx",
        "application/x-amz-json-1.1",
    ] {
        assert_eq!(refused(&[("content-type", content_type)], "{}"), page);
    }
    assert_eq!(refused(&[], "hi"), page);
    let answer = answered(&request("PUT", &[], "")).unwrap();
    assert_eq!(answer.status(), 404);
    assert_eq!(answer.headers()["x-amz-crc32"], "3552371480");
}

#[test]
fn what_is_no_json_is_refused_without_a_word() {
    let refusal = r#"{"__type":"com.amazon.coral.service#SerializationException"}"#;
    for content_type in [
        "application/json",
        "application/json ; x",
        "application/x-amz-json-1.0;x",
    ] {
        assert_eq!(
            refused(&[("content-type", content_type)], "hi"),
            (400, refusal.to_owned())
        );
    }
}

#[test]
fn what_names_no_operation_is_refused() {
    let refusal = r#"{"__type":"com.amazon.coral.service#UnknownOperationException"}"#;
    let refusal = (400, refusal.to_owned());
    assert_eq!(refused(&[], ""), refusal);
    assert_eq!(refused(&[AMZ_JSON], "{}"), refusal);
    for target in ["whatever", "DynamoDB_20120810.ListTable"] {
        assert_eq!(refused(&[("x-amz-target", target)], ""), refusal);
    }
}

#[test]
fn a_call_goes_on() {
    let request = request("POST", &[AMZ_JSON, LIST], "{}");
    let exchange = Exchange::of(SERVICES, &request, Some("dynamodb"), Cors::Loopback).unwrap();
    assert!(exchange.early_answer(&request, "eu-west-1").is_none());
}

#[test]
fn what_looks_like_no_signature_is_missing() {
    let (status, refusal) = refused(&[LIST], "");
    assert_eq!(status, 400);
    assert!(refusal.contains("Request is missing Authentication Token"));
    let (_, other_scheme) = refused(&[LIST, ("authorization", "Bearer x")], "");
    assert_eq!(other_scheme, refusal);
}

#[test]
fn a_signature_that_lacks_something_says_what() {
    let refusal = |authorization: &str| {
        let headers = [LIST, ("authorization", authorization), ("date", "x")];
        let answer = answered(&request("POST", &headers, "")).unwrap();
        let body: serde_json::Value = serde_json::from_slice(answer.body()).unwrap();
        body["message"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        refusal("AWS4-HMAC-SHA256 Signature=b, Credential=a"),
        "Authorization header requires 'SignedHeaders' parameter. Authorization=AWS4-HMAC-SHA256 Signature=b, Credential=a"
    );
    let mut presigned = request("POST", &[LIST], "");
    *presigned.uri_mut() = "/?X-Amz-Algorithm=a&X-Amz-Credential=b&X-Amz-Signature=c&X-Amz-Date=d"
        .parse()
        .unwrap();
    let answer = answered(&presigned).unwrap();
    let text = String::from_utf8_lossy(answer.body()).into_owned();
    assert!(text.contains("AWS query-string parameters must include 'X-Amz-SignedHeaders'. Re-examine the query-string parameters."), "{text}");
}

#[test]
fn the_calls_of_other_services_are_theirs() {
    let is_ours = |headers: &[(&str, &str)], signing_name| {
        let request = request("POST", headers, "");
        Exchange::of(SERVICES, &request, signing_name, Cors::Everywhere).is_some()
    };
    assert!(!is_ours(
        &[("x-amz-target", "Logs_20140328.ListGroups")],
        None
    ));
    assert!(!is_ours(
        &[("content-type", "application/x-www-form-urlencoded")],
        None
    ));
    assert!(!is_ours(&[], Some("sts")));
    assert!(is_ours(&[LIST], Some("dynamodb")));
}

#[test]
fn a_body_of_more_than_sixteen_megabytes_is_too_large() {
    let large = vec![b' '; MAX_BODY_BYTES + 1];
    let answer = answered(&request("POST", &[AMZ_JSON, LIST], large)).unwrap();
    assert_eq!(
        answer.status(),
        413,
        "even before the signature is looked at"
    );
}

#[test]
fn a_page_may_ask_what_it_may_send() {
    let asks = [
        ("origin", "https://example.com"),
        ("access-control-request-headers", "a, b"),
        ("access-control-request-method", "POST"),
    ];
    let answer = answered(&request("OPTIONS", &asks, "")).unwrap();
    assert_eq!(answer.status(), 200);
    for (name, value) in [
        ("access-control-allow-origin", "*"),
        ("access-control-allow-headers", "a, b"),
        ("access-control-allow-methods", "POST"),
        ("access-control-max-age", "172800"),
    ] {
        assert_eq!(answer.headers()[name], value, "{name}");
    }
    // Without an origin it is no page that asks.
    let answer = answered(&request("OPTIONS", &[], "")).unwrap();
    assert_eq!(answer.status(), 404);
}

#[test]
fn where_any_credentials_pass_only_pages_of_this_machine_may_call() {
    let may_call = |origin: &str| {
        let request = request("OPTIONS", &[("origin", origin)], "");
        let exchange = Exchange::of(SERVICES, &request, None, Cors::Loopback).unwrap();
        let answer = exchange.early_answer(&request, "eu-west-1").unwrap();
        answer.status() == 200
    };
    for origin in [
        "http://localhost:3000",
        "https://127.0.0.1",
        "http://[::1]:8080",
    ] {
        assert!(may_call(origin), "{origin}");
    }
    for origin in [
        "https://example.com",
        "http://localhost.example.com",
        "null",
        "localhost",
    ] {
        assert!(!may_call(origin), "{origin}");
    }
}

#[test]
fn an_answer_has_the_content_type_of_its_request_and_a_long_id() {
    let finish = |content_type: &str| {
        let request = request("POST", &[LIST, ("content-type", content_type)], "{}");
        let exchange = Exchange::of(SERVICES, &request, None, Cors::Loopback).unwrap();
        let mut answer = Response::new(Bytes::new());
        let given = "application/x-amz-json-1.0".parse().unwrap();
        answer.headers_mut().insert("content-type", given);
        exchange.finish(answer, "7b4b1de0-aab1-4e53-b01b-84b30b705af9")
    };
    let answer = finish("application/json");
    assert_eq!(answer.headers()["content-type"], "application/json");
    let id = answer.headers()["x-amzn-requestid"].to_str().unwrap();
    assert_eq!(id.len(), 52);
    assert!(
        id.bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    );
    let answer = finish("application/x-amz-json-1.0");
    assert_eq!(
        answer.headers()["content-type"],
        "application/x-amz-json-1.0"
    );
}

async fn call(headers: &[(&str, &str)], body: Vec<u8>) -> Response {
    let mut builder = DispatcherBuilder::new();
    builder
        .register_fn::<dynamodb::ListTables, _>(|input, _| Ok(ListOutput { count: input.limit }));
    let headers: Vec<_> = headers.iter().copied().chain([AMZ_JSON, LIST]).collect();
    let caller = Caller::root("123456789012", "eu-west-1");
    serve(
        &builder.seal(),
        request("POST", &headers, body),
        None,
        &caller,
    )
    .await
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn a_body_may_come_compressed() {
    let compressed = [("content-encoding", "gzip")];
    let answer = call(&compressed, gzip(br#"{"Limit":7}"#)).await;
    assert_eq!(answer.body(), r#"{"Count":7}"#);
    // One after the other, as gzip allows.
    let twice = [gzip(br#"{"Limit""#), gzip(b":7}")].concat();
    assert_eq!(call(&compressed, twice).await.body(), r#"{"Count":7}"#);
}

#[tokio::test]
async fn what_cannot_be_decompressed_is_refused() {
    let compressed = [("content-encoding", "gzip")];
    let plain = br#"{"Limit":7}"#.to_vec();
    let mut cut = gzip(&plain);
    cut.pop();
    for body in [
        plain.clone(),
        cut,
        Vec::new(),
        gzip(&vec![b' '; MAX_BODY_BYTES + 1]),
    ] {
        assert_eq!(call(&compressed, body).await.status(), 500);
    }
    assert_eq!(
        call(&[("content-encoding", "x")], plain).await.status(),
        500
    );
}

#[tokio::test]
async fn a_call_without_a_body_is_refused() {
    let answer = call(&[], Vec::new()).await;
    assert_eq!(answer.status(), 400);
    assert!(!String::from_utf8_lossy(answer.body()).contains("essage"));
}
