//! A stream that a test writes, behind the operations of DynamoDB Streams.

use std::collections::BTreeMap;
use std::sync::Arc;

use landline_api::dynamodbstreams as api;
use landline_api::dynamodbstreams::errors::ResourceNotFoundException;
use landline_wire::{DispatcherBuilder, Encoded, ServiceError, Timestamp};
use parking_lot::Mutex;

pub(super) const ARN: &str =
    "arn:aws:dynamodb:us-east-1:000000000000:table/chat/stream/2026-01-01T00:00:00.000";

/// Shards by name.
#[derive(Debug, Clone, Default)]
pub(in crate::tests) struct FakeStream(Arc<Mutex<BTreeMap<String, FakeShard>>>);

#[derive(Debug, Default)]
struct FakeShard {
    parent: Option<String>,
    records: Vec<api::Record>,
    is_closed: bool,
}

/// The sequence number of the `number`th record.
pub(super) fn sequence(number: usize) -> String {
    format!("{number:021}")
}

impl FakeStream {
    /// A stream with one open shard.
    pub(in crate::tests) fn new() -> Self {
        let stream = Self::default();
        stream.open("shardId-1", None);
        stream
    }

    pub(super) fn open(&self, shard: &str, parent: Option<&str>) {
        let fresh = FakeShard {
            parent: parent.map(str::to_owned),
            ..Default::default()
        };
        self.0.lock().insert(shard.to_owned(), fresh);
    }

    pub(super) fn close(&self, shard: &str) {
        self.0.lock().get_mut(shard).unwrap().is_closed = true;
    }

    /// Inserts an item with the key `id` at a moment.
    pub(super) fn write_at(&self, shard: &str, number: usize, id: &str, at: Timestamp) {
        let image = |id: &str| {
            let item = [("id".to_owned(), api::AttributeValue::S(id.to_owned()))];
            Some(Encoded::Value(item.into()))
        };
        let record = api::Record {
            event_id: Some(format!("event-{number}")),
            event_name: Some(api::OperationType::Insert),
            event_version: Some("1.1".into()),
            event_source: Some("aws:dynamodb".into()),
            aws_region: Some("us-east-1".into()),
            dynamodb: Some(api::StreamRecord {
                approximate_creation_date_time: Some(at),
                keys: image(id),
                new_image: image(id),
                sequence_number: Some(sequence(number)),
                size_bytes: Some(26),
                stream_view_type: Some(api::StreamViewType::NewAndOldImages),
                ..Default::default()
            }),
            user_identity: None,
        };
        let mut shards = self.0.lock();
        shards.get_mut(shard).unwrap().records.push(record);
    }

    /// Inserts items now.
    pub(super) fn write(&self, numbers: impl IntoIterator<Item = usize>) {
        for number in numbers {
            let now = landline_wire::Clock::now(&landline_wire::SystemClock);
            self.write_at("shardId-1", number, &format!("item-{number}"), now);
        }
    }

    pub(in crate::tests) fn register(&self, builder: &mut DispatcherBuilder) {
        let stream = self.clone();
        builder.register_fn::<api::DescribeStream, _>(move |input, _| stream.describe(&input));
        let stream = self.clone();
        builder
            .register_fn::<api::GetShardIterator, _>(move |input, _| Ok(stream.iterator(&input)));
        let stream = self.clone();
        builder.register_fn::<api::GetRecords, _>(move |input, _| Ok(stream.records(&input)));
    }

    fn describe(
        &self,
        input: &api::DescribeStreamInput,
    ) -> Result<api::DescribeStreamOutput, ServiceError> {
        if input.stream_arn != ARN {
            return Err(ResourceNotFoundException.with("Requested resource not found"));
        }
        let shards = self.0.lock();
        let shards = shards.iter().map(|(id, shard)| api::Shard {
            shard_id: Some(id.clone()),
            parent_shard_id: shard.parent.clone(),
            sequence_number_range: Some(api::SequenceNumberRange {
                starting_sequence_number: Some(sequence(0)),
                ending_sequence_number: shard.is_closed.then(|| sequence(9)),
            }),
        });
        Ok(api::DescribeStreamOutput {
            stream_description: Some(api::StreamDescription {
                shards: Some(shards.collect()),
                ..Default::default()
            }),
        })
    }

    /// An iterator is the shard's name and the place of the next record.
    fn iterator(&self, input: &api::GetShardIteratorInput) -> api::GetShardIteratorOutput {
        let shards = self.0.lock();
        let records = &shards[&input.shard_id].records;
        let place = match &input.shard_iterator_type {
            api::ShardIteratorType::Latest => records.len(),
            api::ShardIteratorType::AfterSequenceNumber => {
                let after = input.sequence_number.as_deref().unwrap();
                records.iter().filter(|r| number_of(r) <= after).count()
            }
            _ => 0,
        };
        api::GetShardIteratorOutput {
            shard_iterator: Some(format!("{}/{place}", input.shard_id)),
        }
    }

    fn records(&self, input: &api::GetRecordsInput) -> api::GetRecordsOutput {
        let (id, place) = input.shard_iterator.rsplit_once('/').unwrap();
        let shards = self.0.lock();
        let shard = &shards[id];
        let records = shard.records[place.parse().unwrap()..].to_vec();
        let next = (!shard.is_closed).then(|| format!("{id}/{}", shard.records.len()));
        api::GetRecordsOutput {
            records: Some(records),
            next_shard_iterator: next,
        }
    }
}

fn number_of(record: &api::Record) -> &str {
    let change = record.dynamodb.as_ref();
    change
        .and_then(|change| change.sequence_number.as_deref())
        .unwrap()
}
