//! Shard iterators: where a reader stands, as a text that he hands back.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use landline_api::dynamodbstreams::errors::ExpiredIteratorException;
use landline_wire::{ServiceError, Timestamp};

use crate::error::validation;

/// A place in a shard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ShardIterator {
    pub(crate) stream_arn: String,
    /// The number of the next record to read.
    pub(crate) position: u64,
    pub(crate) created_millis: i64,
}

impl ShardIterator {
    /// The stream's ARN, the version, and the rest with a checksum: what was not made here is refused.
    pub(crate) fn text(&self) -> String {
        let mut bytes = Vec::with_capacity(PAYLOAD_LEN);
        bytes.extend_from_slice(&self.position.to_be_bytes());
        bytes.extend_from_slice(&self.created_millis.to_be_bytes());
        bytes.extend_from_slice(&self.checksum(&bytes).to_be_bytes());
        format!("{}|1|{}", self.stream_arn, STANDARD.encode(bytes))
    }

    /// Refuses an iterator that is none, or older than a quarter of an hour.
    pub(crate) fn parse(text: &str, now: Timestamp) -> Result<Self, ServiceError> {
        let iterator = Self::read(text).ok_or_else(|| validation("Invalid ShardIterator"))?;
        if now.as_millis() - iterator.created_millis > LIFETIME_MILLIS {
            return Err(ExpiredIteratorException.with(format!(
                "Iterator expired. The iterator was created at time {} while right now it is {} which is further in the future than the tolerated delay of {LIFETIME_MILLIS} milliseconds.",
                Timestamp::from_millis(iterator.created_millis).iso8601_millis(),
                now.iso8601_millis()
            )));
        }
        Ok(iterator)
    }

    fn read(text: &str) -> Option<Self> {
        let (stream_arn, rest) = text.split_once("|1|")?;
        let bytes: [u8; PAYLOAD_LEN] = STANDARD.decode(rest).ok()?.try_into().ok()?;
        let (payload, checksum) = bytes.split_at(PAYLOAD_LEN - 4);
        let (position, created) = payload.split_at(8);
        let iterator = Self {
            stream_arn: stream_arn.to_owned(),
            position: u64::from_be_bytes(position.try_into().ok()?),
            created_millis: i64::from_be_bytes(created.try_into().ok()?),
        };
        let fits = iterator.checksum(payload).to_be_bytes() == checksum;
        fits.then_some(iterator)
    }

    fn checksum(&self, payload: &[u8]) -> u32 {
        let mut hasher = crc32fast::Hasher::new();
        hasher.update(self.stream_arn.as_bytes());
        hasher.update(payload);
        hasher.finalize()
    }
}

const PAYLOAD_LEN: usize = 20;

/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html>
const LIFETIME_MILLIS: i64 = 15 * 60 * 1_000;
