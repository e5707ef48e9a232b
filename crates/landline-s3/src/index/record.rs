//! Versions of objects as they are kept.

use std::collections::BTreeMap;

use landline_wire::{Timestamp, request_id};
use serde::{Deserialize, Serialize};

use crate::body::checksum::Checksum;
use crate::body::read::Segment;
use crate::lock::Lock;

/// One version of an object, or a delete marker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Version {
    /// Later versions of the key have greater ones.
    pub(crate) sequence: u64,
    /// `None` for the version `null`, of which a key has at most one.
    pub(crate) id: Option<String>,
    pub(crate) modified_millis: i64,
    /// `None` for a delete marker.
    pub(crate) object: Option<Object>,
    /// In the newest version: the sequence number of the older version `null`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) older_null: Option<u64>,
}

impl Version {
    pub(crate) fn id(&self) -> &str {
        self.id.as_deref().unwrap_or(NULL)
    }

    pub(crate) fn modified(&self) -> Timestamp {
        Timestamp::from_millis(self.modified_millis).truncate_to_seconds()
    }
}

/// The id of versions that were written without versioning.
pub(crate) const NULL: &str = "null";

/// An id that tells the sequence number of its version.
pub(crate) fn version_id(sequence: u64) -> String {
    let random = request_id::random_text(ALPHABET, RANDOM_LENGTH);
    format!("{random}{sequence:08x}")
}

/// The sequence number that an id tells.
pub(crate) fn sequence_of(version_id: &str) -> Option<u64> {
    u64::from_str_radix(version_id.get(RANDOM_LENGTH..)?, 16).ok()
}

const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.";
const RANDOM_LENGTH: usize = 24;

/// An object's content and all that is said of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Object {
    pub(crate) size: u64,
    /// Without quotes.
    pub(crate) etag: String,
    pub(crate) data: Data,
    /// How many parts it was uploaded in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) parts: Option<u32>,
    pub(crate) checksum: Option<Checksum>,
    #[serde(flatten)]
    pub(crate) about: About,
}

/// What the one who uploads says of an object.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct About {
    /// `content-type`, `cache-control` and their like.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) headers: BTreeMap<String, String>,
    /// The names without `x-amz-meta-`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) metadata: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) tags: BTreeMap<String, String>,
    /// Other than `STANDARD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) storage_class: Option<String>,
    /// Other than `AES256`, and the key that it names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) encryption: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) kms_key_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) redirect: Option<String>,
    /// The canned ACL, where it is not `private`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) acl: Option<String>,
    #[serde(default, skip_serializing_if = "Lock::is_open")]
    pub(crate) lock: Lock,
}

/// Where the bytes are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Data {
    Inline(Vec<Segment>),
    /// In a record of its own, because a listing reads every object's.
    Table(String),
}

impl Default for Data {
    fn default() -> Self {
        Self::Inline(Vec::new())
    }
}

/// A part of an upload, or of the object that it became.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Part {
    pub(crate) number: u16,
    pub(crate) size: u64,
    /// The MD5 in hexadecimal.
    pub(crate) etag: String,
    pub(crate) checksum: Option<String>,
    pub(crate) segments: Vec<Segment>,
    pub(crate) modified_millis: i64,
}

/// An upload in parts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Upload {
    pub(crate) initiated_millis: i64,
    pub(crate) about: About,
    pub(crate) checksum: Option<(
        crate::body::checksum::Algorithm,
        crate::body::checksum::Extent,
    )>,
}
