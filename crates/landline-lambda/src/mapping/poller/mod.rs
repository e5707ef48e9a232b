//! The task of an enabled mapping.
//!
//! 1. [`source`]: a closed set of sources, and where a mapping begins to read;
//! 2. [`stream`]: the shards of a stream, one reader each; [`shard`]: one shard, in order;
//! 3. [`dynamodb`]: the calls to a table's stream, and its records as events;
//! 4. [`batch`]: from a batch to its outcome: the call, retries, halves, what is given up;
//! 5. [`queue`]: the messages of a queue, several batches at one time;
//! 6. [`response`]: which records a function says it has not taken (pure).

mod batch;
mod dynamodb;
mod event;
mod queue;
mod response;
mod shard;
pub(crate) mod source;
mod stream;

use std::sync::Arc;

use landline_wire::Caller;

use super::Mapping;
use super::record::SourceKind;
use crate::Lambda;
use source::Start;

/// A mapping at work.
#[derive(Debug)]
pub(super) struct Poller {
    lambda: Arc<Lambda>,
    mapping: Arc<Mapping>,
    caller: Caller,
}

/// Reads from the source until the future is dropped.
pub(super) async fn run(lambda: Arc<Lambda>, mapping: Arc<Mapping>, start: Start) {
    let caller = source::caller(&lambda, &mapping.record.uuid);
    let kind = mapping.record.kind();
    let poller = Arc::new(Poller {
        lambda,
        mapping,
        caller,
    });
    match kind {
        Some(SourceKind::DynamoDbStream) => stream::read(poller, start).await,
        Some(SourceKind::Queue) => queue::read(poller).await,
        None => {}
    }
}
