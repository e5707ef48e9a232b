//! Amazon DynamoDB on the embedded store.
//!
//! # Layout
//! Read in this order:
//!
//! 1. [`value`], [`number`]: what an attribute can be;
//! 2. [`item`], [`key`]: the bytes of a stored item and of its key;
//! 3. [`expression`]: conditions, filters, projections, key conditions, updates; pure;
//! 4. `table`: a table's definition, its rows, its indexes; `catalog`: the tables that exist;
//! 5. `operations`: the API, a file per family;
//! 6. `stream`: what has changed, for a day; `upkeep`: what the service does by itself;
//! 7. [`DynamoDb`]: what the operations share; `wording`: how refusals are put since 2026.

mod capacity;
mod catalog;
mod error;
pub mod expression;
pub mod item;
pub mod key;
pub mod number;
mod operations;
mod page;
pub mod quotas;
mod service;
mod stream;
mod strict;
mod table;
mod upkeep;
pub mod value;
mod wording;
mod write;

pub use service::{DynamoDb, Options, register_remote};
pub use strict::Strict;
pub use wording::Wording;

#[cfg(test)]
mod tests;
