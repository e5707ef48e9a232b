//! Which files are in use.

use landline_store::{Reader, StoreError, Transaction};

use super::record::{Data, Object, Part};
use super::{get, keys, put};
use crate::body::read::Segment;
use crate::files::FileId;

/// Counts one more reference for each segment. `false` when a file has gone already.
pub(crate) fn refer_again(
    transaction: &mut Transaction<'_>,
    segments: &[Segment],
) -> Result<bool, StoreError> {
    for segment in segments {
        let key = keys::file(&segment.file);
        let Some(count) = get::<u32>(transaction, &key)? else {
            return Ok(false);
        };
        put(transaction, key, &(count + 1))?;
    }
    Ok(true)
}

/// Counts the first reference to a new file.
pub(crate) fn refer(transaction: &mut Transaction<'_>, file: &FileId) -> Result<(), StoreError> {
    put(transaction, keys::file(file), &1_u32)
}

/// Gives references back; the files that nobody refers to any more are added to `gone`.
pub(crate) fn release(
    transaction: &mut Transaction<'_>,
    segments: &[Segment],
    gone: &mut Vec<FileId>,
) -> Result<(), StoreError> {
    for segment in segments {
        let key = keys::file(&segment.file);
        match get::<u32>(transaction, &key)? {
            Some(count) if count > 1 => put(transaction, key, &(count - 1))?,
            _ => {
                transaction.delete(key);
                gone.push(segment.file.clone());
            }
        }
    }
    Ok(())
}

/// Gives back all that an object refers to.
pub(crate) fn release_object(
    transaction: &mut Transaction<'_>,
    object: &Object,
    gone: &mut Vec<FileId>,
) -> Result<(), StoreError> {
    match &object.data {
        Data::Inline(segments) => release(transaction, segments, gone),
        Data::Table(id) => {
            for part in table(transaction, id)? {
                release(transaction, &part.segments, gone)?;
            }
            transaction.delete(keys::table(id));
            Ok(())
        }
    }
}

/// The parts in a record of their own.
pub(crate) fn table(reader: &dyn Reader, id: &str) -> Result<Vec<Part>, StoreError> {
    Ok(get(reader, &keys::table(id))?.unwrap_or_default())
}

/// All segments of an object, in order.
pub(crate) fn segments(reader: &dyn Reader, object: &Object) -> Result<Vec<Segment>, StoreError> {
    Ok(match &object.data {
        Data::Inline(segments) => segments.clone(),
        Data::Table(id) => {
            let parts = table(reader, id)?.into_iter();
            parts.flat_map(|part| part.segments).collect()
        }
    })
}
