//! What Java takes for a pattern and Rust does not, and the other way round.

use super::JavaPattern;

#[track_caller]
fn check(pattern: &str, matching: &[&str], others: &[&str]) {
    let pattern = JavaPattern::new(pattern).expect("it is a pattern");
    for text in matching {
        assert!(pattern.is_match(text), "{text}");
    }
    for text in others {
        assert!(!pattern.is_match(text), "{text}");
    }
}

#[test]
fn a_dash_behind_a_class_is_a_dash() {
    let address = r"^[\w-\.]+@([\w-]+\.)+[\w-]{2,4}$";
    check(address, &["a-b.c@example.com"], &["a b@example.com", "@"]);
    check(r"[\d-x]+", &["1-x"], &["2y"]);
    check(r"[a-c]\w-b", &["bx-b"], &["bxb"]);
}

#[test]
fn a_pattern_may_look_around() {
    check(
        r"(?=.*[A-Z])(?=.*\d)(?!aws).{4,}",
        &["Abc1"],
        &["abc1", "awsA1"],
    );
}

#[test]
fn the_whole_text_has_to_match() {
    check("a|b", &["a", "b"], &["ab", "xa", "a\n"]);
}

#[test]
fn a_pattern_that_goes_back_without_end_matches_nothing() {
    check("(?=(a+)+$)(a|aa)+(?<!b)c", &[], &[&"a".repeat(60)]);
}

#[test]
fn what_is_no_pattern_is_told() {
    for pattern in ["(", "[a", r"\"] {
        assert!(JavaPattern::new(pattern).is_err(), "{pattern}");
    }
}
