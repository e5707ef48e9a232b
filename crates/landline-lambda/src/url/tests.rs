//! Requests as events, returned values as answers.

use bytes::Bytes;
use landline_wire::{Caller, Timestamp};
use serde_json::{Value, json};

use super::{UrlAnswer, UrlCaller, UrlRequest, answer, cors, event};
use crate::function::record::Cors;

fn request() -> UrlRequest {
    let headers = [
        ("host", "id.lambda-url.us-east-1.on.aws"),
        ("x-two", "1"),
        ("x-two", "2"),
        ("cookie", "a=1; b=2"),
        ("content-type", "application/json; charset=utf-8"),
        ("user-agent", "test"),
    ];
    UrlRequest {
        method: "POST".into(),
        protocol: "HTTP/1.1".into(),
        path: "/a%20b".into(),
        query: "x=1&x=2&y=a%26b+c&z".into(),
        headers: headers.map(|(n, v)| (n.into(), v.into())).to_vec(),
        body: "{}".into(),
    }
}

fn event_of(request: &UrlRequest, caller: &UrlCaller) -> Value {
    let around = event::Around {
        url_id: "id",
        region: "us-east-1",
        now: Timestamp::from_millis(1_583_348_638_390),
    };
    event::of(request, caller, &around)
}

fn anonymous() -> UrlCaller {
    UrlCaller::Anonymous(Caller::root("123456789012", "us-east-1"))
}

#[test]
fn a_request_becomes_an_event_of_format_2() {
    let mut event = event_of(&request(), &anonymous());
    event["requestContext"]["requestId"] = "r".into();
    let expected = json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": "/a%20b",
        "rawQueryString": "x=1&x=2&y=a%26b+c&z",
        "cookies": ["a=1", "b=2"],
        "headers": {
            "host": "id.lambda-url.us-east-1.on.aws",
            "x-two": "1,2",
            "content-type": "application/json; charset=utf-8",
            "user-agent": "test",
        },
        "queryStringParameters": { "x": "1,2", "y": "a&b c", "z": "" },
        "requestContext": {
            "accountId": "anonymous",
            "apiId": "id",
            "domainName": "id.lambda-url.us-east-1.on.aws",
            "domainPrefix": "id",
            "http": {
                "method": "POST",
                "path": "/a%20b",
                "protocol": "HTTP/1.1",
                "sourceIp": "",
                "userAgent": "test",
            },
            "requestId": "r",
            "routeKey": "$default",
            "stage": "$default",
            "time": "04/Mar/2020:19:03:58 +0000",
            "timeEpoch": 1_583_348_638_390_i64,
        },
        "body": "{}",
        "isBase64Encoded": false,
    });
    assert_eq!(event, expected);
}

#[test]
fn a_body_that_is_no_text_is_encoded_and_none_is_absent() {
    let mut plain = request();
    plain.headers.retain(|(name, _)| name != "content-type");
    let event = event_of(&plain, &anonymous());
    assert_eq!(
        (&event["body"], &event["isBase64Encoded"]),
        (&json!("e30="), &json!(true))
    );
    plain.body = Bytes::new();
    plain.query.clear();
    let event = event_of(&plain, &anonymous());
    assert!(event.get("body").is_none() && event.get("queryStringParameters").is_none());
}

#[test]
fn a_signed_request_tells_who_signed() {
    let caller = UrlCaller::Signed(Caller::root("123456789012", "us-east-1"));
    let context = &event_of(&request(), &caller)["requestContext"];
    assert_eq!(context["accountId"], "123456789012");
    assert_eq!(
        context["authorizer"]["iam"]["userArn"],
        "arn:aws:iam::123456789012:root"
    );
}

#[track_caller]
fn check(returned: &Value, status: u16, headers: &[(&str, &str)], body: &str) {
    let expected = UrlAnswer {
        status,
        headers: headers
            .iter()
            .map(|(n, v)| ((*n).into(), (*v).into()))
            .collect(),
        body: Bytes::copy_from_slice(body.as_bytes()),
    };
    assert_eq!(answer::of(&returned.to_string().into()), expected);
}

#[test]
fn a_function_may_return_an_answer_or_just_a_body() {
    const JSON: (&str, &str) = ("content-type", "application/json");
    check(&json!({ "a": 1 }), 200, &[JSON], r#"{"a":1}"#);
    check(&json!("text"), 200, &[JSON], "text");
    check(&json!({ "statusCode": 204 }), 204, &[JSON], "");
    let returned = json!({
        "statusCode": 201,
        "headers": { "Content-Type": "text/html", "x-n": 5 },
        "cookies": ["a=1", "b=2"],
        "body": "aGk=",
        "isBase64Encoded": true,
    });
    let headers = [
        ("content-type", "text/html"),
        ("x-n", "5"),
        ("set-cookie", "a=1"),
        ("set-cookie", "b=2"),
    ];
    check(&returned, 201, &headers, "hi");
    let broken = [("content-type", "text/plain")];
    check(
        &json!({ "statusCode": "none" }),
        502,
        &broken,
        "Internal Server Error",
    );
    check(
        &json!({ "statusCode": 9999 }),
        502,
        &broken,
        "Internal Server Error",
    );
}

#[test]
fn only_allowed_origins_may_read_the_answer() {
    let rules = Cors {
        allow_origins: Some(vec!["https://*.example.com".into()]),
        allow_methods: Some(vec!["GET".into(), "PUT".into()]),
        max_age: Some(60),
        ..Default::default()
    };
    let allowed = cors::preflight(&rules, Some("https://a.example.com")).headers;
    let say = |name: &str| {
        let mut headers = allowed.iter();
        headers
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    };
    assert_eq!(
        say("access-control-allow-origin"),
        Some("https://a.example.com")
    );
    assert_eq!(say("access-control-allow-methods"), Some("GET,PUT"));
    assert_eq!(say("access-control-max-age"), Some("60"));
    assert_eq!(
        cors::preflight(&rules, Some("https://evil.com")).headers,
        []
    );
    let everybody = Cors {
        allow_origins: Some(vec!["*".into()]),
        ..Default::default()
    };
    let mut answered = answer::of(&"1".into());
    assert!(cors::mark(&everybody, Some("https://b.com"), &mut answered));
    let told = ("access-control-allow-origin".to_owned(), "*".to_owned());
    assert!(answered.headers.contains(&told));
}
