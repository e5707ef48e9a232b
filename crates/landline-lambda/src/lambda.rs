//! The Lambda service: the functions of a node, ready to be invoked.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use landline_store::StoreError;
use landline_wire::Caller;
use tokio::sync::{Semaphore, broadcast};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::code::CodeStore;
use crate::config::LambdaConfig;
use crate::execution::logs::{LogBatch, LogRouter, forward};
use crate::execution::node::Node;
use crate::execution::runtime::{FunctionRuntime, ProcessRuntime};
use crate::function::layer::LAYER_VERSIONS;
use crate::function::record::{FUNCTIONS, VERSIONS};
use crate::functions::Functions;
use crate::mapping::Mappings;
use crate::quotas::MAX_ASYNC_EVENTS;

/// The Lambda service of a node.
#[derive(Debug)]
pub struct Lambda {
    pub(crate) config: LambdaConfig,
    pub(crate) code: CodeStore,
    pub(crate) node: Arc<Node>,
    pub(crate) functions: Functions,
    pub(crate) mappings: Mappings,
    /// Changes of functions, one at a time.
    pub(crate) changes: tokio::sync::Mutex<()>,
    /// Room for asynchronous events.
    pub(crate) async_events: Arc<Semaphore>,
    stop_logs: CancellationToken,
    log_task: TaskTracker,
}

/// Why the service does not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The data directory cannot be used.
    #[error("cannot use the folder {} for functions: {reason}", folder.display())]
    Folder {
        /// The data directory.
        folder: PathBuf,
        /// What the system says.
        reason: std::io::Error,
    },
    /// The functions cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Lambda {
    /// Opens the service with the functions that the store holds, and starts the task that stores
    /// logs.
    ///
    /// # Errors
    ///
    /// When the data directory or the store cannot be used.
    #[expect(
        clippy::unused_async,
        reason = "opening may come to wait, as for a store elsewhere"
    )]
    pub async fn open(config: LambdaConfig) -> Result<Arc<Self>, OpenError> {
        let in_folder = |reason| OpenError::Folder {
            folder: config.data_dir.clone(),
            reason,
        };
        let code = CodeStore::open(&config.data_dir).map_err(in_folder)?;
        let runtime: Arc<dyn FunctionRuntime> = match &config.runtime {
            Some(runtime) => runtime.clone(),
            None => Arc::new(ProcessRuntime::new(&config).map_err(in_folder)?),
        };
        let (log_router, log_queue) = LogRouter::new(config.clock.clone());
        let node = Node::new(
            config.limits.clone(),
            runtime,
            Arc::new(log_router),
            config.clock.clone(),
        );
        let records = FUNCTIONS.load(&*config.store)?;
        let versions = VERSIONS.load(&*config.store)?;
        let layers = LAYER_VERSIONS.load(&*config.store)?.into_iter();
        let layers: Vec<String> = layers.map(|(_, version)| version.content.digest).collect();
        let mappings = Mappings::open(&*config.store)?;
        let caller = Caller::root(&config.account_id, &config.region);
        let stop_logs = CancellationToken::new();
        let log_task = TaskTracker::new();
        log_task.spawn(forward(
            log_queue,
            config.dispatcher.clone(),
            caller,
            stop_logs.clone(),
        ));
        let lambda = Arc::new(Self {
            config,
            code,
            node,
            functions: Functions::default(),
            mappings,
            changes: tokio::sync::Mutex::default(),
            async_events: Arc::new(Semaphore::new(MAX_ASYNC_EVENTS)),
            stop_logs,
            log_task,
        });
        lambda.load_functions(records, versions);
        lambda.sweep_layers(&layers);
        Ok(lambda)
    }

    /// What functions print from now on, for a terminal. A receiver that is too slow misses lines.
    pub fn follow_logs(&self) -> broadcast::Receiver<Arc<LogBatch>> {
        self.node.log_router.tap()
    }

    /// The zip file of a function's code, by the digest in `Code.Location`.
    pub fn code_file(&self, digest: &str) -> Option<PathBuf> {
        let is_digest = digest.len() == 64 && digest.bytes().all(|b| b.is_ascii_hexdigit());
        let file = self.code.zip_file(digest);
        (is_digest && file.is_file()).then_some(file)
    }

    /// Tells functions, also those that run, which custom domains are served here: a function that posts to its own
    /// domain finds it where DNS would send it to AWS.
    ///
    /// # Errors
    ///
    /// When the data directory cannot be written to.
    pub fn tell_domains(&self, names: &[String]) -> std::io::Result<()> {
        let folder = self.config.data_dir.join("lambda/runtime");
        let fresh = folder.join("domains.new");
        std::fs::write(&fresh, names.join("\n"))?;
        std::fs::rename(fresh, folder.join("domains"))
    }

    /// Execution environments that run or start.
    pub fn environments(&self) -> usize {
        self.node.environments()
    }

    /// Waits until what the functions' runtimes need is installed.
    pub async fn prepared(&self) {
        for function in self.functions.all() {
            if function.is_preparing() {
                // The runtime installs a pack once, for all who wait.
                let _ = self.node.runtime.prepare(&function.spec).await;
                function.is_prepared();
            }
        }
    }

    /// Kills all workers and stores what is left of their logs.
    pub async fn shutdown(&self) {
        self.node.stop.cancel();
        self.node.tasks.close();
        let _ = tokio::time::timeout(SHUTDOWN_TIMEOUT, self.node.tasks.wait()).await;
        self.node.runtime.close().await;
        self.stop_logs.cancel();
        self.log_task.close();
        let _ = tokio::time::timeout(SHUTDOWN_TIMEOUT, self.log_task.wait()).await;
    }
}

const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(5);
