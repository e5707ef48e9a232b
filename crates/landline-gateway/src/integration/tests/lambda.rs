//! `AWS` to a Lambda function: templates before it, integration responses after it.

use serde_json::json;

use super::*;
use crate::deployment::snapshot::{LambdaFunction, StageTemplate};
use crate::testing::Behaviour;

fn lambda() -> Making {
    Making::new(IntegrationTarget::Lambda(LambdaFunction::from_uri(
        "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/\
         arn:aws:lambda:eu-central-1:123456789012:function:worker/invocations",
    )))
}

#[tokio::test]
async fn a_function_gets_what_the_template_makes_and_no_event() {
    let node = Node::start(&[]);
    node.functions
        .set("worker", Behaviour::Returns(json!({ "total": 3 })));
    let making = lambda()
        .template(r#"{"from":"$context.connectionId","n":$input.json('$.n')}"#)
        .response("$default", "total: $input.json('$.total')");
    node.deploy([making.two_way("$default")]);
    assert_eq!(answer_to(&node, r#"{"n":3}"#).await, "total: 3");
    let invocation = node.functions.first("worker").await;
    assert_eq!(invocation.event["n"], 3);
    assert_eq!(invocation.event["from"].as_str().unwrap().len(), 16);
    assert!(invocation.event.get("requestContext").is_none());
    assert_eq!(invocation.principal, "apigateway.amazonaws.com");
}

#[tokio::test]
async fn the_error_message_of_a_function_selects_the_integration_response() {
    let node = Node::start(&[]);
    node.functions.set("worker", Behaviour::Throws);
    let making = lambda()
        .template("{}")
        .response("/.*/", "failed: $input.path('$.errorMessage')")
        .response("$default", "fine");
    node.deploy([making.two_way("$default")]);
    let answer = answer_to(&node, "x").await;
    assert!(answer.starts_with("failed: "), "{answer}");
}

#[tokio::test]
async fn a_function_that_fails_without_an_integration_response_gives_an_error_frame() {
    let node = Node::start(&[]);
    node.functions.set("worker", Behaviour::Throws);
    node.deploy([lambda().template("{}").one_way("$default")]);
    assert!(is_error(&answer_to(&node, "x").await));
}

#[tokio::test]
async fn an_integration_with_credentials_calls_as_its_role() {
    let node = Node::start(&[]);
    let role = "arn:aws:iam::123456789012:role/gateway";
    let making = lambda()
        .template("{}")
        .change(|it| it.credentials = Some(StageTemplate::new(role)));
    node.deploy([making.one_way("$default")]);
    let mut client = node.connect().await;
    client.text("x").await;
    let invocation = node.functions.first("worker").await;
    assert_eq!(invocation.principal, role);
    assert_eq!(invocation.source_arn, None);
}

#[tokio::test]
async fn an_empty_request_invokes_with_an_empty_object() {
    let node = Node::start(&[]);
    node.deploy([lambda().one_way("$connect")]);
    node.connect().await;
    assert_eq!(node.functions.first("worker").await.event, json!({}));
}
