//! Key conditions: the rows they come down to, and what no Query can be asked.

use std::collections::BTreeMap;

use landline_api::dynamodb;
use proptest::prelude::*;

use super::{BoundKeyCondition, KeyCondition, KeyRange};
use crate::expression::Placeholders;
use crate::expression::testing::placeholders;
use crate::key::{KeyAttribute, KeySchema, encode_partition, encode_scalar};
use crate::value::{AttributeType, AttributeValue};

fn schema(sort: Option<AttributeType>) -> KeySchema {
    let key = |name: &str, kind| KeyAttribute {
        name: name.to_owned(),
        kind,
    };
    KeySchema {
        hash: vec![key("a", AttributeType::S)],
        sort: Vec::from_iter(sort.map(|kind| key("b", kind))),
    }
}

fn bind(text: &str, schema: &KeySchema) -> Result<BoundKeyCondition, String> {
    KeyCondition::parse(text, &mut placeholders())
        .and_then(|condition| {
            condition.check(schema.attributes().count())?;
            condition.bind(schema)
        })
        .map_err(super::super::ExpressionError::into_message)
}

/// Which sort keys from 0 to 12 the condition reads.
fn check(text: &str, expected: &[i64]) {
    let bound = bind(text, &schema(Some(AttributeType::N)))
        .unwrap_or_else(|error| panic!("{text}: {error}"));
    let read: Vec<i64> = (0..=12)
        .filter(|sort| {
            reads(
                &bound,
                &AttributeValue::N(sort.to_string().parse().unwrap()),
            )
        })
        .collect();
    assert_eq!(read, expected, "{text}");
}

fn reads(bound: &BoundKeyCondition, sort: &AttributeValue) -> bool {
    let mut key = b"table".to_vec();
    encode_partition(&bound.hash, &mut key);
    encode_scalar(sort, &mut key);
    key.extend(b"base table key");
    let KeyRange { start, end } = bound.range(b"table");
    let read = key >= start && key < end;
    assert_eq!(
        read,
        bound.sort.iter().all(|condition| condition.matches(sort))
    );
    read
}

fn refused(text: &str, message: &str) {
    assert_eq!(
        bind(text, &schema(Some(AttributeType::S))).map(drop),
        Err(message.to_owned()),
        "{text}"
    );
}

#[test]
fn conditions_come_down_to_ranges() {
    check("a = :s", &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    check("a = :s AND b = :n5", &[5]);
    check("a = :s AND b < :n2", &[0, 1]);
    check("a = :s AND b <= :n2", &[0, 1, 2]);
    check("a = :s AND b > :n10", &[11, 12]);
    check("b >= :n10 AND a = :s", &[10, 11, 12]);
    check("(a = :s) AND (b BETWEEN :n2 AND :n5)", &[2, 3, 4, 5]);
    check(":s = a AND :n2 > b", &[0, 1]);
    check("#a = :s and #b between :n10 and :n10", &[10]);
}

#[test]
fn prefixes_are_ranges_too() {
    let bound = bind(
        "a = :s AND begins_with(b, :te)",
        &schema(Some(AttributeType::S)),
    )
    .unwrap();
    for (sort, read) in [
        ("te", true),
        ("text", true),
        ("te\0", true),
        ("t", false),
        ("tf", false),
        ("td\u{10ffff}", false),
    ] {
        assert_eq!(
            reads(&bound, &AttributeValue::S(sort.to_owned())),
            read,
            "{sort:?}"
        );
    }
}

#[test]
fn other_operators_are_refused() {
    refused(
        "a = :s OR b = :s",
        "Invalid operator used in KeyConditionExpression: OR",
    );
    refused(
        "NOT a = :s",
        "Invalid operator used in KeyConditionExpression: NOT",
    );
    refused(
        "a = :s AND b IN (:s)",
        "Invalid operator used in KeyConditionExpression: IN",
    );
    refused(
        "a <> :s",
        "Invalid operator used in KeyConditionExpression: <>",
    );
    refused(
        "contains(a, :s)",
        "Invalid operator used in KeyConditionExpression: contains",
    );
    refused(
        "attribute_exists(a)",
        "Invalid operator used in KeyConditionExpression: attribute_exists",
    );
    refused(
        "a = :s AND size(b) = :n1",
        "KeyConditionExpressions cannot contain nested operations",
    );
    refused(
        "a.b = :s",
        "KeyConditionExpressions cannot have conditions on nested attributes",
    );
    refused(
        "a = :s AND b = :s AND c = :s",
        "Conditions can be of length 1 or 2 only",
    );
    refused(
        "a.b = c.d",
        "KeyConditionExpressions cannot have conditions on nested attributes",
    );
    refused(
        "a = b",
        "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition",
    );
    refused(
        ":s = :te",
        "Invalid condition in KeyConditionExpression: No key attribute specified",
    );
    refused(
        "a = :s AND a = :te",
        "KeyConditionExpressions must only contain one condition per key",
    );
    refused(
        "a = :s AND begins_with(:s, b)",
        "Invalid condition in KeyConditionExpression: begins_with operator must have the key attribute as its first operand",
    );
    refused(
        "a = ",
        r#"Invalid KeyConditionExpression: Syntax error; token: "<EOF>", near: "=""#,
    );
}

#[test]
fn conditions_must_fit_the_keys() {
    refused("b = :s", "Query condition missed key schema element: a");
    refused(
        "a = :s AND c = :s",
        "Query condition missed key schema element: b",
    );
    refused("a > :s", "Query key condition not supported");
    refused(
        "a = :n1",
        "One or more parameter values were invalid: Condition parameter type does not match schema type",
    );
    refused(
        "a = :s AND b = :n1",
        "One or more parameter values were invalid: Condition parameter type does not match schema type",
    );
    refused(
        "a = :empty",
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: a",
    );
    assert_eq!(
        bind("a = :s AND b = :s", &schema(None)).unwrap_err(),
        "Query key condition not supported"
    );
}

proptest! {
    #[test]
    fn ranges_agree_with_comparison(low in "[\0\u{1}ab\u{ff}]{1,4}", high in "[\0\u{1}ab\u{ff}]{1,4}", tried in "[\0\u{1}ab\u{ff}]{0,5}") {
        for text in ["b = :low", "b < :low", "b <= :low", "b > :low", "b >= :low", "begins_with(b, :low)", "b BETWEEN :low AND :high"] {
            let text = format!("a = :high AND {text}");
            let values: BTreeMap<String, dynamodb::AttributeValue> =
                [(":low", &low), (":high", &high)].map(|(key, value)| (key.to_owned(), dynamodb::AttributeValue::S(value.clone()))).into();
            let mut placeholders = Placeholders::new(None, Some(values)).unwrap();
            let Ok(condition) = KeyCondition::parse(&text, &mut placeholders) else { continue };
            let bound = condition.bind(&schema(Some(AttributeType::S))).unwrap();
            reads(&bound, &AttributeValue::S(tried.clone()));
        }
    }
}
