//! The stages that are served now, as the data plane sees them.
//!
//! A lookup takes no lock, and an open connection keeps its [`StageSlot`], so a
//! redeployment reaches it with its next message and never closes it.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use arc_swap::ArcSwap;
use parking_lot::Mutex;

use super::snapshot::{ApiId, LiveStage, StageName};
use crate::authorizer::AuthorizerCache;
use crate::observe::metrics::StageMetrics;
use crate::throttle::StageThrottle;

/// All stages of all APIs.
#[derive(Debug, Default)]
pub struct LiveStages {
    slots: ArcSwap<HashMap<ApiId, ApiSlots>>,
    publishing: Mutex<()>,
}

type ApiSlots = HashMap<StageName, Arc<StageSlot>>;

/// The place of one stage: what it serves changes, the place stays as long as the stage exists.
#[derive(Debug)]
pub struct StageSlot {
    live: ArcSwap<LiveStage>,
    retired: AtomicBool,
    /// The token buckets outlive a change of settings, or an update would refill them.
    pub(crate) throttle: StageThrottle,
    pub(crate) metrics: StageMetrics,
    /// What Lambda authorizers have answered to HTTP requests.
    pub(crate) authorizations: AuthorizerCache,
}

impl StageSlot {
    /// A slot that serves `stage`, outside of any table.
    pub fn new(stage: LiveStage) -> Arc<Self> {
        Arc::new(Self {
            live: ArcSwap::from_pointee(stage),
            retired: AtomicBool::new(false),
            throttle: StageThrottle::default(),
            metrics: StageMetrics::default(),
            authorizations: AuthorizerCache::default(),
        })
    }

    /// The stage as it is at this moment.
    pub fn load(&self) -> Arc<LiveStage> {
        self.live.load_full()
    }

    /// Whether the stage was deleted; its connections are closed by the next sweep.
    pub fn is_retired(&self) -> bool {
        self.retired.load(Ordering::Relaxed)
    }
}

impl LiveStages {
    /// A table without stages.
    pub fn new() -> Self {
        Self::default()
    }

    /// Serves `stage` from now on, in place of what it served before.
    pub fn publish(&self, stage: LiveStage) {
        let _one_at_a_time = self.publishing.lock();
        let slots = self.slots.load();
        let known = slots
            .get(&stage.api_id)
            .and_then(|stages| stages.get(&stage.stage_name));
        if let Some(slot) = known {
            slot.live.store(Arc::new(stage));
            return;
        }
        let mut next = HashMap::clone(&slots);
        next.entry(stage.api_id.clone())
            .or_default()
            .insert(stage.stage_name.clone(), StageSlot::new(stage));
        self.slots.store(Arc::new(next));
    }

    /// Serves the stage no longer: new handshakes are refused, open connections end.
    pub fn remove(&self, api_id: &str, stage_name: &str) {
        let _one_at_a_time = self.publishing.lock();
        let mut next = HashMap::clone(&self.slots.load());
        let Some(stages) = next.get_mut(api_id) else {
            return;
        };
        if let Some(slot) = stages.remove(stage_name) {
            slot.retired.store(true, Ordering::Relaxed);
        }
        if stages.is_empty() {
            next.remove(api_id);
        }
        self.slots.store(Arc::new(next));
    }

    /// The APIs that have a stage of that name.
    pub fn apis_with(&self, stage_name: &str) -> Vec<ApiId> {
        let slots = self.slots.load();
        let having = slots
            .iter()
            .filter(|(_, stages)| stages.contains_key(stage_name));
        having.map(|(api_id, _)| api_id.clone()).collect()
    }

    /// The stages of an API that are served.
    pub fn stages_of(&self, api_id: &str) -> Vec<StageName> {
        let slots = self.slots.load();
        let stages = slots.get(api_id);
        stages.map_or_else(Vec::new, |stages| stages.keys().cloned().collect())
    }

    /// Every stage that is served.
    pub(crate) fn all(&self) -> Vec<Arc<StageSlot>> {
        let slots = self.slots.load();
        let all = slots.values().flat_map(HashMap::values);
        all.cloned().collect()
    }

    /// The slot of a stage, if it is served.
    pub fn get(&self, api_id: &str, stage_name: &str) -> Option<Arc<StageSlot>> {
        self.slots.load().get(api_id)?.get(stage_name).cloned()
    }
}
