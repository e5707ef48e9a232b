//! Chat applications: what becomes of their templates, and what is refused.

use super::*;

#[tokio::test]
async fn a_chat_application_becomes_calls_of_five_services() {
    let (cloud, source) = (cloud(), source());
    let deployed = cloud.deploy(CHAT, Some(source.path())).await.unwrap();
    assert_eq!(
        deployed.stack.state.outputs["Url"].value,
        "wss://a1.execute-api.us-east-1.amazonaws.com/prod"
    );
    let calls = cloud.calls();
    assert_eq!(
        the(&calls, "CreateTable"),
        r#"connections Some("PAY_PER_REQUEST") None"#
    );
    assert_eq!(the(&calls, "CreateRole"), "true");
    assert_eq!(
        the(&calls, "AttachRolePolicy"),
        "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
    );
    let policy = r#"{"Statement":[{"Effect":"Allow","Action":"dynamodb:*","Resource":"arn:aws:dynamodb:us-east-1:123456789012:table/connections"}]}"#;
    assert_eq!(
        the(&calls, "PutRolePolicy"),
        format!("SendRolePolicy0 {policy}")
    );
    assert_eq!(
        the(&calls, "CreateFunction"),
        r#"Some(9) ["app.py"] Some({"TABLE": "connections"}) Some({"lambda:createdBy": "SAM"})"#
    );
    let function = &deployed.stack.state.resources["Send"];
    let name = function.physical_id.as_deref().unwrap();
    assert!(name.starts_with("chat-Send-") && name.len() == 22, "{name}");
    let uri = format!(
        "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:{name}/invocations"
    );
    assert_eq!(the(&calls, "CreateIntegration"), uri);
    assert_eq!(
        the(&calls, "CreateRoute"),
        r#"a1 sendmessage Some("integrations/i1")"#
    );
    assert_eq!(
        the(&calls, "AddPermission"),
        "apigateway.amazonaws.com None"
    );
    assert_eq!(the(&calls, "CreateStage"), r#"prod Some("d1") None"#);
}

#[tokio::test]
async fn changed_code_updates_the_function_and_nothing_else() {
    let (cloud, source) = (cloud(), source());
    cloud.deploy(CHAT, Some(source.path())).await.unwrap();
    cloud.calls();
    std::fs::write(
        source.path().join("src/app.py"),
        "def handler(event, context): return 1",
    )
    .unwrap();
    cloud.deploy(CHAT, Some(source.path())).await.unwrap();
    assert_eq!(cloud.calls(), ["UpdateFunctionCode true"]);
    cloud.deploy(CHAT, Some(source.path())).await.unwrap();
    assert_eq!(cloud.calls(), [""; 0]);
}

#[tokio::test]
async fn changed_properties_update_the_configuration_and_removed_ones_are_cleared() {
    let (cloud, source) = (cloud(), source());
    cloud.deploy(CHAT, Some(source.path())).await.unwrap();
    cloud.calls();
    let without = CHAT
        .replace("      Environment: {Variables: {TABLE: !Ref Table}}\n", "")
        .replace("Timeout: '9'", "Timeout: 10");
    cloud.deploy(&without, Some(source.path())).await.unwrap();
    assert_eq!(
        cloud.calls(),
        ["UpdateFunctionConfiguration Some(10) Some(Environment { variables: Some({}) })"]
    );
}

#[tokio::test]
async fn deletion_takes_everything_away_and_forgives_what_is_gone() {
    let (cloud, source) = (cloud(), source());
    cloud.deploy(CHAT, Some(source.path())).await.unwrap();
    cloud.calls();
    cloud
        .stacks
        .delete("chat", &Progress::none())
        .await
        .unwrap();
    let calls = cloud.calls();
    for operation in [
        "DeleteStage prod",
        "DeleteDeployment d1",
        "DeleteRoute r1",
        "DeleteIntegration i1",
        "DeleteApi a1",
        "DeleteFunction",
        "DeleteRole",
        "DeleteTable connections",
    ] {
        assert!(
            calls.iter().any(|call| call == operation),
            "{operation}: {calls:#?}"
        );
    }
}

#[tokio::test]
async fn what_a_service_refuses_names_the_resource_the_line_and_the_reason() {
    let (cloud, source) = (cloud(), source());
    let error = cloud
        .deploy(
            &CHAT.replace("RouteKey: sendmessage", "RouteKey: refused"),
            Some(source.path()),
        )
        .await
        .unwrap_err()
        .to_string();
    assert_eq!(
        error,
        "Route (line 23): Resource handler returned message: \"Route with key refused already exists for this API\" (Status Code: 409, Error Code: ConflictException) (ROLLBACK_COMPLETE)"
    );
    assert!(cloud.calls().iter().any(|call| call == "DeleteApi a1"));
}

#[tokio::test]
async fn code_that_is_not_there_refuses_the_template() {
    let cloud = cloud();
    let empty = tempfile::tempdir().unwrap();
    let error = cloud.deploy(CHAT, Some(empty.path())).await.unwrap_err();
    assert!(
        matches!(&error, DeployError::Refused(refused) if refused.resource.as_deref() == Some("Send")),
        "{error}"
    );
    let error = cloud.deploy(CHAT, None).await.unwrap_err().to_string();
    assert_eq!(
        error,
        "The code of the function is the local path src: upload it first (sam package, aws cloudformation package). (Send, line 8)"
    );
    assert_eq!(cloud.calls(), [""; 0]);
}

#[tokio::test]
async fn inline_code_and_the_smaller_types_are_made_too() {
    let cloud = cloud();
    let template = "
Resources:
  Group: {Type: 'AWS::Logs::LogGroup', Properties: {LogGroupName: /aws/lambda/x, RetentionInDays: 7}}
  Meta: {Type: 'AWS::CDK::Metadata', Properties: {Analytics: x}}
  F:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: f, Role: 'arn:aws:iam::123456789012:role/r', Runtime: nodejs22.x, Handler: index.handler, Code: {ZipFile: 'exports.handler = 1'}}
  T:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      BillingMode: PAY_PER_REQUEST
      StreamSpecification: {StreamViewType: NEW_IMAGE}
      SSESpecification: {SSEEnabled: true}
      TimeToLiveSpecification: {AttributeName: ttl, Enabled: true}
  P: {Type: 'AWS::IAM::Policy', Properties: {PolicyName: p, Roles: [r], PolicyDocument: {Statement: []}}}
Outputs:
  Group: {Value: !GetAtt Group.Arn}
";
    let deployed = cloud.deploy(template, None).await.unwrap();
    assert_eq!(
        deployed.stack.state.outputs["Group"].value,
        "arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/x:*"
    );
    let calls = cloud.calls();
    assert_eq!(the(&calls, "PutRetentionPolicy"), "7");
    assert_eq!(
        the(&calls, "CreateFunction"),
        r#"None ["index.js"] None None"#
    );
    assert!(the(&calls, "CreateTable").ends_with(r#"Some("PAY_PER_REQUEST") Some(true)"#));
    assert_eq!(
        the(&calls, "UpdateTimeToLive"),
        r#"TimeToLiveSpecification { enabled: true, attribute_name: "ttl" }"#
    );
    assert_eq!(the(&calls, "PutRolePolicy"), r#"p {"Statement":[]}"#);
}

#[tokio::test]
async fn a_value_that_cannot_be_is_refused_before_anything_is_touched() {
    let cloud = cloud();
    let cases = [
        (
            "AWS::ApiGatewayV2::Integration",
            "ApiId: !Ref Other, IntegrationType: AWS_PROXI",
            "Value 'AWS_PROXI' at 'integrationType' failed to satisfy constraint: Member must satisfy enum value set: [AWS, HTTP, MOCK, HTTP_PROXY, AWS_PROXY]",
        ),
        (
            "AWS::ApiGatewayV2::Integration",
            "ApiId: !Ref Other, IntegrationType: AWS_PROXY, TimeoutInMillis: 5",
            "Value '5' at 'timeoutInMillis' failed to satisfy constraint: Member must have value greater than or equal to 50",
        ),
        (
            "AWS::ApiGatewayV2::Route",
            "ApiId: !Ref Other, RouteKey: x, ApiKeyRequired: perhaps",
            "#/apiKeyRequired: STRING_VALUE cannot be converted to Boolean",
        ),
    ];
    for (resource_type, properties, expect) in cases {
        let template = format!(
            "Resources:\n  A:\n    Type: {resource_type}\n    Properties: {{{properties}}}\n  Other: {{Type: 'AWS::ApiGatewayV2::Api', Properties: {{Name: o, ProtocolType: WEBSOCKET}}}}\n"
        );
        let error = cloud.deploy(&template, None).await.unwrap_err();
        assert!(matches!(error, DeployError::Refused(_)), "{error}");
        assert_eq!(
            error.to_string(),
            format!("Properties validation failed: {expect} (A, line 2)")
        );
    }
    assert_eq!(cloud.calls(), [""; 0]);
}

#[tokio::test]
async fn a_table_that_keeps_its_name_cannot_be_replaced() {
    let cloud = cloud();
    let table = |key: &str| {
        format!(
            "Resources:\n  T:\n    Type: AWS::DynamoDB::Table\n    Properties:\n      TableName: mine\n      BillingMode: PAY_PER_REQUEST\n      AttributeDefinitions: [{{AttributeName: {key}, AttributeType: S}}]\n      KeySchema: [{{AttributeName: {key}, KeyType: HASH}}]\n"
        )
    };
    cloud.deploy(&table("a"), None).await.unwrap();
    cloud.calls();
    let error = cloud
        .deploy(&table("b"), None)
        .await
        .unwrap_err()
        .to_string();
    let expect = "T (line 2): CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename mine and update the stack again.";
    assert!(error.starts_with(expect), "{error}");
    assert!(
        !cloud
            .calls()
            .iter()
            .any(|call| call.starts_with("CreateTable") || call.starts_with("DeleteTable"))
    );
}

#[tokio::test]
async fn the_examples_can_be_deployed() {
    let examples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    for template in [
        "chat/template.yaml",
        "chat/template-node.yaml",
        "notify/template.yaml",
    ] {
        let cloud = cloud();
        let path = examples.join(template);
        let text = std::fs::read_to_string(&path).unwrap();
        let deployed = cloud.deploy(&text, path.parent()).await.unwrap();
        let url = deployed
            .stack
            .state
            .outputs
            .values()
            .find(|output| output.value.starts_with("wss://a1.execute-api."));
        assert!(url.is_some(), "{template}");
    }
}

#[tokio::test]
async fn an_api_is_deployed_anew_when_that_is_asked_for_and_its_routes_change() {
    let source = source();
    let changed = CHAT.replace("Route, Properties: {ApiId: !Ref Api}}", "[Route, More], Properties: {ApiId: !Ref Api}}")
        .replace("  Deployment:", "  More: {Type: 'AWS::ApiGatewayV2::Route', Properties: {ApiId: !Ref Api, RouteKey: more, Target: !Sub 'integrations/${Integration}'}}\n  Deployment:");
    let mut cloud = cloud();
    cloud.deploy(CHAT, Some(source.path())).await.unwrap();
    cloud.calls();
    cloud.deploy(&changed, Some(source.path())).await.unwrap();
    assert!(
        !cloud
            .calls()
            .iter()
            .any(|call| call.starts_with("CreateDeployment"))
    );
    cloud.renew_snapshots = true;
    cloud.deploy(CHAT, Some(source.path())).await.unwrap();
    cloud.calls();
    cloud.deploy(CHAT, Some(source.path())).await.unwrap();
    assert_eq!(cloud.calls(), [""; 0]);
    cloud.deploy(&changed, Some(source.path())).await.unwrap();
    assert_eq!(the(&cloud.calls(), "CreateDeployment"), "a1");
}

#[tokio::test]
async fn a_deployment_comes_after_the_whole_of_its_api_though_the_template_does_not_say_so() {
    let (cloud, source) = (cloud(), source());
    let text = CHAT.replace("DependsOn: Route, ", "");
    assert_ne!(text, CHAT);
    cloud.deploy(&text, Some(source.path())).await.unwrap();
    let calls = cloud.calls();
    let position = |name: &str| calls.iter().position(|call| call.starts_with(name));
    assert!(position("CreateRoute") < position("CreateDeployment"));
}

#[tokio::test]
async fn a_route_that_waits_for_the_deployment_is_made_after_it() {
    let (cloud, source) = (cloud(), source());
    let text = CHAT.replace("  Deployment:", "  More: {Type: 'AWS::ApiGatewayV2::Route', DependsOn: Deployment, Properties: {ApiId: !Ref Api, RouteKey: more}}\n  Deployment:");
    cloud.deploy(&text, Some(source.path())).await.unwrap();
    let calls = cloud.calls();
    let position = |name: &str| calls.iter().position(|call| call.starts_with(name));
    assert!(position("CreateDeployment") < position("CreateRoute a1 more"));
}
