//! The wire protocols: which request speaks which, and one codec for each.
//!
//! A request takes this path: [`detect`] finds the service and the operation;
//! [`codec`] turns the request into the operation's input; the handler answers;
//! [`codec`] writes the answer, or [`error`] the error. [`serve`] is all of it.

pub mod action;
pub mod cbor;
pub mod codec;
pub mod detect;
pub mod dynamodb;
mod encoding;
pub mod endpoint;
pub mod error;
pub mod event_stream;
mod former_query;
pub mod json;
pub mod query;
pub mod remote;
pub mod rest;
mod spoken;
pub mod xml;
pub mod xml_reader;

pub use endpoint::{Rewording, receive, serve, serve_named};

use bytes::Bytes;

/// A request whose body has arrived.
pub type Request = http::Request<Bytes>;

/// An answer, whole.
pub type Response = http::Response<Bytes>;

#[cfg(test)]
mod tests;
