//! The API: a file per family of operations.

mod items;
mod legacy;
mod query;
mod reading;
mod request;
mod scan;
mod tables;
mod tags;
mod time_to_live;
