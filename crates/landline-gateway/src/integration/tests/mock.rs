//! `MOCK`: the gateway answers by itself.

use super::*;
use crate::deployment::snapshot::IntegrationTarget::Mock;
use crate::message::selection::SelectionExpression;

const OK: &str = r#"{"statusCode": 200}"#;

#[tokio::test]
async fn a_mock_answers_with_the_template_of_its_integration_response() {
    let node = Node::start(&[]);
    let ping = Making::new(Mock).template(OK).response("$default", "pong");
    node.deploy([ping.two_way("ping")]);
    assert_eq!(answer_to(&node, r#"{"action":"ping"}"#).await, "pong");
}

#[tokio::test]
async fn the_status_code_selects_the_integration_response() {
    let node = Node::start(&[]);
    let mock = Making::new(Mock)
        .template(r#"{"statusCode": #if($input.path('$.ok'))200#{else}404#end}"#)
        .response("/4\\d{2}/", "not found")
        .response("200", "found");
    node.deploy([mock.two_way("$default")]);
    assert_eq!(answer_to(&node, r#"{"ok":true}"#).await, "found");
    assert_eq!(answer_to(&node, r#"{"ok":false}"#).await, "not found");
}

#[tokio::test]
async fn what_the_request_template_overrides_reaches_the_response_template() {
    let node = Node::start(&[]);
    let mock = Making::new(Mock)
        .template(
            r#"#set($context.requestOverride.path.body = $input.json('$.data')){"statusCode": 200}"#,
        )
        .response("$default", r"you said $context.requestOverride.path.body");
    node.deploy([mock.two_way("$default")]);
    assert_eq!(
        answer_to(&node, r#"{"data":"hi"}"#).await,
        r#"you said "hi""#
    );
}

#[tokio::test]
async fn a_one_way_mock_says_nothing() {
    let node = Node::start(&[]);
    node.deploy([Making::new(Mock)
        .template(OK)
        .response("$default", "pong")
        .one_way("$default")]);
    let mut client = node.connect().await;
    assert!(is_silent(&mut client, "x").await);
}

#[tokio::test]
async fn a_mock_without_a_numeric_status_code_fails() {
    let node = Node::start(&[]);
    for template in ["", "{}", r#"{"statusCode": "two hundred"}"#, "not JSON"] {
        node.deploy([Making::new(Mock)
            .template(template)
            .response("$default", "pong")
            .two_way("$default")]);
        assert!(is_error(&answer_to(&node, "x").await), "{template}");
    }
}

#[tokio::test]
async fn a_two_way_mock_without_an_integration_response_fails() {
    let node = Node::start(&[]);
    node.deploy([Making::new(Mock).template(OK).two_way("$default")]);
    assert!(is_error(&answer_to(&node, "x").await));
}

#[tokio::test]
async fn a_mock_lets_clients_in_by_its_status_code() {
    let node = Node::start(&[]);
    node.deploy([Making::new(Mock).template(OK).one_way("$connect")]);
    node.connect().await;
    let refusing = Making::new(Mock).template(r#"{"statusCode": 401}"#);
    node.deploy([refusing.one_way("$connect")]);
    assert_eq!(node.handshake("").await.status, 401);
}

/// Applications write the key of their template as the expression, without any variable.
#[tokio::test]
async fn a_static_selection_expression_selects_at_a_handshake_too() {
    let node = Node::start(&[]);
    let mock = Making::new(Mock).change(|it| {
        let map = [("200".to_owned(), OK.to_owned())];
        it.request.templates = Templates::parse(Some(&map.into()));
        it.request.template_selection = SelectionExpression::parse("200").ok();
    });
    node.deploy([mock.one_way("$connect")]);
    node.connect().await;
}
