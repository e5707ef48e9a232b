//! The one port of a node: TLS or plain by the first byte, HTTP/1.1, `CONNECT`.
//!
//! # Layout
//!
//! 1. `listener`: accepts, under a limit, until it is told to stop;
//! 2. `socket`: TCP or TLS, or either of them inside a tunnel;
//! 3. `connection`: one client: first byte, TLS handshake, requests; `turn`: what it needs of the scheduler;
//! 4. `first_head`: header names as the client wrote them;
//! 5. [`route`]: where a request goes, by host and path;
//! 6. [`answer`]: takes it there, and writes the refusals that no service writes; `paced`: a
//!    body that is not collected here;
//! 7. `tunnel`: `CONNECT`, ended here for AWS's names, passed on for others;
//! 8. [`services`]: what lies behind the door; [`callers`]: who comes; [`internal`]: Landline's own endpoints.

pub mod answer;
pub mod callers;
mod connection;
mod first_head;
pub mod internal;
mod limits;
mod listener;
mod paced;
pub mod route;
pub mod services;
mod socket;
mod tunnel;
mod turn;

use std::sync::Arc;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use landline_lambda::BrokenOff;

use crate::tls;
pub use internal::bind_failure;
pub use limits::raise_open_files;
pub use listener::serve;
pub use services::{
    Arrival, ClientVerified, Handshake, HttpRequest, ManagementCall, Services, Transport,
};
pub use socket::Socket;

/// A body that may be streamed; one that breaks off ends its connection, so that no client takes it for whole.
pub type Body = http_body_util::combinators::UnsyncBoxBody<bytes::Bytes, BrokenOff>;

/// An answer of the node.
pub type Response = http::Response<Body>;

/// Which clients get a tunnel to names that are not AWS's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tunnels {
    /// Clients of this machine only. A node that the network reaches must not be
    /// a proxy for everybody.
    Loopback,
    /// Nobody; AWS's names are still answered here.
    Off,
}

/// The front door, and what it opens to.
#[derive(Debug)]
pub struct FrontDoor<S> {
    /// What lies behind.
    pub services: Arc<S>,
    /// How TLS is answered.
    pub tls: tls::Server,
    /// Whether it is a proxy.
    pub tunnels: Tunnels,
    /// Ends every connection, when the node drains.
    pub closing: CancellationToken,
    /// Every task that owns a socket.
    pub tasks: TaskTracker,
}

#[cfg(test)]
mod tests;
