//! Whole templates against handlers that write down what they are asked.

mod access_logs;
mod api_gateway;
mod chat;
mod crashes;
mod dynamodb;
mod events;
mod lambda_sources;
mod observation;
mod policies;
mod rest_apis;
mod secrets;
mod sns;
mod sqs;
mod storage;
mod tags;
mod updates;
mod without_effect;

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
        let mut note = format!(
            "{} {:?} {:?}",
            input.stage_name, input.deployment_id, input.auto_deploy
        );
        if let Some(log) = &input.access_log_settings {
            note = format!("{note} {:?}", log.destination_arn);
        }
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
        let tags = own_tags(input.tags.as_ref());
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

/// Tags without those by which CloudFormation marks what it makes.
fn own_tags(tags: Option<&BTreeMap<String, String>>) -> Option<BTreeMap<String, String>> {
    let mut own = tags?.clone();
    own.retain(|key, _| !key.starts_with("aws:"));
    Some(own).filter(|own| !own.is_empty())
}

/// The line of the call of this operation.
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
