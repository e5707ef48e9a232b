//! The order of a Scan: by a hash of the hash key, as in DynamoDB, so that segments and pages come out alike.
//!
//! The hash is MD5 of `Outliers` and the key's bytes; segments share out its first 12 bits. AWS does not document it,
//! but clients have seen it for years, and test suites check it.

use md5::{Digest as _, Md5};

use crate::value::AttributeValue;

/// How much of the hash stands before the hash key. The key follows in full, so a collision costs nothing.
pub const HASH_PREFIX_LEN: usize = 8;

/// The hash prefix of a hash key; `None` for a value that cannot be a key.
pub fn hash_prefix<'v>(
    hash_key: impl IntoIterator<Item = &'v AttributeValue>,
) -> Option<[u8; HASH_PREFIX_LEN]> {
    hash_of(hash_key)
}

/// The hash of a whole key: the order in which a global index has the items whose index keys are equal.
pub fn item_hash(
    hash_key: &[AttributeValue],
    sort_key: &[AttributeValue],
) -> Option<[u8; HASH_PREFIX_LEN]> {
    hash_of(hash_key.iter().chain(sort_key))
}

fn hash_of<'v>(
    values: impl IntoIterator<Item = &'v AttributeValue>,
) -> Option<[u8; HASH_PREFIX_LEN]> {
    let mut hash = Md5::new();
    hash.update(b"Outliers");
    for value in values {
        match value {
            AttributeValue::S(text) => hash.update(text.as_bytes()),
            AttributeValue::B(bytes) => hash.update(bytes),
            AttributeValue::N(number) => {
                let mut bytes = Vec::with_capacity(crate::number::MAX_ENCODED_LEN);
                number.encode_hashed(&mut bytes);
                hash.update(&bytes);
            }
            _ => return None,
        }
    }
    let digest = hash.finalize();
    let mut prefix = [0; HASH_PREFIX_LEN];
    prefix.copy_from_slice(&digest[..HASH_PREFIX_LEN]);
    Some(prefix)
}

/// The bounds of one segment: rows from `start`, and before `end` where there is an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SegmentRange {
    pub start: [u8; 2],
    pub end: Option<[u8; 2]>,
}

impl SegmentRange {
    /// Whether a row with this hash prefix lies in the segment.
    pub fn contains(&self, prefix: &[u8]) -> bool {
        prefix >= self.start.as_slice() && self.end.is_none_or(|end| prefix < end.as_slice())
    }
}

/// Which hash prefixes segment `segment` of `total` reads (`segment < total`).
pub fn segment_range(segment: u32, total: u32) -> SegmentRange {
    let bound = |index: u32| {
        let bucket = (u64::from(index) * BUCKETS).div_ceil(u64::from(total.max(1)));
        // Twelve bits at the top of two bytes; the bucket after the last has no such form.
        u16::try_from(bucket << 4).ok().map(u16::to_be_bytes)
    };
    match bound(segment) {
        Some(start) => SegmentRange {
            start,
            end: bound(segment.saturating_add(1)),
        },
        // With more segments than buckets, those at the end read nothing.
        None => SegmentRange {
            start: [u8::MAX; 2],
            end: Some([u8::MAX; 2]),
        },
    }
}

const BUCKETS: u64 = 4096;
