//! The names that the generator gives.

use super::names::{field, variant};

#[test]
fn a_member_becomes_a_snake_case_field() {
    for (name, expected) in [
        ("ApiId", "api_id"),
        ("KMSKeyArn", "kms_key_arn"),
        ("SSESpecification", "sse_specification"),
        ("S3Bucket", "s3_bucket"),
        ("Type", "r#type"),
        ("logGroupName", "log_group_name"),
        ("NotificationARNs", "notification_arns"),
    ] {
        assert_eq!(field(name), expected);
    }
}

#[test]
fn an_enumeration_value_becomes_a_variant() {
    for (value, expected) in [
        ("AWS_PROXY", "AwsProxy"),
        ("nodejs20.x", "Nodejs20X"),
        ("RequestResponse", "RequestResponse"),
        ("ipv4", "Ipv4"),
        ("2020-12-01", "V20201201"),
        ("SELF", "Itself"),
    ] {
        assert_eq!(variant(value), expected);
    }
}
