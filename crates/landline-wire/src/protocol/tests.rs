//! Requests through detection, codec and handler, in each protocol.
#![expect(unreachable_pub, reason = "the macros declare public items")]

use std::collections::BTreeMap;

use bytes::Bytes;
use http::Method;

use super::{Request, Response, serve};
use crate::shape::Location;
use crate::{Caller, Dispatcher, DispatcherBuilder, Protocol, ServiceError, service, structure};

structure! { PutPaintInput "PutPaintInput" {
    name: required String, "Name" as "name" .at(Location::Uri);
    force: optional bool, "Force" as "force" .at(Location::Query);
    colour: required String, "Colour" as "colour" .length(3, 10);
    token: optional String, "Token" as "X-Token" .at(Location::Header);
} }
structure! { PutPaintOutput "PutPaintOutput" {
    said: optional String, "Said" as "said";
    etag: optional String, "ETag" as "ETag" .at(Location::Header);
} }
structure! { MixInput "MixInput" {
    names: optional Vec<String>, "Names" as "Names";
    tags: optional BTreeMap<String, String>, "Tags" as "Tags";
} }
structure! { MixOutput "MixOutput" { names: optional Vec<String>, "Names" as "Names"; } }

mod paints {
    use super::{Protocol, PutPaintInput, PutPaintOutput, service};
    service! { paints signed "paints" speaks Protocol::RestJson, validates "ValidationException";
        errors { NoPaint "NoPaint" 404 "Message", }
        operations { PUT "/paints/{name}" => PutPaint(PutPaintInput) -> 201 PutPaintOutput; }
    }
}
mod layers {
    use super::{MixInput, MixOutput, Protocol, service};
    service! { layers signed "layers" speaks Protocol::RestJson, validates "ValidationException";
        errors {}
        operations {
            GET "/layers" => ListLayers(MixInput) -> 200 MixOutput;
            GET "/layers?find=Version" => FindVersion(MixInput) -> 200 MixOutput;
        }
    }
}
mod mixer {
    use super::{MixInput, MixOutput, Protocol, service};
    service! { mixer signed "mixer" speaks Protocol::Query { version: "2020-01-01", xml_namespace: "https://mixer/" }, validates "ValidationError";
        errors {}
        operations { POST "/" => Mix(MixInput) -> 200 MixOutput, wrapped "MixResult"; }
    }
}
mod shop {
    use super::{MixInput, MixOutput, Protocol, service};
    service! { shop signed "shop" speaks Protocol::Json { content_version: "1.1", target_prefix: "Shop_1" }, validates "ValidationException";
        errors {}
        query_codes { "NoPaint" => "Shop.NoPaint" }
        operations {
            POST "/" => Mix(MixInput) -> 200 MixOutput;
            POST "/" => Unhandled(MixInput) -> 200 MixOutput;
        }
    }
}

fn dispatcher() -> Dispatcher {
    let mut builder = DispatcherBuilder::new();
    builder.register_fn::<paints::PutPaint, _>(|input, _| match input.name.as_str() {
        "none" => Err(paints::errors::NoPaint.with("there is no such paint")),
        name => Ok(PutPaintOutput {
            said: Some(format!(
                "{name} {} {:?} {:?}",
                input.colour, input.force, input.token
            )),
            etag: Some("\"1\"".into()),
        }),
    });
    builder.register_fn::<mixer::Mix, _>(|input, _| {
        let tags = input
            .tags
            .unwrap_or_default()
            .into_iter()
            .map(|(k, v)| format!("{k}={v}"));
        Ok(MixOutput {
            names: Some(
                input
                    .names
                    .unwrap_or_default()
                    .into_iter()
                    .chain(tags)
                    .collect(),
            ),
        })
    });
    builder.register_fn::<shop::Mix, _>(|input, _| Ok(MixOutput { names: input.names }));
    builder.seal()
}

async fn send(method: Method, uri: &str, headers: &[(&str, &str)], body: &'static str) -> Response {
    let mut request = Request::new(Bytes::from_static(body.as_bytes()));
    *request.method_mut() = method;
    *request.uri_mut() = uri.parse().unwrap();
    for (name, value) in headers {
        let name = http::HeaderName::try_from(*name).unwrap();
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    serve(
        &dispatcher(),
        request,
        None,
        &Caller::root("123456789012", "eu-west-1"),
    )
    .await
}

fn text(response: &Response) -> &str {
    std::str::from_utf8(response.body()).unwrap()
}

#[tokio::test]
async fn a_rest_input_comes_from_path_query_header_and_body() {
    let headers = [("x-token", "t")];
    let response = send(
        Method::PUT,
        "/paints/sky%20blue?force=true",
        &headers,
        r#"{"colour":"blue"}"#,
    )
    .await;
    assert_eq!(response.status(), 201);
    assert_eq!(response.headers()["etag"], "\"1\"");
    assert_eq!(
        text(&response),
        r#"{"said":"sky blue blue Some(true) Some(\"t\")"}"#
    );
}

#[tokio::test]
async fn a_rest_error_has_its_code_in_a_header_and_its_own_message_member() {
    let response = send(Method::PUT, "/paints/none", &[], r#"{"colour":"blue"}"#).await;
    assert_eq!(response.status(), 404);
    assert_eq!(response.headers()["x-amzn-errortype"], "NoPaint");
    assert_eq!(text(&response), r#"{"Message":"there is no such paint"}"#);
}

#[tokio::test]
async fn broken_constraints_are_refused_in_the_words_of_aws() {
    let response = send(Method::PUT, "/paints/x", &[], r#"{"colour":"y"}"#).await;
    assert_eq!(
        text(&response),
        r#"{"message":"1 validation error detected: Value 'y' at 'colour' failed to satisfy constraint: Member must have length greater than or equal to 3"}"#
    );
}

#[tokio::test]
async fn a_form_is_read_and_answered_in_xml() {
    let form = "Action=Mix&Version=2020-01-01&Names.member.2=b&Names.member.1=a%26&Tags.entry.1.key=k&Tags.entry.1.value=v";
    let headers = [(
        "content-type",
        "application/x-www-form-urlencoded; charset=utf-8",
    )];
    let response = send(Method::POST, "/", &headers, form).await;
    assert!(
        text(&response).starts_with(
            "<MixResponse xmlns=\"https://mixer/\"><MixResult><Names><member>a&amp;</member><member>b</member><member>k=v</member></Names></MixResult>"
        ),
        "{}",
        text(&response)
    );
}

#[tokio::test]
async fn an_empty_form_list_is_an_empty_list() {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let response = send(
        Method::POST,
        "/",
        &headers,
        "Action=Mix&Version=2020-01-01&Names=",
    )
    .await;
    assert!(
        text(&response).contains("<Names></Names>"),
        "{}",
        text(&response)
    );
}

#[tokio::test]
async fn an_unknown_action_is_refused_in_xml() {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let response = send(
        Method::POST,
        "/",
        &headers,
        "Action=Stir&Version=2020-01-01",
    )
    .await;
    assert_eq!(response.status(), 400);
    assert!(text(&response).contains("<Code>InvalidAction</Code>"));
}

#[tokio::test]
async fn a_target_names_a_json_operation() {
    let headers = [("x-amz-target", "Shop_1.Mix")];
    let response = send(Method::POST, "/", &headers, r#"{"Names":["a"]}"#).await;
    assert_eq!(
        response.headers()["content-type"],
        "application/x-amz-json-1.1"
    );
    assert_eq!(text(&response), r#"{"Names":["a"]}"#);
}

#[test]
fn an_error_of_a_service_that_spoke_the_query_protocol_has_its_old_code_in_a_header() {
    let header = |code: &'static str, status| {
        let error = ServiceError::new(code, status, "");
        let response = super::error::render(&shop::SERVICE, &error, "id");
        response.headers()["x-amzn-query-error"].clone()
    };
    assert_eq!(header("NoPaint", 404), "Shop.NoPaint;Sender");
    assert_eq!(header("Broken", 500), "Broken;Receiver");
}

#[tokio::test]
async fn an_operation_that_nobody_handles_says_so() {
    let headers = [("x-amz-target", "Shop_1.Unhandled")];
    let response = send(Method::POST, "/", &headers, "{}").await;
    assert_eq!(response.status(), 400);
    assert!(
        text(&response).contains("UnknownOperationException"),
        "{}",
        text(&response)
    );
}

#[tokio::test]
async fn a_body_that_is_no_json_is_a_serialization_error() {
    let headers = [("x-amz-target", "Shop_1.Mix")];
    let response = send(Method::POST, "/", &headers, "{nonsense").await;
    assert_eq!(response.status(), 400);
    assert!(
        text(&response).contains("SerializationException"),
        "{}",
        text(&response)
    );
}

#[tokio::test]
async fn a_service_calls_another_by_type() {
    let caller = Caller::root("123456789012", "eu-west-1");
    let input = MixInput {
        names: Some(vec!["a".into()]),
        ..MixInput::default()
    };
    let output = dispatcher()
        .call::<shop::Mix>(input, &caller)
        .await
        .unwrap();
    assert_eq!(output.names, Some(vec!["a".to_owned()]));
    let refused: Result<_, ServiceError> = dispatcher()
        .call::<shop::Unhandled>(MixInput::default(), &caller)
        .await;
    assert_eq!(refused.unwrap_err().code, "UnknownOperationException");
}

#[test]
fn a_query_tells_operations_with_one_path_apart() {
    let operation = |path: &str| {
        let request = http::Request::get(path).body(Bytes::new()).unwrap();
        let target = super::detect::target_of(&[&layers::SERVICE], &request, None);
        target.unwrap().operation.name
    };
    assert_eq!(operation("/layers?Arn=a&find=Version"), "FindVersion");
    assert_eq!(operation("/layers?Marker=a"), "ListLayers");
}

#[tokio::test]
async fn a_service_that_is_not_there_is_named_in_the_protocol_of_the_request() {
    let target = [("x-amz-target", "AWSStepFunctions.ListStateMachines")];
    let json = send(Method::POST, "/", &target, "{}").await;
    assert_eq!(
        text(&json),
        r#"{"__type":"UnknownOperationException","message":"Landline does not offer the service of AWSStepFunctions.ListStateMachines."}"#
    );
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let xml = send(Method::POST, "/", &form, "Action=DescribeVpcs&Version=1").await;
    let expected = "<Message>Landline does not offer the service of action DescribeVpcs.</Message>";
    assert!(text(&xml).contains(expected), "{}", text(&xml));
    for (name, beginning) in [("route53", "<"), ("iot", "{")] {
        let host = [("host", format!("{name}.us-east-1.amazonaws.com"))];
        let headers = host
            .each_ref()
            .map(|(header, value)| (*header, value.as_str()));
        let answer = send(Method::GET, "/2013-04-01/hostedzone", &headers, "").await;
        let said = format!("Landline does not offer the service {name}.");
        assert!(text(&answer).trim_start().starts_with(beginning), "{name}");
        assert!(text(&answer).contains(&said), "{}", text(&answer));
    }
}

structure! { ExportOutput "ExportOutput" {
    content_type: optional String, "ContentType" as "Content-Type" .at(Location::Header);
    body: optional Bytes, "Body" as "Body" .at(Location::Payload);
} }

#[test]
fn an_output_with_a_type_of_its_own_has_that_or_none() {
    let output = |content_type: Option<&str>| ExportOutput {
        content_type: content_type.map(str::to_owned),
        body: Some(Bytes::from_static(b"text")),
    };
    let shown = |content_type| {
        let response = super::rest::encode(&output(content_type), 200);
        let shown = response.headers().get("content-type").cloned();
        shown.map(|it| it.to_str().unwrap().to_owned())
    };
    assert_eq!(shown(Some("text/plain")).as_deref(), Some("text/plain"));
    assert_eq!(shown(None), None);
}
