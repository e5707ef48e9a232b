//! Attribute values: reading, writing, sizes, equality and the sentences of refusal.

use proptest::prelude::*;

use super::{AttributeValue, Item, ValueError, item_from_json, value_from_json};

fn value(json: &str) -> AttributeValue {
    value_from_json(json.as_bytes()).unwrap_or_else(|error| panic!("{json}: {error}"))
}

fn check(json: &str, written: &str) {
    assert_eq!(value(json).to_json(), written, "{json}");
}

fn invalid(json: &str, message: &str) {
    assert_eq!(
        value_from_json(json.as_bytes()),
        Err(ValueError::Validation(message.to_owned())),
        "{json}"
    );
}

fn malformed(json: &str, message: &str) {
    assert_eq!(
        value_from_json(json.as_bytes()),
        Err(ValueError::Serialization(message.to_owned())),
        "{json}"
    );
}

#[test]
fn values_are_written_as_they_were_read() {
    for json in [
        r#"{"S":""}"#,
        r#"{"S":"a\"\\\n\r\t\u0001é"}"#,
        r#"{"N":"12.5"}"#,
        r#"{"B":"AAEC/w=="}"#,
        r#"{"BOOL":false}"#,
        r#"{"NULL":true}"#,
        r#"{"SS":["b","a"]}"#,
        r#"{"NS":["1","-2"]}"#,
        r#"{"BS":["AA==","AQ=="]}"#,
        r#"{"L":[{"S":"x"},{"L":[]}]}"#,
        r#"{"M":{"a":{"N":"1"},"b":{"M":{}}}}"#,
    ] {
        check(json, json);
    }
}

#[test]
fn reading_normalises() {
    check(r#"{"N":"+05.00e1"}"#, r#"{"N":"50"}"#);
    check(r#"{"S":null,"N":"1"}"#, r#"{"N":"1"}"#);
    check(r#"{"X":[1,{}],"BOOL":"Yes"}"#, r#"{"BOOL":true}"#);
}

#[test]
fn wrong_values_are_validation_errors() {
    invalid(
        "{}",
        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
    );
    invalid(
        r#"{"S":"a","N":"1"}"#,
        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
    );
    invalid(
        r#"{"N":"abc"}"#,
        "The parameter cannot be converted to a numeric value: abc",
    );
    invalid(
        r#"{"N":"b","S":"a"}"#,
        "The parameter cannot be converted to a numeric value: b",
    );
    invalid(
        r#"{"SS":[]}"#,
        "One or more parameter values were invalid: An string set  may not be empty",
    );
    invalid(
        r#"{"NS":[]}"#,
        "One or more parameter values were invalid: An number set  may not be empty",
    );
    invalid(
        r#"{"BS":[]}"#,
        "One or more parameter values were invalid: Binary sets should not be empty",
    );
    invalid(
        r#"{"SS":["a","b","a"]}"#,
        "One or more parameter values were invalid: Input collection [a, b, a] contains duplicates.",
    );
    invalid(
        r#"{"NS":["1","1.0"]}"#,
        "Input collection contains duplicates",
    );
    invalid(
        r#"{"BS":["Yg==","Yg=="]}"#,
        "One or more parameter values were invalid: Input collection [Yg==, Yg==]of type BS contains duplicates.",
    );
    invalid(
        r#"{"NULL":false}"#,
        "One or more parameter values were invalid: Null attribute value types must have the value of true",
    );
    invalid(
        r#"{"L":[{"M":{"a":{}}}]}"#,
        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
    );
}

#[test]
fn wrong_forms_are_serialization_errors() {
    malformed(r#"{"S":1}"#, "NUMBER_VALUE cannot be converted to String");
    malformed(
        r#"{"S":1.5}"#,
        "DECIMAL_VALUE cannot be converted to String",
    );
    malformed(r#"{"N":true}"#, "TRUE_VALUE cannot be converted to String");
    malformed(
        r#"{"S":[]}"#,
        "Unrecognized collection type class java.lang.String",
    );
    malformed(
        r#"{"S":{}}"#,
        "Start of structure or map found where not expected",
    );
    malformed(r#"{"BOOL":"abc"}"#, "Unexpected token received from parser");
    malformed(
        r#"{"B":true}"#,
        "only base-64-encoded strings are convertible to bytes",
    );
    malformed(
        r#"{"B":"abc"}"#,
        "Base64 encoded length is expected a multiple of 4 bytes but found: 3",
    );
    malformed(r#"{"SS":"a"}"#, "Unexpected field type");
    malformed(
        r#"{"L":{}}"#,
        "Start of structure or map found where not expected",
    );
    malformed(r#"{"L":["a"]}"#, "Unexpected value type in payload");
    malformed(r#"{"M":"a"}"#, "Unexpected field type");
    malformed(
        "[]",
        "Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue",
    );
    malformed("5", "Unexpected value type in payload");
    // The form of the whole is judged before any value in it.
    malformed(
        r#"{"L":[{},{"S":1}]}"#,
        "NUMBER_VALUE cannot be converted to String",
    );
}

#[test]
fn values_of_the_api_are_checked() {
    use landline_api::dynamodb::AttributeValue as ApiValue;
    let refused = |value: ApiValue| AttributeValue::try_from(value).unwrap_err().to_string();
    assert_eq!(
        refused(ApiValue::L(vec![ApiValue::Unrecognized(vec![])])),
        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"
    );
    let several = |second: &str| {
        let second = ApiValue::N(second.to_owned());
        refused(ApiValue::Unrecognized(vec![
            ApiValue::S("a".to_owned()),
            second,
        ]))
    };
    assert_eq!(
        several("1"),
        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes"
    );
    assert_eq!(
        several("x"),
        "The parameter cannot be converted to a numeric value: x"
    );
    assert_eq!(
        refused(ApiValue::N("x".to_owned())),
        "The parameter cannot be converted to a numeric value: x"
    );
    let mut deep = ApiValue::L(vec![]);
    for _ in 0..40 {
        deep = ApiValue::L(vec![deep]);
    }
    assert_eq!(refused(deep), super::NESTING_MESSAGE);
    let value = value(r#"{"M":{"a":{"NS":["1"]},"b":{"L":[{"NULL":true},{"BOOL":false}]}}}"#);
    assert_eq!(
        AttributeValue::try_from(ApiValue::from(value.clone())),
        Ok(value)
    );
}

#[test]
fn nesting_ends_at_thirty_two_levels() {
    let nested = |depth: usize| {
        format!(
            "{}{}{}",
            r#"{"L":["#.repeat(depth),
            r#"{"S":"x"}"#,
            "]}".repeat(depth)
        )
    };
    assert!(value(&nested(32)).nests_within(32));
    assert!(!value(&nested(32)).nests_within(31));
    invalid(&nested(33), super::NESTING_MESSAGE);
    assert!(value_from_json(nested(60_000).as_bytes()).is_err());
}

#[test]
fn sizes_count_names_and_values() {
    let size = |json: &str| item_from_json(json.as_bytes()).unwrap().size();
    assert_eq!(size("{}"), 0);
    assert_eq!(size(r#"{"ab":{"S":"é"}}"#), 4);
    assert_eq!(size(r#"{"a":{"N":"123"}}"#), 4);
    assert_eq!(size(r#"{"a":{"BOOL":true},"b":{"NULL":true}}"#), 4);
    assert_eq!(size(r#"{"a":{"SS":["ab","c"]}}"#), 4);
    assert_eq!(size(r#"{"a":{"L":[{"S":"xy"}]}}"#), 1 + 3 + 1 + 2);
    assert_eq!(size(r#"{"a":{"M":{"k":{"S":"xy"}}}}"#), 1 + 3 + 1 + 1 + 2);
}

#[test]
fn sets_are_equal_in_any_order() {
    assert_eq!(value(r#"{"SS":["a","b"]}"#), value(r#"{"SS":["b","a"]}"#));
    assert_eq!(value(r#"{"NS":["1.0","2"]}"#), value(r#"{"NS":["2","1"]}"#));
    assert_ne!(
        value(r#"{"L":[{"S":"a"},{"S":"b"}]}"#),
        value(r#"{"L":[{"S":"b"},{"S":"a"}]}"#)
    );
    let long = |range: std::ops::Range<u32>| {
        value(&format!(
            r#"{{"NS":[{}]}}"#,
            range
                .map(|n| format!(r#""{n}""#))
                .collect::<Vec<_>>()
                .join(",")
        ))
    };
    assert_eq!(long(0..50), long(0..50));
    assert_ne!(long(0..50), long(1..51));
}

/// Any valid value, for this and the other engines' property tests.
pub(crate) fn any_value() -> impl Strategy<Value = AttributeValue> {
    let number = (-1_000_000i64..1_000_000, 0u32..6)
        .prop_map(|(digits, shift)| format!("{digits}e-{shift}").parse().unwrap());
    let bytes = proptest::collection::vec(any::<u8>(), 0..12).prop_map(bytes::Bytes::from);
    let leaf = prop_oneof![
        any::<String>().prop_map(AttributeValue::S),
        number.clone().prop_map(AttributeValue::N),
        bytes.clone().prop_map(AttributeValue::B),
        any::<bool>().prop_map(AttributeValue::Bool),
        Just(AttributeValue::Null),
        proptest::collection::btree_set(any::<String>(), 1..4)
            .prop_map(|set| AttributeValue::Ss(set.into_iter().collect())),
        proptest::collection::btree_set(number, 1..4)
            .prop_map(|set| AttributeValue::Ns(set.into_iter().collect())),
        proptest::collection::btree_set(bytes, 1..4)
            .prop_map(|set| AttributeValue::Bs(set.into_iter().collect())),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(AttributeValue::L),
            proptest::collection::btree_map("[a-d]{0,2}", inner, 0..4)
                .prop_map(|map| AttributeValue::M(map.into())),
        ]
    })
}

pub(crate) fn any_item() -> impl Strategy<Value = Item> {
    proptest::collection::btree_map("[a-e]{1,2}|.{0,3}", any_value(), 0..6).prop_map(Item::from)
}

proptest! {
    #[test]
    fn json_round_trips(item in any_item()) {
        prop_assert_eq!(item_from_json(item.to_json().as_bytes()).unwrap(), item);
    }

    #[test]
    fn reading_never_panics(json in any::<Vec<u8>>(), near in r#"[{}\[\]":,SNBLM0-9a-z]{0,40}"#) {
        let _ = item_from_json(&json);
        let _ = value_from_json(near.as_bytes());
    }
}
