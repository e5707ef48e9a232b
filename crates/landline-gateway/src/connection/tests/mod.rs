//! Connections end to end, by the rows of the specification.

mod access;
mod authorizers;
mod closing;
mod handshake;
mod history;
mod interop;
mod management;
pub(crate) mod messages;
mod pressure;
