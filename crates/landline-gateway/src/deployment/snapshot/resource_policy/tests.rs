//! Whom a resource policy lets do what.

use super::*;

const API: &str = "arn:aws:execute-api:eu-central-1:123456789012:k3v9q0z1ab";

#[track_caller]
fn check(statement: &Value, principal: Option<&str>, expect: Decision) {
    let text = json!({ "Version": "2012-10-17", "Statement": [statement] }).to_string();
    let policy = ResourcePolicy::parse(&text, API).unwrap();
    let request = PolicyRequest {
        action: "execute-api:Invoke",
        resource: &format!("{API}/prod/GET/pets"),
        ..PolicyRequest::default()
    };
    assert_eq!(policy.judge(principal, &request), expect, "{statement}");
}

fn statement(principal: &Value, resource: &str) -> Value {
    json!({ "Effect": "Allow", "Principal": principal, "Action": "execute-api:Invoke", "Resource": resource })
}

#[test]
fn everybody_is_named_by_a_star() {
    for principal in [json!("*"), json!({ "AWS": "*" }), json!({ "AWS": ["*"] })] {
        check(&statement(&principal, "*"), None, Decision::Allowed);
    }
    check(&statement(&json!({}), "*"), None, Decision::ImplicitDeny);
}

#[test]
fn a_principal_is_named_by_its_account_its_role_or_itself() {
    let session = "arn:aws:sts::123456789012:assumed-role/reader/me";
    for name in [
        "123456789012",
        "arn:aws:iam::123456789012:root",
        "arn:aws:iam::123456789012:role/team/reader",
        session,
    ] {
        let statement = statement(&json!({ "AWS": name }), "*");
        check(&statement, Some(session), Decision::Allowed);
        check(&statement, None, Decision::ImplicitDeny);
    }
    let other = statement(
        &json!({ "AWS": "arn:aws:iam::123456789012:role/writer" }),
        "*",
    );
    check(&other, Some(session), Decision::ImplicitDeny);
}

#[test]
fn resources_may_be_written_without_the_api() {
    for (resource, expect) in [
        ("execute-api:/*", Decision::Allowed),
        ("execute-api:/prod/GET/pets", Decision::Allowed),
        ("execute-api:/test/*", Decision::ImplicitDeny),
        (
            "arn:aws:execute-api:eu-central-1:123456789012:k3v9q0z1ab/*",
            Decision::Allowed,
        ),
    ] {
        check(&statement(&json!("*"), resource), None, expect);
    }
}

#[test]
fn a_policy_without_an_effect_is_none() {
    assert!(ResourcePolicy::parse(r#"{"Statement": [{}]}"#, API).is_err());
}
