//! Connections: from the handshake to the last frame.
//!
//! `handshake` answers an `upgrade`, `session` owns the socket from then on,
//! `registry` finds a connection by its id, `sweep` ends idle and expired ones.

pub(crate) mod codec;
pub(crate) mod handshake;
pub(crate) mod id;
pub(crate) mod outbound;
pub(crate) mod registry;
pub(crate) mod session;
pub(crate) mod sweep;
#[cfg(test)]
pub(crate) mod tests;
pub(crate) mod upgrade;

use std::net::IpAddr;
use std::sync::atomic::{AtomicI64, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use landline_wire::Timestamp;

use crate::deployment::live::StageSlot;
use crate::gateway::DataPlane;
use crate::message::context::{Client, ConnectionContext, Identity};
use crate::observe::ConnectionTrace;
use id::ConnectionId;
use outbound::Outbound;

/// One connection, from the first byte of its handshake until it is closed.
#[derive(Debug)]
pub(crate) struct Connection {
    pub(crate) id: ConnectionId,
    pub(crate) stage: Arc<StageSlot>,
    /// What events share. Set when the handshake has told who the client is.
    context: OnceLock<ConnectionContext>,
    pub(crate) domain_name: Box<str>,
    pub(crate) source_ip: IpAddr,
    pub(crate) user_agent: Option<Box<str>>,
    pub(crate) connected_at: Timestamp,
    pub(crate) outbound: Outbound,
    /// Set by a handshake that somebody traces.
    trace: OnceLock<Box<ConnectionTrace>>,
    /// The date of the last message in either direction, in milliseconds.
    last_active_at: AtomicI64,
    /// The same in milliseconds of the gateway's own time, for the idle timer.
    last_active: AtomicU64,
    opened: u64,
    /// When the session is to be given up, in milliseconds of the gateway's own time.
    deadline: AtomicU64,
    calls: AtomicU32,
}

impl Connection {
    /// A connection whose handshake has begun.
    pub(crate) fn new(plane: &DataPlane, stage: Arc<StageSlot>, client: &Client<'_>) -> Self {
        let opened = millis(plane.uptime());
        Self {
            id: client.connection_id,
            context: OnceLock::new(),
            stage,
            domain_name: client.domain_name.into(),
            source_ip: client.source_ip,
            user_agent: client.user_agent.map(Into::into),
            connected_at: client.connected_at,
            outbound: Outbound::default(),
            trace: OnceLock::new(),
            last_active_at: AtomicI64::new(client.connected_at.as_millis()),
            last_active: AtomicU64::new(opened),
            opened,
            deadline: AtomicU64::new(NEVER),
            calls: AtomicU32::new(0),
        }
    }

    /// Settles who the client is; the first word stands.
    pub(crate) fn identify(&self, identity: Identity) {
        self.context
            .get_or_init(|| ConnectionContext::new(&self.stage.load(), &self.client(), identity));
    }

    /// What the events of this connection share; nobody in particular, if nobody was identified.
    pub(crate) fn context(&self) -> &ConnectionContext {
        self.context.get_or_init(|| self.unidentified())
    }

    /// The same before the handshake has told who the client is, for its authorizer.
    pub(crate) fn unidentified(&self) -> ConnectionContext {
        ConnectionContext::new(&self.stage.load(), &self.client(), Identity::default())
    }

    /// Settles the trace that the connection belongs to.
    pub(crate) fn follow(&self, trace: Box<ConnectionTrace>) {
        let _the_first_stands = self.trace.set(trace);
    }

    /// The trace that the connection belongs to.
    pub(crate) fn trace(&self) -> Option<&ConnectionTrace> {
        self.trace.get().map(|trace| &**trace)
    }

    fn client(&self) -> Client<'_> {
        Client {
            connection_id: self.id,
            domain_name: &self.domain_name,
            source_ip: self.source_ip,
            user_agent: self.user_agent.as_deref(),
            connected_at: self.connected_at,
        }
    }

    /// Notes a message in either direction.
    pub(crate) fn touch(&self, plane: &DataPlane) {
        let now = plane.clock.now().as_millis();
        self.last_active_at.store(now, Ordering::Relaxed);
        self.last_active
            .store(millis(plane.uptime()), Ordering::Relaxed);
    }

    /// The date of the last message in either direction.
    pub(crate) fn last_active_at(&self) -> Timestamp {
        Timestamp::from_millis(self.last_active_at.load(Ordering::Relaxed))
    }

    /// Counts a call of an integration until the guard is dropped.
    pub(crate) fn begin_call(self: &Arc<Self>, plane: &DataPlane) -> CallGuard {
        self.calls.fetch_add(1, Ordering::AcqRel);
        CallGuard {
            connection: Arc::clone(self),
            limit: plane.limits.calls_in_flight,
        }
    }

    fn calls_in_flight(&self) -> u32 {
        self.calls.load(Ordering::Acquire)
    }
}

/// A call of an integration in flight.
#[derive(Debug)]
pub(crate) struct CallGuard {
    connection: Arc<Connection>,
    limit: u32,
}

impl Drop for CallGuard {
    fn drop(&mut self) {
        let before = self.connection.calls.fetch_sub(1, Ordering::AcqRel);
        if before >= self.limit {
            // The session has stopped reading for want of calls.
            self.connection.outbound.wake_session();
        }
    }
}

/// A point of the gateway's own time in whole milliseconds.
fn millis(uptime: Duration) -> u64 {
    u64::try_from(uptime.as_millis()).unwrap_or(NEVER)
}

const NEVER: u64 = u64::MAX;
