//! Documents and requests, row by row.

use serde_json::{Value, json};

use super::Decision::{Allowed, ExplicitDeny, ImplicitDeny};
use super::*;
use crate::Caller;

fn document(statements: &Value) -> PolicyDocument {
    let document = json!({ "Version": "2012-10-17", "Statement": statements });
    PolicyDocument::from_json(&document).unwrap()
}

/// Judges `execute-api:Invoke` on `{stage}/$connect` by one document.
fn decide(statements: &Value, context: Context) -> Decision {
    let request = PolicyRequest {
        action: "execute-api:Invoke",
        resource: "arn:aws:execute-api:eu-central-1:123456789012:k3v9q0z1ab/prod/$connect",
        context,
    };
    evaluate([&document(statements)], &request)
}

fn allow(action: &str, resource: &str) -> Value {
    json!({ "Effect": "Allow", "Action": action, "Resource": resource })
}

#[test]
fn wildcards_reach_over_everything_that_follows() {
    let rows = [
        ("execute-api:Invoke", "*", Allowed),
        ("EXECUTE-API:invoke", "*", Allowed),
        ("execute-api:*", "*", Allowed),
        ("execute-api:Inv?ke", "*", Allowed),
        ("*", "*", Allowed),
        ("execute-api:ManageConnections", "*", ImplicitDeny),
        ("lambda:*", "*", ImplicitDeny),
        ("*", "arn:aws:execute-api:*:*:*", Allowed),
        (
            "*",
            "arn:aws:execute-api:eu-central-1:123456789012:k3v9q0z1ab/*",
            Allowed,
        ),
        (
            "*",
            "arn:aws:execute-api:eu-central-1:123456789012:k3v9q0z1ab/prod/*",
            Allowed,
        ),
        (
            "*",
            "arn:aws:execute-api:eu-central-1:123456789012:k3v9q0z1ab/prod/$connect",
            Allowed,
        ),
        (
            "*",
            "arn:aws:execute-api:eu-central-1:123456789012:k3v9q0z1ab/*/$connect",
            Allowed,
        ),
        ("*", "arn:aws:execute-api:*:*:**/$connect", Allowed),
        // One segment follows the stage, so that the REST form has one too many.
        (
            "*",
            "arn:aws:execute-api:eu-central-1:123456789012:k3v9q0z1ab/prod/*/*",
            ImplicitDeny,
        ),
        (
            "*",
            "arn:aws:execute-api:eu-central-1:123456789012:k3v9q0z1ab/PROD/*",
            ImplicitDeny,
        ),
        (
            "*",
            "arn:aws:execute-api:eu-central-1:123456789012:k3v9q0z1ab",
            ImplicitDeny,
        ),
    ];
    for (action, resource, expected) in rows {
        let decision = decide(&allow(action, resource), Context::default());
        assert_eq!(decision, expected, "{action} {resource}");
    }
}

#[test]
fn a_deny_outweighs_every_allow() {
    let deny = json!({ "Effect": "Deny", "Action": ["execute-api:Invoke"], "Resource": ["*"] });
    let allow = allow("*", "*");
    for statements in [json!([deny, allow]), json!([allow, deny])] {
        assert_eq!(decide(&statements, Context::default()), ExplicitDeny);
    }
    assert_eq!(decide(&json!([]), Context::default()), ImplicitDeny);
}

#[test]
fn the_negated_elements_take_what_they_do_not_name() {
    let rows = [
        (
            json!({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}),
            Allowed,
        ),
        (
            json!({"Effect": "Allow", "NotAction": "execute-api:*", "Resource": "*"}),
            ImplicitDeny,
        ),
        (
            json!({"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:s3:::*"}),
            Allowed,
        ),
        (
            json!({"Effect": "Allow", "Action": "*", "NotResource": "*/$connect"}),
            ImplicitDeny,
        ),
        (
            json!({"Effect": "Deny", "Action": "*", "NotResource": "*/other"}),
            ExplicitDeny,
        ),
    ];
    for (statement, expected) in rows {
        assert_eq!(
            decide(&statement, Context::default()),
            expected,
            "{statement}"
        );
    }
}

#[test]
fn what_breaks_the_grammar_is_no_policy() {
    let good = json!({ "Effect": "Allow", "Action": "*", "Resource": "*" });
    let documents = [
        json!(null),
        json!("*"),
        json!([]),
        json!({}),
        json!({ "Statement": null }),
        json!({ "Statement": ["*"] }),
        json!({ "Version": "2023-01-01", "Statement": [good] }),
        json!({ "Version": 2012, "Statement": [good] }),
        json!({ "Statement": [{ "Action": "*", "Resource": "*" }] }),
        json!({ "Statement": [{ "Effect": "allow", "Action": "*", "Resource": "*" }] }),
        json!({ "Statement": [{ "Effect": "Allow", "Resource": "*" }] }),
        json!({ "Statement": [{ "Effect": "Allow", "Action": "*" }] }),
        json!({ "Statement": [{ "Effect": "Allow", "Action": 1, "Resource": "*" }] }),
        json!({ "Statement": [{ "Effect": "Allow", "Action": "*", "NotAction": "*", "Resource": "*" }] }),
        json!({ "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": [] }] }),
        json!({ "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"Equals": {"a": "b"}} }] }),
        json!({ "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"Bool": {"a": null}} }] }),
    ];
    for document in documents {
        assert!(PolicyDocument::from_json(&document).is_err(), "{document}");
    }
    assert!(PolicyDocument::parse("{").is_err());
    let single = json!({ "Statement": good });
    assert!(PolicyDocument::from_json(&single).is_ok());
}

/// Whether a condition holds for a request.
fn holds(condition: &Value, context: Context) -> bool {
    let statement =
        json!({ "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition });
    decide(&statement, context) == Allowed
}

fn caller() -> Context {
    Context::default()
        .with("aws:SourceIp", "203.0.113.7")
        .with("aws:username", "ann")
        .with("aws:CurrentTime", "2027-02-03T09:15:42Z")
        .with("aws:SecureTransport", "true")
        .with("aws:MultiFactorAuthAge", "300")
        .with("aws:PrincipalArn", "arn:aws:iam::123456789012:role/chat")
        .with_all("aws:TagKeys", vec!["team".to_owned(), "cost".to_owned()])
}

#[test]
fn conditions_hold_or_do_not() {
    for (conditions, expected) in [(HOLDING, true), (FAILING, false)] {
        for condition in conditions.trim().lines() {
            let parsed = serde_json::from_str(condition).unwrap();
            assert_eq!(holds(&parsed, caller()), expected, "{condition}");
        }
    }
}

const HOLDING: &str = r#"
{"StringEquals": {"aws:username": "ann"}}
{"StringEquals": {"AWS:UserName": ["bob", "ann"]}}
{"StringNotEquals": {"aws:username": "bob"}}
{"StringEqualsIgnoreCase": {"aws:username": "ANN"}}
{"StringLike": {"aws:username": "a*"}}
{"NumericEquals": {"aws:MultiFactorAuthAge": 300}}
{"NumericLessThanEquals": {"aws:MultiFactorAuthAge": "300"}}
{"NumericGreaterThan": {"aws:MultiFactorAuthAge": "299"}}
{"DateEquals": {"aws:CurrentTime": "2027-02-03T09:15:42Z"}}
{"DateLessThan": {"aws:CurrentTime": "2027-02-04"}}
{"DateGreaterThan": {"aws:CurrentTime": "1801646141"}}
{"Bool": {"aws:SecureTransport": "true"}}
{"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
{"IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "203.0.113.7"]}}
{"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}}
{"ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::*:role/c*"}}
{"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/x*"}}
{"StringEquals": {"aws:username": "${aws:username}"}}
"#;
const FAILING: &str = r#"
{"StringEquals": {"aws:username": "Ann"}}
{"StringNotEquals": {"aws:username": ["bob", "ann"]}}
{"StringNotEqualsIgnoreCase": {"aws:username": "ANN"}}
{"StringEquals": {"aws:username": "a*"}}
{"StringNotLike": {"aws:username": "a?n"}}
{"NumericNotEquals": {"aws:MultiFactorAuthAge": "300.0"}}
{"NumericLessThan": {"aws:MultiFactorAuthAge": "300"}}
{"NumericGreaterThanEquals": {"aws:MultiFactorAuthAge": "x"}}
{"DateNotEquals": {"aws:CurrentTime": "2027-02-03T09:15:42Z"}}
{"DateLessThanEquals": {"aws:CurrentTime": "2027-02-03T09:15:41Z"}}
{"DateGreaterThanEquals": {"aws:CurrentTime": "2030-01-01T00:00:00Z"}}
{"Bool": {"aws:SecureTransport": false}}
{"IpAddress": {"aws:SourceIp": "203.0.113.8/30"}}
{"IpAddress": {"aws:SourceIp": "2001:db8::/32"}}
{"IpAddress": {"aws:SourceIp": "203.0.113.0/33"}}
{"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
{"ArnLike": {"aws:PrincipalArn": "arn:*:role/chat"}}
{"ArnNotEquals": {"aws:PrincipalArn": "arn:aws:iam::123456789012:role/chat"}}
{"BinaryEquals": {"aws:username": "QUJD"}}
"#;

#[test]
fn a_missing_key_fails_what_is_not_negated() {
    let rows = [
        (json!({"StringEquals": {"aws:Nothing": "a"}}), false),
        (json!({"StringNotEquals": {"aws:Nothing": "a"}}), true),
        (json!({"StringEqualsIfExists": {"aws:Nothing": "a"}}), true),
        (
            json!({"StringEqualsIfExists": {"aws:username": "bob"}}),
            false,
        ),
        (json!({"IpAddress": {"aws:Nothing": "0.0.0.0/0"}}), false),
        (json!({"NotIpAddress": {"aws:Nothing": "0.0.0.0/0"}}), true),
        (json!({"Null": {"aws:Nothing": "true"}}), true),
        (json!({"Null": {"aws:Nothing": "false"}}), false),
        (json!({"Null": {"aws:username": "false"}}), true),
        (json!({"Null": {"aws:username": true}}), false),
    ];
    for (condition, expected) in rows {
        assert_eq!(holds(&condition, caller()), expected, "{condition}");
    }
}

#[test]
fn several_values_are_judged_by_their_quantifier() {
    let rows = [
        (
            json!({"ForAnyValue:StringEquals": {"aws:TagKeys": ["team", "x"]}}),
            true,
        ),
        (
            json!({"ForAnyValue:StringEquals": {"aws:TagKeys": ["x"]}}),
            false,
        ),
        (
            json!({"ForAllValues:StringEquals": {"aws:TagKeys": ["team", "cost", "x"]}}),
            true,
        ),
        (
            json!({"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}}),
            false,
        ),
        (
            json!({"ForAllValues:StringNotEquals": {"aws:TagKeys": ["team"]}}),
            false,
        ),
        (
            json!({"ForAnyValue:StringNotEquals": {"aws:TagKeys": ["team"]}}),
            true,
        ),
        (
            json!({"ForAllValues:StringEquals": {"aws:Nothing": ["x"]}}),
            true,
        ),
        (
            json!({"ForAnyValue:StringLike": {"aws:Nothing": ["*"]}}),
            false,
        ),
    ];
    for (condition, expected) in rows {
        assert_eq!(holds(&condition, caller()), expected, "{condition}");
    }
}

#[test]
fn all_conditions_of_a_statement_must_hold() {
    let both = |ip: &str| json!({"StringEquals": {"aws:username": "ann"}, "IpAddress": {"aws:SourceIp": ip}});
    assert!(holds(&both("203.0.113.0/24"), caller()));
    assert!(!holds(&both("10.0.0.0/8"), caller()));
}

#[test]
fn variables_stand_for_themselves_and_bring_no_wildcards() {
    let decide = |name: &str, resource: &str, pattern: &str| {
        let request = PolicyRequest {
            action: "s3:GetObject",
            resource,
            context: Context::default().with("aws:username", name),
        };
        evaluate([&document(&allow("s3:*", pattern))], &request)
    };
    let home = "arn:aws:s3:::b/${aws:username}/*";
    assert_eq!(decide("ann", "arn:aws:s3:::b/ann/x", home), Allowed);
    assert_eq!(decide("ann", "arn:aws:s3:::b/bob/x", home), ImplicitDeny);
    assert_eq!(decide("*", "arn:aws:s3:::b/bob/x", home), ImplicitDeny);
    assert_eq!(decide("*", "arn:aws:s3:::b/*/x", home), Allowed);
    let unknown = "arn:aws:s3:::b/${aws:nothing}/*";
    assert_eq!(decide("ann", "arn:aws:s3:::b//x", unknown), ImplicitDeny);
    let default = "arn:aws:s3:::b/${aws:nothing, 'all'}/*";
    assert_eq!(decide("ann", "arn:aws:s3:::b/all/x", default), Allowed);
    // API Gateway's placeholder is none of IAM's variables.
    let literal = "arn:aws:s3:::b/{connectionId}";
    assert_eq!(
        decide("ann", "arn:aws:s3:::b/{connectionId}", literal),
        Allowed
    );
}

#[test]
fn the_older_version_has_no_variables() {
    let statement = allow("*", "b/${aws:username}");
    let document = PolicyDocument::from_json(&json!({ "Statement": statement })).unwrap();
    let decide = |resource| {
        let request = PolicyRequest {
            action: "a:B",
            resource,
            context: caller(),
        };
        evaluate([&document], &request)
    };
    assert_eq!(decide("b/ann"), ImplicitDeny);
    assert_eq!(decide("b/${aws:username}"), Allowed);
}

proptest::proptest! {
    #[test]
    fn no_text_makes_the_engine_panic(text in ".{0,200}", key in ".{0,20}") {
        let statement = json!({
            "Effect": "Allow", "Action": text, "Resource": text,
            "Condition": {"StringLike": {&key: &text}, "IpAddress": {&key: &text}, "DateLessThan": {&key: &text}}
        });
        let _ = decide(&statement, Context::default().with(&key, text.clone()));
        let _ = PolicyDocument::parse(&text);
    }
}

#[test]
fn a_policy_of_a_resource_speaks_of_the_principals_that_it_names() {
    let role = "arn:aws:iam::123456789012:role/app/worker";
    let caller = Caller {
        principal: "arn:aws:sts::123456789012:assumed-role/worker/function".into(),
        ..Caller::root("123456789012", "us-east-1")
    };
    let decide = |effect: &str, principal: Value| {
        let policy = json!({ "Version": "2012-10-17", "Statement": {
            "Effect": effect, "Principal": principal, "Action": "sqs:*", "Resource": "*",
        }});
        let request = PolicyRequest {
            action: "sqs:SendMessage",
            resource: "arn:aws:sqs:us-east-1:123456789012:q",
            ..PolicyRequest::default()
        };
        let policy = ResourcePolicy::parse(&policy.to_string()).unwrap();
        policy.decide(&caller, &request)
    };
    assert_eq!(decide("Allow", json!("*")), Allowed);
    assert_eq!(decide("Allow", json!({ "AWS": [role] })), Allowed);
    let other = json!({ "AWS": "arn:aws:iam::123456789012:role/other" });
    assert_eq!(decide("Allow", other), ImplicitDeny);
    let service = json!({ "Service": "sns.amazonaws.com" });
    assert_eq!(decide("Allow", service), ImplicitDeny);
    // The account leaves it to the policies of its roles.
    assert_eq!(
        decide("Allow", json!({ "AWS": "123456789012" })),
        ImplicitDeny
    );
    assert_eq!(
        decide("Deny", json!({ "AWS": "123456789012" })),
        ExplicitDeny
    );
}
