//! The shards of a stream: each is read by a task of its own, a child after its parent.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use landline_store::StoreError;
use tokio::task::JoinSet;

use super::dynamodb::{self, Shard};
use super::source::Start;
use super::{Poller, shard};
use crate::mapping::record::{CHECKPOINTS, Checkpoint};

/// Reads a stream until the future is dropped, and its readers with it.
pub(super) async fn read(poller: Arc<Poller>, mut start: Start) {
    let mut readers = JoinSet::new();
    let mut begun = BTreeSet::new();
    loop {
        match shards(&poller).await {
            Ok(shards) => {
                poller.mapping.runs();
                for (shard, checkpoint) in readable(&shards, &begun, &poller) {
                    if readers.len() >= MAX_READERS {
                        break;
                    }
                    let iterator = start.latest.remove(&shard.id);
                    begun.insert(shard.id.clone());
                    let reader = shard::Reader::new(&poller, shard.id, checkpoint, iterator);
                    readers.spawn(reader.read_all());
                }
            }
            Err(reason) => {
                poller.mapping.told(READ_FAILED);
                tracing::debug!(mapping = poller.mapping.record.uuid, reason, "no shards");
            }
        }
        tokio::select! {
            // A shard that has ended may have left children.
            Some(_) = readers.join_next() => {}
            () = tokio::time::sleep(DISCOVERY_INTERVAL) => {}
        }
    }
}

/// The shards of the stream; what is remembered of others is forgotten.
async fn shards(poller: &Poller) -> Result<Vec<Shard>, String> {
    let (dispatcher, arn) = (
        &poller.lambda.config.dispatcher,
        &poller.mapping.record.source_arn,
    );
    let shards = dynamodb::shards(dispatcher, &poller.caller, arn).await;
    let shards = shards.map_err(|error| error.to_string())?;
    let forgotten = forget_others(poller, &shards).await;
    forgotten.map_err(|error| error.to_string())?;
    Ok(shards)
}

async fn forget_others(poller: &Poller, shards: &[Shard]) -> Result<(), StoreError> {
    let store = &poller.lambda.config.store;
    let prefix = shard::checkpoint_id(&poller.mapping.record.uuid, "");
    let known = store.read(|reader| CHECKPOINTS.list_in(reader, &prefix))?;
    for (id, _) in known {
        let is_listed = shards.iter().any(|shard| id.ends_with(shard.id.as_str()));
        if !is_listed {
            CHECKPOINTS.delete(&**store, &id).await?;
        }
    }
    Ok(())
}

/// The shards that can be read and are not: those whose parent has been read, or is gone.
fn readable(
    shards: &[Shard],
    begun: &BTreeSet<String>,
    poller: &Poller,
) -> Vec<(Shard, Option<Checkpoint>)> {
    let store = &*poller.lambda.config.store;
    let checkpoint = |shard_id: &str| {
        let id = shard::checkpoint_id(&poller.mapping.record.uuid, shard_id);
        CHECKPOINTS.get(store, &id).ok().flatten()
    };
    let is_finished = |shard_id: &str| checkpoint(shard_id) == Some(Checkpoint::Finished);
    let waits_for = |parent: &String| {
        let is_listed = shards.iter().any(|shard| shard.id == *parent);
        is_listed && !is_finished(parent)
    };
    let free = shards.iter().filter(|shard| {
        !begun.contains(&shard.id)
            && !is_finished(&shard.id)
            && !shard.parent.as_ref().is_some_and(waits_for)
    });
    free.map(|shard| (shard.clone(), checkpoint(&shard.id)))
        .collect()
}

/// Shards of one stream that are read at one time; the rest follow.
const MAX_READERS: usize = 64;

/// How often a stream is asked for new shards.
const DISCOVERY_INTERVAL: Duration = Duration::from_secs(10);

/// What the API tells of a source that does not answer.
pub(super) const READ_FAILED: &str = "PROBLEM: Lambda failed to read from the event source";
