//! The composition root: builds every service from a configuration, joins them
//! through the dispatcher, and takes them down in order.

mod credentials;
mod directory;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use landline_cloudformation::artifacts::{Artifacts, LocalArtifacts};
use landline_cloudformation::provision;
use landline_cloudformation::stack::{Progress, Stacks};
use landline_dynamodb::DynamoDb;
use landline_gateway::deployment::live::LiveStages;
use landline_gateway::quotas::{Limits, ResourceLimits};
use landline_gateway::{ApiGateway, Gateway, GatewayConfig};
use landline_lambda::{Lambda, LambdaConfig};
use landline_platform::{iam::Iam, logs::Logs, sts::Sts};
use landline_store::{Options, Store};
use landline_wire::{Caller, Clock, Dispatcher, DispatcherBuilder, SystemClock};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::Config;
use crate::front_door::callers::Callers;
use crate::front_door::{self, FrontDoor, Tunnels};
use crate::services::{NodeServices, RoutedStages};
use crate::tls;
pub use credentials::IssuedCredentials;

/// A running node.
#[derive(Debug)]
pub struct Node {
    /// Where it listens.
    pub address: SocketAddr,
    /// Calls every service, as its owner.
    pub dispatcher: Dispatcher,
    /// The stacks that are deployed.
    pub stacks: Arc<Stacks>,
    gateway: Gateway,
    lambda: Arc<Lambda>,
    store: Arc<dyn Store>,
    closing: CancellationToken,
    tasks: TaskTracker,
}

/// What a caller replaces; the default replaces nothing.
#[derive(Default)]
pub struct Replacements {
    /// The program that starts workers: this one, unless a test runs the node inside its own.
    pub worker_helper: Option<PathBuf>,
    /// Another clock.
    pub clock: Option<Arc<dyn Clock>>,
    /// Other limits of the gateway.
    pub gateway_limits: Option<Limits>,
    /// Other handlers; registered last, they answer.
    #[expect(clippy::type_complexity, reason = "a hook is a closure")]
    pub handlers: Option<Box<dyn FnOnce(&mut DispatcherBuilder) + Send>>,
}

impl std::fmt::Debug for Replacements {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Replacements")
    }
}

impl Node {
    /// Starts a node on a listener.
    ///
    /// # Errors
    ///
    /// What cannot be opened, in one sentence with the remedy.
    pub async fn start(config: &Config, listener: TcpListener) -> anyhow::Result<Self> {
        Self::start_with(config, listener, Replacements::default()).await
    }

    /// Starts a node of which parts are replaced.
    pub async fn start_with(
        config: &Config,
        listener: TcpListener,
        replacements: Replacements,
    ) -> anyhow::Result<Self> {
        let address = listener.local_addr()?;
        let clock = replacements.clock.unwrap_or_else(|| Arc::new(SystemClock));
        let data_dir = directory::prepare(&config.data_dir)?;
        let options = Options {
            durability: config.durability,
            ..Options::default()
        };
        let store = landline_store::open_disk(&data_dir.join("store"), options)?;
        let files = tls::Files::in_data_dir(&data_dir);
        let tls = tls::server_config(&files, config.system_roots.as_deref(), None, clock.clone())?;
        let node_key = directory::node_key(&*store).await?;
        let issued = Arc::new(IssuedCredentials::new(node_key));

        let mut builder = DispatcherBuilder::new();
        let dispatcher = builder.dispatcher();
        for service in landline_api::SERVICES {
            builder.declare(service);
        }
        let stages = Arc::new(LiveStages::new());
        let gateway = Gateway::new(GatewayConfig {
            dispatcher: dispatcher.clone(),
            clock: clock.clone(),
            stages: stages.clone(),
            id_key: landline_gateway::IdKey::new(node_key),
            limits: replacements.gateway_limits.unwrap_or_default(),
        });
        gateway.register(&mut builder);
        let resources = ResourceLimits::default();
        ApiGateway::open(store.clone(), clock.clone(), resources, stages)?.register(&mut builder);
        let region = config.region.as_str();
        let lambda = Lambda::open(LambdaConfig {
            data_dir: data_dir.clone(),
            pack_dir: Some(config.packs_dir.clone()),
            endpoint_port: address.port(),
            ca_certificate: Some(files.authority()),
            ca_bundle: Some(files.bundle()),
            divert_aws_hosts: true,
            account_id: config.account_id.as_str().into(),
            region: region.into(),
            helper_exe: replacements.worker_helper,
            search_path: config.search_path.clone(),
            limits: landline_lambda::Limits::default(),
            credentials: Some(issued.clone()),
            runtime: None,
            clock: clock.clone(),
            store: store.clone(),
            dispatcher: dispatcher.clone(),
        })
        .await?;
        lambda.register(&mut builder);
        DynamoDb::open(store.clone(), clock.clone(), &config.account_id, region)
            .await?
            .register(&mut builder);
        Sts::new(clock.clone()).register(&mut builder);
        Iam::new(store.clone(), clock.clone()).register(&mut builder);
        Logs::new(store.clone(), clock.clone()).register(&mut builder);
        if let Some(replace) = replacements.handlers {
            replace(&mut builder);
        }
        builder.seal();

        let owner = Caller::root(&config.account_id, region);
        let artifacts: Arc<dyn Artifacts> = Arc::new(LocalArtifacts::default());
        let providers = provision::providers(&dispatcher, &artifacts);
        let stacks = Stacks::new(store.clone(), providers, clock.clone(), owner);
        stacks.recover(&Progress::none()).await?;
        let stacks = Arc::new(stacks);

        let closing = CancellationToken::new();
        let tasks = TaskTracker::new();
        let services = NodeServices {
            callers: Callers::new(config, clock, issued),
            config: config.clone(),
            port: address.port(),
            tls_files: files,
            stages: RoutedStages(gateway.stages().clone()),
            gateway: gateway.clone(),
            dispatcher: dispatcher.clone(),
            stacks: stacks.clone(),
            data_dir,
        };
        let door = FrontDoor {
            services: Arc::new(services),
            tls,
            tunnels: if config.tunnel {
                Tunnels::Loopback
            } else {
                Tunnels::Off
            },
            closing: closing.clone(),
            tasks: tasks.clone(),
        };
        tasks.spawn(front_door::serve(
            listener,
            Arc::new(door),
            front_door::raise_open_files(),
        ));
        Ok(Self {
            address,
            dispatcher,
            stacks,
            gateway,
            lambda,
            store,
            closing,
            tasks,
        })
    }

    /// The functions' service, for whoever follows what they print.
    pub fn lambda(&self) -> &Arc<Lambda> {
        &self.lambda
    }

    /// Ends in good order: clients are told, messages in flight finish, functions
    /// end, and what was acknowledged is on the disk.
    pub async fn stop(self) {
        self.gateway.drain().await;
        self.closing.cancel();
        self.tasks.close();
        self.tasks.wait().await;
        self.lambda.shutdown().await;
        self.store.close();
    }
}
