//! Key bytes: the order of rows in the store is the order of items in a Query, and of hash buckets in a Scan.
//!
//! A row's key is `bucket prefix · hash key · sort key [· base table's key]`. Every part ends itself, so parts can be
//! put one after another without lengths and still compare part by part.

mod order;
mod scan_order;

pub(crate) use order::encode_open;
pub use order::{decode_scalar, encode_scalar, successor};
pub use scan_order::{HASH_PREFIX_LEN, SegmentRange, hash_prefix, item_hash, segment_range};

use crate::value::{AttributeType, AttributeValue};

/// The key attributes of a table or an index: one partition key and perhaps one sort key; in a global
/// index up to four of each, which count as one key in the order in which they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeySchema {
    pub hash: Vec<KeyAttribute>,
    pub sort: Vec<KeyAttribute>,
}

/// A key attribute; its type is one of `S`, `N` and `B`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyAttribute {
    pub name: String,
    pub kind: AttributeType,
}

/// A hash key with its bucket prefix: what all items of one partition begin with.
pub fn encode_partition(hash_key: &[AttributeValue], out: &mut Vec<u8>) -> bool {
    let Some(prefix) = hash_prefix(hash_key) else {
        return false;
    };
    out.extend_from_slice(&prefix);
    hash_key.iter().all(|part| encode_scalar(part, out))
}

#[cfg(test)]
mod tests;
