//! One record of a stream, as it is stored: what was done, by whom, when, and the images.
//!
//! Layout: version, kind, origin, milliseconds (8 bytes, big-endian), then keys, old image and new
//! image, each after its length (4 bytes, big-endian; zero where the record has none).

use crate::error::Failure;
use crate::item::{CorruptItem, EncodedItem};
use crate::write::NewItem;

/// Borrowed from the items when it is written, and from the row when it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Change<'a> {
    pub(crate) kind: Kind,
    pub(crate) origin: Origin,
    pub(crate) created_millis: i64,
    /// Encoded items, all three.
    pub(crate) keys: &'a [u8],
    pub(crate) old: Option<&'a [u8]>,
    pub(crate) new: Option<&'a [u8]>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Insert,
    Modify,
    Remove,
}

/// Who has made the change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    Client,
    /// The item had expired.
    TimeToLive,
}

impl Kind {
    /// `None` when the write leaves everything as it was: DynamoDB makes no record of that.
    pub(crate) fn of(
        old: Option<EncodedItem<'_>>,
        new: Option<&NewItem>,
    ) -> Result<Option<Self>, Failure> {
        Ok(match (old, new) {
            (None, None) => None,
            (None, Some(_)) => Some(Self::Insert),
            (Some(_), None) => Some(Self::Remove),
            (Some(old), Some(new)) if old.bytes() == new.encoded => None,
            // Equal sets may have their members in another order.
            (Some(old), Some(new)) => (old.decode()? != new.item).then_some(Self::Modify),
        })
    }

    pub(crate) fn event_name(self) -> &'static str {
        match self {
            Self::Insert => "INSERT",
            Self::Modify => "MODIFY",
            Self::Remove => "REMOVE",
        }
    }
}

impl<'a> Change<'a> {
    pub(crate) fn encode(&self) -> Vec<u8> {
        let images = [Some(self.keys), self.old, self.new];
        let length: usize = images.iter().flatten().map(|image| image.len()).sum();
        let mut row = Vec::with_capacity(HEAD_LEN + 3 * 4 + length);
        row.push(VERSION);
        row.push(match self.kind {
            Kind::Insert => 0,
            Kind::Modify => 1,
            Kind::Remove => 2,
        });
        row.push(match self.origin {
            Origin::Client => 0,
            Origin::TimeToLive => 1,
        });
        row.extend_from_slice(&self.created_millis.to_be_bytes());
        for image in images {
            let image = image.unwrap_or_default();
            let length = u32::try_from(image.len()).unwrap_or(u32::MAX);
            row.extend_from_slice(&length.to_be_bytes());
            row.extend_from_slice(image);
        }
        row
    }

    pub(crate) fn decode(row: &'a [u8]) -> Result<Self, CorruptItem> {
        let (head, mut rest) = row.split_first_chunk::<HEAD_LEN>().ok_or(CorruptItem)?;
        let [VERSION, kind, origin, millis @ ..] = head else {
            return Err(CorruptItem);
        };
        let kind = match kind {
            0 => Kind::Insert,
            1 => Kind::Modify,
            2 => Kind::Remove,
            _ => return Err(CorruptItem),
        };
        let origin = match origin {
            0 => Origin::Client,
            1 => Origin::TimeToLive,
            _ => return Err(CorruptItem),
        };
        let keys = take_image(&mut rest)?.ok_or(CorruptItem)?;
        let old = take_image(&mut rest)?;
        let new = take_image(&mut rest)?;
        Ok(Self {
            kind,
            origin,
            created_millis: i64::from_be_bytes(*millis),
            keys,
            old,
            new,
        })
    }

    /// When the record of a row was made; what trimming reads of it.
    pub(crate) fn created_millis_of(row: &[u8]) -> Option<i64> {
        let millis = row.get(HEAD_LEN - 8..HEAD_LEN)?.try_into().ok()?;
        Some(i64::from_be_bytes(millis))
    }
}

fn take_image<'a>(rest: &mut &'a [u8]) -> Result<Option<&'a [u8]>, CorruptItem> {
    let (length, after) = rest.split_first_chunk::<4>().ok_or(CorruptItem)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| CorruptItem)?;
    let (image, after) = after.split_at_checked(length).ok_or(CorruptItem)?;
    *rest = after;
    // An item takes three bytes at least, so a length of zero is no image.
    Ok((length > 0).then_some(image))
}

const VERSION: u8 = 1;
const HEAD_LEN: usize = 11;
