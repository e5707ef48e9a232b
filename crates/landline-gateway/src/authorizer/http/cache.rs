//! What Lambda authorizers have answered, as long as their owners want it kept.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;

use super::lambda::Verdict;
use crate::quotas::CACHED_AUTHORIZATIONS;

/// The verdicts of one stage, by authorizer and identity.
#[derive(Debug, Default)]
pub(crate) struct AuthorizerCache(Mutex<HashMap<Key, Entry>>);

/// Of what a verdict holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) authorizer_id: String,
    pub(super) identity: Vec<String>,
}

#[derive(Debug)]
struct Entry {
    verdict: Arc<Verdict>,
    /// In the gateway's own time.
    ends: Duration,
}

impl AuthorizerCache {
    pub(super) fn get(&self, key: &Key, now: Duration) -> Option<Arc<Verdict>> {
        let entries = self.0.lock();
        let entry = entries.get(key).filter(|entry| now < entry.ends)?;
        Some(Arc::clone(&entry.verdict))
    }

    pub(super) fn put(&self, key: Key, verdict: Arc<Verdict>, now: Duration, ttl: Duration) {
        let mut entries = self.0.lock();
        if entries.len() >= CACHED_AUTHORIZATIONS {
            entries.retain(|_, entry| now < entry.ends);
        }
        if entries.len() >= CACHED_AUTHORIZATIONS {
            // Rare; starting over costs each identity one call.
            entries.clear();
        }
        let ends = now + ttl;
        entries.insert(key, Entry { verdict, ends });
    }

    /// Forgets everything.
    pub(crate) fn reset(&self) {
        self.0.lock().clear();
    }
}
