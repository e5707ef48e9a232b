//! Templates before and after the transform; what AWS's own gives is the measure.

use serde_json::{Value as Json, json};

use super::super::parse_text;
use super::*;

fn transformed(text: &str) -> Json {
    transform(parse_text(text).unwrap()).unwrap().to_json()
}

/// The resources that a template's resources become.
pub(super) fn resources(text: &str) -> Json {
    transformed(&format!("Transform: AWS::Serverless-2016-10-31\n{text}"))["Resources"].clone()
}

#[track_caller]
pub(super) fn refused(text: &str, expect: &str) {
    let text = format!("Transform: AWS::Serverless-2016-10-31\n{text}");
    assert_eq!(
        transform(parse_text(&text).unwrap())
            .unwrap_err()
            .to_string(),
        expect
    );
}

#[test]
fn a_template_without_the_transform_stays_as_it_is() {
    let text = "Globals: {}\nResources:\n  F: {Type: 'AWS::Serverless::Function'}\n";
    assert_eq!(transformed(text), parse_text(text).unwrap().to_json());
}

#[test]
fn a_function_becomes_a_lambda_function_and_its_role() {
    let text = "
Globals:
  Function: {Runtime: python3.12, Timeout: 5, Environment: {Variables: {A: '1', B: '1'}}, Tracing: Active}
Resources:
  F:
    Type: AWS::Serverless::Function
    Condition: Wanted
    DependsOn: T
    Metadata: {m: 1}
    Properties:
      Handler: app.handler
      CodeUri: src/
      Timeout: 9
      Environment: {Variables: {B: '2'}}
      Tags: {team: chat}
      Policies:
        - DynamoDBReadPolicy: {TableName: !Ref T}
        - AmazonS3ReadOnlyAccess
        - Statement: [{Effect: Allow, Action: 'execute-api:ManageConnections', Resource: '*'}]
";
    let made = resources(text);
    let function = json!({
        "Type": "AWS::Lambda::Function", "DependsOn": "T", "Condition": "Wanted", "Metadata": {"m": 1},
        "Properties": {
            "Code": "src/", "Handler": "app.handler", "Role": {"Fn::GetAtt": ["FRole", "Arn"]}, "Runtime": "python3.12", "Timeout": 9,
            "Environment": {"Variables": {"A": "1", "B": "2"}},
            "Tags": [{"Key": "lambda:createdBy", "Value": "SAM"}, {"Key": "team", "Value": "chat"}],
            "TracingConfig": {"Mode": "Active"},
        },
    });
    assert_eq!(made["F"], function);
    assert_eq!(made["FRole"]["Condition"], "Wanted");
    assert_eq!(made["FRole"]["DependsOn"], Json::Null);
    let role = &made["FRole"]["Properties"];
    let managed = [
        "service-role/AWSLambdaBasicExecutionRole",
        "AWSXrayWriteOnlyAccess",
        "AmazonS3ReadOnlyAccess",
    ];
    let managed: Vec<String> = managed
        .iter()
        .map(|name| format!("arn:aws:iam::aws:policy/{name}"))
        .collect();
    assert_eq!(role["ManagedPolicyArns"], json!(managed));
    assert_eq!(role["Policies"][0]["PolicyName"], "FRolePolicy0");
    let table = json!({"Fn::Sub": ["arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${tableName}", {"tableName": {"Ref": "T"}}]});
    assert_eq!(
        role["Policies"][0]["PolicyDocument"]["Statement"][0]["Resource"][0],
        table
    );
    assert_eq!(role["Policies"][1]["PolicyName"], "FRolePolicy2");
    assert_eq!(
        role["AssumeRolePolicyDocument"]["Statement"][0]["Principal"]["Service"],
        json!(["lambda.amazonaws.com"])
    );
}

#[test]
fn the_code_of_a_function_may_be_in_many_places() {
    let code = |property: &str| {
        resources(&format!("Resources:\n  F: {{Type: 'AWS::Serverless::Function', Properties: {{Handler: a.h, Runtime: r, {property}}}}}\n"))["F"]["Properties"]["Code"].clone()
    };
    assert_eq!(
        code("CodeUri: 's3://b/k/l'"),
        json!({"S3Bucket": "b", "S3Key": "k/l"})
    );
    assert_eq!(
        code("CodeUri: 's3://b/k?versionId=3'"),
        json!({"S3Bucket": "b", "S3Key": "k", "S3ObjectVersion": "3"})
    );
    assert_eq!(
        code("CodeUri: {Bucket: b, Key: k}"),
        json!({"S3Bucket": "b", "S3Key": "k"})
    );
    assert_eq!(code("InlineCode: 'x = 1'"), json!({"ZipFile": "x = 1"}));
    assert_eq!(code("CodeUri: ./handlers"), json!("./handlers"));
    assert_eq!(code("Timeout: 3"), json!("."));
}

#[test]
fn a_function_with_a_role_of_its_own_gets_no_other() {
    let made = resources(
        "Resources:\n  F: {Type: 'AWS::Serverless::Function', Properties: {Handler: a.h, Runtime: r, Role: arn, Policies: [X]}}\n",
    );
    assert_eq!(made.as_object().unwrap().keys().collect::<Vec<_>>(), ["F"]);
    assert_eq!(made["F"]["Properties"]["Role"], "arn");
}

#[test]
fn a_policy_may_depend_on_a_condition() {
    let made = resources(
        "Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Handler: a.h\n      Runtime: r\n      Policies:\n        - !If [C, {DynamoDBWritePolicy: {TableName: t}}, !Ref AWS::NoValue]\n        - !If [C, arn:x, !Ref AWS::NoValue]\n",
    );
    let role = &made["FRole"]["Properties"];
    assert_eq!(
        role["Policies"][0]["PolicyDocument"]["Fn::If"][2]["Statement"],
        json!([])
    );
    assert_eq!(
        role["ManagedPolicyArns"][1],
        json!({"Fn::If": ["C", "arn:x", {"Ref": "AWS::NoValue"}]})
    );
}

#[test]
fn a_simple_table_has_one_key_and_pays_per_request() {
    let made = resources(
        "Resources:\n  T: {Type: 'AWS::Serverless::SimpleTable'}\n  U: {Type: 'AWS::Serverless::SimpleTable', Properties: {TableName: u, PrimaryKey: {Name: pk, Type: Number}, ProvisionedThroughput: {ReadCapacityUnits: 1}, Tags: {a: b}}}\n",
    );
    let plain = json!({
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "BillingMode": "PAY_PER_REQUEST",
    });
    assert_eq!(
        made["T"],
        json!({"Type": "AWS::DynamoDB::Table", "Properties": plain})
    );
    let named = json!({
        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "N"}],
        "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
        "ProvisionedThroughput": {"ReadCapacityUnits": 1}, "TableName": "u", "Tags": [{"Key": "a", "Value": "b"}],
    });
    assert_eq!(made["U"]["Properties"], named);
}

#[test]
fn a_web_socket_api_becomes_routes_integrations_permissions_and_a_stage() {
    let text = "Transform: AWS::Serverless-2016-10-31
Resources:
  Chat:
    Type: AWS::Serverless::WebSocketApi
    Properties:
      RouteSelectionExpression: $request.body.action
      Auth: {AuthType: CUSTOM, AuthArn: !GetAtt A.Arn, IdentitySource: [route.request.querystring.t]}
      Routes:
        $connect: {FunctionArn: !GetAtt F.Arn}
        sendMessage: {FunctionArn: !GetAtt F.Arn, IntegrationTimeout: 500}
Outputs:
  Url: {Value: !Sub 'wss://${Chat}/${Chat.Stage}'}
  Stage: {Value: !Ref Chat.Stage}
";
    let template = transformed(text);
    let made = &template["Resources"];
    let names = [
        "Chat",
        "ChatConnectRoute",
        "ChatConnectIntegration",
        "ChatConnectPermission",
        "ChatSendmessageRoute",
        "ChatSendmessageIntegration",
        "ChatSendmessagePermission",
        "ChatDefaultStage",
        "ChatConnectAuthorizer",
        "ChatAuthorizerPermission",
    ];
    assert_eq!(made.as_object().unwrap().keys().collect::<Vec<_>>(), names);
    assert_eq!(
        made["ChatConnectRoute"]["Properties"]["AuthorizerId"],
        json!({"Ref": "ChatConnectAuthorizer"})
    );
    assert_eq!(
        made["ChatSendmessageRoute"]["Properties"]["AuthorizationType"],
        Json::Null
    );
    assert_eq!(
        made["ChatSendmessageIntegration"]["Properties"]["TimeoutInMillis"],
        500
    );
    let source = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Chat.ApiId}/default/sendMessage";
    assert_eq!(
        made["ChatSendmessagePermission"]["Properties"]["SourceArn"],
        json!({"Fn::Sub": source})
    );
    assert_eq!(made["ChatDefaultStage"]["Properties"]["AutoDeploy"], true);
    assert_eq!(
        template["Outputs"]["Url"]["Value"],
        json!({"Fn::Sub": "wss://${Chat}/${ChatDefaultStage}"})
    );
    assert_eq!(
        template["Outputs"]["Stage"]["Value"],
        json!({"Ref": "ChatDefaultStage"})
    );
}

#[test]
fn ignore_globals_takes_a_resource_out() {
    let made = resources(
        "Globals:\n  Function: {Timeout: 5, Runtime: r}\nResources:\n  F: {Type: 'AWS::Serverless::Function', IgnoreGlobals: [Timeout], Properties: {Handler: a.h}}\n",
    );
    assert_eq!(made["F"]["Properties"]["Timeout"], Json::Null);
    assert_eq!(made["F"]["Properties"]["Runtime"], "r");
}

#[test]
fn what_is_wrong_is_told_for_every_resource_with_its_line() {
    const HEAD: &str = "Transform AWS::Serverless-2016-10-31 failed with: Invalid Serverless Application Specification document. Number of errors found:";
    refused(
        "Resources:\n  F: {Type: 'AWS::Serverless::Function', Properties: {Handler: a.h, Runtime: r, Hndler: 1}}\n",
        &format!(
            "{HEAD} 1. Resource with id [F] is invalid. property Hndler not defined for resource of type AWS::Serverless::Function (F, line 3)"
        ),
    );
    refused(
        "Resources:\n  G: {Type: 'AWS::Serverless::GraphQLApi'}\n  F: {Type: 'AWS::Serverless::Function', Properties: {Runtime: r}}\n",
        &format!(
            "{HEAD} 2. Resource with id [F] is invalid. Runtime and Handler needs to be present when PackageType is of type `Zip` (line 4) Resource with id [G] is invalid. resource type AWS::Serverless::GraphQLApi is not supported by Landline yet. (line 3) (F, line 4)"
        ),
    );
    refused(
        "Globals: {Funktion: {}}\nResources:\n  T: {Type: T}\n",
        &format!(
            "{HEAD} 1. 'Globals' section is invalid. 'Funktion' is not supported. Must be one of the following values - ['Api', 'CapacityProvider', 'Function', 'HttpApi', 'LayerVersion', 'SimpleTable', 'StateMachine', 'WebSocketApi'] (line 2)"
        ),
    );
}

#[test]
fn events_of_streams_and_queues_become_event_source_mappings() {
    let made = resources(
        "
Resources:
  F:
    Type: AWS::Serverless::Function
    Condition: C
    Properties:
      Handler: app.h
      Runtime: python3.12
      Policies: [AmazonS3ReadOnlyAccess]
      Events:
        D: {Type: DynamoDB, Properties: {Stream: !GetAtt T.StreamArn, StartingPosition: LATEST, BatchSize: 10, DestinationConfig: {OnFailure: {Type: SQS, Destination: arn:q}}}}
        Q: {Type: SQS, Properties: {Queue: !GetAtt Q.Arn, FunctionResponseTypes: [ReportBatchItemFailures]}}
",
    );
    assert_eq!(
        made["FD"],
        json!({
            "Type": "AWS::Lambda::EventSourceMapping",
            "Condition": "C",
            "Properties": {
                "BatchSize": 10,
                "EventSourceArn": {"Fn::GetAtt": ["T", "StreamArn"]},
                "FunctionName": {"Ref": "F"},
                "StartingPosition": "LATEST",
                "DestinationConfig": {"OnFailure": {"Destination": "arn:q"}},
            },
        })
    );
    assert_eq!(
        made["FQ"]["Properties"],
        json!({
            "EventSourceArn": {"Fn::GetAtt": ["Q", "Arn"]},
            "FunctionName": {"Ref": "F"},
            "FunctionResponseTypes": ["ReportBatchItemFailures"],
        })
    );
    let role = &made["FRole"]["Properties"];
    let managed = [
        "service-role/AWSLambdaBasicExecutionRole",
        "AmazonS3ReadOnlyAccess",
        "service-role/AWSLambdaDynamoDBExecutionRole",
        "service-role/AWSLambdaSQSQueueExecutionRole",
    ];
    let managed: Vec<String> = managed
        .iter()
        .map(|name| format!("arn:aws:iam::aws:policy/{name}"))
        .collect();
    assert_eq!(role["ManagedPolicyArns"], json!(managed));
    assert_eq!(
        role["Policies"],
        json!([{"PolicyName": "FDSQSPolicy", "PolicyDocument": {"Statement": [
            {"Action": "sqs:SendMessage", "Effect": "Allow", "Resource": "arn:q"}
        ]}}])
    );
}

#[test]
fn an_event_that_is_not_whole_is_refused() {
    const HEAD: &str = "Transform AWS::Serverless-2016-10-31 failed with: Invalid Serverless Application Specification document. Number of errors found: 1.";
    let cases = [
        (
            "FE",
            "{Type: DynamoDB, Properties: {Stream: s}}",
            "Missing required property 'StartingPosition'.",
        ),
        (
            "FE",
            "{Type: SQS, Properties: {Queue: q, StartingPosition: LATEST}}",
            "property StartingPosition not defined for resource of type SQS",
        ),
        (
            "F",
            "{Type: Kinesis, Properties: {}}",
            "Event with id [E] is invalid. Events of type Kinesis are not supported by Landline yet.",
        ),
        (
            "F",
            "{Type: Nothing, Properties: {}}",
            "Event with id [E] is invalid. Resource dict has missing or invalid value for key Type. Event Type is: Nothing.",
        ),
    ];
    for (about, event, message) in cases {
        let text = format!(
            "Resources:\n  F: {{Type: 'AWS::Serverless::Function', Properties: {{Handler: a.h, Runtime: r, Events: {{E: {event}}}}}}}\n"
        );
        let expected =
            format!("{HEAD} Resource with id [{about}] is invalid. {message} ({about}, line 3)");
        refused(&text, &expected);
    }
}

/// A function with everything that AWS's own transform was asked about; the ids and values are what it gave.
const PUBLISHED: &str = "
Globals: {Function: {Environment: {Variables: {G: '1'}}}}
Resources:
  Dep: {Type: 'AWS::Serverless::LayerVersion', Properties: {LayerName: dep, ContentUri: 's3://b/layer.zip', CompatibleRuntimes: [python3.12], RetentionPolicy: Delete}}
  F1:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.h
      Runtime: python3.12
      Layers: [!Ref Dep]
      CodeUri: {Bucket: b, Key: k, Version: v}
      AutoPublishAlias: live
      Environment: {Variables: {L: !If [IsProd, p, d]}}
      FunctionUrlConfig: {AuthType: NONE, Cors: {AllowOrigins: ['*']}}
      EventInvokeConfig: {MaximumRetryAttempts: 1, DestinationConfig: {OnSuccess: {Type: Lambda, Destination: arn:x}}}
      Events:
        D: {Type: DynamoDB, Properties: {Stream: !GetAtt Tbl2.StreamArn, StartingPosition: LATEST, BatchSize: 10}}
  P: {Type: 'AWS::Lambda::Permission', DependsOn: Dep, Properties: {FunctionName: !Ref F1.Alias, Principal: !GetAtt F1.Version.Version, Action: !Sub '${Dep.LayerVersionArn}'}}
";

#[test]
fn an_alias_follows_the_version_that_is_published_when_the_code_changes() {
    let made = resources(PUBLISHED);
    assert_eq!(
        made["F1Version3525ac0342"],
        json!({
            "Type": "AWS::Lambda::Version",
            "DeletionPolicy": "Retain",
            "Properties": {"FunctionName": {"Ref": "F1"}},
        })
    );
    assert_eq!(
        made["F1Aliaslive"],
        json!({
            "Type": "AWS::Lambda::Alias",
            "Properties": {
                "Name": "live",
                "FunctionName": {"Ref": "F1"},
                "FunctionVersion": {"Fn::GetAtt": ["F1Version3525ac0342", "Version"]},
            },
        })
    );
    assert_eq!(
        made["F1D"]["Properties"]["FunctionName"],
        json!({"Ref": "F1Aliaslive"})
    );
    assert_eq!(
        made["P"]["Properties"],
        json!({
            "FunctionName": {"Ref": "F1Aliaslive"},
            "Principal": {"Fn::GetAtt": ["F1Version3525ac0342", "Version"]},
            "Action": {"Fn::Sub": "${Dep7a22551f5c.LayerVersionArn}"},
        })
    );
}

#[test]
fn a_version_of_code_on_this_machine_follows_the_code() {
    let made = resources(
        "Resources:\n  F: {Type: 'AWS::Serverless::Function', Properties: {Handler: a.h, Runtime: r, CodeUri: src, AutoPublishAlias: my-a_b, VersionDeletionPolicy: Delete}}\n",
    );
    let made = made.as_object().unwrap();
    let version = made
        .iter()
        .find(|(id, _)| id.starts_with("FVersion"))
        .unwrap();
    assert_eq!(version.1["Properties"]["CodePath"], "src");
    assert_eq!(version.1["DeletionPolicy"], "Delete");
    assert!(made.contains_key("FAliasmyDaUb"));
}

#[test]
fn a_function_url_for_everybody_comes_with_its_permissions() {
    let made = resources(PUBLISHED);
    assert_eq!(
        made["F1Url"]["Properties"],
        json!({
            "TargetFunctionArn": {"Ref": "F1Aliaslive"},
            "AuthType": "NONE",
            "Cors": {"AllowOrigins": ["*"]},
        })
    );
    assert_eq!(
        made["F1UrlPublicPermissions"]["Properties"],
        json!({
            "Action": "lambda:InvokeFunctionUrl",
            "FunctionName": {"Ref": "F1Aliaslive"},
            "Principal": "*",
            "FunctionUrlAuthType": "NONE",
        })
    );
    assert_eq!(
        made["F1URLInvokeAllowPublicAccess"]["Properties"],
        json!({
            "Action": "lambda:InvokeFunction",
            "FunctionName": {"Ref": "F1Aliaslive"},
            "Principal": "*",
            "InvokedViaFunctionUrl": true,
        })
    );
}

#[test]
fn settings_of_asynchronous_events_belong_to_the_alias() {
    let made = resources(PUBLISHED);
    assert_eq!(
        made["F1EventInvokeConfig"],
        json!({
            "Type": "AWS::Lambda::EventInvokeConfig",
            "DependsOn": ["F1Aliaslive"],
            "Properties": {
                "DestinationConfig": {"OnSuccess": {"Destination": "arn:x"}},
                "FunctionName": {"Ref": "F1"},
                "MaximumRetryAttempts": 1,
                "Qualifier": "live",
            },
        })
    );
    assert_eq!(
        made["F1Role"]["Properties"]["Policies"][0]["PolicyName"],
        "F1EventInvokeConfigOnSuccessLambdaPolicy"
    );
}

#[test]
fn a_layer_version_has_an_id_of_what_it_holds() {
    let made = resources(PUBLISHED);
    assert_eq!(
        made["Dep7a22551f5c"],
        json!({
            "Type": "AWS::Lambda::LayerVersion",
            "DeletionPolicy": "Delete",
            "Properties": {
                "Content": {"S3Bucket": "b", "S3Key": "layer.zip"},
                "LayerName": "dep",
                "CompatibleRuntimes": ["python3.12"],
            },
        })
    );
    assert_eq!(
        made["F1"]["Properties"]["Layers"],
        json!([{"Ref": "Dep7a22551f5c"}])
    );
    assert_eq!(made["P"]["DependsOn"], "Dep7a22551f5c");
    // AWS's transform hashes what stands beside the properties, but no metadata.
    let made = resources(
        "Resources:\n  L: {Type: 'AWS::Serverless::LayerVersion', DependsOn: X, Condition: C, Metadata: {a: 1}, Properties: {ContentUri: {Bucket: b, Key: k}, LicenseInfo: MIT}}\n",
    );
    assert_eq!(made["L73ac58d9a3"]["Properties"]["LayerName"], "L");
    assert_eq!(made["L73ac58d9a3"]["DeletionPolicy"], "Retain");
}

#[test]
fn an_alias_may_be_named_by_a_parameter_and_is_provisioned() {
    let text = "Transform: AWS::Serverless-2016-10-31\nParameters: {Stage: {Type: String, Default: dev}}\nResources:\n  F: {Type: 'AWS::Serverless::Function', Properties: {Handler: a.h, Runtime: r, InlineCode: x, AutoPublishAlias: !Ref Stage, ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 2}}}\n";
    let made = |parameters: &[(&str, &str)]| {
        let given = parameters.iter();
        let given = given.map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
        let made = transform_for(parse_text(text).unwrap(), &given.collect());
        made.unwrap().to_json()["Resources"].clone()
    };
    let alias = &made(&[])["FAliasdev"]["Properties"];
    assert_eq!(alias["Name"], "dev");
    assert_eq!(
        alias["ProvisionedConcurrencyConfig"],
        json!({"ProvisionedConcurrentExecutions": 2})
    );
    assert_eq!(
        made(&[("Stage", "live")])["FAliaslive"]["Properties"]["Name"],
        "live"
    );
}
