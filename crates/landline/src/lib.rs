//! The node: command line, configuration, front door, and the place where all
//! services are put together.
//!
//! # Layout
//!
//! [`env`] reads the environment, [`config`] layers the settings, [`tls`] makes
//! certificates, [`front_door`] is the one port, [`services`] lies behind it, [`telemetry`] logs.

pub mod config;
pub mod drain;
pub mod env;
pub mod front_door;
pub mod services;
pub mod telemetry;
pub mod tls;
