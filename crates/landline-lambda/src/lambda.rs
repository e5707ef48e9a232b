//! The Lambda service: the functions of a node, ready to be invoked.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use landline_store::StoreError;
use landline_wire::{Caller, ServiceError};
use parking_lot::RwLock;
use tokio::sync::{Semaphore, broadcast};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::code::CodeStore;
use crate::config::LambdaConfig;
use crate::execution::logs::{LogBatch, LogRouter, forward};
use crate::execution::node::Node;
use crate::execution::pool::Pool;
use crate::execution::runtime::{FunctionRuntime, ProcessRuntime};
use crate::function::name::{FunctionName, check_qualifier, not_found};
use crate::function::record::{FUNCTIONS, FunctionRecord};
use crate::function::{Family, FunctionSpec};
use crate::mapping::Mappings;
use crate::quotas::MAX_ASYNC_EVENTS;

/// The Lambda service of a node.
#[derive(Debug)]
pub struct Lambda {
    pub(crate) config: LambdaConfig,
    pub(crate) code: CodeStore,
    pub(crate) node: Arc<Node>,
    functions: RwLock<BTreeMap<String, Arc<Function>>>,
    pub(crate) mappings: Mappings,
    /// Changes of functions, one at a time.
    pub(crate) changes: tokio::sync::Mutex<()>,
    /// Room for asynchronous events.
    pub(crate) async_events: Arc<Semaphore>,
    stop_logs: CancellationToken,
    log_task: TaskTracker,
}

/// A function that can be invoked.
#[derive(Debug)]
pub(crate) struct Function {
    pub(crate) record: FunctionRecord,
    pub(crate) spec: Arc<FunctionSpec>,
    pub(crate) pool: Arc<Pool>,
    /// Whether what its runtime needs is still being installed.
    is_preparing: Arc<AtomicBool>,
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
            functions: RwLock::default(),
            mappings,
            changes: tokio::sync::Mutex::default(),
            async_events: Arc::new(Semaphore::new(MAX_ASYNC_EVENTS)),
            stop_logs,
            log_task,
        });
        for (name, record) in records {
            let function = lambda.function_of(record);
            lambda.functions.write().insert(name, function.clone());
            // Interpreters are found before the first event asks for them.
            lambda.prepare(function);
        }
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

    /// Execution environments that run or start.
    pub fn environments(&self) -> usize {
        self.node.environments()
    }

    /// Waits until what the functions' runtimes need is installed.
    pub async fn prepared(&self) {
        let functions: Vec<_> = self.functions.read().values().cloned().collect();
        for function in functions {
            if function.is_preparing() {
                // The runtime installs a pack once, for all who wait.
                let _ = self.node.runtime.prepare(&function.spec).await;
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

    pub(crate) fn arn(&self, name: &str) -> String {
        let (region, account) = (&self.config.region, &self.config.account_id);
        format!("arn:aws:lambda:{region}:{account}:function:{name}")
    }

    /// The function that a caller names.
    pub(crate) fn find(
        &self,
        text: &str,
        qualifier: Option<&str>,
    ) -> Result<Arc<Function>, ServiceError> {
        let named = FunctionName::parse(text);
        let is_ours = named
            .account_id
            .is_none_or(|a| a == &*self.config.account_id)
            && named.region.is_none_or(|r| r == &*self.config.region);
        let arn = self.arn(named.name);
        if !is_ours {
            return Err(not_found(text));
        }
        let function = self.functions.read().get(named.name).cloned();
        let function = function.ok_or_else(|| not_found(&arn))?;
        check_qualifier(qualifier.or(named.qualifier), &arn)?;
        Ok(function)
    }

    pub(crate) fn exists(&self, name: &str) -> bool {
        self.functions.read().contains_key(name)
    }

    /// All functions, by name.
    pub(crate) fn all(&self) -> Vec<Arc<Function>> {
        self.functions.read().values().cloned().collect()
    }

    /// Makes a record durable and lets it run. To be called with `changes` locked.
    pub(crate) async fn save(
        self: &Arc<Self>,
        record: FunctionRecord,
    ) -> Result<Arc<Function>, ServiceError> {
        let name = record.name.clone();
        FUNCTIONS
            .put(&*self.config.store, &name, record.clone())
            .await
            .map_err(|error| ServiceError::internal(&error))?;
        let before = self.functions.read().get(&name).cloned();
        let function = self.function_of(record);
        // A change of permissions or tags leaves the workers alone.
        let function = match before {
            Some(before) if before.spec == function.spec => Arc::new(Function {
                record: function.record.clone(),
                spec: before.spec.clone(),
                pool: before.pool.clone(),
                is_preparing: before.is_preparing.clone(),
            }),
            before => {
                if let Some(before) = before {
                    before.pool.retire();
                }
                self.prepare(function.clone());
                function
            }
        };
        self.functions.write().insert(name, function.clone());
        Ok(function)
    }

    /// Forgets a function. To be called with `changes` locked.
    pub(crate) async fn forget(&self, function: &Function) -> Result<(), ServiceError> {
        let name = &function.record.name;
        FUNCTIONS
            .delete(&*self.config.store, name)
            .await
            .map_err(|error| ServiceError::internal(&error))?;
        self.functions.write().remove(name);
        function.pool.retire();
        Ok(())
    }

    /// Removes code that no function has any more.
    pub(crate) async fn remove_unused_code(&self, digest: &str) {
        let functions = self.all();
        let is_used = functions.iter().any(|f| f.record.code.digest == digest);
        if !is_used {
            self.code.remove(digest).await;
        }
    }

    /// Installs what the function's runtime needs, before its first event.
    fn prepare(self: &Arc<Self>, function: Arc<Function>) {
        function.is_preparing.store(true, Ordering::Release);
        let (runtime, stop) = (self.node.runtime.clone(), self.node.stop.clone());
        self.node.tasks.spawn(async move {
            tokio::select! {
                prepared = runtime.prepare(&function.spec) => if let Err(failure) = prepared {
                    tracing::warn!(
                        function = %function.spec.name,
                        "the function cannot run yet: {failure}"
                    );
                },
                () = stop.cancelled() => {}
            }
            function.is_preparing.store(false, Ordering::Release);
        });
    }

    fn function_of(&self, record: FunctionRecord) -> Arc<Function> {
        let spec = Arc::new(self.spec_of(&record));
        Arc::new(Function {
            pool: self.node.pool(spec.clone()),
            record,
            spec,
            is_preparing: Arc::default(),
        })
    }

    fn spec_of(&self, record: &FunctionRecord) -> FunctionSpec {
        let family = Family::of(&record.runtime).unwrap_or(Family::Provided);
        FunctionSpec {
            name: record.name.as_str().into(),
            arn: self.arn(&record.name).into(),
            version: "$LATEST".into(),
            family,
            runtime_name: record.runtime.clone(),
            handler: record.handler.clone(),
            code_dir: self.code.folder(family, &record.code.digest),
            uses_sdk: record.code.uses_sdk,
            timeout: Duration::from_secs(record.timeout_seconds.unsigned_abs().into()),
            memory_mb: record.memory_mb.unsigned_abs(),
            environment: record.environment.clone(),
            role: record.role.clone(),
            log_group: record.log_group().into(),
            reserved_concurrency: record.reserved_concurrency,
        }
    }
}

impl Function {
    pub(crate) fn is_preparing(&self) -> bool {
        self.is_preparing.load(Ordering::Acquire)
    }
}

const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(5);
