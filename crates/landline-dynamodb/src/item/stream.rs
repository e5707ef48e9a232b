//! Stored bytes straight into DynamoDB JSON: the whole item, or only the paths of a projection.
//!
//! On damage the buffer is left with half an item; the caller gives up the response anyway.

use std::cmp::Ordering;

use super::{CorruptItem, EncodedItem, Reader, tag};
use crate::expression::{PathEntry, PathNode, Projection};
use crate::value::{MAX_NESTING, write_base64, write_escaped};

impl EncodedItem<'_> {
    /// Appends the whole item as JSON.
    pub fn write_json(&self, out: &mut Vec<u8>) -> Result<(), CorruptItem> {
        let mut reader = Reader::new(self.attributes);
        write_entries(&mut reader, self.count, 0, out)
    }

    /// Appends only what the projection names. A path that the item does not have leaves no trace.
    pub fn write_projected_json(
        &self,
        projection: &Projection,
        out: &mut Vec<u8>,
    ) -> Result<(), CorruptItem> {
        let mut reader = Reader::new(self.attributes);
        project_entries(&mut reader, self.count, projection.root(), 0, out).map(drop)
    }
}

fn write_entries(
    reader: &mut Reader<'_>,
    count: usize,
    level: usize,
    out: &mut Vec<u8>,
) -> Result<(), CorruptItem> {
    out.push(b'{');
    for index in 0..count {
        if index > 0 {
            out.push(b',');
        }
        write_escaped(reader.bytes()?, out);
        out.push(b':');
        write_value(reader, level, out)?;
    }
    out.push(b'}');
    Ok(())
}

fn write_value(
    reader: &mut Reader<'_>,
    level: usize,
    out: &mut Vec<u8>,
) -> Result<(), CorruptItem> {
    if level > MAX_NESTING {
        return Err(CorruptItem);
    }
    match reader.byte()? {
        tag::PLAIN => write_plain(b"{\"S\":\"", reader.bytes()?, out),
        tag::NUMBER => write_plain(b"{\"N\":\"", reader.bytes()?, out),
        tag::STRING => {
            out.extend_from_slice(b"{\"S\":");
            write_escaped(reader.bytes()?, out);
        }
        tag::BINARY => {
            out.extend_from_slice(b"{\"B\":");
            write_base64(reader.bytes()?, out);
        }
        tag::FALSE => out.extend_from_slice(b"{\"BOOL\":false"),
        tag::TRUE => out.extend_from_slice(b"{\"BOOL\":true"),
        tag::NULL => out.extend_from_slice(b"{\"NULL\":true"),
        tag::STRING_SET => write_members(b"{\"SS\":[", reader, out, |reader, out| {
            write_escaped(reader.bytes()?, out);
            Ok(())
        })?,
        tag::NUMBER_SET => write_members(b"{\"NS\":[", reader, out, |reader, out| {
            write_plain(b"\"", reader.bytes()?, out);
            Ok(())
        })?,
        tag::BINARY_SET => write_members(b"{\"BS\":[", reader, out, |reader, out| {
            write_base64(reader.bytes()?, out);
            Ok(())
        })?,
        tag::LIST => write_members(b"{\"L\":[", reader, out, |reader, out| {
            write_value(reader, level + 1, out)
        })?,
        tag::MAP => {
            out.extend_from_slice(b"{\"M\":");
            let (mut inside, count) = reader.members()?;
            write_entries(&mut inside, count, level + 1, out)?;
        }
        _ => return Err(CorruptItem),
    }
    out.push(b'}');
    Ok(())
}

/// Whether anything was written between the braces. Stops reading once nothing more is wanted.
fn project_entries(
    reader: &mut Reader<'_>,
    count: usize,
    wanted: &PathNode,
    level: usize,
    out: &mut Vec<u8>,
) -> Result<bool, CorruptItem> {
    out.push(b'{');
    let first = out.len();
    let mut wanted = wanted.entries();
    for _ in 0..count {
        let Some(entry) = next_wanted(&mut wanted, reader.bytes()?) else {
            if wanted.is_empty() {
                break;
            }
            reader.skip_value()?;
            continue;
        };
        let before = out.len();
        if before > first {
            out.push(b',');
        }
        out.extend_from_slice(&entry.json);
        if !project_value(reader, &entry.node, level, out)? {
            out.truncate(before);
        }
        if wanted.is_empty() {
            break;
        }
    }
    let found = out.len() > first;
    out.push(b'}');
    Ok(found)
}

/// The entry for an attribute, if that is wanted. Both come in the order of their names: what is passed is not looked at
/// again.
fn next_wanted<'w>(wanted: &mut &'w [PathEntry], name: &[u8]) -> Option<&'w PathEntry> {
    while let [entry, rest @ ..] = *wanted {
        match entry.order(name) {
            Ordering::Less => *wanted = rest,
            Ordering::Equal => {
                *wanted = rest;
                return Some(entry);
            }
            Ordering::Greater => break,
        }
    }
    None
}

fn project_value(
    reader: &mut Reader<'_>,
    node: &PathNode,
    level: usize,
    out: &mut Vec<u8>,
) -> Result<bool, CorruptItem> {
    if node.is_whole() {
        return write_value(reader, level, out).map(|()| true);
    }
    let found = match reader.rest().first() {
        Some(&tag::MAP) if node.has_entries() => {
            reader.byte()?;
            out.extend_from_slice(b"{\"M\":");
            let (mut inside, count) = reader.members()?;
            project_entries(&mut inside, count, node, level + 1, out)?
        }
        Some(&tag::LIST) if node.has_elements() => {
            reader.byte()?;
            out.extend_from_slice(b"{\"L\":[");
            project_elements(reader, node, level, out)?
        }
        _ => return reader.skip_value().map(|()| false),
    };
    out.push(b'}');
    Ok(found)
}

/// Chosen elements move together: `a[3], a[1]` answers a list of two, in list order.
fn project_elements(
    reader: &mut Reader<'_>,
    node: &PathNode,
    level: usize,
    out: &mut Vec<u8>,
) -> Result<bool, CorruptItem> {
    let (mut inside, count) = reader.members()?;
    let first = out.len();
    for index in 0..count {
        let Some(wanted) = node.element(index) else {
            inside.skip_value()?;
            continue;
        };
        let before = out.len();
        if before > first {
            out.push(b',');
        }
        if !project_value(&mut inside, wanted, level + 1, out)? {
            out.truncate(before);
        }
    }
    let found = out.len() > first;
    out.push(b']');
    Ok(found)
}

fn write_members(
    open: &[u8],
    reader: &mut Reader<'_>,
    out: &mut Vec<u8>,
    write: impl Fn(&mut Reader<'_>, &mut Vec<u8>) -> Result<(), CorruptItem>,
) -> Result<(), CorruptItem> {
    out.extend_from_slice(open);
    let (mut inside, count) = reader.members()?;
    for index in 0..count {
        if index > 0 {
            out.push(b',');
        }
        write(&mut inside, out)?;
    }
    out.push(b']');
    Ok(())
}

// Inline, so that what opens a value is no call to copy it.
#[inline]
fn write_plain(open: &[u8], text: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(open);
    out.extend_from_slice(text);
    out.push(b'"');
}
