//! What differs and what means the same.

use serde_json::json;

use super::*;

#[track_caller]
fn check(expected: &Json, actual: &Json, paths: &[(&str, DifferenceKind)]) {
    let (expected, actual) = (expected.as_object().unwrap(), actual.as_object().unwrap());
    let found = differences(expected, actual);
    let found: Vec<_> = found.iter().map(|it| (it.path.as_str(), it.kind)).collect();
    assert_eq!(found, paths);
}

#[test]
fn what_means_the_same_does_not_differ() {
    check(
        &json!({"A": "30", "B": true, "C": 6.0, "D": "", "E": {"x": [1]}, "F": ["b", "a"]}),
        &json!({"A": 30, "B": "true", "C": 6, "E": "{\"x\":[1]}", "F": ["a", "b"], "G": 1}),
        &[],
    );
    let tags = json!({"Tags": {"a": "b", "aws:cloudformation:stack-name": "s"}});
    check(&json!({"Tags": [{"Key": "a", "Value": "b"}]}), &tags, &[]);
    check(
        &json!({"Settings": {"a": 1}}),
        &json!({"Settings": {"a": 1, "default": 2}}),
        &[],
    );
}

#[test]
fn differences_have_the_path_of_what_differs() {
    use DifferenceKind::{Add, NotEqual, Remove};
    check(
        &json!({"R": {"maxReceiveCount": 10}, "Gone": "x", "Variables": {"a": "1"}}),
        &json!({"R": "{\"maxReceiveCount\":12}", "Gone": null, "Variables": {"a": "1", "b/c": "2"}}),
        &[
            ("/R/maxReceiveCount", NotEqual),
            ("/Gone", Remove),
            ("/Variables/b~1c", Add),
        ],
    );
    check(
        &json!({"L": [{"n": "a", "v": 1}, {"n": "b", "v": 1}]}),
        &json!({"L": [{"n": "b", "v": 1}, {"n": "a", "v": 2}, {"n": "c"}]}),
        &[("/L/0/v", NotEqual), ("/L/2", Add)],
    );
    check(
        &json!({"L": ["a", "b"]}),
        &json!({"L": ["b"]}),
        &[("/L/0", Remove)],
    );
}
