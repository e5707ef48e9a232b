//! Using Lambda with Amazon EventBridge and its scheduler.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/with-eventbridge-scheduler.html>

use std::time::Duration;

use landline_api::apigatewayv2::{CreateIntegrationInput, IntegrationType};
use landline_api::{events as api, scheduler};
use landline_testing::{Node, Ways};
use serde_json::json;

/// Makes a rule whose target is the function `tell`.
async fn create_rule(node: &Node, change: impl FnOnce(&mut api::PutRuleInput)) -> String {
    let mut input = api::PutRuleInput {
        name: "rule".to_owned(),
        ..Default::default()
    };
    change(&mut input);
    let made = node.call::<api::PutRule>(input).await;
    node.call::<api::PutTargets>(api::PutTargetsInput {
        rule: "rule".to_owned(),
        targets: vec![api::Target {
            id: "tell".to_owned(),
            arn: node.function_arn("tell"),
            ..Default::default()
        }],
        ..Default::default()
    })
    .await;
    made.rule_arn.unwrap()
}

#[tokio::test]
async fn a_message_is_put_as_an_event_without_a_function() {
    let node = Node::start().await;
    let pattern = json!({ "source": ["chat"], "detail": { "text": [{ "prefix": "hel" }] } });
    let rule = create_rule(&node, |rule| rule.event_pattern = Some(pattern.to_string())).await;
    let template = r#"{"Entries": [{"Source": "chat", "DetailType": "Said", "Detail": "{\"text\": \"$input.path('$.text')\"}"}]}"#;
    let region = rule.split(':').nth(3).unwrap();
    let integration = CreateIntegrationInput {
        integration_type: IntegrationType::Aws,
        integration_method: Some("POST".to_owned()),
        integration_uri: Some(format!(
            "arn:aws:apigateway:{region}:events:action/PutEvents"
        )),
        credentials_arn: Some("arn:aws:iam::123456789012:role/r".to_owned()),
        request_templates: Some([("$default".to_owned(), template.to_owned())].into()),
        ..Default::default()
    };
    let api = node.api().integration("say", Ways::One, integration, &[]);
    let mut client = api.deploy().await.connect().await;
    for text in ["bye", "hello"] {
        client
            .send_json(&json!({ "action": "say", "text": text }))
            .await;
    }
    let calls = node.functions.wait_for("tell", 1).await;
    assert_eq!(calls[0].source_arn.as_deref(), Some(rule.as_str()));
    assert_eq!(calls[0].event["detail-type"], "Said");
    assert_eq!(calls[0].event["detail"], json!({ "text": "hello" }));
}

#[tokio::test]
async fn a_rule_with_a_rate_calls_by_the_clock() {
    let node = Node::start().await;
    let rule = create_rule(&node, |rule| {
        rule.schedule_expression = Some("rate(5 minutes)".to_owned());
    })
    .await;
    for calls in 1..3 {
        node.clock.advance(Duration::from_mins(5));
        node.functions.wait_for("tell", calls).await;
    }
    let calls = node.functions.calls("tell").await;
    assert_eq!(calls[1].event["source"], "aws.events");
    assert_eq!(calls[1].event["resources"], json!([rule]));
}

#[tokio::test]
async fn what_is_scheduled_once_calls_once_even_over_a_restart() {
    let node = Node::start().await;
    let at = landline_wire::Timestamp::from_millis(
        landline_wire::Clock::now(&*node.clock).as_millis() + 60_000,
    );
    let at = at.iso8601_millis();
    node.call::<scheduler::CreateSchedule>(scheduler::CreateScheduleInput {
        name: "remind".to_owned(),
        schedule_expression: format!("at({})", &at[..19]),
        target: scheduler::Target {
            arn: node.function_arn("tell"),
            role_arn: "arn:aws:iam::123456789012:role/r".to_owned(),
            input: Some(r#"{"remind": "ann"}"#.to_owned()),
            ..Default::default()
        },
        ..Default::default()
    })
    .await;
    node.clock.advance(Duration::from_secs(61));
    let calls = node.functions.wait_for("tell", 1).await;
    assert_eq!(calls[0].event, json!({ "remind": "ann" }));
    let node = node.restart().await;
    node.clock.advance(Duration::from_mins(2));
    let rule = create_rule(&node, |rule| {
        rule.schedule_expression = Some("rate(1 minute)".to_owned());
    })
    .await;
    // What comes next is the rule's.
    node.clock.advance(Duration::from_secs(61));
    let calls = node.functions.wait_for("tell", 1).await;
    assert_eq!(calls[0].source_arn.as_deref(), Some(rule.as_str()));
}
