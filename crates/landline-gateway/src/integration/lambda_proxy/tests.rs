//! What counts as a proxy response, and which URIs name a function.

use super::*;

fn read(payload: &str) -> Result<Answer, IntegrationFailure> {
    read_response(payload.as_bytes())
}

fn answer(status_code: u16, body: Option<&str>) -> Answer {
    Answer {
        headers: HeaderMap::new(),
        status_code,
        subprotocol: None,
        body: body.map(|body| body.to_owned().into()),
    }
}

#[test]
fn a_proxy_response_has_a_status_and_perhaps_a_body() {
    assert_eq!(read(r#"{"statusCode":200}"#), Ok(answer(200, None)));
    assert_eq!(
        read(r#"{"statusCode":200,"body":null}"#),
        Ok(answer(200, None))
    );
    assert_eq!(
        read(r#"{"body":"hi","statusCode":401}"#),
        Ok(answer(401, Some("hi")))
    );
}

#[test]
fn a_status_may_be_text_or_a_whole_fraction() {
    assert_eq!(read(r#"{"statusCode":"201"}"#), Ok(answer(201, None)));
    assert_eq!(read(r#"{"statusCode":200.0}"#), Ok(answer(200, None)));
}

#[test]
fn whatever_else_is_no_proxy_response() {
    let nonsense = [
        "",
        "null",
        "\"ok\"",
        "[]",
        "{}",
        r#"{"statusCode":null}"#,
        r#"{"statusCode":"ok"}"#,
        r#"{"statusCode":20}"#,
        r#"{"statusCode":200.5}"#,
        r#"{"statusCode":-1}"#,
        r#"{"statusCode":200,"body":{"an":"object"}}"#,
        r#"{"message":"Hello"}"#,
    ];
    for payload in nonsense {
        assert_eq!(
            read(payload),
            Err(IntegrationFailure::MalformedResponse),
            "{payload}"
        );
    }
}

#[test]
fn the_subprotocol_header_counts_in_any_case_and_form() {
    let chosen = |headers: &str| {
        read(&format!(r#"{{"statusCode":200,{headers}}}"#))
            .unwrap()
            .subprotocol
    };
    let expected = Some("chat".to_owned());
    assert_eq!(
        chosen(r#""headers":{"Sec-WebSocket-Protocol":"chat","Set-Cookie":"a=b"}"#),
        expected
    );
    assert_eq!(
        chosen(r#""headers":{"sec-websocket-protocol":"chat","X":1}"#),
        expected
    );
    assert_eq!(
        chosen(r#""multiValueHeaders":{"Sec-WebSocket-Protocol":["x","chat"]}"#),
        expected
    );
    assert_eq!(chosen(r#""headers":null"#), None);
}

#[test]
fn a_function_is_named_by_an_invocation_uri_only() {
    let variables = [("fn".to_owned(), "echo".to_owned())].into();
    let arn = |uri: &str| LambdaFunction::from_uri(uri).arn(&variables);
    let function = "arn:aws:lambda:us-east-1:123456789012:function:echo";
    let uri = format!(
        "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{function}/invocations"
    );
    assert_eq!(arn(&uri).as_deref(), Some(function));
    let with_variable = uri.replace(":echo/", ":${stageVariables.fn}/");
    assert_eq!(arn(&with_variable).as_deref(), Some(function));
    assert_eq!(arn(function), None);
    assert_eq!(arn("https://example.org/functions/x/invocations"), None);
    assert_eq!(arn("arn:aws:apigateway:us-east-1:sqs:path/1/q"), None);
}
