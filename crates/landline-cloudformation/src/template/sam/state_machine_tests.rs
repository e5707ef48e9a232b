//! State machines; the ids and values are what AWS's own transform gives.

use serde_json::json;

use super::tests::{refused, resources};

#[test]
fn a_state_machine_gets_a_role_that_may_what_its_policies_say() {
    let made = resources(
        "Resources:\n  M: {Type: 'AWS::Serverless::StateMachine', Properties: {Type: EXPRESS, Name: flow, DefinitionUri: 's3://b/k.asl.json', DefinitionSubstitutions: {F: !GetAtt F.Arn}, Policies: [{LambdaInvokePolicy: {FunctionName: !Ref F}}], Logging: {Level: ALL}, Tracing: {Enabled: true}}}\n",
    );
    let created_by = json!([{"Key": "stateMachine:createdBy", "Value": "SAM"}]);
    assert_eq!(
        made["M"],
        json!({
            "Type": "AWS::StepFunctions::StateMachine",
            "Properties": {
                "DefinitionS3Location": {"Bucket": "b", "Key": "k.asl.json"},
                "RoleArn": {"Fn::GetAtt": ["MRole", "Arn"]},
                "Tags": created_by,
                "DefinitionSubstitutions": {"F": {"Fn::GetAtt": ["F", "Arn"]}},
                "LoggingConfiguration": {"Level": "ALL"},
                "StateMachineName": "flow",
                "TracingConfiguration": {"Enabled": true},
                "StateMachineType": "EXPRESS",
            },
        })
    );
    let role = &made["MRole"]["Properties"];
    let trusted = &role["AssumeRolePolicyDocument"]["Statement"][0]["Principal"]["Service"];
    assert_eq!(trusted, &json!(["states.amazonaws.com"]));
    assert_eq!(
        role["ManagedPolicyArns"],
        json!(["arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"])
    );
    assert_eq!(role["Policies"][0]["PolicyName"], "MRolePolicy0");
}

#[test]
fn what_starts_executions_has_a_role_for_it() {
    let made = resources(
        "Resources:\n  M: {Type: 'AWS::Serverless::StateMachine', Properties: {Definition: {StartAt: A}, Role: 'arn:r', Events: {Hourly: {Type: Schedule, Properties: {Schedule: rate(1 hour)}}, Seen: {Type: EventBridgeRule, Properties: {Pattern: {source: [app]}}}, At: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 hour)}}}}}\n",
    );
    assert_eq!(
        made["MHourly"],
        json!({
            "Type": "AWS::Events::Rule",
            "Properties": {
                "ScheduleExpression": "rate(1 hour)",
                "Targets": [{
                    "Arn": {"Ref": "M"}, "Id": "MHourlyStepFunctionsTarget",
                    "RoleArn": {"Fn::GetAtt": ["MHourlyRole", "Arn"]},
                }],
            },
        })
    );
    for (role, service) in [
        ("MHourlyRole", "events.amazonaws.com"),
        ("MSeenRole", "events.amazonaws.com"),
        ("MAtRole", "scheduler.amazonaws.com"),
    ] {
        let role = &made[role]["Properties"];
        let trusted = &role["AssumeRolePolicyDocument"]["Statement"][0]["Principal"]["Service"];
        assert_eq!(trusted, &json!([service]));
        let statement = &role["Policies"][0]["PolicyDocument"]["Statement"][0];
        assert_eq!(
            statement,
            &json!({"Effect": "Allow", "Action": "states:StartExecution", "Resource": {"Ref": "M"}})
        );
    }
    assert_eq!(made.get("MHourlyPermission"), None);
}

#[test]
fn a_route_starts_an_execution() {
    let made = resources(
        "Resources:\n  M: {Type: 'AWS::Serverless::StateMachine', Properties: {Definition: {StartAt: A}, Events: {Post: {Type: Api, Properties: {Path: /start, Method: post}}}}}\n",
    );
    let paths = &made["ServerlessRestApi"]["Properties"]["Body"]["paths"];
    let integration = &paths["/start"]["post"]["x-amazon-apigateway-integration"];
    assert_eq!(integration["type"], "aws");
    assert_eq!(
        integration["uri"],
        json!({"Fn::Sub": "arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartExecution"})
    );
    assert_eq!(
        integration["requestTemplates"]["application/json"],
        json!({"Fn::Sub": "{\"input\": \"$util.escapeJavaScript($input.json('$'))\", \"stateMachineArn\": \"${M}\"}"})
    );
    assert_eq!(
        integration["credentials"],
        json!({"Fn::GetAtt": ["MPostRole", "Arn"]})
    );
    assert_eq!(made["MPostRole"]["Type"], "AWS::IAM::Role");
}

#[test]
fn a_state_machine_has_one_definition_and_no_topics() {
    for (properties, reason) in [
        (
            "{}",
            "Resource with id [M] is invalid. Either 'Definition' or 'DefinitionUri' property must be specified.",
        ),
        (
            "{Definition: {StartAt: A}, DefinitionUri: a.json}",
            "Resource with id [M] is invalid. Specify either 'Definition' or 'DefinitionUri' property and not both.",
        ),
        (
            "{Definition: {StartAt: A}, Events: {N: {Type: SNS, Properties: {Topic: t}}}}",
            "Event with id [N] is invalid. A state machine has no events of that type.",
        ),
        (
            "{Definition: {StartAt: A}, AutoPublishAlias: live}",
            "Resource with id [M] is invalid. property AutoPublishAlias is not supported by Landline yet.",
        ),
    ] {
        refused(
            &format!(
                "Resources:\n  M: {{Type: 'AWS::Serverless::StateMachine', Properties: {properties}}}\n"
            ),
            &format!(
                "Transform AWS::Serverless-2016-10-31 failed with: Invalid Serverless Application Specification document. Number of errors found: 1. {reason} (M, line 3)"
            ),
        );
    }
}
