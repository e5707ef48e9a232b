//! API Gateway's WebSocket APIs, and the HTTP and REST APIs beside them: control plane, connections, messages, integrations.
//!
//! # Layout
//!
//! A message walks through the modules in this order:
//!
//! 1. `connection` (handshake, session): the socket, from its upgrade to its close;
//!    `authorizer` says who may connect;
//! 2. [`message`] (selection, context, reply): its route, its event, the answer;
//! 3. `integration`: what the route calls;
//! 4. [`management`]: the way back, for functions that push to clients.
//!
//! A request for an HTTP or a REST API takes the same steps from `http`.
//!
//! [`observe`] tells what happened. [`deployment`] hands the data plane what is
//! deployed; [`throttle`], [`usage`] and [`quotas`] hold the limits; [`gateway`] is the
//! door.
//!
//! What is deployed was made by the control plane: [`operations`] on records in `state`.

mod authorizer;
mod connection;
pub mod deployment;
#[doc(hidden)]
pub mod fuzzing;
pub mod gateway;
mod http;
mod integration;
pub mod management;
pub mod mapping;
pub mod message;
pub mod observe;
pub mod operations;
pub mod quotas;
mod state;
pub mod throttle;
pub mod usage;

#[cfg(test)]
mod testing;

pub use authorizer::Authentication;
pub use authorizer::http::PublishKeys;
pub use connection::handshake::{Accepted, HandshakeTarget};
pub use connection::id::{ConnectionId, IdKey};
pub use connection::upgrade::Refused;
pub use gateway::{Gateway, GatewayConfig};
pub use http::HttpTarget;
pub use integration::{BackendFailure, HttpBackend, HttpClient};
pub use management::ConnectionsRequest;
pub use message::context::HeaderNames;
pub use operations::ApiGateway;
pub use usage::UsagePlans;
