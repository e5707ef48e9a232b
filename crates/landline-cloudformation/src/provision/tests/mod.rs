//! Whole templates against handlers that write down what they are asked.

mod api_gateway;
mod crashes;
mod dynamodb;
mod events;
mod lambda_sources;
mod rest_apis;
mod sns;
mod sqs;
mod storage;

mod tags;
use std::collections::BTreeMap;

use landline_api::{apigatewayv2 as gateway, iam, lambda, logs};
use landline_store::open_memory;
use landline_wire::shape::Unit;
use landline_wire::{Caller, DispatcherBuilder, Operation, ServiceError, SystemClock};
use parking_lot::Mutex;

use super::*;
use crate::artifacts::LocalArtifacts;
use crate::stack::{DeployError, Deployed, Deployment, Progress, Stacks};

/// Every call, as `Operation` and what a test wants to see of its input.
type Calls = Arc<Mutex<Vec<String>>>;

struct Cloud {
    stacks: Stacks,
    calls: Calls,
    renew_snapshots: bool,
}

/// Lets a closure answer an operation and notes the call.
fn answer<Op: Operation>(
    builder: &mut DispatcherBuilder,
    calls: &Calls,
    make: impl Fn(&Op::Input) -> (String, Result<Op::Output, ServiceError>) + Send + Sync + 'static,
) {
    let calls = calls.clone();
    builder.register_fn::<Op, _>(move |input, _caller| {
        let (note, output) = make(&input);
        calls
            .lock()
            .push(format!("{} {note}", Op::META.name).trim_end().to_owned());
        output
    });
}

fn unit<Op: Operation<Output = Unit>>(
    builder: &mut DispatcherBuilder,
    calls: &Calls,
    note: impl Fn(&Op::Input) -> String + Send + Sync + 'static,
) {
    answer::<Op>(builder, calls, move |input| (note(input), Ok(Unit {})));
}

fn cloud() -> Cloud {
    cloud_with(|_, _| {})
}

/// A cloud that answers more than chat applications need.
fn cloud_with(register: impl FnOnce(&mut DispatcherBuilder, &Calls)) -> Cloud {
    let calls = Calls::default();
    let mut builder = DispatcherBuilder::new();
    register(&mut builder, &calls);
    gateway_handlers(&mut builder, &calls);
    route_handlers(&mut builder, &calls);
    gateway_deletions(&mut builder, &calls);
    lambda_handlers(&mut builder, &calls);
    other_handlers(&mut builder, &calls);
    let artifacts: Arc<dyn Artifacts> = Arc::new(LocalArtifacts::default());
    let providers = providers(&builder.seal(), &artifacts);
    let caller = Caller::root("123456789012", "us-east-1");
    Cloud {
        stacks: Stacks::new(open_memory(), providers, Arc::new(SystemClock), caller),
        calls,
        renew_snapshots: false,
    }
}

fn gateway_handlers(builder: &mut DispatcherBuilder, calls: &Calls) {
    answer::<gateway::CreateApi>(builder, calls, |input| {
        let endpoint = Some("wss://a1.execute-api.us-east-1.amazonaws.com".to_owned());
        (
            input.name.clone(),
            Ok(gateway::Api {
                api_id: Some("a1".into()),
                api_endpoint: endpoint,
                ..Default::default()
            }),
        )
    });
    answer::<gateway::UpdateApi>(builder, calls, |input| {
        let note = format!("{} {:?}", input.api_id, input.description);
        (
            note,
            Ok(gateway::Api {
                api_id: Some(input.api_id.clone()),
                ..Default::default()
            }),
        )
    });
    answer::<gateway::CreateIntegration>(builder, calls, |input| {
        (
            input.integration_uri.clone().unwrap_or_default(),
            Ok(gateway::Integration {
                integration_id: Some("i1".into()),
                ..Default::default()
            }),
        )
    });
}

fn route_handlers(builder: &mut DispatcherBuilder, calls: &Calls) {
    answer::<gateway::CreateRoute>(builder, calls, |input| {
        let note = format!("{} {} {:?}", input.api_id, input.route_key, input.target);
        if input.route_key == "refused" {
            return (
                note,
                Err(gateway::errors::ConflictException
                    .with("Route with key refused already exists for this API")),
            );
        }
        (
            note,
            Ok(gateway::Route {
                route_id: Some("r1".into()),
                ..Default::default()
            }),
        )
    });
    answer::<gateway::CreateRouteResponse>(builder, calls, |input| {
        (
            input.route_id.clone(),
            Ok(gateway::RouteResponse {
                route_response_id: Some("rr1".into()),
                ..Default::default()
            }),
        )
    });
    answer::<gateway::CreateDeployment>(builder, calls, |input| {
        (
            input.api_id.clone(),
            Ok(gateway::Deployment {
                deployment_id: Some("d1".into()),
                ..Default::default()
            }),
        )
    });
    answer::<gateway::CreateStage>(builder, calls, |input| {
        let note = format!(
            "{} {:?} {:?}",
            input.stage_name, input.deployment_id, input.auto_deploy
        );
        (
            note,
            Ok(gateway::Stage {
                stage_name: input.stage_name.clone(),
                ..Default::default()
            }),
        )
    });
}

fn gateway_deletions(builder: &mut DispatcherBuilder, calls: &Calls) {
    unit::<gateway::DeleteApi>(builder, calls, |input| input.api_id.clone());
    unit::<gateway::DeleteIntegration>(builder, calls, |input| input.integration_id.clone());
    unit::<gateway::DeleteRoute>(builder, calls, |input| input.route_id.clone());
    unit::<gateway::DeleteRouteResponse>(builder, calls, |input| input.route_response_id.clone());
    unit::<gateway::DeleteDeployment>(builder, calls, |input| input.deployment_id.clone());
    unit::<gateway::DeleteStage>(builder, calls, |input| input.stage_name.clone());
}

fn lambda_handlers(builder: &mut DispatcherBuilder, calls: &Calls) {
    answer::<lambda::CreateFunction>(builder, calls, |input| {
        let zip = zip::ZipArchive::new(std::io::Cursor::new(
            input.code.zip_file.clone().unwrap_or_default(),
        ))
        .unwrap();
        let files: Vec<_> = zip.file_names().map(Result::unwrap).collect();
        let variables = input.environment.clone().unwrap_or_default().variables;
        let tags = own_tags(&input.tags);
        let note = format!("{:?} {files:?} {variables:?} {tags:?}", input.timeout);
        let arn = format!(
            "arn:aws:lambda:us-east-1:123456789012:function:{}",
            input.function_name
        );
        (
            note,
            Ok(lambda::FunctionConfiguration {
                function_arn: Some(arn),
                ..Default::default()
            }),
        )
    });
    answer::<lambda::UpdateFunctionConfiguration>(builder, calls, |input| {
        (
            format!("{:?} {:?}", input.timeout, input.environment),
            Ok(lambda::FunctionConfiguration::default()),
        )
    });
    answer::<lambda::UpdateFunctionCode>(builder, calls, |input| {
        (
            format!("{}", input.zip_file.is_some()),
            Ok(lambda::FunctionConfiguration::default()),
        )
    });
    answer::<lambda::AddPermission>(builder, calls, |input| {
        (
            format!("{} {:?}", input.principal, input.source_arn),
            Ok(lambda::AddPermissionOutput::default()),
        )
    });
    unit::<lambda::RemovePermission>(builder, calls, |_| String::new());
    answer::<lambda::DeleteFunction>(builder, calls, |_| {
        (
            String::new(),
            Err(lambda::errors::ResourceNotFoundException.with("gone")),
        )
    });
}

fn other_handlers(builder: &mut DispatcherBuilder, calls: &Calls) {
    answer::<iam::CreateRole>(builder, calls, |input| {
        let role = iam::Role {
            role_name: input.role_name.clone(),
            arn: format!("arn:aws:iam::123456789012:role/{}", input.role_name),
            ..Default::default()
        };
        (
            format!("{}", input.assume_role_policy_document.len() > 100),
            Ok(iam::CreateRoleOutput { role }),
        )
    });
    unit::<iam::AttachRolePolicy>(builder, calls, |input| input.policy_arn.clone());
    unit::<iam::DetachRolePolicy>(builder, calls, |input| input.policy_arn.clone());
    unit::<iam::PutRolePolicy>(builder, calls, |input| {
        format!("{} {}", input.policy_name, input.policy_document)
    });
    unit::<iam::DeleteRolePolicy>(builder, calls, |input| input.policy_name.clone());
    unit::<iam::DeleteRole>(builder, calls, |_| String::new());
    unit::<logs::CreateLogGroup>(builder, calls, |input| input.log_group_name.clone());
    unit::<logs::PutRetentionPolicy>(builder, calls, |input| input.retention_in_days.to_string());
    unit::<logs::DeleteLogGroup>(builder, calls, |input| input.log_group_name.clone());
    dynamodb::tables(builder, calls);
}

impl Cloud {
    async fn deploy(
        &self,
        template: &str,
        directory: Option<&std::path::Path>,
    ) -> Result<Deployed, DeployError> {
        let deployment = Deployment {
            stack_name: "chat".into(),
            template: template.to_owned(),
            parameters: BTreeMap::new(),
            directory: directory.map(std::path::Path::to_owned),
            renew_snapshots: self.renew_snapshots,
            ..Deployment::default()
        };
        self.stacks.deploy(&deployment, &Progress::none()).await
    }

    fn calls(&self) -> Vec<String> {
        std::mem::take(&mut self.calls.lock())
    }
}

/// The line of the call of this operation.
/// Tags without those by which CloudFormation marks what it makes.
fn own_tags(tags: &Option<BTreeMap<String, String>>) -> Option<BTreeMap<String, String>> {
    let mut own = tags.clone()?;
    own.retain(|key, _| !key.starts_with("aws:"));
    Some(own).filter(|own| !own.is_empty())
}

#[track_caller]
fn the<'a>(calls: &'a [String], operation: &str) -> &'a str {
    calls
        .iter()
        .find_map(|call| call.strip_prefix(operation))
        .unwrap_or_else(|| panic!("{operation} was not called: {calls:#?}"))
        .trim()
}

const CHAT: &str = "
Transform: AWS::Serverless-2016-10-31
Resources:
  Table: {Type: 'AWS::Serverless::SimpleTable', Properties: {TableName: connections}}
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: chat, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}
  Send:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Runtime: python3.12
      CodeUri: src
      Timeout: '9'
      Environment: {Variables: {TABLE: !Ref Table}}
      Policies: [Statement: [{Effect: Allow, Action: 'dynamodb:*', Resource: !GetAtt Table.Arn}]]
  Integration:
    Type: AWS::ApiGatewayV2::Integration
    Properties:
      ApiId: !Ref Api
      IntegrationType: AWS_PROXY
      IntegrationUri: !Sub arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Send.Arn}/invocations
  Route:
    Type: AWS::ApiGatewayV2::Route
    Properties: {ApiId: !Ref Api, RouteKey: sendmessage, Target: !Sub 'integrations/${Integration}'}
  Permission:
    Type: AWS::Lambda::Permission
    DependsOn: Api
    Properties: {Action: 'lambda:InvokeFunction', FunctionName: !Ref Send, Principal: apigateway.amazonaws.com}
  Deployment: {Type: 'AWS::ApiGatewayV2::Deployment', DependsOn: Route, Properties: {ApiId: !Ref Api}}
  Stage: {Type: 'AWS::ApiGatewayV2::Stage', Properties: {ApiId: !Ref Api, DeploymentId: !Ref Deployment, StageName: prod}}
Outputs:
  Url: {Value: !Sub 'wss://${Api}.execute-api.${AWS::Region}.amazonaws.com/${Stage}'}
";

fn source() -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    std::fs::create_dir(directory.path().join("src")).unwrap();
    std::fs::write(
        directory.path().join("src/app.py"),
        "def handler(event, context): pass",
    )
    .unwrap();
    directory
}

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
            "AWS::ApiGatewayV2::Api",
            "Name: x, ProtocolType: WEBSOKET",
            "Value 'WEBSOKET' at 'protocolType' failed to satisfy constraint: Member must satisfy enum value set: [WEBSOCKET, HTTP]",
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
