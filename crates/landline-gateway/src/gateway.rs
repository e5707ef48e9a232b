//! The gateway as the rest of Landline sees it: what it needs, and its doors.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use landline_api::apigatewaymanagementapi::{DeleteConnection, GetConnection, PostToConnection};
use landline_wire::{Clock, Dispatcher, DispatcherBuilder, Permit};
use tokio::sync::Semaphore;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::authorizer::http::{Issuers, PublishKeys};
use crate::connection::id::{IdKey, Ids};
use crate::connection::registry::Registry;
use crate::connection::sweep;
use crate::deployment::live::LiveStages;
use crate::integration::HttpBackend;
use crate::observe::cloud_watch;
use crate::observe::sink::LogSink;
use crate::quotas::Limits;
use crate::throttle::Bucket;
use crate::usage::ApiKeys;

/// What a gateway is built from.
#[derive(Debug)]
pub struct GatewayConfig {
    /// Calls Lambda.
    pub dispatcher: Dispatcher,
    /// Sends what HTTP integrations send.
    pub http: Arc<dyn HttpBackend>,
    /// Dates in events and answers; timers use tokio's time.
    pub clock: Arc<dyn Clock>,
    /// What is deployed; the control plane publishes here.
    pub stages: Arc<LiveStages>,
    /// Tags connection ids. It must outlive the process.
    pub id_key: IdKey,
    /// What may be raised beyond AWS's quotas.
    pub limits: Limits,
    /// Knows what signed callers may.
    pub permissions: Arc<dyn Permit>,
    /// The keys with which clients may connect.
    pub api_keys: Arc<dyn ApiKeys>,
    /// Who issues the tokens of user pools that are not on AWS, by the pools' ids.
    pub user_pools: BTreeMap<String, String>,
    /// The user pools of this node.
    pub own_pools: Arc<dyn PublishKeys>,
}

/// The data plane of API Gateway. Clones share one state.
#[derive(Debug, Clone)]
pub struct Gateway {
    pub(crate) plane: Arc<DataPlane>,
}

/// What handshakes, sessions, messages and `@connections` share.
pub(crate) struct DataPlane {
    pub(crate) dispatcher: Dispatcher,
    pub(crate) http: Arc<dyn HttpBackend>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) stages: Arc<LiveStages>,
    pub(crate) ids: Ids,
    pub(crate) limits: Limits,
    pub(crate) permissions: Arc<dyn Permit>,
    pub(crate) api_keys: Arc<dyn ApiKeys>,
    pub(crate) user_pools: BTreeMap<String, String>,
    /// The keys with which tokens are checked.
    pub(crate) issuers: Issuers,
    pub(crate) registry: Registry,
    /// Every task of the data plane, so that a drain can wait for them.
    pub(crate) tasks: TaskTracker,
    pub(crate) stopped: CancellationToken,
    pub(crate) handshakes: Semaphore,
    /// Where lines of logs go.
    pub(crate) sink: LogSink,
    calls: Bucket,
    new_connections: Bucket,
    started: Instant,
    is_draining: AtomicBool,
}

impl Gateway {
    /// A gateway without connections. Must be called within a tokio runtime.
    pub fn new(config: GatewayConfig) -> Self {
        let (sink, writer) = LogSink::new(config.dispatcher.clone());
        // It ends with the last gateway, and a drain flushes it.
        tokio::spawn(writer);
        let plane = Arc::new(DataPlane {
            ids: Ids::new(&config.id_key),
            handshakes: Semaphore::new(config.limits.handshakes_in_flight),
            dispatcher: config.dispatcher,
            http: config.http,
            clock: config.clock,
            stages: config.stages,
            limits: config.limits,
            permissions: config.permissions,
            api_keys: config.api_keys,
            user_pools: config.user_pools,
            issuers: Issuers::new(config.own_pools),
            registry: Registry::new(),
            tasks: TaskTracker::new(),
            stopped: CancellationToken::new(),
            sink,
            calls: Bucket::default(),
            new_connections: Bucket::default(),
            started: Instant::now(),
            is_draining: AtomicBool::new(false),
        });
        // Not among the tasks that a drain waits for: it goes on until they have ended.
        tokio::spawn(sweep::run(Arc::downgrade(&plane)));
        tokio::spawn(cloud_watch::run(Arc::downgrade(&plane)));
        Self { plane }
    }

    /// Lets the gateway answer `@connections` in process.
    pub fn register(&self, builder: &mut DispatcherBuilder) {
        let gateway = Arc::new(self.clone());
        builder
            .register::<PostToConnection, _>(gateway.clone())
            .register::<GetConnection, _>(gateway.clone())
            .register::<DeleteConnection, _>(gateway);
    }

    /// The stages that are served.
    pub fn stages(&self) -> &Arc<LiveStages> {
        &self.plane.stages
    }

    /// How many connections there are, those in their handshake included.
    pub fn connection_count(&self) -> usize {
        self.plane.registry.len()
    }

    /// Ends everything in good order: no new handshakes, a close frame to every
    /// client, `$disconnect` for every connection, and messages in flight to their end.
    pub async fn drain(&self) {
        let plane = &self.plane;
        plane.is_draining.store(true, Ordering::Relaxed);
        plane.registry.for_each(|connection| {
            connection.outbound.close(sweep::going_away());
        });
        plane.tasks.close();
        let ended = tokio::time::timeout(plane.limits.drain_timeout, plane.tasks.wait());
        if ended.await.is_err() {
            tracing::warn!(tasks = plane.tasks.len(), "drain gave up waiting");
        }
        if tokio::time::timeout(FLUSH_TIMEOUT, plane.sink.flush())
            .await
            .is_err()
        {
            tracing::warn!("the last lines of access and execution logs are lost");
        }
        plane.stopped.cancel();
    }
}

impl DataPlane {
    /// The gateway's own time, which never goes back.
    pub(crate) fn uptime(&self) -> Duration {
        self.started.elapsed()
    }

    pub(crate) fn is_draining(&self) -> bool {
        self.is_draining.load(Ordering::Relaxed)
    }

    /// Takes a token of the account's, which messages and `@connections` share.
    pub(crate) fn admit_call(&self, now: Duration) -> bool {
        self.limits
            .account_calls
            .is_none_or(|rate| self.calls.admit(now, rate))
    }

    pub(crate) fn admit_connection(&self, now: Duration) -> bool {
        self.new_connections.admit(now, self.limits.new_connections)
    }
}

impl fmt::Debug for DataPlane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DataPlane")
            .field("connections", &self.registry.len())
            .finish_non_exhaustive()
    }
}

/// How long a drain waits for the last lines of logs.
const FLUSH_TIMEOUT: Duration = Duration::from_secs(5);
