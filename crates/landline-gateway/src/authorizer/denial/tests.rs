//! What a denial shows.

use super::*;

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
