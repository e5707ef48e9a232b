//! Who works on which stack: one operation at a time, and the way to ask a running one to turn back.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;
use tokio::sync::Notify;

/// The stacks that an operation works on now, by name.
#[derive(Clone, Debug, Default)]
pub(super) struct Occupancy {
    held: Arc<Mutex<HashMap<String, Arc<TurnBack>>>>,
    freed: Arc<Notify>,
}

/// Keeps everybody else from a stack until it is dropped.
#[derive(Debug)]
pub(super) struct Busy {
    occupancy: Occupancy,
    stack_name: String,
    turn_back: Arc<TurnBack>,
}

/// Whether an operation shall not go on.
#[derive(Debug, Default)]
pub(super) struct TurnBack {
    wanted: AtomicBool,
    changed: Notify,
}

impl Occupancy {
    /// The stack for one operation alone; nothing if another one has it.
    pub(super) fn take(&self, stack_name: &str) -> Option<Busy> {
        let mut held = self.held.lock();
        if held.contains_key(stack_name) {
            return None;
        }
        let turn_back = Arc::<TurnBack>::default();
        held.insert(stack_name.to_owned(), turn_back.clone());
        Some(Busy {
            occupancy: self.clone(),
            stack_name: stack_name.to_owned(),
            turn_back,
        })
    }

    /// The stack as soon as nobody else has it.
    pub(super) async fn take_when_free(&self, stack_name: &str) -> Busy {
        loop {
            let freed = self.freed.notified();
            tokio::pin!(freed);
            // Listens from here on: a stack that is freed after the look is not missed.
            freed.as_mut().enable();
            if let Some(busy) = self.take(stack_name) {
                return busy;
            }
            freed.await;
        }
    }

    /// Asks the operation on a stack to turn back; whether there is one.
    pub(super) fn turn_back(&self, stack_name: &str) -> bool {
        let turn_back = self.held.lock().get(stack_name).cloned();
        if let Some(turn_back) = &turn_back {
            turn_back.wanted.store(true, Ordering::SeqCst);
            turn_back.changed.notify_waiters();
        }
        turn_back.is_some()
    }
}

impl Busy {
    pub(super) fn turn_back(&self) -> &Arc<TurnBack> {
        &self.turn_back
    }
}

impl TurnBack {
    pub(super) fn is_wanted(&self) -> bool {
        self.wanted.load(Ordering::SeqCst)
    }

    /// Ends when the operation shall turn back.
    pub(super) async fn wanted(&self) {
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            if self.is_wanted() {
                return;
            }
            changed.await;
        }
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.occupancy.held.lock().remove(&self.stack_name);
        self.occupancy.freed.notify_waiters();
    }
}
