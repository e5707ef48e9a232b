//! Ends connections that are idle, too old, stalled, or whose stage is gone.
//!
//! One coarse scan for all: a timer of its own would cost each connection memory
//! and each message time. AWS's own sweep is a few seconds coarse.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};

use super::codec::Close;
use super::{Connection, millis};
use crate::gateway::DataPlane;

/// Scans all connections now and then, until the gateway is dropped or drained.
pub(crate) async fn run(plane: Weak<DataPlane>) {
    loop {
        let Some((interval, stopped)) = plane
            .upgrade()
            .map(|plane| (plane.limits.sweep_interval, plane.stopped.clone()))
        else {
            return;
        };
        tokio::select! {
            () = tokio::time::sleep(interval) => {}
            () = stopped.cancelled() => return,
        }
        let Some(plane) = plane.upgrade() else {
            return;
        };
        let now = millis(plane.uptime());
        plane
            .registry
            .for_each(|connection| check(&plane, connection, now));
    }
}

fn check(plane: &DataPlane, connection: &Arc<Connection>, now: u64) {
    if connection.deadline.load(Ordering::Relaxed) <= now {
        connection.outbound.abort();
        return;
    }
    let idle = now.saturating_sub(connection.last_active.load(Ordering::Relaxed));
    let age = now.saturating_sub(connection.opened);
    let is_over = idle >= millis(plane.limits.idle_timeout)
        || age >= millis(plane.limits.connection_duration)
        || connection.stage.is_retired();
    if is_over {
        connection.outbound.close(going_away());
    }
}

/// What AWS says at the idle timeout and at the end of two hours.
pub(crate) fn going_away() -> Close {
    Close::new(1001, "Going away")
}
