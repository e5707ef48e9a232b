//! Stored bytes back into values.

use bytes::Bytes;

use super::{CorruptItem, Reader, tag};
use crate::number::Number;
use crate::value::{AttributeValue, Item, MAX_NESTING};

pub(super) fn entries(reader: &mut Reader<'_>, count: usize) -> Result<Item, CorruptItem> {
    entries_at(reader, count, 0)
}

fn entries_at(reader: &mut Reader<'_>, count: usize, level: usize) -> Result<Item, CorruptItem> {
    let mut item = Item::new();
    for _ in 0..count {
        let name = reader.text()?.to_owned();
        item.insert(name, value(reader, level)?);
    }
    Ok(item)
}

/// One value; `level` counts the lists and maps around it, so that damage cannot exhaust the stack.
pub(super) fn value(reader: &mut Reader<'_>, level: usize) -> Result<AttributeValue, CorruptItem> {
    if level > MAX_NESTING {
        return Err(CorruptItem);
    }
    Ok(match reader.byte()? {
        tag::PLAIN | tag::STRING => AttributeValue::S(reader.text()?.to_owned()),
        tag::NUMBER => AttributeValue::N(number(reader)?),
        tag::BINARY => AttributeValue::B(blob(reader)?),
        tag::FALSE => AttributeValue::Bool(false),
        tag::TRUE => AttributeValue::Bool(true),
        tag::NULL => AttributeValue::Null,
        tag::STRING_SET => {
            AttributeValue::Ss(members(reader, |reader| reader.text().map(str::to_owned))?)
        }
        tag::NUMBER_SET => AttributeValue::Ns(members(reader, number)?),
        tag::BINARY_SET => AttributeValue::Bs(members(reader, blob)?),
        tag::LIST => AttributeValue::L(members(reader, |reader| value(reader, level + 1))?),
        tag::MAP => {
            let (mut inside, count) = reader.members()?;
            AttributeValue::M(entries_at(&mut inside, count, level + 1)?)
        }
        _ => return Err(CorruptItem),
    })
}

fn number(reader: &mut Reader<'_>) -> Result<Number, CorruptItem> {
    reader.text()?.parse().map_err(|_| CorruptItem)
}

fn blob(reader: &mut Reader<'_>) -> Result<Bytes, CorruptItem> {
    reader.bytes().map(Bytes::copy_from_slice)
}

fn members<T>(
    reader: &mut Reader<'_>,
    read: impl Fn(&mut Reader<'_>) -> Result<T, CorruptItem>,
) -> Result<Vec<T>, CorruptItem> {
    let (mut inside, count) = reader.members()?;
    (0..count).map(|_| read(&mut inside)).collect()
}
