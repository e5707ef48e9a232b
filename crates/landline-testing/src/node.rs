//! A node inside the test's process: the real front door and gateway on a free port,
//! scripted functions behind them.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper_util::rt::TokioIo;
use landline::config::{Acme, Config, Layer};
use landline::env::Environment;
use landline::node::Replacements;
use landline_api::apigatewaymanagementapi as management;
use landline_api::{dynamodb, lambda};
use landline_gateway::quotas::Limits;
use landline_wire::sigv4::{Signer, WireRequest, sign};
use landline_wire::{
    Caller, Clock as _, Dispatcher, DispatcherBuilder, ManualClock, Operation, OperationMeta,
    ServiceError, SystemClock, Timestamp,
};
use tokio::net::{TcpListener, TcpStream};

use crate::api::ApiBuilder;
use crate::functions::FakeFunctions;

/// The account of every node under test.
pub const ACCOUNT_ID: &str = "123456789012";

/// A running node.
#[derive(Debug)]
pub struct Node {
    /// Where it listens.
    pub address: SocketAddr,
    /// Its functions.
    pub functions: FakeFunctions,
    /// Its time of day. Timers are tokio's.
    pub clock: Arc<ManualClock>,
    caller: Caller,
    running: Option<landline::node::Node>,
    data_dir: Arc<tempfile::TempDir>,
}

/// How a node under test differs from one that is told nothing.
#[derive(Default)]
pub struct Setup {
    /// Other limits of the gateway than AWS's.
    pub limits: Option<Limits>,
    /// The owner's access key and its secret; without, any credentials pass.
    pub credentials: Option<(&'static str, &'static str)>,
    /// What answers in place of the scripted functions.
    pub invoke: Option<Invoker>,
    /// Who issues certificates for custom domains.
    pub acme: Option<Acme>,
    /// The data of a node before it; else a directory of its own.
    pub data_dir: Option<Arc<tempfile::TempDir>>,
}

/// Registers a handler of one's own.
pub type Invoker = Box<dyn FnOnce(&mut DispatcherBuilder) + Send>;

impl std::fmt::Debug for Setup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut setup = f.debug_struct("Setup");
        setup.field("limits", &self.limits);
        setup.finish_non_exhaustive()
    }
}

impl Setup {
    /// A node for whose custom domains an authority issues certificates.
    pub fn with_acme(acme: Acme) -> Self {
        Self {
            acme: Some(acme),
            ..Self::default()
        }
    }
}

impl Node {
    /// Starts a node.
    pub async fn start() -> Self {
        Self::start_with(Setup::default()).await
    }

    /// Starts a node with other limits.
    pub async fn with_limits(change: impl FnOnce(&mut Limits)) -> Self {
        let mut limits = Limits::default();
        change(&mut limits);
        Self::start_with(Setup {
            limits: Some(limits),
            ..Setup::default()
        })
        .await
    }

    /// Starts a node that only what is signed with this access key gets into.
    pub async fn owned_by(access_key_id: &'static str, secret: &'static str) -> Self {
        Self::start_with(Setup {
            credentials: Some((access_key_id, secret)),
            ..Setup::default()
        })
        .await
    }

    /// Starts a node as `setup` says.
    ///
    /// # Panics
    ///
    /// When it cannot start.
    pub async fn start_with(setup: Setup) -> Self {
        let data_dir = setup
            .data_dir
            .unwrap_or_else(|| Arc::new(tempfile::tempdir().expect("a temporary directory")));
        let mut config = config(data_dir.path(), setup.credentials);
        config.certificates.acme = setup.acme;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let functions = FakeFunctions::new();
        let now = Timestamp::from_millis(SystemClock.now().as_millis());
        let clock = Arc::new(ManualClock::at(now));
        let fakes = functions.clone();
        let replacements = Replacements {
            worker_helper: None,
            clock: Some(clock.clone()),
            gateway_limits: setup.limits,
            handlers: Some(Box::new(move |builder| {
                builder.register::<lambda::Invoke, _>(Arc::new(fakes));
                if let Some(register) = setup.invoke {
                    register(builder);
                }
            })),
        };
        // A future of many services is too large for the stacks of the tests that await it.
        let started = Box::pin(landline::node::Node::start_with(
            &config,
            listener,
            replacements,
        ))
        .await;
        let node = started.expect("the node starts");
        let caller = Caller::root(ACCOUNT_ID, &config.region);
        Self {
            address: node.address,
            functions,
            clock,
            caller,
            running: Some(node),
            data_dir,
        }
    }

    /// Stops the node in good order and starts another one on the same data.
    pub async fn restart(self) -> Self {
        self.restart_with(Setup::default()).await
    }

    /// Stops the node in good order and starts another one, as `setup` says, on the same data.
    pub async fn restart_with(self, setup: Setup) -> Self {
        let data_dir = Some(self.stop().await);
        Self::start_with(Setup { data_dir, ..setup }).await
    }

    /// Whether anybody answers the operation.
    pub fn answers(&self, operation: &OperationMeta) -> bool {
        let node = self.running.as_ref();
        node.is_some_and(|node| {
            node.dispatcher
                .handles(operation.service.name, operation.name)
        })
    }

    /// Stops the node in good order.
    ///
    /// # Panics
    ///
    /// When it does not end in time.
    pub async fn stop(mut self) -> Arc<tempfile::TempDir> {
        if let Some(node) = self.running.take() {
            let stopped = tokio::time::timeout(Duration::from_secs(20), node.stop()).await;
            stopped.expect("the node stops in time");
        }
        self.data_dir.clone()
    }

    /// An API to describe and deploy.
    pub fn api(&self) -> ApiBuilder<'_> {
        ApiBuilder::new(self)
    }

    /// The folder that keeps the node's state.
    pub fn data_dir(&self) -> &Path {
        self.data_dir.path()
    }

    /// The ARN of a function.
    pub fn function_arn(&self, name: &str) -> String {
        format!(
            "arn:aws:lambda:{}:{ACCOUNT_ID}:function:{name}",
            self.caller.region
        )
    }

    /// The URI with which integrations and authorizers name a function.
    pub fn invocation_uri(&self, function: &str) -> String {
        format!(
            "arn:aws:apigateway:{}:lambda:path/2015-03-31/functions/{}/invocations",
            self.caller.region,
            self.function_arn(function)
        )
    }

    /// Calls an operation that must succeed.
    ///
    /// # Panics
    ///
    /// When it is refused.
    pub async fn call<Op: Operation>(&self, input: Op::Input) -> Op::Output {
        let called = self.try_call::<Op>(input).await;
        called.unwrap_or_else(|error| panic!("{} was refused: {error}", Op::META.name))
    }

    /// Calls an operation.
    pub async fn try_call<Op: Operation>(
        &self,
        input: Op::Input,
    ) -> Result<Op::Output, ServiceError> {
        self.dispatcher().call::<Op>(input, &self.caller).await
    }

    fn dispatcher(&self) -> &Dispatcher {
        &self.running.as_ref().expect("the node runs").dispatcher
    }

    /// Creates a table with a key of text.
    pub async fn create_table(&self, name: &str, key: &str) {
        self.call::<dynamodb::CreateTable>(dynamodb::CreateTableInput {
            table_name: name.to_owned(),
            billing_mode: Some(dynamodb::BillingMode::PayPerRequest),
            key_schema: Some(vec![dynamodb::KeySchemaElement {
                attribute_name: key.to_owned(),
                key_type: dynamodb::KeyType::Hash,
            }]),
            attribute_definitions: Some(vec![dynamodb::AttributeDefinition {
                attribute_name: key.to_owned(),
                attribute_type: dynamodb::ScalarAttributeType::S,
            }]),
            ..Default::default()
        })
        .await;
    }

    /// How many items a table has.
    pub async fn count_items(&self, table: &str) -> i32 {
        let scan = dynamodb::ScanInput {
            table_name: table.to_owned(),
            ..Default::default()
        };
        self.call::<dynamodb::Scan>(scan)
            .await
            .count
            .unwrap_or_default()
    }

    /// Posts to a connection, as a function would.
    pub async fn post(
        &self,
        connection_id: &str,
        data: impl Into<Bytes>,
    ) -> Result<(), ServiceError> {
        let input = management::PostToConnectionInput {
            connection_id: connection_id.to_owned(),
            data: data.into(),
        };
        self.try_call::<management::PostToConnection>(input)
            .await
            .map(|_| ())
    }

    /// Sends a signed HTTP request, any credentials.
    pub async fn http(
        &self,
        method: Method,
        path: &str,
        body: impl Into<Bytes>,
    ) -> Response<Bytes> {
        let host = self.address.to_string();
        self.http_at(&host, method, path, body).await
    }

    /// Sends a signed HTTP request under another name of the node.
    ///
    /// # Panics
    ///
    /// When there is no answer.
    pub async fn http_at(
        &self,
        host: &str,
        method: Method,
        path: &str,
        body: impl Into<Bytes>,
    ) -> Response<Bytes> {
        let body = body.into();
        let signer = Signer {
            access_key_id: "AKIATEST".to_owned(),
            secret_access_key: "test".to_owned(),
            region: self.caller.region.to_string(),
            service: "execute-api".to_owned(),
        };
        let mut headers = HeaderMap::new();
        headers.insert("host", host.parse().expect("a host"));
        let request = WireRequest {
            method: method.as_str(),
            path,
            query: "",
            headers: &headers,
            body: &body,
        };
        headers.extend(sign(&request, &signer, self.clock.now()));
        self.unsigned_http(method, path, headers, body).await
    }

    /// Sends an HTTP request with these headers.
    ///
    /// # Panics
    ///
    /// When there is no answer.
    pub async fn unsigned_http(
        &self,
        method: Method,
        path: &str,
        headers: HeaderMap,
        body: impl Into<Bytes>,
    ) -> Response<Bytes> {
        let socket = TcpStream::connect(self.address)
            .await
            .expect("the node listens");
        let handshake = hyper::client::conn::http1::handshake(TokioIo::new(socket)).await;
        let (mut sender, connection) = handshake.expect("the node speaks HTTP");
        tokio::spawn(connection);
        let mut request = Request::new(Full::new(body.into()));
        *request.method_mut() = method;
        *request.uri_mut() = path.parse().expect("a path");
        *request.headers_mut() = headers;
        let host = self.address.to_string().parse().expect("a host");
        request.headers_mut().entry("host").or_insert(host);
        let response = sender.send_request(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("a body").to_bytes();
        Response::from_parts(parts, body)
    }
}

fn config(data_dir: &Path, credentials: Option<(&str, &str)>) -> Config {
    let flags = Layer {
        access_key_id: credentials.map(|(id, _)| id.to_owned()),
        secret_access_key: credentials.map(|(_, secret)| secret.to_owned()),
        listen: Some("127.0.0.1:0".to_owned()),
        account_id: Some(ACCOUNT_ID.to_owned()),
        // Tests measure behaviour, not disks.
        durability: Some("normal".to_owned()),
        ..Layer::default()
    };
    Config::load(flags, &Environment::default(), None, data_dir).expect("a valid configuration")
}
