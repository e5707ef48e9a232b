//! Activities: tasks that workers come and ask for.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-activities.html>

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use landline_store::{Collection, Store, StoreError};
use parking_lot::{Mutex, RwLock};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::{Notify, oneshot};

use crate::quotas::{ACTIVITY_POLL, ACTIVITY_TASKS_MAX, ACTIVITY_WORKERS_MAX};

/// Activities, by name.
pub(crate) const ACTIVITIES: Collection<ActivityRecord> = Collection::new("states.activity");

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct ActivityRecord {
    pub(crate) name: String,
    pub(crate) arn: String,
    pub(crate) created_millis: i64,
    pub(crate) tags: BTreeMap<String, String>,
    /// Kept as it came.
    pub(crate) encryption: Option<Value>,
}

/// All activities, by ARN.
#[derive(Debug, Default)]
pub(crate) struct Activities(RwLock<BTreeMap<String, Known>>);

#[derive(Debug)]
struct Known {
    record: ActivityRecord,
    queue: Arc<Queue>,
}

/// Tasks that no worker has taken yet. They are strands that wait, so that nothing of this has to be kept.
#[derive(Debug, Default)]
struct Queue {
    tasks: Mutex<VecDeque<Waiting>>,
    arrivals: Notify,
    workers: AtomicUsize,
}

#[derive(Debug)]
struct Waiting {
    work: Work,
    /// Told who has taken it.
    taker: oneshot::Sender<Option<String>>,
}

/// What a worker is given.
#[derive(Debug)]
pub(crate) struct Work {
    pub(crate) token: String,
    pub(crate) input: String,
}

/// A task in the queue.
#[derive(Debug)]
pub(crate) struct Queued {
    /// Holds the other end of `taker`.
    _queue: Arc<Queue>,
    taker: oneshot::Receiver<Option<String>>,
}

impl Queued {
    /// Waits for a worker; its name, if it has one.
    pub(crate) async fn taken(self) -> Option<String> {
        match self.taker.await {
            Ok(worker) => worker,
            Err(_) => std::future::pending().await,
        }
    }
}

impl Activities {
    pub(crate) fn load(store: &dyn Store) -> Result<Self, StoreError> {
        let activities = Self::default();
        for (_, record) in ACTIVITIES.load(store)? {
            activities.put(record);
        }
        Ok(activities)
    }

    pub(crate) fn has(&self, arn: &str) -> bool {
        self.0.read().contains_key(arn)
    }

    pub(crate) fn get(&self, arn: &str) -> Option<ActivityRecord> {
        self.0.read().get(arn).map(|known| known.record.clone())
    }

    pub(crate) fn all(&self) -> Vec<ActivityRecord> {
        let known = self.0.read();
        known.values().map(|known| known.record.clone()).collect()
    }

    /// Adds an activity, or changes what is said of it.
    pub(crate) fn put(&self, record: ActivityRecord) {
        let mut known = self.0.write();
        let arn = record.arn.clone();
        let queue = known.get(&arn).map(|known| known.queue.clone());
        let queue = queue.unwrap_or_default();
        known.insert(arn, Known { record, queue });
    }

    pub(crate) fn remove(&self, arn: &str) {
        self.0.write().remove(arn);
    }

    fn queue_of(&self, arn: &str) -> Option<Arc<Queue>> {
        self.0.read().get(arn).map(|known| known.queue.clone())
    }

    /// Lets a task wait for a worker; an error when too many do.
    pub(crate) fn queue(&self, arn: &str, token: String, input: &Value) -> Result<Queued, ()> {
        let queue = self.queue_of(arn).ok_or(())?;
        let (taker, taken) = oneshot::channel();
        {
            let mut tasks = queue.tasks.lock();
            if tasks.len() >= ACTIVITY_TASKS_MAX {
                // Those of strands that have given up.
                tasks.retain(|task| !task.taker.is_closed());
            }
            if tasks.len() >= ACTIVITY_TASKS_MAX {
                return Err(());
            }
            tasks.push_back(Waiting {
                work: Work {
                    token,
                    input: input.to_string(),
                },
                taker,
            });
        }
        queue.arrivals.notify_one();
        Ok(Queued {
            _queue: queue,
            taker: taken,
        })
    }

    /// Gives a worker a task, once there is one; none when it has waited long enough.
    pub(crate) async fn take(
        &self,
        arn: &str,
        worker: Option<&str>,
    ) -> Result<Option<Work>, TooManyWorkers> {
        let Some(queue) = self.queue_of(arn) else {
            return Ok(None);
        };
        let _place = Place::at(&queue)?;
        let waiting = async {
            loop {
                // Before it is looked, so that no arrival is missed.
                let arrival = queue.arrivals.notified();
                if let Some(work) = queue.pop(worker) {
                    return work;
                }
                arrival.await;
            }
        };
        Ok(tokio::time::timeout(ACTIVITY_POLL, waiting).await.ok())
    }
}

/// There are as many already.
#[derive(Debug)]
pub(crate) struct TooManyWorkers;

struct Place<'a>(&'a Queue);

impl<'a> Place<'a> {
    fn at(queue: &'a Queue) -> Result<Self, TooManyWorkers> {
        if queue.workers.fetch_add(1, Ordering::Relaxed) >= ACTIVITY_WORKERS_MAX {
            queue.workers.fetch_sub(1, Ordering::Relaxed);
            return Err(TooManyWorkers);
        }
        Ok(Self(queue))
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.workers.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Queue {
    fn pop(&self, worker: Option<&str>) -> Option<Work> {
        let mut tasks = self.tasks.lock();
        while let Some(Waiting { work, taker }) = tasks.pop_front() {
            // Its strand may have given up.
            if taker.send(worker.map(str::to_owned)).is_ok() {
                return Some(work);
            }
        }
        None
    }
}
