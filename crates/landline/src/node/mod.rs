//! The composition root: builds every service from a configuration, joins them
//! through the dispatcher, and takes them down in order.

mod credentials;
mod directory;
mod services;
mod streams;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use landline_cloudformation::operations::CloudFormation;
use landline_cloudformation::stack::Stacks;
use landline_cognito::Cognito;
use landline_dynamodb::DynamoDb;
use landline_events::Events;
use landline_gateway::deployment::domains::LiveDomains;
use landline_gateway::deployment::live::LiveStages;
use landline_gateway::quotas::Limits;
use landline_gateway::{ApiGateway, Gateway, GatewayConfig, UsagePlans};
use landline_lambda::Lambda;
use landline_s3::S3;
use landline_sns::Sns;
use landline_sqs::Sqs;
use landline_states::States;
use landline_store::{Options, Store};
use landline_wire::{Clock, Dispatcher, DispatcherBuilder, SystemClock};
use tokio::net::TcpListener;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::Config;
use crate::front_door::callers::Callers;
use crate::front_door::{self, FrontDoor, Tunnels};
use crate::own_hosts::OwnHosts;
use crate::routed_stages::RoutedStages;
use crate::services::NodeServices;
use crate::tls::acme::challenges::Challenges;
use crate::tls::acme::{self, Issuing};
use crate::tls::{self, CertificateFiles};
use crate::user_pools::OwnPools;
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
    cloudformation: Arc<CloudFormation>,
    cognito: Arc<Cognito>,
    gateway: Gateway,
    domains: Arc<LiveDomains>,
    events: Arc<Events>,
    lambda: Arc<Lambda>,
    s3: Arc<S3>,
    sns: Arc<Sns>,
    sqs: Arc<Sqs>,
    states: Arc<States>,
    usage_plans: Arc<UsagePlans>,
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
        let ground = Ground::lay(config, listener.local_addr()?, &replacements).await?;
        let joined = ground.join_services(replacements).await?;
        let node = Self {
            address: ground.address,
            dispatcher: joined.dispatcher,
            stacks: joined.cloudformation.stacks().clone(),
            cloudformation: joined.cloudformation,
            cognito: joined.cognito,
            gateway: joined.gateway,
            domains: joined.domains,
            events: joined.events,
            lambda: joined.lambda,
            s3: joined.s3,
            sns: joined.sns,
            sqs: joined.sqs,
            states: joined.states,
            usage_plans: joined.usage_plans,
            store: ground.store.clone(),
            closing: CancellationToken::new(),
            tasks: TaskTracker::new(),
        };
        node.run_until_closed(joined.tables.upkeep());
        node.open_door(ground, listener)?;
        node.lambda.resume_events()?;
        node.sns.resume()?;
        node.events.resume()?;
        node.states.resume()?;
        node.run_until_closed(node.events.clone().run_schedules());
        node.lambda.start_mappings();
        // Functions of custom resources answer through the door.
        node.cloudformation.recover().await;
        Ok(node)
    }

    /// What a service does by itself, until the node ends.
    fn run_until_closed(&self, work: impl Future<Output = ()> + Send + 'static) {
        let closing = self.closing.clone();
        self.tasks
            .spawn(async move { closing.run_until_cancelled(work).await });
    }

    /// Lets clients in: the last step of a start.
    fn open_door(&self, ground: Ground<'_>, listener: TcpListener) -> anyhow::Result<()> {
        let Ground {
            config,
            clock,
            issued,
            files,
            data_dir,
            ..
        } = ground;
        let roots = config.system_roots.as_deref();
        let certificates = tls::open(&files, roots, clock.clone())?;
        let challenges = Arc::<Challenges>::default();
        let services = NodeServices {
            callers: Callers::new(config, clock.clone(), issued),
            config: config.clone(),
            port: self.address.port(),
            stages: RoutedStages {
                live: self.gateway.stages().clone(),
                domains: self.domains.clone(),
                s3: self.s3.clone(),
            },
            s3: self.s3.clone(),
            gateway: self.gateway.clone(),
            cognito: self.cognito.clone(),
            dispatcher: self.dispatcher.clone(),
            lambda: self.lambda.clone(),
            stacks: self.stacks.clone(),
            tls_files: files.clone(),
            challenges: challenges.clone(),
            data_dir,
        };
        let door = Arc::new(FrontDoor {
            services: Arc::new(services),
            tls: tls::Server::new(certificates.clone(), self.domains.clone())?
                .answering(challenges.clone()),
            tunnels: if config.tunnel {
                Tunnels::Loopback
            } else {
                Tunnels::Off
            },
            closing: self.closing.clone(),
            tasks: self.tasks.clone(),
        });
        self.keep_certificates(config, certificates.clone())?;
        if let Some(settings) = config.certificates.acme.clone() {
            let issuing = Issuing {
                settings,
                files,
                system_roots: config.system_roots.clone(),
                certificates,
                challenges,
                domains: self.domains.clone(),
                clock,
            };
            self.tasks.spawn(acme::run(issuing, self.closing.clone()));
        }
        let connections_max = front_door::raise_open_files();
        self.tasks
            .spawn(front_door::serve(listener, door, connections_max));
        Ok(())
    }

    /// Shows the operator's certificates before the first client comes, and follows them.
    fn keep_certificates(
        &self,
        config: &Config,
        certificates: Arc<tls::Certificates>,
    ) -> anyhow::Result<()> {
        let settings = &config.certificates;
        let files = CertificateFiles::open(settings.pairs.clone(), settings.directory.clone())?;
        certificates.install_files(files.loaded().clone());
        let domains = self.domains.clone();
        let upkeep = tls::upkeep::run(certificates, files, domains, self.closing.clone());
        self.tasks.spawn(upkeep);
        self.tasks.spawn(tell_domains(
            self.lambda.clone(),
            self.domains.clone(),
            self.closing.clone(),
        ));
        Ok(())
    }

    /// The functions' service, for whoever follows what they print.
    pub fn lambda(&self) -> &Arc<Lambda> {
        &self.lambda
    }

    /// Ends in good order: clients are told, messages in flight finish, functions
    /// end, and what was acknowledged is on the disk.
    pub async fn stop(self) {
        self.cloudformation.shutdown().await;
        self.sqs.close();
        self.gateway.drain().await;
        self.closing.cancel();
        self.tasks.close();
        if timeout(CLOSING_TIMEOUT, self.tasks.wait()).await.is_err() {
            tracing::warn!(
                connections = self.tasks.len(),
                "clients that would not leave are cut off"
            );
        }
        self.states.shutdown().await;
        self.events.shutdown().await;
        self.sns.shutdown().await;
        self.lambda.shutdown().await;
        if let Err(error) = self.usage_plans.flush().await {
            tracing::error!(%error, "counts of API keys could not be written");
        }
        self.store.close();
    }
}

/// How long clients of the front door get to take their last answers.
const CLOSING_TIMEOUT: Duration = Duration::from_secs(10);

/// What every service stands on.
struct Ground<'a> {
    config: &'a Config,
    address: SocketAddr,
    clock: Arc<dyn Clock>,
    data_dir: PathBuf,
    store: Arc<dyn Store>,
    files: tls::Files,
    node_key: [u8; 32],
    issued: Arc<IssuedCredentials>,
}

/// The services that others than the dispatcher must hold.
struct Joined {
    dispatcher: Dispatcher,
    cloudformation: Arc<CloudFormation>,
    cognito: Arc<Cognito>,
    gateway: Gateway,
    domains: Arc<LiveDomains>,
    events: Arc<Events>,
    lambda: Arc<Lambda>,
    tables: Arc<DynamoDb>,
    s3: Arc<S3>,
    sns: Arc<Sns>,
    sqs: Arc<Sqs>,
    states: Arc<States>,
    usage_plans: Arc<UsagePlans>,
}

impl<'a> Ground<'a> {
    async fn lay(
        config: &'a Config,
        address: SocketAddr,
        replacements: &Replacements,
    ) -> anyhow::Result<Self> {
        let data_dir = directory::prepare(&config.data_dir)?;
        let options = Options {
            durability: config.durability,
            ..Options::default()
        };
        let store = landline_store::open_disk(&data_dir.join("store"), options)?;
        let node_key = directory::node_key(&*store).await?;
        Ok(Self {
            config,
            address,
            clock: replacements
                .clock
                .clone()
                .unwrap_or_else(|| Arc::new(SystemClock)),
            files: tls::Files::in_data_dir(&data_dir),
            issued: Arc::new(IssuedCredentials::new(node_key)),
            data_dir,
            store,
            node_key,
        })
    }

    /// Builds every service with the dispatcher that will call it, then seals that.
    async fn join_services(&self, replacements: Replacements) -> anyhow::Result<Joined> {
        let (store, clock) = (&self.store, &self.clock);
        let mut builder = services::declared();
        let dispatcher = builder.dispatcher();
        let stages = Arc::new(LiveStages::new());
        let resources = self.config.limits.resources();
        let control = ApiGateway::open(
            store.clone(),
            clock.clone(),
            resources,
            stages.clone(),
            dispatcher.clone(),
        )?;
        control.register(&mut builder);
        let permissions = self.permissions(&mut builder);
        let cognito = self.cognito(&mut builder)?;
        let http = Arc::new(OwnHosts::new(self.address, stages.clone()));
        let gateway = Gateway::new(GatewayConfig {
            dispatcher: dispatcher.clone(),
            http: http.clone(),
            clock: clock.clone(),
            stages,
            id_key: landline_gateway::IdKey::new(self.node_key),
            limits: replacements
                .gateway_limits
                .unwrap_or_else(|| self.config.limits.gateway()),
            permissions: permissions.clone(),
            user_pools: self.config.user_pools.clone(),
            own_pools: Arc::new(OwnPools(cognito.clone())),
            api_keys: Arc::clone(control.usage_plans()) as _,
        });
        gateway.register(&mut builder);
        control.register_trials(&gateway, &mut builder);
        let tables = self.tables(&mut builder).await?;
        let mut functions = self.lambda_config(dispatcher.clone(), replacements.worker_helper);
        functions.permissions = Some(permissions.clone());
        functions.streams = self.news_of(&tables);
        let lambda = Lambda::open(functions).await?;
        lambda.register(&mut builder);
        http.lambda.get_or_init(|| lambda.clone());
        let s3 = S3::open(self.s3_config(dispatcher.clone(), permissions))?;
        s3.register(&mut builder);
        let sqs = self.sqs(&mut builder)?;
        let states = self.states(&mut builder, http.clone())?;
        let sns = self.sns(&mut builder, http)?;
        let events = self.events(&mut builder)?;
        self.register_platform(&mut builder);
        let cloudformation = self.cloudformation(&dispatcher);
        cloudformation.register(&mut builder);
        if let Some(replace) = replacements.handlers {
            replace(&mut builder);
        }
        builder.seal();
        Ok(Joined {
            dispatcher,
            cloudformation,
            cognito,
            gateway,
            domains: control.domains().clone(),
            events,
            usage_plans: Arc::clone(control.usage_plans()),
            lambda,
            tables,
            s3,
            sns,
            sqs,
            states,
        })
    }
}

/// Tells functions which custom domains are served here, now and whenever that changes.
async fn tell_domains(lambda: Arc<Lambda>, domains: Arc<LiveDomains>, closing: CancellationToken) {
    let mut changes = domains.changes();
    loop {
        if let Err(error) = lambda.tell_domains(&domains.names()) {
            tracing::warn!(%error, "functions are not told of custom domains");
        }
        tokio::select! {
            () = closing.cancelled() => return,
            changed = changes.changed() => if changed.is_err() { return },
        }
    }
}
