//! The stored form of an item: length-prefixed binary that can be answered without being decoded.
//!
//! A Scan copies attributes from the row straight into the response; only what an expression names becomes a value.
//! Layout: version, logical size (so paging need not decode), attribute count, then name and value of each, sorted
//! by name. Text that needs no JSON escape is marked as such when it is written, so that reading it is one copy.
//! Numbers are kept as their plain text, the form in which they leave.

mod decode;
mod encode;
mod reader;
mod stream;

use crate::value::{AttributeValue, Item};
use reader::Reader;

pub use encode::encode;

/// A stored item. Borrowed from the row; nothing is read until it is asked for.
#[derive(Clone, Copy, Debug)]
pub struct EncodedItem<'a> {
    bytes: &'a [u8],
    size: usize,
    count: usize,
    attributes: &'a [u8],
}

/// The bytes are not an item that this version wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("stored item is damaged or was written by a newer version")]
pub struct CorruptItem;

impl<'a> EncodedItem<'a> {
    // Inline, since what comes back through memory is waited for: a scan does this for every row.
    #[inline]
    pub fn new(bytes: &'a [u8]) -> Result<EncodedItem<'a>, CorruptItem> {
        let mut reader = Reader::new(bytes);
        if reader.byte()? != VERSION {
            return Err(CorruptItem);
        }
        let size = reader.length()?;
        let count = reader.length()?;
        Ok(EncodedItem {
            bytes,
            size,
            count,
            attributes: reader.rest(),
        })
    }

    /// The stored form as a whole.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The item's size as DynamoDB counts it, names included.
    pub fn size(&self) -> usize {
        self.size
    }

    pub fn decode(&self) -> Result<Item, CorruptItem> {
        let mut reader = Reader::new(self.attributes);
        decode::entries(&mut reader, self.count)
    }

    /// One top-level attribute.
    pub fn get(&self, name: &str) -> Result<Option<AttributeValue>, CorruptItem> {
        let mut reader = Reader::new(self.attributes);
        for _ in 0..self.count {
            let found = reader.bytes()?;
            if found == name.as_bytes() {
                return decode::value(&mut reader, 0).map(Some);
            }
            if found > name.as_bytes() {
                break;
            }
            reader.skip_value()?;
        }
        Ok(None)
    }

    /// The top-level attributes that `wanted` accepts: what an expression needs, and no more.
    pub fn decode_only(&self, wanted: impl Fn(&str) -> bool) -> Result<Item, CorruptItem> {
        let mut reader = Reader::new(self.attributes);
        let mut item = Item::new();
        for _ in 0..self.count {
            let name = reader.text()?;
            if wanted(name) {
                item.insert(name.to_owned(), decode::value(&mut reader, 0)?);
            } else {
                reader.skip_value()?;
            }
        }
        Ok(item)
    }
}

const VERSION: u8 = 1;

/// First byte of a value.
mod tag {
    /// A string that needs no escape in JSON.
    pub(super) const PLAIN: u8 = 1;
    pub(super) const STRING: u8 = 2;
    pub(super) const NUMBER: u8 = 3;
    pub(super) const BINARY: u8 = 4;
    pub(super) const FALSE: u8 = 5;
    pub(super) const TRUE: u8 = 6;
    pub(super) const NULL: u8 = 7;
    // From here on: byte length as u32, then the count, then the members.
    pub(super) const STRING_SET: u8 = 8;
    pub(super) const NUMBER_SET: u8 = 9;
    pub(super) const BINARY_SET: u8 = 10;
    pub(super) const LIST: u8 = 11;
    pub(super) const MAP: u8 = 12;
}

#[cfg(test)]
mod tests;
