//! The legacy parameters, as JSON would bring them.

use std::collections::BTreeMap;

use landline_api::dynamodb::{
    self, AttributeAction, AttributeValueUpdate, ComparisonOperator, ConditionalOperator,
    ExpectedAttributeValue,
};

use super::{attribute_updates, attributes_to_get, expected, filter, key_conditions};
use crate::expression::ExpressionError;
use crate::expression::testing::item;
use crate::key::{KeyAttribute, KeySchema};
use crate::value::AttributeType;

fn values(json: &str) -> Vec<dynamodb::AttributeValue> {
    let list = item(&format!(r#"{{"v":{{"L":[{json}]}}}}"#))
        .remove("v")
        .unwrap()
        .into();
    match list {
        dynamodb::AttributeValue::L(values) => values,
        other => panic!("{other:?}"),
    }
}

fn condition(operator: &str, operands: &str) -> dynamodb::Condition {
    dynamodb::Condition {
        comparison_operator: ComparisonOperator::from(operator),
        attribute_value_list: Some(values(operands)),
    }
}

fn message<T: std::fmt::Debug>(result: Result<T, ExpressionError>) -> String {
    result.unwrap_err().into_message()
}

fn check(operator: &str, operands: &str, attribute: &str, holds: bool) {
    let filter = filter(
        [("a".to_owned(), condition(operator, operands))].into(),
        None,
    )
    .unwrap_or_else(|error| panic!("{operator} {operands}: {error}"));
    let item = item(&if attribute.is_empty() {
        "{}".to_owned()
    } else {
        format!(r#"{{"a":{attribute}}}"#)
    });
    assert_eq!(
        filter.matches(&item),
        holds,
        "{attribute} {operator} {operands}"
    );
}

fn refused(operator: &str, operands: &str, text: &str) {
    assert_eq!(
        message(filter(
            [("a".to_owned(), condition(operator, operands))].into(),
            None
        )),
        text,
        "{operator} {operands}"
    );
}

#[test]
fn operators_compare() {
    let (one, two, three) = (r#"{"N":"1"}"#, r#"{"N":"2"}"#, r#"{"N":"3"}"#);
    check("EQ", two, two, true);
    check("NE", two, two, false);
    check("NE", two, "", true);
    check("LT", two, one, true);
    check("LE", two, two, true);
    check("GT", two, one, false);
    check("GE", two, "", false);
    check("BETWEEN", &format!("{one},{three}"), two, true);
    check("IN", &format!("{one},{three}"), two, false);
    check("NULL", "", "", true);
    check("NOT_NULL", "", "", false);
    check("CONTAINS", two, r#"{"NS":["1","2"]}"#, true);
    check("NOT_CONTAINS", two, r#"{"NS":["1"]}"#, true);
    check("NOT_CONTAINS", two, "", false);
    check("BEGINS_WITH", r#"{"S":"ab"}"#, r#"{"S":"abc"}"#, true);
}

#[test]
fn operands_are_checked() {
    let invalid = "One or more parameter values were invalid: ";
    refused(
        "EQ",
        "",
        &format!("{invalid}Invalid number of argument(s) for the EQ ComparisonOperator"),
    );
    refused(
        "NULL",
        r#"{"S":"a"}"#,
        &format!("{invalid}Invalid number of argument(s) for the NULL ComparisonOperator"),
    );
    refused(
        "IN",
        r#"{"S":"a"},{"N":"1"}"#,
        &format!("{invalid}AttributeValues inside AttributeValueList must be of same type"),
    );
    refused(
        "LT",
        r#"{"SS":["a"]}"#,
        &format!("{invalid}ComparisonOperator LT is not valid for SS AttributeValue type"),
    );
    refused(
        "BEGINS_WITH",
        r#"{"N":"1"}"#,
        &format!("{invalid}ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type"),
    );
    refused(
        "BETWEEN",
        r#"{"N":"2"},{"N":"1"}"#,
        "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound",
    );
}

#[test]
fn tests_are_joined() {
    let both = || {
        BTreeMap::from([
            ("a".to_owned(), condition("NULL", "")),
            ("b".to_owned(), condition("NOT_NULL", "")),
        ])
    };
    assert!(!filter(both(), None).unwrap().matches(&item("{}")));
    assert!(
        filter(both(), Some(&ConditionalOperator::Or))
            .unwrap()
            .matches(&item("{}"))
    );
    assert!(
        filter(BTreeMap::new(), Some(&ConditionalOperator::Or))
            .unwrap()
            .matches(&item("{}"))
    );
}

#[test]
fn expectations_come_in_two_forms() {
    let value = || values(r#"{"S":"x"}"#).pop();
    let of = |expectation: ExpectedAttributeValue| {
        expected([("a".to_owned(), expectation)].into(), None)
    };
    let plain = of(ExpectedAttributeValue {
        value: value(),
        ..Default::default()
    })
    .unwrap();
    assert!(plain.matches(&item(r#"{"a":{"S":"x"}}"#)) && !plain.matches(&item("{}")));
    let absent = of(ExpectedAttributeValue {
        exists: Some(false),
        ..Default::default()
    })
    .unwrap();
    assert!(absent.matches(&item("{}")) && !absent.matches(&item(r#"{"a":{"S":"x"}}"#)));
    let compared = ExpectedAttributeValue {
        value: value(),
        comparison_operator: Some(ComparisonOperator::Ne),
        ..Default::default()
    };
    assert!(
        !of(compared.clone())
            .unwrap()
            .matches(&item(r#"{"a":{"S":"x"}}"#))
    );

    let invalid =
        |text: &str| format!("One or more parameter values were invalid: {text} for Attribute: a");
    assert_eq!(
        message(of(ExpectedAttributeValue::default())),
        invalid("Value must be provided when Exists is null")
    );
    assert_eq!(
        message(of(ExpectedAttributeValue {
            value: value(),
            exists: Some(false),
            ..Default::default()
        })),
        invalid("Value cannot be used when Exists is false")
    );
    assert_eq!(
        message(of(ExpectedAttributeValue {
            exists: Some(true),
            ..compared.clone()
        })),
        invalid("Exists and ComparisonOperator cannot be used together")
    );
    assert_eq!(
        message(of(ExpectedAttributeValue {
            attribute_value_list: Some(vec![]),
            ..compared.clone()
        })),
        invalid("Value and AttributeValueList cannot be used together")
    );
    assert_eq!(
        message(of(ExpectedAttributeValue {
            value: None,
            ..compared
        })),
        invalid("Value or AttributeValueList must be used with ComparisonOperator: NE")
    );
    assert_eq!(
        message(of(ExpectedAttributeValue {
            attribute_value_list: Some(vec![]),
            ..Default::default()
        })),
        invalid("AttributeValueList can only be used with a ComparisonOperator")
    );
}

#[test]
fn key_conditions_bind_like_expressions() {
    let key = |name: &str| KeyAttribute {
        name: name.to_owned(),
        kind: AttributeType::S,
    };
    let schema = KeySchema {
        hash: vec![key("a")],
        sort: vec![key("b")],
    };
    let bind = |conditions: &[(&str, dynamodb::Condition)]| {
        let conditions = conditions
            .iter()
            .map(|(name, condition)| ((*name).to_owned(), condition.clone()))
            .collect();
        let conditions = key_conditions(conditions)?;
        conditions.check(2)?;
        conditions.bind(&schema)
    };
    let equal = condition("EQ", r#"{"S":"x"}"#);
    assert!(
        bind(&[
            ("a", equal.clone()),
            ("b", condition("BEGINS_WITH", r#"{"S":"y"}"#))
        ])
        .is_ok()
    );
    assert_eq!(
        message(bind(&[])),
        "Conditions can be of length 1 or 2 only"
    );
    assert_eq!(
        message(bind(&[
            ("a", equal.clone()),
            ("b", condition("NE", r#"{"S":"y"}"#))
        ])),
        "Attempted conditional constraint is not an indexable operation"
    );
    assert_eq!(
        message(bind(&[("b", equal)])),
        "Query condition missed key schema element: a"
    );
}

#[test]
fn updates_act_on_attributes() {
    let update = |action: &str, value: &str| {
        let value = (!value.is_empty()).then(|| values(value).remove(0));
        attribute_updates(
            [(
                "a".to_owned(),
                AttributeValueUpdate {
                    action: Some(AttributeAction::from(action)),
                    value,
                },
            )]
            .into(),
        )
    };
    let apply = |action: &str, value: &str, before: &str| {
        let mut item = item(before);
        update(action, value)?
            .apply(&mut item)
            .map(|()| item.to_json())
    };
    assert_eq!(
        apply("PUT", r#"{"S":"x"}"#, "{}").unwrap(),
        r#"{"a":{"S":"x"}}"#
    );
    assert_eq!(
        apply("ADD", r#"{"N":"2"}"#, r#"{"a":{"N":"1"}}"#).unwrap(),
        r#"{"a":{"N":"3"}}"#
    );
    assert_eq!(
        apply("ADD", r#"{"L":[{"S":"y"}]}"#, r#"{"a":{"L":[{"S":"x"}]}}"#).unwrap(),
        r#"{"a":{"L":[{"S":"x"},{"S":"y"}]}}"#
    );
    assert_eq!(apply("DELETE", "", r#"{"a":{"N":"1"}}"#).unwrap(), "{}");
    assert_eq!(
        apply("DELETE", r#"{"SS":["x"]}"#, r#"{"a":{"SS":["x","y"]}}"#).unwrap(),
        r#"{"a":{"SS":["y"]}}"#
    );
    assert_eq!(
        message(apply("ADD", r#"{"N":"2"}"#, r#"{"a":{"S":"1"}}"#)),
        "Type mismatch for attribute to update"
    );
    let invalid = "One or more parameter values were invalid: ";
    assert_eq!(
        message(update("PUT", "")),
        format!("{invalid}Only DELETE action is allowed when no attribute value is specified")
    );
    assert_eq!(
        message(update("ADD", r#"{"S":"x"}"#)),
        format!("{invalid}ADD action is not supported for the type S")
    );
    assert_eq!(
        message(update("DELETE", r#"{"N":"1"}"#)),
        format!("{invalid}DELETE action with value is not supported for the type N")
    );
}

#[test]
fn attributes_are_asked_for_once() {
    let names = |names: &[&str]| {
        attributes_to_get(
            &names
                .iter()
                .map(|name| (*name).to_owned())
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(
        names(&["a", "b.c"])
            .unwrap()
            .project(&item(r#"{"a":{"N":"1"},"b.c":{"N":"2"},"d":{"N":"3"}}"#))
            .to_json(),
        r#"{"a":{"N":"1"},"b.c":{"N":"2"}}"#
    );
    assert_eq!(
        message(names(&["a", "b", "a"])),
        "One or more parameter values were invalid: Duplicate value in attribute name: a"
    );
}
