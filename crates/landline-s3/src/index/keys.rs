//! The keys in the store: S3's own byte, a byte for the range, and what orders it.

use crate::files::FileId;

/// The first byte of all keys of S3 that are no collection's.
const S3: u8 = landline_store::KeySpace::Objects.byte();

/// That a bucket exists.
pub(crate) fn bucket(name: &str) -> Vec<u8> {
    with(b'b', &[name.as_bytes()])
}

/// The newest version of a key; with an empty key, where a bucket's begin.
pub(crate) fn current(bucket: &str, key: &str) -> Vec<u8> {
    with(b'c', &[bucket.as_bytes(), &[0], key.as_bytes()])
}

/// The key of an object out of [`current`].
pub(crate) fn key_of_current<'a>(bucket: &str, stored: &'a [u8]) -> &'a str {
    let key = stored.get(bucket.len() + 3..).unwrap_or_default();
    std::str::from_utf8(key).unwrap_or_default()
}

/// The older versions of a key, newest first; without a sequence number, where they begin.
pub(crate) fn older(bucket: &str, key: &str, sequence: Option<u64>) -> Vec<u8> {
    let mut stored = of_key(b'v', bucket, key);
    if let Some(sequence) = sequence {
        stored.extend_from_slice(&(u64::MAX - sequence).to_be_bytes());
    }
    stored
}

/// An upload in parts; without its id, where those of a key begin.
pub(crate) fn upload(bucket: &str, key: &str, upload_id: &str) -> Vec<u8> {
    let mut stored = of_key(b'u', bucket, key);
    stored.extend_from_slice(upload_id.as_bytes());
    stored
}

/// Where a bucket's uploads of keys with a prefix begin.
pub(crate) fn uploads(bucket: &str, prefix: &str) -> Vec<u8> {
    let mut stored = with(b'u', &[bucket.as_bytes(), &[0]]);
    escape(prefix, &mut stored);
    stored
}

/// A part of an upload; without its number, where they begin.
pub(crate) fn part(upload_id: &str, number: Option<u16>) -> Vec<u8> {
    let mut stored = with(b'p', &[upload_id.as_bytes(), &[0]]);
    if let Some(number) = number {
        stored.extend_from_slice(&number.to_be_bytes());
    }
    stored
}

/// How many segments refer to a file.
pub(crate) fn file(id: &FileId) -> Vec<u8> {
    with(b'f', &[id.as_str().as_bytes()])
}

/// The parts of an object that has too many for its record.
pub(crate) fn table(id: &str) -> Vec<u8> {
    with(b't', &[id.as_bytes()])
}

fn with(range: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let mut stored = Vec::with_capacity(2 + length);
    stored.extend_from_slice(&[S3, range]);
    for part in parts {
        stored.extend_from_slice(part);
    }
    stored
}

/// A key followed by something: what ends it sorts before every key that goes on.
fn of_key(range: u8, bucket: &str, key: &str) -> Vec<u8> {
    let mut stored = with(range, &[bucket.as_bytes(), &[0]]);
    escape(key, &mut stored);
    stored.extend_from_slice(&[0, 1]);
    stored
}

fn escape(key: &str, stored: &mut Vec<u8>) {
    for byte in key.bytes() {
        stored.push(byte);
        if byte == 0 {
            stored.push(u8::MAX);
        }
    }
}
