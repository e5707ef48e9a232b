//! Events that others send a function; the ids and values are what AWS's own transform gives.

use serde_json::{Value as Json, json};

use super::super::parse_text;
use super::*;

/// The resources that a function with these events becomes.
fn resources(events: &str) -> Json {
    let text = format!(
        "Transform: AWS::Serverless-2016-10-31\nResources:\n  F: {{Type: 'AWS::Serverless::Function', Properties: {{Handler: a.h, Runtime: python3.12, InlineCode: x, Events: {events}}}}}\n"
    );
    transform(parse_text(&text).unwrap()).unwrap().to_json()["Resources"].clone()
}

fn refusal(events: &str) -> String {
    let text = format!(
        "Transform: AWS::Serverless-2016-10-31\nResources:\n  F: {{Type: 'AWS::Serverless::Function', Properties: {{Handler: a.h, Runtime: python3.12, InlineCode: x, Events: {events}}}}}\n"
    );
    let refused = transform(parse_text(&text).unwrap()).unwrap_err();
    refused.to_string()
}

fn permission(principal: &str, source: &Json) -> Json {
    json!({
        "Type": "AWS::Lambda::Permission",
        "Properties": {
            "Action": "lambda:InvokeFunction",
            "FunctionName": {"Ref": "F"},
            "Principal": principal,
            "SourceArn": source,
        },
    })
}

#[test]
fn a_topic_gets_a_subscription_and_a_permission() {
    let made = resources(
        "{N: {Type: SNS, Properties: {Topic: !Ref T, FilterPolicy: {a: [b]}, FilterPolicyScope: MessageBody}}}",
    );
    assert_eq!(
        made["FN"],
        json!({
            "Type": "AWS::SNS::Subscription",
            "Properties": {
                "Endpoint": {"Fn::GetAtt": ["F", "Arn"]},
                "Protocol": "lambda",
                "TopicArn": {"Ref": "T"},
                "FilterPolicy": {"a": ["b"]},
                "FilterPolicyScope": "MessageBody",
            },
        })
    );
    let expected = permission("sns.amazonaws.com", &json!({"Ref": "T"}));
    assert_eq!(made["FNPermission"], expected);
    assert_eq!(made["FRole"]["Properties"]["Policies"], Json::Null);
}

#[test]
fn a_schedule_is_a_rule_with_a_queue_for_what_is_not_taken() {
    let made = resources(
        "{S: {Type: Schedule, Properties: {Schedule: rate(1 minute), Input: '{}', Enabled: true, Name: n, Description: d, DeadLetterConfig: {Type: SQS}, RetryPolicy: {MaximumRetryAttempts: 3}}}}",
    );
    assert_eq!(
        made["FS"]["Properties"],
        json!({
            "Description": "d",
            "Name": "n",
            "ScheduleExpression": "rate(1 minute)",
            "State": "ENABLED",
            "Targets": [{
                "Arn": {"Fn::GetAtt": ["F", "Arn"]},
                "Id": "FSLambdaTarget",
                "Input": "{}",
                "RetryPolicy": {"MaximumRetryAttempts": 3},
                "DeadLetterConfig": {"Arn": {"Fn::GetAtt": ["FSQueue", "Arn"]}},
            }],
        })
    );
    assert_eq!(made["FSQueue"]["Type"], "AWS::SQS::Queue");
    let policy = &made["FSQueuePolicy"]["Properties"];
    assert_eq!(policy["Queues"], json!([{"Ref": "FSQueue"}]));
    let source = json!({"Fn::GetAtt": ["FS", "Arn"]});
    let expected = permission("events.amazonaws.com", &source);
    assert_eq!(made["FSPermission"], expected);
}

#[test]
fn a_pattern_is_a_rule_by_either_name() {
    let made = resources(
        "{E: {Type: EventBridgeRule, Properties: {Pattern: {source: [x]}, EventBusName: b, RuleName: r, Target: {Id: mine}, InputPath: $.detail}}, C: {Type: CloudWatchEvent, Properties: {Pattern: {source: [x]}}}}",
    );
    assert_eq!(
        made["FE"]["Properties"],
        json!({
            "EventBusName": "b",
            "EventPattern": {"source": ["x"]},
            "Name": "r",
            "Targets": [{"Arn": {"Fn::GetAtt": ["F", "Arn"]}, "Id": "mine", "InputPath": "$.detail"}],
        })
    );
    assert_eq!(
        made["FC"]["Properties"],
        json!({
            "EventPattern": {"source": ["x"]},
            "Targets": [{"Arn": {"Fn::GetAtt": ["F", "Arn"]}, "Id": "FCLambdaTarget"}],
        })
    );
    assert_eq!(made["FCPermission"]["Type"], "AWS::Lambda::Permission");
}

#[test]
fn a_schedule_of_the_second_kind_calls_by_a_role() {
    let made = resources(
        "{V: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 minute), Input: '{}'}}}",
    );
    assert_eq!(
        made["FV"]["Properties"],
        json!({
            "ScheduleExpression": "rate(1 minute)",
            "FlexibleTimeWindow": {"Mode": "OFF"},
            "Name": "FV",
            "Target": {
                "Arn": {"Fn::GetAtt": ["F", "Arn"]},
                "RoleArn": {"Fn::GetAtt": ["FVRole", "Arn"]},
                "Input": "{}",
            },
        })
    );
    assert_eq!(
        made["FVRole"]["Properties"]["Policies"],
        json!([{"PolicyName": "FVLambdaPolicy", "PolicyDocument": {"Statement": [{
            "Action": "lambda:InvokeFunction",
            "Effect": "Allow",
            "Resource": {"Fn::GetAtt": ["F", "Arn"]},
        }]}}])
    );
    assert_eq!(made.get("FVPermission"), None);
}

#[test]
fn what_is_published_calls_the_alias_where_there_is_one() {
    let text = "Transform: AWS::Serverless-2016-10-31\nResources:\n  F: {Type: 'AWS::Serverless::Function', Properties: {Handler: a.h, Runtime: python3.12, InlineCode: x, AutoPublishAlias: live, Events: {N: {Type: SNS, Properties: {Topic: t}}}}}\n";
    let made = transform(parse_text(text).unwrap()).unwrap().to_json();
    let made = &made["Resources"];
    let alias = json!({"Ref": "FAliaslive"});
    assert_eq!(made["FN"]["Properties"]["Endpoint"], alias);
    assert_eq!(made["FNPermission"]["Properties"]["FunctionName"], alias);
}

#[test]
fn an_event_that_is_not_whole_is_refused() {
    let cases = [
        (
            "{E: {Type: SNS, Properties: {}}}",
            "Missing required property 'Topic'.",
        ),
        (
            "{E: {Type: Schedule, Properties: {Schedule: rate(1 minute), Pattern: {}}}}",
            "property Pattern not defined for resource of type Schedule",
        ),
        (
            "{E: {Type: SNS, Properties: {Topic: t, SqsSubscription: true}}}",
            "SqsSubscription is not supported by Landline yet",
        ),
    ];
    for (events, message) in cases {
        let refused = refusal(events);
        assert!(refused.contains(message), "{refused}");
    }
}

#[test]
fn a_function_becomes_a_trigger_of_a_pool_of_the_template() {
    let with_pool = |pool: &str, events: &str| {
        let text = format!(
            "Transform: AWS::Serverless-2016-10-31\nResources:\n  F: {{Type: 'AWS::Serverless::Function', Properties: {{Handler: a.h, Runtime: python3.12, InlineCode: x, Events: {events}}}}}\n  P: {pool}\n"
        );
        transform(parse_text(&text).unwrap())
    };
    let event = "Type: Cognito, Properties: {UserPool: !Ref P, Trigger: ";
    let events = format!("{{A: {{{event}PreSignUp}}}}, B: {{{event}[PostConfirmation]}}}}}}");
    let made = with_pool("{Type: 'AWS::Cognito::UserPool'}", &events);
    let made = made.unwrap().to_json()["Resources"].clone();
    let function = json!({"Fn::GetAtt": ["F", "Arn"]});
    let config = json!({"PreSignUp": function, "PostConfirmation": function});
    assert_eq!(made["P"]["Properties"]["LambdaConfig"], config);
    let source = json!({"Fn::GetAtt": ["P", "Arn"]});
    let expected = permission("cognito-idp.amazonaws.com", &source);
    assert_eq!(made["FCognitoPermission"], expected);

    let taken = "{Type: 'AWS::Cognito::UserPool', Properties: {LambdaConfig: {PreSignUp: x}}}";
    let refused = with_pool(taken, &events).unwrap_err().to_string();
    assert!(
        refused.contains("Cognito trigger \"PreSignUp\" defined multiple times."),
        "{refused}"
    );
    let refused = with_pool("{Type: 'AWS::SNS::Topic'}", &events)
        .unwrap_err()
        .to_string();
    assert!(
        refused.contains("declared in the same template"),
        "{refused}"
    );
}
