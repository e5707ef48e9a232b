//! What a scan walks over: a range of keys, and which way.

use std::ops::Bound;

use crate::transaction::Changes;

/// The keys from `start` up to, but not including, `end`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRange {
    pub(crate) start: Vec<u8>,
    /// `None`: to the last key of the store.
    pub(crate) end: Option<Vec<u8>>,
}

impl KeyRange {
    /// From `start` up to, but not including, `end`; empty when `end` is not after `start`.
    pub fn between(start: impl Into<Vec<u8>>, end: impl Into<Vec<u8>>) -> Self {
        Self {
            start: start.into(),
            end: Some(end.into()),
        }
    }

    /// Every key that begins with `prefix`.
    pub fn prefix(prefix: &[u8]) -> Self {
        Self {
            start: prefix.to_vec(),
            end: successor_of_prefix(prefix),
        }
    }

    /// The part of this range from `key` on.
    #[must_use]
    pub fn starting_at(mut self, key: &[u8]) -> Self {
        if key > self.start.as_slice() {
            self.start = key.to_vec();
        }
        self
    }

    /// The part of this range that comes after `key`: where a forward scan goes on.
    #[must_use]
    pub fn after(mut self, key: &[u8]) -> Self {
        let mut next = key.to_vec();
        next.push(0);
        if next > self.start {
            self.start = next;
        }
        self
    }

    /// The part of this range that comes before `key`: where a backward scan goes on.
    #[must_use]
    pub fn before(mut self, key: &[u8]) -> Self {
        if self.end.as_deref().is_none_or(|end| key < end) {
            self.end = Some(key.to_vec());
        }
        self
    }

    /// This range and all that comes after it.
    #[must_use]
    pub fn without_end(mut self) -> Self {
        self.end = None;
        self
    }

    pub fn contains(&self, key: &[u8]) -> bool {
        key >= self.start.as_slice() && self.end.as_deref().is_none_or(|end| key < end)
    }

    pub(crate) fn holds_one_of(&self, changes: &Changes) -> bool {
        !self.is_empty() && changes.range::<[u8], _>(self.bounds()).next().is_some()
    }

    /// For a map by key; the range must not be [empty](Self::is_empty), of which a map wants to know nothing.
    pub(crate) fn bounds(&self) -> (Bound<&[u8]>, Bound<&[u8]>) {
        let end = self.end.as_deref();
        (
            Bound::Included(&self.start),
            end.map_or(Bound::Unbounded, Bound::Excluded),
        )
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.end.as_ref().is_some_and(|end| *end <= self.start)
    }
}

/// The order in which a scan visits its range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Forward,
    Backward,
}

/// The first key after all that begin with `prefix`; there is none after a run of 0xFF.
fn successor_of_prefix(prefix: &[u8]) -> Option<Vec<u8>> {
    let last = prefix.iter().rposition(|byte| *byte != u8::MAX)?;
    let mut end = prefix[..=last].to_vec();
    end[last] += 1;
    Some(end)
}
