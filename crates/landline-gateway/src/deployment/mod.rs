//! The only bridge between control plane and data plane: what a stage serves.
//!
//! [`snapshot`] is the frozen form of an API, [`live`] the table of stages that the
//! data plane looks into. Nothing below this module reads the store.

pub mod live;
pub mod snapshot;
