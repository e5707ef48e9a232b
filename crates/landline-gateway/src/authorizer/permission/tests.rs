//! Names of principals, and the account in what a denial shows.

use super::*;

#[test]
fn the_policies_of_a_session_are_its_roles() {
    let rows = [
        (
            "arn:aws:sts::123456789012:assumed-role/chat/session",
            Some("arn:aws:iam::123456789012:role/chat"),
        ),
        (
            "arn:aws:iam::123456789012:role/path/chat",
            Some("arn:aws:iam::123456789012:role/path/chat"),
        ),
        ("arn:aws:iam::123456789012:user/ann", None),
        ("arn:aws:sts::123456789012:assumed-role/chat", None),
        ("apigateway.amazonaws.com", None),
    ];
    for (principal, expected) in rows {
        assert_eq!(role_arn(principal).as_deref(), expected, "{principal}");
    }
}

#[test]
fn a_denial_shows_four_digits_of_the_account() {
    let rows = [
        (
            "arn:aws:execute-api:us-east-1:123456789012:abc/prod/POST/@connections/{connectionId}",
            "arn:aws:execute-api:us-east-1:********9012:abc/prod/POST/@connections/{connectionId}",
        ),
        ("arn:aws:s3:::b", "arn:aws:s3::********:b"),
        ("nonsense", "nonsense"),
    ];
    for (arn, expected) in rows {
        assert_eq!(masked(arn), expected);
    }
}
