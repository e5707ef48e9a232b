//! The examples of RFC 8949, appendix A; structures there and back; requests and answers of the protocol.
#![expect(unreachable_pub, reason = "the macros declare public items")]

use std::collections::BTreeMap;

use bytes::Bytes;
use http::Method;

use super::{CborEncoder, Malformed, names, parse};
use crate::protocol::{Request, Response, error, serve};
use crate::shape::{Decode as _, Decoder, Encode as _, Naming, Node};
use crate::{Caller, Dispatcher, DispatcherBuilder, Protocol, Timestamp, service, structure};

structure! { Reading "Reading" {
    at: optional Timestamp, "At" as "At";
    count: optional i64, "Count" as "Count";
    values: optional Vec<f64>, "Values" as "Values";
    is_open: optional bool, "IsOpen" as "IsOpen";
    sample: optional Bytes, "Sample" as "Sample";
    tags: optional BTreeMap<String, String>, "Tags" as "Tags";
    parts: optional Vec<Reading>, "Parts" as "Parts";
} }
structure! { TellInput "TellInput" { name: required String, "Name" as "Name" .length(1, 5); } }

mod weather {
    use super::{Protocol, Reading, TellInput, service};
    use crate::shape::Unit;
    service! { weather signed "weather" speaks Protocol::Json { content_version: "1.0", target_prefix: "Weather_1" }, validates "ValidationError";
        errors { NoWeatherException "NoWeather" 404 "Message", }
        query_codes {}
        operations {
            POST "/" => Read(TellInput) -> 200 Reading;
            POST "/" => Forget(TellInput) -> 200 Unit;
        }
    }
}

fn bytes(hexadecimal: &str) -> Bytes {
    let digits = |at: usize| u8::from_str_radix(&hexadecimal[at..at + 2], 16).unwrap();
    (0..hexadecimal.len()).step_by(2).map(digits).collect()
}

fn text(text: &str) -> Node<'_> {
    Node::String(text.into())
}

#[test]
fn the_examples_of_the_rfc_are_read() {
    use Node::{Bool, Float, Integer, List, Map, Null};
    let map = |entries: &[(&'static str, i64)]| {
        let entries = entries.iter();
        Map(entries
            .map(|(key, value)| ((*key).into(), Integer(*value)))
            .collect())
    };
    for (hexadecimal, expected) in [
        ("00", Integer(0)),
        ("17", Integer(23)),
        ("1818", Integer(24)),
        ("1903e8", Integer(1000)),
        ("1a000f4240", Integer(1_000_000)),
        ("1b000000e8d4a51000", Integer(1_000_000_000_000)),
        ("1bffffffffffffffff", Float(18_446_744_073_709_551_615.0)),
        ("20", Integer(-1)),
        ("3903e7", Integer(-1000)),
        ("3bffffffffffffffff", Float(-18_446_744_073_709_551_616.0)),
        ("f90000", Float(0.0)),
        ("f93c00", Float(1.0)),
        ("f93e00", Float(1.5)),
        ("f97bff", Float(65504.0)),
        ("f90001", Float(5.960_464_477_539_063e-8)),
        ("f9c400", Float(-4.0)),
        ("f97c00", Float(f64::INFINITY)),
        ("fa47c35000", Float(100_000.0)),
        ("fb3ff199999999999a", Float(1.1)),
        ("fbc010666666666666", Float(-4.1)),
        ("f4", Bool(false)),
        ("f5", Bool(true)),
        ("f6", Null),
        ("f7", Null),
        ("c11a514b67b0", Integer(1_363_896_240)),
        ("c1fb41d452d9ec200000", Float(1_363_896_240.5)),
        ("4401020304", Node::Bytes(bytes("01020304"))),
        ("6449455446", text("IETF")),
        ("62c3bc", text("ü")),
        ("83010203", List(vec![Integer(1), Integer(2), Integer(3)])),
        ("a0", Map(Vec::new())),
        ("a26161016162820203", {
            let list = List(vec![Integer(2), Integer(3)]);
            Map(vec![("a".into(), Integer(1)), ("b".into(), list)])
        }),
        ("5f42010243030405ff", Node::Bytes(bytes("0102030405"))),
        ("7f657374726561646d696e67ff", text("streaming")),
        ("9fff", List(Vec::new())),
        ("bf6346756ef563416d7421ff", {
            Map(vec![
                ("Fun".into(), Bool(true)),
                ("Amt".into(), Integer(-2)),
            ])
        }),
        (
            "a56161016162026163036164046165 05".replace(' ', "").leak(),
            { map(&[("a", 1), ("b", 2), ("c", 3), ("d", 4), ("e", 5)]) },
        ),
    ] {
        assert_eq!(parse(&bytes(hexadecimal)), Ok(expected), "{hexadecimal}");
    }
    let Ok(Float(nan)) = parse(&bytes("f97e00")) else {
        panic!("a number");
    };
    assert!(nan.is_nan());
}

#[test]
fn what_is_no_cbor_is_refused() {
    for (hexadecimal, why) in [
        ("", Malformed::Cut),
        ("19", Malformed::Cut),
        ("62c3", Malformed::Cut),
        ("5bffffffffffffffff00", Malformed::Cut),
        ("9bffffffffffffffff", Malformed::Cut),
        ("9f00", Malformed::Cut),
        ("ff", Malformed::Unexpected(0xff)),
        ("1c", Malformed::Unexpected(0x1c)),
        ("a10001", Malformed::Unexpected(0x00)),
        ("7f4101ff", Malformed::Unexpected(0x41)),
        ("f8ff", Malformed::Unexpected(0xf8)),
        ("61ff", Malformed::NoText),
        ("0000", Malformed::Behind),
    ] {
        assert_eq!(parse(&bytes(hexadecimal)), Err(why), "{hexadecimal}");
    }
    for container in [0x81, 0x9f, 0xc1] {
        let nested = Bytes::from(vec![container; 100_000]);
        assert_eq!(parse(&nested), Err(Malformed::Deep));
    }
}

#[test]
fn what_is_written_is_read_back() {
    let reading = Reading {
        at: Some(Timestamp::from_millis(1_801_646_100_250)),
        count: Some(-70_000),
        values: Some(vec![0.5, -3.0, 1e300]),
        is_open: Some(true),
        sample: Some(Bytes::from(vec![0xff; 300])),
        tags: Some([("a".to_owned(), "ü".repeat(40))].into()),
        parts: Some(vec![Reading::default()]),
    };
    let mut encoder = CborEncoder::default();
    reading.encode(&mut encoder);
    let written = encoder.into_bytes();
    let mut decoder = Decoder::new(Naming::Wire);
    let read = Reading::decode(parse(&written).unwrap(), &mut decoder).unwrap();
    assert_eq!(read, reading);
}

#[test]
fn a_path_names_service_and_operation() {
    for path in ["/service/S/operation/O", "/prefix/service/S/operation/O"] {
        assert_eq!(names(path), Some(("S", "O")));
    }
    for path in [
        "/",
        "/service/S",
        "/service/S/operation/O/",
        "/services/S/operation/O",
    ] {
        assert_eq!(
            names(path).filter(|(_, name)| !name.is_empty()),
            None,
            "{path}"
        );
    }
}

fn dispatcher() -> Dispatcher {
    let mut builder = DispatcherBuilder::new();
    builder.register_fn::<weather::Read, _>(|input, _| match input.name.as_str() {
        "none" => Err(weather::errors::NoWeatherException.with("there is none")),
        _ => Ok(Reading {
            count: Some(7),
            ..Reading::default()
        }),
    });
    builder.register_fn::<weather::Forget, _>(|_, _| Ok(crate::shape::Unit {}));
    builder.seal()
}

fn request(operation: &str, body: &str) -> Request {
    let mut request = Request::new(bytes(body));
    *request.method_mut() = Method::POST;
    *request.uri_mut() = format!("/service/Weather_1/operation/{operation}")
        .parse()
        .unwrap();
    let headers = request.headers_mut();
    headers.insert("smithy-protocol", "rpc-v2-cbor".parse().unwrap());
    headers.insert("content-type", "application/cbor".parse().unwrap());
    request
}

async fn call(operation: &str, body: &str) -> Response {
    let caller = Caller::root("123456789012", "eu-west-1");
    serve(
        &dispatcher(),
        request(operation, body),
        Some("weather"),
        &caller,
    )
    .await
}

/// The members of an answer that is a map of texts and numbers.
fn members(response: &Response) -> Vec<(String, String)> {
    let Ok(Node::Map(members)) = parse(response.body()) else {
        panic!("{:?} is no map", response.body());
    };
    let text = |node: Node<'_>| match node {
        Node::String(text) => text.into_owned(),
        other => format!("{other:?}"),
    };
    members
        .into_iter()
        .map(|(name, node)| (name.into_owned(), text(node)))
        .collect()
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

#[tokio::test]
async fn an_operation_is_called_and_answers_in_cbor() {
    // {"Name": "rain"}
    let answer = call("Read", "bf644e616d65647261696eff").await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["smithy-protocol"], "rpc-v2-cbor");
    assert_eq!(answer.headers()["content-type"], "application/cbor");
    assert_eq!(members(&answer), [pair("Count", "Integer(7)")]);
    let silent = call("Forget", "bf644e616d65647261696eff").await;
    assert_eq!(silent.status(), 200);
    assert_eq!(silent.headers()["smithy-protocol"], "rpc-v2-cbor");
    assert!(silent.body().is_empty() && !silent.headers().contains_key("content-type"));
}

#[tokio::test]
async fn an_error_has_the_name_of_its_shape_and_its_old_code_in_a_header() {
    // {"Name": "none"}
    let answer = call("Read", "bf644e616d65646e6f6e65ff").await;
    assert_eq!(answer.status(), 404);
    assert_eq!(answer.headers()["smithy-protocol"], "rpc-v2-cbor");
    assert_eq!(answer.headers()["x-amzn-query-error"], "NoWeather;Sender");
    let told = [
        pair("__type", "NoWeatherException"),
        pair("Message", "there is none"),
    ];
    assert_eq!(members(&answer), told);
}

#[tokio::test]
async fn what_cannot_be_read_or_is_not_there_is_refused_in_cbor() {
    for (operation, body, status, name) in [
        ("Read", "a1", 400, "SerializationException"),
        ("Read", "", 400, "ValidationError"),
        ("Write", "a0", 404, "UnknownOperationException"),
    ] {
        let answer = call(operation, body).await;
        assert_eq!(answer.status(), status);
        assert_eq!(members(&answer)[0], pair("__type", name));
    }
    let refusal = crate::ServiceError::new("AccessDenied", 403, "no");
    let answer = error::render_to(&request("Read", ""), &weather::SERVICE, &refusal, "id");
    assert_eq!(members(&answer)[0], pair("__type", "AccessDenied"));
}
