//! The closed set of sources: what all of them need, and where a mapping begins to read.

use std::collections::BTreeMap;

use landline_wire::{Caller, ServiceError};

use super::{dynamodb, queue};
use crate::Lambda;
use crate::function::policy::LAMBDA;
use crate::mapping::record::{MappingRecord, SourceKind};
use crate::operations::validation::invalid;

/// Where a new mapping begins: at the end of each shard that was open when it was made, so that
/// whatever is written after the answer to `CreateEventSourceMapping` is seen.
#[derive(Debug, Default)]
pub(crate) struct Start {
    /// Iterators by shard.
    pub(super) latest: BTreeMap<String, String>,
}

/// Whether records that are there already are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Existing {
    Wanted,
    Skipped,
}

/// Makes sure that a source is there, before a mapping is made.
pub(crate) async fn begin(
    lambda: &Lambda,
    kind: SourceKind,
    record: &MappingRecord,
    existing: Existing,
) -> Result<Start, ServiceError> {
    let arn = record.source_arn.as_str();
    let caller = caller(lambda, "");
    match kind {
        SourceKind::DynamoDbStream => {
            let dispatcher = &lambda.config.dispatcher;
            let shards = dynamodb::shards(dispatcher, &caller, arn).await?;
            let mut start = Start::default();
            if existing == Existing::Skipped {
                for shard in shards.iter().filter(|shard| shard.is_open) {
                    let latest = dynamodb::Position::Latest;
                    let iterator =
                        dynamodb::iterator(dispatcher, &caller, arn, &shard.id, latest).await?;
                    start.latest.insert(shard.id.clone(), iterator);
                }
            }
            Ok(start)
        }
        SourceKind::Queue => {
            let hidden = queue::visibility(&lambda.config.dispatcher, &caller, arn).await?;
            let timeout = lambda.find(&record.function, None)?.record.timeout_seconds;
            if hidden < timeout {
                return Err(invalid(format!(
                    "Queue visibility timeout: {hidden} seconds is less than Function timeout: {timeout} seconds"
                )));
            }
            Ok(Start::default())
        }
    }
}

/// Lambda itself, on behalf of a mapping.
pub(super) fn caller(lambda: &Lambda, uuid: &str) -> Caller {
    let root = Caller::root(&lambda.config.account_id, &lambda.config.region);
    root.service(LAMBDA, &lambda.mapping_arn(uuid))
}
