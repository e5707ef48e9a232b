//! ARNs taken apart, and the wildcard of policies.

use super::{Arn, wildcard_matches};

#[test]
fn an_arn_keeps_all_after_the_fifth_colon_as_resource() {
    let text = "arn:aws:lambda:eu-west-1:123456789012:function:chat:live";
    let arn = Arn::parse(text).unwrap();
    assert_eq!(
        (arn.service, arn.resource),
        ("lambda", "function:chat:live")
    );
    assert_eq!(arn.to_string(), text);
}

#[test]
fn what_lacks_a_part_is_no_arn() {
    for text in [
        "",
        "arn",
        "arn:aws:lambda",
        "urn:aws:lambda:r:a:x",
        "arn:aws:iam::1:",
    ] {
        assert_eq!(Arn::parse(text), None, "{text}");
    }
}

#[test]
fn a_star_stands_for_any_run_and_a_question_mark_for_one_character() {
    let cases = [
        ("*", "", true),
        ("*", "anything/at all", true),
        ("a*c", "abc", true),
        ("a*c", "abcd", false),
        ("a?c", "abc", true),
        ("a?c", "ac", false),
        ("api/*/POST/*", "api/prod/POST/@connections/x", true),
        ("api/*/$connect", "api/prod/sendmessage", false),
        ("", "", true),
        ("", "a", false),
        ("*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false),
    ];
    for (pattern, text, expected) in cases {
        assert_eq!(
            wildcard_matches(pattern, text),
            expected,
            "{pattern} on {text}"
        );
    }
}
