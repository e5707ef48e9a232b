//! `ListStreams`, `DescribeStream`, `GetShardIterator`, `GetRecords`: the service of streams.
//! <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB_Streams.html>

use std::ops::ControlFlow;
use std::sync::Arc;

use bytes::Bytes;
use landline_api::dynamodbstreams as api;
use landline_api::dynamodbstreams::errors::{
    ResourceNotFoundException, TrimmedDataAccessException,
};
use landline_store::Direction;
use landline_wire::{Caller, Encoded, Handler, ServiceError, Timestamp};
use md5::{Digest as _, Md5};
use tokio::sync::watch;

use crate::DynamoDb;
use crate::error::{Failure, validation};
use crate::item::{CorruptItem, EncodedItem};
use crate::quotas::{MAX_PAGE_BYTES, MAX_RECORDS, MAX_STREAMS_LISTED};
use crate::stream::{Change, Origin, ShardIterator, Stream, parse_sequence, sequence_text};

impl Handler<api::ListStreams> for DynamoDb {
    async fn handle(
        &self,
        input: api::ListStreamsInput,
        _caller: &Caller,
    ) -> Result<api::ListStreamsOutput, ServiceError> {
        let limit = checked_limit(input.limit, MAX_STREAMS_LISTED)?;
        let table = input.table_name.as_deref();
        let start = input.exclusive_start_stream_arn.as_deref();
        start.map_or(Ok(()), check_stream_arn)?;
        let (streams, more) = self.catalog.streams.list(table, start, limit);
        let last = streams.last().filter(|_| more);
        Ok(api::ListStreamsOutput {
            last_evaluated_stream_arn: last.map(|stream| stream.entry.arn.clone()),
            streams: Some(streams.iter().map(|stream| listed(stream)).collect()),
        })
    }
}

impl Handler<api::DescribeStream> for DynamoDb {
    async fn handle(
        &self,
        input: api::DescribeStreamInput,
        _caller: &Caller,
    ) -> Result<api::DescribeStreamOutput, ServiceError> {
        checked_limit(input.limit, MAX_STREAMS_LISTED)?;
        let stream = self.stream(&input.stream_arn)?;
        if let Some(filter) = &input.shard_filter {
            check_filter(filter)?;
        }
        let shard = shard(&stream);
        // There is one shard, and it has no children.
        let is_past = input.exclusive_start_shard_id.is_some() || input.shard_filter.is_some();
        let shards = if is_past { Vec::new() } else { vec![shard] };
        let entry = &stream.entry;
        Ok(api::DescribeStreamOutput {
            stream_description: Some(api::StreamDescription {
                stream_arn: Some(entry.arn.clone()),
                stream_label: Some(entry.label.clone()),
                stream_status: Some(match stream.closed_millis() {
                    None => api::StreamStatus::Enabled,
                    Some(_) => api::StreamStatus::Disabled,
                }),
                stream_view_type: Some(entry.view.name().into()),
                creation_request_date_time: Some(Timestamp::from_millis(entry.created_millis)),
                table_name: Some(entry.table.clone()),
                key_schema: Some(key_schema(&stream)),
                shards: Some(shards),
                last_evaluated_shard_id: None,
            }),
        })
    }
}

impl Handler<api::GetShardIterator> for DynamoDb {
    async fn handle(
        &self,
        input: api::GetShardIteratorInput,
        _caller: &Caller,
    ) -> Result<api::GetShardIteratorOutput, ServiceError> {
        let stream = self.stream(&input.stream_arn)?;
        if input.shard_id != stream.shard_id() {
            return Err(ResourceNotFoundException.with(format!(
                "Requested resource not found: Shard: {} in Stream: {} not found",
                input.shard_id, input.stream_arn
            )));
        }
        let iterator = ShardIterator {
            position: position(
                &stream,
                &input.shard_iterator_type,
                input.sequence_number.as_deref(),
            )?,
            stream_arn: input.stream_arn,
            created_millis: self.clock.now().as_millis(),
        };
        Ok(api::GetShardIteratorOutput {
            shard_iterator: Some(iterator.text()),
        })
    }
}

impl Handler<api::GetRecords> for DynamoDb {
    async fn handle(
        &self,
        input: api::GetRecordsInput,
        _caller: &Caller,
    ) -> Result<api::GetRecordsOutput, ServiceError> {
        let limit = checked_limit(input.limit, MAX_RECORDS)?;
        let now = self.clock.now();
        let iterator = ShardIterator::parse(&input.shard_iterator, now)?;
        let stream = self.stream(&iterator.stream_arn)?;
        if iterator.position <= stream.trimmed() {
            return Err(trimmed(&sequence_text(iterator.position)));
        }
        // Asked before the records: what comes after the last of a closed stream is nothing.
        let is_closed = stream.closed_millis().is_some();
        let page = self.read_records(&stream, iterator.position, limit)?;
        let is_over = is_closed && page.is_last;
        let next = ShardIterator {
            position: page.next,
            created_millis: now.as_millis(),
            ..iterator
        };
        Ok(api::GetRecordsOutput {
            records: Some(page.records),
            next_shard_iterator: (!is_over).then(|| next.text()),
        })
    }
}

/// Records, and where to go on.
struct RecordPage {
    records: Vec<api::Record>,
    next: u64,
    /// Whether there was nothing behind them.
    is_last: bool,
}

impl DynamoDb {
    /// The number of the newest record of a stream, and each that follows: what somebody in this
    /// process waits for before he asks `GetRecords` again. It also stirs when the stream is switched
    /// off. `None` if there is no such stream.
    pub fn watch_stream(&self, stream_arn: &str) -> Option<watch::Receiver<u64>> {
        let stream = self.catalog.streams.get(stream_arn)?;
        Some(stream.written())
    }

    fn stream(&self, arn: &str) -> Result<Arc<Stream>, ServiceError> {
        check_stream_arn(arn)?;
        self.catalog.streams.get(arn).ok_or_else(|| {
            ResourceNotFoundException.with(format!(
                "Requested resource not found: Stream: {arn} not found"
            ))
        })
    }

    fn read_records(
        &self,
        stream: &Stream,
        position: u64,
        limit: usize,
    ) -> Result<RecordPage, Failure> {
        let mut page = RecordPage {
            records: Vec::new(),
            next: position,
            is_last: true,
        };
        let mut bytes = 0;
        let mut outcome = Ok(());
        self.store.read(|reader| {
            let range = stream.records_from(position);
            reader.scan(&range, Direction::Forward, &mut |key, row| {
                if page.records.len() == limit || bytes >= MAX_PAGE_BYTES {
                    page.is_last = false;
                    return ControlFlow::Break(());
                }
                let sequence = Stream::sequence_of(key).unwrap_or_default();
                match record(stream, sequence, row, &self.region) {
                    Ok(record) => page.records.push(record),
                    Err(corrupt) => {
                        outcome = Err(Failure::from(corrupt));
                        return ControlFlow::Break(());
                    }
                }
                bytes += row.len();
                page.next = sequence + 1;
                ControlFlow::Continue(())
            })?;
            Ok::<_, Failure>(())
        })?;
        outcome.map(|()| page)
    }
}

fn check_stream_arn(arn: &str) -> Result<(), ServiceError> {
    if arn.starts_with("arn:") && arn.contains("/stream/") {
        return Ok(());
    }
    Err(validation("Invalid StreamArn"))
}

/// The model has both members optional; a filter needs both all the same.
fn check_filter(filter: &api::ShardFilter) -> Result<(), ServiceError> {
    let missing = match filter {
        api::ShardFilter { r#type: None, .. } => "Type",
        api::ShardFilter { shard_id: None, .. } => "ShardId",
        _ => return Ok(()),
    };
    Err(validation(format!(
        "One or more parameter values were invalid: ShardFilter must have a {missing}"
    )))
}

/// The number of the record at which an iterator begins.
fn position(
    stream: &Stream,
    kind: &api::ShardIteratorType,
    sequence: Option<&str>,
) -> Result<u64, ServiceError> {
    let after = match (kind, sequence) {
        (api::ShardIteratorType::TrimHorizon, None) => return Ok(stream.trimmed() + 1),
        (api::ShardIteratorType::Latest, None) => return Ok(stream.last() + 1),
        (api::ShardIteratorType::TrimHorizon | api::ShardIteratorType::Latest, Some(_)) => {
            return Err(validation(format!(
                "One or more parameter values were invalid: SequenceNumber must not be specified when ShardIteratorType is {kind}"
            )));
        }
        (api::ShardIteratorType::AtSequenceNumber, _) => 0,
        _ => 1,
    };
    let Some(text) = sequence else {
        return Err(validation(format!(
            "One or more parameter values were invalid: SequenceNumber must be specified when ShardIteratorType is {kind}"
        )));
    };
    let number = parse_sequence(text).filter(|number| (1..=stream.last()).contains(number));
    let number = number.or_else(|| {
        // The beginning of the shard, which `DescribeStream` tells, may have no record yet.
        parse_sequence(text).filter(|number| *number == stream.trimmed() + 1)
    });
    let Some(number) = number else {
        return Err(validation(format!(
            "Invalid SequenceNumber: {text} is not in the shard"
        )));
    };
    if number + after <= stream.trimmed() {
        return Err(trimmed(text));
    }
    Ok(number + after)
}

fn record(
    stream: &Stream,
    sequence: u64,
    row: &[u8],
    region: &str,
) -> Result<api::Record, CorruptItem> {
    let change = Change::decode(row)?;
    let mut size = 0;
    let mut image = |bytes: &[u8]| -> Result<_, CorruptItem> {
        let item = EncodedItem::new(bytes)?;
        size += item.size();
        let mut json = Vec::with_capacity(item.size() * 2);
        item.write_json(&mut json)?;
        Ok(Encoded::Json(Bytes::from(json)))
    };
    let keys = image(change.keys)?;
    let new_image = change.new.map(&mut image).transpose()?;
    let old_image = change.old.map(&mut image).transpose()?;
    // AWS rounds down to the second.
    let seconds = change.created_millis.div_euclid(1_000);
    Ok(api::Record {
        event_id: Some(event_id(stream, sequence)),
        event_name: Some(change.kind.event_name().into()),
        event_version: Some("1.1".to_owned()),
        event_source: Some("aws:dynamodb".to_owned()),
        aws_region: Some(region.to_owned()),
        dynamodb: Some(api::StreamRecord {
            approximate_creation_date_time: Some(Timestamp::from_millis(seconds * 1_000)),
            keys: Some(keys),
            new_image,
            old_image,
            sequence_number: Some(sequence_text(sequence)),
            size_bytes: i64::try_from(size).ok(),
            stream_view_type: Some(stream.entry.view.name().into()),
        }),
        user_identity: (change.origin == Origin::TimeToLive).then(|| api::Identity {
            principal_id: Some("dynamodb.amazonaws.com".to_owned()),
            r#type: Some("Service".to_owned()),
        }),
    })
}

/// The same for everybody who reads the record, and for no other record.
fn event_id(stream: &Stream, sequence: u64) -> String {
    let mut hash = Md5::new();
    hash.update(stream.entry.arn.as_bytes());
    hash.update(sequence.to_be_bytes());
    let hash = u128::from_be_bytes(hash.finalize().into());
    format!("{hash:032x}")
}

fn listed(stream: &Stream) -> api::Stream {
    api::Stream {
        stream_arn: Some(stream.entry.arn.clone()),
        table_name: Some(stream.entry.table.clone()),
        stream_label: Some(stream.entry.label.clone()),
    }
}

fn shard(stream: &Stream) -> api::Shard {
    let is_closed = stream.closed_millis().is_some();
    api::Shard {
        shard_id: Some(stream.shard_id()),
        sequence_number_range: Some(api::SequenceNumberRange {
            starting_sequence_number: Some(sequence_text(stream.trimmed() + 1)),
            ending_sequence_number: is_closed.then(|| sequence_text(stream.last())),
        }),
        parent_shard_id: None,
    }
}

fn key_schema(stream: &Stream) -> Vec<api::KeySchemaElement> {
    let element = |name: &String, key_type| api::KeySchemaElement {
        attribute_name: name.clone(),
        key_type,
    };
    let keys = &stream.entry.keys;
    let hash = keys
        .hash
        .iter()
        .map(|name| element(name, api::KeyType::Hash));
    let sort = keys
        .sort
        .iter()
        .map(|name| element(name, api::KeyType::Range));
    hash.chain(sort).collect()
}

/// The model says nothing of the upper bound, which the service has all the same.
fn checked_limit(limit: Option<i32>, most: usize) -> Result<usize, ServiceError> {
    let limit = limit.map_or(Some(most), |limit| usize::try_from(limit).ok());
    match limit {
        Some(limit) if limit <= most => Ok(limit),
        _ => Err(validation(format!(
            "1 validation error detected: Value '{}' at 'limit' failed to satisfy constraint: Member must have value less than or equal to {most}",
            limit.unwrap_or_default()
        ))),
    }
}

fn trimmed(sequence: &str) -> ServiceError {
    TrimmedDataAccessException.with(format!(
        "The operation attempted to read past the oldest stream record in a shard: the record with sequence number {sequence} has been trimmed"
    ))
}
