//! A gateway in memory for tests: functions that do what a test says, and raw clients.
//!
//! Everything runs over in-memory streams, so that tests may pause the time.

mod backend;
mod client;
mod functions;
mod identities;
mod web;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use landline_api::lambda::Invoke;
use landline_wire::{Caller, DispatcherBuilder, ManualClock, Timestamp};
use tokio::io::DuplexStream;

use crate::authorizer::http::PublishKeys;
pub(crate) use backend::FakeBackend;
pub(crate) use client::{Client, Frame, encode};
pub(crate) use functions::{Behaviour, FakeFunctions};
pub(crate) use web::{Answered, http_route, rest_route};

pub(crate) use identities::{FakeKeys, FakePolicy, ROLE_SESSION};
use identities::{authentication, who};

use crate::connection::handshake::HandshakeTarget;
use crate::connection::id::IdKey;
use crate::deployment::live::{LiveStages, StageSlot};
use crate::deployment::snapshot::{
    ApiId, Integration, IntegrationTarget, LambdaFunction, LiveStage, Route, RouteKey,
    RouteResponse, Snapshot, StageName,
};
use crate::gateway::{Gateway, GatewayConfig};
use crate::management::ConnectionsRequest;
use crate::message::selection::SelectionExpression;
use crate::quotas::Limits;

/// A gateway with one stage, and the functions behind it.
pub(crate) struct Node {
    pub(crate) gateway: Gateway,
    pub(crate) functions: Arc<FakeFunctions>,
    pub(crate) backend: Arc<FakeBackend>,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) keys: Arc<FakeKeys>,
    pub(crate) policy: Arc<FakePolicy>,
}

/// 2027-02-03T09:15:42.107Z
pub(crate) const NOW: Timestamp = Timestamp::from_millis(1_801_646_142_107);
pub(crate) const API: &str = "k3v9q0z1ab";
pub(crate) const HOST: &str = "k3v9q0z1ab.execute-api.eu-central-1.amazonaws.com";

/// There are no user pools at hand.
#[derive(Debug)]
struct NoPools;

impl PublishKeys for NoPools {
    fn keys_of(&self, _issuer: &str) -> Option<String> {
        None
    }
}

impl Node {
    /// A node whose stage `prod` has these routes, each with a function named after it.
    pub(crate) fn start(routes: &[&str]) -> Self {
        Self::with_limits(routes, Limits::default())
    }

    pub(crate) fn with_limits(routes: &[&str], limits: Limits) -> Self {
        Self::with_services(routes, limits, |_| {})
    }

    /// A node beside which other services answer.
    pub(crate) fn with_services(
        routes: &[&str],
        limits: Limits,
        register: impl FnOnce(&mut DispatcherBuilder),
    ) -> Self {
        let functions = Arc::new(FakeFunctions::default());
        let backend = Arc::new(FakeBackend::default());
        let mut builder = DispatcherBuilder::new();
        builder.register::<Invoke, _>(Arc::clone(&functions));
        register(&mut builder);
        let clock = Arc::new(ManualClock::at(NOW));
        let keys = Arc::new(FakeKeys::default());
        let policy = Arc::new(FakePolicy::default());
        let gateway = Gateway::new(GatewayConfig {
            dispatcher: builder.seal(),
            http: Arc::clone(&backend) as _,
            clock: Arc::clone(&clock) as _,
            stages: Arc::new(LiveStages::new()),
            id_key: IdKey::new([7; 32]),
            limits,
            permissions: Arc::clone(&policy) as _,
            api_keys: Arc::clone(&keys) as _,
            user_pools: BTreeMap::from([(
                "local_1".to_owned(),
                "https://issuer.example".to_owned(),
            )]),
            own_pools: Arc::new(NoPools),
        });
        let node = Self {
            gateway,
            functions,
            backend,
            clock,
            keys,
            policy,
        };
        node.deploy(routes.iter().map(|key| route(key)));
        node
    }

    pub(crate) fn deploy(&self, routes: impl IntoIterator<Item = Route>) {
        self.publish(routes, |_| {});
    }

    /// Serves `routes` at the stage, with settings.
    pub(crate) fn publish(
        &self,
        routes: impl IntoIterator<Item = Route>,
        change: impl FnOnce(&mut LiveStage),
    ) {
        let selection = SelectionExpression::parse("$request.body.action").unwrap();
        let (api, name) = (ApiId::new(API), StageName::new("prod"));
        let mut stage = LiveStage::new(api, name, "123456789012", "eu-central-1");
        stage.snapshot = Some(Arc::new(Snapshot::new("dep001", selection, routes)));
        change(&mut stage);
        self.gateway.stages().publish(stage);
    }

    pub(crate) fn stage(&self) -> Arc<StageSlot> {
        self.gateway.stages().get(API, "prod").unwrap()
    }

    /// A fresh connection to the node's HTTP server.
    pub(crate) fn dial(&self) -> DuplexStream {
        self.dial_to(self.stage())
    }

    /// A fresh connection whose handshakes go to `stage`.
    pub(crate) fn dial_to(&self, stage: Arc<StageSlot>) -> DuplexStream {
        let (ours, theirs) = tokio::io::duplex(64 * 1024);
        let gateway = self.gateway.clone();
        let service = service_fn(move |request: Request<Incoming>| {
            let (gateway, stage) = (gateway.clone(), Arc::clone(&stage));
            async move {
                let target = HandshakeTarget {
                    stage,
                    domain_name: HOST.to_owned(),
                    source_ip: [198, 51, 100, 23].into(),
                    authentication: authentication(&request),
                };
                Ok::<_, std::convert::Infallible>(upgrade(&gateway, request, target).await)
            }
        });
        let server = hyper::server::conn::http1::Builder::new();
        let served = server
            .serve_connection(TokioIo::new(theirs), service)
            .with_upgrades();
        tokio::spawn(async move {
            let _client_left = served.await;
        });
        ours
    }

    /// A connected client.
    pub(crate) async fn connect(&self) -> Client {
        self.handshake("").await.expect_open()
    }

    /// A client that has sent its handshake, with more header lines, and read the answer.
    pub(crate) async fn handshake(&self, header_lines: &str) -> Client {
        Client::handshake(self.dial(), "/prod", header_lines).await
    }

    /// One `@connections` call of somebody who may do everything.
    pub(crate) async fn manage(&self, method: Method, id: &str, body: impl Into<Bytes>) -> Managed {
        let caller = Caller::root("123456789012", "eu-central-1");
        self.manage_as(&caller, method, id, body).await
    }

    pub(crate) async fn manage_as(
        &self,
        caller: &Caller,
        method: Method,
        id: &str,
        body: impl Into<Bytes>,
    ) -> Managed {
        let request = ConnectionsRequest {
            method: &method,
            api_id: Some(API),
            stage: Some("prod"),
            connection_id: id,
            body: body.into(),
        };
        Managed::read(self.gateway.serve_connections(request, caller).await).await
    }

    pub(crate) async fn post(&self, id: &str, body: impl Into<Bytes>) -> u16 {
        self.manage(Method::POST, id, body).await.status
    }

    /// Moves both kinds of time.
    pub(crate) async fn pass(&self, time: Duration) {
        self.clock.advance(time);
        tokio::time::sleep(time).await;
    }
}

/// What a front door does with a handshake.
async fn upgrade(
    gateway: &Gateway,
    mut request: Request<Incoming>,
    target: HandshakeTarget,
) -> Response<Full<Bytes>> {
    match gateway.handshake(&request, target).await {
        Ok(accepted) => {
            let response = accepted.response().map(|()| Full::default());
            let upgraded = hyper::upgrade::on(&mut request);
            tokio::spawn(async move {
                if let Ok(socket) = upgraded.await {
                    accepted.serve(TokioIo::new(socket)).await;
                }
            });
            response
        }
        Err(refusal) => *refusal,
    }
}

/// An answer of `@connections`.
pub(crate) struct Managed {
    pub(crate) status: u16,
    pub(crate) headers: http::HeaderMap,
    pub(crate) body: String,
}

impl Managed {
    async fn read(response: Response<Full<Bytes>>) -> Self {
        let (head, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Self {
            status: head.status.as_u16(),
            headers: head.headers,
            body: String::from_utf8(body.to_vec()).unwrap(),
        }
    }

    pub(crate) fn error_type(&self) -> Option<&str> {
        self.headers
            .get("x-amzn-errortype")
            .map(|value| value.to_str().unwrap())
    }
}

/// A one-way route to the function of its name.
pub(crate) fn route(key: &str) -> Route {
    let uri = format!(
        "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/\
         arn:aws:lambda:eu-central-1:123456789012:function:{key}/invocations"
    );
    let target = IntegrationTarget::LambdaProxy(LambdaFunction::from_uri(uri));
    let integration = Integration::new("abc1234", target);
    Route::new(RouteKey::parse(key), Some(integration))
}

/// A route that answers with what its function returns.
pub(crate) fn two_way(key: &str) -> Route {
    let mut route = route(key);
    route.response = Some(RouteResponse::default());
    route
}
