//! Structures as the generated code declares them, through decode and encode.
#![expect(unreachable_pub, reason = "the macros declare public items")]

use std::collections::BTreeMap;

use bytes::Bytes;

use super::{Decode as _, Decoder, Encoded, Naming, Node};
use crate::protocol::json::to_vec;
use crate::{string_enum, structure, union};

string_enum! { Colour { Red = "RED", DeepBlue = "DEEP_BLUE", } }

structure! { Paint "Paint" {
    name: required String, "Name" as "name" .length(1, 5);
    colour: optional Colour, "Colour" as "colour" .one_of(Colour::VALUES);
    layers: optional i32, "Layers" as "layers" .range(1, 3);
    tags: optional BTreeMap<String, String>, "Tags" as "tags";
    mixed: optional Vec<Paint>, "Mixed" as "mixed";
    sample: optional Bytes, "Sample" as "sample";
} }

union! { Value "Value" { S(String) = "S"; L(Vec<Value>) = "L"; } }

fn read(json: &str) -> (Paint, Vec<String>) {
    let mut decoder = Decoder::new(Naming::Wire);
    let node = Node::from_json(json.as_bytes()).unwrap();
    let paint = Paint::decode(node, &mut decoder).unwrap();
    (
        paint,
        decoder
            .violations()
            .iter()
            .map(|v| format!("{v:?}"))
            .collect(),
    )
}

#[test]
fn what_is_written_is_read_back() {
    let json = r#"{"name":"wall","colour":"DEEP_BLUE","layers":2,"tags":{"a":"b"},"mixed":[{"name":"x"}],"sample":"aGk="}"#;
    let (paint, violations) = read(json);
    assert_eq!(violations, [""; 0]);
    assert_eq!(paint.colour, Some(Colour::DeepBlue));
    assert_eq!(paint.sample.as_deref(), Some(&b"hi"[..]));
    assert_eq!(
        String::from_utf8(to_vec(&paint, Naming::Wire)).unwrap(),
        json
    );
}

#[test]
fn an_sdk_name_is_used_where_tests_compare() {
    let paint = Paint {
        name: "wall".into(),
        layers: Some(1),
        ..Paint::default()
    };
    let json = String::from_utf8(to_vec(&paint, Naming::Sdk)).unwrap();
    assert_eq!(json, r#"{"Name":"wall","Layers":1}"#);
}

#[test]
fn state_machines_write_members_with_capitals_and_bytes_as_text() {
    let json = r#"{"Name":"wall","Tags":{"a":"b"},"Mixed":[{"Name":"x"}],"Sample":"hi"}"#;
    let mut decoder = Decoder::new(Naming::Capital);
    let node = Node::from_json(json.as_bytes()).unwrap();
    let paint = Paint::decode(node, &mut decoder).unwrap();
    assert_eq!(paint.sample.as_deref(), Some(&b"hi"[..]));
    let written = String::from_utf8(to_vec(&paint, Naming::Capital)).unwrap();
    assert_eq!(written, json);
}

#[test]
fn all_broken_constraints_are_collected() {
    let (_, violations) = read(r#"{"colour":"GREEN","layers":9,"mixed":[{"name":"too long"}]}"#);
    assert_eq!(violations.len(), 4, "{violations:#?}");
    assert!(violations.iter().any(|v| v.contains("mixed.1.member.name")));
    assert!(
        violations
            .iter()
            .any(|v| v.contains("Member must not be null"))
    );
}

#[test]
fn a_value_that_the_model_does_not_list_is_kept() {
    let (paint, _) = read(r#"{"name":"wall","colour":"GREEN"}"#);
    assert_eq!(paint.colour, Some(Colour::Unrecognized("GREEN".into())));
}

#[test]
fn of_duplicate_members_the_last_one_counts() {
    let (paint, _) = read(r#"{"name":"one","name":"two"}"#);
    assert_eq!(paint.name, "two");
}

#[test]
fn a_type_that_does_not_fit_says_where_and_what() {
    let mut decoder = Decoder::new(Naming::Wire);
    let node = Node::from_json(br#"{"name":"x","mixed":[{"layers":"two"}]}"#).unwrap();
    let error = Paint::decode(node, &mut decoder).unwrap_err();
    assert_eq!(error.path, "mixed.1.member.layers");
    assert_eq!(error.message, "STRING_VALUE cannot be converted to Integer");
}

#[test]
fn a_union_takes_exactly_one_member() {
    let decode = |json: &'static str| {
        Value::decode(
            Node::from_json(json.as_bytes()).unwrap(),
            &mut Decoder::new(Naming::Wire),
        )
    };
    assert_eq!(
        decode(r#"{"L":[{"S":"x"}]}"#),
        Ok(Value::L(vec![Value::S("x".into())]))
    );
    // What is wrong with it is the service's to say, when it comes to it.
    let refused = |json| match decode(json) {
        Ok(Value::Unrecognized(set)) => set.len(),
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(r#"{"S":"x","L":[]}"#), 2);
    assert_eq!(refused("{}"), 0);
    assert_eq!(refused(r#"{"X":1}"#), 0);
    assert!(decode("[]").is_err());
}

#[test]
fn nesting_beyond_the_limit_is_refused_not_fatal() {
    let deep = format!("{}{}", r#"{"L":["#.repeat(60), "]}".repeat(60));
    let deeper = format!("{}{}", r#"{"L":["#.repeat(5000), "]}".repeat(5000));
    let decode = |json: &str| {
        let node = Node::from_json(json.as_bytes()).map_err(|e| e.to_string())?;
        Value::decode(node, &mut Decoder::new(Naming::Wire)).map_err(|e| e.to_string())
    };
    assert!(decode(&deep).is_ok());
    assert!(decode(&deeper).is_err());
}

#[test]
fn a_fragment_that_is_json_already_is_spliced_in() {
    let encoded: Encoded<Vec<Value>> = Encoded::Json(Bytes::from_static(br#"[{"S":"x"}]"#));
    assert_eq!(to_vec(&encoded, Naming::Wire), br#"[{"S":"x"}]"#);
    assert_eq!(encoded.into_value(), Ok(vec![Value::S("x".into())]));
}
