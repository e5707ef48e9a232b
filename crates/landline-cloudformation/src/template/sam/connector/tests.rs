//! Connectors; the measure is what AWS's own transform makes of the same template.

use super::super::tests::{refused, resources};
use super::*;

const TEMPLATE: &str = "
Resources:
  Table:
    Type: AWS::Serverless::SimpleTable
  Queue:
    Type: AWS::SQS::Queue
  Send:
    Type: AWS::Serverless::Function
    Connectors:
      Store:
        Properties:
          Destination: {Id: Table}
          Permissions: [Read, Write]
      Both:
        Properties:
          Destination: [{Id: Queue}, {Id: Work}]
          Permissions: [Write]
    Properties: {Handler: a.h, Runtime: python3.12, CodeUri: 's3://b/k'}
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Handler: a.h
      Runtime: python3.12
      CodeUri: 's3://b/k'
      Events: {Q: {Type: SQS, Properties: {Queue: !GetAtt Queue.Arn}}}
  Drain:
    Type: AWS::Serverless::Connector
    Properties:
      Source: {Id: Queue}
      Destination: {Id: Work}
      Permissions: [Read, Write]
  Api:
    Type: AWS::ApiGatewayV2::Api
    Connectors:
      Call:
        Properties:
          SourceReference: {Qualifier: 'prod/*'}
          Destination: {Id: Send}
          Permissions: [Write]
    Properties: {Name: n, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}
";

#[test]
fn a_connector_grants_what_its_ends_need() {
    let made = resources(TEMPLATE);
    let expected = json!({"DrainPolicy": {"Type": "AWS::IAM::ManagedPolicy", "Metadata": {"aws:sam:connectors": {"Drain": {"Source": {"Type": "AWS::SQS::Queue"}, "Destination": {"Type": "AWS::Serverless::Function"}}}}, "Properties": {"PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["sqs:DeleteMessage"], "Resource": [{"Fn::GetAtt": ["Queue", "Arn"]}]}, {"Effect": "Allow", "Action": ["sqs:ReceiveMessage", "sqs:GetQueueAttributes"], "Resource": [{"Fn::GetAtt": ["Queue", "Arn"]}]}]}, "Roles": [{"Ref": "WorkRole"}]}}, "SendStorePolicy": {"Type": "AWS::IAM::ManagedPolicy", "Metadata": {"aws:sam:connectors": {"SendStore": {"Source": {"Type": "AWS::Serverless::Function"}, "Destination": {"Type": "AWS::Serverless::SimpleTable"}}}}, "Properties": {"PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan", "dynamodb:BatchGetItem", "dynamodb:ConditionCheckItem", "dynamodb:PartiQLSelect"], "Resource": [{"Fn::GetAtt": ["Table", "Arn"]}, {"Fn::Sub": ["${DestinationArn}/index/*", {"DestinationArn": {"Fn::GetAtt": ["Table", "Arn"]}}]}]}, {"Effect": "Allow", "Action": ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem", "dynamodb:PartiQLDelete", "dynamodb:PartiQLInsert", "dynamodb:PartiQLUpdate"], "Resource": [{"Fn::GetAtt": ["Table", "Arn"]}, {"Fn::Sub": ["${DestinationArn}/index/*", {"DestinationArn": {"Fn::GetAtt": ["Table", "Arn"]}}]}]}]}, "Roles": [{"Ref": "SendRole"}]}}, "SendBothPolicyDestination0": {"Type": "AWS::IAM::ManagedPolicy", "Metadata": {"aws:sam:connectors": {"SendBoth": {"Source": {"Type": "AWS::Serverless::Function"}, "Destination": {"Type": "AWS::SQS::Queue"}}}}, "Properties": {"PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["sqs:DeleteMessage", "sqs:SendMessage", "sqs:ChangeMessageVisibility", "sqs:PurgeQueue"], "Resource": [{"Fn::GetAtt": ["Queue", "Arn"]}]}]}, "Roles": [{"Ref": "SendRole"}]}}, "SendBothPolicyDestination1": {"Type": "AWS::IAM::ManagedPolicy", "Metadata": {"aws:sam:connectors": {"SendBoth": {"Source": {"Type": "AWS::Serverless::Function"}, "Destination": {"Type": "AWS::Serverless::Function"}}}}, "Properties": {"PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["lambda:InvokeAsync", "lambda:InvokeFunction"], "Resource": [{"Fn::GetAtt": ["Work", "Arn"]}]}]}, "Roles": [{"Ref": "SendRole"}]}}, "ApiCallWriteLambdaPermission": {"Type": "AWS::Lambda::Permission", "Metadata": {"aws:sam:connectors": {"ApiCall": {"Source": {"Type": "AWS::ApiGatewayV2::Api"}, "Destination": {"Type": "AWS::Serverless::Function"}}}}, "Properties": {"Action": "lambda:InvokeFunction", "FunctionName": {"Fn::GetAtt": ["Send", "Arn"]}, "Principal": "apigateway.amazonaws.com", "SourceArn": {"Fn::Sub": ["arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${SourceResourceId}/${SourceQualifier}", {"SourceResourceId": {"Ref": "Api"}, "SourceQualifier": "prod/*"}]}}}});
    for (id, resource) in expected.as_object().unwrap() {
        assert_eq!(&made[id], resource, "{id}");
    }
    assert_eq!(made["WorkQ"]["DependsOn"], json!(["DrainPolicy"]));
    assert_eq!(made["Send"].get("Connectors"), None);
    assert_eq!(made["Api"].get("Connectors"), None);
    assert_eq!(made.get("Drain"), None);
}

#[test]
fn a_connector_that_cannot_be_is_refused() {
    for (connector, reason) in [
        (
            "Source: {Id: Q}, Destination: {Id: Q}, Permissions: [Read]",
            "Unable to create connector from AWS::SQS::Queue to AWS::SQS::Queue; it's not supported or the template is invalid.",
        ),
        (
            "Source: {Id: Q}, Destination: {Id: F}, Permissions: [Read]",
            "Unsupported 'Permissions' provided for connector from AWS::SQS::Queue to AWS::Lambda::Function; valid combinations are: Read + Write.",
        ),
        (
            "Source: {Id: F}, Destination: {Id: Q}, Permissions: [Own]",
            "Unsupported 'Permissions' provided for connector from AWS::Lambda::Function to AWS::SQS::Queue; valid values are: Read, Write.",
        ),
        (
            "Source: {Id: X}, Destination: {Id: Q}, Permissions: [Read]",
            "Unable to find resource with logical ID 'X'.",
        ),
    ] {
        let text = format!(
            "Resources:\n  C: {{Type: 'AWS::Serverless::Connector', Properties: {{{connector}}}}}\n  Q: {{Type: 'AWS::SQS::Queue'}}\n  F: {{Type: 'AWS::Serverless::Function', Properties: {{Handler: a.h, Runtime: r, InlineCode: x}}}}\n"
        );
        refused(
            &text,
            &format!(
                "Transform AWS::Serverless-2016-10-31 failed with: Invalid Serverless Application Specification document. Number of errors found: 1. Resource with id [C] is invalid. {reason} (C, line 3)"
            ),
        );
    }
}
