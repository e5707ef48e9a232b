//! The stored form: it comes back as it was, and streaming agrees with decoding.

use proptest::prelude::*;

use super::{EncodedItem, encode};
use crate::expression::{Placeholders, Projection};
use crate::value::tests::any_item;
use crate::value::{AttributeValue, Item, item_from_json};

fn item(json: &str) -> Item {
    item_from_json(json.as_bytes()).unwrap_or_else(|error| panic!("{json}: {error}"))
}

fn projection(text: &str) -> Projection {
    Projection::parse(text, &mut Placeholders::none()).unwrap()
}

/// Checks the streamed answer, and that decoding and projecting comes to the same.
fn check(paths: &str, json: &str, answer: &str) {
    let bytes = encode(&item(json));
    let mut streamed = Vec::new();
    EncodedItem::new(&bytes)
        .unwrap()
        .write_projected_json(&projection(paths), &mut streamed)
        .unwrap();
    assert_eq!(
        String::from_utf8(streamed).unwrap(),
        answer,
        "{paths} of {json}"
    );
    assert_eq!(
        projection(paths).project(&item(json)).to_json(),
        answer,
        "{paths} of {json}"
    );
}

#[test]
fn projections_stream_only_what_they_name() {
    let json = r#"{"a":{"S":"x"},"b":{"M":{"c":{"N":"1"},"d":{"L":[{"S":"0"},{"M":{"e":{"S":"1"}}},{"S":"2"}]}}},"z":{"NULL":true}}"#;
    check("a, z", json, r#"{"a":{"S":"x"},"z":{"NULL":true}}"#);
    check("absent", json, "{}");
    check("b.c", json, r#"{"b":{"M":{"c":{"N":"1"}}}}"#);
    check(
        "b.d[2], b.d[0], a",
        json,
        r#"{"a":{"S":"x"},"b":{"M":{"d":{"L":[{"S":"0"},{"S":"2"}]}}}}"#,
    );
    check(
        "b.d[1].e",
        json,
        r#"{"b":{"M":{"d":{"L":[{"M":{"e":{"S":"1"}}}]}}}}"#,
    );
    check(
        "b.d[1].f, b.absent, b.d[9], a.b, z",
        json,
        r#"{"z":{"NULL":true}}"#,
    );
    check("b[0], z[1]", json, "{}");
}

#[test]
fn sizes_are_known_without_decoding() {
    let item = item(r#"{"id":{"S":"abc"},"n":{"N":"-12.5"},"l":{"L":[{"BOOL":true}]}}"#);
    assert_eq!(
        EncodedItem::new(&encode(&item)).unwrap().size(),
        item.size()
    );
}

#[test]
fn single_attributes_are_found() {
    let bytes = encode(&item(r#"{"a":{"N":"1"},"b":{"S":"x"},"d":{"L":[]}}"#));
    let stored = EncodedItem::new(&bytes).unwrap();
    assert_eq!(
        stored.get("b").unwrap(),
        Some(AttributeValue::S("x".to_owned()))
    );
    assert_eq!(stored.get("c").unwrap(), None);
    assert_eq!(stored.get("e").unwrap(), None);
    assert_eq!(
        stored.decode_only(|name| name != "b").unwrap(),
        item(r#"{"a":{"N":"1"},"d":{"L":[]}}"#)
    );
}

#[test]
fn long_numbers_and_names_are_kept() {
    let json = format!(
        r#"{{"{}":{{"N":"1e-130"}},"n":{{"NS":["-1.5e-120","9e125"]}}}}"#,
        "k".repeat(300)
    );
    let item = item(&json);
    assert_eq!(
        EncodedItem::new(&encode(&item)).unwrap().decode().unwrap(),
        item
    );
}

proptest! {
    #[test]
    fn items_come_back_and_stream_alike(item in any_item()) {
        let bytes = encode(&item);
        let stored = EncodedItem::new(&bytes).unwrap();
        prop_assert_eq!(stored.decode().unwrap(), item.clone());
        let mut streamed = Vec::new();
        stored.write_json(&mut streamed).unwrap();
        prop_assert_eq!(String::from_utf8(streamed).unwrap(), item.to_json());
        for paths in ["a, b, c", "a.a, b[0], c.b.a, d[1].a, e", "a[0].b, a[1], b.c"] {
            let projection = projection(paths);
            let mut streamed = Vec::new();
            stored.write_projected_json(&projection, &mut streamed).unwrap();
            prop_assert_eq!(String::from_utf8(streamed).unwrap(), projection.project(&item).to_json());
        }
    }

    #[test]
    fn damage_is_an_error_not_a_panic(item in any_item(), at in any::<prop::sample::Index>(), byte in any::<u8>(), noise in any::<Vec<u8>>()) {
        let mut bytes = encode(&item);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        for bytes in [bytes, noise] {
            if let Ok(stored) = EncodedItem::new(&bytes) {
                let _ = stored.decode();
                let _ = stored.get("a");
                let _ = stored.write_json(&mut Vec::new());
                let _ = stored.write_projected_json(&projection("a.b, b[1], c"), &mut Vec::new());
            }
        }
    }
}
