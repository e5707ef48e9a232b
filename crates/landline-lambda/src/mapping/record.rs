//! What the store keeps of a mapping.

use std::collections::BTreeMap;

use landline_store::Collection;
use landline_wire::Arn;
use serde::{Deserialize, Serialize};

/// All mappings of the node, by id.
pub(crate) const MAPPINGS: Collection<MappingRecord> =
    Collection::new("lambda.event_source_mapping");

/// How far mappings have come, by `{mapping}/{shard}`.
pub(crate) const CHECKPOINTS: Collection<Checkpoint> =
    Collection::new("lambda.event_source_checkpoint");

/// A mapping in the words of its API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MappingRecord {
    pub(crate) uuid: String,
    pub(crate) source_arn: String,
    /// The function's name, with a qualifier or without.
    pub(crate) function: String,
    pub(crate) enabled: bool,
    pub(crate) batch_size: usize,
    pub(crate) window_seconds: u32,
    /// Of streams only.
    pub(crate) starting_position: Option<String>,
    /// When a mapping that starts at the end of its stream was enabled first, in milliseconds.
    pub(crate) latest_since: Option<i64>,
    /// Patterns, of which one must match.
    pub(crate) filters: Vec<String>,
    /// Without end when not set.
    pub(crate) max_retries: Option<u32>,
    /// As long as the source keeps records when not set.
    pub(crate) max_age_seconds: Option<u32>,
    pub(crate) bisects: bool,
    pub(crate) reports_item_failures: bool,
    pub(crate) parallelization_factor: i32,
    /// The ARN of the destination of what failed.
    pub(crate) on_failure: Option<String>,
    /// Of queues only.
    pub(crate) max_concurrency: Option<i32>,
    pub(crate) tags: BTreeMap<String, String>,
    /// Milliseconds since the epoch.
    pub(crate) last_modified: i64,
}

/// How far a mapping has come in a shard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Checkpoint {
    /// The record with this sequence number is done, and all before it.
    After(String),
    /// The shard is closed and read to its end.
    Finished,
}

/// What a mapping reads from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SourceKind {
    /// The stream of a DynamoDB table.
    DynamoDbStream,
    /// An SQS queue.
    Queue,
}

impl SourceKind {
    /// The kind of source behind an ARN; `None` when Lambda does not read from it.
    pub(crate) fn of(arn: &str) -> Option<Self> {
        let arn = Arn::parse(arn)?;
        match arn.service {
            "dynamodb" if arn.resource.contains("/stream/") => Some(Self::DynamoDbStream),
            "sqs" => Some(Self::Queue),
            _ => None,
        }
    }
}

/// The URL of the queue with this ARN, at AWS's address: only the name at its end counts.
pub(crate) fn queue_url(arn: &str) -> String {
    let Some(arn) = Arn::parse(arn) else {
        return arn.to_owned();
    };
    let (region, account, name) = (arn.region, arn.account_id, arn.resource);
    format!("https://sqs.{region}.amazonaws.com/{account}/{name}")
}

impl MappingRecord {
    pub(crate) fn kind(&self) -> Option<SourceKind> {
        SourceKind::of(&self.source_arn)
    }
}
