//! Uploads in parts, while they last.

use std::ops::ControlFlow;

use landline_store::{Direction, KeyRange, Reader, StoreError, Transaction};

use super::files::release;
use super::record::{Part, Upload};
use super::{decode, get, keys, put};
use crate::error::{WriteFailure, no_such_upload};
use crate::files::FileId;
use crate::quotas::PARTS_MAX;

/// Which upload, of which key.
#[derive(Debug, Clone)]
pub(crate) struct UploadPlace {
    pub(crate) bucket: String,
    pub(crate) key: String,
    pub(crate) upload_id: String,
}

impl UploadPlace {
    pub(crate) fn stored(&self) -> Vec<u8> {
        keys::upload(&self.bucket, &self.key, &self.upload_id)
    }
}

/// The upload, or the refusal of one that is over.
pub(crate) fn find(reader: &dyn Reader, place: &UploadPlace) -> Result<Upload, WriteFailure> {
    let upload = get(reader, &place.stored())?;
    upload.ok_or_else(|| no_such_upload(&place.upload_id).into())
}

/// Keeps a part; one with the same number is replaced.
pub(crate) fn put_part(
    transaction: &mut Transaction<'_>,
    place: &UploadPlace,
    part: &Part,
    gone: &mut Vec<FileId>,
) -> Result<(), WriteFailure> {
    find(transaction, place)?;
    let stored = keys::part(&place.upload_id, Some(part.number));
    if let Some(before) = get::<Part>(transaction, &stored)? {
        release(transaction, &before.segments, gone)?;
    }
    put(transaction, stored, part)?;
    Ok(())
}

/// The parts after a number, and whether there are more than `most`.
pub(crate) fn parts(
    reader: &dyn Reader,
    upload_id: &str,
    after: u16,
    most: usize,
) -> Result<(Vec<Part>, bool), StoreError> {
    let all = KeyRange::prefix(&keys::part(upload_id, None));
    let range = match after {
        0 => all,
        after => all.after(&keys::part(upload_id, Some(after))),
    };
    let (mut parts, mut failure, mut more) = (Vec::new(), None, false);
    reader.scan(&range, Direction::Forward, &mut |_, value| {
        if parts.len() >= most {
            more = true;
            return ControlFlow::Break(());
        }
        match decode(value) {
            Ok(part) => parts.push(part),
            Err(error) => {
                failure = Some(error);
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    })?;
    failure.map_or(Ok((parts, more)), Err)
}

/// Ends an upload. The segments of the parts that are not `kept` are given back.
pub(crate) fn end(
    transaction: &mut Transaction<'_>,
    place: &UploadPlace,
    kept: impl Fn(u16) -> bool,
    gone: &mut Vec<FileId>,
) -> Result<(), StoreError> {
    let (parts, _) = parts(transaction, &place.upload_id, 0, PARTS_MAX as usize)?;
    for part in parts {
        transaction.delete(keys::part(&place.upload_id, Some(part.number)));
        if !kept(part.number) {
            release(transaction, &part.segments, gone)?;
        }
    }
    transaction.delete(place.stored());
    Ok(())
}

/// The uploads of a bucket whose keys begin with `prefix`, after a place, at most `most`,
/// and whether there are more.
pub(crate) fn list(
    reader: &dyn Reader,
    bucket: &str,
    prefix: &str,
    after: Option<&UploadPlace>,
    most: usize,
) -> Result<(Vec<(UploadPlace, Upload)>, bool), StoreError> {
    let start = keys::uploads(bucket, "").len();
    let all = KeyRange::prefix(&keys::uploads(bucket, prefix));
    let range = match after {
        None => all,
        // Without an upload's id, all uploads of the key are past.
        Some(place) if place.upload_id.is_empty() => {
            let mut last = place.stored();
            last.push(u8::MAX);
            all.after(&last)
        }
        Some(place) => all.after(&place.stored()),
    };
    let (mut uploads, mut failure, mut more) = (Vec::new(), None, false);
    reader.scan(&range, Direction::Forward, &mut |stored, value| {
        if uploads.len() >= most {
            more = true;
            return ControlFlow::Break(());
        }
        let (key, upload_id) = split(stored.get(start..).unwrap_or_default());
        let place = UploadPlace {
            bucket: bucket.to_owned(),
            key,
            upload_id,
        };
        match decode(value) {
            Ok(upload) => uploads.push((place, upload)),
            Err(error) => {
                failure = Some(error);
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    })?;
    failure.map_or(Ok((uploads, more)), Err)
}

/// The key and the upload's id, as they were joined.
fn split(stored: &[u8]) -> (String, String) {
    let mut key = Vec::with_capacity(stored.len());
    let mut bytes = stored.iter().copied();
    while let Some(byte) = bytes.next() {
        if byte == 0 && bytes.next() == Some(1) {
            break;
        }
        key.push(byte);
    }
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&key), text(&bytes.collect::<Vec<u8>>()))
}
