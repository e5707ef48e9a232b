//! How events lie in the store: by group, then time, then order of arrival.

use std::ops::ControlFlow;

use landline_store::{Direction, KeyRange, Reader, StoreError};
use serde::{Deserialize, Serialize};

/// The first byte of every event's key.
const EVENT_KEYS: u8 = 0x03;

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

/// How many events a group holds.
pub(super) fn count(reader: &dyn Reader, group: &str) -> Result<u64, StoreError> {
    let mut count = 0;
    reader.scan(&of_group(group), Direction::Forward, &mut |_, _| {
        count += 1;
        ControlFlow::Continue(())
    })?;
    Ok(count)
}

/// The keys of a group's oldest events.
pub(super) fn oldest(
    reader: &dyn Reader,
    group: &str,
    how_many: u64,
) -> Result<Vec<Vec<u8>>, StoreError> {
    let mut keys = Vec::new();
    reader.scan(&of_group(group), Direction::Forward, &mut |key, _| {
        keys.push(key.to_vec());
        if u64::try_from(keys.len()).unwrap_or(u64::MAX) < how_many {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    })?;
    Ok(keys)
}
