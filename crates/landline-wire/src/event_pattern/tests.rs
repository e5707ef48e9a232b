//! The filter language, by pattern and record.

use serde_json::{Value, json};

use super::Pattern;

#[track_caller]
fn check(pattern: &Value, record: &Value, expected: bool) {
    let parsed = Pattern::parse(&pattern.to_string()).unwrap();
    assert_eq!(parsed.matches(record), expected, "{pattern} on {record}");
}

#[test]
fn an_empty_pattern_matches_everything() {
    check(&json!({}), &json!({ "a": 1 }), true);
}

#[test]
fn every_member_must_match_and_one_condition_of_each() {
    let pattern = json!({ "eventName": ["INSERT", "MODIFY"], "region": ["here"] });
    check(
        &pattern,
        &json!({ "eventName": "MODIFY", "region": "here" }),
        true,
    );
    check(
        &pattern,
        &json!({ "eventName": "REMOVE", "region": "here" }),
        false,
    );
    check(&pattern, &json!({ "eventName": "INSERT" }), false);
}

#[test]
fn a_pattern_looks_into_objects_and_lists() {
    let pattern = json!({ "dynamodb": { "NewImage": { "kind": { "S": ["chat"] } } } });
    let record = |kind: &str| json!({ "dynamodb": { "NewImage": { "kind": { "S": kind } } } });
    check(&pattern, &record("chat"), true);
    check(&pattern, &record("else"), false);
    check(&pattern, &json!({ "dynamodb": 1 }), false);
    let pattern = json!({ "a": { "b": [1], "c": [2] } });
    check(&pattern, &json!({ "a": [{ "b": 1, "c": 2 }] }), true);
    // The same element must match.
    check(&pattern, &json!({ "a": [{ "b": 1 }, { "c": 2 }] }), false);
}

#[test]
fn a_value_equals_by_type_and_number() {
    check(&json!({ "a": [5] }), &json!({ "a": 5.0 }), true);
    check(&json!({ "a": [5] }), &json!({ "a": "5" }), false);
    check(&json!({ "a": [null] }), &json!({ "a": null }), true);
    check(&json!({ "a": [null] }), &json!({}), false);
    check(&json!({ "a": [""] }), &json!({ "a": "" }), true);
    check(&json!({ "a": [true] }), &json!({ "a": true }), true);
    check(&json!({ "a": ["x"] }), &json!({ "a": ["y", "x"] }), true);
}

#[test]
fn text_is_compared_by_its_ends_and_without_case() {
    check(
        &json!({ "a": [{ "prefix": "ab" }] }),
        &json!({ "a": "abc" }),
        true,
    );
    check(
        &json!({ "a": [{ "prefix": "bc" }] }),
        &json!({ "a": "abc" }),
        false,
    );
    check(
        &json!({ "a": [{ "suffix": "bc" }] }),
        &json!({ "a": "abc" }),
        true,
    );
    check(
        &json!({ "a": [{ "suffix": "bc" }] }),
        &json!({ "a": 5 }),
        false,
    );
    let ignored = json!({ "a": [{ "prefix": { "equals-ignore-case": "AB" } }] });
    check(&ignored, &json!({ "a": "abc" }), true);
    let equal = json!({ "a": [{ "equals-ignore-case": "Chat" }] });
    check(&equal, &json!({ "a": "cHAT" }), true);
    check(&equal, &json!({ "a": "chats" }), false);
}

#[test]
fn anything_but_needs_a_value() {
    let pattern = json!({ "a": [{ "anything-but": ["x", 5] }] });
    check(&pattern, &json!({ "a": "y" }), true);
    check(&pattern, &json!({ "a": "x" }), false);
    check(&pattern, &json!({ "a": 5 }), false);
    check(&pattern, &json!({}), false);
    let pattern = json!({ "a": [{ "anything-but": { "prefix": "x" } }] });
    check(&pattern, &json!({ "a": "xy" }), false);
    check(&pattern, &json!({ "a": "yx" }), true);
}

#[test]
fn a_wildcard_stands_for_any_text_and_a_backslash_takes_that_away() {
    let matches = |pattern: &str, text: &str, expected| {
        check(
            &json!({ "a": [{ "wildcard": pattern }] }),
            &json!({ "a": text }),
            expected,
        );
    };
    matches("dir/*/file.txt", "dir/a/b/file.txt", true);
    matches("dir/*/file.txt", "dir/file.txt", false);
    matches("*.png", "cat.png", true);
    matches("a*b*c", "aXbYc", true);
    matches("a*b*c", "acb", false);
    matches("ab*ba", "aba", false);
    matches(r"a\*b", "a*b", true);
    matches(r"a\*b", "aXb", false);
    let but = json!({ "a": [{ "anything-but": { "wildcard": ["*.png", "*.gif"] } }] });
    check(&but, &json!({ "a": "x.gif" }), false);
    check(&but, &json!({ "a": "x.txt" }), true);
}

#[test]
fn an_address_is_in_its_range() {
    let pattern = json!({ "ip": [{ "cidr": "10.0.0.0/24" }] });
    check(&pattern, &json!({ "ip": "10.0.0.255" }), true);
    check(&pattern, &json!({ "ip": "10.0.1.0" }), false);
    check(&pattern, &json!({ "ip": "nowhere" }), false);
}

#[test]
fn numbers_are_compared_with_one_bound_or_two() {
    let range = json!({ "a": [{ "numeric": [">", 0, "<=", 5] }] });
    check(&range, &json!({ "a": 5 }), true);
    check(&range, &json!({ "a": 0 }), false);
    check(&range, &json!({ "a": "3" }), false);
    check(
        &json!({ "a": [{ "numeric": ["=", 2] }] }),
        &json!({ "a": 2.0 }),
        true,
    );
}

#[test]
fn existence_is_of_values_and_not_of_paths() {
    let exists = json!({ "a": [{ "exists": true }] });
    check(&exists, &json!({ "a": 1 }), true);
    check(&exists, &json!({}), false);
    check(&exists, &json!({ "a": { "b": 1 } }), false);
    let absent = json!({ "a": { "b": [{ "exists": false }] } });
    check(&absent, &json!({}), true);
    check(&absent, &json!({ "a": {} }), true);
    check(&absent, &json!({ "a": { "b": 1 } }), false);
}

#[test]
fn or_joins_members_of_an_object() {
    let pattern = json!({ "k": ["v"], "$or": [{ "a": [1] }, { "b": { "c": [2] } }] });
    check(&pattern, &json!({ "k": "v", "a": 1 }), true);
    check(&pattern, &json!({ "k": "v", "b": { "c": 2 } }), true);
    check(&pattern, &json!({ "k": "v" }), false);
    check(&pattern, &json!({ "a": 1 }), false);
}

#[test]
fn what_is_no_pattern_is_refused() {
    let texts = [
        "",
        "[]",
        "5",
        r#"{"a": "b"}"#,
        r#"{"a": []}"#,
        r#"{"a": [[1]]}"#,
        r#"{"a": [{"prefix": 5}]}"#,
        r#"{"a": [{"prefix": "x", "suffix": "y"}]}"#,
        r#"{"a": [{"unknown": "x"}]}"#,
        r#"{"a": [{"numeric": [">"]}]}"#,
        r#"{"a": [{"numeric": ["~", 5]}]}"#,
        r#"{"a": [{"anything-but": []}]}"#,
        r#"{"a": [{"cidr": "10.0.0.0"}]}"#,
        r#"{"a": [{"cidr": "somewhere/8"}]}"#,
        r#"{"a": [{"wildcard": "a**b"}]}"#,
        r#"{"a": [{"wildcard": "a\\b"}]}"#,
        r#"{"$or": [{"a": [1]}, 5]}"#,
    ];
    for text in texts {
        assert!(Pattern::parse(text).is_err(), "{text}");
    }
}

#[test]
fn a_path_of_names_is_a_name_within_a_name() {
    let flat = json!({ "detail.state": ["on"] });
    let deep = json!({ "detail": { "state": ["on"] } });
    for pattern in [&flat, &deep] {
        check(pattern, &json!({ "detail": { "state": "on" } }), true);
        check(pattern, &json!({ "detail.state": "on" }), true);
        check(pattern, &json!({ "detail.state": "off" }), false);
        check(pattern, &json!({ "detail": "on" }), false);
    }
    let list = json!({ "detail": { "a.b": { "c": [{ "prefix": "q" }] } } });
    let record = json!({ "detail": { "a": { "b": { "c": ["p1", "q1"] } } } });
    check(&list, &record, true);
}

#[test]
fn a_refusal_has_the_words_of_aws() {
    let refusal = |text: &str| Pattern::parse(text).unwrap_err().to_string();
    let cases = [
        (
            r#"{"a": [{"prefix": 5}]}"#,
            "prefix match pattern must be a string",
        ),
        (
            r#"{"a": [{"wildcard": 5}]}"#,
            "wildcard match pattern must be a string",
        ),
        (
            r#"{"a": [{"wildcard": "ab**"}]}"#,
            "Consecutive wildcard characters at pos 3",
        ),
        (
            r#"{"a": [{"cidr": "10.0.0.0"}]}"#,
            "Malformed CIDR, one '/' required",
        ),
        (
            r#"{"a": [{"cidr": "10.0.0.0/x"}]}"#,
            "Malformed CIDR, mask bits must be an integer",
        ),
        (
            r#"{"a": [{"cidr": "x.1/8"}]}"#,
            "Nonstandard IP address: x.1",
        ),
        (
            r#"{"a": [{"numeric": 5}]}"#,
            "Value of numeric must be an array.",
        ),
        (
            r#"{"a": [{"numeric": [">", 0, "<"]}]}"#,
            "Value of < must be numeric",
        ),
        (
            r#"{"a": [{"numeric": [">", 0, ">", 0]}]}"#,
            "Bad numeric range operator: >",
        ),
        (
            r#"{"a": [{"exists": "no"}]}"#,
            "exists match pattern must be either true or false.",
        ),
        (
            r#"{"a": [{"anything-but": {"prefix": ""}}]}"#,
            "Null prefix/suffix not allowed",
        ),
        (
            r#"{"a": [{"anything-but": null}]}"#,
            "Value of anything-but must be an array or single string/number value.",
        ),
        (
            r#"{"a": [{"anything-but": ["x", null]}]}"#,
            "Inside anything but list, start|null|boolean is not supported.",
        ),
        (
            r#"{"a": [{"suffix": "x", "prefix": "y"}]}"#,
            "Only one key allowed in match expression",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(refusal(text), expected, "{text}");
    }
}
