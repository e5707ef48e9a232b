//! The node: command line, configuration, front door, and the place where all
//! services are put together.
//!
//! # Layout
//!
//! [`env`] reads the environment, [`config`] layers the settings, [`tls`] makes
//! certificates, [`front_door`] is the one port, [`services`] lies behind it, [`node`] puts
//! everything together, `permissions` asks IAM about roles, [`dev`] is the loop of `landline dev`, [`cli`] is what people type.

mod buckets;
pub mod cli;
pub mod config;
pub mod dev;
pub mod drain;
pub mod env;
mod external;
pub mod front_door;
mod function_urls;
pub mod node;
mod own_hosts;
mod permissions;
pub mod response_streams;
mod routed_stages;
pub mod services;
pub mod telemetry;
pub mod tls;
pub mod upload;
mod user_pools;
mod web;
