//! What S3 knows of objects, in the store: ordered by bucket and key, so that a listing
//! reads what it gives and no more.
//!
//! The newest version of a key is in one range, the older ones in another, newest first.
//! A file counts the segments that refer to it; with the last of them it goes.

pub(crate) mod files;
pub(crate) mod keys;
pub(crate) mod list;
pub(crate) mod record;
pub(crate) mod uploads;
pub(crate) mod versions;

use landline_store::{Reader, StoreError, Transaction};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Reads the record under a key.
pub(crate) fn get<T: DeserializeOwned>(
    reader: &dyn Reader,
    key: &[u8],
) -> Result<Option<T>, StoreError> {
    let value = reader.get(key)?;
    value.map(|value| decode(&value)).transpose()
}

pub(crate) fn put<T: Serialize>(
    transaction: &mut Transaction<'_>,
    key: Vec<u8>,
    record: &T,
) -> Result<(), StoreError> {
    let value = serde_json::to_vec(record).map_err(|error| unreadable(&error))?;
    transaction.put(key, value);
    Ok(())
}

pub(crate) fn decode<T: DeserializeOwned>(value: &[u8]) -> Result<T, StoreError> {
    serde_json::from_slice(value).map_err(|error| unreadable(&error))
}

fn unreadable(error: &serde_json::Error) -> StoreError {
    StoreError::Record {
        collection: "s3",
        id: String::new(),
        reason: error.to_string(),
    }
}
