//! How events lie in the store: by group, then time, then order of arrival.

use std::ops::ControlFlow;

use landline_store::{Direction, KeyRange, Reader, StoreError};
use serde::{Deserialize, Serialize};

use super::Usage;

/// The first byte of every event's key.
const EVENT_KEYS: u8 = landline_store::KeySpace::LogEvents.byte();

/// An event's place: its time and its order of arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Position {
    pub(super) millis: u64,
    pub(super) sequence: u64,
}

/// An event as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct EventRecord {
    pub(super) stream: String,
    pub(super) message: String,
    pub(super) ingested_millis: i64,
}

impl Position {
    /// The opaque form in `eventId` and in paging tokens: 56 digits as AWS's ids have.
    pub(super) fn to_token(self) -> String {
        format!("{:028}{:028}", self.millis, self.sequence)
    }

    pub(super) fn from_token(token: &str) -> Option<Self> {
        let (millis, sequence) = token.split_at_checked(28)?;
        Some(Self {
            millis: millis.parse().ok()?,
            sequence: sequence.parse().ok()?,
        })
    }
}

fn prefix(group: &str) -> Vec<u8> {
    let mut key = vec![EVENT_KEYS];
    key.extend_from_slice(group.as_bytes());
    key.push(0);
    key
}

/// The key of one event.
pub(super) fn key(group: &str, position: Position) -> Vec<u8> {
    let mut key = prefix(group);
    key.extend_from_slice(&position.millis.to_be_bytes());
    key.extend_from_slice(&position.sequence.to_be_bytes());
    key
}

/// All events of a group.
pub(super) fn of_group(group: &str) -> KeyRange {
    KeyRange::prefix(&prefix(group))
}

/// The events of a group from `start` up to, but not including, `end`.
pub(super) fn between(group: &str, start: Position, end: Position) -> KeyRange {
    KeyRange::between(key(group, start), key(group, end))
}

/// Visits the events of a range.
pub(super) fn scan(
    reader: &dyn Reader,
    range: &KeyRange,
    direction: Direction,
    visit: &mut dyn FnMut(Position, EventRecord) -> ControlFlow<()>,
) -> Result<(), StoreError> {
    reader.scan(range, direction, &mut |key, value| {
        let (Some(position), Ok(event)) = (position_of(key), serde_json::from_slice(value)) else {
            tracing::warn!("a log event cannot be read and is passed over");
            return ControlFlow::Continue(());
        };
        visit(position, event)
    })
}

fn position_of(key: &[u8]) -> Option<Position> {
    let (rest, sequence) = key.split_last_chunk::<8>()?;
    let (_, millis) = rest.split_last_chunk::<8>()?;
    Some(Position {
        millis: u64::from_be_bytes(*millis),
        sequence: u64::from_be_bytes(*sequence),
    })
}

/// How much a group keeps.
pub(super) fn usage(reader: &dyn Reader, group: &str) -> Result<Usage, StoreError> {
    let mut usage = Usage::default();
    reader.scan(&of_group(group), Direction::Forward, &mut |_, value| {
        usage.events += 1;
        usage.bytes += size(value);
        ControlFlow::Continue(())
    })?;
    Ok(usage)
}

/// What an event's record counts.
pub(super) fn size(record: &[u8]) -> u64 {
    u64::try_from(record.len()).unwrap_or(u64::MAX)
}
