//! The API: a file per family of operations.

mod batch;
mod continuous_backups;
mod items;
mod query;
mod reading;
mod request;
mod resource_policies;
mod scan;
mod streams;
mod styles;
mod tables;
mod tags;
mod time_to_live;
mod transactions;
mod update_table;

pub(crate) use tables::Counted;
