//! Resource policies: who may invoke, and how the document reads.

use landline_api::lambda::AddPermissionInput;
use landline_wire::Caller;

use super::{Statement, authorize, document};

const FUNCTION: &str = "arn:aws:lambda:us-east-1:123456789012:function:chat";

fn statement(source_arn: Option<&str>) -> Statement {
    let input = AddPermissionInput {
        statement_id: "api".into(),
        action: "lambda:InvokeFunction".into(),
        principal: "apigateway.amazonaws.com".into(),
        source_arn: source_arn.map(Into::into),
        ..Default::default()
    };
    Statement::new(&input, None)
}

fn is_allowed(pattern: Option<&str>, source: &str) -> bool {
    let source = format!("arn:aws:execute-api:us-east-1:123456789012:{source}");
    let caller =
        Caller::root("123456789012", "us-east-1").service("apigateway.amazonaws.com", &source);
    let pattern = pattern.map(|p| format!("arn:aws:execute-api:us-east-1:123456789012:{p}"));
    authorize([statement(pattern.as_deref())].iter(), &caller, FUNCTION).is_ok()
}

#[test]
fn api_gateway_needs_a_statement() {
    let caller = Caller::root("123456789012", "us-east-1").service(
        "apigateway.amazonaws.com",
        "arn:aws:execute-api:us-east-1:123456789012:a/b/c",
    );
    let refused = authorize([].iter(), &caller, FUNCTION).unwrap_err();
    assert_eq!(
        (refused.code.as_ref(), refused.status),
        ("AccessDeniedException", 403)
    );
    assert!(authorize([statement(None)].iter(), &caller, FUNCTION).is_ok());
}

#[test]
fn a_user_needs_no_statement() {
    assert!(
        authorize(
            [].iter(),
            &Caller::root("123456789012", "us-east-1"),
            FUNCTION
        )
        .is_ok()
    );
}

#[test]
fn a_source_arn_limits_the_routes() {
    assert!(is_allowed(
        Some("a1b2c3d4e5/*/$connect"),
        "a1b2c3d4e5/prod/$connect"
    ));
    assert!(is_allowed(
        Some("a1b2c3d4e5/*"),
        "a1b2c3d4e5/prod/sendmessage"
    ));
    assert!(!is_allowed(
        Some("a1b2c3d4e5/*/$connect"),
        "a1b2c3d4e5/prod/sendmessage"
    ));
    assert!(!is_allowed(
        Some("zzzzzzzzzz/*"),
        "a1b2c3d4e5/prod/$connect"
    ));
}

#[test]
fn a_source_arn_of_an_http_api_has_one_segment_too_many() {
    assert!(!is_allowed(
        Some("a1b2c3d4e5/*/*/sendmessage"),
        "a1b2c3d4e5/prod/sendmessage"
    ));
}

#[test]
fn the_document_has_the_keys_that_tools_look_for() {
    let text = document(
        [statement(Some("arn:aws:execute-api:r:1:a/*"))].iter(),
        FUNCTION,
    );
    assert_eq!(
        text,
        r#"{"Version":"2012-10-17","Id":"default","Statement":[{"Sid":"api","Effect":"Allow","Principal":{"Service":"apigateway.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"arn:aws:lambda:us-east-1:123456789012:function:chat","Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:execute-api:r:1:a/*"}}}]}"#
    );
}

#[test]
fn a_service_may_be_named_with_its_region() {
    let group = "arn:aws:logs:us-east-1:123456789012:log-group:g:*";
    let caller = Caller::root("123456789012", "us-east-1").service("logs.amazonaws.com", group);
    let named = |principal: &str| {
        let input = AddPermissionInput {
            action: "lambda:InvokeFunction".into(),
            principal: principal.into(),
            ..Default::default()
        };
        let statement = Statement::new(&input, None);
        authorize([statement].iter(), &caller, FUNCTION).is_ok()
    };
    assert!(named("logs.us-east-1.amazonaws.com"));
    assert!(!named("logs.eu-west-1.amazonaws.com"));
    assert!(!named("sns.us-east-1.amazonaws.com"));
}
