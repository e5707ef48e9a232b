//! Writing, finding and deleting versions: everything that one transaction decides.

use std::ops::ControlFlow;

use landline_store::{Direction, KeyRange, Reader, StoreError, Transaction};

use super::files::release_object;
use super::record::{NULL, Version, sequence_of, version_id};
use super::{decode, get, keys, put};
use crate::error::{WriteFailure, no_such_bucket, no_such_key, precondition_failed};
use crate::files::FileId;

/// Whether a bucket keeps old versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Versioning {
    /// It never did.
    #[default]
    Off,
    Enabled,
    /// It keeps what it has, and writes the version `null`.
    Suspended,
}

/// What must hold of the newest version for a write to happen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Precondition {
    /// `If-Match`.
    pub(crate) etag: Option<String>,
    /// `If-None-Match: *`.
    pub(crate) is_absent: bool,
}

/// What a write did.
#[derive(Debug, Default)]
pub(crate) struct Written {
    /// The version that was written, where the bucket has versions.
    pub(crate) version_id: Option<String>,
    /// Whether a deletion wrote or removed a delete marker.
    pub(crate) is_delete_marker: bool,
    /// The files that nobody refers to any more.
    pub(crate) gone: Vec<FileId>,
}

/// The newest version of a key, delete markers included.
pub(crate) fn current(
    reader: &dyn Reader,
    bucket: &str,
    key: &str,
) -> Result<Option<Version>, StoreError> {
    get(reader, &keys::current(bucket, key))
}

/// A certain version of a key.
pub(crate) fn find(
    reader: &dyn Reader,
    bucket: &str,
    key: &str,
    id: &str,
) -> Result<Option<Version>, StoreError> {
    let Some(newest) = current(reader, bucket, key)? else {
        return Ok(None);
    };
    if newest.id() == id {
        return Ok(Some(newest));
    }
    let sequence = match id {
        NULL => newest.older_null,
        id => sequence_of(id),
    };
    let Some(sequence) = sequence else {
        return Ok(None);
    };
    let found: Option<Version> = get(reader, &keys::older(bucket, key, Some(sequence)))?;
    Ok(found.filter(|version| version.id() == id))
}

/// Refuses to write into a bucket that is gone.
pub(crate) fn check_bucket(reader: &dyn Reader, bucket: &str) -> Result<(), WriteFailure> {
    match reader.get(&keys::bucket(bucket))? {
        Some(_) => Ok(()),
        None => Err(no_such_bucket(bucket).into()),
    }
}

/// Refuses a write whose precondition does not hold.
pub(crate) fn check(
    reader: &dyn Reader,
    bucket: &str,
    key: &str,
    precondition: &Precondition,
) -> Result<(), WriteFailure> {
    if *precondition == Precondition::default() {
        return Ok(());
    }
    let newest = current(reader, bucket, key)?;
    let object = newest.and_then(|version| version.object);
    if precondition.is_absent && object.is_some() {
        return Err(precondition_failed("If-None-Match").into());
    }
    match (&precondition.etag, object) {
        (Some(_), None) => Err(no_such_key(key).into()),
        (Some(etag), Some(object)) if *etag != object.etag && etag != "*" => {
            Err(precondition_failed("If-Match").into())
        }
        _ => Ok(()),
    }
}

/// Makes `version` the newest of a key; its id and sequence number are given here.
pub(crate) fn write(
    transaction: &mut Transaction<'_>,
    bucket: &str,
    key: &str,
    versioning: Versioning,
    version: Version,
) -> Result<Written, WriteFailure> {
    check_bucket(transaction, bucket)?;
    let mut written = Written {
        is_delete_marker: version.object.is_none(),
        ..Written::default()
    };
    let before = current(transaction, bucket, key)?;
    let sequence = before.as_ref().map_or(1, |before| before.sequence + 1);
    let mut version = Version {
        sequence,
        id: (versioning == Versioning::Enabled).then(|| version_id(sequence)),
        older_null: None,
        ..version
    };
    if versioning != Versioning::Off {
        written.version_id = Some(version.id().to_owned());
    }
    if let Some(before) = before {
        let null = match before.id {
            None => Some(before.sequence),
            Some(_) => before.older_null,
        };
        match (&version.id, &before.id) {
            (Some(_), _) => {
                version.older_null = null;
                set_aside(transaction, bucket, key, before)?;
            }
            (None, None) => {
                if let Some(object) = &before.object {
                    release_object(transaction, object, &mut written.gone)?;
                }
            }
            (None, Some(_)) => {
                if let Some(null) = null {
                    remove_older(transaction, bucket, key, null, &mut written)?;
                }
                set_aside(transaction, bucket, key, before)?;
            }
        }
    }
    put(transaction, keys::current(bucket, key), &version)?;
    Ok(written)
}

/// Puts the newest version among the older ones.
fn set_aside(
    transaction: &mut Transaction<'_>,
    bucket: &str,
    key: &str,
    version: Version,
) -> Result<(), StoreError> {
    let place = keys::older(bucket, key, Some(version.sequence));
    let version = Version {
        older_null: None,
        ..version
    };
    put(transaction, place, &version)
}

fn remove_older(
    transaction: &mut Transaction<'_>,
    bucket: &str,
    key: &str,
    sequence: u64,
    written: &mut Written,
) -> Result<(), StoreError> {
    let place = keys::older(bucket, key, Some(sequence));
    let version: Option<Version> = get(transaction, &place)?;
    if let Some(object) = version.and_then(|version| version.object) {
        release_object(transaction, &object, &mut written.gone)?;
    }
    transaction.delete(place);
    Ok(())
}

/// Deletes a key as far as its bucket deletes: with versions, a delete marker hides it.
pub(crate) fn delete(
    transaction: &mut Transaction<'_>,
    bucket: &str,
    key: &str,
    versioning: Versioning,
    now_millis: i64,
) -> Result<Written, WriteFailure> {
    check_bucket(transaction, bucket)?;
    if versioning != Versioning::Off {
        let marker = Version {
            sequence: 0,
            id: None,
            modified_millis: now_millis,
            object: None,
            older_null: None,
        };
        return write(transaction, bucket, key, versioning, marker);
    }
    let mut written = Written::default();
    if let Some(before) = current(transaction, bucket, key)? {
        if let Some(object) = &before.object {
            release_object(transaction, object, &mut written.gone)?;
        }
        transaction.delete(keys::current(bucket, key));
    }
    Ok(written)
}

/// Deletes one version for good; the next older one is the newest then.
pub(crate) fn delete_version(
    transaction: &mut Transaction<'_>,
    bucket: &str,
    key: &str,
    id: &str,
) -> Result<Written, WriteFailure> {
    check_bucket(transaction, bucket)?;
    let mut written = Written {
        version_id: Some(id.to_owned()),
        ..Written::default()
    };
    let (Some(version), Some(mut newest)) = (
        find(transaction, bucket, key, id)?,
        current(transaction, bucket, key)?,
    ) else {
        return Ok(written);
    };
    written.is_delete_marker = version.object.is_none();
    if version.sequence != newest.sequence {
        remove_older(transaction, bucket, key, version.sequence, &mut written)?;
        if version.id.is_none() {
            newest.older_null = None;
            put(transaction, keys::current(bucket, key), &newest)?;
        }
        return Ok(written);
    }
    if let Some(object) = &version.object {
        release_object(transaction, object, &mut written.gone)?;
    }
    match first_older(transaction, bucket, key)? {
        None => transaction.delete(keys::current(bucket, key)),
        Some(mut next) => {
            transaction.delete(keys::older(bucket, key, Some(next.sequence)));
            next.older_null = newest.older_null.filter(|_| next.id.is_some());
            put(transaction, keys::current(bucket, key), &next)?;
        }
    }
    Ok(written)
}

fn first_older(
    reader: &dyn Reader,
    bucket: &str,
    key: &str,
) -> Result<Option<Version>, StoreError> {
    let mut first = None;
    let range = KeyRange::prefix(&keys::older(bucket, key, None));
    reader.scan(&range, Direction::Forward, &mut |_, value| {
        first = Some(decode(value));
        ControlFlow::Break(())
    })?;
    first.transpose()
}

/// Changes what is said of a version, not its content.
pub(crate) fn change(
    transaction: &mut Transaction<'_>,
    bucket: &str,
    key: &str,
    version: &Version,
) -> Result<(), StoreError> {
    let newest = current(transaction, bucket, key)?;
    let place = match newest {
        Some(newest) if newest.sequence == version.sequence => keys::current(bucket, key),
        _ => keys::older(bucket, key, Some(version.sequence)),
    };
    put(transaction, place, version)
}
