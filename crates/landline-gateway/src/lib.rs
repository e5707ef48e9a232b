//! API Gateway's WebSocket APIs: control plane, connections, messages, integrations.
//!
//! # Layout
//!
//! A message walks through the modules in this order: `connection` (handshake,
//! session), [`message`] (selection, context, reply), `integration`, and back to
//! the session. [`deployment`] hands the data plane what is deployed.

mod connection;
pub mod deployment;
pub mod message;
pub mod quotas;
pub mod throttle;
