//! The stream of a DynamoDB table: the calls, and its records as events.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html>

use landline_api::dynamodbstreams as api;
use landline_wire::protocol::json;
use landline_wire::shape::Naming;
use landline_wire::{Caller, Dispatcher, ServiceError};
use serde_json::{Map, Value};

/// A shard of a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shard {
    pub(super) id: String,
    pub(super) parent: Option<String>,
    /// Whether records may still come.
    pub(super) is_open: bool,
}

/// Where reading begins.
#[derive(Debug, Clone, Copy)]
pub(super) enum Position<'a> {
    TrimHorizon,
    Latest,
    After(&'a str),
}

/// All shards of a stream, parents before children.
pub(super) async fn shards(
    dispatcher: &Dispatcher,
    caller: &Caller,
    arn: &str,
) -> Result<Vec<Shard>, ServiceError> {
    let mut shards = Vec::new();
    let mut after = None;
    for _ in 0..MAX_PAGES {
        let input = api::DescribeStreamInput {
            stream_arn: arn.to_owned(),
            exclusive_start_shard_id: after,
            ..Default::default()
        };
        let described = dispatcher
            .call::<api::DescribeStream>(input, caller)
            .await?;
        let stream = described.stream_description.unwrap_or_default();
        shards.extend(stream.shards.unwrap_or_default().into_iter().map(|shard| {
            let range = shard.sequence_number_range.unwrap_or_default();
            Shard {
                id: shard.shard_id.unwrap_or_default(),
                parent: shard.parent_shard_id,
                is_open: range.ending_sequence_number.is_none(),
            }
        }));
        after = stream.last_evaluated_shard_id;
        if after.is_none() {
            break;
        }
    }
    Ok(shards)
}

/// An iterator into a shard.
pub(super) async fn iterator(
    dispatcher: &Dispatcher,
    caller: &Caller,
    arn: &str,
    shard_id: &str,
    position: Position<'_>,
) -> Result<String, ServiceError> {
    let (kind, sequence_number) = match position {
        Position::TrimHorizon => (api::ShardIteratorType::TrimHorizon, None),
        Position::Latest => (api::ShardIteratorType::Latest, None),
        Position::After(number) => (
            api::ShardIteratorType::AfterSequenceNumber,
            Some(number.to_owned()),
        ),
    };
    let input = api::GetShardIteratorInput {
        stream_arn: arn.to_owned(),
        shard_id: shard_id.to_owned(),
        shard_iterator_type: kind,
        sequence_number,
    };
    let output = dispatcher
        .call::<api::GetShardIterator>(input, caller)
        .await?;
    output
        .shard_iterator
        .ok_or_else(|| ServiceError::internal(&"a stream gave no iterator"))
}

/// The next records, and the iterator behind them; none when the shard has ended.
pub(super) async fn records(
    dispatcher: &Dispatcher,
    caller: &Caller,
    iterator: String,
) -> Result<(Vec<api::Record>, Option<String>), ServiceError> {
    let input = api::GetRecordsInput {
        shard_iterator: iterator,
        limit: Some(MAX_READ),
    };
    let output = dispatcher.call::<api::GetRecords>(input, caller).await?;
    Ok((
        output.records.unwrap_or_default(),
        output.next_shard_iterator,
    ))
}

/// A record as functions get it: as the stream has it, with the stream's ARN.
pub(super) fn event(record: &api::Record, arn: &str) -> Value {
    let text = json::to_vec(record, Naming::Wire);
    let mut event: Map<String, Value> = serde_json::from_slice(&text).unwrap_or_default();
    if let Some(identity) = &record.user_identity {
        // The stream has capital letters here, the event has not.
        let identity = serde_json::json!({
            "principalId": identity.principal_id,
            "type": identity.r#type,
        });
        event.insert("userIdentity".into(), identity);
    }
    event.insert("eventSourceARN".into(), arn.into());
    Value::Object(event)
}

/// Records in one call; DynamoDB's own limit.
const MAX_READ: i32 = 1000;

/// Pages of shards that are looked through.
const MAX_PAGES: usize = 100;
