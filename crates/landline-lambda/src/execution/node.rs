//! What all pools of a node share: the room for environments, the runtime, the log.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Weak};

use landline_wire::Clock;
use parking_lot::Mutex;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::logs::LogRouter;
use super::pool::Pool;
use super::runtime::FunctionRuntime;
use crate::config::Limits;
use crate::function::FunctionSpec;

/// The node that runs functions.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) limits: Limits,
    pub(crate) runtime: Arc<dyn FunctionRuntime>,
    pub(crate) log_router: Arc<LogRouter>,
    pub(crate) clock: Arc<dyn Clock>,
    /// Environments that may start at this moment.
    pub(crate) inits: Semaphore,
    /// Ends all workers.
    pub(crate) stop: CancellationToken,
    pub(crate) tasks: TaskTracker,
    environments: AtomicUsize,
    pools: Mutex<Vec<Weak<Pool>>>,
}

impl Node {
    pub(crate) fn new(
        limits: Limits,
        runtime: Arc<dyn FunctionRuntime>,
        log_router: Arc<LogRouter>,
        clock: Arc<dyn Clock>,
    ) -> Arc<Self> {
        Arc::new(Self {
            inits: Semaphore::new(limits.max_concurrent_inits.max(1)),
            limits,
            runtime,
            log_router,
            clock,
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
            environments: AtomicUsize::new(0),
            pools: Mutex::default(),
        })
    }

    /// A pool for one state of a function.
    pub(crate) fn pool(self: &Arc<Self>, function: Arc<FunctionSpec>) -> Arc<Pool> {
        let pool = Pool::new(function, self.clone());
        let mut pools = self.pools.lock();
        pools.retain(|pool| pool.strong_count() > 0);
        pools.push(Arc::downgrade(&pool));
        pool
    }

    /// Takes room for one environment, if there is any.
    pub(crate) fn take_room(&self) -> bool {
        let max = self.limits.max_environments;
        self.environments
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |count| {
                (count < max).then_some(count + 1)
            })
            .is_ok()
    }

    /// Gives room back; when the node was full, others may want it.
    pub(crate) fn give_room(&self) {
        let before = self.environments.fetch_sub(1, Ordering::AcqRel);
        if before >= self.limits.max_environments {
            for pool in self.pools() {
                pool.grow();
            }
        }
    }

    /// Ends the environment that has been idle for longest, to make room.
    pub(crate) fn evict_idle(&self) {
        let pools = self.pools();
        let longest_idle = pools
            .iter()
            .filter_map(|pool| Some((pool.idle_since()?, pool)))
            .min_by_key(|(since, _)| *since);
        if let Some((_, pool)) = longest_idle {
            pool.end_longest_idle();
        }
    }

    /// Environments that run or start.
    pub(crate) fn environments(&self) -> usize {
        self.environments.load(Ordering::Acquire)
    }

    fn pools(&self) -> Vec<Arc<Pool>> {
        self.pools.lock().iter().filter_map(Weak::upgrade).collect()
    }
}
