//! What is read again and again while nothing in it changes stays in memory.
//!
//! A connection table is scanned for each broadcast, and changes only when somebody comes or goes. Most of what a row of a
//! scan costs is the engine's way to it; values that lie side by side have none.
//!
//! A range is kept from the second walk on that has seen all of it unchanged, so that who writes between any two walks
//! pays for no copies. `docs/adr/0018-ranges-that-rest-lie-in-memory.md` says why it is the store that keeps them.
//!
//! # No walk sees the past
//! A range counts as changing from before a commit shows until after it does, and what was kept of it is gone by then. A
//! walk that has begun before is told by the range's version, and what it has seen is not kept.

use std::sync::Arc;

use parking_lot::Mutex;

use crate::KeyRange;
use crate::transaction::Changes;

/// What is known of a range before a walk over it.
#[derive(Debug)]
pub enum Recalled {
    /// All its values, as they are now.
    Values(Arc<Values>),
    /// The store has to be read, and what the walk sees may be kept for the next one.
    Unknown(Recording),
}

/// The values of a range, in the order of their keys.
#[derive(Debug, Default)]
pub struct Values {
    bytes: Vec<u8>,
    /// Behind the last byte of each value.
    ends: Vec<usize>,
}

impl Values {
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let value = self.bytes.get(start..*end).unwrap_or_default();
            start = *end;
            value
        })
    }

    /// What they take in memory.
    pub fn bytes(&self) -> usize {
        self.bytes.len() + size_of_val(self.ends.as_slice())
    }

    fn push(&mut self, value: &[u8]) {
        self.bytes.extend_from_slice(value);
        self.ends.push(self.bytes.len());
    }

    fn into_shared(mut self) -> Arc<Self> {
        self.bytes.shrink_to_fit();
        self.ends.shrink_to_fit();
        Arc::new(self)
    }
}

/// Notes what a walk in the order of the keys comes by; one that sees the whole range gives it to
/// [`dyn Store::remember`](crate::Store#method.remember). The walk may rest and go on in another snapshot, but
/// each has to begin after the recording.
#[derive(Debug)]
pub struct Recording {
    /// Of the range, when the walk begins; none where a change is on its way.
    version: Option<u64>,
    rows: usize,
    /// What the values take in memory.
    bytes: usize,
    copy: Option<Values>,
}

impl Recording {
    /// The walk is at this value.
    pub fn note(&mut self, value: &[u8]) {
        self.rows += 1;
        self.bytes += value.len() + size_of::<usize>();
        if self.bytes > MAX_KEPT_BYTES {
            self.copy = None;
        } else if let Some(copy) = &mut self.copy {
            copy.push(value);
        }
    }

    fn is_worth_a_place(&self) -> bool {
        self.rows >= MIN_KEPT_ROWS && self.bytes <= MAX_KEPT_BYTES
    }
}

/// The ranges that were walked over lately.
#[derive(Debug, Default)]
pub(crate) struct Recent(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// The one that was asked for last at the end.
    ranges: Vec<Known>,
    /// The newest of all versions.
    version: u64,
    is_committing: bool,
}

#[derive(Debug)]
struct Known {
    range: KeyRange,
    /// Another one after each change, and never one that any range had before.
    version: u64,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    /// A commit is on its way that changes something in the range.
    Changing,
    Changed,
    /// A walk has seen all of it since.
    Walked,
    /// Another walk is making a copy, and may yet end early.
    Copying,
    Kept(Arc<Values>),
}

impl Recent {
    pub(crate) fn recall(&self, range: &KeyRange) -> Recalled {
        let mut recording = Recording {
            version: None,
            rows: 0,
            bytes: 0,
            copy: None,
        };
        let mut state = self.0.lock();
        if let Some(known) = state.known(range) {
            match &known.stage {
                Stage::Kept(values) => return Recalled::Values(Arc::clone(values)),
                Stage::Walked => {
                    known.stage = Stage::Copying;
                    recording.copy = Some(Values::default());
                }
                Stage::Changed | Stage::Changing | Stage::Copying => {}
            }
            if !matches!(known.stage, Stage::Changing) {
                recording.version = Some(known.version);
            }
        }
        Recalled::Unknown(recording)
    }

    pub(crate) fn remember(&self, range: &KeyRange, recording: Recording) {
        if !recording.is_worth_a_place() {
            return;
        }
        let values = recording.copy.map(Values::into_shared);
        let mut state = self.0.lock();
        let is_committing = state.is_committing;
        match state.known(range) {
            Some(known) if recording.version == Some(known.version) => {
                known.seen(values);
                state.forget_the_oldest();
            }
            Some(_) => {}
            None => {
                state.version += 1;
                let known = Known {
                    range: range.clone(),
                    version: state.version,
                    // What is being committed may be of this range.
                    stage: if is_committing {
                        Stage::Changing
                    } else {
                        Stage::Walked
                    },
                };
                state.ranges.push(known);
                state.forget_the_oldest();
            }
        }
    }

    /// Before a commit shows: these changes are part of it.
    pub(crate) fn changing(&self, changes: &Changes) {
        let mut state = self.0.lock();
        let State {
            ranges,
            version,
            is_committing,
        } = &mut *state;
        *is_committing = true;
        for known in ranges {
            if known.range.holds_one_of(changes) {
                *version += 1;
                known.version = *version;
                known.stage = Stage::Changing;
            }
        }
    }

    /// After a commit, whether it was one or failed.
    pub(crate) fn changed(&self) {
        let mut state = self.0.lock();
        state.is_committing = false;
        for known in &mut state.ranges {
            if matches!(known.stage, Stage::Changing) {
                known.stage = Stage::Changed;
            }
        }
    }

    pub(crate) fn clear(&self) {
        self.0.lock().ranges.clear();
    }
}

impl Known {
    /// A walk has seen all of this version.
    fn seen(&mut self, values: Option<Arc<Values>>) {
        match (&self.stage, values) {
            (_, Some(values)) => self.stage = Stage::Kept(values),
            (Stage::Changed | Stage::Copying, None) => self.stage = Stage::Walked,
            (Stage::Changing | Stage::Walked | Stage::Kept(_), None) => {}
        }
    }

    fn kept_bytes(&self) -> usize {
        match &self.stage {
            Stage::Kept(values) => values.bytes(),
            _ => 0,
        }
    }
}

impl State {
    fn known(&mut self, range: &KeyRange) -> Option<&mut Known> {
        let at = self
            .ranges
            .iter()
            .rposition(|known| known.range == *range)?;
        self.ranges[at..].rotate_left(1);
        self.ranges.last_mut()
    }

    fn forget_the_oldest(&mut self) {
        let kept_bytes = |ranges: &[Known]| ranges.iter().map(Known::kept_bytes).sum::<usize>();
        while self.ranges.len() > MAX_RANGES || kept_bytes(&self.ranges) > MAX_KEPT_BYTES {
            self.ranges.remove(0);
        }
    }
}

/// As many as an application broadcasts to at the same time; each write asks for all of them.
const MAX_RANGES: usize = 16;

/// Of all ranges together. What a walk is copying comes on top.
const MAX_KEPT_BYTES: usize = 4 << 20;

/// To begin a read costs as much as so many rows.
const MIN_KEPT_ROWS: usize = 32;
