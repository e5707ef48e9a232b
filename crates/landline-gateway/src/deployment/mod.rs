//! The only bridge between control plane and data plane: what a stage serves.
//!
//! `frozen` is an API as a deployment keeps it in the store, [`snapshot`] the same for
//! the data plane, [`live`] the table of stages that the data plane looks into,
//! [`domains`] the table of custom domains, and `publish` brings what the store says into
//! these tables.

pub(crate) mod deploy;
pub mod domains;
pub(crate) mod frozen;
pub mod live;
pub(crate) mod publish;
mod publish_rest;
pub mod snapshot;
