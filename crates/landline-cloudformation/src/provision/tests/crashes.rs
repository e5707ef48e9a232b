//! The process ends after a service made something and before anybody wrote down its id.

use std::collections::BTreeSet;

use landline_api::{apigateway as rest, kms};
use landline_store::Store;
use landline_wire::{Handler, NewIds};
use tokio::sync::Notify;

use super::*;
use crate::stack::StackStatus;

/// What exists, by id.
#[derive(Clone, Default)]
struct World {
    made: Arc<Mutex<BTreeSet<String>>>,
    something_was_made: Arc<Notify>,
}

/// Makes what it is asked for, and never comes to say so.
struct Mute {
    world: World,
    draw: fn(&mut NewIds) -> String,
}

impl<Op: Operation> Handler<Op> for Mute {
    async fn handle(&self, _: Op::Input, caller: &Caller) -> Result<Op::Output, ServiceError> {
        let id = (self.draw)(&mut caller.new_ids());
        self.world.made.lock().insert(id);
        self.world.something_was_made.notify_one();
        std::future::pending().await
    }
}

/// Lets the process end as soon as the resource is made, and recovers.
async fn crash<Create: Operation, Delete: Operation>(
    resource: &str,
    draw: fn(&mut NewIds) -> String,
    delete: fn(&Delete::Input) -> String,
) where
    Delete::Output: Default,
{
    crash_beside::<Create, Delete>(resource, draw, delete, |_, _| {}).await;
}

/// The same beside more operations.
async fn crash_beside<Create: Operation, Delete: Operation>(
    resource: &str,
    draw: fn(&mut NewIds) -> String,
    delete: fn(&Delete::Input) -> String,
    register: impl FnOnce(&mut DispatcherBuilder, World),
) where
    Delete::Output: Default,
{
    let world = World::default();
    let mut builder = DispatcherBuilder::new();
    register(&mut builder, world.clone());
    let mute = Mute {
        world: world.clone(),
        draw,
    };
    builder.register::<Create, _>(Arc::new(mute));
    let left = world.made.clone();
    builder.register_fn::<Delete, _>(move |input, _caller| {
        left.lock().remove(&delete(&input));
        Ok(Delete::Output::default())
    });
    let artifacts: Arc<dyn Artifacts> = Arc::new(LocalArtifacts::default());
    let providers = providers(&builder.seal(), &artifacts);
    let store: Arc<dyn Store> = open_memory();
    let start = || {
        let caller = Caller::root("123456789012", "us-east-1");
        Stacks::new(
            store.clone(),
            providers.clone(),
            Arc::new(SystemClock),
            caller,
        )
    };
    let deployment = Deployment {
        stack_name: "s".into(),
        template: format!("Resources:\n  R: {resource}\n"),
        ..Deployment::default()
    };
    let (stacks, progress) = (start(), Progress::none());
    tokio::select! {
        biased;
        () = world.something_was_made.notified() => {}
        outcome = stacks.deploy(&deployment, &progress) => panic!("no crash: {outcome:?}"),
    }
    assert_eq!(world.made.lock().len(), 1, "{resource}");
    let restarted = start();
    restarted.recover(&progress).await.unwrap();
    let stack = restarted.get("s").unwrap().unwrap();
    assert_eq!(stack.status, StackStatus::RollbackComplete, "{resource}");
    assert!(world.made.lock().is_empty(), "{resource} was left");
}

fn ten(ids: &mut NewIds) -> String {
    ids.resource_id(10)
}

fn seven(ids: &mut NewIds) -> String {
    ids.resource_id(7)
}

fn six(ids: &mut NewIds) -> String {
    ids.resource_id(6)
}

#[tokio::test]
async fn what_was_made_before_its_id_was_known_is_found_and_deleted() {
    crash::<gateway::CreateApi, gateway::DeleteApi>(
        "{Type: 'AWS::ApiGatewayV2::Api', Properties: {Name: n, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}}",
        ten,
        |input| input.api_id.clone(),
    )
    .await;
    crash::<gateway::CreateIntegration, gateway::DeleteIntegration>(
        "{Type: 'AWS::ApiGatewayV2::Integration', Properties: {ApiId: a, IntegrationType: MOCK}}",
        seven,
        |input| input.integration_id.clone(),
    )
    .await;
    crash::<gateway::CreateDeployment, gateway::DeleteDeployment>(
        "{Type: 'AWS::ApiGatewayV2::Deployment', Properties: {ApiId: a}}",
        six,
        |input| input.deployment_id.clone(),
    )
    .await;
    crash::<rest::CreateRestApi, rest::DeleteRestApi>(
        "{Type: 'AWS::ApiGateway::RestApi', Properties: {Name: n}}",
        ten,
        |input| input.rest_api_id.clone(),
    )
    .await;
    crash::<rest::GenerateClientCertificate, rest::DeleteClientCertificate>(
        "{Type: 'AWS::ApiGateway::ClientCertificate', Properties: {}}",
        six,
        |input| input.client_certificate_id.clone(),
    )
    .await;
    crash::<lambda::CreateEventSourceMapping, lambda::DeleteEventSourceMapping>(
        "{Type: 'AWS::Lambda::EventSourceMapping', Properties: {FunctionName: f, EventSourceArn: 'arn:aws:sqs:us-east-1:123456789012:q'}}",
        NewIds::uuid,
        |input| input.uuid.clone(),
    )
    .await;
    crash::<kms::CreateKey, kms::ScheduleKeyDeletion>(
        "{Type: 'AWS::KMS::Key', Properties: {}}",
        NewIds::uuid,
        |input| input.key_id.clone(),
    )
    .await;
}

impl World {
    /// What was made by the token, and its number, by which it is deleted.
    fn number(&self, number: &str) -> String {
        let mut made = self.made.lock();
        let drawn = made.pop_first().unwrap();
        made.insert(number.to_owned());
        drawn
    }
}

#[tokio::test]
async fn a_version_whose_number_nobody_wrote_down_is_found_by_its_revision() {
    crash_beside::<lambda::PublishVersion, lambda::DeleteFunction>(
        "{Type: 'AWS::Lambda::Version', Properties: {FunctionName: f}}",
        NewIds::uuid,
        |input| {
            let version = input.qualifier.as_deref().unwrap_or_default();
            format!("{} {version}", input.function_name)
        },
        |builder, world| {
            builder.register_fn::<lambda::ListVersionsByFunction, _>(move |_, _| {
                let version = |number: &str, revision: String| lambda::FunctionConfiguration {
                    version: Some(number.to_owned()),
                    revision_id: Some(revision),
                    ..Default::default()
                };
                let older = version("6", "of somebody else".to_owned());
                let versions = vec![older, version("7", world.number("f 7"))];
                Ok(lambda::ListVersionsByFunctionOutput {
                    versions: Some(versions),
                    next_marker: None,
                })
            });
        },
    )
    .await;
}

#[tokio::test]
async fn a_layer_whose_number_nobody_wrote_down_is_found_by_its_archive() {
    crash_beside::<lambda::PublishLayerVersion, lambda::DeleteLayerVersion>(
        "{Type: 'AWS::Lambda::LayerVersion', Properties: {LayerName: l, Content: {S3Bucket: bucket, S3Key: k}}}",
        NewIds::uuid,
        |input| format!("{} {}", input.layer_name, input.version_number),
        |builder, world| {
            builder.register_fn::<lambda::ListLayerVersions, _>(|_, _| {
                let versions = [2, 1].map(|number| lambda::LayerVersionsListItem {
                    version: Some(number),
                    ..Default::default()
                });
                Ok(lambda::ListLayerVersionsOutput {
                    layer_versions: Some(versions.into()),
                    next_marker: None,
                })
            });
            builder.register_fn::<lambda::GetLayerVersion, _>(move |input, _| {
                let drawn = match input.version_number {
                    1 => world.number("l 1"),
                    _ => "of somebody else".to_owned(),
                };
                let content = lambda::LayerVersionContentOutput {
                    location: Some(format!("http://127.0.0.1/code.zip?versionId={drawn}")),
                    ..Default::default()
                };
                Ok(lambda::GetLayerVersionOutput {
                    content: Some(content),
                    version: Some(input.version_number),
                    ..Default::default()
                })
            });
        },
    )
    .await;
}
