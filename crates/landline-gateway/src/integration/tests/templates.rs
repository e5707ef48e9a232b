//! Which template applies, and what happens where none does.

use super::*;
use crate::deployment::snapshot::{ContentHandling, HttpEndpoint, Passthrough, StageTemplate};
use crate::message::selection::SelectionExpression;

fn http() -> Making {
    Making::new(IntegrationTarget::Http(HttpEndpoint {
        method: "POST".to_owned(),
        url: StageTemplate::new("http://backend.example/"),
    }))
    .passing_response("$default")
}

/// The body that a backend gets for a message.
async fn sent(making: Making, message: &str) -> String {
    let node = Node::start(&[]);
    node.backend.answers(200, &[], "done");
    node.deploy([making.two_way("$default")]);
    assert_eq!(answer_to(&node, message).await, "done");
    let body = node.backend.only_request().into_body();
    String::from_utf8_lossy(&body).into_owned()
}

fn keyed(entries: &[(&str, &str)]) -> Templates {
    let map = entries
        .iter()
        .map(|(key, text)| ((*key).to_owned(), (*text).to_owned()))
        .collect();
    Templates::parse(Some(&map))
}

#[tokio::test]
async fn a_message_without_a_template_is_passed_on_as_it_is() {
    assert_eq!(sent(http(), "hello").await, "hello");
}

#[tokio::test]
async fn the_template_selection_expression_names_the_template() {
    let making = || {
        http().change(|it| {
            let expression = SelectionExpression::parse("$request.body.kind").unwrap();
            it.request.template_selection = Some(expression);
            it.request.templates = keyed(&[("a", "A"), ("$default", "D")]);
        })
    };
    assert_eq!(sent(making(), r#"{"kind":"a"}"#).await, "A");
    assert_eq!(sent(making(), r#"{"kind":"b"}"#).await, "D");
    assert_eq!(sent(making(), "not JSON").await, "D");
}

#[tokio::test]
async fn passthrough_when_no_templates_refuses_what_matches_none() {
    let making = || {
        http().change(|it| {
            let expression = SelectionExpression::parse("$request.body.kind").unwrap();
            it.request.template_selection = Some(expression);
            it.request.templates = keyed(&[("a", "A")]);
            it.request.passthrough = Passthrough::WhenNoTemplates;
        })
    };
    assert_eq!(sent(making(), r#"{"kind":"a"}"#).await, "A");
    let node = Node::start(&[]);
    node.deploy([making().one_way("$default")]);
    let refused = answer_to(&node, r#"{"kind":"b"}"#).await;
    assert!(refused.starts_with(r#"{"message": "Unsupported Media Type""#));
}

#[tokio::test]
async fn passthrough_never_refuses_a_message_without_a_template() {
    let node = Node::start(&[]);
    let never = http().change(|it| it.request.passthrough = Passthrough::Never);
    node.deploy([never.one_way("$default")]);
    let refused = answer_to(&node, "x").await;
    assert!(refused.starts_with(r#"{"message": "Unsupported Media Type""#));
}

#[tokio::test]
async fn a_template_sees_the_message_and_where_it_came_from() {
    let making = http().template(
        r#"{"id":"$context.connectionId","route":"$context.routeKey","at":$context.connectedAt,"ip":"$context.identity.sourceIp","type":"$context.eventType","text":$input.json('$.text')}"#,
    );
    let body = sent(making, r#"{"text":"hi"}"#).await;
    let body: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(body["id"].as_str().unwrap().len(), 16);
    assert_eq!(body["route"], "$default");
    assert_eq!(body["at"], 1_801_646_142_107_u64);
    assert_eq!(body["ip"], "198.51.100.23");
    assert_eq!(body["type"], "MESSAGE");
    assert_eq!(body["text"], "hi");
}

#[tokio::test]
async fn a_template_that_cannot_be_parsed_fails_the_call_and_no_other() {
    let node = Node::start(&["other"]);
    let broken = http().template("#if(");
    node.deploy([broken.one_way("$default"), crate::testing::two_way("other")]);
    node.functions
        .set("other", crate::testing::Behaviour::body("fine"));
    assert!(is_error(&answer_to(&node, "x").await));
    assert_eq!(answer_to(&node, r#"{"action":"other"}"#).await, "fine");
}

#[tokio::test]
async fn convert_to_binary_decodes_what_the_client_sent() {
    let binary = || {
        http().change(|it| {
            it.request.content_handling = Some(ContentHandling::ConvertToBinary);
        })
    };
    assert_eq!(sent(binary(), "aGVsbG8=").await, "hello");
    let node = Node::start(&[]);
    node.deploy([binary().one_way("$default")]);
    assert!(is_error(&answer_to(&node, "not base64!").await));
}

#[tokio::test]
async fn convert_to_text_leaves_text_of_the_client_as_it_is() {
    let making = http().change(|it| {
        it.request.content_handling = Some(ContentHandling::ConvertToText);
    });
    assert_eq!(sent(making, "hello").await, "hello");
}

#[tokio::test]
async fn convert_to_text_encodes_what_the_backend_answered() {
    let node = Node::start(&[]);
    node.backend.answers(200, &[], "hello");
    let response = IntegrationResponse {
        content_handling: Some(ContentHandling::ConvertToText),
        ..IntegrationResponse::default()
    };
    let making = http().change(|it| it.responses.insert("$default", response));
    node.deploy([making.two_way("$default")]);
    assert_eq!(answer_to(&node, "x").await, "aGVsbG8=");
}

#[tokio::test]
async fn an_integration_response_selects_its_template_by_the_status_code() {
    let node = Node::start(&[]);
    node.backend.answers(404, &[], "{}");
    let expression = "${integration.response.statuscode}";
    let response = IntegrationResponse {
        templates: keyed(&[("404", "nobody"), ("$default", "somebody")]),
        template_selection: SelectionExpression::parse_response(expression).ok(),
        ..IntegrationResponse::default()
    };
    let making = http().change(|it| it.responses.insert("$default", response));
    node.deploy([making.two_way("$default")]);
    assert_eq!(answer_to(&node, "x").await, "nobody");
}

#[tokio::test]
async fn a_response_template_sees_what_the_backend_answered() {
    let node = Node::start(&[]);
    node.backend.answers(200, &[], r#"{"items":[1,2]}"#);
    let making = http().response("$default", "$input.json('$.items') of $context.stage");
    node.deploy([making.two_way("$default")]);
    assert_eq!(answer_to(&node, "x").await, "[1,2] of prod");
}
