//! The control plane through the dispatcher, on a store in memory.

mod api_keys;
mod apis;
mod authorizers;
mod client_certificates;
mod deployments;
mod documentation;
mod domains;
mod durability;
mod exports;
mod http_apis;
mod ids;
mod integration_responses;
mod integrations;
mod laws;
mod mappings;
mod models;
mod others;
mod rest_apis;
mod rest_refusals;
mod routes;
mod sockets;
mod stages;
mod tags;
mod truststores;
mod usage_plans;
mod wire;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use landline_api::{apigatewayv2 as api, s3};
use landline_store::{Store, open_memory};
use landline_wire::protocol::json;
use landline_wire::shape::{Naming, Structure};
use landline_wire::{
    Caller, Clock as _, Dispatcher, DispatcherBuilder, ManualClock, Operation, ServiceError,
    Timestamp,
};

use super::ApiGateway;
use crate::deployment::domains::LiveDomains;
use crate::deployment::live::LiveStages;
use crate::deployment::snapshot::LiveStage;
use crate::quotas::ResourceLimits;
use crate::usage::UsagePlans;

/// A control plane with its store, its clock and the stages that it serves.
struct Plane {
    store: Arc<dyn Store>,
    clock: Arc<ManualClock>,
    live: Arc<LiveStages>,
    domains: Arc<LiveDomains>,
    usage_plans: Arc<UsagePlans>,
    dispatcher: Dispatcher,
    caller: Caller,
}

impl Plane {
    fn new() -> Self {
        Self::with_limits(ResourceLimits::default())
    }

    fn with_limits(limits: ResourceLimits) -> Self {
        let start = Timestamp::parse("2027-02-03T09:15:42.107Z").unwrap();
        let clock = Arc::new(ManualClock::at(start));
        Self::open(open_memory(), clock, limits)
    }

    fn open(store: Arc<dyn Store>, clock: Arc<ManualClock>, limits: ResourceLimits) -> Self {
        let live = Arc::new(LiveStages::new());
        let mut builder = DispatcherBuilder::new();
        builder.register_fn::<s3::GetObject, _>(|input, caller| object(&input, caller));
        let (store_too, clock_too) = (store.clone(), clock.clone());
        let dispatcher = builder.dispatcher();
        let gateway =
            ApiGateway::open(store_too, clock_too, limits, live.clone(), dispatcher).unwrap();
        gateway.register(&mut builder);
        Self {
            store,
            clock,
            live,
            domains: gateway.domains().clone(),
            usage_plans: Arc::clone(gateway.usage_plans()),
            dispatcher: builder.seal(),
            caller: Caller::root("123456789012", "eu-central-1"),
        }
    }

    /// The same store under a new process.
    fn restarted(self) -> Self {
        Self::open(self.store, self.clock, ResourceLimits::default())
    }

    async fn call<Op: Operation>(&self, input: Op::Input) -> Result<Op::Output, ServiceError> {
        self.dispatcher.call::<Op>(input, &self.caller).await
    }

    async fn api(&self) -> String {
        let api = self.call::<api::CreateApi>(chat()).await.unwrap();
        api.api_id.unwrap()
    }

    async fn integration(&self, api_id: &str) -> String {
        let input = lambda(api_id);
        let integration = self.call::<api::CreateIntegration>(input).await.unwrap();
        integration.integration_id.unwrap()
    }

    async fn route(&self, api_id: &str, key: &str) -> String {
        let input = route(api_id, key);
        let route = self.call::<api::CreateRoute>(input).await.unwrap();
        route.route_id.unwrap()
    }

    async fn deployment(&self, api_id: &str) -> String {
        let input = api::CreateDeploymentInput {
            api_id: api_id.into(),
            ..Default::default()
        };
        let deployment = self.call::<api::CreateDeployment>(input).await.unwrap();
        deployment.deployment_id.unwrap()
    }

    /// An API with a route, deployed at the stage `prod`.
    async fn served_api(&self) -> String {
        let api_id = self.api().await;
        self.route(&api_id, "sendmessage").await;
        let mut input = stage(&api_id, "prod");
        input.deployment_id = Some(self.deployment(&api_id).await);
        self.call::<api::CreateStage>(input).await.unwrap();
        api_id
    }

    async fn get_stage(&self, api_id: &str, name: &str) -> api::Stage {
        let input = api::GetStageInput {
            api_id: api_id.into(),
            stage_name: name.into(),
        };
        self.call::<api::GetStage>(input).await.unwrap()
    }

    fn live(&self, api_id: &str, stage_name: &str) -> Arc<LiveStage> {
        self.live.get(api_id, stage_name).unwrap().load()
    }

    /// Whether the stage has a route for messages that come to `key`.
    fn serves(&self, api_id: &str, stage_name: &str, key: &str) -> bool {
        let live = self.live(api_id, stage_name);
        let snapshot = live.snapshot.as_ref();
        snapshot.is_some_and(|it| it.route_for_message(Some(key)).is_some())
    }

    fn wait_a_minute(&self) {
        self.clock.advance(Duration::from_mins(1));
    }
}

/// A bucket with one object, of which there are two versions.
fn object(
    input: &s3::GetObjectInput,
    caller: &Caller,
) -> Result<s3::GetObjectOutput, ServiceError> {
    assert_eq!(&*caller.account_id, "123456789012");
    let place = (input.bucket.as_str(), input.key.as_str());
    if place != ("trust", "of/clients.pem") {
        let text = "The specified key does not exist.";
        return Err(ServiceError::new("NoSuchKey", 404, text));
    }
    let body = match input.version_id.as_deref() {
        None | Some("2") => domains::AUTHORITY,
        Some(_) => "no certificate",
    };
    Ok(s3::GetObjectOutput {
        body: Some(body.into()),
        ..Default::default()
    })
}

fn chat() -> api::CreateApiInput {
    api::CreateApiInput {
        name: "chat".into(),
        protocol_type: api::ProtocolType::Websocket,
        route_selection_expression: Some("$request.body.action".into()),
        ..Default::default()
    }
}

fn lambda(api_id: &str) -> api::CreateIntegrationInput {
    api::CreateIntegrationInput {
        api_id: api_id.into(),
        integration_type: api::IntegrationType::AwsProxy,
        integration_uri: Some(LAMBDA_URI.into()),
        ..Default::default()
    }
}

fn route(api_id: &str, key: &str) -> api::CreateRouteInput {
    api::CreateRouteInput {
        api_id: api_id.into(),
        route_key: key.into(),
        ..Default::default()
    }
}

fn stage(api_id: &str, name: &str) -> api::CreateStageInput {
    api::CreateStageInput {
        api_id: api_id.into(),
        stage_name: name.into(),
        ..Default::default()
    }
}

fn texts(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let owned = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
    pairs.iter().map(owned).collect()
}

/// The members of an answer, as the wire shows them.
fn members<S: Structure>(answer: &S) -> Vec<String> {
    let json: serde_json::Value =
        serde_json::from_slice(&json::to_vec(answer, Naming::Wire)).unwrap();
    let mut names: Vec<String> = json.as_object().unwrap().keys().cloned().collect();
    names.sort();
    names
}

/// The status and the message of a refusal.
fn refusal<T: std::fmt::Debug>(outcome: Result<T, ServiceError>) -> (u16, String) {
    let error = outcome.unwrap_err();
    (error.status, error.message)
}

const LAMBDA_URI: &str = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:chat/invocations";
