//! What a write closure sees: the newest state, with its own changes laid over it.
//!
//! The changes stay in this overlay until the closure has returned `Ok`. So a closure that fails, or
//! panics, leaves nothing behind without a savepoint per write, and both engines behave the same.

use std::collections::BTreeMap;
use std::fmt;
use std::iter::Peekable;
use std::ops::{Bound, ControlFlow};

use crate::{Direction, KeyRange, Reader, StoreError, Visitor};

/// `None` is a deletion.
pub(crate) type Changes = BTreeMap<Vec<u8>, Option<Vec<u8>>>;

/// What has become of a write: told to those who wait with [`Transaction::on_settled`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is durable.
    Kept,
    /// Nothing of it is in the store: the closure refused, or the commit failed.
    Lost,
}

/// Runs on the committer thread once the fate of a write is known.
pub(crate) type Hook = Box<dyn FnOnce(Fate) + Send>;

/// The view and the changes of one write closure.
pub struct Transaction<'a> {
    base: &'a dyn Reader,
    changes: Changes,
    bytes: usize,
    hooks: Vec<Hook>,
}

impl<'a> Transaction<'a> {
    pub(crate) fn over(base: &'a dyn Reader) -> Self {
        Self {
            base,
            changes: Changes::new(),
            bytes: 0,
            hooks: Vec::new(),
        }
    }

    pub fn put(&mut self, key: impl Into<Vec<u8>>, value: impl Into<Vec<u8>>) {
        let (key, value) = (key.into(), value.into());
        self.bytes += key.len() + value.len();
        self.changes.insert(key, Some(value));
    }

    pub fn delete(&mut self, key: impl Into<Vec<u8>>) {
        let key = key.into();
        self.bytes += key.len();
        self.changes.insert(key, None);
    }

    /// Deletes a whole range.
    pub fn delete_range(&mut self, range: &KeyRange) -> Result<(), StoreError> {
        let mut keys = Vec::new();
        self.scan(range, Direction::Forward, &mut |key, _| {
            keys.push(key.to_vec());
            ControlFlow::Continue(())
        })?;
        for key in keys {
            self.delete(key);
        }
        Ok(())
    }

    /// Runs `hook` when the fate of this write is known: after the commit, before the next write is
    /// evaluated and before the caller of this one hears of it, whether or not he still listens.
    ///
    /// For what is kept in memory beside the store: a closure may publish it to the writes that come
    /// after it in the same commit, and take it back here. `hook` must be short and must not block.
    pub fn on_settled(&mut self, hook: impl FnOnce(Fate) + Send + 'static) {
        self.hooks.push(Box::new(hook));
    }

    /// The bytes put and deleted so far, overwritten ones included.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    pub(crate) fn take_hooks(&mut self) -> Vec<Hook> {
        std::mem::take(&mut self.hooks)
    }

    pub(crate) fn into_changes(self) -> Changes {
        self.changes
    }
}

impl fmt::Debug for Transaction<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Transaction")
            .field("changes", &self.changes.len())
            .field("bytes", &self.bytes)
            .finish_non_exhaustive()
    }
}

impl Reader for Transaction<'_> {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        match self.changes.get(key) {
            Some(change) => Ok(change.clone()),
            None => self.base.get(key),
        }
    }

    fn scan(
        &self,
        range: &KeyRange,
        direction: Direction,
        visit: &mut Visitor<'_>,
    ) -> Result<(), StoreError> {
        if range.is_empty() {
            return Ok(());
        }
        if self.changes.is_empty() {
            return self.base.scan(range, direction, visit);
        }
        let end = range
            .end
            .as_deref()
            .map_or(Bound::Unbounded, Bound::Excluded);
        let changed = self
            .changes
            .range::<[u8], _>((Bound::Included(range.start.as_slice()), end));
        match direction {
            Direction::Forward => merge(self.base, range, direction, changed.peekable(), visit),
            Direction::Backward => {
                merge(self.base, range, direction, changed.rev().peekable(), visit)
            }
        }
    }
}

/// Walks the base and the changes side by side; where both hold a key, the change counts.
fn merge<'c>(
    base: &dyn Reader,
    range: &KeyRange,
    direction: Direction,
    mut changed: Peekable<impl Iterator<Item = (&'c Vec<u8>, &'c Option<Vec<u8>>)>>,
    visit: &mut Visitor<'_>,
) -> Result<(), StoreError> {
    let precedes = |left: &[u8], right: &[u8]| match direction {
        Direction::Forward => left < right,
        Direction::Backward => left > right,
    };
    let mut flow = ControlFlow::Continue(());
    base.scan(range, direction, &mut |key, value| {
        while let Some((changed_key, change)) =
            changed.next_if(|(changed_key, _)| precedes(changed_key.as_slice(), key))
        {
            if let Some(changed_value) = change {
                flow = visit(changed_key, changed_value);
                if flow.is_break() {
                    return flow;
                }
            }
        }
        flow = match changed.next_if(|(changed_key, _)| changed_key.as_slice() == key) {
            Some((_, None)) => ControlFlow::Continue(()),
            Some((_, Some(changed_value))) => visit(key, changed_value),
            None => visit(key, value),
        };
        flow
    })?;
    for (changed_key, change) in changed {
        if flow.is_break() {
            break;
        }
        if let Some(changed_value) = change {
            flow = visit(changed_key, changed_value);
        }
    }
    Ok(())
}
