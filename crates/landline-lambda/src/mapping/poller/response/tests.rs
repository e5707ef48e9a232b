//! Answers of functions, and what they mean for a batch of three.

use super::{Verdict, verdict};

#[track_caller]
fn check(answer: &str, expected: &Verdict) {
    assert_eq!(verdict(answer.as_bytes(), &["1", "2", "3"]), *expected);
}

#[test]
fn an_answer_without_failures_takes_the_whole_batch() {
    for answer in ["null", "{}", "5", r#"{"batchItemFailures": []}"#] {
        check(answer, &Verdict::Done);
    }
    check(r#"{"batchItemFailures": null}"#, &Verdict::Done);
}

#[test]
fn failures_are_told_by_the_records_ids() {
    let answer = r#"{"batchItemFailures": [{"itemIdentifier": "3"}, {"itemIdentifier": "2"}]}"#;
    check(answer, &Verdict::FailedAt(vec![1, 2]));
}

#[test]
fn an_answer_that_names_no_record_fails_the_whole_batch() {
    let answers = [
        r#"{"batchItemFailures": [{"itemIdentifier": ""}]}"#,
        r#"{"batchItemFailures": [{"itemIdentifier": null}]}"#,
        r#"{"batchItemFailures": [{"id": "1"}]}"#,
        r#"{"batchItemFailures": [{"itemIdentifier": "9"}]}"#,
        r#"{"batchItemFailures": "1"}"#,
        "{",
    ];
    for answer in answers {
        check(answer, &Verdict::Failed);
    }
}
