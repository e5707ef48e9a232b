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
            "{E: {Type: SNS, Properties: {Topic: t, SqsSubscription: {QueueUrl: u}}}}",
            "No QueueARN or QueueURL provided.",
        ),
        (
            "{E: {Type: S3, Properties: {Bucket: !Ref Elsewhere, Events: 's3:ObjectCreated:*'}}}",
            "S3 events must reference an S3 bucket in the same template.",
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

/// The resources that a function with these events, and what stands beside it, become.
fn resources_beside(beside: &str, events: &str) -> Json {
    let text = format!(
        "Transform: AWS::Serverless-2016-10-31\nConditions: {{C: !Equals [a, a]}}\nResources:\n  F: {{Type: 'AWS::Serverless::Function', Properties: {{Handler: a.h, Runtime: python3.12, InlineCode: x, Events: {events}}}}}\n  {beside}\n"
    );
    transform(parse_text(&text).unwrap()).unwrap().to_json()["Resources"].clone()
}

#[test]
fn a_bucket_of_the_template_tells_the_function_when_it_may() {
    let made = resources_beside(
        "B: {Type: 'AWS::S3::Bucket', DependsOn: X, Properties: {NotificationConfiguration: {LambdaConfigurations: [{Event: e, Function: f}]}}}",
        "{E: {Type: S3, Properties: {Bucket: !Ref B, Events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*'], Filter: {S3Key: {Rules: [{Name: suffix, Value: .jpg}]}}}}}",
    );
    let filter = json!({"S3Key": {"Rules": [{"Name": "suffix", "Value": ".jpg"}]}});
    let function = json!({"Fn::GetAtt": ["F", "Arn"]});
    let told = made["B"]["Properties"]["NotificationConfiguration"]["LambdaConfigurations"].clone();
    assert_eq!(
        told,
        json!([
            {"Event": "e", "Function": "f"},
            {"Event": "s3:ObjectCreated:*", "Function": function, "Filter": filter},
            {"Event": "s3:ObjectRemoved:*", "Function": function, "Filter": filter},
        ])
    );
    assert_eq!(made["B"]["DependsOn"], json!(["X", "FEPermission"]));
    assert_eq!(
        made["FEPermission"]["Properties"],
        json!({
            "Action": "lambda:InvokeFunction",
            "FunctionName": {"Ref": "F"},
            "Principal": "s3.amazonaws.com",
            "SourceAccount": {"Ref": "AWS::AccountId"},
        })
    );
}

#[test]
fn a_bucket_does_not_wait_for_a_function_that_may_not_be_there() {
    let text = "Transform: AWS::Serverless-2016-10-31\nConditions: {C: !Equals [a, a]}\nResources:\n  F: {Type: 'AWS::Serverless::Function', Condition: C, Properties: {Handler: a.h, Runtime: python3.12, InlineCode: x, Events: {E: {Type: S3, Properties: {Bucket: !Ref B, Events: e}}}}}\n  B: {Type: 'AWS::S3::Bucket'}\n";
    let made = transform(parse_text(text).unwrap()).unwrap().to_json();
    let bucket = &made["Resources"]["B"];
    assert_eq!(bucket.get("DependsOn"), None);
    assert_eq!(
        bucket["Properties"],
        json!({
            "NotificationConfiguration": {"LambdaConfigurations": [{"Fn::If": [
                "C",
                {"Event": "e", "Function": {"Fn::GetAtt": ["F", "Arn"]}},
                {"Ref": "AWS::NoValue"},
            ]}]},
            "Tags": [{
                "Key": "sam:ConditionalDependsOn:FEPermission",
                "Value": {"Fn::If": ["C", {"Ref": "FEPermission"}, "no dependency"]},
            }],
        })
    );
}

#[test]
fn a_topic_reaches_a_function_through_a_queue() {
    let made = resources_beside(
        "T: {Type: 'AWS::SNS::Topic', Properties: {FifoTopic: true}}",
        "{N: {Type: SNS, Properties: {Topic: !Ref T, SqsSubscription: true}}}",
    );
    assert_eq!(made["FNQueue"]["Properties"], json!({"FifoQueue": true}));
    let queue = json!({"Fn::GetAtt": ["FNQueue", "Arn"]});
    assert_eq!(
        made["FN"]["Properties"],
        json!({"Endpoint": queue, "Protocol": "sqs", "TopicArn": {"Ref": "T"}})
    );
    assert_eq!(
        made["FNEventSourceMapping"]["Properties"],
        json!({"EventSourceArn": queue, "FunctionName": {"Ref": "F"}, "BatchSize": 10, "Enabled": true})
    );
    assert_eq!(
        made["FNQueuePolicy"]["Properties"]["PolicyDocument"]["Statement"],
        json!([{
            "Action": "sqs:SendMessage",
            "Effect": "Allow",
            "Principal": "*",
            "Resource": queue,
            "Condition": {"ArnEquals": {"aws:SourceArn": {"Ref": "T"}}},
        }])
    );
    let managed = made["FRole"]["Properties"]["ManagedPolicyArns"]
        .as_array()
        .unwrap();
    let reads = "arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole";
    assert!(managed.contains(&json!(reads)));
}

#[test]
fn a_log_group_sends_what_matches() {
    let made = resources(
        "{L: {Type: CloudWatchLogs, Properties: {LogGroupName: g, FilterPattern: ERROR}}}",
    );
    assert_eq!(
        made["FL"],
        json!({
            "Type": "AWS::Logs::SubscriptionFilter",
            "DependsOn": ["FLPermission"],
            "Properties": {
                "DestinationArn": {"Fn::GetAtt": ["F", "Arn"]},
                "FilterPattern": "ERROR",
                "LogGroupName": "g",
            },
        })
    );
    let source = json!({"Fn::Sub": [
        "arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:${__LogGroupName__}:*",
        {"__LogGroupName__": "g"},
    ]});
    assert_eq!(
        made["FLPermission"],
        permission("logs.amazonaws.com", &source)
    );
}
