//! Event-source mappings: functions that are called with what a stream or a queue holds.
//!
//! 1. [`record`]: what is remembered of a mapping, and how far it has come;
//! 2. [`poller`]: the task of an enabled mapping: it reads, calls the function, retries, and
//!    remembers how far it has come;
//! 3. [`destination`]: where records go that the function did not take.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html>

pub(crate) mod destination;
pub(crate) mod poller;
pub(crate) mod record;

use std::collections::BTreeMap;
use std::sync::Arc;

use landline_store::StoreError;
use landline_wire::ServiceError;
use landline_wire::event_pattern::Pattern;
use parking_lot::{Mutex, RwLock};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::Lambda;
use poller::source::Start;
use record::{CHECKPOINTS, MAPPINGS, MappingRecord};

/// The mappings of a node, by id.
#[derive(Debug, Default)]
pub(crate) struct Mappings(RwLock<BTreeMap<String, Arc<Mapping>>>);

/// A mapping in one state of its configuration; an update makes another.
#[derive(Debug)]
pub(crate) struct Mapping {
    pub(crate) record: MappingRecord,
    /// None: every record is wanted.
    pub(crate) patterns: Vec<Pattern>,
    /// Those of the record, until somebody changes them: that leaves the poller alone.
    tags: Mutex<BTreeMap<String, String>>,
    status: Mutex<Status>,
    /// Ends the poller.
    stop: CancellationToken,
    tasks: TaskTracker,
}

/// How a mapping does.
#[derive(Debug, Clone)]
pub(crate) struct Status {
    pub(crate) state: State,
    pub(crate) last_result: &'static str,
}

/// Where a mapping is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Creating,
    Enabling,
    Enabled,
    Disabling,
    Disabled,
    Updating,
    Deleting,
}

impl State {
    /// In the API's words.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Creating => "Creating",
            Self::Enabling => "Enabling",
            Self::Enabled => "Enabled",
            Self::Disabling => "Disabling",
            Self::Disabled => "Disabled",
            Self::Updating => "Updating",
            Self::Deleting => "Deleting",
        }
    }
}

impl Mapping {
    /// A mapping of which nothing runs yet. Its patterns were read when it was made.
    pub(crate) fn new(record: MappingRecord, state: State) -> Arc<Self> {
        let patterns = record.filters.iter();
        Arc::new(Self {
            patterns: patterns
                .filter_map(|text| Pattern::parse(text).ok())
                .collect(),
            tags: Mutex::new(record.tags.clone()),
            record,
            status: Mutex::new(Status {
                state,
                last_result: "No records processed",
            }),
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
        })
    }

    pub(crate) fn tags(&self) -> BTreeMap<String, String> {
        self.tags.lock().clone()
    }

    pub(crate) fn status(&self) -> Status {
        self.status.lock().clone()
    }

    /// What came of the records that were read last.
    pub(crate) fn told(&self, last_result: &'static str) {
        self.status.lock().last_result = last_result;
    }

    /// The poller reads now.
    fn runs(&self) {
        self.status.lock().state = State::Enabled;
    }

    /// Ends the poller and waits until it is gone. What it had not finished is read again.
    pub(crate) async fn end(&self) {
        self.stop.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }
}

impl Mappings {
    pub(crate) fn open(store: &dyn landline_store::Store) -> Result<Self, StoreError> {
        let records = MAPPINGS.load(store)?;
        let mappings = records.into_iter().map(|(uuid, record)| {
            let state = if record.enabled {
                State::Enabling
            } else {
                State::Disabled
            };
            (uuid, Mapping::new(record, state))
        });
        Ok(Self(RwLock::new(mappings.collect())))
    }

    pub(crate) fn get(&self, uuid: &str) -> Option<Arc<Mapping>> {
        self.0.read().get(uuid).cloned()
    }

    /// All mappings, by id.
    pub(crate) fn all(&self) -> Vec<Arc<Mapping>> {
        self.0.read().values().cloned().collect()
    }
}

impl Lambda {
    /// Lets the enabled mappings read from their sources, each where it had come to. To be called
    /// when every service answers.
    pub fn start_mappings(self: &Arc<Self>) {
        for mapping in self.mappings.all() {
            if mapping.record.enabled && mapping.tasks.is_empty() {
                self.start_mapping(&mapping, Start::default());
            }
        }
    }

    pub(crate) fn mapping_arn(&self, uuid: &str) -> String {
        let (region, account) = (&self.config.region, &self.config.account_id);
        format!("arn:aws:lambda:{region}:{account}:event-source-mapping:{uuid}")
    }

    /// Makes a mapping durable and, when it is enabled, lets it read. To be called with `changes`
    /// locked, after the poller of its former state has ended.
    pub(crate) async fn save_mapping(
        self: &Arc<Self>,
        mapping: Arc<Mapping>,
        start: Start,
    ) -> Result<(), ServiceError> {
        let uuid = mapping.record.uuid.clone();
        MAPPINGS
            .put(&*self.config.store, &uuid, mapping.record.clone())
            .await
            .map_err(|error| ServiceError::internal(&error))?;
        if mapping.record.enabled {
            self.start_mapping(&mapping, start);
        }
        self.mappings.0.write().insert(uuid, mapping);
        Ok(())
    }

    /// Changes the tags of a mapping. To be called with `changes` locked.
    pub(crate) async fn tag_mapping(
        &self,
        mapping: &Mapping,
        tags: BTreeMap<String, String>,
    ) -> Result<(), ServiceError> {
        let mut record = mapping.record.clone();
        record.tags.clone_from(&tags);
        let uuid = record.uuid.clone();
        MAPPINGS
            .put(&*self.config.store, &uuid, record)
            .await
            .map_err(|error| ServiceError::internal(&error))?;
        *mapping.tags.lock() = tags;
        Ok(())
    }

    /// Forgets a mapping whose poller has ended. To be called with `changes` locked.
    pub(crate) async fn forget_mapping(&self, uuid: &str) -> Result<(), ServiceError> {
        let id = uuid.to_owned();
        self.config
            .store
            .write(move |transaction| {
                MAPPINGS.delete_in(transaction, &id);
                CHECKPOINTS.delete_under_in(transaction, &format!("{id}/"))
            })
            .await
            .map_err(|error: StoreError| ServiceError::internal(&error))?;
        self.mappings.0.write().remove(uuid);
        Ok(())
    }

    fn start_mapping(self: &Arc<Self>, mapping: &Arc<Mapping>, start: Start) {
        let (lambda, mapping, node) = (self.clone(), mapping.clone(), self.node.clone());
        let stop = mapping.stop.clone();
        let run = mapping.tasks.clone().track_future(async move {
            tokio::select! {
                () = stop.cancelled() => {}
                () = node.stop.cancelled() => {}
                () = poller::run(lambda, mapping, start) => {}
            }
        });
        self.node.tasks.spawn(run);
    }
}
