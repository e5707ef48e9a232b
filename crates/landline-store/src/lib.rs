//! Durable state: ordered bytes under one committer thread.
//!
//! # Layout
//! * [`Store`]: snapshot reads on the calling thread; writes are closures that one committer thread
//!   evaluates in order, many to a commit. Two implementations: [`open_disk`] and [`open_memory`].
//! * [`Reader`], [`Transaction`]: what a read and a write closure see.
//! * [`KeyRange`], [`Direction`]: what a scan walks over.
//! * [`Recalled`], [`Recording`], [`Values`]: what is read again and again while nothing in it changes lies in memory.
//! * [`Collection`]: records of one type under a name, for control-plane state.
//!
//! # Example
//! ```
//! use landline_store::{Collection, StoreError, open_memory};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Serialize, Deserialize, Debug, PartialEq)]
//! struct Api { name: String }
//!
//! const APIS: Collection<Api> = Collection::new("apigateway.api");
//!
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
//! let store = open_memory();
//!
//! // One record: durable when `put` returns.
//! APIS.put(&*store, "a1b2c3", Api { name: "chat".into() }).await?;
//! assert_eq!(APIS.get(&*store, "a1b2c3")?, Some(Api { name: "chat".into() }));
//!
//! // Several changes, all or nothing, decided on the newest state: one write closure.
//! store.write(|transaction| {
//!     let Some(mut api) = APIS.get_in(transaction, "a1b2c3")? else { return Ok(()) };
//!     api.name = "renamed".into();
//!     APIS.put_in(transaction, "a1b2c3", &api)?;
//!     APIS.put_in(transaction, "d4e5f6", &Api { name: "other".into() })
//! }).await?;
//!
//! // At start: everything, in the order of the ids.
//! let ids: Vec<String> = APIS.load(&*store)?.into_iter().map(|(id, _)| id).collect();
//! assert_eq!(ids, ["a1b2c3", "d4e5f6"]);
//!
//! APIS.delete(&*store, "a1b2c3").await?;
//! # Ok::<(), StoreError>(())
//! # }).unwrap();
//! ```
//!
//! # Key space
//! The first byte of a key says whose it is; [`KeySpace`] has them all.

mod collection;
mod committer;
mod disk;
mod error;
mod key_space;
mod memory;
mod range;
mod recent;
mod store;
mod transaction;

pub use collection::Collection;
pub use committer::WriteQueue;
pub use disk::{Durability, Options, WriteProtection, open as open_disk};
pub use error::StoreError;
pub use key_space::KeySpace;
pub use memory::open as open_memory;
pub use range::{Direction, KeyRange};
pub use recent::{Recalled, Recording, Values};
pub use store::{Reader, Store, ValueVisitor, Visitor};
pub use transaction::{Fate, Transaction};

#[cfg(test)]
mod tests;
