//! Amazon S3: buckets and objects, for what deployment tools upload and for static websites.
//!
//! Unlike the other services, S3 reads its requests itself (ADR 11): a body may be larger
//! than memory, and is a stream from the socket to the disk and back.
//!
//! # Layout
//!
//! 1. [`address`]: the bucket and the key that a host and a path mean;
//! 2. `http`: from a request to an operation and its answer, a file per family;
//! 3. [`service`]: what operations do, whoever asks: [`S3`];
//! 4. `bucket` and `setting`: buckets, and the documents that set them up;
//! 5. `index`: the versions of objects in the store; `files`: their bytes on the disk;
//! 6. [`body`]: streams, their digests and their framing;
//! 7. `api`: the same for other services of the node, through the dispatcher.

pub mod address;
mod api;
pub mod body;
mod bucket;
mod error;
mod files;
mod http;
mod index;
mod lock;
mod notification;
mod quotas;
pub mod service;
mod setting;

pub use body::{BodyError, Payload, RequestBody, ResponseBody};
pub use files::Durability;
pub use http::{Sender, is_form};
pub use service::{S3, S3Config};

#[cfg(test)]
mod tests;
